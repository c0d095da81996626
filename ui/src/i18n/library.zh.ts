// The Chinese wording of the rubric library, of new editions and of figures counted from tables.
export const libraryZh = {
  library: {
    title: "指标体系", count: "随程序提供 {n} 套", opened: "打开过的文件", openFile: "打开文件…", files: "指标体系文件", books: "Excel 工作簿", compare: "比较…", fromExcel: "从 Excel 导入…", template: "空白模板…",
    name: "名称", size: "观测点", total: "满分", judged: "评法", scores: "打分", checklist: "检查清单", source: "来源", edition: "版次", parent: "本地版本，改自 {parent}", open: "查看 {title}",
    choose: "选一套指标体系", chooseFile: "选择文件…", text: "指标体系是数据文件：可以查看、导出成 Excel 修改后再导入、与另一版比较；新建评估时直接选用。",
  },
  book: {
    back: "全部指标体系", exportExcel: "导出 Excel…", localise: "本地版本…", create: "用它新建评估", search: "在原文里查找", hits: "{n} 处", noHits: "没有找到“{query}”",
    about: "概况", quantities: "数据与换算", adjustments: "加减分项", readings: "录入说明", contents: "目录", path: "文件", digest: "摘要",
    grades: "等次", grade: "等次", atLeast: "下限分", sentence: "原文", noGrades: "原文没有划分等次。", categories: "指标类型", local: "本地可调整", localGrades: "等次线", localWeights: "观测点分值", localNothing: "原文没有允许各地调整，不能改成本地版本。",
    notes: "说明", unit: "单位", formula: "由其他数据推算", recorded: "填报", covers: "范围", conversions: "换算表", conversion: "{of}（{ofUnit}）→ {name}（{unit}）", usedAt: "用于 {codes}", below: "下级指标", figures: "所需数据", points: "{n} 个观测点",
    conditions: "条件", legal: "可给：{legal}", max: "满分 {max}", demands: "应条款 {max}",
  },
  rule: {
    award: "{from}–{to} 分，{basis}", check: "符合得 {amount} 分，不符合得 0 分", checkTakes: "有此情形扣 {amount} 分，没有不扣", count: "每{unit}得 {amount} 分", countTakes: "每{unit}扣 {amount} 分", open: "没有列出的也可以计",
    range: "没有得 0 分；有则酌情给 {from}–{to} 分", rangeTakes: "正常不扣；有问题酌情扣 {from}–{to} 分", measure: "按“{formula}”算：达到 {line} {unit}得 {award} 分，每差 {every} {unit}少 {amount} 分", measureTakes: "按“{formula}”算：达到 {line} {unit}不扣，每差 {every} {unit}扣 {amount} 分",
    band: "先定档，再在档内酌情给分", suggests: "数据只提示所属的档", bandRow: "{from}–{to} 分", bandOne: "{from} 分", when: "条件：{when}", entries: "逐项登记成果，各自判分", coefficients: "逐项登记成果，基数乘以系数", each: "每类最高 {each} 分", most: "合计最高 {most} 分",
    conform: "{modality}：符合、部分符合、不符合或不适用", zero: "存在时不得分", cap: "存在时最高 {cap} 分", veto: "存在时否决：{conclusion}",
  },
  saving: {
    show: "打开文件夹", folder: "写到文件夹", folderHint: "文件夹的完整路径", name: "文件名", exists: "已经有这个文件：{path}", existsHint: "没有覆盖它。换一个文件名，或者替换它。", replace: "替换", save: "保存", done: "已写入 {path}", doneSize: "已写入 {path}（{size}）", needFolder: "请选文件夹", needName: "请填写文件名",
  },
  excel: {
    exportTitle: "导出成 Excel", exportText: "写成一个工作簿，规则、原文、数据各占一张表，可以修改后再导入，导入时逐格检查。", templateTitle: "空白模板", templateText: "一个空的工作簿，带填写说明和下拉选项，填好后用“从 Excel 导入”。", templateName: "指标体系模板.xlsx",
    importTitle: "从 Excel 导入", book: "工作簿", bookHint: ".xlsx 文件的完整路径", importText: "逐格检查；有一处不对就什么也不写，全部问题列在下面。", import: "检查并导入", needBook: "请选工作簿",
    faults: "{n} 处要改，没有写文件", place: "位置", fault: "问题", todo: "怎么办", imported: "导入了“{title}”", show: "查看",
  },
  diff: {
    title: "比较两版", old: "原来的", new: "新的", swap: "对调", same: "请选不同的两套", pickBoth: "选好两套就列出不同。", all: "全部", running: "正在比较…",
    change: { removed: "取消", added: "新增", renumbered: "改了编号", changed: "改动", reordered: "次序" },
  },
  local: {
    title: "改成本地版本", id: "编号", idHint: "如 {example}", edition: "版本", suffix: "标题后缀", suffixHint: "如（并州市2026版）", grades: "等次线", gradesHint: "从高到低，最后一条为 0；不写就沿用原版的。", gradeName: "名称", gradeNameEn: "英文名称", gradeAt: "下限分", gradeSentence: "划线的原文",
    addGrade: "添加一等", removeGrade: "删除这一等", weights: "观测点的满分", weightsHint: "只填要改的；规则里的分值按比例换算，换算不成整的会拒绝并给出最接近的可用满分。", filter: "编号或文字", changed: "改了 {n} 个", write: "写出本地版本", need: "请填写{name}", written: "本地版本已写出", show: "查看这一版",
    needChange: "改一处等次线或满分再写出", wording: "原文：{sentence}",
  },
  migrate: {
    button: "换用新版…", title: "换用另一版指标体系", text: "另建一份打分表，没变的照搬，变了的只带意见并标疑问。现在这份不动。", target: "换到", sameRubric: "与现在用的是同一版", run: "换用", running: "正在换用…", done: "已另建一份打分表",
    carried: "照搬 {n} 项", again: "要再看 {n} 项", removed: "取消 {n} 项", added: "新增待评 {n} 项", evidence: "带来 {n} 件材料", loose: "没有观测点可挂的材料：{names}", had: "原来 {mark} 分", open: "打开新的打分表", recorded: "原来记录：{values}", otherId: "这是另一套指标体系，编号和含义都相同的观测点才会照搬。",
    counted: "{n} 项", entry: { mark: "得分", part: "认定", condition: "条件", remark: "意见", doubt: "疑问" },
  },
  roster: {
    take: "从名单取…", takeTitle: "从名单取数：{name}", text: "名单是支撑材料里的 Excel 或 ODS 表。数出符合条件的行，数字和取法一起记下。", file: "名单", noFile: "支撑材料里还没有 .xlsx、.xls 或 .ods 文件。先在右边添加名单，再来取数。", sheet: "工作表", rows: "{n} 行", headerRow: "表头在第几行",
    filters: "条件", column: "列", op: "关系", value: "值", add: "添加条件", remove: "删除这个条件", noFilters: "没有条件时数全部的行。", all: "同时符合", reference: "年龄算到", referenceHint: "如 2026-09-01", needReference: "按年龄数要写明算到哪一天，如 2026-09-01", needHeader: "表头行是 1 以上的整数",
    ops: { equals: "等于", notEquals: "不等于", contains: "包含", atLeast: "不小于", atMost: "不大于", olderThan: "年龄超过（岁）", youngerThan: "年龄不满（岁）" },
    matching: "{n} 行符合", of: "共 {rows} 行", counting: "正在数…", use: "取用 {n}", choose: "请选择",
  },
  conversion: { title: "换算" },
};
