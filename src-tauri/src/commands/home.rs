//! The list of sheets, and what stands around it.

use crate::shell::{open_with_system, show_folder};
use app::view::{Home, LastRound, NewSheet, Role, SheetFacts, TakenOver};
use std::path::Path;

use_cases! {
    /// The start page.
    fn home() -> Home { |session| session.home() }

    /// Keeps what the workspace's owner does in assessments.
    fn set_role(role: Role) -> () { |session| session.set_role(&role) }

    /// Makes the sample, or finds it, and returns the id of its self-evaluation.
    fn make_sample() -> String { |session| session.make_sample() }

    /// Corrects unit, year, stage and assessor of a draft.
    fn correct_sheet(sheet: String, facts: SheetFacts) -> () { |session| session.correct_sheet(&sheet, &facts) }

    /// Takes drafts off the list, all or none; they can be put back.
    fn remove_sheets(sheets: Vec<String>) -> () { |session| session.remove_sheets(&sheets) }

    /// Puts sheets back on the list, all or none.
    fn restore_sheets(sheets: Vec<String>) -> () { |session| session.restore_sheets(&sheets) }

    /// Shows the folder of a package of the list.
    fn show_parcel(id: u32) -> () {
        |session| {
            let path = session.parcel_path(id)?;
            open_with_system(path.parent().unwrap_or(&path))
        }
    }

    /// Shows the folder that something was written into; of a file, the one that it is in.
    fn show_written(path: String) -> () { |_session| show_folder(Path::new(&path)) }

    /// Makes a sheet and returns its id.
    fn create_sheet(input: NewSheet) -> String { |session| session.create_sheet(&input) }

    /// Makes a sheet that starts from an earlier one.
    fn create_sheet_from(input: NewSheet, from: String) -> TakenOver {
        |session| session.create_sheet_from(&input, &from)
    }

    /// Earlier sheets that a new one can start from.
    fn last_rounds(input: NewSheet) -> Vec<LastRound> { |session| session.last_rounds(&input) }
}
