//! What a table is.

/// A table: its columns in their order, and what tells its rows apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Whether it has the columns `rubric` and `year` before its own.
    pub partitioned: bool,
    /// Its own columns.
    pub columns: &'static [Column],
    /// Columns that no two rows have alike; with `rubric` and `year` where it is partitioned.
    pub key: &'static [&'static str],
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Of what kind its values are.
    pub kind: Kind,
    /// Whether a row may have no value there.
    pub optional: bool,
}

/// Kinds of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Whole,
    /// A mark: at most 12 digits before and 6 after the point.
    Mark,
    /// A quotient that no one rounded: at most 10 digits before and 28 after the point.
    Quotient,
    /// Yes or no.
    Bool,
    /// A time in UTC.
    Time,
}

/// The columns that every partitioned table begins with.
pub(crate) const PARTITION: [Column; 2] = [text("rubric"), whole("year")];

impl Table {
    /// All columns, those of the partition first.
    pub fn all_columns(&self) -> impl Iterator<Item = &Column> {
        let partition: &[Column] = if self.partitioned { &PARTITION } else { &[] };
        partition.iter().chain(self.columns)
    }

    /// Names of the columns that no two rows have alike.
    pub fn full_key(&self) -> impl Iterator<Item = &'static str> {
        let partition: &[Column] = if self.partitioned { &PARTITION } else { &[] };
        partition.iter().map(|column| column.name).chain(self.key.iter().copied())
    }
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, optional: false }
}

pub(crate) const fn text(name: &'static str) -> Column {
    column(name, Kind::Text)
}

pub(crate) const fn whole(name: &'static str) -> Column {
    column(name, Kind::Whole)
}

pub(crate) const fn mark(name: &'static str) -> Column {
    column(name, Kind::Mark)
}

pub(crate) const fn quotient(name: &'static str) -> Column {
    column(name, Kind::Quotient)
}

pub(crate) const fn bool(name: &'static str) -> Column {
    column(name, Kind::Bool)
}

pub(crate) const fn time(name: &'static str) -> Column {
    column(name, Kind::Time)
}

impl Column {
    /// The same column where a row may have no value.
    pub(crate) const fn or_none(self) -> Self {
        Self { optional: true, ..self }
    }
}
