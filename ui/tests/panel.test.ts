// Panels in the window: the first one, the table, what a unit comes to, policy, recusals, agreed marks, a member's eyes.
import { mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useHome } from "../src/composables/home";
import { usePanel } from "../src/composables/panel";
import { usePanels } from "../src/composables/panelChoice";
import { mockDesktop } from "../src/dev/mock";
import { i18n } from "../src/i18n";
import OfficePage from "../src/office/OfficePage.vue";
import { HEAD } from "../src/office/parts";
import PanelView from "../src/office/panel/PanelView.vue";
import { body, click, fill, settle, text } from "./page";

let wrapper: VueWrapper;
async function page(search = ""): Promise<void> {
  window.history.replaceState({}, "", `/?${search}`);
  mockDesktop();
  Object.assign(usePanels().panels, { value: null });
  const panel = usePanel();
  Object.assign(panel.view, { value: null });
  panel.unit.value = null;
  panel.member.value = null;
  panel.seenBy.value = null;
  await useHome().load();
  wrapper = mount(PanelView, { global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
}
afterEach(() => {
  wrapper?.unmount();
  document.body.replaceChildren();
});

describe("the first panel", () => {
  it("comes from the sheets that are there, with their assessors", async () => {
    await page("nopanel");
    expect(text("no-panel")).toContain("7 个单位，5 位专家，已签名 33 份，未签名 2 份");
    await click("first-panel");
    expect(text("new-panel-dialog")).toContain("成员（5 位）");
    expect((body("panel-name")?.querySelector("input") ?? (body("panel-name") as HTMLInputElement)).value).toBe("2022 复评");
    body("take-方正")?.click();
    await settle();
    expect(text("new-panel-dialog")).toContain("成员（4 位）");
    await click("make-panel");
    expect(text("panel-about")).toContain("7 个单位 × 5 位专家");
    expect(body("not-declared")).not.toBeNull();
  });
  it("is offered a name that no other panel has", async () => {
    await page();
    await fill("panel-choice", "");
    const name = () => (body("panel-name")?.querySelector("input") ?? (body("panel-name") as HTMLInputElement)).value;
    expect(name()).toBe("2022 复评（2）");
    expect((body("make-panel") as HTMLButtonElement).disabled).toBe(false);
  });
  it("can be made before any sheet has come in", async () => {
    await page("nopanel&nosheets");
    expect(body("no-sheets")).not.toBeNull();
    await click("first-panel");
    expect(body("panel-rubric")).not.toBeNull();
    await fill("panel-year", "22");
    await click("make-panel");
    expect(text("new-panel-dialog")).toContain("年度是四位数字");
  });
});

describe("the panel in the page's head", () => {
  it("stands there while a part is about one, and gives a new one as well", async () => {
    await page();
    wrapper.unmount();
    wrapper = mount(OfficePage, { global: { plugins: [i18n] }, attachTo: document.body });
    const head = () => document.getElementById(HEAD)?.textContent ?? "";
    await click("office-panel");
    await vi.waitFor(() => expect(head()).toContain("国家开放大学山西分部办学评估（2021-10）· 2022 · 复评 · 7 个单位 × 5 位专家"), 20_000);
    await click("office-reports");
    await vi.waitFor(() => expect(document.querySelector(`#${HEAD} [data-testid=reports-panel]`)).not.toBeNull(), 20_000);
    expect(document.querySelectorAll(`#${HEAD} select`)).toHaveLength(1);
    await click("office-data");
    expect(head()).toBe("");
    await click("office-panel");
    const choice = document.querySelector<HTMLSelectElement>(`#${HEAD} select`)!;
    choice.value = "p2";
    choice.dispatchEvent(new Event("change"));
    await settle();
    expect(usePanels().chosen.value?.id).toBe("p2");
    choice.value = "";
    choice.dispatchEvent(new Event("change"));
    await settle();
    expect([choice.value, body("new-panel-dialog") === null]).toEqual(["p2", false]);
    usePanels().choose("p1");
  });
});

describe("the table", () => {
  it("shows what counts, what is dropped, who is missing or recused, and opens the mark that is out of line", async () => {
    await page();
    expect(body("cell-并州分校-陈立")?.className).toContain("is-cut");
    expect(text("cell-漳源分校-郝宁")).toContain("未交");
    expect(text("cell-滹沱分校-李维")).toContain("回避");
    expect(body("cell-上党分校-方正")?.className).toContain("is-out");
    expect(text("row-漳源分校")).toContain("4 份，平均");
    expect(text("row-并州分校")).toContain("3 份，去高低");
    expect(text("calculation")).toContain("上党分校的合议分怎么来的");
    expect(text("differences")).toContain("方正 701 分，与其余各人的中位数 847 相差 146");
    expect(text("reasons")).toContain("其余 4 人没有认定");
  });
  it("is filtered by what there is to look at and searched by name", async () => {
    await page();
    await click("panel-filter-look");
    expect([...document.querySelectorAll("[data-testid^=row-]")]).toHaveLength(2);
    await click("panel-filter-all");
    await fill("panel-search", "汾曲");
    expect([...document.querySelectorAll("[data-testid^=row-]")]).toHaveLength(1);
  });
  it("is put in order by any column; what has no figure stands last either way", async () => {
    const units = () => [...document.querySelectorAll("tbody [data-testid^=unit-]")].map((one) => one.textContent);
    const state = (column: string) => body(`panel-sort-${column}`)?.closest("th")?.getAttribute("aria-sort");
    await page();
    const own = units();
    await click("panel-sort-spread");
    expect(units()[0]).toBe("上党分校");
    expect(state("spread")).toBe("descending");
    await click("panel-sort-total");
    expect([units()[0], units().at(-1)]).toEqual([expect.stringContaining("汾曲分校"), "雁门分校"]);
    await click("panel-sort-total");
    expect(units()[0]).toBe("雁门分校");
    await click("panel-sort-total");
    expect([units(), state("total")]).toEqual([own, "none"]);
    for (let turn = 0; turn < 2; turn += 1) {
      await click("panel-sort-member-3");
      expect(units().at(-1)).toBe("漳源分校");
    }
  });
  it("goes from unit to unit by the arrow keys", async () => {
    await page();
    body("unit-上党分校")?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    await settle();
    expect(text("calculation")).toContain("滹沱分校");
    expect(document.activeElement?.getAttribute("data-testid")).toBe("unit-滹沱分校");
  });
  it("shows what a member may see, and nothing that the member must not", async () => {
    await page();
    await fill("see-as", "1");
    expect(text("seen-by")).toContain("陈立");
    expect(text("matrix")).not.toContain("701");
    expect(body("calculation")).toBeNull();
    await click("see-all");
    expect(text("matrix")).toContain("701");
  });
});

describe("changes", () => {
  it("declares a method at once when it combines the same, and asks when it cannot", async () => {
    await page();
    await click("method-median");
    expect(body("policy-dialog")).toBeNull();
    expect(body("method-median")?.getAttribute("aria-checked")).toBe("true");
    await click("method-consensus");
    expect(body("per-point")?.getAttribute("aria-checked")).toBe("true");
    expect(text("per-only")).toContain("会商是一个一个观测点定的");
    await click("policy-save");
    expect(body("method-consensus")?.getAttribute("aria-checked")).toBe("true");
  });
  it("keeps an agreed mark only with a mark and a reason, and says what the program refuses", async () => {
    await page();
    await click("agree-total");
    await click("agree-save");
    expect(text("agree-dialog")).toContain("请填会商的分数");
    await fill("agree-mark", "八百");
    await fill("agree-reason", "复核后一致");
    await click("agree-save");
    expect(text("agree-dialog")).toContain("不能作总分的会商分数");
    await fill("agree-mark", "845");
    await click("agree-save");
    expect(text("agreed")).toContain("会商定为 845，原为 844.3");
    expect(text("row-上党分校")).toContain("会商");
    await click("agree-withdraw");
    expect(body("agreed")).toBeNull();
  });
  it("notes a recusal with its reason and takes it back", async () => {
    await page();
    await click("members");
    await click("recuse");
    expect(text("members-dialog")).toContain("专家、单位、理由都要填");
    await click("recuse-who-周敏");
    await fill("recuse-unit", "河东分校");
    await fill("recuse-reason", "亲属任职");
    await click("recuse");
    expect(text("members-dialog")).toContain("亲属任职");
    expect(text("cell-河东分校-周敏")).toContain("回避");
    await click("unrecuse-周敏-河东分校");
    expect(text("members-dialog")).not.toContain("亲属任职");
  });
  it("takes a panel off the list and puts it back", async () => {
    await page();
    await click("panel-more");
    await click("panel-more-remove");
    expect(text("panel-gone")).toContain("2022 复评");
    await click("panel-put-back");
    expect(usePanels().panels.value).toHaveLength(2);
  });
  it("puts a panel back later, while there are others", async () => {
    await page();
    const { id } = usePanels().chosen.value!;
    await click("panel-more");
    await click("panel-more-remove");
    await click("panel-more");
    await click("panel-more-removed");
    expect(text("removed-panels")).toContain("2022 复评");
    await click(`put-back-${id}`);
    expect(usePanels().panels.value).toHaveLength(2);
    expect(usePanels().chosen.value?.id).toBe(id);
    await click("panel-more");
    await click("panel-more-removed");
    expect(text("removed-panels")).toContain("没有去掉的专家组");
  });
});

describe("a text for a member", () => {
  it("can be changed before it is copied", async () => {
    await page();
    await click("request");
    expect((body("request-text") as HTMLTextAreaElement).value).toContain("您对上党分校的 2022 年复评打分是 701 分");
  });
});
