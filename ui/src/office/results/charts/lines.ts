// Shares over the years: a line for each unit, and the mean of all dashed. Where nothing compares the line is broken.
import type { Drawn, Frame, Hit } from "../../../results/charts/model";
import { colourOf, fillOf, seriesOf, symbolOf } from "../../../results/charts/series";
import { widthOf } from "../../../results/charts/text";

export type Line = { name: string; at: (number | null)[]; texts: string[] };
const TOP = 30;
const BOTTOM = 34;
/** Size of a point, and how far from it its figure stands. */
const POINT = 9;
const DISTANCE = 5;

/** Room below the lowest share, so that what differs can be seen; in steps of ten. */
export function lowest(lines: Line[]): number {
  const all = lines.flatMap((line) => line.at.filter((share) => share !== null));
  return all.length === 0 ? 0 : Math.max(0, Math.floor(Math.min(...all) / 10) * 10 - 10);
}

/** Where a line's figure stands at a year: above the highest, below the lowest, beside the others. */
export function placeOf(lines: Line[], line: Line, year: number): "top" | "bottom" | "right" {
  const here = lines.flatMap((one) => one.at[year] ?? []);
  const share = line.at[year] ?? 0;
  if (share === Math.max(...here)) return "top";
  return share === Math.min(...here) ? "bottom" : "right";
}

/** How far a figure is moved from its place above the point. */
function shift(place: ReturnType<typeof placeOf>, { width, height }: { width: number; height: number }): { dx: number; dy: number } {
  if (place === "top") return { dx: 0, dy: 0 };
  return place === "bottom" ? { dx: 0, dy: height + 2 * DISTANCE + POINT } : { dx: width / 2 + DISTANCE + POINT / 2, dy: height / 2 + DISTANCE + POINT / 2 };
}

function styled(line: Line, lines: Line[], at: number, frame: Frame, isMean: boolean): object {
  const { palette } = frame;
  const style = seriesOf(at);
  const colour = isMean ? palette.rule : colourOf(style, palette);
  const size = Math.round(12 * palette.scale);
  return {
    type: "line", data: line.at, connectNulls: false, silent: true, symbol: isMean ? "none" : symbolOf(style), symbolSize: POINT, showAllSymbol: true, z: isMean ? 3 : 5, animation: false, emphasis: { disabled: true },
    lineStyle: { color: colour, width: isMean ? 1.6 : 2.2, type: isMean ? [6, 4] : "solid" }, itemStyle: isMean ? { color: colour } : fillOf(style, palette),
    labelLayout: ({ dataIndex, labelRect }: { dataIndex: number; labelRect: { width: number; height: number } }) => ({ hideOverlap: true, ...shift(placeOf(lines, line, dataIndex), labelRect) }),
    label: { show: !isMean, position: "top", distance: DISTANCE, color: palette.ink, textBorderColor: palette.sheet, textBorderWidth: 3, fontSize: size, fontFamily: palette.family, formatter: ({ dataIndex }: { dataIndex: number }) => line.texts[dataIndex] ?? "" },
  };
}

export function drawLines(years: string[], lines: Line[], mean: Line, sentences: string[], frame: Frame): Drawn {
  const { palette, width } = frame;
  const size = Math.round(12 * palette.scale);
  const height = Math.round(300 * Math.max(1, palette.scale * 0.95));
  const from = lowest([...lines, mean]);
  const left = Math.ceil(widthOf("100 %", size)) + 14;
  const right = 24;
  const step = (width - left - right) / Math.max(years.length, 1);
  const hits: Hit[] = years.map((_, at) => ({ code: null, places: [], text: sentences[at] ?? "", left: left + at * step, top: TOP - 10, width: step, height: height - TOP - BOTTOM + 10 }));
  const face = { color: palette.muted, fontSize: size, fontFamily: palette.family };
  return {
    width, height, hits,
    option: {
      animation: false,
      grid: { left, right, top: TOP, bottom: BOTTOM, containLabel: false, outerBoundsMode: "none" },
      xAxis: { type: "category", data: years, boundaryGap: true, axisLine: { lineStyle: { color: palette.rule } }, axisTick: { show: false }, axisLabel: { ...face, color: palette.ink, interval: 0, margin: 10 } },
      yAxis: { type: "value", min: from, max: 100, splitLine: { lineStyle: { color: palette.line } }, axisLabel: { ...face, formatter: "{value} %" } },
      series: [styled(mean, lines, 0, frame, true), ...lines.map((line, at) => styled(line, lines, at, frame, false))],
    },
  };
}
