// What points and adjustments have in common on the desk: a text, rules, conditions, quantities, and what was recorded.
import { computed, inject, provide } from "vue";
import type { ComputedRef, InjectionKey } from "vue";
import type { AdjustmentView, FigureState, PartEntry, PartView, PointView, Step } from "../api";
import { useNumberEntry } from "./entry";
import type { NumberEntry } from "./entry";
import { placeKey } from "./sheet";
import type { Sheet } from "./sheet";

/** The rule with this kind. */
export type PartOf<K extends PartView["kind"]> = Extract<PartView, { kind: K }>;
/** The finding of this kind. */
export type EntryOf<K extends PartEntry["kind"]> = Extract<PartEntry, { kind: K }>;
export type PlaceView = PointView | AdjustmentView;
export type PlaceState = { parts: (PartEntry | null)[]; quantities: FigureState[]; remark: string; needsReason: boolean; trace: Step[] };

/** What is recorded at a point or an adjustment, and how its marks came about. */
export function usePlace(sheet: Sheet, code: () => string): ComputedRef<PlaceState | undefined> {
  return computed(() => {
    const point = sheet.points.value.get(code());
    if (point) return { ...point, trace: sheet.pointOutcomes.value.get(code())?.trace ?? [] };
    return sheet.adjustments.value.get(code());
  });
}

/** One part of a point or adjustment: its finding, and how to change it. */
export function usePart(sheet: Sheet, code: () => string, number: () => number) {
  const place = usePlace(sheet, code);
  const key = computed(() => placeKey(code(), number()));
  const recorded = computed(() => place.value?.parts[number() - 1] ?? null);
  const pending = computed(() => sheet.pendingParts.has(key.value));
  const shown = computed(() => (pending.value ? (sheet.pendingParts.get(key.value) ?? null) : recorded.value));
  function set(entry: PartEntry | null): void {
    if (!sheet.readOnly.value) void sheet.setPart(code(), number(), entry);
  }
  return {
    key, recorded, pending, shown, set,
    refusal: computed(() => sheet.refusals.get(key.value)),
    dismiss: () => sheet.refusals.delete(key.value),
    readOnly: sheet.readOnly,
  };
}
export type PartFinding = ReturnType<typeof usePart>;

const KEY: InjectionKey<PartFinding> = Symbol("part");
export function providePart(part: PartFinding): PartFinding {
  provide(KEY, part);
  return part;
}
/** The part whose input the calling component is. */
export function usePartFinding(): PartFinding {
  const part = inject(KEY);
  if (!part) throw new Error("usePartFinding outside of a part");
  return part;
}

/** The finding of a part when it is of this kind; null while there is none. */
export function foundAs<K extends PartEntry["kind"]>(part: PartFinding, kind: K): EntryOf<K> | null {
  const found = part.shown.value;
  return found?.kind === kind ? (found as EntryOf<K>) : null;
}

/** An amount that is judged for a part, as a number to be typed or chosen. */
export function usePartMark(part: PartFinding): NumberEntry {
  const markOf = (entry: PartEntry | null) => (entry?.kind === "mark" ? entry.mark : null);
  return useNumberEntry({
    recorded: () => markOf(part.recorded.value),
    underway: () => (part.pending.value ? markOf(part.shown.value) : undefined),
    unsaved: () => (part.refusal.value?.again && part.refusal.value.attempted !== "" ? part.refusal.value.attempted : undefined),
    send: (mark) => part.set(mark === null ? null : { kind: "mark", mark }),
    readOnly: () => part.readOnly.value,
  });
}
