//! Catalogue fields of evidence (支撑材料), as 附件6 asks for them, and what 附件5 asks of each medium.

use crate::error::{Error, Unfit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest detail of a piece, in characters.
pub const DETAIL_MAXIMUM: usize = 200;
/// Longest pointer into a piece (页码), in characters.
pub const PAGE_MAXIMUM: usize = 40;

/// Type (类型) of a piece of evidence, 附件6: 上级文件填A，省开放大学填B，市级、县级填C，其它材料填D，图片照片类材料填E.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, strum::EnumString, strum::IntoStaticStr,
)]
pub enum EvidenceKind {
    /// 上级文件
    A,
    /// 省开放大学
    B,
    /// 市级、县级
    C,
    /// 其它材料
    D,
    /// 图片照片
    E,
}

impl EvidenceKind {
    /// Reads the letter; an empty text is none.
    ///
    /// # Errors
    /// [`Error::BadKind`] for any other text.
    pub fn read(text: &str) -> Result<Option<Self>, Error> {
        match text.trim() {
            "" => Ok(None),
            letter => letter.parse().map(Some).map_err(|_| Error::BadKind { found: letter.to_owned() }),
        }
    }
}

/// Year and month (时间), kept as `2021.09` (附件6, reading O19).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EvidenceDate(String);

impl EvidenceDate {
    /// Reads `2021.09`; also accepts `2021.9` and stores it padded. An empty text is none.
    ///
    /// # Errors
    /// [`Error::BadDate`] for anything else.
    pub fn read(text: &str) -> Result<Option<Self>, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let bad = || Error::BadDate { found: text.to_owned() };
        let (year, month) = text.split_once('.').ok_or_else(bad)?;
        let digits = |s: &str, lengths: &[usize]| lengths.contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, &[4]) || !digits(month, &[1, 2]) {
            return Err(bad());
        }
        let (year, month): (u32, u32) = (year.parse().map_err(|_| bad())?, month.parse().map_err(|_| bad())?);
        if !(1900..=2100).contains(&year) || !(1..=12).contains(&month) {
            return Err(bad());
        }
        Ok(Some(Self(format!("{year:04}.{month:02}"))))
    }

    /// `2021.09`
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a piece is in the hand (材料形式): 附件5 asks each for other details.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Medium {
    /// 文件资料
    Document,
    /// 照片
    Photograph,
    /// 证书、奖状、聘书
    Certificate,
    /// 录音、录像
    Recording,
    /// 实物
    Object,
}

/// What the value of a detail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetailValue {
    /// Any text on one line.
    Text,
    /// A year with as much of month, day and time as is known; see [`read_time`].
    Time,
    /// Minutes, a whole number above zero.
    Minutes,
}

/// A detail that a medium has in the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Detail {
    /// Stable key; media share the keys of what they have in common.
    pub key: &'static str,
    /// What it is called in Chinese.
    pub zh: &'static str,
    /// What it is called in English.
    pub en: &'static str,
    /// What its value is.
    pub value: DetailValue,
    /// Whether 附件5 asks for it.
    pub asked: bool,
}

/// The details of a medium, and the sentence that asks for them.
#[derive(Clone, Copy, Debug)]
pub struct MediumRule {
    /// The medium.
    pub medium: Medium,
    /// What it is called in Chinese.
    pub zh: &'static str,
    /// What it is called in English.
    pub en: &'static str,
    /// 附件5, as printed.
    pub sentence: &'static str,
    /// Whether the attached file must be a photograph of the thing.
    pub pictured: bool,
    /// The details in the order of the sentence.
    pub details: &'static [Detail],
}

const fn asked(key: &'static str, zh: &'static str, en: &'static str, value: DetailValue) -> Detail {
    Detail { key, zh, en, value, asked: true }
}

const fn optional(key: &'static str, zh: &'static str, en: &'static str, value: DetailValue) -> Detail {
    Detail { key, zh, en, value, asked: false }
}

use DetailValue::{Minutes, Text, Time};

/// What 附件5 asks of each medium. A name and a time stand in every piece's own fields: a 时间 that is asked for is
/// given by either.
pub const MEDIA: &[MediumRule] = &[
    MediumRule {
        medium: Medium::Document,
        zh: "文件资料",
        en: "Document",
        sentence: "凡正式文件、材料必须落款并加盖公章，需落款的材料应署成文单位全称，同时打印成文日期。",
        pictured: false,
        details: &[
            asked("issuer", "落款单位", "Issued by", Text),
            asked("time", "成文日期", "Date of issue", Time),
            optional("kept", "保存地点", "Kept at", Text),
        ],
    },
    MediumRule {
        medium: Medium::Photograph,
        zh: "照片",
        en: "Photograph",
        sentence: "照片材料分类装册并彩色印刷，并简要注明：时间、地点、人物、内容、摄影者等信息。",
        pictured: true,
        details: &[
            asked("time", "拍摄时间", "Taken", Time),
            asked("place", "地点", "Place", Text),
            asked("people", "人物", "People", Text),
            asked("content", "内容", "Content", Text),
            asked("photographer", "摄影者", "Photographer", Text),
        ],
    },
    MediumRule {
        medium: Medium::Certificate,
        zh: "证书、奖状、聘书",
        en: "Certificate",
        sentence: "校级以上证书、奖状、聘书等将原件扫描、照相后制作成电子文档存档，并注明形成时间、内容（名称）、作者及颁发单位。",
        pictured: false,
        details: &[
            asked("time", "形成时间", "Date", Time),
            asked("author", "作者", "Awarded to", Text),
            asked("issuer", "颁发单位", "Issued by", Text),
        ],
    },
    MediumRule {
        medium: Medium::Recording,
        zh: "录音、录像",
        en: "Recording",
        sentence: "录音、录像材料要注明内容、录音（像）时间、录音（像）人、带长（分钟），要求制作为数据光盘（DVD、VCD、CD等）。",
        pictured: false,
        details: &[
            asked("content", "内容", "Content", Text),
            asked("time", "录制时间", "Recorded", Time),
            asked("recorder", "录制人", "Recorded by", Text),
            asked("minutes", "带长（分钟）", "Length (minutes)", Minutes),
        ],
    },
    MediumRule {
        medium: Medium::Object,
        zh: "实物",
        en: "Physical item",
        sentence: "实物材料（如获奖作品、科技作品等）须拍制照片，列出清单，汇编成册。实物暂由有关部门陈列保管。",
        pictured: true,
        details: &[
            asked("kept", "保管地点", "Kept at", Text),
            optional("keeper", "保管部门", "Kept by", Text),
            optional("time", "形成时间", "Date", Time),
        ],
    },
];

impl Medium {
    /// Reads the stored word; an empty text is none.
    ///
    /// # Errors
    /// [`Error::BadMedium`] for any other text.
    pub fn read(text: &str) -> Result<Option<Self>, Error> {
        match text.trim() {
            "" => Ok(None),
            word => word.parse().map(Some).map_err(|_| Error::BadMedium { found: word.to_owned() }),
        }
    }

    /// What 附件5 asks of it.
    ///
    /// # Panics
    /// Never: a test holds that every medium stands in [`MEDIA`].
    #[must_use]
    pub fn rule(self) -> &'static MediumRule {
        MEDIA.iter().find(|rule| rule.medium == self).expect("every medium stands in the table")
    }
}

/// The detail with this key, whichever medium has it.
#[must_use]
pub fn detail(key: &str) -> Option<&'static Detail> {
    MEDIA.iter().flat_map(|rule| rule.details).find(|detail| detail.key == key)
}

/// Checks a detail and gives its one spelling; an empty text takes it away.
///
/// # Errors
/// A key that no medium has; a text that is too long or has control characters; a time or a number of minutes that is
/// none.
pub fn read_detail(key: &str, text: &str) -> Result<String, Error> {
    let known = detail(key).ok_or_else(|| Error::UnknownDetail { key: key.to_owned() })?;
    let text = text.trim();
    if let Some(unfit) = Unfit::of(text, DETAIL_MAXIMUM, &[]) {
        let count = text.chars().count();
        return Err(Error::BadText { field: format!("detail-{key}"), unfit, count, most: DETAIL_MAXIMUM });
    }
    match known.value {
        _ if text.is_empty() => Ok(String::new()),
        DetailValue::Text => Ok(text.to_owned()),
        DetailValue::Time => read_time(text).ok_or_else(|| Error::BadTime { found: text.to_owned() }),
        DetailValue::Minutes => {
            let minutes = text.trim_end_matches("分钟").trim();
            let number = minutes.parse::<u32>().ok().filter(|n| (1..=100_000).contains(n));
            number.map(|n| n.to_string()).ok_or_else(|| Error::BadMinutes { found: text.to_owned() })
        }
    }
}

/// Checks a pointer into a piece, such as 第3页.
///
/// # Errors
/// Too long, or with control characters.
pub fn read_page(text: &str) -> Result<String, Error> {
    let text = text.trim();
    match Unfit::of(text, PAGE_MAXIMUM, &[]) {
        None => Ok(text.to_owned()),
        Some(unfit) => {
            let count = text.chars().count();
            Err(Error::BadText { field: "evidence-page".to_owned(), unfit, count, most: PAGE_MAXIMUM })
        }
    }
}

/// A time in its one spelling, `2021`, `2021-10`, `2021-10-15` or `2021-10-15 09:32`; also reads `2021.10.15`,
/// `2021/10/15` and `2021年10月15日`. `None` for anything else.
#[must_use]
pub fn read_time(text: &str) -> Option<String> {
    let (date, clock) = match text.trim().split_once([' ', 'T']) {
        Some((date, clock)) => (date, Some(clock)),
        None => (text.trim(), None),
    };
    let date = date.trim_end_matches(['日', '月', '年']);
    let mut parts = date.split(['-', '.', '/', '年', '月']).map(|part| digits(part, 4));
    let year = parts.next()?.filter(|year| (1900..=2100).contains(year))?;
    let month = parts.next();
    let day = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let Some(month) = month else { return clock.is_none().then(|| format!("{year:04}")) };
    let month = month.filter(|month| (1..=12).contains(month))?;
    let Some(day) = day else { return clock.is_none().then(|| format!("{year:04}-{month:02}")) };
    let day = day.filter(|day| (1..=days_of(year, month)).contains(day))?;
    let Some(clock) = clock else { return Some(format!("{year:04}-{month:02}-{day:02}")) };
    let mut clock = clock.trim().split(':').map(|part| digits(part, 2));
    let (hour, minute) = (clock.next()?.filter(|h| *h < 24)?, clock.next()??);
    // A second is read and left out: a catalogue has no use for it.
    let seconds = clock.next().is_none_or(|second| second.is_some_and(|s| s < 60));
    let whole = minute < 60 && seconds && clock.next().is_none();
    whole.then(|| format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"))
}

fn digits(text: &str, most: usize) -> Option<u32> {
    let plain = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The year that a catalogue's date (`2021.09`) or a detail's time (`2021-09-01`) lies in.
#[must_use]
pub fn year_of(date: &str) -> Option<i32> {
    date.get(..4)?.parse().ok()
}

/// What a piece lacks of what is asked for, by key: `name`, `date` and `kind` of 附件6, the details that 附件5 asks of
/// its medium, and `picture` where the file should be a photograph and is none.
#[must_use]
pub fn lacking(
    date: &str,
    kind: Option<EvidenceKind>,
    medium: Option<Medium>,
    details: &BTreeMap<String, String>,
    picture: bool,
) -> Vec<&'static str> {
    let given = |key: &str| details.get(key).is_some_and(|text| !text.is_empty());
    let mut found = Vec::new();
    found.extend(date.is_empty().then_some("date"));
    found.extend(kind.is_none().then_some("kind"));
    let Some(rule) = medium.map(Medium::rule) else {
        // Nobody can tell what a picture shows: a scan of a certificate is asked for other details than a photograph.
        found.extend(picture.then_some("medium"));
        return found;
    };
    // The piece's own 时间 stands for the detail's: where it is empty, it was named above.
    let wanted = rule.details.iter().filter(|detail| detail.asked && detail.value != DetailValue::Time);
    found.extend(wanted.filter(|detail| !given(detail.key)).map(|detail| detail.key));
    found.extend((rule.pictured && !picture).then_some("picture"));
    found
}

/// Whether a stored file is a picture, by its ending.
#[must_use]
pub fn is_picture(extension: &str) -> bool {
    matches!(extension, "jpg" | "jpeg" | "png" | "gif" | "bmp" | "tif" | "tiff" | "webp" | "heic" | "heif" | "avif")
}

/// Whether a stored file is a recording, by its ending.
#[must_use]
pub fn is_recording(extension: &str) -> bool {
    matches!(
        extension,
        "mp3"
            | "wav"
            | "wma"
            | "m4a"
            | "aac"
            | "flac"
            | "ogg"
            | "amr"
            | "mp4"
            | "avi"
            | "mov"
            | "wmv"
            | "mkv"
            | "mpg"
            | "mpeg"
    )
}

/// What a photograph's own record says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// When it was taken, `2021-10-15 09:32` by the camera's clock; may be empty.
    pub taken: String,
    /// Where, in degrees, such as `37.8706°N 112.5489°E`; may be empty.
    pub place: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_padded_or_refused() {
        let read = |text| EvidenceDate::read(text).map(|date| date.map(|d| d.as_str().to_owned()));
        assert_eq!(read("2021.9"), Ok(Some("2021.09".to_owned())));
        assert_eq!(read(" 2021.12 "), Ok(Some("2021.12".to_owned())));
        assert_eq!(read(""), Ok(None));
        for text in ["2021", "2021.13", "2021.0", "2021-09", "21.9", "2021.009", "２０２１.9", "2021.9.1"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn kinds_are_the_five_letters() {
        assert_eq!(EvidenceKind::read("A"), Ok(Some(EvidenceKind::A)));
        assert_eq!(EvidenceKind::read(" "), Ok(None));
        assert!(EvidenceKind::read("F").is_err());
    }

    #[test]
    fn every_medium_has_its_rule_and_reads_its_word() {
        use strum::VariantArray;
        for medium in Medium::VARIANTS {
            let word: &str = (*medium).into();
            assert_eq!(Medium::read(word), Ok(Some(*medium)));
            assert!(!medium.rule().details.is_empty());
        }
        assert_eq!(Medium::read(""), Ok(None));
        assert!(Medium::read("film").is_err());
    }

    #[test]
    fn times_have_one_spelling() {
        let cases = [
            ("2021", Some("2021")),
            ("2021.9", Some("2021-09")),
            ("2021年9月", Some("2021-09")),
            ("2021年10月15日", Some("2021-10-15")),
            ("2021/10/15", Some("2021-10-15")),
            ("2021-10-15 9:32", Some("2021-10-15 09:32")),
            ("2021-10-15T09:32:58", Some("2021-10-15 09:32")),
            ("2020-02-29", Some("2020-02-29")),
            ("2021-02-29", None),
            ("2021-13", None),
            ("21.9", None),
            ("2021-10 09:32", None),
            ("2021-10-15 24:00", None),
            ("2021-10-15 09:61", None),
            ("2021-10-15-1", None),
            ("昨天", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read_time(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn details_are_checked_by_what_they_are() {
        assert_eq!(read_detail("minutes", " 45分钟 "), Ok("45".to_owned()));
        assert_eq!(read_detail("minutes", ""), Ok(String::new()));
        for text in ["0", "-3", "一小时", "4.5", "9999999"] {
            assert!(matches!(read_detail("minutes", text), Err(Error::BadMinutes { .. })), "{text}");
        }
        assert!(matches!(read_detail("time", "去年"), Err(Error::BadTime { .. })));
        assert!(matches!(read_detail("colour", "红"), Err(Error::UnknownDetail { .. })));
        assert!(matches!(read_detail("place", "一\n二"), Err(Error::BadText { .. })));
        assert!(matches!(read_detail("place", &"长".repeat(201)), Err(Error::BadText { count: 201, .. })));
        assert_eq!(read_page(" 第3页 "), Ok("第3页".to_owned()));
        assert!(read_page(&"页".repeat(41)).is_err());
    }

    #[test]
    fn what_is_lacking_follows_the_medium() {
        let none = BTreeMap::new();
        let photograph = |date: &str, details: &BTreeMap<String, String>, picture| {
            lacking(date, Some(EvidenceKind::E), Some(Medium::Photograph), details, picture)
        };
        assert_eq!(photograph("2021.10", &none, true), ["place", "people", "content", "photographer"]);
        assert_eq!(photograph("", &none, true)[..2], ["date", "place"]);
        let of = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let full = of(&[("place", "太原"), ("people", "全体考务"), ("content", "巡考"), ("photographer", "李工")]);
        assert!(photograph("2021.10", &full, true).is_empty());
        assert_eq!(photograph("2021.10", &full, false), ["picture"]);
        let object = lacking("2021.10", Some(EvidenceKind::D), Some(Medium::Object), &none, false);
        assert_eq!(object, ["kept", "picture"]);
        assert_eq!(lacking("2021.10", None, None, &none, true), ["kind", "medium"]);
        assert!(lacking("2021.10", Some(EvidenceKind::A), None, &none, false).is_empty());
    }
}
