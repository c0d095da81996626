//! One run over all units: each report of each unit into a folder, with a log; what fails does not stop the rest.

use super::material::{Material, Unit};
use super::{Kind, Look, Refused, look};
use crate::export::exported;
use crate::handed::{self, part};
use crate::localise::Target;
use crate::problem::Problem;
use crate::results::table::{Cell, Table};
use crate::view::{DocumentFormat, ReportMade, ReportRun, ReportRunInput};
use crate::{Language, Result, Session, Watch};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Longest part of a file's name, in characters.
const NAME_MAXIMUM: usize = 40;
/// A thousand for each file, since progress is counted in the thousands.
const UNIT_OF_WORK: u64 = 1024;

/// A file to be made.
struct Job {
    kind: Kind,
    format: DocumentFormat,
    /// Index of the unit.
    unit: Option<usize>,
}

impl Session {
    /// Makes reports of all units, or of those that can be made. What is there is only overwritten when that is said.
    ///
    /// # Errors
    /// Unknown panel, report or profile; nothing to make; a seal that cannot be used; a folder that cannot be made.
    /// What goes wrong with a file stands in the answer and in the log.
    pub fn run_reports(&mut self, panel: &str, input: &ReportRunInput, watch: &Watch) -> Result<ReportRun> {
        let kinds = input.reports.iter().map(|name| Kind::named(name)).collect::<std::result::Result<Vec<_>, _>>()?;
        let kinds = if kinds.is_empty() { Kind::all().to_vec() } else { kinds };
        let material = self.report_material(panel, input.options.seal.as_deref())?;
        let look = look(&input.options)?;
        let jobs = jobs(&kinds, &input.formats, &material);
        if jobs.is_empty() {
            return Err(Refused::NothingToMake {}.into());
        }
        let folder = Path::new(&input.directory);
        std::fs::create_dir_all(folder).map_err(|error| crate::export::cannot_write(folder, &error))?;
        let total = UNIT_OF_WORK * u64::try_from(jobs.len()).unwrap_or(u64::MAX);
        let mut run = Running { folder, taken: BTreeSet::new(), unit: None, replace: input.replace };
        let (mut files, mut stopped) = (Vec::with_capacity(jobs.len()), false);
        for (done, job) in (0..).zip(&jobs) {
            let name = job.unit.map(|at| material.round.units[at].unit.clone()).unwrap_or_default();
            if watch.step(&name, UNIT_OF_WORK * done, total).is_break() {
                stopped = true;
                break;
            }
            files.push(self.report_file(&material, &look, job, &mut run));
        }
        watch.report("", total, total);
        let failed = files.iter().filter(|file| file.problem.is_some()).count();
        let log = self.log(folder, &files)?;
        let (made, failed) = (crate::outcome::count(files.len() - failed), crate::outcome::count(failed));
        Ok(ReportRun { directory: input.directory.clone(), log, made, failed, stopped, files })
    }

    fn report_file(&mut self, material: &Material, look: &Look, job: &Job, run: &mut Running<'_>) -> ReportMade {
        let unit = job.unit.map(|at| material.round.units[at].unit.clone()).unwrap_or_default();
        let path = run.path(material, job, &unit);
        let made = self.write_report(material, look, job, &unit, (&path, run));
        let file = path.strip_prefix(run.folder).unwrap_or(&path).display().to_string();
        let report = job.kind.title(self.language).to_owned();
        match made {
            Ok(size) => ReportMade { unit, report, file, size, problem: None },
            Err(failure) => {
                let problem = Some(self.problem(&failure));
                ReportMade { unit, report, file, size: String::new(), problem }
            }
        }
    }

    /// Writes one file; gives its size in words.
    fn write_report(
        &mut self,
        material: &Material,
        look: &Look,
        job: &Job,
        unit: &str,
        (path, run): (&Path, &mut Running<'_>),
    ) -> Result<String> {
        let target = Target { path, replace: run.replace };
        target.require_free()?;
        if let Some(at) = job.unit.filter(|at| run.unit.as_ref().is_none_or(|unit| unit.at != *at)) {
            run.unit = None;
            run.unit = Some(self.report_unit(material, &material.round.units[at].unit)?);
        }
        let about = run.unit.as_ref().filter(|one| job.kind.by_unit() && one.name() == unit);
        let (bytes, _) = self.report_bytes(job.kind, &job.format, (material, about), look)?;
        crate::export::make_folder_of(path)?;
        target.write(&bytes)?;
        Ok(exported(path, false)?.size)
    }

    /// Writes the log beside the files, under a name of its own.
    fn log(&self, folder: &Path, files: &[ReportMade]) -> Result<String> {
        let say = |zh: &'static str, en: &'static str| self.language.say(zh, en);
        let time = self.world.local(self.now(), "%Y%m%d-%H%M%S");
        let path = handed::free(folder, &format!("{}-{time}", say("生成记录", "reports")), "csv")?;
        let text = |text: &str| Cell::Text(text.to_owned());
        let line = |file: &ReportMade| {
            let state = if file.problem.is_some() { say("没有生成", "not made") } else { say("已生成", "made") };
            let why = file.problem.as_ref().map(why).unwrap_or_default();
            vec![text(&file.unit), text(&file.report), text(&file.file), text(state), text(&file.size), text(&why)]
        };
        let headings = [
            say("单位", "unit"),
            say("报告", "report"),
            say("文件", "file"),
            say("结果", "outcome"),
            say("大小", "size"),
            say("原因", "why"),
        ];
        let table = Table { headings: headings.map(str::to_owned).to_vec(), lines: files.iter().map(line).collect() };
        Target { path: &path, replace: false }.write(table.csv().as_bytes())?;
        Ok(path.display().to_string())
    }
}

fn why(problem: &Problem) -> String {
    let parts = [&problem.what, &problem.place, &problem.todo].into_iter().filter(|text| !text.is_empty());
    parts.cloned().collect::<Vec<_>>().join(" / ")
}

/// First what is about all units, then unit by unit in the order of their places.
fn jobs(kinds: &[Kind], formats: &[DocumentFormat], material: &Material) -> Vec<Job> {
    let formats_of = |kind: Kind| kind.formats().iter().filter(|format| formats.contains(format)).cloned();
    let of_all = kinds.iter().filter(|kind| !kind.by_unit());
    let mut jobs: Vec<Job> =
        of_all.flat_map(|kind| formats_of(*kind).map(|format| Job { kind: *kind, format, unit: None })).collect();
    for at in material.units() {
        let of_units = kinds.iter().filter(|kind| kind.by_unit());
        jobs.extend(
            of_units.flat_map(|kind| formats_of(*kind).map(move |format| Job { kind: *kind, format, unit: Some(at) })),
        );
    }
    jobs
}

/// What a run remembers from file to file.
struct Running<'a> {
    folder: &'a Path,
    /// Paths of this run in small letters: some file systems tell no others apart.
    taken: BTreeSet<String>,
    /// The unit whose sheets were read last.
    unit: Option<Unit>,
    replace: bool,
}

impl Running<'_> {
    /// A file of its own in the folder of its report.
    fn path(&mut self, material: &Material, job: &Job, unit: &str) -> PathBuf {
        let title = job.kind.title(Language::Zh);
        let (about, folder) = if job.kind.by_unit() {
            (part(unit, NAME_MAXIMUM), self.folder.join(title))
        } else {
            (part(&material.round.row.name, NAME_MAXIMUM), self.folder.to_owned())
        };
        let ending = job.format.name();
        let name = |number: u32| {
            let again = if number > 1 { format!("（{number}）") } else { String::new() };
            folder.join(format!("{about}{again}-{}-{title}.{ending}", material.year()))
        };
        let mut number = 1;
        while !self.taken.insert(name(number).display().to_string().to_lowercase()) {
            number += 1;
        }
        name(number)
    }
}
