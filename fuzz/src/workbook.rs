//! Reading a workbook. The first byte says what the others are: a workbook of some kind, or one of the parts inside a good
//! one, whose number the second byte gives. Otherwise nothing would ever come past the checksums of the archive.

use super::archive::{Entry, archive};
use assessment::Records;
use document::Profile;
use rubric::Rubric;
use std::io::{Cursor, Read};
use std::sync::OnceLock;
use workbook::score_book::{self, Facts, Target};

/// Names under which the bytes of a workbook are read.
const NAMES: [&str; 3] = ["w.xlsx", "w.ods", "w.xls"];

/// Name and content of the parts of a workbook.
type Parts = Vec<(String, Vec<u8>)>;

/// A rubric, a score book for it, and its facts.
struct Good {
    rubric: Rubric,
    facts: Facts,
    books: [Parts; 2],
}

fn good() -> &'static Good {
    static GOOD: OnceLock<Good> = OnceLock::new();
    GOOD.get_or_init(|| {
        let rubric = Rubric::read(include_str!("../../crates/rubric/tests/small.toml")).expect("a good rubric");
        let facts = Facts::of(&rubric, "fbc7111c", "并州分校", 2022, "自评", "周宁");
        let profile = Profile::oucsx_2021().expect("it is built in");
        let book = score_book::export(&rubric, &Records::default(), &facts, &profile).expect("a good score book");
        let books = [workbook::export(&rubric).expect("a good workbook"), book].map(|bytes| parts(&bytes));
        Good { rubric, facts, books }
    })
}

/// The parts of a workbook's archive.
fn parts(book: &[u8]) -> Parts {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).expect("we wrote it");
    let indices = 0..archive.len();
    let part = |index| {
        let mut entry = archive.by_index(index).expect("we wrote it");
        let (name, mut bytes) = (entry.name().expect("we wrote it").into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).expect("we wrote it");
        (name, bytes)
    };
    indices.map(part).collect()
}

/// A good workbook with another part in the place of its own.
fn with_part(book: &Parts, number: u8, content: &[u8]) -> Vec<u8> {
    let place = usize::from(number) % book.len();
    let part = |(index, (name, own)): (usize, &(String, Vec<u8>))| {
        Entry::new(name, if index == place { content } else { own })
    };
    archive(&book.iter().enumerate().map(part).collect::<Vec<_>>())
}

/// Good workbooks and every part of them, as [`run`] takes them.
pub fn seeds() -> Vec<(String, Vec<u8>)> {
    let mut seeds = Vec::new();
    for (book, parts) in good().books.iter().enumerate() {
        let whole = archive(&parts.iter().map(|(name, bytes)| Entry::new(name, bytes).deflated()).collect::<Vec<_>>());
        seeds.push((format!("{book}.xlsx"), [&[0], whole.as_slice()].concat()));
        // Nothing is read of how it looks.
        let read = |name: &str| !name.starts_with("docProps/") && !name.contains("/theme/");
        for (number, (name, bytes)) in parts.iter().enumerate().filter(|(_, (name, _))| read(name)) {
            let marks = [NAMES.len() + book, number].map(|mark| u8::try_from(mark).expect("few parts"));
            seeds.push((format!("{book}-{}", name.replace('/', "-")), [marks.as_slice(), bytes].concat()));
        }
    }
    let rosters: [(&str, u8, &[u8]); 2] = [
        ("roster.ods", 1, include_bytes!("../rosters/roster.ods")),
        ("roster.xls", 2, include_bytes!("../rosters/roster.xls")),
    ];
    seeds.extend(rosters.map(|(name, kind, bytes)| (name.to_owned(), [&[kind], bytes].concat())));
    seeds
}

/// Reads the workbook as everything that a workbook is read as.
pub fn run(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let kind = usize::from(*first) % (NAMES.len() + 2);
    if let Some(name) = NAMES.get(kind) {
        return read(rest, name);
    }
    let Some((second, content)) = rest.split_first() else { return };
    read(&with_part(&good().books[kind - NAMES.len()], *second, content), NAMES[0]);
}

fn read(bytes: &[u8], name: &str) {
    let good = good();
    _ = workbook::import(bytes, name);
    _ = workbook::glance(bytes, 3, 50, 20);
    _ = workbook::roster::headers(bytes, name, 1);
    _ = workbook::people::names(bytes, name);
    let target = Target { rubric: &good.rubric, records: &Records::default(), facts: &good.facts, anyway: true };
    _ = score_book::read(bytes, name, &target);
}
