// The English wording of the texts of an assessment.
export const writingEn = {
  writing: {
    texts: "Summaries and report", outline: "Outline", summaries: "Task summaries", guidance: "What the source asks", guidanceOfReport: "Annexes 8 and 9, 7", guidanceOfSummary: "Annex 7", summaryOf: "Task summary, level {level}",
    placeholder: "Write here. A line is a paragraph; a short line that begins with （一） or 1. is a heading.", label: "Text of {title}", unwritten: "Not written", written: "Written", someWritten: "Partly written", attention: "Needs you",
    count: "This part {n} words", total: "Whole text {n} words", limit: "Whole text {n} / {limit} words", over: "{n} words above the limit; only a hint, it is saved all the same",
    kept: "Saved", keptAt: "Saved {time}", typing: "Typing; saved when you pause", sending: "Saving…", refused: "Not saved; the text is still in the field",
    loose: "Not in the catalogue of evidence: {names}. They are printed as they stand; insert them again from the list on the right, or add the piece first.",
    evidence: "Evidence", insert: "Insert", insertOf: "Insert a reference to {name}", insertKeys: "go to the evidence, Enter inserts", noEvidence: "No evidence here yet", noEvidenceHint: "Add it under “Evidence” and link it to a point; then it can be referred to.",
    toEvidence: "Add evidence", scores: "Marks, {stage}", grandTotal: "Total", readOnly: "This sheet came from another machine; its texts can only be read. Write on the unit's own machine.", outlineButton: "Outline", reading: "Reading the texts…",
  },
};
