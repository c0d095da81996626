// The reports of the chosen panel and unit, and the texts in them. What is typed is saved when typing pauses.
import { computed, ref, shallowRef, watch } from "vue";
import { ask, commands, problemOf } from "../api";
import type { Problem, ReportText, ReportsView } from "../api";
import { usePanels } from "./panelChoice";
import { useProblems } from "./problems";

/** Texts, and the panel and unit that they are of: another unit may be asked for while they are still in their fields. */
export type WrittenTexts = { panel: string; unit: string; texts: ReportText[] };
export type WriteText = (of: WrittenTexts, text: ReportText, written: string | null) => Promise<boolean>;

export function useReports() {
  const { panels, chosen: panel, problem: listProblem, load: loadPanels } = usePanels();
  const view = shallowRef<ReportsView | null>(null);
  const texts = shallowRef<WrittenTexts | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const textProblem = shallowRef<{ place: string; problem: Problem } | null>(null);
  const busy = ref(true);
  const unit = ref<string | null>(null);
  const id = computed(() => panel.value?.id ?? null);
  const { report } = useProblems();
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
      const written = answer.unit === null ? null : { panel: asked, unit: answer.unit, texts: await ask(commands.reportTexts(asked, answer.unit)) };
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
  /** Keeps a text where it was typed; null lets the draft stand again. True when it was kept. */
  const write: WriteText = async (of, text, written) => {
    const isHere = () => id.value === of.panel && unit.value === of.unit;
    textProblem.value = null;
    const mine = isHere() ? ++newest : null;
    try {
      const answer = await ask(commands.setReportText(of.panel, of.unit, text.place, written));
      // Of another unit of the panel, what was read of this one may have been read before: texts are shared.
      if (!isHere()) {
        if (id.value === of.panel) await load();
        return true;
      }
      const now = await ask(commands.reports(of.panel, of.unit));
      if (mine === newest) {
        texts.value = { ...of, texts: answer };
        view.value = now;
      }
      return true;
    } catch (error) {
      if (isHere()) textProblem.value = { place: text.place, problem: problemOf(error) };
      else report(error); // its field is gone
      return false;
    }
  };
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
    write,
  };
}
