export const TABS = ["desk", "evidence", "results", "documents"] as const;
export type SheetTab = (typeof TABS)[number];
