// Who does what in the assessment of the open sheet: read, changed in turn, undone.
import { computed, inject, provide, ref, shallowRef } from "vue";
import type { InjectionKey } from "vue";
import { ask, commands, problemOf } from "../api";
import type { Problem, TaskChange, TasksView } from "../api";
import { useQueue } from "./queue";

export type Tasks = ReturnType<typeof createTasks>;

export function createTasks(sheet: () => string) {
  const view = shallowRef<TasksView | null>(null);
  const problem = shallowRef<Problem | null>(null);
  /** What a change was refused with; the view is as before. */
  const refusal = shallowRef<Problem | null>(null);
  const { enqueue, busy } = useQueue();
  /** The department whose work is shown: its name; everything when empty; what nobody does when null. */
  const department = ref<string | null>("");
  /** Code of the indicator or point whose assignment is shown. */
  const place = ref("");

  function load(): Promise<void> {
    return enqueue(async () => {
      problem.value = null;
      try {
        view.value = await ask(commands.tasks(sheet()));
      } catch (error) {
        problem.value = problemOf(error);
      }
    });
  }
  /** Sends a change; whether it was taken. */
  function change(wanted: TaskChange): Promise<boolean> {
    return enqueue(async () => {
      try {
        view.value = await ask(commands.changeTasks(sheet(), wanted));
        refusal.value = null;
        return true;
      } catch (error) {
        refusal.value = problemOf(error);
        return false;
      }
    });
  }
  const departments = computed(() => view.value?.departments ?? []);
  return {
    view, problem, refusal, busy, department, place, load, change, departments,
    writable: computed(() => view.value?.writable ?? false),
    names: computed(() => departments.value.map(({ name }) => name)),
    points: computed(() => new Map((view.value?.points ?? []).map((point) => [point.code, point]))),
    undo: async () => view.value?.writable && view.value.canUndo && change({ kind: "undo" }),
    redo: async () => view.value?.writable && view.value.canRedo && change({ kind: "redo" }),
    /** Waits for what is on its way. */
    settled: () => enqueue(() => Promise.resolve()),
  };
}

const KEY: InjectionKey<Tasks> = Symbol("tasks");
export function provideTasks(tasks: Tasks): Tasks {
  provide(KEY, tasks);
  return tasks;
}
export function useTasks(): Tasks {
  const tasks = inject(KEY);
  if (!tasks) throw new Error("useTasks outside of a sheet");
  return tasks;
}
