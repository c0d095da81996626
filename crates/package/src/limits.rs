//! How much a package may ask of this machine; held before anything is unpacked.

/// Upper bounds for reading a package. [`Limits::default`] suits a whole unit with all its evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Entries in the archive.
    pub entries: u64,
    /// Bytes of all entries, unpacked.
    pub total: u64,
    /// Bytes of one evidence file or report, unpacked.
    pub entry: u64,
    /// Bytes of one text (JSON, TOML, manifest, signature), unpacked: these are held in memory.
    pub text: u64,
    /// Unpacked size divided by packed size, for entries above [`Limits::RATIO_FREE`] bytes.
    pub ratio: u64,
    /// Objects and arrays inside one another in JSON.
    pub json_depth: usize,
    /// Bytes of one JSON string, as written.
    pub json_string: usize,
}

impl Limits {
    /// Entries up to this size are not judged by their ratio: short texts compress extremely well.
    pub const RATIO_FREE: u64 = 1 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 50_000,
            total: 64 << 30,
            entry: 4 << 30,
            text: 64 << 20,
            ratio: 200,
            json_depth: 32,
            json_string: 1 << 20,
        }
    }
}
