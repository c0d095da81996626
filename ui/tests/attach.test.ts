import { mockIPC } from "@tauri-apps/api/mocks";
import { flushPromises } from "@vue/test-utils";
import { effectScope } from "vue";
import { expect, it } from "vitest";
import type { AttachReport, Problem } from "../src/api";
import { ask, commands } from "../src/api";
import { createAttach } from "../src/composables/attach";
import { createCursor } from "../src/composables/cursor";
import { createSheet } from "../src/composables/sheet";
import { mockDesktop } from "../src/dev/mock";

const full: Problem = { code: "store.disk-full", what: "磁盘满了", place: "工作区", todo: "腾出空间再试。" };

/** An open sheet whose copies are answered by hand, one after the other. */
async function copying() {
  mockDesktop();
  const desk = await ask(commands.openSheet("s1"));
  const runs: { sent: string; answer: (change: Partial<AttachReport>) => Promise<unknown>; fail: () => Promise<unknown> }[] = [];
  mockIPC((_command, args) => {
    const { points, paths } = args as { points: string[]; paths: string[] };
    return new Promise((resolve, reject) => {
      const none = { added: [], duplicates: [], linked: [], refused: [], cancelled: false, evidence: desk.evidence, state: desk.state };
      runs.push({
        sent: `${points.join()} ${paths.join()}`,
        answer: (change) => {
          resolve({ ...none, ...change });
          return flushPromises();
        },
        fail: () => {
          reject(full);
          return flushPromises();
        },
      });
    });
  });
  const sheet = createSheet(desk);
  const attach = effectScope().run(() => createAttach(sheet, createCursor(sheet, null)))!;
  return { attach, runs };
}

it("keeps files that come while others are copied, and tells of all of them", async () => {
  const { attach, runs } = await copying();
  void attach.attach("4.5.3-1", ["a.pdf"]);
  void attach.attach("4.5.3-2", ["b.pdf", "c.pdf"]);
  await flushPromises();
  expect(runs.map((run) => run.sent)).toEqual(["4.5.3-1 a.pdf"]);
  expect(attach.waiting.value).toBe(2);
  await runs[0]?.answer({ added: ["a"], refused: [{ path: "a2.pdf", problem: full }] });
  expect(runs.map((run) => run.sent)).toEqual(["4.5.3-1 a.pdf", "4.5.3-2 b.pdf,c.pdf"]);
  expect(attach.waiting.value).toBe(0);
  expect(attach.running.value).toBe(true);
  await runs[1]?.answer({ added: ["b"], duplicates: ["c.pdf"] });
  expect(attach.running.value).toBe(false);
  expect(attach.report.value).toMatchObject({ added: ["a", "b"], duplicates: ["c.pdf"], refused: [{ path: "a2.pdf" }] });
});

it("goes on with the files that wait when a copy fails as a whole, and tells of the failure", async () => {
  const { attach, runs } = await copying();
  void attach.attach("4.5.3-1", ["a.pdf"]);
  void attach.attach("4.5.3-2", ["b.pdf"]);
  await flushPromises();
  await runs[0]?.fail();
  await runs[1]?.answer({ added: ["b"] });
  expect(attach.problem.value?.code).toBe(full.code);
  expect(attach.report.value?.added).toEqual(["b"]);
});

it("also stops the files that wait when the person stops", async () => {
  const { attach, runs } = await copying();
  void attach.attach("4.5.3-1", ["a.pdf"]);
  void attach.attach("4.5.3-2", ["b.pdf"]);
  await flushPromises();
  await runs[0]?.answer({ cancelled: true });
  expect(runs).toHaveLength(1);
  expect(attach.waiting.value).toBe(0);
  expect(attach.running.value).toBe(false);
  expect(attach.report.value?.cancelled).toBe(true);
});
