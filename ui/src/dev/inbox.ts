// The office's inbox, answered by a plain browser.
import type { ConflictCell, ConflictSide, ConflictsView, ConflictView, DecisionView, ImportRun, InboxRow, InboxView, MergeCount, MergeRow, MergeState, Problem } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;
const damaged: Problem = { code: "package.digest-differs", what: "有 1 个文件与清单不符", place: "data/evidence/3fa8…c1.pdf：应为 3fa87d02…19c1，实为 e01b55aa…7f40；没有写入任何内容。", todo: "请对方重新导出，或换一个 U 盘再拷一次。" };
const unknown: Problem = { code: "trust.signer-not-accepted", what: "签名有效，但签名人贾平（滹沱分校）还没有核对过", place: "滹沱分校-自评.hjp，指纹 B2D0 61F7 …", todo: "打电话核对指纹后登记，或明说先收、以后再核对。" };

function row(state: MergeState, unit: string, assessor: string, more: Partial<InboxRow> = {}, sheet: Partial<MergeRow> = {}): InboxRow {
  const file = `${unit}-复评-${assessor || "周敏"}-r1.hjp`;
  return {
    file, sound: ["added", "updated", "older"].includes(state), acceptable: state === "untrusted", decidable: state === "conflicting", draft: false, before: null, beforeRevision: 0, changed: 0,
    points: state === "damaged" ? 0 : 123, signed: state === "damaged" ? "" : "示例评估办公室签发", ...more,
    sheet: { path: `/media/usb/评估收件/${file}`, state, sheet: `${state}-${unit}-${assessor}`, digest: "9f31c07e".repeat(8), unit: state === "damaged" ? "" : unit, year: 2026, stage: state === "damaged" ? null : "review", assessor, organisation: "第二专家组", revision: state === "damaged" ? 0 : 1, total: state === "damaged" ? "" : "851", signers: assessor, hints: [], problem: null, decision: null, ...sheet },
  };
}
export function inboxRows(): InboxRow[] {
  return [
    row("added", "并州分校", "周敏"), row("updated", "漳源分校", "周敏", { before: "799", beforeRevision: 1, changed: 7 }, { revision: 2, total: "792" }), row("same", "上党分校", "李维"),
    row("conflicting", "河东分校", "周敏", {}, { revision: 3 }), row("untrusted", "滹沱分校", "贾平", { signed: "自签名　指纹 B2D0 61F7…" }, { problem: unknown }), row("damaged", "汾曲分校", "", {}, { problem: damaged }),
    row("decision", "云州分校", "李维", { sound: true, points: 0, file: "裁定-省校.jsonl" }, { digest: "51aa0c77".repeat(8), total: "", signers: "何静", decision: { kind: "side", text: "采用 9f31c07e", reason: "已电话核实，以后交的一份为准", by: "何静 示例省校评估办公室", at: "2026-09-12 16:40", effect: "冲突就此裁定：第 2 版的 9f31c07e 算数" } }),
    row("added", "雁门分校", "周宁", { draft: true, changed: 118, signed: "" }, { hints: [{ code: "unsigned-draft", text: "评分工作簿没有签名，只写入草稿，不算数；定稿签名后才算", alias: null }] }),
  ];
}
function counted(rows: { state: MergeState }[]): MergeCount[] {
  const states = [...new Set(rows.map(({ state }) => state))];
  return states.map((state) => ({ state, count: rows.filter((one) => one.state === state).length }));
}
const cell = (mark: string | null, present: boolean | null = null, remark = ""): ConflictCell => ({ mark, present, remark, evidence: mark === null ? 0 : 2 });
const side = (kind: ConflictSide["kind"], name: string, total: string, digest: string): ConflictSide => ({
  kind, name, digest, revision: kind === "own" ? 1 : 3, file: kind === "side" ? "河东分校-复评-周敏-r3.hjp" : "", signers: "周敏", signedAt: kind === "side" ? "2026-09-12 14:03" : "", finalisedAt: "2026-09-12 13:50", total, grade: "良好", taken: false,
});
const conflict: ConflictView = {
  summary: { sheet: "c1", unit: "河东分校", year: 2026, stage: "review", assessor: "周敏", organisation: "第二专家组", revision: 3, why: "同一版次有两种内容", sides: 2, differing: 3, state: "open" },
  sides: [side("own", "自评", "801", "a".repeat(64)), side("side", "甲", "768", "b".repeat(64)), side("side", "乙", "761", "c".repeat(64))],
  indicators: [{
    code: "4.5.1", sentence: "4.5.1 认真执行形成性考核的规定和要求，评阅和成绩管理严格，存档规范（15分）", max: "15",
    lines: [
      { code: "4.5.1-1", sentence: "（1）纸质形考作业评阅过程中教师签名、打分的情况（7分）", max: "7", legal: "0–7", differs: true, cells: [cell("6"), cell("6"), cell("7", null, "两个学习中心整学期形考作业无存档。")] },
      { code: "4.5.1-4", sentence: "（4）存档缺失严重的，此项得分不得超过5分。", max: null, legal: null, differs: true, cells: [cell(null, false), cell(null, false), cell(null, true)] },
    ],
    scores: [{ score: "13", trace: "6 + 5 + 2" }, { score: "12", trace: "6 + 4 + 2" }, { score: "5", trace: "7 + 3 + 2，封顶 5" }],
  }],
  decisions: [],
};

export function inboxAnswers(): Record<string, (args: Args) => unknown> {
  const rows = inboxRows();
  let runs: ImportRun[] = [];
  let decisions: DecisionView[] = [];
  let shown: ConflictView = conflict;
  const contests = (): ConflictsView => ({ conflicts: [shown.summary], hints: [], decisions });
  const view = (unverified: boolean): InboxView => {
    const now = rows.map((one) => (one.acceptable && unverified ? { ...one, sound: true, acceptable: false, sheet: { ...one.sheet, state: "added" as const, problem: null } } : one));
    return { digest: "d1", files: now.length, others: 3, sound: now.filter(({ sound }) => sound).length, counts: counted(now.map(({ sheet }) => sheet)), rows: now, hints: [{ code: "alike-units", text: "“并州分校”和“并州分校（本部）”可能是同一个单位", alias: { about: "unit", one: { name: "并州分校", organisation: "" }, other: { name: "并州分校（本部）", organisation: "" } } }] };
  };
  const run = (): ImportRun => ({ id: runs.length + 1, at: "2026-09-13 09:20", files: rows.length, counts: counted(rows.map(({ sheet }) => sheet)), undoneAt: null });
  const add = (): ImportRun => { const one = run(); runs = [one, ...runs]; return one; };
  const decide = (kind: DecisionView["kind"], text: string, reason: string): void => {
    decisions = [{ digest: String(decisions.length).repeat(64), kind, text, reason, by: "何静 示例评估办公室", at: "2026-09-13 09:31", active: true, sheet: kind === "side" ? "c1" : null }, ...decisions];
  };
  return {
    inbox: (args) => view(args.choice.unverified === true),
    inbox_changes: () => [{ code: "4.5.1-1", from: "6", to: "7" }, { code: "4.5.3-2", from: null, to: "4" }],
    take_in: add,
    keep_contested: add,
    import_runs: () => runs,
    import_log: () => rows.map(({ sheet }) => sheet),
    export_import_log: () => null,
    undo_import: (args) => {
      runs = runs.map((one) => (one.id === args.run ? { ...one, undoneAt: "2026-09-13 09:40" } : one));
      return runs.find(({ id }) => id === args.run);
    },
    conflicts: contests,
    conflict: () => shown,
    decide_side: (args) => {
      decide("side", args.input.take ? "采用乙" : "都不采用，退回评估人", args.by.reason as string);
      shown = { ...shown, summary: { ...shown.summary, state: args.input.take ? "decided" : "returned" }, sides: shown.sides.map((one) => ({ ...one, taken: one.digest === args.input.take })), decisions };
      return shown;
    },
    decide_names: (args) => { decide("unit", `“${args.pair.one.name}”就是“${args.pair.other.name}”`, args.by.reason as string); return contests(); },
    withdraw_decision: (args) => { decisions = decisions.map((one) => (one.digest === args.decision ? { ...one, active: false } : one)); return contests(); },
    export_decisions: () => null,
    merge_files: (args) => ({ record: `${args.folder}/merged.jsonl`, log: `${args.folder}/merge-log.csv`, digest: "c4".repeat(32), files: rows.length, sheets: 4, conflicts: 1, counts: counted(rows.map(({ sheet }) => sheet)), rows: [], hints: [] }),
  };
}
