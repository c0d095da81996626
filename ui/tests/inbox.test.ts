import { mockIPC } from "@tauri-apps/api/mocks";
import { flushPromises, mount } from "@vue/test-utils";
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import type { AliasPair, ConflictsView, DecideSide } from "../src/api";
import { useInbox } from "../src/composables/inbox";
import { WHOLE } from "../src/composables/virtual";
import { inboxAnswers, inboxRows } from "../src/dev/inbox";
import { i18n } from "../src/i18n";
import InboxTable from "../src/office/inbox/InboxTable.vue";
import InboxView from "../src/office/inbox/InboxView.vue";

let wrapper: VueWrapper;
const sent: { command: string; args: unknown }[] = [];
const inBody = (id: string) => document.body.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const get = (id: string) => wrapper.get(`[data-testid="${id}"]`);
const last = <T>(command: string) => sent.filter((one) => one.command === command).at(-1)?.args as T;
async function press(id: string): Promise<void> {
  inBody(id)?.click();
  await flushPromises();
}
async function type(id: string, text: string): Promise<void> {
  const field = inBody(id) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await flushPromises();
}
const identity = { fingerprint: "F1", name: "何静", organisation: "示例评估办公室", validUntil: "2028-06-30", algorithm: "p256", pdf: null };
async function open(more: Record<string, (args: never) => unknown> = {}, identities = [identity]): Promise<void> {
  sent.length = 0;
  const answers: Record<string, (args: never) => unknown> = {
    ...inboxAnswers(),
    ...more,
    home: () => ({ workspace: "", language: "zh", sheets: [], rubrics: [], identities, role: "office", removed: [], parcels: [], recovered: null }),
    signing: () => [{ fingerprint: "F1", open: true, drawn: null }],
  };
  mockIPC((command, args) => {
    sent.push({ command, args });
    return answers[command]?.(args as never);
  });
  useInbox().clear();
  useInbox().done.value = null;
  wrapper = mount(InboxView, { global: { plugins: [i18n] }, attachTo: document.body });
  await flushPromises();
}
async function drop(): Promise<void> {
  await useInbox().add(["/media/usb/评估收件"]);
  await flushPromises();
}
afterEach(() => wrapper.unmount());

describe("the inbox", () => {
  it("writes the same files as one merged record, and says what is in it", async () => {
    await open();
    await drop();
    await press("inbox-merge");
    await type("merge-folder", " ");
    await press("merge-start");
    expect(last("merge_files")).toBeUndefined();
    expect(inBody("merge-dialog")?.textContent).toContain("先选一个文件夹");
    await type("merge-folder", "/media/usb/汇总");
    await press("merge-start");
    expect(last("merge_files")).toEqual({ files: ["/media/usb/评估收件"], folder: "/media/usb/汇总", unverified: false });
    expect(inBody("merge-done")?.textContent).toContain("4 份打分表");
    expect(inBody("merge-done")?.textContent).toContain("1 份有冲突");
    expect(inBody("merge-digest")?.textContent).toContain("c4c4");
  });
  it("shows what the files are before anything is written, filtered by the counts", async () => {
    await open();
    expect(get("inbox-empty").text()).toContain("拖到这里");
    await drop();
    expect(get("inbox-take").text()).toContain("写入 4 份");
    expect(last("take_in")).toBeUndefined();
    await get("count-damaged").trigger("click");
    expect(wrapper.findAll("[data-testid^='inbox-row-']")).toHaveLength(1);
    await press("inbox-act-details");
    expect(get("inbox-detail").text()).toMatch(/应为 3fa87d02.*怎么办.*再拷一次/s);
    await get("count-all").trigger("click");
    expect(wrapper.get("[data-testid='inbox-row-added'][data-file*='雁门']").text()).toMatch(/草稿.*未签名/s);
  });

  it("shows a decision of somebody else with its reason and what it would do", async () => {
    await open();
    await drop();
    await get("count-decision").trigger("click");
    expect(get("inbox-row-decision").text()).toMatch(/云州分校.*冲突就此裁定.*已电话核实/s);
    await press("inbox-act-details");
    expect(get("inbox-decision").text()).toMatch(/作用.*算数.*理由.*裁定人.*何静 示例省校评估办公室/s);
    expect(inBody("inbox-changes")).toBeNull();
  });

  it("takes in what was shown, and undoes a run only after asking", async () => {
    await open();
    await drop();
    await press("inbox-take");
    expect(last<{ shown: string }>("take_in").shown).toBe("d1");
    expect(get("inbox-done").text()).toContain("第 1 次收件已写入");
    await press("run-undo-1");
    expect(last("undo_import")).toBeUndefined();
    expect(inBody("undo-dialog")?.textContent).toContain("回执收不回来");
    await press("undo-run");
    expect(get("run-1").text()).toContain("已撤销");
  });

  it("decides a conflict with a side, another mark and a reason, and not without one", async () => {
    await open();
    await drop();
    await press("inbox-act-decide");
    expect(last<{ sheet: string }>("keep_contested").sheet).toContain("河东分校");
    expect(get("line-4.5.1-1").text()).toMatch(/6.*≠.*6.*≠.*7/s);
    await press("use-1");
    expect((get("record-decision").element as HTMLButtonElement).disabled).toBe(true);
    await type("decide-reason", "已电话核实");
    await type("other-4.5.1-1", "5");
    await get("record-decision").trigger("submit");
    await flushPromises();
    expect(last<{ input: DecideSide }>("decide_side").input).toMatchObject({ take: "c".repeat(64), marks: [{ code: "4.5.1-1", mark: "5" }] });
    expect(get("conflict-state").attributes("data-state")).toBe("decided");
  });

  it("asks which of two names is meant, and never decides by itself", async () => {
    await open();
    await drop();
    expect(last("decide_names")).toBeUndefined();
    await press("same-name");
    await press("name-swap");
    await type("decide-reason", "问过该校");
    await press("name-record");
    const { pair } = last<{ pair: AliasPair }>("decide_names");
    expect([pair.one.name, pair.other.name]).toEqual(["并州分校（本部）", "并州分校"]);
  });

  it("allows for the next files nothing that was allowed for these", async () => {
    await open();
    await drop();
    await get("inbox-unverified").setValue(true);
    await flushPromises();
    expect(last<{ choice: { unverified: boolean } }>("inbox").choice.unverified).toBe(true);
    await press("inbox-take");
    await drop();
    expect(last<{ choice: object }>("inbox").choice).toMatchObject({ unverified: false, editions: false, decisions: false });
    await get("inbox-unverified").setValue(true);
    await flushPromises();
    await press("inbox-cancel");
    await drop();
    expect(last<{ choice: { unverified: boolean } }>("inbox").choice.unverified).toBe(false);
  });

  it("leads from a name that waits for a decision to where identities are made", async () => {
    await open({}, []);
    await drop();
    await press("same-name");
    inBody("decide-fields")?.querySelector<HTMLButtonElement>(".link")?.click();
    expect(wrapper.emitted("trust")).toHaveLength(1);
  });

  it("draws the first of many conflicts, and all when they are asked for", async () => {
    const answers = inboxAnswers();
    const contests = answers.conflicts?.({}) as ConflictsView;
    const conflicts = Array.from({ length: 60 }, (_, index) => ({ ...contests.conflicts[0]!, sheet: `c${index}` }));
    await open({ conflicts: () => ({ ...contests, conflicts }) });
    expect(wrapper.findAll("[data-testid='contest']")).toHaveLength(12);
    expect(get("all-conflicts").text()).toContain("48");
    await get("all-conflicts").trigger("click");
    expect(wrapper.findAll("[data-testid='contest']")).toHaveLength(60);
  });

  it("draws of ten thousand files those that are seen", () => {
    const [first] = inboxRows();
    const rows = Array.from({ length: 10_000 }, (_, index) => ({ ...first!, sheet: { ...first!.sheet, path: `/usb/${index}.hjp` } }));
    wrapper = mount(InboxTable, { props: { rows, chosen: null }, global: { plugins: [i18n] } });
    expect(wrapper.findAll("tbody tr").length).toBeLessThan(WHOLE);
    expect(wrapper.get("table").attributes("aria-rowcount")).toBe("10001");
  });
});
