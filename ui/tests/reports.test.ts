// Reports of the office in the window: which can be made, texts that are drafted and written, the run over all units.
import { mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import { commands } from "../src/api";
import { usePanels } from "../src/composables/panelChoice";
import { mockDesktop } from "../src/dev/mock";
import { i18n } from "../src/i18n";
import ReportsView from "../src/office/reports/ReportsView.vue";
import { body, click, field, settle, text } from "./page";

vi.mock("../src/preview/pdf", () => ({ openPdf: async () => ({ pages: [], close: () => undefined }) }));

let wrapper: VueWrapper;
async function fill(id: string, value: string): Promise<void> {
  field(id).value = value;
  field(id).dispatchEvent(new Event("input", { bubbles: true }));
  field(id).dispatchEvent(new Event("change", { bubbles: true }));
  await settle();
}
async function page(search = ""): Promise<void> {
  window.history.replaceState({}, "", `/?${search}`);
  mockDesktop();
  Object.assign(usePanels().panels, { value: null });
  wrapper = mount(ReportsView, { global: { plugins: [i18n] }, attachTo: document.body });
  await settle();
}
afterEach(() => {
  wrapper?.unmount();
  document.body.replaceChildren();
});

describe("reports", () => {
  it("need a panel", async () => {
    await page("nopanel");
    expect(text("reports-no-panel")).toContain("还没有专家组");
    await wrapper.find("[data-testid='reports-no-panel'] button").trigger("click");
    expect(wrapper.emitted("part")).toEqual([["panel"]]);
  });
  it("are about the unit that was chosen, and say what is missing", async () => {
    await page();
    expect(field("reports-unit").value).toBe("滹沱分校");
    expect(text("paper-bulletin")).toContain("1 个单位还没有结果：雁门分校");
    await click("unit-next");
    await click("unit-next");
    expect(field("reports-unit").value).toBe("雁门分校");
    expect(text("why-not-opinion")).toContain("雁门分校还没有合议结果");
    expect(field("unit-next").disabled).toBe(true);
  });
});

describe("texts", () => {
  it("are drafts until a person writes them, for the unit alone, and can be drafts again", async () => {
    await page();
    await click("preview-opinion");
    await click("reports-texts");
    expect(field("field-opinion.strengths").value).toContain("办学定位");
    expect(body("restore-opinion.strengths")).toBeNull();
    await fill("field-opinion.strengths", "资料齐全。");
    expect(text("saved-opinion.strengths")).toBe("2022-09-01 10:24 改过");
    await click("unit-next");
    expect(field("field-opinion.strengths").value).toContain("办学定位");
    await click("unit-previous");
    expect(field("field-opinion.strengths").value).toBe("资料齐全。");
    await click("restore-opinion.strengths");
    expect(field("field-opinion.strengths").value).toContain("办学定位");
  });
  it("are kept for the unit and the panel that they were typed for, whatever is looked at by then", async () => {
    await page();
    await click("preview-opinion");
    await click("reports-texts");
    const set = vi.spyOn(commands, "setReportText");
    const panel = usePanels().chosen.value!.id;
    field("field-opinion.strengths").value = "只说滹沱。";
    field("field-opinion.strengths").dispatchEvent(new Event("input", { bubbles: true }));
    field("field-opinion.strengths").dispatchEvent(new Event("change", { bubbles: true }));
    field("unit-next").dispatchEvent(new Event("click", { bubbles: true })); // before any answer
    await settle();
    expect(field("reports-unit").value).toBe("并州分校");
    expect(field("field-opinion.strengths").value).toContain("办学定位");
    await click("unit-previous");
    expect(field("field-opinion.strengths").value).toBe("只说滹沱。");
    // Typed, and not left before the page turns.
    field("field-opinion.strengths").value = "还是滹沱。";
    field("field-opinion.strengths").dispatchEvent(new Event("input", { bubbles: true }));
    await click("unit-next");
    expect(field("field-opinion.strengths").value).toContain("办学定位");
    expect(set.mock.calls).toEqual([
      [panel, "滹沱分校", "opinion.strengths", "只说滹沱。"],
      [panel, "滹沱分校", "opinion.strengths", "还是滹沱。"],
    ]);
    // Of what panels share, too.
    field("field-date").value = "2022-09-02";
    field("field-date").dispatchEvent(new Event("input", { bubbles: true }));
    const other = usePanels().panels.value!.find((one) => one.id !== panel)!;
    usePanels().choose(other.id);
    await settle();
    expect(set.mock.calls.slice(2)).toEqual([[panel, "并州分校", "date", "2022-09-02"]]);
    set.mockRestore();
  });
  it("that are refused stay in their field with the reason", async () => {
    await page();
    await click("preview-feedback");
    await click("reports-texts");
    await fill("field-deadline", "明年");
    expect(text("report-text-deadline")).toContain("“明年”不是日期");
    expect(field("field-deadline").value).toBe("明年");
    await fill("field-deadline", "2022-12-31");
    expect(text("report-text-deadline")).not.toContain("不是日期");
  });
});

describe("the run over all units", () => {
  it("asks for folder and choice, and lists what was not made", async () => {
    await page();
    await click("reports-run");
    await click("run-start");
    expect(text("run-dialog")).toContain("选一个文件夹");
    await fill("run-folder", "/tmp/报告");
    await click("run-start");
    expect(text("run-done")).toContain("生成了 2 份 1 份没有生成");
    expect(text("run-files")).toContain("雁门分校还没有合议结果");
    expect(text("run-files")).not.toContain("并州分校");
    expect(text("run-log")).toContain("生成记录-20220901");
    const show = vi.spyOn(commands, "showWritten");
    await click("show-folder");
    expect(show.mock.calls).toEqual([["/tmp/报告"]]);
    show.mockRestore();
  });
  it("lists a bounded number of files, and says where the rest is", async () => {
    await page();
    const files = Array.from({ length: 4000 }, (_, at) => ({ unit: `单位${at}`, report: "反馈意见", file: `反馈意见/${at}.pdf`, size: "9 KB", problem: null }));
    const run = vi.spyOn(commands, "runReports").mockResolvedValue({ status: "ok", data: { directory: "/tmp", log: "/tmp/生成记录.csv", made: 4000, failed: 0, stopped: false, files } });
    await click("reports-run");
    await fill("run-folder", "/tmp/报告");
    await click("run-start");
    expect(document.querySelectorAll("[data-testid='run-files'] tbody tr").length).toBe(300);
    expect(text("run-more")).toContain("全部 4000 个在生成记录里");
    run.mockRestore();
  });
});
