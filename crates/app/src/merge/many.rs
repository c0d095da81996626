//! Many files at once: found below folders, and looked at on all cores with bounded memory.

use super::Refused;
use crate::{Result, Watch};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Most files that are taken in one go.
pub(crate) const FILES_MAXIMUM: usize = 50_000;
/// How many folders may lie in one another.
const DEPTH_MAXIMUM: usize = 24;
/// How many files each core looks at before the results are taken: what they hold is in the memory meanwhile.
const AHEAD: usize = 8;

/// Endings of files that are taken from folders.
const ENDINGS: [&str; 4] = ["hjp", "age", "xlsx", "jsonl"];

/// The files that are named, and those below the folders that are named, each folder's in the order of their names.
/// Links inside folders are not followed, other files in them are left out.
pub(crate) fn files(given: &[PathBuf], watch: &Watch) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in given {
        if path.is_dir() {
            below(path, 0, &mut found, watch)?;
        } else {
            found.push(path.clone());
        }
    }
    Ok(found)
}

fn below(folder: &Path, depth: usize, found: &mut Vec<PathBuf>, watch: &Watch) -> Result<()> {
    let path = || folder.display().to_string();
    if depth > DEPTH_MAXIMUM {
        return Err(Refused::FolderDeep { path: path(), most: DEPTH_MAXIMUM }.into());
    }
    let unreadable = |error: std::io::Error| Refused::FolderUnreadable { path: path(), detail: error.to_string() };
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut entries = entries.map_err(unreadable)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        if watch.step(&path(), 0, 0).is_break() {
            return Err(Refused::Stopped {}.into());
        }
        let (kind, path) = (entry.file_type().map_err(unreadable)?, entry.path());
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if kind.is_dir() && !hidden {
            below(&path, depth + 1, found, watch)?;
        } else if kind.is_file() && !hidden && is_taken(&path) {
            found.push(path);
        }
        if found.len() > FILES_MAXIMUM {
            return Err(Refused::TooMany { most: FILES_MAXIMUM }.into());
        }
    }
    Ok(())
}

fn is_taken(path: &Path) -> bool {
    ENDINGS.iter().any(|ending| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending)))
}

/// Looks at every file on all cores, and gives what was found to `take` in the order of the files. Progress counts files.
pub(crate) fn each<T: Send>(
    files: &[PathBuf],
    watch: &Watch,
    look: impl Fn(&Path, &Watch) -> T + Sync,
    mut take: impl FnMut(usize, T) -> Result<()>,
) -> Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(16);
    let total = files.len() as u64;
    for (number, some) in files.chunks(cores * AHEAD).enumerate() {
        let begin = number * cores * AHEAD;
        let name = some.first().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
        if watch.step(&name.unwrap_or_default(), begin as u64, total).is_break() {
            return Err(Refused::Stopped {}.into());
        }
        let places: Vec<Mutex<Option<T>>> = some.iter().map(|_| Mutex::new(None)).collect();
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for quiet in (0..cores.min(some.len())).map(|_| watch.quiet()) {
                let (next, places, look) = (&next, &places, &look);
                scope.spawn(move || {
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some(path) = some.get(index) else { break };
                        let found = look(path, &quiet);
                        *places[index].lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
                    }
                });
            }
        });
        for (index, place) in places.into_iter().enumerate() {
            let found = place.into_inner().unwrap_or_else(PoisonError::into_inner);
            take(begin + index, found.expect("every place was filled before the threads ended"))?;
        }
    }
    watch.report("", total, total);
    Ok(())
}
