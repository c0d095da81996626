//! What ties a printed score sheet to its data: the digest and code at the foot of each page, the files inside the PDF,
//! and the check of what is printed against what they give.

use crate::export::PROGRAM;
use crate::sheets::Opened;
use crate::view::CellDifference;
use crate::{Result, Session, documents};
use assessment::exchange::{ResultFile, RubricRef, SheetFile};
use document::{Document, Enclosed, PageCode, Profile};
use formatcheck::Character;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use package::{Sha256, canonical, pdf};
use report::{FontSet, PrintedCell, Rendered};
use rubric::Rubric;
use rubric::decimal::show;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

const SHEET: &str = "sheet.json";
const RUBRIC: &str = "rubric.toml";
/// The unit's own sheet, whose marks stand beside a review's.
const OWN: &str = "self-evaluation.json";
const PRINT: &str = "print.json";
const FORMAT: u32 = 1;
/// Most differences that are listed; more is another document.
const MOST_DIFFERENCES: usize = 100;

/// `print.json`: how the pages were made, so that they can be made again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Print {
    format: u32,
    /// The program that printed it.
    program: String,
    /// The format profile.
    profile: String,
    /// Set in the fonts of one machine, or with a seal: the pages cannot be made again elsewhere.
    own_look: bool,
    /// A masked copy (脱敏), which says so on its pages.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    masked: bool,
    /// Seconds east of Greenwich, for the date of the sign-off.
    utc_offset: i32,
}

impl Print {
    /// Pages made now, in the zone that holds when the sheet was finalised.
    pub(crate) fn new(profile: &Profile, own_look: bool, opened: &Opened, zone: &TimeZone) -> Self {
        let at = Timestamp::from_second(opened.row.finalised_at.unwrap_or_default()).unwrap_or_default();
        let utc_offset = zone.to_offset(at).seconds();
        let (program, profile, masked) = (PROGRAM.to_owned(), profile.name.clone(), opened.masked);
        Self { format: FORMAT, program, profile, own_look, masked, utc_offset }
    }

    /// The zone of the pages' dates.
    pub(crate) fn zone(&self) -> Option<TimeZone> {
        Offset::from_seconds(self.utc_offset).ok().map(TimeZone::fixed)
    }
}

/// The files of a finalised sheet.
pub(crate) struct Files {
    sheet: String,
    rubric: String,
    own: Option<String>,
}

impl Session {
    /// The files that a sheet's pages carry; none for a draft.
    pub(crate) fn printed_files(&self, opened: &Opened, own: Option<&Opened>) -> Result<Option<Files>> {
        self.read(|tx| {
            let file = |of: &Opened| -> Result<Option<String>> {
                if let Some(masking) = &of.masking {
                    return Ok(Some(masking.file.clone()));
                }
                Ok(tx.current_revision(&of.row)?.map(|revision| revision.file))
            };
            let (sheet, rubric) = (file(opened)?, tx.rubric(&opened.row.assessment.rubric)?);
            let own = own.map(file).transpose()?.flatten();
            Ok(sheet.zip(rubric).map(|(sheet, rubric)| Files { sheet, rubric, own }))
        })
    }
}

/// Puts the code at the foot of the pages and the files into the document.
pub(crate) fn tie(document: &mut Document, opened: &Opened, files: &Files, print: &Print) -> Result<()> {
    let digest = Sha256::of(files.sheet.as_bytes()).to_string();
    let total = show(opened.outcome.total);
    let (first, second) = digest.split_at(digest.len() / 2);
    document.code = Some(PageCode {
        lines: ["打分表摘要 SHA-256", first, second].map(str::to_owned).into(),
        text: format!("HENGJIAN/1 SHA256:{} R{} T{total}", digest.to_uppercase(), opened.row.revision),
    });
    let print = canonical::to_vec(&serde_json::to_value(print).expect("plain data"))?;
    let file = |name: &str, media_type: &str, description: &str, bytes: Vec<u8>| Enclosed {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        description: description.to_owned(),
        bytes,
    };
    let json = "application/json";
    document.enclosed = vec![
        file(SHEET, json, "打分表的数据", files.sheet.clone().into_bytes()),
        file(RUBRIC, "application/toml", "评分所用的指标体系", files.rubric.clone().into_bytes()),
        file(PRINT, json, "页面是怎样排印的", print),
    ];
    let own = files.own.iter().map(|own| file(OWN, json, "单位自评打分表的数据", own.clone().into_bytes()));
    document.enclosed.extend(own);
    Ok(())
}

/// A score sheet that was recomputed from the data inside its PDF.
pub(crate) struct Printed {
    pub(crate) sheet: SheetFile,
    /// SHA-256 of the sheet's file, which stands at the foot of each page.
    pub(crate) digest: Sha256,
    /// Recomputed.
    pub(crate) total: String,
    /// Recomputed.
    pub(crate) grade: Option<String>,
    pub(crate) differences: Vec<CellDifference>,
    pub(crate) pages: Pages,
}

/// Whether the printed pages were compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pages {
    /// Page by page; what differs is among the differences.
    Compared,
    /// They carry a seal or are set in the fonts of one machine.
    OwnLook,
    /// Another version of the program printed them.
    OtherProgram,
    /// This program cannot print: its fonts are not there.
    NoFonts,
}

/// Recomputes a PDF of a score sheet. `None` when it carries no data; the text says what is wrong with data that
/// cannot be used. `signed`: what stands behind the printed pages is known to be nothing but signatures.
pub(crate) fn check(bytes: &[u8], signed: bool, fonts: &Path) -> Option<std::result::Result<Printed, String>> {
    // What is no sound PDF was judged as such.
    let files = pdf::enclosed(bytes).ok()?;
    files.contains_key(SHEET).then(|| recompute(bytes, &files, signed, fonts))
}

type Inside = BTreeMap<String, Vec<u8>>;

fn recompute(bytes: &[u8], files: &Inside, signed: bool, fonts: &Path) -> std::result::Result<Printed, String> {
    let text = |name: &str| -> std::result::Result<&str, String> {
        let bytes = files.get(name).ok_or_else(|| name.to_owned())?;
        std::str::from_utf8(bytes).map_err(|error| format!("{name}: {error}"))
    };
    let rubric = Rubric::read(text(RUBRIC)?)
        .map_err(|faults| format!("{RUBRIC}: {}", faults.first().map(ToString::to_string).unwrap_or_default()))?;
    let rubric = Arc::new(rubric);
    let read = |name: &str| -> std::result::Result<(SheetFile, Opened), String> {
        let text = text(name)?;
        let file: SheetFile = serde_json::from_str(text).map_err(|error| format!("{name}: {error}"))?;
        if file.rubric != RubricRef::from(&*rubric) {
            return Err(format!("{name}: {} {}", file.rubric.id, file.rubric.digest));
        }
        let opened = Opened::of_file(&file, Arc::clone(&rubric), &Sha256::of(text.as_bytes()).to_string());
        match opened.outcome.problems.first() {
            Some(problem) => Err(format!("{name}: {problem}")),
            None => Ok((file, opened)),
        }
    };
    let (sheet, mut opened) = read(SHEET)?;
    opened.masked = print_of(files).is_some_and(|print| print.masked);
    let own = files.contains_key(OWN).then(|| read(OWN)).transpose()?.map(|(_, own)| own);
    let recomputed = ResultFile::from(&opened.outcome);
    let mut differences = attached(&sheet.result, &recomputed);
    let (pages, printed) = compare_pages(bytes, files, signed, (&opened, own.as_ref()), fonts);
    differences.extend(printed);
    differences.truncate(MOST_DIFFERENCES);
    let digest = Sha256::of(&files[SHEET]);
    Ok(Printed { sheet, digest, total: recomputed.total, grade: recomputed.grade, differences, pages })
}

/// Where the result that stands in the data is not what follows from it.
fn attached(said: &ResultFile, follows: &ResultFile) -> Vec<CellDifference> {
    let mut found = Vec::new();
    let mut differ = |place: &str, said: Option<&String>, follows: Option<&String>| {
        if said != follows {
            let text = |value: Option<&String>| value.cloned().unwrap_or_default();
            found.push(CellDifference {
                page: None,
                place: place.to_owned(),
                printed: text(said),
                computed: text(follows),
            });
        }
    };
    differ("总分", Some(&said.total), Some(&follows.total));
    differ("等次", said.grade.as_ref(), follows.grade.as_ref());
    let parts = [
        ("指标", &said.indicators, &follows.indicators),
        ("观测点", &said.points, &follows.points),
        ("加减分", &said.adjustments, &follows.adjustments),
        ("类别", &said.categories, &follows.categories),
    ];
    for (name, said, follows) in parts {
        let codes: BTreeSet<&String> = said.keys().chain(follows.keys()).collect();
        for code in codes {
            differ(&format!("{name} {code}"), said.get(code), follows.get(code));
        }
    }
    found
}

fn print_of(files: &Inside) -> Option<Print> {
    files.get(PRINT).and_then(|bytes| serde_json::from_slice(bytes).ok())
}

/// Prints the pages anew and compares them.
fn compare_pages(
    bytes: &[u8],
    files: &Inside,
    signed: bool,
    (opened, own): (&Opened, Option<&Opened>),
    fonts: &Path,
) -> (Pages, Vec<CellDifference>) {
    let print = match print_of(files) {
        Some(print) if print.own_look => return (Pages::OwnLook, Vec::new()),
        Some(print) if print.format == FORMAT => print,
        _ => return (Pages::OtherProgram, Vec::new()),
    };
    let Ok(fonts) = FontSet::load(fonts) else { return (Pages::NoFonts, Vec::new()) };
    let other = print.program != PROGRAM;
    let Some(expected) = print_again(files, &print, opened, own, &fonts) else {
        return (Pages::OtherProgram, Vec::new());
    };
    let unchanged = bytes.starts_with(&expected.bytes) && (signed || bytes.len() == expected.bytes.len());
    let differences = if unchanged { Vec::new() } else { differences(&expected, bytes) };
    // Another version may set the same content otherwise.
    if other && !differences.is_empty() { (Pages::OtherProgram, Vec::new()) } else { (Pages::Compared, differences) }
}

fn print_again(
    files: &Inside,
    print: &Print,
    opened: &Opened,
    own: Option<&Opened>,
    fonts: &FontSet,
) -> Option<Rendered> {
    let text = |name: &str| String::from_utf8(files.get(name)?.clone()).ok();
    let profile = Profile::named(&print.profile).ok()?;
    let sheet = documents::score_sheet_of(opened, own, &print.zone()?);
    let mut document = sheet.document(&profile).ok()?;
    let files = Files { sheet: text(SHEET)?, rubric: text(RUBRIC)?, own: text(OWN) };
    tie(&mut document, opened, &files, print).ok()?;
    report::pdf(&document, &profile, fonts).ok()
}

/// What is printed other than it should be: by cell within tables, by line elsewhere.
fn differences(expected: &Rendered, found: &[u8]) -> Vec<CellDifference> {
    let pages = |bytes: &[u8]| formatcheck::characters(bytes).unwrap_or_default();
    let (wanted, found) = (pages(&expected.bytes), pages(found));
    let mut all = Vec::new();
    for index in 0..wanted.len().max(found.len()) {
        let none: &[Character] = &[];
        let page = |pages: &[Vec<Character>]| pages.get(index).map_or(none, Vec::as_slice).to_vec();
        let cells: Vec<&PrintedCell> = expected.cells.iter().filter(|cell| cell.page_index == index).collect();
        all.extend(page_differences(index, &cells, &page(&wanted), &page(&found)));
    }
    all
}

fn page_differences(
    index: usize,
    cells: &[&PrintedCell],
    wanted: &[Character],
    found: &[Character],
) -> Vec<CellDifference> {
    let page = u32::try_from(index + 1).ok();
    let mut all = Vec::new();
    for cell in cells {
        let (computed, printed) = (text_in(cell, wanted), text_in(cell, found));
        if computed != printed {
            let place = format!("{} {}", cell.place, cell.column).trim_end().to_owned();
            all.push(CellDifference { page, place, printed, computed });
        }
    }
    let outside = |characters: &[Character]| -> Vec<Character> {
        characters.iter().filter(|c| !cells.iter().any(|cell| is_in(cell, c))).cloned().collect()
    };
    let (wanted, found) = (lines(&outside(wanted)), lines(&outside(found)));
    let heights: BTreeSet<&i64> = wanted.keys().chain(found.keys()).collect();
    for height in heights.into_iter().rev() {
        let line = |lines: &BTreeMap<i64, String>| lines.get(height).cloned().unwrap_or_default();
        let (computed, printed) = (line(&wanted), line(&found));
        if computed != printed {
            all.push(CellDifference { page, place: String::new(), printed, computed });
        }
    }
    all
}

fn is_in(cell: &PrintedCell, character: &Character) -> bool {
    const EDGE: f64 = 0.2;
    let across = character.x > cell.left - EDGE && character.x < cell.right - EDGE;
    across && character.y > cell.bottom && character.y < cell.top
}

/// The characters of a cell in reading order.
fn text_in(cell: &PrintedCell, page: &[Character]) -> String {
    let inside: Vec<Character> = page.iter().filter(|character| is_in(cell, character)).cloned().collect();
    lines(&inside).into_values().rev().collect()
}

/// The lines of a page by their heights in tenths of a point.
fn lines(characters: &[Character]) -> BTreeMap<i64, String> {
    #[expect(clippy::cast_possible_truncation, reason = "a page is a few hundred points high")]
    let height = |character: &Character| (character.y * 10.0).round() as i64;
    let mut lines: BTreeMap<i64, Vec<&Character>> = BTreeMap::new();
    for character in characters.iter().filter(|character| !character.text.is_whitespace()) {
        lines.entry(height(character)).or_default().push(character);
    }
    let text = |mut line: Vec<&Character>| -> String {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
        line.iter().map(|character| character.text).collect()
    };
    lines.into_iter().map(|(height, line)| (height, text(line))).collect()
}
