// Whom this workspace accepts: read once, kept by what every act answers.
import { shallowRef } from "vue";
import { ask, commands, problemOf } from "../api";
import type { Problem, Result, TrustView } from "../api";
import { useAttempt } from "./attempt";

const view = shallowRef<TrustView | null>(null);
const problem = shallowRef<Problem | null>(null);

export function useTrust() {
  async function load(): Promise<void> {
    try {
      view.value = await ask(commands.trust());
      problem.value = null;
    } catch (error) {
      problem.value = problemOf(error);
    }
  }
  return { view, problem, load };
}

/** One act at a time, with what was refused. */
export function useAct() {
  const { busy, problem: refused, attempt } = useAttempt();
  /** Gives the answer; null where it was refused, or another act is under way. */
  const run = <T>(work: () => Promise<Result<T>>): Promise<T | null> => attempt(() => ask(work()));
  return { busy, refused, run };
}

/** What was typed, as digits and nothing else; digits of any width count. */
export function digitsOf(text: string): string {
  return text.normalize("NFKC").replace(/\D/g, "");
}

/** Enough to be compared: thirty digits, or a whole fingerprint. */
export function heardEnough(text: string): boolean {
  const plain = text.normalize("NFKC").replace(/[\s:·-]/g, "");
  return /^\d{30}$/.test(plain) || /^[0-9a-fA-F]{64}$/.test(plain);
}
