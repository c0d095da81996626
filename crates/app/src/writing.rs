//! Texts that a unit writes for an assessment: task summaries (附件7) and the self-evaluation report (附件8).
//!
//! They belong to the assessment, not to one sheet: every sheet of the unit and year shows the same texts, and they may
//! be written on after a sheet was finalised, since the report states its total.

mod outline;
mod references;

use crate::catalogue::{self, Section};
use crate::refusal::Refusal;
use crate::schedule::require_own;
use crate::view::{
    HeadingView, WritingCount, WritingDocument, WritingKind, WritingPiece, WritingSaved, WritingSection, WritingText,
    WritingView,
};
use crate::{Result, Session, outcome};
use assessment::{AssignmentEntry, AssignmentKind};
use document::{is_invisible, words};
use outline::{Document, Text};
use rubric::{Rubric, nesting};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{AuditNote, EvidenceRow, SheetRow, Tx, WritingRow};

pub(crate) use references::resolve;

/// Longest text, in characters.
pub const TEXT_MAXIMUM: usize = 200_000;

/// Texts by place and part.
pub type Texts = BTreeMap<String, BTreeMap<String, String>>;

/// The texts of an assessment with what they refer to.
struct Desk {
    row: SheetRow,
    rubric: Arc<Rubric>,
    evidence: Vec<EvidenceRow>,
    written: BTreeMap<(String, String), WritingRow>,
}

impl Desk {
    fn text(&self, place: &str, part: &str) -> &str {
        let key = (place.to_owned(), part.to_owned());
        self.written.get(&key).map_or("", |row| row.text.as_str())
    }

    fn put(&mut self, row: WritingRow) {
        self.written.insert((row.place.clone(), row.part.clone()), row);
    }

    fn catalogue(&self) -> Vec<Section<'_>> {
        catalogue::sections(&self.rubric, &self.evidence)
    }
}

/// Reads the texts of a TOML file: one table for each document, one key for each part.
///
/// # Errors
/// When the file is not such TOML.
pub fn read_texts(path: &str, text: &str) -> Result<Texts> {
    let bad = |detail: &str| Refusal::BadTexts { path: path.to_owned(), detail: detail.trim_end().to_owned() };
    nesting::check(text).map_err(|error| bad(&error.to_string()))?;
    Ok(toml::from_str(text).map_err(|error| bad(&error.to_string()))?)
}

impl Session {
    /// The outline of everything that can be written for the assessment of a sheet, with what is written.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn writings(&mut self, sheet: &str) -> Result<WritingView> {
        let desk = self.writing_desk(sheet)?;
        let catalogue = desk.catalogue();
        let document = |document: &Document| self.document(&desk, document, &catalogue);
        Ok(WritingView {
            sheet: desk.row.id.clone(),
            writable: !desk.row.imported,
            documents: outline::documents(&desk.rubric).iter().map(document).collect(),
            catalogue: catalogue.iter().map(section_view).collect(),
        })
    }

    /// Writes one text, or takes it away when it is empty. Line ends and blanks are brought to one spelling, and
    /// signs that cannot be seen are dropped.
    ///
    /// # Errors
    /// A place or part that the outline does not have, a text that is too long, an unknown sheet or one of another
    /// machine; of the disk. The old text stays.
    pub fn write_text(&mut self, sheet: &str, place: &str, part: &str, text: &str) -> Result<WritingSaved> {
        let one = BTreeMap::from([(part.to_owned(), text.to_owned())]);
        self.write_texts(sheet, &Texts::from([(place.to_owned(), one)]))?;
        let desk = self.writing_desk(sheet)?;
        let document = known_document(&desk.rubric, place)?;
        let view = self.document(&desk, &document, &desk.catalogue());
        let text = view.texts.into_iter().find(|text| text.part == part);
        Ok(WritingSaved {
            text: text.ok_or_else(|| unknown_part(&document, part))?,
            total: view.count,
            over: view.over,
            saved_at: self.world.local(self.now(), "%H:%M:%S"),
        })
    }

    /// Writes several texts, all or none.
    ///
    /// # Errors
    /// As [`Session::write_text`].
    pub fn write_texts(&mut self, sheet: &str, texts: &Texts) -> Result<()> {
        let desk = self.writing_desk(sheet)?;
        let row = &desk.row;
        require_own(row)?;
        let now = self.now();
        let mut rows = Vec::new();
        for (place, parts) in texts {
            let document = known_document(&desk.rubric, place)?;
            for (part, text) in parts {
                let known = document.texts.iter().any(|text| text.part == *part);
                let text = checked(place, part, text)?;
                match known {
                    false => return Err(unknown_part(&document, part).into()),
                    true if text == desk.text(place, part) => {}
                    true => rows.push(WritingRow { place: place.clone(), part: part.clone(), text, changed_at: now }),
                }
            }
        }
        self.store_texts(&desk, &rows)
    }

    fn store_texts(&mut self, desk: &Desk, rows: &[WritingRow]) -> Result<()> {
        let note = |row: &WritingRow| {
            let length = |text: &str| Some(text.chars().count()).filter(|length| *length > 0).map(|l| l.to_string());
            (format!("{} {}", row.place, row.part), length(desk.text(&row.place, &row.part)), length(&row.text))
        };
        let said: Vec<_> = rows.iter().map(note).collect();
        let mut notes = said.iter().zip(rows).map(|((target, old, new), row)| AuditNote {
            at: row.changed_at,
            sheet: Some(&desk.row.id),
            action: "write-text",
            target,
            old: old.as_deref(),
            new: new.as_deref(),
            ..AuditNote::default()
        });
        let Some(first) = notes.next() else { return Ok(()) };
        self.write(&first, |tx| {
            notes.try_for_each(|note| tx.audit(&note))?;
            Ok(rows.iter().try_for_each(|row| tx.put_writing(&desk.row.assessment.id, row))?)
        })
    }

    /// One text as it was saved.
    ///
    /// # Errors
    /// A place or part that the outline does not have; unknown sheet; of the disk.
    pub fn written_text(&mut self, sheet: &str, place: &str, part: &str) -> Result<WritingText> {
        let desk = self.writing_desk(sheet)?;
        let document = known_document(&desk.rubric, place)?;
        let texts = self.document(&desk, &document, &desk.catalogue()).texts;
        Ok(texts.into_iter().find(|text| text.part == part).ok_or_else(|| unknown_part(&document, part))?)
    }

    /// 字数 of a text that is being written, and of its document with it; nothing is stored.
    ///
    /// # Errors
    /// As [`Session::write_text`].
    pub fn count_text(&mut self, sheet: &str, place: &str, part: &str, text: &str) -> Result<WritingCount> {
        let mut desk = self.writing_desk(sheet)?;
        let document = known_document(&desk.rubric, place)?;
        let (place, part) = (place.to_owned(), part.to_owned());
        desk.put(WritingRow { text: checked(&place, &part, text)?, place, part: part.clone(), changed_at: 0 });
        let view = self.document(&desk, &document, &desk.catalogue());
        let text = view.texts.into_iter().find(|text| text.part == part);
        let text = text.ok_or_else(|| unknown_part(&document, &part))?;
        Ok(WritingCount { count: text.count, total: view.count, over: view.over, unresolved: text.unresolved })
    }

    fn writing_desk(&mut self, sheet: &str) -> Result<Desk> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        self.read(|tx| {
            let written = tx.writings(&row.assessment.id)?;
            let evidence = tx.evidence(&row.assessment.id)?;
            let written = written.into_iter().map(|row| ((row.place.clone(), row.part.clone()), row)).collect();
            Ok(Desk { row, rubric, evidence, written })
        })
    }

    fn document(&self, desk: &Desk, document: &Document, catalogue: &[Section<'_>]) -> WritingDocument {
        let texts: Vec<WritingText> =
            document.texts.iter().map(|text| self.text(desk, document, text, catalogue)).collect();
        let count = texts.iter().map(|text| text.count).sum();
        let (code, level) = document.indicator.clone().unzip();
        WritingDocument {
            place: document.place.clone(),
            kind: if code.is_some() { WritingKind::Summary } else { WritingKind::Report },
            code,
            level,
            title: document.title.clone(),
            name: document.name.clone(),
            guidance: document.guidance.clone(),
            texts,
            count,
            limit: document.limit,
            over: document.limit.is_some_and(|limit| count > limit),
        }
    }

    fn text(&self, desk: &Desk, document: &Document, text: &Text, catalogue: &[Section<'_>]) -> WritingText {
        let row = desk.written.get(&(document.place.clone(), text.part.clone()));
        let written = row.map_or("", |row| row.text.as_str());
        let resolved = resolve(written, catalogue, &text.indicators);
        let heading = |(level, text): &(u32, String)| HeadingView { level: *level, text: text.clone() };
        WritingText {
            part: text.part.clone(),
            title: text.title.clone(),
            headings: text.headings.iter().map(heading).collect(),
            guidance: text.guidance.clone(),
            indicators: text.indicators.clone(),
            count: words(&resolved.text),
            printed: resolved.text,
            unresolved: resolved.unresolved,
            saved_at: row.map(|row| self.world.local(row.changed_at, "%Y-%m-%d %H:%M")),
            text: written.to_owned(),
        }
    }
}

/// Codes of the indicators whose task summary has no text at all.
pub(crate) fn unwritten_summaries(rubric: &Rubric, written: &[WritingRow]) -> Vec<String> {
    let empty = |document: &Document| written.iter().all(|row| row.place != document.place);
    let documents = outline::documents(rubric).into_iter().filter(empty);
    documents.filter_map(|document| document.indicator).map(|(code, _)| code).collect()
}

/// Copies the texts, the assignment and the schedule of an assessment to that of `row`, which is under another rubric. Places that the
/// rubric does not have are left out, and what is there already stays.
pub(crate) fn carry(tx: &Tx<'_>, from: &str, row: &SheetRow, rubric: &Rubric) -> Result<()> {
    let to = &row.assessment.id;
    let documents = outline::documents(rubric);
    let there = tx.writings(to)?;
    for text in tx.writings(from)? {
        let fits =
            |document: &Document| document.place == text.place && document.texts.iter().any(|t| t.part == text.part);
        let taken = there.iter().any(|other| (&other.place, &other.part) == (&text.place, &text.part));
        if documents.iter().any(fits) && !taken {
            tx.put_writing(to, &text)?;
        }
    }
    if tx.assignment(to)?.is_empty() {
        let known = |code: &str| rubric.indicators.iter().any(|one| one.code == code) || rubric.point(code).is_some();
        for (kind, key, value) in tx.assignment(from)?.entries() {
            if AssignmentKind::FACTS.contains(&kind) || known(key) {
                let (key, value) = (key.to_owned(), Some(value.to_owned()));
                tx.put_assignment(to, &AssignmentEntry { kind, key, value })?;
            }
        }
    }
    if tx.schedule(to)?.is_empty() {
        tx.put_schedule(to, &tx.schedule(from)?)?;
    }
    Ok(())
}

fn section_view(section: &Section<'_>) -> WritingSection {
    let piece = |(number, row): (usize, &&EvidenceRow)| WritingPiece {
        id: row.id.clone(),
        number: outcome::count(number),
        name: row.fields.name.clone(),
        date: row.fields.date.clone(),
        note: row.fields.note.clone(),
        points: row.points.clone(),
        mark: references::mark(&row.fields.name),
    };
    WritingSection {
        code: section.indicator.code.clone(),
        title: section.indicator.title.clone(),
        items: (1..).zip(&section.items).map(piece).collect(),
    }
}

fn known_document(rubric: &Rubric, place: &str) -> Result<Document> {
    let documents = outline::documents(rubric);
    let known = || documents.iter().map(|document| document.place.as_str()).collect::<Vec<_>>().join("、");
    match documents.iter().position(|document| document.place == place) {
        None => Err(Refusal::UnknownPlace { place: place.to_owned(), known: known() }.into()),
        Some(at) => Ok(documents.into_iter().nth(at).expect("its position was found")),
    }
}

fn unknown_part(document: &Document, part: &str) -> Refusal {
    let known = document.texts.iter().map(|text| text.part.as_str()).collect::<Vec<_>>().join("、");
    Refusal::UnknownPart { place: document.place.clone(), part: part.to_owned(), known }
}

/// A text as it is stored.
pub(crate) fn checked(place: &str, part: &str, text: &str) -> Result<String> {
    let text = clean(text);
    let count = text.chars().count();
    if count > TEXT_MAXIMUM {
        let place = format!("{place} {part}");
        return Err(Refusal::TextTooLong { place, count, most: TEXT_MAXIMUM }.into());
    }
    Ok(text)
}

/// Line ends as line feeds, tabs as blanks, no other sign that cannot be seen; nothing at all when nothing can be read.
/// Pasted texts bring such signs along, and a person could not find them to take them out.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let sign = |sign: char| match sign {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        _ if is_invisible(sign) => None,
        _ => Some(sign),
    };
    let text: String = text.chars().filter_map(sign).collect();
    if text.trim().is_empty() { String::new() } else { text }
}
