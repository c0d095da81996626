// The English wording of the documents of an assessment and of their preview.
import type { documentsZh } from "./documents.zh";

export const documentsEn: typeof documentsZh = {
  papers: {
    title: "Documents", hint: "Click a name to see it, a format to export it", export: "Export", exportAs: "Export “{title}” as {format}", exportTitle: "Export {title} ({format})", exportText: "Written to the folder that you choose. A file of that name is only replaced when you say so.", missing: "Not yet", go: "Go to {place}", none: "This rubric has no documents.", setIn: "{done}; fonts: {fonts}",
    choose: "Choose a document on the left to see its pages here.", indicator: "Indicator", department: "Department", all: "All", warnings: "{n} to look at",
    signed: "The signed score sheet and package are exported elsewhere.", options: "Format and fonts", profile: "Format", fonts: "Fonts", seal: "Seal", sealChoose: "Choose a picture…", sealNone: "None", sealRemove: "Remove", sealFiles: "Pictures", profiles: { "oucsx-2021": "Assessment documents (附件5)", "gbt-9704-2012": "GB/T 9704—2012" }, fontsFrom: { system: "System fonts first", bundled: "Bundled fonts only" },
  },
  preview: {
    title: "Preview", pages: "Pages of the document", tools: "Page and zoom", page: "Page", pageOf: "Page {n} of {of}", previous: "Previous page", next: "Next page", zoom: "Zoom", larger: "Larger", smaller: "Smaller", fit: "Fit width", making: "Setting “{title}”…",
    failed: "This document cannot be shown", failedTodo: "Try again; if it still fails, export it as PDF and open it with a reader. The document and the marks have not changed.",
  },
};
