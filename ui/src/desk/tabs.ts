export const TABS = ["desk", "evidence", "writing", "tasks", "results", "problems", "papers", "documents", "history"] as const;
export type SheetTab = (typeof TABS)[number];
