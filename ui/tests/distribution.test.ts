import { expect, it, vi } from "vitest";
import { ask, commands } from "../src/api";
import type { EvidenceItem, PointState } from "../src/api";
import { createDistribution, folderOf, nameOf, sizeText } from "../src/composables/distribution";
import { createSheet } from "../src/composables/sheet";
import { statesOfPoint } from "../src/composables/states";
import { isDisputed, keeps, supports, verdictsOf } from "../src/composables/verdicts";
import { mockDesktop } from "../src/dev/mock";

async function opened() {
  mockDesktop();
  const sheet = createSheet(await ask(commands.openSheet("s1")));
  return { sheet, distribution: createDistribution(sheet) };
}

it("shows a plan first, and attaches only what has a point and was not left out", async () => {
  const { distribution } = await opened();
  const sent = vi.spyOn(commands, "distribute");
  await distribution.plan(["/材料"], null);
  expect(distribution.step.value).toBe("plan");
  expect([distribution.open.value.length, distribution.placed.value.length, distribution.skipped.value.length]).toEqual([4, 2, 1]);
  expect(sent).not.toHaveBeenCalled();
  const [first] = distribution.open.value;
  distribution.choose(first!, ["4.5.3-3"]);
  expect(distribution.open.value).toHaveLength(4); // it stays where the pointer is
  distribution.change(distribution.placed.value[0]!, { taken: false });
  expect(distribution.ready.value).toHaveLength(2);
  await distribution.run();
  expect(sent.mock.calls[0]?.[1].map((line) => line.points.join())).toEqual(["4.5.3-3", "4.5.3-2"]);
  expect(distribution.step.value).toBe("done");
});

it("gives the other files of a folder the same point", async () => {
  const { distribution } = await opened();
  await distribution.plan(["/材料"], null);
  distribution.choose(distribution.open.value[0]!, ["4.5.3-3"]);
  const line = distribution.open.value[0]!;
  expect(distribution.beside(line)).toHaveLength(1);
  distribution.chooseBeside(line);
  expect(distribution.open.value.filter((one) => one.points.join() === "4.5.3-3")).toHaveLength(2);
});

it("keeps the plan when the act is refused", async () => {
  const { distribution } = await opened();
  await distribution.plan(["/材料"], null);
  vi.spyOn(commands, "distribute").mockResolvedValueOnce({ status: "error", error: { code: "x", what: "没有做成", place: "", todo: "" } });
  await distribution.run();
  expect([distribution.step.value, distribution.lines.value.length, distribution.problem.value?.code]).toEqual(["plan", 6, "x"]);
});

it("splits names and writes sizes as the program does", () => {
  const line = { shown: "材料/4.5.3/通知.pdf" } as Parameters<typeof nameOf>[0];
  expect([folderOf(line), nameOf(line)]).toEqual(["材料/4.5.3/", "通知.pdf"]);
  expect([sizeText(512), sizeText(1025), sizeText(3 * 1024 ** 2 + 1)]).toEqual(["512 B", "2 KB", "3.1 MB"]);
});

it("counts what was refuted as missing, and what is disputed as doubtful", async () => {
  const { sheet } = await opened();
  await sheet.setVerdict(["e2"], "refuted", "签到表没有日期");
  const verdicts = verdictsOf(sheet);
  const item = sheet.evidence.value.find(({ id }) => id === "e2") as EvidenceItem;
  expect([supports(item, verdicts.get("e2")), isDisputed(verdicts.get("e2"))]).toEqual([false, true]);
  expect([keeps("refuted", item, verdicts), keeps("none", item, verdicts), keeps(null, item, verdicts)]).toEqual([true, false, true]);
  const state = { mark: "8", doubt: false, remark: "", parts: [], quantities: [] } as unknown as PointState;
  expect(statesOfPoint({ state, outcome: undefined, evidence: 0, disputed: true })).toEqual(["missing", "doubt", "scored"]);
  await sheet.undo();
  expect(verdictsOf(sheet).size).toBe(0);
});

it("does not count what an expert brought as the unit's evidence", async () => {
  const { sheet } = await opened();
  const own = { ...sheet.evidence.value[0], onSite: { kind: "photograph", expert: "周敏", own: true } } as EvidenceItem;
  expect(supports(own, undefined)).toBe(false);
  expect(keeps("none", own, new Map())).toBe(false);
});
