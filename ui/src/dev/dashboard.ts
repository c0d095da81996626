// The figures of the dashboards in a plain browser; the program itself is exact, this only looks alike.
import type { DashboardView, IndicatorView, RateRow, RateView, RubricView, SheetState } from "../bindings";

function rate(points: { max: string; mark: string | null }[]): RateView {
  const sum = (list: { max: string; mark: string | null }[], of: "max" | "mark") => list.reduce((total, point) => total + Number(point[of] ?? 0), 0);
  const done = points.filter((point) => point.mark !== null);
  const [score, scored, max] = [sum(done, "mark"), sum(done, "max"), sum(points, "max")];
  const state = done.length === 0 ? "open" : done.length < points.length ? "begun" : "complete";
  const percent = (part: number, whole: number) => String(Number(((part / whole) * 100).toFixed(2)));
  return {
    state, score: String(score), max: String(max), percent: state === "complete" ? percent(score, max) : null, soFar: scored > 0 ? percent(score, scored) : null, soFarPermille: scored > 0 ? Math.round((score / scored) * 1000) : null,
    filled: Math.round((score / max) * 1000), open: String(max - scored), openPermille: Math.round(((max - scored) / max) * 1000), left: points.length - done.length,
  };
}

export function dashboardOf(rubric: RubricView, state: SheetState): DashboardView {
  const marks = new Map(state.points.map((point) => [point.code, point]));
  const beside = state.points.some((point) => point.reference !== null);
  const under = (top: IndicatorView) => {
    const within = (row: IndicatorView): boolean => row.code === top.code || (row.parent !== null && rubric.indicators.some((above) => above.code === row.parent && within(above)));
    return rubric.indicators.filter(within).flatMap((row) => row.points);
  };
  const row = (indicator: IndicatorView): RateRow => {
    const points = under(indicator);
    const own = rate(points.map(({ code, max }) => ({ max, mark: marks.get(code)?.mark ?? null })));
    const other = beside ? rate(points.map(({ code, max }) => ({ max, mark: marks.get(code)?.reference ?? null }))) : null;
    return { code: indicator.code, title: indicator.title, own, other, low: (Number(own.score) + Number(own.open)) / Number(own.max) < 0.6 };
  };
  const all = rubric.indicators.flatMap((indicator) => indicator.points.map((point) => ({ indicator, point, own: marks.get(point.code)?.mark ?? null, other: marks.get(point.code)?.reference ?? null })));
  const lost = all.filter(({ point, own }) => own !== null && Number(own) < Number(point.max)).map(({ point, own }) => ({ point, amount: Number(point.max) - Number(own) }));
  lost.sort((a, b) => b.amount - a.amount);
  const sum = lost.reduce((total, loss) => total + loss.amount, 0);
  const full = all.filter(({ own }) => own !== null).reduce((total, { point }) => total + Number(point.max), 0);
  const differing = all.filter(({ own, other }) => own !== null && other !== null && own !== other);
  differing.sort((a, b) => Math.abs(Number(b.own) - Number(b.other)) - Math.abs(Number(a.own) - Number(a.other)));
  const signed = (amount: number) => (amount > 0 ? `+${amount}` : String(amount));
  const groups = lost.map(({ point, amount }) => ({ code: point.code, label: point.text, kind: "酌情未给满", amount: String(amount), percent: "3.2", places: [{ code: point.code, title: point.title, amount: String(amount) }] }));
  return {
    sheet: state.id, stage: state.stage, other: beside ? { sheet: "s0", stage: "self", assessor: "周宁", phase: "finalised" } : null, checklist: rubric.summary.checklist,
    scored: all.filter(({ own }) => own !== null).length, points: all.length, line: { percent: "60", permille: 600, printed: true },
    first: rubric.indicators.filter((indicator) => indicator.level === 1).map(row), radar: true, second: rubric.indicators.filter((indicator) => indicator.level === 2).map(row), secondPoints: false,
    losses: {
      full: String(full), lost: String(sum), given: String(full - sum), adjusted: "0", total: String(full - sum), bySentence: groups, byIndicator: groups, outside: [],
      byKind: [{ code: null, label: "酌情未给满", kind: null, amount: String(sum), percent: "100", places: groups.flatMap((group) => group.places) }],
    },
    departments: ["教学处", "开放教育学院", "信息化处（网络中心、资源建设与数据服务办公室）", null].map((department, at) => ({ department, points: 12 - 3 * at, scored: 12 - 4 * at, withEvidence: 9 - 3 * at, missing: 3 - at, score: String(80 - 20 * at), max: String(100 - 20 * at) })),
    differences: differing.map(({ point, own, other }) => ({ code: point.code, title: point.title, own: own ?? "", other: other ?? "", max: point.max, difference: signed(Number(own) - Number(other)) })),
    compared: all.filter(({ own, other }) => own !== null && other !== null).length,
  };
}
