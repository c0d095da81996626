// What the parts of the office's page have in common.
export const officeZh = {
  office: {
    title: "收件与汇总", parts: "收件与汇总的各部分", panel: "专家组", about: "{title}（{edition}）· {year} · {stage}", sortBy: "按“{of}”排序",
    part: { inbox: "收件", panel: "合议", results: "结果", reports: "报告", data: "数据" },
  },
};
