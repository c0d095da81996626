// The Chinese wording. Characters that the message format reserves ({ } @ |) are not used as text.
import { algorithmZh } from "./algorithm.zh";
import { chartsZh } from "./charts.zh";
import { deskZh } from "./desk.zh";
import { distributionZh } from "./distribution.zh";
import { documentsZh } from "./documents.zh";
import { exchangeZh } from "./exchange.zh";
import { factsZh } from "./facts.zh";
import { formatZh } from "./format.zh";
import { historyZh } from "./history.zh";
import { inboxZh } from "./inbox.zh";
import { libraryZh } from "./library.zh";
import { officeZh } from "./office.zh";
import { reportsZh } from "./reports.zh";
import { panelZh } from "./panel.zh";
import { piecesZh } from "./pieces.zh";
import { recordZh } from "./record.zh";
import { rectificationZh } from "./rectification.zh";
import { scoreBookZh } from "./scoreBook.zh";
import { signingZh } from "./signing.zh";
import { startZh } from "./start.zh";
import { tallyZh } from "./tally.zh";
import { tasksZh } from "./tasks.zh";
import { trustZh } from "./trust.zh";
import { viewerZh } from "./viewer.zh";
import { writingZh } from "./writing.zh";

export const zh = {
  ...chartsZh,
  ...deskZh,
  ...distributionZh,
  ...documentsZh,
  ...signingZh,
  ...exchangeZh,
  ...factsZh,
  ...formatZh,
  ...historyZh,
  ...inboxZh,
  ...libraryZh,
  ...officeZh,
  ...reportsZh,
  ...panelZh,
  ...piecesZh,
  ...recordZh,
  ...rectificationZh,
  ...scoreBookZh,
  ...startZh,
  ...tallyZh,
  ...tasksZh,
  ...algorithmZh,
  ...trustZh,
  ...viewerZh,
  ...writingZh,
  app: { name: "衡鉴", navigation: "主导航", sheetNavigation: "评估内导航", theme: "切换深浅主题" },
  nav: { home: "我的评估", office: "收件与汇总", rubrics: "指标体系", verify: "查验文件", trust: "身份与信任" },
  common: { again: "再试一次", cancel: "取消", close: "关闭", choose: "选择…", loading: "正在读取…", stop: "停止", actions: "操作" },
  stage: { self: "自评", trial: "试评", review: "复评" },
  phase: { draft: "草稿", running: "进行中", complete: "已评完", fresh: "未开始", finalised: "待签名", signed: "已签名", superseded: "已被取代" },
  phaseLong: { running: "进行中", complete: "已评完，待定稿", fresh: "未开始", finalised: "已定稿，待签名", signed: "已签名", superseded: "已被取代" },
  state: {
    veto: "否决", missing: "缺材料", doubt: "有疑问", deducted: "扣分", unmet: "不符合", partial: "进行中", unscored: "未评", scored: "已评",
    "veto-open": "条件不存在，未触发", warning: "需处理", signed: "已签名", changed: "已改",
  },
  tab: { desk: "打分", evidence: "支撑材料", writing: "写作", tasks: "任务", results: "结果", problems: "问题", papers: "文书", documents: "定稿与签名", history: "历史" },
  problem: {
    title: "没有做成", todo: "怎么办", ok: "知道了", unexpected: "程序没有给出结果",
    unexpectedTodo: "已保存的内容没有变。再试一次；如果还是这样，把上面这行文字记下来交给管理人员。",
  },
  home: {
    title: "我的评估", count: "{n} 份，本机保存", search: "单位、指标体系、打分人、年度", import: "导入交换包…", create: "新建评估", filter: "按状态筛选", all: "全部",
    noneFound: "没有符合条件的评估", showAll: "显示全部", local: "数据只在本机，程序不联网。位置：",
    stoppedAt: "上次停在", resume: "接着打分", unit: "单位 / 指标体系", stage: "阶段", state: "状态", progress: "进度", total: "总分", grade: "等次", todo: "待办", changed: "最后修改",
    toSign: "签名", toFinalise: "定稿", toScore: "未评 {n}", toAttach: "缺材料 {n}",
    action: { running: "继续打分", complete: "去定稿", fresh: "开始打分", finalised: "去签名", signed: "查看", superseded: "查看" },
    createHead: "新建", library: "内置 {n} 套指标体系",
    importHead: "导入", dropPackage: "把 .hjp 文件拖到这里", dropHint: "或从 U 盘选择；先查验，确认后才写入",
    firstTime: "三步做完",
  },
  create: {
    title: "新建评估", rubric: "指标体系", unit: "被评单位", year: "评估年度", stage: "阶段", assessor: "打分人", organisation: "打分人所在单位", create: "新建",
    example: { unit: "如：并州分校", assessor: "姓名", organisation: "如：第二专家组" },
    need: { unit: "请填写被评单位，它会印在打分表上", assessor: "请填写打分人姓名", organisation: "请填写打分人所在单位或小组" },
    needRubric: "请选一套指标体系", needYear: "年度是四位数字，如 2026",
    stageHint: { self: "单位自己打分。", trial: "正式评估前的试评，抽查用。", review: "评估组打分；本机有同一单位的自评时，自评分列在旁边对照。" },
  },
  rubric: { size: "{total} 分，{points} 个观测点", checklist: "符合性检查表，应条款 {total} 条，要点 {points} 个", parent: "改自 {parent}", levels: "各级指标 {levels} 个", step: "最小 {step} 分", edition: "版次 {edition}", digest: "摘要" },
  import: {
    title: "导入交换包或回执", file: "交换包或回执文件", placeholder: ".hjp 或 .hjr 文件的完整路径，可粘贴或拖到窗口里", text: "先查验文件是否完整、由谁签名，看过结果再写入。已有的评估不会被覆盖。",
    verify: "查验", write: "写入本机", running: "正在写入…", result: "结果", detail: "说明", evidence: "写入 {n} 件支撑材料。",
    added: "新增", updated: "更新", same: "相同", conflicting: "冲突",
  },
  verify: {
    title: "查验文件", text: "看一个交换包或打分表 PDF 是否完整、由谁签名、签名后有没有被改动。只读，不写入任何内容。",
    file: "文件", placeholder: "文件的完整路径，可粘贴或拖到窗口里", files: "交换包和打分表", verify: "查验", running: "正在查验…", package: "交换包",
    signers: "签名", signer: "签名人", time: "签名时间", fingerprint: "指纹", trust: "是否认识",
  },
  verdict: {
    trusted: "内容完整，签名有效，签名人是认识的。", "signer-unknown": "内容完整，签名有效；这台电脑还不认识签名人。打电话核对指纹。",
    unsigned: "内容完整，没有签名，不能证明出自谁手。", damaged: "内容与清单不符，不能使用。请对方重新导出，或换一个 U 盘再拷一次。",
    forged: "签名与内容对不上：签名之后内容被改动过。不要采用，请与签名人联系。", differs: "页面或所附数据里写的，不是由各项打分算得出来的。不要采用，拿着下面列出的几处问出具人。", revoked: "签名人的证书已撤销，签名不算数。与签名人和发证的办公室核实。", unfit: "证书自己写明不是用来签文件的，签名不算数。", "out-of-term": "签名时证书不在有效期内。先核对两台电脑的日期，再决定。", "newer-format": "文件由更新的版本写成，这个版本读不了。请升级程序。",
  },
  settings: {
    title: "设置", language: "语言", theme: "主题", light: "浅色", dark: "深色", system: "随系统", contrast: "高对比", fontSize: "字号", size100: "标准", size112: "大", size125: "特大",
    ruleFont: "原文字体", serif: "宋体", sans: "黑体", local: "设置不改变打分。角色和语言记在工作区里，其余只影响这台电脑上的显示。",
    role: "角色", workspace: "工作区",
  },
  desk: { indicators: "指标", scoring: "评分", previous: "上一项", next: "下一项", resizeTree: "调整指标栏宽度", resizeEvidence: "调整材料栏宽度" },
  point: {
    point: "观测点", max: "满分", unscored: "未评", saving: "保存中", refused: "没有记下", markLabel: "{code} 得分，{legal}", choices: "{code} 得分", bands: "{code} 档次",
    backspaceAgain: "再按退格", typeNumber: "输入数字后按 Enter", typeWithin: "在 {range} 之间输入", inBand: "档内酌情给分", has: "有　{amount} 分", hasNot: "无　0 分",
    reference: "自评说明", remark: "{stage}意见", remarkPlaceholder: "印在打分表里；扣分时写明查到了什么", remarkUnsaved: "未保存", characters: "{n} 字", charactersOf: "{n} / {most} 字",
    doubtOn: "标疑问", doubtOff: "取消疑问", clear: "改为未评", full: "给满分",
    direct: "直接打分", override: "改判…", derive: "改为逐条评", deriveAgain: "恢复按评定 {mark}", reason: "{stage}理由", needsReason: "须写明理由，没有理由不能定稿",
    bandMeasured: "按数据属此档", bandProposed: "按数据建议此档", stillOpen: "还有没评的条目，评完即得分",
  },
  basis: { graded: "视实际程度赋分", unstated: "原文未说明，按程度赋分", check: "有则满分，无则零分" },
  limit: {
    absent: "不存在", present: "存在", undecided: "待定", zero: "不计分的条件，存在时 {code} 全部 {max} 分不得分。", cap: "不计分的条件，存在时 {code} 的得分不超过 {cap} 分。",
    zeroAll: "存在时 {code} 不得分。", veto: "存在时否决：{conclusion}。", byFigures: "填数后自动判定：{condition}",
  },
  part: {
    reading: "录入说明 {id}", yes: "是", no: "否", taken: "扣 {amount} 分", notTaken: "不扣", normal: "正常，不扣", nothing: "没有", take: "扣", give: "记", clear: "清除这一条",
    less: "减一", more: "加一", allPresent: "全有", checkEach: "逐项核对", noneCounted: "一项都没有", notChecked: "{n} 项，未核对", others: "另有", othersMissing: "另缺", missing: "缺", number: "数量",
    times: "{unit} × {amount}", kind: "类别", title: "名称", titleHint: "如文件名、奖项名", base: "基数", coefficient: "{name}（{coefficient}）", remove: "删除这一行", add: "添加一项成果", noEntries: "没有成果", noEntriesRecorded: "没有成果，0 分",
    noneOfThese: "各项都没有", most: "合计最高 {most} 分", mostEach: "每项最高 {each} 分，合计最高 {most} 分",
  },
  quantity: { first: "先填数", label: "{name}（{unit}）", empty: "未填", from: "取自 {codes}", mismatch: "前后数据须能对上。{name}：{values}" },
  conform: { yes: "符合", partly: "部分符合", no: "不符合", none: "不适用", applies: "适用" },
  modality: { shall: "应", may: "可", statement: "陈述", duty: "职责" },
  adjustment: { actsOn: "只增减{category}的合计，最低到 0", actsOnAll: "增减总分，最低到 0", waiting: "待核 {n} 项", none: "没有增减", row: "加减分" },
  notes: {
    guidance: "说明栏", collection: "材料收集", departments: "负责部门", lead: "牵头部门", assisting: "配合部门", readings: "录入说明 {n} 条", general: "指标体系说明 {n} 条", note: "说明{number}",
  },
  reading: { printed: "原文印有", forced: "由合计推定", inferred: "推断", open: "原文未定" },
  trace: {
    title: "得分依据", each: "逐条依据", sum: "得分", unfinished: "（未完）", sentence: "原文", finding: "认定", amount: "增减", running: "累计", empty: "还没有依据",
    ofPoint: "本观测点 {code}", ofIndicator: "{code} 原文（满分 {max}）",
  },
  score: {
    total: "总分", soFar: "暂计", grade: "等次", provisional: "暂计", left: "余", items: "项", leftN: "余 {n} 项", range: "还可到 {lowest}–{highest}", gradeCertain: "等次不变", below: "低于 60 %", noGrades: "本体系不分等次",
  },
  saved: { saved: "已保存", saving: "正在保存…", refused: "{n} 项没有记下" },
  readOnly: {
    finalised: "已定稿，不能再改。签名之前可以重开，要写明理由。", signed: "已签名，不能再改。要改须重开，会另成一个版本，并写明理由。",
    superseded: "这一版已被新的版本取代，只供查看。", draft: "可以修改。", toSign: "去签名",
  },
  evidence: {
    title: "支撑材料", add: "添加", addTo: "添加到 {code}", chooseTitle: "添加支撑材料", count: "{n} 件", ofPoint: "{code}　{n} 件", ofRest: "本指标其余 {n} 件", none: "{code} 还没有材料",
    notHere: "材料挂在观测点上，加减分项不挂材料", noneHint: "没有材料也能打分，打分表里会注明。", dropHint: "把文件拖到观测点上；拖到别处算当前观测点的", dropOn: "松开后加到 {code}", noDate: "未填时间",
    name: "材料名称", date: "时间", dateExample: "如 2021.09", kind: "类型", note: "备注（文号）", points: "关联观测点", file: "文件", size: "大小",
    open: "打开", remove: "移除", removeTitle: "移除材料", removeText: "把“{name}”从目录里移除，{n} 个观测点不再引用它。可以撤销。", link: "关联", linkOther: "关联观测点…", linkTitle: "关联到观测点",
    linkPlaceholder: "编号或文字", unlink: "取消与 {code} 的关联",
  },
  kind: { A: "上级文件", B: "省开放大学", C: "市级、县级", D: "其它材料", E: "图片照片", none: "未分类" },
  presence: { present: "文件完好", missing: "文件找不到了", changed: "文件与登记时不同" },
  attach: { running: "正在添加…", runningAndWaiting: "正在添加…（另有 {n} 件等候）", added: "添加 {n} 件", cancelled: "其余已停止" },
  catalogue: {
    title: "支撑材料目录", search: "名称、文号、编号", check: "全部核对", checking: "正在核对…", stopped: "没有核对完，已停止。", allPresent: "核对了 {n} 件，都与登记时相同。", someWrong: "核对了 {n} 件，{bad} 件有问题。",
    number: "序号", empty: "还没有材料", noneFound: "没有符合条件的材料",
  },
  results: {
    conclusion: "结论依据", conclusionHint: "等次是怎样得出的", vetoes: "否决", below: "低于 60 % 的二级指标", belowLimit: "少于 {n} 个方为合格及以上",
    totalTrace: "总分依据", toDesk: "去打分",
    indicator: "指标", 
  },
  whatIf: {
    title: "差多少、怎么提", hint: "不改打分，只重新推算", raises: "还能得的分，多的在前", gain: "可再得", more: "其余 {n} 项", less: "收起",
    below: "线下的指标，差得少的在前", missing: "还差", chosen: "补足这几项就到下一等", decides: "单独决定结论",
  },
  steps: {
    check: "核对", choose: "选文书", sign: "签名", result: "结果", open: "余 {n} 项", complete: "全部评完", finalised: "已定稿", chosen: "已选 {n} 份", waiting: "等待口令", signed: "已签", after: "签名后写出", deliver: "可交付",
  },
  check: {
    title: "一　核对", ready: "可以定稿", notReady: "还不能定稿", allScored: "{n} 个观测点都已评", openPoints: "余 {n} 项未评，点编号去评", allLimits: "否决、封顶条件逐条核过", openLimits: "{n} 个条件还没选“存在”或“不存在”",
    noneMissing: "已评的观测点都有材料", missing: "{n} 项没有材料", missingHint: "可导出，打分表会注明", noDoubts: "没有疑问", doubts: "{n} 项仍标疑问", doubtHint: "看一眼", more: "等另外 {n} 项", reasons: "{n} 项须写明理由",
    digest: "打分摘要", finalize: "定稿", finalizeHint: "定稿后锁定，要改须重开并说明理由。",
  },
  choose: {
    title: "二　选文书", pdf: "打分表", pdfHint: "得分、依据与签名栏，可打印", package: "交换包", packageHint: "交给对方导入或查验", withEvidence: "交换包里带上支撑材料（{n} 件）",
  },
  sign: {
    title: "三　签名", hint: "签名盖住打分和文书", conclusion: "结论", identity: "签名人", until: "有效期至 {date}", passphrase: "口令", passphraseHint: "打开本机私钥，只记在内存里", sign: "签名并导出",
    needFinal: "先在左边“核对”里定稿，再签名。", needDocument: "至少选一份文书。", needDirectory: "先在右边填写导出到哪个文件夹。", superseded: "这一版已被取代，请在新的版本上签名。",
    running: "正在签名…", used: "签好了。口令只记在内存里，随时可以锁上。", covers: "签名盖住打分表和交换包里全部内容的摘要。之后改动一个字节都会被查出。",
  },
  identity: {
    new: "另建一个身份…", title: "建立签名身份", explain: "身份就是您的电子印章：程序在本机生成一对密钥，签名时用口令打开。别人凭指纹核对文件确实由您签出、没有被改动。不需要联网，也不需要向谁申请。",
    name: "姓名", organisation: "单位", passphrase: "口令（至少 8 个字符）", again: "再输一次口令", forget: "口令不会存在程序里，忘了只能另建身份。已经签出的文件不受影响。",
    create: "建立身份", creating: "正在生成密钥…", needName: "请填写姓名，它会出现在签名里", needOrganisation: "请填写单位", needPassphrase: "口令至少 8 个字符", needSame: "两次输入的口令不一样",
  },
  result: {
    title: "四　结果", directory: "写到", placeholder: "文件夹的完整路径", seal: "衡鉴已签", written: "已导出 {n} 个文件", verified: "写入后重新读出查验过，签名有效。", unverified: "有文件查验没有通过，请重新导出。",
    note: "先写临时文件，查验无误再改名；中途拔掉 U 盘不会留下半个文件。",
  },
  reopen: {
    button: "重开…", title: "重开这份评估", text: "重开后可以继续修改，定稿的记录和理由会留下。", signedText: "这一版已经签名，不会改动。重开会另成一个新版本，签过的那一版标为已被取代。",
    reason: "理由", needReason: "请写明为什么重开",
  },
};
export type Messages = typeof zh;
