//! What is wrong with a package, entry by entry.

use crate::entry::NameFault;

/// What is wrong with the frame of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, strum::VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ArchivePart {
    /// It ends where more was announced.
    EndsEarly,
    /// It is shorter than an archive without entries.
    TooShort,
    /// There is no end record: no archive, or one that was cut off.
    NoEnd,
    /// It ends inside the end record.
    EndCut,
    /// It is spread over several files, or has a comment.
    Split,
    /// The two end records say different things.
    EndsDisagree,
    /// The end record for large archives is misplaced or unreadable.
    WideEnd,
    /// The directory does not end where its end record begins.
    DirectoryPlace,
    /// The directory cannot be read.
    Directory,
    /// The directory holds more than it counts.
    DirectoryCount,
    /// An entry runs into what follows it.
    Overlap,
    /// An entry is not where the directory says.
    Misplaced,
    /// The extra fields of an entry cannot be read.
    ExtraFields,
}

/// What archives can do and packages do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, strum::VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Feature {
    /// An entry is encrypted by itself.
    Encryption,
    /// Flags that a package does not set.
    Flags,
    /// An entry has a second name.
    SecondName,
    /// An entry has a comment.
    Comment,
    /// An entry is compressed in another way than DEFLATE.
    Method,
}

/// One finding in a damaged or hostile package: which entry, what was expected, what was found.
/// What people read stands in `crates/app/messages/package.toml`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Flaw {
    /// The file is no complete ZIP archive of the kind a package is.
    #[error("no complete archive: {part:?} {entry}")]
    ArchiveBroken {
        /// What is wrong.
        part: ArchivePart,
        /// The entry, where it is about one.
        entry: String,
    },
    /// The encryption around the archive is damaged: some of its bytes are not the ones that were written.
    #[error("the encryption is damaged: {detail}")]
    SealBroken {
        /// Which part, for logs.
        detail: String,
    },
    /// Bytes stand outside the entries (before, between or after them).
    #[error("{bytes} stray bytes at {offset}")]
    StrayBytes {
        /// Where they begin.
        offset: u64,
        /// How many.
        bytes: u64,
    },
    /// The package asks for more than [`crate::Limits`] allow.
    #[error("{entry}: {found}, at most {limit} is accepted")]
    LimitExceeded {
        /// The entry, or `*` for the whole package.
        entry: String,
        /// The limit.
        limit: u64,
        /// What was found.
        found: u64,
    },
    /// An entry unpacks to far more than it holds (an archive bomb).
    #[error("{entry}: {packed} bytes would become {size}")]
    RatioExceeded {
        /// The entry.
        entry: String,
        /// Bytes in the archive.
        packed: u64,
        /// Bytes unpacked.
        size: u64,
    },
    /// An entry's name could reach outside the folder or be taken for something else.
    #[error("unsafe name {entry:?}: {fault:?}")]
    NameUnsafe {
        /// The name.
        entry: String,
        /// Why.
        fault: NameFault,
    },
    /// Two entries share a name, also by case or Unicode normal form.
    #[error("{entry} and {other} share a name")]
    NameTwice {
        /// The second entry.
        entry: String,
        /// The first one.
        other: String,
    },
    /// An entry stands outside the one top folder.
    #[error("{entry} stands outside {folder}/")]
    OutsideFolder {
        /// The entry.
        entry: String,
        /// The top folder.
        folder: String,
    },
    /// An entry is a link or a device instead of a file.
    #[error("{entry} is no ordinary file")]
    NotAFile {
        /// The entry.
        entry: String,
    },
    /// An entry uses a feature of archives that packages do without.
    #[error("{entry} uses {feature:?}")]
    FeatureRefused {
        /// The entry.
        entry: String,
        /// The feature.
        feature: Feature,
    },
    /// The archive says two different things about an entry.
    #[error("{entry}: {field} is {expected} in one place and {found} in another")]
    HeadersDisagree {
        /// The entry.
        entry: String,
        /// Which statement.
        field: String,
        /// What the directory says.
        expected: String,
        /// What the entry itself says.
        found: String,
    },
    /// An entry cannot be unpacked.
    #[error("{entry} cannot be unpacked: {detail}")]
    Unpackable {
        /// The entry.
        entry: String,
        /// What the decoder said.
        detail: String,
    },
    /// An entry has another length than stated.
    #[error("{entry} has {found} bytes instead of {expected}")]
    LengthDiffers {
        /// The entry.
        entry: String,
        /// Bytes stated.
        expected: u64,
        /// Bytes found; when more, one more than stated.
        found: u64,
    },
    /// An entry's CRC-32 differs.
    #[error("{entry} has checksum {found} instead of {expected}")]
    ChecksumDiffers {
        /// The entry.
        entry: String,
        /// Stated.
        expected: String,
        /// Found.
        found: String,
    },
    /// An entry's SHA-256 differs from the manifest.
    #[error("{entry} has digest {found} instead of {expected}")]
    DigestDiffers {
        /// The entry.
        entry: String,
        /// In the manifest or in the entry's name.
        expected: String,
        /// Computed.
        found: String,
    },
    /// An entry that must be there is not.
    #[error("{entry} is missing")]
    EntryMissing {
        /// The entry.
        entry: String,
    },
    /// An entry is there that no manifest lists or no package holds.
    #[error("{entry} does not belong here")]
    EntryUnlisted {
        /// The entry.
        entry: String,
    },
    /// A line of a manifest or of `bag-info.txt` cannot be read.
    #[error("{entry}, line {line} cannot be read")]
    LineUnreadable {
        /// The entry.
        entry: String,
        /// One-based line number.
        line: usize,
    },
    /// A statement in a tag file does not fit.
    #[error("{entry}: {tag} is {found:?} instead of {expected:?}")]
    TagDiffers {
        /// The tag file.
        entry: String,
        /// The label.
        tag: String,
        /// Expected value.
        expected: String,
        /// Found value; empty when the tag is missing.
        found: String,
    },
    /// JSON is not canonical, or too deep, or has strings that are too long, or is not of the expected shape.
    #[error("{entry}: {detail}")]
    JsonRefused {
        /// The entry.
        entry: String,
        /// What is wrong.
        detail: String,
    },
    /// A text is not UTF-8.
    #[error("{entry} is not UTF-8")]
    TextUnreadable {
        /// The entry.
        entry: String,
    },
    /// The catalogue names evidence that the package should hold and does not.
    #[error("evidence {sha256} is in the catalogue and not in the package")]
    EvidenceMissing {
        /// SHA-256 of the evidence.
        sha256: String,
    },
    /// There are more flaws than are listed.
    #[error("and {count} more")]
    MoreFlaws {
        /// How many.
        count: usize,
    },
    /// The package holds evidence that the catalogue does not name.
    #[error("{entry} is not in the catalogue")]
    EvidenceUncatalogued {
        /// The entry.
        entry: String,
    },
}
