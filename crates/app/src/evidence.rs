//! Attaching evidence and keeping its catalogue.

use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::{
    AttachReport, EvidenceCheck, EvidenceFields, EvidenceFlaw, EvidenceItem, EvidenceKind, Presence, RefusedFile,
};
use crate::{Result, Session, Watch};
use assessment::{EvidenceDate, sheet};
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
            refused: Vec::new(),
            cancelled: false,
            evidence: Vec::new(),
            state: self.state(&row.id)?,
        };
        for path in paths {
            match self.attach_one(&row, points, path, &given, watch) {
                Ok(Attached::Added(id)) => report.added.push(id),
                Ok(Attached::Linked(name)) => report.duplicates.push(name),
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

    fn attach_one(
        &mut self,
        row: &SheetRow,
        points: &[String],
        path: &Path,
        given: &store::EvidenceFields,
        watch: &Watch,
    ) -> Result<Attached> {
        let shown = path.display().to_string();
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (mut source, total) = files::open_source(path)?;
        let mut progress = |done| watch.step(&file_name, done, total);
        let taken = files::ingest(self.root(), &file_name, &mut source, &mut progress);
        let file = taken.map_err(|error| match error {
            // The copy knows only the file's name; the person gave a path.
            store::Error::FileEmpty { .. } => store::Error::FileEmpty { path: shown.clone() },
            other => other,
        })?;
        let now = self.now();
        let id = self.world.id();
        let name = if given.name.is_empty() { name_of(&file_name) } else { given.name.clone() };
        let note = AuditNote {
            at: now,
            sheet: Some(&row.id),
            action: "evidence-attach",
            target: &points.join(" "),
            new: Some(&file.sha256),
            ..AuditNote::default()
        };
        self.write(&note, |tx| {
            let same = tx.evidence(&row.assessment.id)?.into_iter().find(|item| item.sha256 == file.sha256);
            if let Some(item) = same {
                points.iter().try_for_each(|point| tx.link_evidence(&item.id, point))?;
                return Ok(Attached::Linked(item.fields.name));
            }
            tx.put_blob(&file)?;
            tx.add_evidence(
                &row.assessment.id,
                &EvidenceRow {
                    id: id.clone(),
                    fields: store::EvidenceFields { name, ..given.clone() },
                    file_name,
                    added_at: now,
                    sha256: file.sha256.clone(),
                    extension: file.extension.clone(),
                    size: file.size,
                    points: points.to_vec(),
                },
            )?;
            Ok(Attached::Added(id.clone()))
        })
    }

    /// The catalogue of a sheet's assessment.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn catalogue(&mut self, sheet: &str) -> Result<Vec<EvidenceItem>> {
        let row = self.sheet(sheet)?;
        let rows = self.read(|tx| Ok(tx.evidence(&row.assessment.id)?))?;
        self.items(&rows)
    }

    /// Changes the catalogue fields of a piece.
    ///
    /// # Errors
    /// Unfit name, date or note; a locked or unknown sheet; of the disk.
    pub fn update_evidence(&mut self, sheet: &str, item: &str, fields: &EvidenceFields) -> Result<Vec<EvidenceItem>> {
        let row = self.draft(sheet)?;
        let fields = checked(Some(&fields.name), &fields.date, fields.kind.as_ref(), &fields.note)?;
        let id = self.free_item(&row, item)?;
        self.write(&self.note(&row, "evidence-update", &id), |tx| Ok(tx.update_evidence(&id, &fields)?))?;
        self.catalogue(&row.id)
    }

    /// Lets a piece support one more point.
    ///
    /// # Errors
    /// Unknown piece or point; a locked or unknown sheet; of the disk.
    pub fn link_evidence(&mut self, sheet: &str, item: &str, point: &str) -> Result<Vec<EvidenceItem>> {
        let row = self.draft(sheet)?;
        self.require_points(&row, &[point.to_owned()])?;
        let id = self.piece(&row, item)?.id;
        self.write(&self.note(&row, "evidence-link", &id), |tx| Ok(tx.link_evidence(&id, point)?))?;
        self.catalogue(&row.id)
    }

    /// Lets a piece no longer support a point.
    ///
    /// # Errors
    /// Unknown piece; a locked or unknown sheet; of the disk.
    pub fn unlink_evidence(&mut self, sheet: &str, item: &str, point: &str) -> Result<Vec<EvidenceItem>> {
        let row = self.draft(sheet)?;
        let id = self.free_item(&row, item)?;
        self.write(&self.note(&row, "evidence-unlink", &id), |tx| Ok(tx.unlink_evidence(&id, point)?))?;
        self.catalogue(&row.id)
    }

    /// Takes a piece out of the catalogue; its file stays in the workspace.
    ///
    /// # Errors
    /// Unknown piece; a locked or unknown sheet; of the disk.
    pub fn remove_evidence(&mut self, sheet: &str, item: &str) -> Result<Vec<EvidenceItem>> {
        let row = self.draft(sheet)?;
        let id = self.free_item(&row, item)?;
        self.write(&self.note(&row, "evidence-remove", &id), |tx| Ok(tx.remove_evidence(&id)?))?;
        self.catalogue(&row.id)
    }

    /// Reads every file of the catalogue again and says what is missing or changed.
    ///
    /// # Errors
    /// Unknown sheet; a file that cannot be read; of the disk.
    pub fn check_evidence(&mut self, sheet: &str) -> Result<EvidenceCheck> {
        let row = self.sheet(sheet)?;
        let rows = self.read(|tx| Ok(tx.evidence(&row.assessment.id)?))?;
        let mut check = EvidenceCheck { checked: 0, problems: Vec::new(), evidence: self.items(&rows)? };
        for (row, item) in rows.iter().zip(&mut check.evidence) {
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

    /// A copy of a piece's file, to be opened with the system's program.
    ///
    /// # Errors
    /// Unknown piece, a missing or changed file, or a kind of file that can run as a program.
    pub fn evidence_path(&mut self, sheet: &str, item: &str) -> Result<PathBuf> {
        let (found, path) = self.sound_file(sheet, item)?;
        if PROGRAMS.contains(&found.extension.as_str()) {
            return Err(Refusal::Executable { path: path.display().to_string() }.into());
        }
        copy_to_look_at(&path, &found.sha256, &found.file_name)
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
    fn wanting(&self, name: &str, presence: &Presence, path: &Path) -> Failure {
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

    pub(crate) fn items(&self, rows: &[EvidenceRow]) -> Result<Vec<EvidenceItem>> {
        rows.iter().map(|row| self.item(row)).collect()
    }

    fn item(&self, row: &EvidenceRow) -> Result<EvidenceItem> {
        let presence = files::presence(self.root(), &file_of(row), false)?;
        Ok(EvidenceItem {
            id: row.id.clone(),
            name: row.fields.name.clone(),
            date: row.fields.date.clone(),
            kind: row.fields.kind.map(EvidenceKind::from),
            note: row.fields.note.clone(),
            file_name: row.file_name.clone(),
            size: size(row.size),
            bytes: u32::try_from(row.size).unwrap_or(u32::MAX),
            sha256: row.sha256.clone(),
            added_at: self.world.local(row.added_at, "%Y-%m-%d %H:%M"),
            points: row.points.clone(),
            presence: presence.into(),
        })
    }

    fn draft(&self, sheet: &str) -> Result<SheetRow> {
        let row = self.sheet(sheet)?;
        row.phase.require_draft(&row.id, &row.assessment.unit)?;
        Ok(row)
    }

    fn note<'a>(&self, row: &'a SheetRow, action: &'a str, target: &'a str) -> AuditNote<'a> {
        AuditNote { at: self.now(), sheet: Some(&row.id), action, target, ..AuditNote::default() }
    }

    fn require_points(&mut self, row: &SheetRow, points: &[String]) -> Result<()> {
        let rubric = self.rubric_of(row)?;
        match points.iter().find(|code| rubric.point(code).is_none()) {
            None => Ok(()),
            Some(code) => Err(rubric::MarkError::UnknownCode { point: code.clone(), rubric: rubric.id.clone() }.into()),
        }
    }

    /// The id of a piece that may be changed: no sheet of the assessment was finalised with it.
    fn free_item(&self, row: &SheetRow, item: &str) -> Result<String> {
        let piece = self.piece(row, item)?;
        let holds = |sheet: &SheetRow| {
            sheet.assessment.id == row.assessment.id && sheet.finalised_at.is_some_and(|time| time >= piece.added_at)
        };
        match self.read(|tx| Ok(tx.sheets()?))?.into_iter().find(holds) {
            None => Ok(piece.id),
            Some(sheet) => {
                let (short, assessor) = (sheet.id.get(..8).unwrap_or_default().to_owned(), sheet.assessor);
                Err(Refusal::EvidenceHeld { item: piece.id, sheet: short, assessor }.into())
            }
        }
    }

    /// A piece of this assessment, by its id in full or the beginning of it.
    pub(crate) fn piece(&self, row: &SheetRow, item: &str) -> Result<EvidenceRow> {
        let rows = self.read(|tx| Ok(tx.evidence(&row.assessment.id)?))?;
        let mut fits = rows.into_iter().filter(|row| !item.is_empty() && row.id.starts_with(item));
        match (fits.next(), fits.next()) {
            (Some(piece), None) => Ok(piece),
            _ => Err(store::Error::UnknownEvidence { item: item.to_owned() }.into()),
        }
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
    fn checked(&self, files: usize) -> Result<store::EvidenceFields> {
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
        date: EvidenceDate::read(date)?.map_or_else(String::new, |date| date.as_str().to_owned()),
        kind: kind.map(assessment::EvidenceKind::from),
        note: match note.trim() {
            "" => String::new(),
            note => sheet::name("evidence-note", note, TEXT_MAXIMUM)?,
        },
    })
}

/// The name of a piece after its file's name.
fn name_of(file_name: &str) -> String {
    let stem = Path::new(file_name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    stem.unwrap_or_default().chars().filter(|c| !c.is_control()).take(TEXT_MAXIMUM).collect()
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

/// What happened to a file.
enum Attached {
    /// A new piece, by its id.
    Added(String),
    /// Its content was in the catalogue, under this name.
    Linked(String),
}

/// Endings of files that run as programs when opened.
const PROGRAMS: &[&str] = &[
    "appimage", "apk", "app", "bash", "bat", "cmd", "com", "cpl", "deb", "desktop", "dll", "exe", "hta", "jar", "js",
    "jse", "lnk", "msi", "ps1", "py", "reg", "rpm", "run", "scr", "sh", "so", "url", "vb", "vbe", "vbs", "wsf", "wsh",
];

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
