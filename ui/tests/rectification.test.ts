import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { ask, commands } from "../src/api";
import SheetFrame from "../src/desk/SheetFrame.vue";
import type { SheetTab } from "../src/desk/tabs";
import { mockDesktop } from "../src/dev/mock";
import { i18n } from "../src/i18n";

let wrapper: VueWrapper;
const body = <T extends HTMLElement>(id: string) => document.querySelector<T>(`[data-testid="${id}"]`);
const said = (id: string) => body(id)?.textContent?.replace(/\s+/g, " ").trim();
async function settle(): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    await new Promise((done) => setTimeout(done, 0));
    await flushPromises();
  }
}
async function open(tab: SheetTab): Promise<void> {
  window.history.replaceState({}, "", "/");
  mockDesktop();
  const desk = await ask(commands.openSheet("s1"));
  wrapper = mount(SheetFrame, { props: { desk, at: null, tab, texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
}
async function click(id: string): Promise<void> {
  expect(body(id), id).not.toBeNull();
  body(id)?.click();
  await settle();
}
async function type(id: string, text: string): Promise<void> {
  const field = body<HTMLInputElement>(id);
  expect(field, id).not.toBeNull();
  if (!field) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await settle();
}
afterEach(() => wrapper?.unmount());

describe("the list of problems", () => {
  it("is empty at first, says how to note one, and takes deductions over", async () => {
    await open("problems");
    expect(said("no-problems")).toContain("F7");
    expect(said("deductions")).toContain("3 处扣分还没有记成问题");
    await click("note-all");
    expect(body("deductions")).toBeNull();
    expect(body("problem-3")).not.toBeNull();
    expect(said("problems-open")).toBe("待整改 3");
    await click("problems-undo");
    expect(body("problem-3")).toBeNull();
  });
  it("keeps a plan field by field; what is refused stays in its field until it is taken back", async () => {
    await open("problems");
    await click("note-all");
    await type("measure-1", "补签协议");
    await type("deadline-1", "2099-01-01");
    expect(said("problem-refusal-1")).toContain("超过一年");
    expect(body<HTMLInputElement>("deadline-1")?.value).toBe("2099-01-01");
    expect(body<HTMLTextAreaElement>("measure-1")?.value).toBe("补签协议");
    await type("deadline-1", "2027-06-30");
    expect(body("problem-refusal-1")).toBeNull();
    await type("progress-1", "doing");
    expect(said("problems-doing")).toBe("整改中 1");
    await click("problems-doing");
    expect(document.querySelectorAll("[data-testid^=measure-]")).toHaveLength(1);
  });
  it("is added to on the desk, where a point shows its problems", async () => {
    await open("desk");
    const current = document.querySelector<HTMLElement>("article.pt.is-current")?.dataset.row ?? "";
    await click(`problem-${current}`);
    await type("problem-text", "现场没有记录");
    body("note-dialog")?.closest(".el-dialog")?.querySelector<HTMLElement>(".el-dialog__headerbtn")?.click();
    await settle();
    await click("keep-typing");
    expect(body<HTMLTextAreaElement>("problem-text")?.value).toBe("现场没有记录");
    body("note-dialog")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await settle();
    expect(said("point-problems")).toContain("现场没有记录");
  });
});
