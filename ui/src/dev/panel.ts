// Answers about panels, in a plain browser: the seven units and five experts of the design. ?nopanel: none yet; ?many=40
// and ?experts=12: so many units and experts, with long names among them; ?points: marks are combined point by point.
// What is reckoned here is reckoned for show only.
import type { Calculation, PanelCell, PanelComparison, PanelOffer, PanelSummary, PanelUnit, PanelUnitView, PanelView, PolicyView, Problem, Remark } from "../bindings";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a command is sent is known from its name only
type Args = Record<string, any>;
const PEOPLE = ["周敏", "陈立", "李维", "郝宁", "方正", "欧阳若兰", "司马建国", "阿依古丽·买买提江", "诸葛文斌", "尉迟明远", "夏侯淑芬", "端木思成"];
const ORGANISATION = "第二专家组";
const ROWS: [string, (number | null)[], string, string][] = [
  ["并州分校", [851, 838, 846, 842, 855], "846.3", "良好"],
  ["漳源分校", [792, 801, 779, null, 796], "792", "良好"],
  ["上党分校", [846, 839, 852, 848, 701], "844.3", "良好"],
  ["滹沱分校", [884, 891, 886, 879, 886], "885", "良好"],
  ["雁门分校", [573, 588, 581, 590, 577], "582", "限期整改"],
  ["河东分校", [761, 754, 771, 763, null], "762.2", "良好"],
  ["汾曲分校（含名称特别长的县级学习中心与省直属高等教育自学考试联合办学点）", [905, 897, 911, 902, 908], "905", "优秀"],
];
const LONG = "国家开放大学山西分部直属晋中高等教育自学考试与社会培训联合办学学习中心";
/** The units of the design, then as many more as are asked for. */
function rowsOf(many: number, experts: number): typeof ROWS {
  const more = Array.from({ length: Math.max(0, many - ROWS.length) }, (_, at): (typeof ROWS)[number] => {
    const base = 600 + ((at * 53) % 330);
    return [`${at % 5 === 1 ? LONG : "沁源分校"}（${at + 1}）`, PEOPLE.map((_, member) => ((at + member) % 17 === 16 ? null : base + ((at * 7 + member * 5) % 19))), String(base + 8), base > 892 ? "优秀" : base > 742 ? "良好" : "合格"];
  });
  return [...ROWS, ...more].map(([unit, marks, ...rest]) => [unit, PEOPLE.slice(0, experts).map((_, at) => marks[at] ?? (at < 5 ? null : (marks[0] ?? 800) + ((at * 3) % 11))), ...rest]);
}
const remark = (code: string, text: string): Remark => ({ code, text });
const summaryOf = (id: string, name: string): PanelSummary => ({ id, name, rubric: "oucsx-2021", rubricTitle: "国家开放大学山西分部办学评估", edition: "2021-10", year: 2022, stage: "review" });

function cellOf(marks: (number | null)[], at: number, unit: string, recused: boolean): PanelCell {
  const mark = marks[at] ?? null;
  if (recused) return { standing: remark("recused", "回避：曾任该校教师"), total: mark === null ? null : String(mark), grade: null, dropped: "", outlier: false };
  if (mark === null) return { standing: remark("missing", "未交"), total: null, grade: null, dropped: "", outlier: false };
  const all = marks.filter((one) => one !== null);
  const ends = all.length < 5 ? "" : mark === Math.min(...all) ? "lowest" : mark === Math.max(...all) ? "highest" : "";
  return { standing: remark("counted", "计入"), total: String(mark), grade: null, dropped: ends, outlier: unit === "上党分校" && mark === 701 };
}

export function panelAnswers(refuse: (problem: Problem) => Promise<never>, options: URLSearchParams): Record<string, (args: Args) => unknown> {
  const NAMES = PEOPLE.slice(0, Number(options.get("experts") ?? 5));
  const rows = rowsOf(Number(options.get("many") ?? 0), NAMES.length);
  let panels = options.has("nopanel") ? [] : [summaryOf("p1", "2022 复评"), summaryOf("p2", "2022 复评复核组")];
  let removed: PanelSummary[] = [];
  let policy: PolicyView = { method: "trimmed", trim: [{ from: 5, drop: 1 }], per: options.has("points") ? "point" : "total", rounding: "half-even", step: "0.1", holds: "majority", least: 2, pointOutlier: null, totalOutlier: 100, ties: [] };
  let declared = true;
  let leader: string | null = "周敏";
  let agreed: { unit: string; mark: string; reason: string } | null = null;
  const recusals = new Map([["李维@滹沱分校", "曾任该校教师"]]);
  let done: (() => void)[] = [];
  const unitOf = ([unit, marks, total, grade]: (typeof ROWS)[number]): PanelUnit => {
    const cells = NAMES.map((name, at) => cellOf(marks, at, unit, recusals.has(`${name}@${unit}`)));
    const counted = cells.filter((cell) => cell.standing.code === "counted").map((cell) => Number(cell.total));
    const isAgreed = agreed?.unit === unit;
    const flags = cells.some((cell) => cell.outlier) ? [remark("outlier", "总分：方正 701 分，与其余专家的中位数 847 相差 146，须说明")] : [];
    if (unit === "雁门分校") flags.push(remark("straddle", "计入的总分有的在 600 分等次线以上，有的在以下"));
    return { unit, cells, counted: counted.length, spread: String(Math.max(...counted) - Math.min(...counted)), total: isAgreed ? (agreed?.mark ?? total) : total, grade, vetoed: false, failing: grade === "限期整改", agreed: isAgreed, flags };
  };
  const view = (id = "p1"): PanelView => ({
    panel: panels.find((one) => one.id === id) ?? panels[0] ?? summaryOf("p1", "2022 复评"),
    members: NAMES.map((name) => ({ name, organisation: ORGANISATION, leader: name === leader })),
    recusals: [...recusals].map(([pair, reason]) => ({ name: pair.split("@")[0] ?? "", organisation: ORGANISATION, unit: pair.split("@")[1] ?? "", reason })),
    policy, policyText: "去高低平均（满 5 份两端各去 1 份），按总分，修约到 0.1（GB/T 8170，五成双），条件过半数认定才算存在，至少 2 份", declared,
    choices: [{ method: "mean", per: ["total"] }, { method: "trimmed", per: ["total"] }, { method: "median", per: ["total"] }, { method: "consensus", per: ["point"] }],
    indicators: [{ code: "1", title: "办学方向", level: 1 }, { code: "4", title: "教学管理", level: 1 }], max: "1000", step: "1",
    units: rows.map(unitOf), strangers: [remark("stranger", "路过的人（别处）不是成员，有打分表：并州分校；不计")], others: [{ name: "路过的人", organisation: "别处" }],
    agreement: [
      { measure: "kendall-w", name: "Kendall W", value: "0.94", text: "0.94：各专家给单位排的次序高" },
      { measure: "icc2k", name: "ICC(2,k)", value: "0.97", text: "0.97：这组专家的平均分可靠程度高" },
      { measure: "alpha", name: "Krippendorff α", value: null, text: "分数全都一样，没有差别可比" },
    ],
    agreementUnits: 4, canUndo: done.length > 0, canRedo: false,
  });
  const totalsOf = (row: PanelUnit): Calculation => ({
    code: "total", title: "总分", max: "1000", mark: row.total,
    marks: row.cells.map((cell, at) => ({ name: NAMES[at] ?? "", mark: cell.total ?? "", part: cell.dropped || "counted", counts: cell.standing.code === "counted" })).filter((one) => one.counts).map(({ name, mark, part }) => ({ name, mark, part })).sort((a, b) => Number(a.mark) - Number(b.mark)),
    steps: ["收到 5 份，从低到高 701、839、846、848、852", "共 5 份，去 1 个最低、1 个最高", "（839 + 846 + 848）÷ 3 = 2533 ÷ 3 = 844.333333", "修约到 0.1，GB/T 8170，五成双，只修约一次：844.3"],
    agreed: agreed?.unit === row.unit ? { mark: agreed.mark, reason: agreed.reason, at: "2026-11-22 14:32", before: "844.3", given: [["周敏（第二专家组）", "846"]] } : null, refused: null,
  });
  const unit = (name: string): PanelUnitView => {
    const all = view();
    const row = all.units.find((one) => one.unit === name) ?? all.units[0]!;
    const given = (at: number, step: number) => NAMES.map((person, member) => ({ name: person, mark: String(8 - ((member * step + at) % 3) * step), part: "counted" }));
    const points = !options.has("points") ? [] : [0, 1, 1, 1, 0].map((step, at): Calculation => ({ code: `4.5.3-${at + 1}`, title: "严格落实国家开放大学关于终结性考试的各项规定，考场布置规范、监考到位、试卷保管和回收记录完整", max: "8", mark: at === 3 ? null : "7", marks: given(at, step), steps: ["", "各人不同，须会商"], agreed: null, refused: null }));
    return { panel: all.panel, members: all.members, unit: row, totals: totalsOf(row), points, findings: [{ code: "4.5.3-6", text: "（6）近一年存在严重考试违规行为的本项不得分", found: ["方正"], of: 5, holds: false }], conclusion: [] };
  };
  const compared = (code: string, title: string, five: string[], max: string): PanelComparison["rows"][number] => {
    const scores = NAMES.map((_, at) => five[at] ?? five[0] ?? "");
    return { code, title, max, scores, distance: "7", points: [{ code: `${code}-1`, title: "课程考核", max, marks: scores, differs: true, remarks: [["方正", "两场考试有替考，处理没有记录。"]] }], findings: [] };
  };
  const comparison = (name: string, member: string | null): PanelComparison => {
    const rows = [
      compared("4.5.1", "认真执行形成性考核的规定和要求，形成性考核成绩记载真实、完整", ["12", "12", "13", "12", "5"], "15"), compared("4.5.3", "严格落实国家开放大学关于终结性考试的规定", ["29", "30", "31", "29", "0"], "35"),
      compared("5.2.3", "定期或不定期开展对学院、学习中心的检查", ["26", "24", "27", "26", "20"], "30"), compared("6.1.1", "积极参加总部组织的教学改革试点", ["15", "14", "16", "15", "9"], "20"), compared("6.1.2", "教学研究", ["8", "8", "8", "8", "7"], "10"),
    ];
    const at = NAMES.findIndex((one) => member?.startsWith(one));
    const who = at < 0 ? null : at;
    return {
      unit: name, members: view().members, member: who, total: who === null ? null : "701", median: who === null ? null : "847", distance: who === null ? null : "146", rows, more: 0,
      reasons: who === null ? [] : ["4.5.3-6：方正认定“（6）近一年存在严重考试违规行为的本项不得分”，其余 4 人没有认定，这一项相差 29—31 分"],
      request: who === null ? null : `${NAMES[who] ?? ""}（第二专家组）：\n您对${name}的 2022 年复评打分是 701 分，其余 4 位专家的中位数是 847 分，相差 146 分。`,
    };
  };
  const change = (work: () => void): PanelView => {
    done = [...done, work];
    work();
    return view();
  };
  const offer: PanelOffer = { rubric: "9f31c07e".repeat(8), rubricId: "oucsx-2021", rubricTitle: "国家开放大学山西分部办学评估", edition: "2021-10", year: 2022, stage: "review", units: 7, signed: 33, unsigned: 2, panels: [], assessors: NAMES.map((name) => ({ name, organisation: ORGANISATION, signed: 7, unsigned: 0, member: false })) };
  return {
    panels: () => panels,
    panel: (args) => view(String(args.panel)),
    panel_as: (args): PanelView => ({ ...view(String(args.panel)), agreement: [], units: view().units.map((row) => ({ ...row, total: null, spread: null, grade: null, counted: 0, flags: [], cells: row.cells.map((cell) => ({ ...cell, standing: remark("hidden", "提交自己的打分表后可见"), total: null, dropped: "", outlier: false })) })) }),
    panel_unit: (args) => unit(String(args.unit)),
    compare_members: (args) => comparison(String(args.unit), args.member as string | null),
    panel_offers: () => (options.has("nosheets") ? [] : [{ ...offer, panels: panels.map(({ name }) => name) }]),
    removed_panels: () => removed,
    panel_agreement: () => [{ code: "1", title: "办学方向", level: 1, max: "100", measures: view().agreement }],
    new_panel: (args) => {
      const { name } = args.input as { name: string };
      panels = [...panels, summaryOf(`p${panels.length + 3}`, name)];
      declared = false;
      return view(panels.at(-1)?.id);
    },
    rename_panel: (args) => {
      panels = panels.map((one) => (one.id === args.panel ? { ...one, name: String(args.name) } : one));
      return view(String(args.panel));
    },
    remove_panel: (args) => {
      removed = panels.filter((one) => one.id === args.panel);
      return (panels = panels.filter((one) => one.id !== args.panel));
    },
    restore_panel: (args) => {
      panels = [...panels, ...removed];
      removed = [];
      return view(String(args.panel));
    },
    set_panel_member: () => change(() => undefined),
    set_panel_leader: (args) => change(() => { leader = (args.member as string | null)?.split("@")[0] ?? null; }),
    recuse: (args) => change(() => {
      const pair = `${String(args.member).split("@")[0] ?? ""}@${String(args.unit)}`;
      if (args.reason === null) recusals.delete(pair);
      else recusals.set(pair, String(args.reason));
    }),
    set_panel_policy: (args) => change(() => {
      policy = args.policy as PolicyView;
      declared = true;
    }),
    agree: (args) => {
      if (args.mark !== null && !/^\d+(\.\d)?$/.test(String(args.mark))) return refuse({ code: "panel.bad-mark", what: `${String(args.mark)} 不能作总分的会商分数`, place: "没有记下；原来的没有变。", todo: "填一个以 0.1 为一档的数。" });
      return change(() => { agreed = args.mark === null ? null : { unit: String(args.unit), mark: String(args.mark), reason: String(args.reason) }; });
    },
    step_panel: () => {
      done = [];
      agreed = null;
      return view();
    },
    export_panel: () => null,
  };
}
