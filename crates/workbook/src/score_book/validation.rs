//! What a spreadsheet lets a person type into a cell.

use super::slots::{Shape, Slot};
use rubric::decimal::show;
use rubric::legal::LegalMarks;
use rust_decimal::Decimal;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, XlsxError};

/// Most marks that are offered as a list.
const MOST_OFFERED: usize = 21;

/// Most characters of a list that stands in the validation itself.
const MOST_LIST: usize = 255;

/// Most characters of an error message.
const MOST_MESSAGE: usize = 220;

/// Most of what is counted by hand.
const MOST_COUNTED: i32 = 1000;

/// The validation of a cell with this name (`F5`); nothing for texts.
pub fn of(slot: &Slot, cell: &str, step: Decimal, hint: &str) -> Result<Option<DataValidation>, XlsxError> {
    let new = DataValidation::new;
    let validation = match &slot.shape {
        Shape::Text => return Ok(None),
        Shape::Mark(legal) => marks(legal, cell, step)?,
        Shape::Number(true) => new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
        Shape::Number(false) => new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
        Shape::Count => new().allow_whole_number(DataValidationRule::Between(0, MOST_COUNTED)),
        Shape::Choice(_) | Shape::Conformity | Shape::Tick(_) => new().allow_list_strings(&slot.shape.words())?,
    };
    stop(validation, hint).map(Some)
}

/// A drop-down list of a range of cells.
pub fn range(range: &str) -> Result<DataValidation, XlsxError> {
    stop(DataValidation::new().allow_list_formula(Formula::new(range)), "从列表中选择")
}

/// A number from 0, as of an achievement's base.
pub fn from_zero() -> Result<DataValidation, XlsxError> {
    stop(DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)), "不小于 0 的数")
}

fn stop(validation: DataValidation, hint: &str) -> Result<DataValidation, XlsxError> {
    let hint: String = hint.chars().take(MOST_MESSAGE).collect();
    validation
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("不能这样填")?
        .set_error_message(format!("这里可填：{hint}。没有评的留空。"))
}

/// A list of marks when they are few, else the range and the step.
fn marks(legal: &LegalMarks, cell: &str, step: Decimal) -> Result<DataValidation, XlsxError> {
    let offered: Option<Vec<String>> =
        legal.choices(MOST_OFFERED).map(|marks| marks.iter().map(|mark| show(*mark)).collect());
    if let Some(offered) = offered.filter(|offered| offered.join(",").len() <= MOST_LIST) {
        return DataValidation::new().allow_list_strings(&offered);
    }
    let (low, high) = (show(legal.lowest()), show(legal.highest()));
    let steps = format!("{cell}/{}", show(step));
    // The spreadsheet reckons in binary: a step is met when it is met within a millionth.
    let formula = format!("=AND(ISNUMBER({cell}),{cell}>={low},{cell}<={high},ABS({steps}-ROUND({steps},0))<0.000001)");
    Ok(DataValidation::new().allow_custom(Formula::new(formula)))
}
