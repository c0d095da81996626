// Horizontal bars in rows as on a printed sheet: name, bar, figures in columns at the right.
import type { Drawn, Frame, Place, Style } from "./model";
import type { Palette } from "./palette";
import { cut, plain, widthOf } from "./text";

export type Segment = { style: Style; length: number };
export type FigureStyle = "bold" | "soft" | "seal" | "attn";
export type Figure = { text: string; style: FigureStyle };
export type BarRow = { code: string | null; places?: Place[]; label: string; text: string; segments: Segment[]; tick: number | null; figures: Figure[] };
/** `line` is where the vertical line stands; `ticks` are written above the bars. */
export type RowsChart = { rows: BarRow[]; from: number; to: number; ticks: { at: number; text: string }[]; line: { at: number; text: string } | null; zero?: boolean };

const HATCH = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.4, 4.6], rotation: -Math.PI / 4 };

/** How a segment is filled: what is not a plain bar is also a pattern. */
function fill(style: Style, palette: Palette): object {
  switch (style) {
    case "own": return { color: palette.fill };
    case "low": return { color: palette.seal };
    case "plus": return { color: palette.fill };
    case "minus": return { color: "transparent", borderColor: palette.seal, borderWidth: 1, decal: { ...HATCH, color: palette.seal } };
    case "open": return { color: "transparent", borderColor: palette.rule, borderWidth: 1, decal: { ...HATCH, color: palette.rule } };
  }
}

export function rowHeight(frame: Frame): number {
  return frame.coarse ? 40 : Math.round(24 * frame.palette.scale);
}
const TOP = 26;
const GAP = 10;

/** Width of the columns at the right, as wide as their longest figure. */
function columnsOf(rows: BarRow[], size: number): number[] {
  const count = Math.max(0, ...rows.map((row) => row.figures.length));
  return Array.from({ length: count }, (_, at) => Math.ceil(Math.max(0, ...rows.map((row) => widthOf(row.figures[at]?.text ?? "", size)))) + GAP);
}

function labelAxis(chart: RowsChart, frame: Frame, width: number, size: number): object {
  const names = chart.rows.map((row) => {
    const code = row.code === null ? "" : `${row.code} `;
    const room = width - GAP - widthOf(code, size) * 1.08;
    return `{code|${plain(code)}}{name|${plain(cut(row.label.replaceAll("\n", " "), room, size))}}`;
  });
  return {
    ...category(chart.rows.length), position: "left", axisLine: { show: false, onZero: false },
    axisLabel: {
      interval: 0, margin: width, align: "left", formatter: (_: string, at: number) => names[at] ?? "",
      rich: {
        code: { color: frame.palette.ink, fontWeight: "bold", fontSize: size, fontFamily: frame.palette.family },
        name: { color: frame.palette.ink, fontSize: size, fontFamily: frame.palette.family },
      },
    },
  };
}
const category = (count: number) => ({ type: "category", inverse: true, data: Array.from({ length: count }, (_, at) => String(at)), axisTick: { show: false }, splitLine: { show: false } });

function figureAxis(chart: RowsChart, frame: Frame, at: number, offset: number, size: number): object {
  const { palette } = frame;
  const text = (colour: string, bold = false) => ({ color: colour, fontSize: size, fontFamily: palette.family, fontWeight: bold ? "bold" : "normal", align: "right" });
  return {
    ...category(chart.rows.length), position: "right", axisLine: { show: false, onZero: false },
    axisLabel: {
      interval: 0, margin: offset, align: "right",
      formatter: (_: string, row: number) => {
        const figure = chart.rows[row]?.figures[at];
        return figure ? `{${figure.style}|${plain(figure.text)}}` : "";
      },
      rich: { bold: text(palette.ink, true), soft: text(palette.soft), seal: text(palette.seal), attn: text(palette.attn) },
    },
  };
}

function valueAxis(chart: RowsChart, frame: Frame, size: number): object {
  const { palette } = frame;
  const texts = new Map(chart.ticks.map((tick) => [tick.at, tick.text]));
  return {
    type: "value", position: "top", min: chart.from, max: chart.to, axisLine: { show: false }, axisTick: { show: false },
    splitLine: { show: chart.ticks.length > 0, lineStyle: { color: palette.line } }, interval: chart.ticks.length > 1 ? chart.ticks[1]!.at - chart.ticks[0]!.at : chart.to - chart.from || 1,
    axisLabel: {
      show: chart.ticks.length > 0, customValues: chart.ticks.map((tick) => tick.at), color: palette.muted, fontSize: size, fontFamily: palette.family, margin: 6,
      formatter: (value: number) => texts.get(value) ?? "",
    },
  };
}

/** One series for each style in its order; together they make up the bars. */
function bars(chart: RowsChart, frame: Frame, height: number): object[] {
  const styles: Style[] = [];
  for (const { style } of chart.rows.flatMap((row) => row.segments)) if (!styles.includes(style)) styles.push(style);
  const length = (row: BarRow, style: Style) => row.segments.find((segment) => segment.style === style)?.length ?? 0;
  return styles.map((style) => ({
    type: "bar", stack: "row", barWidth: Math.round(height * 0.52), itemStyle: fill(style, frame.palette), silent: true, emphasis: { disabled: true },
    data: chart.rows.map((row) => length(row, style)),
  }));
}

function vertical(at: number, text: string, frame: Frame, dashed: boolean, size: number): object {
  const { palette } = frame;
  return {
    type: "bar", stack: "row", data: [], silent: true,
    markLine: {
      silent: true, symbol: "none", animation: false, data: [{ xAxis: at }], lineStyle: { color: palette.soft, type: dashed ? [5, 4] : "solid", width: 1 },
      label: { show: text !== "", position: "end", formatter: text, color: palette.soft, fontSize: size, fontFamily: palette.family, distance: 4 },
    },
  };
}

function tickMarks(chart: RowsChart, frame: Frame, height: number): object[] {
  const data = chart.rows.flatMap((row, at) => (row.tick === null ? [] : [[row.tick, at]]));
  if (data.length === 0) return [];
  return [{ type: "scatter", data, symbol: "rect", symbolSize: [2.5, Math.round(height * 0.68)], itemStyle: { color: frame.palette.ink, borderColor: frame.palette.sheet, borderWidth: 0.8, opacity: 1 }, silent: true, emphasis: { disabled: true }, z: 4 }];
}

/** The chart of the rows in a frame. */
export function drawRows(chart: RowsChart, frame: Frame): Drawn {
  const size = Math.round(13 * frame.palette.scale);
  const height = rowHeight(frame);
  const columns = columnsOf(chart.rows, size);
  const right = columns.reduce((sum, column) => sum + column, 0);
  const longest = Math.max(0, ...chart.rows.map((row) => widthOf(`${row.code ?? ""} ${row.label}`, size * 1.05))) + GAP;
  // Half of what the figures leave is for names, but never more than they need.
  const left = Math.max(90, Math.min(longest, (frame.width - right) * 0.5));
  const top = chart.ticks.length > 0 || chart.line ? TOP : 4;
  const offsets = columns.map((_, at) => columns.slice(0, at + 1).reduce((sum, column) => sum + column, 0));
  const series = [...bars(chart, frame, height), ...(chart.line ? [vertical(chart.line.at, chart.line.text, frame, true, size)] : []), ...(chart.zero ? [vertical(0, "", frame, false, size)] : []), ...tickMarks(chart, frame, height)];
  const body = chart.rows.length * height;
  return {
    width: frame.width,
    height: top + body + 6,
    hits: chart.rows.map((row, at) => ({ code: row.code, places: row.places ?? [], text: row.text, left: 0, top: top + at * height, width: frame.width, height })),
    option: {
      animation: false,
      grid: { left: left + 2, right: right + 8, top, height: body, containLabel: false, outerBoundsMode: "none" },
      xAxis: valueAxis(chart, frame, Math.round(12 * frame.palette.scale)),
      yAxis: [labelAxis(chart, frame, left, size), ...offsets.map((offset, at) => figureAxis(chart, frame, at, offset, size))],
      series,
    },
  };
}
