// Small pieces of wording that several views need.
import type { RubricSummary, SheetPhase, SheetSummary } from "../api";

export type ListState = "running" | "fresh" | "finalised" | "signed" | "superseded";
/** A draft is either begun or not; the other phases speak for themselves. */
export function listState(sheet: { phase: SheetPhase; scored: number }): ListState {
  if (sheet.phase !== "draft") return sheet.phase;
  return sheet.scored > 0 ? "running" : "fresh";
}
export const LIST_STATES: ListState[] = ["running", "fresh", "finalised", "signed", "superseded"];
export const LIST_SYMBOLS = {
  running: "partial", fresh: "unscored", finalised: "scored", signed: "signed", superseded: "veto-open",
} as const;

/** "4.5.3-4" as the sheets print it: 4.5.3（4）. */
export function codeText(code: string): string {
  return code.replace(/-(\d+)$/, "（$1）");
}
export function resumeText(sheet: SheetSummary): string {
  return sheet.lastPoint ? `${codeText(sheet.lastPoint)}${sheet.lastPointTitle ?? ""}` : "";
}
/** Percent as the program wrote it, with its sign. */
export function percentText(percent: string): string {
  return percent.includes("%") ? percent : `${percent} %`;
}
/** How large a rubric is: marks and points, or in a checklist demands and clauses. */
export function sizeText(rubric: RubricSummary, t: (key: string, values?: Record<string, unknown>) => string): string {
  return t(rubric.checklist ? "rubric.checklist" : "rubric.size", { total: rubric.total, points: rubric.points });
}
