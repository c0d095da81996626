export const historyZh = {
  history: {
    title: "历史", count: "整个工作区共 {n} 条", search: "查找编号、名称、姓名、内容", groups: "类别", all: "全部", earlier: "更早的", none: "还没有记录", noneFound: "没有符合的记录", showAll: "显示全部",
    group: { scores: "打分", evidence: "支撑材料", life: "定稿、签名、交换", work: "任务、问题、写作" },
    when: "时间", who: "谁", what: "做了什么", where: "在哪里", change: "从 → 到", hash: "校验值", digest: "摘要", hashHint: "第 {n} 条的校验值：{hash}", nobody: "未知", nothing: "空", reason: "理由：{text}",
    text: "每一次改动都记在这里，只增不减，一条接一条扣住：改掉、删去、插入或调换任何一条，后面的校验值就对不上。", table: "操作历史",
  },
  historyCheck: {
    title: "核对历史", run: "现在核对", running: "正在核对…", text: "逐条重算校验值，再与定稿的各版和记下的每一项比对。选上以前交出的交换包，还能查出整个历史有没有被重写过。",
    against: "与交出去的包比对…", chooseTitle: "选以前交出的交换包", package: "交换包", sound: "历史完整，没有人动过", unsound: "历史不完整，有 {n} 处对不上",
    facts: "核对了 {rows} 条记录、{revisions} 个定稿的版本、{values} 项内容。", head: "校验值", same: "与交出时相符（当时 {n} 条）", differs: "与交出时不符（当时 {n} 条）",
  },
  changes: {
    title: "比已签名的第 {n} 版改了什么", by: "{who} {at} 定稿签名", none: "分数、条件、意见都没有变", reason: "重开理由", total: "总分", evidence: "材料目录改动 {n} 次，见下面的历史", then: "那时", now: "现在", count: "{n} 处", table: "与已签名版本的差别",
  },
  receipt: {
    title: "回执", none: "还没有收到回执。对方导入交换包后开出回执（.hjr），把它拖进窗口，这里就写明何时到达、到达的是哪一版。",
    arrived: "已到达　{at}", by: "{name}（{organisation}）签收", revision: "第 {n} 版", same: "到达的内容与这里的第 {n} 版一字不差", differs: "到达的第 {n} 版与这里的不同，请与对方核对摘要", package: "交换包", content: "包的摘要", digest: "打分表摘要", taken: "{at} 收下",
    unknown: "签收人未登记：查验这份回执，在签名一行点“核对并登记”", fingerprint: "指纹", take: "收下回执", taking: "正在收下…", fresh: "回执已收下", again: "这份回执以前已经收下，没有改动", give: "开回执", giveTitle: "给对方开回执", giveText: "回执写明这个包已经到达、里面是哪几份打分表、各是什么摘要，由您签名。拷回 U 盘交给对方，对方的窗口就显示“已到达”。",
    identity: "签收人", newIdentity: "另建身份…", directory: "回执写到哪里", placeholder: "空着就写在交换包旁边", written: "回执已写好", hand: "把这个文件拷给对方。", sign: "签名并写出", file: "回执", result: { added: "对方新增了它", updated: "对方更新为这一版", same: "对方早已有这一版", conflicting: "对方有另一份内容，保留了原来的" },
  },
};
