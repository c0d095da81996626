// What stands beside the work follows it: first what was typed is saved and painted, then the rest.
import { onScopeDispose, shallowRef, watch } from "vue";
import type { ShallowRef } from "vue";

/** A value that follows another once nothing is on its way any more and the page was painted. */
export function useFollowed<T>(source: () => T, busy: () => boolean): Readonly<ShallowRef<T>> {
  const followed = shallowRef(source());
  const follow = useAfterwards(busy, () => { followed.value = source(); });
  watch([source, busy], () => {
    if (source() !== followed.value) follow();
  });
  return followed;
}

/** The longest that something waits for what is on its way, in milliseconds: attaching large files takes seconds. */
const MOST = 150;

/** Whether something is shown: at once, but while something is on its way only when that is saved and painted. */
export function useShown(wanted: () => boolean, busy: () => boolean): Readonly<ShallowRef<boolean>> {
  const shown = shallowRef(false);
  let late: number | undefined;
  function show(): void {
    window.clearTimeout(late);
    late = undefined;
    shown.value = wanted();
  }
  const follow = useAfterwards(busy, show);
  watch([wanted, busy], ([now]) => {
    if (now === shown.value) return;
    if (!busy() && late === undefined) return show();
    late ??= window.setTimeout(show, MOST);
    follow();
  }, { immediate: true });
  onScopeDispose(() => window.clearTimeout(late));
  return shown;
}

/** Runs `then` once after the next paint, if nothing is on its way at that moment; the end of what is calls it again. */
function useAfterwards(busy: () => boolean, then: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting || busy()) return;
    waiting = true;
    requestAnimationFrame(() => setTimeout(() => {
      waiting = false;
      if (!busy()) then();
    }));
  };
}
