// A chart as a picture for documents: its title, whose it is, what the fillings mean, and the chart, on white.
import { init } from "echarts/core";
import type { Drawn, LegendEntry } from "./model";
import type { Palette } from "./palette";
import { fillOf, isSeries, outline } from "./series";
import { widthOf, wrapped } from "./text";

export type Heading = { title: string; lines: string[]; legend: LegendEntry[] };
const MARGIN = 24;
const RATIO = 2;

/** The picture as a PNG in Base64, twice as fine as on the screen. */
export function pictureOf(drawn: Drawn, heading: Heading, palette: Palette): string {
  const width = drawn.width + 2 * MARGIN;
  const lines = heading.lines.flatMap((line) => wrapped(line, drawn.width, 13, 3));
  const legend = placed(heading.legend, drawn.width);
  const legendTop = MARGIN + 34 + lines.length * 20 + 4;
  const top = legendTop + (legend.at(-1) ? (legend.at(-1)!.y + 22) : 0) + 6;
  const canvas = document.createElement("canvas");
  canvas.width = width * RATIO;
  canvas.height = (top + drawn.height + MARGIN) * RATIO;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.scale(RATIO, RATIO);
  pen.fillStyle = palette.sheet;
  pen.fillRect(0, 0, width, canvas.height / RATIO);
  pen.textBaseline = "top";
  write(pen, heading.title, MARGIN, MARGIN, `bold 20px ${palette.family}`, palette.ink);
  lines.forEach((line, at) => write(pen, line, MARGIN, MARGIN + 34 + at * 20, `13px ${palette.family}`, palette.soft));
  for (const { entry, x, y } of legend) {
    swatch(pen, entry.style, MARGIN + x, legendTop + y + 2, palette);
    write(pen, entry.text, MARGIN + x + 26, legendTop + y, `13px ${palette.family}`, palette.ink);
  }
  const chart = init(document.createElement("div"), null, { renderer: "canvas", devicePixelRatio: RATIO, width: drawn.width, height: drawn.height });
  try {
    chart.setOption(drawn.option);
    pen.drawImage(chart.renderToCanvas({ pixelRatio: RATIO, backgroundColor: palette.sheet }), MARGIN, top, drawn.width, drawn.height);
  } finally {
    chart.dispose();
  }
  const url = canvas.toDataURL("image/png");
  return url.slice(url.indexOf(",") + 1);
}

function write(pen: CanvasRenderingContext2D, text: string, x: number, y: number, font: string, colour: string): void {
  pen.font = font;
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/** The entries of a legend in lines of a width. */
function placed(entries: LegendEntry[], width: number): { entry: LegendEntry; x: number; y: number }[] {
  let [x, y] = [0, 0];
  return entries.map((entry) => {
    const need = 26 + widthOf(entry.text, 13) + 24;
    if (x > 0 && x + need > width) [x, y] = [0, y + 22];
    const at = { entry, x, y };
    x += need;
    return at;
  });
}

function swatch(pen: CanvasRenderingContext2D, style: LegendEntry["style"], x: number, y: number, palette: Palette): void {
  pen.save();
  pen.lineWidth = 1.5;
  if (isSeries(style)) {
    const shape = new Path2D(outline(style, 5));
    const { color, borderColor, borderWidth } = fillOf(style, palette);
    pen.translate(x + 9, y + 5.5);
    pen.fillStyle = color;
    pen.fill(shape);
    pen.strokeStyle = borderColor;
    pen.lineWidth = borderWidth;
    pen.stroke(shape);
  } else if (style === "own" || style === "plus" || style === "low") {
    pen.fillStyle = style === "low" ? palette.seal : palette.fill;
    pen.fillRect(x, y, 18, 11);
  } else if (style === "open" || style === "minus") {
    pen.strokeStyle = style === "open" ? palette.rule : palette.seal;
    pen.strokeRect(x + 0.5, y + 0.5, 17, 10);
    hatch(pen, x, y, pen.strokeStyle);
  } else if (style === "tick") {
    pen.fillStyle = palette.ink;
    pen.fillRect(x + 8, y - 1, 3, 13);
  } else {
    pen.strokeStyle = { full: palette.rule, main: palette.teal }[style as string] ?? palette.soft;
    pen.lineWidth = style === "main" ? 2.5 : 1.5;
    pen.setLineDash(style === "full" || style === "main" ? [] : [4, 3]);
    pen.beginPath();
    pen.moveTo(style === "line" ? x + 9 : x, style === "line" ? y - 1 : y + 6);
    pen.lineTo(style === "line" ? x + 9 : x + 18, style === "line" ? y + 12 : y + 6);
    pen.stroke();
  }
  pen.restore();
}

function hatch(pen: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  pen.beginPath();
  pen.rect(x, y, 18, 11);
  pen.clip();
  pen.strokeStyle = colour;
  pen.beginPath();
  for (let at = -11; at < 18; at += 5) {
    pen.moveTo(x + at, y + 11);
    pen.lineTo(x + at + 11, y);
  }
  pen.stroke();
}
