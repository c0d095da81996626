// Names and places of documents.
import type { DocumentFormat, DocumentView, SheetState } from "../api";
import type { SheetTab } from "../desk/tabs";

/** Where what a document needs is entered, by the document's id. */
const PLACES: Record<string, SheetTab> = { "score-report": "desk", conformance: "desk", catalogue: "evidence", missing: "evidence", summary: "writing", "self-report": "writing", assignment: "tasks", "work-list": "tasks", reminder: "tasks", schedule: "tasks" };

export function placeOf(id: string): SheetTab | null {
  return PLACES[id] ?? null;
}

/** Reasons for which a rubric never has a document: it is not listed. */
const NEVER = ["paper.not-a-checklist"];

export function ofRubric(paper: DocumentView): boolean {
  return !NEVER.includes(paper.whyNot?.code ?? "");
}

/** The name that is proposed for a file, without what file systems refuse. */
export function fileName(sheet: SheetState, title: string, format: DocumentFormat): string {
  // eslint-disable-next-line no-control-regex -- control characters are what file systems refuse
  const plain = (text: string) => text.replace(/[\u0000-\u001f/\\:*?"<>|]/g, "_").slice(0, 40);
  return `${plain(sheet.unit)}-${sheet.year}-${plain(title)}.${format}`;
}
