// The charts over the units of a panel: from the program's figures to charts and tables. No mark is reckoned here.
import type { IndicatorRow, OwnRow, ProfileRow, ProfileView, RankRow, RateRow, RateView, ResultsView, TrendRow, TrendView, UnitProfileView } from "../../../api";
import { percentText } from "../../../components/texts";
import type { ChartModel, Column, LegendEntry, Place, Translate } from "../../../results/charts/model";
import { drawRadar } from "../../../results/charts/radar";
import { drawRows } from "../../../results/charts/rows";
import type { BarRow, RowsChart } from "../../../results/charts/rows";
import { seriesOf } from "../../../results/charts/series";
import { drawDots } from "./dots";
import type { DotRow } from "./dots";
import { drawLines } from "./lines";
import type { Line } from "./lines";

/** Rows of a chart before the rest is left to the table. */
export const MOST_ROWS = 30;

const column = (text: string, figure = false): Column => ({ text, figure });
/** Decimal strings for the length of a bar, never for a figure. */
const length = (amount: string | null) => Number((amount ?? "").replace("−", "-")) || 0;
const share = (percent: string | null) => (percent === null ? "—" : percentText(percent));
const unitPlace = (unit: string): Place[] => [{ code: unit, text: "" }];
const cut = (all: number, t: Translate) => (all > MOST_ROWS ? t("tally.moreInTable", { n: MOST_ROWS, all }) : "");
const TICKS = [0, 20, 40, 60, 80, 100];
const ticks = (line: string) => TICKS.map((at) => ({ at, text: String(at) === line ? `${at} %` : String(at) }));
const lineOf = (line: string) => ({ at: Number(line), text: TICKS.includes(Number(line)) ? "" : `${line} %` });
/** What is looked at: the total, or an indicator. */
export const figureName = (view: ResultsView, t: Translate) => (view.of ? `${view.of.code} ${view.of.title}` : t("tally.total"));

/** Who handed in how much. */
export function progressChart(view: ResultsView, t: Translate): ChartModel {
  const rows = view.progress;
  const title = t("tally.progress");
  const due = rows.map((row) => row.counted + row.waiting + row.faulty);
  const says = rows.map((row) => t("tally.progressSays", { name: row.name, counted: row.counted, waiting: row.waiting, faulty: row.faulty, away: row.away }));
  const bar = (row: (typeof rows)[number], at: number): BarRow => ({
    code: null, label: row.name, text: says[at] ?? "", tick: null,
    segments: [{ style: "own", length: row.counted }, { style: "low", length: row.faulty }, { style: "open", length: row.waiting }],
    figures: [{ text: `${row.counted} / ${due[at]}`, style: "bold" }, { text: row.away > 0 ? t("tally.awayN", { n: row.away }) : "", style: "soft" }],
  });
  const chart: RowsChart = { rows: rows.map(bar), from: 0, to: Math.max(...due, 1), ticks: [], line: null };
  const waiting = rows.reduce((sum, row) => sum + row.waiting + row.faulty, 0);
  return {
    id: "progress", title, note: "", sentence: t("tally.progressSay", { title, n: rows.length, waiting }),
    legend: [{ style: "own", text: t("tally.counted") }, { style: "low", text: t("tally.faulty") }, { style: "open", text: t("tally.waiting") }],
    figures: {
      columns: [column(t("tally.member")), column(t("tally.organisation")), ...["counted", "waiting", "faulty", "away"].map((key) => column(t(`tally.${key}`), true))],
      rows: rows.map((row) => ({ code: null, cells: [row.name, row.organisation, ...[row.counted, row.waiting, row.faulty, row.away].map(String)] })),
    },
    draw: (frame) => drawRows(chart, frame),
  };
}

const rankText = (row: RankRow, t: Translate) => (row.tied ? t("tally.tiedRank", { n: row.rank }) : String(row.rank));
const rankSays = (row: RankRow, t: Translate) =>
  `${t("tally.rankSays", { rank: rankText(row, t), unit: row.unit, total: row.total, percent: share(row.percent), grade: row.grade ?? t("tally.noGrade") })}${row.missing > 0 ? t("tally.stillMissing", { n: row.missing }) : ""}`;

/** Units by their total, or by an indicator. */
export function rankingChart(view: ResultsView, t: Translate): ChartModel {
  const title = t("tally.rankingOf", { of: figureName(view, t) });
  const low = (row: RankRow) => view.of !== null && length(row.percent) < Number(view.line);
  const bar = (row: RankRow): BarRow => ({
    code: null, places: unitPlace(row.unit), label: `${row.rank}  ${row.unit}`, text: rankSays(row, t), tick: null,
    segments: [{ style: row.vetoed || low(row) ? "low" : row.missing > 0 ? "open" : "own", length: length(row.percent) }],
    figures: [{ text: row.total, style: "bold" }, { text: row.grade ?? "", style: row.vetoed ? "seal" : "soft" }],
  });
  const shown = view.ranking.slice(0, MOST_ROWS);
  const chart: RowsChart = { rows: shown.map(bar), from: 0, to: 100, ticks: ticks(view.line), line: view.of ? lineOf(view.line) : null };
  const legend: LegendEntry[] = [
    { style: "own", text: t("tally.settled") }, ...(shown.some((row) => row.missing > 0) ? [{ style: "open" as const, text: t("tally.unsettled") }] : []),
    ...(shown.some((row) => row.vetoed || low(row)) ? [{ style: "low" as const, text: view.of ? t("tally.belowLine", { line: view.line }) : t("tally.vetoed") }] : []),
  ];
  const first = view.ranking[0];
  return {
    id: "ranking", title, note: cut(view.ranking.length, t), legend,
    sentence: first ? t("tally.rankingSay", { title, n: view.ranking.length, unit: first.unit, total: first.total, without: view.unranked.length }) : title,
    figures: {
      columns: [column(t("tally.rank"), true), column(t("tally.unit")), column(t("tally.panelMark"), true), column(t("tally.rate"), true), column(t("tally.grade")), column(t("tally.missing"), true)],
      rows: view.ranking.map((row) => ({ code: null, cells: [rankText(row, t), row.unit, row.total, share(row.percent), row.grade ?? "", row.missing > 0 ? String(row.missing) : ""] })),
    },
    draw: (frame) => drawRows(chart, frame),
  };
}

/** How many units have each grade. */
export function gradesChart(view: ResultsView, t: Translate): ChartModel {
  const all = view.grades.reduce((sum, row) => sum + row.units, 0);
  const title = t("tally.grades");
  const name = (grade: string | null) => grade ?? t("tally.noGrade");
  const says = (row: (typeof view.grades)[number]) => t("tally.gradeSays", { grade: name(row.grade), n: row.units, all });
  const bar = (row: (typeof view.grades)[number]): BarRow => ({
    code: null, places: row.units > 0 ? [{ code: row.grade ?? "", text: "" }] : [], label: name(row.grade), text: says(row), tick: null,
    segments: [{ style: row.grade === null ? "open" : "own", length: row.units }], figures: [{ text: String(row.units), style: "bold" }],
  });
  return {
    id: "grades", title, note: "", sentence: `${title}：${view.grades.map(says).join("；")}`, legend: [],
    figures: { columns: [column(t("tally.grade")), column(t("tally.units"), true)], rows: view.grades.map((row) => ({ code: null, cells: [name(row.grade), String(row.units)] })) },
    draw: (frame) => drawRows({ rows: view.grades.map(bar), from: 0, to: Math.max(all, 1), ticks: [], line: null }, frame),
  };
}

const isLow = (row: IndicatorRow, line: string) => row.percent !== null && length(row.percent) < Number(line);
/** Indicators over all units, in the order of the table. */
export function indicatorsChart(view: ResultsView, t: Translate): ChartModel {
  const title = t("tally.indicators");
  const says = (row: IndicatorRow) => t("tally.indicatorSays", { code: row.code, title: row.title, percent: share(row.percent), lowest: row.lowest, highest: row.highest, max: row.max, below: row.below, units: row.units });
  const bar = (row: IndicatorRow): BarRow => ({
    code: row.code, label: row.title, text: says(row), tick: null, segments: [{ style: isLow(row, view.line) ? "low" : "own", length: length(row.percent) }],
    figures: [{ text: `${isLow(row, view.line) ? "▽ " : ""}${share(row.percent)}`, style: isLow(row, view.line) ? "seal" : "bold" }, { text: row.below > 0 ? t("tally.belowN", { n: row.below }) : "", style: "soft" }],
  });
  const low = view.indicators.filter((row) => isLow(row, view.line));
  const shown = view.indicators.slice(0, MOST_ROWS);
  return {
    id: "indicators", title, note: cut(view.indicators.length, t),
    sentence: t("tally.indicatorsSay", { title, n: view.indicators.length, line: view.line, low: low.length }),
    legend: [{ style: "own", text: t("tally.rate") }, ...(low.length > 0 ? [{ style: "low" as const, text: t("tally.belowLine", { line: view.line }) }] : []), { style: "line", text: t("tally.line", { line: view.line }) }],
    figures: {
      columns: [column(t("tally.code")), column(t("tally.indicator")), column(t("tally.full"), true), column(t("tally.rate"), true), column(t("tally.lowest"), true), column(t("tally.highest"), true), column(t("tally.below"), true)],
      rows: view.indicators.map((row) => ({ code: row.code, cells: [row.code, row.title, row.max, share(row.percent), row.lowest, row.highest, String(row.below)] })),
    },
    draw: (frame) => drawRows({ rows: shown.map(bar), from: 0, to: 100, ticks: ticks(view.line), line: lineOf(view.line) }, frame),
  };
}

/** The units' own evaluation beside the panel's result. */
export function ownChart(view: ResultsView, t: Translate): ChartModel {
  const title = t("tally.ownOf", { of: figureName(view, t) });
  const both = view.own.filter((row) => row.difference !== null);
  const shown = both.slice(0, MOST_ROWS);
  const says = (row: OwnRow) => t("tally.ownSays", { unit: row.unit, own: row.own ?? "—", panel: row.panel ?? "—", difference: row.difference ?? "—" });
  const minus = (row: OwnRow) => length(row.difference) < 0;
  const bar = (row: OwnRow): BarRow => ({
    code: null, places: unitPlace(row.unit), label: row.unit, text: says(row), tick: null, segments: [{ style: minus(row) ? "minus" : "plus", length: length(row.difference) }],
    figures: [{ text: `${row.own} → ${row.panel}`, style: "soft" }, { text: (row.difference ?? "").replace("-", "−"), style: minus(row) ? "seal" : "bold" }],
  });
  const most = Math.max(1, ...both.map((row) => Math.abs(length(row.difference))));
  const chart: RowsChart = { rows: shown.map(bar), from: -most, to: most, ticks: [], line: null, zero: true };
  return {
    id: "own", title, note: cut(both.length, t), sentence: t("tally.ownSay", { title, n: both.length, higher: both.filter(minus).length }),
    legend: [{ style: "plus", text: t("tally.panelHigher") }, { style: "minus", text: t("tally.panelLower") }],
    figures: {
      columns: [column(t("tally.unit")), column(t("tally.own"), true), column(t("tally.panelMark"), true), column(t("tally.difference"), true)],
      rows: view.own.map((row) => ({ code: null, cells: [row.unit, row.own ?? "—", row.panel ?? "—", (row.difference ?? "—").replace("-", "−")] })),
    },
    draw: (frame) => drawRows(chart, frame),
  };
}

/** A share as the charts of rates take it. */
function rate(score: string | null, percent: string | null, max: string): RateView {
  const at = percent === null ? null : Math.round(length(percent) * 10);
  return { state: percent === null ? "open" : "complete", score: score ?? "", max, percent, soFar: percent, soFarPermille: at, filled: Math.min(at ?? 0, 1000), open: max, openPermille: percent === null ? 1000 : 0, left: 0 };
}
const profileSays = (row: ProfileRow, t: Translate) =>
  t("tally.profileSays", { code: row.code, title: row.title, score: row.scores[0] ?? "—", max: row.max, percent: share(row.percents[0] ?? null), all: share(row.all), own: row.own[0] ?? "—", rank: row.ranks[0] ?? "—" });
/** A unit's level-1 indicators beside the mean of all. */
export function profileRadar(view: UnitProfileView, line: string, t: Translate): ChartModel {
  const rows = view.profile.rows.filter((row) => row.level === 1);
  const rates = rows.map((row): RateRow => ({ code: row.code, title: row.title, own: rate(row.scores[0] ?? null, row.percents[0] ?? null, row.max), other: rate(null, row.all, row.max), low: row.percents[0] != null && length(row.percents[0]) < Number(line) }));
  const title = t("tally.profileFirst");
  const says = rows.map((row) => profileSays(row, t));
  return {
    id: "first", title, note: "", sentence: `${title}：${says.join("；")}`, figures: profileFigures(rows, t),
    legend: [{ style: "full", text: t("tally.full") }, { style: "dashed", text: t("tally.mean") }, { style: "main", text: view.unit.unit }],
    draw: (frame) => (rates.length >= 3 ? drawRadar(rates, Number(line) * 10, says, frame) : drawRows(profileBars(rows, line, t), frame)),
  };
}
function profileFigures(rows: ProfileRow[], t: Translate): ChartModel["figures"] {
  return {
    columns: [column(t("tally.code")), column(t("tally.indicator")), column(t("tally.full"), true), column(t("tally.own"), true), column(t("tally.panelMark"), true), column(t("tally.rate"), true), column(t("tally.mean"), true), column(t("tally.rank"), true)],
    rows: rows.map((row) => ({ code: row.code, cells: [row.code, row.title, row.max, row.own[0] ?? "—", row.scores[0] ?? "—", share(row.percents[0] ?? null), share(row.all), row.ranks[0] == null ? "" : String(row.ranks[0])] })),
  };
}
function profileBars(rows: ProfileRow[], line: string, t: Translate): RowsChart {
  const low = (row: ProfileRow) => row.percents[0] != null && length(row.percents[0]) < Number(line);
  const bar = (row: ProfileRow): BarRow => ({
    code: row.code, label: row.title, text: profileSays(row, t), tick: row.all === null ? null : length(row.all),
    segments: row.percents[0] == null ? [{ style: "open", length: 100 }] : [{ style: low(row) ? "low" : "own", length: length(row.percents[0]) }],
    figures: [{ text: `${row.scores[0] ?? "—"} / ${row.max}`, style: "bold" }, { text: `${low(row) ? "▽ " : ""}${share(row.percents[0] ?? null)}`, style: low(row) ? "seal" : "soft" }],
  });
  return { rows: rows.map(bar), from: 0, to: 100, ticks: ticks(line), line: lineOf(line) };
}
/** A unit's indicators of the level below, with the mean of all as a mark. */
export function profileSecond(view: UnitProfileView, line: string, t: Translate): ChartModel {
  const second = view.profile.rows.filter((row) => row.level === 2);
  const rows = second.length > 0 ? second : view.profile.rows;
  const title = t(second.length > 0 ? "tally.profileSecond" : "tally.profileAll");
  const low = rows.filter((row) => row.percents[0] != null && length(row.percents[0]) < Number(line)).length;
  return {
    id: "second", title, note: "", sentence: t("tally.indicatorsSay", { title, n: rows.length, line, low }), figures: profileFigures(rows, t),
    legend: [{ style: "own", text: view.unit.unit }, ...(low > 0 ? [{ style: "low" as const, text: t("tally.belowLine", { line }) }] : []), { style: "tick", text: t("tally.mean") }, { style: "line", text: t("tally.line", { line }) }],
    draw: (frame) => drawRows(profileBars(rows, line, t), frame),
  };
}

/** Units beside each other by indicator. */
export function compareChart(view: ProfileView, line: string, t: Translate): ChartModel {
  const title = t("tally.compareTitle", { n: view.units.length });
  const says = (row: ProfileRow) => `${row.code} ${row.title}：${view.units.map((unit, at) => `${unit} ${share(row.percents[at] ?? null)}`).join("、")}；${t("tally.mean")} ${share(row.all)}`;
  const dots = view.rows.map((row): DotRow => ({ code: row.code, title: row.title, text: says(row), at: row.percents.map((percent) => (percent === null ? null : length(percent))), mean: row.all === null ? null : length(row.all) }));
  return {
    id: "compare", title, note: "", sentence: `${title}：${view.units.join("、")}`,
    legend: [...view.units.map((unit, at): LegendEntry => ({ style: seriesOf(at), text: unit })), { style: "tick", text: t("tally.mean") }, { style: "line", text: t("tally.line", { line }) }],
    figures: {
      columns: [column(t("tally.code")), column(t("tally.indicator")), ...view.units.map((unit) => column(unit, true)), column(t("tally.mean"), true)],
      rows: view.rows.map((row) => ({ code: row.code, cells: [row.code, row.title, ...row.percents.map(share), share(row.all)] })),
    },
    draw: (frame) => drawDots(dots, Number(line), frame),
  };
}

/** Units over the years in one figure; `code` is empty for the total. */
export function trendChart(view: TrendView, units: string[], code: string, t: Translate): ChartModel {
  const years = view.rounds.map((round) => String(round.panel.year));
  const of = (rows: TrendRow[], unit: string) => rows.find((row) => row.unit === unit && row.code === code);
  const line = (name: string, row: TrendRow | undefined): Line => ({ name, at: years.map((_, at) => (row?.percents[at] == null ? null : length(row.percents[at] ?? null))), texts: years.map((_, at) => row?.percents[at] ?? "") });
  const mean = line(t("tally.mean"), of(view.means, ""));
  const lines = units.map((unit) => line(unit, of(view.rows, unit)));
  const sentences = years.map((year, at) => `${year}：${[...lines, mean].map((one) => `${one.name} ${one.texts[at] ? percentText(one.texts[at] ?? "") : t("tally.notComparable")}`).join("、")}`);
  const title = t("tally.trendOf", { of: code === "" ? t("tally.total") : `${code} ${of(view.means, "")?.title ?? ""}` });
  return {
    id: "trend", title, note: "", sentence: `${title}。${sentences.join("；")}`,
    legend: [...units.map((unit, at): LegendEntry => ({ style: seriesOf(at), text: unit })), { style: "dashed", text: t("tally.mean") }],
    figures: {
      columns: [column(t("tally.unit")), ...years.map((year) => column(year, true))],
      rows: [...lines, mean].map((one) => ({ code: null, cells: [one.name, ...one.texts.map((text) => (text === "" ? "—" : percentText(text)))] })),
    },
    draw: (frame) => drawLines(years, lines, mean, sentences, frame),
  };
}
