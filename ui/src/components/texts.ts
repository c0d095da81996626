// Small pieces of wording that several views need.
import type { RubricSummary, SheetPhase, SheetSummary } from "../api";

/** Local time "2026-11-21 22:05" as people say it: 今天 22:05, 11月9日, 2025年11月9日. */
export function whenText(at: string, now: Date, t: (key: string, values?: Record<string, unknown>) => string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}:\d{2})/.exec(at);
  if (!match) return at;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const then = new Date(year, month - 1, day);
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const days = Math.round((today.getTime() - then.getTime()) / 86_400_000);
  if (days === 0) return t("when.today", { time: match[4] });
  if (days === 1) return t("when.yesterday", { time: match[4] });
  if (year === now.getFullYear()) return t("when.day", { month, day });
  return t("when.date", { year, month, day });
}

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
