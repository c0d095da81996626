//! What a person should look at in the catalogue: what is asked for and lacking, what lies outside of the period, what
//! stands there twice. It keeps nobody from anything.

use crate::Language;
use crate::problem::{Failure, word};
use crate::view::{DetailView, EvidenceHint, EvidenceMedium, MediumView};
use assessment::Medium;
use assessment::evidence::{DetailValue, MEDIA, detail, is_picture, lacking, year_of};
use serde::Serialize;
use std::collections::BTreeMap;
use store::EvidenceRow;

/// A hint that people read; its texts stand in `messages/hint.toml`.
#[derive(Debug, Serialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Hint {
    /// What is asked for is not there.
    Lacking { fields: String },
    /// Its time lies outside of the assessment's period.
    OutsidePeriod { date: String, from: i32, to: i32 },
    /// Another piece has the same content.
    SameContent { places: String },
    /// Another piece has the same name and another content.
    SameName { places: String },
}

impl Hint {
    fn view(&self, language: Language, fields: Vec<String>, others: Vec<String>) -> EvidenceHint {
        let text = Failure::of("hint", self).problem(language).what;
        EvidenceHint { code: <&str>::from(self).to_owned(), text, fields, others }
    }
}

/// The hints of each piece, in the order of the pieces. `period`: the first and last year, where there is one.
pub(crate) fn hints(rows: &[EvidenceRow], period: Option<(i32, i32)>, language: Language) -> Vec<Vec<EvidenceHint>> {
    let alike = Alike::of(rows);
    let of = |row: &EvidenceRow| {
        let parts = [lacks(row, language), outside(row, period, language)];
        parts.into_iter().flatten().chain(alike.hints(row, language)).collect()
    };
    rows.iter().map(of).collect()
}

fn lacks(row: &EvidenceRow, language: Language) -> Option<EvidenceHint> {
    let fields = &row.fields;
    let keys = lacking(&fields.date, fields.kind, fields.medium, &fields.details, is_picture(&row.extension));
    if keys.is_empty() {
        return None;
    }
    let rule = fields.medium.map(Medium::rule);
    let name = |key: &&str| {
        let own = rule.and_then(|rule| rule.details.iter().find(|detail| detail.key == *key)).or_else(|| detail(key));
        own.map_or_else(|| word(&format!("word.evidence-{key}"), language), |d| said(language, d.zh, d.en))
    };
    let joint = said(language, "、", ", ");
    let names = keys.iter().map(name).collect::<Vec<_>>().join(&joint);
    Some(Hint::Lacking { fields: names }.view(language, keys.into_iter().map(str::to_owned).collect(), Vec::new()))
}

fn outside(row: &EvidenceRow, period: Option<(i32, i32)>, language: Language) -> Option<EvidenceHint> {
    let (from, to) = period?;
    let time = row.fields.details.get("time").filter(|_| row.fields.medium.is_some());
    let dates = [Some(&row.fields.date), time].into_iter().flatten();
    let date = dates.into_iter().find(|date| year_of(date).is_some_and(|year| !(from..=to).contains(&year)))?;
    Some(Hint::OutsidePeriod { date: date.clone(), from, to }.view(language, Vec::new(), Vec::new()))
}

/// Pieces by what they could be taken for.
struct Alike<'a> {
    by_content: BTreeMap<&'a str, Vec<&'a EvidenceRow>>,
    by_name: BTreeMap<&'a str, Vec<&'a EvidenceRow>>,
}

impl<'a> Alike<'a> {
    fn of(rows: &'a [EvidenceRow]) -> Self {
        let mut alike = Self { by_content: BTreeMap::new(), by_name: BTreeMap::new() };
        for row in rows {
            alike.by_content.entry(&row.sha256).or_default().push(row);
            alike.by_name.entry(&row.fields.name).or_default().push(row);
        }
        alike
    }

    fn hints(&self, row: &EvidenceRow, language: Language) -> Vec<EvidenceHint> {
        let others = |pieces: Option<&Vec<&'a EvidenceRow>>, same_content: bool| -> Vec<&'a EvidenceRow> {
            let other = |piece: &&&EvidenceRow| piece.id != row.id && (piece.sha256 == row.sha256) == same_content;
            pieces.into_iter().flatten().filter(other).copied().collect()
        };
        let same_content = others(self.by_content.get(row.sha256.as_str()), true);
        let same_name = others(self.by_name.get(row.fields.name.as_str()), false);
        let ids = |pieces: &[&EvidenceRow]| pieces.iter().map(|piece| piece.id.clone()).collect();
        let mut found = Vec::new();
        if !same_content.is_empty() {
            let hint = Hint::SameContent { places: places(&same_content, language) };
            found.push(hint.view(language, Vec::new(), ids(&same_content)));
        }
        if !same_name.is_empty() {
            let hint = Hint::SameName { places: places(&same_name, language) };
            found.push(hint.view(language, Vec::new(), ids(&same_name)));
        }
        found
    }
}

/// Where pieces stand: “name” (codes).
fn places(pieces: &[&EvidenceRow], language: Language) -> String {
    const SHOWN: usize = 3;
    let place = |piece: &&EvidenceRow| match language {
        Language::Zh => format!("“{}”（{}）", piece.fields.name, piece.points.join("、")),
        Language::En => format!("“{}” ({})", piece.fields.name, piece.points.join(", ")),
    };
    let more = pieces.len().saturating_sub(SHOWN);
    let shown = pieces.iter().take(SHOWN).map(place).collect::<Vec<_>>().join(&said(language, "、", ", "));
    match (more, language) {
        (0, _) => shown,
        (_, Language::Zh) => format!("{shown}等 {} 件", pieces.len()),
        (_, Language::En) => format!("{shown} and {more} more"),
    }
}

fn said(language: Language, zh: &str, en: &str) -> String {
    language.say(zh, en).to_owned()
}

/// What 附件5 asks of each medium, for the faces.
pub(crate) fn media(language: Language) -> Vec<MediumView> {
    let detail = |detail: &assessment::evidence::Detail| DetailView {
        key: detail.key.to_owned(),
        name: said(language, detail.zh, detail.en),
        asked: detail.asked,
        example: match detail.value {
            DetailValue::Text => String::new(),
            DetailValue::Time => "2021-10-15 09:32".to_owned(),
            DetailValue::Minutes => "45".to_owned(),
        },
    };
    let view = |rule: &assessment::evidence::MediumRule| MediumView {
        medium: rule.medium.into(),
        name: said(language, rule.zh, rule.en),
        sentence: rule.sentence.to_owned(),
        details: rule.details.iter().map(detail).collect(),
    };
    MEDIA.iter().map(view).collect()
}

impl From<Medium> for EvidenceMedium {
    fn from(medium: Medium) -> Self {
        match medium {
            Medium::Document => Self::Document,
            Medium::Photograph => Self::Photograph,
            Medium::Certificate => Self::Certificate,
            Medium::Recording => Self::Recording,
            Medium::Object => Self::Object,
        }
    }
}
