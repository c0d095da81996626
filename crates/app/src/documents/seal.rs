//! Seals (印章): a picture file, refused by its header before anything is decoded.

use super::refused::Refused;
use crate::Result;
use crate::refusal::Refusal;
use document::Seal;
use png::{BitDepth, ColorType, Decoder, Transformations};
use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::Path;

/// Most pixels of a seal, in millions.
const MOST_MEGAPIXELS: u32 = 40;
/// What the decoder may use beside the picture itself.
const DECODER_BYTES: usize = 64 << 20;

/// Reads a seal from a PNG file.
///
/// # Errors
/// A file that cannot be read, is no PNG or is too large.
pub(super) fn read(path: &Path) -> Result<Seal> {
    let shown = path.display().to_string();
    let unreadable = |detail: String| Refusal::FileUnreadable { path: shown.clone(), detail };
    let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
    let unusable = |error: png::DecodingError| match error {
        png::DecodingError::IoError(error) if error.kind() != ErrorKind::UnexpectedEof => {
            crate::Failure::from(unreadable(error.to_string()))
        }
        other => Refused::SealUnusable { path: shown.clone(), detail: words(&other) }.into(),
    };
    let limits = png::Limits { bytes: DECODER_BYTES };
    let mut decoder = Decoder::new_with_limits(BufReader::new(file), limits);
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let header = decoder.read_header_info().map_err(unusable)?;
    let (width, height) = (header.width, header.height);
    if u64::from(width) * u64::from(height) > u64::from(MOST_MEGAPIXELS) * 1_000_000 {
        return Err(Refused::SealTooLarge { path: shown, width, height, most: MOST_MEGAPIXELS }.into());
    }
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
        (kind, _) => {
            let detail = format!("PNG {kind:?}");
            return Err(Refused::SealUnusable { path: shown, detail }.into());
        }
    };
    Ok(Seal { width, height, rgba })
}

/// What is wrong with a picture.
fn words(error: &png::DecodingError) -> String {
    match error {
        png::DecodingError::Format(_) => "不是完好的 PNG 图片 / not a sound PNG picture".to_owned(),
        other => other.to_string(),
    }
}
