//! Lengths, sizes and beginnings as people read them.

use document::{Profile, StyleName};

const POINTS_PER_MILLIMETRE: f64 = 72.0 / 25.4;
/// Characters of a paragraph that tell it from others.
const BEGINNING: usize = 12;

/// The Chinese sizes of type, in points.
const SIZES: [(&str, f64); 14] = [
    ("初号", 42.0),
    ("小初", 36.0),
    ("一号", 26.0),
    ("小一", 24.0),
    ("二号", 22.0),
    ("小二", 18.0),
    ("三号", 16.0),
    ("小三", 15.0),
    ("四号", 14.0),
    ("小四", 12.0),
    ("五号", 10.5),
    ("小五", 9.0),
    ("六号", 7.5),
    ("小六", 6.5),
];

/// Points as millimetres.
pub fn mm(points: f64) -> f64 {
    points / POINTS_PER_MILLIMETRE
}

/// A number without zeros at its end.
pub fn number(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A length on paper, e.g. `3.18 cm`.
pub fn cm(points: f64) -> String {
    format!("{} cm", number(mm(points) / 10.0, 2))
}

/// A size of paper, e.g. `210 × 297 mm`.
pub fn paper(width: f64, height: f64) -> String {
    format!("{} × {} mm", number(mm(width), 0), number(mm(height), 0))
}

/// Points, e.g. `28 pt`.
pub fn points(points: f64) -> String {
    format!("{} pt", number(points, 2))
}

/// A size of type, e.g. `三号（16 pt）`.
pub fn size(size: f64) -> String {
    let near = |known: f64| (known - size).abs() < 0.05;
    match SIZES.iter().find(|(_, known)| near(*known)) {
        Some((name, known)) => format!("{name}（{}）", points(*known)),
        None => points(size),
    }
}

/// A count of characters, e.g. `2`.
pub fn characters(count: f64) -> String {
    number(count, 1)
}

/// A name that a file gives, or a dash where it gives none; cut where it is too long to be one.
pub fn name(name: &str) -> String {
    if name.is_empty() { "—".to_owned() } else { beginning_of(name, 40) }
}

/// The beginning of a text, so that a person finds it.
pub fn beginning(text: &str) -> String {
    beginning_of(text.trim(), BEGINNING)
}

fn beginning_of(text: &str, most: usize) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let cut: String = text.chars().take(most).map(plain).collect();
    if text.chars().nth(most).is_some() { format!("{cut}…") } else { cut }
}

/// The largest type of what stands beside a table: its caption, facts and notes. Larger type is running text.
pub fn largest_table_type(profile: &Profile) -> f64 {
    let styles = [StyleName::Lines, StyleName::Caption, StyleName::Fact, StyleName::Note, StyleName::TableTotal];
    styles.map(|name| profile.style(name).size).into_iter().fold(0.0, f64::max) + profile.check.type_pt
}

/// Whether a character is a Chinese one.
pub fn is_chinese(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}
