//! The evidence folder: files named by their content.

use crate::error::Error;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// The largest file that can be attached: packages must fit on sticks whose file system ends at 4 GiB.
pub const MAX_EVIDENCE_BYTES: u64 = 2 << 30;

/// How much is copied between two calls of a progress callback.
const CHUNK: usize = 1 << 20;

/// A file that was copied into the evidence folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Ingested {
    /// SHA-256 of the content, 64 hexadecimal digits.
    pub sha256: String,
    /// Ending, without the dot.
    pub extension: String,
    /// Size in bytes.
    pub size: u64,
}

/// Whether a file of the catalogue is in the folder, unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// There, with the right content as far as was looked.
    Present,
    /// Not there.
    Missing,
    /// There, with another content.
    Changed,
}

/// Where a file of the catalogue stands.
#[must_use]
pub fn path(root: &Path, sha256: &str, extension: &str) -> PathBuf {
    let folder = root.join("evidence").join(sha256.get(..2).unwrap_or_default());
    folder.join(format!("{sha256}.{extension}"))
}

/// The ending that a stored file gets: ASCII letters and digits, at most eight, in lower case; else `bin`.
#[must_use]
pub fn extension(file_name: &str) -> String {
    let ending = Path::new(file_name).extension().and_then(|e| e.to_str()).unwrap_or_default();
    let plain = (1..=8).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain { ending.to_ascii_lowercase() } else { "bin".to_owned() }
}

/// Opens a file to attach and says how large it is.
///
/// # Errors
/// Missing, unreadable, empty, too large, or not a file.
pub fn open_source(source: &Path) -> Result<(File, u64), Error> {
    let path = source.display().to_string();
    let unreadable = |error: &io::Error| match error.kind() {
        io::ErrorKind::NotFound => Error::FileMissing { path: path.clone() },
        _ => Error::FileUnreadable { path: path.clone(), detail: error.to_string() },
    };
    let kind = fs::metadata(source).map_err(|error| unreadable(&error))?;
    if !kind.is_file() {
        return Err(Error::NotAFile { path });
    }
    let file = File::open(source).map_err(|error| unreadable(&error))?;
    match kind.len() {
        0 => Err(Error::FileEmpty { path }),
        size if size > MAX_EVIDENCE_BYTES => {
            Err(Error::FileTooLarge { path, size: size >> 20, most: MAX_EVIDENCE_BYTES >> 20 })
        }
        size => Ok((file, size)),
    }
}

/// A file on its way into the evidence folder: written to a temporary file and hashed on the way.
///
/// Dropped before [`Incoming::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Incoming {
    root: PathBuf,
    name: String,
    temporary: PathBuf,
    file: File,
    digest: Sha256,
    size: u64,
}

impl Incoming {
    /// Begins a file that was called `name`.
    ///
    /// # Errors
    /// Of the disk.
    pub fn create(root: &Path, name: &str) -> Result<Self, Error> {
        let folder = root.join("evidence").join("incoming");
        fs::create_dir_all(&folder).map_err(|error| Error::io(&folder, &error))?;
        // One process at a time holds the workspace and copies one file at a time.
        let temporary = folder.join(hex(&Sha256::digest(name.as_bytes())));
        let file = File::create(&temporary).map_err(|error| Error::io(&temporary, &error))?;
        Ok(Self { root: root.to_owned(), name: name.to_owned(), temporary, file, digest: Sha256::new(), size: 0 })
    }

    /// Syncs the file and moves it to its place, unless the same content is there already.
    ///
    /// # Errors
    /// Empty after all, or of the disk.
    pub fn finish(self) -> Result<Ingested, Error> {
        if self.size == 0 {
            return Err(Error::FileEmpty { path: self.name.clone() });
        }
        let sha256 = hex(&self.digest.clone().finalize());
        let extension = extension(&self.name);
        let target = path(&self.root, &sha256, &extension);
        let folder = target.parent().expect("a file in a folder");
        let failed = |error: io::Error| Error::io(&target, &error);
        // An editor that opens the file must not be able to overwrite the only copy.
        let mut permissions = self.file.metadata().map_err(failed)?.permissions();
        permissions.set_readonly(true);
        self.file.set_permissions(permissions).map_err(failed)?;
        self.file.sync_all().map_err(failed)?;
        fs::create_dir_all(folder).map_err(failed)?;
        fs::rename(&self.temporary, &target).map_err(failed)?;
        // Both the file's entry and, when it is new, the folder's own.
        for folder in folder.ancestors().take(2) {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        }
        Ok(Ingested { sha256, extension, size: self.size })
    }
}

impl Write for Incoming {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.digest.update(&bytes[..count]);
        self.size += u64::try_from(count).expect("a piece of memory");
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // After `finish` the temporary file is gone; a left-over that cannot be removed is overwritten next time.
        let _ = fs::remove_file(&self.temporary);
    }
}

/// Copies a stream into the evidence folder.
///
/// `size` is how many bytes there should be, as far as it is known: a stick that is pulled can end a file early without
/// a fault. `progress` gets the bytes copied so far and may stop the copy. Nothing is left behind on any failure.
///
/// # Errors
/// Stopped, unreadable, shorter or longer than it should be, empty after all, or of the disk.
pub fn ingest(
    root: &Path,
    name: &str,
    size: Option<u64>,
    source: &mut dyn Read,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Ingested, Error> {
    let unreadable = |error: io::Error| Error::FileUnreadable { path: name.to_owned(), detail: error.to_string() };
    let mut incoming = Incoming::create(root, name)?;
    let mut buffer = vec![0; CHUNK];
    loop {
        let count = match source.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read.map_err(unreadable)?,
        };
        if count == 0 {
            return match size.filter(|size| *size != incoming.size) {
                Some(expected) => Err(Error::FileShifted { path: name.to_owned(), expected, found: incoming.size }),
                None => incoming.finish(),
            };
        }
        incoming.write_all(&buffer[..count]).map_err(|error| Error::io(&incoming.temporary, &error))?;
        if progress(incoming.size).is_break() {
            return Err(Error::Cancelled { path: name.to_owned() });
        }
    }
}

/// What interrupted copying left behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leftovers {
    /// How many files.
    pub files: usize,
    /// Their size in bytes.
    pub bytes: u64,
}

/// What a copy that was killed left in the folder of files on their way. Nothing may be copied meanwhile.
///
/// # Errors
/// When the folder cannot be read.
pub fn leftovers(root: &Path) -> Result<Leftovers, Error> {
    let mut found = Leftovers::default();
    each_leftover(root, |path| {
        found.files += 1;
        found.bytes += fs::metadata(path)?.len();
        Ok(())
    })?;
    Ok(found)
}

/// Removes what [`leftovers`] counts.
///
/// # Errors
/// When a file cannot be removed; those before it are.
pub fn clear_leftovers(root: &Path) -> Result<(), Error> {
    each_leftover(root, |path| fs::remove_file(path))
}

fn each_leftover(root: &Path, mut act: impl FnMut(&Path) -> io::Result<()>) -> Result<(), Error> {
    let folder = root.join("evidence").join("incoming");
    let failed = |error: io::Error| Error::io(&folder, &error);
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(failed)?,
    };
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        act(&path).map_err(|error| Error::io(&path, &error))?;
    }
    Ok(())
}

/// Looks whether a file is there with the right size, and with the right content when `thorough`.
///
/// # Errors
/// When the file is there but cannot be read.
pub fn presence(root: &Path, file: &Ingested, thorough: bool) -> Result<Presence, Error> {
    let path = path(root, &file.sha256, &file.extension);
    let size = match fs::metadata(&path) {
        Ok(kind) => kind.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Presence::Missing),
        Err(error) => return Err(Error::io(&path, &error)),
    };
    if size != file.size {
        return Ok(Presence::Changed);
    }
    if thorough && digest_of(&path)? != file.sha256 {
        return Ok(Presence::Changed);
    }
    Ok(Presence::Present)
}

/// SHA-256 of a file, read in pieces.
///
/// # Errors
/// When it cannot be read.
pub fn digest_of(path: &Path) -> Result<String, Error> {
    File::open(path).and_then(|mut file| digest_from(&mut file)).map_err(|error| Error::io(path, &error))
}

/// SHA-256 of a stream, read in pieces.
///
/// # Errors
/// When it cannot be read.
pub fn digest_from(source: &mut dyn Read) -> io::Result<String> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; CHUNK];
    loop {
        let count = match source.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        if count == 0 {
            return Ok(hex(&digest.finalize()));
        }
        digest.update(&buffer[..count]);
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
