// Stands in for the program in a plain browser. Integers only; findings for parts and quantities are kept, not scored;
// never part of the build.
import type { FigureState, IndicatorOutcome, OutcomeView, PartEntry, PointOutcome, RubricView, SheetState, Step } from "../bindings";

export type Record_ = {
  marks: Map<string, string>;
  limits: Map<string, boolean>;
  /** By `code#number`. */
  parts: Map<string, PartEntry>;
  /** By `code#name`. */
  quantities: Map<string, string>;
  remarks: Map<string, string>;
  doubts: Set<string>;
};

function indicatorOutcome(code: string, max: string, scored: number, points: number, score: number, trace: Step[]): IndicatorOutcome {
  const percent = ((score / Number(max)) * 100).toFixed(1);
  return { code, max, score: String(score), rate: (score / Number(max)).toFixed(4), percent, scored, points, conformity: { yes: 0, partly: 0, no: 0, notApplicable: 0 }, trace };
}

export function outcomeOf(rubric: RubricView, record: Record_): OutcomeView {
  const found = new Map<string, IndicatorOutcome>();
  const points: PointOutcome[] = [];
  for (const row of rubric.indicators.filter((i) => i.points.length > 0)) {
    const trace: Step[] = [];
    let sum = 0;
    let scored = 0;
    for (const point of row.points) {
      const mark = record.marks.get(point.code);
      if (mark !== undefined) {
        sum += Number(mark);
        scored += 1;
      }
      trace.push({ sentence: point.text, reading: null, finding: mark === undefined ? "未评" : record.doubts.has(point.code) ? "视程度赋分，有疑问" : "视程度赋分", amount: mark === undefined ? null : `+${mark}`, running: String(sum) });
    }
    let vetoed = false;
    let capped = false;
    for (const limit of row.limits) {
      const present = record.limits.get(limit.code);
      let amount: string | null = null;
      if (present === true) {
        const top = limit.effect === "zero" ? 0 : Number(limit.cap);
        vetoed ||= limit.effect === "zero";
        capped ||= sum > top;
        if (sum > top) amount = `−${sum - top}`;
        sum = Math.min(sum, top);
      }
      trace.push({ sentence: limit.text, reading: null, finding: present === undefined ? "待定" : present ? "存在" : "不存在，不触发", amount, running: String(sum) });
    }
    for (const point of row.points) {
      const mark = record.marks.get(point.code) ?? null;
      const own = point.parts.flatMap((part): Step[] =>
        part.kind === "band"
          ? part.bands.filter((band) => mark !== null && Number(mark) >= Number(band.from) && Number(mark) <= Number(band.to)).map((band) => ({ sentence: band.sentence, reading: null, finding: "符合，档内酌情给分", amount: `+${mark}`, running: mark }))
          : [],
      );
      points.push({ code: point.code, score: mark, max: point.max, deducted: capped || (mark !== null && Number(mark) < Number(point.max) * 0.6), vetoed, overridden: false, trace: own });
    }
    found.set(row.code, indicatorOutcome(row.code, row.max, scored, row.points.length, sum, trace));
  }
  for (const level of [2, 1]) {
    for (const row of rubric.indicators.filter((i) => i.level === level && i.points.length === 0)) {
      const below = rubric.indicators.filter((i) => i.parent === row.code).map((i) => found.get(i.code)).filter((o) => o !== undefined);
      found.set(row.code, indicatorOutcome(row.code, row.max, below.reduce((n, o) => n + o.scored, 0), below.reduce((n, o) => n + o.points, 0), below.reduce((n, o) => n + Number(o.score), 0), []));
    }
  }
  const indicators = rubric.indicators.map((row) => found.get(row.code)).filter((o) => o !== undefined);
  const total = indicators.filter((o) => !o.code.includes(".")).reduce((n, o) => n + Number(o.score), 0);
  const open = points.filter((p) => p.score === null).reduce((n, p) => n + Number(p.max), 0);
  const max = Number(rubric.summary.total);
  const gradeAt = (sum: number) => rubric.grades.find((g) => sum >= (Number(g.atLeast) * max) / 1000)?.name ?? null;
  const complete = points.every((p) => p.score !== null);
  const level2 = new Set(rubric.indicators.filter((i) => i.level === 2).map((i) => i.code));
  const belowLine = indicators.filter((o) => level2.has(o.code) && o.scored === o.points && Number(o.score) < Number(o.max) * 0.6).map((o) => o.code);
  const vetoes = rubric.indicators.flatMap((i) => i.limits).filter((l) => l.effect === "zero" && record.limits.get(l.code)).map((l): Step => ({ sentence: l.text, reading: null, finding: "存在", amount: null, running: null }));
  const grade = complete ? gradeAt(total) : null;
  return {
    total: String(total), max: String(max), complete, lowest: String(total), highest: String(total + open), grade,
    lowestGrade: gradeAt(total), highestGrade: gradeAt(total + open), gradeFailing: grade === "限期整改", indicators, points,
    conclusion: [
      { reading: null, sentence: rubric.grades.map((g) => g.sentence).join("，"), finding: `总分 ${total}${complete ? "" : "（暂计）"}`, amount: null, running: gradeAt(total) },
      { reading: null, sentence: "合格及以上须得分低于标定分值60%的二级指标少于7个", finding: `低于 60 % 的二级指标 ${belowLine.length} 个`, amount: null, running: gradeAt(total) },
      { reading: null, sentence: "第1个一级指标得分不足60%一票否决", finding: "未触发", amount: null, running: gradeAt(total) },
    ],
    vetoes, belowLine, belowLineLimit: 7, categories: [], trace: [], mismatches: [], reasonsMissing: [],
  };
}

export function openOf(rubric: RubricView, record: Record_): string[] {
  return rubric.indicators.flatMap((row) => [
    ...row.points.filter((p) => !record.marks.has(p.code)).map((p) => p.code),
    ...row.limits.filter((l) => !record.limits.has(l.code)).map((l) => l.code),
  ]);
}

export function stateOf(rubric: RubricView, record: Record_, base: Omit<SheetState, "points" | "limits" | "adjustments" | "indicatorQuantities" | "outcome" | "open" | "difference">, reference: Map<string, string> | null): SheetState {
  const rows = rubric.indicators.flatMap((i) => i.points);
  const partsOf = (code: string, count: number) => Array.from({ length: count }, (_, index) => record.parts.get(`${code}#${index + 1}`) ?? null);
  const figuresOf = (code: string, names: string[]): FigureState[] => names.map((name) => ({ name, value: record.quantities.get(`${code}#${name}`) ?? null, elsewhere: null, source: null }));
  return {
    ...base,
    difference: reference && { revision: null, codes: rows.map((p) => p.code).filter((code) => record.marks.has(code) && record.marks.get(code) !== reference.get(code)) },
    points: rows.map((p) => ({
      code: p.code, mark: record.marks.get(p.code) ?? null, entered: record.marks.get(p.code) ?? null, derived: null, parts: partsOf(p.code, p.parts.length), quantities: figuresOf(p.code, p.quantities), missing: [],
      needsReason: false, remark: record.remarks.get(p.code) ?? "", doubt: record.doubts.has(p.code), evidence: 0,
      reference: reference?.get(p.code) ?? null, referenceRemark: reference && p.code === "4.5.3-4" ? "每学期开学第一课讲诚信，考前全员签承诺书 4 218 份（材料 3、4）。" : null,
    })),
    limits: rubric.indicators.flatMap((i) => i.limits).map((l) => ({ code: l.code, present: record.limits.get(l.code) ?? null, measured: false })),
    adjustments: rubric.adjustments.map((a) => ({ code: a.code, parts: partsOf(a.code, a.parts.length), quantities: figuresOf(a.code, a.quantities), remark: record.remarks.get(a.code) ?? "", needsReason: false, amount: null, trace: [] })),
    indicatorQuantities: [],
    outcome: outcomeOf(rubric, record),
    open: openOf(rubric, record),
  };
}
