// Typing a mark: a draft until Enter, blur, a choice or a pause; the recorded mark stays what the program said.
import { computed, ref } from "vue";
import { useIdle } from "./idle";
import type { Sheet } from "./sheet";

/**
 * Full-width digits, point and minus of an input method as plain characters. Everything else stays as typed: the
 * program refuses it in words, and nothing turns silently into another mark.
 */
export function markText(typed: string): string {
  return typed
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[。．]/g, ".")
    .replace(/－/g, "-");
}

export function useMarkEntry(sheet: Sheet, code: () => string) {
  const draft = ref<string | null>(null);
  const emptied = ref(false); // Backspace was pressed once on a mark

  const recorded = computed(() => sheet.points.value.get(code())?.mark ?? null);
  const pending = computed(() => sheet.pendingMarks.has(code()));
  const shown = computed(() => {
    if (draft.value !== null) return draft.value;
    const onItsWay = sheet.pendingMarks.get(code());
    return (pending.value ? onItsWay : recorded.value) ?? "";
  });

  // The draft stays in the field, so that "1", a pause and "2" are 12.
  const idle = useIdle(() => {
    const typed = draft.value?.trim();
    if (typed) send(typed);
  });
  function send(value: string | null): void {
    const before = pending.value ? sheet.pendingMarks.get(code()) : recorded.value;
    if (value !== before) void sheet.setMark(code(), value);
  }
  function type(text: string): void {
    if (sheet.readOnly.value) return;
    draft.value = markText(text);
    emptied.value = draft.value === "";
    idle.touch();
  }
  function cancel(): void {
    idle.stop();
    draft.value = null;
    emptied.value = false;
  }
  function choose(value: string | null): void {
    cancel();
    if (!sheet.readOnly.value) send(value);
  }
  /** Sends what was typed. An emptied field is not a mark: it shows the recorded one again. */
  function commit(): void {
    const typed = draft.value?.trim();
    cancel();
    if (typed) choose(typed);
  }
  /** Backspace: the first empties the field, the second makes it 未评. True when the key was used up. */
  function backspace(): boolean {
    if (sheet.readOnly.value) return true;
    if (draft.value !== null && draft.value !== "") return false; // the field deletes a character
    if (emptied.value) choose(null);
    else if (shown.value !== "") {
      draft.value = "";
      emptied.value = true;
    }
    return true;
  }
  /** ← and → walk through the choices; sent by Enter, blur or a pause. */
  function step(direction: 1 | -1, choices: string[]): void {
    if (sheet.readOnly.value || choices.length === 0) return;
    const at = choices.indexOf(shown.value);
    const next = at < 0 ? (direction > 0 ? 0 : choices.length - 1) : at + direction;
    const value = choices[Math.min(Math.max(next, 0), choices.length - 1)];
    if (value === undefined) return;
    draft.value = value;
    idle.touch();
  }
  return { draft, emptied, recorded, pending, shown, type, cancel, choose, commit, backspace, step };
}
export type MarkEntry = ReturnType<typeof useMarkEntry>;
