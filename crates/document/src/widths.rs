//! Widths of columns from the texts that they hold.

use unicode_width::UnicodeWidthChar;

use crate::{Cell, Profile, Row, StyleName};

/// Fewest characters on a line of a column.
const LEAST: f64 = 2.0;
/// A longer Latin word is broken rather than making its column wide.
const WIDEST_WORD: f64 = 9.0;
/// A cell of so few characters is not broken.
const SHORT: f64 = 3.0;
/// A title may take so many lines.
const TITLE_LINES: f64 = 4.0;
/// Room for what a line's measure does not say: narrow letters that are not, rounding.
const SLACK: f64 = 0.3;
const ROUNDING: f64 = 0.001;
/// What one column may give another in a step of the search, in characters.
const GIFTS: [f64; 3] = [0.5, 1.0, 2.0];
/// Steps of the search at most; it ends by itself long before.
const STEPS: usize = 80;

/// Texts of a column: its title, and every cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnTexts {
    /// The title.
    pub title: String,
    /// The cells that stand in this column alone.
    pub cells: Vec<CellText>,
}

/// A cell's text and the rows that it spans.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CellText {
    /// Its first row, counted from 0.
    pub row: usize,
    /// How many rows it spans, at least 1.
    pub rows: usize,
    /// Its paragraphs, each on its line.
    pub text: String,
}

impl ColumnTexts {
    /// A column of one cell in each row.
    pub fn plain<'a>(title: &str, cells: impl IntoIterator<Item = &'a str>) -> ColumnTexts {
        let cell = |(row, text): (usize, &str)| CellText { row, rows: 1, text: text.to_owned() };
        ColumnTexts { title: title.to_owned(), cells: cells.into_iter().enumerate().map(cell).collect() }
    }

    /// The cells of a table's rows that stand in one column alone.
    #[must_use]
    pub fn of_rows(title: &str, column: usize, rows: &[Row]) -> ColumnTexts {
        let alone = |cell: &&Cell| cell.column == column && cell.columns == 1;
        let cells = rows.iter().enumerate().flat_map(|(row, cells)| {
            let cells = cells.cells.iter().filter(alone);
            cells.map(move |cell| CellText { row, rows: cell.rows, text: cell.text() })
        });
        ColumnTexts { title: title.to_owned(), cells: cells.collect() }
    }
}

/// Widths of columns that fill `room` points, so that the rows become about as low as they can: long texts get more,
/// by the square root of their length, then columns give one another what makes the whole lower. No column is
/// narrower than its longest word and two characters, or wider than its longest line.
#[must_use]
pub fn widths(profile: &Profile, columns: &[ColumnTexts], room: f64) -> Vec<f64> {
    let em = profile.style(StyleName::TableCell).size;
    let pads = 2.0 * profile.table.pad_across + SLACK * em;
    let measured: Vec<Measured> = columns.iter().map(Measured::of).collect();
    let room = (room - pads * measured.len() as f64) / em;
    let mut widths = shared(&measured, room);
    let heights = Heights::of(&measured);
    let mut height = heights.of_widths(&widths);
    for _ in 0..STEPS {
        let tried = steps(&measured, &widths).map(|widths| (heights.of_widths(&widths), widths));
        match tried.min_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((lower, better)) if lower < height => (height, widths) = (lower, better),
            _ => break,
        }
    }
    // Where the bounds leave too little or too much, every column gives or takes its part.
    let sum: f64 = widths.iter().sum();
    widths.into_iter().map(|width| width * room / sum * em + pads).collect()
}

/// A column in full-width characters.
struct Measured {
    least: f64,
    most: f64,
    weight: f64,
    /// First row, rows, lengths of the paragraphs.
    cells: Vec<(usize, usize, Vec<f64>)>,
}

impl Measured {
    fn of(column: &ColumnTexts) -> Measured {
        let word = column.cells.iter().map(|cell| longest_word(&cell.text).max(short(&cell.text))).fold(0.0, f64::max);
        let title = length(&column.title);
        let least = word.max(longest_word(&column.title)).max((title / TITLE_LINES).ceil()).clamp(LEAST, WIDEST_WORD);
        let spread = column.cells.iter().map(|cell| length(&cell.text) / cell.rows.max(1) as f64);
        let (count, sum, longest) =
            spread.fold((0.0_f64, 0.0, 0.0_f64), |(count, sum, longest), l| (count + 1.0, sum + l, longest.max(l)));
        let line = column.cells.iter().flat_map(|cell| cell.text.split('\n')).map(length).fold(title, f64::max);
        let weight = f64::midpoint(sum / count.max(1.0), longest).max(1.0).sqrt();
        let paragraphs = |cell: &CellText| cell.text.split('\n').map(length).collect();
        let cells = column.cells.iter().map(|cell| (cell.row, cell.rows, paragraphs(cell))).collect();
        Measured { least, most: line.max(least), weight, cells }
    }
}

/// Shares of `room` by weight within the columns' bounds.
fn shared(columns: &[Measured], room: f64) -> Vec<f64> {
    let at = |pitch: f64| columns.iter().map(move |c| (pitch * c.weight).clamp(c.least, c.most));
    let (mut low, mut high) = (0.0, room);
    while high - low > ROUNDING {
        let middle = f64::midpoint(low, high);
        if at(middle).sum::<f64>() > room { high = middle } else { low = middle }
    }
    at(low).collect()
}

/// Every way in which one column can give another a little.
fn steps<'a>(columns: &'a [Measured], widths: &'a [f64]) -> impl Iterator<Item = Vec<f64>> + 'a {
    let count = columns.len();
    let pairs = (0..count).flat_map(move |from| (0..count).map(move |to| (from, to))).filter(|(from, to)| from != to);
    let gifts = pairs.flat_map(|(from, to)| GIFTS.map(|gift| (from, to, gift)));
    let open = gifts.filter(|(from, to, gift)| {
        widths[*from] - gift >= columns[*from].least && widths[*to] + gift <= columns[*to].most
    });
    open.map(|(from, to, gift)| {
        let mut changed = widths.to_vec();
        changed[from] -= gift;
        changed[to] += gift;
        changed
    })
}

/// How many lines the rows of some columns take.
struct Heights<'a> {
    columns: &'a [Measured],
    rows: usize,
}

impl Heights<'_> {
    fn of(columns: &[Measured]) -> Heights<'_> {
        let ends = columns.iter().flat_map(|column| &column.cells).map(|(row, rows, _)| row + rows);
        Heights { columns, rows: ends.max().unwrap_or(0) }
    }

    fn of_widths(&self, widths: &[f64]) -> f64 {
        let mut heights = vec![0.0_f64; self.rows];
        let cells =
            || self.columns.iter().zip(widths).flat_map(|(c, width)| c.cells.iter().map(move |cell| (cell, *width)));
        for ((row, _, paragraphs), width) in cells().filter(|((_, rows, _), _)| *rows == 1) {
            heights[*row] = heights[*row].max(lines(paragraphs, width));
        }
        // What a cell over several rows lacks is added to its last row.
        for ((row, rows, paragraphs), width) in cells().filter(|((_, rows, _), _)| *rows > 1) {
            let lack = lines(paragraphs, width) - heights[*row..row + rows].iter().sum::<f64>();
            heights[row + rows - 1] += lack.max(0.0);
        }
        heights.iter().sum()
    }
}

/// Lines of a cell.
fn lines(paragraphs: &[f64], width: f64) -> f64 {
    let whole = (width * 2.0).floor() / 2.0;
    paragraphs.iter().map(|length| (length / whole.max(1.0)).ceil().max(1.0)).sum()
}

/// Length in full-width characters.
fn length(text: &str) -> f64 {
    text.chars().map(|c| c.width().unwrap_or(0) as f64 / 2.0).sum()
}

/// The length of a word that is short enough to stand on one line, such as 不存在; nothing for a longer text.
fn short(text: &str) -> f64 {
    Some(length(text)).filter(|length| *length <= SHORT).unwrap_or_default()
}

/// The longest run that no line should cut, in full-width characters: Latin letters and digits, （20分）.
fn longest_word(text: &str) -> f64 {
    let latin = |c: char| c.is_ascii_alphanumeric() || ".-%/()+".contains(c);
    let marks = |word: &str| word.strip_suffix("分）").is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()));
    let words = text.split(|c: char| !latin(c)).map(length);
    let bracketed = text.split('（').skip(1).filter_map(|rest| rest.split_inclusive('）').next());
    let bracketed = bracketed.filter(|word| marks(word)).map(|word| length(word) + 1.0);
    words.chain(bracketed).fold(0.0, f64::max)
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

    #[test]
    fn marks_in_brackets_are_not_cut() {
        let cases = [
            ("基本要求（20分）", 4.0),
            ("A 基础条件 (18+5)", 3.0),
            ("2021.12-2022.7.10", 8.5),
            ("学习（见附件）", 0.0),
        ];
        for (text, expected) in cases {
            assert!((longest_word(text) - expected).abs() < ROUNDING, "{text}: {}", longest_word(text));
        }
    }
}
