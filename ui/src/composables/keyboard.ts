// Keys of a view. A binding is written "Ctrl+Shift+Z"; Ctrl stands for Command on a Mac.
import { onScopeDispose } from "vue";

export type Keys = Record<string, (event: KeyboardEvent) => void | boolean>;

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

/** Whether a dialog or drawer is open: it has the keyboard. */
export function dialogOpen(): boolean {
  return [...document.querySelectorAll(".el-overlay")].some((overlay) => (overlay as HTMLElement).style.display !== "none");
}

/** Listens while the calling component lives. A handler that returns false lets the key pass. */
export function useKeys(keys: Keys): void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || dialogOpen()) return;
    const handle = keys[keyName(event)];
    if (handle && handle(event) !== false) event.preventDefault();
  };
  window.addEventListener("keydown", listen);
  onScopeDispose(() => window.removeEventListener("keydown", listen));
}
