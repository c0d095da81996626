//! Looking at a piece of evidence inside the program, and opening it outside after a second thought.
//!
//! A look is prepared on the session and done without it: it may take seconds, and others work on the session
//! meanwhile. One look is done at a time, so that the memory of one is what all take; whoever goes on to something else
//! ends the one before.

use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::{PreviewBlock, PreviewContent, PreviewDanger, PreviewNone, PreviewTable, PreviewView};
use crate::{Language, Result, Session};
use formatcheck::TextBlock;
use preview::{Danger, Error, HEAD, Kind, MOST_COLUMNS, MOST_ROWS, MOST_TEXT};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use store::{Presence, files};

/// Most mebibytes of an office file that is read.
const MOST_OFFICE: u64 = 64;
/// Most paragraphs and tables of a document that are shown.
const MOST_BLOCKS: usize = 3000;
/// Most characters of a document that are shown.
const MOST_CHARACTERS: usize = 300_000;
/// Most sheets of a workbook that are shown.
const MOST_SHEETS: usize = 20;
/// Most bytes that are given at once.
const MOST_AT_ONCE: u64 = 64 << 20;

/// The looks of a face: which is the newest, and what it opened.
#[derive(Clone, Default)]
pub struct Previews(Arc<Shared>);

#[derive(Default)]
struct Shared {
    newest: AtomicU32,
    working: Mutex<()>,
    opened: Mutex<Option<(u32, Opened)>>,
    /// Files whose content was found to be what was attached, by digest.
    sound: Mutex<BTreeMap<String, Stamp>>,
}

/// What tells that a file was not touched.
type Stamp = (u64, Option<SystemTime>);

enum Opened {
    File(PathBuf),
    Bytes(Vec<u8>),
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Previews {
    /// A new look, which ends the one before.
    #[must_use]
    pub fn turn(&self) -> Turn {
        let ticket = self.0.newest.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        Turn { previews: self.clone(), ticket }
    }

    /// Ends the look that is under way and forgets what was opened.
    pub fn leave(&self) {
        let _ = self.turn();
        *lock(&self.0.opened) = None;
    }

    /// Bytes of what a look opened, from one place to before another.
    ///
    /// # Errors
    /// When another look began since; of the disk.
    pub fn bytes(&self, ticket: u32, from: u32, to: u32) -> Result<Vec<u8>> {
        let opened = lock(&self.0.opened);
        let Some((_, opened)) = opened.as_ref().filter(|(of, _)| *of == ticket) else {
            return Err(Error::Left {}.into());
        };
        match opened {
            Opened::Bytes(bytes) => {
                let at = |place: u32| usize::try_from(place).unwrap_or(usize::MAX).min(bytes.len());
                Ok(bytes.get(at(from)..at(to)).unwrap_or_default().to_vec())
            }
            Opened::File(path) => {
                let length = u64::from(to.saturating_sub(from)).min(MOST_AT_ONCE);
                let mut bytes = Vec::new();
                let read = File::open(path).and_then(|mut file| {
                    file.seek(SeekFrom::Start(from.into()))?;
                    file.take(length).read_to_end(&mut bytes)
                });
                read.map_err(|error| unreadable(&error))?;
                Ok(bytes)
            }
        }
    }
}

/// A place in the order of looks.
pub struct Turn {
    previews: Previews,
    ticket: u32,
}

impl Turn {
    fn is_newest(&self) -> bool {
        self.previews.0.newest.load(Ordering::Relaxed) == self.ticket
    }
}

/// A file that stops being read when another look begins.
struct Wanted<'a, R> {
    source: R,
    turn: &'a Turn,
}

impl<R: Read> Read for Wanted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.turn.is_newest() { self.source.read(buffer) } else { Err(io::Error::other("left")) }
    }
}

impl<R: Seek> Seek for Wanted<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}

fn unreadable(error: &io::Error) -> Failure {
    Error::FileUnreadable { detail: error.to_string() }.into()
}

/// A look at a piece that is yet to be done, without the session.
pub struct LookJob {
    path: PathBuf,
    name: String,
    file_name: String,
    sha256: String,
    size: u64,
    changed: Failure,
    language: Language,
}

impl Session {
    /// Prepares looking at a piece's file or opening it.
    ///
    /// # Errors
    /// Unknown sheet or piece; a file that is gone or has another size; of the disk.
    pub fn look_job(&self, sheet: &str, item: &str) -> Result<LookJob> {
        let row = self.sheet(sheet)?;
        let piece = self.piece(&row, item)?;
        let path = files::path(self.root(), &piece.sha256, &piece.extension);
        let presence = files::presence(self.root(), &crate::evidence::file_of(&piece), false)?;
        if presence != Presence::Present {
            return Err(self.wanting(&piece.fields.name, &presence.into(), &path));
        }
        Ok(LookJob {
            changed: self.wanting(&piece.fields.name, &Presence::Changed.into(), &path),
            path,
            name: piece.fields.name,
            file_name: piece.file_name,
            sha256: piece.sha256,
            size: piece.size,
            language: self.language,
        })
    }
}

impl LookJob {
    /// The language that it answers in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Looks: checks the content against what was attached and makes of it what can be shown.
    ///
    /// # Errors
    /// A file that is not what was attached, is damaged, protected or too large; another look that began since.
    pub fn look(&self, turn: &Turn) -> Result<PreviewView> {
        let _alone = lock(&turn.previews.0.working);
        let done = self.check(turn).and_then(|()| self.content(turn));
        if !turn.is_newest() {
            return Err(Error::Left {}.into());
        }
        let (content, opened) = done.map_err(|failure| failure.with("file", &self.name))?;
        *lock(&turn.previews.0.opened) = opened.map(|opened| (turn.ticket, opened));
        Ok(PreviewView { ticket: turn.ticket, danger: self.danger()?.as_ref().map(PreviewDanger::from), content })
    }

    /// Makes a copy of the file to be opened with the system's program.
    ///
    /// # Errors
    /// A file that is not what was attached; one that can run as a program, unless it is to be opened `anyway`; a copy
    /// that cannot be written.
    pub fn copy(&self, previews: &Previews, anyway: bool) -> Result<PathBuf> {
        // Opening outside does not end the look at what is shown inside.
        let turn = Turn { previews: previews.clone(), ticket: previews.0.newest.load(Ordering::Relaxed) };
        if !anyway && let Some(danger) = self.danger()? {
            return Err(self.refusal(danger));
        }
        self.check(&turn)?;
        copy_to_look_at(&self.path, &self.sha256, &self.file_name)
    }

    fn refusal(&self, danger: Danger) -> Failure {
        let name = self.file_name.clone();
        match danger {
            Danger::Macros => Refusal::HasMacros { name }.into(),
            Danger::Program | Danger::Disguised => Refusal::Executable { name }.into(),
        }
    }

    /// Whether the content is what was attached; what was found so once is not read again until it is touched.
    fn check(&self, turn: &Turn) -> Result<()> {
        let kept = self.path.metadata().map_err(|error| unreadable(&error))?;
        let stamp: Stamp = (kept.len(), kept.modified().ok());
        let sound = &turn.previews.0.sound;
        if lock(sound).get(&self.sha256) == Some(&stamp) {
            return Ok(());
        }
        let digest = files::digest_from(&mut self.open(turn)?).map_err(|error| unreadable(&error))?;
        if digest != self.sha256 {
            return Err(self.changed.clone());
        }
        lock(sound).insert(self.sha256.clone(), stamp);
        Ok(())
    }

    fn open<'a>(&self, turn: &'a Turn) -> Result<Wanted<'a, File>> {
        Ok(Wanted { source: File::open(&self.path).map_err(|error| unreadable(&error))?, turn })
    }

    fn head(&self) -> Result<Vec<u8>> {
        self.beginning(HEAD)
    }

    fn beginning(&self, most: usize) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        let read = File::open(&self.path).and_then(|file| file.take(most).read_to_end(&mut bytes));
        read.map_err(|error| unreadable(&error))?;
        Ok(bytes)
    }

    fn office(&self) -> Result<Vec<u8>> {
        if self.size > MOST_OFFICE << 20 {
            return Err(Error::TooLarge { most: MOST_OFFICE }.into());
        }
        self.beginning(usize::try_from(self.size).unwrap_or(usize::MAX))
    }

    /// Whether opening it outside needs a second thought.
    fn danger(&self) -> Result<Option<Danger>> {
        let head = self.head()?;
        let found = preview::danger(&self.file_name, &head);
        let packed = matches!(preview::kind(&self.file_name, &head), Kind::Docx | Kind::Xlsx | Kind::Compound);
        if found.is_some() || !packed || self.size > MOST_OFFICE << 20 {
            return Ok(found);
        }
        Ok(preview::holds_macros(&self.office()?).then_some(Danger::Macros))
    }

    fn content(&self, turn: &Turn) -> Result<(PreviewContent, Option<Opened>)> {
        let head = self.head()?;
        let shown = match preview::kind(&self.file_name, &head) {
            Kind::Picture => return self.picture(turn),
            Kind::Pdf => {
                let bytes = u32::try_from(self.size).unwrap_or(u32::MAX);
                return Ok((PreviewContent::Pdf { bytes }, Some(Opened::File(self.path.clone()))));
            }
            Kind::Text => self.text()?,
            Kind::Csv => self.values()?,
            Kind::Docx => document(&formatcheck::docx_text(&self.office()?).map_err(of_document)?),
            Kind::Xlsx => tables(&self.office()?)?,
            Kind::Compound => self.compound()?,
            Kind::Sound => PreviewContent::None { why: PreviewNone::Sound },
            Kind::Film => PreviewContent::None { why: PreviewNone::Film },
            Kind::Other => PreviewContent::None { why: PreviewNone::Other },
        };
        Ok((shown, None))
    }

    fn picture(&self, turn: &Turn) -> Result<(PreviewContent, Option<Opened>)> {
        let picture = preview::picture(&mut BufReader::new(self.open(turn)?))?;
        let shown = PreviewContent::Picture {
            width: picture.width,
            height: picture.height,
            shown_width: picture.shown_width,
            shown_height: picture.shown_height,
            bytes: u32::try_from(picture.jpeg.len()).unwrap_or(u32::MAX),
        };
        Ok((shown, Some(Opened::Bytes(picture.jpeg))))
    }

    fn more_than(&self, shown: usize) -> bool {
        self.size > u64::try_from(shown).unwrap_or(u64::MAX)
    }

    fn text(&self) -> Result<PreviewContent> {
        let read = preview::text(&self.beginning(MOST_TEXT)?);
        let more = self.more_than(MOST_TEXT);
        Ok(PreviewContent::Text { text: read.text, encoding: read.encoding.to_owned(), more })
    }

    fn values(&self) -> Result<PreviewContent> {
        let read = preview::text(&self.beginning(MOST_TEXT)?);
        let table = preview::table(&read.text);
        let more = table.more || self.more_than(MOST_TEXT);
        Ok(PreviewContent::Tables {
            tables: vec![PreviewTable { name: String::new(), rows: table.rows, more }],
            more: false,
        })
    }

    /// An old office file is not read; one of today under a password says so.
    fn compound(&self) -> Result<PreviewContent> {
        match formatcheck::docx_text(&self.office()?) {
            Err(formatcheck::Error::Protected {}) => Err(Error::Protected {}.into()),
            _ => Ok(PreviewContent::None { why: PreviewNone::Old }),
        }
    }
}

impl From<&Danger> for PreviewDanger {
    fn from(danger: &Danger) -> Self {
        match danger {
            Danger::Program => Self::Program,
            Danger::Disguised => Self::Disguised,
            Danger::Macros => Self::Macros,
        }
    }
}

/// The beginning of a document, within what is shown.
fn document(all: &[TextBlock]) -> PreviewContent {
    let mut blocks = Vec::new();
    let mut left = MOST_CHARACTERS;
    for one in all.iter().take(MOST_BLOCKS) {
        let block = match one.clone() {
            TextBlock::Paragraph { text, heading } => PreviewBlock { text, heading, rows: Vec::new() },
            TextBlock::Table { rows } => PreviewBlock { text: String::new(), heading: false, rows },
        };
        let count = |text: &String| text.chars().count() + 1;
        let characters = count(&block.text) + block.rows.iter().flatten().map(count).sum::<usize>();
        let Some(rest) = left.checked_sub(characters) else { break };
        left = rest;
        blocks.push(block);
    }
    let more = blocks.len() < all.len();
    PreviewContent::Document { blocks, more }
}

fn tables(bytes: &[u8]) -> Result<PreviewContent> {
    let bound = |most: usize| u32::try_from(most).unwrap_or(u32::MAX);
    let read = workbook::glance(bytes, MOST_SHEETS, bound(MOST_ROWS), bound(MOST_COLUMNS));
    let (sheets, more) = read.map_err(of_workbook)?;
    let table = |sheet: workbook::Glance| PreviewTable { name: sheet.name, rows: sheet.rows, more: sheet.more };
    Ok(PreviewContent::Tables { tables: sheets.into_iter().map(table).collect(), more })
}

/// What a document is not shown for, in the words of a look.
fn of_document(error: formatcheck::Error) -> Failure {
    use formatcheck::Error as Fault;
    Failure::from(match error {
        Fault::TooLarge { most } => Error::TooLarge { most },
        Fault::UnpacksTooLarge { most } => Error::UnpacksTooLarge { most },
        Fault::TooLong { most } => Error::TooLong { most },
        Fault::Protected {} => Error::Protected {},
        other => Error::Damaged { detail: other.to_string() },
    })
}

/// What a workbook is not shown for, in the words of a look.
fn of_workbook(error: workbook::Error) -> Failure {
    use workbook::Error as Fault;
    Failure::from(match error {
        Fault::TooLarge { most } => Error::TooLarge { most: u64::try_from(most).unwrap_or(u64::MAX) },
        Fault::UnpacksTooLarge { most } => Error::UnpacksTooLarge { most },
        Fault::Protected {} => Error::Protected {},
        other => Error::Damaged { detail: other.to_string() },
    })
}

/// Copies a stored file to the system's temporary folder under its own name: the person's program never gets the
/// only copy into its hands.
fn copy_to_look_at(stored: &Path, sha256: &str, file_name: &str) -> Result<PathBuf> {
    let folder = std::env::temp_dir().join("hengjian").join(sha256.get(..16).unwrap_or(sha256));
    let copy = folder.join(file_name);
    let made = std::fs::create_dir_all(&folder).and_then(|()| {
        if copy.exists() {
            std::fs::remove_file(&copy)?;
        }
        std::fs::copy(stored, &copy)
    });
    made.map_err(|error| Refusal::CannotWrite { path: copy.display().to_string(), detail: error.to_string() })?;
    Ok(copy)
}
