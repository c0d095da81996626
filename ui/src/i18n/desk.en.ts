import type { deskZh } from "./desk.zh";

export const deskEn: typeof deskZh = {
  keys: {
    title: "Keyboard", hint: "On a Mac, Ctrl is Command. With an input method on, use the F keys and those with Ctrl.",
    group: { scoring: "Scoring", moving: "Moving and finding", writing: "Remarks and evidence", evidence: "Looking at evidence", changes: "Changes and finishing", window: "Window" },
    type: "type the mark", next: "confirm, next row", back: "confirm, previous row", rows: "previous, next row", indicators: "previous, next indicator", strip: "step through the marks", tick: "tick an item", clear: "make it unscored", cancel: "discard what is typed",
    open: "next unscored row", openBack: "previous unscored row", jump: "go to a code", tabs: "tab by its number", remark: "write a remark", doubt: "mark as doubtful", problem: "note a problem", trace: "open or close the reasoning", full: "give full marks", pane: "next pane", filter: "filter indicators", find: "find in all texts",
    attach: "add evidence", insert: "insert evidence while writing", tree: "indicators (narrow window)", evidence: "evidence (narrow window)",
    enlarge: "enlarge the preview, and back", pieces: "previous, next piece", pages: "previous, next page", viewZoom: "larger, smaller, fit", rotate: "turn a picture right, left", fillDown: "fill down in the catalogue",
    zoom: "preview: larger, smaller, fit width", undo: "Undo", redo: "Redo", primary: "what this view is for", print: "score sheet", create: "new assessment", import: "import package", manual: "help", help: "this list",
  },
  stepped: { undone: "One change of many was undone: {n} points are different.", redone: "One change of many was redone: {n} points are different." },
  filter: { all: "All", open: "Open", doubt: "In doubt", deducted: "Deduction", missing: "No evidence", changed: "Changed" },
  filterHint: {
    all: "All {n} rows", open: "Open: {n} rows have no mark or decision yet, conditions included (the home page counts points only)", doubt: "In doubt: {n} rows", deducted: "Deduction: in {n} rows a rule took marks", unmet: "Not met: {n} rows", missing: "No evidence: {n} rows have a mark and no evidence",
    changedRevision: "Changed: in {n} rows mark or remark differ from revision {revision}", changedSelf: "Changed: in {n} rows the mark differs from the self evaluation (rows without one do not count)",
  },
  tree: { search: "Code or text, e.g. {example}", filter: "Filter by state", left: "{n} left", none: "No indicator matches “{query}”", noneFilter: "No point is in this state", clear: "Clear filter", inText: { text: "Text", note: "Rule", guidance: "Note", collection: "To be shown", remark: "Remark", reference: "Self evaluation", keypoint: "Keypoint", evidence: "Evidence" } },
  find: { title: "Find", button: "Find", placeholder: "Code, text of the rubric, remark or evidence", none: "Nothing found for “{query}”. A code alone works too, such as 453.", indicator: "Indicator", point: "Point", evidence: "Evidence", more: "{n} more; type a few more letters", count: "{n} found" },
  jump: { title: "Go to a code", placeholder: "such as {example}, dots may be left out", none: "There is no code {query}", enter: "Enter goes there" },
  unsaved: { again: "Save again", kept: "{value} is not saved yet" },
};
