// The views beside the sheets, in the order of the bar.
export const PLACES = ["home", "office", "rubrics", "verify", "trust"] as const;
export type Place = (typeof PLACES)[number];
