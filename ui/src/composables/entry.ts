// Typing a number: a draft until Enter, blur, a choice or a pause; what is recorded stays what the program said.
import { computed, ref } from "vue";
import { useIdle } from "./idle";
import { placeKey } from "./sheet";
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

/** Where a number comes from and where it goes. */
export type NumberSource = {
  recorded: () => string | null;
  /** What is on its way; undefined when nothing is. */
  underway: () => string | null | undefined;
  /** What was typed and could not be saved; undefined when nothing was. */
  unsaved: () => string | undefined;
  send: (value: string | null) => unknown;
  readOnly: () => boolean;
};

export function useNumberEntry(source: NumberSource) {
  const draft = ref<string | null>(null);
  const emptied = ref(false); // Backspace was pressed once on a number

  const recorded = computed(source.recorded);
  const pending = computed(() => source.underway() !== undefined);
  const known = computed(() => (pending.value ? (source.underway() ?? null) : recorded.value));
  const shown = computed(() => draft.value ?? (pending.value ? known.value : (source.unsaved() ?? known.value)) ?? "");

  // The draft stays in the field, so that "1", a pause and "2" are 12.
  const idle = useIdle(() => {
    const typed = draft.value?.trim();
    if (typed) send(typed);
  });
  function send(value: string | null): void {
    if (value !== known.value || source.unsaved() !== undefined) void source.send(value);
  }
  function type(text: string): void {
    if (source.readOnly()) return;
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
    if (!source.readOnly()) send(value);
  }
  /** Sends what was typed. An emptied field is not a mark: it shows the recorded one again. */
  function commit(): void {
    const typed = draft.value?.trim();
    cancel();
    if (typed) choose(typed);
  }
  /** Backspace: the first empties the field, the second makes it 未评. True when the key was used up. */
  function backspace(): boolean {
    if (source.readOnly()) return true;
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
    if (source.readOnly() || choices.length === 0) return;
    const at = choices.indexOf(shown.value);
    const next = at < 0 ? (direction > 0 ? 0 : choices.length - 1) : at + direction;
    const value = choices[Math.min(Math.max(next, 0), choices.length - 1)];
    if (value === undefined) return;
    draft.value = value;
    idle.touch();
  }
  return { draft, emptied, recorded, pending, shown, type, cancel, choose, commit, backspace, step };
}
export type NumberEntry = ReturnType<typeof useNumberEntry>;

/** The mark of a point as a whole. Where rules derive it, only a mark that was entered in its place is in the field. */
export function useMarkEntry(sheet: Sheet, code: () => string): NumberEntry {
  function recorded(): string | null {
    const state = sheet.points.value.get(code());
    const derived = sheet.rows.value.get(code())?.point?.judged === false;
    return state?.entered ?? (derived ? null : (state?.mark ?? null));
  }
  return useNumberEntry({
    recorded,
    underway: () => sheet.pendingMarks.get(code()),
    unsaved: () => sheet.unsaved(code()),
    send: (mark) => sheet.setMark(code(), mark),
    readOnly: () => sheet.readOnly.value,
  });
}

/** A quantity of a point, an indicator or an adjustment. */
export function useQuantityEntry(sheet: Sheet, code: () => string, name: () => string, recorded: () => string | null): NumberEntry {
  return useNumberEntry({
    recorded,
    underway: () => sheet.pendingQuantities.get(placeKey(code(), name())),
    unsaved: () => sheet.unsaved(placeKey(code(), name())),
    send: (value) => sheet.setQuantity(code(), name(), value),
    readOnly: () => sheet.readOnly.value,
  });
}
