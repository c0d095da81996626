// Wording of distributing files, of verdicts on evidence and of what experts bring.
export const distributionZh = {
  distribute: {
    title: "按编号分发材料", onTitle: "添加到 {code}", reading: "正在读文件夹、比较内容…", running: "正在添加…", addFiles: "添加文件", addFolder: "添加文件夹", chooseFolder: "选择材料文件夹",
    sum: "共 {n} 件，{size}", placed: "已分好 {n} 件", open: "要选观测点 {n} 件", out: "去掉 {n} 件", skipped: "跳过 {n} 个",
    openTitle: "要选观测点", placedTitle: "已分好", skippedTitle: "跳过的文件", file: "文件", points: "观测点", basis: "依据", size: "大小", take: "添加 {name}", search: "文件名、编号",
    choose: "选观测点…", chooseFor: "为 {name} 选观测点", change: "改 {name} 的观测点，现为 {codes}", likely: "可能的观测点", all: "全部观测点", byCodes: "不按落点，按编号分发", alike: "同编号或同文件夹的其余 {n} 件也放到这里", more: "再显示 {n} 件",
    add: "添加 {n} 件", leaving: "{n} 件没选观测点，不会添加", nothing: "没有要添加的文件", hint: "现在只是预览，还没有添加任何文件。",
    read: "读自“{text}”", dropped: "拖放位置", chosen: "已选定", twinHere: "目录里已有“{name}”，只作关联", twin: "内容同“{name}”，只存一份",
    reason: { indicator: "“{text}”有几个观测点", indicatorDropped: "这个指标有几个观测点", contradicting: "编号互相矛盾：{text}", unknown: "指标里没有“{text}”", nothing: "名称里没有编号" },
    skip: { hidden: "隐藏文件", system: "系统文件", link: "链接，不跟进", empty: "空文件", large: "超过 2 GB", unreadable: "读不了", deep: "文件夹太深" },
    done: "添加了 {n} 件", linked: "已有、只作关联 {n} 件", refused: "{n} 件没有添加", left: "已停止；已添加的保留，其余 {n} 件没有添加", leftFull: "磁盘满了；已添加的保留，其余 {n} 件没有添加", undo: "可用 Ctrl Z 一次撤销",
  },
  judging: {
    label: "核验 {name}", title: "核验", genuine: "属实", doubtful: "存疑", refuted: "不符", none: "未核验", note: "核验说明", noteFor: "查到了什么", noteMissing: "写明查到了什么，定稿前必填", clear: "取消核验", filter: "按核验结果筛选", counts: "已核验 {n} / {all}",
  },
  onSite: {
    badge: "专家现场", photograph: "现场照片", interview: "访谈记录", file: "现场材料", of: "{kind}，{name}", addPhoto: "现场照片", addInterview: "访谈记录",
    title: "访谈记录 {code}", edit: "修改访谈记录", read: "查看访谈记录", time: "时间", timeHint: "如 2022-05-11 14:30", place: "地点", persons: "访谈对象", content: "内容", save: "保存", hint: "作为文本材料保存，随专家的交换包走；草稿期间可以改。",
    choosePhoto: "选择现场照片",
  },
  missing: {
    title: "缺材料清单", scoredOnly: "只看已评分的", asked: "要收集", refuted: "“{names}”核验不符，不算材料", scored: "已评分", notScored: "未评分", nothing: "每个观测点都有材料。", nothingScored: "已评分的观测点都有材料。", export: "导出清单", add: "为 {code} 添加材料", folded: "还有 {n} 个指标",
  },
};
