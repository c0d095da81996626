// Where the assessor is: the current row (a point, a condition or an adjustment), and the ways to the next one.
import { computed, inject, nextTick, provide, ref } from "vue";
import type { InjectionKey } from "vue";
import { hasRows, rowCodes } from "./groups";
import type { Sheet } from "./sheet";
import { isOpen } from "./states";

/** The element that takes the keyboard of a row: its first input without a finding, else its first input. */
export function rowFocus(code: string): HTMLElement | null {
  const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(code)}"]`);
  return row?.querySelector<HTMLElement>("[data-open] [data-entry]") ?? row?.querySelector<HTMLElement>("[data-entry]") ?? row;
}
/** The input after this one in the same row. */
function inputAfter(field: HTMLElement, direction: 1 | -1): HTMLElement | undefined {
  const inputs = [...(field.closest("[data-row]")?.querySelectorAll<HTMLElement>("[data-entry]") ?? [])];
  return inputs[inputs.indexOf(field) + direction];
}

export function createCursor(sheet: Sheet, start: string | null) {
  const order = computed(() => [...sheet.rows.value.keys()]);
  const leaves = computed(() => sheet.groups.value.filter(hasRows));
  const wanted = sheet.rowOf(start ?? "");
  const current = ref(sheet.rows.value.has(wanted) ? wanted : (order.value[0] ?? ""));
  /** The row that shows what belongs to it at once: a key leads there. */
  const hurried = ref<string | null>(null);
  const group = computed(() => sheet.rows.value.get(current.value)?.group ?? leaves.value[0]);

  async function focusRow(): Promise<void> {
    await nextTick();
    rowFocus(current.value)?.focus({ preventScroll: true });
    reveal();
  }
  /** Brings the current row into sight. */
  function reveal(): void {
    const row = rowFocus(current.value)?.closest<HTMLElement>("[data-row]");
    const room = Math.min(row?.closest(".sheet")?.clientHeight ?? 0, window.innerHeight);
    // A row that is taller than its pane shows its head: that is where the mark stands.
    row?.scrollIntoView?.({ block: row.offsetHeight + 130 > room ? "start" : "nearest" });
  }
  /** Makes a row current, or that of a condition inside of one; the keyboard goes there unless `focus` is false. */
  function go(code: string, focus = true): void {
    const row = sheet.rowOf(code);
    if (!sheet.rows.value.has(row)) return;
    current.value = row;
    hurried.value = null;
    if (focus) void focusRow();
  }
  function step(direction: 1 | -1): void {
    const next = order.value[order.value.indexOf(current.value) + direction];
    if (next !== undefined) go(next);
  }
  const waits = (code: string) => {
    const { point, limit, adjustment } = sheet.rows.value.get(code) ?? {};
    const row = point ?? limit ?? adjustment;
    return row !== undefined && isOpen(row, sheet.open.value);
  };
  /** To the next row that waits for a decision, from the end to the beginning again; stays where none does. */
  function stepOpen(direction: 1 | -1): void {
    const at = order.value.indexOf(current.value);
    const around = [...order.value.slice(at + 1), ...order.value.slice(0, Math.max(at, 0))];
    const next = direction > 0 ? around.find(waits) : around.findLast(waits);
    go(next ?? current.value);
  }
  /** Shows at once what belongs to the current row, which otherwise follows a saved mark. */
  function unfold(): Promise<void> {
    hurried.value = current.value;
    return nextTick();
  }
  /** From one input of a row to the next, behind the last to the next row. */
  async function advance(field: HTMLElement, direction: 1 | -1): Promise<void> {
    if ((sheet.rows.value.get(current.value)?.point?.quantities.length ?? 0) > 0) await unfold();
    const next = inputAfter(field, direction);
    if (next) next.focus();
    else step(direction);
  }
  /** To the first row of an indicator or section, or of the first one under it. */
  function goGroup(code: string, focus = true): void {
    const found = leaves.value.find((leaf) => leaf.code === code) ?? leaves.value.find((leaf) => sheet.isUnder(leaf.code, code));
    const row = found && rowCodes(found)[0];
    if (row !== undefined) go(row, focus);
  }
  const groupAt = (direction: 1 | -1) => leaves.value[leaves.value.findIndex((leaf) => leaf.code === group.value?.code) + direction];
  function stepGroup(direction: 1 | -1): void {
    const next = groupAt(direction);
    if (next) goGroup(next.code);
  }
  /** To the remark of the current row. */
  async function goRemark(): Promise<void> {
    await unfold();
    document.querySelector<HTMLElement>(`[data-row="${CSS.escape(current.value)}"] [data-remark]`)?.focus();
  }
  return { current, hurried, group, go, goRemark, reveal, step, advance, goGroup, stepGroup, stepOpen, groupAt, focusRow };
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
