//! The tree of indicators and points with their parts and limits, and the adjustments.

use super::Tables;
use super::rows::Row;
use crate::error::Error;
use crate::layout::{self, BAND, ITEM, LEVELS};
use crate::mapped::{Field, Mapped};
use rubric::decimal;
use rubric::write::quoted;
use std::collections::BTreeMap;

/// Columns that belong to the indicator of a row.
const OF_INDICATOR: [&str; 5] = ["lead", "assisting", "departments", "collection", "guidance"];

/// Columns that belong to the point of a row, or to the indicator when no point stands in it.
const OF_EITHER: [&str; 6] = ["max", "text", "note", "category", "method", "base"];

/// A part and the rows below it that are its bands and items.
struct PartRows<'a> {
    row: &'a Row,
    below: Vec<&'a Row>,
}

/// What stands under codes on other sheets; taken out when the code is met.
struct Under<'a> {
    parts: BTreeMap<&'a str, Vec<PartRows<'a>>>,
    limits: BTreeMap<(&'a str, &'a str), Vec<&'a Row>>,
}

/// Writes the indicators, the points and the adjustments, with what stands under their codes on other sheets.
pub fn write(tables: &Tables, file: &mut Mapped, faults: &mut Vec<Error>) {
    let mut under =
        Under { parts: parts(tables.of(&layout::RULES), faults), limits: limits(tables.of(&layout::LIMITS), faults) };
    let mut tree = Tree::default();
    for row in tables.of(&layout::TREE) {
        tree.row(row, &mut under, file, faults);
    }
    for row in tables.of(&layout::ADJUSTMENTS) {
        file.table(Some("[[adjustment]]"), row.all_but(&[]));
        write_parts(&mut under, row.text("code"), "adjustment", file, faults);
        write_limits(&mut under, (layout::OF_ADJUSTMENT, row.text("code")), "adjustment", file);
    }
    let unknown =
        |row: &Row, key: &str| Error::UnknownCode { cell: row.place(key).name(), found: row.text(key).to_owned() };
    faults.extend(under.parts.values().flatten().map(|part| unknown(part.row, "owner")));
    faults.extend(under.limits.values().flatten().map(|row| unknown(row, "owner_code")));
}

/// The parts by the code of their point or adjustment. A row without a code belongs to that of the row above.
fn parts<'a>(rows: &'a [Row], faults: &mut Vec<Error>) -> BTreeMap<&'a str, Vec<PartRows<'a>>> {
    let mut all: BTreeMap<&str, Vec<PartRows<'a>>> = BTreeMap::new();
    let mut owner = "";
    for row in rows {
        let (own, kind) = (row.text("owner"), row.text("kind"));
        let below = kind == BAND || kind == ITEM;
        if !own.is_empty() && below && own != owner {
            let cell = row.place("owner").name();
            faults.push(Error::Contradiction { cell, found: own.to_owned(), expected: owner.to_owned() });
            continue;
        }
        owner = if own.is_empty() { owner } else { own };
        let of_owner = all.entry(owner).or_default();
        match of_owner.last_mut() {
            _ if kind.is_empty() => faults.push(row.no_word("kind")),
            _ if owner.is_empty() => faults.push(row.orphan()),
            Some(part) if below => part.below.push(row),
            None if below => faults.push(row.orphan()),
            _ => {
                of_owner.push(PartRows { row, below: Vec::new() });
                let place = row.text("place");
                if !place.is_empty() && place != of_owner.len().to_string() {
                    let (cell, expected) = (row.place("place").name(), of_owner.len().to_string());
                    faults.push(Error::Contradiction { cell, found: place.to_owned(), expected });
                }
            }
        }
    }
    all
}

/// The limits by what they belong to.
fn limits<'a>(rows: &'a [Row], faults: &mut Vec<Error>) -> BTreeMap<(&'a str, &'a str), Vec<&'a Row>> {
    let mut all: BTreeMap<(&str, &str), Vec<&'a Row>> = BTreeMap::new();
    for row in rows {
        match row.text("owner") {
            "" => faults.push(row.no_word("owner")),
            owner => all.entry((owner, row.text("owner_code"))).or_default().push(row),
        }
    }
    all
}

/// The code and title of the indicators to which the next row belongs, level 1 first.
#[derive(Default)]
struct Tree<'a> {
    above: [Option<(&'a str, &'a str)>; 3],
    begun: bool,
}

impl<'a> Tree<'a> {
    fn row(&mut self, row: &'a Row, under: &mut Under<'a>, file: &mut Mapped, faults: &mut Vec<Error>) {
        let begins = self.begins(row, faults);
        let has_point = ["code", "title"].iter().any(|key| !row.text(key).is_empty());
        if begins.is_empty() && (!has_point || !self.begun) {
            return faults.push(row.orphan());
        }
        self.begun = true;
        for (index, level) in begins.iter().enumerate() {
            let last = index + 1 == begins.len();
            indicator(row, *level, last.then_some(has_point), file, faults);
            let code = row.text(LEVELS[*level][0]);
            write_limits(under, (layout::OF_INDICATOR, code), "indicator", file);
        }
        if has_point {
            let mut fields = row.only(&["code", "title"]);
            fields.extend(row.only(&OF_EITHER));
            if begins.is_empty() {
                fields.extend(row.only(&OF_INDICATOR)); // which a point does not have: filled in, they are refused
            }
            let code = row.text("code");
            file.table(Some("[[indicator.point]]"), fields);
            write_parts(under, code, "indicator.point", file, faults);
            write_limits(under, (layout::OF_POINT, code), "indicator.point", file);
        }
    }

    /// The levels that begin in a row. A blank or merged level cell, or one that repeats the one above, continues it.
    fn begins(&mut self, row: &'a Row, faults: &mut Vec<Error>) -> Vec<usize> {
        let mut begins = Vec::new();
        for (level, [code_key, title_key]) in LEVELS.iter().enumerate() {
            let (code, title) = (row.text(code_key), row.text(title_key));
            if code.is_empty() && title.is_empty() {
                continue;
            }
            match self.above[level] {
                Some((same, known)) if code == same || (code.is_empty() && title == known) => {
                    if !title.is_empty() && title != known {
                        let (cell, found) = (row.place(title_key).name(), title.to_owned());
                        faults.push(Error::Contradiction { cell, found, expected: known.to_owned() });
                    }
                }
                _ => {
                    self.above[level] = Some((code, title));
                    self.above[level + 1..].fill(None);
                    begins.push(level);
                }
            }
        }
        begins
    }
}

/// Writes an indicator that begins in a row. `with_point` says of the deepest whether a point stands in the row as well;
/// where the other columns are not its own, its marks stand behind its name, as printed: `办学定位（40分）`.
fn indicator(row: &Row, level: usize, with_point: Option<bool>, file: &mut Mapped, faults: &mut Vec<Error>) {
    let [code, title] = LEVELS[level];
    let place = row.place(code);
    let mut fields = vec![row.field("code", code), row.field("title", title)];
    fields.push(Field { key: "level", place, value: Some((level + 1).to_string()) });
    if with_point == Some(false) {
        fields.extend(row.only(&OF_EITHER));
    } else {
        let (place, found) = (row.place(title), row.text(title));
        let Some((name, max)) = name_and_marks(found, row.text(code)) else {
            return faults.push(Error::NoMarks { cell: place.name(), found: found.to_owned() });
        };
        let derived = |key, value| Field { key, place, value: Some(value) };
        fields[1] = derived("title", quoted(name));
        fields.extend([derived("max", max), derived("text", quoted(found))]);
    }
    if with_point.is_some() {
        fields.extend(row.only(&OF_INDICATOR));
    }
    file.table(Some("[[indicator]]"), fields);
}

/// Takes the number before and the marks behind a printed name apart: `1.办学定位（40分）` is `办学定位` with 40.
fn name_and_marks<'a>(text: &'a str, code: &str) -> Option<(&'a str, String)> {
    let inner = text.trim_end().strip_suffix(['）', ')'])?.strip_suffix('分')?;
    let (name, marks) = inner.rsplit_once(['（', '('])?;
    let name = name.strip_prefix(code).unwrap_or(name).trim_start_matches(['.', '．', '、', ' ']).trim_end();
    Some((name, decimal::show(decimal::parse(marks.trim())?)))
}

/// Writes the parts under a code, with their bands and items.
fn write_parts(under: &mut Under<'_>, code: &str, owner: &str, file: &mut Mapped, faults: &mut Vec<Error>) {
    for PartRows { row, below } in under.parts.remove(code).unwrap_or_default() {
        let mut fields = row.all_but(&["owner", "place", "formula"]);
        fields.push(row.field("of", "formula"));
        file.table(Some(&format!("[[{owner}.parts]]")), fields);
        let plain = row.text("kind") == "count";
        if plain {
            // What a count lists are texts and nothing else.
            let items = below.iter().filter(|row| row.text("kind") == ITEM);
            items.clone().for_each(|row| {
                faults.extend(row.surplus_but(&["owner", "kind", "sentence"]));
                faults.extend(row.blank("sentence"));
            });
            let values: Vec<_> = items.map(|row| (row.place("sentence"), quoted(row.text("sentence")))).collect();
            file.list("items", &values);
        }
        for row in below.into_iter().filter(|row| !plain || row.text("kind") == BAND) {
            let mut fields = row.all_but(&["owner", "kind", "formula", "sentence"]);
            fields.push(row.field("when", "formula"));
            let (list, sentence) = if row.text("kind") == BAND { ("bands", "sentence") } else { ("items", "name") };
            fields.push(row.field(sentence, "sentence"));
            file.table(Some(&format!("[[{owner}.parts.{list}]]")), fields);
        }
    }
}

/// Writes the limits under a code.
fn write_limits<'a>(under: &mut Under<'a>, of: (&'a str, &'a str), owner: &str, file: &mut Mapped) {
    for row in under.limits.remove(&of).unwrap_or_default() {
        file.table(Some(&format!("[[{owner}.limit]]")), row.all_but(&["owner", "owner_code"]));
    }
}
