import { expect, test } from "vitest";
import { shared } from "../src/composables/sharing";

test("what says the same stays the same object", () => {
  const before: { total: string; points: { code: string; mark: string | null; trace: { text: string }[] }[] } = { total: "1", points: [{ code: "a", mark: "1", trace: [{ text: "x" }] }, { code: "b", mark: null, trace: [] }] };
  const after = shared(before, { total: "3", points: [{ code: "a", mark: "1", trace: [{ text: "x" }] }, { code: "b", mark: "2", trace: [] }] });
  expect(after).toEqual({ total: "3", points: [{ code: "a", mark: "1", trace: [{ text: "x" }] }, { code: "b", mark: "2", trace: [] }] });
  expect(after).not.toBe(before);
  expect(after.points[0]).toBe(before.points[0]);
  expect(after.points[1]).not.toBe(before.points[1]);
});

test.each([
  [{ a: 1 }, { a: 1, b: undefined }],
  [{ a: 1, b: 2 }, { a: 1 }],
  [{ b: undefined }, { a: undefined }],
  [[1, 2], [1]],
  [[1], [1, 2]],
  [[], {}],
  [{ a: null }, { a: {} }],
])("%j is not %j", (before: unknown, after: unknown) => {
  expect(shared(before, after)).toBe(after);
  expect(shared(before, structuredClone(after))).toStrictEqual(after);
});

test("the same answer twice is the first one", () => {
  const before = { points: [{ code: "a", parts: [null, { kind: "mark" }] }] };
  expect(shared(before, structuredClone(before))).toBe(before);
});
