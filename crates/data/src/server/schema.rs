//! The tables on the server: numbered migrations that are only ever added to.

use super::said;
use crate::Error;
use postgres::Client;

/// Every migration, the first first. What was released is never changed: a change is one more.
const MIGRATIONS: &[&str] = &[include_str!("0001.sql")];

/// Held while migrations run, so that of several offices one makes the tables and the others wait. Any number that no
/// other program uses: the letters `hengjian`.
const LOCK: i64 = 0x6865_6e67_6a69_616e;

/// The version that this program knows.
fn known() -> i32 {
    i32::try_from(MIGRATIONS.len()).expect("a few migrations")
}

/// The version of the tables; 0 where there are none.
fn found(client: &mut impl postgres::GenericClient) -> Result<i32, postgres::Error> {
    let there = client.query_one("SELECT to_regclass('hengjian.migration') IS NOT NULL", &[])?;
    if !there.get::<_, bool>(0) {
        return Ok(0);
    }
    Ok(client.query_one("SELECT coalesce(max(version), 0) FROM hengjian.migration", &[])?.get(0))
}

/// Brings the tables to the version that this program knows.
///
/// # Errors
/// Tables of a newer program; a user who may not make tables; a server that went away.
pub(super) fn migrate(client: &mut Client, server: &str) -> Result<(), Error> {
    if require_known(client, server)? == known() {
        return Ok(());
    }
    let mut apply = || {
        let mut transaction = client.transaction()?;
        transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
        let found = usize::try_from(found(&mut transaction)?).unwrap_or_default();
        for (at, migration) in MIGRATIONS.iter().enumerate().skip(found) {
            transaction.batch_execute(migration)?;
            let version = i32::try_from(at + 1).expect("a few migrations");
            transaction.execute("INSERT INTO hengjian.migration (version) VALUES ($1)", &[&version])?;
        }
        transaction.commit()
    };
    apply().map_err(|error| said(server, &error))
}

/// The version of the tables, unless a newer program made them.
pub(super) fn require_known(client: &mut Client, server: &str) -> Result<i32, Error> {
    let found = found(client).map_err(|error| said(server, &error))?;
    if found > known() {
        return Err(Error::Newer { server: server.to_owned(), found, known: known() });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, Table, tables};

    /// The statements that the first migration has for a table.
    fn ddl(table: &Table) -> String {
        let column = |column: &crate::Column| {
            let kind = match column.kind {
                Kind::Text => "text",
                Kind::Whole => "bigint",
                Kind::Mark => "numeric(18, 6)",
                Kind::Quotient => "numeric(38, 28)",
                Kind::Bool => "boolean",
                Kind::Time => "timestamptz",
            };
            format!(",\n  {} {kind}{}", column.name, if column.optional { "" } else { " NOT NULL" })
        };
        let columns: String = table.all_columns().map(column).collect();
        let key: Vec<&str> = table.full_key().collect();
        format!(
            "CREATE TABLE hengjian.{name} (\n  piece bigint NOT NULL REFERENCES hengjian.piece (id){columns},\n  \
             PRIMARY KEY ({})\n);\nCREATE INDEX ON hengjian.{name} (piece);\n",
            key.join(", "),
            name = table.name
        )
    }

    #[test]
    fn the_migrations_make_every_table_as_it_is_described() {
        let all = MIGRATIONS.concat();
        let missing: Vec<String> =
            tables::ALL.iter().map(|table| ddl(table)).filter(|ddl| !all.contains(ddl)).collect();
        assert!(missing.is_empty(), "no migration makes:\n{}", missing.join("\n"));
    }
}
