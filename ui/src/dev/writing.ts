// Texts and schedule in a plain browser; never part of the build. Words are counted by characters only.
import type { RubricView, ScheduleDates, ScheduleLine, ScheduleView, WritingCount, WritingDocument, WritingText, WritingView } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;
type Answers = Record<string, (args: Args) => unknown>;
const refuse = (what: string) => Promise.reject({ code: "app.text-too-long", what, place: "上次保存的文字没有变。", todo: "删去一部分再保存。" });
const LONGEST = 5000;

export function writingAnswers(rubric: RubricView, readOnly: boolean): Answers {
  const texts = new Map([["report overall", "对照《自评打分表》，我校自评总分868分，自评等次为“良好”。"]]);
  const leaves = rubric.indicators.filter((indicator) => indicator.points.length > 0).map((indicator) => indicator.code);
  const isLoose = (name: string) => !["考务人员业务培训签到表及考核成绩", "试卷交接、入库登记簿（扫描件）"].includes(name);
  const unresolved = (text: string) => [...text.matchAll(/〔材料：([^〕]*)〕/g)].map((found) => found[1] ?? "").filter(isLoose);
  function text(place: string, part: string, title: string, headings: WritingText["headings"], indicators: string[]): WritingText {
    const written = texts.get(`${place} ${part}`) ?? "";
    return {
      part, title, headings, indicators, text: written, printed: written, count: written.replace(/\s/g, "").length, unresolved: unresolved(written),
      guidance: [`原文对“${title}”的要求。`], savedAt: written ? "2026-11-22 09:00" : null,
    };
  }
  function document(place: string, name: string, code: string | null, level: number | null, parts: WritingText[]): WritingDocument {
    const count = parts.reduce((sum, part) => sum + part.count, 0);
    const limit = level === null ? null : level === 1 ? 2000 : 1500;
    return { place, kind: code === null ? "report" : "summary", code, level, title: name, name, guidance: [], texts: parts, count, limit, over: limit !== null && count > limit };
  }
  function report(): WritingDocument {
    const chapter = (part: string, title: string) => text("report", part, title, [{ level: 1, text: title }], leaves);
    const inner: WritingText[] = [];
    let headings: WritingText["headings"] = [];
    for (const indicator of rubric.indicators) {
      headings.push({ level: indicator.level + 1, text: indicator.title });
      if (!leaves.includes(indicator.code)) continue;
      inner.push(text("report", indicator.code, indicator.title, headings, [indicator.code]));
      headings = [];
    }
    return document("report", "自评报告", null, null, [chapter("organisation", "分部自评工作组织情况"), chapter("overall", "总体自评"), ...inner, chapter("advice", "对评估工作的意见建议")]);
  }
  function summaries(): WritingDocument[] {
    return rubric.indicators.filter((indicator) => indicator.level <= 2).map(({ code, title, level }) => {
      const about = leaves.filter((leaf) => leaf.startsWith(`${code}.`));
      const part = (name: string, heading: string) => text(`summary:${code}`, name, heading, [{ level: 1, text: heading }], about);
      return document(`summary:${code}`, title, code, level, [part("preface", "前言"), part("body", "正文"), part("summary", "总结")]);
    });
  }
  const view = (): WritingView => ({
    sheet: "s1", writable: !readOnly, documents: [report(), ...summaries()],
    catalogue: [
      { code: "4.5.3", title: "考试组织", items: [{ id: "e2", number: 1, name: "考务人员业务培训签到表及考核成绩", date: "2021.12", note: "", points: ["4.5.3-2"], mark: "〔材料：考务人员业务培训签到表及考核成绩〕" }] },
      { code: "4.5.4", title: "试卷管理", items: [{ id: "e7", number: 1, name: "试卷交接、入库登记簿（扫描件）", date: "2022.01", note: "", points: ["4.5.4-1"], mark: "〔材料：试卷交接、入库登记簿（扫描件）〕" }] },
    ],
  });
  const find = (place: string, part: string) => {
    const found = view().documents.find((one) => one.place === place);
    return { found, text: found?.texts.find((one) => one.part === part) };
  };
  let lines: ScheduleLine[] | null = null;
  const printed: ScheduleLine[] = [
    { time: "2021.10．26", item: "动员大会", who: "全体系", note: "现场会、视频会", state: "open" },
    { time: "2021.10.30", item: "上报评估联系人名单", who: "校内相关部门，分校、中心", note: "", state: "open" },
  ];
  const datesOf = ({ state }: ScheduleLine): ScheduleDates => (state === "done" ? { standing: "done", day: null, daysLeft: null } : { standing: "overdue", day: "2021.10.30", daysLeft: -390 });
  const schedule = (): ScheduleView => ({ sheet: "s1", writable: !readOnly, own: lines !== null, lines: lines ?? printed, dates: (lines ?? printed).map(datesOf) });
  return {
    writings: view,
    write_text: ({ place, part, text: written }) => {
      if (written.length > LONGEST) return refuse(`“${place} ${part}”没有保存：文字太长`);
      texts.set(`${place} ${part}`, written);
      const { found, text: kept } = find(place, part);
      return { text: kept, total: found?.count ?? 0, over: found?.over ?? false, savedAt: "14:32:08" };
    },
    count_text: ({ place, part, text: written }): WritingCount => {
      const { found, text: kept } = find(place, part);
      const count = (written as string).replace(/\s/g, "").length;
      const total = (found?.count ?? 0) - (kept?.count ?? 0) + count;
      return { count, total, over: found?.limit !== null && total > (found?.limit ?? 0), unresolved: unresolved(written) };
    },
    schedule,
    set_schedule: (args) => {
      lines = args.lines.length > 0 ? args.lines : null;
      return schedule();
    },
  };
}
