//! Data out: every fact of signed sheets and of panels as tidy tables, in files or on a server, and results read from one.

mod effective;
mod labels;
mod panels;
mod refused;
mod served;
mod sheets;

use crate::export::PROGRAM;
use crate::view::{
    FactsChoice, FactsFile, FactsFormat, FactsInput, FactsPart, FactsReport, FactsView, PublishInput, PublishReport,
    ServedPanel, ServerInput, ServerView,
};
use crate::{Result, Session, Watch};
use data::server::{Access, Publisher, Reader, password_in};
use data::{Error, Export, Format, Part, Piece, tables};
use package::certificate::Certificate;
pub use refused::Refused;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::{FactsRow, PanelRow};

/// What of the world decides how a server is reached; read once by the faces.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Who works at this machine.
    pub user: String,
    /// `PGPASSWORD`.
    pub password: Option<String>,
    /// `PGPASSFILE`, or `.pgpass` of whoever works here.
    pub password_file: Option<PathBuf>,
}

impl Surroundings {
    /// Those of this process.
    #[must_use]
    pub fn real() -> Self {
        let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let home = text("HOME").or_else(|| text("USERPROFILE")).map(PathBuf::from);
        let file = text("PGPASSFILE").map(PathBuf::from).or_else(|| home.map(|home| home.join(".pgpass")));
        let user = text("PGUSER").or_else(|| text("USER")).or_else(|| text("USERNAME")).unwrap_or_default();
        Self { user, password: text("PGPASSWORD"), password_file: file }
    }

    /// A way to a server: the password that was given, that of the address, of the environment, or of the password file.
    ///
    /// # Errors
    /// An address that is none, or that names another machine.
    pub fn access(&self, server: &ServerInput) -> Result<Access> {
        let mut access = Access::new(&server.address, &self.user)?;
        let given = Some(server.password.as_str()).filter(|password| !password.is_empty());
        if let Some(password) = given {
            access.set_password(password);
        } else if !access.has_password() {
            let file = || std::fs::read_to_string(self.password_file.as_ref()?).ok();
            let filed = || password_in(&file()?, &access.places());
            if let Some(password) = self.password.clone().or_else(filed) {
                access.set_password(&password);
            }
        }
        Ok(access)
    }
}

/// What was chosen: assessments and panels, by rubric and year.
struct Chosen {
    parts: BTreeMap<Part, (Vec<FactsRow>, Vec<PanelRow>)>,
}

/// What is told of while pieces are made.
struct Telling<'w> {
    watch: &'w Watch,
    done: u64,
    total: u64,
}

impl Telling<'_> {
    /// One more is done; stops when the person said so. Progress is counted in KiB by those who show it.
    fn step(&mut self, name: &str) -> Result<()> {
        self.done += 1;
        match self.watch.step(name, self.done << 10, self.total << 10) {
            std::ops::ControlFlow::Continue(()) => Ok(()),
            std::ops::ControlFlow::Break(()) => Err(Error::Stopped.into()),
        }
    }
}

impl Session {
    /// What can be handed out.
    ///
    /// # Errors
    /// Of the disk.
    pub fn facts_view(&mut self) -> Result<FactsView> {
        let chosen = self.chosen(&FactsChoice::default())?;
        let part = |(part, (rows, panels)): (&Part, &(Vec<FactsRow>, Vec<PanelRow>))| -> Result<FactsPart> {
            let digest = rows.first().map(|row| &row.assessment.rubric).or(panels.first().map(|panel| &panel.rubric));
            let title = digest.map(|digest| Ok(self.rubric_by_digest(digest)?.title.clone())).transpose();
            let units: BTreeSet<&str> = rows.iter().map(|row| row.assessment.unit.as_str()).collect();
            title.map(|title: Option<String>| FactsPart {
                rubric: part.rubric.clone(),
                title: title.unwrap_or_default(),
                year: part.year,
                units: crate::outcome::count(units.len()),
                sheets: rows.iter().map(|row| row.sheets).sum(),
                panels: panels.iter().map(|panel| panel.name.clone()).collect(),
            })
        };
        let parts = chosen.parts.iter().map(part).collect::<Result<_>>()?;
        Ok(FactsView { parts, office: self.office_name()? })
    }

    /// Name of the office of this workspace; empty where there is none.
    fn office_name(&self) -> Result<String> {
        let Some(row) = self.read(|tx| Ok(tx.office()?))? else { return Ok(String::new()) };
        Ok(Certificate::from_pem(&row.certificate)?.person().name)
    }

    /// Writes tables into a folder.
    ///
    /// # Errors
    /// Nothing that fits; a folder that has other files in it; of the disk. No partial folder is left.
    pub fn export_facts(&mut self, input: &FactsInput, watch: &Watch) -> Result<FactsReport> {
        let chosen = self.require_chosen(&input.choice)?;
        let office = self.office_name()?;
        let folder = Path::new(&input.directory);
        let mut export = Export::begin(folder, format(input.format), input.replace, &self.world.id())?;
        self.pieces(&chosen, &office, watch, &mut |piece| Ok(export.take(&piece)?))?;
        let files = export.finish()?;
        let file = |file: &data::Written| FactsFile {
            path: file.path.clone(),
            table: file.table.map(|table| table.name.to_owned()).unwrap_or_default(),
            rows: number(file.rows),
            bytes: file.bytes.to_string(),
            sha256: file.sha256.clone(),
        };
        let rows = number(files.iter().map(|file| file.rows).sum());
        Ok(FactsReport { directory: input.directory.clone(), rows, files: files.iter().map(file).collect() })
    }

    /// Publishes facts on a server. What is there already stays; run again after a failure, it completes.
    ///
    /// # Errors
    /// Nothing that fits; nobody who publishes; no server, or one that went away in the middle.
    pub fn publish_facts(
        &mut self,
        input: &PublishInput,
        around: &Surroundings,
        watch: &Watch,
    ) -> Result<PublishReport> {
        let chosen = self.require_chosen(&input.choice)?;
        let given = input.office.trim();
        let office = if given.is_empty() { self.office_name()? } else { given.to_owned() };
        if office.is_empty() {
            return Err(Refused::NoOffice {}.into());
        }
        let access = around.access(&input.server)?;
        let mut publisher = Publisher::open(&access, &office, PROGRAM)?;
        self.pieces(&chosen, &office, watch, &mut |piece| Ok(publisher.take(piece)?))?;
        let tally = publisher.finish()?;
        Ok(PublishReport {
            server: access.server().to_owned(),
            office,
            added: number(tally.added),
            replaced: number(tally.replaced),
            same: number(tally.same),
            rows: number(tally.rows),
            bundles: number(tally.bundles),
        })
    }

    /// What was chosen, unless it is nothing.
    fn require_chosen(&mut self, choice: &FactsChoice) -> Result<Chosen> {
        let chosen = self.chosen(choice)?;
        if chosen.parts.is_empty() {
            let all = self.chosen(&FactsChoice::default())?;
            let known: Vec<String> = all.parts.keys().map(|part| format!("{} {}", part.rubric, part.year)).collect();
            let (rubric, known) = (choice.rubric.clone(), known.join("、"));
            return Err(Refused::Nothing { rubric, year: choice.year, known }.into());
        }
        Ok(chosen)
    }

    fn chosen(&mut self, choice: &FactsChoice) -> Result<Chosen> {
        let named = choice.panels.iter().map(|panel| self.panel_row(panel)).collect::<Result<Vec<_>>>()?;
        let rows = self.read(|tx| Ok(tx.assessments_with_facts()?))?;
        let panels = self.read(|tx| Ok(tx.panels()?))?;
        let wanted = |part: &Part| {
            let rubric = choice.rubric.is_empty() || choice.rubric == part.rubric;
            rubric && choice.year.is_none_or(|year| year == part.year)
        };
        let mut parts: BTreeMap<Part, (Vec<FactsRow>, Vec<PanelRow>)> = BTreeMap::new();
        for row in rows {
            let (rubric, year) = (&row.assessment.rubric, row.assessment.year);
            let of_panel = named.is_empty() || named.iter().any(|panel| panel.rubric == *rubric && panel.year == year);
            let part = Part { rubric: row.rubric.clone(), year };
            if of_panel && wanted(&part) {
                parts.entry(part).or_default().0.push(row);
            }
        }
        for panel in panels {
            let part = Part { rubric: self.rubric_by_digest(&panel.rubric)?.id.clone(), year: panel.year };
            let asked = named.is_empty() || named.iter().any(|row| row.id == panel.id);
            // A panel without a signed sheet has nothing to say yet.
            let known = parts
                .get_mut(&part)
                .filter(|(rows, _)| asked && rows.iter().any(|row| row.assessment.rubric == panel.rubric));
            if let Some((_, panels)) = known {
                panels.push(panel);
            }
        }
        Ok(Chosen { parts })
    }

    /// Makes the pieces of what was chosen, those of a part one after the other, and never more than one at a time.
    fn pieces(
        &mut self,
        chosen: &Chosen,
        office: &str,
        watch: &Watch,
        take: &mut dyn FnMut(Piece) -> Result<()>,
    ) -> Result<()> {
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let total = chosen.parts.values().map(|(rows, panels)| number(rows.len() + panels.len())).sum();
        let mut telling = Telling { watch, done: 0, total };
        let sources = self.sources()?;
        // An assessor of several units, and a unit under two editions, come once.
        let mut taken = BTreeSet::new();
        let take = &mut |piece: Piece| if taken.insert(piece.key.clone()) { take(piece) } else { Ok(()) };
        take(labels::piece())?;
        for (part, (rows, panels)) in &chosen.parts {
            let mut editions: Vec<&String> = rows.iter().map(|row| &row.assessment.rubric).collect();
            editions.sort();
            editions.dedup();
            for digest in editions {
                take(self.rubric_piece(part, digest)?)?;
            }
            for row in rows {
                self.assessment_pieces(part, row, office, &sources, take)?;
                telling.step(&row.assessment.unit)?;
            }
            for panel in panels {
                take(self.panel_piece(part, panel, office)?)?;
                telling.step(&panel.name)?;
            }
            for piece in self.decision_pieces(part, rows)? {
                take(piece)?;
            }
        }
        Ok(())
    }
}

/// What a server has; it is only looked at.
///
/// # Errors
/// No server; no way in; tables of a newer program.
pub fn server_view(server: &ServerInput, around: &Surroundings) -> Result<ServerView> {
    let access = around.access(server)?;
    let server = access.server().to_owned();
    let mut reader = match Reader::open(&access) {
        Err(Error::Unpublished { .. }) => return Ok(ServerView { server, published: false, panels: Vec::new() }),
        other => other?,
    };
    let rows = reader.moment()?.all(&tables::PANEL)?;
    let text = |row: &data::Row, at: usize| row.get(at).and_then(|cell| cell.text()).unwrap_or_default().to_owned();
    let panel = |(part, row): &(Part, data::Row)| ServedPanel {
        id: text(row, 0),
        office: text(row, 1),
        name: text(row, 2),
        rubric: part.rubric.clone(),
        year: part.year,
    };
    Ok(ServerView { server, published: true, panels: rows.iter().map(panel).collect() })
}

fn format(format: FactsFormat) -> Format {
    match format {
        FactsFormat::Csv => Format::Csv,
        FactsFormat::Parquet => Format::Parquet,
        FactsFormat::Sqlite => Format::Sqlite,
    }
}

fn number(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
