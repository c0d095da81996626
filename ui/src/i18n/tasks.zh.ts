// The Chinese wording of who does what until when, and of the schedule.
export const tasksZh = {
  tasks: {
    title: "任务", pages: "任务的内容", departments: "部门", assignment: "分工", schedule: "进度安排", undo: "撤销分工改动", redo: "重做分工改动", reset: "恢复原文分工", resetTitle: "恢复原文的分工？",
    resetText: "改过的部门、分工、收集重点、专人和期限都恢复成指标体系印的。可以撤销。", readOnly: "这份打分表是从别的机器导入的，分工只能看。", reading: "正在读取分工…",
    next: "下一期限", passed: "已过期限", left: "还有 {n} 天", today: "就在今天", overdue: "逾期 {n} 天", ofDepartment: "本部门期限",
    name: "部门", points: "观测点", evidence: "材料", missing: "缺材料", nobody: "未分工", all: "全部", list: "部门清单", count: "{n} 个部门", filter: "按材料和得分筛选",
    add: "添加部门", addLabel: "新部门的名称", addHint: "部门名称", rename: "改名", renameTo: "新名称", renameHint: "各处一起改；已有同名部门时并入它", merge: "已有“{name}”，确认后“{from}”的工作全部并入它。", remove: "删除", removeTitle: "删除“{name}”？",
    removeText: "它负责的 {n} 个观测点和牵头的 {m} 个指标会从各处去掉它；只由它负责的会变成未分工。可以撤销。", removeInstead: "要交给别的部门，请用“改名”并入那个部门。", save: "确定",
    person: "专人", personHint: "部门指定的把关人", contact: "联系方式", dueLabel: "完成期限", dueHint: "如 2022.7.10，空着按进度安排", leads: "牵头指标", unwritten: "综述未写", undated: "未填时间的材料",
    code: "编号", point: "观测点", mark: "得分", collection: "收集重点", unscored: "未评", pieces: "{n} 件", undatedPieces: "{n} 件未填时间", noPoints: "这个部门没有负责的观测点", noPointsHint: "到“分工”里给指标或观测点填上它。", noneShown: "没有符合条件的观测点",
    facts: "满分 {max}，已得 {score}", remind: "催办", remindAll: "催办全部", remindTitle: "催办文字：{name}", remindEveryone: "全部部门", copy: "复制", copied: "已复制", copyHand: "按 Ctrl C 复制选中的文字", nothing: "没有要催办的", closeMessage: "收起",
    exportList: "工作清单", exportReminder: "催办单", exportAs: "把{title}导出成 {format}", exportTitle: "导出{title}（{format}）", exportText: "写到选定的文件夹。已经有同名文件时会先问。",
    emptyTitle: "还没有部门", emptyText: "这套指标体系的原文没有列部门。先添加本单位的部门，再到“分工”里给指标填上；观测点跟随它的指标，也可以单独改。", toAssignment: "去分工",
    places: "指标和观测点", search: "编号、文字或部门", of: "{code} 的分工", choose: "在左边选一个指标或观测点。", roles: { departments: "负责部门", lead: "牵头部门", assisting: "配合部门" }, inherited: "同 {code}", own: "本单位改过", printed: "原文", none: "没有",
    inherit: "恢复", inheritHint: "恢复成原文或上级的部门", takeOut: "去掉 {name}", choices: "选部门", addHere: "添加并选上", noneLeft: "没有别的部门", collectionLabel: "材料收集工作重点", collectionHint: "写明向谁收集什么", typing: "正在输入，停笔就保存", nobodyDoes: "{n} 个观测点没有负责部门", show: "去打分",
  },
  schedule: {
    title: "进度安排", number: "序号", time: "时间", item: "项目", who: "完成单位", note: "备注", state: "状态", states: { open: "按日期", doing: "进行中", done: "已完成" }, standings: { open: "未开始", doing: "进行中", done: "已完成", overdue: "逾期" },
    add: "添加一行", up: "上移", down: "下移", remove: "删除", cell: "第 {n} 行{name}", source: "原文附件2的进度安排；改动后存为本单位的。", own: "本单位的进度安排，改动自动保存。", restore: "恢复原表", restoreTitle: "恢复原文的进度安排？",
    restoreText: "本单位改过的 {n} 行会被原文的表代替。", empty: "还没有进度安排", emptyHint: "这套指标体系的原文没有印进度安排。添加一行开始编排。", done: "{n} 项已完成，共 {all} 项", late: "{n} 项逾期", noDate: "时间不是日期，状态请自己选",
  },
};
