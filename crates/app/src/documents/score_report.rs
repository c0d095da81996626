//! 评分明细: how every mark was reached, with charts of the rates.

use super::refused::Refused;
use super::schedule::fitted;
use super::score_sheet::{conclusion_reasons, mark, remark, total_lines};
use super::{Material, parts, stage_name};
use crate::rates::{State, is_low, line};
use crate::sheets::Opened;
use crate::view::Step;
use crate::{Language, Result, outcome};
use document::{Align, Axis, Bar, Block, Cell, Chart, Document, Form, Paragraph, Profile, Row, StyleName, Table};
use rubric::decimal::show;
use rubric::model::{Indicator, Point, Shape};
use rubric::score::{IndicatorScore, PointScore};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use store::EvidenceRow;

const CONFORMITY: &str = "符合率";
/// Columns of a trace with shares of the width.
const COLUMNS: [(&str, f64); 4] = [("观测点", 52.0), ("依据", 66.0), ("增减", 15.0), ("累计", 15.0)];
/// The same where clauses are judged: nothing is added or taken.
const JUDGED: [(&str, f64); 2] = [("要点", 66.0), ("依据", 82.0)];

pub(super) fn document(material: &Material, profile: &Profile) -> Result<Document> {
    let opened = &material.opened;
    let (row, rubric) = (&opened.row, &opened.rubric);
    if opened.outcome.points.iter().all(|point| point.score.is_none()) {
        return Err(Refused::NothingScored { unit: row.assessment.unit.clone() }.into());
    }
    let stage = stage_name(row.stage, Language::Zh);
    let mut body = conclusion(opened, stage);
    body.push(heading(1, "二、得分率"));
    body.extend(charts(opened));
    body.extend(weak(opened, profile));
    body.push(heading(1, "四、逐项得分和依据"));
    body.extend(rubric.indicators.iter().enumerate().flat_map(|(at, indicator)| details(opened, at, indicator)));
    body.extend(adjustments(opened));
    Ok(Document {
        title: format!("{}{stage}评分明细", parts::subject(rubric)),
        form: Form::Sheet,
        mark: parts::draft_mark(opened),
        digest: parts::digest(opened),
        facts: parts::facts(opened),
        body,
        ..Document::default()
    })
}

fn heading(level: usize, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

fn conclusion(opened: &Opened, stage: &str) -> Vec<Block> {
    let view = outcome::view(&opened.rubric, &opened.outcome, Language::Zh);
    let said = |text: String| Block::Paragraph(text.replace("　　", "，"));
    let total = total_lines(&opened.rubric, &view, stage).into_iter().map(said);
    let reasons = conclusion_reasons(&opened.rubric, &opened.outcome, &view);
    let reasons = Block::Notes { heading: "结论依据".to_owned(), paragraphs: reasons };
    std::iter::once(heading(1, "一、结论")).chain(total).chain([reasons]).collect()
}

/// What a chart shows of a place.
struct Rated<'a> {
    title: &'a str,
    score: Decimal,
    max: Decimal,
    state: State,
}

/// Indicators of a level with their scores.
fn rated(opened: &Opened, level: u32) -> Vec<Rated<'_>> {
    let scores = opened.rubric.indicators.iter().zip(&opened.outcome.indicators);
    let level = scores.filter(|(indicator, score)| indicator.level == level && !score.max.is_zero());
    level.map(|(i, s)| Rated { title: &i.title, score: s.score, max: s.max, state: State::of(s) }).collect()
}

/// The points of a rubric of one level.
fn rated_points(opened: &Opened) -> Vec<Rated<'_>> {
    let points = opened.rubric.points().zip(&opened.outcome.points).filter(|(_, score)| !score.max.is_zero());
    let one =
        |((_, point), score): ((&Indicator, &'_ Point), &PointScore)| (score.score, score.max, point.code.clone());
    let marks: Vec<(Option<Decimal>, Decimal, String)> = points.map(one).collect();
    let title = |code: &str| opened.rubric.point(code).map_or("", |(_, point)| point.title.as_str());
    let rated = marks.into_iter().map(|(score, max, code)| Rated {
        title: title(&code),
        score: score.unwrap_or_default(),
        max,
        state: if score.is_some() { State::Complete } else { State::Open },
    });
    rated.collect()
}

impl Rated<'_> {
    /// A share of full marks for drawing, never compared.
    fn rate(&self) -> Option<f64> {
        let share = (self.state == State::Complete).then(|| self.score.checked_div(self.max))??;
        share.to_f64().map(|share| share.clamp(0.0, 1.0))
    }

    fn axis(&self) -> Axis {
        let marks = || format!("{}/{}", show(self.score), show(self.max));
        let text = self.state.words().map_or_else(marks, str::to_owned);
        Axis { label: self.title.to_owned(), text, rate: self.rate() }
    }

    fn bar(&self, line: Decimal) -> Bar {
        let rate = || parts::rate(self.score, self.max).unwrap_or_default();
        let text = self.state.words().map_or_else(rate, str::to_owned);
        let low = is_low(self.state, self.score, self.max, line);
        Bar { label: self.title.to_owned(), text, rate: self.rate(), low }
    }
}

fn charts(opened: &Opened) -> Vec<Block> {
    let (top, second) = (rated(opened, 1), rated(opened, 2));
    let (second, of) = if second.is_empty() { (rated_points(opened), "各项") } else { (second, "二级指标") };
    let rate = rate_word(opened);
    let line = line(&opened.rubric);
    let share = (line / Decimal::ONE_HUNDRED).to_f64().map(|share| (share, format!("{}%", show(line))));
    let mut blocks = Vec::new();
    if top.len() >= 3 && top.iter().any(|rated| rated.state == State::Complete) {
        let axes = top.iter().map(Rated::axis).collect();
        blocks.push(Block::Chart(Chart::Radar { caption: format!("图1　一级指标{rate}"), axes }));
    }
    let bars = second.iter().map(|rated| rated.bar(line)).collect();
    let caption = format!("图{}　{of}{rate}", blocks.len() + 1);
    blocks.push(Block::Chart(Chart::Bars { caption, bars, line: share }));
    blocks
}

/// What rates are called: of marks, or of demands that are met.
fn rate_word(opened: &Opened) -> &'static str {
    if opened.rubric.shape == Shape::Checklist { CONFORMITY } else { "得分率" }
}

/// The indicators below the line.
fn weak(opened: &Opened, profile: &Profile) -> Vec<Block> {
    let line = line(&opened.rubric);
    let rate = rate_word(opened);
    let title = format!("三、{rate}低于{}%的指标", show(line));
    let scores = opened.rubric.indicators.iter().zip(&opened.outcome.indicators);
    let indicators = scores.map(|(indicator, s)| (&indicator.text, s.score, s.max, State::of(s)));
    // Where points stand right below the top level, they are the second level.
    let flat = opened.rubric.level(2).next().is_none();
    let points = opened.rubric.points().zip(&opened.outcome.points).filter(|_| flat);
    let points = points.map(|((_, p), s)| (&p.title, s.score.unwrap_or_default(), s.max, State::of_point(s)));
    let all = indicators.chain(points).filter(|(_, _, max, _)| !max.is_zero());
    let (complete, open): (Vec<_>, Vec<_>) = all.partition(|(.., state)| *state == State::Complete);
    let low = complete.into_iter().filter(|(_, score, max, state)| is_low(*state, *score, *max, line));
    let row = |(number, (text, score, max, _)): (usize, (&String, Decimal, Decimal, State))| {
        vec![number.to_string(), text.clone(), show(score), show(max), parts::rate(score, max).unwrap_or_default()]
    };
    let rows: Vec<Vec<String>> = (1..).zip(low).map(row).collect();
    let content = if rows.is_empty() {
        Block::Paragraph("没有。".to_owned())
    } else {
        let heads = if rate == CONFORMITY { ["符合", "适用"] } else { ["得分", "满分"] };
        Block::Table(fitted(&["序号", "指标", heads[0], heads[1], rate], &rows, "低分指标", profile))
    };
    let open = (!open.is_empty()).then(|| format!("另有{}项没有评完，不在其中。", open.len()));
    [heading(1, &title), content].into_iter().chain(open.map(Block::Paragraph)).collect()
}

/// The heading of an indicator, and the traces of its own points.
fn details(opened: &Opened, at: usize, indicator: &Indicator) -> Vec<Block> {
    let mut blocks = Vec::new();
    if indicator.parent.is_none() {
        let number = opened.rubric.indicators[..=at].iter().filter(|i| i.parent.is_none()).count();
        let number = document::heading_number(2, u32::try_from(number).unwrap_or(u32::MAX));
        blocks.push(heading(2, &format!("{number}{}", indicator.title)));
    }
    if indicator.points.is_empty() {
        return blocks;
    }
    blocks.push(Block::Lines(lines_above(opened, indicator)));
    let rows = indicator.points.iter().filter_map(|point| {
        let scored = opened.outcome.points.iter().find(|scored| scored.code == point.code)?;
        Some(point_rows(opened, point, scored))
    });
    let mut rows: Vec<Row> = rows.flatten().collect();
    rows.extend(indicator_rows(&opened.outcome.indicators[at]));
    blocks.push(Block::Table(trace_table(opened, rows)));
    blocks
}

/// The indicator with its score, below those above it on levels that have no heading.
fn lines_above(opened: &Opened, indicator: &Indicator) -> Vec<String> {
    let above = |indicator: &&Indicator| indicator.parent.and_then(|index| opened.rubric.indicators.get(index));
    let mut chain: Vec<&Indicator> = std::iter::successors(Some(indicator), above).collect();
    chain.reverse();
    let score = |indicator: &Indicator| {
        let scored = opened.outcome.indicators.iter().find(|scored| scored.code == indicator.code);
        let scored = scored.filter(|scored| scored.scored > 0 && !scored.max.is_zero());
        scored.map(|scored| {
            let open = if State::of(scored) == State::Begun { "（未评完）" } else { "" };
            format!("{}/{}{open}", show(scored.score), show(scored.max))
        })
    };
    let below_top = if chain.len() > 1 { &chain[1..] } else { &chain[..] };
    let word = if opened.rubric.shape == Shape::Checklist { "应条款符合" } else { "得分" };
    let line = |indicator: &&Indicator| match score(indicator) {
        Some(score) => format!("{}　　{word} {score}", indicator.text),
        None => indicator.text.clone(),
    };
    below_top.iter().map(line).collect()
}

/// A table of traces; cells of columns that it does not have are left out.
fn trace_table(opened: &Opened, mut rows: Vec<Row>) -> Table {
    let columns = if opened.rubric.shape == Shape::Checklist { &JUDGED[..] } else { &COLUMNS[..] };
    for row in &mut rows {
        row.cells.retain(|cell| cell.column < columns.len());
        row.cells.iter_mut().for_each(|cell| cell.columns = cell.columns.min(columns.len() - cell.column));
    }
    let header = columns.iter().enumerate();
    let header = header.map(|(at, (title, _))| Cell::of(at, title, StyleName::TableHeader, Align::Centre, "表头"));
    Table {
        columns: columns.iter().map(|(_, width)| *width).collect(),
        header: header.collect(),
        rows,
        ..Table::default()
    }
}

/// The steps of a point, its remark and its evidence beside its text and mark.
fn point_rows(opened: &Opened, point: &Point, scored: &PointScore) -> Vec<Row> {
    let place = format!("观测点 {}", point.code);
    let steps = outcome::steps(&scored.trace, Language::Zh);
    let mut rows: Vec<Row> = steps.iter().map(|step| step_row(step, &point.text, &place)).collect();
    let remark = remark(opened, scored).filter(|remark| !remark.is_empty());
    rows.extend(remark.map(|remark| wide_row(&format!("意见：{remark}"), &place)));
    rows.extend(evidence_text(opened, &point.code).map(|text| wide_row(&text, &place)));
    if rows.is_empty() {
        rows.push(wide_row("没有记录。", &place));
    }
    let count = rows.len();
    if let Some(first) = rows.first_mut() {
        first.cells.insert(0, point_cell(opened, point, scored, count));
    }
    rows
}

fn point_cell(opened: &Opened, point: &Point, scored: &PointScore, rows: usize) -> Cell {
    let mark = mark(opened, point, scored);
    let max = show(scored.max);
    let result = match scored.score {
        _ if opened.rubric.shape == Shape::Checklist => mark,
        _ if scored.max.is_zero() => format!("得分 {mark}"),
        None => format!("{mark}（满分{max}分）"),
        Some(_) => format!("得分 {mark}/{max}"),
    };
    let mut paragraphs: Vec<Paragraph> =
        point.text.split('\n').map(|line| Paragraph::new(line, StyleName::TableCell, Align::Prose)).collect();
    if !point.text.contains(&point.title) {
        let title = format!("{} {}", point.code, point.title);
        paragraphs.insert(0, Paragraph::new(&title, StyleName::TableCell, Align::Prose));
    }
    paragraphs.push(Paragraph { once: true, ..Paragraph::new(&result, StyleName::TableSubtotal, Align::Left) });
    let place = format!("观测点 {}", point.code);
    let bookmark = Some((3, format!("{} {}", point.code, point.title)));
    Cell { rows, paragraphs, bookmark, ..Cell::of(0, "", StyleName::TableCell, Align::Prose, &place) }
}

/// What was found, below the sentence that it rests on where the point's text is not that sentence.
fn step_row(step: &Step, text: &str, place: &str) -> Row {
    let sentence = step.sentence.trim();
    let mut paragraphs = Vec::new();
    if !sentence.is_empty() && sentence != text.trim() {
        let sentence = cited(sentence, text);
        paragraphs.push(Paragraph::new(&sentence, StyleName::TableRemark, Align::Prose));
    }
    let reading = step.reading.as_ref().map(|id| format!("（录入说明{id}）")).unwrap_or_default();
    let finding = format!("{}{reading}", step.finding.trim());
    paragraphs.push(Paragraph::new(&finding, StyleName::TableCell, Align::Prose));
    let number = |at, text: &Option<String>| {
        Cell::of(at, text.as_deref().unwrap_or_default(), StyleName::TableCell, Align::Centre, place)
    };
    let basis = Cell { paragraphs, ..Cell::of(1, "", StyleName::TableCell, Align::Prose, place) };
    Row { cells: vec![basis, number(2, &step.amount), number(3, &step.running)], tied: false }
}

/// The sentence that a step rests on; of a long one that stands beside it only the beginning.
fn cited(sentence: &str, text: &str) -> String {
    const LONG: usize = 60;
    const SHOWN: usize = 30;
    if sentence.chars().count() <= LONG || !text.contains(sentence.trim_end_matches("【单项否决】")) {
        return sentence.to_owned();
    }
    let beginning: String = sentence.chars().take(SHOWN).collect();
    format!("{beginning}……")
}

fn wide_row(text: &str, place: &str) -> Row {
    let cell = Cell::of(1, text, StyleName::TableRemark, Align::Prose, place);
    Row { cells: vec![Cell { columns: COLUMNS.len() - 1, ..cell }], tied: true }
}

/// The evidence for a point by the catalogue's order.
fn evidence_text(opened: &Opened, code: &str) -> Option<String> {
    let sections = crate::catalogue::sections(&opened.rubric, &opened.evidence);
    let here = |row: &&EvidenceRow| row.points.iter().any(|point| point == code);
    let of_indicator =
        |section: &&crate::catalogue::Section<'_>| section.indicator.points.iter().any(|point| point.code == code);
    let section = sections.iter().find(of_indicator);
    let named: Vec<String> = section.map_or_else(Vec::new, |section| {
        let items = section.items.iter().copied().filter(here);
        (1..).zip(items).map(|(number, row)| format!("{number}.{}", piece_text(opened, row))).collect()
    });
    let brought = opened.evidence.iter().filter(|row| row.origin.is_some()).filter(here);
    let brought: Vec<String> = brought.map(|row| row.fields.name.clone()).collect();
    let said = [("材料", named), ("专家现场", brought)].into_iter().filter(|(_, names)| !names.is_empty());
    let said: Vec<String> = said.map(|(word, names)| format!("{word}：{}", names.join("；"))).collect();
    (!said.is_empty()).then(|| said.join("。"))
}

/// A piece with its time and number, and what the expert found of it.
fn piece_text(opened: &Opened, row: &EvidenceRow) -> String {
    let judged = opened.records.judgements().find(|(id, _)| *id == row.id).map(|(_, judged)| {
        let note = judged.note.split_whitespace().collect::<Vec<_>>().join(" ");
        if note.is_empty() { judged.verdict.zh().to_owned() } else { format!("{}：{note}", judged.verdict.zh()) }
    });
    let said = [&row.fields.date, &row.fields.note].into_iter().cloned().chain(judged);
    let said: Vec<String> = said.filter(|text| !text.is_empty()).collect();
    if said.is_empty() { row.fields.name.clone() } else { format!("{}（{}）", row.fields.name, said.join("，")) }
}

/// Conditions over an indicator that changed its sum.
fn indicator_rows(scored: &IndicatorScore) -> Vec<Row> {
    let steps = outcome::steps(&scored.trace, Language::Zh);
    let place = format!("指标 {}", scored.code);
    let over = scored.trace.iter().zip(&steps).filter(|(step, _)| !matches!(step.reason, rubric::Reason::Sum { .. }));
    over.map(|(_, step)| {
        let mut row = step_row(step, "", &place);
        row.cells.insert(0, Cell::of(0, "整个指标", StyleName::TableCell, Align::Left, &place));
        row
    })
    .collect()
}

/// What was added or taken outside of the points.
fn adjustments(opened: &Opened) -> Vec<Block> {
    let rules = opened.rubric.adjustments.iter().zip(&opened.outcome.adjustments);
    let rows: Vec<Row> = rules
        .flat_map(|(rule, scored)| {
            let place = format!("加减分 {}", rule.code);
            let steps = outcome::steps(&scored.trace, Language::Zh);
            let mut rows: Vec<Row> = steps.iter().map(|step| step_row(step, &rule.text, &place)).collect();
            if rows.is_empty() {
                rows.push(wide_row("没有记录。", &place));
            }
            let title =
                if rule.code == rule.section { rule.code.clone() } else { format!("{} {}", rule.code, rule.title) };
            let cell = Cell { rows: rows.len(), ..Cell::of(0, &title, StyleName::TableCell, Align::Left, &place) };
            rows[0].cells.insert(0, cell);
            rows
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![heading(1, "五、加分和扣分"), Block::Table(trace_table(opened, rows))]
}
