//! Signing: passphrases, drawn signatures, further signatures on a PDF.

use serde::{Deserialize, Serialize};
use specta::Type;
use std::fmt;
use zeroize::Zeroize;

/// A passphrase on its way in: wiped when it is dropped, and never shown.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct Passphrase(String);

impl Passphrase {
    /// Its characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Passphrase {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

impl Drop for Passphrase {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

super::views! {
    /// A signature drawn by hand: lines of points, counted from the upper left corner in any unit.
    #[derive(Eq)]
    pub struct DrawnSignature {
        /// Across and down of each point of each line.
        pub strokes: Vec<Vec<[u16; 2]>>,
    }

    /// A further signature on a PDF.
    pub struct SignPdfInput {
        /// The PDF to sign; it stays as it is.
        pub path: String,
        /// Where the signed one is written.
        pub target: String,
        /// Whether a file that is there may be replaced.
        pub replace: bool,
        /// Why, as readers show it.
        pub reason: String,
        /// Fingerprint or name of the signer.
        pub identity: String,
        /// The signer's passphrase; empty when it was given in this sitting.
        pub passphrase: Passphrase,
        /// What was drawn by hand.
        pub drawn: Option<DrawnSignature>,
    }

    /// What the window knows of an identity when somebody is to sign.
    pub struct SigningState {
        /// SHA-256 of the certificate, in groups of four.
        pub fingerprint: String,
        /// The passphrase was given in this sitting and is not asked for.
        pub open: bool,
        /// The drawing that is kept with the identity.
        pub drawn: Option<DrawnSignature>,
    }

    /// A place where what is printed is not what follows from the data.
    #[derive(Eq)]
    pub struct CellDifference {
        /// The page, from 1; absent for the result that stands in the data.
        pub page: Option<u32>,
        /// The cell; empty outside of tables.
        pub place: String,
        /// What stands there.
        pub printed: String,
        /// What should.
        pub computed: String,
    }
}
