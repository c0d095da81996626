// The desk: keys, filters, finding, trouble while saving. Characters that the message format reserves are not used as text.
export const deskZh = {
  keys: {
    title: "快捷键", hint: "带 Ctrl 的键在 Mac 上是 Command。输入法开着时用 F 键和 Ctrl 组合。",
    group: { scoring: "打分", moving: "移动和查找", writing: "意见和材料", evidence: "看材料", changes: "修改和完成", window: "窗口" },
    type: "直接打分", next: "确认，到下一项", back: "确认，回上一项", rows: "上一项、下一项", indicators: "上一个、下一个三级指标", strip: "在打分条上移动", tick: "勾选一条", clear: "改为未评", cancel: "放弃正在输入的",
    open: "下一个未评项", openBack: "上一个未评项", jump: "跳到编号", tabs: "第几个页签", remark: "写意见", doubt: "标疑问", problem: "记问题", trace: "展开或收起得分依据", full: "给满分", pane: "下一栏", filter: "筛选指标", find: "查找全部文字",
    attach: "添加材料", insert: "写作时插入材料", tree: "指标栏（窄窗口）", evidence: "材料栏（窄窗口）",
    enlarge: "放大、还原预览", pieces: "上一件、下一件材料", pages: "上一页、下一页", viewZoom: "放大、缩小、适合窗口", rotate: "向右、向左旋转图片", fillDown: "材料表中向下填充",
    zoom: "预览放大、缩小、适合宽度", undo: "撤销", redo: "重做", primary: "本页的主要动作", print: "打分表", create: "新建评估", import: "导入交换包", manual: "帮助", help: "这张表",
  },
  stepped: { undone: "撤销了一次成批的修改，{n} 个观测点跟着变了。", redone: "重做了一次成批的修改，{n} 个观测点跟着变了。" },
  filter: { all: "全部", open: "未评", doubt: "有疑问", deducted: "扣分", missing: "缺材料", changed: "已改" },
  filterHint: {
    all: "全部 {n} 项", open: "未评：{n} 项还没有打分或判定，条件也算在内（首页的“未评”只数观测点）", doubt: "有疑问：{n} 项", deducted: "扣分：{n} 项按规则扣了分", unmet: "不符合：{n} 项", missing: "缺材料：{n} 项已打分，还没有材料",
    changedRevision: "已改：{n} 项的得分或意见与第 {revision} 版不同", changedSelf: "已改：{n} 项的得分与自评不同（自评未评的不算）",
  },
  tree: { search: "编号或文字，如 {example}", filter: "按状态筛选", left: "余 {n} 项", none: "没有符合“{query}”的指标", noneFilter: "没有这种状态的观测点", clear: "清除筛选", inText: { text: "原文", note: "评分标准", guidance: "说明", collection: "佐证材料", remark: "意见", reference: "自评说明", keypoint: "要点", evidence: "材料" } },
  find: { title: "查找", button: "查找", placeholder: "编号、原文、评分标准、意见或材料名称", none: "没有找到“{query}”。可以只输入编号，如 453。", indicator: "指标", point: "观测点", evidence: "材料", more: "还有 {n} 处，再输入几个字", count: "找到 {n} 处" },
  jump: { title: "跳到编号", placeholder: "如 {example}，可以不打点", none: "没有编号 {query}", enter: "按 Enter 前往" },
  unsaved: { again: "再保存一次", kept: "{value} 还没有保存" },
};
