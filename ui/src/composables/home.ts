// What this machine holds: sheets, rubrics, identities.
import { ref, shallowRef } from "vue";
import { ask, commands, problemOf } from "../api";
import type { Home, Problem } from "../api";

const home = shallowRef<Home | null>(null);
const problem = shallowRef<Problem | null>(null);
const loading = ref(false);
/** What there was to say after a window that was ended by force has been read. */
const seen = ref(false);

export function useHome() {
  async function load(): Promise<void> {
    loading.value = true;
    try {
      home.value = await ask(commands.home());
      problem.value = null;
    } catch (error) {
      problem.value = problemOf(error);
    } finally {
      loading.value = false;
    }
  }
  return { home, problem, loading, seen, load };
}
