// Every key of the program. A view can only listen to keys that stand here (useKeys), and the sheet of shortcuts shows all.

/** Characters that a mark begins with, also those of a Chinese input method. */
export const MARK_BEGINS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "-", "０", "１", "２", "３", "４", "５", "６", "７", "８", "９", "．", "。", "－"] as const;

type Shortcut = {
  /** What it does: the text is `keys.<action>`. */
  action: string;
  /** As {@link keyName} spells them; "Ctrl" stands for Command on a Mac. */
  keys: readonly string[];
  /** How the sheet shows them, where that is not their name. */
  shown?: readonly string[];
  /** The component that listens by itself, while it has the keyboard. */
  within?: string;
};
type Section = { group: string; shortcuts: readonly Shortcut[] };

export const SHORTCUTS = [
  {
    group: "scoring",
    shortcuts: [
      { action: "type", keys: MARK_BEGINS, shown: ["0–9", ".", "-"] },
      { action: "next", keys: ["Enter"] },
      { action: "back", keys: ["Shift+Enter"], within: "components/NumberField.vue" },
      { action: "strip", keys: ["ArrowLeft", "ArrowRight"], shown: ["←", "→"], within: "components/NumberField.vue" },
      { action: "tick", keys: ["Space"], shown: ["Space"], within: "native" },
      { action: "full", keys: ["F9"] },
      { action: "clear", keys: ["Backspace"], shown: ["Backspace ×2"], within: "components/NumberField.vue" },
      { action: "cancel", keys: ["Escape"], shown: ["Esc"], within: "components/NumberField.vue" },
    ],
  },
  {
    group: "moving",
    shortcuts: [
      { action: "rows", keys: ["ArrowUp", "ArrowDown"], shown: ["↑", "↓"] },
      { action: "indicators", keys: ["Ctrl+ArrowUp", "Ctrl+ArrowDown"], shown: ["Ctrl ↑", "Ctrl ↓"] },
      { action: "open", keys: ["N", "F8"] },
      { action: "openBack", keys: ["Shift+N", "Shift+F8"] },
      { action: "jump", keys: ["G", "Ctrl+G"], shown: ["G", "Ctrl G", "4.5.3", "Enter"] },
      { action: "find", keys: ["Ctrl+K", "Ctrl+Shift+F"] },
      { action: "filter", keys: ["Ctrl+F"] },
      { action: "pane", keys: ["F6"] },
      { action: "tabs", keys: ["Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5", "Alt+6", "Alt+7", "Alt+8", "Alt+9"], shown: ["Alt 1", "…", "Alt 9"] },
    ],
  },
  {
    group: "writing",
    shortcuts: [
      { action: "remark", keys: ["F2"] },
      { action: "doubt", keys: ["F3"] },
      { action: "problem", keys: ["F7"] },
      { action: "trace", keys: ["F4"] },
      { action: "attach", keys: ["Ctrl+U"] },
      { action: "insert", keys: ["Ctrl+I"] },
    ],
  },
  {
    group: "evidence",
    shortcuts: [
      { action: "enlarge", keys: [" "], shown: ["Space"], within: "viewer/EvidenceViewer.vue" },
      { action: "pieces", keys: ["ArrowLeft", "ArrowRight"], shown: ["←", "→"], within: "viewer/EvidenceViewer.vue" },
      { action: "pages", keys: ["PageUp", "PageDown"], shown: ["PgUp", "PgDn"], within: "viewer/EvidenceViewer.vue" },
      { action: "viewZoom", keys: ["+", "=", "-", "0"], shown: ["+", "−", "0"], within: "viewer/EvidenceViewer.vue" },
      { action: "rotate", keys: ["R", "L", "Shift+R"], shown: ["R", "L"], within: "viewer/EvidenceViewer.vue" },
      { action: "fillDown", keys: ["Ctrl+D"], within: "evidence/CatalogueTable.vue" },
    ],
  },
  {
    group: "changes",
    shortcuts: [
      { action: "undo", keys: ["Ctrl+Z"] },
      { action: "redo", keys: ["Ctrl+Shift+Z", "Ctrl+Y"] },
      { action: "primary", keys: ["Ctrl+Enter"] },
      { action: "print", keys: ["Ctrl+P"] },
    ],
  },
  {
    group: "window",
    shortcuts: [
      { action: "create", keys: ["Ctrl+N"] },
      { action: "import", keys: ["Ctrl+O"] },
      { action: "tree", keys: ["Ctrl+B"] },
      { action: "evidence", keys: ["Ctrl+M"] },
      { action: "zoom", keys: ["Ctrl++", "Ctrl+=", "Ctrl+-", "Ctrl+0"], shown: ["Ctrl +", "Ctrl −", "Ctrl 0"] },
      { action: "manual", keys: ["F1"] },
      { action: "help", keys: ["?"] },
    ],
  },
] as const satisfies readonly Section[];

export type Binding = (typeof SHORTCUTS)[number]["shortcuts"][number]["keys"][number];

/** A key as the sheet of shortcuts shows it. */
export const keyCap = (key: string) => (key.length > 1 ? key.replaceAll("+", " ").trim() : key);
