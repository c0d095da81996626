//! What is said of panels: states, flags, steps of a calculation, agreement.

use super::Round;
use crate::problem::word;
use crate::view::Remark;
use crate::{Failure, Language};
use assessment::agreement::{Measure, Strength, Why};
use assessment::panel::{Flag, Per, Person, Policy, Standing, TOTAL};
use rubric::Rubric;
use rubric::decimal::show;
use rust_decimal::Decimal;
use serde::Serialize;

/// What is pointed out; the texts stand in `messages/panels.toml`.
#[derive(Clone, Debug, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Said {
    Counted,
    Recused {
        reason: String,
    },
    OwnUnit,
    Missing,
    Draft,
    Unsigned,
    Twice {
        sheets: usize,
    },
    Contested {
        sides: usize,
    },
    Returned,
    Incomplete {
        open: usize,
    },
    AlikeUnit {
        others: String,
    },
    Hidden,
    TooFew {
        counted: usize,
        least: u32,
    },
    Outlier {
        place: String,
        name: String,
        mark: String,
        median: String,
        distance: String,
    },
    MustAgree {
        place: String,
    },
    BadAgreement {
        place: String,
        mark: String,
    },
    MayBeOwn {
        name: String,
        organisation: String,
    },
    AgreedOnOthers {
        place: String,
    },
    Split {
        place: String,
        found: usize,
        of: usize,
    },
    Straddle {
        line: String,
    },
    RoundedOver {
        line: String,
    },
    AgreedOver {
        line: String,
    },
    Stranger {
        name: String,
        organisation: String,
        units: String,
    },
    Received {
        count: usize,
        marks: String,
    },
    NothingDropped {
        count: usize,
    },
    Dropped {
        count: usize,
        drop: usize,
    },
    MiddleOf {
        count: usize,
    },
    AllSame {
        mark: String,
    },
    Differ {
        lowest: String,
        highest: String,
    },
    Divided {
        marks: String,
        sum: String,
        by: u32,
        quotient: String,
    },
    Rounded {
        step: String,
        rule: String,
        value: String,
    },
    NotRounded {
        value: String,
    },
    ForShow,
    Agreed {
        mark: String,
        before: String,
        reason: String,
    },
    FoundIt {
        place: String,
        name: String,
        text: String,
        others: usize,
        lost: String,
    },
    DidNotFind {
        place: String,
        name: String,
        text: String,
        others: usize,
    },
    Wrote {
        place: String,
        name: String,
        remark: String,
    },
    NoReason {
        name: String,
    },
    Request {
        name: String,
        organisation: String,
        unit: String,
        year: i32,
        stage: String,
        mark: String,
        others: usize,
        median: String,
        distance: String,
        lines: String,
    },
    RequestLine {
        place: String,
        mark: String,
        others: String,
        max: String,
    },
    Policy {
        method: String,
        per: String,
        step: String,
        rounding: String,
        holds: String,
        least: u32,
    },
    Trim {
        from: u32,
        drop: u32,
    },
    Trimmed {
        method: String,
        trim: String,
    },
    KendallW {
        value: String,
        strength: String,
    },
    #[serde(rename = "icc2k")]
    #[strum(serialize = "icc2k")]
    Icc2k {
        value: String,
        strength: String,
    },
    Alpha {
        value: String,
        strength: String,
    },
}

impl Said {
    pub fn text(&self, language: Language) -> String {
        Failure::of("panels", self).problem(language).what
    }

    pub fn remark(&self, language: Language) -> Remark {
        let failure = Failure::of("panels", self);
        let code = failure.code().strip_prefix("panels.").unwrap_or_default().to_owned();
        Remark { code, text: failure.problem(language).what }
    }
}

/// A person with the organisation.
pub(crate) fn person(person: &Person) -> String {
    format!("{}（{}）", person.name, person.organisation)
}

/// A word of a policy.
pub(crate) fn policy_word(word_of: &str, language: Language) -> String {
    word(&format!("panels.word.{word_of}"), language)
}

/// A policy in a sentence.
pub(crate) fn policy(policy: &Policy, language: Language) -> String {
    let said = |word: &'static str| policy_word(word, language);
    let trim = policy.trim.iter().map(|trim| Said::Trim { from: trim.from, drop: trim.drop }.text(language));
    let trim = trim.collect::<Vec<_>>().join(language.say("，", ", "));
    let method = said(policy.method.into());
    let is_trimmed = policy.method == assessment::panel::Method::Trimmed && !trim.is_empty();
    let sentence = Said::Policy {
        method: if is_trimmed { Said::Trimmed { method, trim }.text(language) } else { method },
        per: said(policy.per.into()),
        step: show(policy.step),
        rounding: said(policy.rounding.into()),
        holds: said(policy.holds.into()),
        least: policy.least,
    };
    sentence.text(language)
}

/// Whether a sheet counts.
pub(crate) fn standing(standing: &Standing) -> Said {
    match standing {
        Standing::Counted => Said::Counted,
        Standing::Recused { reason } => Said::Recused { reason: reason.clone() },
        Standing::OwnUnit => Said::OwnUnit,
        Standing::Missing => Said::Missing,
        Standing::Draft => Said::Draft,
        Standing::Unsigned => Said::Unsigned,
        Standing::Twice { sheets } => Said::Twice { sheets: *sheets },
        Standing::Contested { sides } => Said::Contested { sides: *sides },
        Standing::Returned => Said::Returned,
        Standing::Incomplete { open } => Said::Incomplete { open: *open },
    }
}

/// The title of a point, adjustment or condition, or the word for the total.
pub(crate) fn title(rubric: &Rubric, code: &str, language: Language) -> String {
    if code == TOTAL {
        return policy_word("total-mark", language);
    }
    let point = rubric.point(code).map(|(_, point)| point.title.clone());
    point.or_else(|| rubric.adjustment(code).map(|rule| rule.title.clone())).unwrap_or_default()
}

fn place(rubric: &Rubric, code: &str, language: Language) -> String {
    if code == TOTAL {
        return title(rubric, code, language);
    }
    format!("{code} {}", title(rubric, code, language)).trim_end().to_owned()
}

/// What to look at.
pub(crate) fn flag(round: &Round, flag: &Flag, language: Language) -> Said {
    let place = |code: &str| place(&round.rubric, code, language);
    match flag {
        Flag::TooFew { counted, least } => Said::TooFew { counted: *counted, least: *least },
        Flag::Outlier { code, member, mark, median } => Said::Outlier {
            place: place(code),
            name: round.panel.members.get(*member).map(|person| person.name.clone()).unwrap_or_default(),
            mark: show(*mark),
            median: show(*median),
            distance: show((*mark - *median).abs()),
        },
        Flag::MustAgree { code } => Said::MustAgree { place: place(code) },
        Flag::BadAgreement { code, mark } => Said::BadAgreement { place: place(code), mark: mark.clone() },
        Flag::MayBeOwn { member } => {
            let person = round.panel.members.get(*member);
            let of = |of: fn(&Person) -> &String| person.map(of).cloned().unwrap_or_default();
            Said::MayBeOwn { name: of(|person| &person.name), organisation: of(|person| &person.organisation) }
        }
        Flag::AgreedOnOthers { code } => Said::AgreedOnOthers { place: place(code) },
        Flag::Split { code, found, of } => Said::Split { place: place(code), found: *found, of: *of },
        Flag::Straddle { line } => Said::Straddle { line: show(*line) },
        Flag::RoundedOver { line } => Said::RoundedOver { line: show(*line) },
        Flag::AgreedOver { line } => Said::AgreedOver { line: show(*line) },
    }
}

/// The steps from marks to a mark.
pub(crate) fn steps(
    policy: &Policy,
    combined: &assessment::panel::Combined,
    per: Per,
    language: Language,
) -> Vec<String> {
    use assessment::panel::{Method, Part};
    let join = |marks: Vec<Decimal>, between: &str| marks.into_iter().map(show).collect::<Vec<_>>().join(between);
    let all: Vec<Decimal> = combined.marks.iter().map(|mark| mark.value).collect();
    let counted: Vec<Decimal> =
        combined.marks.iter().filter(|mark| mark.part == Part::Counted).map(|mark| mark.value).collect();
    let (count, drop) = (all.len(), combined.dropped);
    let (lowest, highest) = (all.first().copied().unwrap_or_default(), all.last().copied().unwrap_or_default());
    let mut said = vec![Said::Received { count, marks: join(all, "、") }];
    if per != policy.per {
        said.push(Said::ForShow);
        return said.iter().map(|one| one.text(language)).collect();
    }
    match policy.method {
        Method::Trimmed if drop == 0 => said.push(Said::NothingDropped { count }),
        Method::Trimmed => said.push(Said::Dropped { count, drop }),
        Method::Median => said.push(Said::MiddleOf { count }),
        Method::Consensus if combined.value.is_none() => {
            said.push(Said::Differ { lowest: show(lowest), highest: show(highest) });
        }
        Method::Consensus => said.push(Said::AllSame { mark: show(lowest) }),
        Method::Mean => {}
    }
    if let Some(value) = combined.value.filter(|_| policy.method != Method::Consensus) {
        let quotient = show(combined.quotient().round_dp(6));
        said.push(Said::Divided { marks: join(counted, " + "), sum: show(combined.sum), by: combined.by, quotient });
        let rule = policy_word(policy.rounding.into(), language);
        said.push(if combined.is_rounded() {
            Said::Rounded { step: show(policy.step), rule, value: show(value) }
        } else {
            Said::NotRounded { value: show(value) }
        });
    }
    said.iter().map(|one| one.text(language)).collect()
}

/// A measure of agreement: its name, and what it says.
pub(crate) fn measure(measure: Measure, value: Result<Decimal, Why>, language: Language) -> (String, String) {
    let key: &'static str = measure.into();
    let name = word(&format!("panels.measure.{key}"), language);
    let said = |value: Decimal| {
        let strength: Strength = measure.strength(value);
        let strength = word(&format!("panels.strength.{}", <&str>::from(strength)), language);
        let value = show(value);
        match measure {
            Measure::KendallW => Said::KendallW { value, strength },
            Measure::Icc2k => Said::Icc2k { value, strength },
            Measure::Alpha => Said::Alpha { value, strength },
        }
    };
    let text = match value {
        Ok(value) => said(value).text(language),
        Err(why) => word(&format!("panels.why.{}", <&str>::from(why)), language),
    };
    (name, text)
}
