//! Whom the workspace accepts: people and offices, compared by what they read aloud, and what offices revoked.

mod certificates;
mod refused;

use crate::view::{
    AcceptInput, Acceptance, ClockView, ListView, OwnIdentity, Purpose, Term, TrustFile, TrustFileKind, TrustView,
    TrustedView,
};
use crate::{Failure, Result, Session, Watch, handed};
pub(crate) use certificates::{Handed, Known, fits, met};
use certificates::{compare, the_only};
use package::{Certificate, RevocationList};
pub use refused::Refused;
use std::path::Path;
use store::{AuditNote, ListRow, TrustedRow};

/// 2025-01-01 UTC: no clock of a computer with this program can be right and show an earlier time.
const PROGRAM_BEGINS: i64 = 1_735_689_600;
/// Seconds by which clocks differ without anybody noticing.
pub(crate) const CLOCKS_DIFFER: i64 = 600;
/// Seconds before its end from which a certificate is said to end soon.
const SOON: i64 = 60 * 86_400;

impl Session {
    /// The page of identities and trust.
    ///
    /// # Errors
    /// Of the disk.
    pub fn trust(&self) -> Result<TrustView> {
        let known = self.signers_known()?;
        let (met, trusted, issued) = self.read(|tx| Ok((tx.met_certificates()?, tx.trusted()?, tx.issued()?)))?;
        let (mut offices, mut people) = (Vec::new(), Vec::new());
        for row in met {
            let certificate = Certificate::from_pem(&row.pem)?;
            let own = known.own.contains(&certificate.fingerprint());
            if own || issued.iter().any(|issued| issued.certificate.fingerprint == row.fingerprint) {
                continue;
            }
            let entry = trusted.iter().find(|entry| entry.certificate.fingerprint == row.fingerprint);
            let view = self.trusted_view(&known, &certificate, row.met_at, entry)?;
            if certificate.is_authority() { offices.push(view) } else { people.push(view) }
        }
        // Who waits for being compared comes first, who is no longer accepted last.
        let rank = |view: &TrustedView| match view.acceptance {
            Acceptance::Unknown => 0,
            Acceptance::Own | Acceptance::ByHand | Acceptance::ByOffice => 1,
            Acceptance::Withdrawn | Acceptance::Revoked => 2,
        };
        offices.sort_by_key(rank);
        people.sort_by_key(rank);
        Ok(TrustView {
            clock: self.clock()?,
            identities: self.own_identities(&known)?,
            office: self.office_view()?,
            offices,
            people,
        })
    }

    fn own_identities(&self, known: &Known) -> Result<Vec<OwnIdentity>> {
        let (rows, requests) = self.read(|tx| Ok((tx.identities()?, tx.requests()?)))?;
        let own = |row: &store::IdentityRow| {
            let certificate = Certificate::from_pem(&row.certificate)?;
            let requested = requests.iter().find(|(fingerprint, _)| *fingerprint == row.fingerprint);
            Ok(OwnIdentity {
                certificate: self.certificate_view(&certificate)?,
                requested: requested.map(|(_, at)| self.shown(*at)),
                office_accepted: known.trust.authority_of(&certificate).is_some(),
                purpose: match (&row.pdf_of, certificate.algorithm()?) {
                    (Some(_), _) => Purpose::Pdf,
                    (None, package::Algorithm::Sm2) => Purpose::Content,
                    (None, package::Algorithm::P256) => Purpose::All,
                },
            })
        };
        // Whoever stands by itself comes before what is beside it.
        let (own_rows, beside): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.pdf_of.is_none());
        own_rows.into_iter().chain(beside).map(own).collect()
    }

    fn trusted_view(
        &self,
        known: &Known,
        certificate: &Certificate,
        met_at: i64,
        entry: Option<&TrustedRow>,
    ) -> Result<TrustedView> {
        let list = known.trust.list_of(certificate).map(|list| self.list_view(list));
        let certificate_view = self.certificate_view(certificate)?;
        let revoked = known.trust.revocation(certificate);
        let (acceptance, since, note) = match (revoked, entry) {
            (Some(revoked), _) => (Acceptance::Revoked, revoked.at, self.revoked_because(revoked.reason)),
            (None, Some(TrustedRow { withdrawn: Some((at, reason)), .. })) => {
                (Acceptance::Withdrawn, *at, reason.clone())
            }
            (None, Some(entry)) => (Acceptance::ByHand, entry.at, entry.note.clone()),
            (None, None) => match known.trust.authority_of(certificate) {
                Some(office) if known.own_office == Some(certificate.fingerprint()) => {
                    (Acceptance::Own, met_at, office.person().name)
                }
                Some(office) => (Acceptance::ByOffice, met_at, office.person().name),
                None => (Acceptance::Unknown, met_at, String::new()),
            },
        };
        Ok(TrustedView { certificate: certificate_view, acceptance, since: self.shown(since), note, list })
    }

    /// Says what a file of identities and trust is, and takes nothing in.
    ///
    /// # Errors
    /// A file that cannot be read, or is of another kind; a request that does not fit its key.
    pub fn trust_file(&self, path: &Path) -> Result<TrustFile> {
        let bytes = handed::read(path)?;
        let shown = path.display().to_string();
        let view = |kind, person: package::Person, known| TrustFile {
            path: shown.clone(),
            kind,
            name: person.name,
            organisation: person.organisation,
            algorithm: None,
            certificate: None,
            list: None,
            known,
        };
        match Handed::read(&shown, &bytes)? {
            Handed::Request(request) => {
                let key = request.key().to_string();
                let known = self.read(|tx| Ok(tx.issued()?))?.iter().any(|row| row.certificate.key == key);
                let algorithm = Some(request.algorithm().into());
                Ok(TrustFile { algorithm, ..view(TrustFileKind::Request, request.person(), known) })
            }
            Handed::List(list) => {
                let known = self.signers_known()?;
                let authority = known.trust.authorities.iter().find(|authority| list.is_of(authority));
                let here = authority.and_then(|authority| known.trust.list_of(authority));
                let known = here.is_some_and(|here| here.number() >= list.number());
                let list_view = Some(self.list_view(&list));
                Ok(TrustFile { list: list_view, ..view(TrustFileKind::List, list.issuer(), known) })
            }
            Handed::Certificates(certificates) => {
                let (kind, certificate) = self.certificate_kind(&certificates)?;
                let known = self.signers_known()?;
                let here = match kind {
                    TrustFileKind::Own => known.own.contains(&certificate.fingerprint()),
                    _ => known.trust.signers.contains(&certificate.fingerprint()) || known.accepts(certificate),
                };
                let shown = self.certificate_view(certificate)?;
                let (algorithm, certificate_view) = (shown.algorithm, Some(shown));
                Ok(TrustFile { algorithm, certificate: certificate_view, ..view(kind, certificate.person(), here) })
            }
        }
    }

    /// What a file of certificates is to this workspace, and the certificate that it is about.
    fn certificate_kind<'c>(&self, certificates: &'c [Certificate]) -> Result<(TrustFileKind, &'c Certificate)> {
        let first = certificates.first().ok_or(Refused::NotATrustFile { path: String::new() })?;
        if let Some((_, own)) = self.own_among(certificates)? {
            return Ok((TrustFileKind::Own, own));
        }
        Ok((if first.is_authority() { TrustFileKind::Office } else { TrustFileKind::Person }, first))
    }

    /// Accepts a person or an office whose digits were heard.
    ///
    /// # Errors
    /// Digits of another key; a certificate that is not known, or not for signing; of the disk.
    pub fn accept(&mut self, input: &AcceptInput, watch: &Watch) -> Result<TrustView> {
        let certificate = self.certificate_of(&input.what, &input.heard, watch)?;
        compare(&certificate, &input.heard)?;
        let authority = certificate.is_authority();
        let person = certificate.person();
        if authority {
            self.require_in_force(&certificate)?;
        } else if !certificate.may_sign() {
            return Err(Refused::NotForSigning { name: person.name }.into());
        }
        let (now, row) = (self.now(), met(&certificate, self.now())?);
        let target = format!("{} {}", person.name, row.fingerprint);
        let note = AuditNote { at: now, action: "trust-accept", target: &target, ..AuditNote::default() };
        self.write(&note, |tx| {
            tx.meet_certificate(&row)?;
            Ok(tx.accept(&row.fingerprint, authority, input.note.trim(), now)?)
        })?;
        self.trust()
    }

    /// Takes a person or an office off the list.
    ///
    /// # Errors
    /// Nobody or several fit; of the disk.
    pub fn withdraw(&mut self, given: &str, reason: &str) -> Result<TrustView> {
        let rows = self.read(|tx| Ok(tx.trusted()?))?;
        let found = rows.into_iter().filter(|row| row.withdrawn.is_none()).map(|row| row.certificate);
        let row = the_only(found, given).ok_or_else(|| Refused::UnknownCertificate { given: given.to_owned() })?;
        let name = Certificate::from_pem(&row.pem)?.person().name;
        let (now, target, reason) = (self.now(), format!("{name} {}", row.fingerprint), reason.trim());
        let note = AuditNote { at: now, action: "trust-withdraw", target: &target, ..AuditNote::default() };
        let note = AuditNote { reason: Some(reason).filter(|reason| !reason.is_empty()), ..note };
        self.write(&note, |tx| Ok(tx.withdraw(&row.fingerprint, reason, now)?))?;
        self.trust()
    }

    /// Takes an accepted office's revocation list in.
    ///
    /// # Errors
    /// No list, of an office that is not accepted, or older than what is here; of the disk.
    pub fn take_revocation_list(&mut self, path: &Path) -> Result<TrustView> {
        let shown = path.display().to_string();
        let Handed::List(list) = Handed::read(&shown, &handed::read(path)?)? else {
            return Err(Refused::NotATrustFile { path: shown }.into());
        };
        let known = self.signers_known()?;
        let Some(authority) = known.trust.authorities.iter().find(|authority| list.is_of(authority)) else {
            return Err(Refused::ListOfStranger { path: shown, name: list.issuer().name }.into());
        };
        let kept = known.trust.list_of(authority).map_or(0, RevocationList::number);
        let (name, found) = (authority.person().name, list.number());
        if found < kept {
            return Err(Refused::ListOlder { name, kept, found }.into());
        }
        let (now, authority) = (self.now(), authority.fingerprint().to_string());
        let (row, number) = (ListRow { authority, pem: list.to_pem()?, at: now }, found.to_string());
        let note = AuditNote { at: now, action: "revocation-list", target: &name, ..AuditNote::default() };
        let note = AuditNote { new: Some(&number), ..note };
        self.write(&note, |tx| Ok(tx.put_revocation_list(&row)?))?;
        self.trust()
    }

    /// The certificate that is meant: of a file, of a signer of a package or PDF, or one that was met.
    fn certificate_of(&self, what: &str, heard: &str, watch: &Watch) -> Result<Certificate> {
        let (path, unknown) = (Path::new(what), || Refused::UnknownCertificate { given: what.to_owned() });
        if !path.is_file() {
            let met = self.read(|tx| Ok(tx.met_certificates()?))?;
            return Ok(Certificate::from_pem(&the_only(met.into_iter(), what).ok_or_else(unknown)?.pem)?);
        }
        let of_record = crate::inbox::record_signers(self.root(), path, &self.verifier()?)?;
        if of_record.is_some() || crate::verify::kind(path).is_ok() {
            let signers = of_record.map_or_else(|| self.verifier()?.certificates(path, watch), Ok)?;
            let known = self.signers_known()?;
            let mut open: Vec<_> = signers.into_iter().filter(|signer| !known.accepts(signer)).collect();
            // Of several signers the one that was heard.
            if open.len() > 1 {
                open.retain(|signer| compare(signer, heard).is_ok());
            }
            return Ok(open.pop().ok_or_else(unknown)?);
        }
        match Handed::read(what, &handed::read(path)?)? {
            Handed::Certificates(mut certificates) if !certificates.is_empty() => Ok(certificates.swap_remove(0)),
            _ => Err(Refused::NotATrustFile { path: what.to_owned() }.into()),
        }
    }

    pub(crate) fn require_in_force(&self, certificate: &Certificate) -> Result<()> {
        if certificate.in_force(self.now()) {
            return Ok(());
        }
        let (from, until) = certificate.period();
        let [from, until, now] = [from, until, self.now()].map(|time| self.shown(time));
        Err(Refused::NotInForce { name: certificate.person().name, from, until, now }.into())
    }

    /// This computer's clock, and whether it can be right.
    ///
    /// # Errors
    /// Of the disk.
    pub fn clock(&self) -> Result<ClockView> {
        let now = self.now();
        let latest = self.read(|tx| Ok(tx.latest_time()?))?.filter(|latest| *latest > now + CLOCKS_DIFFER);
        let shown = self.shown(now);
        let fault = if now < PROGRAM_BEGINS {
            Some(Refused::ClockBeforeProgram { now: shown.clone(), latest: self.shown(PROGRAM_BEGINS) })
        } else {
            latest.map(|latest| Refused::ClockBehind { now: shown.clone(), latest: self.shown(latest) })
        };
        let problem = fault.map(|fault| self.problem(&Failure::from(fault)));
        Ok(ClockView { now: self.world.local(now, "%Y-%m-%d %H:%M %Z"), problem })
    }

    pub(crate) fn shown(&self, time: i64) -> String {
        self.world.local(time, "%Y-%m-%d %H:%M")
    }

    pub(crate) fn list_view(&self, list: &RevocationList) -> ListView {
        ListView {
            number: list.number().to_string(),
            written: self.world.local(list.written(), "%Y-%m-%d"),
            count: crate::outcome::count(list.len()),
            overdue: list.next().is_some_and(|next| next < self.now()),
        }
    }

    pub(crate) fn revoked_because(&self, reason: package::revocation::Reason) -> String {
        let code: &'static str = reason.into();
        crate::problem::word(&format!("trust.reason.{code}"), self.language)
    }

    pub(crate) fn term(&self, certificate: &Certificate) -> Term {
        let (now, (from, until)) = (self.now(), certificate.period());
        if now < from {
            Term::NotYet
        } else if now > until {
            Term::Expired
        } else if until - now < SOON {
            Term::EndsSoon
        } else {
            Term::InForce
        }
    }
}
