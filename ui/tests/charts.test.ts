import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { DashboardView, RateRow, RateView } from "../src/api";
import { i18n } from "../src/i18n";
import ChartCard from "../src/results/charts/ChartCard.vue";
import { departmentChart, differenceRows, firstChart, lossChart, lossRows, rateRows, rateWords, secondChart } from "../src/results/charts/charts";
import { tsvOf } from "../src/results/charts/model";
import type { Frame, Translate } from "../src/results/charts/model";
import { readPalette, readPaper } from "../src/results/charts/palette";
import { corner, runs } from "../src/results/charts/radar";
import { cut, plain, widthOf, wrapped } from "../src/results/charts/text";

const t = i18n.global.t as unknown as Translate;
const rate = (fields: Partial<RateView> = {}): RateView => ({ state: "complete", score: "9", max: "10", percent: "90", soFar: "90", soFarPermille: 900, filled: 900, open: "0", openPermille: 0, left: 0, ...fields });
const unscored = rate({ state: "open", score: "0", percent: null, soFar: null, soFarPermille: null, filled: 0, open: "10", openPermille: 1000, left: 2 });
const begun = rate({ state: "begun", score: "4", percent: null, soFar: "80", soFarPermille: 800, filled: 400, open: "5", openPermille: 500, left: 1 });
const row = (code: string, own: RateView, low = false, other: RateView | null = null): RateRow => ({ code, title: `指标${code}`, own, other, low });
const loss = (code: string, amount: string, places = [code]) => ({ code: places.length === 1 ? code : null, label: `句子${code}`, kind: "按规则扣分", amount, percent: "50", places: places.map((place) => ({ code: place, title: "点", amount: "1" })) });
const view = (fields: Partial<DashboardView> = {}): DashboardView => ({
  sheet: "s", stage: "review", other: { sheet: "o", stage: "self", assessor: "周宁", phase: "finalised" }, scored: 3, points: 5, checklist: false, line: { percent: "60", permille: 600, printed: true },
  first: [row("1", rate(), false, rate()), row("2", begun, false, unscored), row("3", unscored)], radar: true, second: [row("1.1", rate({ score: "5", percent: "50", filled: 500 }), true, rate()), row("1.2", unscored), row("1.3", begun)], secondPoints: false,
  losses: { full: "30", lost: "12", given: "18", adjusted: "0", total: "18", bySentence: [loss("1.1-1", "8"), loss("x", "4", ["1.1-2", "1.1-3"])], byKind: [], byIndicator: [], outside: [] },
  departments: [{ department: "教学处", points: 4, scored: 3, withEvidence: 2, missing: 2, score: "9", max: "12" }, { department: null, points: 1, scored: 0, withEvidence: 0, missing: 1, score: "0", max: "3" }],
  differences: [{ code: "1.1-1", title: "点", own: "2", other: "5", max: "5", difference: "-3" }, { code: "1.1-2", title: "点", own: "3", other: "2", max: "5", difference: "+1" }], compared: 3, ...fields,
});
const frame = (width = 600): Frame => ({ width, t, coarse: false, palette: { ...readPalette(), family: "sans", scale: 1 } });

describe("rates", () => {
  it("never show what is unscored as 0", () => {
    expect(rateWords(unscored, t)).toBe("未评");
    expect(rateWords(begun, t)).toBe("已评部分 80 %，余 5 分");
    const bars = rateRows(view().second, view(), t).rows;
    expect(bars[1]!.segments).toEqual([{ style: "own", length: 0 }, { style: "open", length: 100 }]);
    expect(bars[1]!.figures.map((figure) => figure.text)).toEqual(["— / 10", "未评"]);
    expect(secondChart(view(), t).figures.rows[1]!.cells).toEqual(["1.2", "指标1.2", "10", "—", "—", "—", "未评", ""]);
  });
  it("say by word, shape and colour what is below the line", () => {
    const [low] = rateRows(view().second, view(), t).rows;
    expect(low!.segments[0]!.style).toBe("low");
    expect(low!.figures[1]).toEqual({ text: "▽ 50 %", style: "seal" });
    expect(low!.text).toContain("低于 60 %");
    expect(low!.tick).toBe(90);
    expect(secondChart(view(), t).sentence).toBe("二级指标得分率，共 3 项，低于 60 % 的 1 项。它们是：1.1 指标1.1。没有评完的 2 项。");
  });
  it("say when the rubric draws no line, and write a line between the ticks", () => {
    const own = view({ line: { percent: "65", permille: 650, printed: false } });
    expect(secondChart(own, t).legend.at(-1)!.text).toBe("65 % 参照线（本体系没有规定）");
    expect(rateRows(own.second, own, t).line).toEqual({ at: 65, text: "65 %" });
    expect(rateRows(view().second, view(), t).line).toEqual({ at: 60, text: "" });
  });
  it("speak of conformity in a checklist and of points in a flat rubric", () => {
    expect(firstChart(view({ checklist: true }), t).title).toBe("一级指标符合率");
    expect(secondChart(view({ secondPoints: true }), t).title).toBe("各项得分率");
  });
});

describe("radar", () => {
  it("goes clockwise from the top", () => {
    const shape = { cx: 100, cy: 100, radius: 50, count: 4 };
    expect(corner(shape, 0, 1)).toEqual([100, 50]);
    expect(corner(shape, 1, 1).map(Math.round)).toEqual([150, 100]);
  });
  it("is open where nothing is scored", () => {
    expect(runs([[0, 0], [1, 1], null, [3, 3]])).toEqual([[[3, 3], [0, 0], [1, 1]]]);
    expect(runs([[0, 0], [1, 1], [2, 2]])).toEqual([[[0, 0], [1, 1], [2, 2], [0, 0]]]);
    expect(runs([null, null, null])).toEqual([]);
  });
  it("gives way to bars where there are too few axes", () => {
    const few = view({ radar: false, first: view().first.slice(0, 1) });
    expect(firstChart(few, t).draw(frame()).option).toHaveProperty("yAxis");
    expect(firstChart(view(), t).draw(frame()).option).toHaveProperty("radar");
  });
  it("keeps its labels in the frame at every width", () => {
    for (const width of [300, 430, 600, 900]) {
      for (const hit of firstChart(view(), t).draw(frame(width)).hits) {
        expect(hit.left).toBeGreaterThanOrEqual(0);
        expect(hit.left + hit.width).toBeLessThanOrEqual(width);
      }
    }
  });
});

describe("losses, differences and departments", () => {
  it("put the biggest first and lead to every place", () => {
    const chart = lossRows(view(), "sentence", t);
    expect(chart.rows.map((bar) => bar.figures.at(-1)!.text)).toEqual(["−8", "−4"]);
    expect(chart.rows[1]!.places!.map((place) => place.code)).toEqual(["1.1-2", "1.1-3"]);
    expect(lossChart(view(), "sentence", t).note).toBe("已评满分 30，失 12，得 18。");
  });
  it("leave what does not fit to the table and say so", () => {
    const many = view();
    many.losses.bySentence = Array.from({ length: 30 }, (_, at) => loss(`1.1-${at}`, String(30 - at)));
    expect(lossRows(many, "sentence", t).rows).toHaveLength(12);
    expect(lossChart(many, "sentence", t).figures.rows).toHaveLength(30);
    expect(lossChart(many, "sentence", t).note).toContain("全部 30 项在表里");
  });
  it("show the direction of a difference by side, pattern and sign", () => {
    const chart = differenceRows(view(), t);
    expect(chart.rows.map((bar) => [bar.segments[0]!.style, bar.segments[0]!.length, bar.figures[1]!.text])).toEqual([["minus", -3, "−3"], ["plus", 1, "+1"]]);
    expect([chart.from, chart.to]).toEqual([-3, 3]);
  });
  it("name the points that nobody does", () => {
    expect(departmentChart(view(), t).figures.rows[1]!.cells).toEqual(["没有定部门", "1", "0", "0", "1", "0", "3"]);
  });
  it("copy as rows that a spreadsheet takes, one line each", () => {
    const lines = tsvOf(lossChart(view(), "sentence", t).figures).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[2]!.split("\t").at(-1)).toBe("1.1-2 −1、1.1-3 −1");
    expect(tsvOf({ columns: [{ text: "甲", figure: false }], rows: [{ code: null, cells: ["一\n二\t三"] }] })).toBe("甲\n一 二 三");
  });
});

describe("texts of charts", () => {
  it("are cut and wrapped by their width", () => {
    expect(widthOf("中a", 10)).toBeCloseTo(15.6);
    expect(cut("形成性考核和终结性考试", 60, 10)).toBe("形成性考核…");
    expect(cut("短", 60, 10)).toBe("短");
    expect(wrapped("形成性考核和终结性考试", 60, 10, 2)).toEqual(["形成性考核和", "终结性考试"]);
    expect(wrapped("形成性考核和终结性考试", 40, 10, 2)).toEqual(["形成性考", "核和终…"]);
    expect(plain("{a|b}\n")).toBe("｛a|b｝ ");
  });
  it("are light on a picture, and the theme stays", () => {
    document.documentElement.dataset.theme = "dark";
    expect(readPaper().sheet).toBe("#ffffff");
    expect(document.documentElement.dataset.theme).toBe("dark");
  });
});

describe("a card", () => {
  let wrapper: VueWrapper;
  afterEach(() => wrapper.unmount());
  const card = (model = lossChart(view(), "sentence", t), empty = "") => (wrapper = mount(ChartCard, { props: { model, empty, head: [], file: "图.png" }, global: { plugins: [i18n] }, attachTo: document.body }));
  it("has a sentence, and its rows are reached by one Tab and the arrows", async () => {
    card();
    await flushPromises();
    expect(wrapper.get("figure").attributes("aria-label")).toContain("最大的一项：1.1-1 句子1.1-1，失 8");
    const rows = wrapper.findAll<HTMLButtonElement>(".chart__hit");
    expect(rows.map((hit) => hit.attributes("tabindex"))).toEqual(["0", "-1"]);
    rows[0]!.element.focus();
    await rows[0]!.trigger("keydown", { key: "ArrowDown" });
    expect(document.activeElement).toBe(rows[1]!.element);
    await rows[0]!.trigger("click");
    expect(wrapper.emitted("show")).toEqual([["1.1-1"]]);
    await rows[1]!.trigger("click");
    expect(wrapper.get("[data-testid=places-losses]").findAll("button").map((link) => link.text())).toEqual(["1.1-2", "1.1-3"]);
  });
  it("shows the same as a table and copies it", async () => {
    const writeText = vi.fn(async () => undefined);
    Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
    card();
    await flushPromises();
    await wrapper.get("[data-testid=table-of-losses]").trigger("click");
    expect(wrapper.findAll("tbody tr")).toHaveLength(2);
    await wrapper.get("[data-testid=copy-losses]").trigger("click");
    await flushPromises();
    expect(writeText).toHaveBeenCalledWith(tsvOf(lossChart(view(), "sentence", t).figures));
    expect(wrapper.text()).toContain("已复制 2 行");
  });
  it("says in words that there is nothing to draw", () => {
    card(lossChart(view(), "sentence", t), "没有失分");
    expect(wrapper.get("[data-testid=empty-losses]").text()).toBe("没有失分");
    expect(wrapper.find("figure").exists()).toBe(false);
  });
});
