//! Identities of this machine.

use crate::signing::Signature;
use crate::trust::{Handed, Refused, met};
use crate::view::{Algorithm, HandedFile, IdentityView, NewIdentity, Passphrase, TrustView};
use crate::{Result, Session, handed};
use package::{Certificate, Person, identity, request};
use std::path::Path;
use store::{AuditNote, CertificateRow, IdentityRow};

impl Session {
    /// Makes a key and a self-signed certificate; the passphrase protects the key and is not kept. No PDF reader knows SM2:
    /// beside an SM2 key a P-256 key for PDFs is made, under the same name and passphrase.
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
        let own = self.new_identity(&person, input.algorithm.into(), input, None)?;
        let pdf = match input.algorithm {
            Algorithm::P256 => None,
            Algorithm::Sm2 => {
                let key = Certificate::from_pem(&own.certificate)?.key()?.to_string();
                Some(self.new_identity(&person, package::Algorithm::P256, input, Some(key))?)
            }
        };
        let (who, target) = (Some(own.name.as_str()), own.fingerprint.as_str());
        let note = AuditNote { at: now, who, action: "identity-new", target, ..AuditNote::default() };
        let rows: Vec<(&IdentityRow, CertificateRow)> = [Some(&own), pdf.as_ref()]
            .into_iter()
            .flatten()
            .map(|row| Ok((row, met(&Certificate::from_pem(&row.certificate)?, now)?)))
            .collect::<Result<_>>()?;
        self.write(&note, |tx| {
            for (row, certificate) in &rows {
                tx.meet_certificate(certificate)?;
                tx.put_identity(row)?;
            }
            Ok(())
        })?;
        self.identity_view(&own, pdf.as_ref())
    }

    /// A new key with its self-signed certificate, as it is kept.
    fn new_identity(
        &mut self,
        person: &Person,
        algorithm: package::Algorithm,
        input: &NewIdentity,
        pdf_of: Option<String>,
    ) -> Result<IdentityRow> {
        let now = self.now();
        let made = identity::create(person, algorithm, input.passphrase.as_str(), now, &mut *self.world.random)?;
        let (_, valid_until) = Certificate::from_pem(&made.certificate_pem)?.period();
        Ok(IdentityRow {
            fingerprint: made.fingerprint.to_string(),
            name: person.name.clone(),
            organisation: person.organisation.clone(),
            valid_until,
            certificate: made.certificate_pem,
            key: made.key_pem,
            pdf_of,
        })
    }

    /// All identities, by name; those that sign another's PDFs stand with that one.
    ///
    /// # Errors
    /// Of the disk.
    pub fn identities(&self) -> Result<Vec<IdentityView>> {
        let rows = self.read(|tx| Ok(tx.identities()?))?;
        let own = rows.iter().filter(|row| row.pdf_of.is_none());
        own.map(|row| self.identity_view(row, pdf_identity(row, &rows)?)).collect()
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
        let signer = self.signer(identity, passphrase.as_str(), Signature::Request)?;
        let certificate = signer.certificate();
        let (person, fingerprint) = (certificate.person(), certificate.fingerprint().to_string());
        let beside = self.read(|tx| Ok(tx.identity(identity)?))?.pdf_of.is_some();
        let stem = format!("证书申请-{}-{}", handed::plain(&person.name), handed::plain(&person.organisation));
        let stem = if beside { format!("{stem}-PDF") } else { stem };
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
            pdf_of: own.pdf_of,
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

    fn identity_view(&self, row: &IdentityRow, pdf: Option<&IdentityRow>) -> Result<IdentityView> {
        let certificate = Certificate::from_pem(&row.certificate)?;
        let pdf = pdf.map(|row| Certificate::from_pem(&row.certificate)).transpose()?;
        Ok(IdentityView {
            fingerprint: certificate.fingerprint().grouped(),
            name: row.name.clone(),
            organisation: row.organisation.clone(),
            valid_until: self.world.local(row.valid_until, "%Y-%m-%d"),
            algorithm: certificate.algorithm()?.into(),
            pdf: pdf.map(|certificate| certificate.fingerprint().grouped()),
        })
    }
}

/// The identity that signs the PDFs of another: it has a certificate that readers of PDFs know.
pub(crate) fn pdf_identity<'r>(own: &IdentityRow, rows: &'r [IdentityRow]) -> Result<Option<&'r IdentityRow>> {
    let key = Certificate::from_pem(&own.certificate)?.key()?.to_string();
    Ok(rows.iter().find(|row| row.pdf_of.as_ref() == Some(&key)))
}

impl From<Algorithm> for package::Algorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::P256 => Self::P256,
            Algorithm::Sm2 => Self::Sm2,
        }
    }
}

impl From<package::Algorithm> for Algorithm {
    fn from(algorithm: package::Algorithm) -> Self {
        match algorithm {
            package::Algorithm::P256 => Self::P256,
            package::Algorithm::Sm2 => Self::Sm2,
        }
    }
}
