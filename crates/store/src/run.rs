//! Runs of taking many files in: what one changed is kept row by row, so that it can be undone as one.

use crate::error::Error;
use crate::tx::Tx;
use assessment::Entry;
use rusqlite::params;

/// Tables that an import writes. The entries of sheets are left out: they follow from the revision that counts.
const JOURNALED: [&str; 14] = [
    "rubric",
    "assessment",
    "sheet",
    "revision",
    "blob",
    "evidence",
    "evidence_point",
    "rectification",
    "rectification_change",
    "removed_sheet",
    "parcel",
    "contested_package",
    "contested",
    "decision",
];
/// What drafts consist of: their entries follow from nothing else.
const OF_DRAFTS: [&str; 2] = ["entry", "change"];
/// What is journaled of a change.
const EVENTS: [&str; 3] = ["INSERT", "UPDATE", "DELETE"];
/// Columns that are not compared: what merely looking at a sheet changes, and a signed file that its digest names.
const UNCOMPARED: [(&str, &str); 2] = [("sheet", "last_point"), ("decision", "sealed")];

/// A run of taking files in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// Its number, from 1.
    pub id: i64,
    /// When.
    pub at: i64,
    /// How many files were given.
    pub files: u32,
    /// How many of them became what, as JSON.
    pub counts: String,
    /// When it was undone.
    pub undone_at: Option<i64>,
}

/// Why a run is not undone: something was built on what it brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunClash {
    /// The table where it shows, or `receipt`.
    pub place: String,
    /// The unit that it is about, where that can be told.
    pub unit: Option<String>,
    /// The first later run that changed it too.
    pub later: Option<i64>,
}

/// An entry of a draft that a run changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunEntry {
    /// The sheet.
    pub sheet: String,
    /// The entry as it was before the run.
    pub before: Entry,
    /// Its value since.
    pub now: Option<String>,
}

impl RunEntry {
    /// Reads the columns of `entry` as they are journaled.
    fn read(key: &str, old: Option<&str>, new: Option<&str>) -> Option<Self> {
        let columns = |text: &str| serde_json::from_str::<[String; 4]>(text).ok();
        let [sheet, kind, code, _] = columns(key)?;
        let value = |text: Option<&str>| text.and_then(columns).map(|[_, _, _, value]| value);
        let before = Entry { kind: kind.parse().ok()?, code, value: value(old) };
        Some(Self { sheet, before, now: value(new) })
    }
}

/// The columns of a table: all that are compared, and those of the key.
struct Columns {
    table: &'static str,
    all: Vec<String>,
    key: Vec<String>,
}

impl Columns {
    /// As a JSON array of one row's values, such as `json_array(new.id, …)`.
    fn array(&self, prefix: &str) -> String {
        let columns: Vec<String> = self.all.iter().map(|name| format!("{prefix}{name}")).collect();
        format!("json_array({})", columns.join(", "))
    }

    /// The condition that a row has the key of the JSON array `?1`.
    fn is(&self) -> String {
        let place = |name: &String| self.all.iter().position(|other| other == name).unwrap_or_default();
        let each = self.key.iter().map(|name| format!("{name} IS json_extract(?1, '$[{}]')", place(name)));
        each.collect::<Vec<_>>().join(" AND ")
    }

    /// The values of the JSON array `?1`, one column each.
    fn values(&self) -> impl Iterator<Item = String> + '_ {
        (0..self.all.len()).map(|at| format!("json_extract(?1, '$[{at}]')"))
    }
}

impl Tx<'_> {
    /// Does something of which nothing is kept when it fails; what was done before stays.
    ///
    /// # Errors
    /// The inner error is that of the work, the outer one is of the disk.
    pub fn attempt<T, E>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<Result<T, E>, Error> {
        let head = self.head.borrow().clone();
        self.execute("SAVEPOINT attempt", [])?;
        let done = work();
        if done.is_err() {
            self.execute("ROLLBACK TO attempt", [])?;
            *self.head.borrow_mut() = head;
        }
        self.execute("RELEASE attempt", [])?;
        Ok(done)
    }

    fn columns(&self, table: &'static str) -> Result<Columns, Error> {
        let sql = "SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid";
        let rows: Vec<(String, i64)> = self.all(sql, [table], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let all = rows.iter().map(|(name, _)| name).filter(|name| !UNCOMPARED.contains(&(table, name.as_str())));
        let key = rows.iter().filter(|(_, place)| *place > 0).map(|(name, _)| name.clone()).collect();
        Ok(Columns { table, all: all.cloned().collect(), key })
    }

    /// Begins a run; from now on its changes are kept, until it ends. Gives its number.
    ///
    /// # Errors
    /// Of the disk.
    pub fn begin_run(&self, at: i64, files: u32) -> Result<i64, Error> {
        self.execute("INSERT INTO import_run (at, files, counts, log) VALUES (?1, ?2, '', '')", params![at, files])?;
        let run: i64 = self.one("SELECT max(id) FROM import_run", [], |row| row.get(0))?.unwrap_or_default();
        JOURNALED.iter().try_for_each(|table| self.watch_table(run, table))?;
        Ok(run)
    }

    /// Keeps what is changed in a table as part of a run.
    fn watch_table(&self, run: i64, table: &'static str) -> Result<(), Error> {
        let columns = self.columns(table)?;
        let (old, new) = (columns.array("old."), columns.array("new."));
        for (event, old, new) in
            [("INSERT", "NULL", new.as_str()), ("UPDATE", old.as_str(), new.as_str()), ("DELETE", old.as_str(), "NULL")]
        {
            // The names come from the schema, not from a person.
            self.execute(
                &format!(
                    "CREATE TEMP TRIGGER run_{event}_{table} AFTER {event} ON main.{table} BEGIN INSERT INTO \
                     import_change (run, place, old, new) VALUES ({run}, '{table}', {old}, {new}); END"
                ),
                [],
            )?;
        }
        Ok(())
    }

    fn leave_table(&self, table: &str) -> Result<(), Error> {
        EVENTS.iter().try_for_each(|event| {
            self.execute(&format!("DROP TRIGGER temp.run_{event}_{table}"), [])?;
            Ok(())
        })
    }

    /// Changes a draft as part of a run: its entries are kept as well.
    ///
    /// # Errors
    /// Those of the work, or of the disk.
    pub fn in_draft<T, E: From<Error>>(&self, run: i64, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        OF_DRAFTS.iter().try_for_each(|table| self.watch_table(run, table))?;
        let done = work();
        OF_DRAFTS.iter().try_for_each(|table| self.leave_table(table))?;
        done
    }

    /// The entries of drafts that a run changed: sheet, entry as it was before, and its value since.
    ///
    /// # Errors
    /// Of the disk.
    pub fn run_entries(&self, run: i64) -> Result<Vec<RunEntry>, Error> {
        let sql =
            "SELECT coalesce(new, old), old, new FROM import_change WHERE run = ?1 AND place = 'entry' ORDER BY id";
        let rows: Vec<(String, Option<String>, Option<String>)> =
            self.all(sql, [run], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows
            .into_iter()
            .filter_map(|(key, old, new)| RunEntry::read(&key, old.as_deref(), new.as_deref()))
            .collect())
    }

    /// Ends a run with what became of its files: how many, and each, as JSON.
    ///
    /// # Errors
    /// Of the disk.
    pub fn end_run(&self, run: i64, counts: &str, log: &str) -> Result<(), Error> {
        JOURNALED.iter().try_for_each(|table| self.leave_table(table))?;
        self.execute("UPDATE import_run SET counts = ?2, log = ?3 WHERE id = ?1", params![run, counts, log])?;
        Ok(())
    }

    /// The latest runs, the latest first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn runs(&self, most: u32) -> Result<Vec<RunRow>, Error> {
        let sql = "SELECT id, at, files, counts, undone_at FROM import_run ORDER BY id DESC LIMIT ?1";
        self.all(sql, [most], run)
    }

    /// A run by its number.
    ///
    /// # Errors
    /// Of the disk.
    pub fn run(&self, id: i64) -> Result<Option<RunRow>, Error> {
        self.one("SELECT id, at, files, counts, undone_at FROM import_run WHERE id = ?1", [id], run)
    }

    /// What became of each file of a run, as JSON.
    ///
    /// # Errors
    /// Of the disk.
    pub fn run_log(&self, id: i64) -> Result<Option<String>, Error> {
        self.one("SELECT log FROM import_run WHERE id = ?1", [id], |row| row.get(0))
    }

    /// The sheets that a run added or updated, each with the digest that it brought.
    ///
    /// # Errors
    /// Of the disk.
    pub fn run_sheets(&self, run: i64) -> Result<Vec<(String, String)>, Error> {
        let sql = "SELECT json_extract(new, '$[0]'), json_extract(new, '$[2]') FROM import_change \
                   WHERE run = ?1 AND place = 'revision' AND new IS NOT NULL ORDER BY id";
        self.all(sql, [run], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The decisions that a run brought, each as it is kept.
    ///
    /// # Errors
    /// Of the disk.
    pub fn run_decisions(&self, run: i64) -> Result<Vec<String>, Error> {
        let sql = "SELECT json_extract(new, '$[2]') FROM import_change \
                   WHERE run = ?1 AND place = 'decision' AND new IS NOT NULL ORDER BY id";
        self.all(sql, [run], |row| row.get(0))
    }

    /// Puts everything back that a run changed. Nothing may be kept of it when there is a clash.
    ///
    /// # Errors
    /// Of the disk.
    pub fn undo_run(&self, run: i64, at: i64) -> Result<Option<RunClash>, Error> {
        let given = "SELECT json_extract(json_extract(c.new, '$[14]'), '$.package.unit') FROM import_change c JOIN audit a ON a.action = 'receipt-give' AND a.target = \
                     json_extract(json_extract(c.new, '$[14]'), '$.package.content') \
                     WHERE c.run = ?1 AND c.place = 'parcel' LIMIT 1";
        if let Some(unit) = self.one(given, [run], |row| row.get(0))? {
            return Ok(Some(RunClash { place: "receipt".to_owned(), unit, later: None }));
        }
        // A decision that came in a file holds without the contents that it names; one that was taken here does not.
        let decided = "SELECT json_extract(json_extract(c.new, '$[3]'), '$.unit') FROM import_change c JOIN decision d ON instr(d.body, json_extract(c.new, '$[2]')) > 0 \
                       WHERE c.run = ?1 AND c.place = 'contested' AND NOT EXISTS (SELECT 1 FROM import_change b \
                       WHERE b.place = 'decision' AND json_extract(b.new, '$[0]') = d.digest) LIMIT 1";
        if let Some(unit) = self.one(decided, [run], |row| row.get(0))? {
            return Ok(Some(RunClash { place: "decision".to_owned(), unit, later: None }));
        }
        // Rows refer to each other, and the last to be put back may be the one that others need.
        self.execute("PRAGMA defer_foreign_keys = ON", [])?;
        let tables = JOURNALED.iter().chain(&OF_DRAFTS).map(|table| self.columns(table));
        let tables = tables.collect::<Result<Vec<_>, _>>()?;
        let sql = "SELECT place, old, new FROM import_change WHERE run = ?1 ORDER BY id DESC";
        type Change = (String, Option<String>, Option<String>);
        let changes: Vec<Change> = self.all(sql, [run], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        for (place, old, new) in changes {
            let Some(columns) = tables.iter().find(|columns| columns.table == place) else { continue };
            if !self.put_row_back(columns, old.as_deref(), new.as_deref())? {
                let key = new.or(old).unwrap_or_default();
                return Ok(Some(self.clash(run, columns, &key)?));
            }
        }
        self.execute("DELETE FROM entry WHERE sheet NOT IN (SELECT id FROM sheet)", [])?;
        let torn = self.one("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", [], |row| row.get(0))?;
        if let Some(place) = torn {
            let sql = "SELECT min(id) FROM import_run WHERE id > ?1 AND undone_at IS NULL";
            let later: Option<i64> = self.one(sql, [run], |row| row.get(0))?.flatten();
            return Ok(Some(RunClash { place, unit: None, later }));
        }
        self.execute("DELETE FROM import_change WHERE run = ?1", [run])?;
        self.execute("UPDATE import_run SET undone_at = ?2 WHERE id = ?1", params![run, at])?;
        Ok(None)
    }

    /// What is known of a row that is no longer as a run left it; `key` has its columns as they were journaled.
    fn clash(&self, run: i64, columns: &Columns, key: &str) -> Result<RunClash, Error> {
        let at = |name: &str| columns.all.iter().position(|column| column == name);
        let unit_of = |condition: String| {
            format!(
                "SELECT a.unit FROM assessment a LEFT JOIN sheet s ON s.assessment = a.id WHERE {condition} LIMIT 1"
            )
        };
        let found = match (columns.table, at("sheet"), at("assessment")) {
            ("sheet", ..) => Some(unit_of("s.id = json_extract(?1, '$[0]')".to_owned())),
            (_, Some(sheet), _) => Some(unit_of(format!("s.id = json_extract(?1, '$[{sheet}]')"))),
            (_, _, Some(assessment)) => Some(unit_of(format!("a.id = json_extract(?1, '$[{assessment}]')"))),
            _ => None,
        };
        let unit = found.map(|sql| self.one(&sql, [key], |row| row.get(0))).transpose()?.flatten();
        let places = columns.key.iter().filter_map(|name| at(name));
        let same =
            places.map(|at| format!("json_extract(coalesce(new, old), '$[{at}]') IS json_extract(?1, '$[{at}]')"));
        let same = same.collect::<Vec<_>>().join(" AND ");
        let sql = format!("SELECT min(run) FROM import_change WHERE run > ?2 AND place = ?3 AND {same}");
        let later = self.one(&sql, params![key, run, columns.table], |row| row.get(0))?.flatten();
        Ok(RunClash { place: columns.table.to_owned(), unit, later })
    }

    /// Puts one row back; not when it is no longer as it was left.
    fn put_row_back(&self, columns: &Columns, old: Option<&str>, new: Option<&str>) -> Result<bool, Error> {
        let (table, is) = (columns.table, columns.is());
        let Some(key) = new.or(old) else { return Ok(true) };
        let now = format!("SELECT {} FROM {table} WHERE {is}", columns.array(""));
        let now: Option<String> = self.one(&now, [key], |row| row.get(0))?;
        if now.as_deref() != new {
            return Ok(false);
        }
        let values: Vec<String> = columns.values().collect();
        match (old, new) {
            (None, _) => self.execute(&format!("DELETE FROM {table} WHERE {is}"), [key])?,
            (Some(old), None) => {
                let names = columns.all.join(", ");
                self.execute(&format!("INSERT INTO {table} ({names}) VALUES ({})", values.join(", ")), [old])?
            }
            (Some(old), Some(_)) => {
                let each = columns.all.iter().zip(values).map(|(name, value)| format!("{name} = {value}"));
                let set = each.collect::<Vec<_>>().join(", ");
                self.execute(&format!("UPDATE {table} SET {set} WHERE {is}"), [old])?
            }
        };
        Ok(true)
    }
}

fn run(row: &rusqlite::Row<'_>) -> rusqlite::Result<RunRow> {
    Ok(RunRow { id: row.get(0)?, at: row.get(1)?, files: row.get(2)?, counts: row.get(3)?, undone_at: row.get(4)? })
}
