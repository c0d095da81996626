//! Signing PDFs: passphrases that are asked once a sitting, signatures drawn by hand, several signatures on one PDF.

use crate::identity::pdf_identity;
use crate::localise::Target;
use crate::refusal::Refusal;
use crate::view::{DrawnSignature, ExportedFile, SignPdfInput, SigningState};
use crate::{Result, Session, Watch, verify};
use package::pdf::{self, PdfSignature, Place, Rect};
use package::{Certificate, Signer, identity};
use report::{FontSet, SignatureArea, Stamp};
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;
use store::{AuditNote, IdentityRow};

/// Most points of a drawn signature.
const MOST_POINTS: usize = 20_000;
/// Fewer points than these are a slip of the finger.
const LEAST_POINTS: usize = 5;

/// Why something could not be signed, or does not count.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// No passphrase was given, and none in this sitting.
    #[error("the passphrase of {name} is needed")]
    PassphraseNeeded {
        /// Whose.
        name: String,
    },
    /// Almost nothing was drawn.
    #[error("{points} points drawn")]
    DrawingEmpty {
        /// How many points there are.
        points: usize,
    },
    /// A drawing of too many points.
    #[error("{points} points drawn, at most {most}")]
    DrawingTooLarge {
        /// How many points there are.
        points: usize,
        /// The most.
        most: usize,
    },
    /// The identity is there for PDFs, beside an SM2 one.
    #[error("the certificate of {name} is for PDFs")]
    ForPdfOnly {
        /// Whose.
        name: String,
    },
    /// The PDF carries a signature of this identity already.
    #[error("{path} is signed by {name} already")]
    AlreadySigned {
        /// The file.
        path: String,
        /// Who.
        name: String,
    },
    /// The PDF is not in order, so a further signature would vouch for something broken.
    #[error("{path} is not signed: {verdict}")]
    NotSignable {
        /// The file.
        path: String,
        /// What was found.
        verdict: String,
    },
    /// The data inside a PDF cannot be used.
    #[error("data of {path}: {detail}")]
    DataUnusable {
        /// The file.
        path: String,
        /// What is wrong.
        detail: String,
    },
    /// What is printed is not what follows from the data.
    #[error("{path}: {count} places differ")]
    ResultDiffers {
        /// The file.
        path: String,
        /// How many places.
        count: usize,
    },
}

/// What a key is opened for.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Signature {
    /// A package or a receipt.
    Content,
    /// A PDF: with the identity that stands beside an SM2 one.
    Pdf,
    /// A request for a certificate: whichever identity is named.
    Request,
}

impl Session {
    /// Opens an identity's key; given by fingerprint, the beginning of one, or name. A passphrase that fits is not
    /// asked for again in this sitting; without one the key must be open already.
    pub(crate) fn signer(&self, identity: &str, passphrase: &str, what: Signature) -> Result<Arc<Signer>> {
        let (row, rows) = self.read(|tx| Ok((tx.identity(identity)?, tx.identities()?)))?;
        if what == Signature::Content && row.pdf_of.is_some() {
            return Err(Refused::ForPdfOnly { name: row.name }.into());
        }
        let own = self.opened_key(&row, passphrase)?;
        match pdf_identity(&row, &rows)? {
            // One passphrase opens both, so it is asked for once.
            Some(beside) if what != Signature::Request => {
                let pdf = self.opened_key(beside, passphrase)?;
                Ok(if what == Signature::Pdf { pdf } else { own })
            }
            _ => Ok(own),
        }
    }

    fn opened_key(&self, row: &IdentityRow, passphrase: &str) -> Result<Arc<Signer>> {
        let now = self.now();
        if passphrase.is_empty() {
            let open = self.sitting.get(&row.fingerprint, now);
            return open.ok_or_else(|| Refused::PassphraseNeeded { name: row.name.clone() }.into());
        }
        let signer = Arc::new(identity::unlock(&row.certificate, &row.key, passphrase)?);
        self.sitting.keep(&row.fingerprint, &signer, now);
        Ok(signer)
    }

    /// What is known of each identity when somebody is to sign.
    ///
    /// # Errors
    /// Of the disk.
    pub fn signing(&self) -> Result<Vec<SigningState>> {
        let (rows, drawings) = self.read(|tx| Ok((tx.identities()?, tx.drawings()?)))?;
        let now = self.now();
        let state = |row: &IdentityRow| -> Result<SigningState> {
            let drawn = drawings.get(&row.fingerprint).and_then(|text| serde_json::from_str(text).ok());
            Ok(SigningState {
                fingerprint: Certificate::from_pem(&row.certificate)?.fingerprint().grouped(),
                open: self.sitting.has(&row.fingerprint, now),
                drawn,
            })
        };
        rows.iter().filter(|row| row.pdf_of.is_none()).map(state).collect()
    }

    /// Drops every opened key; the next signature asks for the passphrase.
    pub fn forget_passphrases(&self) {
        self.sitting.forget();
    }

    /// Keeps a drawing with an identity, or takes it away.
    ///
    /// # Errors
    /// Unknown identity; a drawing that is empty or too large; of the disk.
    pub fn keep_drawing(&mut self, identity: &str, drawn: Option<&DrawnSignature>) -> Result<Vec<SigningState>> {
        drawn.map(check).transpose()?;
        let row = self.read(|tx| Ok(tx.identity(identity)?))?;
        let text = drawn.map(|drawn| serde_json::to_string(drawn).expect("plain data"));
        let action = if drawn.is_some() { "drawing-kept" } else { "drawing-removed" };
        let (at, target) = (self.now(), row.fingerprint.as_str());
        let note = AuditNote { at, action, target, ..AuditNote::default() };
        self.write(&note, |tx| Ok(tx.put_drawing(&row.fingerprint, text.as_deref())?))?;
        self.signing()
    }

    /// The drawing that is kept with an identity.
    ///
    /// # Errors
    /// Unknown identity; of the disk.
    pub fn drawing(&self, identity: &str) -> Result<Option<DrawnSignature>> {
        let kept = self.read(|tx| Ok(tx.drawings()?.remove(&tx.identity(identity)?.fingerprint)))?;
        Ok(kept.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Adds a further signature to a PDF and writes it to another file; the signatures before it stay valid.
    ///
    /// # Errors
    /// A PDF that is damaged, was changed after it was signed or prints what does not follow from its data; one that
    /// this identity signed already; a passphrase that is wrong or missing; a file that is there; of the disk.
    pub fn sign_pdf(&mut self, input: &SignPdfInput) -> Result<ExportedFile> {
        let (path, target) =
            (Path::new(&input.path), Target { path: Path::new(&input.target), replace: input.replace });
        target.require_free()?;
        let bytes = verify::read_pdf(path)?;
        let (report, _) = self.verifier()?.pdf(path, &bytes);
        if !report.verdict.is_sound() {
            return Err(Refused::NotSignable { path: input.path.clone(), verdict: report.title }.into());
        }
        let signer = self.signer(&input.identity, input.passphrase.as_str(), Signature::Pdf)?;
        let own = signer.certificate().fingerprint();
        if pdf::verify(&bytes)?.iter().any(|signature| signature.fingerprint == Some(own)) {
            let name = signer.certificate().person().name;
            return Err(Refused::AlreadySigned { path: input.path.clone(), name }.into());
        }
        let signed = self.add_signature(&bytes, &signer, input.reason.trim(), input.drawn.as_ref())?;
        target.write(&signed)?;
        let written = self.verify(target.path, &Watch::none())?;
        if !written.verdict.is_signed() {
            return Err(Refusal::ExportUnsound { path: input.target.clone(), verdict: written.title }.into());
        }
        let file = self.exported(target.path, true)?;
        let (fingerprint, who) = (own.to_string(), signer.certificate().person().name);
        let note = AuditNote {
            at: self.now(),
            who: Some(&who),
            action: "sign-pdf",
            target: &input.target,
            old: Some(&fingerprint),
            new: Some(&file.sha256),
            ..AuditNote::default()
        };
        self.write(&note, |_| Ok(()))?;
        Ok(file)
    }

    /// Signs a PDF, seen at the first of its places that is free; where there is none, the signature is not seen.
    pub(crate) fn add_signature(
        &self,
        bytes: &[u8],
        signer: &Signer,
        reason: &str,
        drawn: Option<&DrawnSignature>,
    ) -> Result<Vec<u8>> {
        let nowhere = Place { page_index: 0, rect: Rect { left: 0.0, bottom: 0.0, right: 0.0, top: 0.0 } };
        let place = pdf::next_place(bytes)?;
        let appearance = place.map(|place| self.appearance(place, signer, drawn)).transpose()?;
        let place = place.unwrap_or(nowhere);
        let signature = PdfSignature {
            field_name: pdf::next_field(bytes)?,
            reason: reason.to_owned(),
            location: String::new(),
            time: self.now(),
            page_index: place.page_index,
            rect: place.rect,
            appearance,
        };
        Ok(pdf::sign(bytes, signer, &signature)?)
    }

    /// What is seen of a signature.
    fn appearance(&self, place: Place, signer: &Signer, drawn: Option<&DrawnSignature>) -> Result<Vec<u8>> {
        let drawing = drawn.map(check).transpose()?.unwrap_or_default();
        let (person, fingerprint) = (signer.certificate().person(), signer.certificate().fingerprint().grouped());
        let stamp = Stamp {
            name: &person.name,
            organisation: &person.organisation,
            time: &self.world.local(self.now(), "%Y-%m-%d %H:%M"),
            fingerprint: &fingerprint,
            drawing: &drawing,
        };
        let edge = |length: f32| f64::from(length);
        let Rect { left, bottom, right, top } = place.rect;
        let (left, bottom, right, top) = (edge(left), edge(bottom), edge(right), edge(top));
        let area = SignatureArea { page_index: place.page_index, left, bottom, right, top };
        Ok(report::stamp(&stamp, area, &FontSet::load(&self.world.fonts)?)?)
    }
}

/// The lines of a drawing that can be used.
fn check(drawn: &DrawnSignature) -> Result<Vec<Vec<(f64, f64)>>> {
    let points = drawn.strokes.iter().map(Vec::len).sum();
    if points < LEAST_POINTS {
        return Err(Refused::DrawingEmpty { points }.into());
    }
    if points > MOST_POINTS {
        return Err(Refused::DrawingTooLarge { points, most: MOST_POINTS }.into());
    }
    let point = |[x, y]: &[u16; 2]| (f64::from(*x), f64::from(*y));
    Ok(drawn.strokes.iter().map(|line| line.iter().map(point).collect()).collect())
}
