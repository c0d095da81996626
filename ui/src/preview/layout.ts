// Where the pages of a preview stand, one below the other, in CSS pixels.
export type Sized = { width: number; height: number };

/** Room around and between pages. */
export const GAP = 16;
/** CSS pixels of a point at 100 %: paper in its true size. */
export const TRUE_SIZE = 96 / 72;
export const ZOOMS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;
const SMALLEST = 0.5;
const LARGEST = 2;
/** Pages drawn beyond the ones that are seen, and pages kept drawn in case the reader turns back. */
const AHEAD = 1;
const KEPT = 3;

export type Zoom = number | "width";

/** CSS pixels of a point. */
export function scaleOf(zoom: Zoom, pages: Sized[], width: number): number {
  if (zoom !== "width") return zoom * TRUE_SIZE;
  const widest = Math.max(...pages.map((page) => page.width), 1);
  const fitting = (width - 2 * GAP) / (widest * TRUE_SIZE);
  return Math.min(LARGEST, Math.max(SMALLEST, fitting)) * TRUE_SIZE;
}

/** The next larger (1) or smaller (-1) zoom. */
export function nextZoom(scale: number, by: 1 | -1): number {
  const now = scale / TRUE_SIZE;
  const larger = ZOOMS.filter((zoom) => zoom > now + 0.005);
  const smaller = ZOOMS.filter((zoom) => zoom < now - 0.005);
  return (by === 1 ? larger[0] : smaller.at(-1)) ?? now;
}

/** The upper edge of each page, and after the last page the height of all. */
export function edges(pages: Sized[], scale: number): number[] {
  const tops = [GAP];
  for (const page of pages) tops.push((tops.at(-1) ?? 0) + Math.floor(page.height * scale) + GAP);
  return tops;
}

/** The page (from 0) that stands at a height. */
export function pageAt(tops: number[], y: number): number {
  const last = tops.length - 2;
  const found = tops.findIndex((_, index) => index <= last && (tops[index + 1] ?? 0) > y);
  return found < 0 ? Math.max(last, 0) : found;
}

export type Span = { first: number; last: number };

/** The pages to draw when the heights from `from` to `to` are seen. */
export function wanted(tops: number[], from: number, to: number): Span {
  const last = Math.max(tops.length - 2, 0);
  return { first: Math.max(pageAt(tops, from) - AHEAD, 0), last: Math.min(pageAt(tops, to) + AHEAD, last) };
}

/** Whether a page that was drawn stays drawn. */
export function stays(page: number, span: Span): boolean {
  return page >= span.first - KEPT && page <= span.last + KEPT;
}
