import { flushPromises, mount } from "@vue/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { MarkView, PanelCell, PanelUnit, ProfileView, ResultsQuery, ResultsView, RubricView, TrendView } from "../src/api";
import { commands } from "../src/api";
import { askedOf, fresh, isFiltered, nextSort, queryOf } from "../src/composables/officeResults";
import { i18n } from "../src/i18n";
import MarkDrawer from "../src/office/results/MarkDrawer.vue";
import ResultTable from "../src/office/results/ResultTable.vue";
import ResultsPage from "../src/office/results/ResultsView.vue";
import SavedViews from "../src/office/results/SavedViews.vue";
import UnitList from "../src/office/results/UnitList.vue";
import { drawDots } from "../src/office/results/charts/dots";
import { drawLines, lowest, placeOf } from "../src/office/results/charts/lines";
import { MOST_ROWS, compareChart, gradesChart, indicatorsChart, ownChart, progressChart, rankingChart, trendChart } from "../src/office/results/charts/models";
import { columnsOf } from "../src/office/results/columns";
import { readPalette } from "../src/results/charts/palette";
import type { Frame, Translate } from "../src/results/charts/model";
import { outline, seriesOf, symbolOf } from "../src/results/charts/series";
import { SERIES } from "../src/results/charts/model";

const t = i18n.global.t as unknown as Translate;
const frame = (width = 600): Frame => ({ width, t, coarse: false, palette: { ...readPalette(), family: "sans", scale: 1 } });
const query = (fields: Partial<ResultsQuery> = {}): ResultsQuery => ({ ...queryOf(fresh()), ...fields });
const cell = (total: string | null, code = "counted"): PanelCell => ({ standing: { code, text: code }, total, grade: null, dropped: "", outlier: false });
const unit = (name: string, total: string | null, cells = [cell(total), cell(null, "missing")]): PanelUnit => ({ unit: name, cells, counted: total === null ? 0 : 1, spread: null, total, grade: total === null ? null : "合格", vetoed: false, flags: total === null ? [{ code: "too-few", text: "只有 0 份计入" }] : [], failing: false, agreed: false } as PanelUnit);
const summary = { id: "p1", name: "2026 复评", rubric: "r", rubricTitle: "小表", edition: "2026", year: 2026, stage: "review" as const };

function results(units: PanelUnit[], asked: Partial<ResultsQuery> = {}): ResultsView {
  const ranked = units.filter((one) => one.total !== null);
  return {
    panel: { panel: summary, members: [{ name: "周敏", organisation: "专家组", leader: true }, { name: "李维", organisation: "专家组", leader: false }], max: "10", units, policyText: "平均" } as unknown as ResultsView["panel"],
    query: query(asked), all: units.length, of: null, choices: [{ code: "A", title: "甲", level: 1, max: "6" }, { code: "A.1", title: "甲一", level: 2, max: "6" }], gradeChoices: ["合格", ""],
    progress: [{ name: "周敏", organisation: "专家组", counted: ranked.length, waiting: 0, faulty: 0, away: 1 }, { name: "李维", organisation: "专家组", counted: 0, waiting: units.length, faulty: 0, away: 0 }],
    ranking: ranked.map((one, at) => ({ rank: at + 1, tied: false, unit: one.unit, total: one.total!, percent: "60", grade: "合格", vetoed: false, missing: 1 })),
    unranked: units.filter((one) => one.total === null).map((one) => one.unit), grades: [{ grade: "合格", units: ranked.length, share: "66.67" }, { grade: null, units: units.length - ranked.length, share: null }], line: "60",
    indicators: [{ code: "A", title: "甲", level: 1, max: "6", percent: "50", lowest: "1", highest: "5", below: 2, units: 3 }, { code: "B", title: "乙", level: 1, max: "4", percent: "90", lowest: "3", highest: "4", below: 0, units: 3 }],
    own: [{ unit: "并州", own: "9", panel: "6", difference: "-3" }, { unit: "上党", own: "5", panel: "6", difference: "+1" }, { unit: "汾曲", own: null, panel: "6", difference: null }],
  };
}
const three = () => [unit("并州", "6"), unit("上党", "6"), unit("漳源", null)];
afterEach(() => { vi.restoreAllMocks(); });

describe("what is asked for", () => {
  it("turns the order of a column round, and then gives the view's own back", () => {
    const first = nextSort(null, "panel", true);
    expect(first).toEqual({ column: "panel", descending: true });
    expect(nextSort(first, "panel", true)).toEqual({ column: "panel", descending: false });
    expect(nextSort({ column: "panel", descending: false }, "panel", true)).toBeUndefined();
    expect(nextSort(first, "unit", false)).toEqual({ column: "unit", descending: false });
  });
  it("sends units and levels only to the views that are about them", () => {
    const asked = { ...fresh(), one: "并州", some: ["上党", "漳源"], level: 2, sorts: { ranking: { column: "unit", descending: false } } };
    expect(queryOf(asked)).toMatchObject({ table: "ranking", units: [], level: null, sort: { column: "unit" } });
    expect(queryOf(asked, "profile")).toMatchObject({ units: ["并州"], level: null, sort: null });
    expect(queryOf(asked, "compare")).toMatchObject({ units: ["上党", "漳源"], level: 2 });
    expect(queryOf({ ...asked, some: [] }, "trend").level).toBe(0);
  });
  it("comes back from a saved view as it was", () => {
    const saved = query({ table: "compare", search: "州", grades: ["合格"], complete: true, indicator: "A", below: true, level: 2, units: ["并州", "上党"], sort: { column: "all", descending: true } });
    const asked = askedOf(saved, fresh());
    expect(queryOf(asked)).toEqual(saved);
    expect(isFiltered(asked)).toBe(true);
    expect(isFiltered(fresh())).toBe(false);
  });
});

describe("tables", () => {
  it("have a column for every member, named as the program names them", () => {
    const columns = columnsOf("matrix", results(three()), t);
    expect(columns.map((column) => column.key)).toEqual(["unit", "member-1", "member-2", "counted", "spread", "panel", "grade"]);
    expect(columns.filter((column) => column.width === null)).toHaveLength(1);
  });
  it("draw only the rows that are seen, and say which column sorts", async () => {
    const rows = Array.from({ length: 1000 }, (_, at) => `单位${at}`);
    const columns = [{ key: "unit", text: "单位", figure: false, width: null }, { key: "panel", text: "合议分", figure: true, width: 90 }];
    const started = performance.now();
    const table = mount(ResultTable, { props: { caption: "名次", columns, rows, keyOf: (row: unknown) => String(row), sort: { column: "panel", descending: true }, testid: "table" }, slots: { cell: ({ row }: { row: unknown }) => String(row) }, global: { plugins: [i18n] } });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(table.findAll("tbody tr[data-key]").length).toBeLessThan(120);
    expect(table.findAll("th").map((head) => head.attributes("aria-sort"))).toEqual(["none", "descending"]);
    await table.get("[data-testid='sort-unit']").trigger("click");
    expect(table.emitted("sort")![0]).toEqual([columns[0]]);
  });
});

describe("charts", () => {
  it("leave the rest of many units to the table, and mark those that wait for sheets", () => {
    const many = results(Array.from({ length: 80 }, (_, at) => unit(`单位${at}`, "6")));
    const chart = rankingChart(many, t);
    expect(chart.draw(frame()).hits).toHaveLength(MOST_ROWS);
    expect(chart.note).toContain("80");
    expect(chart.figures.rows).toHaveLength(80);
    expect(chart.legend.map((entry) => entry.style)).toContain("open");
    expect(chart.draw(frame()).hits[0]!.places).toEqual([{ code: "单位0", text: "" }]);
  });
  it("say what they show in a sentence", () => {
    const view = results(three());
    expect(progressChart(view, t).sentence).toContain("3 份还没有");
    expect(gradesChart(view, t).sentence).toContain("没有等次 1 个");
    expect(indicatorsChart(view, t).sentence).toContain("低于 60 % 的 1 项");
    expect(ownChart(view, t).sentence).toContain("2 个单位可比，其中 1 个自评高于合议");
    expect(ownChart(view, t).figures.rows[0]!.cells[3]).toBe("−3");
  });
  it("tell series apart by shape", () => {
    expect(new Set(SERIES.map((style) => outline(style, 5))).size).toBe(4);
    expect(new Set(SERIES.slice(0, 4).map(symbolOf)).size).toBe(4);
    expect(seriesOf(5)).toBe(seriesOf(0));
  });
  it("put units beside each other in rows, a dot for each result", () => {
    const view: ProfileView = { panel: summary, units: ["并州", "漳源"], totals: ["6", null], grades: ["合格", null], rows: [{ code: "A", title: "甲", level: 1, max: "6", scores: ["3", null], percents: ["50", null], own: [null, null], all: "70", ranks: [2, null] }] };
    const chart = compareChart(view, "60", t);
    expect(chart.figures.rows[0]!.cells).toEqual(["A", "甲", "50 %", "—", "70 %"]);
    const { option, hits } = drawDots([{ code: "A", title: "甲", text: "甲", at: [50, null], mean: 70 }], 60, frame());
    const series = option.series as { data: unknown[] }[];
    expect(series.map((one) => one.data.length)).toEqual([0, 1, 1, 0]);
    expect(hits[0]!.code).toBe("A");
  });
  it("break the line of years where nothing compares", () => {
    const round = (year: number) => ({ panel: { ...summary, year }, mapped: 1, same: false, sameEdition: true, declared: [], likely: [], without: [], unused: [], units: 1 });
    const view: TrendView = { rounds: [round(2024), round(2026)], rows: [{ unit: "并州", code: "A", title: "甲", percents: [null, "50"], grades: [] }], means: [{ unit: "", code: "A", title: "甲", percents: [null, "70"], grades: [] }] };
    const chart = trendChart(view, ["并州"], "A", t);
    expect(chart.sentence).toContain("2024：并州 不能比");
    const line = { name: "并州", at: [null, 50], texts: ["", "50"] };
    expect(lowest([line])).toBe(40);
    const [high, low, between] = [70, 50, 60].map((share, at) => ({ name: String(at), at: [share, null], texts: [String(share), ""] }));
    expect([high!, low!, between!].map((one, _, all) => placeOf(all, one, 0))).toEqual(["top", "bottom", "right"]);
    const series = drawLines(["2024", "2026"], [line], { name: "平均", at: [null, 70], texts: ["", "70"] }, [], frame()).option.series as { connectNulls: boolean; data: unknown[] }[];
    expect(series[1]).toMatchObject({ connectNulls: false, data: [null, 50] });
  });
});

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
describe("the page", () => {
  function page(view: ResultsView | null) {
    vi.spyOn(commands, "panels").mockImplementation(() => ok(view ? [summary] : []));
    const asked = vi.spyOn(commands, "results").mockImplementation((_, sent) => ok({ ...(view ?? results([])), query: sent }));
    vi.spyOn(commands, "resultViews").mockImplementation(() => ok([]));
    return { asked, page: mount(ResultsPage, { global: { plugins: [i18n], stubs: { ChartCard: true } } }) };
  }
  it("leads to the panels while there is none", async () => {
    const { page: shown } = page(null);
    await flushPromises();
    await shown.get("[data-testid='results-to-panel']").trigger("click");
    expect(shown.emitted("part")).toEqual([["panel"]]);
  });
  it("never ranks a unit without a result, and asks the program for order and filters", async () => {
    const { page: shown, asked } = page(results(three()));
    await flushPromises();
    const table = shown.get("[data-testid='results-ranking']");
    expect(table.findAll("tbody tr[data-key]").map((row) => row.text().slice(0, 1))).toEqual(["1", "2", "—"]);
    expect(table.text()).toContain("不排名次");
    await shown.get("[data-testid='sort-unit']").trigger("click");
    await flushPromises();
    expect(asked.mock.lastCall![1].sort).toEqual({ column: "unit", descending: false });
    await shown.get("[data-testid='grade-合格']").trigger("click");
    await flushPromises();
    expect(asked.mock.lastCall![1].grades).toEqual(["合格"]);
    await shown.get("[data-testid='view-of-indicators']").trigger("click");
    await flushPromises();
    await shown.get("[data-testid='below-A']").trigger("click");
    await flushPromises();
    expect(asked.mock.lastCall![1]).toMatchObject({ table: "ranking", indicator: "A", below: true });
  });
  it("has a word for sheets that contend or went back, and shares as the program gave them", async () => {
    const { page: shown } = page(results([unit("并州", "6", [cell(null, "contested"), cell(null, "returned")])]));
    await flushPromises();
    await shown.get("[data-testid='view-of-matrix']").trigger("click");
    await flushPromises();
    expect(shown.get("[data-testid='results-matrix']").text()).toContain("有冲突");
    expect(shown.get("[data-testid='results-matrix']").text()).toContain("已退回");
    await shown.get("[data-testid='view-of-grades']").trigger("click");
    await flushPromises();
    expect(shown.get("[data-testid='results-grades']").text()).toContain("66.67 %");
  });
  it("says that nothing fits, and takes the filters away", async () => {
    const { page: shown, asked } = page({ ...results([]), all: 3 });
    await flushPromises();
    await shown.get("[data-testid='results-complete']").trigger("click");
    await flushPromises();
    await shown.get("[data-testid='results-clear']").trigger("click");
    await flushPromises();
    expect(asked.mock.lastCall![1].complete).toBe(false);
  });
});

describe("how a mark came about", () => {
  const mark: MarkView = {
    unit: "并州", code: "4.5.3-4", title: "诚信教育", text: "有效落实学生诚信教育情况", max: "5", mark: "4.33", grade: null, own: "5", calculation: null, parts: [], above: [{ code: "4.5", title: "考核", level: 2, max: "90" }], conclusion: [], flags: [],
    members: [{ name: "周敏", organisation: "专家组", standing: { code: "counted", text: "计入" }, mark: "4", dropped: "", steps: [{ sentence: "发现一起扣 1 分", reading: "O1", finding: "1 起", amount: "-1", running: "4" }], remark: "缺记录", sheet: "s1" }],
  };
  it("shows the sentence with its reading, outside of any sheet, and leads up and to the sheet", async () => {
    vi.spyOn(commands, "explainMark").mockImplementation(() => ok(mark));
    vi.spyOn(commands, "rubric").mockImplementation(() => ok({ summary: { edition: "2026" }, readings: [{ id: "O1", status: "open", text: "读作每起扣 1 分" }] } as unknown as RubricView));
    const drawer = mount(MarkDrawer, { props: { panel: summary, place: { unit: "并州", code: "4.5.3-4" } }, global: { plugins: [i18n], stubs: { ElDrawer: { template: "<div><slot /></div>" } } } });
    await flushPromises();
    expect(drawer.get("[data-testid='trace-step']").text()).toContain("发现一起扣 1 分");
    expect(drawer.find("[data-testid='reading-O1']").exists()).toBe(true);
    await drawer.get("[data-testid='mark-up-total']").trigger("click");
    expect(drawer.emitted("go")).toEqual([["并州", "total"]]);
    expect(drawer.get("details").attributes("open")).toBeDefined();
  });
});

describe("saved views", () => {
  it("ask before one is replaced, and put back what was removed", async () => {
    const saved = { name: "通报用", query: query() };
    const save = vi.spyOn(commands, "saveResultView").mockImplementation((_, name, sent, replace) => (replace ? ok([{ name, query: sent }]) : Promise.resolve({ status: "error", error: { code: "results.view-there", what: "已经有", place: "", todo: "" } })));
    const remove = vi.spyOn(commands, "removeResultView").mockImplementation(() => ok([]));
    const views = mount(SavedViews, { props: { panel: "p1", query: query(), shown: null, modelValue: [saved] }, global: { plugins: [i18n], stubs: { teleport: true, transition: false } }, attachTo: document.body });
    await views.get("[data-testid='saved-views']").trigger("click");
    await views.get("[data-testid='view-通报用']").trigger("click");
    expect(views.emitted("show")![0]).toEqual([saved]);
    await views.get("[data-testid='saved-views']").trigger("click");
    await views.get("[data-testid='remove-view-通报用']").trigger("click");
    await flushPromises();
    expect(remove).toHaveBeenCalledWith("p1", "通报用");
    expect(views.emitted("update:modelValue")![0]).toEqual([[]]);
    save.mockImplementationOnce((_, name, sent) => ok([{ name, query: sent }]));
    await views.get("[data-testid='view-back']").trigger("click");
    await flushPromises();
    expect(save).toHaveBeenLastCalledWith("p1", "通报用", saved.query, false);
    views.unmount();
  });
});

describe("the list of units", () => {
  it("is one stop for Tab where one is chosen; the arrow keys choose the next", async () => {
    const units = ["并州", "河东", "上党"].map((name, at) => unit(name, String(9 - at)));
    const wrapper = mount(UnitList, { props: { view: results(units), chosen: ["河东"], most: 1 }, global: { plugins: [i18n] }, attachTo: document.body });
    const rows = () => wrapper.findAll("[role=radio]");
    expect(rows().map((row) => row.attributes("tabindex"))).toEqual(["-1", "0", "-1"]);
    await rows()[1]!.trigger("keydown", { key: "ArrowDown" });
    await rows()[2]!.trigger("keydown", { key: "ArrowDown" });
    expect(wrapper.emitted("choose")).toEqual([[["上党"]]]);
    expect(document.activeElement?.getAttribute("data-testid")).toBe("choose-上党");
    await wrapper.setProps({ most: 5 });
    expect(wrapper.findAll("[role=checkbox]").map((row) => row.attributes("tabindex"))).toEqual(["0", "0", "0"]);
    wrapper.unmount();
  });
});
