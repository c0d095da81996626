// Answers about an office's reports, in a plain browser. ?nopanel: none yet. A folder that begins with /there has files already.
import type { DocumentFormat, Problem, ReportText, ReportView, ReportsView } from "../bindings";
import { ruled } from "./papers";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;
const UNITS: [string, number | null, string | null][] = [["滹沱分校", 1, "885"], ["并州分校", 2, "846.3"], ["雁门分校", null, null]];
const KINDS: [string, string, boolean, DocumentFormat[]][] = [
  ["merged", "汇总表", false, ["xlsx", "pdf", "docx"]], ["opinion", "专家组意见", true, ["pdf", "docx"]], ["feedback", "反馈意见", true, ["pdf", "docx"]],
  ["problem-list", "问题清单", true, ["xlsx", "pdf", "docx"]], ["bulletin", "通报", false, ["pdf", "docx"]],
];
const open: Problem = { code: "reports.no-result", what: "雁门分校还没有合议结果", place: "只有 1 份计入，至少要 2 份，没有结果。没有写文件。", todo: "补齐打分表，或在合议里会商定分。" };
const made: Problem = { code: "app.file-exists", what: "已经有这个文件", place: "/there", todo: "换一个名字，或确认替换。" };

function viewOf(unit: string): ReportsView {
  const reports = KINDS.map(([id, title, byUnit, formats]): ReportView => {
    const whyNot = byUnit && unit === "雁门分校" ? open : null;
    const warnings = id === "bulletin" ? ["1 个单位还没有结果：雁门分校；另列在名次之外"] : [];
    return { document: { id, title, formats, available: whyNot === null, whyNot, warnings, indicators: [], departments: [] }, byUnit };
  });
  return { units: UNITS.map(([name, rank, total]) => ({ unit: name, rank, total })), unit, reports };
}

export function reportAnswers(refuse: (problem: Problem) => Promise<never>): Record<string, (args: Args) => unknown> {
  const written = new Map<string, string>();
  const text = (unit: string, place: string, report: string, title: string, form: ReportText["form"], byUnit: boolean, draft: string): ReportText => {
    const own = written.get(byUnit ? `${unit} ${place}` : place);
    return { place, report, title, form, byUnit, draft, text: own ?? draft, savedAt: own === undefined ? null : "2022-09-01 10:24", stale: false };
  };
  const texts = (unit: string): ReportText[] => [
    text(unit, "organisation", "", "落款单位", "line", false, "并州评估办公室"), text(unit, "date", "", "成文日期", "day", false, "2022-09-01"), text(unit, "deadline", "", "整改完成时间", "day", false, ""),
    text(unit, "opinion.strengths", "opinion", "主要成绩", "prose", true, "得分率较高的一级指标：“办学定位”得37分（满分40分，得分率92.5%）。"),
    text(unit, "bulletin.praise", "bulletin", "表扬", "prose", false, ""),
  ];
  return {
    reports: (args) => viewOf(args.unit ?? UNITS[0]![0]),
    preview_report: () => ruled(3),
    export_report: (args) => (args.path.startsWith("/there") && !args.replace ? refuse(made) : { path: args.path, name: args.path.split("/").at(-1), size: "186 KB", sha256: "9f31c07e".repeat(8), verified: false, fonts: ["FandolFang"] }),
    report_texts: (args) => texts(args.unit ?? ""),
    set_report_text: (args) => {
      if (args.place === "deadline" && args.text === "明年") return refuse({ code: "assessment.bad-day", what: "“明年”不是日期", place: "", todo: "写成 2022-12-31 这样。" });
      const key = args.place.includes(".") && args.place.startsWith("opinion") ? `${args.unit} ${args.place}` : args.place;
      if (args.text === null) written.delete(key);
      else written.set(key, args.text);
      return texts(args.unit ?? "");
    },
    run_reports: (args) => ({
      directory: args.input.directory, log: `${args.input.directory}/生成记录-20220901-102400.csv`, made: 2, failed: 1, stopped: false,
      files: [
        { unit: "滹沱分校", report: "专家组意见", file: "专家组意见/滹沱分校-2022-专家组意见.pdf", size: "186 KB", problem: null },
        { unit: "并州分校", report: "专家组意见", file: "专家组意见/并州分校-2022-专家组意见.pdf", size: "181 KB", problem: null },
        { unit: "雁门分校", report: "专家组意见", file: "专家组意见/雁门分校-2022-专家组意见.pdf", size: "", problem: open },
      ],
    }),
  };
}
