//! What a photograph itself records: when and where it was taken (EXIF).
//!
//! Photographs are hostile until shown otherwise: only the beginning of the file is read, and what makes no sense is
//! left out.

use assessment::Photo;
use assessment::evidence::read_time;
use exif::{Exif, In, Rational, Reader, Tag, Value};
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

/// How much of a file is looked at: cameras write their record before the picture.
const READ_MAXIMUM: u64 = 4 << 20;

/// What the file records; nothing when it is no photograph, has no record, or one that cannot be read.
pub(crate) fn read(path: &Path) -> Option<Photo> {
    let mut beginning = Vec::new();
    File::open(path).ok()?.take(READ_MAXIMUM).read_to_end(&mut beginning).ok()?;
    of(&beginning)
}

fn of(bytes: &[u8]) -> Option<Photo> {
    let exif = Reader::new().read_from_container(&mut Cursor::new(bytes)).ok()?;
    let photo = Photo { taken: taken(&exif).unwrap_or_default(), place: place(&exif).unwrap_or_default() };
    (photo != Photo::default()).then_some(photo)
}

/// 2021:10:15 09:32:58, by the camera's clock.
fn taken(exif: &Exif) -> Option<String> {
    let text = |tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => texts.first().and_then(|text| str::from_utf8(text).ok()),
        _ => None,
    };
    let recorded = text(Tag::DateTimeOriginal).or_else(|| text(Tag::DateTimeDigitized))?;
    let (date, clock) = recorded.trim_end_matches('\0').split_once(' ')?;
    read_time(&format!("{} {clock}", date.replace(':', "-")))
}

/// 37.8706°N 112.5489°E
fn place(exif: &Exif) -> Option<String> {
    let north = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, ['N', 'S'], 90.0)?;
    let east = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, ['E', 'W'], 180.0)?;
    // Receivers without a fix write zeros.
    let none = north.starts_with("0.0000") && east.starts_with("0.0000");
    (!none).then(|| format!("{north} {east}"))
}

fn degrees(exif: &Exif, tag: Tag, side: Tag, sides: [char; 2], most: f64) -> Option<String> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let Value::Ascii(letters) = &exif.get_field(side, In::PRIMARY)?.value else { return None };
    let letter = char::from(*letters.first()?.first()?);
    let number = |part: Option<&Rational>| match part {
        None => Some(0.0),
        Some(part) if part.denom == 0 => None,
        Some(part) => Some(part.to_f64()),
    };
    let degrees = number(Some(parts.first()?))? + number(parts.get(1))? / 60.0 + number(parts.get(2))? / 3600.0;
    let known = sides.contains(&letter) && (0.0..=most).contains(&degrees);
    known.then(|| format!("{degrees:.4}°{letter}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG file that is nothing but its record, with a time of the camera and a place.
    fn photograph() -> Vec<u8> {
        let field = |tag, value| exif::Field { tag, ifd_num: In::PRIMARY, value };
        let angle = |d, m, s| Value::Rational(vec![(d, 1).into(), (m, 1).into(), (s, 100).into()]);
        let fields = [
            field(Tag::DateTimeOriginal, Value::Ascii(vec![b"2021:10:15 09:32:58".to_vec()])),
            field(Tag::GPSLatitude, angle(37, 52, 1416)),
            field(Tag::GPSLatitudeRef, Value::Ascii(vec![b"N".to_vec()])),
            field(Tag::GPSLongitude, angle(112, 32, 5604)),
            field(Tag::GPSLongitudeRef, Value::Ascii(vec![b"E".to_vec()])),
        ];
        jpeg(&fields)
    }

    fn jpeg(fields: &[exif::Field]) -> Vec<u8> {
        let mut writer = exif::experimental::Writer::new();
        fields.iter().for_each(|field| writer.push_field(field));
        let mut tiff = Cursor::new(Vec::new());
        writer.write(&mut tiff, false).unwrap();
        let tiff = tiff.into_inner();
        let mut file = vec![0xFF, 0xD8, 0xFF, 0xE1];
        file.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
        file.extend(b"Exif\0\0");
        file.extend(tiff);
        file.extend([0xFF, 0xD9]);
        file
    }

    #[test]
    fn time_and_place_are_read() {
        let photo = of(&photograph()).unwrap();
        assert_eq!((photo.taken.as_str(), photo.place.as_str()), ("2021-10-15 09:32", "37.8706°N 112.5489°E"));
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let field = |tag, value| exif::Field { tag, ifd_num: In::PRIMARY, value };
        for text in ["0000:00:00 00:00:00", "2021:02:30 09:00:00", "    :  :     :  :  ", "2021", ""] {
            let taken = field(Tag::DateTimeOriginal, Value::Ascii(vec![text.as_bytes().to_vec()]));
            assert_eq!(of(&jpeg(&[taken])), None, "{text}");
        }
        let latitude = |degrees: (u32, u32), letter: &[u8]| {
            of(&jpeg(&[
                field(Tag::GPSLatitude, Value::Rational(vec![degrees.into()])),
                field(Tag::GPSLatitudeRef, Value::Ascii(vec![letter.to_vec()])),
                field(Tag::GPSLongitude, Value::Rational(vec![(0, 1).into()])),
                field(Tag::GPSLongitudeRef, Value::Ascii(vec![b"E".to_vec()])),
            ]))
        };
        assert_eq!(latitude((1, 0), b"N"), None, "divided by nothing");
        assert_eq!(latitude((91, 1), b"N"), None, "over the pole");
        assert_eq!(latitude((37, 1), b"Q"), None, "no side of the equator");
        assert_eq!(latitude((37, 1), b""), None);
        assert_eq!(latitude((0, 1), b"N"), None, "no fix");
        assert!(latitude((37, 1), b"S").is_some_and(|photo| photo.place.starts_with("37.0000°S")));
    }

    #[test]
    fn a_broken_record_does_no_harm() {
        let whole = photograph();
        for end in 0..whole.len() {
            of(&whole[..end]);
        }
        for at in 0..whole.len() {
            for value in [0x00, 0x7F, 0x80, 0xFF] {
                let mut bytes = whole.clone();
                bytes[at] = value;
                of(&bytes);
            }
        }
        // A record that claims four thousand million fields, and one that points at itself.
        for tail in
            [&b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"[..], &b"\x00\x01\x87\x69\x00\x04\x00\x00\x00\x01\x00\x00\x00\x08"[..]]
        {
            let mut bytes = b"\xFF\xD8\xFF\xE1\x00\x40Exif\0\0MM\x00\x2A\x00\x00\x00\x08".to_vec();
            bytes.extend(tail);
            bytes.resize(bytes.len() + 64, 0);
            assert_eq!(of(&bytes), None);
        }
        assert_eq!(of(b"MM\x00\x2A\xFF\xFF\xFF\xFF"), None);
        assert_eq!(of(b"no picture at all"), None);
    }
}
