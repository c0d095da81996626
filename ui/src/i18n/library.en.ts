// The English wording of the rubric library, of new editions and of figures counted from tables.
import type { libraryZh } from "./library.zh";

export const libraryEn: typeof libraryZh = {
  library: {
    title: "Rubrics", count: "{n} come with the program", opened: "Files opened", openFile: "Open file…", files: "Rubric files", books: "Excel workbooks", compare: "Compare…", fromExcel: "Import from Excel…", template: "Empty template…",
    name: "Name", size: "Points", total: "Full marks", judged: "Method", scores: "scores", checklist: "checklist", source: "Source", edition: "Edition", parent: "Local edition, derived from {parent}", open: "Show {title}",
    choose: "Choose a rubric", chooseFile: "Choose file…", text: "A rubric is a data file: look it up, export it to Excel, change and import it again, compare two editions, and use it for a new assessment.",
  },
  book: {
    back: "All rubrics", exportExcel: "Export to Excel…", localise: "Local edition…", create: "New assessment with it", search: "Search the texts", hits: "{n} found", noHits: "“{query}” was not found",
    about: "Overview", quantities: "Figures and conversions", adjustments: "Adjustments", readings: "Readings", contents: "Contents", path: "File", digest: "Digest",
    grades: "Grades", grade: "Grade", atLeast: "From", sentence: "Source", noGrades: "The source has no grades.", categories: "Categories", local: "May be changed locally", localGrades: "grade lines", localWeights: "marks of points", localNothing: "The source permits no local changes, so no local edition can be made.",
    notes: "Notes", unit: "Unit", formula: "Derived from others", recorded: "entered", covers: "Covers", conversions: "Conversions", conversion: "{of} ({ofUnit}) → {name} ({unit})", usedAt: "used at {codes}", below: "Indicators below", figures: "Figures needed", points: "{n} points",
    conditions: "Conditions", legal: "may give: {legal}", max: "full marks {max}", demands: "demands {max}",
  },
  rule: {
    award: "{from}–{to}, {basis}", check: "{amount} if met, 0 if not", checkTakes: "takes {amount} where it is so", count: "{amount} for each {unit}", countTakes: "takes {amount} for each {unit}", open: "others may be counted too",
    range: "0 if there is none; else {from}–{to} as judged", rangeTakes: "nothing taken if as it should be; else {from}–{to} as judged", measure: "By “{formula}”: {award} at {line} {unit}, {amount} less for every {every} {unit} short of it", measureTakes: "By “{formula}”: nothing taken at {line} {unit}, {amount} for every {every} {unit} short of it",
    band: "Choose a band, then judge within it", suggests: "figures only suggest the band", bandRow: "{from}–{to}", bandOne: "{from}", when: "where {when}", entries: "Achievements one by one, each judged", coefficients: "Achievements one by one, base times coefficient", each: "at most {each} of a kind", most: "at most {most} in all",
    conform: "{modality}: conforms, in part, does not, or not applicable", zero: "No marks where it is present", cap: "At most {cap} where it is present", veto: "Veto where it is present: {conclusion}",
  },
  saving: {
    show: "Open folder", folder: "Folder", folderHint: "Full path of the folder", name: "File name", exists: "This file exists: {path}", existsHint: "It was not overwritten. Choose another name, or replace it.", replace: "Replace", save: "Save", done: "Written: {path}", doneSize: "Written: {path} ({size})", needFolder: "Choose a folder", needName: "Enter a file name",
  },
  excel: {
    exportTitle: "Export to Excel", exportText: "One workbook with rules, texts and figures on sheets of their own. Change it and import it again; every cell is checked.", templateTitle: "Empty template", templateText: "An empty workbook with instructions and drop-down lists. Fill it in, then import it from Excel.", templateName: "rubric-template.xlsx",
    importTitle: "Import from Excel", book: "Workbook", bookHint: "Full path of the .xlsx file", importText: "Every cell is checked; while anything is wrong nothing is written, and all of it is listed below.", import: "Check and import", needBook: "Choose a workbook",
    faults: "{n} to mend; no file was written", place: "Where", fault: "What", todo: "What to do", imported: "“{title}” was imported", show: "Show it",
  },
  diff: {
    title: "Compare two editions", old: "Old", new: "New", swap: "Swap", same: "Choose two different ones", pickBoth: "Choose both to see what differs.", all: "All", running: "Comparing…",
    change: { removed: "Removed", added: "Added", renumbered: "Renumbered", changed: "Changed", reordered: "Order" },
  },
  local: {
    title: "Make a local edition", id: "Id", idHint: "e.g. {example}", edition: "Edition", suffix: "Suffix of the title", suffixHint: "e.g. (Bingzhou 2026)", grades: "Grade lines", gradesHint: "From high to low, the last one is 0; leave empty to keep the parent's.", gradeName: "Name", gradeNameEn: "English name", gradeAt: "From", gradeSentence: "Sentence that says so",
    addGrade: "Add a grade", removeGrade: "Remove this grade", weights: "Full marks of points", weightsHint: "Enter only what changes. Amounts of the rules follow in proportion; where they do not come out even, the nearest that work are named.", filter: "Code or text", changed: "{n} changed", write: "Write local edition", need: "Enter: {name}", written: "The local edition was written", show: "Show it",
    needChange: "Change a grade line or full marks first", wording: "Source: {sentence}",
  },
  migrate: {
    button: "Other edition…", title: "Go over to another edition", text: "Makes a new sheet: what did not change comes along, of what changed only the remark, marked as doubtful. This sheet stays as it is.", target: "Go over to", sameRubric: "This is the edition in use", run: "Go over", running: "Going over…", done: "A new sheet was made",
    carried: "{n} carried over", again: "{n} to look at again", removed: "{n} gone", added: "{n} new to score", evidence: "{n} pieces of evidence came along", loose: "Evidence without a point: {names}", had: "had {mark}", open: "Open the new sheet", recorded: "was recorded: {values}", otherId: "This is another rubric: only points with the same code and meaning are carried over.",
    counted: "{n}", entry: { mark: "mark", part: "finding", condition: "condition", remark: "remark", doubt: "doubt" },
  },
  roster: {
    take: "From a table…", takeTitle: "Count from a table: {name}", text: "A table is an Excel or ODS file among the evidence. Its matching rows are counted, and the number is kept with how it was reached.", file: "Table", noFile: "There is no .xlsx, .xls or .ods file among the evidence yet. Add the table first.", sheet: "Sheet", rows: "{n} rows", headerRow: "Headings in row",
    filters: "Conditions", column: "Column", op: "Relation", value: "Value", add: "Add a condition", remove: "Remove this condition", noFilters: "Without conditions all rows are counted.", all: "all of them hold", reference: "Ages on", referenceHint: "e.g. 2026-09-01", needReference: "Counting by age needs a date, such as 2026-09-01", needHeader: "The row of headings is a whole number from 1",
    ops: { equals: "is", notEquals: "is not", contains: "contains", atLeast: "at least", atMost: "at most", olderThan: "older than (years)", youngerThan: "younger than (years)" },
    matching: "{n} rows match", of: "of {rows}", counting: "Counting…", use: "Take {n}", choose: "Choose",
  },
  conversion: { title: "Convert" },
};
