// What stands beside the work follows it: first what was typed is saved and painted, then the rest.
import { shallowRef, watch } from "vue";
import type { ShallowRef } from "vue";

/** A value that follows another once nothing is on its way any more and the page was painted. */
export function useFollowed<T>(source: () => T, busy: () => boolean): Readonly<ShallowRef<T>> {
  const followed = shallowRef(source());
  let waiting = false;
  watch([source, busy], () => {
    if (waiting || busy() || source() === followed.value) return;
    waiting = true;
    requestAnimationFrame(() => setTimeout(() => {
      waiting = false;
      if (!busy()) followed.value = source(); // else the end of what is on its way brings it here again
    }));
  });
  return followed;
}
