//! The files below what was dropped. Links are not followed; depth and number are bounded.

use super::Refused;
use crate::view::{SkipReason, SkippedFile};
use crate::{Result, Watch};
use std::fs::{self, DirEntry, Metadata};
use std::path::{Path, PathBuf};
use store::MAX_EVIDENCE_BYTES;

/// Most files and folders that are looked at in one go.
pub(super) const FILES_MAXIMUM: usize = 20_000;
/// How many folders may lie in one another.
pub(super) const DEPTH_MAXIMUM: usize = 24;

/// Names that systems keep for themselves.
const SYSTEM: &[&str] =
    &["thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"];
/// Endings of what programs leave behind while they work.
const PASSING: &[&str] = &["tmp", "temp", "crdownload", "part", "lock"];

/// A file below what was dropped.
#[derive(Debug)]
pub(super) struct Found {
    pub path: PathBuf,
    /// Its path from what was dropped on.
    pub shown: String,
    /// Folders and the file's name without its ending, from what was dropped on.
    pub names: Vec<String>,
    pub size: u64,
}

/// What is still to be looked at.
struct Open {
    path: PathBuf,
    /// Folders from what was dropped on.
    folders: Vec<String>,
}

/// All files below what was dropped, in the order of their paths; and what is no evidence.
pub(super) fn walk(paths: &[PathBuf], watch: &Watch) -> Result<(Vec<Found>, Vec<SkippedFile>)> {
    let mut walk = Walk { found: Vec::new(), skipped: Vec::new(), seen: 0 };
    let mut open: Vec<Open> = paths.iter().rev().map(|path| Open { path: path.clone(), folders: Vec::new() }).collect();
    while let Some(next) = open.pop() {
        walk.seen += 1;
        if walk.seen > FILES_MAXIMUM {
            return Err(Refused::TooMany { path: next.path.display().to_string(), most: FILES_MAXIMUM }.into());
        }
        if watch.step(&next.path.display().to_string(), 0, 0).is_break() {
            return Err(Refused::Stopped.into());
        }
        open.extend(walk.look(next));
    }
    Ok((walk.found, walk.skipped))
}

struct Walk {
    found: Vec<Found>,
    skipped: Vec<SkippedFile>,
    seen: usize,
}

impl Walk {
    fn skip(&mut self, shown: String, why: SkipReason, detail: impl ToString) {
        self.skipped.push(SkippedFile { shown, why, detail: detail.to_string() });
    }

    /// Takes a file, or gives what lies in a folder, the last first.
    fn look(&mut self, open: Open) -> Vec<Open> {
        let name = open.path.file_name().unwrap_or(open.path.as_os_str());
        let shown =
            open.folders.iter().map(String::as_str).chain([&*name.to_string_lossy()]).collect::<Vec<_>>().join("/");
        let Some(name) = name.to_str().filter(|_| open.path.to_str().is_some()) else {
            self.skip(shown, SkipReason::Unreadable, "");
            return Vec::new();
        };
        if let Some(why) = reserved(name) {
            self.skip(shown, why, "");
            return Vec::new();
        }
        // The entry itself: what a link leads to may lie anywhere.
        let kind = match fs::symlink_metadata(&open.path) {
            Ok(kind) => kind,
            Err(error) => {
                self.skip(shown, SkipReason::Unreadable, error);
                return Vec::new();
            }
        };
        if kind.is_dir() {
            return self.folder(&open, name, shown);
        }
        match unfit(&open.path, &kind) {
            Some((why, detail)) => self.skip(shown, why, detail),
            None => {
                let stem = Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or(name).to_owned();
                let names = open.folders.into_iter().chain([stem]).collect();
                self.found.push(Found { path: open.path, shown, names, size: kind.len() });
            }
        }
        Vec::new()
    }

    fn folder(&mut self, open: &Open, name: &str, shown: String) -> Vec<Open> {
        if open.folders.len() >= DEPTH_MAXIMUM {
            self.skip(shown, SkipReason::Deep, "");
            return Vec::new();
        }
        let entries = fs::read_dir(&open.path).and_then(Iterator::collect::<std::io::Result<Vec<DirEntry>>>);
        let mut paths: Vec<PathBuf> = match entries {
            Ok(entries) => entries.iter().map(DirEntry::path).collect(),
            Err(error) => {
                self.skip(shown, SkipReason::Unreadable, error);
                return Vec::new();
            }
        };
        paths.sort_unstable_by(|a, b| b.cmp(a));
        let folders: Vec<String> = open.folders.iter().cloned().chain([name.to_owned()]).collect();
        paths.into_iter().map(|path| Open { path, folders: folders.clone() }).collect()
    }
}

/// Whether a name is one that nobody means as evidence.
fn reserved(name: &str) -> Option<SkipReason> {
    let lower = name.to_lowercase();
    let ending = Path::new(&lower).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if SYSTEM.contains(&lower.as_str()) || name.starts_with("~$") || PASSING.contains(&ending) {
        return Some(SkipReason::System);
    }
    if name == ".DS_Store" || name.starts_with("._") || name.starts_with(".~lock.") {
        return Some(SkipReason::System);
    }
    name.starts_with('.').then_some(SkipReason::Hidden)
}

/// Why a file cannot be attached, with the system's words.
fn unfit(path: &Path, kind: &Metadata) -> Option<(SkipReason, String)> {
    if kind.is_symlink() {
        return Some((SkipReason::Link, String::new()));
    }
    if !kind.is_file() {
        return Some((SkipReason::Unreadable, String::new()));
    }
    match kind.len() {
        0 => Some((SkipReason::Empty, String::new())),
        size if size > MAX_EVIDENCE_BYTES => Some((SkipReason::Large, crate::evidence::size(size))),
        _ => fs::File::open(path).err().map(|error| (SkipReason::Unreadable, error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    fn write(root: &Path, name: &str, text: &str) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn what_is_no_evidence_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("材料");
        for name in
            ["4.5.3/通知.pdf", "4.5.3/Thumbs.db", "4.5.3/.DS_Store", "4.5.3/~$通知.docx", ".git/config", "a.tmp"]
        {
            write(&root, name, "x");
        }
        write(&root, "空.txt", "");
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), root.join("上级")).unwrap();
        let (found, skipped) = walk(&[root], &Watch::none()).unwrap();
        assert_eq!(found.iter().map(|f| f.shown.as_str()).collect::<Vec<_>>(), ["材料/4.5.3/通知.pdf"]);
        assert_eq!(found[0].names, ["材料", "4.5.3", "通知"]);
        let mut why: Vec<(&str, &SkipReason)> = skipped.iter().map(|s| (s.shown.as_str(), &s.why)).collect();
        why.sort_by_key(|(shown, _)| *shown);
        let expected = [
            ("材料/.git", &SkipReason::Hidden),
            ("材料/4.5.3/.DS_Store", &SkipReason::System),
            ("材料/4.5.3/Thumbs.db", &SkipReason::System),
            ("材料/4.5.3/~$通知.docx", &SkipReason::System),
            ("材料/a.tmp", &SkipReason::System),
            ("材料/上级", &SkipReason::Link),
            ("材料/空.txt", &SkipReason::Empty),
        ];
        assert_eq!(why, expected[..if cfg!(unix) { 7 } else { 6 }]);
    }

    #[test]
    fn depth_is_bounded_and_walking_can_be_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let deep: PathBuf = (0..DEPTH_MAXIMUM + 2).map(|_| "里").collect();
        write(folder.path(), &deep.join("底.txt").display().to_string(), "x");
        let root = [folder.path().join("里")];
        let (found, skipped) = walk(&root, &Watch::none()).unwrap();
        assert!(found.is_empty());
        assert_eq!(skipped.iter().map(|s| &s.why).collect::<Vec<_>>(), [&SkipReason::Deep]);
        let stopped = Watch::new(|_, _, _| {}, Arc::new(AtomicBool::new(true)));
        assert_eq!(walk(&root, &stopped).unwrap_err().code(), "distribution.stopped");
    }
}
