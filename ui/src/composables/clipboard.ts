/** Copies a text; says whether that was possible. Not every web view lets a page write the clipboard: then what shows
 * the text is selected, and copied in the older way. */
export async function copyText(text: string, shown: Element | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (!shown) return false;
    getSelection()?.selectAllChildren(shown);
    return document.execCommand("copy");
  }
}
