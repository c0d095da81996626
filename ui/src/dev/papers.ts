// Documents for development in a plain browser: a list with every state, pages of ruled lines, files that are there.
import type { DocumentFormat, DocumentView, Problem } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;

const paper = (id: string, title: string, formats: DocumentFormat[], more: Partial<DocumentView> = {}): DocumentView => ({ id, title, formats, available: true, whyNot: null, warnings: [], indicators: [], departments: [], ...more });
const missing = (code: string, what: string, todo: string): Partial<DocumentView> => ({ available: false, whyNot: { code: `paper.${code}`, what, place: "没有写文件。", todo } });

const papers: DocumentView[] = [
  paper("score-sheet", "打分表", ["pdf", "xlsx"], { warnings: ["打分表还是草稿，每页上方印“草稿，未定稿”；定稿以后再出一次"] }),
  paper("score-report", "评分明细", ["pdf"], { warnings: ["有 2 个观测点还没有评；评完再出，总分才完整"] }),
  paper("catalogue", "支撑材料目录", ["pdf", "xlsx", "docx"]),
  paper("summary", "指标任务综述", ["pdf", "docx"], { indicators: [{ code: "1", title: "办学方向" }, { code: "4.5", title: "考试管理" }] }),
  paper("self-report", "自评报告", ["pdf", "docx"], missing("report-unwritten", "并州分校的自评报告还没有写", "先在写作里写自评报告，至少写一个部分。")),
  paper("assignment", "任务分解表", ["xlsx", "pdf"]),
  paper("work-list", "部门工作清单", ["pdf", "xlsx", "docx"], { departments: ["教务处", "考试中心"] }),
  paper("reminder", "催办单", ["pdf", "xlsx", "docx"], { departments: ["教务处"] }),
  paper("schedule", "进度安排", ["xlsx", "pdf"]),
  paper("conformance", "符合性评估报告", ["pdf"], missing("not-a-checklist", "这套指标体系按分数评，没有符合性评估报告", "改出评分明细。")),
];

/** A PDF of A4 pages with ruled lines; it carries no font, so none is written. */
export function ruled(pages: number): ArrayBuffer {
  const lines = Array.from({ length: 22 }, (_, index) => `90 ${740 - index * 31.7} m 510 ${740 - index * 31.7} l S`).join("\n");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, index) => `${index + 4} 0 R`).join(" ")}] >>`,
    `<< /Length ${lines.length} >>\nstream\n${lines}\nendstream`,
    ...Array.from({ length: pages }, () => "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << >> >>"),
  ];
  let text = "%PDF-1.7\n";
  const places = objects.map((body, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return place;
  });
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return new TextEncoder().encode(text).buffer as ArrayBuffer;
}

const refuse = (problem: Problem) => Promise.reject(problem);

/** Answers of the commands for documents. A path that begins with /there has a file already. */
export const paperAnswers: Record<string, (args: Args) => unknown> = {
  documents: () => papers,
  preview_document: (args) => {
    if (args.document === "schedule") return refuse({ code: "report.character-missing", what: "有字体里没有的字：𮯠", place: "进度安排，第 3 行；没有排版", todo: "换成常用的写法，或安装带这个字的字体。" });
    return ruled(args.document === "score-report" ? 60 : 3);
  },
  export_document: (args) => {
    if (args.path.startsWith("/there") && !args.replace) return refuse({ code: "app.file-exists", what: "已经有这个文件", place: args.path, todo: "换一个名字，或确认替换。" });
    return { path: args.path, name: args.path.split("/").at(-1), size: "214 KB", sha256: "9f31c07e".repeat(8), verified: false, fonts: ["FandolFang", "Liberation Serif"] };
  },
};
