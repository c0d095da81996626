// The Chinese wording of the format check of files.
export const formatZh = {
  format: {
    good: "格式合规", some: "格式 {n} 处", hints: "格式提示 {n}", unchecked: "格式未查", open: "{name}：查看格式检查的结果",
    title: "格式检查", summary: "必须改 {must} 处，应当改 {should} 处，提示 {hint} 处", kept: "没有发现不合格式的地方。",
    scope: "按附件5检查。新建的文字材料和表格须用此格式；原件、复印件、证书不必改。", more: "等 {n} 处", rule: "依据", todo: "改法",
    weight: { must: "必须改", should: "应当改", hint: "提示" },
  },
};
