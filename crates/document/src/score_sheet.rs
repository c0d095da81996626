//! 打分表: the score sheet as it is printed in 附件3 of the 2021 evaluation scheme.
//!
//! A table of the indicators with merged cells, their subtotals, the points with their scores; then the total, what the
//! conclusion rests on, the printed notes and the sign-off. Every text comes formatted; no mark is computed here.

use crate::{
    Align, Block, Cell, ColumnTexts, Document, Error, Form, Paragraph, Profile, Row as TableRow, SignOff, StyleName,
    Table, widths,
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
    /// The columns beside those of the scores.
    pub columns: Columns,
    /// Head of the score column, e.g. 自评得分.
    pub score_label: String,
    /// A second column of scores, e.g. the unit's own beside a review's.
    pub other: Option<Other>,
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

/// Heads of a score sheet's columns, as its source prints them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// Of the indicators, from the first level on; those that are not named are 一级指标 and so on.
    pub levels: Vec<String>,
    /// Between indicators and text, e.g. 评价要素.
    pub before: Vec<String>,
    /// Of the text; 观测点 when empty.
    pub text: String,
    /// Between text and scores, e.g. 评价方法, 分值.
    pub after: Vec<String>,
}

/// A second column of scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Its head.
    pub label: String,
    /// It stands before the sheet's own scores, not behind them.
    pub first: bool,
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
    /// What stands in the columns before the text; where all rows of an indicator leave this empty, the indicator
    /// reaches over them, else the text does.
    pub before: Vec<String>,
    /// As printed.
    pub text: String,
    /// What stands in the columns after the text; where this is empty, the text reaches over them.
    pub after: Vec<String>,
    /// What stands in the second column of scores.
    pub other: String,
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
/// A sheet of so many columns lies on the paper's long side.
const WIDE_FROM: usize = 8;
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
        let places = self.places(profile)?;
        let wide = places.count() >= WIDE_FROM;
        let table = if wide { self.table(&profile.lying(), places) } else { self.table(profile, places) };
        let sections = [notes("结论依据", &self.conclusion_reasons), notes("说明", &self.notes)];
        Ok(Document {
            title: self.title.clone(),
            name: None,
            form: Form::Sheet,
            wide,
            mark: self.mark.clone(),
            digest: self.digest.clone(),
            code: None,
            enclosed: Vec::new(),
            facts: self.facts.clone(),
            body: [Block::Table(table)].into_iter().chain(sections).collect(),
            attachments: Vec::new(),
            sign_off: Some(self.sign_off.clone()),
        })
    }

    fn places(&self, profile: &Profile) -> Result<Places, Error> {
        let depth = self.indicators.iter().map(Indicator::depth).max().unwrap_or(1);
        let most = profile.score_sheet.levels.len().min(LEVELS.len());
        if depth > most {
            return Err(Error::TooManyLevels { depth, most });
        }
        Ok(Places {
            depth,
            text: depth + self.columns.before.len(),
            scores: depth + self.columns.before.len() + 1 + self.columns.after.len(),
            other: self.other.as_ref().map(|other| other.first),
        })
    }

    fn table(&self, profile: &Profile, places: Places) -> Table {
        let mut builder = Builder { places, centred: Vec::new(), rows: Vec::new() };
        builder.centred = self.centred(places);
        builder.indicators(&self.indicators, 0);
        let columns = self.widths(profile, places, &builder.rows);
        builder.total(&self.total);
        Table { caption: None, columns, header: self.header(places), rows: builder.rows, least_row: 0.0 }
    }

    fn heads(&self, places: Places) -> Vec<String> {
        let levels = LEVELS.iter().zip(self.columns.levels.iter().map(Some).chain(std::iter::repeat(None)));
        let levels = levels.map(|(usual, own)| own.map_or(*usual, String::as_str)).take(places.depth);
        let text = if self.columns.text.is_empty() { POINTS } else { &self.columns.text };
        let before = self.columns.before.iter().map(String::as_str).chain([text]);
        let mut scores = vec![self.score_label.as_str()];
        if let Some(other) = &self.other {
            scores.insert(usize::from(!other.first), &other.label);
        }
        let after = self.columns.after.iter().map(String::as_str).chain(scores);
        levels.chain(before).chain(after).map(str::to_owned).collect()
    }

    fn header(&self, places: Places) -> Vec<Cell> {
        let cell = |(at, title): (usize, String)| Cell::of(at, &title, StyleName::TableHeader, Align::Centre, "表头");
        self.heads(places).into_iter().enumerate().map(cell).collect()
    }

    /// A sheet of plain levels has the profile's widths; one with more columns, or two of scores, has widths by what
    /// they hold.
    fn widths(&self, profile: &Profile, places: Places, rows: &[TableRow]) -> Vec<f64> {
        let rules = &profile.score_sheet;
        if places.scores > places.depth + 1 || places.other.is_some() {
            let heads = self.heads(places);
            let columns = heads.iter().enumerate().map(|(at, head)| ColumnTexts::of_rows(head, at, rows));
            return widths(profile, &columns.collect::<Vec<_>>(), profile.core.width());
        }
        let scores = vec![rules.score; places.count() - places.scores];
        let levels = &rules.levels[places.depth - 1];
        let text = profile.core.width() - scores.iter().chain(levels).sum::<f64>();
        levels.iter().copied().chain([text]).chain(scores).collect()
    }

    /// For each column but those of scores, whether its texts are short enough to be centred.
    fn centred(&self, places: Places) -> Vec<bool> {
        let mut centred = vec![true; places.scores];
        centred[places.text] = false;
        self.indicators.iter().for_each(|indicator| indicator.judge(0, places, &mut centred));
        centred
    }
}

/// Where the columns are: indicators first, then what stands before the text, the text, what stands after it, scores.
#[derive(Debug, Clone, Copy)]
struct Places {
    /// Columns of indicators.
    depth: usize,
    /// The text's column.
    text: usize,
    /// The first column of scores.
    scores: usize,
    /// Whether the second column of scores stands first; none without one.
    other: Option<bool>,
}

impl Places {
    fn count(self) -> usize {
        self.scores + 1 + usize::from(self.other.is_some())
    }
}

impl Indicator {
    /// Says of columns that a text in them is too long to be centred.
    fn judge(&self, level: usize, places: Places, centred: &mut [bool]) {
        let short = |text: &str| text.chars().count() <= CENTRED_UP_TO;
        centred[level] &= short(&self.printed());
        for row in &self.rows {
            let before = row.before.iter().zip(places.depth..);
            let after = row.after.iter().zip(places.text + 1..);
            before.chain(after).for_each(|(text, at)| centred[at] &= short(text));
        }
        self.children.iter().for_each(|child| child.judge(level + 1, places, centred));
    }

    /// The first column behind this indicator's own: it reaches over what nothing below it uses.
    fn reach(&self, level: usize, places: Places) -> usize {
        if !self.children.is_empty() {
            return level + 1;
        }
        let used = self.rows.iter().any(|row| !row.before.is_empty());
        if used { places.depth } else { places.text }
    }

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
    places: Places,
    /// For each column but those of scores, whether its texts are centred.
    centred: Vec<bool>,
    rows: Vec<TableRow>,
}

impl Builder {
    fn indicators(&mut self, indicators: &[Indicator], level: usize) {
        for indicator in indicators {
            let start = self.rows.len();
            let behind = indicator.reach(level, self.places);
            for row in &indicator.rows {
                self.row(row, behind, &indicator.code);
            }
            self.indicators(&indicator.children, level + 1);
            if self.rows.len() == start {
                self.row(&Row::default(), behind, &indicator.code);
            }
            let cell = self.indicator_cell(indicator, level, behind);
            self.rows[start].cells.insert(0, cell);
        }
    }

    fn indicator_cell(&self, indicator: &Indicator, level: usize, behind: usize) -> Cell {
        let centred = self.centred[level];
        let align = if centred { Align::Centre } else { Align::Prose };
        let printed = indicator.printed();
        let mut paragraphs = vec![Paragraph::new(&printed, StyleName::TableCell, align)];
        for line in indicator.subtotal() {
            let align = if centred { Align::Centre } else { Align::Left };
            let paragraph = Paragraph::new(&line, StyleName::TableSubtotal, align);
            paragraphs.push(Paragraph { once: true, ..paragraph });
        }
        Cell {
            column: level,
            columns: behind - level,
            rows: indicator.span(),
            paragraphs,
            place: format!("指标 {}", indicator.code),
            bookmark: Some((level + 1, printed)),
        }
    }

    /// A row whose first cell begins in column `behind`.
    fn row(&mut self, row: &Row, behind: usize, code: &str) {
        let text = with_marks(&row.text, row.max.as_deref());
        let beginning: String = text.chars().take(12).collect();
        let place = format!("指标 {code} 观测点“{beginning}”");
        let side = |at: usize, text: &str| {
            let align = if self.centred[at] { Align::Centre } else { Align::Left };
            Cell::of(at, text, StyleName::TableCell, align, &place)
        };
        // Beside deeper indicators a point of an upper one reaches over their columns.
        let before = row.before.iter().enumerate().map(|(at, text)| (self.places.depth + at, text));
        let mut cells: Vec<Cell> = before.map(|(at, text)| side(at, text)).collect();
        if let Some(first) = cells.first_mut() {
            first.columns += first.column - behind.min(first.column);
            first.column = behind.min(first.column);
        }
        let from = if row.before.is_empty() { behind } else { self.places.text };
        let to = if row.after.is_empty() { self.places.scores } else { self.places.text + 1 };
        let paragraphs = point_texts(&text, row.remark.as_deref());
        cells.push(Cell {
            column: from,
            columns: to - from,
            rows: 1,
            paragraphs,
            place: place.clone(),
            bookmark: None,
        });
        cells.extend(row.after.iter().zip(self.places.text + 1..).map(|(text, at)| side(at, text)));
        let (RowKind::Point { score: value } | RowKind::Condition { state: value }) = &row.kind;
        let mut scores = vec![value];
        if let Some(first) = self.places.other {
            scores.insert(usize::from(!first), &row.other);
        }
        let score = |(value, at): (&String, usize)| Cell::of(at, value, StyleName::TableCell, Align::Centre, &place);
        cells.extend(scores.into_iter().zip(self.places.scores..).map(score));
        self.rows.push(TableRow { cells, tied: false });
    }

    fn total(&mut self, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        let paragraph = |line: &String| Paragraph::new(line, StyleName::TableTotal, Align::Left);
        let cell = Cell {
            column: 0,
            columns: self.places.count(),
            rows: 1,
            paragraphs: lines.iter().map(paragraph).collect(),
            place: "总分".to_owned(),
            bookmark: Some((1, lines[0].clone())),
        };
        self.rows.push(TableRow { cells: vec![cell], tied: !self.rows.is_empty() });
    }
}

/// The paragraphs of a point: its text, then the remark.
fn point_texts(text: &str, remark: Option<&str>) -> Vec<Paragraph> {
    let paragraph = |line| Paragraph::new(line, StyleName::TableCell, Align::Prose);
    let mut paragraphs: Vec<Paragraph> = text.split('\n').map(paragraph).collect();
    if let Some(remark) = remark.filter(|r| !r.is_empty()) {
        paragraphs.push(Paragraph::new(&format!("意见：{remark}"), StyleName::TableRemark, Align::Prose));
    }
    paragraphs
}
