export const TABS = ["desk", "evidence", "writing", "tasks", "results", "papers", "documents"] as const;
export type SheetTab = (typeof TABS)[number];
