import { mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask, commands } from "../src/api";
import SheetFrame from "../src/desk/SheetFrame.vue";
import { mockDesktop } from "../src/dev/mock";
import { i18n } from "../src/i18n";
import { body, pass } from "./page";

let wrapper: VueWrapper;
const said = (id: string) => body(id)?.textContent?.replace(/\s+/g, " ").trim();
const PAUSE = 850;

async function open(search = ""): Promise<void> {
  window.history.replaceState({}, "", `/?${search}`);
  mockDesktop();
  const desk = await ask(commands.openSheet("s1"));
  wrapper = mount(SheetFrame, { props: { desk, at: null, tab: "tasks", texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
  await pass(20);
}
async function click(id: string): Promise<void> {
  await pass(5); // a button that was off until something was typed
  expect(body(id), id).not.toBeNull();
  body(id)?.click();
  await pass(20);
}
function type(id: string, text: string): void {
  const field = body(id) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
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
});
afterEach(() => {
  wrapper?.unmount();
  vi.useRealTimers();
});

describe("the departments", () => {
  it("are listed with what they miss, and the one that is chosen shows its points", async () => {
    await open();
    await click("department-考试中心");
    const rows = document.querySelectorAll("[data-testid^=task-]").length;
    expect(rows).toBeGreaterThan(1);
    await click("points-missing");
    expect(document.querySelectorAll("[data-testid^=task-]").length).toBeLessThan(rows);
    expect(document.querySelector("[data-testid^=task-]")?.textContent).toContain("缺材料");
  });
  it("are renamed everywhere; one that is there is said to take the work over", async () => {
    await open();
    await click("department-考试中心");
    await click("rename-department");
    type("rename-to", "教务 处");
    await pass(5);
    expect(said("rename-form")).toContain("已有“教务处”");
    type("rename-to", "考试与评价中心");
    body("rename")?.click();
    await pass(20);
    expect(body("department-考试中心")).toBeNull();
    expect(body("department-考试与评价中心")?.getAttribute("aria-pressed")).toBe("true");
    await click("tasks-undo");
    expect(body("department-考试中心")).not.toBeNull();
  });
  it("are deleted after a question, and come back with Ctrl+Z", async () => {
    await open();
    await click("department-考试中心");
    await click("remove-department");
    await click("confirm-remove");
    expect(body("department-考试中心")).toBeNull();
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true }));
    await pass(20);
    expect(body("department-考试中心")).not.toBeNull();
  });
  it("have a person and a day; what is no day is refused and stays in the field", async () => {
    await open();
    await click("department-考试中心");
    const sent = record("change_tasks");
    type("department-person", "王思远（考务科）");
    await pass(PAUSE);
    expect(sent.at(-1)?.change).toMatchObject({ kind: "describe", name: "考试中心", person: "王思远（考务科）", due: "" });
    type("department-due", "下个月");
    body("department-due")?.dispatchEvent(new Event("change"));
    await pass(20);
    expect(said("tasks-refusal")).toContain("不是日期");
    expect((body("department-due") as HTMLInputElement).value).toBe("下个月");
  });
  it("are reminded by a text that can be edited before it is copied", async () => {
    await open();
    await click("department-考试中心");
    await click("remind");
    expect((body("reminder-text") as HTMLTextAreaElement).value).toContain("【催办】并州分校");
  });
  it("are added where the rubric names none", async () => {
    await open("bare");
    expect(said("no-departments")).toContain("还没有部门");
    type("new-department", "教务处");
    await click("add-department");
    expect(body("department-教务处")).not.toBeNull();
    type("new-department", "教务处");
    await click("add-department");
    expect(said("tasks-refusal")).toContain("已经有部门");
    expect((body("new-department") as HTMLInputElement).value).toBe("教务处");
  });
  it("are only read where the sheet came from another machine", async () => {
    await open("imported");
    expect(body("tasks-read-only")).not.toBeNull();
    expect(body("new-department")).toBeNull();
    expect(body("tasks-undo")).toBeNull();
  });
});

describe("the assignment", () => {
  const FIRST = "4.5.3-1";
  it("of a point follows its indicator until it is changed, and again when it is restored", async () => {
    await open();
    await click("tasks-assignment");
    await click(`place-${FIRST}`);
    expect(said("source-departments")).toBe("同 4.5.3");
    await click("choose-departments");
    type("query-departments", "保卫处");
    await pass(5);
    await click("put-new-departments");
    expect(said("source-departments")).toBe("本单位改过");
    expect(body("out-departments-保卫处")).not.toBeNull();
    await click("inherit-departments");
    expect(body("out-departments-保卫处")).toBeNull();
  });
  it("keeps what is to be collected, saved after a pause", async () => {
    await open();
    await click("tasks-assignment");
    await click(`place-${FIRST}`);
    const sent = record("change_tasks");
    type("place-collection", "巡考记录");
    expect(sent).toHaveLength(0);
    await pass(PAUSE);
    expect(sent.at(-1)?.change).toEqual({ kind: "collect", code: FIRST, text: "巡考记录" });
    expect(said("collection-saving")).toBe("本单位改过");
  });
  it("is searched by code, text and department", async () => {
    await open();
    await click("tasks-assignment");
    const all = document.querySelectorAll("[data-testid^=place-]").length;
    type("place-search", "考试中心");
    await pass(5);
    const found = document.querySelectorAll("[data-testid=places] [data-testid^=place-]").length;
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(all);
  });
  it("is put back to the source's after a question", async () => {
    await open();
    const sent = record("change_tasks");
    type("new-department", "保卫处");
    await click("add-department");
    await click("tasks-reset");
    await click("confirm-reset");
    expect(sent.at(-1)?.change).toEqual({ kind: "reset" });
    expect(body("department-保卫处")).toBeNull();
  });
});

describe("the schedule", () => {
  async function openSchedule(): Promise<void> {
    await open();
    body("tasks-schedule")?.click();
    await pass(20);
  }
  it("saves what is changed, moved, added and removed", async () => {
    await openSchedule();
    const sent = record("set_schedule");
    const state = body("state-1") as HTMLSelectElement;
    state.value = "done";
    state.dispatchEvent(new Event("change"));
    body("up-2")?.click();
    body("add-line")?.click();
    await pass(5);
    const item = body("item-3") as HTMLTextAreaElement;
    item.value = "自评";
    item.dispatchEvent(new Event("input"));
    await pass(PAUSE);
    body("remove-1")?.click();
    await pass(PAUSE);
    const items = (args: Record<string, unknown>) => (args.lines as { item: string; state: string }[]).map((line) => `${line.item} ${line.state}`);
    expect(items(sent.at(-2) ?? {})).toEqual(["上报评估联系人名单 open", "动员大会 done", "自评 open"]);
    expect(items(sent.at(-1) ?? {})).toEqual(["动员大会 done", "自评 open"]);
    expect(body("schedule-saving")?.dataset.state).toBe("kept");
  });
  it("asks before it restores the source's own", async () => {
    await openSchedule();
    body("remove-1")?.click();
    await pass(PAUSE);
    expect(document.querySelectorAll("[data-testid^=line-]")).toHaveLength(1);
    body("restore-schedule")?.click();
    await pass(5);
    body("confirm-restore")?.click();
    await pass(20);
    expect(document.querySelectorAll("[data-testid^=line-]")).toHaveLength(2);
  });
  it("shows how far each line is today", async () => {
    await openSchedule();
    expect(body("standing-1")?.dataset.standing).toBe("overdue");
    expect(said("schedule-late")).toBe("2 项逾期");
    const state = body("state-1") as HTMLSelectElement;
    state.value = "done";
    state.dispatchEvent(new Event("change"));
    await pass(PAUSE);
    expect(body("standing-1")?.dataset.standing).toBe("done");
    expect(said("schedule-late")).toBe("1 项逾期");
  });
});
