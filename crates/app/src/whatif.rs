//! What is missing to more (差多少、怎么提), in words: the next grade, what to raise, what decides the conclusion.

use crate::problem::{Failure, Language};
use crate::view::{ChapterView, DeciderKind, DeciderView, LackView, LineView, NextGradeView, RaiseView, WhatIfView};
use crate::{Result, Session};
use rubric::decimal::show;
use rubric::model::Shape;
use rubric::whatif::{Cause, Chapter, Decider, Lack, Line, Next};
use rubric::{Rubric, WhatIf};
use serde::Serialize;

/// An answer that people read; its texts stand in `messages/whatif.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Answer {
    /// Points without a mark.
    Unscored { count: usize },
    /// Conditions and adjustments without a decision.
    Undecided { count: usize },
    /// How far the next grade is.
    NextGrade { grade: String, at_least: String, missing: String },
    /// There is no better grade.
    BestGrade { grade: String },
    /// A veto stands.
    Vetoed { conclusion: String },
    /// The rubric has no grades.
    NoGrades,
    /// A checklist without failing demands.
    Conforming,
    /// A checklist with failing demands.
    ChaptersFailing { count: usize },
    /// The failing demands of a chapter.
    Chapter { no: usize, partly: usize, points: String },
    /// The fewest indicators that reach the next grade.
    Enough { count: usize, codes: String, total: String, conclusion: String },
    /// They reach its line, and another conclusion stands all the same.
    EnoughBut { count: usize, codes: String, total: String, conclusion: String },
    /// No marks reach the next grade.
    OutOfReach { at_least: String },
    /// A condition on grades that is met.
    FewBelow { percent: String, below: usize, allowed: usize, room: usize },
    /// A condition on grades that is not met.
    TooManyBelow { percent: String, below: usize, allowed: usize, surplus: usize },
    /// A veto by an indicator's rate that does not hold.
    VetoClear { indicator: String, percent: String },
    /// One that holds.
    VetoStands { indicator: String, percent: String, missing: String },
    /// A condition keeps an indicator below its line.
    HeldBelow,
    /// Without it, another conclusion.
    Decides { total: String, from: String, to: String },
    /// Without it, the same conclusion.
    DecidesNot { total: String },
    /// Without it, points have no mark.
    Reopens { count: usize },
    /// Nothing could decide.
    NothingHolds,
    /// Something decides alone.
    OneDecides { holding: usize, count: usize },
    /// Nothing decides alone.
    NoneDecides { holding: usize },
    /// Stands for a conclusion where there is none.
    NoConclusion,
}

impl Answer {
    fn text(&self, language: Language) -> String {
        Failure::of("whatif", self).problem(language).what
    }
}

impl Session {
    /// What a sheet misses to more.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn what_if(&mut self, sheet: &str) -> Result<WhatIfView> {
        let opened = self.opened(sheet)?;
        let findings = opened.records.findings(&opened.rubric, opened.row.stage);
        let answer = rubric::what_if(&opened.rubric, &findings, &opened.outcome);
        Ok(view(&opened.rubric, &answer, self.language))
    }
}

/// The answer as the faces show it.
#[must_use]
pub fn view(rubric: &Rubric, answer: &WhatIf, language: Language) -> WhatIfView {
    let chosen = answer.enough.as_ref().map_or(0, |enough| enough.count);
    let open = [
        (answer.unscored > 0).then_some(Answer::Unscored { count: answer.unscored }),
        (answer.undecided > 0).then_some(Answer::Undecided { count: answer.undecided }),
    ];
    let assumed: Vec<String> = open.iter().flatten().map(|answer| answer.text(language)).collect();
    WhatIfView {
        provisional: !assumed.is_empty(),
        assumed,
        total: show(answer.total),
        conclusion: answer.conclusion.clone(),
        next: next(rubric, answer).text(language),
        next_grade: match &answer.next {
            Next::Grade(grade) => Some(NextGradeView {
                grade: grade.name.clone(),
                at_least: show(grade.at_least),
                missing: show(grade.missing),
            }),
            Next::NoGrades | Next::Best(_) | Next::Vetoed(_) => None,
        },
        enough: enough(answer, language).map(|enough| enough.text(language)),
        raises: (0..)
            .zip(&answer.raises)
            .map(|(at, raise)| RaiseView {
                title: title(rubric, &raise.code),
                code: raise.code.clone(),
                gap: show(raise.gap),
                chosen: at < chosen,
            })
            .collect(),
        lines: answer.lines.iter().map(|line| line_view(rubric, line, language)).collect(),
        verdict: verdict(&answer.deciders).text(language),
        deciders: answer.deciders.iter().map(|decider| decider_view(answer, decider, language)).collect(),
        failing: answer.failing.iter().map(|chapter| chapter_view(rubric, chapter, language)).collect(),
    }
}

fn title(rubric: &Rubric, code: &str) -> String {
    let indicator = rubric.indicators.iter().find(|indicator| indicator.code == code);
    indicator.map(|indicator| indicator.title.clone()).unwrap_or_default()
}

fn next(rubric: &Rubric, answer: &WhatIf) -> Answer {
    match &answer.next {
        Next::Grade(next) => {
            Answer::NextGrade { grade: next.name.clone(), at_least: show(next.at_least), missing: show(next.missing) }
        }
        Next::Best(grade) => Answer::BestGrade { grade: grade.clone() },
        Next::Vetoed(conclusion) => Answer::Vetoed { conclusion: conclusion.clone() },
        Next::NoGrades if rubric.shape != Shape::Checklist => Answer::NoGrades,
        Next::NoGrades if answer.failing.is_empty() => Answer::Conforming,
        Next::NoGrades => Answer::ChaptersFailing { count: answer.failing.len() },
    }
}

fn enough(answer: &WhatIf, language: Language) -> Option<Answer> {
    let Next::Grade(next) = &answer.next else { return None };
    let Some(enough) = &answer.enough else {
        return Some(Answer::OutOfReach { at_least: show(next.at_least) });
    };
    let codes = answer.raises.iter().take(enough.count).map(|raise| raise.code.as_str()).collect::<Vec<_>>();
    let (count, codes, total) = (enough.count, codes.join("、"), show(enough.total));
    let conclusion = or_none(enough.conclusion.as_ref(), language);
    Some(if enough.conclusion == answer.conclusion {
        Answer::EnoughBut { count, codes, total, conclusion }
    } else {
        Answer::Enough { count, codes, total, conclusion }
    })
}

fn or_none(conclusion: Option<&String>, language: Language) -> String {
    conclusion.cloned().unwrap_or_else(|| Answer::NoConclusion.text(language))
}

fn line_view(rubric: &Rubric, line: &Line, language: Language) -> LineView {
    let (percent, below, allowed, surplus) = (show(line.percent), line.below.len(), line.allowed, line.surplus());
    let finding = match (&line.cause, line.below.first()) {
        (Cause::Veto { indicator }, None) => Answer::VetoClear { indicator: indicator.clone(), percent },
        (Cause::Veto { indicator }, Some(lack)) => {
            Answer::VetoStands { indicator: indicator.clone(), percent, missing: show(lack.missing) }
        }
        _ if surplus > 0 => Answer::TooManyBelow { percent, below, allowed, surplus },
        _ => Answer::FewBelow { percent, below, allowed, room: allowed + 1 - below },
    };
    let lack = |lack: &Lack| LackView {
        code: lack.code.clone(),
        title: title(rubric, &lack.code),
        missing: show(lack.missing),
        note: (!lack.reachable).then(|| Answer::HeldBelow.text(language)),
    };
    LineView {
        sentence: line.sentence.clone(),
        finding: finding.text(language),
        broken: surplus > 0,
        below: line.below.iter().map(lack).collect(),
    }
}

fn verdict(deciders: &[Decider]) -> Answer {
    let (holding, deciding) = (deciders.len(), deciders.iter().filter(|decider| decider.changes).count());
    match (holding, deciding) {
        (0, _) => Answer::NothingHolds,
        (_, 0) => Answer::NoneDecides { holding },
        _ => Answer::OneDecides { holding, count: deciding },
    }
}

fn decider_view(answer: &WhatIf, decider: &Decider, language: Language) -> DeciderView {
    let (kind, code) = match &decider.cause {
        Cause::Condition { .. } => (DeciderKind::Condition, None),
        Cause::Veto { indicator } => (DeciderKind::Veto, Some(indicator.clone())),
        Cause::Limit { code } => (DeciderKind::Limit, Some(code.clone())),
        Cause::Adjustment { code } => (DeciderKind::Adjustment, Some(code.clone())),
    };
    let total = show(decider.total);
    let finding = if decider.changes {
        let (from, to) = (answer.conclusion.as_ref(), decider.conclusion.as_ref());
        Answer::Decides { total, from: or_none(from, language), to: or_none(to, language) }
    } else {
        Answer::DecidesNot { total }
    };
    let reopened = decider.unscored.saturating_sub(answer.unscored);
    let note = (reopened > 0).then_some(Answer::Reopens { count: reopened });
    let texts: Vec<String> = [Some(finding), note].iter().flatten().map(|answer| answer.text(language)).collect();
    DeciderView {
        kind,
        code,
        sentence: decider.sentence.clone(),
        finding: texts.join(match language {
            Language::Zh => "；",
            Language::En => "; ",
        }),
        total: show(decider.total),
        conclusion: decider.conclusion.clone(),
        changes: decider.changes,
    }
}

fn chapter_view(rubric: &Rubric, chapter: &Chapter, language: Language) -> ChapterView {
    let points = chapter.points.join("、");
    ChapterView {
        code: chapter.code.clone(),
        title: title(rubric, &chapter.code),
        finding: Answer::Chapter { no: chapter.no, partly: chapter.partly, points }.text(language),
        points: chapter.points.clone(),
    }
}
