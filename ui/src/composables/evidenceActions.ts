// Acts on pieces of the catalogue, one or many. What cannot be done is said in a dialog.
import { ref, shallowRef } from "vue";
import { problemOf } from "../api";
import type { EvidenceChange, EvidenceItem, Problem } from "../api";
import { useProblems } from "./problems";
import type { Sheet } from "./sheet";

/** Refusals to open a piece that a person may overrule. */
const DOUBTFUL = ["app.executable", "app.has-macros"];

export function useEvidenceActions(sheet: Sheet) {
  const problems = useProblems();
  const removing = shallowRef<EvidenceItem[]>([]);
  const linking = shallowRef<EvidenceItem[]>([]);
  const unlinking = shallowRef<EvidenceItem[]>([]);
  /** A piece that can run as a program, and what to think of before it is opened. */
  const doubtful = shallowRef<{ item: EvidenceItem; problem: Problem } | null>(null);
  const busy = ref(false);

  async function run(work: () => Promise<unknown>): Promise<void> {
    busy.value = true;
    try {
      await work();
    } catch (error) {
      problems.report(error);
    } finally {
      busy.value = false;
    }
  }
  const change = (changes: EvidenceChange[]) => run(() => sheet.changeEvidence(changes));
  function close(): void {
    removing.value = [];
    linking.value = [];
    unlinking.value = [];
    doubtful.value = null;
  }
  async function open(item: EvidenceItem): Promise<void> {
    try {
      await sheet.openEvidence(item.id);
    } catch (error) {
      const problem = problemOf(error);
      if (DOUBTFUL.includes(problem.code)) doubtful.value = { item, problem };
      else problems.report(error);
    }
  }
  return {
    removing, linking, unlinking, doubtful, busy, close, change,
    askRemove(...items: EvidenceItem[]): void {
      removing.value = items;
    },
    askLink(...items: EvidenceItem[]): void {
      linking.value = items;
    },
    askUnlink(...items: EvidenceItem[]): void {
      unlinking.value = items;
    },
    open: (item: EvidenceItem) => run(() => open(item)),
    async openAnyway(): Promise<void> {
      const item = doubtful.value?.item;
      close();
      if (item) await run(() => sheet.openEvidence(item.id, true));
    },
    unlink: (item: EvidenceItem, point: string) => change([{ change: "unlink", item: item.id, point }]),
    async link(point: string): Promise<void> {
      const items = linking.value;
      close();
      await change(items.map(({ id }) => ({ change: "link", item: id, point })));
    },
    async unlinkAll(point: string): Promise<void> {
      const items = unlinking.value.filter((item) => item.points.includes(point));
      close();
      await change(items.map(({ id }) => ({ change: "unlink", item: id, point })));
    },
    async remove(): Promise<void> {
      const items = removing.value;
      close();
      await change(items.map(({ id }) => ({ change: "remove", item: id })));
    },
  };
}
export type EvidenceActions = ReturnType<typeof useEvidenceActions>;
