//! The form that the source of a rubric prints its score sheet in: its columns, as data in `assets/forms`.

use rubric::Rubric;
use rubric::model::{Modality, Point, Rule};
use serde::Deserialize;

/// Forms by rubric.
const FORMS: &[(&str, &str)] = &[
    ("oucsx-2021", include_str!("../../../../assets/forms/oucsx-2021.toml")),
    ("coal-2021", include_str!("../../../../assets/forms/coal-2021.toml")),
    ("urumqi-base", include_str!("../../../../assets/forms/urumqi-base.toml")),
    ("platform-2024", include_str!("../../../../assets/forms/platform-2024.toml")),
    ("resource-2024", include_str!("../../../../assets/forms/resource-2024.toml")),
    ("gbt38856-2020", include_str!("../../../../assets/forms/gbt38856-2020.toml")),
];

/// How the source of a rubric prints its score sheet; what is left out is as in 附件3.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Form {
    /// Heads of the columns of indicators.
    pub levels: Vec<String>,
    /// Columns between indicators and text.
    pub before: Vec<Column>,
    /// Head of the text's column.
    pub text: String,
    /// Columns between text and scores.
    pub after: Vec<Column>,
    /// Head of the score column; 自评得分 and so on when it is left out.
    pub score: Option<String>,
    /// Heads of the columns for 自评 and 复评, where the source prints both.
    pub scores: Option<[String; 2]>,
    /// The row of the sum before adjustments, where the source prints one.
    pub sum: Option<String>,
    /// Adjustments have codes and columns like indicators.
    pub adjustments_are_indicators: bool,
    /// What the evidence catalogue's title ends with.
    pub catalogue: Option<String>,
}

/// A column of a form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Column {
    pub title: String,
    pub holds: Holds,
}

/// What a column shows of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Holds {
    Code,
    Title,
    /// The title with the number that its code ends with.
    NumberedTitle,
    /// The lines of the text behind the first, which say how to score.
    Rule,
    Method,
    Category,
    Max,
    Modality,
}

impl Form {
    /// The form of a rubric, or of the rubric that it was derived from; as in 附件3 where none is known.
    pub fn of(rubric: &Rubric) -> Form {
        let id = rubric.parent.as_ref().map_or(&rubric.id, |parent| &parent.id);
        let text = FORMS.iter().find(|(known, _)| known == id);
        text.map(|(_, text)| toml::from_str(text).expect("forms are part of the program and tested"))
            .unwrap_or_default()
    }

    /// Whether some column shows this, so that the text leaves it out.
    pub fn shows(&self, holds: &[Holds]) -> bool {
        self.before.iter().chain(&self.after).any(|column| holds.contains(&column.holds))
    }
}

impl Holds {
    /// What the column shows of a point.
    pub fn of(self, point: &Point) -> String {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        match self {
            Self::Code => point.code.clone(),
            Self::Title => point.title.clone(),
            Self::NumberedTitle => {
                let number = point.code.rsplit_once('-').and_then(|(_, number)| number.parse::<u32>().ok());
                number.map_or_else(|| point.title.clone(), |number| format!("{number}.{}", point.title))
            }
            Self::Rule => below_first_line(&point.text).to_owned(),
            Self::Method => text(&point.method),
            Self::Category => text(&point.category),
            Self::Max => rubric::decimal::show(point.max),
            Self::Modality => modality(point).unwrap_or_default().to_owned(),
        }
    }
}

/// What a clause of a checklist demands, in a word.
pub(super) fn modality(point: &Point) -> Option<&'static str> {
    point.parts.iter().find_map(|part| match part.rule {
        Rule::Conform { modality: Modality::Shall, .. } => Some("应"),
        Rule::Conform { modality: Modality::May, .. } => Some("可"),
        Rule::Conform { modality: Modality::Statement, .. } => Some("陈述"),
        Rule::Conform { modality: Modality::Duty, .. } => Some("职责"),
        _ => None,
    })
}

pub(super) fn first_line(text: &str) -> &str {
    text.split_once('\n').map_or(text, |(first, _)| first)
}

pub(super) fn below_first_line(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rubrics::shipped;

    #[test]
    fn every_shipped_rubric_has_a_form_that_fits_it() {
        for loaded in shipped() {
            let rubric = &loaded.rubric;
            assert!(FORMS.iter().any(|(id, _)| *id == rubric.id), "{}", rubric.id);
            let form = Form::of(rubric);
            let deepest = rubric.indicators.iter().map(|i| i.level).max().unwrap();
            assert!(form.levels.is_empty() || form.levels.len() == deepest as usize, "{}", rubric.id);
            for (_, point) in rubric.points() {
                for column in form.before.iter().chain(&form.after).filter(|c| c.holds != Holds::Rule) {
                    let shown = column.holds.of(point);
                    assert!(!shown.is_empty(), "{} {} {}", rubric.id, point.code, column.title);
                }
            }
        }
    }
}
