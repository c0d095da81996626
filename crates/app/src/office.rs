//! The office of this workspace: a certificate authority that works offline.

use crate::trust::{Handed, Refused, fits, met};
use crate::view::{HandedFile, IssueInput, IssuedView, NewOffice, OfficeView, Passphrase, RevokeInput, RevokeReason};
use crate::{Result, Session, handed};
use package::revocation::{self, Reason};
use package::{Certificate, Person, RevocationList, Revoked, Signer, authority, identity};
use std::collections::BTreeMap;
use std::path::Path;
use store::{AuditNote, IssuedRow, ListRow, OfficeRow};

impl Session {
    /// Sets an office up: a root that issues certificates and revocation lists.
    ///
    /// # Errors
    /// There is one; an unfit name or a passphrase that is too short; of the disk.
    pub fn create_office(&mut self, input: &NewOffice) -> Result<OfficeView> {
        if let Some(row) = self.read(|tx| Ok(tx.office()?))? {
            return Err(Refused::OfficeExists { name: Certificate::from_pem(&row.certificate)?.person().name }.into());
        }
        let now = self.now();
        let (name, organisation) = (input.name.trim().to_owned(), input.organisation.trim().to_owned());
        let office = Person { name, organisation, role: None };
        let made = authority::create(&office, input.passphrase.as_str(), now, &mut *self.world.random)?;
        let root = met(&Certificate::from_pem(&made.certificate_pem)?, now)?;
        let row =
            OfficeRow { fingerprint: root.fingerprint.clone(), certificate: made.certificate_pem, key: made.key_pem };
        let note = AuditNote { at: now, action: "office-new", target: &row.fingerprint, ..AuditNote::default() };
        self.write(&note, |tx| {
            tx.meet_certificate(&root)?;
            Ok(tx.put_office(&row)?)
        })?;
        self.require_office_view()
    }

    /// The office with what it issued; none where it was not set up.
    ///
    /// # Errors
    /// Of the disk.
    pub fn office_view(&self) -> Result<Option<OfficeView>> {
        let Some(row) = self.read(|tx| Ok(tx.office()?))? else { return Ok(None) };
        let root = Certificate::from_pem(&row.certificate)?;
        let issued = self.read(|tx| Ok(tx.issued()?))?;
        let list = self.own_list(&row)?;
        Ok(Some(OfficeView {
            certificate: self.certificate_view(&root)?,
            issued: issued.iter().map(|row| self.issued_view(row)).collect::<Result<_>>()?,
            list: list.map(|list| self.list_view(&list)),
        }))
    }

    fn require_office_view(&self) -> Result<OfficeView> {
        Ok(self.office_view()?.ok_or(Refused::NoOffice {})?)
    }

    fn issued_view(&self, row: &IssuedRow) -> Result<IssuedView> {
        let revoked = row.revoked.as_ref();
        Ok(IssuedView {
            certificate: self.certificate_view(&Certificate::from_pem(&row.certificate.pem)?)?,
            at: self.shown(row.at),
            revoked: revoked.map(|(at, _)| self.shown(*at)),
            reason: revoked.map(|(_, reason)| self.revoked_because(reason_of(reason))).unwrap_or_default(),
        })
    }

    fn office(&self) -> Result<OfficeRow> {
        Ok(self.read(|tx| Ok(tx.office()?))?.ok_or(Refused::NoOffice {})?)
    }

    fn own_list(&self, office: &OfficeRow) -> Result<Option<RevocationList>> {
        let lists = self.read(|tx| Ok(tx.revocation_lists()?))?;
        let own = lists.into_iter().find(|list| list.authority == office.fingerprint);
        Ok(own.map(|list| RevocationList::read(list.pem.as_bytes())).transpose()?)
    }

    /// Writes the office's certificate, to be handed to everybody who shall accept what it issues.
    ///
    /// # Errors
    /// No office; of the disk.
    pub fn hand_office_certificate(&self, directory: &str) -> Result<HandedFile> {
        let office = self.office()?;
        let root = Certificate::from_pem(&office.certificate)?;
        let stem = format!("办公室证书-{}", handed::plain(&root.person().name));
        handed::write(directory, &stem, "crt", &office.certificate, root.spoken()?.to_string())
    }

    /// Issues a certificate for a request whose owner's digits were heard, and writes it with the office's own.
    ///
    /// # Errors
    /// No office; a request that does not fit; digits of another key; a wrong passphrase; an unfit name or term; of the
    /// disk. What was issued and could not be written can be handed out again.
    pub fn issue_certificate(&mut self, input: &IssueInput) -> Result<HandedFile> {
        let office = self.office()?;
        let Handed::Request(request) = Handed::read(&input.path, &handed::read(Path::new(&input.path))?)? else {
            return Err(Refused::NotATrustFile { path: input.path.clone() }.into());
        };
        request.spoken().compare(&input.heard)?;
        let root = identity::unlock(&office.certificate, &office.key, input.passphrase.as_str())?;
        let (name, organisation) = (input.name.trim().to_owned(), input.organisation.trim().to_owned());
        let person = Person { name, organisation, role: request.person().role };
        let now = self.now();
        let issued = authority::issue(&root, &request, &person, input.years, now, &mut *self.world.random)?;
        let row = met(&issued, now)?;
        let target = format!("{} {}", person.name, row.fingerprint);
        let note = AuditNote { at: now, action: "office-issue", target: &target, ..AuditNote::default() };
        self.write(&note, |tx| {
            tx.meet_certificate(&row)?;
            Ok(tx.add_issued(&row.fingerprint, now)?)
        })?;
        hand(&office, &row.pem, &input.directory)
    }

    /// Writes a certificate that was issued once more.
    ///
    /// # Errors
    /// No office; none or several fit; of the disk.
    pub fn hand_certificate(&self, given: &str, directory: &str) -> Result<HandedFile> {
        hand(&self.office()?, &self.issued_row(given)?.certificate.pem, directory)
    }

    fn issued_row(&self, given: &str) -> Result<IssuedRow> {
        let rows = self.read(|tx| Ok(tx.issued()?))?;
        let mut found = rows.into_iter().filter(|row| fits(&row.certificate, given));
        match (found.next(), found.next()) {
            (Some(row), None) => Ok(row),
            _ => Err(Refused::NotIssuedHere { given: given.to_owned() }.into()),
        }
    }

    /// Revokes a certificate and writes the new revocation list, to be handed to everybody who accepts the office.
    ///
    /// # Errors
    /// No office; none or several fit, or it was revoked before; a wrong passphrase; of the disk.
    pub fn revoke_certificate(&mut self, input: &RevokeInput) -> Result<HandedFile> {
        let office = self.office()?;
        let row = self.issued_row(&input.certificate)?;
        let certificate = Certificate::from_pem(&row.certificate.pem)?;
        let name = certificate.person().name;
        if let Some((at, _)) = row.revoked {
            return Err(Refused::AlreadyRevoked { name, at: self.shown(at) }.into());
        }
        let root = identity::unlock(&office.certificate, &office.key, input.passphrase.as_str())?;
        let (now, reason) = (self.now(), Reason::from(input.reason));
        let revoked = [(certificate.serial(), Revoked { at: now, reason })].into();
        let list = self.signed_list(&office, &root, revoked)?;
        let (word, target): (&str, _) = (reason.into(), format!("{name} {}", row.certificate.fingerprint));
        let note = AuditNote { at: now, action: "office-revoke", target: &target, ..AuditNote::default() };
        let note = AuditNote { reason: Some(word), ..note };
        let kept = ListRow { authority: office.fingerprint.clone(), pem: list.to_pem()?, at: now };
        self.write(&note, |tx| {
            tx.revoke_issued(&row.certificate.fingerprint, word, now)?;
            Ok(tx.put_revocation_list(&kept)?)
        })?;
        hand_list(&list, &input.directory)
    }

    /// Signs the revocation list anew, with today's date, and writes it.
    ///
    /// # Errors
    /// No office; a wrong passphrase; of the disk.
    pub fn renew_revocation_list(&mut self, passphrase: &Passphrase, directory: &str) -> Result<HandedFile> {
        let office = self.office()?;
        let root = identity::unlock(&office.certificate, &office.key, passphrase.as_str())?;
        let list = self.signed_list(&office, &root, BTreeMap::new())?;
        let (now, number) = (self.now(), list.number().to_string());
        let note =
            AuditNote { at: now, action: "revocation-list", target: &office.fingerprint, ..AuditNote::default() };
        let note = AuditNote { new: Some(&number), ..note };
        let kept = ListRow { authority: office.fingerprint.clone(), pem: list.to_pem()?, at: now };
        self.write(&note, |tx| Ok(tx.put_revocation_list(&kept)?))?;
        hand_list(&list, directory)
    }

    /// The next list: everything that was revoked, and `more`.
    fn signed_list(
        &self,
        office: &OfficeRow,
        root: &Signer,
        mut more: BTreeMap<String, Revoked>,
    ) -> Result<RevocationList> {
        for row in self.read(|tx| Ok(tx.issued()?))? {
            let Some((at, reason)) = row.revoked else { continue };
            more.insert(
                Certificate::from_pem(&row.certificate.pem)?.serial(),
                Revoked { at, reason: reason_of(&reason) },
            );
        }
        let number = self.own_list(office)?.map_or(1, |list| list.number() + 1);
        Ok(revocation::issue(root, number, &more, self.now())?)
    }
}

/// Writes a person's certificate with the office's behind it.
fn hand(office: &OfficeRow, pem: &str, directory: &str) -> Result<HandedFile> {
    let person = Certificate::from_pem(pem)?.person();
    let stem = format!("证书-{}-{}", handed::plain(&person.name), handed::plain(&person.organisation));
    let root = Certificate::from_pem(&office.certificate)?;
    handed::write(directory, &stem, "crt", &format!("{pem}{}", office.certificate), root.spoken()?.to_string())
}

fn hand_list(list: &RevocationList, directory: &str) -> Result<HandedFile> {
    let stem = format!("撤销名单-{}-第{}号", handed::plain(&list.issuer().name), list.number());
    handed::write(directory, &stem, "crl", &list.to_pem()?, String::new())
}

/// The reason of a stored word; a word of another version is as good as none.
fn reason_of(word: &str) -> Reason {
    word.parse().unwrap_or(Reason::Unspecified)
}

impl From<RevokeReason> for Reason {
    fn from(reason: RevokeReason) -> Self {
        match reason {
            RevokeReason::KeyCompromise => Self::KeyCompromise,
            RevokeReason::AffiliationChanged => Self::AffiliationChanged,
            RevokeReason::Superseded => Self::Superseded,
            RevokeReason::Cessation => Self::Cessation,
            RevokeReason::Unspecified => Self::Unspecified,
        }
    }
}
