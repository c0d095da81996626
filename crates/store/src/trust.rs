//! Certificates that the workspace has met, whom it accepts, and its own office.

use crate::error::Error;
use crate::rows::{self, IDENTITY_COLUMNS, IdentityRow};
use crate::tx::Tx;
use rusqlite::{Row, params};

/// A certificate that the workspace has met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRow {
    /// SHA-256 of it.
    pub fingerprint: String,
    /// SHA-256 of its public key.
    pub key: String,
    /// The certificate, PEM.
    pub pem: String,
    /// When it was met first.
    pub met_at: i64,
}

/// Whom the workspace accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedRow {
    /// The certificate.
    pub certificate: CertificateRow,
    /// An office, whose certificates are accepted.
    pub authority: bool,
    /// What was noted, such as how it was compared.
    pub note: String,
    /// When it was accepted.
    pub at: i64,
    /// When it was taken off the list, and why.
    pub withdrawn: Option<(i64, String)>,
}

/// The office of this workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeRow {
    /// SHA-256 of its root.
    pub fingerprint: String,
    /// The root, PEM.
    pub certificate: String,
    /// The encrypted key, PEM.
    pub key: String,
}

/// A certificate that the office of this workspace issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedRow {
    /// The certificate.
    pub certificate: CertificateRow,
    /// When it was issued.
    pub at: i64,
    /// When it was revoked, and why.
    pub revoked: Option<(i64, String)>,
}

/// The latest revocation list of an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// SHA-256 of the office's root.
    pub authority: String,
    /// The list, PEM.
    pub pem: String,
    /// When it was taken in.
    pub at: i64,
}

const CERTIFICATE: &str = "c.fingerprint, c.key, c.pem, c.met_at";

fn certificate(row: &Row<'_>) -> rusqlite::Result<CertificateRow> {
    Ok(CertificateRow { fingerprint: row.get(0)?, key: row.get(1)?, pem: row.get(2)?, met_at: row.get(3)? })
}

/// A time and a word that stand together or not at all.
fn ended(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<(i64, String)>> {
    let time: Option<i64> = row.get(at)?;
    time.map(|time| Ok((time, row.get::<_, Option<String>>(at + 1)?.unwrap_or_default()))).transpose()
}

impl Tx<'_> {
    /// Keeps a certificate that was met; once.
    ///
    /// # Errors
    /// Of the disk.
    pub fn meet_certificate(&self, row: &CertificateRow) -> Result<(), Error> {
        self.execute(
            "INSERT OR IGNORE INTO certificate (fingerprint, key, pem, met_at) VALUES (?1, ?2, ?3, ?4)",
            params![row.fingerprint, row.key, row.pem, row.met_at],
        )?;
        Ok(())
    }

    /// All certificates that were met, the latest first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn met_certificates(&self) -> Result<Vec<CertificateRow>, Error> {
        self.all(
            &format!("SELECT {CERTIFICATE} FROM certificate c ORDER BY c.met_at DESC, c.rowid DESC"),
            [],
            certificate,
        )
    }

    /// The keys of these certificates, as far as they were met.
    ///
    /// # Errors
    /// Of the disk.
    pub fn keys_of(&self, fingerprints: &[String]) -> Result<Vec<String>, Error> {
        let mut keys = Vec::new();
        for fingerprint in fingerprints {
            keys.extend(
                self.one("SELECT key FROM certificate WHERE fingerprint = ?1", [fingerprint], |row| row.get(0))?,
            );
        }
        Ok(keys)
    }

    /// Accepts a certificate that was met; accepting it again brings it back on the list.
    ///
    /// # Errors
    /// Of the disk.
    pub fn accept(&self, fingerprint: &str, authority: bool, note: &str, at: i64) -> Result<(), Error> {
        self.execute(
            "INSERT INTO trusted (fingerprint, authority, note, at) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (fingerprint) DO UPDATE SET note = ?3, at = ?4, withdrawn_at = NULL, reason = NULL",
            params![fingerprint, authority, note, at],
        )?;
        Ok(())
    }

    /// Takes a certificate off the list.
    ///
    /// # Errors
    /// Of the disk.
    pub fn withdraw(&self, fingerprint: &str, reason: &str, at: i64) -> Result<(), Error> {
        self.execute(
            "UPDATE trusted SET withdrawn_at = ?2, reason = ?3 WHERE fingerprint = ?1",
            params![fingerprint, at, reason],
        )?;
        Ok(())
    }

    /// Everything that was accepted, those who were taken off the list as well, the latest first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn trusted(&self) -> Result<Vec<TrustedRow>, Error> {
        let sql = format!(
            "SELECT {CERTIFICATE}, t.authority, t.note, t.at, t.withdrawn_at, t.reason FROM trusted t \
             JOIN certificate c USING (fingerprint) ORDER BY t.at DESC, t.rowid DESC"
        );
        self.all(&sql, [], |row| {
            Ok(TrustedRow {
                certificate: certificate(row)?,
                authority: row.get(4)?,
                note: row.get(5)?,
                at: row.get(6)?,
                withdrawn: ended(row, 7)?,
            })
        })
    }

    /// Keeps the latest revocation list of an office.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_revocation_list(&self, row: &ListRow) -> Result<(), Error> {
        self.execute(
            "INSERT OR REPLACE INTO revocation_list (authority, pem, at) VALUES (?1, ?2, ?3)",
            params![row.authority, row.pem, row.at],
        )?;
        Ok(())
    }

    /// The latest revocation list of each office.
    ///
    /// # Errors
    /// Of the disk.
    pub fn revocation_lists(&self) -> Result<Vec<ListRow>, Error> {
        self.all("SELECT authority, pem, at FROM revocation_list ORDER BY authority", [], |row| {
            Ok(ListRow { authority: row.get(0)?, pem: row.get(1)?, at: row.get(2)? })
        })
    }

    /// Keeps the office of this workspace.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_office(&self, row: &OfficeRow) -> Result<(), Error> {
        self.execute("INSERT INTO office (fingerprint, key) VALUES (?1, ?2)", [&row.fingerprint, &row.key])?;
        Ok(())
    }

    /// The office of this workspace.
    ///
    /// # Errors
    /// Of the disk.
    pub fn office(&self) -> Result<Option<OfficeRow>, Error> {
        self.one("SELECT o.fingerprint, c.pem, o.key FROM office o JOIN certificate c USING (fingerprint)", [], |row| {
            Ok(OfficeRow { fingerprint: row.get(0)?, certificate: row.get(1)?, key: row.get(2)? })
        })
    }

    /// Notes a certificate that the office issued and that was met.
    ///
    /// # Errors
    /// Of the disk.
    pub fn add_issued(&self, fingerprint: &str, at: i64) -> Result<(), Error> {
        self.execute("INSERT INTO issued (fingerprint, at) VALUES (?1, ?2)", params![fingerprint, at])?;
        Ok(())
    }

    /// Notes that the office revoked a certificate.
    ///
    /// # Errors
    /// Of the disk.
    pub fn revoke_issued(&self, fingerprint: &str, reason: &str, at: i64) -> Result<(), Error> {
        self.execute(
            "UPDATE issued SET revoked_at = ?2, reason = ?3 WHERE fingerprint = ?1",
            params![fingerprint, at, reason],
        )?;
        Ok(())
    }

    /// Everything that the office issued, the latest first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn issued(&self) -> Result<Vec<IssuedRow>, Error> {
        let sql = format!(
            "SELECT {CERTIFICATE}, i.at, i.revoked_at, i.reason FROM issued i \
             JOIN certificate c USING (fingerprint) ORDER BY i.at DESC, i.rowid DESC"
        );
        self.all(&sql, [], |row| {
            Ok(IssuedRow { certificate: certificate(row)?, at: row.get(4)?, revoked: ended(row, 5)? })
        })
    }

    /// Every identity that this workspace had, those whose certificate was replaced by an office's as well.
    ///
    /// # Errors
    /// Of the disk.
    pub fn all_identities(&self) -> Result<Vec<IdentityRow>, Error> {
        self.all(&format!("{IDENTITY_COLUMNS} ORDER BY name, fingerprint"), [], rows::identity)
    }

    /// Notes that a request was written for an identity.
    ///
    /// # Errors
    /// Of the disk.
    pub fn note_request(&self, fingerprint: &str, at: i64) -> Result<(), Error> {
        self.execute("UPDATE identity SET requested_at = ?2 WHERE fingerprint = ?1", params![fingerprint, at])?;
        Ok(())
    }

    /// When requests were written, by fingerprint of the identity.
    ///
    /// # Errors
    /// Of the disk.
    pub fn requests(&self) -> Result<Vec<(String, i64)>, Error> {
        let sql = "SELECT fingerprint, requested_at FROM identity WHERE requested_at IS NOT NULL ORDER BY fingerprint";
        self.all(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The identity is signed with under another certificate from now on.
    ///
    /// # Errors
    /// Of the disk.
    pub fn replace_identity(&self, old: &str, new: &str) -> Result<(), Error> {
        self.execute("UPDATE identity SET replaced_by = ?2 WHERE fingerprint = ?1", [old, new])?;
        Ok(())
    }

    /// The latest time that this workspace knows of.
    ///
    /// # Errors
    /// Of the disk.
    pub fn latest_time(&self) -> Result<Option<i64>, Error> {
        Ok(self.one("SELECT max(at) FROM audit", [], |row| row.get(0))?.flatten())
    }
}
