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
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "i18n" || entry.name === "dev" ? [] : sources(path);
    return /\.(vue|ts)$/.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}
const chinese = flat(zh as Tree);
const english = flat(en as unknown as Tree);
const named = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe("the two languages", () => {
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
});
