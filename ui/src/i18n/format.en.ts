// The English wording of the format check of files.
import type { formatZh } from "./format.zh";

export const formatEn: typeof formatZh = {
  format: {
    good: "Format kept", some: "Format: {n}", hints: "Format hints: {n}", unchecked: "Format not checked", open: "{name}: see what the format check found",
    title: "Format check", summary: "{must} must be changed, {should} should be changed, {hint} hints", kept: "Nothing was found that differs from the format.",
    scope: "Checked by 附件5. New texts and tables are in this format; originals, copies and certificates stay as they are.", more: "{n} places in all", rule: "Rule", todo: "To do",
    weight: { must: "must", should: "should", hint: "hint" },
  },
};
