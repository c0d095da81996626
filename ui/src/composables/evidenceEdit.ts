// Editing pieces of the catalogue field by field: what was refused stays as it was typed, beside the reason.
import { inject, provide, shallowReactive, shallowRef } from "vue";
import type { InjectionKey } from "vue";
import { problemOf } from "../api";
import type { EvidenceChange, EvidenceItem, EvidenceKind, Problem } from "../api";
import type { Sheet } from "./sheet";

export const KINDS: EvidenceKind[] = ["A", "B", "C", "D", "E"];

/** The value of a field (`name`, `date`, `kind`, `note`, `medium`), a page (`page#code`) or a detail, as it is typed. */
export function valueOf(item: EvidenceItem, field: string): string {
  switch (field) {
    case "name":
    case "date":
    case "note":
      return item[field];
    case "kind":
      return item.kind ?? "";
    case "medium":
      return item.medium ?? "";
    default:
      return (field.startsWith("page#") ? item.pages[field.slice(5)] : item.details[field]) ?? "";
  }
}
/** The change that gives a field another value. */
export function changeOf(item: string, field: string, value: string): EvidenceChange {
  return field.startsWith("page#") ? { change: "page", item, point: field.slice(5), page: value } : { change: "set", item, field, value };
}

/** Whether the open sheet may say what a piece is: the unit of its own pieces, an expert of those that he brought. */
export function mayDescribe(sheet: Sheet, item: EvidenceItem): boolean {
  return !sheet.readOnly.value && (item.onSite ? item.onSite.own : sheet.state.value.stage === "self");
}

export function createEvidenceEdit(sheet: Sheet) {
  /** What was refused and typed, by piece and field. */
  const refused = shallowReactive(new Map<string, string>());
  const problem = shallowRef<Problem | null>(null);
  const key = (item: string, field: string) => `${item}:${field}`;

  /** Makes changes in one act; says whether they were taken. */
  async function change(changes: EvidenceChange[]): Promise<boolean> {
    if (changes.length === 0) return true;
    try {
      await sheet.changeEvidence(changes);
      problem.value = null;
      return true;
    } catch (error) {
      problem.value = problemOf(error);
      return false;
    }
  }
  async function set(item: EvidenceItem, field: string, value: string): Promise<void> {
    if (valueOf(item, field) === value) return restore(item, field);
    if (await change([changeOf(item.id, field, value)])) refused.delete(key(item.id, field));
    else refused.set(key(item.id, field), value);
  }
  function restore(item: EvidenceItem, field: string): void {
    if (refused.delete(key(item.id, field))) problem.value = null;
  }
  return {
    problem, change, set, restore,
    shown: (item: EvidenceItem, field: string) => refused.get(key(item.id, field)) ?? valueOf(item, field),
    isRefused: (item: EvidenceItem, field: string) => refused.has(key(item.id, field)),
    dismiss(): void {
      problem.value = null;
      refused.clear();
    },
  };
}
export type EvidenceEdit = ReturnType<typeof createEvidenceEdit>;

const KEY: InjectionKey<EvidenceEdit> = Symbol("evidence edit");
export function provideEvidenceEdit(edit: EvidenceEdit): EvidenceEdit {
  provide(KEY, edit);
  return edit;
}
export function useEvidenceEdit(): EvidenceEdit {
  const edit = inject(KEY);
  if (!edit) throw new Error("useEvidenceEdit outside of an open sheet");
  return edit;
}
