//! Parquet files, partitioned by rubric and year as Hive does it: `mark/rubric=…/year=…/part-0.parquet`.

use crate::cell::{MARK_DIGITS, MARK_SCALE, QUOTIENT_DIGITS, QUOTIENT_SCALE, unscaled};
use crate::folder::{Sink, Written, written};
use crate::{Cell, Column, Error, Kind, Part, Row, Table, tables};
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows that are kept before they are written: what an export needs of memory does not grow with the facts.
const GROUP: usize = 1 << 15;
/// Bytes of a decimal of 38 digits.
const QUOTIENT_BYTES: i32 = 16;

/// The files of one part at a time; those of a part come together.
pub(crate) struct Parquet {
    root: PathBuf,
    part: Option<Part>,
    open: BTreeMap<&'static str, Open>,
    done: Vec<Written>,
}

struct Open {
    table: &'static Table,
    path: PathBuf,
    file: SerializedFileWriter<File>,
    buffer: Vec<Row>,
    rows: u64,
}

impl Parquet {
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), part: None, open: BTreeMap::new(), done: Vec::new() }
    }

    /// The file of a table in the part that is being written.
    fn file(&mut self, part: Option<&Part>, table: &'static Table) -> Result<&mut Open, Error> {
        if !self.open.contains_key(table.name) {
            let folder = self.root.join(table.name);
            let folder = match part {
                Some(part) => folder.join(format!("rubric={}", safe(&part.rubric))).join(format!("year={}", part.year)),
                None => folder,
            };
            self.open.insert(table.name, Open::create(&folder, table)?);
        }
        Ok(self.open.get_mut(table.name).expect("it was just opened"))
    }

    /// Closes the files of a part; tables without rows get one as well, so that every table can be queried.
    fn close(&mut self) -> Result<(), Error> {
        if let Some(part) = self.part.take() {
            for table in tables::ALL.iter().filter(|table| table.partitioned) {
                self.file(Some(&part), table)?;
            }
        }
        for open in std::mem::take(&mut self.open).into_values() {
            self.done.push(open.close(&self.root)?);
        }
        Ok(())
    }
}

impl Sink for Parquet {
    fn take(&mut self, part: Option<&Part>, table: &'static Table, rows: &[Row]) -> Result<(), Error> {
        if self.part.as_ref() != part {
            self.close()?;
            self.part = part.cloned();
        }
        let open = self.file(part, table)?;
        open.buffer.extend_from_slice(rows);
        open.rows += rows.len() as u64;
        if open.buffer.len() >= GROUP { open.flush() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Written>, Error> {
        self.close()?;
        let mut done = self.done;
        done.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(done)
    }
}

/// An identifier as the name of a folder; what Hive escapes is escaped.
fn safe(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

impl Open {
    fn create(folder: &Path, table: &'static Table) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(|error| Error::io(folder, &error))?;
        let path = folder.join("part-0.parquet");
        let file = File::create(&path).map_err(|error| Error::io(&path, &error))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_created_by(concat!("hengjian ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let begun = schema(table).and_then(|schema| SerializedFileWriter::new(file, schema, Arc::new(properties)));
        let file = begun.map_err(|error| Error::io(&path, &error))?;
        Ok(Self { table, path, file, buffer: Vec::new(), rows: 0 })
    }

    /// Writes what was kept as one row group.
    fn flush(&mut self) -> Result<(), Error> {
        let rows = std::mem::take(&mut self.buffer);
        let io = |error: ParquetError| Error::io(&self.path, &error);
        let mut group = self.file.next_row_group().map_err(io)?;
        for (at, column) in self.table.columns.iter().enumerate() {
            let mut writer = group.next_column().map_err(io)?.expect("the schema has every column");
            let cells = rows.iter().map(|row| &row[at]);
            fill(&mut writer, self.table, column, cells)?.map_err(io)?;
            writer.close().map_err(io)?;
        }
        group.close().map_err(io)?;
        Ok(())
    }

    fn close(mut self, root: &Path) -> Result<Written, Error> {
        if !self.buffer.is_empty() {
            self.flush()?;
        }
        let Self { table, path, file, rows, .. } = self;
        let file = file.into_inner().map_err(|error| Error::io(&path, &error))?;
        file.sync_all().map_err(|error| Error::io(&path, &error))?;
        written(root, &path, Some(table), rows)
    }
}

fn schema(table: &Table) -> Result<Arc<Type>, ParquetError> {
    let mut fields = Vec::new();
    for column in table.columns {
        fields.push(Arc::new(field(column)?));
    }
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(fields).build()?))
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let number = |number: u32| i32::try_from(number).expect("a few digits");
    let decimal = |scale, precision| Some(LogicalType::decimal(number(scale), number(precision)));
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT64, None),
        Kind::Mark => (Physical::INT64, decimal(MARK_SCALE, MARK_DIGITS)),
        Kind::Quotient => (Physical::FIXED_LEN_BYTE_ARRAY, decimal(QUOTIENT_SCALE, QUOTIENT_DIGITS)),
        Kind::Bool => (Physical::BOOLEAN, None),
        Kind::Time => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS))),
    };
    let (precision, scale) = match column.kind {
        Kind::Mark => (number(MARK_DIGITS), number(MARK_SCALE)),
        Kind::Quotient => (number(QUOTIENT_DIGITS), number(QUOTIENT_SCALE)),
        _ => (-1, -1),
    };
    let length = if column.kind == Kind::Quotient { QUOTIENT_BYTES } else { -1 };
    let repetition = if column.optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    Type::primitive_type_builder(column.name, physical)
        .with_repetition(repetition)
        .with_logical_type(logical)
        .with_length(length)
        .with_precision(precision)
        .with_scale(scale)
        .build()
}

/// Writes the cells of a column. A cell of another kind than the column's is a defect of whoever made the row.
fn fill<'c>(
    writer: &mut SerializedColumnWriter<'_>,
    table: &Table,
    column: &Column,
    cells: impl Iterator<Item = &'c Cell>,
) -> Result<Result<usize, ParquetError>, Error> {
    let mut levels: Vec<i16> = Vec::new();
    let mut present: Vec<&Cell> = Vec::new();
    for cell in cells {
        levels.push(i16::from(*cell != Cell::None));
        present.extend((*cell != Cell::None).then_some(cell));
    }
    let levels = column.optional.then_some(levels.as_slice());
    Ok(match column.kind {
        Kind::Text => {
            let values: Vec<ByteArray> =
                present.iter().map(|cell| ByteArray::from(cell.text().unwrap_or_default())).collect();
            writer.typed::<ByteArrayType>().write_batch(&values, levels, None)
        }
        Kind::Bool => {
            let values: Vec<bool> = present.iter().map(|cell| cell.bool().unwrap_or_default()).collect();
            writer.typed::<BoolType>().write_batch(&values, levels, None)
        }
        Kind::Whole | Kind::Mark | Kind::Time => {
            let values = present.iter().map(|cell| whole(table, column, cell)).collect::<Result<Vec<i64>, Error>>()?;
            writer.typed::<Int64Type>().write_batch(&values, levels, None)
        }
        Kind::Quotient => {
            let bytes = |cell: &&Cell| -> Result<FixedLenByteArray, Error> {
                let parts = unscaled(table, column, cell.decimal().unwrap_or_default())?;
                Ok(FixedLenByteArray::from(parts.to_be_bytes().to_vec()))
            };
            let values = present.iter().map(bytes).collect::<Result<Vec<_>, Error>>()?;
            writer.typed::<FixedLenByteArrayType>().write_batch(&values, levels, None)
        }
    })
}

fn whole(table: &Table, column: &Column, cell: &Cell) -> Result<i64, Error> {
    Ok(match cell {
        Cell::Decimal(value) => i64::try_from(unscaled(table, column, *value)?).expect("18 digits fit"),
        Cell::Time(seconds) => seconds.saturating_mul(1000),
        other => other.whole().unwrap_or_default(),
    })
}
