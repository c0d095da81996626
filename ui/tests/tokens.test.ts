import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/styles/tokens.css", "utf8");
function colours(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("\n}", start));
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
const light = colours(":root");
const dark = colours(':root[data-theme="dark"]');
const strong = colours(':root[data-theme="contrast"]');

describe("tokens", () => {
  it("have a dark and a high-contrast value for every light one", () => {
    expect([...dark.keys()].sort()).toEqual([...light.keys()].sort());
    expect([...strong.keys()].sort()).toEqual([...light.keys()].sort());
    expect(light.size).toBeGreaterThan(20);
  });
  const pairs: [string, string][] = [
    ["ink", "sheet"], ["ink-2", "sheet"], ["ink-3", "sheet"], ["ink-3", "paper"], ["ink-3", "teal-soft"], ["ink-3", "sheet-2"], ["teal", "sheet"], ["teal-strong", "teal-soft"],
    ["seal", "sheet"], ["seal", "seal-soft"], ["done", "done-soft"], ["attn", "attn-soft"], ["on-fill", "teal-fill"], ["on-fill", "seal-fill"],
  ];
  for (const [name, theme] of [["light", light], ["dark", dark]] as const) {
    it(`give text enough contrast (${name})`, () => {
      for (const [text, ground] of pairs) expect(contrast(theme.get(text) ?? "", theme.get(ground) ?? ""), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(theme.get("edge") ?? "", theme.get("sheet") ?? "")).toBeGreaterThanOrEqual(3);
    });
  }
  it("give text 7 and edges 4.5 in high contrast, on every ground", () => {
    const texts = ["ink", "ink-2", "ink-3", "teal", "teal-strong", "seal", "done", "attn"];
    const grounds = ["paper", "sheet", "sheet-2", "teal-soft", "teal-wash", "seal-soft", "done-soft", "attn-soft"];
    const ratio = (a: string, b: string) => contrast(strong.get(a) ?? "", strong.get(b) ?? "");
    for (const text of texts) for (const ground of grounds) expect(ratio(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(7);
    for (const fill of ["teal-fill", "seal-fill"]) expect(ratio("on-fill", fill), fill).toBeGreaterThanOrEqual(7);
    for (const edge of ["line", "line-2", "edge", "rule", "focus", "attn-line"]) expect(ratio(edge, "sheet"), edge).toBeGreaterThanOrEqual(4.5);
  });
});
