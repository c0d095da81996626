//! A document as a sequence of blocks.

use std::borrow::Cow;

use crate::{Chart, Profile, Table};

/// A document, ready to be printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The title (标题); a line feed sets where it breaks, else it breaks between words.
    pub title: String,
    /// What the file is called in its properties, where it holds several texts; else its title.
    pub name: Option<String>,
    /// How the head is set.
    pub form: Form,
    /// The paper lies on its long side, for a table of many columns.
    pub wide: bool,
    /// Small print at the head of every page, e.g. 草稿; none for a final document.
    pub mark: Option<String>,
    /// A short digest of the content, printed small at the foot of every page.
    pub digest: Option<String>,
    /// In PDFs in place of the digest: a QR code at the foot of every page, with lines beside it.
    pub code: Option<PageCode>,
    /// Files that a PDF carries inside, so that it can be recomputed from them.
    pub enclosed: Vec<Enclosed>,
    /// Label and value, two by two below the title, e.g. 单位, 年度.
    pub facts: Vec<(String, String)>,
    /// What stands between title and attachment note.
    pub body: Vec<Block>,
    /// Names of attachments (附件), without number and without punctuation at the end.
    pub attachments: Vec<String>,
    /// Who signs, and when (落款).
    pub sign_off: Option<SignOff>,
}

impl Document {
    /// What the file is called in its properties.
    #[must_use]
    pub fn file_title(&self) -> String {
        self.name.as_ref().unwrap_or(&self.title).replace('\n', "")
    }

    /// The profile of the document's pages, which may lie on their long side.
    #[must_use]
    pub fn page_profile<'a>(&self, profile: &'a Profile) -> Cow<'a, Profile> {
        if self.wide { Cow::Owned(profile.lying()) } else { Cow::Borrowed(profile) }
    }
}

/// What ties a printed page to its data.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageCode {
    /// Small print beside the code.
    pub lines: Vec<String>,
    /// What the code holds, in capitals, digits and ` $%*+-./:`; each page adds its number, as ` P2/9`.
    pub text: String,
}

/// A file inside a PDF (ISO 32000-2, 7.11.4, with the relationship `Data`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// Its name, in ASCII.
    pub name: String,
    /// Its media type, e.g. `application/json`.
    pub media_type: String,
    /// What it is, for readers of the list.
    pub description: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// How a document's head is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Running text on the grid: the title two blank lines under a red rule (附件5 标题).
    #[default]
    Letter,
    /// Tables: the title at the head of the page.
    Sheet,
}

/// A part of a document's body.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading of level 1 to 4, numbered as 一、 （一） 1. （1） by its own text.
    Heading {
        /// 1 to 4.
        level: usize,
        /// With its number, e.g. 一、组织情况.
        text: String,
    },
    /// To whom a letter goes (主送机关), flush, with its colon (GB/T 9704—2012, 7.3.2).
    Addressees(String),
    /// A paragraph of body text, indented by two characters.
    Paragraph(String),
    /// Lines of table type above a table, e.g. 一级指标：一、办学定位; they stay with what follows.
    Lines(Vec<String>),
    /// A table.
    Table(Table),
    /// Small print after a table: a heading such as 说明 and its paragraphs.
    Notes {
        /// Without the colon.
        heading: String,
        /// Each may begin with its number.
        paragraphs: Vec<String>,
    },
    /// A chart.
    Chart(Chart),
    /// What follows begins on a new page; with a title of its own when it is not empty (several texts in one file).
    NewPage(String),
}

/// The lines of the sign-off, from the top.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignOff {
    /// Full name of the organisation.
    pub organisation: Option<String>,
    /// Name of the person who signs, e.g. 评估人：张三.
    pub name: Option<String>,
    /// E.g. 2022年9月1日.
    pub date: Option<String>,
    /// Room is left for an electronic signature over name and date.
    pub signed: bool,
    /// The seal over name and date; a document without one has no place left for it (附件5: 不得出现空白印章).
    pub seal: Option<Seal>,
}

/// A seal (印章) as a picture of 8-bit RGB with its opacity.
#[derive(Clone, PartialEq, Eq)]
pub struct Seal {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Red, green, blue, opacity of each pixel, by rows from the top.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Seal({} × {})", self.width, self.height)
    }
}
