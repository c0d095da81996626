import { describe, expect, it } from "vitest";
import type { RubricView } from "../src/api";
import { groupsOf } from "../src/composables/groups";
import { find, folded, rubricSources, snippet } from "../src/composables/search";
import type { Hit } from "../src/composables/search";
import { offsets, rowAt } from "../src/composables/virtual";
import rubric from "../src/dev/rubric.json";

const sources = rubricSources(groupsOf(rubric as unknown as RubricView));
const hits = (query: string): Hit[] => sources.flatMap((one) => find(one, query) ?? []);
const groups = (query: string) => [...new Set(hits(query).map((hit) => hit.group))];

describe("finding in all texts", () => {
  it("finds a code without its dots, and text of points", () => {
    expect(groups("453")).toContain("4.5.3");
    expect(groups("4534")).toContain("4.5.3");
    expect(groups("453")).not.toContain("4.5.2");
    expect(groups("诚信")).toContain("4.5.3");
    expect(groups("诚信")).not.toContain("3.2.1");
  });
  it("takes full-width signs and capitals for the plain ones", () => {
    expect(folded("４．５．３　ABC（１）")).toBe("4.5.3 abc(1)");
    expect(groups("４５３")).toEqual(groups("453"));
  });
  it("wants all words of a query in one text, and shows the words around the hit", () => {
    const found = hits("诚信 学生").find((hit) => hit.code === "4.5.3-4")!;
    expect(found.place).toBe("text");
    const { before, match, after } = snippet(found);
    expect(match).toBe("诚信");
    expect(`${before.replace("…", "")}${match}${after}`.length).toBeGreaterThan(4);
    expect(found.text).toContain(`${before.replace("…", "")}${match}`);
    expect(hits("诚信 考不到的词")).toEqual([]);
  });
  it("finds nothing for blanks, and no code by words", () => {
    expect(hits("   ")).toEqual([]);
    expect(hits("诚").every((hit) => hit.place !== "code")).toBe(true);
  });
});

describe("a long list", () => {
  const tops = offsets([34, 30, 30, 50, 30]);
  it("knows where its rows begin and which is at a place", () => {
    expect(tops).toEqual([0, 34, 64, 94, 144, 174]);
    expect([-5, 0, 33, 34, 100, 143, 144, 900].map((place) => rowAt(tops, place))).toEqual([0, 0, 0, 1, 3, 3, 4, 4]);
    expect(rowAt(offsets([]), 0)).toBe(0);
  });
});
