// Editing one catalogue entry: what was typed, and the refusal when it was not taken.
import { onBeforeUnmount, reactive, shallowRef, watch } from "vue";
import { problemOf } from "../api";
import type { EvidenceFields, EvidenceItem, EvidenceKind, Problem } from "../api";
import type { Sheet } from "./sheet";

export const KINDS: EvidenceKind[] = ["A", "B", "C", "D", "E"];
const fieldsOf = (item: EvidenceItem): EvidenceFields => ({ name: item.name, date: item.date, kind: item.kind, note: item.note });

export function useEvidenceEdit(sheet: Sheet, item: () => EvidenceItem) {
  const fields = reactive<EvidenceFields>(fieldsOf(item()));
  const problem = shallowRef<Problem | null>(null);
  watch(item, (next) => {
    if (!problem.value) Object.assign(fields, fieldsOf(next));
  });

  /** Sends the entry when something differs. A refused one stays as typed, beside the reason. */
  async function save(): Promise<void> {
    const before = fieldsOf(item());
    const after = { ...fields };
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    try {
      await sheet.updateEvidence(item().id, after);
      problem.value = null;
    } catch (error) {
      problem.value = problemOf(error);
    }
  }
  function restore(): void {
    problem.value = null;
    Object.assign(fields, fieldsOf(item()));
  }
  onBeforeUnmount(() => {
    if (!problem.value && sheet.evidence.value.some(({ id }) => id === item().id)) void save();
  });
  return { fields, problem, save, restore };
}
