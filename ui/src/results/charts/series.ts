// Several things in one chart: told apart by their shapes, and by colour for those who see it.
import { SERIES } from "./model";
import type { LegendEntry, Series } from "./model";
import type { Palette } from "./palette";

export const isSeries = (style: LegendEntry["style"]): style is Series => (SERIES as readonly string[]).includes(style);
/** The nth thing; behind the last the shapes begin anew. */
export const seriesOf = (at: number): Series => SERIES[at % SERIES.length]!;

/** Its outline around 0, as a path. */
export function outline(style: Series, r: number): string {
  switch (style) {
    case "s1": return `M${-r} ${-r}H${r}V${r}H${-r}Z`;
    case "s2": return `M0 ${-r * 1.15}L${r * 1.15} ${r}H${-r * 1.15}Z`;
    case "s3": return `M0 ${-r * 1.3}L${r * 1.3} 0L0 ${r * 1.3}L${-r * 1.3} 0Z`;
    default: return `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
  }
}
/** Its name among the symbols of ECharts. */
export const symbolOf = (style: Series): string => ({ s0: "circle", s1: "rect", s2: "triangle", s3: "diamond", s4: "circle" })[style];
/** How it is filled: the last one is a ring. */
export function fillOf(style: Series, palette: Palette): { color: string; borderColor: string; borderWidth: number } {
  const colour = { s0: palette.fill, s1: palette.ink, s2: palette.attn, s3: palette.done, s4: palette.soft }[style];
  return style === "s4" ? { color: palette.sheet, borderColor: colour, borderWidth: 2 } : { color: colour, borderColor: palette.sheet, borderWidth: 0.8 };
}
export const colourOf = (style: Series, palette: Palette): string => (style === "s4" ? palette.soft : fillOf(style, palette).color);
