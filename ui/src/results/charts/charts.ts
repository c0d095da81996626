// The dashboards of a sheet: from the program's figures to charts and tables. No figure is reckoned here.
import type { DashboardView, DepartmentProgress, DifferenceRow, LossGroup, RateRow, RateView } from "../../api";
import { percentText } from "../../components/texts";
import type { ChartModel, Column, FigureRow, LegendEntry, Place, Translate } from "./model";
import { drawRadar } from "./radar";
import { drawRows } from "./rows";
import type { BarRow, Figure, RowsChart, Segment } from "./rows";

export type Grouping = "sentence" | "kind" | "indicator";
/** Rows of a chart before the rest is left to the table. */
const MOST_ROWS = 12;

const column = (text: string, figure = false): Column => ({ text, figure });
const otherStage = (view: DashboardView, t: Translate) => (view.other ? t(`stage.${view.other.stage}`) : "");
/** Decimal strings for the length of a bar, never for a figure. */
const length = (amount: string) => Number(amount) || 0;

/** The rate in words: what is not scored is a word, not a 0. */
export function rateWords(rate: RateView, t: Translate): string {
  if (rate.state === "open") return t("charts.unscored");
  if (rate.state === "begun") return rate.soFar === null ? t("charts.begun", { open: rate.open }) : t("charts.begunRate", { rate: percentText(rate.soFar), open: rate.open });
  return percentText(rate.percent ?? "");
}
const marks = (rate: RateView) => (rate.state === "open" ? "—" : rate.score);

function rateSentence(row: RateRow, view: DashboardView, t: Translate): string {
  const own = t("charts.rowSays", { code: row.code, title: row.title, score: marks(row.own), max: row.own.max, rate: rateWords(row.own, t) });
  const other = row.other ? t("charts.otherSays", { stage: otherStage(view, t), score: marks(row.other), rate: rateWords(row.other, t) }) : "";
  return `${own}${other}${row.low ? t("charts.lowSays", { line: view.line.percent }) : ""}`;
}

function rateTable(rows: RateRow[], view: DashboardView, t: Translate): ChartModel["figures"] {
  const stage = t(`stage.${view.stage}`);
  const beside = view.other ? [column(otherStage(view, t), true), column(t("charts.rateOf", { stage: otherStage(view, t) }), true)] : [];
  const cells = (row: RateRow) => [
    row.code, row.title, row.own.max, ...(view.other ? [row.other ? marks(row.other) : "—", row.other ? rateWords(row.other, t) : "—"] : []), marks(row.own), rateWords(row.own, t),
    row.low ? t("charts.below", { line: view.line.percent }) : "",
  ];
  return {
    columns: [column(t("charts.code")), column(t("results.indicator")), column(t(view.checklist ? "charts.applicable" : "charts.full"), true), ...beside, column(stage, true), column(t("charts.rateOf", { stage }), true), column(t("charts.state"))],
    rows: rows.map((row): FigureRow => ({ code: row.code, cells: cells(row) })),
  };
}

function rateLegend(view: DashboardView, rows: RateRow[], t: Translate, radar: boolean): LegendEntry[] {
  const stage = t(`stage.${view.stage}`);
  const other: LegendEntry[] = view.other ? [{ style: radar ? "dashed" : "tick", text: otherStage(view, t) }] : [];
  const open = rows.some((row) => row.own.state !== "complete");
  if (radar) return [{ style: "full", text: t("charts.full") }, ...other, { style: "main", text: open ? t("charts.soFar", { stage }) : stage }];
  const low: LegendEntry[] = rows.some((row) => row.low) ? [{ style: "low", text: t("charts.below", { line: view.line.percent }) }] : [];
  return [{ style: "own", text: stage }, ...low, ...(open ? [{ style: "open" as const, text: t("charts.unscored") }] : []), ...other, { style: "line", text: t(view.line.printed ? "charts.line" : "charts.lineOwn", { line: view.line.percent }) }];
}

function rateFigures(row: RateRow, t: Translate): Figure[] {
  const { own } = row;
  const score: Figure = { text: own.state === "open" ? `— / ${own.max}` : `${own.score} / ${own.max}`, style: own.state === "open" ? "soft" : "bold" };
  if (own.state === "open") return [score, { text: t("charts.unscored"), style: "soft" }];
  if (own.state === "begun") return [score, { text: row.low ? `▽ ${t("charts.left", { open: own.open })}` : t("charts.left", { open: own.open }), style: row.low ? "seal" : "soft" }];
  return [score, { text: `${row.low ? "▽ " : ""}${percentText(own.percent ?? "")}`, style: row.low ? "seal" : "soft" }];
}

export function rateRows(rows: RateRow[], view: DashboardView, t: Translate): RowsChart {
  const at = view.line.permille / 10;
  const ticks = [0, 20, 40, 60, 80, 100].map((tick) => ({ at: tick, text: tick === at ? `${tick} %` : String(tick) }));
  const segments = ({ own, low }: RateRow): Segment[] => [{ style: low ? "low" : "own", length: own.filled / 10 }, { style: "open", length: own.openPermille / 10 }];
  const bar = (row: RateRow): BarRow => ({
    code: row.code, label: row.title, text: rateSentence(row, view, t), segments: segments(row), figures: rateFigures(row, t),
    tick: row.other && row.other.state !== "open" ? row.other.filled / 10 : null,
  });
  return { rows: rows.map(bar), from: 0, to: 100, ticks, line: { at, text: ticks.some((tick) => tick.at === at) ? "" : `${view.line.percent} %` } };
}

const ratesTitle = (view: DashboardView, of: string, t: Translate) => t(view.checklist ? "charts.conformity" : "charts.rates", { of });
/** How many are below the line, complete and not scored. */
function rateSummary(title: string, rows: RateRow[], view: DashboardView, t: Translate): string {
  const low = rows.filter((row) => row.low);
  const open = rows.filter((row) => row.own.state !== "complete").length;
  const names = low.map((row) => `${row.code} ${row.title}`).join("、");
  return [t("charts.ratesSay", { title, n: rows.length, line: view.line.percent, low: low.length }), low.length > 0 ? t("charts.theyAre", { names }) : "", open > 0 ? t("charts.openSay", { n: open }) : ""].join("");
}

/** Level-1 indicators: a radar, or bars where there are too few axes. */
export function firstChart(view: DashboardView, t: Translate): ChartModel {
  const rows = view.first;
  const title = ratesTitle(view, t("charts.first"), t);
  const sentences = rows.map((row) => rateSentence(row, view, t));
  return {
    id: "first", title, note: "", sentence: rateSummary(title, rows, view, t), legend: rateLegend(view, rows, t, view.radar), figures: rateTable(rows, view, t),
    draw: (frame) => (view.radar ? drawRadar(rows, view.line.permille, sentences, frame) : drawRows(rateRows(rows, view, t), frame)),
  };
}

/** Level-2 indicators (or the points of a rubric without them) against the line. */
export function secondChart(view: DashboardView, t: Translate): ChartModel {
  const title = ratesTitle(view, t(view.secondPoints ? "charts.points" : "charts.second"), t);
  return {
    id: "second", title, note: "", sentence: rateSummary(title, view.second, view, t), legend: rateLegend(view, view.second, t, false), figures: rateTable(view.second, view, t),
    draw: (frame) => drawRows(rateRows(view.second, view, t), frame),
  };
}

function groupsOf(view: DashboardView, by: Grouping): LossGroup[] {
  const { bySentence, byKind, byIndicator, outside } = view.losses;
  return [...{ sentence: bySentence, kind: byKind, indicator: byIndicator }[by], ...outside];
}
const placesOf = (group: LossGroup): Place[] => group.places.map(({ code, amount }) => ({ code, text: `−${amount}` }));
const lossSays = (group: LossGroup, t: Translate) => t("charts.lossSays", {
  label: `${group.code ?? ""} ${group.label}`.trim(), kind: group.kind ?? "", amount: group.amount, places: group.places.map((place) => `${place.code} ${place.title} −${place.amount}`).join("；"),
});

export function lossRows(view: DashboardView, by: Grouping, t: Translate): RowsChart {
  const groups = groupsOf(view, by).slice(0, MOST_ROWS);
  const bar = (group: LossGroup): BarRow => ({
    code: group.code, places: placesOf(group), label: group.label, text: lossSays(group, t), segments: [{ style: "low", length: length(group.amount) }], tick: null,
    figures: [...(by === "indicator" ? [] : [{ text: by === "kind" ? t("charts.places", { n: group.places.length }) : (group.kind ?? ""), style: "soft" as const }]), { text: `−${group.amount}`, style: "seal" }],
  });
  return { rows: groups.map(bar), from: 0, to: Math.max(...groups.map((group) => length(group.amount)), 1), ticks: [], line: null };
}

/** Where marks were lost, grouped; a click leads to the first place. */
export function lossChart(view: DashboardView, by: Grouping, t: Translate): ChartModel {
  const groups = groupsOf(view, by);
  const { full, lost, given, adjusted } = view.losses;
  const unit = view.checklist ? "charts.demandsSum" : "charts.lossSum";
  const sum = `${t(unit, { full, lost, given })}${adjusted === "0" ? "" : t("charts.adjustedSum", { adjusted, total: view.losses.total })}`;
  const title = t("charts.losses");
  const note = groups.length > MOST_ROWS ? `${sum} ${t("charts.moreInTable", { n: MOST_ROWS, all: groups.length })}` : sum;
  const cells = (group: LossGroup) => [group.code ?? "", group.label, group.kind ?? "", `−${group.amount}`, group.percent === null ? "" : percentText(group.percent)];
  const first = groups[0];
  return {
    id: "losses", title, note, sentence: first ? t("charts.lossesSay", { title, sum, label: `${first.code ?? ""} ${first.label}`.trim(), amount: first.amount }) : `${title}${sum}`, legend: [],
    figures: {
      columns: [column(t("charts.code")), column(t(`charts.by.${by}`)), column(t("charts.reason")), column(t("charts.amount"), true), column(t("charts.share"), true), column(t("charts.where"))],
      rows: groups.map((group) => ({ code: group.code, cells: cells(group), places: placesOf(group) })),
    },
    draw: (frame) => drawRows(lossRows(view, by, t), frame),
  };
}

const departmentName = (row: DepartmentProgress, t: Translate) => row.department ?? t("charts.nobody");
const departmentSays = (row: DepartmentProgress, t: Translate) =>
  t("charts.departmentSays", { name: departmentName(row, t), points: row.points, scored: row.scored, evidence: row.withEvidence, missing: row.missing, score: row.score, max: row.max });

export function departmentRows(view: DashboardView, t: Translate): RowsChart {
  const bar = (row: DepartmentProgress): BarRow => ({
    code: null, label: departmentName(row, t), text: departmentSays(row, t), tick: row.withEvidence,
    segments: [{ style: "own", length: row.scored }, { style: "open", length: row.points - row.scored }],
    figures: [{ text: `${row.scored} / ${row.points}`, style: "bold" }, { text: row.missing > 0 ? t("charts.lacks", { n: row.missing }) : t("charts.lacksNone"), style: row.missing > 0 ? "attn" : "soft" }],
  });
  return { rows: view.departments.map(bar), from: 0, to: Math.max(...view.departments.map((row) => row.points), 1), ticks: [], line: null };
}

/** How far each department is: scored and unscored points, and those with evidence. */
export function departmentChart(view: DashboardView, t: Translate): ChartModel {
  const title = t("charts.departments");
  const done = view.departments.filter((row) => row.scored === row.points && row.missing === 0).length;
  return {
    id: "departments", title, note: t("charts.departmentsNote"), sentence: t("charts.departmentsSay", { title, n: view.departments.length, done }),
    legend: [{ style: "own", text: t("charts.scored") }, { style: "open", text: t("charts.unscored") }, { style: "tick", text: t("charts.withEvidence") }],
    figures: {
      columns: [column(t("charts.department")), ...["pointsCount", "scored", "withEvidence", "lacking", "score", "full"].map((key) => column(t(`charts.${key}`), true))],
      rows: view.departments.map((row) => ({ code: null, cells: [departmentName(row, t), ...[row.points, row.scored, row.withEvidence, row.missing].map(String), row.score, row.max] })),
    },
    draw: (frame) => drawRows(departmentRows(view, t), frame),
  };
}

const differenceSays = (row: DifferenceRow, view: DashboardView, t: Translate) =>
  t("charts.differenceSays", { code: row.code, title: row.title, stage: t(`stage.${view.stage}`), own: row.own, other: row.other, otherStage: otherStage(view, t), max: row.max, difference: row.difference });

export function differenceRows(view: DashboardView, t: Translate): RowsChart {
  const rows = view.differences.slice(0, MOST_ROWS);
  const most = Math.max(...rows.map((row) => Math.abs(length(row.difference))), 1);
  const bar = (row: DifferenceRow): BarRow => ({
    code: row.code, label: row.title, text: differenceSays(row, view, t), tick: null, segments: [{ style: row.difference.startsWith("-") ? "minus" : "plus", length: length(row.difference) }],
    figures: [{ text: `${row.other} → ${row.own} / ${row.max}`, style: "soft" }, { text: row.difference.replace("-", "−"), style: row.difference.startsWith("-") ? "seal" : "bold" }],
  });
  return { rows: rows.map(bar), from: -most, to: most, ticks: [], line: null, zero: true };
}

/** Points where this sheet and the other stage's have different marks. */
export function differenceChart(view: DashboardView, t: Translate): ChartModel {
  const stage = t(`stage.${view.stage}`);
  const other = otherStage(view, t);
  const title = t("charts.differences", { stage, other });
  const count = t("charts.differencesNote", { n: view.compared, different: view.differences.length });
  const cells = (row: DifferenceRow) => [row.code, row.title, row.max, row.other, row.own, row.difference.replace("-", "−")];
  return {
    id: "differences", title, note: view.differences.length > MOST_ROWS ? `${count} ${t("charts.moreInTable", { n: MOST_ROWS, all: view.differences.length })}` : count,
    sentence: `${title}：${count}`, legend: [{ style: "plus", text: t("charts.higher", { stage }) }, { style: "minus", text: t("charts.lower", { stage }) }],
    figures: {
      columns: [column(t("charts.code")), column(t("charts.point")), column(t("charts.full"), true), column(other, true), column(stage, true), column(t("charts.difference"), true)],
      rows: view.differences.map((row) => ({ code: row.code, cells: cells(row) })),
    },
    draw: (frame) => drawRows(differenceRows(view, t), frame),
  };
}
