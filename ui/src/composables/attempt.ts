// Something that the program may refuse: one attempt at a time, and what was refused.
import { ref, shallowRef } from "vue";
import { problemOf } from "../api";
import type { Problem } from "../api";

export function useAttempt() {
  const busy = ref(false);
  const problem = shallowRef<Problem | null>(null);
  /** Gives the answer; null where it was refused, or another attempt is under way. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    problem.value = null;
    try {
      return await work();
    } catch (error) {
      problem.value = problemOf(error);
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { busy, problem, attempt };
}
