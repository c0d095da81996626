//! What a package holds, read into its types and checked against itself: before anything of it is shown as valid.

use crate::create::NAME_MAXIMUM;
use crate::evidence::TEXT_MAXIMUM;
use crate::problem::Failure;
use crate::rectification::exchange;
use crate::refusal::Refusal;
use crate::{Result, marks, world};
use assessment::exchange::{
    EvidenceEntry, EvidenceFile, EvidenceScope, FORMAT, HistoryRef, PackageFile, RubricRef, SheetFile,
};
use assessment::mask::RULES;
use assessment::rectification::ListFile;
use assessment::{EvidenceDate, Stage, evidence, sheet};
use package::Sha256;
use package::verify::Verified;
use rubric::{PartFinding, Rubric};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use store::{MAX_EVIDENCE_BYTES, files};

/// Most revisions of one sheet; more is no person's work.
const REVISION_MAXIMUM: u32 = 10_000;

/// A package whose files fit together.
pub(crate) struct Content {
    pub package: PackageFile,
    pub rubric: Arc<Rubric>,
    /// The rubric's file, byte for byte.
    pub rubric_text: String,
    pub sheets: Vec<SheetFile>,
    pub evidence: EvidenceFile,
    /// Where there is one.
    pub problems: Option<ListFile>,
}

/// Rubrics that packages brought, each read once.
#[derive(Default)]
pub(crate) struct Rubrics(Mutex<BTreeMap<Sha256, Arc<Rubric>>>);

/// Most rubrics that are held; a hostile sender shall not fill the memory with thousands.
const RUBRICS_HELD: usize = 32;

impl Rubrics {
    /// The rubric of a text.
    pub fn read(&self, text: &str) -> Checked<Arc<Rubric>> {
        let digest = Sha256::of(text.as_bytes());
        let held = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rubric) = held().get(&digest) {
            return Ok(Arc::clone(rubric));
        }
        let read = Rubric::read(text).map_err(|faults| {
            format!("rubric.toml: {}", faults.first().map(ToString::to_string).unwrap_or_default())
        })?;
        let (rubric, mut held) = (Arc::new(read), held());
        if held.len() >= RUBRICS_HELD {
            held.clear();
        }
        held.insert(digest, Arc::clone(&rubric));
        Ok(rubric)
    }
}

/// Reads and checks a package whose bytes were verified.
///
/// # Errors
/// The first thing that does not fit, with the file that it stands in.
pub(crate) fn read(path: &Path, verified: &Verified, rubrics: &Rubrics) -> Result<Content> {
    content(verified, rubrics)
        .map_err(|detail| Failure::from(Refusal::BadPackage { path: path.display().to_string(), detail }))
}

pub(crate) type Checked<T> = std::result::Result<T, String>;

fn content(verified: &Verified, rubrics: &Rubrics) -> Checked<Content> {
    let at = |file: &'static str| move |error: serde_json::Error| format!("{file}: {error}");
    let package: PackageFile = serde_json::from_value(verified.package().clone()).map_err(at("package.json"))?;
    let evidence: EvidenceFile = serde_json::from_value(verified.catalogue().clone()).map_err(at("evidence.json"))?;
    let rubric_text = String::from_utf8(verified.rubric().to_vec()).map_err(|error| format!("rubric.toml: {error}"))?;
    let rubric = rubrics.read(&rubric_text)?;
    if package.format != FORMAT || package.rubric != RubricRef::from(&*rubric) {
        return Err(format!("package.json: rubric {} {}", package.rubric.id, package.rubric.digest));
    }
    if package.masked.is_some_and(|masked| masked.rules != RULES || package.history.is_some()) {
        return Err("package.json: masked".to_owned());
    }
    if package.history.as_ref().is_some_and(|history| !is_head(history)) {
        return Err("package.json: history".to_owned());
    }
    let sheets = sheets(verified, &package, &rubric)?;
    check_catalogue(verified, &package, &evidence, &rubric)?;
    check_experts(&sheets, &evidence)?;
    let problems = verified.problems().map(|value| exchange::read(value, is_id)).transpose();
    let problems = problems.map_err(|detail| format!("problems.json {detail}"))?;
    Ok(Content { package, rubric, rubric_text, sheets, evidence, problems })
}

/// An identifier as this program makes them: 32 lower-case hexadecimal digits.
pub(crate) fn is_id(id: &str) -> bool {
    id.len() == 32 && is_hex(id)
}

/// A place of a history as this program writes them.
pub(crate) fn is_head(history: &HistoryRef) -> bool {
    history.rows > 0 && history.head.len() == 64 && is_hex(&history.head)
}

pub(crate) fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn sheets(verified: &Verified, package: &PackageFile, rubric: &Rubric) -> Checked<Vec<SheetFile>> {
    if package.sheets.len() != verified.sheets().len() {
        return Err(format!("package.json: {} sheets, {} files", package.sheets.len(), verified.sheets().len()));
    }
    let mut sheets = Vec::new();
    for reference in &package.sheets {
        let name = format!("sheets/{}.json", reference.id);
        let bytes = verified.sheets().get(&reference.id).ok_or_else(|| name.clone())?;
        if Sha256::of(bytes).to_string() != reference.digest {
            return Err(format!("{name}: digest {}", reference.digest));
        }
        let sheet: SheetFile = serde_json::from_slice(bytes).map_err(|error| format!("{name}: {error}"))?;
        let fits = sheet.id == reference.id && sheet.revision == reference.revision;
        if !fits || sheet.unit != package.unit || sheet.year != package.year {
            return Err(format!("{name}: {} r{} {} {}", sheet.id, sheet.revision, sheet.unit, sheet.year));
        }
        check_sheet(&sheet, rubric, package.masked.is_some()).map_err(|detail| format!("{name}: {detail}"))?;
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// The same rules that a person's own entries must keep.
pub(crate) fn check_sheet(file: &SheetFile, rubric: &Rubric, masked: bool) -> Checked<()> {
    let outcome = file.check(rubric).map_err(|error| error.to_string())?;
    sheet::require_complete(&outcome).map_err(|error| error.to_string())?;
    sheet::year(file.year).map_err(|error| error.to_string())?;
    if !is_id(&file.id) || !(1..=REVISION_MAXIMUM).contains(&file.revision) {
        return Err(format!("id {} revision {}", file.id, file.revision));
    }
    for name in [&file.unit, &file.assessor, &file.organisation] {
        same(name, sheet::name("name", name, NAME_MAXIMUM))?;
    }
    if world::seconds(&file.finalised_at).is_none() {
        return Err(format!("finalised_at {}", file.finalised_at));
    }
    let follows = file.revision > 1;
    let previous = file.previous.as_deref().map(|digest| digest.len() == 64 && is_hex(digest));
    // A masked copy names no file by whose digest a guess of a hidden name could be tested.
    let named = if masked { previous.is_none() && file.changes.is_none() } else { previous == follows.then_some(true) };
    if file.reason.is_some() != follows || !named {
        return Err(format!("revision {} previous {:?}", file.revision, file.previous.as_deref().unwrap_or_default()));
    }
    for (code, remark) in &file.remarks {
        let entry = marks::remark_entry(rubric, code, remark);
        if entry.map(|entry| entry.value).ok().flatten().as_deref() != Some(remark) {
            return Err(format!("remarks.{code}"));
        }
    }
    check_texts(file)?;
    check_changes(file)?;
    match file.doubts.iter().find(|code| rubric.point(code).is_none()) {
        Some(code) => Err(format!("doubts {code}")),
        None => Ok(()),
    }
}

/// Most entries that a revision can have otherwise than an earlier one.
const CHANGES_MAXIMUM: usize = 10_000;
/// Longest value of one of them, in bytes of UTF-8.
const CHANGE_MAXIMUM: usize = 1 << 20;

/// Longest description of how a table gave a figure, in characters.
const SOURCE_MAXIMUM: usize = 2000;

/// Titles of achievements and descriptions of tables, which traces print.
fn check_texts(file: &SheetFile) -> Checked<()> {
    for (code, finding) in file.findings.iter().flat_map(|(code, parts)| parts.values().map(move |f| (code, f))) {
        if let PartFinding::Entries(entries) = finding {
            for entry in entries {
                let kept = marks::entry_title(code, &entry.title).ok();
                if kept.as_deref() != Some(entry.title.as_str()) {
                    return Err(format!("findings.{code}"));
                }
            }
        }
    }
    let figures = file.quantities.iter().flat_map(|(code, figures)| figures.values().map(move |f| (code, f)));
    for (code, figure) in figures {
        let source = figure.source.as_deref().unwrap_or_default();
        if source.chars().count() > SOURCE_MAXIMUM || source.chars().any(char::is_control) {
            return Err(format!("quantities.{code}"));
        }
    }
    Ok(())
}

/// What a revision says of the one before; what it has now is compared with the sheet itself.
fn check_changes(file: &SheetFile) -> Checked<()> {
    let Some(changes) = &file.changes else { return Ok(()) };
    let unfit =
        |text: &str| text.len() > CHANGE_MAXIMUM || text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
    let digest = changes.digest.len() == 64 && is_hex(&changes.digest);
    if !digest || changes.entries.len() > CHANGES_MAXIMUM || rubric::decimal::parse(&changes.total).is_none() {
        return Err(format!("changes since {}", changes.since));
    }
    match changes.entries.iter().find(|entry| unfit(&entry.code) || entry.old.as_deref().is_some_and(unfit)) {
        Some(entry) => Err(format!("changes {} {}", entry.kind, entry.code)),
        None => Ok(()),
    }
}

/// A text that its rule leaves as it is.
fn same(text: &str, kept: std::result::Result<String, assessment::Error>) -> Checked<()> {
    if kept.as_deref() == Ok(text) { Ok(()) } else { Err(text.to_owned()) }
}

fn check_catalogue(verified: &Verified, package: &PackageFile, file: &EvidenceFile, rubric: &Rubric) -> Checked<()> {
    if verified.evidence_left_out() != (package.evidence == EvidenceScope::LeftOut) || file.format != FORMAT {
        return Err("evidence.json".to_owned());
    }
    let inside: BTreeSet<Listed> =
        verified.evidence().map(|e| (e.sha256.to_string(), e.extension.clone(), e.size)).collect();
    let listed = check_items(file, rubric)?;
    let missing = listed.iter().find(|(_, entry)| !verified.evidence_left_out() && !inside.contains(entry));
    missing.map_or(Ok(()), |(id, _)| Err(format!("evidence.json {id}")))
}

/// Digest, extension and size of a file.
type Listed = (String, String, u64);

/// Checks every piece by itself; gives the file of each.
fn check_items<'f>(file: &'f EvidenceFile, rubric: &Rubric) -> Checked<BTreeMap<&'f str, Listed>> {
    let mut listed = BTreeMap::new();
    for item in &file.items {
        let size = check_item(item, rubric).map_err(|detail| format!("evidence.json {}: {detail}", item.id))?;
        let entry = (item.sha256.clone(), item.extension.clone(), size);
        if listed.insert(item.id.as_str(), entry).is_some() {
            return Err(format!("evidence.json {}", item.id));
        }
    }
    Ok(listed)
}

/// Checks what a merged record has of a package, beyond what its reader checked: sheets of one unit and year, and the
/// catalogue.
pub(crate) fn check_piece(
    package: &PackageFile,
    sheets: &[SheetFile],
    file: &EvidenceFile,
    rubric: &Rubric,
) -> Checked<()> {
    let other = sheets.iter().find(|sheet| sheet.unit != package.unit || sheet.year != package.year);
    if let Some(sheet) = other {
        return Err(format!("sheets/{}.json: {} {}", sheet.id, sheet.unit, sheet.year));
    }
    if file.format != FORMAT {
        return Err("evidence.json".to_owned());
    }
    check_items(file, rubric)?;
    check_experts(sheets, file)
}

/// Verdicts are on pieces of the catalogue that are the unit's; what experts brought came with a sheet inside.
fn check_experts(sheets: &[SheetFile], file: &EvidenceFile) -> Checked<()> {
    let of_unit: BTreeSet<&String> =
        file.items.iter().filter(|item| item.origin.is_none()).map(|item| &item.id).collect();
    for sheet in sheets {
        if let Some(id) = sheet.verdicts.keys().find(|id| !of_unit.contains(id)) {
            return Err(format!("sheets/{}.json: verdicts.{id}", sheet.id));
        }
    }
    let experts: BTreeSet<&String> =
        sheets.iter().filter(|sheet| sheet.stage != Stage::SelfEvaluation).map(|sheet| &sheet.id).collect();
    let stray = |item: &&EvidenceEntry| item.origin.as_ref().is_some_and(|origin| !experts.contains(&origin.sheet));
    match file.items.iter().find(stray) {
        Some(item) => Err(format!("evidence.json {}: origin", item.id)),
        None => Ok(()),
    }
}

fn check_item(item: &EvidenceEntry, rubric: &Rubric) -> Checked<u64> {
    let size = item.size.parse().ok().filter(|size| (1..=MAX_EVIDENCE_BYTES).contains(size));
    let size = size.ok_or_else(|| format!("size {}", item.size))?;
    same(&item.name, sheet::name("name", &item.name, TEXT_MAXIMUM))?;
    if !item.note.is_empty() {
        same(&item.note, sheet::name("note", &item.note, TEXT_MAXIMUM))?;
    }
    let date = EvidenceDate::read(&item.date).map_err(|error| error.to_string())?;
    if date.as_ref().map_or("", EvidenceDate::as_str) != item.date {
        return Err(format!("date {}", item.date));
    }
    for (key, text) in &item.details {
        same(text, evidence::read_detail(key, text))?;
    }
    for (code, page) in &item.pages {
        same(page, evidence::read_page(page))?;
        if page.is_empty() || !item.points.contains(code) {
            return Err(format!("pages {code}"));
        }
    }
    let unfit = |c: char| c.is_control() || c == '/' || c == '\\';
    let plain_name = !item.file_name.is_empty() && item.file_name.chars().count() <= 255;
    if !is_id(&item.id) || !plain_name || item.file_name.contains(unfit) {
        return Err(format!("file_name {}", item.file_name));
    }
    let named = files::extension(&format!("x.{}", item.extension)) == item.extension;
    if !named || item.sha256.len() != 64 || !is_hex(&item.sha256) {
        return Err(format!("{}.{}", item.sha256, item.extension));
    }
    match item.points.iter().find(|code| rubric.point(code).is_none()) {
        Some(code) => Err(format!("points {code}")),
        None => Ok(size),
    }
}
