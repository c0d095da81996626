import { mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineComponent, h } from "vue";
import type { Component } from "vue";
import { ask, commands } from "../src/api";
import type { Desk, PartView, Problem, RubricView } from "../src/api";
import { find, textsOf } from "../src/composables/bookSearch";
import { useHome } from "../src/composables/home";
import { dayOf, isTable } from "../src/composables/roster";
import { recordedWords } from "../src/composables/recorded";
import { ruleWords } from "../src/composables/rules";
import { joinPath, stemOf } from "../src/composables/saving";
import { useSettings } from "../src/composables/settings";
import { createSheet, provideSheet } from "../src/composables/sheet";
import SheetFrame from "../src/desk/SheetFrame.vue";
import { libraryAnswers } from "../src/dev/library";
import { mockDesktop } from "../src/dev/mock";
import excerpt from "../src/dev/rubric.json";
import ConversionField from "../src/figures/ConversionField.vue";
import TableDialog from "../src/figures/TableDialog.vue";
import { i18n } from "../src/i18n";
import ImportBookDialog from "../src/rubrics/ImportBookDialog.vue";
import LocalDialog from "../src/rubrics/LocalDialog.vue";
import RubricsView from "../src/rubrics/RubricsView.vue";
import TemplateDialog from "../src/rubrics/TemplateDialog.vue";

const rubric = excerpt as unknown as RubricView;
const FAULTY: Problem = { code: "rubric.sum", what: "分值之和不对", place: "坏.toml 第 17 行", todo: "改分值。" };
type Sent = { command: string; args: Record<string, unknown> };
let sent: Sent[];
let wrapper: VueWrapper;
const body = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const called = (command: string) => sent.filter((call) => call.command === command).map(({ args }) => args);
const settle = async (pause = 5) => {
  await flushPromises();
  await new Promise((resolve) => setTimeout(resolve, pause));
  await flushPromises();
};
async function press(id: string): Promise<void> {
  body(id)?.click();
  await settle();
}
async function fill(id: string, text: string): Promise<void> {
  const field = body(id) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
  await settle();
}
/** Answers the commands of the library and keeps what was sent. */
function answer(more: Record<string, (args: Record<string, unknown>) => unknown> = {}): void {
  sent = [];
  const answers: Record<string, (args: never) => unknown> = { home: () => ({ sheets: [], rubrics: [rubric.summary], identities: [], language: "zh", workspace: "" }), rubric: () => rubric, ...libraryAnswers(rubric), ...more };
  mockIPC((command, args) => {
    sent.push({ command, args: args as Record<string, unknown> });
    return answers[command]?.(args as never) ?? null;
  });
}
async function show(component: Component, props: Record<string, unknown> = {}): Promise<void> {
  wrapper = mount(component, { props, global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
}
/** The mock's sheet with a list of names among its evidence; the commands are answered by {@link answer}. */
async function deskWithTable(): Promise<Desk> {
  mockDesktop();
  const desk = await ask(commands.openSheet("s1"));
  answer({ set_quantity_from_table: () => desk.state });
  await useHome().load();
  return { ...desk, evidence: desk.evidence.map((item) => (item.id === "e8" ? { ...item, fileName: "教职工名单.XLSX" } : item)) };
}
async function inSheet(desk: Desk, component: Component, props: Record<string, unknown>): Promise<void> {
  const emitted: unknown[] = [];
  await show(defineComponent({ setup: () => { provideSheet(createSheet(desk)); return () => h(component, { ...props, "onUpdate:modelValue": (open: unknown) => emitted.push(open) }); } }), {});
}
beforeEach(() => useSettings().change({ directory: "" }));
afterEach(() => wrapper?.unmount());

describe("the library", () => {
  it("lists what ships, opens one and finds a text in it", async () => {
    answer();
    await useHome().load();
    await show(RubricsView, { texts: 0 });
    await press(`library-${rubric.summary.id}`);
    expect(called("rubric")).toEqual([{ rubric: rubric.summary.id }]);
    expect(body("book-local")?.title).toContain("没有允许");
    await fill("book-search", "诚信教育");
    expect(document.querySelector("mark")?.textContent).toBe("诚信教育");
    await press("hit-4.5.3-4");
    expect(body("place-4.5.3-4")?.textContent).toContain("诚信教育");
  });
  it("shows what is wrong with a faulty file and stays where it is", async () => {
    (globalThis as { isTauri?: boolean }).isTauri = true;
    mockWindows("main");
    try {
      answer({ choose_files: () => ["/media/坏.toml"], rubric: () => { throw FAULTY; } });
      await useHome().load();
      await show(RubricsView, { texts: 0 });
      await press("rubric-open-file");
      expect(body("problem")?.textContent).toContain("坏.toml 第 17 行");
      expect(body("rubric-page")).toBeNull();
    } finally {
      delete (globalThis as { isTauri?: boolean }).isTauri;
    }
  });
});

describe("writing a file", () => {
  it("asks for folder and name, and replaces a file only when asked to", async () => {
    let there = false;
    answer({ rubric_template: ({ replace }) => { if (there && !replace) throw { ...FAULTY, code: "app.file-exists" }; there = true; return null; } });
    await show(TemplateDialog, { modelValue: false });
    await wrapper.setProps({ modelValue: true });
    await settle();
    await press("save");
    expect(called("rubric_template")).toEqual([]);
    there = true;
    await fill("save-folder", "D:\\评估\\");
    await press("save");
    expect(body("file-exists")?.textContent).toContain("D:\\评估\\指标体系模板.xlsx");
    expect((body("save") as HTMLButtonElement).disabled).toBe(true);
    await press("replace-file");
    expect(called("rubric_template")).toEqual([
      { path: "D:\\评估\\指标体系模板.xlsx", replace: false }, { path: "D:\\评估\\指标体系模板.xlsx", replace: true },
    ]);
    expect(body("saved")?.textContent).toContain("已写入");
    expect(useSettings().settings.directory).toBe("D:\\评估\\");
  });
  it("lists every fault of a workbook by cell; shows the rubric when there is none", async () => {
    answer();
    await show(ImportBookDialog, { modelValue: false });
    await wrapper.setProps({ modelValue: true });
    await settle();
    await fill("book-path", "/media/有错.xlsx");
    await fill("rubric-file-folder", "/media");
    expect((body("rubric-file-name") as HTMLInputElement).value).toBe("有错.toml");
    await press("import-book");
    expect(body("faults")?.querySelectorAll("tbody tr")).toHaveLength(2);
    expect(body("faults")?.textContent).toContain("指标!D17");
    await fill("book-path", "/media/对的.xlsx");
    expect(body("faults")).toBeNull();
    await press("import-book");
    await press("imported-show");
    expect(wrapper.emitted("show")).toEqual([["/media/对的.toml"]]);
  });
});

describe("a local edition", () => {
  const local = { ...rubric, local: { grades: true, weights: true, sentence: "各地可调整" } };
  it("sends only what was changed, once naming and a change are there", async () => {
    answer();
    await show(LocalDialog, { modelValue: false, rubric: local, rubricKey: "k" });
    await wrapper.setProps({ modelValue: true });
    await settle();
    await fill("local-id", "shanxi-bz");
    await fill("local-suffix", "（并州版）");
    await fill("local-edition", "2026");
    await fill("local-file-folder", "/tmp");
    await press("local-write");
    expect(called("localise_rubric")).toEqual([]);
    expect(body("local-unchanged")).not.toBeNull();
    await fill("weight-4.5.3-4", "６");
    await press("local-write");
    expect(called("localise_rubric")).toEqual([{ input: { parent: "k", id: "shanxi-bz", edition: "2026", suffix: "（并州版）", grades: [], weights: [{ code: "4.5.3-4", max: "6" }], out: "/tmp/shanxi-bz.toml", replace: false } }]);
    expect(body("local-report")?.textContent).toContain("总分仍为");
    await press("local-show");
    expect(wrapper.emitted("show")).toEqual([["/tmp/shanxi-bz.toml"]]);
  });
  it("sends all grade lines when one of them is another", async () => {
    answer();
    await show(LocalDialog, { modelValue: false, rubric: local, rubricKey: "k" });
    await wrapper.setProps({ modelValue: true });
    await settle();
    for (const [id, text] of [["local-id", "a"], ["local-suffix", "b"], ["local-file-folder", "/tmp"], ["grade-0-atLeast", "920"]] as const) await fill(id, text);
    await press("local-write");
    const input = called("localise_rubric")[0]?.input as { grades: { atLeast: string }[] };
    expect(input.grades.map((grade) => grade.atLeast)).toEqual(["920", ...rubric.grades.slice(1).map((grade) => grade.atLeast)]);
  });
});

describe("another edition for a draft", () => {
  it("shows what changed before, what became of the entries after, and opens the new sheet", async () => {
    const desk = await deskWithTable();
    const newer = { ...desk.rubric.summary, id: "newer", digest: "other" };
    answer({ home: () => ({ sheets: [], rubrics: [desk.rubric.summary, newer], identities: [], language: "zh", workspace: "" }) });
    await useHome().load();
    await show(SheetFrame, { desk, at: null, tab: "results", texts: 0 });
    await press("migrate");
    await fill("migrate-target", desk.rubric.summary.id);
    expect((body("migrate-run") as HTMLButtonElement).disabled).toBe(true);
    await fill("migrate-target", "newer");
    expect(called("diff_rubrics")).toEqual([{ first: desk.rubric.summary.id, second: "newer" }]);
    expect(body("diff")?.textContent).toContain("5 → 6");
    expect(called("migrate_sheet")).toEqual([]);
    await press("migrate-run");
    expect(called("migrate_sheet")).toEqual([{ sheet: "s1", rubric: "newer" }]);
    expect(body("migrated-again")?.textContent).toContain("原来 4 分");
    expect(body("migrated-again")?.textContent).toContain("意见 承诺书齐全");
    await press("migrate-open");
    expect(wrapper.emitted("open")).toEqual([["s1"]]);
  });
  it("is not offered for a sheet that is locked", async () => {
    const desk = await deskWithTable();
    await show(SheetFrame, { desk: { ...desk, state: { ...desk.state, phase: "finalised" } }, at: null, tab: "results", texts: 0 });
    expect(body("migrate")).toBeNull();
  });
});

describe("a figure from a table", () => {
  it("counts while conditions are put together, and takes what was counted", async () => {
    await inSheet(await deskWithTable(), TableDialog, { modelValue: true, code: "3.2.1", name: "专任教师数" });
    await settle(350);
    expect(called("table_headings")).toEqual([{ sheet: "s1", item: "e8", headerRow: 1 }]);
    expect(body("roster-count")?.textContent).toContain("214 行符合");
    await press("filter-add");
    await fill("filter-0-column", "出生日期");
    await fill("filter-0-op", "youngerThan");
    await fill("filter-0-value", "45");
    await settle(350);
    expect((body("roster-take") as HTMLButtonElement).disabled).toBe(true);
    await fill("roster-day", "2026年9月1日");
    await settle(350);
    await press("roster-take");
    const query = { sheet: "教职工", headerRow: 1, filters: [{ column: "出生日期", op: "youngerThan", value: "45" }], referenceDate: { year: 2026, month: 9, day: 1 } };
    expect(called("count_rows").at(-1)).toEqual({ sheet: "s1", item: "e8", query });
    expect(called("set_quantity_from_table")).toEqual([{ sheet: "s1", code: "3.2.1", name: "专任教师数", item: "e8", query }]);
  });
  it("says what to do when the evidence holds no table", async () => {
    const desk = await deskWithTable();
    await inSheet({ ...desk, evidence: [] }, TableDialog, { modelValue: true, code: "3.2.1", name: "专任教师数" });
    expect(body("no-table")).not.toBeNull();
    expect(called("table_headings")).toEqual([]);
  });
});

describe("a conversion", () => {
  it("shows the value of what was entered, and no older one", async () => {
    const conversion = { name: "课程学时", of: "课程时长", ofUnit: "分", unit: "学时", sentence: "小于或等于15min的为0.25学时", codes: ["a"] };
    await inSheet(await deskWithTable(), ConversionField, { conversion, code: "a" });
    await fill("conversion-a-field", "３０");
    expect(body("conversion-a-value")?.textContent).toContain("—");
    body("conversion-a-field")?.dispatchEvent(new Event("change"));
    await settle();
    expect(called("convert")).toEqual([{ sheet: "s1", name: "课程学时", quantity: "30" }]);
    expect(body("conversion-a-value")?.textContent).toContain("0.5");
  });
});

describe("the pieces", () => {
  it("joins a folder and a name in the folder's own spelling", () => {
    expect(joinPath("/media/usb/", "a.xlsx")).toBe("/media/usb/a.xlsx");
    expect(joinPath("D:\\评估", " a.xlsx ")).toBe("D:\\评估\\a.xlsx");
    expect(stemOf("D:\\评估\\煤炭.v2.xlsx")).toBe("煤炭.v2");
  });
  it("reads a day as people write it, and nothing else", () => {
    for (const text of ["2026-09-01", "2026.9.1", " 2026年9月1日 "]) expect(dayOf(text)).toEqual({ year: 2026, month: 9, day: 1 });
    for (const text of ["", "2026", "9月1日", "2026-09-01x"]) expect(dayOf(text)).toBeNull();
    expect([isTable("a.ODS"), isTable("a.xlsx.pdf")]).toEqual([true, false]);
  });
  it("finds a code without its dots, and words with what stands around them", () => {
    const texts = textsOf(rubric);
    expect(find(texts, "453").map((hit) => hit.code)).toContain("4.5.3-4");
    const hit = find(texts, "诚信教育").find(({ code }) => code === "4.5.3-4");
    expect(hit?.found).toBe("诚信教育");
    expect(find(texts, " ")).toEqual([]);
    expect(find(texts, "没有这句话")).toEqual([]);
  });
  it("says what was recorded in words, whatever its kind", () => {
    const said = (kind: string, code: string, value: string) => recordedWords({ kind, code, value }, i18n.global.t as never);
    expect(said("part", "1.1#2", '{"met":false}')).toBe("认定 2 否");
    expect(said("part", "1.1#1", '{"count":{"items":[0,3],"more":1}}')).toBe("认定 1 3 项");
    expect(said("part", "1.1#1", '{"entries":[{"item":0,"title":"省级奖","base":"2"}]}')).toBe("认定 1 省级奖 2");
    expect(said("part", "1.1#1", '{"conform":"部分符合"}')).toBe("认定 1 部分符合");
    expect(said("part", "1.1#1", '{"mark":"0.5"}')).toBe("认定 1 0.5");
    expect(said("quantity", "1.1#人数", '{"value":"7","source":"名单"}')).toBe("人数 7（名单）");
    expect(said("condition", "1.1-6", "true")).toBe("条件 1.1-6 存在");
    expect(said("doubt", "1.1", "true")).toBe("疑问");
  });
  it("says every kind of rule in words with its own numbers", () => {
    const rule = (fields: Partial<PartView> & { kind: PartView["kind"] }) => ruleWords({ sentence: "", takes: false, reading: null, legal: "", choices: [], ...fields } as PartView, i18n.global.t as never).join("；");
    expect(rule({ kind: "check", amount: "2" })).toBe("符合得 2 分，不符合得 0 分");
    expect(rule({ kind: "check", amount: "1", takes: true })).toBe("有此情形扣 1 分，没有不扣");
    expect(rule({ kind: "count", amount: "0.5", items: ["a"], open: true, unit: "项", takes: true })).toBe("每项扣 0.5 分；没有列出的也可以计");
    expect(rule({ kind: "range", from: "0.5", to: "1", takes: true })).toBe("正常不扣；有问题酌情扣 0.5–1 分");
    expect(rule({ kind: "measure", formula: "账号分配率", unit: "%", line: "80", award: "2", every: "10", amount: "0.5" })).toBe("按“账号分配率”算：达到 80 %得 2 分，每差 10 %少 0.5 分");
    expect(rule({ kind: "entries", items: [], coefficients: false, eachMost: "3", most: "5" })).toBe("逐项登记成果，各自判分；每类最高 3 分；合计最高 5 分");
    expect(rule({ kind: "conform", modality: "shall" })).toBe("应：符合、部分符合、不符合或不适用");
  });
});
