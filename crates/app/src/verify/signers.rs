//! What a signature that fits comes to: who signed, whether they are accepted, and when by whose clock.

use super::Verifier;
use crate::trust::{CLOCKS_DIFFER, Refused};
use crate::view::{SignerTrust, SignerView, Verdict, VerifiedKind};
use crate::{Language, Problem, Result, Watch, documents};
use assessment::exchange::SheetFile;
use package::trust::Standing;
use package::{Certificate, Limits, cms, pdf};
use std::path::Path;

/// A signature that fits: the signer's certificate, and when as the signer says.
pub(crate) type Signed<'c> = (&'c Certificate, Option<i64>);

impl Verifier<'_> {
    /// Who signed.
    pub(crate) fn signed_by(&self, certificate: &Certificate, time: Option<i64>) -> SignerView {
        let person = certificate.person();
        let trust = match self.verdict_on(certificate, time) {
            Verdict::Trusted if self.known.own.contains(&certificate.fingerprint()) => SignerTrust::Own,
            Verdict::Trusted => SignerTrust::Trusted,
            Verdict::Revoked => SignerTrust::Revoked,
            Verdict::Unfit => SignerTrust::Unfit,
            Verdict::OutOfTerm => SignerTrust::OutOfTerm,
            _ => SignerTrust::Unknown,
        };
        SignerView {
            office: self.known.trust.authority_of(certificate).map(|office| office.person().name),
            note: self.later_than_now(&person.name, time),
            name: person.name,
            organisation: person.organisation,
            fingerprint: certificate.fingerprint().grouped(),
            time: time.map(|time| self.local(time)).unwrap_or_default(),
            trust,
            role: None,
        }
    }

    /// Says of each signer what they are to the sheets.
    pub(super) fn name_roles(&self, signers: &mut [SignerView], sheets: &[SheetFile]) {
        for signer in signers {
            let own = sheets.iter().find(|s| (&s.assessor, &s.organisation) == (&signer.name, &signer.organisation));
            let role = match own {
                Some(sheet) if self.language == Language::Zh => {
                    format!("{}评估人", documents::stage_name(sheet.stage, self.language))
                }
                Some(sheet) => format!("assessor, {}", documents::stage_name(sheet.stage, self.language)),
                None => self.say("加签人", "countersigner").to_owned(),
            };
            signer.role = Some(role);
        }
    }

    /// What one signature comes to.
    pub(crate) fn verdict_on(&self, certificate: &Certificate, time: Option<i64>) -> Verdict {
        self.judged(&[(certificate, time)]).0
    }

    /// What several signatures come to, the worst first, and what is wrong with each.
    pub(crate) fn judged(&self, signed: &[Signed<'_>]) -> (Verdict, Vec<Problem>) {
        let rank = |verdict: &Verdict| match verdict {
            Verdict::Revoked => 4,
            Verdict::Unfit => 3,
            Verdict::OutOfTerm => 2,
            Verdict::Trusted => 0,
            _ => 1,
        };
        let (mut worst, mut problems) = (Verdict::Trusted, Vec::new());
        for (certificate, time) in signed {
            let verdict = match self.fault(certificate, *time) {
                Some((verdict, fault)) => {
                    problems.push(self.problem(&fault.into()));
                    verdict
                }
                None if time.is_some_and(|time| self.is_known(certificate, time)) => Verdict::Trusted,
                None => Verdict::SignerUnknown,
            };
            if rank(&verdict) > rank(&worst) {
                worst = verdict;
            }
        }
        (worst, problems)
    }

    fn is_known(&self, certificate: &Certificate, time: i64) -> bool {
        self.known.trust.standing(certificate, time) == Standing::Known
    }

    /// Why a signature that fits does not count.
    fn fault(&self, certificate: &Certificate, time: Option<i64>) -> Option<(Verdict, Refused)> {
        let name = certificate.person().name;
        let (at, signed) = (time.unwrap_or_default(), time.map(|time| self.local(time)).unwrap_or_default());
        match self.known.trust.standing(certificate, at) {
            Standing::Revoked => Some((Verdict::Revoked, self.no_longer_accepted(certificate, name, signed))),
            Standing::Unfit => Some((Verdict::Unfit, Refused::SignerUnfit { name })),
            Standing::Known | Standing::Unknown if time.is_some_and(|time| !certificate.in_force(time)) => {
                let (from, until) = certificate.period();
                let [from, until, now] = [from, until, (self.world.now)()].map(|time| self.local(time));
                Some((Verdict::OutOfTerm, Refused::SignedOutOfTerm { name, signed, from, until, now }))
            }
            Standing::Known | Standing::Unknown => None,
        }
    }

    fn no_longer_accepted(&self, certificate: &Certificate, name: String, signed: String) -> Refused {
        if let Some(revoked) = self.known.trust.revocation(certificate) {
            let code: &'static str = revoked.reason.into();
            let reason = crate::problem::word(&format!("trust.reason.{code}"), self.language);
            return Refused::SignerRevoked { name, at: self.local(revoked.at), reason, signed };
        }
        let withdrawn = self.known.withdrawn.get(&certificate.fingerprint());
        let (at, reason) = withdrawn.map(|(at, reason)| (self.local(*at), reason.clone())).unwrap_or_default();
        Refused::SignerWithdrawn { name, at, reason, signed }
    }

    /// A signature of a time that has not come: one of two clocks is wrong, which spoils nothing.
    fn later_than_now(&self, name: &str, time: Option<i64>) -> Option<Problem> {
        let now = (self.world.now)();
        let signed = time.filter(|time| *time > now + CLOCKS_DIFFER)?;
        let [signed, now] = [signed, now].map(|time| self.local(time));
        Some(self.problem(&Refused::SignedInFuture { name: name.to_owned(), signed, now }.into()))
    }

    /// The certificates of those whose signatures fit.
    pub(crate) fn certificates(&self, path: &Path, watch: &Watch) -> Result<Vec<Certificate>> {
        match super::kind(path)? {
            VerifiedKind::Package => {
                let mut progress = |done, total| watch.report("", done, total);
                let mut inner = package::Watch::new(&mut progress, watch.flag());
                let outcome =
                    package::verify::verify_with(path, &self.keys, &self.known.trust, &Limits::default(), &mut inner)?;
                let verified = outcome.signed(path)?;
                Ok(verified.signers().iter().map(|signer| signer.certificate.clone()).collect())
            }
            VerifiedKind::Pdf => {
                let reports = pdf::verify(&super::read_pdf(path)?)?;
                Ok(reports.into_iter().filter_map(|report| report.certificate).collect())
            }
            VerifiedKind::Receipt => {
                let (_, signed) = cms::open(&crate::handed::read(path)?)?;
                Ok(vec![signed.certificate])
            }
        }
    }
}
