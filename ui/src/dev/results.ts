// Answers about results, in a plain browser: ?units=1000 for many. What is reckoned here is reckoned for show only.
import type { MarkView, PanelUnit, PanelView, ProfileRow, ProfileView, ResultsQuery, ResultsView, SavedView, TrendView, UnitProfileView } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;
const FIRST = ["办学定位", "体系办学", "条件保障", "教学运行与效果", "质量管理", "创新与服务"];
const PLACES = ["并州", "河东", "上党", "雁门", "漳源", "滹沱", "汾曲", "代州", "云州", "绛州", "潞州", "沁源"];
const SENTENCE = "认真执行形成性考核的规定和要求，严格落实终结性考试管理制度，发现一起违规扣 2 分，扣完为止。";
const nameOf = (at: number) => `${PLACES[at % PLACES.length]}${at < PLACES.length ? "" : `第${Math.floor(at / PLACES.length) + 1}`}分校`;
const scoreOf = (at: number) => 905 - ((at * 37) % 330);
const codes = FIRST.flatMap((title, at) => [{ code: String(at + 1), title, level: 1, max: "160" }, ...[1, 2, 3, 4].map((second) => ({ code: `${at + 1}.${second}`, title: `${title}的第 ${second} 项要求及落实情况`, level: 2, max: "40" }))]);
const gradeOf = (total: number) => (total >= 900 ? "优秀" : total >= 750 ? "良好" : total >= 600 ? "合格" : "限期整改");
const percentAt = (unit: number, code: number) => 55 + ((unit * 13 + code * 29) % 44);

function unitOf(at: number, members: number): PanelUnit {
  const total = scoreOf(at);
  const late = at % 9 === 4;
  const none = at % 13 === 12;
  const cells = Array.from({ length: members }, (_, member) => {
    const code = none && member > 0 ? "missing" : late && member === 1 ? "draft" : at % 7 === 3 && member === 2 ? "recused" : "counted";
    return { standing: { code, text: { missing: "未交", draft: "草稿，未交", recused: "回避：曾任该校教师", counted: "计入" }[code] ?? "" }, total: code === "counted" ? String(total - 9 + ((member * 7 + at) % 19)) : null, grade: null, dropped: code === "counted" && (member === 0 || member === 4) ? (member === 0 ? "lowest" : "highest") : "", outlier: at === 2 && member === 3 };
  });
  return { unit: at === 6 ? "汾曲分校（含名称特别长的县级学习中心与省直属高等教育自学考试联合办学点）" : nameOf(at), cells, counted: cells.filter((cell) => cell.total !== null).length, spread: "18", total: none ? null : `${total}.${at % 10}`, grade: none ? null : gradeOf(total), vetoed: at === 4, flags: none ? [{ code: "too-few", text: "只有 1 份计入，至少要 2 份，没有结果" }] : [], failing: total < 600, agreed: false };
}

function results(panel: PanelView, many: number, query: ResultsQuery): ResultsView {
  const all = Array.from({ length: many }, (_, at) => unitOf(at, panel.members.length));
  const order = all.filter((unit) => unit.total !== null).sort((one, other) => Number(other.total) - Number(one.total)).map((unit) => unit.unit);
  const fits = (unit: PanelUnit) => unit.unit.includes(query.search) && (query.grades.length === 0 || query.grades.includes(unit.grade ?? "")) && (!query.complete || unit.total !== null);
  const units = all.filter(fits);
  const ranked = units.filter((unit) => unit.total !== null).sort((one, other) => order.indexOf(one.unit) - order.indexOf(other.unit));
  if (query.sort?.descending === false && query.sort.column === "panel") ranked.reverse();
  return {
    panel: { ...panel, units }, query, all: many, of: codes.find((one) => one.code === query.indicator) ?? null, choices: codes, gradeChoices: ["优秀", "良好", "合格", "限期整改", ""],
    progress: panel.members.map((member, at) => ({ name: member.name, organisation: member.organisation, counted: units.filter((unit) => unit.cells[at]?.total != null).length, waiting: units.filter((unit) => ["missing", "draft"].includes(unit.cells[at]?.standing.code ?? "")).length, faulty: at === 3 ? 1 : 0, away: units.filter((unit) => unit.cells[at]?.standing.code === "recused").length })),
    ranking: ranked.map((unit) => ({ rank: order.indexOf(unit.unit) + 1, tied: order.indexOf(unit.unit) === 1, unit: unit.unit, total: unit.total ?? "", percent: (Number(unit.total) / 10).toFixed(1), grade: unit.grade, vetoed: unit.vetoed, missing: unit.cells.filter((cell) => ["missing", "draft"].includes(cell.standing.code)).length })),
    unranked: units.filter((unit) => unit.total === null).map((unit) => unit.unit), grades: ["优秀", "良好", "合格", "限期整改", null].map((grade) => [grade, units.filter((unit) => unit.grade === grade).length] as const).map(([grade, n]) => ({ grade, units: n, share: grade === null || ranked.length === 0 ? null : String(Number(((n * 100) / ranked.length).toFixed(2))) })), line: "60",
    indicators: codes.filter((one) => query.level === null || one.level === query.level).map((one, at) => ({ ...one, percent: (52 + at * 1.6).toFixed(1), lowest: "12", highest: one.max, below: Math.max(0, 9 - at), units: ranked.length })),
    own: units.map((unit, at) => ({ unit: unit.unit, own: at % 4 === 3 ? null : String(Number(unit.total ?? 800) + 20 - (at % 5) * 11), panel: unit.total, difference: at % 4 === 3 || unit.total === null ? null : String((at % 5) * 11 - 20).replace(/^(?=[1-9])/, "+") })),
  };
}
function rowsOf(units: number[]): ProfileRow[] {
  return codes.map((one, at) => ({ ...one, scores: units.map((unit) => String((Number(one.max) * percentAt(unit, at)) / 100)), percents: units.map((unit) => String(percentAt(unit, at))), own: units.map(() => String(Number(one.max) * 0.9)), all: "78.4", ranks: units.map((unit) => (unit % 7) + 1) }));
}
const indexOf = (unit: string, many: number) => Math.max(0, Array.from({ length: many }, (_, at) => unitOf(at, 1).unit).indexOf(unit));

export function resultAnswers(panel: () => PanelView, options: URLSearchParams): Record<string, (args: Args) => unknown> {
  const many = options.has("nounits") ? 0 : Number(options.get("units") ?? 18);
  let views: SavedView[] = [];
  let declared = false;
  const profile = (units: string[]): ProfileView => ({ panel: panel().panel, units, totals: units.map((unit) => unitOf(indexOf(unit, many), 1).total), grades: units.map((unit) => unitOf(indexOf(unit, many), 1).grade), rows: rowsOf(units.map((unit) => indexOf(unit, many))) });
  const pair = { old: "1.5", new: "1.4", title: codes[4]!.title, oldTitle: codes[4]!.title, otherMax: false };
  const trend = (units: string[]): TrendView => {
    const round = (year: number, same: boolean) => ({ panel: { ...panel().panel, year, name: `${year} 复评`, edition: same ? "2021-10" : "2018-03" }, mapped: same ? 30 : declared ? 28 : 27, same, sameEdition: same, declared: same || !declared ? [] : [pair], likely: same || declared ? [] : [pair], without: same ? [] : codes.slice(7, 9), unused: same ? [] : codes.slice(9, 10), units: many });
    const row = (unit: string, at: number, code: number | null) => ({ unit, code: code === null ? "" : codes[code]!.code, title: code === null ? "" : codes[code]!.title, percents: [code !== null && code > 6 ? null : String(60 + ((at * 7 + (code ?? 0)) % 20)), String(65 + ((at * 5 + (code ?? 0)) % 20)), String(70 + ((at * 3 + (code ?? 0)) % 20))], grades: code === null ? ["合格", "良好", "良好"] : [null, null, null] });
    const named = units.length > 0 ? units : Array.from({ length: many }, (_, at) => unitOf(at, 1).unit);
    const places = units.length > 0 ? [null, ...codes.map((_, at) => at)] : [null];
    return { rounds: [round(2018, false), round(2020, true), round(2022, true)], rows: named.flatMap((unit, at) => places.map((code) => row(unit, at, code))), means: places.map((code) => row("", 2, code)) };
  };
  const mark = (unit: string, code: string): MarkView => {
    const leaf = code.includes("-");
    const below = code === "total" ? codes.filter((one) => one.level === 1) : code.includes(".") ? [1, 2, 3].map((at) => ({ code: `${code}-${at}`, title: `观测点 ${at}`, level: 3, max: "10" })) : codes.filter((one) => one.code.startsWith(`${code}.`));
    const one = codes.find((found) => found.code === code);
    return {
      unit, code, title: code === "total" ? "总分" : (one?.title ?? "观测点"), text: leaf ? SENTENCE : "", max: code === "total" ? "1000" : leaf ? "10" : (one?.max ?? "40"), mark: code === "total" ? "846.3" : "8.33", grade: code === "total" ? "良好" : null, own: code === "total" ? "868" : "9",
      calculation: { code, title: "", max: "", marks: [{ name: "陈立", mark: "838", part: "lowest" }, { name: "郝宁", mark: "842", part: "counted" }, { name: "李维", mark: "846", part: "counted" }, { name: "周敏", mark: "851", part: "counted" }, { name: "方正", mark: "855", part: "highest" }], steps: ["收到 5 份，从低到高 838、842、846、851、855", "共 5 份，去 1 个最低、1 个最高", "（842 + 846 + 851）÷ 3 = 2539 ÷ 3 = 846.333333", "修约到 0.1，GB/T 8170，五成双，只修约一次：846.3"], agreed: null, refused: null, mark: "846.3" },
      members: panel().members.map((member, at) => ({ name: member.name, organisation: member.organisation, standing: { code: at === 2 ? "recused" : "counted", text: at === 2 ? "回避：曾任该校教师" : "计入" }, mark: at === 2 ? null : "8", dropped: at === 1 ? "lowest" : "", steps: at === 2 ? [] : [{ sentence: SENTENCE, reading: null, finding: "违规 1 起", amount: "-2", running: "8" }], remark: at === 0 ? "考场记录缺 2 次，已要求补。" : null, sheet: at === 2 ? null : "s1" })),
      parts: leaf ? [] : below.map((part) => ({ code: part.code, title: part.title, max: part.max, mark: String(Number(part.max) * 0.86) })), above: code === "total" ? [] : codes.filter((found) => code.startsWith(found.code) && found.code !== code), conclusion: code === "total" ? [{ sentence: "900＞分值≥750 为良好", reading: null, finding: "846.3", amount: null, running: null }] : [], flags: code === "total" ? [{ code: "straddle", text: "计入的总分有的在 850 分等次线以上，有的在以下" }] : [],
    };
  };
  const unitProfile = (query: ResultsQuery): UnitProfileView => {
    const unit = query.units[0] ?? nameOf(0);
    const at = indexOf(unit, many);
    const own = unitOf(at, panel().members.length);
    return {
      profile: profile([unit]), members: panel().members.map((member) => member.name), unit: own, rank: own.total === null ? null : 3, ranked: many - 1, own: "868", max: "1000", percent: own.total === null ? null : "84.63", all: "78.4",
      categories: ["基础条件", "过程管理", "办学成效"].map((name, place) => ({ name, max: "300", score: String(250 - place * 20), percent: String(83 - place * 7), own: "270", all: "78.4" })),
      losses: Array.from({ length: 20 }, (_, place) => ({ code: `4.5.${place + 1}-2`, title: "观测点", sentence: SENTENCE, kind: place % 2 ? "按规则扣分" : "按程度给分", amount: (8 - place * 0.33).toFixed(2), by: panel().members.slice(0, 5 - (place % 3)).map((member) => ({ name: member.name, amount: "4" })), of: 5 })), conclusion: [],
    };
  };
  return {
    results: ({ query }) => results(panel(), many, query), unit_profile: ({ query }) => unitProfile(query), compare_units: ({ query }) => profile(query.units), trend: ({ query }) => trend(query.units), explain_mark: ({ unit, code }) => mark(unit, code),
    match_editions: () => { declared = true; return trend([]); }, unmatch_editions: () => { declared = false; return trend([]); },
    result_views: () => views, export_results: () => null,
    save_result_view: ({ name, query }) => (views = [...views.filter((view) => view.name !== name), { name, query }]),
    rename_result_view: ({ name, to }) => (views = views.map((view) => (view.name === name ? { ...view, name: to } : view))),
    remove_result_view: ({ name }) => (views = views.filter((view) => view.name !== name)),
  };
}
