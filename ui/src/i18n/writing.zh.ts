// The Chinese wording of the texts of an assessment.
export const writingZh = {
  writing: {
    texts: "综述与报告", outline: "提纲", summaries: "指标任务综述", guidance: "原文要求", guidanceOfReport: "附件8、附件9之7", guidanceOfSummary: "附件7", summaryOf: "{level} 级指标任务综述",
    placeholder: "在这里写。一行是一段；“（一）”“1.”开头的短行是标题。", label: "{title}的文字", unwritten: "未写", written: "已写", someWritten: "写了一部分", attention: "需处理",
    count: "本段 {n} 字", total: "全篇 {n} 字", limit: "全篇 {n} / {limit} 字", over: "超出 {n} 字；只提示，照样保存",
    kept: "已保存", keptAt: "已保存 {time}", typing: "正在输入，停笔就保存", sending: "正在保存…", refused: "没有保存，文字还在框里",
    loose: "支撑材料目录里没有：{names}。打印时照原样，请从右边的材料里重新插入，或先添加这件材料。",
    evidence: "支撑材料", insert: "插入引用", insertOf: "插入引用：{name}", insertKeys: "到材料里挑，回车插入", noEvidence: "这里还没有支撑材料", noEvidenceHint: "到“支撑材料”添加并挂到观测点，回来就能引用。",
    toEvidence: "去添加材料", scores: "{stage}得分", grandTotal: "总分", readOnly: "这份打分表是从别的机器导入的，文书只能看。要写，请在单位自己的机器上写。", outlineButton: "提纲", reading: "正在读取文书…",
  },
};
