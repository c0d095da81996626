//! Files that one person hands to another: named after what is in them, never over a file that is there.

use crate::Result;
use crate::export::{cannot_write, write_beside};
use crate::refusal::Refusal;
use crate::view::HandedFile;
use package::Sha256;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Most bytes of a request, certificate or revocation list.
const SIZE_MAXIMUM: u64 = 16 << 20;
/// How many files of one name a folder may hold.
const TRIES: usize = 1000;

/// A text as part of a file's name. File systems end a name at 255 bytes; a Chinese character has three.
pub(crate) fn plain(text: &str) -> String {
    let refused = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    let kept: String = text.chars().map(|c| if refused(c) { '_' } else { c }).take(20).collect();
    let kept = kept.trim_matches(['.', ' ', '-']).to_owned();
    if kept.is_empty() { "_".to_owned() } else { kept }
}

/// Writes a file under the first free name: `stem.ending`, `stem-2.ending`, …; one that is there with this content is kept.
pub(crate) fn write(folder: &str, stem: &str, ending: &str, text: &str, spoken: String) -> Result<HandedFile> {
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    for number in 1..=TRIES {
        let name = if number == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{number}.{ending}") };
        let path = folder.join(&name);
        let there = path.exists();
        if there && std::fs::read(&path).ok().as_deref() != Some(text.as_bytes()) {
            continue;
        }
        if !there {
            write_beside(&path, text.as_bytes())?;
        }
        return Ok(HandedFile { path: path.display().to_string(), name, spoken });
    }
    Err(Refusal::FileExists { path: folder.join(format!("{stem}.{ending}")).display().to_string() }.into())
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
