// Which panel the parts of the office's page are about: the list, and the one that is looked at, kept as long as the window is open.
import { computed, ref, shallowRef } from "vue";
import { ask, commands, problemOf } from "../api";
import type { PanelSummary, Problem } from "../api";

const panels = shallowRef<PanelSummary[] | null>(null);
const wanted = ref<string | null>(null);
const problem = shallowRef<Problem | null>(null);

/** The panel that was chosen while it is there; else the first of the list. */
const chosen = computed<PanelSummary | null>(() => panels.value?.find((panel) => panel.id === wanted.value) ?? panels.value?.[0] ?? null);

export function usePanels() {
  async function load(): Promise<void> {
    try {
      panels.value = await ask(commands.panels());
      problem.value = null;
    } catch (error) {
      problem.value = problemOf(error);
    }
  }
  return {
    /** All panels; null until they were asked for. */
    panels,
    /** The one that is looked at; null while there is none. */
    chosen,
    /** Why the list could not be had. */
    problem,
    choose(id: string): void {
      wanted.value = id;
    },
    load,
  };
}
