// Answers about workbooks that are filled in, in a plain browser: a path with 错 has faults, one with 别 is of another sheet.
import type { ScoreBookReport } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;

const problem = (code: string, what: string, todo: string) => ({ code, what, place: "", todo });
function report(args: Args, applied: boolean): ScoreBookReport {
  const nothing: ScoreBookReport = { digest: "0".repeat(64), changes: [], missing: [], faults: [], applied };
  if (String(args.path).includes("别") && !args.anyway) return { ...nothing, applied: false, faults: [{ cell: "", problem: problem("workbook.other-sheet", "这份工作簿属于另一份打分表：滹沱分校 2026 自评 李岚", "打开对应的打分表再导入；确认要用在这里的，可选“照样读取”。") }] };
  if (String(args.path).includes("错")) {
    return { ...nothing, applied: false, faults: [
      { cell: "评分!F15", problem: problem("mark.off-step", "4.5.3-3 没有记下：4.5 不合最小单位 1", "可填 4、5。") },
      { cell: "评分!F18", problem: problem("workbook.not-a-number", "“八分”不是普通的数", "写成 8 或 0.5 这样的数，不带单位、逗号。") },
    ] };
  }
  return { ...nothing, missing: ["4.5.2-1 学习过程"], changes: [
    { cell: "评分!F15", code: "4.5.3-3", label: "考风考纪", before: "6", after: "5", exported: null },
    { cell: "评分!G15", code: "4.5.3-3", label: "考风考纪 意见", before: "", after: "抽查两场，均有监控录像", exported: null },
    { cell: "评分!F19", code: "4.5.3", label: "条件：发生重大考试违纪", before: "存在", after: "不存在", exported: "" },
  ] };
}

export const scoreBookAnswers: Record<string, (args: Args) => unknown> = {
  export_score_book: () => null,
  preview_score_book: (args) => report(args, false),
  import_score_book: (args) => report(args, true),
};
