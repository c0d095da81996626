//! What the check of people's own files compares with, beside the profile's page and type.

use std::collections::BTreeMap;

use serde::Deserialize;
use strum::VariantArray;

use crate::profile::Role;

/// Type and rows of spreadsheets (Excel表格格式).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpreadsheetRules {
    /// Font of every cell.
    pub font: Role,
    /// Size of the title, which is bold.
    pub title_pt: f64,
    /// Size of the header, which is bold.
    pub header_pt: f64,
    /// Size of the data.
    pub data_pt: f64,
    /// Height of a row; higher where text wraps.
    pub row_pt: f64,
}

/// How closely people's files are looked at, and what their faults are called by.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckRules {
    /// Largest difference of a margin or a side of the paper, in millimetres.
    pub length_mm: f64,
    /// Largest difference of a size of type, in points.
    pub type_pt: f64,
    /// Largest difference of a pitch that was measured in a PDF, in points.
    pub pitch_pt: f64,
    /// Largest difference of a border's width, in points.
    pub border_pt: f64,
    /// Largest difference of an indent, in characters.
    pub indent_characters: f64,
    /// Largest difference of a spreadsheet row's height, in points.
    pub row_pt: f64,
    /// Text of a table cell up to this length is centred; longer text may stand at the left.
    pub short_cell_characters: usize,
    /// The names that fonts of a role go by in files.
    pub fonts: BTreeMap<Role, Vec<String>>,
    /// The sentences of the source.
    pub clauses: BTreeMap<ClauseName, Clause>,
}

impl CheckRules {
    /// The sentence that a rule rests on.
    ///
    /// # Panics
    /// Never: reading a profile checks that it has every clause.
    #[must_use]
    pub fn clause(&self, name: ClauseName) -> &Clause {
        self.clauses.get(&name).expect("reading the profile saw every clause")
    }

    /// Whether a font of this name, as a file gives it, is one of the role.
    #[must_use]
    pub fn is_font(&self, role: Role, name: &str) -> bool {
        let name = plain(name);
        let accepted = self.fonts.get(&role).into_iter().flatten();
        accepted.map(|accepted| plain(accepted)).any(|accepted| name.starts_with(&accepted))
    }

    /// The name by which people know the font of a role.
    #[must_use]
    pub fn font_name(&self, role: Role) -> &str {
        self.fonts.get(&role).and_then(|names| names.first()).map_or("", String::as_str)
    }

    /// What is missing, in words for the person who wrote the profile.
    pub(crate) fn lack(&self) -> Option<String> {
        let clause = ClauseName::VARIANTS.iter().find(|name| !self.clauses.contains_key(name));
        let font = Role::VARIANTS.iter().find(|role| **role != Role::Rare && self.font_name(**role).is_empty());
        let clause = clause.map(|name| format!("clause {name:?} is missing"));
        clause.or_else(|| font.map(|role| format!("the check knows no name of font {role:?}")))
    }
}

/// A font's name without what differs between programs: `ABCDEF+SimHei,Bold` and `Sim Hei` begin alike.
fn plain(name: &str) -> String {
    let name = match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 && prefix.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    };
    name.chars().filter(|c| !matches!(c, ' ' | '-' | '_' | ',')).flat_map(char::to_lowercase).collect()
}

/// A sentence of the source.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Where it stands, e.g. 附件5 正文.
    pub place: String,
    /// The sentence as it is printed.
    pub text: String,
}

/// What a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, serde::Serialize, strum::VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum ClauseName {
    /// 页面设置: paper and margins.
    Page,
    /// 行数与字数.
    Grid,
    /// 标题.
    Title,
    /// 正文.
    Body,
    /// 结构层次.
    Headings,
    /// 数字.
    Digits,
    /// 附件说明.
    Attachments,
    /// 落款.
    SignOff,
    /// 成文日期.
    Date,
    /// 页码.
    PageNumber,
    /// 表格.
    Table,
    /// Excel表格: type and rows.
    Spreadsheet,
    /// Excel表格: page numbers.
    SpreadsheetPages,
    /// What no sentence of the source says, but a reader or printer needs.
    Practice,
}
