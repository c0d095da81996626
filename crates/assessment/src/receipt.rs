//! A receipt: what a person who took a package in signs, so that those who sent it know what arrived.

use crate::exchange::{FORMAT, HistoryRef};
use crate::sheet::Stage;
use serde::{Deserialize, Serialize};

/// What a receipt is called in its own file.
pub const KIND: &str = "receipt";

/// The body of a receipt; canonical JSON inside of the signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptFile {
    /// [`FORMAT`].
    pub format: u32,
    /// [`KIND`], so that no other signed text is taken for a receipt.
    pub kind: String,
    /// The program that wrote it.
    pub program: String,
    /// Who took the package in.
    pub receiver: Receiver,
    /// What arrived.
    pub arrived: Arrived,
}

/// A package as it arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrived {
    /// When it was taken in, RFC 3339 in UTC.
    pub at: String,
    /// The package.
    pub package: ReceivedPackage,
    /// The unit assessed.
    pub unit: String,
    /// The year of the assessment.
    pub year: i32,
    /// The sheets inside.
    pub sheets: Vec<ReceivedSheet>,
}

/// Who took a package in, as in the certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receiver {
    /// The person.
    pub name: String,
    /// The organisation.
    pub organisation: String,
}

/// A package that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivedPackage {
    /// Name of its file.
    pub name: String,
    /// Size of its file in bytes, as a decimal string.
    pub size: String,
    /// SHA-256 of its `tagmanifest-sha256.txt`: what every signature in it is over.
    pub content: String,
    /// The sender's history, as the package says; absent when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<HistoryRef>,
}

/// A sheet that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivedSheet {
    /// Its identifier.
    pub id: String,
    /// Its revision.
    pub revision: u32,
    /// SHA-256 of its file.
    pub digest: String,
    /// The stage.
    pub stage: Stage,
    /// The assessor.
    pub assessor: String,
    /// What became of it.
    pub result: Received,
}

/// What became of a sheet that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Received {
    /// It was new.
    Added,
    /// It replaced an earlier revision.
    Updated,
    /// It was there already.
    Same,
    /// Something else was there under its revision, and was kept.
    Conflicting,
}

impl ReceiptFile {
    /// Whether this is a receipt of a form that this program knows.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.format == FORMAT && self.kind == KIND
    }
}
