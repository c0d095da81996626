import { createI18n } from "vue-i18n";
import type { Language } from "../api";
import { en } from "./en";
import { zh } from "./zh";

export const i18n = createI18n({ legacy: false, locale: "zh", fallbackLocale: "zh", messages: { zh, en } });

export function setLocale(language: Language): void {
  i18n.global.locale.value = language;
}
