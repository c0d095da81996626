// Changing a field so that its own history of changes holds it. Only the browser's editing commands keep that history.
type EditCommand = "insertText" | "undo" | "redo";

function edit(command: EditCommand, text = ""): boolean {
  return typeof document.execCommand === "function" && document.execCommand(command, false, text);
}

/** Puts `piece` in place of the selection; the cursor stands behind it. */
export function insertAtCursor(field: HTMLTextAreaElement, piece: string): void {
  field.focus();
  const { selectionStart: start, selectionEnd: end } = field;
  if (edit("insertText", piece)) return;
  field.setRangeText(piece, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Takes the last change of the field that has the focus back, or does it again. Not every web view does so by itself. */
export function stepField(command: "undo" | "redo"): boolean {
  return edit(command);
}
