//! Publishing: pieces keyed by what they are, written bundle by bundle, each bundle in one transaction.

use super::{Access, said, schema};
use crate::cell::fits;
use crate::{Cell, Error, Part, Piece, Table, tables};
use postgres::error::SqlState;
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
        for attempt in 1.. {
            match self.try_write(&bundle) {
                Ok(tally) => {
                    self.tally = tally;
                    return Ok(());
                }
                Err(error) if attempt < TRIES && waits_in_vain(&error) => {}
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

    fn try_write(&mut self, bundle: &Bundle) -> Result<Tally, postgres::Error> {
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

    /// Writes the rows of the pieces, table by table.
    fn copy(&self, transaction: &mut Transaction<'_>, claimed: &[Claim]) -> Result<u64, postgres::Error> {
        let mut copied = 0;
        for table in tables::ALL {
            let mut text = String::new();
            for claim in claimed {
                let Some(piece) = self.pieces.get(&claim.key) else { continue };
                for line in piece.rows.iter().filter(|(other, _)| other == table).flat_map(|(_, lines)| lines) {
                    write_line(&mut text, claim.id, piece.part.as_ref(), line);
                }
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

fn write_line(text: &mut String, piece: i64, part: Option<&Part>, cells: &[Option<String>]) {
    write!(text, "{piece}").expect("a String takes any text");
    let place = part.into_iter().flat_map(|part| [Some(part.rubric.clone()), Some(part.year.to_string())]);
    for cell in place.chain(cells.iter().cloned()) {
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
