import { mockIPC } from "@tauri-apps/api/mocks";
import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Desk } from "../src/api";
import { ask, commands } from "../src/api";
import { keyName } from "../src/composables/keyboard";
import SheetFrame from "../src/desk/SheetFrame.vue";
import { mockDesktop } from "../src/dev/mock";
import { i18n } from "../src/i18n";

let wrapper: VueWrapper;
const get = (id: string) => wrapper.get(`[data-testid="${id}"]`);
const field = (code: string) => get(`mark-${code}`).element as HTMLInputElement;
const current = () => wrapper.get("[aria-current='true']").attributes("data-row");
const settle = async () => {
  // What follows a saved mark is drawn behind the frame after it.
  for (let frame = 0; frame < 2; frame += 1) {
    await flushPromises();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }
  await flushPromises();
};
async function press(key: string, options: KeyboardEventInit = {}): Promise<void> {
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options });
  target.dispatchEvent(event);
  // What a browser would do with a character in a field that was selected when it got the focus.
  if (!event.defaultPrevented && target instanceof HTMLInputElement && key.length === 1) {
    target.value = key;
    target.dispatchEvent(new Event("input", { bubbles: true }));
  }
  await settle();
}
async function openAt(at: string | null, search = ""): Promise<Desk> {
  window.history.replaceState({}, "", `/?${search}`);
  mockDesktop();
  const desk = await ask(commands.openSheet("s1"));
  wrapper = mount(SheetFrame, { props: { desk, at, tab: "desk" as const, texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
  return desk;
}
beforeEach(() => {
  // As browsers do: selecting the text of a field gives it the focus.
  vi.spyOn(HTMLInputElement.prototype, "select").mockImplementation(function (this: HTMLInputElement) {
    this.focus();
  });
  Object.defineProperty(window, "innerWidth", { value: 1366, configurable: true });
});
afterEach(() => wrapper?.unmount());

describe("the keyboard on the desk", () => {
  it("puts a typed digit into the current mark; Enter records it and goes to the next row", async () => {
    await openAt("4.5.3-4");
    expect(document.activeElement).toBe(field("4.5.3-4"));
    await press("4");
    expect(field("4.5.3-4").value).toBe("4");
    await press("Enter");
    expect(current()).toBe("4.5.3-5");
    expect(get("choice-4.5.3-5-6").attributes("aria-checked")).toBeDefined();
    await press("ArrowUp");
    expect(get("choice-4.5.3-4-4").attributes("aria-checked")).toBe("true");
    expect(get("saved").attributes("data-state")).toBe("saved");
  });
  it("keeps to the last row at the end, where the next digit replaces the mark", async () => {
    await openAt("4.5.4-3");
    await press("4");
    await press("Enter");
    expect(document.activeElement).toBe(field("4.5.4-3"));
    await press("5");
    expect(field("4.5.4-3").value).toBe("5");
  });
  it("takes a digit that was typed outside of the field", async () => {
    await openAt("4.5.3-4");
    field("4.5.3-4").blur();
    await press("3");
    expect(document.activeElement).toBe(field("4.5.3-4"));
    expect(field("4.5.3-4").value).toBe("3");
  });
  it("takes a minus that was typed outside of the field, and refuses the mark in words", async () => {
    await openAt("4.5.3-4");
    field("4.5.3-4").blur();
    await press("-");
    expect(document.activeElement).toBe(field("4.5.3-4"));
    expect(field("4.5.3-4").value).toBe("-");
    field("4.5.3-4").value = "-5";
    await get("mark-4.5.3-4").trigger("input");
    await press("Enter");
    expect(field("4.5.3-4").value).toBe("");
    expect(get("refusal-4.5.3-4").text()).toContain("打分没有记下：-5");
  });
  it("takes a full-width digit that was typed outside of the field", async () => {
    await openAt("4.5.3-4");
    field("4.5.3-4").blur();
    await press("３");
    expect(field("4.5.3-4").value).toBe("3");
  });
  it("walks rows, conditions and indicators", async () => {
    await openAt("4.5.3-5");
    await press("ArrowDown");
    expect(current()).toBe("4.5.3-6");
    await press("ArrowDown");
    expect(current()).toBe("4.5.4-1");
    await press("ArrowUp", { ctrlKey: true });
    expect(current()).toBe("4.5.3-1");
  });
  it("never decides a condition by Enter", async () => {
    await openAt("4.5.3-6");
    await press("Enter");
    expect(current()).toBe("4.5.4-1");
    await press("ArrowUp");
    expect(get("limit-4.5.3-6-absent").attributes("aria-checked")).toBe("false");
    expect(get("limit-4.5.3-6-present").attributes("aria-checked")).toBe("false");
  });
  it("marks doubt with F3 and undoes with Ctrl+Z", async () => {
    await openAt("4.5.3-4");
    await press("F3");
    expect(get("doubt-4.5.3-4").attributes("aria-pressed")).toBe("true");
    await press("z", { ctrlKey: true });
    expect(get("doubt-4.5.3-4").attributes("aria-pressed")).toBe("false");
    await press("Z", { ctrlKey: true, shiftKey: true });
    expect(get("doubt-4.5.3-4").attributes("aria-pressed")).toBe("true");
  });
  it("goes to the remark with F2 and leaves digits to it", async () => {
    await openAt("4.5.3-4");
    await press("F2");
    expect(document.activeElement?.getAttribute("data-testid")).toBe("remark-4.5.3-4");
    await press("3");
    expect(field("4.5.3-4").value).toBe("");
  });
  it("names keys as bindings write them", () => {
    const name = (key: string, options: KeyboardEventInit = {}) => keyName(new KeyboardEvent("keydown", { key, ...options }));
    expect(name("z", { ctrlKey: true })).toBe("Ctrl+Z");
    expect(name("Z", { ctrlKey: true, shiftKey: true })).toBe("Ctrl+Shift+Z");
    expect(name("?", { shiftKey: true })).toBe("?");
    expect(name("ArrowUp", { ctrlKey: true })).toBe("Ctrl+ArrowUp");
  });
});

describe("marks, bands and conditions", () => {
  it("shows a refusal in the row, keeps the old mark and counts it at the foot", async () => {
    await openAt("4.5.3-4");
    await press("9");
    await press("Enter");
    expect(field("4.5.3-4").value).toBe("");
    expect(get("refusal-4.5.3-4").text()).toContain("打分没有记下：9");
    expect(get("saved").attributes("data-state")).toBe("refused");
    expect(get("tree-4.5.3").find(".st--warning").exists()).toBe(true);
  });
  it("records a choice by the mouse", async () => {
    await openAt("4.5.3-4");
    await get("choice-4.5.3-4-5").trigger("click");
    await settle();
    expect(field("4.5.3-4").value).toBe("5");
    expect(get("count-open").text()).toContain("2");
  });
  it("sends the mark of a band that has only one, and offers the marks of the others", async () => {
    await openAt("3.2.1");
    await get("band-3.2.1-2").trigger("click");
    expect(wrapper.findAll("[data-testid^='choice-3.2.1-']").map((button) => button.text())).toEqual(["19", "20", "21", "22", "23"]);
    await get("band-3.2.1-0").trigger("click");
    await settle();
    expect(field("3.2.1").value).toBe("30");
  });
  it("decides a condition and shows what it does to the indicator", async () => {
    await openAt("4.5.3-6");
    await get("limit-4.5.3-6-present").trigger("click");
    await settle();
    expect(get("indicator-score").text()).toBe("0");
    expect(get("count-vetoes").text()).toContain("1");
    expect(get("tree-4.5.3").find(".st--veto").exists()).toBe(true);
  });
  it("writes a dash, not a nought, where nothing is scored", async () => {
    await openAt(null, "fresh");
    expect(get("indicator-score").text()).toBe("—");
    expect(get("level-1").text()).toContain("—");
  });
});

describe("tree", () => {
  it("keeps what a filter asks for, with the branches above", async () => {
    await openAt("4.5.3-4");
    await get("chip-doubt").trigger("click");
    expect(wrapper.findAll("[role=treeitem]").map((node) => node.attributes("data-code"))).toEqual(["4", "4.5", "4.5.3"]);
    await get("tree-filter").setValue("999");
    expect(wrapper.find("[role=treeitem]").exists()).toBe(false);
    await wrapper.get(".tree .btn").trigger("click");
    expect(wrapper.find("[data-testid='tree-1']").exists()).toBe(true);
  });
});

describe("a sheet that may not be changed", () => {
  it("says so and takes no mark", async () => {
    await openAt("4.5.3-4", "phase=signed");
    expect(get("read-only").text()).toContain("已签名");
    const sent: string[] = [];
    // The pieces of the next row may be looked at.
    mockIPC((command) => { if (!command.includes("preview")) sent.push(command); });
    await press("4");
    await press("Enter");
    await get("choice-4.5.3-5-2").trigger("click");
    await press("F3");
    expect(sent).toEqual([]);
    expect(field("4.5.3-4").readOnly).toBe(true);
    expect(get("limit-4.5.3-6-present").attributes("disabled")).toBeDefined();
    expect(get("add-evidence").attributes("disabled")).toBeDefined();
  });
});
