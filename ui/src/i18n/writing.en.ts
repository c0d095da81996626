// The English wording of the texts and the schedule of an assessment.
export const writingEn = {
  writing: {
    pages: "What to write", texts: "Summaries and report", schedule: "Schedule", outline: "Outline", report: "Self-evaluation report", summaries: "Task summaries", guidance: "What the source asks", guidanceOfReport: "Annexes 8 and 9, 7", guidanceOfSummary: "Annex 7", summaryOf: "Task summary, level {level}",
    placeholder: "Write here. A line is a paragraph; a short line that begins with （一） or 1. is a heading.", label: "Text of {title}", unwritten: "Not written", written: "Written", someWritten: "Partly written", attention: "Needs you",
    count: "This part {n} words", total: "Whole text {n} words", limit: "Whole text {n} / {limit} words", over: "{n} words above the limit; only a hint, it is saved all the same",
    kept: "Saved", keptAt: "Saved {time}", typing: "Typing; saved when you pause", sending: "Saving…", refused: "Not saved; the text is still in the field",
    loose: "Not in the catalogue of evidence: {names}. They are printed as they stand; insert them again from the list on the right, or add the piece first.",
    evidence: "Evidence", insert: "Insert", insertOf: "Insert a reference to {name}", insertKeys: "go to the evidence, Enter inserts", noEvidence: "No evidence here yet", noEvidenceHint: "Add it under “Evidence” and link it to a point; then it can be referred to.",
    toEvidence: "Add evidence", scores: "Marks, {stage}", grandTotal: "Total", readOnly: "This sheet came from another machine; its texts can only be read. Write on the unit's own machine.", outlineButton: "Outline", reading: "Reading the texts…",
  },
  schedule: {
    title: "Schedule", number: "No.", time: "Time", item: "Item", who: "Carried out by", note: "Note", state: "State", states: { open: "Not begun", doing: "Under way", done: "Done" },
    add: "Add a line", up: "Move up", down: "Move down", remove: "Remove", cell: "Line {n}, {name}", source: "The schedule of the source, annex 2; a change makes it the unit's own.", own: "The unit's own schedule; changes are saved by themselves.", restore: "Restore the source's", restoreTitle: "Restore the source's schedule?",
    restoreText: "The unit's own {n} lines are replaced by those of the source.", empty: "No schedule yet", emptyHint: "The source of this rubric prints none. Add a line to begin.", done: "{n} of {all} done",
  },
};
