// The format of files of the catalogue: checked one after the other behind the work, each content once in a language.
import { computed, onMounted, onUnmounted, shallowReactive, watch } from "vue";
import type { EvidenceItem, FormatView, Problem } from "../api";
import { problemOf } from "../api";
import { useSettings } from "./settings";
import { useSheet } from "./sheet";

/** What a check found, or why there was none. */
export type FormatOutcome = { view: FormatView } | { problem: Problem };

const CHECKED = /\.(docx|xlsx|pdf)$/i;
const outcomes = shallowReactive(new Map<string, FormatOutcome>());
const running = new Set<string>();
let last: Promise<void> = Promise.resolve();

/** The outcome for a file; asked for while it is shown. */
export function useFormatCheck(item: () => EvidenceItem) {
  const sheet = useSheet();
  const { settings } = useSettings();
  let shown = false;
  const key = computed(() => `${settings.language}:${item().sha256}`);
  const checkable = computed(() => CHECKED.test(item().fileName) && item().presence !== "missing");

  function ask(): void {
    const [wanted, file] = [key.value, item().id];
    // What could not be read may be readable now; the program knows at once when it is not.
    const known = outcomes.get(wanted);
    if (!checkable.value || (known && "view" in known) || running.has(wanted)) return;
    running.add(wanted);
    last = last.then(async () => {
      try {
        if (shown) outcomes.set(wanted, { view: await sheet.checkFormat(file) });
      } catch (error) {
        outcomes.set(wanted, { problem: problemOf(error) });
      } finally {
        running.delete(wanted);
      }
    });
  }
  onMounted(() => {
    shown = true;
    ask();
  });
  onUnmounted(() => {
    shown = false;
  });
  watch([key, checkable], ask);
  return computed(() => (checkable.value ? (outcomes.get(key.value) ?? null) : null));
}
