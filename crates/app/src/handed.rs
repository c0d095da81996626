//! Files that one person hands to another: named after what is in them, never over a file that is there.

use crate::Result;
use crate::export::{cannot_write, write_beside};
use crate::refusal::Refusal;
use crate::view::HandedFile;
use package::Sha256;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Most bytes of a request, certificate or revocation list.
const SIZE_MAXIMUM: u64 = 16 << 20;
/// How many files of one name a folder may hold.
const TRIES: usize = 1000;

/// Most characters of a person's or unit's name in a file's name: file systems end a name at 255 bytes, and a Chinese
/// character has three.
const NAME_PART: usize = 20;

/// A name of a person or unit as part of a file's name.
pub(crate) fn plain(text: &str) -> String {
    part(text, NAME_PART)
}

/// A text as part of a file's name: without what file systems refuse or nobody sees, and without blanks, dots and
/// hyphens at its ends.
pub(crate) fn part(text: &str, most: usize) -> String {
    let refused = |c: char| c.is_control() || document::is_invisible(c) || "/\\:*?\"<>|".contains(c);
    let kept: String = text.chars().map(|c| if refused(c) { '_' } else { c }).take(most).collect();
    let kept = kept.trim_matches(['.', ' ', '　', '-']).to_owned();
    if kept.is_empty() { "_".to_owned() } else { kept }
}

/// The first of `stem.ending`, `stem-2.ending`, … that fits.
fn first(folder: &Path, stem: &str, ending: &str, fits: impl Fn(&Path) -> bool) -> Result<PathBuf> {
    let named = |number: usize| match number {
        1 => folder.join(format!("{stem}.{ending}")),
        number => folder.join(format!("{stem}-{number}.{ending}")),
    };
    let there = || Refusal::FileExists { path: named(1).display().to_string() };
    Ok((1..=TRIES).map(named).find(|path| fits(path)).ok_or_else(there)?)
}

/// The first free name in a folder: `stem.ending`, `stem-2.ending`, …
pub(crate) fn free(folder: &Path, stem: &str, ending: &str) -> Result<PathBuf> {
    first(folder, stem, ending, |path| !path.exists())
}

/// Writes a file under the first free name; one that is there with this content is kept.
pub(crate) fn write(folder: &str, stem: &str, ending: &str, text: &str, spoken: String) -> Result<HandedFile> {
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    let is_this = |path: &Path| std::fs::read(path).is_ok_and(|there| there == text.as_bytes());
    let path = first(folder, stem, ending, |path| !path.exists() || is_this(path))?;
    if !path.exists() {
        write_beside(&path, text.as_bytes())?;
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(HandedFile { path: path.display().to_string(), name, spoken })
}

/// Reads a request, certificate or revocation list that somebody handed over.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    read_most(path, SIZE_MAXIMUM)
}

/// Reads a file up to so many bytes.
pub(crate) fn read_most(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    read.map_err(|error| Refusal::FileUnreadable { path: path.display().to_string(), detail: error.to_string() })?;
    Ok(bytes)
}

/// SHA-256 of a file, of any size.
pub(crate) fn digest(path: &Path) -> Result<Sha256> {
    let failed =
        |error: std::io::Error| Refusal::FileUnreadable { path: path.display().to_string(), detail: error.to_string() };
    let mut file = File::open(path).map_err(failed)?;
    Ok(Sha256::read(&mut file).map_err(failed)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_units_are_parts_of_names_of_files() {
        let cases = [
            ("上党分校", "上党分校"),
            ("a/b\\c:d", "a_b_c_d"),
            (" ..", "_"),
            ("　-全角 空格.", "全角 空格"),
            ("CON.", "CON"),
            ("零\u{200b}宽", "零_宽"),
        ];
        for (name, want) in cases {
            assert_eq!(plain(name), want, "{name}");
        }
        assert_eq!(part(&"长".repeat(64), 40).chars().count(), 40);
    }

    #[test]
    fn nothing_that_is_there_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().display().to_string();
        let write = |text: &str| write(&place, "证书-周宁", "crt", text, String::new()).unwrap().name;
        assert_eq!(write("一"), "证书-周宁.crt");
        assert_eq!(write("二"), "证书-周宁-2.crt");
        assert_eq!(write("一"), "证书-周宁.crt", "the same text is there already");
        assert_eq!(free(folder.path(), "证书-周宁", "crt").unwrap(), folder.path().join("证书-周宁-3.crt"));
        assert_eq!(std::fs::read_to_string(folder.path().join("证书-周宁.crt")).unwrap(), "一");
    }
}
