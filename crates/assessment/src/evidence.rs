//! Catalogue fields of evidence (支撑材料), as 附件6 asks for them.

use crate::error::Error;
use serde::{Deserialize, Serialize};

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
}
