// Wording of distributing files, of verdicts on evidence and of what experts bring.
export const distributionEn = {
  distribute: {
    title: "Distribute evidence by code", onTitle: "Add to {code}", reading: "Reading folders and comparing content…", running: "Adding…", addFiles: "Add files", addFolder: "Add folder", chooseFolder: "Choose a folder of evidence",
    sum: "{n} files, {size}", placed: "{n} placed", open: "{n} need a point", out: "{n} left out", skipped: "{n} skipped",
    openTitle: "Choose a point", placedTitle: "Placed", skippedTitle: "Skipped files", file: "File", points: "Points", basis: "Basis", size: "Size", take: "Add {name}", search: "File name, code",
    choose: "Choose a point…", chooseFor: "Choose points for {name}", change: "Change the points of {name}, now {codes}", likely: "Likely points", all: "All points", byCodes: "By the codes in the names instead", alike: "Also the other {n} of this code or folder", more: "Show {n} more",
    add: "Add {n} files", leaving: "{n} without a point will not be added", nothing: "There is nothing to add", hint: "This is a preview; no file was added yet.",
    read: "read from “{text}”", dropped: "where it was dropped", chosen: "chosen", twinHere: "“{name}” is in the catalogue; it only gets linked", twin: "same content as “{name}”; kept once",
    reason: { indicator: "“{text}” has several points", indicatorDropped: "this indicator has several points", contradicting: "codes contradict: {text}", unknown: "the rubric has no “{text}”", nothing: "no code in the name" },
    skip: { hidden: "hidden file", system: "system file", link: "link, not followed", empty: "empty file", large: "larger than 2 GB", unreadable: "cannot be read", deep: "folder too deep" },
    done: "{n} added", linked: "{n} were there and only got linked", refused: "{n} not added", left: "Stopped; what was added stays, {n} were not added", leftFull: "The disk is full; what was added stays, {n} were not added", undo: "Ctrl Z takes it back in one step",
  },
  judging: {
    label: "Verdict on {name}", title: "Verdict", genuine: "Genuine", doubtful: "Doubtful", refuted: "Refuted", none: "Not judged", note: "Note of the verdict", noteFor: "What was found", noteMissing: "Write what was found; needed before finalising", clear: "Take the verdict away", filter: "Filter by verdict", counts: "{n} of {all} judged",
  },
  onSite: {
    badge: "On site", photograph: "On-site photograph", interview: "Interview note", file: "On-site file", of: "{kind}, {name}", addPhoto: "Photograph", addInterview: "Interview",
    title: "Interview note {code}", edit: "Change the interview note", read: "Read the interview note", time: "Time", timeHint: "such as 2022-05-11 14:30", place: "Place", persons: "Persons interviewed", content: "Content", save: "Save", hint: "Kept as a text file; it travels in the expert's package and can be changed while the sheet is a draft.",
    choosePhoto: "Choose on-site photographs",
  },
  missing: {
    title: "Missing evidence", scoredOnly: "Scored points only", asked: "To collect", refuted: "“{names}” was refuted and does not count", scored: "scored", notScored: "not scored", nothing: "Every point has evidence.", nothingScored: "Every scored point has evidence.", export: "Export the list", add: "Add evidence for {code}", folded: "{n} more indicators",
  },
};
