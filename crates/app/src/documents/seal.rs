//! Seals (印章): a picture file, refused by its header before anything is decoded.

use super::refused::Refused;
use crate::Result;
use crate::refusal::Refusal;
use document::Seal;
use png::{BitDepth, ColorType, Decoder, Transformations};
use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::Path;

/// Fewest pixels of a side.
const LEAST_SIDE: u32 = 50;
/// Most pixels of a seal, in millions.
const MOST_MEGAPIXELS: u32 = 40;
/// What the decoder may use beside the picture itself.
const DECODER_BYTES: usize = 64 << 20;

/// Reads a seal from a PNG file.
///
/// # Errors
/// A file that cannot be read, is no PNG, or is too large; a picture that is no seal.
pub(crate) fn read(path: &Path) -> Result<Seal> {
    let shown = path.display().to_string();
    let unreadable = |detail: String| Refusal::FileUnreadable { path: shown.clone(), detail };
    let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
    let unusable = |error: png::DecodingError| match error {
        png::DecodingError::IoError(error) if error.kind() != ErrorKind::UnexpectedEof => {
            crate::Failure::from(unreadable(error.to_string()))
        }
        _ => Refused::SealUnusable { path: shown.clone() }.into(),
    };
    let limits = png::Limits { bytes: DECODER_BYTES };
    let mut decoder = Decoder::new_with_limits(BufReader::new(file), limits);
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let header = decoder.read_header_info().map_err(unusable)?;
    let (width, height) = (header.width, header.height);
    require_shape(&shown, (width, height))?;
    let mut reader = decoder.read_info().map_err(unusable)?;
    let too_large = || Refused::SealTooLarge { path: shown.clone(), width, height, most: MOST_MEGAPIXELS };
    let mut pixels = vec![0; reader.output_buffer_size().ok_or_else(too_large)?];
    let frame = reader.next_frame(&mut pixels).map_err(unusable)?;
    pixels.truncate(frame.buffer_size());
    let rgba = match (frame.color_type, frame.bit_depth) {
        (ColorType::Rgba, BitDepth::Eight) => pixels,
        (ColorType::GrayscaleAlpha, BitDepth::Eight) => {
            pixels.chunks_exact(2).flat_map(|pair| [pair[0], pair[0], pair[0], pair[1]]).collect()
        }
        _ => return Err(Refused::SealUnusable { path: shown }.into()),
    };
    require_printed(shown, &rgba)?;
    Ok(Seal { width, height, rgba })
}

/// A seal is about as wide as high.
fn require_shape(path: &str, (width, height): (u32, u32)) -> std::result::Result<(), Refused> {
    let path = path.to_owned();
    if u64::from(width) * u64::from(height) > u64::from(MOST_MEGAPIXELS) * 1_000_000 {
        return Err(Refused::SealTooLarge { path, width, height, most: MOST_MEGAPIXELS });
    }
    let (short, long) = (width.min(height), width.max(height));
    if short < LEAST_SIDE {
        return Err(Refused::SealTooSmall { path, width, height, least: LEAST_SIDE });
    }
    // 1 to 1.5
    if u64::from(long) * 2 > u64::from(short) * 3 {
        return Err(Refused::SealOblong { path, width, height });
    }
    Ok(())
}

/// A seal shows something, and that is red (附件5: 印章用红色，不得出现空白印章).
fn require_printed(path: String, rgba: &[u8]) -> std::result::Result<(), Refused> {
    /// Of so many pixels one at least shows something: the thinnest ring of a seal takes more.
    const SPARSE: usize = 200;
    /// Lighter than this in every colour is paper.
    const PAPER: u8 = 225;
    /// Red stands out from both other colours by this.
    const REDDER: u8 = 30;
    let is_ink = |pixel: &&[u8]| pixel[3] >= 64 && pixel[..3].iter().any(|colour| *colour < PAPER);
    let is_red = |pixel: &&[u8]| pixel[0] >= pixel[1].max(pixel[2]).saturating_add(REDDER);
    let ink = rgba.chunks_exact(4).filter(is_ink);
    let (shown, red) = ink.fold((0, 0), |(shown, red), pixel| (shown + 1, red + usize::from(is_red(&pixel))));
    if shown * SPARSE < rgba.len() / 4 {
        return Err(Refused::SealEmpty { path });
    }
    if red * 2 < shown {
        return Err(Refused::SealNotRed { path });
    }
    Ok(())
}
