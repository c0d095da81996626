//! Reading published facts.

use super::{Access, said, schema};
use crate::{Cell, Error, Kind, Part, Row, Table};
use postgres::{Client, IsolationLevel, Transaction};
use rust_decimal::Decimal;

/// A connection that facts are read over.
pub struct Reader {
    client: Client,
    server: String,
}

impl Reader {
    /// Gets in; changes nothing.
    ///
    /// # Errors
    /// No server; no way in; nothing was published there, or by a newer program.
    pub fn open(access: &Access) -> Result<Self, Error> {
        let mut client = access.connect()?;
        let server = access.server().to_owned();
        if schema::require_known(&mut client, &server).map_err(lost)? == 0 {
            return Err(Error::Unpublished { server });
        }
        Ok(Self { client, server })
    }

    /// Reads as of one moment: what others publish meanwhile is not seen.
    ///
    /// # Errors
    /// The server went away or refuses.
    pub fn moment(&mut self) -> Result<Moment<'_>, Error> {
        let begun = self.client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let transaction = begun.start().map_err(|error| lost(said(&self.server, &error)))?;
        Ok(Moment { transaction, server: &self.server })
    }
}

/// Facts as of one moment.
pub struct Moment<'r> {
    transaction: Transaction<'r>,
    server: &'r str,
}

impl Moment<'_> {
    /// The rows of a table in a part where a column of texts has one of these values, by key. The part is asked for as
    /// well because keys begin with it.
    ///
    /// # Errors
    /// The server went away or refuses.
    pub fn rows(&mut self, table: &Table, part: &Part, column: &str, values: &[String]) -> Result<Vec<Row>, Error> {
        let asked = format!("rubric = $1 AND year = $2 AND {column} = ANY($3)");
        let sql = format!("{} WHERE {asked} ORDER BY {}", select(table), ordered(table));
        let rows = self.read(table, &sql, &[&part.rubric, &i64::from(part.year), &values])?;
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }

    /// All rows of a table, by key, each with its part.
    ///
    /// # Errors
    /// As [`Moment::rows`].
    pub fn all(&mut self, table: &Table) -> Result<Vec<(Part, Row)>, Error> {
        let sql = format!("{} ORDER BY {}", select(table), ordered(table));
        self.read(table, &sql, &[])
    }

    fn read(
        &mut self,
        table: &Table,
        sql: &str,
        values: &[&(dyn postgres::types::ToSql + Sync)],
    ) -> Result<Vec<(Part, Row)>, Error> {
        let found = self.transaction.query(sql, values).map_err(|error| lost(said(self.server, &error)))?;
        Ok(found.iter().map(|row| (part(row), cells(table, row))).collect())
    }
}

/// A server that went away was read from, not written to.
fn lost(error: Error) -> Error {
    match error {
        Error::Gone { server, detail, .. } => Error::Lost { server, detail },
        other => other,
    }
}

/// Decimals come as texts, times as seconds: both are exact.
fn select(table: &Table) -> String {
    let column = |column: &crate::Column| match column.kind {
        Kind::Mark | Kind::Quotient => format!("{}::text", column.name),
        Kind::Time => format!("extract(epoch FROM {})::bigint", column.name),
        _ => column.name.to_owned(),
    };
    let columns: Vec<String> = table.columns.iter().map(column).collect();
    let place = if table.partitioned { "rubric, year" } else { "'', 0::bigint" };
    format!("SELECT {place}, {} FROM hengjian.{}", columns.join(", "), table.name)
}

fn ordered(table: &Table) -> String {
    let columns = table.all_columns().filter(|column| table.full_key().any(|key| key == column.name));
    let keys: Vec<String> = columns
        .map(|column| match column.kind {
            Kind::Text => format!("{} COLLATE \"C\"", column.name),
            _ => column.name.to_owned(),
        })
        .collect();
    keys.join(", ")
}

fn part(row: &postgres::Row) -> Part {
    Part { rubric: row.get(0), year: i32::try_from(row.get::<_, i64>(1)).unwrap_or_default() }
}

fn cells(table: &Table, row: &postgres::Row) -> Row {
    let cell = |(at, column): (usize, &crate::Column)| {
        let at = at + 2;
        match column.kind {
            Kind::Text => row.get::<_, Option<String>>(at).into(),
            Kind::Whole => row.get::<_, Option<i64>>(at).into(),
            Kind::Bool => row.get::<_, Option<bool>>(at).into(),
            Kind::Time => row.get::<_, Option<i64>>(at).map_or(Cell::None, Cell::Time),
            Kind::Mark | Kind::Quotient => {
                let text = row.get::<_, Option<String>>(at);
                text.and_then(|text| Decimal::from_str_exact(&text).ok()).map(|value| value.normalize()).into()
            }
        }
    };
    table.columns.iter().enumerate().map(cell).collect()
}
