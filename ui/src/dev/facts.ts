// Answers about data that is handed out for a plain browser. ?empty: nothing to hand out yet.
import type { FactsFile, FactsInput, FactsReport, FactsView, Problem, PublishInput, PublishReport, ServerInput, ServerView } from "../bindings";

const SUM = "3e91c07ea4455bd2".repeat(4);
const TABLES = ["label", "rubric", "indicator", "point", "sheet", "mark", "step", "panel", "panel_cell", "result", "decision"];
const VIEW: FactsView = {
  office: "并州评估办公室",
  parts: [
    { rubric: "oucsx-2021", title: "开放教育分校（学习中心）办学评估指标体系", year: 2026, units: 12, sheets: 36, panels: ["2026 复评", "2026 试评（第二组，含名称特别长的县级学习中心与省直属高等教育自学考试联合办学点）"] },
    { rubric: "platform-2024", title: "职业技能提升培训平台运营服务质量评估", year: 2025, units: 5, sheets: 14, panels: [] },
  ],
};
const refused: Problem = { code: "data.refused", what: "数据库不让用户“office”进入", place: "localhost:5432/results：password authentication failed for user \"office\"", todo: "核对用户名、密码和数据库名；密码也可以放在 PGPASSWORD 或密码文件 .pgpass 里。" };

function written(input: FactsInput): FactsReport {
  const ending = input.format === "csv" ? ".csv" : "/rubric=oucsx-2021/year=2026/part-0.parquet";
  const tables: FactsFile[] = input.format === "sqlite" ? [{ path: "hengjian-data.sqlite", table: "", rows: 24_118, bytes: "7118848", sha256: SUM }]
    : TABLES.map((table, index) => ({ path: `${table}${ending}`, table, rows: 36 * index, bytes: String(9_113 * (index + 1)), sha256: SUM }));
  return { directory: input.directory, rows: 24_118, files: [...tables, { path: "datapackage.json", table: "", rows: 0, bytes: "21904", sha256: SUM }] };
}

export function factsAnswers(options: URLSearchParams, refuse: (problem: Problem) => Promise<never>) {
  const asked = (server: ServerInput) => (server.password === "错" ? refuse(refused) : null);
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
  const answers: Record<string, (args: any) => unknown> = {
    facts: (): FactsView => (options.has("empty") ? { office: "", parts: [] } : VIEW),
    export_facts: ({ input }: { input: FactsInput }) => written(input),
    check_server: ({ server }: { server: ServerInput }): ServerView | Promise<never> => asked(server) ?? { server: "localhost:5432/results", published: true, panels: [{ id: "p1", name: "2026 复评", office: "并州评估办公室", rubric: "oucsx-2021", year: 2026 }] },
    publish_facts: ({ input }: { input: PublishInput }): PublishReport | Promise<never> => asked(input.server) ?? { server: "localhost:5432/results", office: input.office, added: 61, replaced: 1, same: 12, rows: 24_118, bundles: 4 },
  };
  return answers;
}
