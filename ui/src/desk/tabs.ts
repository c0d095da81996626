export const TABS = ["desk", "evidence", "writing", "results", "papers", "documents"] as const;
export type SheetTab = (typeof TABS)[number];
