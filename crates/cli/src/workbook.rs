//! Rubrics as Excel workbooks.

use crate::args::TargetArgs;
use crate::output::{Output, code};
use app::{Exit, Result, workbooks};
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;

/// Reads a workbook and writes the rubric's file; all faults are reported.
pub fn import(output: &Output, book: &Path, args: &TargetArgs) -> Result<ExitCode> {
    let report = workbooks::import(book, args.target(), output.language)?;
    if report.problems.is_empty() {
        output.show(&report, |report| {
            let rubric = report.rubric.iter().map(|r| format!("{}  {}  {}", r.id, r.title, r.total));
            rubric.chain(report.path.clone()).collect()
        });
        return Ok(ExitCode::SUCCESS);
    }
    report.problems.iter().for_each(|problem| output.problem(problem));
    Ok(code(Exit::Refused))
}

/// Writes a rubric as a workbook.
pub fn export(output: &Output, rubric: &str, args: &TargetArgs) -> Result<ExitCode> {
    workbooks::export(rubric, args.target())?;
    Ok(written(output, args))
}

/// Writes the empty workbook.
pub fn template(output: &Output, args: &TargetArgs) -> Result<ExitCode> {
    workbooks::template(args.target())?;
    Ok(written(output, args))
}

fn written(output: &Output, args: &TargetArgs) -> ExitCode {
    output.show(&json!({ "path": args.out.display().to_string() }), |_| vec![args.out.display().to_string()]);
    ExitCode::SUCCESS
}
