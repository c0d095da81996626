import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { ask, commands } from "../src/api";
import { useHome } from "../src/composables/home";
import SheetFrame from "../src/desk/SheetFrame.vue";
import type { SheetTab } from "../src/desk/tabs";
import { mockDesktop } from "../src/dev/mock";
import HomeView from "../src/home/HomeView.vue";
import { i18n } from "../src/i18n";

let wrapper: VueWrapper;
const all = (css: string) => [...document.querySelectorAll<HTMLElement>(css)];
const body = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const said = (id: string) => body(id)?.textContent?.replace(/\s+/g, " ").trim() ?? "";
async function settle(): Promise<void> {
  for (let round = 0; round < 8; round += 1) {
    await new Promise((done) => setTimeout(done, 0));
    await flushPromises();
  }
}
async function open(tab: SheetTab, search = ""): Promise<void> {
  window.history.replaceState({}, "", `/?${search}`);
  mockDesktop();
  const desk = await ask(commands.openSheet("s1"));
  wrapper = mount(SheetFrame, { props: { desk, at: null, tab, texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
}
async function home(search = ""): Promise<void> {
  window.history.replaceState({}, "", `/?${search}`);
  mockDesktop();
  await useHome().load();
  wrapper = mount(HomeView, { global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
}
async function click(id: string): Promise<void> {
  expect(body(id), id).not.toBeNull();
  body(id)?.click();
  await settle();
}
async function fill(id: string, text: string): Promise<void> {
  const field = body(id) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await settle();
}
const lines = () => all("[data-testid^=history-line-]").map((row) => row.dataset.testid?.replace("history-line-", ""));
afterEach(() => wrapper?.unmount());

describe("the history of a sheet", () => {
  it("says who changed what from what to what, and why, and leads to the row", async () => {
    await open("history");
    expect(lines()[0]).toBe("412");
    expect(said("history-line-412")).toContain("周敏得分4.5.3-4");
    expect(said("history-line-412").replace(/\s/g, "")).toContain("5→3");
    expect(said("history-line-409")).toContain("漏看了补交的班会记录");
    body("history-line-412")?.querySelector("button")?.click();
    await settle();
    expect(body("tab-desk")?.getAttribute("aria-selected")).toBe("true");
  });
  it("shows one kind, finds words, and says so when nothing fits", async () => {
    await open("history");
    await click("history-life");
    expect(lines()).toEqual(["409", "408", "407"]);
    await fill("history-search", "考风考纪");
    await new Promise((done) => setTimeout(done, 250));
    await settle();
    expect(body("history-none")).not.toBeNull();
    body("history-none")?.querySelector("button")?.click();
    await new Promise((done) => setTimeout(done, 250));
    await settle();
    expect(lines()).toHaveLength(8);
  });
  it("lists what changed since the signed revision, only where one was signed", async () => {
    await open("history");
    expect(body("changes")).toBeNull();
    wrapper.unmount();
    await open("history", "reopened");
    expect(all("[data-testid=change-line]")).toHaveLength(2);
    expect(said("changes")).toContain("814 → 812");
  });
  it("says in one line whether somebody touched it", async () => {
    await open("history");
    await click("check-history");
    expect(body("history-result")?.dataset.sound).toBe("true");
    expect(said("history-result")).toContain("412 条记录");
  });
});

describe("receipts", () => {
  it("say with the sheet what arrived, and warn where it is not what is here", async () => {
    await open("documents", "phase=signed&receipts");
    const [good, bad] = all("[data-testid=receipt]");
    expect(good?.textContent).toContain("一字不差");
    expect([good?.dataset.same, bad?.dataset.same]).toEqual(["true", "false"]);
    expect(bad?.textContent).toContain("未登记");
  });
  it("are explained where there is none", async () => {
    await open("documents", "phase=finalised");
    expect(said("receipts")).toContain(".hjr");
  });
  it("are taken in by the dialog of the start page after a look at who signed", async () => {
    await home();
    await click("import-package");
    await fill("import-path", "/media/usb/回执.hjr");
    await click("import-verify");
    expect(body("verdict")).not.toBeNull();
    expect(said("import")).toBe("收下回执");
    await click("import");
    expect(said("receipt-taken")).toContain("回执已收下");
    expect(body("import-receipt")).toBeNull();
  });
  it("are given after an import, asked about before a typed passphrase is thrown away", async () => {
    await home("identity");
    await click("import-package");
    await fill("import-path", "/media/usb/汾曲分校.hjp");
    await click("import-verify");
    await click("import");
    await click("import-receipt");
    await fill("receipt-passphrase", "correct horse");
    document.querySelector<HTMLElement>(".el-dialog__headerbtn")?.click();
    await settle();
    expect(body("discard-question")).not.toBeNull();
    await click("keep-typing");
    await click("sign-receipt");
    expect(said("receipt-written")).toContain("回执-郑国栋.hjr");
  });
  it("say in the list of packages that what was handed over arrived, and can be given for what came", async () => {
    await home("identity");
    expect(body("give-receipt-2")).not.toBeNull();
    expect(body("give-receipt-1")).toBeNull();
    await click("give-receipt-2");
    expect(body("give-receipt")).not.toBeNull();
  });
});
