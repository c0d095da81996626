// The Chinese wording of an office's reports.
export const reportsZh = {
  reports: {
    unit: "单位", unitRank: "第 {rank} 名　{unit}　{total} 分", unitOpen: "没有结果　{unit}", previous: "上一个单位", next: "下一个单位", ofUnit: "写给“{unit}”", ofAll: "全部单位一份",
    list: "报告", hint: "点名称预览，点格式导出", run: "全部单位一次生成…", look: "看什么", preview: "预览", texts: "文字", textsOf: "“{title}”里的文字",
    noPanel: "还没有专家组", noPanelHint: "报告由专家组的合议结果生成。先在“合议”里建一个专家组。", makePanel: "去合议", noUnits: "还没有收到打分表", noUnitsHint: "收下专家交回的交换包以后，这里给出汇总表、专家组意见、反馈意见、问题清单和通报。", toInbox: "去收件",
    choose: "在左边选一份报告，这里显示它的各页。", exportTitle: "导出{title}（{format}）", exportText: "写到选定的文件夹。已经有同名文件时会先问。", sign: "签名…", signHint: "导出的专家组意见可以由组长和成员依次签名。",
    draft: "草拟", drafted: "由数据草拟，数据变了跟着变", savedAt: "{at} 改过", stale: "写好以后数据变了，请核对", restore: "恢复草拟", showDraft: "看草拟的文字", empty: "空着时这一节不印", emptyLine: "空着时不印", day: "例如 2022-12-31", shared: "各份报告共用", perUnit: "这个单位的", noTexts: "这份报告没有要写的文字。", saved: "已保存",
    runTitle: "全部单位一次生成", runText: "每个单位的意见、反馈和问题清单，连同汇总表和通报，写到一个文件夹。有一份做不出来时其余照做，原因写进生成记录。", folder: "文件夹", needFolder: "选一个文件夹。", which: "要哪些报告", formats: "要哪些格式", needSome: "至少选一种报告和一种格式。", replace: "已有的文件也重新生成并覆盖", replaceNo: "已有的文件不动，记在生成记录里", start: "开始生成", running: "正在生成",
    made: "生成了 {made} 份", failed: "{n} 份没有生成", stopped: "中途停止，已经写好的留着", log: "生成记录：{path}", more: "这里列前 {n} 个，全部 {all} 个在生成记录里。", only: "只看没有生成的", file: "文件", outcome: "结果", done: "已生成", not: "没有生成", again: "再来一次",
  },
};
