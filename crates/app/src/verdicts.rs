//! Experts judging the evidence (核验): 属实, 存疑 or 不符, with a note, undone and redone like marks.

use crate::refusal::Refusal;
use crate::sheets::Opened;
use crate::view::{EvidenceVerdict, SheetState, VerdictState};
use crate::{Result, Session, evidence};
use assessment::{Entry, EntryKind, Error, Judgement, Verdict, verdict};
use std::collections::BTreeMap;
use store::EvidenceRow;

impl From<Verdict> for EvidenceVerdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Genuine => Self::Genuine,
            Verdict::Doubtful => Self::Doubtful,
            Verdict::Refuted => Self::Refuted,
        }
    }
}

impl From<&EvidenceVerdict> for Verdict {
    fn from(verdict: &EvidenceVerdict) -> Self {
        match verdict {
            EvidenceVerdict::Genuine => Self::Genuine,
            EvidenceVerdict::Doubtful => Self::Doubtful,
            EvidenceVerdict::Refuted => Self::Refuted,
        }
    }
}

impl Session {
    /// Judges pieces of evidence, all in one act, or takes their verdicts away. Without a note each keeps the one that
    /// it has; a note that 存疑 and 不符 need may follow later, before the sheet is finalised.
    ///
    /// # Errors
    /// A unit's own sheet; an unknown piece, or one that an expert brought; a note that does not fit; a locked or
    /// unknown sheet; of the disk. The old verdicts stay.
    pub fn set_verdict(
        &mut self,
        sheet: &str,
        items: &[String],
        verdict: Option<&EvidenceVerdict>,
        note: Option<&str>,
    ) -> Result<SheetState> {
        let row = self.draft(sheet)?;
        verdict::require_expert(row.stage)?;
        let (records, pieces) = self.read(|tx| Ok((tx.records(&row.id)?, tx.catalogue(&row)?)))?;
        let old: BTreeMap<&str, Judgement> = records.judgements().collect();
        let mut entries = Vec::with_capacity(items.len());
        for item in items {
            let piece = evidence::named(&pieces, item)?;
            if piece.origin.is_some() {
                return Err(Refusal::OwnEvidence { name: piece.fields.name.clone() }.into());
            }
            let kept = old.get(piece.id.as_str()).map_or("", |judgement| judgement.note.as_str());
            let judged = verdict.map(|verdict| Judgement::new(verdict.into(), note.unwrap_or(kept))).transpose()?;
            let value = judged.map(|judged| serde_json::to_string(&judged).expect("a judgement is plain data"));
            entries.push(Entry { kind: EntryKind::Verdict, code: piece.id.clone(), value });
        }
        self.enter(&row, &entries)?;
        self.state(&row.id)
    }
}

/// The verdicts on a sheet by piece, in the order of the catalogue; those on pieces that are gone are left out.
pub(crate) fn judgements(opened: &Opened) -> Vec<(&EvidenceRow, Judgement)> {
    let mut judged: BTreeMap<&str, Judgement> = opened.records.judgements().collect();
    opened.evidence.iter().filter_map(|piece| Some((piece, judged.remove(piece.id.as_str())?))).collect()
}

pub(crate) fn states(opened: &Opened) -> Vec<VerdictState> {
    let state = |(piece, judged): (&EvidenceRow, Judgement)| VerdictState {
        item: piece.id.clone(),
        verdict: judged.verdict.into(),
        lacks_note: judged.lacks_note(),
        note: judged.note,
    };
    judgements(opened).into_iter().map(state).collect()
}

/// Refuses to finalise while a note is missing that a verdict needs.
pub(crate) fn require_notes(opened: &Opened) -> std::result::Result<(), Error> {
    let lacking: Vec<String> = judgements(opened)
        .into_iter()
        .filter(|(_, judged)| judged.lacks_note())
        .map(|(piece, _)| piece.fields.name.clone())
        .collect();
    match lacking.len() {
        0 => Ok(()),
        count => Err(Error::VerdictNoteMissing { count, names: lacking.join("、") }),
    }
}
