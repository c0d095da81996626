//! One SQLite file with the same tables; it is not the workspace and knows nothing of it.

use crate::folder::{Sink, Written, written};
use crate::{Cell, Error, Kind, Part, Row, Table, tables};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::path::{Path, PathBuf};

const FILE: &str = "hengjian-data.sqlite";

pub(crate) struct Sqlite {
    root: PathBuf,
    path: PathBuf,
    connection: Connection,
    rows: u64,
}

/// The statement that makes a table. Decimals are texts, as SQLite has no exact ones.
fn ddl(table: &Table) -> String {
    let column = |column: &crate::Column| {
        let kind = match column.kind {
            Kind::Whole | Kind::Bool => "INTEGER",
            Kind::Text | Kind::Mark | Kind::Quotient | Kind::Time => "TEXT",
        };
        format!("  {} {kind}{}", column.name, if column.optional { "" } else { " NOT NULL" })
    };
    let columns: Vec<String> = table.all_columns().map(column).collect();
    let key: Vec<&str> = table.full_key().collect();
    format!("CREATE TABLE {} (\n{},\n  PRIMARY KEY ({})\n) STRICT", table.name, columns.join(",\n"), key.join(", "))
}

impl Sqlite {
    pub(crate) fn create(root: &Path) -> Result<Self, Error> {
        let path = root.join(FILE);
        // The folder is given up as a whole when anything fails, so nothing is written twice.
        let begin = |connection: &Connection| {
            connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")?;
            tables::ALL.iter().try_for_each(|table| connection.execute_batch(&ddl(table)))
        };
        let io = |error: rusqlite::Error| Error::io(&path, &error);
        let connection = Connection::open(&path).map_err(io)?;
        begin(&connection).map_err(io)?;
        Ok(Self { root: root.to_owned(), path, connection, rows: 0 })
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Bool(value) => Value::Integer(i64::from(*value)),
        Cell::Whole(value) => Value::Integer(*value),
        other => other.plain().map_or(Value::Null, Value::Text),
    }
}

impl Sink for Sqlite {
    fn take(&mut self, part: Option<&Part>, table: &'static Table, rows: &[Row]) -> Result<(), Error> {
        let io = |error: rusqlite::Error| Error::io(&self.path, &error);
        let places = vec!["?"; table.all_columns().count()].join(", ");
        let sql = format!("INSERT INTO {} VALUES ({places})", table.name);
        let mut insert = self.connection.prepare_cached(&sql).map_err(io)?;
        for row in rows {
            let place =
                part.into_iter().flat_map(|part| [Value::Text(part.rubric.clone()), Value::Integer(part.year.into())]);
            insert.execute(params_from_iter(place.chain(row.iter().map(value)))).map_err(io)?;
        }
        self.rows += rows.len() as u64;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Written>, Error> {
        let Self { root, path, connection, rows } = *self;
        connection.execute_batch("COMMIT").map_err(|error| Error::io(&path, &error))?;
        connection.close().map_err(|(_, error)| Error::io(&path, &error))?;
        std::fs::File::open(&path).and_then(|file| file.sync_all()).map_err(|error| Error::io(&path, &error))?;
        Ok(vec![written(&root, &path, None, rows)?])
    }
}
