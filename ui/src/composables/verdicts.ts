// What the expert of the open sheet found of the evidence.
import { computed } from "vue";
import type { EvidenceItem, EvidenceVerdict, VerdictState } from "../api";
import { useProblems } from "./problems";
import type { Sheet } from "./sheet";

export const VERDICTS: EvidenceVerdict[] = ["genuine", "doubtful", "refuted"];

export const verdictsOf = (sheet: Sheet): Map<string, VerdictState> => new Map(sheet.state.value.verdicts.map((verdict) => [verdict.item, verdict]));
/** Whether a piece supports its points: it is the unit's, and was not refuted. */
export const supports = (item: EvidenceItem, judged: VerdictState | undefined) => item.onSite === null && judged?.verdict !== "refuted";
export const isDisputed = (judged: VerdictState | undefined) => judged !== undefined && judged.verdict !== "genuine";

export function useVerdicts(sheet: Sheet) {
  const problems = useProblems();
  const verdicts = computed(() => verdictsOf(sheet));
  /** Only experts judge. */
  const isExpert = computed(() => sheet.state.value.stage !== "self");
  const ofUnit = computed(() => sheet.evidence.value.filter((item) => item.onSite === null));
  const counts = computed(() => {
    const judged = ofUnit.value.map((item) => verdicts.value.get(item.id)?.verdict ?? "none");
    return [...VERDICTS, "none" as const].map((name) => ({ name, n: judged.filter((one) => one === name).length }));
  });
  async function judge(items: string[], verdict: EvidenceVerdict | null, note: string | null = null): Promise<void> {
    try {
      await sheet.setVerdict(items, verdict, note);
    } catch (error) {
      problems.report(error);
    }
  }
  return { verdicts, isExpert, ofUnit, counts, judge };
}

export type VerdictFilter = EvidenceVerdict | "none";
/** Whether a filter keeps a piece; what experts brought is not judged. */
export function keeps(filter: VerdictFilter | null, item: EvidenceItem, verdicts: Map<string, VerdictState>): boolean {
  return filter === null || (item.onSite === null && (verdicts.get(item.id)?.verdict ?? "none") === filter);
}
