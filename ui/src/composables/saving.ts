// Writing a file: the folder, the name, and asking before a file that is there is overwritten.
import { computed, ref, shallowRef, watch } from "vue";
import { problemOf } from "../api";
import type { Problem } from "../api";
import { useSettings } from "./settings";

const EXISTS = "app.file-exists";

/** A file in a folder, in the spelling of the system that the folder's path has. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.includes("\\") && !folder.includes("/") ? "\\" : "/";
  return `${folder.trim().replace(/[\\/]+$/, "")}${separator}${name.trim()}`;
}

/** The last part of a path without its ending. */
export function stemOf(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? "").replace(/\.[^.]*$/, "");
}

export function useSaving() {
  const { settings, change } = useSettings();
  const folder = ref("");
  const name = ref("");
  const tried = ref(false);
  const busy = ref(false);
  const exists = ref(false);
  const problem = shallowRef<Problem | null>(null);
  const path = computed(() => joinPath(folder.value, name.value));
  const complete = computed(() => folder.value.trim() !== "" && name.value.trim() !== "");

  function forget(): void {
    exists.value = false;
    problem.value = null;
  }
  watch([folder, name], forget);
  return {
    folder, name, tried, busy, exists, problem, path, complete,
    /** Begins anew, with the folder that was used last. */
    begin(file: string): void {
      folder.value = settings.directory;
      name.value = file;
      tried.value = false;
      forget();
    },
    /** Sends the path; a file that is there is only overwritten with `replace`. Null where it was refused. */
    async save<T>(send: (path: string, replace: boolean) => Promise<T>, replace: boolean): Promise<T | null> {
      tried.value = true;
      if (!complete.value || busy.value) return null;
      busy.value = true;
      forget();
      try {
        const answer = await send(path.value, replace);
        change({ directory: folder.value.trim() });
        return answer;
      } catch (error) {
        const refused = problemOf(error);
        exists.value = refused.code === EXISTS;
        problem.value = exists.value ? null : refused;
        return null;
      } finally {
        busy.value = false;
      }
    },
  };
}
