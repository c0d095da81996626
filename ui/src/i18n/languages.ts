// Each language under its own name, whatever the language of the window.
import type { Language } from "../api";

export const languageNames: Record<Language, string> = { zh: "中文", en: "English" };
/** A sentence of the source, to try its font on. */
export const SOURCE_SENTENCE = "有效落实学生诚信教育情况（5分）";
