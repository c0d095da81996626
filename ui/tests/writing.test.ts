import { mockIPC } from "@tauri-apps/api/mocks";
import { mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask, commands } from "../src/api";
import { saveAll } from "../src/composables/leaving";
import SheetFrame from "../src/desk/SheetFrame.vue";
import { mockDesktop } from "../src/dev/mock";
import { i18n } from "../src/i18n";
import { body, pass } from "./page";

let wrapper: VueWrapper;
const field = () => body("text-field") as HTMLTextAreaElement;
const PAUSE = 450;

async function open(search = ""): Promise<void> {
  window.history.replaceState({}, "", `/?${search}`);
  mockDesktop();
  const desk = await ask(commands.openSheet("s1"));
  wrapper = mount(SheetFrame, { props: { desk, at: null, tab: "writing", texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
  await pass(20);
}
async function show(place: string, part: string): Promise<void> {
  while (!body(`text-${place} ${part}`)) {
    document.querySelectorAll<HTMLElement>("[data-testid=outline] [aria-expanded=false]").forEach((branch) => branch.click());
    await pass(5);
  }
  body(`text-${place} ${part}`)?.click();
  await pass(5);
}
function type(text: string): void {
  field().value = text;
  field().dispatchEvent(new Event("input", { bubbles: true }));
}
/** What was sent to the program, by the name of the command. */
function record(name: string): Record<string, unknown>[] {
  const sent: Record<string, unknown>[] = [];
  const internals = (window as unknown as { __TAURI_INTERNALS__: { invoke: (command: string, args: Record<string, unknown>) => Promise<unknown> } }).__TAURI_INTERNALS__;
  const invoke = internals.invoke;
  internals.invoke = (command, args) => {
    if (command === name) sent.push(args);
    return invoke(command, args);
  };
  return sent;
}
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("innerWidth", 1366); // wide enough for the evidence beside the text
});
afterEach(() => {
  wrapper?.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a text", () => {
  it("is counted while it is typed and saved once typing pauses", async () => {
    await open();
    await show("summary:4.5", "preface");
    const sent = record("write_text");
    type("简明");
    await pass(150);
    expect(body("count")?.textContent).toContain("2");
    expect(body("saving")?.dataset.state).toBe("typing");
    expect(sent).toHaveLength(0);
    type("简明扼要");
    await pass(PAUSE);
    expect(sent.map((args) => args.text)).toEqual(["简明扼要"]);
    expect(body("saving")?.dataset.state).toBe("kept");
    expect(body("saving")?.textContent).toContain("14:32:08");
    expect(body("text-summary:4.5")?.textContent).toContain("4/1500");
  });
  it("that is longer than its limit is saved all the same, with a warning", async () => {
    await open();
    await show("summary:4.5", "body");
    type("字".repeat(1502));
    await pass(PAUSE);
    expect(body("over")?.textContent).toContain("2");
    expect(body("saving")?.dataset.state).toBe("kept");
  });
  it("is not sent while an input method is composing", async () => {
    await open();
    await show("report", "overall");
    const sent = record("write_text");
    type("党");
    field().dispatchEvent(new Event("compositionstart"));
    type("党wei");
    await pass(1000);
    expect(sent).toHaveLength(0);
    type("党委");
    field().dispatchEvent(new Event("compositionend"));
    await pass(PAUSE);
    expect(sent.map((args) => args.text)).toEqual(["党委"]);
  });
  it("that is refused stays in the field beside the reason", async () => {
    await open();
    await show("report", "overall");
    const long = "长".repeat(5001);
    type(long);
    await pass(PAUSE);
    expect(body("problem")?.textContent).toContain("文字太长");
    expect(body("saving")?.dataset.state).toBe("refused");
    expect(field().value).toBe(long);
    type("短了");
    await pass(PAUSE);
    expect(body("problem")).toBeNull();
    expect(body("saving")?.dataset.state).toBe("kept");
  });
  it("is saved when another is shown, when the view is left, and when the window closes", async () => {
    await open();
    await show("report", "overall");
    const sent = record("write_text");
    type("一");
    await show("report", "advice");
    type("二");
    await saveAll();
    type("三");
    await wrapper.get("[data-testid=tab-results]").trigger("click");
    await pass(5);
    expect(sent.map((args) => [args.part, args.text])).toEqual([["overall", "一"], ["advice", "二"], ["advice", "三"]]);
    await wrapper.get("[data-testid=tab-writing]").trigger("click");
    await pass(20);
    expect(field().value).toBe("三");
  });
  it("takes a reference at the cursor", async () => {
    await open();
    await show("report", "4.5.3");
    type("已培训，持证上岗。");
    field().setSelectionRange(3, 3);
    body("insert-4.5.3-1")?.click();
    await pass(PAUSE);
    expect(field().value).toBe("已培训〔材料：考务人员业务培训签到表及考核成绩〕，持证上岗。");
    expect(body("loose")).toBeNull();
    expect(document.activeElement).toBe(field());
    type("见〔材料：没有的〕");
    await pass(PAUSE);
    expect(body("loose")?.textContent).toContain("没有的");
  });
  it("only shows the evidence of its indicators, and says what to do where there is none", async () => {
    await open();
    await show("report", "4.5.4");
    expect(body("insert-4.5.4-1")).not.toBeNull();
    expect(body("insert-4.5.3-1")).toBeNull();
    await show("report", "4.5.1");
    expect(document.body.textContent).toContain("这里还没有支撑材料");
  });
  it("of another machine can only be read", async () => {
    await open("imported");
    expect(field().readOnly).toBe(true);
    expect(body("writing-read-only")?.textContent).toContain("导入");
  });
  it("says why the texts cannot be read", async () => {
    window.history.replaceState({}, "", "/");
    mockDesktop();
    const desk = await ask(commands.openSheet("s1"));
    mockIPC(() => Promise.reject({ code: "store.damaged", what: "工作区是损坏的", place: "", todo: "用备份" }));
    wrapper = mount(SheetFrame, { props: { desk, at: null, tab: "writing", texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
    await pass(20);
    expect(body("problem")?.textContent).toContain("工作区是损坏的");
  });
});
