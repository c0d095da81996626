// What stands beside the work follows it: first what was typed is saved and painted, then the rest.
import { onScopeDispose, shallowRef, watch } from "vue";
import type { ShallowRef } from "vue";

/** The longest that something waits for what is on its way, in milliseconds: attaching large files takes seconds. */
const MOST = 150;

/**
 * A value that follows another once nothing is on its way any more and the page was painted. With `atOnce` it follows
 * without a pause while nothing is on its way. It begins with `first`.
 */
export function useFollowed<T>(source: () => T, busy: () => boolean, { first = source(), atOnce = false }: { first?: T; atOnce?: boolean } = {}): Readonly<ShallowRef<T>> {
  const followed = shallowRef(first) as ShallowRef<T>;
  let late: number | undefined;
  let waiting = false;
  function take(): void {
    window.clearTimeout(late);
    late = undefined;
    followed.value = source();
  }
  function afterPaint(): void {
    if (waiting || busy()) return; // the end of what is on its way brings it here again
    waiting = true;
    requestAnimationFrame(() => setTimeout(() => {
      waiting = false;
      if (!busy()) take();
    }));
  }
  watch([source, busy], () => {
    if (source() === followed.value) return;
    if (atOnce && !busy() && late === undefined) return take();
    late ??= window.setTimeout(take, MOST);
    afterPaint();
  }, { immediate: true });
  onScopeDispose(() => window.clearTimeout(late));
  return followed;
}
