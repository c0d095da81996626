// Finding in everything that is written on a sheet: codes, the source's sentences, rules, notes, remarks, evidence. A hit
// knows where it stands, so that it can be shown.
import { computed } from "vue";
import type { AdjustmentView, EvidenceItem, LimitView, PartView, PointView } from "../api";
import { SECTION, rowCodes } from "./groups";
import type { Group } from "./groups";
import type { Sheet } from "./sheet";

export type SourceKind = "indicator" | "point" | "evidence";
export type SourcePlace = "code" | "text" | "note" | "guidance" | "collection" | "keypoint" | "remark" | "reference" | "evidence";
/** A text that can be found. */
export type Source = {
  group: string;
  /** The row that it belongs to; null for the indicator as a whole. */
  row: string | null;
  /** The code to go to. */
  code: string;
  kind: SourceKind;
  place: SourcePlace;
  text: string;
  /** As it is compared. */
  folded: string;
};
export type Hit = Source & { from: number; to: number };
/** The surroundings of a hit, in three parts. */
export type Snippet = { before: string; match: string; after: string };

const WIDE = 0xfee0;
/** Without case and width, sign by sign: places in it are places in the text. */
export function folded(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - WIDE))
    .replaceAll("\u3000", " ")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
/** A code as people type it, without its signs. */
export const bare = (code: string) => folded(code).replace(/[.\-()\s]/g, "");

function source(group: Group, row: string | null, kind: SourceKind, place: SourcePlace, text: string | null): Source[] {
  return text === null || text === "" ? [] : [{ group: group.code, row, code: row ?? group.code, kind, place, text, folded: folded(text) }];
}
function partTexts(part: PartView): string[] {
  const own = [part.sentence];
  if (part.kind === "count") own.push(...part.items);
  if (part.kind === "band") own.push(...part.bands.map((band) => band.sentence));
  if (part.kind === "entries") own.push(...part.items.map((item) => item.name));
  return own;
}
function rowSources(group: Group, row: PointView | AdjustmentView | LimitView): Source[] {
  const parts = "parts" in row ? row.parts.flatMap(partTexts) : [];
  const limits = "limits" in row ? row.limits.flatMap((limit) => [limit.text, limit.note ?? ""]) : [];
  const inner = [...new Set([...parts, ...limits])].filter((text) => text !== "" && !row.text.includes(text));
  return [
    ...source(group, row.code, "point", "code", row.code),
    ...source(group, row.code, "point", "text", row.text.includes(row.title) ? row.text : `${row.title} ${row.text}`),
    ...source(group, row.code, "point", "note", row.note),
    ...inner.flatMap((text) => source(group, row.code, "point", "keypoint", text)),
  ];
}
/** What the rubric itself says, in its order. */
export function rubricSources(groups: Group[]): Source[] {
  return groups.flatMap((group) => {
    const { indicator } = group;
    const head = indicator
      ? [
          ...source(group, null, "indicator", "code", indicator.code),
          ...source(group, null, "indicator", "text", indicator.text || indicator.title),
          ...source(group, null, "indicator", "note", indicator.note),
          ...source(group, null, "indicator", "guidance", indicator.guidance),
          ...source(group, null, "indicator", "collection", indicator.collection),
        ]
      : source(group, null, "indicator", "text", group.title);
    return [...head, ...[...group.points, ...group.limits, ...group.adjustments].flatMap((row) => rowSources(group, row))];
  });
}
/** What people wrote on the sheet. */
function writtenSources(sheet: Sheet): Source[] {
  return sheet.groups.value.flatMap((group) =>
    rowCodes(group).flatMap((code) => {
      const point = sheet.points.value.get(code);
      const remark = point?.remark ?? sheet.adjustments.value.get(code)?.remark ?? null;
      return [...source(group, code, "point", "remark", remark), ...source(group, code, "point", "reference", point?.referenceRemark ?? null)];
    }),
  );
}
function evidenceSources(items: EvidenceItem[], groupOf: (row: string) => Group | undefined): Source[] {
  return items.flatMap((item) => {
    const group = groupOf(item.points[0] ?? "");
    const text = [item.name, item.fileName === item.name ? "" : item.fileName, item.note].filter(Boolean).join(" · ");
    return group ? source(group, item.points[0] ?? null, "evidence", "evidence", text) : [];
  });
}

/** Finds the words of a query in a text: all of them, or none. A code is found by its beginning, also without its signs. */
export function find(one: Source, query: string): Hit | null {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  if (one.place === "code") {
    const wanted = bare(query);
    return /\d/.test(wanted) && bare(one.text).startsWith(wanted) ? { ...one, from: 0, to: one.text.length } : null;
  }
  if (!words.every((word) => one.folded.includes(word))) return null;
  const word = words[0] ?? "";
  const from = one.folded.indexOf(word);
  return { ...one, from, to: from + word.length };
}

/** Signs that are shown before a hit. */
const LEAD = 8;
export function snippet(hit: Hit): Snippet {
  const start = hit.from > LEAD + 2 ? hit.from - LEAD : 0;
  return { before: (start > 0 ? "…" : "") + hit.text.slice(start, hit.from), match: hit.text.slice(hit.from, hit.to), after: hit.text.slice(hit.to) };
}

export function useSearch(sheet: Sheet) {
  const printed = computed(() => rubricSources(sheet.groups.value));
  const sources = computed(() => [
    ...printed.value, ...writtenSources(sheet), ...evidenceSources(sheet.evidence.value, (row) => sheet.rows.value.get(sheet.rowOf(row))?.group),
  ]);
  const hits = (query: string): Hit[] => (query.trim() === "" ? [] : sources.value.flatMap((one) => find(one, query) ?? []));
  /** The rows, indicators and sections whose code begins so, in the order of the source. */
  function byCode(query: string): Source[] {
    const wanted = bare(query);
    const isCode = (one: Source) => one.place === "code" || (one.row === null && one.code.startsWith(SECTION));
    return wanted === "" ? [] : printed.value.filter((one) => isCode(one) && bare(one.text).startsWith(wanted));
  }
  return { hits, byCode };
}
