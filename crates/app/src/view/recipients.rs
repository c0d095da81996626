//! Keys for encrypted packages, and signatures that are added to packages.

use super::{ExportedFile, Passphrase, VerifyReport};
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// Which package to add a signature to, and who signs.
    pub struct CountersignInput {
        /// The package.
        pub path: String,
        /// Fingerprint or name of the signer.
        pub identity: String,
        /// The signer's passphrase; empty when the key is open in this sitting.
        pub passphrase: Passphrase,
        /// Names or keys of those whom the result is encrypted to; nobody to leave it in the clear.
        pub recipients: Vec<String>,
    }

    /// A package with one more signature.
    pub struct CountersignReport {
        /// The package.
        pub file: ExportedFile,
        /// What verifying it again found.
        pub verification: VerifyReport,
    }

    /// Somebody whom packages can be encrypted to.
    pub struct RecipientView {
        /// The public key, `age1…`.
        pub key: String,
        /// The name that it is known by here.
        pub name: String,
    }

    /// This workspace's own key, and those of others.
    pub struct KeysView {
        /// The public key that senders need; none before one was made.
        pub own: Option<String>,
        /// The day that it was made, local.
        pub made: String,
        /// How many keys before it still open what was encrypted to them.
        pub older: u32,
        /// Others, by name.
        pub recipients: Vec<RecipientView>,
    }
}
