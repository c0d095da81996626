// The columns of the tables, named as the program names them: by these names it sorts and writes them.
import type { ResultsTable, ResultsView } from "../../api";
import type { Translate } from "../../results/charts/model";

export type TableColumn = { key: string; text: string; figure: boolean; /** Width in rem of the setting's letters; the rest is for what has none. */ width: number | null; title?: string; /** Stays in sight at the right while the others scroll. */ kept?: boolean };

const column = (key: string, text: string, width: number | null, figure = true, title?: string): TableColumn => ({ key, text, figure, width, ...(title ? { title } : {}) });

export function columnsOf(table: ResultsTable, view: ResultsView, t: Translate): TableColumn[] {
  const text = (key: string) => t(`tally.${key}`);
  const mark = view.of ? text("panelOf") : text("panelMark");
  switch (table) {
    case "matrix":
      return [
        column("unit", text("unit"), null, false), ...view.panel.members.map((member, at) => column(`member-${at + 1}`, member.name, 76, true, `${member.name}（${member.organisation}）`)),
        column("counted", text("countedShort"), 56), column("spread", text("spread"), 62, true, t("panels.spreadLong")), { ...column("panel", mark, 84), kept: true }, column("grade", text("grade"), 80, false),
      ];
    case "ranking":
      return [column("rank", text("rank"), 84), column("unit", text("unit"), null, false), column("panel", mark, 92), column("percent", text("rate"), 92), column("grade", text("grade"), 96, false), column("missing", text("missing"), 104, false)];
    case "grades":
      return [column("grade", text("grade"), null, false), column("units", text("units"), 92), { ...column("share", text("shareOfUnits"), 92), key: "" }];
    case "indicators":
      return [
        column("code", text("code"), 76, false), column("title", text("indicator"), null, false), column("max", text("full"), 68), column("percent", text("rate"), 92), column("lowest", text("lowest"), 72),
        column("highest", text("highest"), 72), column("below", text("below"), 104),
      ];
    case "self":
      return [column("unit", text("unit"), null, false), column("self", text("own"), 92), column("panel", mark, 92), column("difference", text("difference"), 92)];
    default:
      return [];
  }
}
