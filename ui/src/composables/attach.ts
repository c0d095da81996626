// Adding files to a point: by the dialog, or dropped onto its row. One run at a time, with progress and cancel; files
// that come while another run is under way wait for their turn.
import { computed, inject, onScopeDispose, provide, ref, shallowRef } from "vue";
import type { InjectionKey } from "vue";
import { problemOf } from "../api";
import type { AttachReport, Problem } from "../api";
import { chooseFiles, onFileDrop } from "../desktop";
import type { Cursor } from "./cursor";
import type { Sheet } from "./sheet";

type Batch = { code: string; paths: string[] };

/** What two runs did together; the catalogue and the sheet are those after the later one. */
function joined(before: AttachReport | null, after: AttachReport): AttachReport {
  if (!before) return after;
  return {
    ...after,
    added: [...before.added, ...after.added],
    duplicates: [...before.duplicates, ...after.duplicates],
    refused: [...before.refused, ...after.refused],
  };
}

export function createAttach(sheet: Sheet, cursor: Cursor) {
  const running = ref(false);
  const report = shallowRef<AttachReport | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const queue = shallowRef<Batch[]>([]);
  /** How many files wait for the run that is under way. */
  const waiting = computed(() => queue.value.reduce((n, batch) => n + batch.paths.length, 0));
  const dropTarget = ref<string | null>(null);

  /** The point that files belong to: a row's own, or the first of the indicator when the row is a condition; none for an adjustment. */
  function pointFor(row: string): string | null {
    const found = sheet.rows.value.get(row);
    if (found?.point) return found.point.code;
    return found?.group.points[0]?.code ?? null;
  }
  async function attach(code: string, paths: string[]): Promise<void> {
    if (sheet.readOnly.value || paths.length === 0) return;
    queue.value = [...queue.value, { code, paths }];
    if (running.value) return;
    running.value = true;
    dismiss();
    for (let batch = next(); batch; batch = next()) await run(batch);
    running.value = false;
  }
  function next(): Batch | undefined {
    const [first, ...rest] = queue.value;
    queue.value = rest;
    return first;
  }
  /** A batch that fails as a whole is told of; those behind it still get their turn, unless the person stops. */
  async function run({ code, paths }: Batch): Promise<void> {
    try {
      const done = await sheet.attach([code], paths);
      report.value = joined(report.value, done);
      if (done.cancelled) queue.value = [];
    } catch (error) {
      problem.value ??= problemOf(error);
    }
  }
  async function choose(title: string, row = cursor.current.value): Promise<void> {
    const code = pointFor(row);
    if (code !== null) await attach(code, await chooseFiles(title));
  }
  /** The row under the pointer, else the current one. */
  function targetAt(x: number, y: number): string | null {
    const under = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-row]")?.dataset.row;
    return pointFor(under ?? cursor.current.value);
  }
  function dismiss(): void {
    report.value = null;
    problem.value = null;
  }
  onScopeDispose(onFileDrop((event) => {
    dropTarget.value = event.kind === "over" && !sheet.readOnly.value ? targetAt(event.x, event.y) : null;
    if (event.kind !== "drop") return;
    const code = targetAt(event.x, event.y);
    if (code === null) return;
    cursor.go(code, false);
    void attach(code, event.paths);
  }));
  return { running, waiting, report, problem, dropTarget, pointFor, attach, choose, dismiss };
}
export type Attach = ReturnType<typeof createAttach>;

const KEY: InjectionKey<Attach> = Symbol("attach");
export function provideAttach(attach: Attach): Attach {
  provide(KEY, attach);
  return attach;
}
export function useAttach(): Attach {
  const attach = inject(KEY);
  if (!attach) throw new Error("useAttach outside of an open sheet");
  return attach;
}
