//! A new sheet.

use crate::refusal::Refusal;
use crate::view::{NewSheet, Stage};
use crate::{Result, Session, rubrics};
use assessment::sheet;
use report::FontSet;
use store::{AssessmentRow, AuditNote, SheetRow, Tx};

/// Longest name of a unit, a person or an organisation, in characters; a certificate's name has the same bound.
pub const NAME_MAXIMUM: usize = 64;

impl From<&Stage> for assessment::Stage {
    fn from(stage: &Stage) -> Self {
        match stage {
            Stage::SelfEvaluation => Self::SelfEvaluation,
            Stage::Trial => Self::Trial,
            Stage::Review => Self::Review,
        }
    }
}

impl From<assessment::Stage> for Stage {
    fn from(stage: assessment::Stage) -> Self {
        match stage {
            assessment::Stage::SelfEvaluation => Self::SelfEvaluation,
            assessment::Stage::Trial => Self::Trial,
            assessment::Stage::Review => Self::Review,
        }
    }
}

impl Session {
    /// A name that could not be printed on the sheet could not be changed later either.
    fn require_printable(&self, field: &str, text: &str) -> Result<()> {
        let missing = FontSet::load(&self.world.fonts)?.missing(text);
        missing.map_or(Ok(()), |character| {
            let (field, code) = (field.to_owned(), format!("U+{:04X}", u32::from(character)));
            Err(Refusal::Unprintable { field, character: character.to_string(), code_point: code }.into())
        })
    }

    /// Unit, assessor and organisation as they will be printed.
    pub(crate) fn names(&self, unit: &str, assessor: &str, organisation: &str) -> Result<[String; 3]> {
        let fields = ["unit", "assessor", "organisation"];
        let name = |field: &str, value: &str| sheet::name(field, value, NAME_MAXIMUM);
        let names = [name(fields[0], unit)?, name(fields[1], assessor)?, name(fields[2], organisation)?];
        for (field, value) in fields.iter().zip(&names) {
            self.require_printable(field, value)?;
        }
        Ok(names)
    }

    /// Makes a sheet and returns its id.
    ///
    /// # Errors
    /// Unknown or faulty rubric, unfit names or year, or the same assessor has a sheet of this stage.
    pub fn create_sheet(&mut self, input: &NewSheet) -> Result<String> {
        let loaded = rubrics::load(&input.rubric)?;
        let [unit, assessor, organisation] = self.names(&input.unit, &input.assessor, &input.organisation)?;
        let year = sheet::year(input.year)?;
        let (id, assessment_id, now) = (self.world.id(), self.world.id(), self.now());
        let stage = assessment::Stage::from(&input.stage);
        let note = AuditNote { at: now, sheet: Some(&id), action: "create", target: &unit, ..AuditNote::default() };
        self.write(&note, |tx| {
            let rubric = &loaded.rubric;
            let digest = rubric.digest.as_str();
            tx.put_rubric(digest, &rubric.id, &rubric.edition, &loaded.text)?;
            let assessment = tx.assessment(digest, &unit, year, &assessment_id)?;
            require_none(tx, &assessment, stage, (&assessor, &organisation))?;
            tx.put_sheet(&SheetRow::draft(&id, assessment, stage, (&assessor, &organisation), now))?;
            Ok(())
        })?;
        Ok(id)
    }
}

/// Refuses a second sheet of the same assessor (name and organisation) in one stage of an assessment.
pub(crate) fn require_none(
    tx: &Tx<'_>,
    assessment: &AssessmentRow,
    stage: assessment::Stage,
    person: (&str, &str),
) -> Result<()> {
    require_no_other(tx, assessment, stage, person, "")
}

/// The same for a sheet that is there itself.
pub(crate) fn require_no_other(
    tx: &Tx<'_>,
    assessment: &AssessmentRow,
    stage: assessment::Stage,
    (assessor, organisation): (&str, &str),
    itself: &str,
) -> Result<()> {
    let same = |row: &SheetRow| row.id != itself && row.assessor == assessor && row.organisation == organisation;
    let Some(row) = tx.sheets_of(&assessment.id, stage)?.into_iter().find(same) else {
        return Ok(());
    };
    let sheet = row.id.get(..8).unwrap_or(&row.id).to_owned();
    let (unit, year) = (assessment.unit.clone(), assessment.year);
    Err(Refusal::SheetExists { unit, year, assessor: row.assessor, sheet }.into())
}
