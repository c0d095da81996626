// The catalogue of the mock: some pieces, what 附件5 asks of each medium, and changes.
import type { EvidenceChange, EvidenceHint, EvidenceItem, MediumView, PeriodView } from "../bindings";

const detail = (key: string, name: string, asked = true, example = "") => ({ key, name, asked, example });
const TIME = "2021-10-15 09:32";
export const media: MediumView[] = [
  { medium: "document", name: "文件资料", sentence: "凡正式文件、材料必须落款并加盖公章，需落款的材料应署成文单位全称，同时打印成文日期。", details: [detail("issuer", "落款单位"), detail("time", "成文日期", true, TIME), detail("kept", "保存地点", false)] },
  { medium: "photograph", name: "照片", sentence: "照片材料分类装册并彩色印刷，并简要注明：时间、地点、人物、内容、摄影者等信息。", details: [detail("time", "拍摄时间", true, TIME), detail("place", "地点"), detail("people", "人物"), detail("content", "内容"), detail("photographer", "摄影者")] },
  { medium: "certificate", name: "证书、奖状、聘书", sentence: "…并注明形成时间、内容（名称）、作者及颁发单位。", details: [detail("time", "形成时间", true, TIME), detail("author", "作者"), detail("issuer", "颁发单位")] },
];
export const period: PeriodView = { from: 2023, to: 2026, sentence: "原则上没有写明时间范围的指标，数据和材料按评估前三个整年+当年最新进展准备。" };

function hintsOf(item: EvidenceItem, all: EvidenceItem[]): EvidenceHint[] {
  const rule = media.find(({ medium }) => medium === item.medium);
  const fields = [...(item.date ? [] : ["date"]), ...(item.kind ? [] : ["kind"]), ...(rule?.details ?? []).filter(({ key, asked }) => asked && !item.details[key] && key !== "time").map(({ key }) => key)];
  const names = fields.map((field) => rule?.details.find(({ key }) => key === field)?.name ?? { date: "时间", kind: "类型" }[field] ?? field);
  const others = all.filter((other) => other !== item && other.sha256 === item.sha256).map(({ id }) => id);
  return [
    ...(fields.length > 0 ? [{ code: "lacking", text: `缺${names.join("、")}`, fields, others: [] }] : []),
    ...(others.length > 0 ? [{ code: "same-content", text: "与另一件是同一个文件", fields: [], others }] : []),
  ];
}
export const withHints = (items: EvidenceItem[]) => items.map((item) => ({ ...item, hints: hintsOf(item, items) }));

export function pieces(): EvidenceItem[] {
  const item = (n: number, name: string, date: string, kind: EvidenceItem["kind"], note: string, points: string[], size: string, presence: EvidenceItem["presence"] = "present"): EvidenceItem => ({
    id: `e${n}`, name, date, kind, note, points, size, presence, fileName: `${name}.pdf`, bytes: 1000 * n, sha256: `${n}f31c07e`.repeat(8), addedAt: "2026-11-21 09:12",
    medium: null, details: {}, pages: {}, photo: null, hints: [], onSite: null,
  });
  const lesson = item(4, "开学第一课：诚信教育教案与照片", "", "E", "", ["4.5.3-4"], "5.7 MB", "changed");
  return withHints([
    { ...item(1, "关于做好2021年秋季学期终结性考试工作的通知", "2021.11", "B", "晋开大教〔2021〕38号", ["4.5.3-1", "4.5.4-1"], "312 KB"), pages: { "4.5.4-1": "第3页" } },
    item(2, "考务人员业务培训签到表及考核成绩", "2021.12", "B", "", ["4.5.3-2"], "860 KB"),
    item(3, "学生诚信考试承诺书（样张与汇总表）", "2021.12", "C", "", ["4.5.3-4"], "1.4 MB"),
    { ...lesson, medium: "photograph", photo: { taken: "2021-10-15 09:32", place: "37.8706°N 112.5489°E", open: true } },
    item(5, "巡考、蹲考安排表与巡考记事", "2022.01", "B", "", ["4.5.3-3"], "640 KB"),
    item(6, "违纪学生处理决定与通报", "2022.01", "B", "晋开大考〔2022〕3号", ["4.5.3-5"], "205 KB"),
    item(7, "试卷交接、入库登记簿（扫描件）", "2022.01", "D", "", ["4.5.4-1"], "8.9 MB", "missing"),
    item(8, "2022年春在籍学生统计表", "2022.03", "B", "晋开大教〔2022〕11号", ["3.2.1"], "98 KB"),
  ]);
}

/** The pieces after changes, or the value that is no date. */
export function changed(items: EvidenceItem[], changes: EvidenceChange[]): EvidenceItem[] | { refused: string } {
  let now = items;
  for (const change of changes) {
    if (change.change === "set" && change.field === "date" && change.value !== "" && !/^\d{4}\.\d{2}$/.test(change.value)) return { refused: change.value };
    now = now.flatMap((item) => (item.id === change.item ? after(item, change) : [item]));
  }
  return withHints(now);
}
function after(item: EvidenceItem, change: EvidenceChange): EvidenceItem[] {
  switch (change.change) {
    case "remove":
      return [];
    case "link":
      return [{ ...item, points: [...new Set([...item.points, change.point])].sort() }];
    case "unlink":
      return [{ ...item, points: item.points.filter((point) => point !== change.point) }];
    case "page":
      return [{ ...item, pages: { ...item.pages, [change.point]: change.page } }];
    case "photo":
      return [{ ...item, date: item.date || "2021.10", details: { place: item.photo?.place ?? "", time: item.photo?.taken ?? "", ...item.details }, photo: item.photo && { ...item.photo, open: false } }];
    case "set":
      return [["name", "date", "note"].includes(change.field) ? { ...item, [change.field]: change.value } : ["kind", "medium"].includes(change.field) ? { ...item, [change.field]: change.value || null } : { ...item, details: { ...item.details, [change.field]: change.value } }];
  }
}
