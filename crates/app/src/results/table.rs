//! Results as tidy tables: a heading, then one line for each thing.

use crate::view::{PanelUnitView, ProfileView, ResultsView, TrendView};
use crate::{Language, problem};

/// A cell; numbers are written as they are, texts never as a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number, or nothing.
    Number(Option<String>),
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The headings.
    pub headings: Vec<String>,
    /// The lines.
    pub lines: Vec<Vec<Cell>>,
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn number(number: impl ToString) -> Cell {
    Cell::Number(Some(number.to_string()))
}

fn maybe(number: Option<&String>) -> Cell {
    Cell::Number(number.cloned())
}

/// Every heading.
#[cfg(test)]
pub(crate) const COLUMNS: &[&str] = &[
    "share",
    "unit",
    "assessor",
    "organisation",
    "state",
    "total",
    "dropped",
    "outlier",
    "panel",
    "grade",
    "rank",
    "percent",
    "units",
    "code",
    "title",
    "level",
    "max",
    "lowest",
    "highest",
    "below",
    "self",
    "difference",
    "score",
    "all",
    "year",
    "edition",
    "mark",
    "none",
    "counted",
    "spread",
    "flags",
    "missing",
    "spread",
    "counted",
    "flags",
];

/// Words of headings, from `messages/panels.toml`.
fn headings(names: &[&str], language: Language) -> Vec<String> {
    names.iter().map(|name| problem::word(&format!("panels.column.{name}"), language)).collect()
}

impl Table {
    /// The table as CSV with a byte order mark, which Excel needs to read Chinese.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut csv = data::csv_begin();
        let headings: Vec<Cell> = self.headings.iter().map(text).collect();
        for cells in std::iter::once(&headings).chain(&self.lines) {
            for (at, cell) in cells.iter().enumerate() {
                csv.push_str(if at == 0 { "" } else { "," });
                match cell {
                    Cell::Number(number) => csv.push_str(number.as_deref().unwrap_or_default()),
                    Cell::Text(text) => data::csv_text(&mut csv, text),
                }
            }
            csv.push_str("\r\n");
        }
        csv
    }

    /// Unit × assessor, one line for each pair.
    #[must_use]
    pub fn matrix(view: &ResultsView, language: Language) -> Self {
        let names = ["unit", "assessor", "organisation", "state", "total", "dropped", "outlier", "panel", "grade"];
        let mut lines = Vec::new();
        for unit in &view.panel.units {
            for (member, cell) in view.panel.members.iter().zip(&unit.cells) {
                lines.push(vec![
                    text(&unit.unit),
                    text(&member.name),
                    text(&member.organisation),
                    text(&cell.standing.text),
                    maybe(cell.total.as_ref()),
                    text(dropped(&cell.dropped, language)),
                    number(u8::from(cell.outlier)),
                    maybe(unit.total.as_ref()),
                    text(unit.grade.clone().unwrap_or_default()),
                ]);
            }
        }
        Self { headings: headings(&names, language), lines }
    }

    /// The table as the window shows it: one line for each unit. What does not count stands in parentheses or as a word.
    #[must_use]
    pub fn shown(view: &crate::view::PanelView, language: Language) -> Self {
        let cell = |cell: &crate::view::PanelCell| match &cell.total {
            Some(total) if cell.standing.code != "counted" => text(format!("{total}（{}）", cell.standing.text)),
            Some(total) if !cell.dropped.is_empty() => text(format!("（{total}）")),
            None => text(&cell.standing.text),
            total => maybe(total.as_ref()),
        };
        let line = |unit: &crate::view::PanelUnit| {
            let mut line = vec![text(&unit.unit)];
            line.extend(unit.cells.iter().map(cell));
            let flags: Vec<&str> = unit.flags.iter().map(|flag| flag.text.as_str()).collect();
            line.extend([maybe(unit.spread.as_ref()), number(unit.counted), maybe(unit.total.as_ref())]);
            line.extend([text(unit.grade.clone().unwrap_or_default()), text(flags.join("；"))]);
            line
        };
        let mut columns = headings(&["unit"], language);
        columns.extend(view.members.iter().map(|member| member.name.clone()));
        columns.extend(headings(&["spread", "counted", "panel", "grade", "flags"], language));
        Self { headings: columns, lines: view.units.iter().map(line).collect() }
    }

    /// The ranking.
    #[must_use]
    pub fn ranking(view: &ResultsView, language: Language) -> Self {
        let line = |row: &crate::view::RankRow| {
            let grade = text(row.grade.clone().unwrap_or_default());
            let missing = number(row.missing);
            vec![number(row.rank), text(&row.unit), number(&row.total), maybe(row.percent.as_ref()), grade, missing]
        };
        let none = || Cell::Number(None);
        let unranked = |unit: &String| vec![none(), text(unit), none(), none(), text(""), none()];
        let lines = view.ranking.iter().map(line).chain(view.unranked.iter().map(unranked)).collect();
        Self { headings: headings(&["rank", "unit", "panel", "percent", "grade", "missing"], language), lines }
    }

    /// How many units have each grade.
    #[must_use]
    pub fn grades(view: &ResultsView, language: Language) -> Self {
        let none = problem::word("panels.column.none", language);
        let line = |row: &crate::view::GradeCount| {
            vec![text(row.grade.clone().unwrap_or_else(|| none.clone())), number(row.units), maybe(row.share.as_ref())]
        };
        Self {
            headings: headings(&["grade", "units", "share"], language),
            lines: view.grades.iter().map(line).collect(),
        }
    }

    /// Indicators over all units, the weakest first.
    #[must_use]
    pub fn indicators(view: &ResultsView, language: Language) -> Self {
        let names = ["code", "title", "level", "max", "percent", "lowest", "highest", "below", "units"];
        let line = |row: &crate::view::IndicatorRow| {
            vec![
                text(&row.code),
                text(&row.title),
                number(row.level),
                number(&row.max),
                maybe(row.percent.as_ref()),
                number(&row.lowest),
                number(&row.highest),
                number(row.below),
                number(row.units),
            ]
        };
        Self { headings: headings(&names, language), lines: view.indicators.iter().map(line).collect() }
    }

    /// Self against panel.
    #[must_use]
    pub fn own(view: &ResultsView, language: Language) -> Self {
        let line = |row: &crate::view::OwnRow| {
            let difference = row.difference.as_ref().map(|difference| difference.replace('−', "-").replace('+', ""));
            vec![text(&row.unit), maybe(row.own.as_ref()), maybe(row.panel.as_ref()), Cell::Number(difference)]
        };
        let names = ["unit", "self", "panel", "difference"];
        Self { headings: headings(&names, language), lines: view.own.iter().map(line).collect() }
    }

    /// Units side by side, one line for each indicator and unit.
    #[must_use]
    pub fn profile(view: &ProfileView, language: Language) -> Self {
        let names = ["unit", "code", "title", "level", "max", "score", "percent", "self", "all", "rank"];
        let mut lines = Vec::new();
        for (at, unit) in view.units.iter().enumerate() {
            for row in &view.rows {
                lines.push(vec![
                    text(unit),
                    text(&row.code),
                    text(&row.title),
                    number(row.level),
                    number(&row.max),
                    maybe(row.scores[at].as_ref()),
                    maybe(row.percents[at].as_ref()),
                    maybe(row.own[at].as_ref()),
                    maybe(row.all.as_ref()),
                    Cell::Number(row.ranks[at].map(|rank| rank.to_string())),
                ]);
            }
        }
        Self { headings: headings(&names, language), lines }
    }

    /// Units over the years, one line for each unit, indicator and round.
    #[must_use]
    pub fn trend(view: &TrendView, language: Language) -> Self {
        let mut lines = Vec::new();
        for row in &view.rows {
            for (round, percent) in view.rounds.iter().zip(&row.percents) {
                lines.push(vec![
                    text(&row.unit),
                    text(&row.code),
                    text(&row.title),
                    number(round.panel.year),
                    text(&round.panel.edition),
                    maybe(percent.as_ref()),
                ]);
            }
        }
        Self { headings: headings(&["unit", "code", "title", "year", "edition", "percent"], language), lines }
    }

    /// How a mark of a unit came about, a line for each member.
    #[must_use]
    pub fn mark(view: &crate::view::MarkView, language: Language) -> Self {
        let line = |member: &crate::view::MemberMark| {
            vec![
                text(&view.unit),
                text(&view.code),
                text(&view.title),
                text(&member.name),
                text(&member.standing.text),
                maybe(member.mark.as_ref()),
                text(dropped(&member.dropped, language)),
                maybe(view.mark.as_ref()),
            ]
        };
        let names = ["unit", "code", "title", "assessor", "state", "mark", "dropped", "panel"];
        Self { headings: headings(&names, language), lines: view.members.iter().map(line).collect() }
    }

    /// How the marks of units became one, a line for each point and member.
    #[must_use]
    pub fn calculations(views: &[PanelUnitView], language: Language) -> Self {
        let mut lines = Vec::new();
        let all = views.iter().flat_map(|view| view.totals.iter().chain(&view.points).map(move |one| (view, one)));
        for (view, calculation) in all {
            for mark in &calculation.marks {
                lines.push(vec![
                    text(&view.unit.unit),
                    text(&calculation.code),
                    text(&calculation.title),
                    text(&mark.name),
                    number(&mark.mark),
                    text(dropped(&mark.part, language)),
                    maybe(calculation.mark.as_ref()),
                ]);
            }
        }
        let names = ["unit", "code", "title", "assessor", "mark", "dropped", "panel"];
        Self { headings: headings(&names, language), lines }
    }
}

/// Why a mark does not count, in words; nothing where it does.
fn dropped(part: &str, language: Language) -> String {
    match part {
        "" | "counted" => String::new(),
        part => problem::word(&format!("panels.part.{part}"), language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_numbers_and_texts_compute_nothing() {
        let lines = vec![vec![text("=1+2"), number("-3.5"), Cell::Number(None), text("a\"b")]];
        let table = Table { headings: vec!["甲".into(), "乙".into(), "丙".into(), "丁".into()], lines };
        assert_eq!(table.csv(), "\u{feff}\"甲\",\"乙\",\"丙\",\"丁\"\r\n\"'=1+2\",-3.5,,\"a\"\"b\"\r\n");
    }
}
