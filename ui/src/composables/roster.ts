// A figure counted from a table of the catalogue: what is asked for, and what comes of it while it is put together.
import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from "vue";
import { ask, commands, problemOf } from "../api";
import type { Day, Problem, RosterCount, RosterFilter, RosterOp, RosterQuery, TableHeadings } from "../api";
import type { Sheet } from "./sheet";

export const OPS: RosterOp[] = ["equals", "notEquals", "contains", "atLeast", "atMost", "olderThan", "youngerThan"];
const PAUSE = 300;
const BY_AGE: RosterOp[] = ["olderThan", "youngerThan"];
export const isTable = (fileName: string) => /\.(xlsx|xls|ods)$/i.test(fileName);

/** 2026-09-01, also 2026.9.1 and 2026年9月1日, as a day; null where it is none. */
export function dayOf(text: string): Day | null {
  const found = /^\s*(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\s*$/.exec(text);
  return found ? { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) } : null;
}

export function useRoster(sheet: Sheet) {
  const item = ref("");
  const headerRow = ref("1");
  const table = ref("");
  const filters = reactive<RosterFilter[]>([]);
  const reference = ref("");
  const tables = shallowRef<TableHeadings[]>([]);
  const count = shallowRef<RosterCount | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const busy = ref(false);
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const row = computed(() => (/^[1-9]\d{0,5}$/.test(headerRow.value.trim()) ? Number(headerRow.value) : null));
  const chosen = computed(() => tables.value.find((one) => one.sheet === table.value) ?? null);
  const needsDay = computed(() => filters.some((filter) => BY_AGE.includes(filter.op)));
  const query = computed<RosterQuery | null>(() => {
    const day = dayOf(reference.value);
    const complete = filters.every((filter) => filter.column !== "" && (filter.value.trim() !== "" || filter.op === "equals" || filter.op === "notEquals"));
    if (!chosen.value || row.value === null || !complete || (needsDay.value && day === null)) return null;
    return { sheet: table.value, headerRow: row.value, filters: filters.map((filter) => ({ ...filter, value: filter.value.trim() })), referenceDate: needsDay.value ? day : null };
  });
  /** Asks, and drops the answer when something newer was asked since. */
  async function newest<T>(work: () => Promise<T>, take: (answer: T) => void): Promise<void> {
    const number = (asked += 1);
    busy.value = true;
    problem.value = null;
    try {
      const answer = await work();
      if (number === asked) take(answer);
    } catch (error) {
      if (number === asked) problem.value = problemOf(error);
    } finally {
      if (number === asked) busy.value = false;
    }
  }
  async function readTables(): Promise<void> {
    tables.value = [];
    count.value = null;
    const at = row.value;
    if (item.value === "" || at === null) return;
    await newest(() => ask(commands.tableHeadings(sheet.state.value.id, item.value, at)), (found) => {
      tables.value = found;
      if (!found.some((one) => one.sheet === table.value)) table.value = (found.find((one) => one.rows > 0) ?? found[0])?.sheet ?? "";
      for (const filter of filters) if (!chosen.value?.headings.includes(filter.column)) filter.column = "";
    });
  }
  async function readCount(): Promise<void> {
    const wanted = query.value;
    if (wanted) await newest(() => ask(commands.countRows(sheet.state.value.id, item.value, wanted)), (found) => { count.value = found; });
  }
  watch([item, row], readTables);
  watch(() => JSON.stringify(query.value), () => {
    asked += 1; // what is on its way is of an older query
    count.value = null;
    problem.value = null;
    busy.value = false;
    clearTimeout(timer);
    timer = setTimeout(() => void readCount(), PAUSE);
  });
  onScopeDispose(() => clearTimeout(timer));
  return {
    item, headerRow, row, table, tables, chosen, filters, reference, needsDay, query, count, problem, busy,
    addFilter: () => filters.push({ column: chosen.value?.headings[0] ?? "", op: "equals", value: "" }),
    removeFilter: (index: number) => filters.splice(index, 1),
  };
}
