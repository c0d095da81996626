// The outline of what can be written, as rows: the report with its chapters and indicators, then the summaries.
import { computed, reactive } from "vue";
import type { SymbolName } from "../components/StateSymbol.vue";
import type { WritingDocument, WritingText } from "../api";
import type { Place, Writing } from "./writing";

export type OutlineRow = {
  key: string;
  level: 1 | 2 | 3;
  code: string;
  title: string;
  /** What a click shows; a branch without one only opens and closes. */
  to: Place | null;
  branch: boolean;
  open: boolean;
  state: SymbolName;
  count: string;
  over: boolean;
};
const LEVEL_OF_INDICATORS = 2; // level of the printed headings over the indicators of the report

export function useOutline(writing: Writing) {
  const opened = reactive(new Map<string, boolean>());
  const isWritten = (document: WritingDocument, text: WritingText) => writing.content(document.place, text.part).trim() !== "";
  function textState(document: WritingDocument, text: WritingText): SymbolName {
    const loose = writing.countOf(document, text).unresolved.length > 0;
    if (loose || writing.refusal(document.place, text.part)) return "warning";
    return isWritten(document, text) ? "scored" : "unscored";
  }
  function stateOf(document: WritingDocument, texts: WritingText[]): SymbolName {
    const states = new Set(texts.map((text) => textState(document, text)));
    if (states.has("warning")) return "warning";
    return states.size > 1 ? "partial" : ([...states][0] ?? "unscored");
  }
  const written = (document: WritingDocument, texts: WritingText[]) => `${texts.filter((text) => isWritten(document, text)).length}/${texts.length}`;
  const isCurrent = (document: WritingDocument, text: WritingText) => writing.current.value?.place === document.place && writing.current.value.part === text.part;
  const isOpen = (key: string, holdsCurrent: boolean) => opened.get(key) ?? holdsCurrent;

  function leaf(document: WritingDocument, text: WritingText, level: 2 | 3, code: string): OutlineRow {
    const { count } = writing.countOf(document, text);
    const to = { place: document.place, part: text.part };
    return { key: `${to.place} ${to.part}`, level, code, title: text.title, to, branch: false, open: false, state: textState(document, text), count: count > 0 ? String(count) : "", over: false };
  }
  function branch(key: string, level: 1 | 2, code: string, title: string, document: WritingDocument, texts: WritingText[], count: string, over = false): OutlineRow {
    const open = isOpen(key, texts.some((text) => isCurrent(document, text)));
    return { key, level, code, title, to: null, branch: true, open, state: over ? "warning" : stateOf(document, texts), count, over };
  }
  /** The report's texts under their level-1 indicators. */
  function reportRows(document: WritingDocument): OutlineRow[] {
    const rows: OutlineRow[] = [];
    let group: WritingText[] = [];
    let title = "";
    const close = () => {
      if (group.length === 0) return;
      const head = branch(`${document.place} ${title}`, 2, "", title, document, group, written(document, group));
      rows.push(head, ...(head.open ? group.map((text) => leaf(document, text, 3, text.part)) : []));
      group = [];
    };
    for (const text of document.texts) {
      const heading = text.headings.find((found) => found.level === LEVEL_OF_INDICATORS);
      const chapter = text.headings.some((found) => found.level < LEVEL_OF_INDICATORS);
      if (heading || chapter) close();
      if (heading) title = heading.text;
      if (chapter) rows.push(leaf(document, text, 2, ""));
      else group.push(text);
    }
    close();
    return rows;
  }
  function documentRows(document: WritingDocument): OutlineRow[] {
    if (document.kind === "report") {
      const head = branch(document.place, 1, "", document.name, document, document.texts, written(document, document.texts));
      const open = opened.get(document.place) ?? true;
      return [{ ...head, open }, ...(open ? reportRows(document) : [])];
    }
    const level = document.level === 1 ? 1 : 2;
    const current = document.texts.find((text) => isCurrent(document, text));
    const { total, over } = current ? writing.countOf(document, current) : { total: document.count, over: document.over };
    const head = branch(document.place, level, document.code ?? "", document.name, document, document.texts, total > 0 ? `${total}/${document.limit}` : "", over);
    return [head, ...(head.open ? document.texts.map((text) => leaf(document, text, 3, "")) : [])];
  }
  const report = computed(() => (writing.view.value?.documents ?? []).filter((found) => found.kind === "report").flatMap(documentRows));
  const summaries = computed(() => (writing.view.value?.documents ?? []).filter((found) => found.kind === "summary").flatMap(documentRows));

  return {
    report,
    summaries,
    toggle: (row: OutlineRow) => opened.set(row.key, !row.open),
  };
}
