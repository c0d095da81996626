// Small pieces of wording that several views need.
import type { RubricSummary, SheetPhase, SheetSummary } from "../api";
import type { SheetTab } from "../desk/tabs";

export type ListState = "running" | "complete" | "fresh" | "finalised" | "signed" | "superseded";
/** A draft is begun or not, or has a mark everywhere; the other phases speak for themselves. */
export function listState(sheet: { phase: SheetPhase; scored: number; points?: number }): ListState {
  if (sheet.phase !== "draft") return sheet.phase;
  if (sheet.scored === 0) return "fresh";
  return sheet.scored === sheet.points ? "complete" : "running";
}
export const LIST_STATES: ListState[] = ["running", "complete", "fresh", "finalised", "signed", "superseded"];
export const LIST_SYMBOLS = {
  running: "partial", complete: "scored", fresh: "unscored", finalised: "scored", signed: "signed", superseded: "veto-open",
} as const;

/** Where the next step of a sheet is taken: what is scored waits for being finalised and signed. */
export function nextTab(sheet: SheetSummary): SheetTab {
  return ["complete", "finalised"].includes(listState(sheet)) ? "documents" : "desk";
}

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
