//! Identities of this machine.

use crate::view::{IdentityView, NewIdentity};
use crate::{Result, Session};
use package::{Certificate, Fingerprint, Person, identity};
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
        let made = identity::create(&person, &input.passphrase, now, &mut *self.world.random)?;
        let (_, valid_until) = Certificate::from_pem(&made.certificate_pem)?.period();
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
        self.write(&note, |tx| Ok(tx.put_identity(&row)?))?;
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

    fn identity_view(&self, row: &IdentityRow, fingerprint: &Fingerprint) -> IdentityView {
        IdentityView {
            fingerprint: fingerprint.grouped(),
            name: row.name.clone(),
            organisation: row.organisation.clone(),
            valid_until: self.world.local(row.valid_until, "%Y-%m-%d"),
        }
    }
}
