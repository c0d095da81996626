//! The order of rows, by any column. Names are ordered as Chinese readers look them up: by sound, as GBK has them.

use super::Refused;
use crate::Result;
use crate::panel::Round;
use crate::view::{PanelUnit, RankRow, ResultsQuery, ResultsTable, ResultsView};
use rubric::decimal::parse;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// What rows are compared by; nothing comes last whichever way they are sorted.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Number(Decimal),
    Text(Vec<u8>),
}

/// A number as it is shown, with whatever sign.
pub(super) fn number(text: &str) -> Option<Key> {
    parse(&text.replace('−', "-").replace('+', "")).map(Key::Number)
}

fn whole(number: impl Into<Decimal>) -> Option<Key> {
    Some(Key::Number(number.into()))
}

pub(super) fn text(text: &str) -> Option<Key> {
    (!text.is_empty()).then(|| Key::Text(encoding_rs::GBK.encode(text).0.into_owned()))
}

/// Codes in the order of their numbers: `1.10` stands behind `1.9`.
fn code(text: &str) -> Option<Key> {
    let part = |part: &str| part.parse::<u64>().map_or_else(|_| part.to_owned(), |number| format!("{number:020}"));
    Some(Key::Text(text.split('.').map(part).collect::<Vec<_>>().join(".").into_bytes()))
}

/// Sorts rows; those that are equal stay as they are.
pub(super) fn by<T>(rows: &mut [T], descending: bool, key: impl Fn(&T) -> Option<Key>) {
    rows.sort_by_cached_key(|row| {
        let key = key(row);
        (key.is_none(), Direction { key, descending })
    });
}

/// A key that is compared the other way round where rows descend.
struct Direction {
    key: Option<Key>,
    descending: bool,
}

impl PartialEq for Direction {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Direction {}

impl PartialOrd for Direction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Direction {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = self.key.cmp(&other.key);
        if self.descending { order.reverse() } else { order }
    }
}

/// Sorts the rows that the query's view shows.
pub(super) fn sort(view: &mut ResultsView, round: &Round) -> Result<()> {
    let ResultsQuery { table, sort: Some(sort), .. } = view.query.clone() else { return Ok(()) };
    let (column, descending) = (sort.column.as_str(), sort.descending);
    require(table, column, round.panel.members.len())?;
    let place = |grade: &Option<String>| {
        let grade = grade.as_ref()?;
        whole(view.grade_choices.iter().position(|one| one == grade)?)
    };
    match table {
        ResultsTable::Matrix => by(&mut view.panel.units, descending, |unit| matrix(unit, column, &place)),
        ResultsTable::Ranking => by(&mut view.ranking, descending, |row| ranked(row, column, &place)),
        ResultsTable::Grades => by(&mut view.grades, descending, |row| match column {
            "grade" => place(&row.grade),
            _ => whole(row.units),
        }),
        ResultsTable::Indicators => by(&mut view.indicators, descending, |row| match column {
            "code" => code(&row.code),
            "title" => text(&row.title),
            "level" => whole(row.level),
            "max" => number(&row.max),
            "lowest" => number(&row.lowest),
            "highest" => number(&row.highest),
            "below" => whole(row.below),
            "units" => whole(row.units),
            _ => row.percent.as_deref().and_then(number),
        }),
        ResultsTable::Own => by(&mut view.own, descending, |row| match column {
            "unit" => text(&row.unit),
            "self" => row.own.as_deref().and_then(number),
            "panel" => row.panel.as_deref().and_then(number),
            _ => row.difference.as_deref().and_then(number),
        }),
        ResultsTable::Profile | ResultsTable::Compare | ResultsTable::Trend => {}
    }
    Ok(())
}

fn matrix(unit: &PanelUnit, column: &str, place: &impl Fn(&Option<String>) -> Option<Key>) -> Option<Key> {
    match column {
        "unit" => text(&unit.unit),
        "counted" => whole(unit.counted),
        "spread" => unit.spread.as_deref().and_then(number),
        "panel" => unit.total.as_deref().and_then(number),
        "grade" => place(&unit.grade),
        member => unit.cells.get(member_index(member)?)?.total.as_deref().and_then(number),
    }
}

fn ranked(row: &RankRow, column: &str, place: &impl Fn(&Option<String>) -> Option<Key>) -> Option<Key> {
    match column {
        "unit" => text(&row.unit),
        "panel" => number(&row.total),
        "percent" => row.percent.as_deref().and_then(number),
        "grade" => place(&row.grade),
        "missing" => whole(row.missing),
        _ => whole(row.rank),
    }
}

/// `member-1` is the first.
fn member_index(column: &str) -> Option<usize> {
    column.strip_prefix("member-")?.parse::<usize>().ok()?.checked_sub(1)
}

/// The columns of a view that rows can be sorted by, besides those of members, years and units.
pub(super) fn columns(table: ResultsTable) -> &'static [&'static str] {
    match table {
        ResultsTable::Matrix => &["unit", "counted", "spread", "panel", "grade"],
        ResultsTable::Ranking => &["rank", "unit", "panel", "percent", "grade", "missing"],
        ResultsTable::Grades => &["grade", "units"],
        ResultsTable::Indicators => {
            &["code", "title", "level", "max", "percent", "lowest", "highest", "below", "units"]
        }
        ResultsTable::Own => &["unit", "self", "panel", "difference"],
        ResultsTable::Profile | ResultsTable::Compare => &["code", "title", "max", "all"],
        ResultsTable::Trend => &["unit", "code"],
    }
}

/// Refuses a column that the view has not. `numbered`: how many members, units or rounds have a column of their own.
pub(super) fn require(table: ResultsTable, column: &str, numbered: usize) -> Result<()> {
    let of = match table {
        ResultsTable::Matrix => Some("member-"),
        ResultsTable::Profile | ResultsTable::Compare => Some("percent-"),
        ResultsTable::Trend => Some("year-"),
        _ => None,
    };
    let fits = of.and_then(|prefix| column.strip_prefix(prefix)?.parse::<usize>().ok());
    if columns(table).contains(&column) || fits.is_some_and(|number| (1..=numbered).contains(&number)) {
        return Ok(());
    }
    let further = of.map(|prefix| format!("{prefix}1")).into_iter();
    let known = columns(table).iter().map(|name| (*name).to_owned()).chain(further).collect::<Vec<_>>().join("、");
    Err(Refused::UnknownColumn { given: column.to_owned(), known }.into())
}

/// The number behind a column's name, from 0.
pub(super) fn numbered(column: &str) -> Option<usize> {
    column.rsplit_once('-')?.1.parse::<usize>().ok()?.checked_sub(1)
}

pub(super) fn by_code(of: &str) -> Option<Key> {
    code(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_comes_last_either_way_and_names_go_by_sound() {
        let mut marks = [Some("9"), None, Some("10"), Some("−1")];
        by(&mut marks, false, |mark| mark.and_then(number));
        assert_eq!(marks, [Some("−1"), Some("9"), Some("10"), None]);
        by(&mut marks, true, |mark| mark.and_then(number));
        assert_eq!(marks, [Some("10"), Some("9"), Some("−1"), None]);
        let mut names = ["漳源分校", "并州分校", "上党分校", "汾曲分校"];
        by(&mut names, false, |name| text(name));
        assert_eq!(names, ["并州分校", "汾曲分校", "上党分校", "漳源分校"]);
        let mut codes = ["1.10", "1.9", "2", "1"];
        by(&mut codes, false, |one| code(one));
        assert_eq!(codes, ["1", "1.9", "1.10", "2"]);
    }
}
