import { mockIPC } from "@tauri-apps/api/mocks";
import { effectScope } from "vue";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Desk, Problem, SheetState } from "../src/api";
import { useMarkEntry, markText } from "../src/composables/entry";
import { PAUSE } from "../src/composables/idle";
import { createSheet } from "../src/composables/sheet";
import { mockDesktop } from "../src/dev/mock";
import { ask, commands } from "../src/api";

const problem: Problem = { code: "mark-not-legal", what: "打分没有记下：4.5 不是整数", place: "4.5.3（3）满分 8；原来的 5 分没有变", todo: "填 4 或 5。" };

async function desk(): Promise<Desk> {
  mockDesktop();
  return await ask(commands.openSheet("s1"));
}
function marked(state: SheetState, code: string, mark: string | null): SheetState {
  return { ...state, points: state.points.map((point) => (point.code === code ? { ...point, mark, entered: mark } : point)) };
}

describe("sending marks", () => {
  it("keeps the order of typing although the first answer is the slowest", async () => {
    const opened = await desk();
    const sent: string[] = [];
    let inside = 0;
    let state = opened.state;
    mockIPC(async (_command, args) => {
      const { point, mark } = args as { point: string; mark: string };
      inside += 1;
      expect(inside).toBe(1); // never two calls at once
      sent.push(mark);
      await new Promise((resolve) => setTimeout(resolve, mark === "1" ? 20 : 0));
      inside -= 1;
      return (state = marked(state, point, mark));
    });
    const sheet = createSheet(opened);
    await Promise.all(["1", "2", "3"].map((mark) => sheet.setMark("4.5.3-1", mark)));
    expect(sent).toEqual(["1", "2", "3"]);
    expect(sheet.points.value.get("4.5.3-1")?.mark).toBe("3");
    expect(sheet.busy.value).toBe(false);
  });

  it("shows a mark as recorded only after the answer", async () => {
    const opened = await desk();
    let answer: (state: SheetState) => void = () => undefined;
    mockIPC(() => new Promise((resolve) => { answer = resolve; }));
    const sheet = createSheet(opened);
    const entry = useMarkEntry(sheet, () => "4.5.3-4");
    entry.type("3");
    entry.commit();
    await Promise.resolve();
    expect(entry.shown.value).toBe("3");
    expect(entry.pending.value).toBe(true);
    expect(entry.recorded.value).toBeNull();
    expect(sheet.busy.value).toBe(true);
    await new Promise((resolve) => setTimeout(resolve));
    answer(marked(opened.state, "4.5.3-4", "3"));
    await new Promise((resolve) => setTimeout(resolve));
    expect(entry.recorded.value).toBe("3");
    expect(entry.pending.value).toBe(false);
  });

  it("keeps the old mark and the reason when a mark is refused, and goes on with the next", async () => {
    const opened = await desk();
    const before = opened.state.points.find((point) => point.code === "4.5.3-3")?.mark;
    mockIPC((_command, args) => {
      const { point, mark } = args as { point: string; mark: string };
      if (mark === "4.5") throw problem;
      return marked(opened.state, point, mark);
    });
    const sheet = createSheet(opened);
    const refused = sheet.setMark("4.5.3-3", "4.5");
    const next = sheet.setMark("4.5.3-4", "2");
    expect(await refused).toBe(false);
    expect(await next).toBe(true);
    expect(sheet.points.value.get("4.5.3-3")?.mark).toBe(before);
    expect(sheet.refusals.get("4.5.3-3")).toEqual({ problem, attempted: "4.5" });
    expect(sheet.points.value.get("4.5.3-4")?.mark).toBe("2");
    await sheet.setMark("4.5.3-3", "4");
    expect(sheet.refusals.has("4.5.3-3")).toBe(false);
  });
});

it("treats a fault of the program as a refusal: nothing stays on its way", async () => {
  const opened = await desk();
  mockIPC(() => {
    throw new Error("task panicked");
  });
  const sheet = createSheet(opened);
  expect(await sheet.setMark("4.5.3-4", "3")).toBe(false);
  expect(sheet.pendingMarks.size).toBe(0);
  expect(sheet.refusals.get("4.5.3-4")?.problem.place).toBe("task panicked");
  expect(sheet.points.value.get("4.5.3-4")?.mark).toBeNull();
});

it("works on the new version after a signed sheet was reopened", async () => {
  const opened = await desk();
  const sent: string[] = [];
  mockIPC((command, args) => {
    const { sheet: id } = args as { sheet: string };
    sent.push(`${command} ${id}`);
    const state = { ...opened.state, id: "s1-r2", revision: 2 };
    return command === "open_sheet" ? { ...opened, state } : state;
  });
  const sheet = createSheet(opened);
  await sheet.reopen("看漏了材料");
  await sheet.setMark("4.5.3-4", "3");
  expect(sent).toEqual(["reopen_sheet s1", "open_sheet s1-r2", "set_mark s1-r2"]);
});

describe("the mark field", () => {
  const entryOf = async (code: string) => {
    const sheet = createSheet(await desk());
    return { sheet, entry: effectScope().run(() => useMarkEntry(sheet, () => code))! };
  };

  it("reads digits, point and minus of a Chinese input method and keeps the rest as typed", () => {
    expect(markText("４。５")).toBe("4.5");
    expect(markText("－１．５")).toBe("-1.5");
    for (const typed of ["-5", "4,5", "3/4", "1a2", "4 5", "四"]) expect(markText(typed)).toBe(typed);
  });
  it("sends what was typed whole, so that it is refused in words and never turns into another mark", async () => {
    const opened = await desk();
    const sent: (string | null)[] = [];
    mockIPC((_command, args) => {
      sent.push((args as { mark: string }).mark);
      throw problem;
    });
    const sheet = createSheet(opened);
    const entry = effectScope().run(() => useMarkEntry(sheet, () => "4.5.3-1"))!;
    const before = entry.recorded.value;
    for (const typed of ["-5", "4,5", "3/4", "　８ "]) {
      entry.type(typed);
      entry.commit();
    }
    await vi.waitFor(() => expect(sheet.busy.value).toBe(false));
    expect(sent).toEqual(["-5", "4,5", "3/4", "8"]);
    expect(entry.shown.value).toBe(before);
    expect(sheet.refusals.get("4.5.3-1")?.attempted).toBe("8");
  });
  it("does not take spaces for a mark", async () => {
    const { sheet, entry } = await entryOf("4.5.3-1");
    const before = entry.shown.value;
    entry.type("  ");
    entry.commit();
    expect(entry.shown.value).toBe(before);
    expect(sheet.busy.value).toBe(false);
  });
  it("empties at the first Backspace and is unscored at the second", async () => {
    const { sheet, entry } = await entryOf("4.5.3-1");
    expect(entry.backspace()).toBe(true);
    expect(entry.shown.value).toBe("");
    expect(entry.recorded.value).not.toBeNull();
    entry.backspace();
    await new Promise((resolve) => setTimeout(resolve));
    expect(sheet.points.value.get("4.5.3-1")?.mark).toBeNull();
    expect(sheet.open.value.has("4.5.3-1")).toBe(true);
  });
  it("does not take an emptied field for a mark", async () => {
    const { sheet, entry } = await entryOf("4.5.3-1");
    const before = entry.shown.value;
    entry.backspace();
    entry.commit();
    expect(entry.shown.value).toBe(before);
    expect(sheet.busy.value).toBe(false);
  });
  it("steps through the legal marks without sending", async () => {
    const { sheet, entry } = await entryOf("4.5.3-4");
    entry.step(1, ["0", "1", "2"]);
    entry.step(1, ["0", "1", "2"]);
    expect(entry.shown.value).toBe("1");
    expect(sheet.busy.value).toBe(false);
    entry.cancel();
    expect(entry.shown.value).toBe("");
  });
  it("sends nothing when the same mark is typed again", async () => {
    const { sheet, entry } = await entryOf("4.5.3-1");
    entry.type(entry.shown.value);
    entry.commit();
    expect(sheet.busy.value).toBe(false);
  });
});

describe("a pause in typing", () => {
  afterEach(() => void vi.useRealTimers());

  it("saves the draft, keeps it in the field, and does not send it twice", async () => {
    const opened = await desk();
    const sent: string[] = [];
    let state = opened.state;
    mockIPC((_command, args) => {
      const { point, mark } = args as { point: string; mark: string };
      sent.push(mark);
      return (state = marked(state, point, mark));
    });
    const sheet = createSheet(opened);
    const entry = effectScope().run(() => useMarkEntry(sheet, () => "4.5.3-2"))!;
    vi.useFakeTimers();
    entry.type("1");
    await vi.advanceTimersByTimeAsync(PAUSE - 1);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(["1"]);
    entry.type("10");
    await vi.advanceTimersByTimeAsync(PAUSE);
    entry.commit();
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(sent).toEqual(["1", "10"]);
    expect(entry.shown.value).toBe("10");
  });
});
