// The list of problems of the open sheet's assessment: read, changed in turn, undone; and what waits of the last round.
import { computed, inject, provide, reactive, ref, shallowRef, watch } from "vue";
import type { InjectionKey } from "vue";
import { ask, commands, problemOf } from "../api";
import type { CarriedPoint, FoundInput, ListedProblem, PlanInput, Problem, RectificationView, Result } from "../api";
import { useQueue } from "./queue";
import type { Sheet } from "./sheet";

export type Rectification = ReturnType<typeof createRectification>;
export const PROGRESS = ["open", "doing", "done", "verified"] as const;

function byCode<T extends { code: string }>(items: T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) found.set(item.code, [...(found.get(item.code) ?? []), item]);
  return found;
}
/** What is entered of a problem's plan. */
export function planOf(problem: ListedProblem): PlanInput {
  const { measure, department, person, deadline, progress, note } = problem;
  return { measure, department, person, deadline, progress, note };
}

export function createRectification(sheet: Sheet) {
  const view = shallowRef<RectificationView | null>(null);
  const problem = shallowRef<Problem | null>(null);
  /** What changes were refused with, by the id of the problem; "" for the list as a whole. */
  const refusals = reactive(new Map<string, Problem>());
  /** Code of the place that a problem is being noted for. */
  const noting = ref<string | null>(null);
  const { enqueue, busy } = useQueue();
  const id = () => sheet.state.value.id;

  function load(): Promise<void> {
    return enqueue(async () => {
      problem.value = null;
      try {
        await sheet.settled();
        view.value = await ask(commands.rectification(id()));
      } catch (error) {
        problem.value = problemOf(error);
      }
    });
  }
  watch([sheet.desk, sheet.stepped], () => void load()); // undo brings back what waited at a point
  /** Sends a change; whether it was taken. What was refused stays in its field. */
  function change(key: string, send: () => Promise<Result<RectificationView>>): Promise<boolean> {
    return enqueue(async () => {
      try {
        view.value = await ask(send());
        refusals.delete(key);
        return true;
      } catch (error) {
        refusals.set(key, problemOf(error));
        return false;
      }
    });
  }
  const step = (undo: boolean) => change("", () => commands.stepRectification(id(), undo));
  const problems = computed(() => view.value?.problems ?? []);
  return {
    view, problem, problems, refusals, busy, noting, load,
    ofPlace: computed(() => byCode(problems.value)),
    /** What waits at points without a mark. */
    carried: computed(() => {
      const open = (point: CarriedPoint) => sheet.points.value.get(point.code)?.mark === null;
      return new Map((view.value?.carried ?? []).filter(open).map((point) => [point.code, point]));
    }),
    draft: (code: string) => ask(commands.problemDraft(id(), code)),
    note: (found: FoundInput) => change("note", () => commands.noteProblem(id(), found)),
    /** The problems that an office found, from its list; those that are here already stay as they are. */
    takeList: (path: string) => change("", () => commands.takeProblems(id(), path)),
    noteDeductions: (codes: string[]) => change("", () => commands.noteDeductions(id(), codes)),
    setFound: (problem: string, found: FoundInput) => change(problem, () => commands.setFound(id(), problem, found)),
    setPlan: (problem: string, plan: PlanInput) => change(problem, () => commands.setPlan(id(), problem, plan)),
    remove: (problem: string) => change(problem, () => commands.removeProblem(id(), problem)),
    confirm: (problem: string) => change(problem, () => commands.confirmProblem(id(), problem)),
    setEvidence: (problem: string, items: string[]) => change(problem, () => commands.setProblemEvidence(id(), problem, items)),
    setNotified: (day: string) => change("notified", () => commands.setNotified(id(), day)),
    attach: (problem: string, paths: string[]) =>
      enqueue(async () => {
        try {
          const attached = await ask(commands.attachToProblem(id(), problem, paths));
          view.value = attached.list;
          sheet.evidence.value = attached.evidence;
          const refused = attached.refused[0];
          if (refused) refusals.set(problem, refused.problem);
          else refusals.delete(problem);
        } catch (error) {
          refusals.set(problem, problemOf(error));
        }
      }),
    /** Confirms what waits at points, or lets it go; the sheet's undo takes it back. */
    async take(codes: string[], keep: boolean): Promise<void> {
      try {
        await sheet.confirmCarried(codes, keep);
        refusals.delete("");
      } catch (error) {
        refusals.set("", problemOf(error));
      }
      await load();
    },
    undo: async () => view.value?.canUndo && step(true),
    redo: async () => view.value?.canRedo && step(false),
    settled: () => enqueue(() => Promise.resolve()),
  };
}

const KEY: InjectionKey<Rectification> = Symbol("rectification");
export function provideRectification(list: Rectification): Rectification {
  provide(KEY, list);
  return list;
}
export function useRectification(): Rectification {
  const list = inject(KEY);
  if (!list) throw new Error("useRectification outside of a sheet");
  return list;
}
