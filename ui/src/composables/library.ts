// The rubrics at hand: those that ship, and files that were opened since the window was.
import { computed, shallowRef } from "vue";
import { ask, commands } from "../api";
import type { Language, RubricSummary, RubricView } from "../api";
import { useHome } from "./home";

/** A rubric and what the commands call it by: its id, or the path of its file. */
export type RubricRef = { key: string; summary: RubricSummary; path: string | null };

const files = shallowRef<RubricRef[]>([]);

/** The title in the language of the window, where the rubric has one. */
export function rubricTitle(summary: RubricSummary, language: Language): string {
  return language === "en" && summary.titleEn ? summary.titleEn : summary.title;
}

export function useLibrary() {
  const { home } = useHome();
  const shipped = computed<RubricRef[]>(() => (home.value?.rubrics ?? []).map((summary) => ({ key: summary.id, summary, path: null })));
  const all = computed(() => [...shipped.value, ...files.value]);
  function remember(path: string, summary: RubricSummary): void {
    files.value = [...files.value.filter((file) => file.path !== path), { key: path, summary, path }];
  }
  return {
    shipped, files, all, remember,
    /** Reads a rubric by id or path; a file is remembered. */
    async open(key: string): Promise<RubricView> {
      const view = await ask(commands.rubric(key));
      if (!shipped.value.some((known) => known.key === key)) remember(key, view.summary);
      return view;
    },
  };
}
