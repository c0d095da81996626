export const startZh = {
  role: {
    title: "您在评估里做什么？", text: "只影响首页的顺序和新建时先选的阶段，随时可以在设置里改。", label: "角色",
    unit: "自评单位", expert: "专家", office: "评估办公室",
    unitText: "给本单位打分、收集材料、写自评报告，签名后交出去。", expertText: "看单位的自评和材料，逐项复评，写意见，签名后交回。", officeText: "收各单位、各专家的交换包，查验、汇总、督促整改。",
  },
  begin: {
    unitTitle: "从自评开始", expertTitle: "从单位的自评开始", officeTitle: "从收件开始",
    unitText: "选一套指标体系新建自评；上级发来的交换包也可以导入。", expertText: "先导入单位交来的自评，再新建复评，自评分会列在旁边。", officeText: "把各单位、各专家交来的交换包导入进来，先查验，再写入。",
    unit1: "新建一份评估，阶段选“自评”，填上单位和自己的姓名。", unit2: "从第一项开始，键盘数字直接打分；把材料拖到对应的观测点上。", unit3: "全部评完后在“定稿与签名”里定稿、签名、导出交换包。",
    expert1: "导入单位交来的自评交换包，看查验结果再写入。", expert2: "新建一份复评，单位和年度与自评相同，自评分就列在旁边。", expert3: "逐项打分、写意见，评完定稿、签名，把交换包交回办公室。",
    office1: "把收到的 .hjp 文件拖进窗口，先查验是谁签的、有没有改动。", office2: "写入后在首页按状态、单位查看；同一份包导入两次不会重复。", office3: "在“最近的交换包”里随时再查验一次，或打开它所在的文件夹。",
  },
  sample: {
    tag: "示例", title: "先试试", text: "建一份填好的示例：一个虚构单位的自评（带材料和文字）和两份专家复评。随便改，不会和真的混在一起，试完一键移走。",
    make: "建示例", making: "正在建示例…", remove: "移走示例", removed: "示例已移到回收站。",
  },
  bin: {
    title: "回收站（{n}）", text: "移走的草稿连同打分、材料都留在这里，可以恢复。", restore: "恢复", restored: "“{unit}”已恢复。", removed: "“{unit}”已移到回收站，打分和材料都还在。", undo: "撤销", at: "{when} 移走",
  },
  row: { more: "“{unit}”的更多操作", correct: "更正信息…", remove: "移到回收站", locked: "定稿过或导入的，不能改名、移走" },
  correct: {
    title: "更正信息", save: "保存", text: "分数、意见和材料不动，只改名称；改动记在操作记录里。", siblings: "同一单位、年度的另外 {n} 份打分表跟着改单位和年度。", saved: "已更正。",
  },
  discard: { text: "填写的内容还没有保存。", keep: "接着填", drop: "放弃" },
  parcel: {
    title: "最近的交换包", exported: "导出", imported: "导入", empty: "还没有导出或导入过交换包。", again: "再查验", show: "打开文件夹", gone: "不在原处了", goneHint: "U 盘没插，或者文件移走、改名了", changed: "文件变了", changedHint: "大小与当时不同，可能被新的导出覆盖",
    count: "{result} {n} 份", verified: "写出后查验过", more: "全部 {n} 个", less: "只看前几个",
  },
  recovered: { title: "上次没有正常退出，内容都在", text: "到 {when} 为止的每一项都已存好，最多缺最后一次按键。", open: "接着做", close: "知道了" },
  sort: { label: "排序", changed: "按最后修改", unit: "按单位", left: "按剩余项数", state: "按状态" },
  inside: { show: "看一眼内容", hide: "收起", search: "查指标体系：名称、版次、来源", none: "没有符合“{query}”的指标体系" },
  help: {
    title: "使用手册", open: "使用手册 (F1)", search: "在手册里查找", contents: "目录", results: "找到 {n} 处", none: "手册里没有“{query}”。换个词试试，如“签名”“导入”。", failed: "手册没有读出来",
  },
};
