// Answers about rubrics, editions and tables in a plain browser.
import type { LocalInput, LocalReport, MigrationReport, Problem, RosterCount, RosterQuery, RubricDiff, RubricView, TableHeadings, WorkbookReport } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;
const written = new Set<string>();

const fileExists = (path: string): Problem => ({ code: "app.file-exists", what: `已经有文件 ${path}`, place: "没有覆盖它，也没有写别的文件。", todo: "换一个文件名。" });
function write<T>(path: string, replace: boolean, answer: T): T | Promise<never> {
  if (written.has(path) && !replace) return Promise.reject(fileExists(path));
  written.add(path);
  return answer;
}
const faults: Problem[] = [
  { code: "rubric.sum", what: "4.5.3 的分值之和是 36，不是 35", place: "指标!D17", todo: "改分值，或改上级的分值。" },
  { code: "rubric.missing-key", what: "没有写分值", place: "观测点!F102", todo: "填写分值。" },
];

export function libraryAnswers(rubric: RubricView): Record<string, (args: Args) => unknown> {
  const newer = { ...rubric.summary, edition: "2026", digest: "1a2b3c4d".repeat(8) };
  const diff: RubricDiff = {
    old: rubric.summary, new: newer, same: false, text: "3 处不同",
    changes: [
      { change: "removed", kind: "point", name: "4.5.3-5", title: "违纪处理", field: null, old: null, new: null, text: "取消观测点 4.5.3-5“违纪处理”" },
      { change: "changed", kind: "point", name: "4.5.3-4", title: "诚信教育", field: "max", old: "5", new: "6", text: "观测点 4.5.3-4“诚信教育” 的满分：5 → 6" },
      { change: "added", kind: "point", name: "4.5.3-7", title: "线上监考", field: null, old: null, new: null, text: "新增观测点 4.5.3-7“线上监考”" },
    ],
  };
  const report: MigrationReport = {
    sheet: "s1", rubric: newer, carried: rubric.indicators.flatMap((one) => one.points.map((point) => point.code)), added: ["4.5.3-7"], evidence: 8, loose: [],
    again: [{ code: "4.5.3-4", title: "诚信教育", mark: "4", recorded: [{ kind: "remark", code: "4.5.3-4", value: "承诺书齐全" }], changes: ["满分：5 → 6"] }],
    removed: [{ code: "4.5.3-5", title: "违纪处理", mark: "3", recorded: [], changes: [] }],
  };
  return {
    diff_rubrics: (): RubricDiff => diff,
    export_rubric: (args) => write(args.path, args.replace, null),
    rubric_template: (args) => write(args.path, args.replace, null),
    import_rubric: (args): WorkbookReport | Promise<never> =>
      String(args.book).includes("错") ? { path: null, rubric: null, problems: faults } : write(args.path, args.replace, { path: args.path, rubric: newer, problems: [] }),
    localise_rubric: (args): LocalReport | Promise<never> => {
      const input = args.input as LocalInput;
      return write(input.out, input.replace, { path: input.out, total: "总分仍为 1000 分", diff });
    },
    migrate_sheet: (): MigrationReport => report,
    table_headings: (): TableHeadings[] => [{ sheet: "教职工", rows: 214, headings: ["姓名", "性质", "职称", "出生日期"] }, { sheet: "说明", rows: 0, headings: [] }],
    count_rows: (args): RosterCount => {
      const query = args.query as RosterQuery;
      const matching = String(Math.max(0, 214 - 60 * query.filters.length));
      return { matching, rows: 214, words: `《教职工名单.xlsx》工作表 ${query.sheet}：${query.filters.map((one) => `${one.column}=${one.value}`).join("、") || "全部"}，${matching} 行（共 214 行）` };
    },
    convert: (args) => (Number(args.quantity) <= 15 ? "0.25" : Number(args.quantity) <= 30 ? "0.5" : "1"),
  };
}
