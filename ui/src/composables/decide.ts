// A decision while it is written: reason, identity, passphrase.
import { computed, ref, shallowRef } from "vue";
import { ask, problemOf } from "../api";
import type { DecidedBy, Problem, Result } from "../api";
import { useSigning } from "./signing";

export function useDecide() {
  const signing = useSigning();
  const by = ref<DecidedBy>({ reason: "", identity: "", passphrase: "" });
  const busy = ref(false);
  const problem = shallowRef<Problem | null>(null);
  const ready = computed(() => !busy.value && by.value.reason.trim() !== "" && by.value.identity !== "" && (by.value.passphrase !== "" || signing.isOpen(by.value.identity)));
  const dirty = computed(() => by.value.reason !== "" || by.value.passphrase !== "");
  /** Gives the answer; null where it was refused. */
  async function send<T>(work: (by: DecidedBy) => Promise<Result<T>>): Promise<T | null> {
    if (!ready.value) return null;
    busy.value = true;
    problem.value = null;
    try {
      const answer = await ask(work(by.value));
      by.value = { reason: "", identity: by.value.identity, passphrase: "" };
      await signing.load();
      return answer;
    } catch (error) {
      problem.value = problemOf(error);
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { by, busy, problem, ready, dirty, send };
}
