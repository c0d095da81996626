// Notes of interviews that are written on the open sheet: one at a time, in a dialog that any pane can open.
import { reactive, ref, shallowRef } from "vue";
import { ask, commands, problemOf } from "../api";
import type { EvidenceItem, InterviewFields, Problem } from "../api";
import { useProblems } from "./problems";
import type { Sheet } from "./sheet";

const EMPTY: InterviewFields = { time: "", place: "", persons: "", content: "" };

/** 2022-05-11 14:30, by this machine's clock. */
function clock(now: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())} ${two(now.getHours())}:${two(now.getMinutes())}`;
}

export function createOnSite(sheet: Sheet) {
  const problems = useProblems();
  /** The point of a new note, or the piece that is open. */
  const target = shallowRef<{ point: string } | { item: EvidenceItem } | null>(null);
  const fields = reactive<InterviewFields>({ ...EMPTY });
  const saved = ref(JSON.stringify(EMPTY));
  const problem = shallowRef<Problem | null>(null);
  const saving = ref(false);

  function show(next: NonNullable<typeof target.value>, found: InterviewFields): void {
    Object.assign(fields, found);
    saved.value = JSON.stringify(found);
    problem.value = null;
    target.value = next;
  }
  const isChanged = () => JSON.stringify({ ...fields }) !== saved.value;
  async function save(): Promise<void> {
    const open = target.value;
    if (open === null || saving.value) return;
    saving.value = true;
    try {
      const id = sheet.state.value.id;
      await sheet.takeOver(() => ("item" in open ? commands.updateInterview(id, open.item.id, { ...fields }) : commands.addInterview(id, [open.point], { ...fields })));
      target.value = null;
    } catch (error) {
      problem.value = problemOf(error);
    } finally {
      saving.value = false;
    }
  }
  return {
    target, fields, problem, saving, isChanged, save,
    write: (point: string) => show({ point }, { ...EMPTY, time: clock(new Date()) }),
    async read(item: EvidenceItem): Promise<void> {
      try {
        show({ item }, await ask(commands.interview(sheet.state.value.id, item.id)));
      } catch (error) {
        problems.report(error);
      }
    },
    close(): void {
      target.value = null;
    },
  };
}
export type OnSite = ReturnType<typeof createOnSite>;
