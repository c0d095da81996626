//! Pictures of every kind are decoded, turned and scaled down within bounds.

#![allow(clippy::unwrap_used)]

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use preview::{Error, picture};
use proptest::prelude::*;
use std::io::{Cursor, Write};

/// Red on the left, blue on the right.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) })
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn shown(bytes: &[u8]) -> (preview::Picture, RgbImage) {
    let made = picture(&mut Cursor::new(bytes)).unwrap();
    let seen = image::load_from_memory_with_format(&made.jpeg, ImageFormat::Jpeg).unwrap().to_rgb8();
    assert_eq!((seen.width(), seen.height()), (made.shown_width, made.shown_height));
    (made, seen)
}

fn is_red(pixel: Rgb<u8>) -> bool {
    pixel.0[0] > 150 && pixel.0[2] < 100
}

#[test]
fn every_kind_is_shown() {
    let image = DynamicImage::ImageRgb8(halves(64, 32));
    use ImageFormat::{Bmp, Gif, Jpeg, Png, Tiff, WebP};
    for format in [Png, Jpeg, Gif, WebP, Bmp, Tiff] {
        let (made, seen) = shown(&encoded(&image, format));
        assert_eq!((made.width, made.height, made.shown_width), (64, 32, 64), "{format:?}");
        assert!(is_red(*seen.get_pixel(8, 16)) && !is_red(*seen.get_pixel(56, 16)), "{format:?}");
    }
}

/// An EXIF block that says only how the picture is turned.
fn exif(orientation: u16) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    block.extend(orientation.to_le_bytes());
    block.extend([0; 6]);
    block
}

#[test]
fn pictures_stand_as_they_were_taken() {
    let image = halves(64, 32);
    for (orientation, size, red) in
        [(1, (64, 32), (8, 16)), (3, (64, 32), (56, 16)), (6, (32, 64), (16, 8)), (8, (32, 64), (16, 56))]
    {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes);
        encoder.set_exif_metadata(exif(orientation)).unwrap();
        encoder.encode_image(&image).unwrap();
        let (made, seen) = shown(&bytes);
        assert_eq!((made.width, made.height), size, "orientation {orientation}");
        assert!(is_red(*seen.get_pixel(red.0, red.1)), "orientation {orientation}");
    }
}

#[test]
fn what_can_be_seen_through_lies_on_white() {
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(16, 16, Rgba([0, 0, 0, 0])));
    let (_, seen) = shown(&encoded(&clear, ImageFormat::Png));
    assert!(seen.get_pixel(8, 8).0.iter().all(|value| *value > 250));
}

/// A PNG of any size, a quarter red, without ever holding it.
fn large_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    let mut stream = writer.stream_writer().unwrap();
    let row: Vec<u8> = (0..width).flat_map(|x| if x < width / 4 { [220, 20, 20] } else { [20, 20, 220] }).collect();
    for _ in 0..height {
        stream.write_all(&row).unwrap();
    }
    stream.finish().unwrap();
    drop(writer);
    bytes
}

#[test]
fn a_picture_of_two_hundred_megapixels_is_scaled_down_on_the_way() {
    let (made, seen) = shown(&large_png(16_320, 12_240));
    assert_eq!((made.width, made.height), (16_320, 12_240));
    assert_eq!((made.shown_width, made.shown_height), (4080, 3060));
    assert!(is_red(*seen.get_pixel(500, 1500)) && !is_red(*seen.get_pixel(1200, 1500)));
}

#[test]
fn what_cannot_be_scaled_on_the_way_is_refused_by_its_size() {
    let mut bitmap = encoded(&DynamicImage::ImageRgb8(halves(4, 4)), ImageFormat::Bmp);
    bitmap[18..22].copy_from_slice(&20_000_i32.to_le_bytes());
    bitmap[22..26].copy_from_slice(&20_000_i32.to_le_bytes());
    let refused = picture(&mut Cursor::new(&bitmap)).unwrap_err();
    assert!(matches!(refused, Error::PictureTooLarge { width: 20_000, height: 20_000, .. }), "{refused:?}");
}

#[test]
fn broken_pictures_are_refused() {
    let good = encoded(&DynamicImage::ImageRgb8(halves(64, 32)), ImageFormat::Png);
    for bytes in [&good[..20], b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b""] {
        assert!(matches!(picture(&mut Cursor::new(bytes)), Err(Error::BrokenPicture { .. })));
    }
}

proptest! {
    #[test]
    fn no_bytes_bring_the_decoders_down(at in 0_usize..2000, value: u8, kind in 0_usize..6) {
        use ImageFormat::{Bmp, Gif, Jpeg, Png, Tiff, WebP};
        let mut bytes = encoded(&DynamicImage::ImageRgb8(halves(24, 24)), [Png, Jpeg, Gif, WebP, Bmp, Tiff][kind]);
        let at = at % bytes.len();
        bytes[at] = value;
        let _ = picture(&mut Cursor::new(&bytes));
    }
}
