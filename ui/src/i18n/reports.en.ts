// The English wording of an office's reports.
import type { reportsZh } from "./reports.zh";

export const reportsEn: typeof reportsZh = {
  reports: {
    unit: "Unit", unitRank: "No. {rank}  {unit}  {total} marks", unitOpen: "No result  {unit}", previous: "Previous unit", next: "Next unit", ofUnit: "About “{unit}”", ofAll: "One for all units",
    list: "Reports", hint: "Click a name to see it, a format to export it", run: "Make all for all units…", look: "What to look at", preview: "Preview", texts: "Texts", textsOf: "Texts of “{title}”",
    noPanel: "No panel yet", noPanelHint: "Reports are made from a panel's results. Make a panel first.", makePanel: "Go to the panel", noUnits: "No sheets yet", noUnitsHint: "Once the experts' packages are taken in, the merged results, opinions, feedback, lists of problems and the bulletin are made here.", toInbox: "Go to the inbox",
    choose: "Choose a report on the left to see its pages here.", exportTitle: "Export {title} ({format})", exportText: "Written to the folder that you choose. A file of that name is only replaced when you say so.", sign: "Sign…", signHint: "The leader and the members may sign the exported opinion in turn.",
    draft: "Draft", drafted: "Drafted from the data, and follows them", savedAt: "Written {at}", stale: "The data have changed since; check it", restore: "Back to the draft", showDraft: "Show the draft", empty: "When empty, the section is left out", emptyLine: "When empty, it is left out", day: "Such as 2022-12-31", shared: "Shared by all reports", perUnit: "Of this unit", noTexts: "Nothing is written for this report.", saved: "Saved",
    runTitle: "Make all for all units", runText: "The opinion, the feedback and the list of problems of each unit, with the merged results and the bulletin, are written to one folder. Where one cannot be made the rest goes on, and the log says why.", folder: "Folder", needFolder: "Choose a folder.", which: "Reports", formats: "Formats", needSome: "Choose at least one report and one format.", replace: "Make files anew that are there, and overwrite them", replaceNo: "Files that are there stay; the log names them", start: "Start", running: "Making",
    made: "{made} made", failed: "{n} not made", stopped: "Stopped on the way; what was written stays", log: "Log: {path}", more: "The first {n} stand here; all {all} are in the log.", only: "Only those not made", file: "File", outcome: "Outcome", done: "Made", not: "Not made", again: "Once more",
  },
};
