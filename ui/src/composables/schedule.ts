// The lines of the schedule: edited here, saved as a whole after a pause.
import { computed, ref, shallowRef } from "vue";
import { ask, commands, problemOf } from "../api";
import type { Problem, ScheduleDates, ScheduleLine } from "../api";
import { useIdle } from "./idle";
import { useQueue } from "./queue";

/** Pause after which a change is saved, in milliseconds. */
const SAVE_PAUSE = 400;
// Outlives a view, so that lines that are on their way are there when they are read again.
const { enqueue } = useQueue();

export function useSchedule(sheet: string, saved: () => void) {
  const lines = ref<ScheduleLine[]>([]);
  /** What follows from the dates of the lines as they were kept last, beside each line; null for a line that is new. */
  const dates = ref<(ScheduleDates | null)[]>([]);
  const own = ref(false);
  const writable = ref(false);
  const ready = ref(false);
  const changed = ref(false);
  const problem = shallowRef<Problem | null>(null);

  function load(): Promise<void> {
    return enqueue(async () => {
      try {
        const view = await ask(commands.schedule(sheet));
        lines.value = view.lines.map((line) => ({ ...line }));
        dates.value = view.dates;
        own.value = view.own;
        writable.value = view.writable;
        ready.value = true;
      } catch (error) {
        problem.value = problemOf(error);
      }
    });
  }
  /** Sends all lines; what is refused stays in the table. */
  function save(): Promise<void> {
    return enqueue(async () => {
      if (!changed.value) return;
      changed.value = false;
      try {
        const sent = lines.value.map((line) => ({ ...line }));
        const kept = await ask(commands.setSchedule(sheet, sent));
        own.value = kept.own;
        // What was changed meanwhile has its dates after it was sent too.
        if (!changed.value && kept.dates.length === lines.value.length) dates.value = kept.dates;
        problem.value = null;
        saved();
      } catch (error) {
        changed.value = true;
        problem.value = problemOf(error);
      }
    });
  }
  const idle = useIdle(() => void save(), SAVE_PAUSE);
  function touch(): void {
    changed.value = true;
    idle.touch();
  }
  function move(index: number, by: number): void {
    const [line] = lines.value.splice(index, 1);
    const [date] = dates.value.splice(index, 1);
    if (line) lines.value.splice(index + by, 0, line);
    dates.value.splice(index + by, 0, date ?? null);
    touch();
  }
  return {
    lines, dates, own, writable, ready, changed, problem, load, save, touch, move,
    late: computed(() => dates.value.filter((date) => date?.standing === "overdue").length),
    done: computed(() => lines.value.filter((line) => line.state === "done").length),
    add(): void {
      lines.value.push({ time: "", item: "", who: "", note: "", state: "open" });
      dates.value.push(null);
      touch();
    },
    remove(index: number): void {
      lines.value.splice(index, 1);
      dates.value.splice(index, 1);
      touch();
    },
    /** The schedule that the source prints, in place of the unit's own. */
    async restore(): Promise<void> {
      lines.value = [];
      touch();
      await save();
      await load();
    },
  };
}
