// The commands, answered by a plain browser: for development and for looking at the window.
// Address options: ?empty (no sheets), ?phase=finalised, ?fresh (nothing scored), ?slow (answers take 600 ms),
// ?imported (texts can only be read).
import { mockIPC } from "@tauri-apps/api/mocks";
import type { EvidenceChange, FormatFinding, FormatView, FormatWeight, Home, IdentityView, NewSheet, PanelView, ParcelView, PartEntry, Problem, RemovedSheet, Role, RubricView, SheetFacts, SheetPhase, SheetState, SheetSummary, VerifyReport, VerdictState } from "../bindings";
import { useSettings } from "../composables/settings";
import { changed, media, period, pieces } from "./catalogue";
import { dashboardOf } from "./dashboard";
import { stateOf } from "./engine";
import type { Record_ } from "./engine";
import { distributionAnswers } from "./distribution";
import { exchangeAnswers } from "./exchange";
import { factsAnswers } from "./facts";
import { historyAnswers } from "./history";
import { inboxAnswers } from "./inbox";
import { libraryAnswers } from "./library";
import { panelAnswers } from "./panel";
import { paperAnswers } from "./papers";
import excerpt from "./rubric.json";
import { rectificationAnswers } from "./rectification";
import { reportAnswers } from "./reports";
import { resultAnswers } from "./results";
import { scoreBookAnswers } from "./scoreBook";
import { differences, signingAnswers, wrongPassphrase } from "./signing";
import { previewAnswers } from "./preview";
import { whatIf } from "./whatif";
import { taskAnswers } from "./tasks";
import { trustAnswers } from "./trust";
import { writingAnswers } from "./writing";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;
const emptyRecord = (): Record_ => ({ marks: new Map(), limits: new Map(), parts: new Map(), quantities: new Map(), remarks: new Map(), doubts: new Set() });
const refuse = (problem: Problem) => Promise.reject(problem);

function firstRecord(rubric: RubricView, fresh: boolean): { record: Record_; reference: Map<string, string> } {
  const record = emptyRecord();
  const reference = new Map<string, string>();
  rubric.indicators.flatMap((i) => i.points).forEach((point, index) => {
    const max = Number(point.max);
    reference.set(point.code, String(Math.max(0, max - (index % 3 === 0 ? 0 : 1))));
    const all = point.parts[0]?.kind === "check";
    if (!fresh) record.marks.set(point.code, String(all ? max : Math.max(0, max - (index % 7 === 6 ? Math.ceil(max / 2) : index % 4))));
  });
  if (!fresh) {
    for (const limit of rubric.indicators.flatMap((i) => i.limits)) record.limits.set(limit.code, false);
    record.limits.delete("4.5.3-6");
    for (const code of ["4.5.3-4", "4.5.4-3"]) record.marks.delete(code);
    record.doubts.add("4.5.3-5");
  }
  return { record, reference };
}

function summaries(rubric: RubricView, today: string): SheetSummary[] {
  const max = rubric.summary.total;
  const n = rubric.summary.points;
  const row = (id: string, unit: string, stage: SheetSummary["stage"], phase: SheetPhase, scored: number, total: string, grade: string | null, failing: boolean, changedAt: string, missing: number): SheetSummary => ({
    id, unit, stage, phase, scored, edition: rubric.summary.edition, sample: false, correctable: phase === "draft", removable: phase === "draft", siblings: 0, points: n, total, max, grade, gradeFailing: failing, changedAt, missingEvidence: missing, rubric: rubric.summary.id, rubricTitle: rubric.summary.title, year: 2026,
    assessor: "周敏", organisation: "第二专家组", revision: 1, lastPoint: scored > 0 && scored < n ? "4.5.3-4" : null, lastPointTitle: "有效落实学生诚信教育情况",
  });
  return [
    row("s1", "并州分校", "review", "draft", n - 2, "149", null, false, `${today} 14:32`, 3),
    row("s2", "漳源分校", "review", "draft", 5, "52", null, false, `${today} 10:05`, 0),
    row("s3", "滹沱分校（含名称特别长的县级学习中心与省直属高等教育自学考试联合办学点）", "review", "draft", 0, "0", null, false, "2026-09-11 09:00", 0),
    row("s4", "上党分校", "review", "finalised", n, "163", "良好", false, "2026-09-10 16:20", 2),
    row("s5", "雁门分校", "review", "signed", n, "98", "限期整改", true, "2025-09-09 11:40", 0),
  ];
}

function parcels(today: string): ParcelView[] {
  const row = (id: number, imported: boolean, unit: string, name: string, state: ParcelView["state"], verdict: ParcelView["verdict"], results: ParcelView["results"]): ParcelView =>
    ({ id, at: `${today} 1${id}:20`, imported, path: `/media/usb/${name}`, name, size: "17.9 MB", unit, year: 2026, assessors: "周敏", verdict, results, state, arrived: !imported && state === "present" ? `${today} 09:05` : null, receipt: imported });
  return [
    row(3, true, "汾曲分校", "汾曲分校-2026-自评-王思远-r1-交换包.hjp", "gone", "signer-unknown", [{ result: "added", count: 1 }]),
    row(2, true, "并州分校", "并州分校-2026-复评-韩立群-r2-交换包.hjp", "present", "trusted", [{ result: "updated", count: 1 }, { result: "conflicting", count: 1 }]),
    row(1, false, "上党分校", "上党分校-2026-复评-周敏-r1-交换包.hjp", "changed", "trusted", []),
  ];
}

export function mockDesktop(): void {
  const options = new URLSearchParams(location.search);
  const rubric = ((window as unknown as { hengjianRubric?: RubricView }).hengjianRubric ?? excerpt) as RubricView;
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const { record, reference } = firstRecord(rubric, options.has("fresh"));
  let evidence = options.has("fresh") ? [] : pieces();
  const verdicts = new Map<string, VerdictState>();
  let sheets = options.has("empty") ? [] : summaries(rubric, today);
  let identities: IdentityView[] = options.has("identity") ? [{ fingerprint: "7C1E 90A4 53BD 2F08", name: "周敏", organisation: "第二专家组", validUntil: "2028-06-30", algorithm: "p256", pdf: null }] : [];
  let role: Role | null = options.has("empty") || options.has("first") ? null : "unit";
  let removed: RemovedSheet[] = [];
  const binned: SheetSummary[] = [];
  const meta = { unit: "并州分校", phase: (options.get("phase") ?? "draft") as SheetPhase, revision: 1 };
  let savedAt = "14:32:08";
  const past: string[] = [];
  const future: string[] = [];
  const shot = () => JSON.stringify([[...record.marks], [...record.limits], [...record.remarks], [...record.doubts], [...record.parts], [...record.quantities], [...verdicts]]);
  const restore = (text: string) => {
    const [marks, limits, remarks, doubts, parts, quantities, judged] = JSON.parse(text) as [[string, string][], [string, boolean][], [string, string][], string[], [string, PartEntry][], [string, string][], [string, VerdictState][]];
    verdicts.clear();
    for (const [item, verdict] of judged) verdicts.set(item, verdict);
    Object.assign(record, { marks: new Map(marks), limits: new Map(limits), remarks: new Map(remarks), doubts: new Set(doubts), parts: new Map(parts), quantities: new Map(quantities) });
  };
  const state = (): SheetState => {
    const base = {
      id: "s1", unit: meta.unit, year: 2026, stage: (options.get("stage") ?? "review") as SheetState["stage"], assessor: "周敏", organisation: "第二专家组", revision: meta.revision, phase: meta.phase, savedAt,
      canUndo: past.length > 0, canRedo: future.length > 0, lastPoint: null, verdicts: [...verdicts.values()], digest: meta.phase === "draft" ? null : "9f31c07e".repeat(8),
    };
    return stateOf(rubric, record, base, options.has("self") ? null : reference);
  };
  const change = (work: () => void): SheetState => {
    past.push(shot());
    future.length = 0;
    work();
    savedAt = new Date().toTimeString().slice(0, 8);
    return state();
  };
  const step = (from: string[], to: string[]): SheetState => {
    const text = from.pop();
    if (text !== undefined) {
      to.push(shot());
      restore(text);
    }
    return state();
  };
  const signing = signingAnswers(() => identities, options.has("drawn"));
  const verify = (path: string): VerifyReport => ({
    path, kind: path.endsWith(".pdf") ? "pdf" : path.endsWith(".hjr") ? "receipt" : "package", verdict: path.includes("坏") ? "damaged" : path.includes("改") ? "differs" : path.includes("新") ? "signer-unknown" : "trusted",
    title: path.includes("坏") ? "这个交换包是损坏的" : path.includes("改") ? "印出的结果与所附数据算出的不同" : path.includes("新") ? "签名有效，签名人未登记" : "完整，签名有效",
    signers: path.includes("坏") ? [] : [{ name: "周敏", organisation: "第二专家组", fingerprint: "7C1E 90A4 53BD 2F08 E6A1 4477", time: "2026-11-20 16:20:31", trust: path.includes("新") ? "unknown" : "own", office: null, role: "自评评估人", note: null }],
    facts: [{ label: "单位", value: "并州分校" }, { label: "指标体系", value: rubric.summary.title }, { label: "结论", value: "812 / 1000，良好" }],
    differences: path.includes("改") ? differences : [],
    problems: path.includes("坏") ? [{ code: "package-damaged", what: "有 1 个文件与清单不符", place: "data/evidence/3fa8…c1.pdf，其余 31 个完好；没有写入任何内容", todo: "请对方重新导出，或换一个 U 盘再拷一次。" }] : [],
  });
  const answer: Record<string, (args: Args) => unknown> = {
    ...distributionAnswers({ rubric, verdicts, pieces: (next) => (evidence = next ?? evidence), state: () => state(), change }),
    ...exchangeAnswers(verify),
    ...trustAnswers(refuse, options, () => identities),
    ...factsAnswers(options, refuse),
    ...historyAnswers(verify, options),
    ...inboxAnswers(),
    ...libraryAnswers(rubric),
    ...panelAnswers(refuse, options),
    ...reportAnswers(refuse),
    ...resultAnswers(() => answer.panel!({ panel: "p1" }) as PanelView, options),
    ...paperAnswers,
    ...scoreBookAnswers,
    ...signing.answers,
    ...rectificationAnswers(rubric),
    ...taskAnswers(rubric, options.has("imported"), options.has("bare")),
    ...writingAnswers(rubric, options.has("imported")),
    home: (): Home => ({
      workspace: "/home/zhoumin/衡鉴", language: useSettings().settings.language, sheets, rubrics: [rubric.summary], identities, role, removed,
      parcels: options.has("empty") ? [] : parcels(today), recovered: options.has("killed") ? { at: `${today} 14:32`, sheet: "s1" } : null,
    }),
    set_role: (args) => { role = args.role as Role; return null; },
    make_sample: () => "s1",
    correct_sheet: (args) => {
      sheets = sheets.map((sheet) => (sheet.id === args.sheet ? { ...sheet, ...(args.facts as SheetFacts) } : sheet));
      return null;
    },
    remove_sheets: (args) => {
      const gone = sheets.filter((sheet) => (args.sheets as string[]).includes(sheet.id));
      sheets = sheets.filter((sheet) => !gone.includes(sheet));
      binned.push(...gone);
      removed = [...gone.map(({ id, unit, year, stage, assessor }) => ({ id, unit, year, stage, assessor, at: `${today} 15:20` })), ...removed];
      return null;
    },
    restore_sheets: (args) => {
      const back = args.sheets as string[];
      sheets = [...binned.filter((sheet) => back.includes(sheet.id)), ...sheets];
      removed = removed.filter((sheet) => !back.includes(sheet.id));
      return null;
    },
    show_parcel: () => null,
    show_written: (args) => (String(args.path).startsWith("/gone") ? refuse({ code: "app.cannot-open", what: `打不开 ${String(args.path)}`, place: "", todo: "在文件管理器里打开它。" }) : null),
    rubric: () => rubric,
    create_sheet: (args) => {
      const input = args.input as NewSheet;
      meta.unit = input.unit;
      meta.phase = "draft";
      Object.assign(record, emptyRecord());
      evidence = [];
      return "s1";
    },
    open_sheet: () => ({ rubric, state: state(), evidence, media, period }),
    what_if: () => whatIf,
    dashboard: () => dashboardOf(rubric, state()),
    write_picture: () => null,
    set_mark: (args) => {
      const point = rubric.indicators.flatMap((i) => i.points).find((p) => p.code === args.point);
      const mark = args.mark as string | null;
      const legal = mark === null || (/^\d+$/.test(mark) && Number(mark) <= Number(point?.max ?? 0));
      if (!legal || !point) {
        return refuse({
          code: "mark-not-legal", what: `打分没有记下：${mark} ${/^\d+$/.test(mark ?? "") ? "超过满分" : "不是整数"}`,
          place: `${point?.code ?? ""} 满分 ${point?.max ?? ""}，说明3：每项得分必须是整数；原来的 ${record.marks.get(args.point) ?? "未评"} 没有变`, todo: `填 ${point?.legal ?? ""}。`,
        });
      }
      return change(() => (mark === null ? record.marks.delete(point.code) : record.marks.set(point.code, String(Number(mark)))));
    },
    set_part: (args) => change(() => (args.entry === null ? record.parts.delete(`${args.code}#${args.number}`) : record.parts.set(`${args.code}#${args.number}`, args.entry))),
    set_quantity: (args) => change(() => (args.value === null ? record.quantities.delete(`${args.code}#${args.name}`) : record.quantities.set(`${args.code}#${args.name}`, args.value))),
    set_quantity_from_table: (args) => change(() => record.quantities.set(`${args.code}#${args.name}`, "94")),
    set_full: (args) => change(() => record.marks.set(args.point, rubric.indicators.flatMap((i) => i.points).find((p) => p.code === args.point)?.max ?? "0")),
    set_limit: (args) => change(() => (args.present === null ? record.limits.delete(args.limit) : record.limits.set(args.limit, args.present))),
    set_remark: (args) => change(() => record.remarks.set(args.point, args.remark)),
    set_doubt: (args) => change(() => (args.doubt ? record.doubts.add(args.point) : record.doubts.delete(args.point))),
    undo: () => step(past, future),
    redo: () => step(future, past),
    change_evidence: (args) => {
      const after = changed(evidence, args.changes as EvidenceChange[]);
      if ("refused" in after) return refuse({ code: "assessment.bad-date", what: `时间没有记下：${after.refused}`, place: "附件6：“时间”列格式如 2021.09；原来的内容没有变。", todo: "按“年.月”填写，例如 2021.09，或留空。" });
      evidence = after;
      return { evidence, state: change(() => undefined) };
    },
    check_evidence: () => ({
      checked: evidence.length, cancelled: false, evidence, leftovers: null,
      problems: evidence.filter((item) => item.presence !== "present").map((item) => ({
        item: item.id, name: item.name, state: item.presence, problem: { code: `evidence-${item.presence}`, what: `“${item.name}”${item.presence === "missing" ? "找不到了" : "与登记时不同"}`, place: item.fileName, todo: "找回原来的文件，或移除后重新添加。" },
      })),
    }),
    check_format: (args) => {
      const n = Number(String(args.item).slice(1));
      const finding = (weight: FormatWeight, code: string, what: string, todo: string, place: string): FormatFinding =>
        ({ code: `format.${code}`, weight, what, todo, clause: "附件5 正文", sentence: "3号仿宋体字，每个自然段左空二字，回行顶格。", places: [place], count: n });
      const findings = [
        finding("must", "body-font", "正文用了 宋体，应为 仿宋", "选中这些段落，把中文字体改为 仿宋。", "第 6 段“各学院、各部门：…”"),
        finding("should", "heading-mark", "序数写成“1、”，应写“1.”", "改为“1.”；括号用全角，括号后不加顿号。", "第 9 段“1、加强领导”"),
        finding("hint", "sign-off-missing", "没有找到落款（单位全称和成文日期）", "正式文件、材料在末尾署成文单位全称、成文日期并加盖公章；不需落款的材料不用改。", "全文"),
      ].slice(n % 4);
      const count = (weight: FormatWeight) => findings.filter((found) => found.weight === weight).length;
      return { file: args.item, kind: "pdf", profile: "oucsx-2021", findings, must: count("must"), should: count("should"), hint: count("hint") } satisfies FormatView;
    },
    ...previewAnswers((id) => evidence.find((item) => item.id === id)),
    clear_leftovers: () => null,
    cancel_work: () => null,
    set_language: () => null,
    finalize_sheet: () => {
      if (state().open.length > 0) return refuse({ code: "sheet-open", what: "还不能定稿", place: `余 ${state().open.length} 项：${state().open.slice(0, 6).join("、")}`, todo: "点编号去评；条件也要选“存在”或“不存在”。" });
      meta.phase = "finalised";
      return state();
    },
    reopen_sheet: () => {
      meta.phase = "draft";
      meta.revision += 1;
      return state();
    },
    create_identity: (args) => {
      const identity = { ...(args.input as IdentityView), fingerprint: "7C1E 90A4 53BD 2F08", validUntil: "2028-06-30" };
      identity.pdf = identity.algorithm === "sm2" ? "31D2 0B7F 88C4 19EA" : null;
      identities = [...identities, identity];
      return identity;
    },
    export_sheet: (args) => {
      const input = args.input as { directory: string; pdf: boolean; package: boolean; identity: string; passphrase: string };
      if (!signing.unlock(input.identity, input.passphrase)) return refuse(wrongPassphrase);
      meta.phase = "signed";
      sheets = sheets.map((sheet) => (sheet.id === "s1" ? { ...sheet, phase: "signed" } : sheet));
      const file = (name: string, size: string) => ({ path: `${input.directory}/${name}`, name, size, sha256: "9f31c07e".repeat(8), verified: true, fonts: [] });
      return { files: [...(input.package ? [file("并州分校-复评-周敏-r1.hjp", "17.9 MB")] : []), ...(input.pdf ? [file("并州分校-复评-打分表-r1.pdf", "214 KB")] : [])], state: state() };
    },
    import_package: (args) => ({ rows: [{ sheet: "s9", unit: "汾曲分校", assessor: "王思远", result: "added", text: "自评，123 项已评" }, { sheet: "s1", unit: "并州分校", assessor: "周敏", result: "same", text: "与本机相同" }], evidenceAdded: 31, problems: 0, parcel: 4, verification: verify(args.path) }),
  };
  mockIPC(async (command, args) => {
    if (options.has("slow")) await new Promise((resolve) => setTimeout(resolve, 600));
    const handle = answer[command];
    if (!handle) return refuse({ code: "no-command", what: `没有这个命令：${command}`, place: "", todo: "" });
    return await handle((args ?? {}) as Args);
  });
}
