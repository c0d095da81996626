// The results of the panel that is looked at: what is asked for, and the program's answers. Filters, order and places are the program's.
import { computed, reactive, ref, shallowRef, watch } from "vue";
import type { Ref } from "vue";
import { ask, commands, problemOf } from "../api";
import type { Problem, ProfileView, ResultsQuery, ResultsSort, ResultsTable, ResultsView, SavedView, TrendView, UnitProfileView } from "../api";

export const TABLES: ResultsTable[] = ["matrix", "ranking", "grades", "indicators", "self", "profile", "compare", "trend"];
/** Views of single units; they show which ones are chosen beside them. */
export const OF_UNITS: ResultsTable[] = ["profile", "compare", "trend"];
/** Most units side by side. */
export const MOST_UNITS = 5;
/** A search waits for the next key this long, in milliseconds. */
const TYPING = 180;

/** What is asked for, as a person changes it: each view keeps its order and its units. */
export type Asked = Omit<ResultsQuery, "sort" | "units"> & { sorts: Partial<Record<ResultsTable, ResultsSort>>; one: string | null; some: string[] };
export function fresh(): Asked {
  return { table: "ranking", search: "", grades: [], complete: false, indicator: null, below: false, level: null, sorts: {}, one: null, some: [] };
}
/** The query of a view; levels belong to the views by indicator. */
export function queryOf(asked: Asked, table: ResultsTable = asked.table): ResultsQuery {
  const { search, grades, complete, indicator, below } = asked;
  const units = table === "profile" ? (asked.one === null ? [] : [asked.one]) : OF_UNITS.includes(table) ? asked.some : [];
  const level = table === "trend" && units.length === 0 ? 0 : ["indicators", "compare"].includes(table) ? asked.level : null;
  return { table, search, grades, complete, indicator, below, level, units, sort: asked.sorts[table] ?? null };
}
/** A saved view as what is asked for. */
export function askedOf(query: ResultsQuery, before: Asked): Asked {
  const { table, search, grades, complete, indicator, below, level, units, sort } = query;
  return {
    table, search, grades, complete, indicator, below, level: level === 0 ? null : level, sorts: sort ? { ...before.sorts, [table]: sort } : { ...before.sorts, [table]: undefined },
    one: table === "profile" ? (units[0] ?? null) : before.one, some: OF_UNITS.includes(table) && table !== "profile" ? units : before.some,
  };
}
/** The next order of a column: figures begin with the highest, names with the first; a third click gives the view's own order back. */
export function nextSort(now: ResultsSort | null | undefined, column: string, figure: boolean): ResultsSort | undefined {
  if (now?.column !== column) return { column, descending: figure };
  return now.descending === figure ? { column, descending: !figure } : undefined;
}
/** Whether anything keeps units out. */
export const isFiltered = (asked: Asked) => asked.search.trim() !== "" || asked.grades.length > 0 || asked.complete || asked.below;

const all = new Map<string, Asked>();

export function useOfficeResults(panel: Ref<string | null>, language: Ref<string>) {
  const asked = reactive<Asked>(fresh());
  const view = shallowRef<ResultsView | null>(null);
  const profile = shallowRef<UnitProfileView | null>(null);
  const compare = shallowRef<ProfileView | null>(null);
  const trend = shallowRef<TrendView | null>(null);
  const views = shallowRef<SavedView[]>([]);
  const problem = shallowRef<Problem | null>(null);
  const busy = ref(false);
  /** The name of the saved view that is shown, until something is changed. */
  const shown = ref<string | null>(null);
  let question = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function answers(id: string, number: number): Promise<void> {
    const results = await ask(commands.results(id, queryOf(asked)));
    if (number !== question) return;
    view.value = results;
    if (asked.table === "profile") {
      if (asked.one === null) asked.one = results.ranking[0]?.unit ?? results.panel.units[0]?.unit ?? null;
      const found = asked.one === null ? null : await ask(commands.unitProfile(id, queryOf(asked)));
      if (number === question) profile.value = found;
    } else if (asked.table === "compare") {
      if (asked.some.length === 0) asked.some = results.ranking.slice(0, 3).map((row) => row.unit);
      const found = asked.some.length === 0 ? null : await ask(commands.compareUnits(id, queryOf(asked)));
      if (number === question) compare.value = found;
    } else if (asked.table === "trend") {
      const found = await ask(commands.trend(id, queryOf(asked)));
      if (number === question) trend.value = found;
    }
  }
  async function load(): Promise<void> {
    const id = panel.value;
    const number = ++question;
    if (id === null) {
      view.value = null;
      return;
    }
    busy.value = true;
    try {
      await answers(id, number);
      if (number === question) problem.value = null;
    } catch (error) {
      if (number === question) problem.value = problemOf(error);
    } finally {
      if (number === question) busy.value = false;
    }
  }
  async function loadViews(): Promise<void> {
    const id = panel.value;
    try {
      views.value = id === null ? [] : await ask(commands.resultViews(id));
    } catch (error) {
      problem.value = problemOf(error);
    }
  }
  watch(panel, (now, before) => {
    if (before) all.set(before, { ...asked });
    Object.assign(asked, (now ? all.get(now) : undefined) ?? fresh());
    view.value = null;
    profile.value = null;
    compare.value = null;
    trend.value = null;
    shown.value = null;
    void loadViews();
  }, { immediate: true });
  const query = computed(() => JSON.stringify([panel.value, language.value, queryOf(asked)]));
  watch(query, (now, before) => {
    clearTimeout(timer);
    const typed = before !== undefined && JSON.parse(now)[2].search !== JSON.parse(before)[2].search;
    if (typed) timer = setTimeout(load, TYPING);
    else void load();
  }, { immediate: true });

  return {
    asked, view, profile, compare, trend, views, problem, busy, shown, load, loadViews,
    /** Shows a saved view. */
    show(saved: SavedView): void {
      Object.assign(asked, askedOf(saved.query, { ...asked }));
      shown.value = saved.name;
    },
    clearFilters(): void {
      Object.assign(asked, { search: "", grades: [], complete: false, below: false });
    },
  };
}
export type OfficeResults = ReturnType<typeof useOfficeResults>;
