// Room for labels, reckoned without a canvas: a Chinese character is one em wide, a Latin one a little over half.

function em(character: string): number {
  return (character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.56;
}
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, character) => sum + em(character) * size, 0);
}
/** The text cut to a width; an ellipsis says that more follows. */
export function cut(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text;
  let used = size;
  let kept = "";
  for (const character of text) {
    used += em(character) * size;
    if (used > width) break;
    kept += character;
  }
  return `${kept}…`;
}
/** The text in at most so many lines of a width. */
export function wrapped(text: string, width: number, size: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== "" && lines.length < most - 1 && widthOf(rest, size) > width) {
    let at = 0;
    let used = 0;
    for (const character of rest) {
      used += em(character) * size;
      if (used > width) break;
      at += character.length;
    }
    lines.push(rest.slice(0, Math.max(at, 1)));
    rest = rest.slice(Math.max(at, 1));
  }
  return rest === "" ? lines : [...lines, cut(rest, width, size)];
}
/** Text for the rich labels of ECharts, which read braces. */
export function plain(text: string): string {
  return text.replaceAll("{", "｛").replaceAll("}", "｝").replaceAll("\n", " ");
}
