//! Importing a package: all of it in one transaction, after all of it was verified.

use crate::refusal::Refusal;
use crate::verify::{Inside, inside, kind};
use crate::view::{ImportReport, ImportResult, ImportRow, VerifiedKind};
use crate::{Language, Result, Session, Watch};
use assessment::exchange::{EvidenceEntry, SheetFile};
use assessment::{EvidenceDate, Phase};
use package::verify::{Outcome, Verified};
use rubric::Rubric;
use std::collections::BTreeSet;
use std::path::Path;
use store::{AuditNote, EvidenceRow, Ingested, RevisionRow, SheetRow, Tx, files};

/// Most identifiers are 32 hexadecimal digits; nothing longer is taken from a package.
const ID_MAXIMUM: usize = 64;

impl Session {
    /// Verifies a package and takes its sheets and evidence in. The same package twice changes nothing.
    ///
    /// # Errors
    /// Whatever keeps the package from being sound and signed; content that does not fit together; of the disk.
    pub fn import(&mut self, path: &Path, watch: &Watch) -> Result<ImportReport> {
        if kind(path)? == VerifiedKind::Pdf {
            return Err(Refusal::PdfNotImported { path: path.display().to_string() }.into());
        }
        let outcome = self.verify_package(path, watch)?;
        let verification = self.package_report(path, &outcome)?;
        let Outcome::Valid(mut verified) = outcome else {
            let detail = verification.problems.first().map(|problem| problem.what.clone()).unwrap_or_default();
            let path = path.display().to_string();
            return Err(Refusal::NotImported { path, verdict: verification.title, detail }.into());
        };
        let inside = inside(path, &verified)?;
        let text = String::from_utf8_lossy(verified.rubric()).into_owned();
        let rubric = checked(path, &inside, &text)?;
        self.take_files(&mut verified, &inside, watch)?;
        let (assessment_id, now) = (self.world.id(), self.now());
        let note = AuditNote { at: now, action: "import", target: &inside.package.unit, ..AuditNote::default() };
        let language = self.language;
        let (rows, evidence_added) = self.write(&note, |tx| {
            let digest = rubric.digest.as_str();
            tx.put_rubric(digest, &rubric.id, &rubric.edition, &text)?;
            let package = &inside.package;
            let assessment = tx.assessment(digest, &package.unit, package.year, &assessment_id)?;
            let mut rows = Vec::new();
            for (file, reference) in inside.sheets.iter().zip(&package.sheets) {
                let bytes = verified.sheets().get(&file.id).cloned().unwrap_or_default();
                let body = String::from_utf8_lossy(&bytes).into_owned();
                let revision = RevisionRow {
                    sheet: file.id.clone(),
                    revision: file.revision,
                    digest: reference.digest.clone(),
                    file: body,
                };
                let result = take_sheet(tx, &assessment, file, &revision, now)?;
                rows.push(row(file, result, language));
            }
            Ok((rows, take_catalogue(tx, &assessment.id, &inside, now)?))
        })?;
        Ok(ImportReport { rows, evidence_added, verification })
    }

    /// Copies the evidence into the evidence folder: files come before rows.
    fn take_files(&self, verified: &mut Verified, inside: &Inside, watch: &Watch) -> Result<()> {
        let entries: Vec<_> = verified.evidence().cloned().collect();
        let names: BTreeSet<&str> = inside.evidence.items.iter().map(|item| item.sha256.as_str()).collect();
        for entry in entries {
            let expected = entry.sha256.to_string();
            let wanted = Ingested { sha256: expected.clone(), extension: entry.extension.clone(), size: entry.size };
            let there = files::presence(self.root(), &wanted, false)? == store::Presence::Present;
            if there || !names.contains(expected.as_str()) {
                continue;
            }
            let name = format!("{expected}.{}", entry.extension);
            let mut incoming = files::Incoming::create(self.root(), &name)?;
            let mut progress = |done, total| watch.report(&name, done, total);
            let mut inner = package::Watch::new(&mut progress, watch.flag());
            verified.copy_evidence(&entry.sha256, &mut incoming, &mut inner)?;
            let found = incoming.finish()?;
            if found.sha256 != expected {
                return Err(store::Error::WrongDigest { path: name, expected, found: found.sha256 }.into());
            }
        }
        Ok(())
    }
}

/// Checks that the files of a package fit together, and returns its rubric.
fn checked(path: &Path, inside: &Inside, rubric: &str) -> Result<Rubric> {
    let bad = |detail: String| Refusal::BadPackage { path: path.display().to_string(), detail };
    let rubric = Rubric::read(rubric).map_err(|faults| {
        bad(format!("rubric.toml: {}", faults.first().map(ToString::to_string).unwrap_or_default()))
    })?;
    let package = &inside.package;
    let listed: Vec<(&str, u32)> = package.sheets.iter().map(|s| (s.id.as_str(), s.revision)).collect();
    let found: Vec<(&str, u32)> = inside.sheets.iter().map(|s| (s.id.as_str(), s.revision)).collect();
    if listed != found {
        return Err(bad(format!("package.json sheets {listed:?}, sheets/ {found:?}")).into());
    }
    for sheet in &inside.sheets {
        let id = &sheet.id;
        let plain = |id: &str| id.len() <= ID_MAXIMUM && id.bytes().all(|b| b.is_ascii_hexdigit());
        if !plain(id) || id.is_empty() || sheet.unit != package.unit || sheet.year != package.year {
            return Err(bad(format!("sheets/{id}.json")).into());
        }
        sheet.check(&rubric)?;
    }
    for item in &inside.evidence.items {
        EvidenceDate::read(&item.date)?;
        if let Some(point) = item.points.iter().find(|code| rubric.point(code).is_none()) {
            return Err(bad(format!("evidence.json {}: {point}", item.id)).into());
        }
    }
    Ok(rubric)
}

fn take_sheet(
    tx: &Tx<'_>,
    assessment: &store::AssessmentRow,
    file: &SheetFile,
    revision: &RevisionRow,
    now: i64,
) -> Result<ImportResult> {
    let here = tx.sheets()?.into_iter().find(|row| row.id == file.id);
    let kept = tx.revisions(&file.id)?;
    if kept.iter().any(|row| row.digest == revision.digest) {
        return Ok(ImportResult::Same);
    }
    if kept.iter().any(|row| row.revision == revision.revision) {
        return Ok(ImportResult::Conflicting);
    }
    let result = match &here {
        None => ImportResult::Added,
        // What is being written on this machine is never overwritten by a file.
        Some(row) if row.phase == Phase::Draft => return Ok(ImportResult::Conflicting),
        Some(row) if row.revision > file.revision => ImportResult::Same,
        Some(_) => ImportResult::Updated,
    };
    if result != ImportResult::Same {
        tx.put_sheet(&SheetRow {
            id: file.id.clone(),
            assessment: assessment.clone(),
            stage: file.stage,
            assessor: file.assessor.clone(),
            organisation: file.organisation.clone(),
            revision: file.revision,
            phase: Phase::Signed,
            reason: file.reason.clone(),
            previous: file.previous.clone(),
            digest: Some(revision.digest.clone()),
            finalised_at: crate::world::seconds(&file.finalised_at),
            created_at: here.as_ref().map_or(now, |row| row.created_at),
            changed_at: now,
            last_point: None,
        })?;
        tx.replace_entries(&file.id, &file.records())?;
    }
    tx.put_revision(revision)?;
    Ok(result)
}

fn take_catalogue(tx: &Tx<'_>, assessment: &str, inside: &Inside, now: i64) -> Result<u32> {
    let known: BTreeSet<String> = tx.evidence(assessment)?.into_iter().map(|row| row.id).collect();
    let mut added = 0;
    for item in &inside.evidence.items {
        if known.contains(&item.id) {
            item.points.iter().try_for_each(|point| tx.link_evidence(&item.id, point))?;
            continue;
        }
        let size = item.size.parse().unwrap_or_default();
        tx.put_blob(&Ingested { sha256: item.sha256.clone(), extension: item.extension.clone(), size })?;
        tx.add_evidence(assessment, &evidence_row(item, size, now))?;
        added += 1;
    }
    Ok(added)
}

fn evidence_row(item: &EvidenceEntry, size: u64, now: i64) -> EvidenceRow {
    EvidenceRow {
        id: item.id.clone(),
        fields: store::EvidenceFields {
            name: item.name.clone(),
            date: item.date.clone(),
            kind: item.kind,
            note: item.note.clone(),
        },
        file_name: item.file_name.clone(),
        added_at: now,
        sha256: item.sha256.clone(),
        extension: item.extension.clone(),
        size,
        points: item.points.iter().cloned().collect(),
    }
}

fn row(file: &SheetFile, result: ImportResult, language: Language) -> ImportRow {
    let (zh, en) = match result {
        ImportResult::Added => ("新增", "added"),
        ImportResult::Updated => ("更新为较新的一版", "updated to the later revision"),
        ImportResult::Same => ("已经有了，没有改动", "already here, unchanged"),
        ImportResult::Conflicting => (
            "冲突：同一版内容不同，保留本机的，没有改动",
            "conflict: another content under one revision; kept what is here",
        ),
    };
    ImportRow {
        sheet: file.id.clone(),
        unit: file.unit.clone(),
        assessor: file.assessor.clone(),
        result,
        text: if language == Language::Zh { zh } else { en }.to_owned(),
    }
}
