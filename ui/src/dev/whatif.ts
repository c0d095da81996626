// An answer to what-if, as the program words it, for a plain browser.
import type { WhatIfView } from "../bindings";

const raise = (code: string, title: string, gap: string, chosen: boolean) => ({ code, title, gap, chosen });

export const whatIf: WhatIfView = {
  provisional: true,
  assumed: ["还有 2 个观测点未评，以下按它们得最高分推算", "还有 1 个条件或加减分项没有判定，以下按不存在计"],
  total: "143", conclusion: "限期整改",
  next: "距离“良好”（150）还差 7 分", nextGrade: { grade: "良好", atLeast: "150", missing: "7" },
  enough: "最少动 1 项：4.5 补足后总分 158，但结论仍为“限期整改”，因为下面的等次条件还不满足",
  raises: [
    raise("4.5", "形成性考核和终结性考试的组织、实施、评阅和成绩管理", "15", true), raise("3.2", "师资等人员配备", "6", false),
    raise("2.3", "及时缴费、规范收费", "3", false), raise("1.1", "全面加强党的领导", "2", false), raise("2.1", "总部教学相关工作落实情况", "1", false),
    raise("4.4", "师德、思政与学生活动", "1", false),
  ],
  lines: [
    {
      sentence: "合格及以上须得分低于标定分值60%的二级指标少于7个", broken: true, finding: "低于 60% 的有 7 项，允许 6 项，不满足；至少要有 1 项升到线上",
      below: [
        { code: "3.2", title: "师资等人员配备", missing: "1", note: null },
        { code: "4.5", title: "形成性考核和终结性考试的组织、实施、评阅和成绩管理", missing: "4", note: "有条件成立，单靠加分到不了线" },
      ],
    },
    { sentence: "第1个一级指标得分不足60%一票否决", broken: false, finding: "指标 1 没有低于 60%，不触发", below: [] },
  ],
  verdict: "成立的有 2 条，其中 1 条单独就能改变结论",
  deciders: [
    { kind: "condition", code: null, sentence: "合格及以上须得分低于标定分值60%的二级指标少于7个", finding: "单独去掉这一条：总分 143，结论由“限期整改”变为“合格”", total: "143", conclusion: "合格", changes: true },
    { kind: "limit", code: "4.5.1-4", sentence: "（4）出现泄题、代考等严重问题本项不得分", finding: "单独去掉这一条：总分 156，结论不变", total: "156", conclusion: "限期整改", changes: false },
  ],
  failing: [],
};
