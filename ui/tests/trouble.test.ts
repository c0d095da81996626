import { mockIPC } from "@tauri-apps/api/mocks";
import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask, commands } from "../src/api";
import type { Desk, Problem, SheetState } from "../src/api";
import SheetFrame from "../src/desk/SheetFrame.vue";
import { mockDesktop } from "../src/dev/mock";
import { i18n } from "../src/i18n";

const full: Problem = { code: "store.disk-full", what: "磁盘满了，最后一次修改没有保存", place: "D:", todo: "腾出 50 MB 空间再试。" };
const long: Problem = { code: "assessment.too-long", what: "意见太长", place: "10000 字，最多 4000 字", todo: "删去一部分。" };
vi.setConfig({ testTimeout: 60_000 }); // a whole desk is drawn
let wrapper: VueWrapper;
const get = (id: string) => wrapper.get(`[data-testid="${id}"]`);
const settle = async () => {
  await flushPromises();
  await new Promise((resolve) => setTimeout(resolve));
  await flushPromises();
};
/** A desk whose commands answer as `answer` says; what it does not know leaves the sheet as it is. */
async function openDesk(answer: (command: string, args: Record<string, unknown>, state: SheetState) => unknown): Promise<Desk> {
  mockDesktop();
  const desk = await ask(commands.openSheet("s1"));
  mockIPC((command, args) => answer(command, (args ?? {}) as Record<string, unknown>, desk.state) ?? (command === "open_sheet" ? desk : desk.state));
  wrapper = mount(SheetFrame, { props: { desk, at: "4.5.3-4", tab: "desk" as const, texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
  return desk;
}
function marked(state: SheetState, code: string, mark: string): SheetState {
  return { ...state, points: state.points.map((point) => (point.code === code ? { ...point, mark, entered: mark } : point)) };
}
beforeEach(() => {
  vi.spyOn(HTMLInputElement.prototype, "select").mockImplementation(function (this: HTMLInputElement) {
    this.focus();
  });
  Object.defineProperty(window, "innerWidth", { value: 1366, configurable: true });
});
afterEach(() => wrapper?.unmount());

describe("a full disk while typing", () => {
  it("leaves what was typed in its field and saves it again when told to", async () => {
    let room = false;
    await openDesk((command, args, state) => {
      if (command !== "set_mark") return undefined;
      if (!room) throw full;
      return marked(state, args.point as string, args.mark as string);
    });
    const field = () => get("mark-4.5.3-4").element as HTMLInputElement;
    field().value = "4";
    await get("mark-4.5.3-4").trigger("input");
    await get("mark-4.5.3-4").trigger("keydown", { key: "Enter" });
    await settle();
    expect(field().value).toBe("4");
    expect(get("refusal-4.5.3-4").text()).toContain("磁盘满了");
    expect(get("saved").attributes("data-state")).toBe("refused");

    await get("save-again").trigger("click");
    await settle();
    expect(field().value, "still no room").toBe("4");
    room = true;
    await get("save-again").trigger("click");
    await settle();
    expect(wrapper.find("[data-testid='refusal-4.5.3-4']").exists()).toBe(false);
    expect(get("saved").attributes("data-state")).toBe("saved");
    expect(field().value).toBe("4");
  });
});

describe("a remark of 10,000 characters", () => {
  it("is refused in words, counted, and there again when its row is come back to", async () => {
    await openDesk((command) => {
      if (command === "set_remark") throw long;
      return undefined;
    });
    const text = "检查记录𠮷".repeat(2000);
    const remark = get("remark-4.5.3-4");
    (remark.element as HTMLTextAreaElement).value = text;
    await remark.trigger("input");
    await remark.trigger("blur");
    await settle();
    expect(get("refusal-remark-4.5.3-4").text()).toContain("意见太长");
    expect(wrapper.text()).toContain("10000 字");
    expect((get("mark-4.5.3-4").element as HTMLInputElement).value, "the mark's field holds marks").not.toContain("检");

    await get("mark-4.5.3-5").trigger("click");
    await settle();
    expect(wrapper.find("[data-testid='remark-4.5.3-4']").exists()).toBe(false);
    await get("mark-4.5.3-4").trigger("click");
    await settle();
    expect((get("remark-4.5.3-4").element as HTMLTextAreaElement).value).toBe(text);
  });
});

describe("a key that is held down", () => {
  it("confirms one row, not all of them", async () => {
    await openDesk(() => undefined);
    const current = () => wrapper.get("[aria-current='true']").attributes("data-row");
    for (const repeat of [false, true, true, true]) {
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, repeat }));
      await settle();
    }
    expect(current()).toBe("4.5.3-5");
  });
});

describe("undo while a save is under way", () => {
  it("comes after it, in the order of the keys", async () => {
    const sent: string[] = [];
    let answer: () => void = () => undefined;
    await openDesk((command, _args, state) => {
      if (command === "set_doubt" || command === "undo") sent.push(command);
      if (command === "set_doubt") return new Promise((resolve) => { answer = () => resolve({ ...state, canUndo: true }); });
      if (command === "undo") return { ...state, canUndo: false };
      return undefined;
    });
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "F3", cancelable: true }));
    await settle();
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, cancelable: true }));
    await settle();
    expect(sent).toEqual(["set_doubt"]);
    answer();
    await settle();
    expect(sent).toEqual(["set_doubt", "undo"]);
  });
});
