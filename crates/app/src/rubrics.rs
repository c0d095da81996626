//! The rubrics that ship with the program, and those that come as files.

mod document;
mod show;

pub use document::{
    GradeConditionDocument, IndicatorDocument, LimitDocument, PointDocument, RubricDocument, VetoDocument, document,
};
pub use show::{label, view};

use crate::Result;
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::RubricSummary;
use rubric::decimal;
use rubric::model::Shape;
use rubric::{ReadError, Rubric};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The files that ship.
const SHIPPED: &[(&str, &str)] = &[
    ("oucsx-2021", include_str!("../../../rubrics/oucsx-2021.toml")),
    ("coal-2021", include_str!("../../../rubrics/coal-2021.toml")),
    ("urumqi-base", include_str!("../../../rubrics/urumqi-base.toml")),
    ("platform-2024", include_str!("../../../rubrics/platform-2024.toml")),
    ("resource-2024", include_str!("../../../rubrics/resource-2024.toml")),
    ("gbt38856-2020", include_str!("../../../rubrics/gbt38856-2020.toml")),
];

/// A rubric with the text of its file.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The rubric.
    pub rubric: Arc<Rubric>,
    /// Its file, byte for byte.
    pub text: Arc<str>,
}

/// The rubrics that ship, in their order.
pub fn shipped() -> &'static [Loaded] {
    static ALL: OnceLock<Vec<Loaded>> = OnceLock::new();
    ALL.get_or_init(|| {
        let load = |(id, text): &(&str, &str)| {
            let rubric = Rubric::read(text).unwrap_or_else(|faults| panic!("{id}: {faults:?}"));
            Loaded { rubric: Arc::new(rubric), text: Arc::from(*text) }
        };
        SHIPPED.iter().map(load).collect()
    })
}

/// The rubric with this digest, if it ships.
pub(crate) fn shipped_as(digest: &str) -> Option<&'static Loaded> {
    shipped().iter().find(|loaded| loaded.rubric.digest.as_str() == digest)
}

/// A rubric by its id, or from a file by its path.
///
/// # Errors
/// Unknown, unreadable, or faulty (the first fault, with its line).
pub fn load(id_or_path: &str) -> Result<Loaded> {
    if let Some(loaded) = shipped().iter().find(|loaded| loaded.rubric.id == id_or_path) {
        return Ok(loaded.clone());
    }
    let path = Path::new(id_or_path);
    if !path.exists() {
        let known = shipped().iter().map(|loaded| loaded.rubric.id.as_str()).collect::<Vec<_>>().join("、");
        return Err(Refusal::UnknownRubric { rubric: id_or_path.to_owned(), known }.into());
    }
    match read(read_bytes(path)?) {
        Ok(loaded) => Ok(loaded),
        Err(faults) => Err(fault(id_or_path, faults.first().expect("a refused file has a fault"))),
    }
}

fn read(bytes: Vec<u8>) -> std::result::Result<Loaded, Vec<ReadError>> {
    let text = Rubric::text(bytes).map_err(|error| vec![error])?;
    Ok(Loaded { rubric: Arc::new(Rubric::read(&text)?), text: Arc::from(text) })
}

/// All faults of a rubric file; empty when it is good.
///
/// # Errors
/// When the file cannot be read from the disk.
pub fn check(path: &str) -> Result<Vec<Failure>> {
    if shipped().iter().any(|loaded| loaded.rubric.id == path) {
        return Ok(Vec::new()); // it would not have been loaded otherwise
    }
    let faults = read(read_bytes(Path::new(path))?).err().unwrap_or_default();
    Ok(faults.iter().map(|error| fault(path, error)).collect())
}

/// The value that a rubric's printed table gives for a quantity, such as 课程学时 for a length of 31 minutes.
///
/// # Errors
/// Unknown rubric or table; a quantity that is not a number above zero.
pub fn convert(rubric: &Rubric, name: &str, quantity: &str) -> Result<String> {
    let known = || rubric.conversions.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join("、");
    let conversion = rubric.conversions.iter().find(|conversion| conversion.name == name);
    let conversion = conversion.ok_or_else(|| Refusal::UnknownConversion {
        name: name.to_owned(),
        rubric: rubric.id.clone(),
        known: known(),
    })?;
    let value = decimal::parse(quantity.trim()).and_then(|quantity| conversion.value(quantity));
    let refused = || Refusal::NotConverted {
        name: name.to_owned(),
        found: quantity.trim().to_owned(),
        of: conversion.of.clone(),
        sentence: conversion.sentence.clone(),
    };
    Ok(value.map(decimal::show).ok_or_else(refused)?)
}

/// Reads no more of a rubric file than shows that it is too large.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    read_at_most(path, Rubric::MOST_BYTES)
}

/// Reads no more of a file than shows that it is larger than `most` bytes.
pub(crate) fn read_at_most(path: &Path, most: usize) -> Result<Vec<u8>> {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(|error| Refusal::FileUnreadable { path: path.display().to_string(), detail: error.to_string() })?;
    Ok(bytes)
}

/// A fault of a file, with its name.
pub(crate) fn fault(file: &str, error: &ReadError) -> Failure {
    Failure::of("rubric", &error.fault).with("file", file).with("line", error.line)
}

/// Rubrics that were read in this session, by digest.
#[derive(Default)]
pub struct Library {
    read: BTreeMap<String, Arc<Rubric>>,
}

impl Library {
    /// A rubric that ships or was read before.
    pub(crate) fn by_digest(&self, digest: &str) -> Option<Arc<Rubric>> {
        shipped_as(digest).map(|loaded| &loaded.rubric).or_else(|| self.read.get(digest)).cloned()
    }

    /// Reads a rubric that was kept with an assessment.
    pub(crate) fn add(&mut self, text: &str, digest: &str) -> Result<Arc<Rubric>> {
        let read = Rubric::read(text).map_err(|faults| match faults.first() {
            Some(error) => fault(digest, error),
            None => Refusal::Defect { detail: digest.to_owned() }.into(),
        })?;
        let rubric = Arc::new(read);
        self.read.insert(digest.to_owned(), Arc::clone(&rubric));
        Ok(rubric)
    }
}

/// A rubric in one line.
#[must_use]
pub fn summary(rubric: &Rubric) -> RubricSummary {
    let levels = rubric.indicators.iter().map(|i| i.level).max().unwrap_or_default();
    let count = |level| u32::try_from(rubric.level(level).count()).unwrap_or(u32::MAX);
    let source = &rubric.source;
    let parts = [Some(&source.document), source.issuer.as_ref(), source.number.as_ref(), source.date.as_ref()];
    RubricSummary {
        id: rubric.id.clone(),
        edition: rubric.edition.clone(),
        title: rubric.title.clone(),
        title_en: rubric.title_en.clone(),
        digest: rubric.digest.as_str().to_owned(),
        total: decimal::show(rubric.total),
        step: decimal::show(rubric.step),
        indicators: (1..=levels).map(count).collect(),
        points: u32::try_from(rubric.points().count()).unwrap_or(u32::MAX),
        source: parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" "),
        checklist: rubric.shape == Shape::Checklist,
        parent: rubric.parent.as_ref().map(|parent| format!("{} {}", parent.id, parent.edition)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use serde_json::json;

    #[test]
    fn the_document_tells_what_decides_the_conclusion() {
        let rubric = &shipped()[0].rubric;
        let document = serde_json::to_value(document(rubric, Language::Zh)).unwrap();
        assert_eq!(document["title_en"], rubric.title_en);
        assert_eq!(document["step_sentence"], json!(rubric.step_sentence));
        let condition = &rubric.grade_conditions[0];
        assert_eq!(
            document["grade_conditions"],
            json!([{
                "level": 2, "below": "60", "fewer_than": 7, "grades": ["优秀", "良好", "合格"],
                "otherwise": "限期整改", "sentence": condition.sentence,
            }])
        );
        let vetoes = document["vetoes"].as_array().unwrap();
        assert_eq!(vetoes.len(), rubric.vetoes.len());
        let veto = &rubric.vetoes[0];
        let expected = json!({ "indicator": "1", "below": "60", "conclusion": "限期整改", "sentence": veto.sentence });
        assert_eq!(vetoes[0], expected);
    }

    #[test]
    fn a_file_that_is_no_text_or_too_large_is_told_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("表.toml");
        let name = path.to_str().unwrap();
        let told = |code: &str| {
            let loaded = load(name).unwrap_err();
            assert_eq!(check(name).unwrap(), std::slice::from_ref(&loaded));
            assert_eq!(loaded.code(), code);
            loaded.problem(Language::Zh)
        };
        std::fs::write(&path, b"format = 1\ntitle = \"\xd0\xa1\xb1\xed\"\n").unwrap();
        let problem = told("rubric.not-utf8");
        assert!(problem.what.contains("UTF-8") && problem.place.contains("第 2 行"), "{problem}");
        std::fs::write(&path, vec![b'#'; Rubric::MOST_BYTES + 1]).unwrap();
        assert!(told("rubric.too-large").what.contains("2 MB"));
    }
}
