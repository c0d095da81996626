import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { en } from "../src/i18n/en";
import { zh } from "../src/i18n/zh";

type Tree = { [key: string]: string | Tree };
function flat(tree: Tree, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const name = path ? `${path}.${key}` : key;
    if (typeof value === "string") found.set(name, value);
    else for (const [inner, text] of flat(value, name)) found.set(inner, text);
  }
  return found;
}
function files(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "i18n" || entry.name === "dev" ? [] : files(path);
    return /\.(vue|ts)$/.test(entry.name) ? [{ path, text: readFileSync(path, "utf8") }] : [];
  });
}
const sources = (folder: string) => files(folder).map(({ text }) => text);
/** Comments may say 评分 as the source does; `//` inside an address is none. */
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/<!--[\s\S]*?-->/g, "").replace(/(^|[\s;{}(,])\/\/.*$/gm, "$1");
const chinese = flat(zh as Tree);
const english = flat(en as unknown as Tree);
/** Files with words of the sources that are compared with, not said; the seal is a picture of the two words on it. */
const SOURCE_WORDS = new Set([
  "src/composables/recorded.ts", "src/composables/roster.ts", "src/composables/states.ts", "src/desk/LimitRow.vue", "src/documents/ResultCard.vue",
  "src/parts/ConformInput.vue", "src/rubrics/BookIndicator.vue",
]);
const named = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe("the two languages", () => {
  it("take each group of texts from one file", () => {
    const modules = import.meta.glob<Record<string, Tree>>("../src/i18n/*.zh.ts", { eager: true });
    const groups = Object.values(modules).flatMap((module) => Object.values(module).flatMap((tree) => Object.keys(tree)));
    expect(groups.filter((group, index) => groups.indexOf(group) !== index)).toEqual([]);
  });
  it("have the same keys and the same values in their sentences", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
    for (const [key, text] of chinese) expect(named(english.get(key) ?? ""), key).toEqual(named(text));
  });
  it("leave no text empty but the counter word that English does not have", () => {
    expect([...chinese].filter(([, text]) => text === "")).toEqual([]);
    expect([...english].filter(([, text]) => text === "").map(([key]) => key)).toEqual(["score.items"]);
  });
  it("hold no sign that the message format reserves", () => {
    for (const text of [...chinese.values(), ...english.values()]) expect(text).not.toMatch(/[@|]/);
  });
  it("contain every key that a component names", () => {
    const used = sources("src").flatMap((source) => [...source.matchAll(/\bt\(\s*["'`]([\w.-]+)["'`]/g)].map((match) => match[1] ?? ""));
    expect(used.length).toBeGreaterThan(150);
    expect(used.filter((key) => !chinese.has(key))).toEqual([]);
  });
  it("stand in the files of texts and nowhere else", () => {
    const literal = files("src").filter(({ path }) => path !== "src/bindings.ts" && !SOURCE_WORDS.has(path)).flatMap(({ path, text }) => [...withoutComments(text).matchAll(/.*\p{Script=Han}.*/gu)].map((line) => `${path}: ${line[0].trim()}`));
    expect(literal).toEqual([]);
  });
  it("have no key that nothing asks for", () => {
    const text = sources("src").join("\n");
    const plain = new Set([...text.matchAll(/["'`]([a-zA-Z][\w-]*(?:\.[\w-]+)+)["'`]/g)].map((match) => match[1]));
    // A key with a part that is known only when it runs: `phase.${state}`.
    const patterns = [...text.matchAll(/`([a-zA-Z][\w-]*(?:\.[^`]*)?\$\{[^`]*)`/g)]
      .map((match) => (match[1] ?? "").split(/\$\{[^}]*\}/))
      .filter((parts) => parts.every((part) => /^[\w.-]*$/.test(part)) && parts.join("").includes("."))
      .map((parts) => new RegExp(`^${parts.map((part) => part.replace(/\./g, "\\.")).join("[\\w-]+")}$`));
    const unused = [...chinese.keys()].filter((key) => !plain.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });
});
