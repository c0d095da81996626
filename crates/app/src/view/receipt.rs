//! Receipts given and taken in.

use super::{ImportResult, Passphrase, SignerView, VerifyReport};
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// A receipt to be given for a package that was taken in.
    pub struct ReceiptInput {
        /// The number of the package.
        pub parcel: u32,
        /// Who signs: fingerprint or name.
        pub identity: String,
        /// The signer's passphrase; empty when it was given in this sitting.
        pub passphrase: Passphrase,
        /// Where to write it; empty for the folder that the package came from.
        pub directory: String,
    }

    /// What a receipt says of a sheet.
    pub struct ReceiptView {
        /// SHA-256 of its file.
        pub id: String,
        /// When the package arrived, local time.
        pub at: String,
        /// When the receipt was taken in, local time.
        pub taken_at: String,
        /// Who signed it.
        pub signer: SignerView,
        /// The revision that arrived.
        pub revision: u32,
        /// The digest that arrived.
        pub digest: String,
        /// Whether it is the digest of that revision here.
        pub same: bool,
        /// What became of the sheet there.
        pub result: Option<ImportResult>,
        /// Name of the package.
        pub package: String,
        /// Digest of the package's content.
        pub content: String,
    }

    /// What taking a receipt in did.
    pub struct ReceiptReport {
        /// Whether it was not here yet.
        pub fresh: bool,
        /// What it says of the sheets that are here.
        pub receipts: Vec<ReceiptView>,
        /// What verifying found before.
        pub verification: VerifyReport,
    }
}
