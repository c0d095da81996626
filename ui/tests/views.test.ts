import { mockIPC } from "@tauri-apps/api/mocks";
import { mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { defineComponent, h } from "vue";
import { ask, commands, problemOf } from "../src/api";
import SettingsDialog from "../src/components/SettingsDialog.vue";
import { useHome } from "../src/composables/home";
import { useProblems } from "../src/composables/problems";
import { applySettings, useSettings } from "../src/composables/settings";
import { createSheet, provideSheet } from "../src/composables/sheet";
import SheetFrame from "../src/desk/SheetFrame.vue";
import { mockDesktop } from "../src/dev/mock";
import { whatIf } from "../src/dev/whatif";
import HomeView from "../src/home/HomeView.vue";
import VerifyView from "../src/home/VerifyView.vue";
import { i18n } from "../src/i18n";
import WhatIfCard from "../src/results/WhatIfCard.vue";
import { body, field, put, settle } from "./page";

let wrapper: VueWrapper;
async function start(search = ""): Promise<void> {
  window.history.replaceState({}, "", `/?${search}`);
  mockDesktop();
  await useHome().load();
}
async function sheetAt(tab: "evidence" | "results" | "documents", search = ""): Promise<void> {
  await start(search);
  const desk = await ask(commands.openSheet("s1"));
  wrapper = mount(SheetFrame, { props: { desk, at: null, tab, texts: 0 }, global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
}
afterEach(() => wrapper?.unmount());

describe("home", () => {
  it("filters by state and opens what it shows", async () => {
    await start();
    wrapper = mount(HomeView, { global: { plugins: [i18n] }, attachTo: document.body });
    await wrapper.get("[data-testid=filter-finalised]").trigger("click");
    expect(wrapper.findAll("tbody tr")).toHaveLength(1);
    await wrapper.get("[data-testid=open-s4]").trigger("click");
    expect(wrapper.emitted("open")).toEqual([["s4", null, "documents"]]);
  });
  it("asks for what is missing before it creates an assessment", async () => {
    await start("empty");
    wrapper = mount(HomeView, { global: { plugins: [i18n] }, attachTo: document.body });
    await wrapper.get("[data-testid=new-assessment]").trigger("click");
    await settle();
    body("new-assessment-dialog")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle();
    expect(body("error-unit")?.textContent).toContain("被评单位");
    put("unit", "汾曲分校");
    put("assessor", "王思远");
    put("organisation", "评估办");
    put("year", "2026");
    body("new-assessment-dialog")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle();
    expect(body("error-unit")).toBeNull();
    expect(wrapper.emitted("open")).toEqual([["s1", null, "desk"]]);
  });
});

describe("verifying", () => {
  it("shows the verdict and what to do about a damaged file", async () => {
    await start();
    wrapper = mount(VerifyView, { global: { plugins: [i18n] }, attachTo: document.body });
    put("verify-path", "/media/坏.hjp");
    await settle();
    await wrapper.get("[data-testid=verify]").trigger("click");
    await settle();
    expect(body("verdict")?.dataset.verdict).toBe("damaged");
    expect(body("verdict")?.textContent).toContain("怎么办");
  });
});

describe("evidence", () => {
  it("keeps what was typed beside the reason when it is refused", async () => {
    await sheetAt("evidence", "stage=self");
    const row = wrapper.get("[data-testid=catalogue-e7]");
    const date = row.get("[data-column=date]");
    await date.setValue("2022.1");
    await date.trigger("change");
    await settle();
    expect(wrapper.text()).toContain("时间没有记下：2022.1");
    expect((date.element as HTMLInputElement).value).toBe("2022.1");
    await date.setValue("2022.10");
    await date.trigger("change");
    await settle();
    expect(wrapper.text()).not.toContain("时间没有记下");
  });
  it("asks before it removes a file", async () => {
    await sheetAt("evidence", "stage=self");
    const before = wrapper.findAll("[data-testid^=catalogue-]").length;
    await wrapper.get("[data-testid=catalogue-e8]").findAll("button").at(-1)!.trigger("click");
    await settle();
    expect(wrapper.findAll("[data-testid^=catalogue-]")).toHaveLength(before);
    body("confirm-remove")?.click();
    await settle();
    expect(wrapper.findAll("[data-testid^=catalogue-]")).toHaveLength(before - 1);
  });
});

describe("documents", () => {
  it("names what is open and refuses to finalise", async () => {
    await sheetAt("documents");
    expect(body("check-points")?.textContent).toContain("4.5.3-4");
    expect(body("check-limits")?.textContent).toContain("4.5.3-6");
    body("finalize")?.click();
    await settle();
    expect(body("checks")?.textContent).toContain("还不能定稿");
  });
  it("creates an identity only with two equal passphrases", async () => {
    await sheetAt("documents", "phase=finalised");
    put("identity-passphrase", "eight-or-more");
    put("identity-passphrase-again", "something else");
    body("identity-form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle();
    expect(body("identity-form")?.textContent).toContain("两次输入的口令不一样");
    put("identity-passphrase-again", "eight-or-more");
    body("identity-form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle();
    expect(body("passphrase")).not.toBeNull();
  });
  it("asks for the passphrase once, forgets it when told to, keeps it for another try when it was wrong", async () => {
    await sheetAt("documents", "phase=finalised&identity");
    put("directory", "/media/usb");
    put("passphrase", "wrong");
    await settle();
    body("passphrase")?.closest("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle();
    expect(body("export-problem")?.textContent).toContain("口令不对");
    put("passphrase", "the right one");
    await settle();
    body("passphrase")?.closest("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle();
    expect(document.querySelectorAll("[data-testid=export-file]")).toHaveLength(2);
    expect(body("export-problem")).toBeNull();
    expect(body("passphrase")).toBeNull();
    expect(body("export")?.hasAttribute("disabled")).toBe(false);
    body("forget-passphrase")?.click();
    await settle();
    expect(field("passphrase").value).toBe("");
    expect(body("export")?.hasAttribute("disabled")).toBe(true);
  });
  it("reopens only with a reason", async () => {
    await sheetAt("documents", "phase=finalised&identity");
    body("reopen-sheet")?.click();
    await settle();
    body("confirm-reopen")?.click();
    await settle();
    expect(document.body.textContent).toContain("请写明为什么重开");
    put("reopen-reason", "4.5.3（4）看漏了材料");
    body("confirm-reopen")?.click();
    await settle();
    expect(body("read-only")).toBeNull();
  });
});

describe("results", () => {
  it("leads from a row to its first point", async () => {
    await sheetAt("results");
    await wrapper.get("[data-testid='result-4.5']").trigger("click");
    await settle();
    expect(wrapper.get("[aria-current='true']").attributes("data-row")).toBe("4.5.1-1");
  });
  it("says how far the next grade is, what reaches it, and what is assumed", async () => {
    await sheetAt("results");
    expect(body("what-if-next")?.textContent).toBe("距离“良好”（150）还差 7 分");
    expect(body("what-if-enough")?.textContent).toContain("最少动 1 项：4.5");
    expect(wrapper.findAll("[data-testid=what-if-assumed]").map((line) => line.text())).toHaveLength(2);
    const rows = () => wrapper.get("[data-testid=what-if]").findAll("table")[0]!.findAll("tbody tr");
    expect(rows().map((row) => row.get("b").text())).toEqual(["+15", "+6", "+3", "+2", "+1"]);
    expect(rows().map((row) => row.find("svg").exists())).toEqual([true, false, false, false, false]);
    body("what-if-fold")?.click();
    await settle();
    expect(rows()).toHaveLength(6);
  });
  it("puts what decides the conclusion first and leads to it", async () => {
    await sheetAt("results");
    expect(body("what-if-verdict")?.textContent).toContain("1 条单独就能改变结论");
    const deciders = wrapper.findAll("[data-testid=what-if-decider]");
    expect(deciders.map((decider) => decider.find("svg").exists())).toEqual([true, false]);
    expect(wrapper.findAll("[data-testid=what-if-line]")[0]!.text()).toContain("单靠加分到不了线");
    await deciders[1]!.get("button").trigger("click");
    await settle();
    expect(wrapper.get("[aria-current='true']").attributes("data-row")).toBe("4.5.1-4");
  });
  it("asks again after every change and shows the answer to the newest", async () => {
    await start();
    const sheet = createSheet(await ask(commands.openSheet("s1")));
    const asked: ((next: string) => void)[] = [];
    mockIPC(() => new Promise((resolve) => asked.push((next) => resolve({ ...whatIf, next }))));
    const host = defineComponent(() => (provideSheet(sheet), () => h(WhatIfCard)));
    wrapper = mount(host, { global: { plugins: [i18n] }, attachTo: document.body });
    sheet.state.value = { ...sheet.state.value };
    await settle();
    asked[1]!("第二次");
    await settle();
    asked[0]!("第一次");
    await settle();
    expect(body("what-if-next")?.textContent).toBe("第二次");
  });
});

describe("settings and faults", () => {
  it("tells the program the language and shows the window in it", async () => {
    await start();
    const asked: unknown[] = [];
    mockIPC((command, args) => { asked.push([command, args]); });
    wrapper = mount(SettingsDialog, { props: { modelValue: true }, global: { plugins: [i18n] }, attachTo: document.body });
    await settle();
    body("language-en")?.click();
    await settle();
    expect(asked).toEqual([["set_language", { language: "en" }]]);
    expect(useSettings().settings.language).toBe("en");
    expect(useProblems().current.value).toBeNull();
    expect(document.documentElement.lang).toBe("en");
    useSettings().change({ language: "zh" });
  });
  it("puts theme and font size on the document", () => {
    const { change } = useSettings();
    change({ theme: "dark", fontSize: 125 });
    applySettings();
    expect(document.documentElement.dataset.theme).toBe("dark");
    expect(document.documentElement.classList.contains("dark")).toBe(true);
    expect(document.documentElement.style.getPropertyValue("--fz")).toBe("1.25");
    change({ theme: "light", fontSize: 100 });
  });
  it("turns whatever is thrown into a problem that can be read", () => {
    expect(problemOf("task panicked")).toEqual({ code: "unexpected", what: "", place: "task panicked", todo: "" });
  });
});
