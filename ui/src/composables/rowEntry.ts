// Entering a row. By the mouse only when the button is up again: a row that opens or closes in between
// would move the thing under the pointer away, and the click would be lost.
import { onScopeDispose } from "vue";

export function useRowEntry(enter: (target: EventTarget | null) => void) {
  let pressed = false;
  const release = () => {
    // after the click that follows
    setTimeout(() => {
      pressed = false;
    });
  };
  window.addEventListener("pointerup", release);
  window.addEventListener("pointercancel", release);
  onScopeDispose(() => {
    window.removeEventListener("pointerup", release);
    window.removeEventListener("pointercancel", release);
  });
  return {
    pointerdown: () => {
      pressed = true;
    },
    focusin: (event: FocusEvent) => {
      if (!pressed) enter(event.target);
    },
    click: (event: MouseEvent) => enter(event.target),
  };
}
