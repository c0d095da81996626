// What can be opened about a panel.
export type PanelAct = "members" | "policy" | "agree" | "agreement" | "compare" | "request" | "create" | "rename" | "remove" | "removed" | "save";
