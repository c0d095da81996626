//! Many files at once: found below folders, and looked at on all cores with bounded memory.

use super::Refused;
use crate::problem::Failure;
use crate::{Result, Watch};
use std::fs::{DirEntry, FileType};
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;

/// Most files that are taken in one go.
pub(crate) const FILES_MAXIMUM: usize = 50_000;
/// How many folders may lie in one another.
const DEPTH_MAXIMUM: usize = 24;
/// How far each core may look ahead of what is taken: what the files hold is in the memory meanwhile.
const AHEAD: usize = 8;

/// Endings of files that are taken from folders.
const ENDINGS: [&str; 4] = ["hjp", "age", "xlsx", "jsonl"];

/// Endings of archives, as mails bring them: each is named with what to do, so that nothing inside is missed.
const ARCHIVES: [&str; 7] = ["zip", "rar", "7z", "tar", "gz", "tgz", "bz2"];
/// Files and folders that systems leave, in lower case.
const LEFT_BY_SYSTEMS: [&str; 8] = [
    "thumbs.db",
    "desktop.ini",
    "ehthumbs.db",
    "system volume information",
    "$recycle.bin",
    "recycler",
    "lost+found",
    "__macosx",
];
/// Beginnings of the files that office programs lay beside an open workbook.
const LOCKS: [&str; 2] = ["~$", ".~"];

/// What was given, folders looked through.
#[derive(Default)]
pub(crate) struct Given {
    /// The files to look at.
    pub files: Vec<PathBuf>,
    /// How many other files the folders hold.
    pub others: usize,
    /// Folders that were not looked through, and why.
    pub refused: Vec<(PathBuf, Failure)>,
}

impl Given {
    /// Whether there is nothing to say about what was given.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.refused.is_empty()
    }
}

/// The files that are named, and those below the folders that are named, each folder's in the order of their names.
/// Links inside folders are not followed, other files in them are counted, folders that cannot be read are named.
pub(crate) fn files(given: &[PathBuf], watch: &Watch) -> Result<Given> {
    let mut found = Given::default();
    for path in given {
        if path.is_dir() {
            below(path, 0, &mut found, watch)?;
        } else {
            found.files.push(path.clone());
        }
    }
    Ok(found)
}

fn below(folder: &Path, depth: usize, found: &mut Given, watch: &Watch) -> Result<()> {
    let entries = match entries(folder, depth) {
        Ok(entries) => entries,
        Err(refused) => {
            found.refused.push((folder.to_owned(), refused.into()));
            return Ok(());
        }
    };
    for (kind, entry) in entries {
        if watch.step(&folder.display().to_string(), 0, 0).is_break() {
            return Err(Refused::Stopped {}.into());
        }
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if name.starts_with('.') || LOCKS.iter().any(|lock| name.starts_with(lock)) || LEFT_BY_SYSTEMS.contains(&&*name)
        {
            continue;
        }
        if kind.is_dir() {
            below(&path, depth + 1, found, watch)?;
        } else if kind.is_file() && (ends_in(&path, &ENDINGS) || is_archive(&path)) {
            found.files.push(path);
        } else if kind.is_file() {
            found.others += 1;
        }
        if found.files.len() > FILES_MAXIMUM {
            return Err(Refused::TooMany { most: FILES_MAXIMUM }.into());
        }
    }
    Ok(())
}

/// What is in a folder, in the order of names.
fn entries(folder: &Path, depth: usize) -> std::result::Result<Vec<(FileType, DirEntry)>, Refused> {
    let path = || folder.display().to_string();
    if depth > DEPTH_MAXIMUM {
        return Err(Refused::FolderDeep { path: path(), most: DEPTH_MAXIMUM });
    }
    let all = std::fs::read_dir(folder).and_then(|entries| {
        let with_kind = |entry: std::io::Result<DirEntry>| entry.and_then(|entry| Ok((entry.file_type()?, entry)));
        entries.map(with_kind).collect::<std::io::Result<Vec<_>>>()
    });
    let mut all = all.map_err(|error| Refused::FolderUnreadable { path: path(), detail: error.to_string() })?;
    all.sort_by_key(|(_, entry)| entry.file_name());
    Ok(all)
}

fn ends_in(path: &Path, endings: &[&str]) -> bool {
    endings.iter().any(|ending| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending)))
}

/// Whether a file is an archive, by its name.
pub(crate) fn is_archive(path: &Path) -> bool {
    ends_in(path, &ARCHIVES)
}

/// Looks at every file on all cores, and gives what was found to `take` in the order of the files. Progress counts files.
pub(crate) fn each<T: Send>(
    files: &[PathBuf],
    watch: &Watch,
    look: impl Fn(&Path, &Watch) -> T + Sync,
    mut take: impl FnMut(usize, T) -> Result<()>,
) -> Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, 16);
    let total = files.len() as u64;
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    std::thread::scope(|scope| -> Result<()> {
        // Every core has a queue of its own and looks at every so-many-th file: taken in turn, they come in order.
        let begin = |first: usize| {
            let (found, queue) = sync_channel(AHEAD);
            let (quiet, look) = (watch.quiet(), &look);
            scope.spawn(move || {
                for path in files.iter().skip(first).step_by(cores) {
                    // Nobody takes any more once the work was stopped or failed.
                    if found.send(look(path, &quiet)).is_err() {
                        break;
                    }
                }
            });
            queue
        };
        let queues: Vec<_> = (0..cores).map(begin).collect();
        for (index, path) in files.iter().enumerate() {
            if watch.step(&name(path), index as u64, total).is_break() {
                return Err(Refused::Stopped {}.into());
            }
            let found = queues[index % cores].recv();
            take(index, found.expect("a thread ends early only when nobody takes"))?;
        }
        Ok(())
    })?;
    watch.report("", total, total);
    Ok(())
}
