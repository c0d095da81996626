// Keys of a view. A binding is written "Ctrl+Shift+Z"; Ctrl stands for Command on a Mac. All of them stand in shortcuts.ts.
import { onScopeDispose } from "vue";
import { ofInputMethod } from "./composition";
import type { Binding } from "./shortcuts";

export type Keys = Partial<Record<Binding, (event: KeyboardEvent) => void | boolean>>;

/** The name of the pressed key as bindings write it. */
export function keyName(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const shift = event.shiftKey && !(event.key.length === 1 && !/[a-z]/i.test(event.key));
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}

/** Whether typing in this element is text, so that plain keys belong to it. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLTextAreaElement || target.isContentEditable) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type);
}

/** Keys that belong to a text while one is being written; a field of a mark is not such a text. */
export function inText(event: Event): boolean {
  return takesText(event.target) && !(event.target as HTMLElement).matches("[data-entry]");
}

/** The dialog or drawer that was opened last: it has the keyboard. */
export function topDialog(): HTMLElement | null {
  return [...document.querySelectorAll<HTMLElement>(".el-overlay")].findLast((overlay) => overlay.style.display !== "none") ?? null;
}
/** Whether a dialog or drawer is open. */
export const dialogOpen = () => topDialog() !== null;

/** Listens while the calling component lives. A handler that returns false lets the key pass. */
export function useKeys(keys: Keys): void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || ofInputMethod(event) || dialogOpen()) return;
    const handle = keys[keyName(event) as Binding];
    if (handle && handle(event) !== false) event.preventDefault();
  };
  window.addEventListener("keydown", listen);
  onScopeDispose(() => window.removeEventListener("keydown", listen));
}
