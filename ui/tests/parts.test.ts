import { mockIPC } from "@tauri-apps/api/mocks";
import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { ask, commands } from "../src/api";
import type { AdjustmentView, Desk, FigureState, LimitView, PartEntry, PartView, PointState, PointView, SheetState, Step } from "../src/api";
import { nodesOf } from "../src/composables/tree";
import { groupsOf } from "../src/composables/groups";
import { stepsByPart, stepsOfPlace, textBesideRules } from "../src/composables/traces";
import SheetFrame from "../src/desk/SheetFrame.vue";
import { mockDesktop } from "../src/dev/mock";
import { i18n } from "../src/i18n";

type Sent = { command: string; args: Record<string, unknown> };
const CODE = "4.5.3-4";
const rule = (fields: Partial<PartView> & { kind: PartView["kind"] }) => ({ sentence: "每缺少一项扣0.5分", takes: false, reading: null, legal: "0、0.5–1", choices: [], ...fields }) as PartView;
const step = (sentence: string, amount: string | null, finding = ""): Step => ({ sentence, reading: null, finding, amount, running: null });

let wrapper: VueWrapper;
let sent: Sent[];
const get = (id: string) => wrapper.get(`[data-testid="${id}"]`);
const has = (id: string) => wrapper.find(`[data-testid="${id}"]`).exists();
const settle = async () => {
  await flushPromises();
  await new Promise((resolve) => setTimeout(resolve));
  await flushPromises();
};
const entries = () => sent.filter(({ command }) => command === "set_part").map(({ args }) => args.entry);

type Given = { point?: Partial<PointView>; state?: Partial<PointState>; trace?: Step[]; overridden?: boolean };
/** The sheet of the mock with other rules at one point. */
function changed(desk: Desk, { point, state, trace, overridden }: Given): Desk {
  const indicators = desk.rubric.indicators.map((row) => ({ ...row, points: row.points.map((own) => (own.code === CODE ? { ...own, judged: false, ...point } : own)) }));
  const found = { mark: null, entered: null, parts: (point?.parts ?? []).map(() => null), quantities: [], ...state };
  const points = desk.state.points.map((own) => (own.code === CODE ? { ...own, ...found } : own));
  const outcomes = desk.state.outcome.points.map((own) => (own.code === CODE ? { ...own, trace: trace ?? [], overridden: overridden ?? false } : own));
  return { ...desk, rubric: { ...desk.rubric, indicators }, state: { ...desk.state, points, outcome: { ...desk.state.outcome, points: outcomes } } };
}
/** What the program would answer to a change of parts and quantities: it is recorded. */
function recorded(state: SheetState, { command, args }: Sent): SheetState {
  return {
    ...state,
    points: state.points.map((own) => {
      if (own.code !== args.code) return own;
      if (command === "set_part") return { ...own, parts: own.parts.map((part, index) => (index + 1 === args.number ? (args.entry as PartEntry | null) : part)) };
      return { ...own, quantities: own.quantities.map((figure) => (figure.name === args.name ? { ...figure, value: args.value as string | null } : figure)) };
    }),
  };
}
async function show(desk: Desk, at = CODE): Promise<void> {
  sent = [];
  let state = desk.state;
  mockIPC((command, args) => {
    const call = { command, args: args as Record<string, unknown> };
    sent.push(call);
    return (state = recorded(state, call));
  });
  wrapper = mount(SheetFrame, { props: { desk, at, tab: "desk" as const, texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
  sent = []; // what is read when a sheet is opened changes nothing
}
async function opened(): Promise<Desk> {
  window.history.replaceState({}, "", "/");
  mockDesktop();
  return await ask(commands.openSheet("s1"));
}
const withParts = async (parts: PartView[], more: Omit<Given, "point"> & { point?: Partial<PointView> } = {}) =>
  show(changed(await opened(), { ...more, point: { parts, ...more.point } }));
async function click(id: string): Promise<void> {
  await get(id).trigger("click");
  await settle();
}
async function leave(id: string, text: string): Promise<void> {
  await get(id).setValue(text);
  await get(id).trigger("blur");
  await settle();
}
afterEach(() => wrapper?.unmount());

describe("a rule with two answers", () => {
  it("chooses nothing beforehand and sends what is chosen", async () => {
    await withParts([rule({ kind: "check", amount: "1", takes: true })]);
    expect(get(`part-${CODE}#1-true`).attributes("aria-checked")).toBe("false");
    expect(get(`part-${CODE}#1-false`).attributes("aria-checked")).toBe("false");
    expect(get(`part-${CODE}#1-true`).text()).toBe("扣 1 分");
    await click(`part-${CODE}#1-false`);
    expect(entries()).toEqual([{ kind: "met", met: false }]);
    expect(get(`part-${CODE}#1-false`).attributes("aria-checked")).toBe("true");
    await click(`part-${CODE}#1-clear`);
    expect(entries().at(-1)).toBeNull();
  });
  it("asks four ways how far a clause is met, with its modality", async () => {
    await withParts([rule({ kind: "conform", modality: "shall" })]);
    expect(get("modality").text()).toBe("应");
    await click(`part-${CODE}#1-partly`);
    expect(entries()).toEqual([{ kind: "conform", conformity: "部分符合" }]);
  });
});

describe("a list that is counted", () => {
  const list = (takes: boolean) => rule({ kind: "count", amount: "0.5", items: ["计划", "经费", "网络"], open: true, unit: "项", takes });
  const state = (index: number) => get(`part-${CODE}#1-item-${index}`).attributes("data-state");

  it("looks unlike all ticked while nothing is recorded", async () => {
    await withParts([list(true)]);
    expect([0, 1, 2].map(state)).toEqual(["open", "open", "open"]);
    expect(get(`part-${CODE}#1-item-0`).attributes("aria-checked")).toBe("false");
    await click(`part-${CODE}#1-all`);
    expect(entries()).toEqual([{ kind: "count", items: [], more: 0 }]);
    expect([0, 1, 2].map(state)).toEqual(["rest", "rest", "rest"]);
    expect(get(`part-${CODE}#1-item-0`).attributes("aria-checked")).toBe("true");
  });
  it("counts what is not ticked in a rule that takes marks", async () => {
    await withParts([list(true)]);
    await click(`part-${CODE}#1-item-1`);
    expect(entries()).toEqual([{ kind: "count", items: [0, 2], more: 0 }]);
    expect([0, 1, 2].map(state)).toEqual(["counted", "rest", "counted"]);
  });
  it("counts what is ticked in a rule that gives marks", async () => {
    await withParts([list(false)]);
    await click(`part-${CODE}#1-item-1`);
    expect(entries()).toEqual([{ kind: "count", items: [1], more: 0 }]);
    expect(get(`part-${CODE}#1-item-1`).attributes("aria-checked")).toBe("true");
  });
  it("keeps ticks that follow each other before the program has answered", async () => {
    await withParts([list(false)]);
    void get(`part-${CODE}#1-item-0`).trigger("click");
    void get(`part-${CODE}#1-item-2`).trigger("click");
    await settle();
    expect(entries().at(-1)).toEqual({ kind: "count", items: [0, 2], more: 0 });
  });
  it("adds what the list does not name", async () => {
    await withParts([list(true)], { state: { parts: [{ kind: "count", items: [1], more: 0 }] } });
    await click(`part-${CODE}#1-more`);
    expect(entries()).toEqual([{ kind: "count", items: [1], more: 1 }]);
  });
  it("takes only whole numbers, also full-width ones, and tells nought from nothing", async () => {
    await withParts([rule({ kind: "count", amount: "0.5", items: [], open: false, unit: "次", takes: true })]);
    expect((get(`part-${CODE}#1`).element as HTMLInputElement).value).toBe("");
    await leave(`part-${CODE}#1`, "2.5");
    expect(entries()).toEqual([]);
    expect((get(`part-${CODE}#1`).element as HTMLInputElement).value).toBe("");
    await leave(`part-${CODE}#1`, "３");
    expect(entries()).toEqual([{ kind: "count", items: [], more: 3 }]);
    await leave(`part-${CODE}#1`, "0");
    expect(entries().at(-1)).toEqual({ kind: "count", items: [], more: 0 });
  });
});

describe("a judged amount", () => {
  it("offers nothing and the amounts of the program", async () => {
    await withParts([rule({ kind: "range", from: "0.5", to: "1", takes: true, choices: ["0", "0.5", "0.6", "1"] })]);
    await click(`part-${CODE}#1-0.6`);
    await click(`part-${CODE}#1-0`);
    expect(entries()).toEqual([{ kind: "mark", mark: "0.6" }, { kind: "mark", mark: "0" }]);
  });
  it("is typed where there are many amounts", async () => {
    await withParts([rule({ kind: "range", from: "0.1", to: "15", takes: true })]);
    await leave(`part-${CODE}#1`, "３。５");
    expect(entries()).toEqual([{ kind: "mark", mark: "3.5" }]);
  });
});

describe("achievements", () => {
  const items = [{ name: "奖项", coefficient: "1.5" }, { name: "文章", coefficient: "0.3" }];
  it("are a list of kind, title and base where coefficients are printed", async () => {
    await withParts([rule({ kind: "entries", items, coefficients: true, eachMost: null, most: "3" })]);
    await click(`part-${CODE}#1-add`);
    await get(`part-${CODE}#1-kind-0`).setValue("1");
    await get(`part-${CODE}#1-title-0`).setValue("论文");
    await settle();
    expect(entries().at(-1)).toEqual({ kind: "entries", entries: [{ item: 1, title: "论文", base: "1" }] });
    await click(`part-${CODE}#1-remove-0`);
    expect(entries().at(-1)).toEqual({ kind: "entries", entries: [] });
  });
  it("are one mark for each kind where none are printed", async () => {
    await withParts([rule({ kind: "entries", items, coefficients: false, eachMost: "3", most: "5" })]);
    await leave(`part-${CODE}#1-base-1`, "2.5");
    expect(entries()).toEqual([{ kind: "entries", entries: [{ item: 1, title: "", base: "2.5" }] }]);
    await leave(`part-${CODE}#1-base-0`, "1");
    expect(entries().at(-1)).toEqual({ kind: "entries", entries: [{ item: 0, title: "", base: "1" }, { item: 1, title: "", base: "2.5" }] });
  });
  it("that are none differ from none recorded", async () => {
    await withParts([rule({ kind: "entries", items, coefficients: true, eachMost: null, most: "3" })]);
    await click(`part-${CODE}#1-none`);
    expect(entries()).toEqual([{ kind: "entries", entries: [] }]);
    expect(has(`part-${CODE}#1-none`)).toBe(false);
  });
});

describe("figures", () => {
  const measure = rule({ kind: "measure", sentence: "占80%得2分", formula: "甲 / 乙 * 100", unit: "%", line: "80", award: "2", every: "10", amount: "0.5" });
  const figure = (name: string, fields: Partial<FigureState> = {}): FigureState => ({ name, value: null, elsewhere: null, source: null, ...fields });
  const quantity = (name: string) => ({ name, unit: "个", whole: true, note: null, reading: null, formula: null });

  it("are sent as typed, and the trace says what came of them", async () => {
    await withParts([measure], { point: { quantities: ["甲"] }, state: { quantities: [figure("甲")] }, trace: [step("占80%得2分", "+2", "基准"), step("占80%得2分", "-0.5", "少 14.9，计 1 次")] });
    expect(get(`amount-${CODE}#1`).text()).toBe("+2−0.5");
    expect(get("finding").text()).toContain("少 14.9，计 1 次");
    await leave(`figure-${CODE}#甲`, "１３０２");
    expect(sent.map(({ command, args }) => [command, args.code, args.name, args.value])).toEqual([["set_quantity", CODE, "甲", "1302"]]);
  });
  it("show what other places recorded, and where", async () => {
    const desk = changed(await opened(), { point: { parts: [measure], quantities: ["甲"] }, state: { quantities: [figure("甲", { elsewhere: "1302" })] } });
    const points = desk.state.points.map((own) => (own.code === "4.5.4-1" ? { ...own, quantities: [figure("甲", { value: "1302" })] } : own));
    await show({ ...desk, rubric: { ...desk.rubric, quantities: [quantity("甲")] }, state: { ...desk.state, points } });
    expect(get(`figure-${CODE}#甲`).attributes("placeholder")).toBe("1302");
    expect(get(`quantity-${CODE}#甲`).text()).toContain("取自 4.5.4-1");
  });
  it("that contradict each other are told of where they stand", async () => {
    const desk = changed(await opened(), { point: { parts: [measure], quantities: ["甲"] }, state: { quantities: [figure("甲", { value: "1" })] } });
    const outcome = { ...desk.state.outcome, mismatches: [{ quantity: "甲", values: "1（4.5.3-4）、2（4.5.4-1）", codes: [CODE, "4.5.4-1"] }] };
    await show({ ...desk, state: { ...desk.state, outcome } });
    expect(get("mismatch").text()).toContain("1（4.5.3-4）、2（4.5.4-1）");
  });
});

describe("conditions of a point", () => {
  const limit: LimitView = { code: `${CODE}!1`, label: "", title: "未设立机构", text: "★未设立机构不得分", note: null, reading: null, effect: "zero", cap: null, conclusion: null, when: null };
  const at = (present: boolean | null, measured: boolean) => (state: SheetState) => ({ ...state, limits: [...state.limits, { code: limit.code, present, measured }] });

  it("are asked for inside of its row", async () => {
    const desk = changed(await opened(), { point: { parts: [rule({ kind: "check", amount: "1" })], limits: [limit] } });
    await show({ ...desk, state: at(null, false)(desk.state) }, limit.code);
    expect(wrapper.get("[aria-current='true']").attributes("data-row")).toBe(CODE);
    await click(`limit-${limit.code}-present`);
    expect(sent.map(({ command, args }) => [command, args.limit, args.present])).toEqual([["set_limit", limit.code, true]]);
  });
  it("that figures have decided are only shown", async () => {
    const desk = changed(await opened(), { point: { parts: [rule({ kind: "check", amount: "1" })], limits: [{ ...limit, when: "班次 < 5" }] } });
    await show({ ...desk, state: at(true, true)(desk.state) });
    expect(get("limit-measured").text()).toBe("存在");
    expect(has(`limit-${limit.code}-present`)).toBe(false);
  });
});

describe("a mark in place of the derived one", () => {
  const parts = [rule({ kind: "check", amount: "1" }), rule({ kind: "check", amount: "2", sentence: "另一句" })];
  it("is asked for by an act of its own and sent as the mark of the point", async () => {
    await withParts(parts, { state: { mark: "3", derived: "3" } });
    expect(get(`derived-${CODE}`).text()).toBe("3");
    expect(get(`override-${CODE}`).text()).toBe("改判…");
    await click(`override-${CODE}`);
    await leave(`mark-${CODE}`, "2");
    expect(sent.map(({ command, args }) => [command, args.point, args.mark])).toEqual([["set_mark", CODE, "2"]]);
  });
  it("needs a reason, and can be taken back", async () => {
    await withParts(parts, { state: { mark: "2", entered: "2", derived: "3", needsReason: true }, overridden: true });
    expect(get(`needs-reason-${CODE}`).text()).toContain("须写明理由");
    await click(`derive-${CODE}`);
    expect(sent.map(({ args }) => args.mark)).toEqual([null]);
  });
  it("can be entered before any finding, as from paper", async () => {
    await withParts(parts);
    expect(get(`override-${CODE}`).text()).toBe("直接打分");
  });
});

it("gives a point its full marks by one key", async () => {
  await withParts([rule({ kind: "check", amount: "1" })]);
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "F9", cancelable: true }));
  await settle();
  expect(sent.map(({ command, args }) => [command, args.point])).toEqual([["set_full", CODE]]);
});

it("keeps a refusal beside the rule that it concerns", async () => {
  await withParts([rule({ kind: "check", amount: "1" })]);
  mockIPC(() => Promise.reject({ code: "mark.not-legal", what: "没有记下", place: "", todo: "" }));
  await click(`part-${CODE}#1-true`);
  expect(get(`part-${CODE}#1-row`).text()).toContain("没有记下");
  expect(get("tree-4.5.3").find(".st--warning").exists()).toBe(true);
});

describe("marks outside of the points", () => {
  const adjustment: AdjustmentView = {
    code: "E3", section: "E 扣分项", title: "低活跃度", text: "★最多核减15分", note: null, category: "警示型", method: null, actsOn: "基础型", reason: true,
    parts: [rule({ kind: "range", from: "0.1", to: "15", takes: true, sentence: "★最多核减15分" })], limits: [], quantities: [],
  };
  it("stand at the end, with their amount and the reason that they need", async () => {
    const desk = await opened();
    const state = { code: "E3", parts: [{ kind: "mark" as const, mark: "3.5" }], quantities: [], remark: "", needsReason: true, amount: "-3.5", trace: [step("★最多核减15分", "-3.5")] };
    await show({ ...desk, rubric: { ...desk.rubric, adjustments: [adjustment] }, state: { ...desk.state, adjustments: [state] } }, "E3");
    expect(get("adjustment-amount-E3").text()).toBe("−3.5");
    expect(get("needs-reason-E3").text()).toContain("须写明理由");
    expect(get("section-E 扣分项").text()).toContain("−3.5");
    expect(wrapper.findAll("[role=treeitem]").at(-1)?.attributes("data-code")).toBe("E3");
  });
  it("and points stand in the tree of a rubric of two levels", async () => {
    const { rubric } = await opened();
    const shallow = rubric.indicators.filter((row) => row.code === "4.5.3").map((row) => ({ ...row, level: 1, parent: null }));
    const nodes = nodesOf(groupsOf({ ...rubric, indicators: shallow, adjustments: [adjustment] }));
    expect(nodes.map((node) => node.key).slice(0, 2)).toEqual(["4.5.3", "4.5.3-1"]);
    expect(nodes.map((node) => node.key).slice(-2)).toEqual(["§E 扣分项", "E3"]);
    expect(nodesOf(groupsOf(rubric)).some((node) => node.key === "4.5.3-1")).toBe(false);
  });
});

describe("texts beside their rules", () => {
  it("find the steps of each rule in the order of the rules", () => {
    const parts = [rule({ kind: "check", amount: "1", sentence: "甲" }), rule({ kind: "measure", sentence: "乙" } as PartView)];
    const trace = [step("全文", "+6"), step("甲", "-1"), step("乙", "+2"), step("乙", "-0.5"), step("条件", null)];
    expect(stepsByPart(parts, true, trace).map((steps) => steps.map(({ amount }) => amount))).toEqual([["-1"], ["+2", "-0.5"]]);
    expect(stepsByPart(parts, true, [step("全文", null)])).toEqual([[], []]);
  });
  it("tell the steps of conditions apart although their sentences are the same", () => {
    const parts = [rule({ kind: "check", amount: "1", sentence: "不得分" })];
    const limits = [{ code: "a", text: "不得分" }, { code: "b", text: "不得分" }] as LimitView[];
    const trace = [step("不得分", "+1"), step("不得分", null, "班次 4"), step("不得分", "-1"), step("不得分", null, "待定"), step("全文", "+1", "改判")];
    const found = stepsOfPlace(parts, limits, trace, { fromFull: false, measured: (code) => code === "a", replaced: true });
    expect(found.parts.map((steps) => steps.map(({ amount }) => amount))).toEqual([["+1"]]);
    expect(found.limits.map((steps) => steps[0]?.finding)).toEqual(["班次 4", "待定"]);
    expect(stepsOfPlace(parts, limits, [step("全文", null)], { fromFull: false, measured: () => false, replaced: false }).limits).toEqual([[], []]);
  });
  it("leave out lines that rules and conditions repeat in full, and keep the others", () => {
    const parts = [rule({ kind: "check", amount: "1", sentence: "设立机构未明确职责扣1分" })];
    const limits = [{ text: "★未设立相关机构不得分" } as LimitView];
    expect(textBesideRules("成立领导小组。\n★未设立相关机构不得分,设立机构未明确职责扣1分。", parts, limits)).toBe("成立领导小组。");
    expect(textBesideRules("成立领导小组。\n★未设立相关机构不得分,另有规定。", parts, limits)).toContain("另有规定");
  });
  it("put dots where a rule lists the items itself", () => {
    const parts = [rule({ kind: "count", amount: "0.5", items: ["计划", "经费", "网络"], open: true, unit: "项" })];
    expect(textBesideRules("制定并实施计划、经费、网络等。", parts, [])).toBe("制定并实施……等。");
    expect(textBesideRules("制定并实施计划、网络等。", parts, [])).toBe("制定并实施计划、网络等。");
  });
});
