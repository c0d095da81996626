// Adding files to a point: by the dialog, or dropped onto its row. One run at a time, with progress and cancel.
import { inject, onScopeDispose, provide, ref, shallowRef } from "vue";
import type { InjectionKey } from "vue";
import { problemOf } from "../api";
import type { AttachReport, Problem } from "../api";
import { chooseFiles, onFileDrop } from "../desktop";
import type { Cursor } from "./cursor";
import type { Sheet } from "./sheet";

export function createAttach(sheet: Sheet, cursor: Cursor) {
  const running = ref(false);
  const report = shallowRef<AttachReport | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const dropTarget = ref<string | null>(null);

  /** The point that files belong to: a row's own, or the first of the indicator when the row is a condition. */
  function pointFor(row: string): string | null {
    const found = sheet.rows.value.get(row);
    if (found?.point) return found.point.code;
    return found?.indicator.points[0]?.code ?? null;
  }
  async function attach(code: string, paths: string[]): Promise<void> {
    if (running.value || sheet.readOnly.value || paths.length === 0) return;
    running.value = true;
    problem.value = null;
    report.value = null;
    try {
      report.value = await sheet.attach([code], paths);
    } catch (error) {
      problem.value = problemOf(error);
    } finally {
      running.value = false;
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
  return { running, report, problem, dropTarget, pointFor, attach, choose, dismiss };
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
