// Several units in rows: one dot for each, and the mean of all as a line across.
import type { Drawn, Frame, Hit } from "../../../results/charts/model";
import { fillOf, seriesOf, symbolOf } from "../../../results/charts/series";
import { cut, plain, widthOf } from "../../../results/charts/text";

/** `at`: where each unit stands, in percent; null where it has no result. */
export type DotRow = { code: string; title: string; text: string; at: (number | null)[]; mean: number | null };
const TOP = 26;
const GAP = 12;

function names(rows: DotRow[], frame: Frame, width: number, size: number): object {
  const { palette } = frame;
  const labels = rows.map((row) => {
    const code = `${row.code} `;
    return `{code|${plain(code)}}{name|${plain(cut(row.title, width - GAP - widthOf(code, size) * 1.08, size))}}`;
  });
  const face = { color: palette.ink, fontSize: size, fontFamily: palette.family };
  return {
    type: "category", inverse: true, data: rows.map((_, at) => String(at)), axisTick: { show: false }, axisLine: { show: false }, splitLine: { show: true, lineStyle: { color: palette.line } },
    axisLabel: { interval: 0, margin: width, align: "left", formatter: (_: string, at: number) => labels[at] ?? "", rich: { code: { ...face, fontWeight: "bold" }, name: face } },
  };
}

export function drawDots(rows: DotRow[], line: number, frame: Frame): Drawn {
  const { palette, width } = frame;
  const size = Math.round(13 * palette.scale);
  const height = frame.coarse ? 40 : Math.round(28 * palette.scale);
  const longest = Math.max(0, ...rows.map((row) => widthOf(`${row.code} ${row.title}`, size * 1.05))) + GAP;
  const left = Math.max(90, Math.min(longest, width * 0.42));
  const units = rows[0]?.at.length ?? 0;
  const dots = Array.from({ length: units }, (_, unit) => ({
    type: "scatter", silent: true, z: 5, symbol: symbolOf(seriesOf(unit)), symbolSize: 11, itemStyle: { ...fillOf(seriesOf(unit), palette), opacity: 1 }, emphasis: { disabled: true },
    data: rows.flatMap((row, at) => (row.at[unit] == null ? [] : [[row.at[unit], at]])),
  }));
  const means = { type: "scatter", silent: true, z: 4, symbol: "rect", symbolSize: [2.5, Math.round(height * 0.62)], itemStyle: { color: palette.rule, opacity: 1 }, emphasis: { disabled: true }, data: rows.flatMap((row, at) => (row.mean === null ? [] : [[row.mean, at]])) };
  const limit = {
    type: "scatter", data: [], silent: true,
    markLine: { silent: true, symbol: "none", animation: false, data: [{ xAxis: line }], lineStyle: { color: palette.soft, type: [5, 4], width: 1 }, label: { show: false } },
  };
  const body = rows.length * height;
  const hits: Hit[] = rows.map((row, at) => ({ code: row.code, places: [], text: row.text, left: 0, top: TOP + at * height, width, height }));
  return {
    width, height: TOP + body + 8, hits,
    option: {
      animation: false,
      grid: { left: left + 2, right: 18, top: TOP, height: body, containLabel: false, outerBoundsMode: "none" },
      xAxis: { type: "value", position: "top", min: 0, max: 100, interval: 20, axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: palette.line } }, axisLabel: { color: palette.muted, fontSize: Math.round(12 * palette.scale), fontFamily: palette.family, margin: 6 } },
      yAxis: names(rows, frame, left, size),
      series: [limit, means, ...dots],
    },
  };
}
