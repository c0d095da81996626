// What is handed out: the choice that the export and the publishing share, and the server that was named last.
import { computed, ref, shallowRef } from "vue";
import { ask, commands, problemOf } from "../api";
import type { FactsChoice, FactsPart, FactsView, Problem, ServerInput } from "../api";

const view = shallowRef<FactsView | null>(null);
const problem = shallowRef<Problem | null>(null);
/** Place in the parts; −1: everything. */
const at = ref(-1);
const panel = ref("");
/** Kept as long as the window is open; the password is not. */
const address = ref("");

const part = computed<FactsPart | undefined>(() => view.value?.parts[at.value]);
const choice = computed<FactsChoice>(() => ({
  rubric: part.value?.rubric ?? "",
  year: part.value?.year ?? null,
  panels: part.value?.panels.includes(panel.value) ? [panel.value] : [],
}));

export const serverOf = (named: string, password: string): ServerInput => ({ address: named.trim(), password });

export function useFacts() {
  async function load(): Promise<void> {
    try {
      view.value = await ask(commands.facts());
      problem.value = null;
    } catch (error) {
      problem.value = problemOf(error);
    }
    if (!part.value) at.value = -1;
  }
  return { view, problem, at, panel, part, choice, address, load };
}
