// The list of sheets: what is searched for, which state, in which order.
import { computed, ref } from "vue";
import { useI18n } from "vue-i18n";
import type { SheetSummary } from "../api";
import { LIST_STATES, listState } from "../components/texts";
import type { ListState } from "../components/texts";

export const ORDERS = ["changed", "unit", "left", "state"] as const;
export type Order = (typeof ORDERS)[number];

const left = (sheet: SheetSummary) => sheet.points - sheet.scored;
const inOrder: Record<Order, (a: SheetSummary, b: SheetSummary) => number> = {
  changed: () => 0, // as the program gives them
  unit: (a, b) => a.unit.localeCompare(b.unit, "zh-CN") || b.year - a.year,
  left: (a, b) => left(b) - left(a),
  state: (a, b) => LIST_STATES.indexOf(listState(a)) - LIST_STATES.indexOf(listState(b)),
};

export function useSheetList(sheets: () => SheetSummary[]) {
  const { t } = useI18n();
  const filter = ref<ListState | "all">("all");
  const query = ref("");
  const order = ref<Order>("changed");
  /** All that a person may search a sheet by, in one line. */
  const textOf = (sheet: SheetSummary) =>
    [sheet.unit, sheet.year, sheet.rubricTitle, sheet.edition, sheet.assessor, sheet.organisation, sheet.grade ?? "", t(`stage.${sheet.stage}`), t(`phaseLong.${listState(sheet)}`)].join(" ").toLowerCase();
  const counts = computed(() => LIST_STATES.map((state) => ({ state, count: sheets().filter((sheet) => listState(sheet) === state).length })));
  const shown = computed(() => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (sheet: SheetSummary) => (filter.value === "all" || listState(sheet) === filter.value) && words.every((word) => textOf(sheet).includes(word));
    return sheets().filter(fits).sort(inOrder[order.value]);
  });
  function showAll(): void {
    query.value = "";
    filter.value = "all";
  }
  return { filter, query, order, counts, shown, showAll };
}
