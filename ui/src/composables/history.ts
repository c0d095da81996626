// The history of a sheet, page by page, and what a check of it found.
import { computed, ref, shallowRef, watch } from "vue";
import { ask, commands, problemOf } from "../api";
import type { ChangesView, HistoryGroup, HistoryLine, HistoryReport, HistoryView, Problem } from "../api";
import { useAttempt } from "./attempt";

export const GROUPS: HistoryGroup[] = ["scores", "evidence", "life", "work"];
/** How long a search waits for the next letter, in milliseconds. */
const PAUSE = 200;

export function useHistory(sheet: () => string) {
  const view = shallowRef<HistoryView | null>(null);
  const lines = shallowRef<HistoryLine[]>([]);
  const changes = shallowRef<ChangesView | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const group = ref<HistoryGroup | null>(null);
  const text = ref("");
  const busy = ref(false);
  let asked = 0;

  /** Reads from the latest line, or on from the last one that is shown. */
  async function read(on: boolean): Promise<void> {
    const number = (asked += 1);
    busy.value = true;
    problem.value = null;
    try {
      const before = on ? (lines.value.at(-1)?.number ?? null) : null;
      const found = await ask(commands.history(sheet(), { group: group.value, text: text.value, before }));
      if (number !== asked) return;
      view.value = found;
      lines.value = on ? [...lines.value, ...found.lines] : found.lines;
    } catch (error) {
      if (number === asked) problem.value = problemOf(error);
    } finally {
      if (number === asked) busy.value = false;
    }
  }
  async function load(): Promise<void> {
    await read(false);
    try {
      changes.value = await ask(commands.changesSinceSigned(sheet()));
    } catch (error) {
      problem.value = problemOf(error);
    }
  }
  watch(group, () => void read(false));
  watch(text, (_, __, cleanup) => {
    const timer = window.setTimeout(() => void read(false), PAUSE);
    cleanup(() => window.clearTimeout(timer));
  });
  const filtered = computed(() => group.value !== null || text.value.trim() !== "");
  function showAll(): void {
    group.value = null;
    text.value = "";
  }
  return { view, lines, changes, problem, group, text, busy, filtered, load, showAll, earlier: () => read(true) };
}

export function useHistoryCheck() {
  const report = shallowRef<HistoryReport | null>(null);
  const { problem, busy, attempt } = useAttempt();
  async function check(packages: string[]): Promise<void> {
    if (busy.value) return;
    report.value = null;
    report.value = await attempt(() => ask(commands.checkHistory(packages)));
  }
  return { report, problem, busy, check };
}
