// Looking at one piece of evidence: what the program made of it, its picture, or why it cannot be shown.
import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";
import { ask, commands, problemOf } from "../api";
import type { EvidenceItem, PreviewView, Problem } from "../api";
import type { Sheet } from "../composables/sheet";
import type { Parts } from "../preview/pdf";

/** Who walks through points quickly starts no look at each. */
const REST = 150;
/** What a look says that was ended by another. */
const LEFT = "preview.left";

/** Whether the preview is folded away, everywhere and until it is asked for again. */
export const folded = ref(false);

export function useLook(sheet: Sheet, item: () => EvidenceItem | null) {
  const view = shallowRef<PreviewView | null>(null);
  const picture = ref<string | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const busy = ref(false);
  const stopped = ref(false);
  let newest = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  function forget(): void {
    clearTimeout(waiting);
    if (picture.value) URL.revokeObjectURL(picture.value);
    view.value = picture.value = problem.value = null;
    stopped.value = false;
  }
  async function load(mine: number, id: string): Promise<void> {
    try {
      const found = await ask(commands.previewEvidence(sheet.state.value.id, id));
      if (mine !== newest) return;
      if (found.content.kind === "picture") {
        const bytes = await ask(commands.previewBytes(found.ticket, 0, found.content.bytes));
        if (mine !== newest) return;
        picture.value = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
      }
      view.value = found;
    } catch (error) {
      if (mine !== newest) return;
      const said = problemOf(error);
      if (said.code === LEFT) stopped.value = true;
      else problem.value = said;
    } finally {
      if (mine === newest) busy.value = false;
    }
  }
  function show(rest: number): void {
    const id = item()?.id;
    const mine = ++newest;
    forget();
    busy.value = id !== undefined;
    if (id !== undefined) waiting = setTimeout(() => void load(mine, id), rest);
  }
  /** Gives the look up that is under way. */
  function stop(): void {
    newest += 1;
    forget();
    busy.value = false;
    stopped.value = true;
    void commands.leavePreview();
  }
  watch(() => [item()?.id, item()?.sha256, item()?.presence], () => show(REST), { immediate: true });
  onScopeDispose(() => {
    newest += 1;
    forget();
    void commands.leavePreview();
  });
  /** The pages of a PDF, read as they are looked at. */
  const pages = computed<(() => Promise<Parts>) | null>(() => {
    const shown = view.value;
    if (shown?.content.kind !== "pdf") return null;
    const { ticket, content: { bytes: length } } = shown;
    return () => Promise.resolve({ length, read: (from, to) => ask(commands.previewBytes(ticket, from, to)) });
  });
  return { view, picture, problem, busy, stopped, pages, stop, again: () => show(0) };
}

/** The page that a note such as 第3页 points to: the first number in it. */
export function pageIn(note: string | undefined): number | null {
  const digits = /\d+/.exec((note ?? "").normalize("NFKC"))?.[0];
  const page = Number(digits ?? 0);
  return page > 0 && Number.isSafeInteger(page) ? page : null;
}
