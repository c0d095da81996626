import { describe, expect, it } from "vitest";
import type { IndicatorView, PointState, RubricView } from "../src/api";
import { rowsKept, statesOfPoint, statesOfRows } from "../src/composables/states";
import { codeText, listState } from "../src/components/texts";
import rubric from "../src/dev/rubric.json";
import { timeText, whenText } from "../src/i18n/when";

const indicators = (rubric as unknown as RubricView).indicators;
const indicator = (code: string) => indicators.find((row) => row.code === code) as IndicatorView;
const point = (fields: Partial<PointState>): PointState => ({
  code: "x", mark: "3", entered: "3", derived: null, parts: [], quantities: [], missing: [], needsReason: false, remark: "", doubt: false, evidence: 1, reference: null, referenceRemark: null, ...fields,
});

describe("the symbol of a row", () => {
  it("puts the most serious state first and keeps the others", () => {
    const outcome = { code: "x", score: "3", max: "5", deducted: true, vetoed: true, overridden: false, trace: [] };
    expect(statesOfPoint({ state: point({ doubt: true }), outcome, evidence: 0 })).toEqual(["veto", "missing", "doubt", "deducted", "scored"]);
  });
  it("lets an unscored point lack nothing yet: unscored is not zero", () => {
    expect(statesOfPoint({ state: point({ mark: null }), outcome: undefined, evidence: 0 })).toEqual(["unscored"]);
    expect(statesOfPoint({ state: point({ mark: "0" }), outcome: undefined, evidence: 1 })).toEqual(["scored"]);
  });
  it("calls an indicator partial when some rows are scored and some are not", () => {
    expect(statesOfRows([["scored"], ["unscored"]])).toEqual(["partial"]);
    expect(statesOfRows([["unscored"], ["unscored"]])).toEqual(["unscored"]);
    expect(statesOfRows([["doubt", "scored"], ["scored"]])).toEqual(["doubt", "scored"]);
  });
});

describe("filters", () => {
  it("keeps conditions that are not decided among the open rows", () => {
    const facts = { open: new Set(["4.5.3-4", "4.5.3-6"]), pointFacts: () => undefined, present: () => null, changed: new Set(["4.5.3-1", "4.5.2"]) };
    expect(rowsKept(indicator("4.5.3"), "open", facts)).toEqual(["4.5.3-4", "4.5.3-6"]);
    expect(rowsKept(indicator("4.5.2"), "open", facts)).toEqual([]);
    expect(rowsKept(indicator("4.5.3"), "changed", facts)).toEqual(["4.5.3-1"]);
  });
});

describe("wording", () => {
  it("says today and yesterday by the day, not by the hours", () => {
    const now = new Date(2026, 10, 21, 0, 10);
    expect(whenText("2026-11-21 00:01", now, "zh")).toBe("今天 00:01");
    expect(whenText("2026-11-20 23:59", now, "zh")).toBe("昨天 23:59");
    expect(whenText("2026-11-19 23:59", now, "zh")).toBe("11月19日");
    expect(whenText("2025-11-20 23:59", now, "zh")).toBe("2025年11月20日");
    expect(whenText("2026-11-20 23:59", now, "en")).toBe("yesterday 23:59");
    expect(whenText("2025-11-20 23:59", now, "en")).toBe("20 November 2025");
    expect(whenText("someday", now, "en")).toBe("someday");
  });
  it("says a time in full in the language of the window", () => {
    expect(timeText("2026-11-21 22:05", "zh")).toMatch(/^2026年11月21日 ?22:05$/);
    expect(timeText("2026-11-21", "en")).toBe("21 November 2026");
  });
  it("prints a point's code as the sheets do", () => {
    expect(codeText("4.5.3-4")).toBe("4.5.3（4）");
    expect(codeText("4.5.2")).toBe("4.5.2");
  });
  it("tells a draft that was begun from one that was not", () => {
    expect(listState({ phase: "draft", scored: 0 })).toBe("fresh");
    expect(listState({ phase: "draft", scored: 1 })).toBe("running");
    expect(listState({ phase: "draft", scored: 3, points: 3 })).toBe("complete");
    expect(listState({ phase: "signed", scored: 0 })).toBe("signed");
  });
});
