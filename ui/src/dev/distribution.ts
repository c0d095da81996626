// Distributing, verdicts, notes of interviews and missing evidence in a plain browser; never part of the build.
import type { DistributionLine, DistributionPlan, EvidenceItem, EvidenceVerdict, InterviewFields, MissingList, PlannedFile, RubricView, SheetState, VerdictState } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Answer = (args: Record<string, any>) => unknown;
type Around = {
  rubric: RubricView;
  verdicts: Map<string, VerdictState>;
  pieces: (next?: EvidenceItem[]) => EvidenceItem[];
  state: () => SheetState;
  change: (work: () => void) => SheetState;
};

export function planned(): DistributionPlan {
  const file = (name: string, points: string[], reading: PlannedFile["reading"], read: string, more: Partial<PlannedFile> = {}): PlannedFile => ({
    path: `/材料/${name}`, shown: `2022年评估材料/${name}`, size: "312 KB", bytes: 319488, points, reading, read, candidates: [], twin: null, inCatalogue: false, ...more,
  });
  return {
    files: [
      file("4.5.3 教学检查/2021通知.pdf", [], "indicator", "4.5.3", { candidates: ["4.5.3-1", "4.5.3-2", "4.5.3-3", "4.5.3-4", "4.5.3-5"] }),
      file("4.5.3 教学检查/关于进一步加强形成性考核过程管理与终结性考试组织工作的若干意见（征求意见稿）.docx", [], "indicator", "4.5.3", { candidates: ["4.5.3-1", "4.5.3-2", "4.5.3-3", "4.5.3-4", "4.5.3-5"] }),
      file("4.5.3-9 总结.docx", [], "unknown", "4.5.3-9", { candidates: ["4.5.3-1"] }),
      file("照片/IMG_2031.jpg", [], "nothing", ""),
      file("4.5.3-1、4.5.4-1 通知.pdf", ["4.5.3-1", "4.5.4-1"], "named", "4.5.3-1、4.5.4-1", { twin: "关于做好2021年秋季学期终结性考试工作的通知", inCatalogue: true }),
      file("4.5.3/（2）培训/签到表.pdf", ["4.5.3-2"], "named", "4.5.3 （2）"),
    ],
    skipped: [{ shown: "2022年评估材料/Thumbs.db", why: "system", detail: "" }],
  };
}

export function distributionAnswers({ rubric, verdicts, pieces, state, change }: Around): Record<string, Answer> {
  const note = (item: EvidenceItem, fields: InterviewFields): EvidenceItem => ({ ...item, name: `访谈记录：${fields.persons}`, details: { note: JSON.stringify(fields) } });
  return {
    has_folder: (args) => (args.paths as string[]).some((path) => !path.includes(".")),
    plan_distribution: planned,
    distribute: (args) => {
      const lines = args.lines as DistributionLine[];
      return { added: lines.length, linked: [], refused: [], left: 0, cancelled: false, evidence: pieces(), state: change(() => undefined) };
    },
    set_verdict: (args) => change(() => {
      const [verdict, given] = [args.verdict as EvidenceVerdict | null, args.note as string | null];
      for (const item of args.items as string[]) {
        const text = given ?? verdicts.get(item)?.note ?? "";
        if (verdict === null) verdicts.delete(item);
        else verdicts.set(item, { item, verdict, note: text, lacksNote: verdict !== "genuine" && text === "" });
      }
    }),
    missing_evidence: (): MissingList => ({
      indicators: rubric.indicators
        .map((indicator) => ({
          code: indicator.code, title: indicator.title, departments: indicator.departments, asked: (indicator.collection ?? "").split("\n").filter(Boolean),
          points: indicator.points
            .filter((point) => !pieces().some((item) => item.onSite === null && item.points.includes(point.code) && verdicts.get(item.id)?.verdict !== "refuted"))
            .map((point) => ({ code: point.code, title: point.title, scored: state().points.some((one) => one.code === point.code && one.mark !== null), refuted: [] })),
        }))
        .filter((indicator) => indicator.points.length > 0),
    }),
    add_interview: (args) => {
      const [first] = pieces();
      if (first) {
        const item: EvidenceItem = { ...first, id: `n${pieces().length}`, points: args.points as string[], fileName: "访谈记录.txt", hints: [], presence: "present", onSite: { kind: "interview", expert: "周敏", own: true } };
        pieces([...pieces(), note(item, args.fields as InterviewFields)]);
      }
      return { evidence: pieces(), state: change(() => undefined) };
    },
    interview: (args) => JSON.parse(pieces().find((item) => item.id === args.item)?.details.note ?? "{}") as InterviewFields,
    update_interview: (args) => {
      pieces(pieces().map((item) => (item.id === args.item ? note(item, args.fields as InterviewFields) : item)));
      return { evidence: pieces(), state: change(() => undefined) };
    },
  };
}
