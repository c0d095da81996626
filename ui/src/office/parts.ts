// The parts of the office's page, in the order of the work: take in, agree, look, report, hand out.
export const PARTS = ["inbox", "panel", "results", "reports", "data"] as const;
export type OfficePart = (typeof PARTS)[number];
/** Where the page's head has room for what a part is about. */
export const HEAD = "office-head";
