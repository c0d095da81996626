//! Texts by their digest, in a file: what is merged may be larger than the memory.

use crate::Result;
use crate::export::cannot_write;
use package::Sha256;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The texts; their file is removed when this is dropped.
pub(crate) struct Blobs {
    path: PathBuf,
    file: File,
    /// Where each begins, and how long it is.
    places: BTreeMap<Sha256, (u64, usize)>,
    end: u64,
}

impl Blobs {
    /// An empty file in a folder, under a name that nothing else has.
    pub fn create(folder: &Path) -> Result<Self> {
        for number in 0.. {
            let path = folder.join(format!(".merging-{number}.part"));
            match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Self { path, file, places: BTreeMap::new(), end: 0 }),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && number < 1000 => {}
                Err(error) => return Err(cannot_write(&path, &error)),
            }
        }
        unreachable!("the loop ends with a file or an error")
    }

    /// The file of this name, emptied: a process that was ended by force may have left it.
    pub fn at(path: &Path) -> Result<Self> {
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(path);
        let file = opened.map_err(|error| cannot_write(path, &error))?;
        Ok(Self { path: path.to_owned(), file, places: BTreeMap::new(), end: 0 })
    }

    pub fn has(&self, digest: &Sha256) -> bool {
        self.places.contains_key(digest)
    }

    /// The digests of all texts.
    pub fn digests(&self) -> Vec<Sha256> {
        self.places.keys().copied().collect()
    }

    /// Keeps a text; the same text is kept once.
    pub fn put(&mut self, bytes: &[u8]) -> Result<Sha256> {
        let digest = Sha256::of(bytes);
        if !self.has(&digest) {
            let written = self.file.seek(SeekFrom::Start(self.end)).and_then(|_| self.file.write_all(bytes));
            written.map_err(|error| cannot_write(&self.path, &error))?;
            self.places.insert(digest, (self.end, bytes.len()));
            self.end += bytes.len() as u64;
        }
        Ok(digest)
    }

    /// A text that was kept.
    pub fn get(&mut self, digest: &Sha256) -> Result<Vec<u8>> {
        let (begin, length) = self.places.get(digest).copied().unwrap_or_default();
        let mut bytes = vec![0; length];
        let read = self.file.seek(SeekFrom::Start(begin)).and_then(|_| self.file.read_exact(&mut bytes));
        read.map_err(|error| cannot_write(&self.path, &error))?;
        Ok(bytes)
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        // Nothing depends on it: what stays behind is a hidden file that says what it is.
        drop(std::fs::remove_file(&self.path));
    }
}
