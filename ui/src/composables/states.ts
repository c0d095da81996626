// Which symbol stands for a point, a condition or an indicator. Only what the program returned is read here.
import type { AdjustmentState, AdjustmentView, IndicatorView, LimitView, PointOutcome, PointState } from "../api";

/** Most serious first: one symbol per row. */
export const STATES = ["veto", "missing", "doubt", "deducted", "unmet", "partial", "unscored", "scored"] as const;
export type RowState = (typeof STATES)[number];
export const FILTERS = ["all", "open", "doubt", "missing", "deducted", "changed"] as const;
export type Filter = (typeof FILTERS)[number];

/** `evidence` counts the unit's files that were not refuted; `disputed` says that one is doubtful or refuted. */
export type PointFacts = { state: PointState; outcome: PointOutcome | undefined; evidence: number; disputed?: boolean };
export type LimitFacts = { limit: LimitView; present: boolean | null };

/** Every state that applies to a point, most serious first. A point that is not scored lacks no evidence yet. */
export function statesOfPoint({ state, outcome, evidence, disputed }: PointFacts): RowState[] {
  const scored = state.mark !== null;
  const begun = state.remark !== "" || state.parts.some((part) => part !== null) || state.quantities.some((figure) => figure.value !== null);
  const unmet = state.parts.some((part) => part?.kind === "conform" && (part.conformity === "不符合" || part.conformity === "部分符合"));
  const found: RowState[] = [];
  if (outcome?.vetoed) found.push("veto");
  if (scored && evidence === 0) found.push("missing");
  if (state.doubt || disputed) found.push("doubt");
  if (outcome?.deducted) found.push("deducted");
  if (unmet) found.push("unmet");
  if (!scored && begun) found.push("partial");
  found.push(scored ? "scored" : "unscored");
  return found;
}

/** States of a condition: a veto or cap that is present, or one that is still to be decided. */
export function statesOfLimit({ limit, present }: LimitFacts): RowState[] {
  if (present === null) return ["unscored"];
  if (!present) return ["scored"];
  return [limit.effect === "cap" ? "deducted" : "veto"];
}

/** States of an adjustment: what it takes, and whether all of it is decided. */
export function statesOfAdjustment(state: AdjustmentState, limits: RowState[][], open: boolean): RowState[] {
  const found = new Set(limits.flat());
  found.delete("scored");
  found.delete("unscored");
  if (state.amount?.startsWith("-")) found.add("deducted");
  const begun = state.parts.some((part) => part !== null) || limits.some((states) => !states.includes("unscored"));
  if (open && begun) found.add("partial");
  found.add(open ? "unscored" : "scored");
  return STATES.filter((name) => found.has(name));
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
  /** What differs from the sheet that this one follows. */
  changed: ReadonlySet<string>;
};

/** What has rows: an indicator, or a section of adjustments. */
export type RowHolder = Pick<IndicatorView, "points" | "limits"> & { adjustments?: AdjustmentView[] };
type HolderRow = { code: string; limits?: LimitView[] };

const holds = (row: HolderRow, codes: ReadonlySet<string>) => codes.has(row.code) || (row.limits ?? []).some((limit) => codes.has(limit.code));
/** Whether a row or a condition inside of it still waits for a decision. */
export const isOpen = (row: HolderRow, open: ReadonlySet<string>) => holds(row, open);

/** Codes of the rows that a filter keeps. */
export function rowsKept(holder: RowHolder, filter: Filter, facts: SheetFacts): string[] {
  const points = holder.points.map((point) => point.code);
  const limits = holder.limits.map((limit) => limit.code);
  const rows: HolderRow[] = [...holder.points, ...holder.limits, ...(holder.adjustments ?? [])];
  if (filter === "all") return rows.map((row) => row.code);
  if (filter === "open") return rows.filter((row) => isOpen(row, facts.open)).map((row) => row.code);
  if (filter === "changed") return rows.filter((row) => holds(row, facts.changed)).map((row) => row.code);
  const kept = points.filter((code) => {
    const found = facts.pointFacts(code);
    if (found === undefined) return false;
    const states = statesOfPoint(found);
    return states.includes(filter) || (filter === "deducted" && states.includes("unmet"));
  });
  if (filter !== "deducted") return kept;
  return [...kept, ...limits.filter((code) => facts.present(code) === true)];
}
