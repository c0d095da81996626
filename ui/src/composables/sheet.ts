// One open sheet: what the program last said about it, what is on its way, and what was refused.
import { computed, inject, provide, reactive, shallowReactive, shallowRef } from "vue";
import type { InjectionKey } from "vue";
import { ask, commands, problemOf } from "../api";
import type {
  AdjustmentView, Desk, EvidenceChange, EvidenceItem, EvidenceVerdict, ExportInput, LimitView, PartEntry, PointView, Problem, Result, RosterQuery, SheetState,
} from "../api";
import { groupsOf } from "./groups";
import type { Group } from "./groups";
import { useProblems } from "./problems";
import { useQueue } from "./queue";
import { shared } from "./sharing";

/** A mark (or decision, or remark) that was not recorded, and what had been typed; with `again`, only the disk refused it. */
export type Refusal = { problem: Problem; attempted: string; again?: () => Promise<boolean> };
/** Refusals of the disk: the same may be saved once there is room, or the stick is back. */
const OF_THE_DISK = new Set(["store.disk-full", "store.no-room", "store.io", "store.read-only"]);
export type Sheet = ReturnType<typeof createSheet>;
/** What the cursor stops at: a point, a condition over an indicator, or an adjustment. */
export type Row = { group: Group; point?: PointView; limit?: LimitView; adjustment?: AdjustmentView };

/** The key of a part or quantity of a row among what is on its way and what was refused. No code holds a `#`. */
export const placeKey = (code: string, place: number | string) => `${code}#${place}`;
/** The key of a remark among what was refused: what was written must not get into the field of the mark. */
export const remarkKey = (code: string) => placeKey(code, "remark");

function byCode<T extends { code: string }>(list: T[]): Map<string, T> {
  return new Map(list.map((item) => [item.code, item]));
}

export function createSheet(opened: Desk) {
  const desk = shallowRef(opened);
  const state = shallowRef(opened.state);
  const evidence = shallowRef(opened.evidence);
  const pendingMarks = reactive(new Map<string, string | null>());
  const pendingLimits = reactive(new Map<string, boolean | null>());
  const pendingParts = shallowReactive(new Map<string, PartEntry | null>()); // shallow: an entry is known by its identity
  const pendingQuantities = reactive(new Map<string, string | null>());
  const refusals = reactive(new Map<string, Refusal>());
  const { enqueue, busy } = useQueue();
  const problems = useProblems();
  /** Where undo or redo has led, and how many points it changed; a new object each time. */
  const stepped = shallowRef<{ row: string | null; changed: number; undone: boolean }>({ row: null, changed: 0, undone: true });
  const id = () => state.value.id; // reopening a signed sheet answers with the new version

  const rubric = computed(() => desk.value.rubric);
  const indicators = computed(() => byCode(rubric.value.indicators));
  const groups = computed(() => groupsOf(rubric.value));
  const rows = computed(() => {
    const found = new Map<string, Row>();
    for (const group of groups.value) {
      for (const point of group.points) found.set(point.code, { group, point });
      for (const limit of group.limits) found.set(limit.code, { group, limit });
      for (const adjustment of group.adjustments) found.set(adjustment.code, { group, adjustment });
    }
    return found;
  });
  /** Conditions that stand inside of a row, by code: the row's code. */
  const inside = computed(() => {
    const found = new Map<string, string>();
    for (const [code, { point, adjustment }] of rows.value) {
      for (const limit of (point ?? adjustment)?.limits ?? []) found.set(limit.code, code);
    }
    return found;
  });
  /** The row that shows a code: its own, that of the condition inside of it, or that of a key made by {@link placeKey}. */
  function rowOf(key: string): string {
    const code = key.split("#", 1)[0] ?? key;
    return inside.value.get(code) ?? code;
  }
  /** Codes of the indicators above an indicator, the nearest first. */
  function above(code: string): string[] {
    const found: string[] = [];
    for (let at = indicators.value.get(code)?.parent; at; at = indicators.value.get(at)?.parent) found.push(at);
    return found;
  }
  const isUnder = (code: string, top: string) => code === top || above(code).includes(top);
  const adjustments = computed(() => byCode(state.value.adjustments));
  const quantities = computed(() => new Map(rubric.value.quantities.map((quantity) => [quantity.name, quantity])));
  const readings = computed(() => new Map(rubric.value.readings.map((reading) => [reading.id, reading])));
  const mismatches = computed(() => {
    const found = new Map<string, typeof state.value.outcome.mismatches>();
    for (const mismatch of state.value.outcome.mismatches) {
      for (const code of mismatch.codes) found.set(code, [...(found.get(code) ?? []), mismatch]);
    }
    return found;
  });
  /** Codes of the places that recorded a quantity. */
  function placesOf(name: string): string[] {
    const places = [...state.value.points, ...state.value.indicatorQuantities, ...state.value.adjustments];
    return places.filter((place) => place.quantities.some((figure) => figure.name === name && figure.value !== null)).map((place) => place.code);
  }
  const points = computed(() => byCode(state.value.points));
  const limits = computed(() => byCode(state.value.limits));
  const pointOutcomes = computed(() => byCode(state.value.outcome.points));
  const indicatorOutcomes = computed(() => byCode(state.value.outcome.indicators));
  const open = computed(() => new Set(state.value.open));
  /** Files per point. Counted here because link and unlink answer with the list only. */
  const evidenceOf = computed(() => {
    const found = new Map<string, EvidenceItem[]>();
    for (const item of evidence.value) {
      for (const code of item.points) found.set(code, [...(found.get(code) ?? []), item]);
    }
    return found;
  });

  /** Takes over what the program answered. */
  function take(answer: { state?: SheetState; evidence?: EvidenceItem[] }): void {
    if (answer.state) state.value = shared(state.value, answer.state);
    if (answer.evidence) evidence.value = shared(evidence.value, answer.evidence);
  }
  /** Sends a change in its turn; the new state is taken over, a refusal is thrown. */
  function change(send: () => Promise<Result<SheetState>>): Promise<void> {
    return enqueue(async () => take({ state: await ask(send()) }));
  }
  /** As {@link change}, but a refusal stays beside the row, with what was attempted. */
  async function changeRow(code: string, attempted: string, send: () => Promise<Result<SheetState>>): Promise<boolean> {
    try {
      await change(send);
      refusals.delete(code);
      return true;
    } catch (error) {
      const problem = problemOf(error);
      const again = () => changeRow(code, attempted, send);
      refusals.set(code, OF_THE_DISK.has(problem.code) ? { problem, attempted, again } : { problem, attempted });
      return false;
    }
  }
  /** What was typed and only the disk refused: it stays in its field. */
  function unsaved(key: string): string | undefined {
    const refusal = refusals.get(key);
    return refusal?.again && refusal.attempted !== "" ? refusal.attempted : undefined;
  }
  /** As {@link changeRow}; what is on its way is shown until the answer, or until something newer is sent. */
  async function changeValue<T>(pending: Map<string, T>, key: string, value: T, attempted: string, send: () => Promise<Result<SheetState>>): Promise<boolean> {
    pending.set(key, value);
    const kept = await changeRow(key, attempted, send);
    if (pending.get(key) === value) pending.delete(key);
    return kept;
  }
  const setMark = (code: string, mark: string | null) =>
    changeValue(pendingMarks, code, mark, mark ?? "", () => commands.setMark(id(), code, mark));
  const setLimit = (code: string, present: boolean | null) =>
    changeValue(pendingLimits, code, present, "", () => commands.setLimit(id(), code, present));
  /** The finding for a part, counted from 1. */
  const setPart = (code: string, number: number, entry: PartEntry | null) =>
    changeValue(pendingParts, placeKey(code, number), entry, entry?.kind === "mark" ? entry.mark : "", () => commands.setPart(id(), code, number, entry));
  const setQuantity = (code: string, name: string, value: string | null) =>
    changeValue(pendingQuantities, placeKey(code, name), value, value ?? "", () => commands.setQuantity(id(), code, name, value));
  /** Reads the catalogue again, which undo may have changed; what is printed does not change with it. */
  function readEvidence(): Promise<void> {
    return enqueue(async () => {
      take({ evidence: (await ask(commands.openSheet(id()))).evidence });
    });
  }
  /** Reads the sheet again: texts after a change of language, a new revision. */
  function reload(): Promise<void> {
    return enqueue(async () => {
      const again = await ask(commands.openSheet(id()));
      desk.value = again;
      take(again);
    });
  }
  async function stepHistory(undone: boolean, send: () => Promise<Result<SheetState>>): Promise<void> {
    try {
      const before = new Set(state.value.points);
      await change(send);
      const changed = state.value.points.filter((point) => !before.has(point)).length;
      stepped.value = { row: state.value.lastPoint, changed, undone };
      refusals.clear();
      await readEvidence();
    } catch (error) {
      problems.report(error);
    }
  }
  /** Changes the catalogue, all or nothing; a refusal is thrown. */
  function changeEvidence(changes: EvidenceChange[]): Promise<void> {
    return enqueue(async () => {
      take(await ask(commands.changeEvidence(id(), changes)));
    });
  }

  return {
    desk, state, evidence, rubric, indicators, groups, rows, rowOf, above, isUnder, points, limits, adjustments, quantities, readings, mismatches, placesOf,
    pointOutcomes, indicatorOutcomes, open, evidenceOf,
    pendingMarks, pendingLimits, pendingParts, pendingQuantities, refusals, unsaved, stepped, busy,
    readOnly: computed(() => state.value.phase !== "draft"),
    setMark,
    setLimit,
    setPart,
    setQuantity,
    /** Counts a figure from a table of the catalogue; a refusal is thrown. */
    async takeFromTable(code: string, name: string, item: string, query: RosterQuery): Promise<void> {
      await change(() => commands.setQuantityFromTable(id(), code, name, item, query));
      refusals.delete(placeKey(code, name));
    },
    /** Judges pieces of evidence; a refusal is thrown. */
    setVerdict: (items: string[], verdict: EvidenceVerdict | null, note: string | null) => change(() => commands.setVerdict(id(), items, verdict, note)),
    /** A change of the catalogue in its turn; what it answers is taken over. */
    takeOver: <T extends { evidence: EvidenceItem[]; state: SheetState }>(send: () => Promise<Result<T>>) =>
      enqueue(async () => {
        const after = await ask(send());
        take(after);
        return after;
      }),
    setFull: (code: string) => changeRow(code, "", () => commands.setFull(id(), code)),
    setRemark: (code: string, remark: string) => changeRow(remarkKey(code), remark, () => commands.setRemark(id(), code, remark)),
    setDoubt: (code: string, doubt: boolean) => changeRow(code, "", () => commands.setDoubt(id(), code, doubt)),
    /** Confirms what waits of the last round, or lets it go; a refusal is thrown. */
    confirmCarried: (codes: string[], keep: boolean) => change(() => commands.confirmCarried(id(), codes, keep)),
    undo: () => stepHistory(true, () => commands.undo(id())),
    redo: () => stepHistory(false, () => commands.redo(id())),
    finalize: () => change(() => commands.finalizeSheet(id())),
    async reopen(reason: string): Promise<void> {
      await change(() => commands.reopenSheet(id(), reason));
      await reload();
    },
    reload,
    /** Waits for everything that is on its way. */
    settled: () => enqueue(() => Promise.resolve()),
    attach: (codes: string[], paths: string[]) =>
      enqueue(async () => {
        const report = await ask(commands.attachEvidence(id(), codes, paths));
        take(report);
        return report;
      }),
    changeEvidence,
    /** Opens a copy outside; what can run as a program is refused unless it is to be opened `anyway`. */
    openEvidence: (item: string, anyway = false) => ask(commands.openEvidence(id(), item, anyway)),
    /** Not in turn: it changes nothing, and may take seconds. */
    checkFormat: (item: string) => ask(commands.checkFormat(id(), item)),
    checkEvidence: () =>
      enqueue(async () => {
        const report = await ask(commands.checkEvidence(id()));
        take({ evidence: report.evidence });
        return report;
      }),
    exportFiles: (input: ExportInput) =>
      enqueue(async () => {
        const report = await ask(commands.exportSheet(input));
        take({ state: report.state });
        return report;
      }),
  };
}

const KEY: InjectionKey<Sheet> = Symbol("sheet");
export function provideSheet(sheet: Sheet): Sheet {
  provide(KEY, sheet);
  return sheet;
}
export function useSheet(): Sheet {
  const sheet = inject(KEY);
  if (!sheet) throw new Error("useSheet outside of an open sheet");
  return sheet;
}
