// Which symbol stands for a point, a condition or an indicator. Only what the program returned is read here.
import type { IndicatorView, LimitView, PointOutcome, PointState } from "../api";

/** Most serious first: one symbol per row. */
export const STATES = ["veto", "missing", "doubt", "deducted", "partial", "unscored", "scored"] as const;
export type RowState = (typeof STATES)[number];
export const FILTERS = ["all", "open", "doubt", "deducted", "missing"] as const;
export type Filter = (typeof FILTERS)[number];

export type PointFacts = { state: PointState; outcome: PointOutcome | undefined; evidence: number };
export type LimitFacts = { limit: LimitView; present: boolean | null };

/** Every state that applies to a point, most serious first. A point that is not scored lacks no evidence yet. */
export function statesOfPoint({ state, outcome, evidence }: PointFacts): RowState[] {
  const scored = state.mark !== null;
  const found: RowState[] = [];
  if (outcome?.vetoed) found.push("veto");
  if (scored && evidence === 0) found.push("missing");
  if (state.doubt) found.push("doubt");
  if (outcome?.deducted) found.push("deducted");
  if (!scored && state.remark !== "") found.push("partial");
  found.push(scored ? "scored" : "unscored");
  return found;
}

/** States of a condition: a veto or cap that is present, or one that is still to be decided. */
export function statesOfLimit({ limit, present }: LimitFacts): RowState[] {
  if (present === null) return ["unscored"];
  if (!present) return ["scored"];
  return [limit.effect === "zero" ? "veto" : "deducted"];
}

/** States of an indicator from those of its rows: begun but unfinished is "partial". */
export function statesOfRows(rows: RowState[][]): RowState[] {
  const all = new Set(rows.flat());
  const scored = all.delete("scored");
  const unscored = all.delete("unscored");
  if (scored && unscored) all.add("partial");
  else if (unscored && !all.has("partial")) all.add("unscored");
  else if (scored) all.add("scored");
  return STATES.filter((state) => all.has(state));
}

export type SheetFacts = {
  open: ReadonlySet<string>;
  pointFacts: (code: string) => PointFacts | undefined;
  present: (code: string) => boolean | null;
};

/** Codes of the rows of an indicator that a filter keeps. */
export function rowsKept(indicator: IndicatorView, filter: Filter, facts: SheetFacts): string[] {
  const points = indicator.points.map((point) => point.code);
  const limits = indicator.limits.map((limit) => limit.code);
  if (filter === "all") return [...points, ...limits];
  if (filter === "open") return [...points, ...limits].filter((code) => facts.open.has(code));
  const kept = points.filter((code) => {
    const found = facts.pointFacts(code);
    return found !== undefined && statesOfPoint(found).includes(filter);
  });
  if (filter !== "deducted") return kept;
  return [...kept, ...limits.filter((code) => facts.present(code) === true)];
}

/** "453" finds 4.5.3, "诚信" finds the text. */
export function matches(indicator: IndicatorView, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return true;
  const digits = wanted.replace(/[.\-（）()]/g, "");
  if (/^\d+$/.test(digits) && indicator.code.replaceAll(".", "").startsWith(digits.slice(0, 3))) {
    const rest = digits.slice(3);
    return rest === "" || indicator.points.some((point) => point.code.replace(/[.-]/g, "").startsWith(digits));
  }
  const texts = [indicator.code, indicator.text, ...indicator.points.map((p) => p.text), ...indicator.limits.map((l) => l.text)];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}
