//! Widths of columns from the texts that they hold.

use unicode_width::UnicodeWidthChar;

use crate::{Profile, StyleName};

/// Texts of a column: its title, and every cell with the number of rows that it spans.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnTexts {
    /// The title.
    pub title: String,
    /// Each cell's text, and how many rows it spans.
    pub cells: Vec<(String, usize)>,
}

impl ColumnTexts {
    /// A column whose cells span one row each.
    pub fn plain<'a>(title: &str, cells: impl IntoIterator<Item = &'a str>) -> ColumnTexts {
        let cells = cells.into_iter().map(|text| (text.to_owned(), 1)).collect();
        ColumnTexts { title: title.to_owned(), cells }
    }

    /// The column as narrow and as wide as makes sense, and its claim to what lies between; in characters.
    fn measured(&self) -> Measured {
        let word = self.cells.iter().map(|(text, _)| longest_word(text)).fold(0.0, f64::max);
        let title = length(&self.title);
        let least = word.max(longest_word(&self.title)).max((title / 2.0).ceil()).clamp(LEAST, WIDEST_WORD);
        let spread = self.cells.iter().map(|(text, rows)| length(text) / (*rows).max(1) as f64);
        let (count, sum, longest) =
            spread.fold((0.0_f64, 0.0, 0.0_f64), |(count, sum, longest), l| (count + 1.0, sum + l, longest.max(l)));
        let line = self.cells.iter().flat_map(|(text, _)| text.split('\n')).map(length).fold(title, f64::max);
        let weight = f64::midpoint(sum / count.max(1.0), longest).max(1.0).sqrt();
        Measured { least, most: line.max(least), weight }
    }
}

/// Fewest characters on a line of a column.
const LEAST: f64 = 2.0;
/// A longer Latin word is broken rather than making its column wide.
const WIDEST_WORD: f64 = 7.0;
/// Room for what a line's measure does not say: narrow letters that are not, rounding.
const SLACK: f64 = 0.3;
const ROUNDING: f64 = 0.001;

struct Measured {
    least: f64,
    most: f64,
    weight: f64,
}

/// Widths of columns that fill `room` points. Long texts get more, by the square root of their length, so that rows
/// become about as low as they can; no column is narrower than its longest word and two characters, or wider than
/// its longest line.
#[must_use]
pub fn widths(profile: &Profile, columns: &[ColumnTexts], room: f64) -> Vec<f64> {
    let em = profile.style(StyleName::TableCell).size;
    let pads = 2.0 * profile.table.pad_across;
    let points = |characters: f64| (characters + SLACK) * em + pads;
    let measured: Vec<Measured> = columns.iter().map(ColumnTexts::measured).collect();
    let at = |pitch: f64| -> Vec<f64> {
        measured.iter().map(|m| (pitch * m.weight).clamp(points(m.least), points(m.most))).collect()
    };
    let sum = |widths: &[f64]| widths.iter().sum::<f64>();
    let (mut low, mut high) = (0.0, room);
    while high - low > ROUNDING {
        let middle = f64::midpoint(low, high);
        if sum(&at(middle)) > room { high = middle } else { low = middle }
    }
    let widths = at(low);
    // Where the bounds leave too little or too much, every column gives or takes its part.
    let scale = room / sum(&widths);
    widths.into_iter().map(|width| width * scale).collect()
}

/// Length in full-width characters.
fn length(text: &str) -> f64 {
    text.chars().map(|c| c.width().unwrap_or(0) as f64 / 2.0).sum()
}

/// The longest run of Latin letters and digits, in full-width characters.
fn longest_word(text: &str) -> f64 {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || ".-%/".contains(c)));
    words.map(length).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_get_more_and_no_column_is_too_narrow_or_too_wide() {
        let profile = Profile::oucsx_2021().unwrap();
        let long = "有稳定的平台运营费用和培训资源购置资金支持。".repeat(4);
        let columns = [
            ColumnTexts::plain("序号", ["1", "2"]),
            ColumnTexts::plain("评价要素", ["工作经费投入", "会费缴纳"]),
            ColumnTexts::plain("评价标准", [long.as_str(), "短"]),
            ColumnTexts::plain("分值", ["2", "10"]),
        ];
        let room = profile.core.width();
        let widths = widths(&profile, &columns, room);
        assert!((widths.iter().sum::<f64>() - room).abs() < 0.01, "{widths:?}");
        let em = profile.style(StyleName::TableCell).size;
        assert!(widths.iter().all(|width| *width > LEAST * em), "{widths:?}");
        assert!(widths[2] > widths[1] && widths[1] > widths[0], "{widths:?}");
        assert!(widths[3] < 4.0 * em, "{widths:?}");
    }

    #[test]
    fn short_columns_alone_still_fill_the_room() {
        let profile = Profile::oucsx_2021().unwrap();
        let columns = [ColumnTexts::plain("序号", ["1"]), ColumnTexts::plain("名称", [""])];
        let widths = widths(&profile, &columns, 400.0);
        assert!((widths.iter().sum::<f64>() - 400.0).abs() < 0.01, "{widths:?}");
    }
}
