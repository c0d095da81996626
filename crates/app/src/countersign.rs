//! One more signature on a package that is there: a panel signs in turn, each on their own machine or on this one.

use crate::deliver::Delivery;
use crate::export::Staging;
use crate::refusal::Refusal;
use crate::signing::Signature;
use crate::verify::kind;
use crate::view::{CountersignInput, CountersignReport, VerifiedKind, VerifyReport};
use crate::{Result, Session, Watch};
use package::{countersign, encrypt};
use std::path::{Path, PathBuf};
use store::AuditNote;

impl Session {
    /// Adds a signature to a package: in its place, or encrypted beside it when recipients are named. Everything that it
    /// holds, and who signed before, stays as it is.
    ///
    /// # Errors
    /// A package that is not sound; an identity that signed it already; a wrong passphrase; an encrypted package without
    /// anybody to encrypt it to again; of the disk. The package that was there is then unchanged.
    pub fn countersign(&mut self, input: &CountersignInput, watch: &Watch) -> Result<CountersignReport> {
        let path = Path::new(&input.path);
        let shown = || path.display().to_string();
        if kind(path)? == VerifiedKind::Pdf {
            return Err(Refusal::PdfNotCountersigned { path: shown() }.into());
        }
        if encrypt::is_sealed(path)? && input.recipients.is_empty() {
            return Err(Refusal::CountersignSealed { path: shown() }.into());
        }
        let (before, held) = self.verifier()?.package(path, watch)?;
        let Some((verified, content)) = held.filter(|_| before.verdict.is_sound()) else {
            let detail = before.problems.first().map(|problem| problem.what.clone()).unwrap_or_default();
            return Err(Refusal::NotCountersigned { path: shown(), verdict: before.title, detail }.into());
        };
        let signer = self.signer(&input.identity, input.passphrase.as_str(), Signature::Content)?;
        let (keys, now) = (self.exchange_keys()?, self.now());
        let recipients = self.recipients_of(&input.recipients)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let staging = Staging::create(folder, &self.world.id())?;
        let name = name_in_the_clear(path);
        let delivery = Delivery { folder: &staging.folder, name: &name, recipients: &recipients };
        let (written, after) = self.deliver(&delivery, watch, |target, inner| {
            Ok(countersign::add(&verified, &keys, target, &signer, now, inner)?)
        })?;
        if !after.verdict.is_signed() {
            return Err(Refusal::ExportUnsound { path: shown(), verdict: after.title }.into());
        }
        let mut placed = staging.release(&[written])?;
        let placed = placed.pop().unwrap_or_else(|| PathBuf::from(path));
        let fingerprint = signer.certificate().fingerprint().to_string();
        let who = signer.certificate().person().name;
        let target = placed.display().to_string();
        let new = Some(fingerprint.as_str());
        let note =
            AuditNote { at: now, who: Some(&who), action: "countersign", target: &target, new, ..AuditNote::default() };
        self.write(&note, |tx| {
            let signed = |sheet: &assessment::exchange::SheetRef| tx.add_signer(&sheet.id, &sheet.digest, &fingerprint);
            Ok(content.package.sheets.iter().try_for_each(signed)?)
        })?;
        let verification = VerifyReport { path: target, ..after };
        Ok(CountersignReport { file: self.exported(&placed, true)?, verification })
    }
}

/// The name of a package without the ending that says that it is encrypted.
fn name_in_the_clear(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.strip_suffix(".age").map_or(name.clone(), str::to_owned)
}
