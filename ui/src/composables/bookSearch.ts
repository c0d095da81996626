// Searching through every text of a rubric.
import type { RubricView } from "../api";

/** The views of a rubric besides its indicators. */
export const SECTIONS = ["about", "quantities", "adjustments", "readings"] as const;
export type Section = (typeof SECTIONS)[number];
/** Where a text stands: a section, or the indicator with this code. */
export type Spot = { section: Section; indicator?: undefined } | { section?: undefined; indicator: string };
/** A text that can be found. */
export type BookText = { code: string; title: string; text: string; spot: Spot };
/** A text that was found, cut where the words are. */
export type Hit = BookText & { before: string; found: string; after: string };

const AROUND = 40;

function placeTexts(rubric: RubricView): BookText[] {
  return rubric.indicators.flatMap((indicator) => {
    const spot: Spot = { indicator: indicator.code };
    const of = (code: string, title: string, texts: (string | null)[]) => ({ code, title, text: texts.filter(Boolean).join("\n"), spot });
    return [
      of(indicator.code, indicator.title, [indicator.text, indicator.note, indicator.guidance, indicator.collection, ...indicator.departments, ...indicator.lead, ...indicator.assisting]),
      ...indicator.points.map((point) => of(point.code, point.title, [point.text, point.note])),
      ...[...indicator.points.flatMap((point) => point.limits), ...indicator.limits].map((limit) => of(limit.code, limit.title, [limit.text, limit.note])),
    ];
  });
}

/** Every text of a rubric, in its order. */
export function textsOf(rubric: RubricView): BookText[] {
  const about: Spot = { section: "about" };
  return [
    ...placeTexts(rubric),
    ...rubric.adjustments.map((one) => ({ code: one.code, title: one.title, text: [one.text, one.note].filter(Boolean).join("\n"), spot: { section: "adjustments" } as Spot })),
    ...rubric.quantities.map((one) => ({ code: "", title: one.name, text: one.note ?? "", spot: { section: "quantities" } as Spot })),
    ...rubric.conversions.map((one) => ({ code: "", title: one.name, text: one.sentence, spot: { section: "quantities" } as Spot })),
    ...rubric.readings.map((one) => ({ code: one.id, title: "", text: one.text, spot: { section: "readings" } as Spot })),
    ...rubric.grades.map((one) => ({ code: "", title: one.name, text: one.sentence, spot: about })),
    ...rubric.notes.map((one) => ({ code: one.number, title: "", text: one.text, spot: about })),
  ];
}

/** A code without its dots: 453 finds 4.5.3. */
const bare = (code: string) => code.toLowerCase().replace(/[^0-9a-z]/g, "");

/** Those that hold the words, in a title or text; a code is found by its beginning. */
export function find(texts: BookText[], query: string): Hit[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return [];
  return texts.flatMap((one) => {
    const at = one.text.toLowerCase().indexOf(wanted);
    const inTitle = one.title.toLowerCase().includes(wanted);
    const byCode = /\d/.test(wanted) && bare(wanted) !== "" && bare(one.code).startsWith(bare(wanted));
    if (at < 0 && !inTitle && !byCode) return [];
    const from = Math.max(0, at - AROUND);
    const text = one.text.replace(/\n/g, " ");
    if (at < 0) return [{ ...one, before: text.slice(0, 2 * AROUND), found: "", after: "" }];
    const end = at + wanted.length;
    return [{ ...one, before: (from > 0 ? "…" : "") + text.slice(from, at), found: text.slice(at, end), after: text.slice(end, end + 2 * AROUND) }];
  });
}
