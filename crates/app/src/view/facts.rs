//! Data that is handed out: tables in files, and facts on a server.

use super::Passphrase;
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// What there is of a rubric in a year.
    pub struct FactsPart {
        /// The rubric.
        pub rubric: String,
        /// Its title.
        pub title: String,
        /// The year.
        pub year: i32,
        /// How many units have signed sheets.
        pub units: u32,
        /// How many signed sheets.
        pub sheets: u32,
        /// Names of its panels.
        pub panels: Vec<String>,
    }

    /// What can be handed out.
    pub struct FactsView {
        /// By rubric and year.
        pub parts: Vec<FactsPart>,
        /// The office of this workspace; empty where there is none.
        pub office: String,
    }

    /// What is handed out: everything that fits all that is said here.
    #[derive(Default)]
    pub struct FactsChoice {
        /// Only this rubric; empty for all.
        pub rubric: String,
        /// Only this year.
        pub year: Option<i32>,
        /// Only these panels, with the sheets of their rubric and year.
        pub panels: Vec<String>,
    }

    /// How tables are written.
    #[derive(Copy, Eq)]
    pub enum FactsFormat {
        /// A file for each table, for spreadsheets.
        Csv,
        /// Partitioned by rubric and year, for engines.
        Parquet,
        /// One file.
        Sqlite,
    }

    /// What writing tables needs.
    pub struct FactsInput {
        /// What.
        pub choice: FactsChoice,
        /// How.
        pub format: FactsFormat,
        /// The folder; absent, empty, or of an earlier export.
        pub directory: String,
        /// Whether an earlier export there may be replaced.
        pub replace: bool,
    }

    /// A file that was written.
    pub struct FactsFile {
        /// Its place in the folder.
        pub path: String,
        /// Its table; empty where it has several.
        pub table: String,
        /// How many rows.
        pub rows: u32,
        /// Its size in bytes, as a decimal number.
        pub bytes: String,
        /// SHA-256 of it.
        pub sha256: String,
    }

    /// What was written.
    pub struct FactsReport {
        /// The folder.
        pub directory: String,
        /// How many rows in all.
        pub rows: u32,
        /// The files.
        pub files: Vec<FactsFile>,
    }

    /// A server, and who asks. The password is neither shown nor kept.
    pub struct ServerInput {
        /// Its address, such as `postgres://office@localhost/results`.
        pub address: String,
        /// The password; empty where none is needed, or where the environment or the password file has it.
        pub password: Passphrase,
    }

    /// A panel on a server.
    pub struct ServedPanel {
        /// Its identifier.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Who published it.
        pub office: String,
        /// The rubric.
        pub rubric: String,
        /// The year.
        pub year: i32,
    }

    /// What a server has.
    pub struct ServerView {
        /// The server and its database.
        pub server: String,
        /// Whether anybody published there.
        pub published: bool,
        /// The panels.
        pub panels: Vec<ServedPanel>,
    }

    /// What publishing needs.
    pub struct PublishInput {
        /// What.
        pub choice: FactsChoice,
        /// Where.
        pub server: ServerInput,
        /// Who publishes; empty for the office of this workspace.
        pub office: String,
    }

    /// What publishing did.
    pub struct PublishReport {
        /// The server and its database.
        pub server: String,
        /// Who published.
        pub office: String,
        /// Pieces that were new.
        pub added: u32,
        /// Pieces that took the place of what they said before.
        pub replaced: u32,
        /// Pieces that were there already.
        pub same: u32,
        /// Rows that were written.
        pub rows: u32,
        /// Transactions.
        pub bundles: u32,
    }
}
