// The panel that is looked at: what its sheets come to, the unit that is opened, what differs there, and every change.
import { computed, ref, shallowRef, watch } from "vue";
import { ask, commands, problemOf } from "../api";
import type { PanelComparison, PanelUnit, PanelUnitView, PanelView, Problem, Result, ResultsSort } from "../api";
import { usePanels } from "./panelChoice";
import { useProblems } from "./problems";

export const FILTERS = ["all", "look", "none"] as const;
export type Filter = (typeof FILTERS)[number];

const view = shallowRef<PanelView | null>(null);
const problem = shallowRef<Problem | null>(null);
const unit = ref<string | null>(null);
/** Who is compared with the others; null: everybody with everybody. */
const member = ref<number | null>(null);
/** Whether a person chose who is compared: then a change does not choose anew. */
let picked = false;
/** Whose eyes the panel is seen with (提交前互不可见); null: everything. */
const seenBy = ref<number | null>(null);
const detail = shallowRef<PanelUnitView | null>(null);
const comparison = shallowRef<PanelComparison | null>(null);
const busy = ref(false);
const filter = ref<Filter>("all");
const query = ref("");
/** The order of the table; null: as the program lists the units. */
const sort = ref<ResultsSort | null>(null);
let asked = 0;

/** A member as the program tells several of one name apart. */
export const keyOf = (person: { name: string; organisation: string }) => `${person.name}@${person.organisation}`;
const outlierOf = (row: PanelUnit | undefined) => row?.cells.findIndex((cell) => cell.outlier) ?? -1;
/** What to look at first: a mark out of line, else anything that is pointed out, else the first unit. */
function firstOf(units: PanelUnit[]): PanelUnit | undefined {
  return units.find((row) => outlierOf(row) >= 0) ?? units.find((row) => row.flags.length > 0) ?? units[0];
}

const fits: Record<Filter, (row: PanelUnit) => boolean> = {
  all: () => true,
  look: (row) => row.flags.length > 0,
  none: (row) => row.total === null,
};
/** What a column orders by; decimals in text are numbers here for their order only, never for a figure. */
function placeOf(row: PanelUnit, column: string): number | null {
  const of: Record<string, string | number | null> = { spread: row.spread, total: row.total, flags: row.flags.length };
  const value = column in of ? of[column] : row.cells[Number(column.slice("member-".length))]?.total;
  return value === null || value === undefined ? null : Number(value);
}
/** What has no figure stands last, whichever way. */
function compare(one: PanelUnit, other: PanelUnit, { column, descending }: ResultsSort): number {
  const way = descending ? -1 : 1;
  if (column === "unit") return one.unit.localeCompare(other.unit, "zh") * way;
  const [a, b] = [placeOf(one, column), placeOf(other, column)];
  return a === null || b === null ? Number(a === null) - Number(b === null) : (a - b) * way;
}
const shown = computed(() => {
  const words = query.value.trim();
  const rows = (view.value?.units ?? []).filter((row) => fits[filter.value](row) && row.unit.includes(words));
  const order = sort.value;
  return order === null ? rows : rows.sort((one, other) => compare(one, other, order));
});
const counts = computed(() => FILTERS.map((value) => ({ value, count: (view.value?.units ?? []).filter(fits[value]).length })));
const row = computed(() => view.value?.units.find((one) => one.unit === unit.value));

export function usePanel() {
  const { chosen, load: loadPanels } = usePanels();
  const problems = useProblems();

  /** Opens a unit; without one, nothing. A newer question makes the answer of an older one void. */
  async function show(name: string | null, who?: number | null): Promise<void> {
    const panel = view.value?.panel.id;
    const number = ++asked;
    picked = who !== undefined || (picked && name === unit.value);
    unit.value = name;
    if (who !== undefined) member.value = who;
    else if (!picked) member.value = outlierOf(row.value) >= 0 ? outlierOf(row.value) : null;
    if (panel === undefined || name === null || seenBy.value !== null) {
      detail.value = null;
      comparison.value = null;
      return;
    }
    const counted = member.value !== null && row.value?.cells[member.value]?.standing.code === "counted";
    const person = counted && member.value !== null ? view.value?.members[member.value] : undefined;
    if (!person) member.value = null;
    try {
      const [calculated, compared] = await Promise.all([
        ask(commands.panelUnit(panel, name)),
        ask(commands.compareMembers(panel, name, person ? keyOf(person) : null)),
      ]);
      if (number !== asked) return;
      detail.value = calculated;
      comparison.value = compared;
    } catch (error) {
      if (number === asked) problems.report(error);
    }
  }
  async function take(next: PanelView): Promise<void> {
    const known = next.units.some((one) => one.unit === unit.value);
    view.value = next;
    if (member.value !== null && member.value >= next.members.length) member.value = null;
    await (known ? show(unit.value) : show(firstOf(next.units)?.unit ?? null));
  }
  /** Reads the panel anew: sheets may have come in. */
  async function load(): Promise<void> {
    const panel = chosen.value;
    if (!panel) {
      view.value = null;
      return;
    }
    const person = seenBy.value === null ? undefined : view.value?.members[seenBy.value];
    try {
      await take(await ask(person ? commands.panelAs(panel.id, keyOf(person)) : commands.panel(panel.id)));
      problem.value = null;
    } catch (error) {
      problem.value = problemOf(error);
    }
  }
  /** Carries a change out; says whether it was taken. */
  async function change(call: (panel: string) => Promise<Result<PanelView>>, refused?: (problem: Problem) => void): Promise<boolean> {
    const panel = view.value?.panel.id;
    if (panel === undefined || busy.value) return false;
    busy.value = true;
    try {
      await take(await ask(call(panel)));
      await loadPanels();
      return true;
    } catch (error) {
      if (refused) refused(problemOf(error));
      else problems.report(error);
      return false;
    } finally {
      busy.value = false;
    }
  }
  watch(() => chosen.value?.id, (id) => {
    if (id === view.value?.panel.id) return;
    seenBy.value = null;
    unit.value = null;
    filter.value = "all";
    query.value = "";
    sort.value = null;
    void load();
  });
  /** Takes the panel off the list; gives what is needed to put it back. */
  async function remove(): Promise<{ id: string; name: string } | null> {
    const panel = view.value?.panel;
    if (!panel || busy.value) return null;
    try {
      await ask(commands.removePanel(panel.id));
      await loadPanels();
      return { id: panel.id, name: panel.name };
    } catch (error) {
      problems.report(error);
      return null;
    }
  }
  return {
    view, problem, unit, row, member, seenBy, detail, comparison, busy, filter, query, sort, shown, counts, load, show, change, remove,
    async seeAs(who: number | null): Promise<void> {
      seenBy.value = who;
      await load();
    },
    step: (undo: boolean) => change((panel) => commands.stepPanel(panel, undo)),
  };
}
