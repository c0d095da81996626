// What differs between two rubrics, read anew whenever one of the two is another.
import { ref, shallowRef, watch } from "vue";
import { ask, commands, problemOf } from "../api";
import type { Problem, RubricDiff } from "../api";

export function useDifference(old: () => string, now: () => string) {
  const diff = shallowRef<RubricDiff | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const busy = ref(false);
  let asked = 0;
  async function read(): Promise<void> {
    const number = (asked += 1);
    diff.value = null;
    problem.value = null;
    busy.value = false;
    if (old() === "" || now() === "" || old() === now()) return;
    busy.value = true;
    try {
      const found = await ask(commands.diffRubrics(old(), now()));
      if (number === asked) diff.value = found;
    } catch (error) {
      if (number === asked) problem.value = problemOf(error);
    } finally {
      if (number === asked) busy.value = false;
    }
  }
  watch([old, now], read, { immediate: true });
  return { diff, problem, busy };
}
