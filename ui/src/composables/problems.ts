// Problems that must be read before work goes on. They are shown one after the other.
import { computed, shallowRef } from "vue";
import { problemOf } from "../api";
import type { Problem } from "../api";

const waiting = shallowRef<Problem[]>([]);

export function useProblems() {
  return {
    current: computed(() => waiting.value[0] ?? null),
    report(error: unknown): void {
      waiting.value = [...waiting.value, problemOf(error)];
    },
    dismiss(): void {
      waiting.value = waiting.value.slice(1);
    },
  };
}
