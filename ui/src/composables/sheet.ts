// One open sheet: what the program last said about it, what is on its way, and what was refused.
import { computed, inject, provide, reactive, shallowRef } from "vue";
import type { InjectionKey } from "vue";
import { ask, commands, problemOf } from "../api";
import type {
  Desk, EvidenceFields, EvidenceItem, ExportInput, IndicatorView, LimitView, PointView, Problem, Result, SheetState,
} from "../api";
import { useProblems } from "./problems";
import { useQueue } from "./queue";

/** A mark (or decision, or remark) that was not recorded, and what had been typed. */
export type Refusal = { problem: Problem; attempted: string };
export type Sheet = ReturnType<typeof createSheet>;
type Row = { indicator: IndicatorView; point?: PointView; limit?: LimitView };

function byCode<T extends { code: string }>(list: T[]): Map<string, T> {
  return new Map(list.map((item) => [item.code, item]));
}

export function createSheet(opened: Desk) {
  const desk = shallowRef(opened);
  const state = shallowRef(opened.state);
  const evidence = shallowRef(opened.evidence);
  const pendingMarks = reactive(new Map<string, string | null>());
  const pendingLimits = reactive(new Map<string, boolean | null>());
  const refusals = reactive(new Map<string, Refusal>());
  const { enqueue, busy } = useQueue();
  const problems = useProblems();
  const id = () => state.value.id; // reopening a signed sheet answers with the new version

  const rubric = computed(() => desk.value.rubric);
  const indicators = computed(() => byCode(rubric.value.indicators));
  const rows = computed(() => {
    const found = new Map<string, Row>();
    for (const indicator of rubric.value.indicators) {
      for (const point of indicator.points) found.set(point.code, { indicator, point });
      for (const limit of indicator.limits) found.set(limit.code, { indicator, limit });
    }
    return found;
  });
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

  /** Sends a change in its turn; the new state is taken over, a refusal is thrown. */
  function change(send: () => Promise<Result<SheetState>>): Promise<void> {
    return enqueue(async () => {
      state.value = await ask(send());
    });
  }
  /** As {@link change}, but a refusal stays beside the row, with what was attempted. */
  async function changeRow(code: string, attempted: string, send: () => Promise<Result<SheetState>>): Promise<boolean> {
    try {
      await change(send);
      refusals.delete(code);
      return true;
    } catch (error) {
      refusals.set(code, { problem: problemOf(error), attempted });
      return false;
    }
  }
  async function setMark(code: string, mark: string | null): Promise<boolean> {
    pendingMarks.set(code, mark);
    const sent = changeRow(code, mark ?? "", () => commands.setMark(id(), code, mark));
    const kept = await sent;
    if (pendingMarks.get(code) === mark) pendingMarks.delete(code);
    return kept;
  }
  async function setLimit(code: string, present: boolean | null): Promise<boolean> {
    pendingLimits.set(code, present);
    const kept = await changeRow(code, "", () => commands.setLimit(id(), code, present));
    if (pendingLimits.get(code) === present) pendingLimits.delete(code);
    return kept;
  }
  /** Reads the sheet again: evidence after undo, texts after a change of language. */
  function reload(): Promise<void> {
    return enqueue(async () => {
      const again = await ask(commands.openSheet(id()));
      desk.value = again;
      state.value = again.state;
      evidence.value = again.evidence;
    });
  }
  async function stepHistory(send: () => Promise<Result<SheetState>>): Promise<void> {
    try {
      await change(send);
      refusals.clear();
      await reload();
    } catch (error) {
      problems.report(error);
    }
  }
  function changeEvidence(send: () => Promise<Result<EvidenceItem[]>>): Promise<void> {
    return enqueue(async () => {
      evidence.value = await ask(send());
    });
  }

  return {
    desk, state, evidence, rubric, indicators, rows, points, limits, pointOutcomes, indicatorOutcomes, open, evidenceOf,
    pendingMarks, pendingLimits, refusals, busy,
    readOnly: computed(() => state.value.phase !== "draft"),
    setMark,
    setLimit,
    setRemark: (code: string, remark: string) => changeRow(code, remark, () => commands.setRemark(id(), code, remark)),
    setDoubt: (code: string, doubt: boolean) => changeRow(code, "", () => commands.setDoubt(id(), code, doubt)),
    undo: () => stepHistory(() => commands.undo(id())),
    redo: () => stepHistory(() => commands.redo(id())),
    finalize: () => change(() => commands.finalizeSheet(id())),
    async reopen(reason: string): Promise<void> {
      await change(() => commands.reopenSheet(id(), reason));
      await reload();
    },
    reload,
    attach: (codes: string[], paths: string[]) =>
      enqueue(async () => {
        const report = await ask(commands.attachEvidence(id(), codes, paths));
        evidence.value = report.evidence;
        state.value = report.state;
        return report;
      }),
    updateEvidence: (item: string, fields: EvidenceFields) => changeEvidence(() => commands.updateEvidence(id(), item, fields)),
    linkEvidence: (item: string, point: string) => changeEvidence(() => commands.linkEvidence(id(), item, point)),
    unlinkEvidence: (item: string, point: string) => changeEvidence(() => commands.unlinkEvidence(id(), item, point)),
    removeEvidence: (item: string) => changeEvidence(() => commands.removeEvidence(id(), item)),
    openEvidence: (item: string) => ask(commands.openEvidence(id(), item)),
    checkEvidence: () =>
      enqueue(async () => {
        const report = await ask(commands.checkEvidence(id()));
        evidence.value = report.evidence;
        return report;
      }),
    exportFiles: (input: ExportInput) =>
      enqueue(async () => {
        const report = await ask(commands.exportSheet(input));
        state.value = report.state;
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
