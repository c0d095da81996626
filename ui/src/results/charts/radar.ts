// The rates of the level-1 indicators as a radar. What is not scored has no corner: its place stays open.
import type { RateRow, RateView } from "../../api";
import type { Drawn, Frame, Hit } from "./model";
import type { Palette } from "./palette";
import { wrapped } from "./text";

type Point = [number, number];
type Shape = { cx: number; cy: number; radius: number; count: number };
export type RadarSeries = { rates: (RateView | null)[]; main: boolean };

/** Where an axis reaches a share of its length; clockwise from the top. */
export function corner(shape: Shape, axis: number, share: number): Point {
  const angle = (2 * Math.PI * axis) / shape.count;
  return [shape.cx + shape.radius * share * Math.sin(angle), shape.cy - shape.radius * share * Math.cos(angle)];
}
const share = (rate: RateView | null): number | null => (rate?.soFarPermille == null ? null : rate.soFarPermille / 1000);

/** The lines between corners that stand side by side; a place that is not scored breaks them. */
export function runs(points: (Point | null)[]): Point[][] {
  if (points.every((point) => point !== null)) return points.length === 0 ? [] : [[...(points as Point[]), points[0]!]];
  const start = points.findIndex((point) => point === null);
  const found: Point[][] = [];
  let run: Point[] = [];
  for (const point of [...points.slice(start), ...points.slice(0, start), null]) {
    if (point) run.push(point);
    else if (run.length > 0) {
      found.push(run);
      run = [];
    }
  }
  return found;
}

function seriesShapes({ rates, main }: RadarSeries, shape: Shape, palette: Palette): object[] {
  const points = rates.map((rate, axis) => {
    const at = share(rate);
    return at === null ? null : corner(shape, axis, at);
  });
  const colour = main ? palette.teal : palette.soft;
  const lines = runs(points);
  const closed = points.every((point) => point !== null);
  const area = main && closed ? [{ type: "polygon", silent: true, z: 2, shape: { points }, style: { fill: colour, opacity: 0.1 } }] : [];
  const strokes = lines.map((line) => ({ type: "polyline", silent: true, z: main ? 4 : 3, shape: { points: line }, style: { stroke: colour, lineWidth: main ? 2.2 : 1.5, lineDash: main ? null : [5, 4], fill: null } }));
  const dots = points.flatMap((point, axis) => {
    if (!point) return [];
    const complete = rates[axis]?.state === "complete";
    const style = { fill: complete ? colour : palette.sheet, stroke: colour, lineWidth: 1.6 };
    const [x, y] = point;
    return [main ? { type: "circle", silent: true, z: 5, shape: { cx: x, cy: y, r: 3.4 }, style } : { type: "rect", silent: true, z: 4, shape: { x: x - 2.8, y: y - 2.8, width: 5.6, height: 5.6 }, style }];
  });
  return [...area, ...strokes, ...dots];
}

const rateText = (rate: RateView | null, unscored: string) => (rate?.soFar == null ? unscored : rate.state === "complete" ? rate.soFar : `(${rate.soFar})`);

/** Name and rates beside the end of an axis. */
function label(row: RateRow, axis: number, shape: Shape, frame: Frame, size: number): { shapes: object[]; hit: Hit } {
  const { palette, t, width } = frame;
  const [x, y] = corner(shape, axis, 1);
  const side = Math.abs(x - shape.cx) < shape.radius * 0.2 ? 0 : x > shape.cx ? 1 : -1;
  const down = (y - shape.cy) / shape.radius;
  const left = x + side * size * 0.7;
  const room = side === 0 ? Math.min(width * 0.6, 15 * size) : Math.max(4 * size, side > 0 ? width - left - 2 : left - 2);
  const name = wrapped(`${row.code} ${row.title}`, room, size, side === 0 ? 1 : 3);
  const own = rateText(row.own, t("charts.unscored"));
  const other = row.other ? rateText(row.other, t("charts.unscored")) : null;
  const height = (name.length + 1) * size * 1.35;
  const top = side === 0 ? (down < 0 ? y - height - size * 0.5 : y + size * 0.6) : y + (down * height) / 4 - height / 2;
  const align = side === 0 ? "center" : side > 0 ? "left" : "right";
  const text = (content: string, line: number, style: object) => ({
    type: "text", silent: true, z: 6, x: left, y: top + line * size * 1.35, style: { text: content, align, verticalAlign: "top", fontSize: size, fontFamily: palette.family, fill: palette.ink, ...style },
  });
  const figures = `${other === null ? "" : `{o|${other} / }`}{${row.low ? "l" : "r"}|${row.low ? "▽ " : ""}${own}}`;
  const face = { fontSize: size, fontFamily: palette.family };
  const rich = { o: { ...face, fill: palette.soft }, r: { ...face, fill: palette.teal, fontWeight: "bold" }, l: { ...face, fill: palette.seal, fontWeight: "bold" } };
  return {
    shapes: [...name.map((line, at) => text(line, at, {})), text(figures, name.length, { rich })],
    hit: { code: row.code, places: [], text: "", left: side === 0 ? left - room / 2 : side > 0 ? left : left - room, top, width: room, height },
  };
}

export function drawRadar(rows: RateRow[], line: number, sentences: string[], frame: Frame): Drawn {
  const { palette, width } = frame;
  const size = Math.round(13 * palette.scale);
  const height = Math.round(Math.min(Math.max(width * 0.72, 250), 340) * Math.max(1, palette.scale * 0.94));
  const shape = { cx: width / 2, cy: height / 2, radius: Math.min(height / 2 - size * 3.6, width / 2 - size * 6.2), count: rows.length };
  const ring = (at: number) => rows.map((_, axis) => corner(shape, axis, at));
  const own = { rates: rows.map((row) => row.own), main: true };
  const other = rows.some((row) => row.other) ? [{ rates: rows.map((row) => row.other), main: false }] : [];
  const labels = rows.map((row, axis) => label(row, axis, shape, frame, size));
  const lineAt = line / 1000;
  // Between two axes: on an axis it would stand under the points.
  const [from, to] = [corner(shape, 0, lineAt), corner(shape, 1, lineAt)];
  return {
    width, height,
    hits: labels.map(({ hit }, at) => ({ ...hit, text: sentences[at] ?? "" })),
    option: {
      animation: false,
      radar: {
        center: [shape.cx, shape.cy], radius: shape.radius, startAngle: 90, clockwise: true, splitNumber: 5, silent: true,
        indicator: rows.map(() => ({ name: "", min: 0, max: 1 })), axisName: { show: false },
        axisLine: { lineStyle: { color: palette.line } }, splitLine: { lineStyle: { color: palette.line } }, splitArea: { show: false },
      },
      series: [{ type: "radar", data: [], silent: true }],
      graphic: [
        { type: "polygon", silent: true, z: 1, shape: { points: ring(1) }, style: { fill: null, stroke: palette.rule, lineWidth: 1.2 } },
        { type: "polygon", silent: true, z: 1, shape: { points: ring(lineAt) }, style: { fill: null, stroke: palette.soft, lineWidth: 1, lineDash: [4, 4] } },
        { type: "text", silent: true, z: 6, x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2, style: { text: `${line / 10} %`, align: "center", verticalAlign: "middle", stroke: palette.sheet, lineWidth: 3, fontSize: size - 1, fontFamily: palette.family, fill: palette.soft } },
        ...[...other, own].flatMap((series) => seriesShapes(series, shape, palette)),
        ...labels.flatMap(({ shapes }) => shapes),
      ],
    },
  };
}
