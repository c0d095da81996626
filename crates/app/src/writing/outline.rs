//! What can be written for an assessment: 指标任务综述 (附件7) and 自评报告 (附件8), with the source's own guidance.

use document::heading_number;
use rubric::Rubric;
use rubric::model::Indicator;
use serde::Deserialize;
use std::sync::OnceLock;

/// Place of the self-evaluation report.
pub(crate) const REPORT: &str = "report";

/// A document that is written.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// [`REPORT`], or `summary:` and the indicator's code.
    pub place: String,
    /// The indicator of a summary.
    pub indicator: Option<(String, u32)>,
    /// As printed: 自评报告, or the indicator's title and 指标任务综述.
    pub title: String,
    /// As the outline has it: 自评报告, or the indicator's title.
    pub name: String,
    pub guidance: Vec<String>,
    /// Most 字数 (附件7 之四).
    pub limit: Option<u32>,
    pub texts: Vec<Text>,
}

/// One text of a document.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub part: String,
    pub title: String,
    /// Headings that begin here, with their numbers and levels.
    pub headings: Vec<(u32, String)>,
    pub guidance: Vec<String>,
    /// Codes of the lowest-level indicators that it is about.
    pub indicators: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    summary: SummaryRules,
    report: ReportRules,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SummaryRules {
    title: String,
    guidance: Vec<String>,
    level: Vec<LevelRules>,
    part: Vec<PartRules>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelRules {
    level: u32,
    limit: u32,
    guidance: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartRules {
    part: String,
    title: String,
    guidance: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportRules {
    title: String,
    guidance: Vec<String>,
    organisation: ChapterRules,
    overall: ChapterRules,
    indicator: IndicatorRules,
    advice: ChapterRules,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChapterRules {
    heading: String,
    title: String,
    guidance: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorRules {
    guidance: Vec<String>,
}

/// The rules for a rubric, or for the rubric that it was derived from.
fn rules(rubric: &Rubric) -> &'static Rules {
    static OWN: OnceLock<Rules> = OnceLock::new();
    static OTHER: OnceLock<Rules> = OnceLock::new();
    let read = |text| toml::from_str(text).expect("the rules of writing are part of the program and tested");
    match rubric.parent.as_ref().map_or(&rubric.id, |parent| &parent.id).as_str() {
        "oucsx-2021" => OWN.get_or_init(|| read(include_str!("../../../../assets/writing/oucsx-2021.toml"))),
        _ => OTHER.get_or_init(|| read(include_str!("../../../../assets/writing/other.toml"))),
    }
}

/// Every document of an assessment: the report, then the summaries in the order of the rubric.
pub(crate) fn documents(rubric: &Rubric) -> Vec<Document> {
    let summaries = rubric.indicators.iter().filter_map(|indicator| summary(rubric, indicator));
    std::iter::once(report(rubric)).chain(summaries).collect()
}

fn summary(rubric: &Rubric, indicator: &Indicator) -> Option<Document> {
    let rules = &rules(rubric).summary;
    let level = rules.level.iter().find(|rules| rules.level == indicator.level)?;
    let leaves = leaves_under(rubric, indicator);
    let text = |(number, part): (u32, &PartRules)| Text {
        part: part.part.clone(),
        title: part.title.clone(),
        headings: vec![(1, format!("{}{}", heading_number(1, number), part.title))],
        guidance: part.guidance.clone(),
        indicators: leaves.clone(),
    };
    Some(Document {
        place: format!("summary:{}", indicator.code),
        indicator: Some((indicator.code.clone(), indicator.level)),
        title: format!("{}{}", indicator.title, rules.title),
        name: indicator.title.clone(),
        guidance: rules.guidance.iter().chain(&level.guidance).cloned().collect(),
        limit: Some(level.limit),
        texts: (1..).zip(&rules.part).map(text).collect(),
    })
}

fn report(rubric: &Rubric) -> Document {
    let rules = &rules(rubric).report;
    let all: Vec<String> = leaves(rubric).map(|leaf| leaf.code.clone()).collect();
    let chapter = |number: u32, part: &str, chapter: &ChapterRules| Text {
        part: part.to_owned(),
        title: chapter.title.clone(),
        headings: vec![(1, format!("{}{}", heading_number(1, number), chapter.heading))],
        guidance: chapter.guidance.clone(),
        indicators: all.clone(),
    };
    let mut texts = vec![chapter(1, "organisation", &rules.organisation), chapter(2, "overall", &rules.overall)];
    texts.extend(indicator_texts(rubric, &rules.indicator.guidance));
    texts.push(chapter(3, "advice", &rules.advice));
    Document {
        place: REPORT.to_owned(),
        indicator: None,
        title: rules.title.clone(),
        name: rules.title.clone(),
        guidance: rules.guidance.clone(),
        limit: None,
        texts,
    }
}

/// One text for each lowest-level indicator, under the headings of those above it (逐级列出).
fn indicator_texts(rubric: &Rubric, guidance: &[String]) -> Vec<Text> {
    let mut texts = Vec::new();
    let mut pending = Vec::new();
    let mut numbers = [0_u32; 3];
    for (index, indicator) in rubric.indicators.iter().enumerate() {
        let depth = usize::try_from(indicator.level).unwrap_or(1).clamp(1, numbers.len());
        numbers[depth - 1] += 1;
        numbers[depth..].fill(0);
        // The chapter above has level 1.
        let heading = format!("{}{}", heading_number(depth + 1, numbers[depth - 1]), indicator.title);
        pending.push((indicator.level + 1, heading));
        if is_leaf(rubric, index) {
            texts.push(Text {
                part: indicator.code.clone(),
                title: indicator.title.clone(),
                headings: std::mem::take(&mut pending),
                guidance: guidance.to_vec(),
                indicators: vec![indicator.code.clone()],
            });
        }
    }
    texts
}

fn is_leaf(rubric: &Rubric, index: usize) -> bool {
    // A child stands right behind its parent.
    rubric.indicators.get(index + 1).is_none_or(|next| next.parent != Some(index))
}

fn leaves(rubric: &Rubric) -> impl Iterator<Item = &Indicator> {
    rubric.indicators.iter().enumerate().filter(|(index, _)| is_leaf(rubric, *index)).map(|(_, leaf)| leaf)
}

/// Codes of the lowest-level indicators at or under an indicator.
fn leaves_under(rubric: &Rubric, top: &Indicator) -> Vec<String> {
    let above = |leaf: &Indicator| {
        let parent = |indicator: &&Indicator| indicator.parent.and_then(|index| rubric.indicators.get(index));
        std::iter::successors(rubric.indicators.iter().find(|i| i.code == leaf.code), parent)
            .any(|i| i.code == top.code)
    };
    leaves(rubric).filter(|leaf| above(leaf)).map(|leaf| leaf.code.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rubrics::shipped;

    fn headings(rubric: &str) -> Vec<String> {
        let rubric = shipped().iter().find(|loaded| loaded.rubric.id == rubric).map(|loaded| &loaded.rubric);
        let report = report(rubric.expect("it ships"));
        report
            .texts
            .iter()
            .flat_map(|text| text.headings.iter().map(|(level, text)| format!("{level} {text}")))
            .collect()
    }

    #[test]
    fn the_report_follows_the_sources_layout() {
        let lines = headings("oucsx-2021");
        let first = ["1 一、分部自评工作组织情况", "1 二、自评情况", "2 （一）办学定位", "3 1.全面加强党的领导"];
        assert_eq!(lines[..4], first);
        assert!(lines[4].starts_with("4 （1）全面加强党的领导，坚持社会主义办学方向"), "{}", lines[4]);
        assert!(lines.contains(&"2 （六）创新与服务".to_owned()));
        let last = lines.iter().rev().take(5).rev().map(|line| line.chars().take(8).collect::<String>());
        let expected = ["3 2.服务经济", "4 （1）积极服", "4 （2）当地政", "4 （3）取得高", "1 三、对评估工"];
        assert_eq!(last.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn other_rubrics_know_no_branch_of_the_open_university() {
        assert_eq!(headings("gbt38856-2020")[0], "1 一、自评工作组织情况");
        for loaded in shipped().iter().filter(|loaded| loaded.rubric.id != "oucsx-2021") {
            let said = documents(&loaded.rubric).into_iter().flat_map(|document| {
                let texts = document.texts.into_iter().flat_map(|text| text.guidance);
                document.guidance.into_iter().chain(texts).collect::<Vec<_>>()
            });
            for text in said {
                assert!(!["分部", "国开", "学习中心"].iter().any(|word| text.contains(word)), "{text}");
            }
        }
    }

    #[test]
    fn every_rubric_has_an_outline_and_each_point_belongs_to_a_text() {
        for loaded in shipped() {
            let rubric = &loaded.rubric;
            let documents = documents(rubric);
            let parts: Vec<&str> = documents[0].texts.iter().map(|text| text.part.as_str()).collect();
            for (indicator, point) in rubric.points() {
                assert!(parts.contains(&indicator.code.as_str()), "{} {}", rubric.id, point.code);
            }
            for document in &documents[1..] {
                assert!(document.texts.iter().all(|text| !text.indicators.is_empty()), "{}", document.place);
            }
        }
    }

    #[test]
    fn summaries_have_the_sources_limits() {
        let rubric = &shipped()[0].rubric;
        let limits: Vec<_> = documents(rubric).into_iter().filter_map(|d| Some((d.indicator?.1, d.limit?))).collect();
        assert!(limits.contains(&(1, 2000)) && limits.contains(&(2, 1500)));
        assert_eq!(limits.len(), rubric.level(1).count() + rubric.level(2).count());
    }
}
