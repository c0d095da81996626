//! Writing beside the target, then renaming: what stands at the target is whole, old or new.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes a file of these bytes.
///
/// # Errors
/// Of the disk; what stood at the target is unchanged, and nothing is left beside it.
pub fn write(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = Beside::create(target)?;
    let mut file = beside.file()?;
    file.write_all(bytes)?;
    beside.keep().map(drop)
}

/// A file beside its target; removed when dropped before [`Beside::keep`].
pub(crate) struct Beside {
    target: PathBuf,
    path: PathBuf,
    file: Option<File>,
}

impl Beside {
    /// Opens a new hidden file in the target's folder.
    pub(crate) fn create(target: &Path) -> io::Result<Self> {
        let name = target.file_name().ok_or(ErrorKind::InvalidFilename)?;
        for number in 0..1000 {
            let path = target.with_file_name(format!(".{}.{number}.part", name.to_string_lossy()));
            match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Self { target: target.to_owned(), path, file: Some(file) }),
                Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
                Err(e) => return Err(e),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// The file to write to.
    pub(crate) fn file(&self) -> io::Result<&File> {
        self.file.as_ref().ok_or_else(|| ErrorKind::BrokenPipe.into())
    }

    /// Brings the bytes to the disk and puts the file at its target; gives its length.
    pub(crate) fn keep(mut self) -> io::Result<u64> {
        let written = self.settle();
        if written.is_err() {
            fs::remove_file(&self.path).ok();
        }
        written
    }

    fn settle(&mut self) -> io::Result<u64> {
        let file = self.file.take().ok_or(ErrorKind::BrokenPipe)?;
        file.sync_all()?;
        let length = file.metadata()?.len();
        drop(file);
        fs::rename(&self.path, &self.target)?;
        // The rename itself is on the disk once the folder is; not every system lets a folder be opened.
        if let Some(folder) = self.target.parent().and_then(|folder| File::open(folder).ok()) {
            folder.sync_all().ok();
        }
        Ok(length)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            fs::remove_file(&self.path).ok();
        }
    }
}
