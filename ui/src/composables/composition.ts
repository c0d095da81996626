// Input methods. While a word is being composed, every key belongs to the input method: Enter confirms the word and does
// nothing else. Some web views send that Enter when the composition has ended already, with the code that says so.
const OF_INPUT_METHOD = 229;
let composing = false;

/** Whether a word is being composed: what stands in the field is not yet what the person writes. */
export const isComposing = () => composing;

/** Whether a key belongs to an input method. */
export function ofInputMethod(event: KeyboardEvent): boolean {
  return composing || event.isComposing || event.keyCode === OF_INPUT_METHOD;
}

/** Keeps the keys of a composition from every listener of the page; the input method itself still gets them. */
export function guardComposition(): () => void {
  const begin = () => {
    composing = true;
  };
  const end = () => {
    composing = false;
  };
  const guard = (event: KeyboardEvent) => {
    if (ofInputMethod(event)) event.stopImmediatePropagation();
  };
  window.addEventListener("compositionstart", begin, true);
  window.addEventListener("compositionend", end, true);
  window.addEventListener("blur", end, true); // a field that goes away while it composes sends no end
  window.addEventListener("keydown", guard, true);
  return () => {
    window.removeEventListener("compositionstart", begin, true);
    window.removeEventListener("compositionend", end, true);
    window.removeEventListener("blur", end, true);
    window.removeEventListener("keydown", guard, true);
    composing = false;
  };
}
