//! A folder of tables: made beside its place and moved there when it is whole.

use crate::cell::fits;
use crate::csv::Csv;
use crate::parquet::Parquet;
use crate::sqlite::Sqlite;
use crate::{Error, FORMAT, Part, Piece, Row, Table, tables};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// What describes the files; a table format of its own (Frictionless Data Package).
const DESCRIPTION: &str = "datapackage.json";
/// The name in it, by which a folder of an earlier export is known.
const NAME: &str = "hengjian-data";
/// Held in a folder while it is written; in one that nobody holds, the writer was ended by force.
const HELD: &str = ".held";

/// How tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Format {
    /// One CSV file for each table.
    Csv,
    /// Parquet files, partitioned by rubric and year.
    Parquet,
    /// One SQLite file.
    Sqlite,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its place inside the folder, with `/` between names.
    pub path: String,
    /// Its table; none where it has several, or describes the others.
    pub table: Option<&'static Table>,
    /// How many rows it has.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of it.
    pub sha256: String,
}

/// What takes rows: those of a part come together.
pub(crate) trait Sink {
    fn take(&mut self, part: Option<&Part>, table: &'static Table, rows: &[Row]) -> Result<(), Error>;

    fn finish(self: Box<Self>) -> Result<Vec<Written>, Error>;
}

/// An export that is being written. Dropped before it is finished, it leaves nothing.
pub struct Export {
    folder: PathBuf,
    staging: PathBuf,
    replace: bool,
    format: Format,
    sink: Option<Box<dyn Sink>>,
    held: Option<File>,
}

impl Export {
    /// Begins to write tables for a folder, which must be absent or empty; with `replace` it may hold an earlier export.
    /// `mark` tells this export's own folder beside it from those of others; what exports that were ended by force left
    /// there is removed.
    ///
    /// # Errors
    /// A folder that has other files in it; of the disk.
    pub fn begin(folder: &Path, format: Format, replace: bool, mark: &str) -> Result<Self, Error> {
        require_place(folder, replace)?;
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = format!(".{name}.");
        remove_abandoned(folder, &beside);
        let staging = folder.with_file_name(format!("{beside}{mark}"));
        let mut export = Self { folder: folder.to_owned(), staging, replace, format, sink: None, held: None };
        export.held = Some(hold(&export.staging).map_err(|error| Error::io(&export.staging, &error))?);
        export.sink = Some(match format {
            Format::Csv => Box::new(Csv::create(&export.staging)?),
            Format::Parquet => Box::new(Parquet::new(&export.staging)),
            Format::Sqlite => Box::new(Sqlite::create(&export.staging)?),
        });
        Ok(export)
    }

    /// Writes a piece. Pieces of a part come one after the other.
    ///
    /// # Errors
    /// A number that does not fit; of the disk.
    pub fn take(&mut self, piece: &Piece) -> Result<(), Error> {
        let sink = self.sink.as_mut().expect("the sink stays until the export is finished");
        for (table, rows) in &piece.rows {
            // The same numbers are refused in every format.
            rows.iter().try_for_each(|row| fits(table, row))?;
            sink.take(piece.part.as_ref(), table, rows)?;
        }
        Ok(())
    }

    /// Finishes the files, describes them, and moves the folder to its place.
    ///
    /// # Errors
    /// Of the disk.
    pub fn finish(mut self) -> Result<Vec<Written>, Error> {
        let sink = self.sink.take().expect("the sink stays until the export is finished");
        let mut files = sink.finish()?;
        let path = self.staging.join(DESCRIPTION);
        let text = serde_json::to_vec_pretty(&describe(self.format, &files)).expect("plain data");
        fs::write(&path, text).map_err(|error| Error::io(&path, &error))?;
        File::open(&path).and_then(|file| file.sync_all()).map_err(|error| Error::io(&path, &error))?;
        files.push(written(&self.staging, &path, None, 0)?);
        // What came between since the export began is looked at again.
        require_place(&self.folder, self.replace)?;
        self.place().map_err(|error| Error::io(&self.folder, &error))?;
        Ok(files)
    }

    /// Puts the folder at its place. An earlier export is removed once the new one stands there.
    fn place(&mut self) -> io::Result<()> {
        // Some systems move no folder in which a file is open.
        self.held = None;
        fs::remove_file(self.staging.join(HELD))?;
        let earlier = self.folder.exists().then(|| self.staging.with_added_extension("old"));
        if let Some(earlier) = &earlier {
            fs::rename(&self.folder, earlier)?;
        }
        let placed = fs::rename(&self.staging, &self.folder);
        match earlier {
            Some(earlier) if placed.is_err() => fs::rename(earlier, &self.folder)?,
            // What cannot be removed stays beside it; the new one is whole.
            Some(earlier) => drop(fs::remove_dir_all(earlier)),
            None => {}
        }
        placed
    }
}

/// Makes a folder and holds it.
fn hold(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let file = File::create(folder.join(HELD))?;
    file.try_lock()?;
    Ok(file)
}

/// Removes the folders beside a place that were being written when their programs ended.
fn remove_abandoned(place: &Path, beside: &str) {
    let inside = place.parent().and_then(|parent| fs::read_dir(parent).ok());
    for path in inside.into_iter().flatten().flatten().map(|entry| entry.path()) {
        let named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(beside));
        let abandoned = || File::open(path.join(HELD)).is_ok_and(|file| file.try_lock().is_ok());
        if named && abandoned() {
            // One that cannot be removed disturbs nobody.
            let _ = fs::remove_dir_all(&path);
        }
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        // Some systems remove no folder in which a file is open.
        (self.sink, self.held) = (None, None);
        // After it was moved there is nothing here; a folder that cannot be removed stays under its own name.
        let _ = fs::remove_dir_all(&self.staging);
    }
}

/// Refuses a folder that has files in it, unless an earlier export may be replaced and made all of them.
fn require_place(folder: &Path, replace: bool) -> Result<(), Error> {
    let path = || folder.display().to_string();
    let mut inside = match fs::read_dir(folder) {
        Ok(inside) => inside,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io(folder, &error)),
    };
    if inside.next().is_none() {
        return Ok(());
    }
    if !replace {
        return Err(Error::NotEmpty { path: path() });
    }
    let text = fs::read(folder.join(DESCRIPTION)).unwrap_or_default();
    let ours = serde_json::from_slice::<Value>(&text).is_ok_and(|value| value["name"] == NAME);
    if ours && only_described(folder, &text) { Ok(()) } else { Err(Error::NotOurs { path: path() }) }
}

/// Whether a folder holds nothing but the files that its description names.
fn only_described(folder: &Path, text: &[u8]) -> bool {
    let value: Value = serde_json::from_slice(text).unwrap_or_default();
    let paths = |resource: &Value| match &resource["path"] {
        Value::Array(all) => all.clone(),
        one => vec![one.clone()],
    };
    let resources = value["resources"].as_array().cloned().unwrap_or_default();
    let known: Vec<PathBuf> =
        resources.iter().flat_map(paths).filter_map(|path| path.as_str().map(|path| folder.join(path))).collect();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if !known.contains(&path) && path != folder.join(DESCRIPTION) {
                return false;
            }
        }
    }
    true
}

/// What a file is, after it was synced.
pub(crate) fn written(root: &Path, path: &Path, table: Option<&'static Table>, rows: u64) -> Result<Written, Error> {
    let io = |error: std::io::Error| Error::io(path, &error);
    let mut file = File::open(path).map_err(io)?;
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer).map_err(io)? {
            0 => break,
            some => {
                hash.update(&buffer[..some]);
                bytes += some as u64;
            }
        }
    }
    let inside = path.strip_prefix(root).unwrap_or(path);
    let names: Vec<String> = inside.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    Ok(Written { path: names.join("/"), table, rows, bytes, sha256: hex(&hash.finalize()) })
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The description: every table with its files, digests, columns and key. It says no time, so that the same facts give
/// the same bytes.
fn describe(format: Format, files: &[Written]) -> Value {
    let word: &'static str = format.into();
    let resource = |table: &&'static Table| {
        let of: Vec<&Written> = files.iter().filter(|file| file.table.is_none_or(|other| other == *table)).collect();
        let paths: Vec<&str> = of.iter().map(|file| file.path.as_str()).collect();
        let digests: Vec<Value> = of
            .iter()
            .map(|file| json!({ "path": file.path, "bytes": file.bytes, "hash": format!("sha256:{}", file.sha256) }))
            .collect();
        let fields: Vec<Value> = table.all_columns().map(field).collect();
        let key: Vec<&str> = table.full_key().collect();
        json!({
            "name": table.name,
            "path": paths,
            "format": word,
            "encoding": "utf-8",
            "files": digests,
            "schema": { "fields": fields, "primaryKey": key },
        })
    };
    let resources: Vec<Value> = tables::ALL.iter().map(resource).collect();
    json!({ "name": NAME, "version": FORMAT.to_string(), "resources": resources })
}

fn field(column: &crate::Column) -> Value {
    use crate::Kind;
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Whole => "integer",
        Kind::Mark | Kind::Quotient => "number",
        Kind::Bool => "boolean",
        Kind::Time => "datetime",
    };
    json!({ "name": column.name, "type": kind, "constraints": { "required": !column.optional } })
}
