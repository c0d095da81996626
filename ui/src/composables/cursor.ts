// Where the assessor is: the current row (a point or a condition), and the ways to the next one.
import { computed, inject, nextTick, provide, ref } from "vue";
import type { InjectionKey } from "vue";
import type { Sheet } from "./sheet";

/** The element that takes the keyboard of a row: mark field or the chosen button of a condition. */
export function rowFocus(code: string): HTMLElement | null {
  const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(code)}"]`);
  return row?.querySelector<HTMLElement>("[data-entry]") ?? row;
}

export function createCursor(sheet: Sheet, start: string | null) {
  const order = computed(() => [...sheet.rows.value.keys()]);
  const leaves = computed(() => sheet.rubric.value.indicators.filter((i) => i.points.length + i.limits.length > 0));
  const first = start !== null && sheet.rows.value.has(start) ? start : (order.value[0] ?? "");
  const current = ref(first);
  const indicator = computed(() => sheet.rows.value.get(current.value)?.indicator ?? leaves.value[0]);

  async function focusRow(): Promise<void> {
    await nextTick();
    const target = rowFocus(current.value);
    target?.focus({ preventScroll: true });
    const row = target?.closest<HTMLElement>("[data-row]");
    const room = Math.min(row?.parentElement?.clientHeight ?? 0, window.innerHeight);
    // A row that is taller than its pane shows its head: that is where the mark stands.
    row?.scrollIntoView?.({ block: row.offsetHeight + 130 > room ? "start" : "nearest" });
  }
  /** Makes a row current; the keyboard goes there unless `focus` is false. */
  function go(code: string, focus = true): void {
    if (!sheet.rows.value.has(code)) return;
    current.value = code;
    if (focus) void focusRow();
  }
  function step(direction: 1 | -1): void {
    const next = order.value[order.value.indexOf(current.value) + direction];
    if (next !== undefined) go(next);
  }
  function goIndicator(code: string, focus = true): void {
    const found = sheet.indicators.value.get(code);
    const row = found?.points[0] ?? found?.limits[0];
    if (row) go(row.code, focus);
  }
  const indicatorAt = (direction: 1 | -1) => {
    const at = leaves.value.findIndex((leaf) => leaf.code === indicator.value?.code);
    return leaves.value[at + direction];
  };
  function stepIndicator(direction: 1 | -1): void {
    const next = indicatorAt(direction);
    if (next) goIndicator(next.code);
  }
  return { current, indicator, go, step, goIndicator, stepIndicator, indicatorAt, focusRow };
}
export type Cursor = ReturnType<typeof createCursor>;

const KEY: InjectionKey<Cursor> = Symbol("cursor");
export function provideCursor(cursor: Cursor): Cursor {
  provide(KEY, cursor);
  return cursor;
}
export function useCursor(): Cursor {
  const cursor = inject(KEY);
  if (!cursor) throw new Error("useCursor outside of a desk");
  return cursor;
}
