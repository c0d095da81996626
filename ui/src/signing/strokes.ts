// Lines of a drawn signature as an SVG path, in the units in which they were drawn.
import type { DrawnSignature } from "../api";

/** The pad's own size; everything drawn is counted in it. */
export const PAD = { width: 1200, height: 400 };

/** A curve through a line's points: each point bends it, the middles between them lie on it. */
export function pathOf(line: [number, number][]): string {
  const [first, ...rest] = line;
  if (first === undefined) return "";
  let [x, y] = first;
  let path = `M${x} ${y}`;
  for (const [nextX, nextY] of rest) {
    path += `Q${x} ${y} ${(x + nextX) / 2} ${(y + nextY) / 2}`;
    [x, y] = [nextX, nextY];
  }
  return `${path}L${x} ${y}`;
}

/** The part of the pad that a drawing fills, with a little air around it. */
export function boxOf(drawn: DrawnSignature): string {
  const points = drawn.strokes.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs) - 12, Math.min(...ys) - 12];
  return `${left} ${top} ${Math.max(...xs) + 12 - left} ${Math.max(...ys) + 12 - top}`;
}
