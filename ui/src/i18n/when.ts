// Dates and times as people say them, in the language of the window.
import type { Language } from "../api";

const DAY = 86_400_000;
const locales: Record<Language, string> = { zh: "zh-CN", en: "en-GB" };

/** Local time "2026-11-21 22:05" of the program; null where it is something else. */
function parsed(at: string): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}))?/.exec(at);
  if (!match) return null;
  const [year, month, day, hour = 0, minute = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return new Date(year ?? 0, (month ?? 1) - 1, day, hour, minute);
}

/** 今天 22:05, 昨天 22:05, 11月9日, 2025年11月9日; in English today 22:05, 9 November, 9 November 2025. */
export function whenText(at: string, now: Date, language: Language): string {
  const then = parsed(at);
  if (!then) return at;
  const locale = locales[language];
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(then) - midnight(now)) / DAY);
  if (days === 0 || days === -1) {
    const day = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
    const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hour12: false }).format(then);
    return `${day} ${time}`;
  }
  const sameYear = then.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(locale, { year: sameYear ? undefined : "numeric", month: "long", day: "numeric" }).format(then);
}

/** Date and time in full: 2026年11月21日 22:05. */
export function timeText(at: string, language: Language): string {
  const then = parsed(at);
  if (!then) return at;
  const withTime = at.includes(":");
  return new Intl.DateTimeFormat(locales[language], {
    year: "numeric", month: "long", day: "numeric", ...(withTime ? { hour: "2-digit", minute: "2-digit", hour12: false } : {}),
  }).format(then);
}

/** A count with the separators of the language. */
export function countText(count: number, language: Language): string {
  return new Intl.NumberFormat(locales[language]).format(count);
}
