//! A conflict with all its sides, point by point.

use super::{Decided, why_words};
use crate::inbox::Stowed;
use crate::merge::Refused;
use crate::outcome::{count, steps};
use crate::view::{
    ConflictCell, ConflictIndicator, ConflictLine, ConflictScore, ConflictSide, ConflictState, ConflictSummary,
    ConflictView, SideKind,
};
use crate::{Language, Result, Session, Verifier, world};
use assessment::exchange::{EvidenceEntry, SheetFile};
use assessment::merge::{Choice, Place, Record, Standing};
use assessment::{EntryKind, Records, Stage};
use rubric::decimal::show;
use rubric::model::{Indicator, Limit};
use rubric::{Outcome, Rubric};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::{RevisionRow, Tx};

/// Names of the sides (天干), in their order.
const NAMES: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
/// Most sides and files that one conflict shows beside each other.
const SIDES_MAXIMUM: usize = 10;

/// A conflict in one line; nothing where the contents of a sheet do not contend.
pub(super) fn summary(
    tx: &Tx<'_>,
    decided: &Decided,
    sheet: &str,
    language: Language,
) -> Result<Option<ConflictSummary>> {
    let record = decided.record_of(tx, sheet)?;
    let Some((why, sides)) = contention(&record, sheet, language) else { return Ok(None) };
    let files: Vec<SheetFile> = files(tx, sheet, &sides)?.into_iter().map(|(_, file)| file).collect();
    let Some(last) = files.last() else { return Ok(None) };
    let state = match record.standing(sheet) {
        Some(Standing::Conflict { .. }) | None => ConflictState::Open,
        Some(Standing::Current(_)) => ConflictState::Decided,
        Some(Standing::Returned) => ConflictState::Returned,
    };
    Ok(Some(ConflictSummary {
        sheet: sheet.to_owned(),
        unit: last.unit.clone(),
        year: last.year,
        stage: last.stage.into(),
        assessor: last.assessor.clone(),
        organisation: last.organisation.clone(),
        revision: last.revision,
        why: why.to_owned(),
        sides: count(sides.len()),
        differing: count(differing(&files).len()),
        state,
    }))
}

/// Why a person decides or decided, and among which contents; nothing where nothing contends.
fn contention(record: &Record, sheet: &str, language: Language) -> Option<(&'static str, BTreeSet<Place>)> {
    match (record.question(sheet)?, record.standing(sheet)?) {
        (Standing::Conflict { why, sides }, _) => Some((why_words(why, language), sides)),
        // It was decided elsewhere that what came so far does not count.
        (Standing::Current(place), Standing::Returned) => {
            let why = language.say(
                "裁定不采用这里的一份，采用的还没有收到",
                "what is here was decided against, what counts has not come",
            );
            Some((why, BTreeSet::from([place])))
        }
        _ => None,
    }
}

/// The files of these contents, in their order.
fn files(tx: &Tx<'_>, sheet: &str, sides: &BTreeSet<Place>) -> Result<Vec<(RevisionRow, SheetFile)>> {
    let mut kept: BTreeMap<String, RevisionRow> = BTreeMap::new();
    let contested = tx.contested(sheet)?.into_iter().map(|(row, _)| row);
    for row in tx.revisions(sheet)?.into_iter().chain(contested) {
        kept.insert(row.digest.clone(), row);
    }
    let found = sides.iter().filter_map(|side| kept.remove(&side.digest));
    Ok(found.filter_map(|row| serde_json::from_str(&row.file).ok().map(|file| (row, file))).collect())
}

/// The codes of points, adjustments and conditions that are not the same in all files.
fn differing(files: &[SheetFile]) -> BTreeSet<String> {
    let all: Vec<Records> = files.iter().map(SheetFile::records).collect();
    let mut codes = BTreeSet::new();
    for kind in EntryKind::ALL.into_iter().filter(|kind| *kind != EntryKind::Carried) {
        let named: BTreeSet<&str> = all.iter().flat_map(|records| records.of(kind).map(|(code, _)| code)).collect();
        let same = |code: &&str| all.windows(2).all(|two| two[0].get(kind, code) == two[1].get(kind, code));
        let other = named.into_iter().filter(|code| !same(code));
        codes.extend(other.map(|code| code.split(assessment::record::JOINT).next().unwrap_or(code).to_owned()));
    }
    codes
}

/// A column while it is drawn.
struct Column {
    side: ConflictSide,
    records: Records,
    outcome: Outcome,
    /// How many pieces of evidence name a point.
    evidence: BTreeMap<String, u32>,
}

impl Session {
    /// A conflict of this workspace with all sides.
    ///
    /// # Errors
    /// There is no such conflict; of the disk.
    pub fn conflict(&mut self, sheet: &str) -> Result<ConflictView> {
        let none = || Refused::NoConflict { sheet: sheet.to_owned() };
        let (summary, decided) = self.read(|tx| {
            let decided = Decided::load(tx)?;
            let named = |id: &String| !sheet.is_empty() && id.starts_with(sheet);
            let sheets: Vec<String> = tx.contested_sheets()?.into_iter().filter(named).collect();
            let [id] = sheets.as_slice() else { return Err(none().into()) };
            Ok((summary(tx, &decided, id, self.language)?, decided))
        })?;
        let summary = summary.ok_or_else(none)?;
        let (contents, record) = self.read(|tx| {
            let record = decided.record_of(tx, &summary.sheet)?;
            let Some(Standing::Conflict { sides, .. }) = record.question(&summary.sheet) else {
                return Err(none().into());
            };
            Ok((files(tx, &summary.sheet, &sides)?, record))
        })?;
        let digest = contents.first().map(|(_, file)| file.rubric.digest.clone()).unwrap_or_default();
        let rubric = self.rubric_by_digest(&digest)?;
        let codes = differing(&contents.iter().map(|(_, file)| file.clone()).collect::<Vec<_>>());
        let verifier = self.verifier()?;
        let columns = self.read(|tx| {
            let drawing = Drawing { tx, rubric: &rubric, verifier: &verifier, record: &record };
            drawing.columns(&summary, &contents)
        })?;
        let about = |choice: &Choice| matches!(choice, Choice::Side { sheet, .. } if *sheet == summary.sheet);
        Ok(ConflictView {
            indicators: indicators(&rubric, &codes, &columns, self.language),
            sides: columns.into_iter().map(|column| column.side).collect(),
            decisions: self.decisions_of(&decided, about),
            summary,
        })
    }
}

struct Drawing<'d, 'x> {
    tx: &'d Tx<'x>,
    rubric: &'d Rubric,
    verifier: &'d Verifier<'d>,
    record: &'d Record,
}

impl Drawing<'_, '_> {
    /// What the contents are compared with, then the contents.
    fn columns(&self, summary: &ConflictSummary, contents: &[(RevisionRow, SheetFile)]) -> Result<Vec<Column>> {
        let zh = self.verifier.language() == Language::Zh;
        let mut columns = Vec::new();
        if let Some((row, file)) = self.own(contents)? {
            columns.push(self.column(SideKind::Own, if zh { "自评" } else { "Self-evaluation" }, &row, &file, "")?);
        }
        let here = self.tx.any_sheet(&summary.sheet)?;
        let current = here.map(|here| self.tx.current_revision(&here)).transpose()?.flatten();
        if let Some(row) = current.filter(|row| contents.iter().all(|(side, _)| side.digest != row.digest))
            && let Ok(file) = serde_json::from_str::<SheetFile>(&row.file)
        {
            columns.push(self.column(SideKind::Current, if zh { "现存" } else { "Here" }, &row, &file, "")?);
        }
        let packages: BTreeMap<String, String> =
            self.tx.contested(&summary.sheet)?.into_iter().map(|(row, package)| (row.digest, package)).collect();
        for (at, (row, file)) in contents.iter().take(SIDES_MAXIMUM).enumerate() {
            let package = packages.get(&row.digest).map_or("", String::as_str);
            columns.push(self.column(SideKind::Side, NAMES[at], row, file, package)?);
        }
        Ok(columns)
    }

    /// The unit's own evaluation under the same rubric.
    fn own(&self, contents: &[(RevisionRow, SheetFile)]) -> Result<Option<(RevisionRow, SheetFile)>> {
        let Some((_, file)) = contents.first().filter(|(_, file)| file.stage != Stage::SelfEvaluation) else {
            return Ok(None);
        };
        let Some(assessment) = self.tx.find_assessment(&file.rubric.digest, &file.unit, file.year)? else {
            return Ok(None);
        };
        for sheet in self.tx.sheets_of(&assessment.id, Stage::SelfEvaluation)? {
            if let Some(row) = self.tx.current_revision(&sheet)?
                && let Ok(file) = serde_json::from_str(&row.file)
            {
                return Ok(Some((row, file)));
            }
        }
        Ok(None)
    }

    fn column(&self, kind: SideKind, name: &str, row: &RevisionRow, file: &SheetFile, package: &str) -> Result<Column> {
        let records = file.records();
        let outcome = rubric::score(self.rubric, &records.findings(self.rubric, file.stage));
        let mut side = ConflictSide {
            kind,
            name: name.to_owned(),
            digest: row.digest.clone(),
            revision: row.revision,
            file: String::new(),
            signers: self.names(&row.signers)?,
            signed_at: String::new(),
            finalised_at: world::seconds(&file.finalised_at).map(|at| self.verifier.local(at)).unwrap_or_default(),
            total: file.result.total.clone(),
            grade: file.result.grade.clone(),
            taken: self.is_taken(&file.id, &row.digest),
        };
        let mut evidence = BTreeMap::new();
        if let Some(held) = self.tx.contested_package(package)? {
            side.file =
                Path::new(&held.path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let opened = Stowed::read(held.body.as_bytes()).ok().zip(self.tx.rubric(&file.rubric.digest)?);
            if let Some(parcel) = opened.and_then(|(stowed, text)| stowed.open(text, self.verifier).ok()) {
                let times: Vec<String> = parcel.signers.iter().map(|signer| self.verifier.local(signer.time)).collect();
                side.signed_at = times.join("、");
                evidence = named(&parcel.content.evidence.items);
            }
        }
        if evidence.is_empty()
            && let Some(assessment) = self.tx.find_assessment(&file.rubric.digest, &file.unit, file.year)?
        {
            for piece in self.tx.evidence(&assessment.id)? {
                piece.points.iter().for_each(|code| *evidence.entry(code.clone()).or_default() += 1);
            }
        }
        Ok(Column { side, records, outcome, evidence })
    }

    fn is_taken(&self, sheet: &str, digest: &str) -> bool {
        let takes = |choice: &Choice| matches!(choice, Choice::Side { sheet: decided, taken: Some(taken), .. } if decided == sheet && taken == digest);
        let standing = self.record.standing(sheet);
        let stands = matches!(standing, Some(Standing::Current(place)) if place.digest == digest);
        stands && self.record.active().iter().any(|(_, decision)| takes(&decision.choice))
    }

    fn names(&self, fingerprints: &[String]) -> Result<String> {
        let met = self.tx.met_certificates()?;
        let name = |fingerprint: &String| {
            let row = met.iter().find(|row| row.fingerprint == *fingerprint)?;
            Some(package::Certificate::from_pem(&row.pem).ok()?.person().name)
        };
        Ok(fingerprints.iter().filter_map(name).collect::<Vec<_>>().join("、"))
    }
}

fn named(items: &[EvidenceEntry]) -> BTreeMap<String, u32> {
    let mut all = BTreeMap::new();
    for code in items.iter().flat_map(|item| &item.points) {
        *all.entry(code.clone()).or_default() += 1;
    }
    all
}

/// The indicators and adjustments in which the contents differ.
fn indicators(
    rubric: &Rubric,
    codes: &BTreeSet<String>,
    columns: &[Column],
    language: Language,
) -> Vec<ConflictIndicator> {
    let inside = |indicator: &Indicator| {
        let mut own = indicator
            .points
            .iter()
            .flat_map(|point| std::iter::once(&point.code).chain(point.limits.iter().map(|limit| &limit.code)));
        own.any(|code| codes.contains(code))
            || indicator.limits.iter().any(|limit| codes.contains(&limit.code))
            || codes.contains(&indicator.code)
    };
    let drawn = Drawn { rubric, codes, columns, language };
    let mut all: Vec<ConflictIndicator> = Vec::new();
    for (at, indicator) in rubric.indicators.iter().enumerate().filter(|(_, indicator)| inside(indicator)) {
        all.push(drawn.indicator(at, indicator));
    }
    all.extend((0..rubric.adjustments.len()).filter_map(|at| drawn.adjustment(at)));
    all
}

struct Drawn<'d> {
    rubric: &'d Rubric,
    codes: &'d BTreeSet<String>,
    columns: &'d [Column],
    language: Language,
}

impl Drawn<'_> {
    fn indicator(&self, at: usize, indicator: &Indicator) -> ConflictIndicator {
        let mut lines = Vec::new();
        for point in &indicator.points {
            let cells = self.columns.iter().map(|column| self.cell(column, &point.code));
            let legal = point.legal.choices(64).map(|marks| {
                let ends = [marks.first(), marks.last()].map(|mark| mark.map(|mark| show(*mark)).unwrap_or_default());
                ends.join("–")
            });
            lines.push(ConflictLine {
                code: point.code.clone(),
                sentence: point.text.clone(),
                max: Some(show(point.max)),
                legal: Some(legal.unwrap_or_else(|| format!("0–{}", show(point.max)))),
                differs: self.codes.contains(&point.code),
                cells: cells.collect(),
            });
            lines.extend(point.limits.iter().map(|limit| self.limit(limit)));
        }
        lines.extend(indicator.limits.iter().map(|limit| self.limit(limit)));
        let score = |column: &Column| {
            let Some(score) = column.outcome.indicators.get(at) else {
                return ConflictScore { score: String::new(), trace: String::new() };
            };
            let marks = indicator.points.iter().filter_map(|point| {
                column.outcome.points.iter().find(|scored| scored.code == point.code).and_then(|scored| scored.score)
            });
            let sum = marks.map(show).collect::<Vec<_>>().join(" + ");
            let rest = steps(&score.trace, self.language).into_iter().map(|step| step.finding);
            let trace = std::iter::once(sum).chain(rest).filter(|text| !text.is_empty()).collect::<Vec<_>>();
            ConflictScore { score: show(score.score), trace: trace.join("，") }
        };
        ConflictIndicator {
            code: indicator.code.clone(),
            sentence: indicator.text.clone(),
            max: show(indicator.max),
            lines,
            scores: self.columns.iter().map(score).collect(),
        }
    }

    fn adjustment(&self, at: usize) -> Option<ConflictIndicator> {
        let rule = self.rubric.adjustments.get(at).filter(|rule| self.codes.contains(&rule.code))?;
        let score = |column: &Column| {
            let amount = column.outcome.adjustments.get(at).and_then(|found| found.amount);
            ConflictScore { score: amount.map(show).unwrap_or_default(), trace: String::new() }
        };
        let cells = self.columns.iter().map(|column| self.cell(column, &rule.code)).collect();
        Some(ConflictIndicator {
            code: rule.code.clone(),
            sentence: rule.text.clone(),
            max: String::new(),
            lines: vec![ConflictLine {
                code: rule.code.clone(),
                sentence: rule.text.clone(),
                max: None,
                legal: None,
                differs: true,
                cells,
            }],
            scores: self.columns.iter().map(score).collect(),
        })
    }

    fn limit(&self, limit: &Limit) -> ConflictLine {
        let cell = |column: &Column| {
            let found = column.outcome.limits.iter().find(|found| found.code == limit.code);
            let present = found.and_then(|found| found.present);
            ConflictCell { mark: None, present, remark: String::new(), evidence: 0 }
        };
        ConflictLine {
            code: limit.code.clone(),
            sentence: limit.text.clone(),
            max: None,
            legal: None,
            differs: self.codes.contains(&limit.code),
            cells: self.columns.iter().map(cell).collect(),
        }
    }

    fn cell(&self, column: &Column, code: &str) -> ConflictCell {
        let point = column.outcome.points.iter().find(|point| point.code == code).and_then(|point| point.score);
        let adjustment = column.outcome.adjustments.iter().find(|found| found.code == code);
        let mark = point.or_else(|| adjustment.and_then(|found| found.amount)).map(show);
        ConflictCell {
            mark,
            present: None,
            remark: column.records.get(EntryKind::Remark, code).unwrap_or_default().to_owned(),
            evidence: column.evidence.get(code).copied().unwrap_or_default(),
        }
    }
}
