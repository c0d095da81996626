// Ctrl+Enter does what the view is for: its primary button, or that of the dialog that is open.
import { nextTick, onScopeDispose } from "vue";
import { keyName, topDialog } from "./keyboard";
import type { Binding } from "./shortcuts";

const KEY: Binding = "Ctrl+Enter";

/** The first primary button of the view or the open dialog that can be pressed: later steps come later. */
export function primaryButton(): HTMLButtonElement | null {
  const scope: ParentNode = topDialog() ?? document;
  const all = [...scope.querySelectorAll<HTMLButtonElement>("button.btn--primary, [data-primary]")];
  return all.find((button) => !button.disabled && button.getClientRects().length > 0) ?? null;
}

/** Listens while the calling component lives. A text that has the key for itself keeps it. */
export function usePrimaryKey(): void {
  const listen = async (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || keyName(event) !== KEY) return;
    const button = primaryButton();
    if (!button) return;
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); // what was typed is sent first
    await nextTick();
    button.click();
  };
  const heard = (event: KeyboardEvent) => void listen(event);
  window.addEventListener("keydown", heard);
  onScopeDispose(() => window.removeEventListener("keydown", heard));
}
