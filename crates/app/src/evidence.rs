//! Attaching evidence and keeping its catalogue.

use crate::pieces::{photo_is_open, read_date, read_note, require_point};
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::{
    AttachReport, EvidenceCheck, EvidenceFlaw, EvidenceHint, EvidenceItem, EvidenceKind, LeftoverView, PhotoView,
    Presence, RefusedFile,
};
use crate::{Result, Session, Watch, hints, onsite, photo};
use assessment::evidence::{is_picture, is_recording};
use assessment::{Medium, Photo, sheet};
use rubric::Rubric;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use store::{AuditNote, EvidenceRow, Ingested, SheetRow, files};

/// Longest name of a piece of evidence, and of its document number, in characters.
pub const TEXT_MAXIMUM: usize = 200;

impl From<assessment::EvidenceKind> for EvidenceKind {
    fn from(kind: assessment::EvidenceKind) -> Self {
        match kind {
            assessment::EvidenceKind::A => Self::A,
            assessment::EvidenceKind::B => Self::B,
            assessment::EvidenceKind::C => Self::C,
            assessment::EvidenceKind::D => Self::D,
            assessment::EvidenceKind::E => Self::E,
        }
    }
}

impl From<&EvidenceKind> for assessment::EvidenceKind {
    fn from(kind: &EvidenceKind) -> Self {
        match kind {
            EvidenceKind::A => Self::A,
            EvidenceKind::B => Self::B,
            EvidenceKind::C => Self::C,
            EvidenceKind::D => Self::D,
            EvidenceKind::E => Self::E,
        }
    }
}

impl From<store::Presence> for Presence {
    fn from(presence: store::Presence) -> Self {
        match presence {
            store::Presence::Present => Self::Present,
            store::Presence::Missing => Self::Missing,
            store::Presence::Changed => Self::Changed,
        }
    }
}

/// The stored file of a piece.
pub(crate) fn file_of(row: &EvidenceRow) -> Ingested {
    Ingested { sha256: row.sha256.clone(), extension: row.extension.clone(), size: row.size }
}

impl Session {
    /// Copies files into the workspace and lets them support points. A file whose content is in the catalogue
    /// already is only linked. What one file is refused for does not keep the others from being attached.
    ///
    /// # Errors
    /// Unknown point; a locked or unknown sheet; of the disk. What is wrong with a file stands in the report.
    pub fn attach(&mut self, sheet: &str, points: &[String], paths: &[PathBuf], watch: &Watch) -> Result<AttachReport> {
        self.attach_described(sheet, points, paths, &Description::default(), watch)
    }

    /// The same with catalogue fields for the new pieces, which are checked before any file is copied.
    ///
    /// # Errors
    /// As [`Session::attach`]; a name for several files; an unfit name, date or note.
    pub fn attach_described(
        &mut self,
        sheet: &str,
        points: &[String],
        paths: &[PathBuf],
        description: &Description,
        watch: &Watch,
    ) -> Result<AttachReport> {
        let row = self.draft(sheet)?;
        self.require_points(&row, points)?;
        let given = description.checked(paths.len())?;
        let mut report = AttachReport {
            added: Vec::new(),
            duplicates: Vec::new(),
            linked: Vec::new(),
            refused: Vec::new(),
            cancelled: false,
            evidence: Vec::new(),
            state: self.state(&row.id)?,
        };
        // All files of one call are one act: one step takes them out of the catalogue again.
        let mut act = None;
        for path in paths {
            match self.attach_one(&row, points, path, &given, &mut act, watch) {
                Ok(Attached::Added(id)) => report.added.push(id),
                Ok(Attached::Linked { id, name }) => {
                    report.linked.push(id);
                    report.duplicates.push(name);
                }
                Err(failure) => {
                    let problem = self.problem(&failure);
                    report.refused.push(RefusedFile { path: path.display().to_string(), problem });
                }
            }
            if watch.cancelled() {
                report.cancelled = true;
                break;
            }
        }
        report.evidence = self.catalogue(&row.id)?;
        report.state = self.state(&row.id)?;
        Ok(report)
    }

    pub(crate) fn attach_one(
        &mut self,
        row: &SheetRow,
        points: &[String],
        path: &Path,
        given: &store::EvidenceFields,
        begun: &mut Option<i64>,
        watch: &Watch,
    ) -> Result<Attached> {
        let shown = path.display().to_string();
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (mut source, total) = files::open_source(path)?;
        let mut progress = |done| watch.step(&file_name, done, total);
        let taken = files::ingest(self.root(), &file_name, Some(total), &mut source, &mut progress);
        let file = taken.map_err(|error| of_source(error, &shown, self.root()))?;
        let now = self.now();
        let stored = files::path(self.root(), &file.sha256, &file.extension);
        let photo = is_picture(&file.extension).then(|| photo::read(&stored)).flatten();
        let name = if given.name.is_empty() { name_of(&file_name) } else { given.name.clone() };
        let new = EvidenceRow {
            id: self.world.id(),
            fields: guessed(store::EvidenceFields { name, ..given.clone() }, photo.as_ref(), &file.extension),
            file_name,
            added_at: now,
            sha256: file.sha256.clone(),
            extension: file.extension.clone(),
            size: file.size,
            points: points.to_vec(),
            pages: BTreeMap::new(),
            photo,
            origin: onsite::origin_of(row, &file.extension),
        };
        let note = AuditNote {
            at: now,
            sheet: Some(&row.id),
            action: "evidence-attach",
            target: &points.join(" "),
            new: Some(&file.sha256),
            ..AuditNote::default()
        };
        let assessment = &row.assessment.id;
        let (attached, number) = self.write(&note, |tx| {
            let act = tx.act_again(&row.id, *begun);
            let same = tx.same_content(row, &file.sha256)?;
            let attached = match same {
                Some(mut item) => {
                    item.points.extend(points.iter().cloned());
                    item.points.sort();
                    item.points.dedup();
                    act.evidence(assessment, &item.id, Some(&item))?;
                    Attached::Linked { id: item.id, name: item.fields.name }
                }
                None => {
                    tx.put_blob(&file)?;
                    act.evidence(assessment, &new.id, Some(&new))?;
                    Attached::Added(new.id.clone())
                }
            };
            tx.put_sheet(&SheetRow { changed_at: now, ..row.clone() })?;
            Ok((attached, act.begun()))
        })?;
        *begun = number;
        Ok(attached)
    }

    /// The catalogue of a sheet's assessment.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn catalogue(&mut self, sheet: &str) -> Result<Vec<EvidenceItem>> {
        let row = self.sheet(sheet)?;
        let rows = self.read(|tx| Ok(tx.catalogue(&row)?))?;
        let rubric = self.rubric_of(&row)?;
        self.items(&row, &rubric, &rows)
    }

    /// Reads every file of the catalogue again and says what is missing or changed.
    ///
    /// # Errors
    /// Unknown sheet; a file that cannot be read; of the disk.
    pub fn check_evidence(&mut self, sheet: &str, watch: &Watch) -> Result<EvidenceCheck> {
        let row = self.sheet(sheet)?;
        let rows = self.read(|tx| Ok(tx.catalogue(&row)?))?;
        let mut check = EvidenceCheck {
            checked: 0,
            cancelled: false,
            problems: Vec::new(),
            leftovers: self.leftovers()?,
            evidence: self.catalogue(&row.id)?,
        };
        let total = rows.iter().map(|row| row.size).sum();
        let mut done = 0;
        for (row, item) in rows.iter().zip(&mut check.evidence) {
            if watch.step(&row.fields.name, done, total).is_break() {
                check.cancelled = true;
                break;
            }
            done += row.size;
            item.presence = files::presence(self.root(), &file_of(row), true)?.into();
            check.checked += 1;
            if item.presence != Presence::Present {
                let path = files::path(self.root(), &row.sha256, &row.extension);
                let problem = self.problem(&self.wanting(&row.fields.name, &item.presence, &path));
                check.problems.push(EvidenceFlaw {
                    item: item.id.clone(),
                    name: item.name.clone(),
                    state: item.presence.clone(),
                    problem,
                });
            }
        }
        Ok(check)
    }

    /// What interrupted copying left in the workspace, when there is something.
    fn leftovers(&self) -> Result<Option<LeftoverView>> {
        let left = files::leftovers(self.root())?;
        let files = u32::try_from(left.files).unwrap_or(u32::MAX);
        Ok((files > 0).then(|| LeftoverView { files, size: size(left.bytes) }))
    }

    /// Removes what interrupted copying left in the workspace; it belongs to no piece.
    ///
    /// # Errors
    /// Of the disk.
    pub fn clear_leftovers(&mut self) -> Result<()> {
        let left = files::leftovers(self.root())?;
        if left.files == 0 {
            return Ok(());
        }
        let (root, count) = (self.root().to_owned(), left.files.to_string());
        let note = AuditNote { at: self.now(), action: "leftovers-clear", old: Some(&count), ..AuditNote::default() };
        self.write(&note, |_| Ok(files::clear_leftovers(&root)?))
    }

    /// A piece and its file, which has the content that was attached.
    pub(crate) fn sound_file(&mut self, sheet: &str, item: &str) -> Result<(EvidenceRow, PathBuf)> {
        let row = self.sheet(sheet)?;
        let found = self.piece(&row, item)?;
        let path = files::path(self.root(), &found.sha256, &found.extension);
        let presence = files::presence(self.root(), &file_of(&found), true)?.into();
        if presence != Presence::Present {
            return Err(self.wanting(&found.fields.name, &presence, &path));
        }
        Ok((found, path))
    }

    /// A piece that is missing or changed, as a failure.
    pub(crate) fn wanting(&self, name: &str, presence: &Presence, path: &Path) -> Failure {
        let (name, state, path) = (name.to_owned(), self.state_words(presence).to_owned(), path.display().to_string());
        Refusal::EvidenceWanting { name, state, path }.into()
    }

    /// What is wrong with the file of a piece, in words.
    pub(crate) fn state_words(&self, presence: &Presence) -> &'static str {
        match (presence, self.language) {
            (Presence::Missing, crate::Language::Zh) => "文件不在了",
            (Presence::Missing, crate::Language::En) => "the file is gone",
            (_, crate::Language::Zh) => "内容与添加时不同",
            (_, crate::Language::En) => "its content is not what was attached",
        }
    }

    pub(crate) fn items(&self, sheet: &SheetRow, rubric: &Rubric, rows: &[EvidenceRow]) -> Result<Vec<EvidenceItem>> {
        let period = rubric.period.as_ref().map(|period| period.of(sheet.assessment.year));
        let hints = hints::hints(rows, period, self.language);
        rows.iter().zip(hints).map(|(row, hints)| self.item(sheet, row, hints)).collect()
    }

    fn item(&self, sheet: &SheetRow, row: &EvidenceRow, hints: Vec<EvidenceHint>) -> Result<EvidenceItem> {
        let presence = files::presence(self.root(), &file_of(row), false)?;
        let photo = row.photo.as_ref().map(|photo| PhotoView {
            taken: photo.taken.clone(),
            place: photo.place.clone(),
            open: photo_is_open(row),
        });
        Ok(EvidenceItem {
            id: row.id.clone(),
            name: row.fields.name.clone(),
            date: row.fields.date.clone(),
            kind: row.fields.kind.map(EvidenceKind::from),
            note: row.fields.note.clone(),
            medium: row.fields.medium.map(Into::into),
            details: row.fields.details.clone(),
            file_name: row.file_name.clone(),
            size: size(row.size),
            bytes: u32::try_from(row.size).unwrap_or(u32::MAX),
            sha256: row.sha256.clone(),
            added_at: self.world.local(row.added_at, "%Y-%m-%d %H:%M"),
            points: row.points.clone(),
            pages: row.pages.clone(),
            photo,
            hints,
            on_site: self.origin_view(sheet, row)?,
            presence: presence.into(),
        })
    }

    pub(crate) fn draft(&self, sheet: &str) -> Result<SheetRow> {
        let row = self.sheet(sheet)?;
        row.phase.require_draft(&row.id, &row.assessment.unit)?;
        Ok(row)
    }

    pub(crate) fn require_points(&mut self, row: &SheetRow, points: &[String]) -> Result<()> {
        let rubric = self.rubric_of(row)?;
        points.iter().try_for_each(|code| require_point(&rubric, code))
    }

    /// A piece of this assessment, by its id in full or the beginning of it.
    pub(crate) fn piece(&self, row: &SheetRow, item: &str) -> Result<EvidenceRow> {
        let rows = self.read(|tx| Ok(tx.catalogue(row)?))?;
        named(&rows, item).cloned()
    }
}

/// The piece with this id, or the only one whose id begins so.
pub(crate) fn named<'a>(rows: &'a [EvidenceRow], item: &str) -> Result<&'a EvidenceRow> {
    let mut fits = rows.iter().filter(|row| !item.is_empty() && row.id.starts_with(item));
    match (fits.next(), fits.next()) {
        (Some(piece), None) => Ok(piece),
        _ => Err(store::Error::UnknownEvidence { item: item.to_owned() }.into()),
    }
}

/// Catalogue fields that are known when files are attached; the others are left open.
#[derive(Clone, Debug, Default)]
pub struct Description {
    /// 材料名称, for one file only; without it a piece is called as its file.
    pub name: Option<String>,
    /// 时间
    pub date: String,
    /// 类型
    pub kind: Option<EvidenceKind>,
    /// 备注/文号
    pub note: String,
}

impl Description {
    /// The fields as they are stored; the name stays empty when none was given.
    pub(crate) fn checked(&self, files: usize) -> Result<store::EvidenceFields> {
        if self.name.is_some() && files > 1 {
            return Err(Refusal::NameForSeveral { count: files }.into());
        }
        checked(self.name.as_deref(), &self.date, self.kind.as_ref(), &self.note)
    }
}

/// Checks catalogue fields that a person gave.
fn checked(name: Option<&str>, date: &str, kind: Option<&EvidenceKind>, note: &str) -> Result<store::EvidenceFields> {
    let name = name.map(|name| sheet::name("evidence-name", name, TEXT_MAXIMUM)).transpose()?;
    Ok(store::EvidenceFields {
        name: name.unwrap_or_default(),
        date: read_date(date)?,
        kind: kind.map(assessment::EvidenceKind::from),
        note: read_note(note)?,
        ..store::EvidenceFields::default()
    })
}

/// What the file itself shows about fields that nobody has filled: a camera's record makes it a photograph.
fn guessed(mut fields: store::EvidenceFields, photo: Option<&Photo>, extension: &str) -> store::EvidenceFields {
    let taken = photo.is_some_and(|photo| !photo.taken.is_empty());
    if fields.medium.is_none() && is_recording(extension) {
        fields.medium = Some(Medium::Recording);
    } else if fields.medium.is_none() && taken {
        fields.medium = Some(Medium::Photograph);
        fields.kind = fields.kind.or(Some(assessment::EvidenceKind::E));
    }
    fields
}

/// The name of a piece after its file's name.
fn name_of(file_name: &str) -> String {
    let stem = Path::new(file_name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    stem.unwrap_or_default().chars().filter(|c| !c.is_control()).take(TEXT_MAXIMUM).collect()
}

/// Why a file could not be copied, by the path that the person gave: the copy knows only its own places.
fn of_source(error: store::Error, shown: &str, workspace: &Path) -> store::Error {
    use store::Error as Fault;
    let path = shown.to_owned();
    match error {
        Fault::FileEmpty { .. } => Fault::FileEmpty { path },
        Fault::FileUnreadable { detail, .. } => Fault::FileUnreadable { path, detail },
        Fault::FileShifted { expected, found, .. } => Fault::FileShifted { path, expected, found },
        Fault::Cancelled { .. } => Fault::Cancelled { path },
        Fault::DiskFull { .. } => Fault::NoRoom { path, folder: workspace.display().to_string() },
        other => other,
    }
}

/// What happened to a file.
pub(crate) enum Attached {
    /// A new piece, by its id.
    Added(String),
    /// Its content was in the catalogue, as this piece.
    Linked { id: String, name: String },
}

/// A size as people read it, rounded up: `12 KB`, `3.4 MB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    match bytes {
        0..KIB => format!("{bytes} B"),
        KIB..MIB => format!("{} KB", bytes.div_ceil(KIB)),
        _ => {
            let tenths = (bytes * 10).div_ceil(MIB);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}
