//! 打分表: the score sheet as it is printed in 附件3 of the 2021 evaluation scheme.
//!
//! A table of the indicators with merged cells, their subtotals, the points with their scores; then the total, what the
//! conclusion rests on, the printed notes and the sign-off. Every text comes formatted; no mark is computed here.

use crate::{
    Error, FontSet, Profile, Rendered, SignatureArea,
    lines::{self, Align, Measure},
    page::Pages,
    pdf::{self, About, Content},
    profile::StyleName,
    sign_off::SignOff,
    table::{Cell, Paragraph, Row as TableRow, Table},
    tail::Tail,
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
    /// Prints the sheet.
    ///
    /// # Errors
    /// [`Error::CharacterMissing`] for a character that no font has, with its place; [`Error::TooManyLevels`] for a
    /// rubric deeper than the profile's columns; [`Error::FontUnusable`] and [`Error::PdfUnwritable`].
    pub fn render(&self, profile: &Profile, fonts: &FontSet) -> Result<Rendered, Error> {
        let faces = fonts.faces();
        let mut pages = Pages::new(profile, &faces);
        let signature_area = self.lay_out(&mut pages)?;
        let title = self.title.replace('\n', "");
        let about = About { title: &title, author: self.sign_off.organisation.as_deref().unwrap_or("") };
        let content = Content { about, paper: profile.paper, pages: &pages.list, bookmarks: &pages.bookmarks };
        let (bytes, roles) = pdf::write(&content, fonts)?;
        Ok(Rendered { bytes, pages: pages.list.len(), signature_area, fonts_used: fonts.uses(&roles) })
    }

    fn lay_out(&self, pages: &mut Pages<'_>) -> Result<SignatureArea, Error> {
        self.head(pages)?;
        let table = self.table(pages.profile)?;
        let tail = self.tail(pages)?;
        table.set(pages)?.draw(pages, tail.height_after_table());
        pages.y += pages.profile.score_sheet.after_table;
        let signature_area = tail.draw(pages);
        pages.margins(self.mark.as_deref(), self.digest.as_deref())?;
        Ok(signature_area)
    }

    fn head(&self, pages: &mut Pages<'_>) -> Result<(), Error> {
        let rules = pages.profile.score_sheet.clone();
        let core = pages.profile.core;
        let style = *pages.profile.style(StyleName::Title);
        pages.y += rules.title_above;
        for line in lines::balanced(&self.title, &style, core.width(), pages.faces, "标题")? {
            pages.line(&line, &style, Align::Centre, (core.left, core.width()));
        }
        pages.y += rules.title_below;
        self.draw_facts(pages)?;
        pages.y += rules.facts_below;
        Ok(())
    }

    /// Facts two by two; one that is wider than half the core takes a line, or several, of its own.
    fn draw_facts(&self, pages: &mut Pages<'_>) -> Result<(), Error> {
        let core = pages.profile.core;
        let (label_style, style) = (*pages.profile.style(StyleName::FactLabel), *pages.profile.style(StyleName::Fact));
        let half = core.width() / 2.0;
        let mut right = false;
        for (label, value) in &self.facts {
            let labels =
                lines::set(&format!("{label}："), &label_style, Measure::of(core.width()), pages.faces, label)?;
            let used = labels.first().map_or(0.0, lines::Line::width);
            let values = lines::set(value, &style, Measure::of(core.width() - used), pages.faces, label)?;
            let wide = values.len() > 1 || used + values.first().map_or(0.0, lines::Line::width) > half - style.cell;
            if right && !wide {
                pages.y -= style.line;
            }
            right &= !wide;
            let left = if right { core.left + half } else { core.left };
            for line in &labels {
                pages.line(line, &label_style, Align::Left, (left, core.width()));
            }
            pages.y -= label_style.line;
            for line in &values {
                pages.line(line, &style, Align::Prose, (left + used, core.width() - used));
            }
            if values.is_empty() {
                pages.y += style.line;
            }
            right = !right && !wide;
        }
        Ok(())
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
        Ok(Table { columns, header: self.header(depth), rows: builder.rows })
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

    fn tail(&self, pages: &Pages<'_>) -> Result<Tail, Error> {
        let mut tail = Tail::new(&self.sign_off, pages)?;
        tail.section("结论依据", &self.conclusion_reasons, pages)?;
        tail.section("说明", &self.notes, pages)?;
        Ok(tail)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::tests::fonts;

    fn sheet(rows: usize, notes: usize) -> ScoreSheet {
        let row = Row { text: "观测点的内容有两行，够长一些才行".to_owned(), ..Row::default() };
        let indicator = Indicator { text: "1.指标".to_owned(), rows: vec![row; rows], ..Indicator::default() };
        ScoreSheet {
            title: "打分表".to_owned(),
            indicators: vec![indicator],
            total: vec!["总分：1".to_owned()],
            notes: vec!["一条说明。".to_owned(); notes],
            sign_off: SignOff {
                organisation: Some("某某大学".to_owned()),
                name: Some("张三".to_owned()),
                date: Some("2022年9月1日".to_owned()),
            },
            ..ScoreSheet::default()
        }
    }

    #[test]
    fn the_sign_off_never_stands_alone_on_a_page() {
        let profile = Profile::oucsx_2021().unwrap();
        let faces = fonts().faces();
        for rows in 1..60 {
            for notes in [0, 1, 2, 9] {
                let mut pages = Pages::new(&profile, &faces);
                let area = sheet(rows, notes).lay_out(&mut pages).unwrap();
                assert_eq!(area.page_index + 1, pages.list.len(), "{rows} rows, {notes} notes");
                let above = profile.paper.height - area.top - 2.0 * profile.style(StyleName::SignOff).line;
                let last = &pages.list[area.page_index];
                let company = last.runs.iter().any(|run| run.y < above);
                assert!(company, "{rows} rows, {notes} notes: the sign-off is alone");
                assert!(area.bottom >= profile.paper.height - profile.core.bottom - 0.01, "{rows} rows, {notes} notes");
            }
        }
    }

    #[test]
    fn text_stays_inside_the_core_and_borders_are_drawn_once() {
        let profile = Profile::oucsx_2021().unwrap();
        let faces = fonts().faces();
        let mut pages = Pages::new(&profile, &faces);
        sheet(80, 9).lay_out(&mut pages).unwrap();
        let core = profile.core;
        for page in &pages.list {
            for run in page.runs.iter().filter(|run| run.y < core.bottom) {
                assert!(run.x >= core.left - 0.01 && run.x < core.right, "{run:?}");
            }
            for (index, stroke) in page.strokes.iter().enumerate() {
                assert!(!page.strokes[..index].contains(stroke), "{stroke:?} is drawn twice");
                assert!(stroke.to.1 <= core.bottom + 0.01, "{stroke:?} runs out of the page");
            }
        }
    }
}
