import { mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commands } from "../src/api";
import { useHome } from "../src/composables/home";
import { useSettings } from "../src/composables/settings";
import { mockDesktop } from "../src/dev/mock";
import { around, chapterOf, manual, pictureOf, search } from "../src/help/manual";
import HelpView from "../src/help/HelpView.vue";
import HomeView from "../src/home/HomeView.vue";
import { i18n } from "../src/i18n";
import { body, click, put, settle } from "./page";

let wrapper: VueWrapper;
async function home(search = ""): Promise<void> {
  window.history.replaceState({}, "", `/?${search}`);
  mockDesktop();
  useHome().seen.value = false;
  await useHome().load();
  wrapper = mount(HomeView, { global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
}
const order = (...ids: string[]) => ids.map((id) => wrapper.html().indexOf(`data-testid="${id}"`));
afterEach(() => wrapper?.unmount());

describe("the first start", () => {
  it("asks for the role without keeping anyone from working, and orders the page by it", async () => {
    await home("empty");
    expect(body("role-question")).not.toBeNull();
    expect(body("new-assessment")).not.toBeNull();
    await click("first-role-office");
    expect(body("role-question")).toBeNull();
    expect(wrapper.get("[data-testid=import-package]").classes()).toContain("btn--primary");
    await click("new-assessment");
    expect(body("stage-review")?.getAttribute("aria-checked")).toBe("true");
  });
});

describe("the list", () => {
  it("finds by several words and orders as it is asked to", async () => {
    await home();
    put("home-search", "周敏 复评 上党");
    await settle();
    expect(wrapper.findAll("tbody tr")).toHaveLength(1);
    put("home-search", "");
    (body("home-order") as HTMLSelectElement).value = "left";
    body("home-order")?.dispatchEvent(new Event("change"));
    await settle();
    expect(wrapper.findAll("tbody tr").map((row) => row.attributes("data-testid"))[0]).toBe("sheet-s3");
  });
  it("moves a draft to the bin and takes that back", async () => {
    await home();
    await click("more-s1");
    await click("more-s1-remove");
    expect(body("sheet-s1")).toBeNull();
    expect(body("shelf-done")?.textContent).toContain("并州分校");
    await click("shelf-undo");
    expect(body("sheet-s1")).not.toBeNull();
    expect(body("bin")).toBeNull();
  });
  it("offers nothing for what was signed, and says why", async () => {
    await home();
    expect(body("more-s5")).toBeNull();
    expect(wrapper.get("[data-testid=sheet-s5]").html()).toContain(i18n.global.t("row.locked"));
  });
  it("asks before what was typed in a correction is thrown away", async () => {
    await home();
    await click("more-s1");
    await click("more-s1-correct");
    put("correct-unit", "并州总校");
    await settle();
    body("correct-dialog")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", code: "Escape", bubbles: true }));
    await settle();
    expect(body("discard-question")).not.toBeNull();
    await click("keep-typing");
    expect((body("correct-unit") as HTMLInputElement).value).toBe("并州总校");
    body("correct-dialog")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle();
    expect(wrapper.get("[data-testid=sheet-s1]").text()).toContain("并州总校");
  });
  it("shows what became of packages, and that one is gone", async () => {
    await home();
    expect(body("parcel-3")?.dataset.state).toBe("gone");
    expect((body("verify-again-3") as HTMLButtonElement).disabled).toBe(true);
    await click("verify-again-2");
    expect(wrapper.emitted("verify")?.[0]?.[0]).toContain("韩立群");
  });
  it("puts packages first for the office", async () => {
    await home();
    const [parcels = 0, table = 0] = order("parcels", "sheet-s1");
    expect(parcels).toBeGreaterThan(table);
    await commands.setRole("office");
    await useHome().load();
    await settle();
    const [first = 0, second = 0] = order("parcels", "sheet-s1");
    expect(first).toBeLessThan(second);
  });
  it("says after a kill that everything is there, once", async () => {
    await home("killed");
    expect(body("recovered")?.textContent).toContain("14:32");
    await click("recovered-close");
    expect(body("recovered")).toBeNull();
  });
});

describe("the manual", () => {
  beforeEach(() => useSettings().change({ language: "zh" }));
  const places = ["home", "verify", "rubrics", "desk", "evidence", "writing", "tasks", "results", "problems", "papers", "documents"] as const;
  it("has the same chapters in both languages, and one for every place", () => {
    const names = manual("zh").map((chapter) => chapter.name);
    expect(names.length).toBeGreaterThan(8);
    expect(manual("en").map((chapter) => chapter.name)).toEqual(names);
    for (const place of places) expect(names, place).toContain(chapterOf(place));
  });
  it("leads only to chapters and pictures that are there", () => {
    for (const language of ["zh", "en"] as const) {
      const chapters = manual(language);
      const text = chapters.flatMap((chapter) => chapter.sections.map((section) => section.text)).join("\n");
      for (const [, path = ""] of text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) expect(pictureOf(path), path).toBeTruthy();
      for (const [, path = ""] of text.matchAll(/(?<!!)\[[^\]]*\]\(([^)]+)\)/g)) expect(chapters.map((chapter) => `${chapter.name}.md`), path).toContain(path);
    }
  });
  it("finds by words, titles first, and shows what stands around", () => {
    const [first] = search(manual("zh"), "口令");
    expect(first?.title).toContain("口令");
    expect(around(first as NonNullable<typeof first>, "口令")).toContain("口令");
    expect(search(manual("zh"), "没有这样的词")).toEqual([]);
    expect(search(manual("zh"), " ")).toEqual([]);
  });
  it("draws no HTML from the text and opens what was found", async () => {
    wrapper = mount(HelpView, { global: { plugins: [i18n] }, attachTo: document.body });
    await settle();
    put("help-search", "U 盘");
    await settle();
    await click("help-hit");
    expect(body("help-page")?.textContent).toContain("U 盘");
    expect(wrapper.findAll("script, iframe, a")).toHaveLength(0);
  });
});
