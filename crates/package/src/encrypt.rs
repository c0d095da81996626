//! Encryption to recipients: a whole package inside one age v1 file (`.hjp.age`), which `age` and `rage` open as well.
//!
//! The encryption keeps a lost stick from being read; who made a package, and whether it is whole, only its signatures
//! say. A sealed package is read in place: nothing of it is ever written out in the clear.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::str::FromStr;

use age::secrecy::ExposeSecret;
use age::stream::StreamReader;
use age::x25519;
use zeroize::Zeroizing;

use crate::beside::Beside;
use crate::{Error, Flaw, Result, Watch};

/// How an age v1 file begins.
pub const MARK: &[u8] = b"age-encryption.org/v1\n";
/// What the last line of its header begins with.
const HEADER_END: &[u8] = b"\n--- ";
/// Longest header: about five hundred recipients.
const HEADER_MAXIMUM: u64 = 1 << 16;

/// The secret half of a key pair: opens what was encrypted to its [`Recipient`].
#[derive(Clone)]
pub struct Key(x25519::Identity);

impl Key {
    /// A new key. The age library asks the system for its randomness by itself.
    #[must_use]
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Reads a key as `age-keygen` writes it: `AGE-SECRET-KEY-1…`.
    ///
    /// # Errors
    /// [`Error::ExchangeKeyUnreadable`].
    pub fn parse(text: &str) -> Result<Self> {
        let unreadable = |detail: &str| Error::ExchangeKeyUnreadable { detail: detail.to_owned() };
        text.trim().parse().map(Self).map_err(unreadable)
    }

    /// The key as text; wiped from memory when dropped.
    #[must_use]
    pub fn secret(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }

    /// The public half, to be given away.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.recipient())
    }
}

/// Whom a package is encrypted to: `age1…`, 62 characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient(x25519::Recipient);

impl FromStr for Recipient {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let unreadable = |_| Error::RecipientUnreadable { found: text.trim().chars().take(80).collect() };
        text.trim().parse().map(Self).map_err(unreadable)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Encrypts the file at `source` to `target`; any one of the recipients can open it. Gives the length.
///
/// # Errors
/// [`Error::RecipientMissing`], [`Error::PackageCancelled`] and file errors; nothing is left behind.
pub fn seal(source: &Path, target: &Path, recipients: &[Recipient], watch: &mut Watch<'_>) -> Result<u64> {
    let encryptor = age::Encryptor::with_recipients(recipients.iter().map(|one| &one.0 as &dyn age::Recipient));
    let encryptor = encryptor.map_err(|_| Error::RecipientMissing {})?;
    let (reading, writing) = (|e: io::Error| Error::reading(source, &e), |e: io::Error| Error::writing(target, &e));
    let mut plain = File::open(source).map_err(reading)?;
    watch.begin(plain.metadata().map_err(reading)?.len())?;
    let beside = Beside::create(target).map_err(writing)?;
    let file = BufWriter::with_capacity(1 << 18, beside.file().map_err(writing)?);
    let mut sealed = encryptor.wrap_output(file).map_err(writing)?;
    let mut buffer = vec![0; 1 << 18];
    loop {
        let count = plain.read(&mut buffer).map_err(reading)?;
        if count == 0 {
            break;
        }
        sealed.write_all(&buffer[..count]).map_err(writing)?;
        watch.advance(count as u64)?;
    }
    sealed.finish().and_then(|mut file| file.flush()).map_err(writing)?;
    watch.advance(0)?;
    beside.keep().map_err(writing)
}

/// Whether the file begins as an encrypted one does.
///
/// # Errors
/// [`Error::FileUnreadable`].
pub fn is_sealed(path: &Path) -> Result<bool> {
    Ok(beginning(path, MARK.len() as u64)? == MARK)
}

fn beginning(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut start));
    read.map_err(|e| Error::reading(path, &e))?;
    Ok(start)
}

/// Where the bytes of a package come from: the file itself, or what is encrypted in it.
pub(crate) enum Source {
    Plain(File),
    /// With the length of what is inside.
    Sealed(Box<StreamReader<BufReader<File>>>, u64),
}

impl Source {
    /// Opens a file, with one of `keys` when it is encrypted.
    ///
    /// # Errors
    /// [`Error::PackageSealed`] when none of the keys fits; the inner error is a damaged encryption.
    pub(crate) fn open(path: &Path, keys: &[Key]) -> Result<std::result::Result<Self, Flaw>> {
        let reading = |e: io::Error| Error::reading(path, &e);
        let file = File::open(path).map_err(reading)?;
        if !is_sealed(path)? {
            return Ok(Ok(Self::Plain(file)));
        }
        let broken = |detail: String| Ok(Err(Flaw::SealBroken { detail }));
        // The library reads a header as long as it is given.
        if !beginning(path, HEADER_MAXIMUM)?.windows(HEADER_END.len()).any(|window| window == HEADER_END) {
            return broken("no end of the header".to_owned());
        }
        let opened = age::Decryptor::new_buffered(BufReader::new(file))
            .and_then(|sealed| sealed.decrypt(keys.iter().map(|key| &key.0 as &dyn age::Identity)));
        let mut reader = match opened {
            Ok(reader) => Box::new(reader),
            Err(age::DecryptError::NoMatchingKeys) => {
                return Err(Error::PackageSealed { path: path.display().to_string() });
            }
            Err(age::DecryptError::Io(e)) if e.raw_os_error().is_some() => return Err(reading(e)),
            Err(other) => return broken(other.to_string()),
        };
        match reader.seek(SeekFrom::End(0)) {
            Ok(length) => Ok(Ok(Self::Sealed(reader, length))),
            Err(e) if e.raw_os_error().is_some() => Err(reading(e)),
            Err(e) => broken(e.to_string()),
        }
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.read(buffer),
            Self::Sealed(reader, _) => reader.read(buffer),
        }
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Plain(file) => file.seek(to),
            // The library's reader counts on places that there are.
            Self::Sealed(_, length) if matches!(to, SeekFrom::Start(at) if at > *length) => {
                Err(io::ErrorKind::UnexpectedEof.into())
            }
            Self::Sealed(reader, _) => reader.seek(to),
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(file) => file.fmt(f),
            Self::Sealed(_, length) => write!(f, "Sealed({length} bytes)"),
        }
    }
}
