// The tokens as a canvas needs them: values, not variables.

const COLOURS = {
  sheet: "--sheet", ground: "--sheet-2", ink: "--ink", soft: "--ink-2", muted: "--ink-3", line: "--line", edge: "--line-2", rule: "--rule",
  teal: "--teal", fill: "--teal-fill", seal: "--seal", attn: "--attn", done: "--done",
} as const;
export type Palette = Record<keyof typeof COLOURS, string> & { family: string; scale: number };

export function readPalette(root: HTMLElement = document.documentElement): Palette {
  const style = getComputedStyle(root);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const colours = Object.fromEntries(Object.entries(COLOURS).map(([key, name]) => [key, token(name)])) as Record<keyof typeof COLOURS, string>;
  return { ...colours, family: token("--sans"), scale: Number(token("--fz")) || 1 };
}

/** The light tokens whatever theme is seen: pictures go onto white paper. Nothing is painted in between. */
export function readPaper(root: HTMLElement = document.documentElement): Palette {
  const theme = root.dataset.theme;
  root.dataset.theme = "light";
  try {
    return { ...readPalette(root), sheet: "#ffffff", scale: 1 };
  } finally {
    if (theme === undefined) delete root.dataset.theme;
    else root.dataset.theme = theme;
  }
}
