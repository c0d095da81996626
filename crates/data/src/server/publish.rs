//! Publishing: pieces keyed by what they are, written bundle by bundle, each bundle in one transaction.

use super::{Access, said, schema};
use crate::cell::fits;
use crate::{Cell, Column, Error, Kind, Part, Piece, Table, tables};
use postgres::error::SqlState;
use postgres::types::ToSql;
use postgres::{Client, Transaction};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

/// Most pieces of a bundle.
const PIECES: usize = 200;
/// Most rows of a bundle, unless a single piece has more.
const ROWS: usize = 10_000;
/// How often a bundle is tried that the server gave up because two offices waited for each other.
const TRIES: usize = 5;

/// What publishing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pieces that were new.
    pub added: u64,
    /// Pieces that took the place of what they said before.
    pub replaced: u64,
    /// Pieces that were there already.
    pub same: u64,
    /// Rows that were written.
    pub rows: u64,
    /// Transactions.
    pub bundles: u64,
}

impl Tally {
    /// Pieces that are there for good.
    #[must_use]
    pub fn pieces(&self) -> u64 {
        self.added + self.replaced + self.same
    }
}

/// A connection that facts are published over.
pub struct Publisher {
    client: Client,
    server: String,
    office: String,
    program: String,
    pending: BTreeMap<String, Piece>,
    rows: usize,
    tally: Tally,
}

impl Publisher {
    /// Gets in and brings the tables up to date.
    ///
    /// # Errors
    /// No server; no way in; tables of a newer program.
    pub fn open(access: &Access, office: &str, program: &str) -> Result<Self, Error> {
        let mut client = access.connect()?;
        schema::migrate(&mut client, access.server())?;
        Ok(Self {
            client,
            server: access.server().to_owned(),
            office: office.to_owned(),
            program: program.to_owned(),
            pending: BTreeMap::new(),
            rows: 0,
            tally: Tally::default(),
        })
    }

    /// Takes a piece; a bundle is written when enough came together.
    ///
    /// # Errors
    /// The server went away or refuses; what was written before stays.
    pub fn take(&mut self, piece: Piece) -> Result<(), Error> {
        self.rows += piece.len();
        self.pending.insert(piece.key.clone(), piece);
        if self.pending.len() >= PIECES || self.rows >= ROWS { self.write() } else { Ok(()) }
    }

    /// What was done so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// As [`Publisher::take`].
    pub fn finish(mut self) -> Result<Tally, Error> {
        self.write()?;
        Ok(self.tally)
    }

    /// Writes the pieces that came together, in one transaction.
    fn write(&mut self) -> Result<(), Error> {
        let pieces = std::mem::take(&mut self.pending);
        self.rows = 0;
        if pieces.is_empty() {
            return Ok(());
        }
        let bundle = Bundle::new(pieces)?;
        let mut take_over = false;
        for attempt in 1.. {
            match self.try_write(&bundle, take_over) {
                Ok(tally) => {
                    self.tally = tally;
                    return Ok(());
                }
                Err(error) if attempt < TRIES && waits_in_vain(&error) => {}
                Err(error) if attempt < TRIES && error.code() == Some(&SqlState::UNIQUE_VIOLATION) => take_over = true,
                Err(error) => {
                    let done = self.tally.pieces();
                    return Err(match said(&self.server, &error) {
                        Error::Gone { server, detail, .. } => Error::Gone { server, done, detail },
                        other => other,
                    });
                }
            }
        }
        Ok(())
    }

    /// Tries once. Rows that stand under other pieces are taken over where that is said.
    fn try_write(&mut self, bundle: &Bundle, take_over: bool) -> Result<Tally, postgres::Error> {
        let mut tally = self.tally;
        let mut transaction = self.client.transaction()?;
        let claimed = bundle.claim(&mut transaction, &self.office, &self.program)?;
        let replaced: Vec<i64> = claimed.iter().filter(|claim| !claim.new).map(|claim| claim.id).collect();
        if !replaced.is_empty() {
            for table in tables::ALL {
                let sql = format!("DELETE FROM hengjian.{} WHERE piece = ANY($1)", table.name);
                transaction.execute(&sql, &[&replaced])?;
            }
        }
        if take_over {
            bundle.take_over(&mut transaction, &claimed)?;
        }
        tally.rows += bundle.copy(&mut transaction, &claimed)?;
        transaction.commit()?;
        let (claimed, replaced) = (claimed.len() as u64, replaced.len() as u64);
        tally.added += claimed - replaced;
        tally.replaced += replaced;
        tally.same += bundle.pieces.len() as u64 - claimed;
        tally.bundles += 1;
        Ok(tally)
    }
}

/// Whether the server gave a transaction up because two waited for each other.
fn waits_in_vain(error: &postgres::Error) -> bool {
    error
        .code()
        .is_some_and(|code| *code == SqlState::T_R_DEADLOCK_DETECTED || *code == SqlState::T_R_SERIALIZATION_FAILURE)
}

/// Pieces by key, each with its digest and its lines by table.
struct Bundle {
    pieces: BTreeMap<String, Said>,
}

struct Said {
    digest: String,
    part: Option<Part>,
    rows: Vec<(&'static Table, Vec<Vec<Option<String>>>)>,
}

/// A piece that is to be written.
struct Claim {
    id: i64,
    key: String,
    new: bool,
}

impl Bundle {
    fn new(pieces: BTreeMap<String, Piece>) -> Result<Self, Error> {
        let mut said = BTreeMap::new();
        for (key, piece) in pieces {
            let digest = piece.digest();
            let mut rows = Vec::new();
            for (table, all) in &piece.rows {
                let lines = all.iter().map(|row| line(table, row)).collect::<Result<Vec<_>, Error>>()?;
                rows.push((*table, lines));
            }
            said.insert(key, Said { digest, part: piece.part, rows });
        }
        Ok(Self { pieces: said })
    }

    /// Puts the pieces on the list, and gives those that were not there as they are now. Whoever publishes the same piece
    /// at the same time waits here, in the same order, until this transaction ended.
    fn claim(
        &self,
        transaction: &mut Transaction<'_>,
        office: &str,
        program: &str,
    ) -> Result<Vec<Claim>, postgres::Error> {
        let keys: Vec<&str> = self.pieces.keys().map(String::as_str).collect();
        let digests: Vec<&str> = self.pieces.values().map(|piece| piece.digest.as_str()).collect();
        let sql = "INSERT INTO hengjian.piece (key, digest, office, program) \
                   SELECT key, digest, $3, $4 FROM unnest($1::text[], $2::text[]) AS p (key, digest) \
                   ORDER BY key COLLATE \"C\" \
                   ON CONFLICT (key) DO UPDATE SET digest = excluded.digest, office = excluded.office, \
                   program = excluded.program, published_at = excluded.published_at \
                   WHERE hengjian.piece.digest <> excluded.digest \
                   RETURNING id, key, xmax = 0";
        let rows = transaction.query(sql, &[&keys, &digests, &office, &program])?;
        Ok(rows.iter().map(|row| Claim { id: row.get(0), key: row.get(1), new: row.get(2) }).collect())
    }

    /// The rows that the claimed pieces have for a table, each with the number of its piece and with its part.
    fn rows<'a>(
        &'a self,
        table: &'static Table,
        claimed: &'a [Claim],
    ) -> impl Iterator<Item = (i64, Vec<Option<String>>)> + 'a {
        let pieces = claimed.iter().filter_map(|claim| Some((claim.id, self.pieces.get(&claim.key)?)));
        pieces.flat_map(move |(id, piece)| {
            let lines = piece.rows.iter().filter(move |(other, _)| *other == table).flat_map(|(_, lines)| lines);
            lines.map(move |line| {
                let place = piece.part.iter().flat_map(|part| [part.rubric.clone(), part.year.to_string()]);
                (id, place.map(Some).chain(line.iter().cloned()).collect())
            })
        })
    }

    /// Takes rows with the keys of these pieces away from other pieces: a sheet that belongs to another unit now stands
    /// with that one. The others are not whole any more, so they get a digest that nothing has, and are written anew by
    /// whoever publishes them.
    fn take_over(&self, transaction: &mut Transaction<'_>, claimed: &[Claim]) -> Result<(), postgres::Error> {
        for table in tables::ALL {
            let key: Vec<(usize, &Column)> = table
                .all_columns()
                .enumerate()
                .filter(|(_, one)| table.full_key().any(|key| key == one.name))
                .collect();
            let mut wanted: Vec<Vec<Option<String>>> = vec![Vec::new(); key.len()];
            for (_, row) in self.rows(table, claimed) {
                for (values, (at, _)) in wanted.iter_mut().zip(&key) {
                    values.push(row[*at].clone());
                }
            }
            if wanted.iter().all(Vec::is_empty) {
                continue;
            }
            let given: Vec<String> = (1..=key.len()).map(|number| format!("${number}::text[]")).collect();
            let names: Vec<&str> = key.iter().map(|(_, column)| column.name).collect();
            let same: Vec<String> = key.iter().map(|(_, column)| same_key(column)).collect();
            let (name, given, names, same) = (table.name, given.join(", "), names.join(", "), same.join(" AND "));
            let sql = format!(
                "WITH lost AS (DELETE FROM hengjian.{name} held USING unnest({given}) AS wanted ({names}) WHERE {same} \
                 RETURNING held.piece) UPDATE hengjian.piece SET digest = '' WHERE id IN (SELECT piece FROM lost)"
            );
            let values: Vec<&(dyn ToSql + Sync)> = wanted.iter().map(|values| values as &(dyn ToSql + Sync)).collect();
            transaction.execute(&sql, &values)?;
        }
        Ok(())
    }

    /// Writes the rows of the pieces, table by table.
    fn copy(&self, transaction: &mut Transaction<'_>, claimed: &[Claim]) -> Result<u64, postgres::Error> {
        let mut copied = 0;
        for table in tables::ALL {
            let mut text = String::new();
            for (id, row) in self.rows(table, claimed) {
                write_line(&mut text, id, &row);
            }
            if text.is_empty() {
                continue;
            }
            let columns: Vec<&str> = table.all_columns().map(|column| column.name).collect();
            let sql = format!("COPY hengjian.{} (piece, {}) FROM STDIN", table.name, columns.join(", "));
            let mut copy = transaction.copy_in(&sql)?;
            // The connection's own failure comes with the end of the copy.
            let _ = copy.write_all(text.as_bytes());
            copied += copy.finish()?;
        }
        Ok(copied)
    }
}

/// The cells of a row as the server reads them.
fn line(table: &'static Table, row: &[Cell]) -> Result<Vec<Option<String>>, Error> {
    fits(table, row)?;
    // The server's texts cannot hold this one character.
    Ok(row.iter().map(|cell| cell.plain().map(|text| text.replace('\0', "\u{fffd}"))).collect())
}

/// Whether a column of a row that is held and of one that is wanted are the same; what is wanted comes as text.
fn same_key(column: &Column) -> String {
    let kind = if column.kind == Kind::Whole { "bigint" } else { "text" };
    format!("held.{name} = wanted.{name}::{kind}", name = column.name)
}

fn write_line(text: &mut String, piece: i64, cells: &[Option<String>]) {
    write!(text, "{piece}").expect("a String takes any text");
    for cell in cells {
        text.push('\t');
        match cell {
            None => text.push_str("\\N"),
            Some(cell) => {
                let escaped = cell.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r");
                text.push_str(&escaped);
            }
        }
    }
    text.push('\n');
}
