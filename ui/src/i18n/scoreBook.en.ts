import type { scoreBookZh } from "./scoreBook.zh";

export const scoreBookEn: typeof scoreBookZh = {
  scoreBook: {
    title: "Fill in with Excel", text: "Export this sheet as a workbook for departments to fill in with Excel or WPS, and import it when it is done.", export: "Export workbook…", import: "Import a filled-in one…", locked: "The sheet is finalised; reopen it to fill in more.",
    exportTitle: "Export a score workbook", exportText: "One row for each thing that can be filled in, saying what fits; what is recorded stands in it, all other cells are locked.", exportName: "{unit}-{year}-{stage}-score-workbook.xlsx",
    importTitle: "Import a filled-in workbook", importText: "The cells that change are shown first; nothing is written while anything is wrong.", book: "Workbook", bookHint: "Full path of the .xlsx file", books: "Spreadsheets", read: "Read", apply: "Write {n}", anyway: "Read it anyway",
    anywayHint: "A workbook of another sheet: every cell that is filled in is taken, blank ones change nothing.", changes: "{n} changes", none: "The workbook changes nothing.", done: "{n} changes written; the sheet is up to date.", cell: "Cell", item: "Item", before: "Now", after: "Becomes", blank: "blank",
    since: "{value} when exported, changed in the program since", missing: "{n} rows are not in the workbook; these items stay as they are", faults: "{n} faults, nothing was written", fault: "What is wrong", todo: "What to do",
  },
};
