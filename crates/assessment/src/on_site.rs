//! What experts bring themselves (专家现场): photographs and notes of interviews.

use crate::error::{Error, Unfit};
use crate::sheet;
use serde::{Deserialize, Serialize};

/// Longest time, place and persons of an interview, in characters.
pub const FACT_MAXIMUM: usize = 200;
/// Longest text of an interview, in characters.
pub const CONTENT_MAXIMUM: usize = 20_000;

/// What an expert brought.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, strum::EnumString, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum OnSite {
    /// 现场照片
    Photograph,
    /// 访谈记录
    Interview,
    /// Another file.
    File,
}

/// Where a piece comes from when it is not the unit's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The expert's sheet.
    pub sheet: String,
    /// What it is.
    pub kind: OnSite,
}

/// A note of an interview (访谈记录).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interview {
    /// 时间
    pub time: String,
    /// 地点
    pub place: String,
    /// 访谈对象
    pub persons: String,
    /// 内容
    pub content: String,
}

const TITLE: &str = "访谈记录";
const LABELS: [&str; 3] = ["时间：", "地点：", "访谈对象："];

impl Interview {
    /// The note with every text checked and trimmed.
    ///
    /// # Errors
    /// [`Error::BadText`]: persons or content are empty, or a text is too long or cannot be shown.
    pub fn checked(&self) -> Result<Self, Error> {
        let optional = |field: &str, text: &str| match text.trim() {
            "" => Ok(String::new()),
            text => sheet::name(field, text, FACT_MAXIMUM),
        };
        let content = self.content.replace("\r\n", "\n").trim().to_owned();
        let empty = content.is_empty().then_some(Unfit::Empty);
        if let Some(unfit) = empty.or_else(|| Unfit::of(&content, CONTENT_MAXIMUM, &['\n', '\t'])) {
            let (field, count) = ("interview-content".to_owned(), content.chars().count());
            return Err(Error::BadText { field, unfit, count, most: CONTENT_MAXIMUM });
        }
        Ok(Self {
            time: optional("interview-time", &self.time)?,
            place: optional("interview-place", &self.place)?,
            persons: sheet::name("interview-persons", &self.persons, FACT_MAXIMUM)?,
            content,
        })
    }

    /// The text of its file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let facts = LABELS.iter().zip([&self.time, &self.place, &self.persons]);
        let facts: Vec<String> = facts.map(|(label, fact)| format!("{label}{fact}")).collect();
        format!("{TITLE}\n{}\n\n{}\n", facts.join("\n"), self.content)
    }

    /// Reads the text of a file again; `None` when it is not one that [`Interview::to_text`] wrote.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (head, content) = text.split_once("\n\n")?;
        let mut lines = head.lines();
        (lines.next()? == TITLE).then_some(())?;
        let mut fact = |label: &str| Some(lines.next()?.strip_prefix(label)?.to_owned());
        let (time, place, persons) = (fact(LABELS[0])?, fact(LABELS[1])?, fact(LABELS[2])?);
        Some(Self { time, place, persons, content: content.trim_end_matches('\n').to_owned() })
    }

    /// Year and month of its time, when it begins with them: `2022-05-11`, `2022年5月11日`, `2022.5`.
    #[must_use]
    pub fn month(&self) -> Option<String> {
        let mut numbers = self.time.split(|c: char| !c.is_ascii_digit());
        let (year, month) = (numbers.next()?, numbers.next()?);
        let date = crate::EvidenceDate::read(&format!("{year}.{month}")).ok()??;
        Some(date.as_str().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_back_as_it_was_written() {
        let note = Interview {
            time: "2022-05-11 14:30".to_owned(),
            place: String::new(),
            persons: "教务处处长、两名班主任".to_owned(),
            content: "问：形成性考核谁来查？\n\n答：每学期期中由教务处查一次。".to_owned(),
        };
        assert_eq!(Interview::read(&note.to_text()), Some(note.clone()));
        assert_eq!(note.checked(), Ok(note.clone()));
        assert_eq!(note.month().as_deref(), Some("2022.05"));
        assert_eq!(Interview::read("别的文字\n\n内容"), None);
    }

    #[test]
    fn a_note_needs_persons_and_content() {
        let note = Interview { persons: "校长".to_owned(), content: "谈话".to_owned(), ..Interview::default() };
        assert!(note.checked().is_ok());
        for unfit in [
            Interview { persons: " ".to_owned(), ..note.clone() },
            Interview { content: " \n".to_owned(), ..note.clone() },
            Interview { place: "字".repeat(FACT_MAXIMUM + 1), ..note.clone() },
            Interview { content: "字".repeat(CONTENT_MAXIMUM + 1), ..note.clone() },
            Interview { content: "\u{1b}".to_owned(), ..note },
        ] {
            assert!(unfit.checked().is_err());
        }
    }
}
