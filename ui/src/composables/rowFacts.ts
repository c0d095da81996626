// The states of rows and indicators of the open sheet, ready for symbols, filters and counts.
import { computed } from "vue";
import type { IndicatorView } from "../api";
import type { Sheet } from "./sheet";
import { FILTERS, rowsKept, statesOfLimit, statesOfPoint, statesOfRows } from "./states";
import type { Filter, RowState, SheetFacts } from "./states";

export function useRowFacts(sheet: Sheet) {
  const facts = computed<SheetFacts>(() => ({
    open: sheet.open.value,
    pointFacts: (code) => {
      const state = sheet.points.value.get(code);
      if (!state) return undefined;
      return { state, outcome: sheet.pointOutcomes.value.get(code), evidence: sheet.evidenceOf.value.get(code)?.length ?? 0 };
    },
    present: (code) => sheet.limits.value.get(code)?.present ?? null,
  }));
  function pointStates(code: string): RowState[] {
    const found = facts.value.pointFacts(code);
    return found ? statesOfPoint(found) : ["unscored"];
  }
  function indicatorStates(indicator: IndicatorView): RowState[] {
    return statesOfRows([
      ...indicator.points.map((point) => pointStates(point.code)),
      ...indicator.limits.map((limit) => statesOfLimit({ limit, present: facts.value.present(limit.code) })),
    ]);
  }
  const counts = computed(() => {
    const found = Object.fromEntries(FILTERS.map((filter) => [filter, 0])) as Record<Filter, number>;
    for (const indicator of sheet.rubric.value.indicators) {
      for (const filter of FILTERS) found[filter] += rowsKept(indicator, filter, facts.value).length;
    }
    return found;
  });
  /** Full marks of the unscored points under an indicator: how far its bar can still grow. */
  function openMarks(code: string): number {
    let open = 0;
    for (const row of sheet.rubric.value.indicators) {
      if (row.code !== code && !row.code.startsWith(`${code}.`)) continue;
      for (const point of row.points) if (sheet.points.value.get(point.code)?.mark === null) open += Number(point.max);
    }
    return open;
  }
  return { facts, pointStates, indicatorStates, counts, openMarks };
}
