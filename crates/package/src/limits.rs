//! How much a package may ask of this machine; held before anything is unpacked.

/// Upper bounds for reading a package. [`Limits::default`] suits a whole unit with all its evidence, and keeps what is
/// held in memory under 256 MB whatever a package says: what costs memory are names (each is held some seven times), texts
/// and values of JSON (an object with one key costs some 700 bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Entries in the archive.
    pub entries: u64,
    /// Bytes of the archive's directory, which holds their names.
    pub directory: u64,
    /// Bytes of all entries, unpacked.
    pub total: u64,
    /// Bytes of one evidence file or report, unpacked.
    pub entry: u64,
    /// Bytes of all texts (JSON, TOML, manifests, signatures), unpacked: these are held in memory.
    pub text: u64,
    /// Signatures; each is checked, which takes time.
    pub signatures: u64,
    /// Bytes of one signature, with the certificates that it carries.
    pub signature: u64,
    /// Fields of `bag-info.txt`.
    pub fields: u64,
    /// Unpacked size divided by packed size, for entries above [`Limits::RATIO_FREE`] bytes.
    pub ratio: u64,
    /// Objects and arrays inside one another in JSON.
    pub json_depth: usize,
    /// Bytes of one JSON string, as written.
    pub json_string: usize,
    /// Keys, elements, objects and arrays of all JSON together.
    pub json_values: usize,
}

impl Limits {
    /// Entries up to this size are not judged by their ratio: short texts compress extremely well.
    pub const RATIO_FREE: u64 = 1 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 20_000,
            directory: 16 << 20,
            total: 64 << 30,
            entry: 4 << 30,
            text: 32 << 20,
            signatures: 100,
            signature: 256 << 10,
            fields: 1000,
            ratio: 200,
            json_depth: 32,
            json_string: 1 << 20,
            json_values: 500_000,
        }
    }
}
