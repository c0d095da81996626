//! Distributing files and folders over the points that their names speak of: a plan first, which changes nothing, then
//! the act itself.

mod walk;

use crate::evidence::{Description, size};
use crate::outcome::count;
use crate::view::{DistributionLine, DistributionPlan, DistributionReport, PlacementReading, PlannedFile, RefusedFile};
use crate::{Result, Session, Watch};
use assessment::distribute::{Codes, Reading};
use rubric::Rubric;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::{SheetRow, files};
use walk::Found;

/// What keeps files from being distributed.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// No file was given.
    #[error("nothing given")]
    NothingGiven,
    /// More files than one act takes.
    #[error("{path}: more than {most} files")]
    TooMany {
        /// Where it became too many.
        path: String,
        /// How many are taken.
        most: usize,
    },
    /// The person stopped it before anything happened.
    #[error("stopped")]
    Stopped,
    /// A file has no point.
    #[error("{path} has no point")]
    NoPoint {
        /// The file.
        path: String,
    },
    /// Nothing has the code that files were dropped on.
    #[error("no place {place}")]
    UnknownPlace {
        /// The code.
        place: String,
    },
}

impl From<Reading> for PlacementReading {
    fn from(reading: Reading) -> Self {
        match reading {
            Reading::Named => Self::Named,
            Reading::Dropped => Self::Dropped,
            Reading::Indicator => Self::Indicator,
            Reading::Contradicting => Self::Contradicting,
            Reading::Unknown => Self::Unknown,
            Reading::Nothing => Self::Nothing,
        }
    }
}

impl Session {
    /// Says where files and the files in folders would go: by the codes in their names, or to the point or indicator
    /// `on` that they were dropped on. Changes nothing.
    ///
    /// # Errors
    /// No file or too many; an unknown place; stopped; a locked or unknown sheet; of the disk.
    pub fn plan_distribution(
        &mut self,
        sheet: &str,
        paths: &[PathBuf],
        on: Option<&str>,
        watch: &Watch,
    ) -> Result<DistributionPlan> {
        let row = self.draft(sheet)?;
        let rubric = self.rubric_of(&row)?;
        if let Some(code) = on.filter(|code| !is_place(&rubric, code)) {
            return Err(Refused::UnknownPlace { place: code.to_owned() }.into());
        }
        let (found, skipped) = walk::walk(paths, watch)?;
        if found.is_empty() && skipped.is_empty() {
            return Err(Refused::NothingGiven.into());
        }
        let twins = self.twins(&row, &found, watch)?;
        let codes = Codes::of(&rubric);
        let mut files: Vec<PlannedFile> =
            found.iter().zip(twins).map(|(found, twin)| planned(&codes, found, twin, on)).collect();
        let order: BTreeMap<&str, usize> =
            rubric.points().enumerate().map(|(at, (_, point))| (point.code.as_str(), at)).collect();
        files.sort_by_key(|file| file.points.first().and_then(|code| order.get(code.as_str()).copied()));
        Ok(DistributionPlan { files, skipped })
    }

    /// Attaches each file to its points. What one file is refused for does not keep the others from being attached;
    /// what was attached before the person stops stays.
    ///
    /// # Errors
    /// No file, or one without a point; an unknown point; a locked or unknown sheet. What is wrong with a file stands
    /// in the report.
    pub fn distribute(&mut self, sheet: &str, lines: &[DistributionLine], watch: &Watch) -> Result<DistributionReport> {
        let row = self.draft(sheet)?;
        if lines.is_empty() {
            return Err(Refused::NothingGiven.into());
        }
        if let Some(line) = lines.iter().find(|line| line.points.is_empty()) {
            return Err(Refused::NoPoint { path: line.path.clone() }.into());
        }
        let points: BTreeSet<&String> = lines.iter().flat_map(|line| &line.points).collect();
        self.require_points(&row, &points.into_iter().cloned().collect::<Vec<_>>())?;
        let mut report = DistributionReport {
            added: 0,
            linked: Vec::new(),
            refused: Vec::new(),
            left: 0,
            cancelled: false,
            evidence: Vec::new(),
            state: self.state(&row.id)?,
        };
        self.attach_lines(&row.id, lines, watch, &mut report)?;
        report.evidence = self.catalogue(&row.id)?;
        report.state = self.state(&row.id)?;
        Ok(report)
    }

    fn attach_lines(
        &mut self,
        sheet: &str,
        lines: &[DistributionLine],
        watch: &Watch,
        report: &mut DistributionReport,
    ) -> Result<()> {
        let sizes: Vec<u64> =
            lines.iter().map(|line| std::fs::symlink_metadata(&line.path).map_or(0, |kind| kind.len())).collect();
        let total = sizes.iter().sum();
        let (mut done, mut act) = (0, None);
        for (at, (line, size)) in lines.iter().zip(&sizes).enumerate() {
            if watch.cancelled() {
                report.cancelled = true;
                report.left = count(lines.len() - at);
                return Ok(());
            }
            watch.span(done, total);
            done += size;
            match self.attach_line(sheet, line, &mut act, watch)? {
                Ended::Added => report.added += 1,
                Ended::Linked(name) => report.linked.push(name),
                Ended::Stopped => {
                    report.cancelled = true;
                    report.left = count(lines.len() - at);
                    return Ok(());
                }
                Ended::Refused(refused) => {
                    let full = refused.problem.code == "store.disk-full";
                    report.refused.push(refused);
                    if full {
                        report.left = count(lines.len() - at - 1);
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    fn attach_line(
        &mut self,
        sheet: &str,
        line: &DistributionLine,
        act: &mut Option<i64>,
        watch: &Watch,
    ) -> Result<Ended> {
        let path = Path::new(&line.path);
        // A file that became a link since it was planned could lead anywhere.
        if std::fs::symlink_metadata(path).is_ok_and(|kind| kind.is_symlink()) {
            let problem = self.problem(&store::Error::NotAFile { path: line.path.clone() }.into());
            return Ok(Ended::Refused(RefusedFile { path: line.path.clone(), problem }));
        }
        let row = self.sheet(sheet)?;
        match self.attach_one(&row, &line.points, path, &Description::default().checked(1)?, act, watch) {
            Ok(crate::evidence::Attached::Added(_)) => Ok(Ended::Added),
            Ok(crate::evidence::Attached::Linked { name, .. }) => Ok(Ended::Linked(name)),
            Err(failure) if failure.code() == "store.cancelled" => Ok(Ended::Stopped),
            Err(failure) => {
                let problem = self.problem(&failure);
                Ok(Ended::Refused(RefusedFile { path: line.path.clone(), problem }))
            }
        }
    }

    /// For each file, what has the same content: a piece of the catalogue, or an earlier file. Only files of a size
    /// that occurs twice are read.
    fn twins(&self, sheet: &SheetRow, found: &[Found], watch: &Watch) -> Result<Vec<Option<Twin>>> {
        let pieces = self.read(|tx| Ok(tx.catalogue(sheet)?))?;
        let known: BTreeMap<&str, &str> =
            pieces.iter().map(|piece| (piece.sha256.as_str(), piece.fields.name.as_str())).collect();
        let mut sizes: BTreeMap<u64, usize> = BTreeMap::new();
        let all = pieces.iter().map(|piece| piece.size).chain(found.iter().map(|file| file.size));
        all.for_each(|size| *sizes.entry(size).or_default() += 1);
        let alike = |file: &Found| sizes.get(&file.size).is_some_and(|count| *count > 1);
        let total = found.iter().filter(|file| alike(file)).map(|file| file.size).sum();
        let (mut done, mut seen) = (0, BTreeMap::new());
        let mut twins = Vec::with_capacity(found.len());
        for file in found {
            if !alike(file) {
                twins.push(None);
                continue;
            }
            if watch.step(&file.shown, done, total).is_break() {
                return Err(Refused::Stopped.into());
            }
            done += file.size;
            // A file that cannot be read any more is told of when it is attached.
            let Ok(digest) = files::digest_of(&file.path) else {
                twins.push(None);
                continue;
            };
            let piece = known.get(digest.as_str()).map(|name| Twin { name: (*name).to_owned(), in_catalogue: true });
            let earlier = seen.get(&digest).map(|name: &String| Twin { name: name.clone(), in_catalogue: false });
            seen.entry(digest).or_insert_with(|| file.shown.clone());
            twins.push(piece.or(earlier));
        }
        Ok(twins)
    }
}

/// What has the same content as a file.
struct Twin {
    name: String,
    in_catalogue: bool,
}

/// What happened to a file.
enum Ended {
    Added,
    Linked(String),
    Refused(RefusedFile),
    Stopped,
}

fn is_place(rubric: &Rubric, code: &str) -> bool {
    rubric.point(code).is_some() || rubric.indicators.iter().any(|indicator| indicator.code == code)
}

fn planned(codes: &Codes, found: &Found, twin: Option<Twin>, on: Option<&str>) -> PlannedFile {
    let names: Vec<&str> = found.names.iter().map(String::as_str).collect();
    let placed = codes.place(&names, on);
    PlannedFile {
        path: found.path.display().to_string(),
        shown: found.shown.clone(),
        size: size(found.size),
        bytes: u32::try_from(found.size).unwrap_or(u32::MAX),
        points: placed.points,
        reading: placed.reading.into(),
        read: placed.read,
        candidates: placed.candidates,
        in_catalogue: twin.as_ref().is_some_and(|twin| twin.in_catalogue),
        twin: twin.map(|twin| twin.name),
    }
}

/// Whether any of these paths is a folder.
#[must_use]
pub fn has_folder(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path.is_dir())
}
