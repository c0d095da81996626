//! The structure of a ZIP archive, read strictly: every byte of the file belongs to exactly one thing, and everything
//! that is said twice is said alike. Readers of archives disagree about anything looser than this.

use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::bufread::DeflateDecoder;
use sha2::Digest;

use crate::encrypt::{Key, Source};
use crate::entry::NameFault;
use crate::flaw::{ArchivePart, Feature};
use crate::{EntryName, Error, Flaw, Limits, Result, Sha256, Watch};

const END: u32 = 0x0605_4b50;
const END64: u32 = 0x0606_4b50;
const LOCATOR64: u32 = 0x0706_4b50;
const DIRECTORY: u32 = 0x0201_4b50;
const LOCAL: u32 = 0x0403_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;

const END_LENGTH: u64 = 22;
const END64_LENGTH: u64 = 56;
const LOCATOR64_LENGTH: u64 = 20;
const DIRECTORY_LENGTH: usize = 46;
const LOCAL_LENGTH: usize = 30;

const FLAG_DESCRIPTOR: u16 = 1 << 3;
const FLAG_UTF8: u16 = 1 << 11;
/// Deflate's level hints, the descriptor and UTF-8; nothing encrypted, patched or masked.
const FLAGS_ACCEPTED: u16 = 0b110 | FLAG_DESCRIPTOR | FLAG_UTF8;

const EXTRA_ZIP64: u16 = 0x0001;
/// Info-ZIP's second name and comment: two readers could take different names for the same entry.
const EXTRAS_REFUSED: [u16; 2] = [0x7075, 0x6375];

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// An archive whose structure was checked.
#[derive(Debug)]
pub(crate) struct Archive {
    file: Source,
    /// In the order of the central directory.
    pub(crate) entries: Vec<Entry>,
}

/// An entry whose two headers agree.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: EntryName,
    /// A folder without content.
    pub(crate) folder: bool,
    /// Unpacked size in bytes.
    pub(crate) size: u64,
    packed: u64,
    deflated: bool,
    crc: u32,
    /// Where the packed bytes begin.
    data: u64,
}

/// What the central directory says of an entry.
struct Record {
    raw: Vec<u8>,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    offset: u64,
    mode: u32,
    commented: bool,
    second_name: bool,
}

/// Why the structure could not be read.
enum Stop {
    Io(io::Error),
    Flaw(Flaw),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => broken(ArchivePart::EndsEarly),
            // Only what is encrypted is checked while it is read.
            io::ErrorKind::InvalidData => Self::Flaw(Flaw::SealBroken { detail: error.to_string() }),
            _ => Self::Io(error),
        }
    }
}

fn broken(part: ArchivePart) -> Stop {
    broken_at(part, String::new())
}

fn broken_at(part: ArchivePart, entry: String) -> Stop {
    Stop::Flaw(Flaw::ArchiveBroken { part, entry })
}

impl Archive {
    /// Opens an archive, with one of `keys` when it is encrypted, and checks its structure; the inner error lists every
    /// flaw that was found.
    pub(crate) fn open(path: &Path, keys: &[Key], limits: &Limits) -> Result<std::result::Result<Self, Vec<Flaw>>> {
        let mut file = match Source::open(path, keys)? {
            Ok(source) => source,
            Err(flaw) => return Ok(Err(vec![flaw])),
        };
        let records = match directory(&mut file, limits) {
            Ok(found) => found,
            Err(Stop::Io(e)) => return Err(Error::reading(path, &e)),
            Err(Stop::Flaw(flaw)) => return Ok(Err(vec![flaw])),
        };
        let (records, end) = records;
        let mut flaws = check_limits(&records, limits);
        let (mut entries, mut next) = (Vec::new(), 0);
        let mut order: Vec<usize> = (0..records.len()).collect();
        order.sort_by_key(|&index| records[index].offset);
        for (rank, &index) in order.iter().enumerate() {
            let following = order.get(rank + 1).map_or(end, |&after| records[after].offset);
            match entry(&mut file, &records[index], next, following) {
                Ok(read) => entries.push((index, read)),
                Err(Stop::Flaw(flaw)) => flaws.push(flaw),
                Err(Stop::Io(e)) => return Err(Error::reading(path, &e)),
            }
            next = following;
        }
        entries.sort_by_key(|(index, _)| *index);
        let entries = entries.into_iter().map(|(_, entry)| entry).collect();
        Ok(if flaws.is_empty() { Ok(Self { file, entries }) } else { Err(flaws) })
    }

    /// Unpacks the entry at `index` into `sink`, checking length and CRC-32; gives its digest. The inner error is the
    /// flaw, after which what `sink` got must be thrown away.
    pub(crate) fn unpack(
        &mut self,
        index: usize,
        sink: &mut dyn FnMut(&[u8]) -> Result<()>,
        path: &Path,
        watch: &mut Watch<'_>,
    ) -> Result<std::result::Result<Sha256, Flaw>> {
        let entry = &self.entries[index];
        match self.file.seek(SeekFrom::Start(entry.data)) {
            Ok(_) => {}
            Err(e) if e.raw_os_error().is_none() => {
                return Ok(Err(Flaw::Unpackable { entry: entry.name.to_string(), detail: e.to_string() }));
            }
            Err(e) => return Err(Error::reading(path, &e)),
        }
        let packed = BufReader::with_capacity(1 << 16, (&mut self.file).take(entry.packed));
        if entry.deflated {
            let mut decoder = DeflateDecoder::new(packed);
            let found = pump(entry, &mut decoder, sink, path, watch)?;
            // Whatever the decoder left unread would be content that nobody sees.
            let unread = decoder.total_in() != entry.packed;
            let name = || entry.name.to_string();
            Ok(found.and_then(|digest| {
                if unread {
                    Err(Flaw::Unpackable { entry: name(), detail: "bytes left over".to_owned() })
                } else {
                    Ok(digest)
                }
            }))
        } else {
            pump(entry, packed, sink, path, watch)
        }
    }
}

/// Streams an entry through digest and checksum; reads at most one byte more than the entry may have.
fn pump(
    entry: &Entry,
    source: impl Read,
    sink: &mut dyn FnMut(&[u8]) -> Result<()>,
    path: &Path,
    watch: &mut Watch<'_>,
) -> Result<std::result::Result<Sha256, Flaw>> {
    let name = || entry.name.to_string();
    let (mut hasher, mut crc, mut found) = (sha2::Sha256::new(), crc32fast::Hasher::new(), 0_u64);
    let mut source = source.take(entry.size.saturating_add(1));
    let mut buffer = vec![0; 1 << 17];
    loop {
        let count = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(e) if e.raw_os_error().is_none() => {
                return Ok(Err(Flaw::Unpackable { entry: name(), detail: e.to_string() }));
            }
            Err(e) => return Err(Error::reading(path, &e)),
        };
        found += count as u64;
        if found > entry.size {
            break;
        }
        hasher.update(&buffer[..count]);
        crc.update(&buffer[..count]);
        sink(&buffer[..count])?;
        watch.advance(count as u64)?;
    }
    if found != entry.size {
        return Ok(Err(Flaw::LengthDiffers { entry: name(), expected: entry.size, found }));
    }
    let crc = crc.finalize();
    if crc != entry.crc {
        let (expected, found) = (format!("{:08x}", entry.crc), format!("{crc:08x}"));
        return Ok(Err(Flaw::ChecksumDiffers { entry: name(), expected, found }));
    }
    Ok(Ok(Sha256::from_bytes(hasher.finalize().into())))
}

/// Little-endian fields, read one after another; the caller has checked the length.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        if let Some((head, tail)) = self.0.split_at_checked(N) {
            bytes.copy_from_slice(head);
            self.0 = tail;
        }
        bytes
    }

    fn u16(&mut self) -> u16 {
        u16::from_le_bytes(self.take())
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }

    fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.take())
    }
}

fn read_at<const N: usize>(file: &mut Source, offset: u64) -> std::result::Result<[u8; N], Stop> {
    let mut bytes = [0; N];
    file.seek(SeekFrom::Start(offset))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads the central directory; gives its records and where it begins, which is where the entries must end.
fn directory(file: &mut Source, limits: &Limits) -> std::result::Result<(Vec<Record>, u64), Stop> {
    let length = file.seek(SeekFrom::End(0))?;
    let end = length.checked_sub(END_LENGTH).ok_or_else(|| broken(ArchivePart::TooShort))?;
    let bytes: [u8; END_LENGTH as usize] = read_at(file, end)?;
    let mut fields = Fields(&bytes);
    if fields.u32() != END {
        return Err(without_end(file, length)?);
    }
    let disks = (fields.u16(), fields.u16());
    let here = fields.u16();
    let (count, size, offset, comment) = (fields.u16(), fields.u32(), fields.u32(), fields.u16());
    if disks != (0, 0) || here != count || comment != 0 {
        return Err(broken(ArchivePart::Split));
    }
    let mut span = (u64::from(count), u64::from(size), u64::from(offset), end);
    if let Some(wide) = directory64(file, end)? {
        let agrees = |narrow: u64, most: u64, wide: u64| narrow == most || narrow == wide;
        let fits = agrees(span.0, u64::from(u16::MAX), wide.0)
            && agrees(span.1, u64::from(u32::MAX), wide.1)
            && agrees(span.2, u64::from(u32::MAX), wide.2);
        if !fits {
            return Err(broken(ArchivePart::EndsDisagree));
        }
        span = wide;
    }
    let (count, size, offset, behind) = span;
    if count > limits.entries {
        return Err(Stop::Flaw(Flaw::LimitExceeded { entry: "*".to_owned(), limit: limits.entries, found: count }));
    }
    if offset.checked_add(size) != Some(behind) {
        return Err(broken(ArchivePart::DirectoryPlace));
    }
    Ok((records(file, offset, size, count, limits)?, offset))
}

/// Tells an archive with something behind it from a file that is none.
fn without_end(file: &mut Source, length: u64) -> std::result::Result<Stop, Stop> {
    let start = length.saturating_sub(1 << 17);
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.read_to_end(&mut tail)?;
    let mark = END.to_le_bytes();
    let Some(at) = tail.windows(mark.len()).rposition(|window| window == mark) else {
        return Ok(broken(ArchivePart::NoEnd));
    };
    let offset = start + at as u64 + END_LENGTH;
    if offset >= length {
        return Ok(broken(ArchivePart::EndCut));
    }
    Ok(Stop::Flaw(Flaw::StrayBytes { offset, bytes: length - offset }))
}

/// The ZIP64 end record, when there is one before `end`: count, size, offset, and where the record itself stands.
fn directory64(file: &mut Source, end: u64) -> std::result::Result<Option<(u64, u64, u64, u64)>, Stop> {
    let Some(at) = end.checked_sub(LOCATOR64_LENGTH) else { return Ok(None) };
    let bytes: [u8; LOCATOR64_LENGTH as usize] = read_at(file, at)?;
    let mut fields = Fields(&bytes);
    if fields.u32() != LOCATOR64 {
        return Ok(None);
    }
    let (disk, offset, disks) = (fields.u32(), fields.u64(), fields.u32());
    if disk != 0 || disks != 1 || offset.checked_add(END64_LENGTH) != Some(at) {
        return Err(broken(ArchivePart::WideEnd));
    }
    let bytes: [u8; END64_LENGTH as usize] = read_at(file, offset)?;
    let mut fields = Fields(&bytes);
    let (mark, size) = (fields.u32(), fields.u64());
    let _versions = fields.u32();
    let disks = (fields.u32(), fields.u32());
    let (here, count) = (fields.u64(), fields.u64());
    if mark != END64 || size != END64_LENGTH - 12 || disks != (0, 0) || here != count {
        return Err(broken(ArchivePart::WideEnd));
    }
    Ok(Some((count, fields.u64(), fields.u64(), offset)))
}

fn records(
    file: &mut Source,
    offset: u64,
    size: u64,
    count: u64,
    limits: &Limits,
) -> std::result::Result<Vec<Record>, Stop> {
    if size > limits.directory {
        return Err(Stop::Flaw(Flaw::LimitExceeded { entry: "*".to_owned(), limit: limits.directory, found: size }));
    }
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(offset))?;
    file.take(size).read_to_end(&mut bytes)?;
    let (mut rest, mut records) = (bytes.as_slice(), Vec::new());
    for _ in 0..count {
        let (record, after) = record(rest).ok_or_else(|| broken(ArchivePart::Directory))?;
        records.push(record);
        rest = after;
    }
    if rest.is_empty() { Ok(records) } else { Err(broken(ArchivePart::DirectoryCount)) }
}

/// One record of the central directory and what follows it.
fn record(bytes: &[u8]) -> Option<(Record, &[u8])> {
    let (head, rest) = bytes.split_at_checked(DIRECTORY_LENGTH)?;
    let mut fields = Fields(head);
    if fields.u32() != DIRECTORY {
        return None;
    }
    let _versions = (fields.u16(), fields.u16());
    let (flags, method) = (fields.u16(), fields.u16());
    let _modified = fields.u32();
    let (crc, packed, size) = (fields.u32(), fields.u32(), fields.u32());
    let (name, extra, comment) = (fields.u16(), fields.u16(), fields.u16());
    let disk = fields.u16();
    let _internal = fields.u16();
    let (external, offset) = (fields.u32(), fields.u32());
    let (raw, rest) = rest.split_at_checked(usize::from(name))?;
    let (extra, rest) = rest.split_at_checked(usize::from(extra))?;
    let (_, rest) = rest.split_at_checked(usize::from(comment))?;
    let mut widths = [Some(size), Some(packed), Some(offset)];
    let (wide, second_name) = extras(extra, &mut widths)?;
    let record = Record {
        raw: raw.to_vec(),
        flags,
        method,
        crc,
        packed: wide[1],
        size: wide[0],
        offset: wide[2],
        mode: external,
        commented: comment != 0 || disk != 0,
        second_name,
    };
    Some((record, rest))
}

/// Reads extra fields: the 64-bit values of those of `size`, `packed` and `offset` that are full, and whether a second
/// name is given.
fn extras(mut extra: &[u8], narrow: &mut [Option<u32>; 3]) -> Option<([u64; 3], bool)> {
    let mut wide = narrow.map(|value| u64::from(value.unwrap_or(0)));
    let (mut second_name, mut seen) = (false, false);
    while !extra.is_empty() {
        let (head, rest) = extra.split_at_checked(4)?;
        let mut fields = Fields(head);
        let (id, length) = (fields.u16(), fields.u16());
        let (body, rest) = rest.split_at_checked(usize::from(length))?;
        if id == EXTRA_ZIP64 {
            if seen {
                return None;
            }
            seen = true;
            let mut fields = Fields(body);
            for (value, narrow) in wide.iter_mut().zip(narrow.iter()) {
                if *narrow == Some(u32::MAX) {
                    if fields.0.len() < 8 {
                        return None;
                    }
                    *value = fields.u64();
                }
            }
        }
        second_name |= EXTRAS_REFUSED.contains(&id);
        extra = rest;
    }
    Some((wide, second_name))
}

fn check_limits(records: &[Record], limits: &Limits) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let total = records.iter().map(|record| record.size).fold(0, u64::saturating_add);
    if total > limits.total {
        flaws.push(Flaw::LimitExceeded { entry: "*".to_owned(), limit: limits.total, found: total });
    }
    for record in records {
        let entry = || String::from_utf8_lossy(&record.raw).into_owned();
        if record.size > limits.entry {
            flaws.push(Flaw::LimitExceeded { entry: entry(), limit: limits.entry, found: record.size });
        }
        if record.size > Limits::RATIO_FREE && record.size / record.packed.max(1) > limits.ratio {
            flaws.push(Flaw::RatioExceeded { entry: entry(), packed: record.packed, size: record.size });
        }
    }
    flaws
}

/// Checks one entry: its name and features, its own header against the directory, and that it fills the space from
/// `expected` to `following`.
fn entry(file: &mut Source, record: &Record, expected: u64, following: u64) -> std::result::Result<Entry, Stop> {
    let (name, folder) = name(record)?;
    check_features(record, &name, folder)?;
    if record.offset != expected {
        let bytes = record.offset.abs_diff(expected);
        return Err(Stop::Flaw(Flaw::StrayBytes { offset: expected.min(record.offset), bytes }));
    }
    let data = check_local(file, record, &name)?;
    let end = data.checked_add(record.packed).filter(|end| *end <= following);
    let end = end.ok_or_else(|| broken_at(ArchivePart::Overlap, name.to_string()))?;
    check_descriptor(file, record, &name, end, following)?;
    Ok(Entry {
        name,
        folder,
        size: record.size,
        packed: record.packed,
        deflated: record.method == DEFLATED,
        crc: record.crc,
        data,
    })
}

fn name(record: &Record) -> std::result::Result<(EntryName, bool), Stop> {
    let refused = |fault: NameFault| {
        let entry = String::from_utf8_lossy(&record.raw).into_owned();
        Stop::Flaw(Flaw::NameUnsafe { entry, fault })
    };
    let text = std::str::from_utf8(&record.raw).map_err(|_| refused(NameFault::NotUtf8))?;
    if !text.is_ascii() && record.flags & FLAG_UTF8 == 0 {
        return Err(refused(NameFault::NotUtf8));
    }
    let (path, folder) = text.strip_suffix('/').map_or((text, false), |path| (path, true));
    Ok((EntryName::parse(path).map_err(refused)?, folder))
}

fn check_features(record: &Record, name: &EntryName, folder: bool) -> std::result::Result<(), Stop> {
    let entry = name.to_string();
    let refused = |feature: Feature| Stop::Flaw(Flaw::FeatureRefused { entry: entry.clone(), feature });
    // Upper half: the file type of Unix, 0 when it says nothing; lower half: the attributes of DOS.
    let kind = record.mode >> 28;
    let reparse_point = record.mode & 0x400 != 0 && kind == 0;
    if !(kind == 0 || kind == 0o10 && !folder || kind == 0o4 && folder) || reparse_point {
        return Err(Stop::Flaw(Flaw::NotAFile { entry }));
    }
    if record.flags & 1 != 0 {
        return Err(refused(Feature::Encryption));
    }
    if record.flags & !FLAGS_ACCEPTED != 0 {
        return Err(refused(Feature::Flags));
    }
    if record.second_name {
        return Err(refused(Feature::SecondName));
    }
    if record.commented {
        return Err(refused(Feature::Comment));
    }
    match record.method {
        STORED if record.packed == record.size && !(folder && record.size != 0) => Ok(()),
        DEFLATED if !folder => Ok(()),
        STORED => Err(Stop::Flaw(Flaw::LengthDiffers { entry, expected: record.size, found: record.packed })),
        _ => Err(refused(Feature::Method)),
    }
}

/// Compares the entry's own header with the directory; gives where the packed bytes begin.
fn check_local(file: &mut Source, record: &Record, name: &EntryName) -> std::result::Result<u64, Stop> {
    let head: [u8; LOCAL_LENGTH] = read_at(file, record.offset)?;
    let mut fields = Fields(&head);
    if fields.u32() != LOCAL {
        return Err(broken_at(ArchivePart::Misplaced, name.to_string()));
    }
    let _version = fields.u16();
    let (flags, method) = (fields.u16(), fields.u16());
    let _modified = fields.u32();
    let (crc, packed, size) = (fields.u32(), fields.u32(), fields.u32());
    let (name_length, extra_length) = (fields.u16(), fields.u16());
    let mut raw = vec![0; usize::from(name_length) + usize::from(extra_length)];
    file.read_exact(&mut raw)?;
    let (raw_name, extra) = raw.split_at(usize::from(name_length));
    let (wide, second_name) = extras(extra, &mut [Some(size), Some(packed), None])
        .ok_or_else(|| broken_at(ArchivePart::ExtraFields, name.to_string()))?;
    if second_name {
        return Err(Stop::Flaw(Flaw::FeatureRefused { entry: name.to_string(), feature: Feature::SecondName }));
    }
    let described = flags & FLAG_DESCRIPTOR != 0;
    let same = |field, expected: u64, found: u64| agree(name, field, &expected.to_string(), &found.to_string());
    agree(name, "entry-name", &String::from_utf8_lossy(&record.raw), &String::from_utf8_lossy(raw_name))?;
    same("flags", u64::from(record.flags), u64::from(flags))?;
    same("method", u64::from(record.method), u64::from(method))?;
    // With a descriptor the header may leave these at zero, but must not say something else.
    for (field, expected, found) in [
        ("checksum", u64::from(record.crc), u64::from(crc)),
        ("packed", record.packed, wide[1]),
        ("size", record.size, wide[0]),
    ] {
        if !(described && found == 0) {
            same(field, expected, found)?;
        }
    }
    Ok(record.offset + (LOCAL_LENGTH + raw.len()) as u64)
}

fn agree(name: &EntryName, field: &str, expected: &str, found: &str) -> std::result::Result<(), Stop> {
    if expected == found {
        return Ok(());
    }
    let (entry, field) = (name.to_string(), field.to_owned());
    Err(Stop::Flaw(Flaw::HeadersDisagree { entry, field, expected: expected.to_owned(), found: found.to_owned() }))
}

/// Between an entry's bytes and what follows stands its descriptor, when it has one, and nothing else.
fn check_descriptor(
    file: &mut Source,
    record: &Record,
    name: &EntryName,
    end: u64,
    following: u64,
) -> std::result::Result<(), Stop> {
    let gap = following - end;
    if record.flags & FLAG_DESCRIPTOR == 0 {
        return if gap == 0 { Ok(()) } else { Err(Stop::Flaw(Flaw::StrayBytes { offset: end, bytes: gap })) };
    }
    let (marked, wide) = match gap {
        12 => (false, false),
        16 => (true, false),
        20 => (false, true),
        24 => (true, true),
        _ => return Err(Stop::Flaw(Flaw::StrayBytes { offset: end, bytes: gap })),
    };
    let mut bytes = vec![0; usize::try_from(gap).unwrap_or_default()];
    file.seek(SeekFrom::Start(end))?;
    file.read_exact(&mut bytes)?;
    let mut fields = Fields(&bytes);
    let mark = if marked { fields.u32() } else { DESCRIPTOR };
    let crc = fields.u32();
    let (packed, size) =
        if wide { (fields.u64(), fields.u64()) } else { (u64::from(fields.u32()), u64::from(fields.u32())) };
    let said = |crc: u32, packed: u64, size: u64| format!("{crc:08x}/{packed}/{size}");
    if mark != DESCRIPTOR {
        return Err(Stop::Flaw(Flaw::StrayBytes { offset: end, bytes: gap }));
    }
    agree(name, "descriptor", &said(record.crc, record.packed, record.size), &said(crc, packed, size))
}
