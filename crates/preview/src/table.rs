//! Tables that stand in texts: values between commas, semicolons or tabs.

/// Most rows of a table that is shown.
pub const MOST_ROWS: usize = 500;
/// Most columns of a table that is shown.
pub const MOST_COLUMNS: usize = 40;
/// Most characters of a cell that is shown.
const MOST_CELL: usize = 500;

/// A table as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its rows, which need not have the same number of cells.
    pub rows: Vec<Vec<String>>,
    /// Whether there is more than is shown.
    pub more: bool,
}

/// Reads the beginning of a table.
#[must_use]
pub fn table(text: &str) -> Table {
    let separator = separator(text);
    let mut reading = Reading::default();
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                reading.push('"');
            }
            '"' if quoted || reading.at_start => {
                quoted = !quoted;
                reading.at_start = false;
            }
            '\n' if !quoted => {
                reading.end_row();
                if reading.table.rows.len() == MOST_ROWS {
                    reading.table.more |= characters.peek().is_some();
                    break;
                }
            }
            one if one == separator && !quoted => reading.end_cell(),
            other => reading.push(other),
        }
    }
    reading.done()
}

/// The character that stands most often in the first line.
fn separator(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: &char| first.matches(*separator).count();
    // Of equals the last is the maximum, so the comma stands last.
    ['；', ';', '\t', ','].into_iter().max_by_key(count).unwrap_or(',')
}

struct Reading {
    table: Table,
    row: Vec<String>,
    cell: String,
    length: usize,
    at_start: bool,
}

impl Default for Reading {
    fn default() -> Self {
        Self { table: Table::default(), row: Vec::new(), cell: String::new(), length: 0, at_start: true }
    }
}

impl Reading {
    fn push(&mut self, character: char) {
        self.at_start = false;
        self.length += 1;
        match self.length {
            0..=MOST_CELL => self.cell.push(character),
            _ => self.table.more = true,
        }
    }

    fn end_cell(&mut self) {
        if self.row.len() < MOST_COLUMNS {
            self.row.push(std::mem::take(&mut self.cell));
        } else {
            self.table.more = true;
            self.cell.clear();
        }
        (self.length, self.at_start) = (0, true);
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.table.rows.push(std::mem::take(&mut self.row));
    }

    fn done(mut self) -> Table {
        let rest = !self.row.is_empty() || !self.cell.is_empty();
        if rest && self.table.rows.len() < MOST_ROWS {
            self.end_row();
        }
        self.table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        table(text).rows
    }

    #[test]
    fn values_are_told_apart_also_in_quotes() {
        assert_eq!(rows("姓名,人数\n并州,12\n"), [["姓名", "人数"], ["并州", "12"]]);
        assert_eq!(rows("a;b\n1,5;2"), [["a", "b"], ["1,5", "2"]]);
        assert_eq!(rows("a\tb"), [["a", "b"]]);
        assert_eq!(rows("\"甲,\"\"乙\"\"\n丙\",2"), [["甲,\"乙\"\n丙", "2"]]);
        assert_eq!(rows("5\" 屏,1"), [["5\" 屏", "1"]]);
        assert_eq!(rows("").len(), 0);
    }

    #[test]
    fn large_tables_are_cut_and_say_so() {
        let long = "1,2\n".repeat(MOST_ROWS + 1);
        let read = table(&long);
        assert_eq!((read.rows.len(), read.more), (MOST_ROWS, true));
        assert!(!table(&"1,2\n".repeat(MOST_ROWS)).more);
        let wide = table(&"1,".repeat(MOST_COLUMNS + 5));
        assert_eq!((wide.rows[0].len(), wide.more), (MOST_COLUMNS, true));
        assert!(table(&"长".repeat(MOST_CELL + 1)).more);
    }
}
