// Putting a piece of text at the cursor of a field, so that Ctrl+Z takes it out again.

/** Puts `piece` in place of the selection; the cursor stands behind it. */
export function insertAtCursor(field: HTMLTextAreaElement, piece: string): void {
  field.focus();
  const { selectionStart: start, selectionEnd: end } = field;
  // Only this command keeps the field's own history of changes; where it is missing the text is put in directly.
  if (typeof document.execCommand === "function" && document.execCommand("insertText", false, piece)) return;
  field.setRangeText(piece, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
