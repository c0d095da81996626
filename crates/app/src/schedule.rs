//! The schedule (进度安排) of an assessment, as 附件2 prints it.

use crate::refusal::Refusal;
use crate::tasks::days_between;
use crate::view::{DeadlineView, ScheduleDates, ScheduleLine, ScheduleStanding, ScheduleState, ScheduleView};
use crate::{Result, Session};
use assessment::schedule::show_day;
use assessment::{Period, Standing, Unfit};
use jiff::civil::Date;
use rubric::{Rubric, nesting};
use serde::Deserialize;
use store::{AuditNote, ScheduleRow, SheetRow};

/// Most lines of a schedule.
pub const LINES_MAXIMUM: usize = 200;
/// Longest cell, in characters.
pub const CELL_MAXIMUM: usize = 500;

/// Schedules that the sources print, by rubric.
const TEMPLATES: &[(&str, &str)] = &[("oucsx-2021", include_str!("../../../assets/schedules/oucsx-2021.toml"))];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    #[serde(default)]
    row: Vec<TemplateRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateRow {
    time: String,
    item: String,
    who: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    state: ScheduleState,
}

impl From<TemplateRow> for ScheduleLine {
    fn from(row: TemplateRow) -> Self {
        Self { time: row.time, item: row.item, who: row.who, note: row.note, state: row.state }
    }
}

/// Reads the lines of a schedule from a TOML file of `[[row]]` tables.
///
/// # Errors
/// When the file is not such TOML.
pub fn read_lines(path: &str, text: &str) -> Result<Vec<ScheduleLine>> {
    let bad = |detail: &str| Refusal::BadSchedule { path: path.to_owned(), detail: detail.trim_end().to_owned() };
    nesting::check(text).map_err(|error| bad(&error.to_string()))?;
    let template: Template = toml::from_str(text).map_err(|error| bad(&error.to_string()))?;
    Ok(template.row.into_iter().map(ScheduleLine::from).collect())
}

/// Says how far some lines are, each by its number from 1.
///
/// # Errors
/// A number that no line has.
pub fn set_states(lines: &mut [ScheduleLine], states: &[(usize, ScheduleState)]) -> Result<()> {
    let count = lines.len();
    for (number, state) in states {
        let line = number.checked_sub(1).and_then(|at| lines.get_mut(at));
        let line = line.ok_or(Refusal::NoScheduleLine { line: *number, count })?;
        line.state = state.clone();
    }
    Ok(())
}

impl From<assessment::ScheduleState> for ScheduleState {
    fn from(state: assessment::ScheduleState) -> Self {
        match state {
            assessment::ScheduleState::Open => Self::Open,
            assessment::ScheduleState::Doing => Self::Doing,
            assessment::ScheduleState::Done => Self::Done,
        }
    }
}

impl From<&ScheduleState> for assessment::ScheduleState {
    fn from(state: &ScheduleState) -> Self {
        match state {
            ScheduleState::Open => Self::Open,
            ScheduleState::Doing => Self::Doing,
            ScheduleState::Done => Self::Done,
        }
    }
}

impl Session {
    /// The schedule of a sheet's assessment: as stored, else as the source of its rubric prints it, else empty.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn schedule(&mut self, sheet: &str) -> Result<ScheduleView> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        let stored = self.read(|tx| Ok(tx.schedule(&row.assessment.id)?))?;
        let own = !stored.is_empty();
        let lines: Vec<ScheduleLine> = if own { stored.into_iter().map(line).collect() } else { template(&rubric) };
        let today = self.world.today();
        let dates = lines.iter().map(|line| dates(line, today)).collect();
        Ok(ScheduleView { sheet: row.id.clone(), writable: !row.imported, own, lines, dates })
    }

    /// Stores the schedule of a sheet's assessment; without lines the rubric's own stands again.
    ///
    /// # Errors
    /// Too many lines, a cell that is too long or has control characters; an unknown sheet or one of another machine;
    /// of the disk. The old schedule stays.
    pub fn set_schedule(&mut self, sheet: &str, lines: &[ScheduleLine]) -> Result<ScheduleView> {
        let row = self.sheet(sheet)?;
        require_own(&row)?;
        if lines.len() > LINES_MAXIMUM {
            return Err(Refusal::ScheduleTooLong { count: lines.len(), most: LINES_MAXIMUM }.into());
        }
        let rows = (1..).zip(lines).map(|(number, line)| stored(number, line)).collect::<Result<Vec<_>>>()?;
        let (at, count) = (self.now(), rows.len().to_string());
        let note = AuditNote {
            at,
            sheet: Some(&row.id),
            action: "set-schedule",
            target: &row.assessment.unit,
            new: Some(&count),
            ..AuditNote::default()
        };
        self.write(&note, |tx| Ok(tx.put_schedule(&row.assessment.id, &rows)?))?;
        self.schedule(&row.id)
    }
}

impl From<Standing> for ScheduleStanding {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Open => Self::Open,
            Standing::Doing => Self::Doing,
            Standing::Done => Self::Done,
            Standing::Overdue => Self::Overdue,
        }
    }
}

fn dates(line: &ScheduleLine, today: Date) -> ScheduleDates {
    let period = Period::read(&line.time);
    let state: assessment::ScheduleState = (&line.state).into();
    ScheduleDates {
        standing: state.on(period, today).into(),
        day: period.map(|period| show_day(period.end)),
        days_left: period.map(|period| days_between(today, period.end)),
    }
}

/// The next day until which something of a schedule is to be done; when all have passed, the last of them.
pub(crate) fn next_deadline(schedule: &ScheduleView) -> Option<DeadlineView> {
    let open = schedule.lines.iter().zip(&schedule.dates).filter(|(_, dates)| dates.standing != ScheduleStanding::Done);
    let deadlines = open.filter_map(|(line, dates)| {
        Some(DeadlineView { item: Some(line.item.clone()), day: dates.day.clone()?, days_left: dates.days_left? })
    });
    let (next, passed): (Vec<_>, Vec<_>) = deadlines.partition(|deadline| deadline.days_left >= 0);
    let next = next.into_iter().min_by_key(|deadline| deadline.days_left);
    next.or_else(|| passed.into_iter().max_by_key(|deadline| deadline.days_left))
}

/// Refuses to write for an assessment by a sheet that came from another machine.
pub(crate) fn require_own(row: &SheetRow) -> Result<()> {
    if row.imported {
        let (unit, assessor) = (row.assessment.unit.clone(), row.assessor.clone());
        return Err(Refusal::WritingImported { unit, assessor }.into());
    }
    Ok(())
}

fn line(row: ScheduleRow) -> ScheduleLine {
    ScheduleLine { time: row.time, item: row.item, who: row.who, note: row.note, state: row.state.into() }
}

/// The schedule that the source of a rubric, or of the rubric that it was derived from, prints.
fn template(rubric: &Rubric) -> Vec<ScheduleLine> {
    let id = rubric.parent.as_ref().map_or(&rubric.id, |parent| &parent.id);
    let Some((_, text)) = TEMPLATES.iter().find(|(known, _)| known == id) else { return Vec::new() };
    let template: Template = toml::from_str(text).expect("schedules are part of the program and tested");
    template.row.into_iter().map(ScheduleLine::from).collect()
}

fn stored(number: usize, line: &ScheduleLine) -> Result<ScheduleRow> {
    let cell = |name: &str, text: &str| {
        let text = text.replace("\r\n", "\n").trim().to_owned();
        if let Some(unfit) = Unfit::of(&text, CELL_MAXIMUM, &['\n']) {
            let (column, count) = (name.to_owned(), text.chars().count());
            return Err(Refusal::ScheduleCell { line: number, column, unfit, count, most: CELL_MAXIMUM });
        }
        Ok(text)
    };
    Ok(ScheduleRow {
        time: cell("time", &line.time)?,
        item: cell("item", &line.item)?,
        who: cell("who", &line.who)?,
        note: cell("note", &line.note)?,
        state: (&line.state).into(),
    })
}
