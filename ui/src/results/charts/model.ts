// What a chart is made of before anything is drawn: plain data, so that it can be tested without a canvas.
import type { EChartsCoreOption } from "echarts/core";
import type { Palette } from "./palette";

export type ChartOption = EChartsCoreOption;
export type Translate = (key: string, values?: Record<string, unknown>) => string;
/** A place on the desk, with what is said of it beside its code. */
export type Place = { code: string; text: string };
/** A part of a chart that can be pointed at: what it stands for, in words, and where it is in CSS pixels. */
export type Hit = { code: string | null; places: Place[]; text: string; left: number; top: number; width: number; height: number };
export type Drawn = { option: ChartOption; width: number; height: number; hits: Hit[] };
/** What a chart is drawn with: the room for it, colours, wording, and whether a finger points at it. */
export type Frame = { width: number; palette: Palette; t: Translate; coarse: boolean };

export type Style = "own" | "low" | "open" | "minus" | "plus";
/** Things beside each other: each has a shape of its own, and a colour. */
export const SERIES = ["s0", "s1", "s2", "s3", "s4"] as const;
export type Series = (typeof SERIES)[number];
export type LegendEntry = { style: Style | Series | "tick" | "line" | "full" | "dashed" | "main"; text: string };
/** Figures of a chart as a table; `code` leads to its place on the desk; `places` stand in one more cell, each a link. */
export type Column = { text: string; figure: boolean };
export type FigureRow = { code: string | null; cells: string[]; places?: Place[] };
export type Figures = { columns: Column[]; rows: FigureRow[] };
/** Everything that a card shows: the chart in a frame, the same figures as a table, and a sentence for those who see neither. */
export type ChartModel = { id: string; title: string; note: string; sentence: string; legend: LegendEntry[]; figures: Figures; draw: (frame: Frame) => Drawn };

/** Figures as text that a spreadsheet takes. */
export function tsvOf({ columns, rows }: Figures): string {
  const cell = (text: string) => text.replaceAll(/\s+/g, " ").trim();
  const all = ({ cells, places }: FigureRow) => (places ? [...cells, places.map((place) => `${place.code} ${place.text}`).join("、")] : cells);
  return [columns.map((column) => column.text), ...rows.map(all)].map((cells) => cells.map(cell).join("\t")).join("\n");
}
