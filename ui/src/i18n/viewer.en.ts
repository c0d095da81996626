// Looking at evidence inside the program.
export const viewerEn = {
  viewer: {
    of: "Preview: {name}", busy: "Reading…", stopped: "Reading was stopped", again: "Preview again", previous: "Previous piece", next: "Next piece", outside: "Open with the system's program", enlarge: "Enlarge", back: "Back", space: "Space", close: "Hide the preview", show: "Show the preview",
    pictureTools: "Zoom and rotation", fit: "Fit", turnLeft: "Turn left", turnRight: "Turn right", pixels: "{width} × {height} pixels", reduced: "The original has {width} × {height} pixels; this is a smaller copy", notDrawn: "The picture was not drawn",
    words: "Words of the file", sheets: "Sheets", noWords: "There are no words in it.", more: "It is long; only the beginning is shown. Open it with the system's program to read all of it.",
    textNote: "Plain text, encoded as {encoding}", documentNote: "Only text and tables, not the layout", tablesNote: "Only the text of the cells, not the layout",
    none: { sound: "Sound cannot be played here.", film: "Films cannot be played here.", old: "Office files of the old kind cannot be previewed here.", other: "This kind of file cannot be previewed here." },
    danger: { program: "This file runs a program; do not open it lightly.", disguised: "This file is a program although its name says otherwise; do not open it, ask whoever gave it to you.", macros: "This file holds macros; make sure of its source before opening it." },
    pdfFailed: "This PDF is damaged and cannot be shown", pdfFailedTodo: "Open it with the system's program; if that fails too, ask for another copy.",
    pdfProtected: "This PDF is protected by a password and is not shown here", pdfProtectedTodo: "Open it with the system's program and enter the password, or ask for a copy without one.",
    openAnyway: "Open anyway", openTitle: "Before it is opened",
  },
  leftovers: {
    found: "There are {n} files that were not copied completely ({size} in all), left by copying that was interrupted; they belong to no piece.", clear: "Clear", cleared: "The incomplete files are gone; the pieces of the catalogue are unchanged.",
  },
};
