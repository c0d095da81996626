// Which indicators the tree shows: opened branches, or what filter and search keep, with the branches above.
import { computed, reactive, ref } from "vue";
import type { ComputedRef } from "vue";
import type { IndicatorView } from "../api";
import type { Sheet } from "./sheet";
import { matches, rowsKept } from "./states";
import type { Filter, SheetFacts } from "./states";

export function useTree(sheet: Sheet, facts: ComputedRef<SheetFacts>) {
  const query = ref("");
  const filter = ref<Filter>("all");
  const opened = reactive(new Set<string>());

  function ancestors(code: string): string[] {
    const found: string[] = [];
    let parent = sheet.indicators.value.get(code)?.parent ?? null;
    while (parent !== null) {
      found.push(parent);
      parent = sheet.indicators.value.get(parent)?.parent ?? null;
    }
    return found;
  }
  const searching = computed(() => query.value.trim() !== "" || filter.value !== "all");
  const shown = computed<IndicatorView[]>(() => {
    const all = sheet.rubric.value.indicators;
    if (!searching.value) return all.filter((row) => ancestors(row.code).every((code) => opened.has(code)));
    const kept = new Set<string>();
    for (const row of all) {
      const leaf = row.points.length + row.limits.length > 0;
      if (!leaf || !matches(row, query.value) || rowsKept(row, filter.value, facts.value).length === 0) continue;
      kept.add(row.code);
      for (const code of ancestors(row.code)) kept.add(code);
    }
    return all.filter((row) => kept.has(row.code));
  });
  return {
    query, filter, shown,
    isOpen: (code: string) => searching.value || opened.has(code),
    toggle(code: string): void {
      if (!opened.delete(code)) opened.add(code);
    },
    /** Opens the branches above an indicator. */
    reveal(code: string): void {
      for (const parent of ancestors(code)) opened.add(parent);
    },
  };
}
