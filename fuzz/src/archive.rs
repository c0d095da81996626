//! Archives built byte by byte, so that they can lie.

use std::io::Write;

/// An entry; what its two headers say need not be so.
#[derive(Clone)]
pub struct Entry {
    /// Name in the directory.
    pub name: Vec<u8>,
    /// Name in the entry's own header.
    pub local_name: Vec<u8>,
    /// What the checksum is over.
    pub content: Vec<u8>,
    /// What stands in the archive.
    pub packed: Vec<u8>,
    /// 0 stored, 8 deflated.
    pub method: u16,
    /// Flags of both headers; that of the descriptor is added.
    pub flags: u16,
    /// External attributes: of Unix in the upper half.
    pub mode: u32,
    /// Unpacked size in the directory.
    pub size: u32,
    /// Unpacked size in the entry's own header.
    pub local_size: u32,
    /// Extra fields in the directory.
    pub extra: Vec<u8>,
    /// Comment in the directory.
    pub comment: Vec<u8>,
    /// A descriptor behind the packed bytes, with this checksum.
    pub descriptor: Option<u32>,
    /// Bytes before the entry.
    pub before: Vec<u8>,
    /// Where the directory says that it is; then it is not written at all.
    pub at: Option<u32>,
}

impl Entry {
    /// A stored file.
    pub fn new(name: &str, content: &[u8]) -> Self {
        let name = name.as_bytes().to_vec();
        let size = u32::try_from(content.len()).expect("small");
        Self {
            local_name: name.clone(),
            name,
            content: content.to_vec(),
            packed: content.to_vec(),
            method: 0,
            flags: 1 << 11,
            mode: 0o100_644 << 16,
            size,
            local_size: size,
            extra: Vec::new(),
            comment: Vec::new(),
            descriptor: None,
            before: Vec::new(),
            at: None,
        }
    }

    /// The same file deflated.
    pub fn deflated(mut self) -> Self {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&self.content).expect("memory takes anything");
        self.packed = encoder.finish().expect("memory takes anything");
        self.method = 8;
        self
    }

    /// Another name in both headers.
    pub fn rename(&mut self, name: impl AsRef<[u8]>) {
        self.name = name.as_ref().to_vec();
        self.local_name.clone_from(&self.name);
    }

    fn own_header(&self, bytes: &mut Vec<u8>) {
        let (described, crc) = (self.descriptor.is_some(), crc32fast::hash(&self.content));
        bytes.extend(b"PK\x03\x04\x14\0");
        bytes.extend([self.all_flags().to_le_bytes(), self.method.to_le_bytes(), [0, 0], [0x21, 0]].concat());
        bytes.extend(if described { [0; 4] } else { crc.to_le_bytes() });
        bytes.extend(if described { [0; 4] } else { wide(self.packed.len()) });
        bytes.extend(if described { [0; 4] } else { self.local_size.to_le_bytes() });
        bytes.extend([narrow(self.local_name.len()), [0, 0]].concat());
        bytes.extend(&self.local_name);
        bytes.extend(&self.packed);
        if let Some(claimed) = self.descriptor {
            bytes.extend(b"PK\x07\x08");
            bytes.extend([claimed.to_le_bytes(), wide(self.packed.len()), self.size.to_le_bytes()].concat());
        }
    }

    fn record(&self, at: u32, directory: &mut Vec<u8>) {
        let crc = crc32fast::hash(&self.content);
        directory.extend(b"PK\x01\x02\x14\x03\x14\0");
        directory.extend([self.all_flags().to_le_bytes(), self.method.to_le_bytes(), [0, 0], [0x21, 0]].concat());
        directory.extend([crc.to_le_bytes(), wide(self.packed.len()), self.size.to_le_bytes()].concat());
        directory.extend([narrow(self.name.len()), narrow(self.extra.len()), narrow(self.comment.len())].concat());
        directory.extend([[0; 4], self.mode.to_le_bytes(), at.to_le_bytes()].concat());
        directory.extend([&self.name[..], &self.extra, &self.comment].concat());
    }

    fn all_flags(&self) -> u16 {
        self.flags | if self.descriptor.is_some() { 8 } else { 0 }
    }
}

fn wide(value: usize) -> [u8; 4] {
    u32::try_from(value).expect("small").to_le_bytes()
}

fn narrow(value: usize) -> [u8; 2] {
    u16::try_from(value).expect("small").to_le_bytes()
}

/// The archive of some entries.
pub fn archive(entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        bytes.extend(&entry.before);
        let at = entry.at.unwrap_or(u32::try_from(bytes.len()).expect("small"));
        if entry.at.is_none() {
            entry.own_header(&mut bytes);
        }
        entry.record(at, &mut directory);
    }
    let start = bytes.len();
    bytes.extend(&directory);
    bytes.extend(end(entries.len(), directory.len(), start));
    bytes
}

/// The end record, with the one of ZIP64 before it when there are too many entries to be counted without.
pub fn end(count: usize, length: usize, start: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    if count >= usize::from(u16::MAX) {
        bytes.extend(b"PK\x06\x06");
        bytes.extend([44_u64.to_le_bytes(), [45, 0, 45, 0, 0, 0, 0, 0]].concat());
        bytes.extend(0_u32.to_le_bytes());
        bytes.extend([count, count, length, start].map(|value| (value as u64).to_le_bytes()).concat());
        bytes.extend(b"PK\x06\x07\0\0\0\0");
        bytes.extend([((start + length) as u64).to_le_bytes().as_slice(), &1_u32.to_le_bytes()].concat());
    }
    let counted = u16::try_from(count).unwrap_or(u16::MAX).to_le_bytes();
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([counted, counted].concat());
    bytes.extend([wide(length), wide(start)].concat());
    bytes.extend([0, 0]);
    bytes
}
