//! 打分表: the score sheet as it is printed in 附件3 of the 2021 evaluation scheme.
//!
//! A table of the indicators with merged cells, their subtotals, the points with their scores; then the total, what the
//! conclusion rests on, the printed notes and the sign-off. Every text comes formatted; no mark is computed here.

use crate::{
    Align, Block, Cell, Document, Error, Form, Paragraph, Profile, Row as TableRow, SignOff, StyleName, Table,
};

/// A score sheet, ready to print.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScoreSheet {
    /// E.g. 国家开放大学山西分部办学评估自评打分表; a line feed sets where it breaks.
    pub title: String,
    /// Small print at the head of every page, e.g. 草稿; none for a final sheet.
    pub mark: Option<String>,
    /// Label and value, e.g. 单位, 年度, 阶段, 评估人, 所在单位, 状态, 版本.
    pub facts: Vec<(String, String)>,
    /// Head of the score column, e.g. 自评得分.
    pub score_label: String,
    /// The first-level indicators.
    pub indicators: Vec<Indicator>,
    /// The lines of the table's last row, e.g. 自评总分：868　自评结论等次：良好, or 暂计 and why.
    pub total: Vec<String>,
    /// What the conclusion rests on: vetoes, conditions.
    pub conclusion_reasons: Vec<String>,
    /// 说明, as printed.
    pub notes: Vec<String>,
    /// Who signs and when.
    pub sign_off: SignOff,
    /// A short digest of the content, printed small at the foot of every page.
    pub digest: Option<String>,
}

/// An indicator of any level, with the indicators and rows below it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Indicator {
    /// As printed, e.g. 1.办学定位（40分）.
    pub text: String,
    /// Names the indicator in errors, e.g. 1.1.
    pub code: String,
    /// Full marks, printed after the text; none where the text says them.
    pub max: Option<String>,
    /// The subtotal.
    pub score: Option<String>,
    /// The subtotal's share of the full marks, e.g. 92.5%.
    pub rate: Option<String>,
    /// Points and conditions directly below this indicator; they are printed before `children`.
    pub rows: Vec<Row>,
    /// Indicators of the next level.
    pub children: Vec<Indicator>,
}

/// One row of the 观测点 column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// As printed.
    pub text: String,
    /// Full marks, printed after the text; none where the text says them.
    pub max: Option<String>,
    /// Note below the text.
    pub remark: Option<String>,
    /// What stands in the score column.
    pub kind: RowKind,
}

/// A row is a point that is scored or a condition that is present or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKind {
    /// A point; the score as text, or e.g. 未评.
    Point {
        /// Printed in the score column.
        score: String,
    },
    /// A condition (veto, cap); its state, e.g. 存在, 不存在, 未判定.
    Condition {
        /// Printed in the score column.
        state: String,
    },
}

impl Default for RowKind {
    fn default() -> RowKind {
        RowKind::Point { score: String::new() }
    }
}

const LEVELS: [&str; 4] = ["一级指标", "二级指标", "三级指标", "四级指标"];
const POINTS: &str = "观测点";
/// A column of indicators is centred when no text in it is longer; longer texts read better from the left.
const CENTRED_UP_TO: usize = 24;

impl ScoreSheet {
    /// The sheet as a document.
    ///
    /// # Errors
    /// [`Error::TooManyLevels`] for a rubric deeper than the profile's columns.
    pub fn document(&self, profile: &Profile) -> Result<Document, Error> {
        let notes = |heading: &str, paragraphs: &[String]| Block::Notes {
            heading: heading.to_owned(),
            paragraphs: paragraphs.to_vec(),
        };
        let sections = [notes("结论依据", &self.conclusion_reasons), notes("说明", &self.notes)];
        Ok(Document {
            title: self.title.clone(),
            form: Form::Sheet,
            mark: self.mark.clone(),
            digest: self.digest.clone(),
            facts: self.facts.clone(),
            body: [Block::Table(self.table(profile)?)].into_iter().chain(sections).collect(),
            attachments: Vec::new(),
            sign_off: Some(self.sign_off.clone()),
        })
    }

    fn table(&self, profile: &Profile) -> Result<Table, Error> {
        let depth = self.indicators.iter().map(Indicator::depth).max().unwrap_or(1);
        let rules = &profile.score_sheet;
        let Some(levels) = depth.checked_sub(1).and_then(|i| rules.levels.get(i)).filter(|_| depth <= LEVELS.len())
        else {
            return Err(Error::TooManyLevels { depth, most: rules.levels.len().min(LEVELS.len()) });
        };
        let mut columns = levels.clone();
        columns.push(profile.core.width() - rules.score - levels.iter().sum::<f64>());
        columns.push(rules.score);
        let mut builder = Builder { depth, centred: vec![true; depth], rows: Vec::new() };
        builder.judge_columns(&self.indicators, 0);
        builder.indicators(&self.indicators, 0);
        builder.total(&self.total);
        Ok(Table { caption: None, columns, header: self.header(depth), rows: builder.rows, least_row: 0.0 })
    }

    fn header(&self, depth: usize) -> Vec<Cell> {
        let titles = LEVELS.iter().copied().take(depth).chain([POINTS, self.score_label.as_str()]);
        let cell = |(column, title): (usize, &str)| Cell {
            column,
            columns: 1,
            rows: 1,
            paragraphs: vec![Paragraph::new(title, StyleName::TableHeader, Align::Centre)],
            place: "表头".to_owned(),
            bookmark: None,
        };
        titles.enumerate().map(cell).collect()
    }
}

impl Indicator {
    fn depth(&self) -> usize {
        1 + self.children.iter().map(Indicator::depth).max().unwrap_or(0)
    }

    fn printed(&self) -> String {
        with_marks(&self.text, self.max.as_deref())
    }

    /// Rows of the table that this indicator spans.
    fn span(&self) -> usize {
        let below: usize = self.children.iter().map(Indicator::span).sum();
        (self.rows.len() + below).max(1)
    }

    fn subtotal(&self) -> Vec<String> {
        let score = self.score.iter().map(|score| format!("得分 {score}"));
        let rate = self.rate.iter().map(|rate| format!("得分率 {rate}"));
        score.chain(rate).collect()
    }
}

fn with_marks(text: &str, max: Option<&str>) -> String {
    max.map_or_else(|| text.to_owned(), |max| format!("{text}（{max}分）"))
}

/// Turns the tree into rows with spanning cells.
struct Builder {
    depth: usize,
    /// For each level, whether its texts are short enough to be centred.
    centred: Vec<bool>,
    rows: Vec<TableRow>,
}

impl Builder {
    fn judge_columns(&mut self, indicators: &[Indicator], level: usize) {
        for indicator in indicators {
            self.centred[level] &= indicator.printed().chars().count() <= CENTRED_UP_TO;
            self.judge_columns(&indicator.children, level + 1);
        }
    }

    fn indicators(&mut self, indicators: &[Indicator], level: usize) {
        for indicator in indicators {
            let start = self.rows.len();
            for row in &indicator.rows {
                // Beside deeper indicators a point of this one reaches over their columns.
                let column = if indicator.children.is_empty() { self.depth } else { level + 1 };
                self.point(row, column, &indicator.code);
            }
            self.indicators(&indicator.children, level + 1);
            if self.rows.len() == start {
                self.point(&Row::default(), self.depth, &indicator.code);
            }
            let cell = self.indicator_cell(indicator, level);
            self.rows[start].cells.insert(0, cell);
        }
    }

    fn indicator_cell(&self, indicator: &Indicator, level: usize) -> Cell {
        let align = if self.centred[level] { Align::Centre } else { Align::Prose };
        let printed = indicator.printed();
        let mut paragraphs = vec![Paragraph::new(&printed, StyleName::TableCell, align)];
        for line in indicator.subtotal() {
            let align = if self.centred[level] { Align::Centre } else { Align::Left };
            let paragraph = Paragraph::new(&line, StyleName::TableSubtotal, align);
            paragraphs.push(Paragraph { once: true, ..paragraph });
        }
        Cell {
            column: level,
            columns: if indicator.children.is_empty() { self.depth - level } else { 1 },
            rows: indicator.span(),
            paragraphs,
            place: format!("指标 {}", indicator.code),
            bookmark: Some((level + 1, printed)),
        }
    }

    fn point(&mut self, row: &Row, column: usize, code: &str) {
        let text = with_marks(&row.text, row.max.as_deref());
        let beginning: String = text.chars().take(12).collect();
        let place = format!("指标 {code} 观测点“{beginning}”");
        let paragraph = |line| Paragraph::new(line, StyleName::TableCell, Align::Prose);
        let mut paragraphs: Vec<Paragraph> = text.split('\n').map(paragraph).collect();
        if let Some(remark) = row.remark.as_deref().filter(|r| !r.is_empty()) {
            paragraphs.push(Paragraph::new(&format!("意见：{remark}"), StyleName::TableRemark, Align::Prose));
        }
        let (RowKind::Point { score: value } | RowKind::Condition { state: value }) = &row.kind;
        let result = vec![Paragraph::new(value, StyleName::TableCell, Align::Centre)];
        let cell =
            |column, columns, paragraphs, place| Cell { column, columns, rows: 1, paragraphs, place, bookmark: None };
        self.rows.push(TableRow {
            cells: vec![
                cell(column, self.depth + 1 - column, paragraphs, place.clone()),
                cell(self.depth + 1, 1, result, place),
            ],
            tied: false,
        });
    }

    fn total(&mut self, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        let paragraph = |line: &String| Paragraph::new(line, StyleName::TableTotal, Align::Left);
        let cell = Cell {
            column: 0,
            columns: self.depth + 2,
            rows: 1,
            paragraphs: lines.iter().map(paragraph).collect(),
            place: "总分".to_owned(),
            bookmark: Some((1, lines[0].clone())),
        };
        self.rows.push(TableRow { cells: vec![cell], tied: !self.rows.is_empty() });
    }
}
