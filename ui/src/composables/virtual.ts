// Long lists draw only the rows that are seen and a few around them. Short lists are drawn whole: everything in them can
// be reached by those who do not see the page.
import { computed, onScopeDispose, ref, watch } from "vue";
import type { Ref } from "vue";

/** Lists up to so many rows are drawn whole. */
export const WHOLE = 250;
/** Pixels around the window that are drawn as well. */
const AROUND = 400;
/** Height of a window that is not laid out yet. */
const UNKNOWN = 800;

/** Where each row begins, and behind the last the whole height. */
export function offsets(heights: number[]): number[] {
  const tops = [0];
  for (const height of heights) tops.push((tops.at(-1) ?? 0) + height);
  return tops;
}
/** The first row that ends below a place. */
export function rowAt(tops: number[], place: number): number {
  let low = 0;
  let high = tops.length - 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle + 1] ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return Math.max(low, 0);
}

export function useVirtual(list: Ref<HTMLElement | null>, heights: () => number[]) {
  const top = ref(0);
  const room = ref(UNKNOWN);
  const tops = computed(() => offsets(heights()));
  const isWhole = computed(() => tops.value.length - 1 <= WHOLE);
  // The same range stays the same object: most steps of a scroll draw nothing anew.
  const range = computed<{ from: number; to: number }>((old) => {
    const count = tops.value.length - 1;
    const from = isWhole.value ? 0 : rowAt(tops.value, top.value - AROUND);
    const to = isWhole.value ? count : Math.min(count, rowAt(tops.value, top.value + room.value + AROUND) + 1);
    return old?.from === from && old.to === to ? old : { from, to };
  });
  const watcher = typeof ResizeObserver === "function" ? new ResizeObserver(() => measure()) : null;
  function measure(): void {
    top.value = list.value?.scrollTop ?? 0;
    room.value = list.value?.clientHeight || UNKNOWN;
  }
  watch(list, (element) => {
    watcher?.disconnect();
    if (element) watcher?.observe(element);
    measure();
  });
  onScopeDispose(() => watcher?.disconnect());
  return {
    isWhole, range, measure,
    before: computed(() => tops.value[range.value.from] ?? 0),
    after: computed(() => (tops.value.at(-1) ?? 0) - (tops.value[range.value.to] ?? 0)),
    /** Scrolls as little as needed for a row to be seen. */
    reveal(index: number): void {
      const element = list.value;
      const [from, to] = [tops.value[index], tops.value[index + 1]];
      if (!element || from === undefined || to === undefined) return;
      if (from < element.scrollTop) element.scrollTop = from;
      else if (to > element.scrollTop + element.clientHeight) element.scrollTop = to - element.clientHeight;
      measure();
    },
  };
}
