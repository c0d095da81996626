// Events and dialogs of the desktop. In a plain browser (development) they do nothing or answer null.
import { isTauri } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { getCurrentWindow } from "@tauri-apps/api/window";
import { ask, commands } from "./api";
import type { Progress } from "./api";

export type FileFilter = { name: string; extensions: string[] };
/** Files over the window; x and y are CSS pixels. */
export type DropEvent =
  | { kind: "over"; x: number; y: number }
  | { kind: "drop"; x: number; y: number; paths: string[] }
  | { kind: "leave" };
type Stop = () => void;

const nothing: Stop = () => undefined;

/** Runs `start`; the returned function stops it, also when it is called before the desktop has answered. */
function stoppable(start: () => Promise<Stop>): Stop {
  let stopped = false;
  let stop: Stop = nothing;
  void start().then(
    (done) => {
      stop = done;
      if (stopped) done();
    },
    (error: unknown) => console.error("desktop event", error),
  );
  return () => {
    stopped = true;
    stop();
  };
}

/** Files dragged from the system onto the window. */
export function onFileDrop(handle: (event: DropEvent) => void): Stop {
  if (!isTauri()) return nothing;
  return stoppable(() =>
    getCurrentWebview().onDragDropEvent(({ payload }) => {
      if (payload.type === "leave") return handle({ kind: "leave" });
      // The desktop counts in physical pixels.
      const x = payload.position.x / window.devicePixelRatio;
      const y = payload.position.y / window.devicePixelRatio;
      if (payload.type === "drop") handle({ kind: "drop", x, y, paths: payload.paths });
      else handle({ kind: "over", x, y });
    }),
  );
}

/** Waits for `handle` before the window closes. */
export function onClose(handle: () => Promise<void>): Stop {
  if (!isTauri()) return nothing;
  return stoppable(() => getCurrentWindow().onCloseRequested(handle));
}

/** Progress of attaching and exporting. */
export function onProgress(handle: (progress: Progress) => void): Stop {
  if (!isTauri()) return nothing;
  return stoppable(() => listen<Progress>("progress", (event) => handle(event.payload)));
}

/** Files chosen by the user, empty when the dialog was closed. */
export async function chooseFiles(title: string, filter: FileFilter = { name: "", extensions: [] }): Promise<string[]> {
  return isTauri() ? ask(commands.chooseFiles(title, filter.name, filter.extensions)) : [];
}

/** One file chosen by the user, or null. */
export async function chooseFile(title: string, filter?: FileFilter): Promise<string | null> {
  return (await chooseFiles(title, filter))[0] ?? null;
}

/** A folder chosen by the user, or null. */
export async function chooseFolder(title: string): Promise<string | null> {
  return isTauri() ? ask(commands.chooseFolder(title)) : null;
}
