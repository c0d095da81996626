import { mockIPC } from "@tauri-apps/api/mocks";
import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { FactsChoice, FactsInput, PublishInput, ResultsView } from "../src/api";
import { factsAnswers } from "../src/dev/facts";
import { i18n } from "../src/i18n";
import DataView from "../src/office/data/DataView.vue";
import ServedTables from "../src/office/data/ServedTables.vue";

let wrapper: VueWrapper;
const sent: { command: string; args: unknown }[] = [];
const inBody = (id: string) => document.body.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const get = (id: string) => wrapper.get(`[data-testid="${id}"]`);
async function type(id: string, text: string): Promise<void> {
  const field = inBody(id) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await flushPromises();
}
async function press(id: string): Promise<void> {
  inBody(id)?.click();
  await flushPromises();
}
async function open(search = ""): Promise<void> {
  sent.length = 0;
  const answers = factsAnswers(new URLSearchParams(search), (problem) => Promise.reject(problem));
  mockIPC((command, args) => {
    sent.push({ command, args });
    return answers[command]?.(args);
  });
  wrapper = mount(DataView, { global: { plugins: [i18n] }, attachTo: document.body });
  await flushPromises();
}
const last = <T>(command: string) => sent.filter((one) => one.command === command).at(-1)?.args as { input: T };
afterEach(() => wrapper.unmount());

describe("handing data out", () => {
  it("leads to the inbox while there is nothing", async () => {
    await open("empty");
    expect(get("no-facts").text()).toContain("还没有可以导出的数据");
    expect((get("publish").element as HTMLButtonElement).disabled).toBe(true);
    await get("facts-inbox").trigger("click");
    expect(wrapper.emitted("part")).toEqual([["inbox"]]);
  });

  it("asks for a folder, writes what was chosen, and lists every file with its digest", async () => {
    await open();
    await get("export-facts").trigger("submit");
    expect(get("export-facts").text()).toContain("写上文件夹");
    expect(last("export_facts")).toBeUndefined();
    await get("facts-part-0").setValue(true);
    await get("facts-panel").setValue("2026 复评");
    await get("facts-parquet").trigger("click");
    await get("facts-folder").setValue("/媒体/数据");
    await get("export-facts").trigger("submit");
    await flushPromises();
    const choice: FactsChoice = { rubric: "oucsx-2021", year: 2026, panels: ["2026 复评"] };
    expect(last<FactsInput>("export_facts").input).toEqual({ choice, format: "parquet", directory: "/媒体/数据", replace: false });
    expect(get("facts-written").text()).toContain("mark/rubric=oucsx-2021/year=2026/part-0.parquet");
  });

  it("keeps a password no longer than the dialog, and says in place what a server refuses", async () => {
    await open();
    await get("publish").trigger("click");
    await flushPromises();
    expect((inBody("publish-by") as HTMLInputElement).value).toBe("并州评估办公室");
    await type("publish-address", "postgres://office/results");
    await type("publish-password", "错");
    await press("publish-check");
    expect(inBody("publish-dialog")?.textContent).toContain("不让用户“office”进入");
    await type("publish-password", "对");
    expect(inBody("publish-dialog")?.textContent).not.toContain("不让用户");
    await press("publish-check");
    expect(inBody("publish-found")?.textContent).toContain("已有 1 个专家组");
    inBody("publish-dialog")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await flushPromises();
    expect(last<PublishInput>("publish_facts").input).toMatchObject({ office: "并州评估办公室", server: { address: "postgres://office/results", password: "对" } });
    expect(inBody("published-added")?.textContent).toContain("61");
    await press("publish-close");
    await get("publish").trigger("click");
    await flushPromises();
    expect((inBody("publish-address") as HTMLInputElement).value).toBe("postgres://office/results");
    expect((inBody("publish-password") as HTMLInputElement).value).toBe("");
  });

  it("copies the table of a server that is looked at, as Excel takes it", async () => {
    const writeText = vi.fn().mockResolvedValue(undefined);
    Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
    const results = { ranking: [{ rank: 1, tied: true, unit: "并州分校", total: "90.5", percent: "90.5", grade: "优秀" }], unranked: ["雁门分校"], grades: [], indicators: [], panel: { units: [], members: [] } } as unknown as ResultsView;
    const tables = mount(ServedTables, { props: { results }, global: { plugins: [i18n] } });
    await tables.get("[data-testid=served-copy]").trigger("click");
    await flushPromises();
    expect(writeText.mock.calls[0]?.[0]).toBe("名次\t单位\t总分\t得分率\t等次\n1（并列）\t并州分校\t90.5\t90.5 %\t优秀\n—\t雁门分校\t没有结果\t—\t—");
    expect(tables.get("[data-testid=served-copied]").text()).toContain("已复制 2 行");
    await tables.get("[data-testid=served-grades]").trigger("click");
    expect(tables.get("[data-testid=served-copied]").text()).toBe("");
  });
});
