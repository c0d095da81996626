// The catalogue table: order, choosing, filling down, pasting, its keys; and one piece with its details.
import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Desk, EvidenceItem } from "../src/api";
import { ask, commands } from "../src/api";
import { between, cellsOf, fillDown, neighbour, nextOrder, paste, tableRows } from "../src/composables/catalogue";
import SheetFrame from "../src/desk/SheetFrame.vue";
import { mockDesktop } from "../src/dev/mock";
import { i18n } from "../src/i18n";

let desk: Desk;
let wrapper: VueWrapper | null = null;
beforeEach(async () => {
  vi.stubGlobal("innerWidth", 1366);
  window.history.replaceState({}, "", "/?stage=self");
  mockDesktop();
  desk = await ask(commands.openSheet("s1"));
});
afterEach(() => {
  wrapper?.unmount();
  wrapper = null;
  document.body.innerHTML = "";
});

const rowsOf = (items: EvidenceItem[] = desk.evidence) => tableRows(items, desk.rubric.indicators, null, "未关联");
const keyOf = (id: string) => rowsOf().find((row) => row.kind === "piece" && row.item.id === id)!.key;

describe("rows", () => {
  it("stand by indicator, a piece under each that it supports, those without a point last", () => {
    const loose = { ...desk.evidence[1]!, id: "loose", points: [] };
    const rows = rowsOf([...desk.evidence, loose]);
    expect(rows.filter((row) => row.kind === "piece" && row.item.id === "e1")).toHaveLength(2);
    expect(rows.at(-2)).toMatchObject({ kind: "group", title: "未关联", count: 1 });
    expect(rows.at(-1)).toMatchObject({ kind: "piece", number: 1, item: { id: "loose" } });
  });
  it("number the unit's pieces as in print; what experts brought stands behind them without a number", () => {
    const [first, second] = [desk.evidence[0]!, desk.evidence[1]!];
    const points = first.points.slice(0, 1);
    const brought: EvidenceItem = { ...first, id: "brought", points, onSite: { kind: "photograph", expert: "周敏", own: true } };
    const rows = rowsOf([brought, { ...first, points }, { ...second, points }]);
    expect(rows[0]).toMatchObject({ kind: "group", count: 2, onSite: 1 });
    expect(rows.slice(1).map((row) => row.kind === "piece" && [row.item.id, row.number])).toEqual([[first.id, 1], [second.id, 2], ["brought", null]]);
  });
  it("stand once each by a column, what is empty last both ways", () => {
    const order = nextOrder(null, "date");
    const up = tableRows(desk.evidence, desk.rubric.indicators, order, "").map((row) => row.kind === "piece" && row.item.date);
    expect(up).toHaveLength(desk.evidence.length);
    expect([up[0], up.at(-1)]).toEqual(["2021.11", ""]);
    const down = tableRows(desk.evidence, desk.rubric.indicators, nextOrder(order, "date"), "").map((row) => row.kind === "piece" && row.item.date);
    expect([down[0], down.at(-1)]).toEqual(["2022.03", ""]);
    expect(nextOrder(nextOrder(order, "date"), "date")).toBeNull();
  });
  it("keep five thousand pieces in order quickly", () => {
    const many = Array.from({ length: 5000 }, (_, n) => ({ ...desk.evidence[n % 8]!, id: `m${n}` }));
    const start = performance.now();
    expect(rowsOf(many).length).toBeGreaterThan(5000);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

describe("choosing, filling and pasting", () => {
  it("chooses a range in both directions", () => {
    const ids = between(rowsOf(), keyOf("e2"), keyOf("e6"));
    expect(ids).toEqual(between(rowsOf(), keyOf("e6"), keyOf("e2")));
    expect(ids[0]).toBe("e2");
    expect(ids.at(-1)).toBe("e6");
  });
  it("fills down from the row above, or from the first that is chosen", () => {
    const here = neighbour(rowsOf(), keyOf("e2"), 1)!;
    expect(fillDown(rowsOf(), new Set(), here.key, "date")).toEqual([{ change: "set", item: here.item.id, field: "date", value: "2021.12" }].filter(() => here.item.date !== "2021.12"));
    const chosen = new Set(["e2", "e5", "e6"]);
    expect(fillDown(rowsOf(), chosen, keyOf("e6"), "date").map((change) => change.item).sort()).toEqual(["e5", "e6"]);
    expect(fillDown(rowsOf(), new Set(), rowsOf().find((row) => row.kind === "piece")!.key, "date")).toEqual([]);
  });
  it("reads what a spreadsheet copied", () => {
    expect(cellsOf("2021.09\r\n2021.10\r\n")).toEqual([["2021.09"], ["2021.10"]]);
    expect(cellsOf('规划\t2021.09\n"会议\n纪要 ""一"""\t2021.10')).toEqual([["规划", "2021.09"], ['会议 纪要 "一"', "2021.10"]]);
    expect(cellsOf("一件")).toEqual([["一件"]]);
    expect(cellsOf("a\t\tb")).toEqual([["a", "", "b"]]);
  });
  it("pastes downwards and to the right, and leaves out what reaches over the end", () => {
    const first = rowsOf().find((row) => row.kind === "piece")!;
    expect(paste(rowsOf(), first.key, "date", [["2020.01", "A", "文一", "over"]]).map((change) => "field" in change && change.field)).toEqual(["date", "kind", "note"]);
    const last = rowsOf().findLast((row) => row.kind === "piece")!;
    expect(paste(rowsOf(), last.key, "note", [["x"], ["y"]])).toHaveLength(1);
  });
});

const get = (id: string) => wrapper!.get(`[data-testid=${id}]`);
async function open(): Promise<void> {
  wrapper = mount(SheetFrame, { props: { desk, at: null, tab: "evidence", texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
  await flushPromises();
}
const cell = (id: string, column: string) => get(`catalogue-${id}`).get<HTMLInputElement>(`[data-column=${column}]`);

describe("the table", () => {
  it("takes files on the heading of an indicator for the indicator, whose points are then offered", async () => {
    await open();
    const head = get('"group-4.5.3"');
    expect([head.attributes("data-drop"), head.attributes("data-row")]).toEqual(["4.5.3", undefined]);
  });
  it("goes down with Enter, up with Shift+Enter, and fills down with Ctrl+D", async () => {
    await open();
    cell("e5", "date").element.focus();
    await cell("e5", "date").trigger("keydown", { key: "Enter" });
    await flushPromises();
    const at = () => (document.activeElement as HTMLElement).closest<HTMLElement>("[data-item]")!.dataset.item;
    expect(at()).not.toBe("e5");
    await wrapper!.get(`[data-item=${at()}] [data-column=date]`).trigger("keydown", { key: "Enter", shiftKey: true });
    await flushPromises();
    expect(at()).toBe("e5");
    for (const id of ["e2", "e5"]) await get(`catalogue-${id}`).get("input[type=checkbox]").trigger("click");
    await cell("e5", "date").trigger("keydown", { key: "d", ctrlKey: true });
    await flushPromises();
    expect(cell("e5", "date").element.value).toBe(cell("e2", "date").element.value);
  });
  it("keeps what was refused as it was typed, with the reason, until Escape", async () => {
    await open();
    await cell("e2", "date").setValue("2022.1");
    await flushPromises();
    expect(get("cell-problem").text()).toContain("2022.1");
    expect(cell("e2", "date").element.value).toBe("2022.1");
    expect(cell("e2", "date").attributes("aria-invalid")).toBe("true");
    await cell("e2", "date").trigger("keydown", { key: "Escape" });
    expect(cell("e2", "date").element.value).toBe("2021.12");
  });
  it("sends what is done to many in one call", async () => {
    const sent = vi.spyOn(commands, "changeEvidence");
    await open();
    await get("choose-all").trigger("change");
    expect(get("bulk-bar").text()).toContain("已选 8 件");
    await get("bulk-A").trigger("click");
    await flushPromises();
    expect(sent).toHaveBeenCalledTimes(1);
    expect(sent.mock.lastCall?.[1]).toHaveLength(8);
    expect(cell("e3", "kind").element.value).toBe("A");
    sent.mockRestore();
  });
  it("lets an expert read and judge what the unit brought, and describe only what he brought himself", async () => {
    const [first, second] = [desk.evidence[0]!, desk.evidence[1]!];
    const brought: EvidenceItem = { ...second, id: "brought", onSite: { kind: "photograph", expert: "周敏", own: true } };
    desk = { ...desk, state: { ...desk.state, stage: "review" }, evidence: [first, brought] };
    await open();
    expect(cell(first.id, "name").element.readOnly).toBe(true);
    expect(cell("brought", "name").element.readOnly).toBe(false);
    await cell(first.id, "name").trigger("focusin");
    expect(get("told-name").text()).toBe(first.name);
    expect(wrapper!.find("[data-testid=remove-evidence]").exists()).toBe(false);
    await get("choose-all").trigger("change");
    expect(wrapper!.find("[data-testid=bulk-A]").exists()).toBe(false);
    expect(wrapper!.find("[data-testid=bulk-genuine]").exists()).toBe(true);
  });
  it("draws only what is seen of many rows", async () => {
    desk = { ...desk, evidence: Array.from({ length: 5000 }, (_, n) => ({ ...desk.evidence[n % 8]!, id: `m${n}` })) };
    await open();
    expect(wrapper!.findAll("[data-item]").length).toBeLessThan(120);
  });
});

describe("one piece", () => {
  it("shows the details of its medium, what lacks with the source's sentence, and takes the photograph's record", async () => {
    await open();
    await cell("e4", "name").trigger("focusin");
    await flushPromises();
    const detail = get("piece-detail");
    expect(detail.get("[data-testid=hint-lacking]").text()).toContain("缺时间");
    expect(detail.text()).toContain("时间、地点、人物、内容、摄影者等信息");
    expect(detail.get("[data-testid=photo-record]").text()).toContain("照片记录的拍摄时间 2021-10-15 09:32");
    await detail.get("[data-testid=take-photo]").trigger("click");
    await flushPromises();
    expect(cell("e4", "date").element.value).toBe("2021.10");
    expect(get("piece-detail").get("[data-testid=photo-record]").text()).toContain("已取自照片");
    await get("piece-detail").get("[data-testid=page-4\\.5\\.3-4] input, input[data-testid=page-4\\.5\\.3-4]").setValue("第12页");
    await flushPromises();
    expect(get("catalogue-e4").text()).toContain("第12页");
  });
});
