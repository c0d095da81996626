//! What a score book asks for: the rows of a rubric, and the cells in them that a person fills in.

use assessment::EntryKind;
use assessment::record::joined;
use rubric::decimal::show;
use rubric::legal::LegalMarks;
use rubric::model::{Adjustment, Band, EntryItem, Indicator, Limit, Part, Point, Quantity, Rule, Shape as RubricShape};
use rubric::score::needed_at;
use rubric::{Conformity, Rubric};
use strum::VariantNames;

/// A cell to be filled in: an entry of the sheet, or a piece of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Kind of the entry.
    pub kind: EntryKind,
    /// Code of the entry.
    pub entry: String,
    /// Which piece of the entry's value.
    pub inner: Inner,
    /// What the cell may hold.
    pub shape: Shape,
}

/// Which piece of an entry's value a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inner {
    /// All of it.
    Whole,
    /// One item of its list, from 0.
    Item(u32),
    /// How many besides the list.
    More,
}

/// What a cell may hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A mark.
    Mark(LegalMarks),
    /// A quantity; `true` where only whole numbers make sense.
    Number(bool),
    /// How many there are.
    Count,
    /// One of two words.
    Choice(Choice),
    /// How far a clause is met.
    Conformity,
    /// One word, or nothing.
    Tick(&'static str),
    /// A text.
    Text,
}

/// Two words, and which of them says that something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub words: &'static [&'static str],
    pub holds: usize,
}

const CHECK: Choice = Choice { words: &["是", "否"], holds: 0 };
const DEDUCTION: Choice = Choice { words: &["不扣", "扣"], holds: 1 };
const ITEM: Choice = Choice { words: &["有", "没有"], holds: 0 };
const ITEM_MISSING: Choice = Choice { words: &["有", "缺"], holds: 1 };
const CONDITION: Choice = Choice { words: &["存在", "不存在"], holds: 0 };
/// 疑问.
const DOUBT: &str = "是";
/// No achievement at all.
const NOTHING: &str = "没有";

impl Choice {
    /// The word for what holds, or does not.
    pub fn word(self, holds: bool) -> &'static str {
        self.words[if holds { self.holds } else { 1 - self.holds }]
    }
}

impl Shape {
    /// The words of its list; empty where it has none.
    pub fn words(&self) -> Vec<&'static str> {
        match self {
            Self::Choice(choice) => choice.words.to_vec(),
            Self::Conformity => Conformity::VARIANTS.to_vec(),
            Self::Tick(word) => vec![word],
            Self::Mark(_) | Self::Number(_) | Self::Count | Self::Text => Vec::new(),
        }
    }
}

/// A row of the sheet that is filled in.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Level of the indicator, for a row that only names one.
    pub level: Option<u32>,
    /// As printed beside it: code of the indicator, point, condition or adjustment.
    pub code: String,
    /// What the row is about.
    pub label: String,
    /// The sentence that it rests on.
    pub sentence: String,
    /// Full marks.
    pub max: String,
    /// What may be filled in, in words.
    pub hint: String,
    /// The value.
    pub value: Option<Slot>,
    /// The remark.
    pub remark: Option<Slot>,
    /// The doubt.
    pub doubt: Option<Slot>,
}

impl Line {
    /// What the row is known by when the workbook is read; `None` when there is nothing to fill in.
    pub fn key(&self) -> Option<String> {
        let slot = self.value.as_ref().or(self.remark.as_ref())?;
        let kind = <&str>::from(slot.kind);
        Some(match slot.inner {
            Inner::Whole => format!("{kind} {}", slot.entry),
            Inner::Item(item) => format!("{kind} {} {}", slot.entry, item + 1),
            Inner::More => format!("{kind} {} +", slot.entry),
        })
    }

    /// Its cells, in the order of their columns.
    pub fn slots(&self) -> [Option<&Slot>; 3] {
        [self.value.as_ref(), self.remark.as_ref(), self.doubt.as_ref()]
    }
}

/// A list of achievements of several kinds, which has rows of its own.
#[derive(Clone, Debug)]
pub struct List {
    /// Code of the entry.
    pub entry: String,
    /// Code of the point or adjustment.
    pub code: String,
    /// Its title.
    pub label: String,
    /// The kinds.
    pub items: Vec<EntryItem>,
}

impl List {
    /// What a row of it, from 0, is known by.
    pub fn key(&self, row: usize) -> String {
        format!("list {} {}", self.entry, row + 1)
    }
}

/// All rows of a rubric.
#[derive(Default)]
pub struct Plan {
    pub lines: Vec<Line>,
    pub lists: Vec<List>,
}

impl Plan {
    pub fn of(rubric: &Rubric) -> Self {
        let mut plan = Self::default();
        for indicator in &rubric.indicators {
            plan.indicator(rubric, indicator);
        }
        for adjustment in &rubric.adjustments {
            plan.adjustment(rubric, adjustment);
        }
        plan
    }

    fn indicator(&mut self, rubric: &Rubric, indicator: &Indicator) {
        self.lines.push(Line {
            level: Some(indicator.level),
            code: indicator.code.clone(),
            label: indicator.title.clone(),
            sentence: with_note(&indicator.text, indicator.note.as_deref()),
            max: max(rubric, indicator.max),
            ..Line::default()
        });
        // An indicator that is not split has one point with its own code, which asks for the figures of both.
        if indicator.points.iter().all(|point| point.code != indicator.code) {
            self.quantities(rubric, &indicator.code);
        }
        self.limits(&indicator.code, &indicator.limits);
        for point in &indicator.points {
            self.point(rubric, point);
        }
    }

    fn point(&mut self, rubric: &Rubric, point: &Point) {
        let mut head = Line {
            code: point.code.clone(),
            label: point.title.clone(),
            sentence: with_note(&point.text, point.note.as_deref()),
            max: max(rubric, point.max),
            remark: Some(whole(EntryKind::Remark, &point.code, Shape::Text)),
            doubt: Some(whole(EntryKind::Doubt, &point.code, Shape::Tick(DOUBT))),
            ..Line::default()
        };
        let clause = match point.parts.as_slice() {
            [part] if matches!(part.rule, Rule::Conform { .. }) => Some(part),
            _ => None,
        };
        if let Some(part) = clause {
            head.value = Some(whole(EntryKind::Part, &joined(&point.code, "1"), Shape::Conformity));
            head.hint = hint(part);
        } else if rubric.shape == RubricShape::Score {
            head.value = Some(whole(EntryKind::Mark, &point.code, Shape::Mark(point.legal.clone())));
            let legal = legal(&point.legal, rubric);
            let direct = format!("一般不填，由下面各行算出；直接给分的，填 {legal}，并写明意见");
            head.hint = if point.is_judged() { legal } else { direct };
        }
        self.lines.push(head);
        if clause.is_none() && !point.is_judged() {
            self.parts(rubric, &point.code, &point.title, &point.parts);
        }
        self.quantities(rubric, &point.code);
        self.limits(&point.code, &point.limits);
    }

    fn adjustment(&mut self, rubric: &Rubric, adjustment: &Adjustment) {
        self.lines.push(Line {
            code: adjustment.code.clone(),
            label: adjustment.title.clone(),
            sentence: with_note(&adjustment.text, adjustment.note.as_deref()),
            hint: if adjustment.reason { "有加减分的，写明意见".to_owned() } else { String::new() },
            remark: Some(whole(EntryKind::Remark, &adjustment.code, Shape::Text)),
            ..Line::default()
        });
        self.parts(rubric, &adjustment.code, &adjustment.title, &adjustment.parts);
        self.quantities(rubric, &adjustment.code);
        self.limits(&adjustment.code, &adjustment.limits);
    }

    fn parts(&mut self, rubric: &Rubric, code: &str, title: &str, parts: &[Part]) {
        for (number, part) in (1..).zip(parts) {
            let place = PartPlace { code, title, number, several: parts.len() > 1 };
            self.part(rubric, &place, part);
        }
    }

    fn part(&mut self, rubric: &Rubric, place: &PartPlace<'_>, part: &Part) {
        let entry = place.entry();
        let slot = |inner, shape| Some(Slot { kind: EntryKind::Part, entry: entry.clone(), inner, shape });
        let mut line = place.line(part);
        match &part.rule {
            Rule::Count { items, open, unit, .. } => {
                self.items(place, part, items, if part.takes { ITEM_MISSING } else { ITEM });
                if items.is_empty() || *open {
                    line.label = count_label(part.takes, !items.is_empty(), unit);
                    line.hint = "整数，没有填 0".to_owned();
                    line.value = slot(Inner::More, Shape::Count);
                    self.lines.push(line);
                }
            }
            Rule::Entries { items, coefficients: false, .. } => {
                for (at, item) in (0..).zip(items) {
                    let mut line = place.line(part);
                    line.label.clone_from(&item.name);
                    line.hint = hint(part);
                    line.value = slot(Inner::Item(at), Shape::Mark(part.legal.clone()));
                    self.lines.push(line);
                }
            }
            Rule::Entries { items, .. } => {
                line.hint = format!("成果逐项填在“{}”表里；一项也没有的选“{NOTHING}”", super::LIST_SHEET);
                line.value = slot(Inner::Whole, Shape::Tick(NOTHING));
                self.lines.push(line);
                let label = place.title.to_owned();
                self.lists.push(List { entry, code: place.code.to_owned(), label, items: items.clone() });
            }
            Rule::Measure(_) => {
                line.hint = "由下面的数据算出".to_owned();
                self.lines.push(line);
            }
            Rule::Check { .. } => {
                line.value = slot(Inner::Whole, Shape::Choice(if part.takes { DEDUCTION } else { CHECK }));
                self.lines.push(line);
            }
            Rule::Conform { .. } => {
                line.value = slot(Inner::Whole, Shape::Conformity);
                self.lines.push(line);
            }
            Rule::Award { .. } | Rule::Range { .. } | Rule::Band { .. } => {
                if line.hint.is_empty() {
                    line.hint = legal(&part.legal, rubric);
                }
                line.value = slot(Inner::Whole, Shape::Mark(part.legal.clone()));
                self.lines.push(line);
            }
        }
    }

    /// One row for each item that is counted.
    fn items(&mut self, place: &PartPlace<'_>, part: &Part, items: &[String], choice: Choice) {
        for (at, item) in (0..).zip(items) {
            let mut line = place.line(part);
            line.label.clone_from(item);
            line.hint = choice.words.join("、");
            let (entry, shape) = (place.entry(), Shape::Choice(choice));
            line.value = Some(Slot { kind: EntryKind::Part, entry, inner: Inner::Item(at), shape });
            self.lines.push(line);
        }
    }

    fn quantities(&mut self, rubric: &Rubric, code: &str) {
        let line = |quantity: &Quantity| Line {
            code: code.to_owned(),
            label: format!("数据：{}（{}）", quantity.name, quantity.unit),
            sentence: quantity.note.clone().unwrap_or_default(),
            hint: match (quantity.unit.as_str(), quantity.whole) {
                ("%", _) => "百分数的数值：85% 填 85".to_owned(),
                (unit, true) => format!("整数，单位：{unit}"),
                (unit, false) => format!("数，单位：{unit}"),
            },
            value: Some(whole(EntryKind::Quantity, &joined(code, &quantity.name), Shape::Number(quantity.whole))),
            ..Line::default()
        };
        self.lines.extend(needed_at(rubric, code).into_iter().map(line));
    }

    fn limits(&mut self, code: &str, limits: &[Limit]) {
        let line = |limit: &Limit| Line {
            code: code.to_owned(),
            label: format!("条件：{}", limit.title),
            sentence: with_note(&limit.text, limit.note.as_deref()),
            hint: if limit.when.is_some() {
                "由数据判定，一般不填".to_owned()
            } else {
                CONDITION.words.join("、")
            },
            value: Some(whole(EntryKind::Condition, &limit.code, Shape::Choice(CONDITION))),
            ..Line::default()
        };
        self.lines.extend(limits.iter().map(line));
    }
}

/// Where a part stands.
struct PartPlace<'a> {
    code: &'a str,
    title: &'a str,
    /// From 1.
    number: u32,
    /// Whether there are others beside it.
    several: bool,
}

impl PartPlace<'_> {
    fn entry(&self) -> String {
        joined(self.code, &self.number.to_string())
    }

    /// A row about the part as a whole.
    fn line(&self, part: &Part) -> Line {
        let number = if self.several { self.number.to_string() } else { String::new() };
        let sentence = match &part.rule {
            Rule::Band { bands, .. } => with_bands(&part.sentence, bands),
            _ => part.sentence.clone(),
        };
        Line {
            code: self.code.to_owned(),
            label: format!("规则{number}"),
            sentence,
            hint: hint(part),
            ..Line::default()
        }
    }
}

fn whole(kind: EntryKind, entry: &str, shape: Shape) -> Slot {
    Slot { kind, entry: entry.to_owned(), inner: Inner::Whole, shape }
}

fn with_note(text: &str, note: Option<&str>) -> String {
    note.map_or_else(|| text.to_owned(), |note| format!("{text}\n{note}"))
}

fn with_bands(sentence: &str, bands: &[Band]) -> String {
    let band = |band: &Band| format!("\n{}–{}：{}", show(band.from), show(band.to), band.sentence);
    std::iter::once(sentence.to_owned()).chain(bands.iter().map(band)).collect()
}

/// Full marks, where marks are given.
fn max(rubric: &Rubric, max: rust_decimal::Decimal) -> String {
    if rubric.shape == RubricShape::Score { show(max) } else { String::new() }
}

fn count_label(takes: bool, besides: bool, unit: &str) -> String {
    match (takes, besides) {
        (true, true) => format!("另缺几{unit}"),
        (true, false) => format!("缺几{unit}"),
        (false, true) => format!("另有几{unit}"),
        (false, false) => format!("有几{unit}"),
    }
}

/// What may be filled in for a part, where more is to be said than its marks.
fn hint(part: &Part) -> String {
    match &part.rule {
        Rule::Check { amount } if part.takes => format!("不扣，或扣（{} 分）", show(*amount)),
        Rule::Check { .. } => CHECK.words.join("、"),
        Rule::Range { from, to } if part.takes => format!("不扣填 0；扣 {}–{} 分", show(*from), show(*to)),
        Rule::Conform { .. } => Conformity::VARIANTS.join("、"),
        Rule::Entries { each_most: Some(most), .. } => format!("0–{}，没有的填 0", show(*most)),
        Rule::Entries { most, .. } => format!("0–{}，没有的填 0", show(*most)),
        _ => String::new(),
    }
}

/// The marks in words, with the step.
pub fn legal(marks: &LegalMarks, rubric: &Rubric) -> String {
    let step = if rubric.step == rust_decimal::Decimal::ONE {
        "整数".to_owned()
    } else {
        format!("{} 的倍数", show(rubric.step))
    };
    format!("{}，{step}", marks.words())
}
