//! What several documents have in common: names, dates, marks of drafts, the sign-off.

use super::Material;
use crate::sheets::Opened;
use assessment::Phase;
use document::SignOff;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rubric::Rubric;
use rubric::decimal::percent;
use rust_decimal::Decimal;

/// Digits of the sheet's digest at the foot of every page: enough to tell sheets apart beside the page number.
const DIGEST_SHOWN: usize = 32;

/// What a rubric is about, as titles of documents begin: its title without 表.
pub(crate) fn subject(rubric: &Rubric) -> &str {
    rubric.title.strip_suffix('表').unwrap_or(&rubric.title)
}

/// A date as letters carry it: full year, no leading zeros (附件5: 月、日不编虚位).
pub(crate) fn letter_date(time: i64, zone: &TimeZone) -> Option<String> {
    let date = Timestamp::from_second(time).ok()?.to_zoned(zone.clone());
    Some(format!("{}年{}月{}日", date.year(), date.month(), date.day()))
}

/// What drafts and masked copies carry at the head of every page.
pub(super) fn draft_mark(opened: &Opened) -> Option<String> {
    if opened.masked {
        return Some("脱敏副本，不作原件".to_owned());
    }
    (opened.row.phase == Phase::Draft).then(|| "草稿，未定稿".to_owned())
}

pub(super) fn digest(opened: &Opened) -> Option<String> {
    let shown = opened.row.digest.as_deref().and_then(|digest| digest.get(..DIGEST_SHOWN));
    shown.map(|digest| format!("打分表摘要 SHA-256 {digest}…"))
}

/// Whose assessment it is, below a title.
pub(super) fn facts(opened: &Opened) -> Vec<(String, String)> {
    let row = &opened.row;
    let state = if row.phase == Phase::Draft { "草稿" } else { "已定稿" };
    [
        ("单位", row.assessment.unit.clone()),
        ("年度", format!("{}年", row.assessment.year)),
        ("评估人", row.assessor.clone()),
        ("所在单位", row.organisation.clone()),
        ("版本", format!("第{}版", row.revision)),
        ("状态", state.to_owned()),
    ]
    .map(|(label, value)| (label.to_owned(), value))
    .to_vec()
}

/// The sign-off of an organisation.
pub(super) fn sign_off(organisation: &str, material: &Material) -> SignOff {
    SignOff {
        organisation: Some(organisation.to_owned()),
        name: None,
        date: material.date.clone(),
        signed: false,
        seal: material.seal.clone(),
    }
}

/// `92.5%`; nothing where nothing is full marks.
pub(crate) fn rate(score: Decimal, max: Decimal) -> Option<String> {
    percent(score, max).map(|rate| format!("{rate}%"))
}
