// The states of rows and indicators of the open sheet, ready for symbols, filters and counts.
import { computed } from "vue";
import type { AdjustmentView, LimitView } from "../api";
import type { Group } from "./groups";
import type { Sheet } from "./sheet";
import { FILTERS, isOpen, rowsKept, statesOfAdjustment, statesOfLimit, statesOfPoint, statesOfRows } from "./states";
import type { Filter, RowState, SheetFacts } from "./states";
import { isDisputed, supports, verdictsOf } from "./verdicts";

function createRowFacts(sheet: Sheet) {
  const verdicts = computed(() => verdictsOf(sheet));
  const points = computed(() => new Map(sheet.state.value.points.map((state) => {
    const files = sheet.evidenceOf.value.get(state.code) ?? [];
    const evidence = files.filter((item) => supports(item, verdicts.value.get(item.id))).length;
    const disputed = files.some((item) => isDisputed(verdicts.value.get(item.id)));
    return [state.code, { state, outcome: sheet.pointOutcomes.value.get(state.code), evidence, disputed }];
  })));
  const facts = computed<SheetFacts>(() => ({
    open: sheet.open.value,
    pointFacts: (code) => points.value.get(code),
    present: (code) => sheet.limits.value.get(code)?.present ?? null,
    changed: new Set(sheet.state.value.difference?.codes ?? []),
  }));
  function pointStates(code: string): RowState[] {
    const found = facts.value.pointFacts(code);
    const point = sheet.rows.value.get(code)?.point;
    if (!found || !point) return ["unscored"];
    const own = statesOfPoint(found);
    // Scored, with a condition that still waits: begun, not done.
    return own.includes("scored") && isOpen(point, sheet.open.value) ? statesOfRows([own, ["unscored"]]) : own;
  }
  const limitStates = (limit: LimitView) => statesOfLimit({ limit, present: facts.value.present(limit.code) });
  function adjustmentStates(adjustment: AdjustmentView): RowState[] {
    const state = sheet.adjustments.value.get(adjustment.code);
    return state ? statesOfAdjustment(state, adjustment.limits.map(limitStates), isOpen(adjustment, sheet.open.value)) : ["unscored"];
  }
  function groupStates(group: Group): RowState[] {
    return statesOfRows([
      ...group.points.map((point) => pointStates(point.code)),
      ...group.limits.map(limitStates),
      ...group.adjustments.map(adjustmentStates),
    ]);
  }
  const counts = computed(() => {
    const found = Object.fromEntries(FILTERS.map((filter) => [filter, 0])) as Record<Filter, number>;
    for (const group of sheet.groups.value) {
      for (const filter of FILTERS) found[filter] += rowsKept(group, filter, facts.value).length;
    }
    return found;
  });
  /** Full marks of the unscored points under each indicator: how far its bar can still grow. */
  const openMarks = computed(() => {
    const found = new Map<string, number>();
    for (const { code, points } of sheet.rubric.value.indicators) {
      let open = 0;
      for (const point of points) if (sheet.points.value.get(point.code)?.mark === null) open += Number(point.max);
      for (const at of open > 0 ? [code, ...sheet.above(code)] : []) found.set(at, (found.get(at) ?? 0) + open);
    }
    return found;
  });
  return { facts, pointStates, adjustmentStates, groupStates, counts, openMarks };
}

const known = new WeakMap<Sheet, ReturnType<typeof createRowFacts>>();
/** The facts of a sheet, the same ones for all who ask: each row would count them for itself. */
export function useRowFacts(sheet: Sheet): ReturnType<typeof createRowFacts> {
  const facts = known.get(sheet) ?? createRowFacts(sheet);
  known.set(sheet, facts);
  return facts;
}
