// Dashboards.
export const chartsEn = {
  charts: {
    chart: "Chart", table: "Table", show: "How to show {title}", copy: "Copy table", copied: "{n} rows copied, ready to be pasted into a spreadsheet", notCopied: "Not copied: the system does not allow it. Select the table and press Ctrl+C.", save: "Export picture…", saveTitle: "Export picture: {title}", saveText: "Saved as PNG on white at twice the resolution, for documents and slides.",
    file: "{unit} {year} {stage} {title}", head: "{unit}  {year}  {stage}  {rubric}", soFarHead: "{scored}/{points} points scored, provisional", drawing: "Drawing…", failed: "The chart was not drawn; the figures are in the table.", reading: "Reading…",
    nothing: "Nothing is scored yet, so there is no chart", nothingHint: "Once the first point is scored, rates, losses by reason and progress by department appear here.",
    noLosses: "Every scored point has full marks: nothing was lost.", noLossesYet: "No point is scored yet.", noDifferences: "The {n} points scored on both sheets have the same marks.", noCompared: "No point is scored on both sheets yet.",
    first: "level-1 indicators", second: "level-2 indicators", points: "points", rates: "Rates of {of}", conformity: "Conformity of {of}", losses: "Losses by reason", departments: "Progress by department", differences: "{stage} against {other}",
    unscored: "unscored", begun: "in part, {open} marks open", begunRate: "{rate} of what is scored, {open} marks open", left: "{open} open", below: "below {line} %", line: "{line} % line", lineOwn: "{line} % for orientation (not in this rubric)", soFar: "{stage} (of what is scored)",
    code: "Code", point: "Point", full: "Full marks", applicable: "Applicable", rateOf: "Rate, {stage}", state: "State", score: "Score", scored: "scored", withEvidence: "with evidence", lacking: "Without evidence", pointsCount: "Points", department: "Department", nobody: "nobody named",
    reason: "Kind", amount: "Lost", share: "Share of losses", where: "Points", difference: "Difference", higher: "{stage} higher", lower: "{stage} lower", places: "{n} places", lacks: "{n} without evidence", lacksNone: "all with evidence",
    by: { label: "How losses are grouped", sentence: "By sentence", kind: "By kind", indicator: "By indicator" },
    lossSum: "Full marks of what is scored {full}, lost {lost}, given {given}. ", demandsSum: "{full} demands judged, {lost} not satisfied, {given} met. ", adjustedSum: "Adjustments {adjusted}, total {total}. ", moreInTable: "The chart has the largest {n}; all {all} are in the table.",
    departmentsNote: "A point of several departments counts for each of them.", differencesNote: "{n} points scored on both sheets, {different} of them differ.",
    rowSays: "{code} {title}: {score} / {max}, {rate}", otherSays: "; {stage} {score}, {rate}", lowSays: "; below {line} %", lossSays: "{label} ({kind}): {amount} lost; {places}",
    departmentSays: "{name}: {points} points, {scored} scored, {evidence} with evidence, {missing} without, {score} / {max} marks",
    differenceSays: "{code} {title}: {otherStage} {other}, {stage} {own}, full marks {max}, difference {difference}",
    ratesSay: "{title}: {n} rows, {low} below {line} %. ", theyAre: "They are {names}. ", openSay: "{n} are not completely scored.", lossesSay: "{title}. {sum}The largest: {label}, {amount} lost.", departmentsSay: "{title}: {n} rows, {done} scored completely and with all evidence.",
    openPlace: "{text}. Enter leads to the desk", rowsHint: "Up and down choose a row, Enter leads to the desk",
  },
};
