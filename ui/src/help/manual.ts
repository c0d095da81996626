// The manual as it is bundled with the page: chapters of Markdown, cut into sections.
import type { Language } from "../api";
import type { HelpPlace } from "../composables/help";

/** A heading with what stands under it, up to the next heading. */
export type Section = { id: string; chapter: string; level: 1 | 2; title: string; text: string };
export type Chapter = { name: string; title: string; sections: Section[] };

const files = import.meta.glob<string>("../../../docs/manual/*/*.md", { query: "?raw", import: "default", eager: true });
const pictures = import.meta.glob<string>("../../../docs/images/*.png", { query: "?url", import: "default", eager: true });

/** The chapter that fits a place. */
const PLACES: Record<string, string> = {
  home: "01-start", office: "04-office", verify: "07-sign", rubrics: "09-files", trust: "12-trust",
  desk: "05-desk", evidence: "06-evidence", writing: "02-unit", tasks: "02-unit",
  results: "05-desk", problems: "04-office", papers: "07-sign", documents: "07-sign", history: "13-history",
};

function cut(name: string, source: string): Chapter {
  const sections: Section[] = [];
  let fenced = false;
  for (const line of source.split("\n")) {
    if (line.startsWith("```")) fenced = !fenced;
    const heading = fenced ? null : /^(#{1,2}) (.+)$/.exec(line);
    if (heading) {
      const level = heading[1] === "#" ? 1 : 2;
      sections.push({ id: `${name}-${sections.length}`, chapter: name, level, title: heading[2] ?? "", text: "" });
    } else {
      const last = sections.at(-1);
      if (last) last.text += `${line}\n`;
    }
  }
  return { name, title: sections[0]?.title ?? name, sections };
}

export function manual(language: Language): Chapter[] {
  return Object.keys(files)
    .filter((path) => path.includes(`/${language}/`))
    .sort()
    .map((path) => cut(path.split("/").at(-1)?.replace(/\.md$/, "") ?? path, files[path] ?? ""));
}

/** The name of the chapter that fits a place. */
export function chapterOf(place: HelpPlace): string {
  return PLACES[place] ?? "01-start";
}

/** The picture that a chapter names by its path, as the page can load it. */
export function pictureOf(path: string): string | undefined {
  const name = path.split("/").at(-1);
  const key = Object.keys(pictures).find((known) => known.endsWith(`/${name}`));
  return key ? pictures[key] : undefined;
}

/** Sections that hold all the words, those with the words in their title first. */
export function search(chapters: Chapter[], query: string): Section[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const holds = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const found = chapters.flatMap((chapter) => chapter.sections).filter((section) => holds(`${section.title} ${section.text}`));
  return found.sort((a, b) => Number(holds(b.title)) - Number(holds(a.title)));
}

/** The words around the first hit, without the signs of Markdown. */
export function around(section: Section, query: string): string {
  const plain = section.text.replace(/!\[[^\]]*\]\([^)]*\)/g, "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*`#>|]|^-+$/gm, "").replace(/\s+/g, " ").trim();
  const word = query.trim().split(/\s+/)[0]?.toLowerCase() ?? "";
  const at = Math.max(plain.toLowerCase().indexOf(word), 0);
  const from = Math.max(at - 20, 0);
  return `${from > 0 ? "…" : ""}${plain.slice(from, at + 60)}${at + 60 < plain.length ? "…" : ""}`;
}
