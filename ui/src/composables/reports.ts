// The reports of the chosen panel and unit, and the texts in them. What is typed is saved when typing pauses.
import { computed, ref, shallowRef, watch } from "vue";
import { ask, commands, problemOf } from "../api";
import type { Problem, ReportText, ReportsView } from "../api";
import { usePanels } from "./panelChoice";

export function useReports() {
  const { panels, chosen: panel, problem: listProblem, load: loadPanels } = usePanels();
  const view = shallowRef<ReportsView | null>(null);
  const texts = shallowRef<ReportText[]>([]);
  const problem = shallowRef<Problem | null>(null);
  const textProblem = shallowRef<{ place: string; problem: Problem } | null>(null);
  const busy = ref(true);
  const unit = ref<string | null>(null);
  const id = computed(() => panel.value?.id ?? null);
  let newest = 0;

  async function load(): Promise<void> {
    const asked = id.value;
    const mine = ++newest;
    if (asked === null) {
      view.value = null;
      busy.value = false;
      return;
    }
    busy.value = true;
    problem.value = null;
    try {
      const there = view.value?.units.some((one) => one.unit === unit.value) ? unit.value : null;
      const answer = await ask(commands.reports(asked, there));
      const written = answer.unit === null ? [] : await ask(commands.reportTexts(asked, answer.unit));
      if (mine !== newest) return;
      view.value = answer;
      unit.value = answer.unit;
      texts.value = written;
    } catch (error) {
      if (mine === newest) problem.value = problemOf(error);
    } finally {
      if (mine === newest) busy.value = false;
    }
  }
  async function refresh(): Promise<void> {
    await loadPanels();
    await load();
  }
  watch(id, () => {
    unit.value = null;
    view.value = null;
    void load();
  });
  return {
    panels, panel, listProblem, view, texts, problem, textProblem, busy, unit, id, load, refresh,
    /** Another unit; what it was is read anew. */
    async turn(to: string): Promise<void> {
      unit.value = to;
      await load();
    },
    /** Keeps a text; null lets the draft stand again. True when it was kept. */
    async write(text: ReportText, written: string | null): Promise<boolean> {
      const asked = id.value;
      if (asked === null) return false;
      textProblem.value = null;
      try {
        const mine = ++newest;
        const answer = await ask(commands.setReportText(asked, unit.value, text.place, written));
        const now = await ask(commands.reports(asked, unit.value));
        if (mine === newest) {
          texts.value = answer;
          view.value = now;
        }
        return true;
      } catch (error) {
        textProblem.value = { place: text.place, problem: problemOf(error) };
        return false;
      }
    },
  };
}
