//! Pieces of sheets: rubrics, signed revisions with every step of their scoring, provenance, evidence catalogues.

use super::Refused;
use crate::problem::Failure;
use crate::{Result, Session, world};
use assessment::exchange::SheetFile;
use assessment::receipt::Arrived;
use data::{Cell, Part, Piece, Row, Table, tables};
use package::certificate::Certificate;
use rubric::{Outcome, Rubric, Step};
use std::collections::{BTreeMap, BTreeSet};
use store::{EvidenceRow, FactsRow, RevisionRow};

/// Where revisions came from, and who their signers are.
pub struct Sources {
    /// By digest of a revision: content of the package, name of its file, when it arrived.
    packages: BTreeMap<String, BTreeMap<String, (String, i64)>>,
    /// By fingerprint: name and organisation.
    signers: BTreeMap<String, (String, String)>,
}

/// The facts of one assessment.
struct Assessed<'a> {
    part: &'a Part,
    row: &'a FactsRow,
    office: &'a str,
    sources: &'a Sources,
}

impl Session {
    pub(super) fn sources(&self) -> Result<Sources> {
        let mut packages: BTreeMap<String, BTreeMap<String, (String, i64)>> = BTreeMap::new();
        for text in self.read(|tx| Ok(tx.arrivals()?))? {
            let Ok(arrived) = serde_json::from_str::<Arrived>(&text) else { continue };
            let at = world::seconds(&arrived.at).unwrap_or_default();
            for sheet in arrived.sheets {
                let of_sheet = packages.entry(sheet.digest).or_default();
                of_sheet.entry(arrived.package.content.clone()).or_insert((arrived.package.name.clone(), at));
            }
        }
        let mut signers = BTreeMap::new();
        for (fingerprint, pem) in self.read(|tx| Ok(tx.certificate_texts()?))? {
            if let Ok(certificate) = Certificate::from_pem(&pem) {
                let person = certificate.person();
                signers.insert(fingerprint, (person.name, person.organisation));
            }
        }
        Ok(Sources { packages, signers })
    }

    pub(super) fn rubric_piece(&mut self, part: &Part, digest: &str) -> Result<Piece> {
        let text = self.read(|tx| Ok(tx.rubric(digest)?))?.unwrap_or_default();
        let rubric = self.rubric_by_digest(digest)?;
        let head =
            vec![digest.into(), (&rubric.edition).into(), (&rubric.title).into(), rubric.total.into(), text.into()];
        let parent = |at: Option<usize>| at.and_then(|at| rubric.indicators.get(at)).map(|parent| &parent.code);
        let indicators = rubric.indicators.iter().enumerate().map(|(place, indicator)| {
            vec![
                digest.into(),
                (&indicator.code).into(),
                (&indicator.title).into(),
                indicator.level.into(),
                parent(indicator.parent).into(),
                indicator.max.into(),
                (place + 1).into(),
            ]
        });
        let points = rubric.points().enumerate().map(|(place, (indicator, point))| {
            vec![
                digest.into(),
                (&point.code).into(),
                (&indicator.code).into(),
                (&point.title).into(),
                point.category.as_ref().into(),
                point.max.into(),
                (place + 1).into(),
            ]
        });
        Ok(Piece {
            key: format!("rubric:{digest}:{}", part.year),
            part: Some(part.clone()),
            rows: vec![
                (&tables::RUBRIC, vec![head]),
                (&tables::INDICATOR, indicators.collect()),
                (&tables::POINT, points.collect()),
            ],
        })
    }

    /// The pieces of an assessment: the unit, who assessed it, the signed revisions one by one, then what this office
    /// knows of them.
    pub(super) fn assessment_pieces(
        &mut self,
        part: &Part,
        row: &FactsRow,
        office: &str,
        sources: &Sources,
        take: &mut dyn FnMut(Piece) -> Result<()>,
    ) -> Result<()> {
        let assessed = Assessed { part, row, office, sources };
        let rubric = self.rubric_by_digest(&row.assessment.rubric)?;
        let revisions = self.read(|tx| Ok(tx.signed_revisions(&row.assessment.id)?))?;
        let evidence = self.read(|tx| Ok(tx.evidence(&row.assessment.id)?))?;
        assessed.about(take)?;
        let mut people = BTreeSet::new();
        for (revision, _) in &revisions {
            let file = assessed.read(&rubric, revision)?;
            if people.insert((file.0.assessor.clone(), file.0.organisation.clone())) {
                take(assessed.assessor(&file.0))?;
            }
            take(assessed.sheet(revision, &file.0, &file.1))?;
        }
        take(assessed.catalogue(&revisions, &evidence))
    }
}

impl Assessed<'_> {
    fn piece(&self, key: String, rows: Vec<(&'static Table, Vec<Row>)>) -> Piece {
        Piece { key, part: Some(self.part.clone()), rows }
    }

    /// Reads a revision; what it says of its result has to follow from its findings.
    fn read(&self, rubric: &Rubric, revision: &RevisionRow) -> Result<(SheetFile, Outcome)> {
        let unreadable = |detail: String| {
            let (sheet, unit) = (revision.sheet.clone(), self.row.assessment.unit.clone());
            Failure::from(Refused::SheetUnreadable { sheet, unit, detail })
        };
        let file: SheetFile = serde_json::from_str(&revision.file).map_err(|error| unreadable(error.to_string()))?;
        let outcome = file.check(rubric).map_err(|error| unreadable(error.to_string()))?;
        Ok((file, outcome))
    }

    fn about(&self, take: &mut dyn FnMut(Piece) -> Result<()>) -> Result<()> {
        let (Part { rubric, year }, unit) = (self.part, &self.row.assessment.unit);
        let digest = &self.row.assessment.rubric;
        take(self.piece(format!("unit:{rubric}:{year}:{unit}"), vec![(&tables::UNIT, vec![vec![unit.into()]])]))?;
        let row = vec![digest.into(), unit.into()];
        take(self.piece(format!("assessment:{digest}:{year}:{unit}"), vec![(&tables::ASSESSMENT, vec![row])]))
    }

    fn assessor(&self, file: &SheetFile) -> Piece {
        let Part { rubric, year } = self.part;
        let key = format!("assessor:{rubric}:{year}:{}\u{1f}{}", file.assessor, file.organisation);
        let row = vec![(&file.assessor).into(), (&file.organisation).into()];
        self.piece(key, vec![(&tables::ASSESSOR, vec![row])])
    }

    fn sheet(&self, revision: &RevisionRow, file: &SheetFile, outcome: &Outcome) -> Piece {
        let digest = &revision.digest;
        let stage: &'static str = file.stage.into();
        let head = vec![
            digest.into(),
            (&file.id).into(),
            file.revision.into(),
            file.previous.as_ref().into(),
            file.reason.as_ref().into(),
            (&file.rubric.digest).into(),
            (&file.unit).into(),
            stage.into(),
            (&file.assessor).into(),
            (&file.organisation).into(),
            world::seconds(&file.finalised_at).map_or(Cell::None, Cell::Time),
            outcome.total.into(),
            outcome.conclusion.grade.as_ref().into(),
        ];
        let judgements = file.verdicts.iter().map(|(evidence, judgement)| {
            let verdict: &'static str = judgement.verdict.into();
            vec![digest.into(), evidence.into(), verdict.into(), (&judgement.note).into()]
        });
        let mut rows: Vec<(&'static Table, Vec<Row>)> = vec![(&tables::SHEET, vec![head])];
        rows.extend(scored(digest, file, outcome));
        rows.push((&tables::STEP, steps(digest, outcome)));
        rows.push((&tables::JUDGEMENT, judgements.collect()));
        self.piece(format!("sheet:{digest}"), rows)
    }

    /// What this office knows of the revisions and of the evidence.
    fn catalogue(&self, revisions: &[(RevisionRow, bool)], evidence: &[EvidenceRow]) -> Piece {
        let (office, assessment) = (self.office, &self.row.assessment);
        let (mut standing, mut signatures, mut packages) = (Vec::new(), Vec::new(), Vec::new());
        for (revision, current) in revisions {
            let digest = &revision.digest;
            if *current {
                standing.push(vec![office.into(), (&revision.sheet).into(), digest.into()]);
            }
            for fingerprint in revision.signers.iter().collect::<BTreeSet<_>>() {
                let signer = self.sources.signers.get(fingerprint);
                let (name, organisation) = (signer.map(|(name, _)| name), signer.map(|(_, of)| of));
                signatures.push(vec![
                    office.into(),
                    digest.into(),
                    fingerprint.into(),
                    name.into(),
                    organisation.into(),
                ]);
            }
            for (package, (file, at)) in self.sources.packages.get(digest).into_iter().flatten() {
                packages.push(vec![office.into(), digest.into(), package.into(), file.into(), Cell::Time(*at)]);
            }
        }
        let points = evidence.iter().flat_map(|row| {
            let of_point =
                |point: &String| vec![office.into(), (&row.id).into(), point.into(), row.pages.get(point).into()];
            row.points.iter().map(of_point)
        });
        let rows: Vec<(&'static Table, Vec<Row>)> = vec![
            (&tables::STANDING, standing),
            (&tables::SIGNATURE, signatures),
            (&tables::PACKAGE, packages),
            (&tables::EVIDENCE, evidence.iter().map(|row| self.evidence(row)).collect()),
            (&tables::EVIDENCE_POINT, points.collect()),
        ];
        self.piece(format!("catalogue:{office}:{}:{}:{}", assessment.rubric, assessment.year, assessment.unit), rows)
    }

    fn evidence(&self, row: &EvidenceRow) -> Row {
        let word = |word: &'static str| Cell::from(word);
        vec![
            self.office.into(),
            (&row.id).into(),
            (&self.row.assessment.rubric).into(),
            (&self.row.assessment.unit).into(),
            (&row.fields.name).into(),
            (&row.fields.date).into(),
            row.fields.kind.map_or(Cell::None, |kind| word(kind.into())),
            (&row.fields.note).into(),
            row.fields.medium.map_or(Cell::None, |medium| word(medium.into())),
            (&row.file_name).into(),
            Cell::Whole(i64::try_from(row.size).unwrap_or(i64::MAX)),
            (&row.sha256).into(),
            row.origin.as_ref().map(|origin| &origin.sheet).into(),
        ]
    }
}

/// Marks, scores, amounts and decisions of a sheet.
fn scored(digest: &str, file: &SheetFile, outcome: &Outcome) -> Vec<(&'static Table, Vec<Row>)> {
    let marks = outcome.points.iter().map(|point| {
        vec![
            digest.into(),
            (&point.code).into(),
            point.score.into(),
            point.direct.into(),
            point.overridden.into(),
            file.doubts.contains(&point.code).into(),
            file.remarks.get(&point.code).into(),
        ]
    });
    let scores = outcome.indicators.iter().map(|one| vec![digest.into(), (&one.code).into(), one.score.into()]);
    let categories = outcome.categories.iter().map(|one| vec![digest.into(), (&one.name).into(), one.score.into()]);
    let amounts =
        outcome.adjustments.iter().filter_map(|one| Some(vec![digest.into(), (&one.code).into(), one.amount?.into()]));
    let conditions =
        outcome.limits.iter().filter_map(|one| Some(vec![digest.into(), (&one.code).into(), one.present?.into()]));
    vec![
        (&tables::MARK, marks.collect()),
        (&tables::SCORE, scores.collect()),
        (&tables::CATEGORY_SCORE, categories.collect()),
        (&tables::ADJUSTMENT, amounts.collect()),
        (&tables::CONDITION, conditions.collect()),
    ]
}

/// Every step by which the marks, the sums and the conclusion were reached.
fn steps(digest: &str, outcome: &Outcome) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut say = |kind: &str, place: &str, steps: &[Step]| {
        for (number, step) in steps.iter().enumerate() {
            let reason = serde_json::to_value(&step.reason).expect("reasons are tagged enums of plain values");
            rows.push(vec![
                digest.into(),
                kind.into(),
                place.into(),
                (number + 1).into(),
                reason["code"].as_str().unwrap_or_default().into(),
                step.amount.into(),
                step.running.into(),
                step.reading.as_ref().into(),
            ]);
        }
    };
    outcome.points.iter().for_each(|point| say("point", &point.code, &point.trace));
    outcome.indicators.iter().for_each(|indicator| say("indicator", &indicator.code, &indicator.trace));
    outcome.adjustments.iter().for_each(|adjustment| say("adjustment", &adjustment.code, &adjustment.trace));
    outcome.categories.iter().for_each(|category| say("category", &category.name, &category.trace));
    say("total", "", &outcome.trace);
    say("conclusion", "", &outcome.conclusion.trace);
    rows
}
