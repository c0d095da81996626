//! Reading a score book that was filled in.

use super::cells::{self, own};
use super::slots::{Line, List, Plan, Slot};
use super::values::{Cells, ListRow, recorded_entries, rows, shown};
use super::{Facts, HEADING_ROW_LIMIT, IDENTITY_SHEET, LISTS, Layout, MOST_LISTED, TABLE};
use crate::error::Error;
use crate::grid::{At, Book, Grid, cell_name};
use assessment::{Entry, EntryKind, Records};
use rubric::{EntryFinding, Rubric};
use std::collections::{BTreeMap, BTreeSet};

/// What a score book brings to a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The cells that differ from what the sheet has, in the order of the rubric.
    pub changes: Vec<Change>,
    /// The entries that they make up, each with the cell where a refusal of it is to be reported.
    pub entries: Vec<(Entry, String)>,
    /// Rows of the rubric that are not in the workbook; what they are about stays as it is.
    pub missing: Vec<String>,
    /// What is wrong in single cells and rows; nothing of them is among the entries.
    pub faults: Vec<Error>,
}

/// A cell that changes something.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The cell.
    pub cell: String,
    /// Code of the point, indicator or adjustment.
    pub code: String,
    /// What the row is about, and for other cells than the value the heading of the column.
    pub label: String,
    /// What is recorded; empty for nothing.
    pub before: String,
    /// What will be recorded; empty for nothing.
    pub after: String,
    /// What was recorded when the workbook was written, where that was changed in the program since.
    pub exported: Option<String>,
}

/// Where a workbook is read for.
pub struct Target<'a> {
    /// The rubric of the sheet.
    pub rubric: &'a Rubric,
    /// What is recorded on the sheet.
    pub records: &'a Records,
    /// The sheet.
    pub facts: &'a Facts,
    /// Whether a workbook of another sheet or rubric is taken as well.
    pub anyway: bool,
}

/// What a workbook belongs to.
///
/// # Errors
/// A workbook that cannot be read, or is no score book.
pub fn facts(bytes: &[u8], file_name: &str) -> Result<Facts, Error> {
    let mut book = Book::open(bytes, file_name)?;
    if !book.names.iter().any(|(found, _)| found == IDENTITY_SHEET) {
        return Err(Error::NoScoreBook {});
    }
    Facts::read(&book.grid(IDENTITY_SHEET)?)
}

/// Reads a workbook and compares it with the sheet.
///
/// A cell that holds what it held when the workbook was written changes nothing, whatever happened to the sheet since;
/// a cell that was emptied takes the entry away. In a workbook of another sheet, empty cells change nothing.
///
/// # Errors
/// A workbook that cannot be read, is no score book, or is not one for this sheet. What is wrong in single cells is part
/// of the answer.
pub fn read(bytes: &[u8], file_name: &str, target: &Target<'_>) -> Result<Reading, Error> {
    let mut book = Book::open(bytes, file_name)?;
    let has = |name: &str| book.names.iter().any(|(found, _)| found == name);
    if !has(IDENTITY_SHEET) {
        return Err(Error::NoScoreBook {});
    }
    if let Some(sheet) = [TABLE.name, LISTS.name].into_iter().find(|sheet| !has(sheet)) {
        return Err(Error::MissingSheet { sheet: sheet.to_owned() });
    }
    let identity = Facts::read(&book.grid(IDENTITY_SHEET)?)?;
    identity.check(target.facts, target.anyway)?;
    let plan = Plan::of(target.rubric);
    let mut reader = Reader {
        target,
        own: identity.sheet == target.facts.sheet,
        taken: BTreeMap::new(),
        lists: BTreeMap::new(),
        changes: BTreeMap::new(),
        unread: BTreeSet::new(),
        faults: Vec::new(),
    };
    let mut seen = reader.table(&book.grid(TABLE.name)?, &plan);
    seen.append(&mut reader.lists(&book.grid(LISTS.name)?, &plan));
    Ok(reader.finish(&plan, &seen))
}

/// Place of a cell: index of its line and of its slot in it.
type Place = (usize, usize);

struct Reader<'a> {
    target: &'a Target<'a>,
    /// Whether the workbook was written for this very sheet.
    own: bool,
    /// Cells that were read: name and text.
    taken: BTreeMap<Place, (String, String)>,
    /// Lists that change, by their number: the cell to name, and their rows.
    lists: BTreeMap<usize, (String, Vec<EntryFinding>)>,
    /// By line (lists stand behind all lines) and slot.
    changes: BTreeMap<Place, Change>,
    /// Entries with a cell that cannot be read.
    unread: BTreeSet<(EntryKind, String)>,
    faults: Vec<Error>,
}

/// The columns of a sheet, found by their headings.
struct Columns {
    layout: &'static Layout,
    /// The row of the headings.
    heading: u32,
    places: Vec<u32>,
}

impl Columns {
    fn find(grid: &Grid, layout: &'static Layout) -> Result<Self, Error> {
        let wanted = layout.columns;
        let first_line = |at| own(grid, at).lines().next().unwrap_or_default().to_owned();
        let in_row = |row: u32| -> BTreeMap<String, Vec<u32>> {
            let cells = grid.cells.range((row, 0)..(row + 1, 0));
            let mut found: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            cells.for_each(|((_, column), _)| found.entry(first_line((row, *column))).or_default().push(*column));
            found
        };
        let heading =
            (0..HEADING_ROW_LIMIT).find(|row| in_row(*row).contains_key(wanted[layout.key].zh)).unwrap_or_default();
        let found = in_row(heading);
        let place = |column: &super::Column| match found.get(column.zh).map(Vec::as_slice) {
            None => Err(Error::MissingHeading { sheet: grid.name.clone(), heading: column.zh.to_owned() }),
            Some([place]) => Ok(*place),
            Some(places) => Err(Error::DuplicateHeading {
                cell: cell_name(&grid.name, (heading, places[1])),
                heading: column.zh.to_owned(),
            }),
        };
        Ok(Self { layout, heading, places: wanted.iter().map(place).collect::<Result<_, _>>()? })
    }

    fn key(&self, row: u32) -> At {
        (row, self.places[self.layout.key])
    }

    /// A cell that is filled in.
    fn value(&self, row: u32, index: usize) -> At {
        (row, self.places[self.layout.values[index]])
    }

    fn exported(&self, row: u32, index: usize) -> At {
        (row, self.places[self.layout.exported[index]])
    }

    fn heading_of(&self, index: usize) -> &'static str {
        self.layout.columns[self.layout.values[index]].zh
    }
}

impl Reader<'_> {
    /// Reads the rows of the main sheet and gives the keys that were seen.
    fn table(&mut self, grid: &Grid, plan: &Plan) -> BTreeSet<String> {
        let by_key = plan.lines.iter().enumerate().filter_map(|(at, line)| Some((line.key()?, at))).collect();
        self.keyed_rows(grid, &TABLE, &by_key, |reader, columns, row, at| {
            reader.line(grid, columns, row, at, &plan.lines[at]);
        })
    }

    /// Reads the rows of a sheet by their keys.
    fn keyed_rows(
        &mut self,
        grid: &Grid,
        layout: &'static Layout,
        by_key: &BTreeMap<String, usize>,
        mut take: impl FnMut(&mut Self, &Columns, u32, usize),
    ) -> BTreeSet<String> {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let columns = match Columns::find(grid, layout) {
            Ok(columns) => columns,
            Err(fault) => {
                self.faults.push(fault);
                return BTreeSet::new();
            }
        };
        for row in grid.rows().into_iter().filter(|row| *row > columns.heading) {
            let at = columns.key(row);
            let (key, cell) = (own(grid, at), cell_name(&grid.name, at));
            let filled = [0, 1, 2].map(|index| columns.value(row, index));
            let filled = filled.into_iter().find(|at| grid.cell(*at).is_some());
            match (by_key.get(&key), filled) {
                (Some(_), _) if seen.contains_key(&key) => {
                    let first = seen.get(&key).cloned().unwrap_or_default();
                    self.faults.push(Error::RowTwice { cell, first });
                }
                (Some(index), _) => {
                    seen.insert(key, cell);
                    take(self, &columns, row, *index);
                }
                // A row that someone added and left empty, or one that only names an indicator.
                (None, None) if key.is_empty() => {}
                (None, Some(filled)) if key.is_empty() => {
                    self.faults.push(Error::RowWithoutKey { cell: cell_name(&grid.name, filled) });
                }
                (None, _) => self.faults.push(Error::UnknownRow { cell, found: key }),
            }
        }
        seen.into_keys().collect()
    }

    fn line(&mut self, grid: &Grid, columns: &Columns, row: u32, at: usize, line: &Line) {
        if let Err(fault) = unmoved(grid, columns, row, [&line.code, &line.label]) {
            self.faults.push(fault);
            return;
        }
        for (index, slot) in line.slots().into_iter().enumerate() {
            let place = columns.value(row, index);
            let cell = cell_name(&grid.name, place);
            let Some(slot) = slot else {
                if grid.cell(place).is_some() {
                    let heading = columns.heading_of(index).to_owned();
                    self.faults.push(Error::Surplus { cell, heading });
                }
                continue;
            };
            let exported = own(grid, columns.exported(row, index));
            match cells::read(&slot.shape, grid.cell(place), &cell) {
                Ok(text) => self.compare(line, slot, (at, index), cell, (text, exported)),
                Err(fault) => {
                    self.unread.insert((slot.kind, slot.entry.clone()));
                    self.faults.push(fault);
                }
            }
        }
    }

    /// Takes a cell that a person changed.
    fn compare(&mut self, line: &Line, slot: &Slot, place: Place, cell: String, (text, exported): (String, String)) {
        let before = shown(self.target.records, slot).trim().to_owned();
        let untouched = if self.own { text == exported } else { text.is_empty() };
        if untouched || text == before {
            // Named when its entry is refused for what other cells of it hold.
            let text = before;
            self.taken.insert(place, (cell, text));
            return;
        }
        let heading = TABLE.columns[TABLE.values[place.1]].zh;
        let label = if place.1 == 0 { line.label.clone() } else { format!("{} {heading}", line.label) };
        let since = (self.own && exported != before).then_some(exported);
        let (code, after) = (line.code.clone(), text.clone());
        self.changes.insert(place, Change { cell: cell.clone(), code, label, before, after, exported: since });
        self.taken.insert(place, (cell, text));
    }

    /// Reads the lists of achievements; one that a person changed is taken as a whole.
    fn lists(&mut self, grid: &Grid, plan: &Plan) -> BTreeSet<String> {
        let mut read: BTreeMap<usize, Vec<(u32, ListRow, String)>> = BTreeMap::new();
        let by_key: BTreeMap<String, usize> = plan.lists.iter().enumerate().flat_map(keys).collect();
        let seen = self.keyed_rows(grid, &LISTS, &by_key, |reader, columns, row, at| {
            let list = &plan.lists[at];
            if let Err(fault) = unmoved(grid, columns, row, [&list.code, &list.label]) {
                reader.faults.push(fault);
                return;
            }
            let text = |index: usize| {
                let at = columns.value(row, index);
                grid.cell(at).map_or(Ok(String::new()), |value| cells::text(value, &cell_name(&grid.name, at)))
            };
            let texts = [text(0), text(1), text(2)].map(|text| text.map_err(|fault| reader.faults.push(fault)));
            let texts = texts.map(Result::unwrap_or_default);
            let exported = own(grid, columns.exported(row, 0));
            read.entry(at).or_default().push((row, texts, exported));
        });
        for (at, list_rows) in read {
            let columns = Columns::find(grid, &LISTS).expect("it was found before");
            self.list(grid, &columns, plan, at, &list_rows);
        }
        seen
    }

    fn list(&mut self, grid: &Grid, columns: &Columns, plan: &Plan, at: usize, read: &[(u32, ListRow, String)]) {
        let list = &plan.lists[at];
        let recorded = rows(self.target.records, list);
        let filled: Vec<&(u32, ListRow, String)> =
            read.iter().filter(|(_, texts, _)| texts.iter().any(|text| !text.is_empty())).collect();
        let untouched = if self.own {
            read.iter().all(|(_, texts, exported)| list_text(texts) == *exported)
        } else {
            filled.is_empty()
        };
        if untouched {
            return;
        }
        let mut findings = Vec::new();
        for (row, texts, _) in &filled {
            match achievement(grid, columns, *row, list, texts) {
                Ok(finding) => findings.push(finding),
                Err(fault) => {
                    self.unread.insert((EntryKind::Part, list.entry.clone()));
                    self.faults.push(fault);
                }
            }
        }
        let lines =
            |rows: &mut dyn Iterator<Item = &ListRow>| rows.map(|row| row.join(" ")).collect::<Vec<_>>().join("；");
        let before = lines(&mut recorded.iter());
        let after = lines(&mut filled.iter().map(|(_, texts, _)| texts));
        let first = filled.first().map_or_else(|| read[0].0, |(row, ..)| *row);
        let cell = cell_name(&grid.name, columns.value(first, 0));
        if before == after {
            return;
        }
        let exported: Vec<String> =
            read.iter().map(|(.., exported)| exported.replace('\n', " ")).filter(|text| !text.is_empty()).collect();
        let since = Some(exported.join("；")).filter(|exported| self.own && *exported != before);
        let (code, label) = (list.code.clone(), list.label.clone());
        let change = Change { cell: cell.clone(), code, label, before, after, exported: since };
        self.changes.insert((plan.lines.len() + at, 0), change);
        self.lists.insert(at, (cell, findings));
    }

    fn finish(mut self, plan: &Plan, seen: &BTreeSet<String>) -> Reading {
        let entries = self.entries(plan);
        let unseen = |line: &&Line| line.key().is_some_and(|key| !seen.contains(&key));
        let missing = plan.lines.iter().filter(unseen).map(|line| format!("{} {}", line.code, line.label)).collect();
        Reading { changes: self.changes.into_values().collect(), entries, missing, faults: self.faults }
    }

    /// The entries that have a changed cell, made up from all their cells.
    fn entries<'p>(&mut self, plan: &'p Plan) -> Vec<(Entry, String)> {
        let mut groups: BTreeMap<(EntryKind, &str), Vec<(Place, &Slot)>> = BTreeMap::new();
        let slots = plan.lines.iter().enumerate().flat_map(|(at, line)| {
            line.slots().into_iter().enumerate().filter_map(move |(index, slot)| Some(((at, index), slot?)))
        });
        slots.for_each(|(place, slot)| groups.entry((slot.kind, &slot.entry)).or_default().push((place, slot)));
        let mut entries = Vec::new();
        for ((kind, code), group) in groups {
            if self.unread.contains(&(kind, code.to_owned())) {
                continue;
            }
            let list = plan.lists.iter().position(|list| list.entry == code);
            let listed = list.and_then(|at| self.lists.get(&at));
            let changed = group.iter().find_map(|(place, _)| self.changes.get(place)).map(|change| change.cell.clone());
            let Some(cell) = changed.or_else(|| listed.map(|(cell, _)| cell.clone())) else { continue };
            let of = |(place, slot): &(Place, &'p Slot)| {
                let unread = || (cell.clone(), shown(self.target.records, slot));
                let (cell, text) = self.taken.get(place).cloned().unwrap_or_else(unread);
                (*slot, cell, text)
            };
            let rows = match (listed, list) {
                (Some((_, rows)), _) => rows.clone(),
                (None, Some(_)) => recorded_entries(self.target.records, code),
                (None, None) => Vec::new(),
            };
            let cells = Cells { slots: group.iter().map(of).collect(), rows };
            match cells.entry(self.target.records) {
                Ok(entry) => entries.push((entry, cell)),
                Err(fault) => self.faults.push(fault),
            }
        }
        entries
    }
}

/// The keys of the rows that a list can have.
fn keys((at, list): (usize, &List)) -> Vec<(String, usize)> {
    (0..MOST_LISTED).map(|row| (list.key(row), at)).collect()
}

/// A row of a list as one text, to be compared with what was written.
pub fn list_text(row: &ListRow) -> String {
    row.join("\n").trim().to_owned()
}

/// A row of a list as a finding.
fn achievement(grid: &Grid, columns: &Columns, row: u32, list: &List, texts: &ListRow) -> Result<EntryFinding, Error> {
    let cell = |index: usize| cell_name(&grid.name, columns.value(row, index));
    let [kind, title, base] = texts;
    for (index, text) in [(0, kind), (2, base)] {
        if text.is_empty() {
            let heading = columns.heading_of(index).to_owned();
            return Err(Error::Blank { cell: cell(index), heading });
        }
    }
    let item = (0..).zip(&list.items).find(|(_, item)| item.name == *kind).map(|(item, _)| item);
    let allowed = || list.items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>().join("、");
    let item = item.ok_or_else(|| Error::UnknownWord { cell: cell(0), found: kind.clone(), allowed: allowed() })?;
    let value = grid.cell(columns.value(row, 2)).expect("it is not blank");
    Ok(EntryFinding { item, title: title.clone(), base: cells::number(value, &cell(2))? })
}

/// Whether the hidden key still stands beside its own row: sorting the visible columns alone would part them.
fn unmoved(grid: &Grid, columns: &Columns, row: u32, expected: [&str; 2]) -> Result<(), Error> {
    let found = [0, 1].map(|column| own(grid, (row, columns.places[column])));
    if found.iter().zip(expected).all(|(found, expected)| found == expected.trim()) {
        return Ok(());
    }
    let cell = cell_name(&grid.name, (row, columns.places[0]));
    Err(Error::RowMoved { cell, found: found.join(" "), expected: expected.join(" ") })
}
