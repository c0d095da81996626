// Settings of this machine's window. The language is kept by the program, the rest by the window.
import { reactive, readonly, watch } from "vue";
import type { DocumentFonts, Language } from "../api";

export type Theme = "light" | "dark" | "contrast" | "system";
export type FontSize = 100 | 112 | 125;
export type RuleFont = "serif" | "sans";
export type Settings = {
  language: Language;
  theme: Theme;
  fontSize: FontSize;
  ruleFont: RuleFont;
  treeWidth: number | null; // null: the default of the window's width
  evidenceWidth: number | null;
  assessor: string; // last used, to spare typing
  organisation: string;
  directory: string; // last used for export
  documentProfile: string;
  documentFonts: DocumentFonts;
};

const KEY = "hengjian.settings";
const initial: Settings = {
  language: "zh", theme: "system", fontSize: 100, ruleFont: "serif",
  treeWidth: null, evidenceWidth: null, assessor: "", organisation: "", directory: "", documentProfile: "oucsx-2021", documentFonts: "system",
};

function stored(): Partial<Settings> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Settings>;
  } catch {
    return {};
  }
}

const settings = reactive<Settings>({ ...initial, ...stored() });
const system = (query: string) => (typeof matchMedia === "function" ? matchMedia(query) : null);
const systemDark = system("(prefers-color-scheme: dark)");
const systemContrast = system("(prefers-contrast: more)");

/** The theme that is seen: the system may ask for dark or for high contrast. */
function seenTheme(): Exclude<Theme, "system"> {
  if (settings.theme !== "system") return settings.theme;
  if (systemContrast?.matches === true) return "contrast";
  return systemDark?.matches === true ? "dark" : "light";
}

/** Puts theme, font size and rule font on the document. */
export function applySettings(root: HTMLElement = document.documentElement): void {
  const theme = seenTheme();
  root.dataset.theme = theme;
  root.classList.toggle("dark", theme === "dark"); // Element Plus looks for the class
  root.dataset.ruleFont = settings.ruleFont;
  root.style.setProperty("--fz", String(settings.fontSize / 100));
  root.lang = settings.language === "zh" ? "zh-CN" : "en";
}

for (const query of [systemDark, systemContrast]) query?.addEventListener("change", () => applySettings());
watch(settings, () => {
  localStorage.setItem(KEY, JSON.stringify(settings));
  applySettings();
}, { flush: "sync" });

export function useSettings() {
  function change(fields: Partial<Settings>): void {
    Object.assign(settings, fields);
  }
  /** The other theme than the one that is seen now. */
  function toggleTheme(): void {
    change({ theme: document.documentElement.dataset.theme === "dark" ? "light" : "dark" });
  }
  return { settings: readonly(settings), change, toggleTheme };
}
