// Taking sheets off the list and putting them back; making the sample.
import { computed, shallowRef } from "vue";
import { useI18n } from "vue-i18n";
import { ask, commands } from "../api";
import { useAttempt } from "./attempt";
import { useHome } from "./home";

/** What was done last, and how to take it back. */
export type Done = { text: string; undo: string[] };

export function useShelf() {
  const { t } = useI18n();
  const { home, load } = useHome();
  const done = shallowRef<Done | null>(null);
  const { problem, busy, attempt } = useAttempt();
  const samples = computed(() => (home.value?.sheets ?? []).filter((sheet) => sheet.sample).map((sheet) => sheet.id));

  async function run<T>(work: () => Promise<T>): Promise<T | null> {
    return attempt(async () => {
      const answer = await work();
      await load();
      return answer;
    });
  }
  async function removeAll(sheets: string[], text: string): Promise<void> {
    const answer = await run(async () => {
      await ask(commands.removeSheets(sheets));
      return true;
    });
    if (answer) done.value = { text, undo: sheets };
  }
  return {
    done, problem, busy, samples,
    remove: (sheet: { id: string; unit: string }) => removeAll([sheet.id], t("bin.removed", { unit: sheet.unit })),
    removeSample: () => removeAll(samples.value, t("sample.removed")),
    async restore(sheets: string[], unit: string | null): Promise<void> {
      const answer = await run(async () => {
        await ask(commands.restoreSheets(sheets));
        return true;
      });
      if (answer) done.value = unit === null ? null : { text: t("bin.restored", { unit }), undo: [] };
    },
    say(text: string): void {
      done.value = { text, undo: [] };
    },
    makeSample: () => run(() => ask(commands.makeSample())),
  };
}
export type Shelf = ReturnType<typeof useShelf>;
