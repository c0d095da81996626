import type { inboxZh } from "./inbox.zh";

export const inboxEn: typeof inboxZh = {
  inbox: {
    dropTitle: "Drop the files you received here", dropText: "Packages (.hjp, .hjp.age), filled score workbooks (.xlsx), decisions and merged records of others (.jsonl), or folders of them. They are verified, compared and shown before anything is written.", dropNow: "Let go to verify",
    chooseFiles: "Choose files…", chooseFolder: "Choose a folder…", files: "Packages, workbooks, merged records", paths: "{n} files, verified first, written in one go once you agree", others: "{n} other files were not looked at", running: "Verifying", taking: "Writing", again: "Verify again", cancel: "Cancel", more: "Add files…",
    take: "Take in {n}", nothing: "Nothing to take in", all: "All", sameHint: "repeated, unchanged", conflictingHint: "a person decides", untrustedHint: "compare the fingerprint", damagedHint: "not written", editionHint: "left out unless chosen", olderHint: "kept for the record", decisionHint: "taken elsewhere",
    unverified: "Take in what unknown people signed, to be compared later", editions: "Take in other editions of the rubric", decisions: "Take decisions of others (make sure that they may decide)",
    head: { state: "Result", unit: "Unit", stage: "Stage", assessor: "Assessor", revision: "Revision", total: "Total", points: "Points", signed: "Signature", note: "Note", act: "What to do" },
    state: { added: "New", updated: "Newer", decision: "Decision", same: "Same", older: "Older", conflicting: "Conflict", otherEdition: "Other edition", rejected: "Decided against", untrusted: "Not trusted", damaged: "Damaged", refused: "Refused" },
    note: { added: "new sheet", updated: "{n} marks change, the old revision is kept", same: "the same bytes", older: "older than what is here, kept for the record", conflicting: "several contents under one revision", otherEdition: "another edition than other sheets of the unit", rejected: "decided against, kept for the record", decision: "a decision of somebody else", draftAdded: "new draft, not signed, {n} cells filled", draftUpdated: "into the draft, not signed, {n} cells change", draftSame: "the draft is so already" },
    will: "written", skip: "skipped", decide: "Decide", accept: "Compare", details: "Details", changes: "Changes", draft: "draft",
    detail: { title: "{file} was not taken", draftTitle: "{file}: a score workbook without a signature", changesTitle: "{unit}　{assessor}: {n} changes", none: "nothing was written", copy: "Copy for the sender", copied: "Copied; paste it into a message", verify: "Check step by step…", close: "Fold away", what: "What is wrong", where: "Where", todo: "What to do", code: "Code", blank: "(blank)", file: "File", decisionTitle: "A decision of {by}", about: "About", effect: "Effect", reason: "Reason" },
    because: "Reason: {reason}", names: "Names",
    say: "The file “{file}” was not taken in. {what}. {where} {todo}",
    hints: "Names that may be one", hintsText: "The program only points them out. Where they are one, record it: merging and panels follow, and it can be taken back.", same: "They are one…",
    done: "Import {n} is written", doneUndone: "Import {n} is undone", log: "See the log", toPanel: "Go to the panel",
    runs: "Earlier imports", runsEmpty: "No files were taken in yet.", run: "Import {n}", runFiles: "{n} files", undo: "Undo…", undone: "undone {at}",
    undoTitle: "Undo import {n}", undoText: "Sheets, drafts and evidence of this import go, what it replaced is back, decisions that came with it count no more. Files of evidence that were copied stay in the evidence folder; receipts that were given cannot be called back; what was built on since cannot be undone.", undoDo: "Undo this import", undoKeep: "Keep it",
    showAll: "Show all ({n} more)",
    logTitle: "Log of import {n}", logText: "A line for each file: the result, the reason, what to do.", exportCsv: "Export CSV…", exportXlsx: "Export Excel…", logFile: "import-log-{n}", exportText: "The log has the total of every sheet and the places of the files: it is for the office itself. Tell a unit only the lines about what it has to hand in again.",
    tooMany: "{n} more lines are in the exported log",
  },
  contest: {
    title: "Conflicts and decisions", empty: "No conflicts. When one sheet comes with several contents, they are decided here.", open: "to be decided", decided: "decided", returned: "sent back", look: "Look", differing: "{n} differ", sides: "{n} contents",
    back: "Inbox", heading: "Conflict: {unit} · {stage} · {assessor} · r{n}", only: "only {codes} differs", several: "{n} differ: {codes}",
    ask: "Ask the assessor, then choose one; what is not chosen stays in the record.", settled: "This was decided. A later decision stands in its place; it can be taken back as well.",
    revision: "r{n}", signed: "signed {at}", finalised: "finalised {at}", here: "here now", score: "Score of {code}", trace: "How it comes about", remark: "Remarks", evidence: "{n} pieces of evidence", noRemark: "none", present: "present", absent: "absent", undecided: "undecided", unscored: "unscored", total: "total {total}", taken: "counts",
    decision: "Decision", use: "{name}, {total}", returnAll: "None, back to the assessor", other: "Other mark", otherHint: "{legal}; empty for the mark of the chosen side", reason: "Reason (needed)", reasonHint: "Such as: confirmed by telephone", record: "Record the decision", recording: "Signing…", legend: "≠ where the contents differ. Who decided, when and why is signed, recorded, and merged with everything else.", totals: "Totals: {totals}",
    withdraw: "Take back…", withdrawn: "taken back", withdrawTitle: "Take a decision back", withdrawText: "That is a decision as well; the earlier one stays in the record. The conflict is open again then, and names count for themselves.", export: "Export decisions…", exportTitle: "Export decisions", exportText: "As a merged record: it counts once it is merged with the packages elsewhere.", exportFile: "decisions",
    by: "Who decides", noIdentity: "A decision is signed. Make an identity under “Identities and trust” first.", goTrust: "Make an identity", passphrase: "of who decides", nameTitle: "Two names are one", nameText: "Whatever is written as on the left counts as on the right; files stay as they are.", swap: "Swap", given: "Written", meant: "Meant", nameDo: "Record the decision", withdrawDo: "Take back",
  },
  merged: {
    open: "Write a merged record…", title: "Write a merged record", text: "Puts these files into one merged.jsonl with contents and signatures, which people without this program can check. The same files in any order give the same bytes. Whom this workspace accepts and what was decided here counts; the workspace is unchanged. Score workbooks are not signed and stay out.",
    folder: "Write into this folder", needFolder: "Choose a folder first.", replaced: "A merged.jsonl and merge-log.csv that are there will be replaced.", unverified: "What unknown people signed is put in as well.", start: "Write", running: "Verifying and merging",
    done: "{files} files, {sheets} sheets, written", conflicts: "{n} conflicts wait for a decision", why: "Why something was left out stands in merge-log.csv.", same: "Whoever merges the same files and decisions gets the same digest.",
  },
};
