//! What the tests of an office share: a workspace on a fixed day, panels, sheets, signatures as imports leave them.

use crate::desk::{new_sheet, open};
use app::Session;
use app::view::{NewPanel, Stage};
use assessment::merge::{Choice, DECISION, Decision, FORMAT, Person};
use std::path::{Path, PathBuf};
use store::{AuditNote, DecisionRow, Workspace};

pub const PANEL: &str = "2022 复评";
/// Scores differ at this point only.
pub const POINT: &str = "1.1.1-1";

/// An office, its workspace in a folder that goes away with it.
pub struct Office {
    pub folder: tempfile::TempDir,
    pub session: Session,
    /// The sheets that were finalised, in their order.
    pub sheets: Vec<String>,
    now: i64,
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}

impl Office {
    /// An empty one, at a time.
    pub fn at(now: i64) -> Self {
        Self::in_folder(tempfile::tempdir().unwrap(), now)
    }

    fn in_folder(folder: tempfile::TempDir, now: i64) -> Self {
        Self { session: open(folder.path(), Some(now)), folder, sheets: Vec::new(), now }
    }

    /// A copy of an office whose session was closed.
    pub fn copied(from: &Path, now: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(from, folder.path());
        Self::in_folder(folder, now)
    }

    /// Its folder, the session closed.
    pub fn close(self) -> tempfile::TempDir {
        drop(self.session);
        self.folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A panel of reviews.
    pub fn panel(&mut self, name: &str, rubric: &str, year: i32, members: &[(&str, &str)]) {
        let (panel, rubric) = (name.to_owned(), rubric.to_owned());
        let new = NewPanel { name: panel, rubric, year, stage: Stage::Review, members: Vec::new() };
        self.session.new_panel(&new).unwrap();
        for (person, organisation) in members {
            self.session.set_panel_member(name, person, organisation, true).unwrap();
        }
    }

    /// The draft of a complete review, with so many marks at one point and a remark there.
    pub fn draft(&mut self, unit: &str, person: (&str, &str), mark: &str, remark: &str) -> String {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample/self-周宁.json");
        let text = std::fs::read_to_string(sample).unwrap();
        let id = self.session.create_sheet(&new_sheet("oucsx-2021", (unit, 2022), Stage::Review, person)).unwrap();
        let state = self.session.enter_input(&id, &app::assess::read("样例", &text).unwrap()).unwrap();
        for point in state.points.iter().filter(|point| point.needs_reason) {
            self.session.set_remark(&id, &point.code, "现场核实").unwrap();
        }
        self.session.set_mark(&id, POINT, Some(mark)).unwrap();
        self.session.set_remark(&id, POINT, remark).unwrap();
        id
    }

    pub fn finalise(&mut self, sheet: String) -> String {
        self.session.finalize(&sheet).unwrap();
        self.sheets.push(sheet.clone());
        sheet
    }

    /// Does something to the workspace below the session.
    pub fn below<T>(self, run: impl FnOnce(&mut Workspace) -> T) -> (Self, T) {
        let Self { folder, session, sheets, now } = self;
        drop(session);
        let mut workspace = Workspace::open(&folder.path().join("ws")).unwrap();
        let value = run(&mut workspace);
        drop(workspace);
        (Self { session: open(folder.path(), Some(now)), folder, sheets, now }, value)
    }

    /// All that were finalised, signed.
    pub fn all_signed(self) -> Self {
        let sheets = self.sheets.clone();
        self.signed(&sheets)
    }

    /// Signs sheets as an import of signed packages leaves them.
    pub fn signed(self, sheets: &[String]) -> Self {
        let sign = |workspace: &mut Workspace| {
            for sheet in sheets {
                let note =
                    AuditNote { at: 1, sheet: Some(sheet), action: "sign", target: sheet, ..AuditNote::default() };
                let signed = workspace.write(&note, |tx| {
                    let digest = tx.sheet(sheet)?.digest.unwrap();
                    tx.sign_revision(sheet, &digest, "ab")
                });
                signed.map_err(|error: store::Error| error).unwrap();
            }
        };
        self.below(sign).0
    }

    /// Decides about the only content of a sheet, as an import of a signed decision leaves it: other marks count at some
    /// points, or, without any, it goes back to its assessor.
    pub fn decided(self, sheet: &str, marks: &[(&str, &str)]) -> Self {
        let note = AuditNote { at: 1, sheet: Some(sheet), action: "decide", target: sheet, ..AuditNote::default() };
        let decide = |workspace: &mut Workspace| {
            let written = workspace.write(&note, |tx| {
                let digest = tx.sheet(sheet)?.digest.unwrap();
                let (taken, rejected) = if marks.is_empty() { (None, Some(digest)) } else { (Some(digest), None) };
                let choice = Choice::Side {
                    sheet: sheet.to_owned(),
                    taken,
                    rejected: rejected.into_iter().collect(),
                    marks: marks.iter().map(|(code, mark)| ((*code).to_owned(), (*mark).to_owned())).collect(),
                };
                let by = Person { name: "王处".into(), organisation: "评估办".into() };
                let (kind, at) = (DECISION.to_owned(), "2022-06-20T02:00:00Z".to_owned());
                let decision = Decision { format: FORMAT, kind, choice, reason: "核过原件".into(), by, at };
                let body = serde_json::to_string(&decision).unwrap();
                tx.add_decision(&DecisionRow { digest: "ab".repeat(32), at: 1, body, sealed: Vec::new() })
            });
            written.map_err(|error: store::Error| error).unwrap();
        };
        self.below(decide).0
    }
}
