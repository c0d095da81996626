// The words of a policy (docs/formats/panel.md) in the order in which they are offered.
export const METHODS = ["mean", "trimmed", "median", "consensus"] as const;
export const PERS = ["total", "point"] as const;
export const ROUNDINGS = ["half-even", "half-up"] as const;
export const HOLDS = ["majority", "any", "unanimous"] as const;
