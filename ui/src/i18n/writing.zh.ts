// The Chinese wording of the texts and the schedule of an assessment.
export const writingZh = {
  writing: {
    pages: "写作的内容", texts: "综述与报告", schedule: "进度安排", outline: "提纲", report: "自评报告", summaries: "指标任务综述", guidance: "原文要求", guidanceOfReport: "附件8、附件9之7", guidanceOfSummary: "附件7", summaryOf: "{level} 级指标任务综述",
    placeholder: "在这里写。一行是一段；“（一）”“1.”开头的短行是标题。", label: "{title}的文字", unwritten: "未写", written: "已写", someWritten: "写了一部分", attention: "需处理",
    count: "本段 {n} 字", total: "全篇 {n} 字", limit: "全篇 {n} / {limit} 字", over: "超出 {n} 字；只提示，照样保存",
    kept: "已保存", keptAt: "已保存 {time}", typing: "正在输入，停笔就保存", sending: "正在保存…", refused: "没有保存，文字还在框里",
    loose: "支撑材料目录里没有：{names}。打印时照原样，请从右边的材料里重新插入，或先添加这件材料。",
    evidence: "支撑材料", insert: "插入引用", insertOf: "插入引用：{name}", insertKeys: "到材料里挑，回车插入", noEvidence: "这里还没有支撑材料", noEvidenceHint: "到“支撑材料”添加并挂到观测点，回来就能引用。",
    toEvidence: "去添加材料", scores: "{stage}得分", grandTotal: "总分", readOnly: "这份打分表是从别的机器导入的，文书只能看。要写，请在单位自己的机器上写。", outlineButton: "提纲", reading: "正在读取文书…",
  },
  schedule: {
    title: "进度安排", number: "序号", time: "时间", item: "项目", who: "完成单位", note: "备注", state: "状态", states: { open: "未开始", doing: "进行中", done: "已完成" },
    add: "添加一行", up: "上移", down: "下移", remove: "删除", cell: "第 {n} 行{name}", source: "原文附件2的进度安排；改动后存为本单位的。", own: "本单位的进度安排，改动自动保存。", restore: "恢复原表", restoreTitle: "恢复原文的进度安排？",
    restoreText: "本单位改过的 {n} 行会被原文的表代替。", empty: "还没有进度安排", emptyHint: "这套指标体系的原文没有印进度安排。添加一行开始编排。", done: "{n} 项已完成，共 {all} 项",
  },
};
