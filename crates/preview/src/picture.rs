//! Pictures of any size, scaled down to what a screen shows, turned as they were taken, as a JPEG.

use crate::Error;
use crate::shrink::Shrink;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use jpeg_decoder::{CodingProcess, PixelFormat};
use std::io::{BufRead, Seek};

/// Most pixels of the longer side that are shown: enough to read a scanned page, 64 MiB once drawn at the most.
const MOST_SIDE: u32 = 4096;
/// Most bytes of a picture that is decoded as a whole.
const MOST_WHOLE: u64 = 192 << 20;
/// Most pixels of a side that is decoded at all.
const MOST_LENGTH: u32 = 65_535;
const QUALITY: u8 = 88;

/// A picture as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Width of the original in pixels, as it is seen upright.
    pub width: u32,
    /// Height of the original in pixels, as it is seen upright.
    pub height: u32,
    /// Width of what is shown.
    pub shown_width: u32,
    /// Height of what is shown.
    pub shown_height: u32,
    /// What is shown, as a JPEG without any of the original's additions.
    pub jpeg: Vec<u8>,
}

/// A decoded picture, small enough to be shown, and how it is to be turned.
struct Decoded {
    width: u32,
    height: u32,
    image: DynamicImage,
    orientation: Orientation,
}

/// Decodes a picture (PNG, JPEG, GIF, WebP, BMP, TIFF; of several only the first).
///
/// # Errors
/// Damaged, or larger than its kind can be decoded within bounds.
pub fn picture<R: BufRead + Seek>(source: &mut R) -> Result<Picture, Error> {
    // The decoders are good at damaged files, not perfect; a panic of theirs is a damaged file, not our end.
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| decode(source)));
    let Decoded { width, height, mut image, orientation } =
        done.unwrap_or_else(|_| Err(Error::broken("the decoder gave up")))?;
    image.apply_orientation(orientation);
    let turned = matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let (width, height) = if turned { (height, width) } else { (width, height) };
    let opaque = on_paper(image);
    let mut jpeg = Vec::new();
    opaque.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY)).map_err(Error::broken)?;
    Ok(Picture { width, height, shown_width: opaque.width(), shown_height: opaque.height(), jpeg })
}

fn decode<R: BufRead + Seek>(source: &mut R) -> Result<Decoded, Error> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_WHOLE);
    (limits.max_image_width, limits.max_image_height) = (Some(MOST_LENGTH), Some(MOST_LENGTH));
    let mut reader = ImageReader::new(&mut *source).with_guessed_format().map_err(Error::broken)?;
    reader.limits(limits);
    let format = reader.format();
    let mut decoder = reader.into_decoder().map_err(Error::broken)?;
    let (width, height) = decoder.dimensions();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    if decoder.total_bytes() <= MOST_WHOLE {
        let image = shrunk(DynamicImage::from_decoder(decoder).map_err(Error::broken)?);
        return Ok(Decoded { width, height, image, orientation });
    }
    drop(decoder);
    source.rewind().map_err(Error::broken)?;
    let too_large = || Error::PictureTooLarge { width, height, most: megapixels(MOST_WHOLE / 3) };
    let image = match format {
        Some(ImageFormat::Jpeg) => scaled_jpeg(source)?,
        Some(ImageFormat::Png) => png_by_rows(source)?,
        _ => None,
    };
    Ok(Decoded { width, height, image: shrunk(image.ok_or_else(too_large)?), orientation })
}

fn megapixels(pixels: u64) -> u32 {
    u32::try_from(pixels / 1_000_000).unwrap_or(u32::MAX)
}

/// What a longer side becomes.
fn fitting(width: u32, height: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= MOST_SIDE {
        return (width, height);
    }
    let scaled = |side: u32| {
        let exact = u64::from(side) * u64::from(MOST_SIDE) / u64::from(longer);
        u32::try_from(exact).unwrap_or(MOST_SIDE).max(1)
    };
    (scaled(width), scaled(height))
}

fn shrunk(image: DynamicImage) -> DynamicImage {
    let (width, height) = fitting(image.width(), image.height());
    if (width, height) == (image.width(), image.height()) { image } else { image.thumbnail_exact(width, height) }
}

/// What can be seen through lies on white, as paper is; sixteen bits become eight.
fn on_paper(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return match image {
            DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => image,
            DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(image.to_luma8()),
            other => DynamicImage::ImageRgb8(other.to_rgb8()),
        };
    }
    let seen = image.to_rgba8();
    let paper = image::RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0;
        let mix = |value: u8| {
            let mixed = u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from((mixed + 127) / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([mix(red), mix(green), mix(blue)])
    });
    DynamicImage::ImageRgb8(paper)
}

/// A large JPEG, scaled down while it is decoded: this decoder is the one that can. Nothing for those that must be
/// held as a whole to be decoded (progressive ones) or whose colours are those of print.
fn scaled_jpeg<R: BufRead>(source: &mut R) -> Result<Option<DynamicImage>, Error> {
    let mut decoder = jpeg_decoder::Decoder::new(source);
    decoder.set_max_decoding_buffer_size(usize::try_from(MOST_WHOLE).unwrap_or(usize::MAX));
    decoder.read_info().map_err(Error::broken)?;
    let Some(info) = decoder.info() else { return Ok(None) };
    if info.coding_process != CodingProcess::DctSequential {
        return Ok(None);
    }
    let (width, height) = fitting(info.width.into(), info.height.into());
    // The decoder halves as long as it stays above what is asked for: a little less saves a half that is not seen.
    let side = |length: u32| u16::try_from(length * 7 / 8).unwrap_or(u16::MAX).max(1);
    let (width, height) = decoder.scale(side(width), side(height)).map_err(Error::broken)?;
    let pixels = decoder.decode().map_err(Error::broken)?;
    let (width, height) = (u32::from(width), u32::from(height));
    let image = match info.pixel_format {
        PixelFormat::RGB24 => image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
        PixelFormat::L8 => image::GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8),
        PixelFormat::L16 | PixelFormat::CMYK32 => None,
    };
    Ok(image)
}

/// A large PNG, scaled down row by row. Nothing for interlaced ones, whose rows come several times.
fn png_by_rows<R: BufRead + Seek>(source: &mut R) -> Result<Option<DynamicImage>, Error> {
    let limits = png::Limits { bytes: usize::try_from(MOST_WHOLE).unwrap_or(usize::MAX) };
    let mut decoder = png::Decoder::new_with_limits(source, limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(Error::broken)?;
    if reader.info().interlaced {
        return Ok(None);
    }
    let (width, height) = (reader.info().width, reader.info().height);
    let channels = reader.output_color_type().0.samples();
    let factor = width.max(height).div_ceil(MOST_SIDE).max(1);
    let length = |side: u32| usize::try_from(side).unwrap_or(usize::MAX);
    let mut shrink = Shrink::new(length(width), channels, length(factor));
    while let Some(row) = reader.next_row().map_err(Error::broken)? {
        shrink.row(row.data());
    }
    let (pixels, rows) = shrink.done();
    let (width, height) = (width.div_ceil(factor), u32::try_from(rows).unwrap_or(u32::MAX));
    let image = match channels {
        1 => image::GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8),
        2 => image::GrayAlphaImage::from_raw(width, height, pixels).map(DynamicImage::ImageLumaA8),
        3 => image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
        _ => image::RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8),
    };
    Ok(image)
}
