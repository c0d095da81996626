//! Identities of this machine.

use crate::trust::{Handed, Refused, met};
use crate::view::{HandedFile, IdentityView, NewIdentity, Passphrase, TrustView};
use crate::{Result, Session, handed};
use package::{Certificate, Fingerprint, Person, identity, request};
use std::path::Path;
use store::{AuditNote, IdentityRow};

impl Session {
    /// Makes a key and a self-signed certificate; the passphrase protects the key and is not kept.
    ///
    /// # Errors
    /// An unfit name or a passphrase that is too short; of the disk.
    pub fn create_identity(&mut self, input: &NewIdentity) -> Result<IdentityView> {
        let now = self.now();
        let person = Person {
            name: input.name.trim().to_owned(),
            organisation: input.organisation.trim().to_owned(),
            role: None,
        };
        let made = identity::create(
            &person,
            package::Algorithm::P256,
            input.passphrase.as_str(),
            now,
            &mut *self.world.random,
        )?;
        let certificate = Certificate::from_pem(&made.certificate_pem)?;
        let (_, valid_until) = certificate.period();
        let row = IdentityRow {
            fingerprint: made.fingerprint.to_string(),
            name: person.name,
            organisation: person.organisation,
            valid_until,
            certificate: made.certificate_pem,
            key: made.key_pem,
        };
        let (who, target) = (Some(row.name.as_str()), row.fingerprint.as_str());
        let note = AuditNote { at: now, who, action: "identity-new", target, ..AuditNote::default() };
        let own = met(&certificate, now)?;
        self.write(&note, |tx| {
            tx.meet_certificate(&own)?;
            Ok(tx.put_identity(&row)?)
        })?;
        Ok(self.identity_view(&row, &made.fingerprint))
    }

    /// All identities, by name.
    ///
    /// # Errors
    /// Of the disk.
    pub fn identities(&self) -> Result<Vec<IdentityView>> {
        let rows = self.read(|tx| Ok(tx.identities()?))?;
        rows.iter()
            .map(|row| Ok(self.identity_view(row, &Certificate::from_pem(&row.certificate)?.fingerprint())))
            .collect()
    }

    /// Writes a request for a certificate (PKCS#10), to be handed to an office; without a passphrase the key must be open.
    ///
    /// # Errors
    /// Unknown identity; a wrong passphrase; of the disk.
    pub fn request_certificate(
        &mut self,
        identity: &str,
        passphrase: &Passphrase,
        directory: &str,
    ) -> Result<HandedFile> {
        let signer = self.signer(identity, passphrase.as_str())?;
        let certificate = signer.certificate();
        let (person, fingerprint) = (certificate.person(), certificate.fingerprint().to_string());
        let stem = format!("证书申请-{}-{}", handed::plain(&person.name), handed::plain(&person.organisation));
        let file =
            handed::write(directory, &stem, "csr", &request::write(&signer)?, certificate.spoken()?.to_string())?;
        let now = self.now();
        let (who, target) = (Some(person.name.as_str()), fingerprint.as_str());
        let note = AuditNote { at: now, who, action: "identity-request", target, ..AuditNote::default() };
        self.write(&note, |tx| Ok(tx.note_request(&fingerprint, now)?))?;
        Ok(file)
    }

    /// Takes the certificate in that an office issued for an identity of this workspace: from then on it is signed with.
    ///
    /// # Errors
    /// For no identity of this workspace; not in force, or not for signing; no certificate; of the disk.
    pub fn import_certificate(&mut self, path: &Path) -> Result<TrustView> {
        let shown = path.display().to_string();
        let Handed::Certificates(certificates) = Handed::read(&shown, &handed::read(path)?)? else {
            return Err(Refused::NotATrustFile { path: shown }.into());
        };
        let Some((own, certificate)) = self.own_among(&certificates)? else {
            let person = certificates.first().map(Certificate::person);
            let (name, organisation) = person.map(|person| (person.name, person.organisation)).unwrap_or_default();
            return Err(Refused::NotForThisWorkspace { name, organisation }.into());
        };
        self.require_in_force(certificate)?;
        let person = certificate.person();
        if !certificate.may_sign() {
            return Err(Refused::NotForSigning { name: person.name }.into());
        }
        let row = IdentityRow {
            fingerprint: certificate.fingerprint().to_string(),
            name: person.name,
            organisation: person.organisation,
            valid_until: certificate.period().1,
            certificate: certificate.to_pem()?,
            key: own.key,
        };
        let now = self.now();
        let met = certificates.iter().map(|one| met(one, now)).collect::<Result<Vec<_>>>()?;
        let earlier = self.earlier_of(certificate)?;
        let (who, target) = (Some(row.name.as_str()), row.fingerprint.as_str());
        let note = AuditNote { at: now, who, action: "identity-import", target, ..AuditNote::default() };
        self.write(&note, |tx| {
            tx.put_identity(&row)?;
            earlier.iter().try_for_each(|old| tx.replace_identity(old, &row.fingerprint))?;
            // The office's certificate came with it: it can be accepted from the list, once its digits were heard.
            Ok(met.iter().try_for_each(|one| tx.meet_certificate(one))?)
        })?;
        self.trust()
    }

    /// The other certificates for the same key that are signed with until now.
    fn earlier_of(&self, certificate: &Certificate) -> Result<Vec<String>> {
        let (key, own) = (certificate.key()?, certificate.fingerprint().to_string());
        let mut earlier = Vec::new();
        for row in self.read(|tx| Ok(tx.identities()?))? {
            if row.fingerprint != own && Certificate::from_pem(&row.certificate)?.key()? == key {
                earlier.push(row.fingerprint);
            }
        }
        Ok(earlier)
    }

    fn identity_view(&self, row: &IdentityRow, fingerprint: &Fingerprint) -> IdentityView {
        IdentityView {
            fingerprint: fingerprint.grouped(),
            name: row.name.clone(),
            organisation: row.organisation.clone(),
            valid_until: self.world.local(row.valid_until, "%Y-%m-%d"),
        }
    }
}
