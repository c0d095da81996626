// A rule in words, for those who read a rubric. The numbers are the rubric's own.
import type { BandView, LimitView, PartView } from "../api";

type Say = (key: string, values?: Record<string, unknown>) => string;

function entriesWords(part: Extract<PartView, { kind: "entries" }>, t: Say): string[] {
  return [
    t(part.coefficients ? "rule.coefficients" : "rule.entries"),
    ...(part.eachMost === null ? [] : [t("rule.each", { each: part.eachMost })]),
    t("rule.most", { most: part.most }),
  ];
}

/** What a rule does, in one or more clauses. */
export function ruleWords(part: PartView, t: Say): string[] {
  switch (part.kind) {
    case "award": return [t("rule.award", { from: part.from, to: part.to, basis: t(`basis.${part.basis}`) })];
    case "check": return [t(part.takes ? "rule.checkTakes" : "rule.check", { amount: part.amount })];
    case "count": return [t(part.takes ? "rule.countTakes" : "rule.count", { unit: part.unit, amount: part.amount }), ...(part.open && part.items.length > 0 ? [t("rule.open")] : [])];
    case "range": return [t(part.takes ? "rule.rangeTakes" : "rule.range", { from: part.from, to: part.to })];
    case "measure": return [t(part.takes ? "rule.measureTakes" : "rule.measure", { ...part })];
    case "band": return [t("rule.band"), ...(part.suggests ? [t("rule.suggests")] : [])];
    case "entries": return entriesWords(part, t);
    case "conform": return [t("rule.conform", { modality: t(`modality.${part.modality}`) })];
  }
}

/** What a rule lists by name. */
export function ruleItems(part: PartView): string[] {
  if (part.kind === "count") return part.items;
  if (part.kind !== "entries") return [];
  return part.items.map((item) => (part.coefficients ? `${item.name} × ${item.coefficient}` : item.name));
}

export function bandWords(band: BandView, t: Say): string {
  return t(band.from === band.to ? "rule.bandOne" : "rule.bandRow", { from: band.from, to: band.to });
}

export function limitWords(limit: LimitView, t: Say): string {
  return t(`rule.${limit.effect}`, { cap: limit.cap, conclusion: limit.conclusion });
}
