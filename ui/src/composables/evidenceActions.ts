// Acts on one file of the catalogue. What cannot be done is said in a dialog.
import { ref, shallowRef } from "vue";
import type { EvidenceItem } from "../api";
import { useProblems } from "./problems";
import type { Sheet } from "./sheet";

export function useEvidenceActions(sheet: Sheet) {
  const problems = useProblems();
  const removing = shallowRef<EvidenceItem | null>(null);
  const linking = shallowRef<EvidenceItem | null>(null);
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
  return {
    removing, linking, busy,
    askRemove(item: EvidenceItem): void {
      removing.value = item;
    },
    askLink(item: EvidenceItem): void {
      linking.value = item;
    },
    close(): void {
      removing.value = null;
      linking.value = null;
    },
    open: (item: EvidenceItem) => run(() => sheet.openEvidence(item.id)),
    unlink: (item: EvidenceItem, point: string) => run(() => sheet.unlinkEvidence(item.id, point)),
    async link(point: string): Promise<void> {
      const item = linking.value;
      linking.value = null;
      if (item) await run(() => sheet.linkEvidence(item.id, point));
    },
    async remove(): Promise<void> {
      const item = removing.value;
      removing.value = null;
      if (item) await run(() => sheet.removeEvidence(item.id));
    },
  };
}
export type EvidenceActions = ReturnType<typeof useEvidenceActions>;
