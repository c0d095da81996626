// Files on their way to several points: a plan that a person can change, then one act with progress. Nothing is attached
// before the person says so.
import { computed, ref, shallowRef } from "vue";
import { ask, commands, problemOf } from "../api";
import type { DistributionReport, PlannedFile, Problem, SkippedFile } from "../api";
import type { Sheet } from "./sheet";

/** A line of the plan: where it would go, whether it is taken, whether a person chose the place. */
export type Line = PlannedFile & { taken: boolean; chosen: boolean };
type Step = "closed" | "reading" | "plan" | "running" | "done";

const FOLDER_END = /[^/]*$/;
/** The folders of a file, below what was dropped. */
export const folderOf = (line: PlannedFile) => line.shown.replace(FOLDER_END, "");
export const nameOf = (line: PlannedFile) => line.shown.slice(folderOf(line).length);

/** Bytes in words, as the program writes them: rounded up. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${Math.ceil(bytes / 1024)} KB`;
  return `${(Math.ceil((bytes * 10) / 1024 ** 2) / 10).toFixed(1)} MB`;
}

export function createDistribution(sheet: Sheet) {
  const step = ref<Step>("closed");
  const on = ref<string | null>(null);
  let asked: string[] = [];
  const lines = shallowRef<Line[]>([]);
  const skipped = shallowRef<SkippedFile[]>([]);
  const report = shallowRef<DistributionReport | null>(null);
  const problem = shallowRef<Problem | null>(null);

  const taken = computed(() => lines.value.filter((line) => line.taken));
  const ready = computed(() => taken.value.filter((line) => line.points.length > 0));
  /** Lines that came without a place stay in their list after one was chosen: nothing jumps away under the pointer. */
  const open = computed(() => lines.value.filter((line) => line.chosen || line.points.length === 0));
  const placed = computed(() => lines.value.filter((line) => !line.chosen && line.points.length > 0));
  const size = computed(() => sizeText(taken.value.reduce((sum, line) => sum + line.bytes, 0)));
  const isBusy = computed(() => step.value === "reading" || step.value === "running");

  /** Reads what was dropped; `code` is the indicator or point that it was dropped on. */
  async function plan(paths: string[], code: string | null): Promise<void> {
    if (sheet.readOnly.value || isBusy.value || paths.length === 0) return;
    [lines.value, skipped.value, report.value, problem.value, on.value] = [[], [], null, null, code];
    asked = paths;
    step.value = "reading";
    try {
      const found = await ask(commands.planDistribution(sheet.state.value.id, paths, code));
      lines.value = found.files.map((file) => ({ ...file, taken: true, chosen: false }));
      skipped.value = found.skipped;
      step.value = "plan";
    } catch (error) {
      problem.value = problemOf(error);
      step.value = problem.value.code === "distribution.stopped" ? "closed" : "plan";
    }
  }
  /** Plans the same files again by the codes in their names, wherever they were dropped. */
  const byCodes = () => plan(asked, null);
  function change(line: Line, next: Partial<Line>): void {
    lines.value = lines.value.map((one) => (one.path === line.path ? { ...one, ...next } : one));
  }
  /** Gives a line other points. A line that had a place of its own stays in its list. */
  function choose(line: Line, points: string[]): void {
    const came = placed.value.some((one) => one.path === line.path);
    change(line, { points, chosen: !came || points.length === 0, taken: line.taken || points.length > 0 });
  }
  /** Lines that still have no place and may go where a line goes: by their own codes, or without any from the same folder. */
  function beside(line: Line): Line[] {
    const like = (one: Line) => (one.candidates.length > 0 ? line.points.every((point) => one.candidates.includes(point)) : folderOf(one) === folderOf(line));
    return lines.value.filter((one) => one.path !== line.path && one.points.length === 0 && like(one));
  }
  function chooseBeside(line: Line): void {
    const paths = new Set(beside(line).map((one) => one.path));
    lines.value = lines.value.map((one) => (paths.has(one.path) ? { ...one, points: line.points, chosen: true } : one));
  }
  async function run(): Promise<void> {
    if (step.value !== "plan" || ready.value.length === 0) return;
    step.value = "running";
    problem.value = null;
    try {
      const chosen = ready.value.map(({ path, points }) => ({ path, points }));
      report.value = await sheet.takeOver(() => commands.distribute(sheet.state.value.id, chosen));
      step.value = "done";
    } catch (error) {
      problem.value = problemOf(error);
      step.value = "plan";
    }
  }
  function close(): void {
    if (!isBusy.value) step.value = "closed";
  }
  return { step, on, lines, skipped, report, problem, taken, ready, open, placed, size, isBusy, plan, byCodes, change, choose, beside, chooseBeside, run, close };
}
export type Distribution = ReturnType<typeof createDistribution>;
