// Dashboards.
export const chartsZh = {
  charts: {
    chart: "图", table: "表", show: "{title}的显示方式", copy: "复制表格", copied: "已复制 {n} 行，可粘贴到 Excel", notCopied: "没有复制成：系统不让写剪贴板。请在表里选中后按 Ctrl+C。", save: "导出图片…", saveTitle: "导出图片：{title}", saveText: "存成 PNG，白底，两倍清晰度，可以放进文书和演示文稿。",
    file: "{unit}{year}年{stage}{title}", head: "{unit}　{year}年　{stage}　{rubric}", soFarHead: "已评 {scored}/{points} 个观测点，暂计", drawing: "正在画图…", failed: "图没有画出来，数字在表里。", reading: "正在读取…",
    nothing: "还没有打分，没有图可看", nothingHint: "评出第一项后，这里会有得分率、失分原因和各部门进度。",
    noLosses: "已评的观测点都是满分，没有失分。", noLossesYet: "还没有评过的观测点。", noDifferences: "两份都评的 {n} 个观测点得分相同。", noCompared: "还没有两份都评过的观测点。",
    first: "一级指标", second: "二级指标", points: "各项", rates: "{of}得分率", conformity: "{of}符合率", losses: "失分原因", departments: "部门进度", differences: "{stage}与{other}的差别",
    unscored: "未评", begun: "未评完，余 {open} 分", begunRate: "已评部分 {rate}，余 {open} 分", left: "余 {open} 分", below: "低于 {line} %", line: "{line} % 线", lineOwn: "{line} % 参照线（本体系没有规定）", soFar: "{stage}（按已评）",
    code: "编号", point: "观测点", full: "满分", applicable: "适用", rateOf: "{stage}得分率", state: "状态", score: "得分", scored: "已评", withEvidence: "有材料", lacking: "缺材料", pointsCount: "观测点", department: "部门", nobody: "没有定部门",
    reason: "类别", amount: "失分", share: "占失分", where: "观测点", difference: "差", higher: "{stage}高", lower: "{stage}低", places: "{n} 处", lacks: "缺材料 {n}", lacksNone: "材料齐",
    by: { label: "失分怎样归并", sentence: "按原文", kind: "按类别", indicator: "按指标" },
    lossSum: "已评满分 {full}，失 {lost}，得 {given}。", demandsSum: "已判定的应条款 {full} 条，未满足 {lost} 条，符合 {given} 条。", adjustedSum: "附加项 {adjusted}，总分 {total}。", moreInTable: "图里是最大的 {n} 项，全部 {all} 项在表里。",
    departmentsNote: "一个观测点有几个部门时，各算一次。", differencesNote: "两份都评的观测点 {n} 个，{different} 个不同。",
    rowSays: "{code} {title}：{score} / {max}，{rate}", otherSays: "；{stage} {score}，{rate}", lowSays: "；低于 {line} %", lossSays: "{label}（{kind}）失 {amount}：{places}",
    departmentSays: "{name}：观测点 {points} 个，已评 {scored}，有材料 {evidence}，缺材料 {missing}，得分 {score} / {max}",
    differenceSays: "{code} {title}：{otherStage} {other}，{stage} {own}，满分 {max}，差 {difference}",
    ratesSay: "{title}，共 {n} 项，低于 {line} % 的 {low} 项。", theyAre: "它们是：{names}。", openSay: "没有评完的 {n} 项。", lossesSay: "{title}。{sum}最大的一项：{label}，失 {amount}。", departmentsSay: "{title}，共 {n} 行，其中评完且材料齐的 {done} 行。",
    openPlace: "{text}。按回车去打分", rowsHint: "上下键选一行，回车去打分",
  },
};
