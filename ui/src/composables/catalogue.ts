// The catalogue as a table: its rows and order, what is chosen, filling down and pasting. All of it without the page.
import type { EvidenceChange, EvidenceItem, IndicatorView } from "../api";
import { changeOf, valueOf } from "./evidenceEdit";

/** The columns that are typed into, in their order. */
export const COLUMNS = ["name", "date", "kind", "note"] as const;
export type Column = (typeof COLUMNS)[number];
/** By which column the rows stand, and whether the other way round; by indicator while there is none. */
export type Order = { by: Column | "bytes"; down: boolean } | null;

/** `onSite`: what experts brought, which is not counted: the printed catalogue is the unit's. */
export type GroupRow = { kind: "group"; key: string; code: string; title: string; count: number; onSite: number };
/** The number is the one in print; what experts brought has none. */
export type PieceRow = { kind: "piece"; key: string; item: EvidenceItem; number: number | null };
export type TableRow = GroupRow | PieceRow;

const isUnits = (item: EvidenceItem) => item.onSite === null;
function pieceRows(items: EvidenceItem[], group = ""): PieceRow[] {
  let number = 0;
  return items.map((item) => ({ kind: "piece", key: `${group}/${item.id}`, item, number: isUnits(item) ? ++number : null }));
}

/** The rows: by indicator as the catalogue is printed, a piece under each that it supports and those without a point at
 * the end; or each piece once, by a column. */
export function tableRows(items: EvidenceItem[], indicators: IndicatorView[], order: Order, loose: string): TableRow[] {
  if (order) return pieceRows(sorted(items, order));
  const byPoint = new Map<string, EvidenceItem[]>();
  for (const item of items) for (const code of item.points) byPoint.set(code, [...(byPoint.get(code) ?? []), item]);
  const place = new Map(items.map((item, index) => [item, index]));
  const rows: TableRow[] = [];
  const add = (code: string, title: string, found: EvidenceItem[]) => {
    if (found.length === 0) return;
    const [own, brought] = [found.filter(isUnits), found.filter((item) => !isUnits(item))];
    rows.push({ kind: "group", key: `group ${code}`, code, title, count: own.length, onSite: brought.length }, ...pieceRows([...own, ...brought], code));
  };
  for (const { code, title, points } of indicators) {
    const here = new Set(points.flatMap((point) => byPoint.get(point.code) ?? []));
    add(code, title, [...here].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)));
  }
  add("", loose, items.filter((item) => item.points.length === 0));
  return rows;
}
function sorted(items: EvidenceItem[], { by, down }: NonNullable<Order>): EvidenceItem[] {
  const words = new Intl.Collator("zh");
  const compare = (a: EvidenceItem, b: EvidenceItem) => {
    if (by === "bytes") return a.bytes - b.bytes;
    const [first, second] = [valueOf(a, by), valueOf(b, by)];
    // What is empty stands last, whichever way round.
    if ((first === "") !== (second === "")) return (first === "" ? 1 : -1) * (down ? -1 : 1);
    return words.compare(first, second);
  };
  return [...items].sort((a, b) => compare(a, b) * (down ? -1 : 1));
}
/** What a click on a heading leads to: upwards, downwards, then by indicator again. */
export function nextOrder(order: Order, by: Column | "bytes"): Order {
  if (order?.by !== by) return { by, down: false };
  return order.down ? null : { by, down: true };
}

const pieces = (rows: TableRow[]) => rows.filter((row): row is PieceRow => row.kind === "piece");
/** The row of a piece that is a number of pieces further down, or up. */
export function neighbour(rows: TableRow[], key: string, by: number): PieceRow | undefined {
  const all = pieces(rows);
  const at = all.findIndex((row) => row.key === key);
  return at < 0 ? undefined : all[at + by];
}
/** The pieces from one row to another, both included, whichever stands first. */
export function between(rows: TableRow[], from: string, to: string): string[] {
  const all = pieces(rows);
  const [a, b] = [all.findIndex((row) => row.key === from), all.findIndex((row) => row.key === to)];
  if (a < 0 || b < 0) return [];
  return all.slice(Math.min(a, b), Math.max(a, b) + 1).map((row) => row.item.id);
}

/** Copies a column downwards: from the first of the chosen pieces to the others when the row is chosen, else from the
 * row above. */
export function fillDown(rows: TableRow[], chosen: Set<string>, key: string, column: Column): EvidenceChange[] {
  const all = pieces(rows);
  const here = all.find((row) => row.key === key);
  if (!here) return [];
  const above = neighbour(rows, key, -1)?.item;
  const many = chosen.has(here.item.id) && chosen.size > 1;
  const source = many ? all.find((row) => chosen.has(row.item.id))?.item : above;
  if (!source) return [];
  const value = valueOf(source, column);
  const targets = many ? all.filter((row) => chosen.has(row.item.id)).map((row) => row.item) : [here.item];
  return unique(targets.filter((item) => item !== source && valueOf(item, column) !== value)).map((item) => changeOf(item.id, column, value));
}
const unique = (items: EvidenceItem[]) => [...new Set(items)];

/** Cells as a spreadsheet copies them: lines, tabs between columns, quotes around cells with line feeds. */
export function cellsOf(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r?\n|$)/g)) {
    const cell = (quoted?.replaceAll('""', '"') ?? plain ?? "").replace(/\s*\n\s*/g, " ");
    lines.at(-1)?.push(cell.trim());
    if (end === "") break;
    if (end !== "\t") lines.push([]);
  }
  if (lines.length > 1 && lines.at(-1)?.every((cell) => cell === "")) lines.pop();
  return lines;
}
/** Pastes cells from a row and column on, downwards and to the right; what reaches over the table's end is left out. */
export function paste(rows: TableRow[], key: string, column: Column, cells: string[][]): EvidenceChange[] {
  const all = pieces(rows);
  const start = all.findIndex((row) => row.key === key);
  const from = COLUMNS.indexOf(column);
  if (start < 0) return [];
  const changes = new Map<string, EvidenceChange>();
  cells.forEach((line, down) => line.forEach((value, right) => {
    const [row, field] = [all[start + down], COLUMNS[from + right]];
    if (!row || !field || valueOf(row.item, field) === value) return;
    changes.set(`${row.item.id}:${field}`, changeOf(row.item.id, field, value));
  }));
  return [...changes.values()];
}
