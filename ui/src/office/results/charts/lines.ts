// Shares over the years: a line for each unit, and the mean of all dashed. Where nothing compares the line is broken.
import type { Drawn, Frame, Hit } from "../../../results/charts/model";
import { colourOf, fillOf, seriesOf, symbolOf } from "../../../results/charts/series";
import { widthOf } from "../../../results/charts/text";

export type Line = { name: string; at: (number | null)[]; texts: string[] };
const TOP = 30;
const BOTTOM = 34;

/** Room below the lowest share, so that what differs can be seen; in steps of ten. */
export function lowest(lines: Line[]): number {
  const all = lines.flatMap((line) => line.at.filter((share) => share !== null));
  return all.length === 0 ? 0 : Math.max(0, Math.floor(Math.min(...all) / 10) * 10 - 10);
}

function styled(line: Line, at: number, frame: Frame, isMean: boolean): object {
  const { palette } = frame;
  const style = seriesOf(at);
  const colour = isMean ? palette.rule : colourOf(style, palette);
  const size = Math.round(12 * palette.scale);
  return {
    type: "line", data: line.at, connectNulls: false, silent: true, symbol: isMean ? "none" : symbolOf(style), symbolSize: 9, showAllSymbol: true, z: isMean ? 3 : 5, animation: false, emphasis: { disabled: true },
    lineStyle: { color: colour, width: isMean ? 1.6 : 2.2, type: isMean ? [6, 4] : "solid" }, itemStyle: isMean ? { color: colour } : fillOf(style, palette),
    label: { show: !isMean && at === 0, position: "top", color: palette.ink, fontSize: size, fontFamily: palette.family, formatter: ({ dataIndex }: { dataIndex: number }) => line.texts[dataIndex] ?? "" },
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
      series: [styled(mean, 0, frame, true), ...lines.map((line, at) => styled(line, at, frame, false))],
    },
  };
}
