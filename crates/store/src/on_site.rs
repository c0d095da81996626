//! The catalogue as a sheet sees it: the unit's pieces, and for experts also what experts brought.

use crate::error::Error;
use crate::rows::{self, EVIDENCE_COLUMNS, EvidenceRow, SheetRow};
use crate::tx::Tx;
use assessment::Stage;

impl Tx<'_> {
    /// The catalogue that a sheet works with. A unit does not see what experts noted.
    ///
    /// # Errors
    /// Of the disk.
    pub fn catalogue(&self, sheet: &SheetRow) -> Result<Vec<EvidenceRow>, Error> {
        let mut pieces = self.evidence(&sheet.assessment.id)?;
        if sheet.stage == Stage::SelfEvaluation {
            pieces.retain(|piece| piece.origin.is_none());
        }
        Ok(pieces)
    }

    /// The piece of a sheet's catalogue with this content. An expert's own pieces are told apart from the unit's.
    ///
    /// # Errors
    /// Of the disk.
    pub fn same_content(&self, sheet: &SheetRow, sha256: &str) -> Result<Option<EvidenceRow>, Error> {
        let sql = format!("{EVIDENCE_COLUMNS} WHERE e.assessment = ?1 AND e.sha256 = ?2 ORDER BY e.id");
        let found = self.all(&sql, [&sheet.assessment.id, sha256], rows::evidence)?;
        let fits = |piece: &EvidenceRow| piece.origin.as_ref().is_none_or(|origin| origin.sheet == sheet.id);
        match found.into_iter().find(fits) {
            Some(piece) => self.piece(&piece.id),
            None => Ok(None),
        }
    }
}
