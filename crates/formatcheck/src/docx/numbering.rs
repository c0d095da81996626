//! The numbers that a word processor puts before paragraphs by itself.

use crate::xml::Element;
use document::chinese;
use std::collections::BTreeMap;

/// Levels of a list (ECMA-376 17.9.6).
const LEVELS: usize = 9;

/// The lists of a document, with how far each has counted.
#[derive(Debug, Default)]
pub struct Lists {
    /// The levels of each abstract list.
    kinds: BTreeMap<String, Vec<Level>>,
    /// The abstract list of each list, and where levels begin anew.
    lists: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    text: String,
    start: u32,
}

impl Lists {
    pub fn read(root: Option<&Element>) -> Self {
        let mut read = Self::default();
        let Some(root) = root else { return read };
        for kind in root.all("abstractNum") {
            let levels = kind.all("lvl").take(LEVELS).map(|level| Level {
                format: level.value("numFmt").unwrap_or("decimal").to_owned(),
                text: level.value("lvlText").unwrap_or_default().to_owned(),
                start: level.value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
            });
            let id = kind.attribute("abstractNumId").unwrap_or_default();
            read.kinds.insert(id.to_owned(), levels.collect());
        }
        for list in root.all("num") {
            let starts = list.all("lvlOverride").filter_map(|level| {
                Some((level.attribute("ilvl")?.parse().ok()?, level.value("startOverride")?.parse().ok()?))
            });
            let kind = list.value("abstractNumId").unwrap_or_default().to_owned();
            let id = list.attribute("numId").unwrap_or_default();
            read.lists.insert(id.to_owned(), (kind, starts.collect()));
        }
        read
    }

    /// The number of the next paragraph of a list, e.g. `（二）`; nothing for bullets.
    pub fn next(&mut self, list: &str, level: usize) -> String {
        let Some((kind, starts)) = self.lists.get(list) else { return String::new() };
        let Some(levels) = self.kinds.get(kind).filter(|levels| level < levels.len()) else { return String::new() };
        let start = |at: usize| starts.get(&at).copied().unwrap_or(levels[at].start);
        // Lists of one kind count on together unless one begins anew.
        let counted = if starts.is_empty() { kind.clone() } else { format!("{kind}/{list}") };
        let counts = self.counts.entry(counted).or_default();
        counts[level] = Some(counts[level].map_or_else(|| start(level), |count| count.saturating_add(1)));
        counts[level + 1..].fill(None);
        let mut text = levels[level].text.clone();
        for at in 0..=level {
            let count = counts[at].unwrap_or_else(|| start(at));
            text = text.replace(&format!("%{}", at + 1), &spell(count, &levels[at].format));
        }
        if levels[level].format == "bullet" { String::new() } else { text }
    }
}

fn spell(count: u32, format: &str) -> String {
    match format {
        "none" => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanDigital2" => chinese(count),
        "decimalZero" => format!("{count:02}"),
        "lowerLetter" | "upperLetter" => {
            let letter = char::from(b'a' + u8::try_from(count.saturating_sub(1) % 26).unwrap_or_default());
            if format == "upperLetter" { letter.to_ascii_uppercase().to_string() } else { letter.to_string() }
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            char::from_u32(0x245f + count).filter(|_| (1..=20).contains(&count)).map_or(count.to_string(), String::from)
        }
        "decimalFullWidth" => count.to_string().chars().map(full_width).collect(),
        _ => count.to_string(),
    }
}

fn full_width(digit: char) -> char {
    char::from_u32(u32::from(digit) + 0xfee0).unwrap_or(digit)
}
