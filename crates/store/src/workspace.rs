//! Opening a workspace, its schema, and the one door for writes.

use crate::error::Error;
use crate::tx::{AuditNote, Tx};
use rusqlite::{Connection, TransactionBehavior};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// Schema changes in their order; only ever added to.
const MIGRATIONS: &[&str] = &[include_str!("migrations/0001.sql")];

/// An open workspace folder. One process at a time; dropping it releases the folder.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    connection: Connection,
    /// Let go last, when the database is closed.
    _lock: Lock,
}

/// The lock of a workspace. It is let go by word: closing the file alone leaves it to whoever else holds the open file
/// at that moment, such as a program that is just being started, and the next opening would find it in use.
#[derive(Debug)]
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

impl Workspace {
    /// Opens the workspace in a folder, creating both when absent.
    ///
    /// # Errors
    /// In use, read-only, full disk, damaged, or written by a newer program. Nothing is changed then.
    pub fn open(root: &Path) -> Result<Self, Error> {
        fs::create_dir_all(root.join("evidence")).map_err(|error| Error::io(root, &error))?;
        let lock = lock(root)?;
        let database = root.join("hengjian.db");
        let failed = |error: rusqlite::Error| Error::sql(&database, &error);
        let mut connection = Connection::open(&database).map_err(failed)?;
        // The lock keeps other processes out, so that the index of the write-ahead log can stay in memory: a third
        // file would need room on a full disk, and mapping, which a stick or a network may not have. Comes before the
        // first read, which would make that file.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(failed)?;
        refuse_newer(&connection, &database)?;
        connection.pragma_update(None, "journal_mode", "WAL").map_err(failed)?;
        connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        connection.pragma_update(None, "foreign_keys", true).map_err(failed)?;
        migrate(&mut connection).map_err(failed)?;
        Ok(Self { root: root.to_owned(), connection, _lock: lock })
    }

    /// Whether a folder holds a workspace.
    #[must_use]
    pub fn exists(root: &Path) -> bool {
        root.join("hengjian.db").exists()
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Runs a change as one transaction with its audit note; an error leaves everything as it was.
    ///
    /// # Errors
    /// Those of the closure, or of the disk.
    pub fn write<T, E: From<Error>>(
        &mut self,
        note: &AuditNote<'_>,
        change: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let database = self.database();
        let failed = |error: rusqlite::Error| Error::sql(&database, &error);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let tx = Tx::new(&transaction, &self.root);
        let value = change(&tx)?;
        tx.audit(note)?;
        tx.keep_head()?;
        transaction.commit().map_err(failed)?;
        Ok(value)
    }

    /// Reads; several reads in one closure see one state.
    ///
    /// # Errors
    /// Those of the closure, or of the disk.
    pub fn read<T, E: From<Error>>(&self, query: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let database = self.database();
        let transaction = self.connection.unchecked_transaction().map_err(|error| Error::sql(&database, &error))?;
        query(&Tx::new(&transaction, &self.root))
    }

    /// SQLite's own check of the file; `ok` when it is sound.
    ///
    /// # Errors
    /// When the check cannot run.
    pub fn integrity(&self) -> Result<String, Error> {
        let check = self.connection.query_row("PRAGMA integrity_check", [], |row| row.get(0));
        check.map_err(|error| Error::sql(&self.database(), &error))
    }

    /// Notes that a window works here from now on. Gives the beginning of an earlier one that did not end by itself.
    ///
    /// # Errors
    /// Of the disk.
    pub fn begin_run(&self, now: i64) -> Result<Option<i64>, Error> {
        let path = self.running();
        let left = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
        fs::write(&path, now.to_string()).map_err(|error| Error::io(&path, &error))?;
        Ok(left)
    }

    /// Notes that the window ended by itself.
    ///
    /// # Errors
    /// Of the disk.
    pub fn end_run(&self) -> Result<(), Error> {
        let path = self.running();
        fs::remove_file(&path).map_err(|error| Error::io(&path, &error))
    }

    fn running(&self) -> PathBuf {
        self.root.join("running")
    }

    fn database(&self) -> PathBuf {
        self.root.join("hengjian.db")
    }
}

fn lock(root: &Path) -> Result<Lock, Error> {
    let path = root.join("lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| Error::io(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(Error::InUse { path: root.display().to_string() }),
        Err(TryLockError::Error(error)) => Err(Error::io(&path, &error)),
    }
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).expect("a handful of migrations")
}

fn refuse_newer(connection: &Connection, database: &Path) -> Result<(), Error> {
    let found = version(connection).map_err(|error| Error::sql(database, &error))?;
    if found > known() {
        return Err(Error::NewerStore { path: database.display().to_string(), found, known: known() });
    }
    Ok(())
}

fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let from = usize::try_from(version(connection)?).unwrap_or(0);
    for (version, sql) in (1_i64..).zip(MIGRATIONS).skip(from) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}
