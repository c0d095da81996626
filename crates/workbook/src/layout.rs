//! The sheets of a workbook and their columns: what is written, and what is looked for when one is read.

/// What the cells of a column hold.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// A text as printed.
    Text,
    /// A code or name that others refer to: no full-width digits.
    Code,
    /// A plain decimal.
    Number,
    /// 是 or 否; blank is 否.
    Flag,
    /// One of a list of words, each with the word of the rubric file.
    Word(Words),
    /// Texts, one in each line of the cell.
    Texts,
}

/// Words for people, each with the word of the rubric file.
pub type Words = &'static [(&'static str, &'static str)];

/// A column of a sheet, or a row of 基本信息.
pub struct Column {
    /// The key, in most places that of the rubric file.
    pub key: &'static str,
    /// Its heading.
    pub zh: &'static str,
    /// Its heading in English.
    pub en: &'static str,
    /// Its width in characters.
    pub width: u16,
    /// What its cells hold.
    pub kind: Kind,
}

/// A sheet.
pub struct Sheet {
    /// Its name.
    pub name: &'static str,
    /// What it holds, in both languages.
    pub about: (&'static str, &'static str),
    /// Its columns.
    pub columns: &'static [Column],
}

impl Sheet {
    /// The place of a column.
    pub fn at(&self, key: &str) -> u16 {
        let at = self.columns.iter().position(|column| column.key == key);
        u16::try_from(at.expect("keys are those of the layout")).expect("a sheet has few columns")
    }
}

const fn column(key: &'static str, zh: &'static str, en: &'static str, width: u16, kind: Kind) -> Column {
    Column { key, zh, en, width, kind }
}

pub const FLAGS: Words = &[("是", "true"), ("否", "false")];
const SHAPES: Words = &[("打分", "score"), ("检查表", "checklist")];
const BASES: Words = &[("从零计", "zero"), ("从满分扣", "full")];
const KINDS: Words = &[
    ("评定", "award"),
    ("有无", "check"),
    ("计数", "count"),
    ("幅度", "range"),
    ("数据", "measure"),
    ("分档", "band"),
    ("成果", "entries"),
    ("符合性", "conform"),
    (BAND, BAND),
    (ITEM, ITEM),
];
const TAKES: Words = &[("加", "false"), ("扣", "true")];
const BASIS: Words = &[("视程度", "graded"), ("未写明", "unstated")];
const SIDES: Words = &[("不低于", "at_least"), ("不高于", "at_most")];
const PARTIAL_STEPS: Words = &[("不计", "ignore"), ("算一次", "count"), ("按比例", "prorate")];
const ROUNDINGS: Words = &[("四舍六入五成双", "half_even"), ("四舍五入", "half_up")];
const MODALITIES: Words = &[("应", "shall"), ("可", "may"), ("陈述", "statement"), ("职责", "duty")];
const EFFECTS: Words = &[("不得分", "zero"), ("封顶", "cap"), ("否决", "veto")];
const SCOPES: Words = &[("观测点", "point"), ("指标", "indicator"), ("整体", "whole")];
const STATUSES: Words =
    &[("原文印有", "printed"), ("由合计推定", "forced"), ("推断", "inferred"), ("原文未定", "open")];
const OWNERS: Words = &[("观测点", OF_POINT), ("指标", OF_INDICATOR), ("加减分", OF_ADJUSTMENT)];
const GRADE_ROWS: Words = &[("等次", GRADE), ("条件", GRADE_CONDITION), ("一票否决", VETO)];

/// The word for a row that is a band of the part above it.
pub const BAND: &str = "档";
/// The word for a row that is an item of the part above it.
pub const ITEM: &str = "项";
/// A condition over a point.
pub const OF_POINT: &str = "point";
/// A condition over an indicator.
pub const OF_INDICATOR: &str = "indicator";
/// A veto under an adjustment.
pub const OF_ADJUSTMENT: &str = "adjustment";
/// A row that is a grade.
pub const GRADE: &str = "grade";
/// A row that is a condition on grades.
pub const GRADE_CONDITION: &str = "grade_condition";
/// A row that is a veto by an indicator's rate.
pub const VETO: &str = "veto";

/// Key/value; one row for each "column".
pub const INFO: Sheet = Sheet {
    name: "基本信息",
    about: ("编号、名称、总分、来源等，每行一项", "identifier, title, total, source; one to a row"),
    columns: &[
        column("format", "格式", "format", 0, Kind::Number),
        column("id", "编号", "identifier", 0, Kind::Code),
        column("edition", "版次", "edition", 0, Kind::Text),
        column("title", "名称", "title", 0, Kind::Text),
        column("title_en", "英文名称", "title in English", 0, Kind::Text),
        column("shape", "形式", "shape", 0, Kind::Word(SHAPES)),
        column("total", "总分", "total", 0, Kind::Number),
        column("step", "最小记分单位", "step", 0, Kind::Number),
        column("step_sentence", "最小记分单位的依据", "sentence that sets the step", 0, Kind::Text),
        column("document", "来源文件", "source: document", 0, Kind::Text),
        column("issuer", "发文机关", "source: issuer", 0, Kind::Text),
        column("number", "文号", "source: number", 0, Kind::Text),
        column("date", "日期", "source: date", 0, Kind::Text),
        column("parts", "所用部分（一行一个）", "source: parts used, one to a line", 0, Kind::Texts),
        column(
            "period_years",
            "材料取几个整年（另加当年）",
            "whole years that evidence is taken from",
            0,
            Kind::Number,
        ),
        column("period_sentence", "材料时间范围的依据", "sentence that says so", 0, Kind::Text),
        column("local_grades", "地方可调等次", "local editions may change the grades", 0, Kind::Flag),
        column("local_weights", "地方可调分值", "local editions may change the marks", 0, Kind::Flag),
        column("local_sentence", "地方可调的依据", "sentence that permits it", 0, Kind::Text),
        column("parent_id", "上级版本编号", "parent: identifier", 0, Kind::Code),
        column("parent_edition", "上级版本版次", "parent: edition", 0, Kind::Text),
        column("parent_digest", "上级版本摘要", "parent: SHA-256", 0, Kind::Code),
    ],
};

/// The columns of a level: its code and its title.
pub const LEVELS: [[&str; 2]; 3] = [["code1", "title1"], ["code2", "title2"], ["code3", "title3"]];

/// The tree, as the sources draw it.
pub const TREE: Sheet = Sheet {
    name: "指标",
    about: ("各级指标和观测点，次序与原表一致", "indicators and points in the order of the source"),
    columns: &[
        column("code1", "一级编号", "level 1", 8, Kind::Code),
        column("title1", "一级指标", "level 1 title", 14, Kind::Text),
        column("code2", "二级编号", "level 2", 8, Kind::Code),
        column("title2", "二级指标", "level 2 title", 14, Kind::Text),
        column("code3", "三级编号", "level 3", 8, Kind::Code),
        column("title3", "三级指标", "level 3 title", 18, Kind::Text),
        column("code", "观测点编号", "point", 11, Kind::Code),
        column("title", "观测点", "point title", 24, Kind::Text),
        column("max", "分值", "marks", 7, Kind::Number),
        column("text", "原文", "text as printed", 48, Kind::Text),
        column("note", "注", "note", 18, Kind::Text),
        column("category", "指标类型", "category", 10, Kind::Text),
        column("method", "评价方法", "method", 16, Kind::Text),
        column("base", "计分起点", "base", 10, Kind::Word(BASES)),
        column("lead", "牵头部门（一行一个）", "lead, one to a line", 14, Kind::Texts),
        column("assisting", "配合部门（一行一个）", "assisting, one to a line", 14, Kind::Texts),
        column("departments", "负责部门（一行一个）", "departments, one to a line", 14, Kind::Texts),
        column("collection", "材料收集", "what to collect", 28, Kind::Text),
        column("guidance", "说明栏", "guidance", 28, Kind::Text),
    ],
};

/// The parts of points and adjustments.
pub const RULES: Sheet = Sheet {
    name: "规则",
    about: (
        "每个观测点、加减分怎样计分；一行一条规则，其后是它的档和项",
        "how marks come about: one part to a row, its bands and items in the rows below",
    ),
    columns: &[
        column("owner", "编号", "point or adjustment", 11, Kind::Code),
        column("place", "序号", "no.", 6, Kind::Number),
        column("kind", "类型", "kind", 8, Kind::Word(KINDS)),
        column("sentence", "原文句子", "sentence", 48, Kind::Text),
        column("takes", "加/扣", "gives or takes", 7, Kind::Word(TAKES)),
        column("amount", "金额", "amount", 7, Kind::Number),
        column("from", "从", "from", 7, Kind::Number),
        column("to", "到", "to", 7, Kind::Number),
        column("formula", "公式或条件", "formula or condition", 26, Kind::Text),
        column("unit", "单位", "unit", 7, Kind::Text),
        column("line", "基准线", "line", 8, Kind::Number),
        column("side", "方向", "side", 8, Kind::Word(SIDES)),
        column("every", "每", "every", 7, Kind::Number),
        column("award", "达标得分", "award at the line", 9, Kind::Number),
        column("partial_step", "零头", "partial step", 8, Kind::Word(PARTIAL_STEPS)),
        column("rounding", "修约", "rounding", 14, Kind::Word(ROUNDINGS)),
        column("each_most", "单项最多", "most for one", 9, Kind::Number),
        column("most", "合计最多", "most for all", 9, Kind::Number),
        column("coefficient", "系数", "coefficient", 7, Kind::Number),
        column("basis", "评定依据", "basis", 9, Kind::Word(BASIS)),
        column("modality", "情态", "modality", 7, Kind::Word(MODALITIES)),
        column("open", "可另计", "list is open", 8, Kind::Flag),
        column("suggests", "只作建议", "only suggests", 9, Kind::Flag),
        column("gap", "空隙的录入说明", "reading for the gap", 10, Kind::Code),
        column("reading", "录入说明", "reading", 10, Kind::Code),
    ],
};

/// The limits of points, indicators and adjustments.
pub const LIMITS: Sheet = Sheet {
    name: "条件",
    about: ("不得分、封顶、否决", "conditions that empty, cap or veto"),
    columns: &[
        column("owner", "所属", "belongs to", 9, Kind::Word(OWNERS)),
        column("owner_code", "所属编号", "its code", 11, Kind::Code),
        column("code", "条件编号", "code", 12, Kind::Code),
        column("title", "标题", "title", 24, Kind::Text),
        column("text", "原文", "text as printed", 48, Kind::Text),
        column("note", "注", "note", 18, Kind::Text),
        column("effect", "效果", "effect", 9, Kind::Word(EFFECTS)),
        column("cap", "封顶分", "cap", 8, Kind::Number),
        column("conclusion", "否决结论", "conclusion", 16, Kind::Text),
        column("scope", "否决范围", "scope of the veto", 10, Kind::Word(SCOPES)),
        column("when", "判定条件", "condition over figures", 26, Kind::Text),
        column("reading", "录入说明", "reading", 10, Kind::Code),
    ],
};

/// Grades, conditions on them, and vetoes by an indicator's rate.
pub const GRADES: Sheet = Sheet {
    name: "等次",
    about: ("等次从高到低，等次的条件，一票否决", "grades from the best, conditions on them, vetoes"),
    columns: &[
        column("row", "类型", "kind", 10, Kind::Word(GRADE_ROWS)),
        column("name", "等次", "grade", 12, Kind::Text),
        column("name_en", "英文", "in English", 18, Kind::Text),
        column("at_least", "最低分", "lowest total", 9, Kind::Number),
        column("level", "层级", "level", 7, Kind::Number),
        column("indicator", "指标编号", "indicator", 9, Kind::Code),
        column("below", "低于（%）", "below (%)", 9, Kind::Number),
        column("fewer_than", "少于（个）", "fewer than", 9, Kind::Number),
        column("grades", "适用等次（一行一个）", "grades that need it", 14, Kind::Texts),
        column("otherwise", "不满足时", "otherwise", 12, Kind::Text),
        column("conclusion", "否决结论", "conclusion", 12, Kind::Text),
        column("sentence", "原文句子", "sentence", 48, Kind::Text),
    ],
};

/// Marks outside of the points.
pub const ADJUSTMENTS: Sheet = Sheet {
    name: "加减分",
    about: ("观测点以外的加分、扣分、专项检查", "marks outside of the points"),
    columns: &[
        column("code", "编号", "code", 11, Kind::Code),
        column("section", "栏目", "section", 14, Kind::Text),
        column("title", "标题", "title", 24, Kind::Text),
        column("text", "原文", "text as printed", 48, Kind::Text),
        column("note", "注", "note", 18, Kind::Text),
        column("category", "指标类型", "category", 10, Kind::Text),
        column("method", "评价方法", "method", 16, Kind::Text),
        column("acts_on", "作用于类型", "acts on category", 10, Kind::Text),
        column("reason", "须写理由", "needs a reason", 9, Kind::Flag),
    ],
};

/// Facts in figures.
pub const QUANTITIES: Sheet = Sheet {
    name: "数据",
    about: ("公式和条件里用到的数据", "the figures that formulas and conditions use"),
    columns: &[
        column("name", "名称", "name", 24, Kind::Text),
        column("unit", "单位", "unit", 8, Kind::Text),
        column("whole", "整数", "whole numbers", 8, Kind::Flag),
        column("formula", "公式", "formula", 48, Kind::Text),
        column("note", "说明", "what it covers", 40, Kind::Text),
        column("reading", "录入说明", "reading", 10, Kind::Code),
    ],
};

/// Printed tables that turn a quantity into a value.
pub const CONVERSIONS: Sheet = Sheet {
    name: "换算",
    about: ("换算表；一行一级，同一张表的下面几行不再写名称", "conversion tables: one step to a row"),
    columns: &[
        column("name", "名称", "name", 16, Kind::Text),
        column("of", "数据", "quantity", 16, Kind::Text),
        column("unit", "单位", "unit", 8, Kind::Text),
        column("sentence", "原文句子", "sentence", 48, Kind::Text),
        column("codes", "用于（一行一个）", "used by, one to a line", 14, Kind::Texts),
        column("at_most", "不超过", "at most", 9, Kind::Number),
        column("value", "换算为", "value", 9, Kind::Number),
    ],
};

/// Categories of points.
pub const CATEGORIES: Sheet = Sheet {
    name: "指标类型",
    about: ("指标类型和各自的满分", "categories with full marks of their own"),
    columns: &[
        column("name", "名称", "name", 16, Kind::Text),
        column("name_en", "英文", "in English", 18, Kind::Text),
        column("max", "满分", "full marks", 9, Kind::Number),
    ],
};

/// How open places were read.
pub const READINGS: Sheet = Sheet {
    name: "录入说明",
    about: ("原文有空缺、矛盾、未写明之处怎样读", "how open places of the source were read"),
    columns: &[
        column("id", "编号", "id", 9, Kind::Code),
        column("status", "确定程度", "status", 12, Kind::Word(STATUSES)),
        column("text", "内容", "text", 80, Kind::Text),
        column("codes", "涉及编号（一行一个）", "codes, one to a line", 16, Kind::Texts),
    ],
};

/// The printed notes.
pub const NOTES: Sheet = Sheet {
    name: "说明注",
    about: ("原表的说明、注", "the printed notes"),
    columns: &[
        column("number", "编号", "number", 9, Kind::Text),
        column("text", "原文", "text as printed", 80, Kind::Text),
        column("printed_in", "印于（一行一个）", "printed in, one to a line", 20, Kind::Texts),
        column("on_sheet", "印在打分表上", "on the score sheet", 12, Kind::Flag),
    ],
};

/// The sheet that says how to fill the others in; nothing is read from it.
pub const GUIDE: &str = "说明";

/// The sheets with one entry to a row, in their order.
pub const TABLES: [&Sheet; 10] =
    [&TREE, &RULES, &LIMITS, &GRADES, &ADJUSTMENTS, &QUANTITIES, &CONVERSIONS, &CATEGORIES, &READINGS, &NOTES];

/// The word for people.
pub fn shown(words: Words, word: &str) -> &'static str {
    words.iter().find(|(_, of_file)| *of_file == word).expect("every word of the file is in the list").0
}
