//! Comparing people's own DOCX, XLSX and PDF files with a format profile.
//!
//! Every file is hostile until it was read: what is unpacked, nested and drawn is bounded. Nothing is written.

mod archive;
mod docx;
mod error;
mod finding;
mod letter;
mod measure;
mod pdf;
mod printed;
mod sheet;
mod text;
mod xlsx;
mod xml;

pub use error::Error;
pub use finding::{Fault, Finding, Place, Report, Weight};
pub use text::{TextBlock, docx_text};

use archive::Parts;
use document::Profile;
use finding::Findings;
use std::io::Read;
use std::path::Path;

/// Most mebibytes of a file that is read.
const MOST_FILE: u64 = 64;
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// How files begin that are no archives: those of before 2007, and new ones under a password.
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// Checks a file by its content.
///
/// # Errors
/// When the file cannot be read: damaged, protected, too large, of another or an old kind.
pub fn check(path: &Path, profile: &Profile) -> Result<Report, Error> {
    let unreadable =
        |error: std::io::Error| Error::FileUnreadable { path: path.display().to_string(), detail: error.to_string() };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take((MOST_FILE << 20) + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    check_bytes(&bytes, &extension, profile)
}

/// Checks the bytes of a file whose name ends so.
///
/// # Errors
/// As [`check`].
pub fn check_bytes(bytes: &[u8], extension: &str, profile: &Profile) -> Result<Report, Error> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_FILE << 20 {
        return Err(Error::TooLarge { most: MOST_FILE });
    }
    // The libraries below are good at damaged files, not perfect; a panic of theirs is a damaged file, not our end.
    let done = std::panic::catch_unwind(|| read(bytes, extension, profile));
    done.unwrap_or_else(|_| Err(Error::damaged("the reading library gave up")))
}

/// A character on a page; lengths in points, from the lower left corner as a person sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Character {
    /// Where it begins.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// What it says.
    pub text: char,
}

/// The characters that the pages of a PDF show, by page in the order in which they are drawn.
///
/// # Errors
/// A file that is no PDF, is damaged, protected or too large.
pub fn characters(bytes: &[u8]) -> Result<Vec<Vec<Character>>, Error> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_FILE << 20 {
        return Err(Error::TooLarge { most: MOST_FILE });
    }
    let read = std::panic::catch_unwind(|| pdf::read(bytes));
    let pages = read.unwrap_or_else(|_| Err(Error::damaged("the reading library gave up")))?.pages;
    let character = |glyph: &pdf::Glyph| Character { x: glyph.x, y: glyph.y, text: glyph.text };
    Ok(pages.iter().map(|page| page.glyphs.iter().map(character).collect()).collect())
}

fn read(bytes: &[u8], extension: &str, profile: &Profile) -> Result<Report, Error> {
    const PDF: &[u8] = b"%PDF-";
    const LEADING: usize = 1024;
    let mut findings = Findings::new(profile);
    if bytes.starts_with(COMPOUND) {
        return Err(compound(bytes, extension));
    }
    // Readers look for the mark among the first bytes, so a file may begin with others.
    if bytes.windows(PDF.len()).take(LEADING).any(|window| window == PDF) {
        named(extension, "pdf")?;
        printed::check(&pdf::read(bytes)?, &mut findings);
        return Ok(findings.report("pdf"));
    }
    if !bytes.starts_with(ARCHIVE) {
        return Err(Error::UnknownKind { extension: extension.to_owned() });
    }
    let mut parts = Parts::open(bytes)?;
    if let Some(main) = main_part(&mut parts, "word/document.xml")? {
        named(extension, "docx")?;
        letter::check(&docx::read(&mut parts, &main)?, &mut findings);
        return Ok(findings.report("docx"));
    }
    if let Some(main) = main_part(&mut parts, "xl/workbook.xml")? {
        named(extension, "xlsx")?;
        sheet::check(&xlsx::read(&mut parts, &main)?, &mut findings);
        return Ok(findings.report("xlsx"));
    }
    Err(Error::UnknownKind { extension: extension.to_owned() })
}

/// The main part of a document whose kind has this one.
fn main_part(parts: &mut Parts<'_>, usual: &str) -> Result<Option<String>, Error> {
    if parts.has(usual) {
        return Ok(Some(usual.to_owned()));
    }
    let folder = usual.split('/').next().unwrap_or_default();
    let relations = parts.relations("")?;
    let main = relations.into_values().find(|one| one.kind == "officeDocument");
    Ok(main.map(|one| one.part).filter(|part| part.trim_start_matches('/').starts_with(folder)))
}

/// Refuses a file whose name promises another kind: no program would open it.
fn named(extension: &str, actual: &str) -> Result<(), Error> {
    if extension != actual && ["docx", "xlsx", "pdf"].contains(&extension) {
        return Err(Error::Renamed { claimed: extension.to_owned(), actual: actual.to_owned() });
    }
    Ok(())
}

/// An old file, or a new one under a password.
fn compound(bytes: &[u8], extension: &str) -> Error {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(encrypted.len()).any(|window| window == encrypted) {
        return Error::Protected {};
    }
    Error::OldKind { extension: extension.to_owned() }
}
