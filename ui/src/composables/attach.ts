// Adding files to a point: by the dialog, or dropped onto its row. One run at a time, with progress and cancel; files
// that come while another run is under way wait for their turn.
import { computed, inject, onScopeDispose, provide, ref, shallowRef } from "vue";
import type { InjectionKey } from "vue";
import { ask, commands, problemOf } from "../api";
import type { AttachReport, Problem } from "../api";
import { chooseFiles, chooseFolder, onFileDrop } from "../desktop";
import type { Cursor } from "./cursor";
import { createDistribution } from "./distribution";
import { createOnSite } from "./onSite";
import type { Sheet } from "./sheet";

/** A receipt for a package is no evidence; the view of receipts takes it. */
const isReceipt = (path: string) => path.toLowerCase().endsWith(".hjr");
type Batch = { code: string; paths: string[] };

/** What two runs did together; the catalogue and the sheet are those after the later one. */
function joined(before: AttachReport | null, after: AttachReport): AttachReport {
  if (!before) return after;
  return {
    ...after,
    added: [...before.added, ...after.added],
    duplicates: [...before.duplicates, ...after.duplicates],
    linked: [...before.linked, ...after.linked],
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
  /** What files would go to that are over the window: a point or an indicator. */
  const dropTarget = ref<string | null>(null);
  const distribution = createDistribution(sheet);
  const onSite = createOnSite(sheet);

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
  /** A folder, or files by the codes in their names: a plan comes first. */
  async function chooseFolderFor(title: string, code: string | null = null): Promise<void> {
    const folder = await chooseFolder(title);
    if (folder !== null) await distribution.plan([folder], code);
  }
  async function chooseFor(title: string): Promise<void> {
    await distribution.plan(await chooseFiles(title), null);
  }
  /** The row, or the indicator of the tree or the catalogue, under the pointer; else the current row, or on the catalogue no place. */
  function targetAt(x: number, y: number): string | null {
    const under = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-row], [data-drop], [data-drop-anywhere]");
    const { row, drop: place } = under?.dataset ?? {};
    if (place !== undefined) return sheet.indicators.value.has(place) ? place : pointFor(place);
    if (row === undefined && under) return null;
    return pointFor(row ?? cursor.current.value);
  }
  /** Files on a point belong to it. Folders, and files on an indicator or on the catalogue, are planned first. */
  async function drop(code: string | null, paths: string[]): Promise<void> {
    if (sheet.readOnly.value) return;
    const point = code !== null && sheet.points.value.has(code) ? code : null;
    if (point !== null && !(await ask(commands.hasFolder(paths)))) {
      cursor.go(point, false);
      return attach(point, paths);
    }
    await distribution.plan(paths, code);
  }
  function dismiss(): void {
    report.value = null;
    problem.value = null;
  }
  onScopeDispose(onFileDrop((event) => {
    dropTarget.value = event.kind === "over" && !sheet.readOnly.value ? targetAt(event.x, event.y) : null;
    if (event.kind !== "drop" || event.paths.every(isReceipt)) return;
    drop(targetAt(event.x, event.y), event.paths).catch((error: unknown) => { problem.value = problemOf(error); });
  }));
  return { running, waiting, report, problem, dropTarget, distribution, onSite, pointFor, attach, choose, chooseFor, chooseFolderFor, dismiss };
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
