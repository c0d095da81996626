//! One more signature on a package that is there: a panel signs in turn. Every other entry is copied as it stands, packed
//! bytes and all, so whoever signed before signed the same.

use std::io::{self, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::bag::{self, Quiet, Written};
use crate::beside::Beside;
use crate::encrypt::{Key, Source};
use crate::layout::{self, Kind};
use crate::verify::Verified;
use crate::{Error, Limits, Result, Signer, Watch, cms};

/// Writes a package that was verified to `target`, with the signature of `signer` at `now` (unix seconds) added where a
/// package that was signed by all at once has it. `target` may be the package itself; an encrypted one, which one of
/// `keys` opens, comes out in the clear.
///
/// # Errors
/// [`Error::SignedAlready`], [`Error::PackageTooLarge`] with more signatures than a reader accepts, [`Error::CertificateNotInForce`], [`Error::PackageDamaged`] when the file is no longer the
/// one that was verified, [`Error::PackageCancelled`] and file errors. Whatever the error, nothing is left behind and an
/// older file at `target` is unchanged.
pub fn add(
    verified: &Verified,
    keys: &[Key],
    target: &Path,
    signer: &Signer,
    now: i64,
    watch: &mut Watch<'_>,
) -> Result<Written> {
    let certificate = signer.certificate();
    let fingerprint = certificate.fingerprint();
    if verified.signers().iter().any(|one| one.fingerprint == fingerprint) {
        let (name, fingerprint) = (certificate.person().name, fingerprint.grouped());
        return Err(Error::SignedAlready { name, fingerprint });
    }
    let limits = Limits::default();
    if verified.signers().len() as u64 >= limits.signatures {
        let found = verified.signers().len() as u64 + 1;
        return Err(Error::PackageTooLarge { what: "signatures".to_owned(), limit: limits.signatures, found });
    }
    let path = layout::signature(&fingerprint);
    let signature = cms::sign(verified.tag_manifest(), signer, now)?;
    let mut source = match Source::open(verified.path(), keys)? {
        Ok(source) => source,
        Err(flaw) => return Err(changed(verified.path(), &flaw)),
    };
    let length = source.seek(SeekFrom::End(0)).map_err(|e| Error::reading(verified.path(), &e))?;
    watch.begin(length)?;
    let of_disk = |e: io::Error| Error::writing(target, &e);
    let beside = Beside::create(target).map_err(of_disk)?;
    let counted = Quiet::over(Counted { file: beside.file().map_err(of_disk)?, watch: &mut *watch });
    let added = Added { folder: verified.name(), path: &path, signature: &signature };
    let copied = copy(source, BufWriter::with_capacity(1 << 18, counted), &added);
    watch.advance(0)?;
    let entries = copied.map_err(of_disk)?;
    let bytes = beside.keep().map_err(of_disk)?;
    Ok(Written { bytes, entries })
}

fn changed(path: &Path, flaw: &crate::Flaw) -> Error {
    Error::PackageDamaged { path: path.display().to_string(), count: 1, first: flaw.to_string() }
}

/// The entry that is added.
struct Added<'a> {
    folder: &'a str,
    path: &'a str,
    signature: &'a [u8],
}

impl Added<'_> {
    /// Whether an entry stands before the one that is added: the tag files and the signatures of smaller fingerprints.
    fn follows(&self, name: &str) -> bool {
        let inside = name.strip_prefix(self.folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
        match Kind::of(inside) {
            Some(Kind::Tag) => true,
            Some(Kind::Signature(_)) => inside < self.path,
            _ => inside.is_empty(),
        }
    }

    fn write<W: Write + Seek>(&self, archive: &mut ZipWriter<W>) -> io::Result<()> {
        let options = bag::options(CompressionMethod::Deflated, self.signature.len() as u64);
        archive.start_file(format!("{}/{}", self.folder, self.path), options)?;
        archive.write_all(self.signature)
    }
}

/// Copies every entry with its packed bytes; gives the number of entries written.
fn copy<W: Write + Seek>(source: Source, target: W, added: &Added<'_>) -> io::Result<usize> {
    let mut from = ZipArchive::new(BufReader::with_capacity(1 << 18, source))?;
    let mut to = ZipWriter::new(target);
    let follows = |index: &usize| matches!(from.name_for_index(*index), Some(Ok(name)) if added.follows(&name));
    let place = (0..from.len()).rev().find(follows);
    let place = place.map_or(0, |last| last + 1);
    for index in 0..from.len() {
        if index == place {
            added.write(&mut to)?;
        }
        to.raw_copy_file(from.by_index_raw(index)?)?;
    }
    if place == from.len() {
        added.write(&mut to)?;
    }
    to.finish()?.flush()?;
    Ok(from.len() + 1)
}

/// A file that counts what is written to it, and fails once the person stopped the work.
struct Counted<'a, 'w, F> {
    file: F,
    watch: &'a mut Watch<'w>,
}

impl<F: Write> Write for Counted<'_, '_, F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.watch.advance(bytes.len() as u64).map_err(io::Error::other)?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl<F: Seek> Seek for Counted<'_, '_, F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
