//! How long a panel of 1,000 units × 7 experts takes to be seen: the first time, when 7,000 sheets are read; again; after a
//! change; one unit; the answer as JSON; every view of the results. Prints lines of a name and microseconds. Run by `script/bench`.

use app::view::{NewPanel, NewSheet, PanelPerson, ResultsQuery, ResultsSort, ResultsTable, Stage};
use app::{Language, Session, World};
use assessment::Phase;
use std::path::Path;
use std::time::Instant;
use store::{AuditNote, RevisionRow, SheetRow, Workspace};

const UNITS: usize = 1_000;
const EXPERTS: usize = 7;
const PANEL: &str = "2022 复评";

fn expert(number: usize) -> PanelPerson {
    PanelPerson { name: format!("专家{number}"), organisation: "第二专家组".to_owned() }
}

fn open(folder: &Path) -> Session {
    Session::open(folder, World::real(app::world::fonts_folder()), Language::Zh).expect("a folder of its own")
}

/// A finalised sheet as the session makes it: its row and its file.
fn finalised(folder: &Path) -> (SheetRow, String) {
    let mut session = open(folder);
    let input = NewSheet {
        rubric: "oucsx-2021".to_owned(),
        unit: "样本".to_owned(),
        year: 2022,
        stage: Stage::Review,
        assessor: "样本".to_owned(),
        organisation: "样本".to_owned(),
    };
    let sheet = session.create_sheet(&input).expect("the first sheet");
    let sample = include_str!("../../../assets/sample/self-周宁.json");
    let state =
        session.enter_input(&sheet, &app::assess::Input::read(sample).expect("the sample")).expect("the sample");
    for point in state.points.iter().filter(|point| point.needs_reason) {
        session.set_remark(&sheet, &point.code, "现场核实").expect("a draft");
    }
    session.finalize(&sheet).expect("a complete sheet");
    drop(session);
    let workspace = Workspace::open(folder).expect("it was just closed");
    let read = workspace.read(|tx| {
        let row = tx.sheet(&sheet)?;
        let file = tx.revisions(&sheet)?.remove(0).file;
        Ok::<_, store::Error>((row, file))
    });
    read.expect("it was just written")
}

/// The same sheet of every expert for every unit, each with another total.
fn fill(folder: &Path) {
    let (sample, file) = finalised(folder);
    let mut workspace = Workspace::open(folder).expect("it was just closed");
    let total = file.split("\"total\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a total").to_owned();
    let note = AuditNote { at: 1, action: "import", target: "", ..AuditNote::default() };
    let filled = workspace.write(&note, |tx| {
        for unit in 0..UNITS {
            let name = format!("单位{unit:04}");
            let assessment = tx.assessment(&sample.assessment.rubric, &name, 2022, &format!("a{unit}"))?;
            for number in 0..EXPERTS {
                let (id, digest) = (format!("s{unit}-{number}"), format!("d{unit}-{number}"));
                let other = format!("\"total\":\"{}\"", 700 + (unit * 13 + number * 17) % 250);
                let file = file.replacen(&format!("\"total\":\"{total}\""), &other, 1);
                let person = expert(number);
                tx.put_sheet(&SheetRow {
                    id: id.clone(),
                    assessment: assessment.clone(),
                    assessor: person.name,
                    organisation: person.organisation,
                    phase: Phase::Signed,
                    digest: Some(digest.clone()),
                    ..sample.clone()
                })?;
                tx.put_revision(&RevisionRow { sheet: id, revision: 1, digest, file, signers: vec!["ab".to_owned()] })?;
            }
        }
        Ok::<_, store::Error>(())
    });
    filled.expect("an empty workspace");
}

/// Prints how long something took.
fn report<T>(name: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = run();
    let took = start.elapsed().as_micros();
    #[allow(clippy::print_stdout)]
    {
        println!("{name} {took}");
    }
    value
}

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path().join("ws");
    fill(&folder);
    let mut session = open(&folder);
    report("offers", || session.panel_offers()).expect("sheets");
    let new = NewPanel {
        name: PANEL.to_owned(),
        rubric: "oucsx-2021".to_owned(),
        year: 2022,
        stage: Stage::Review,
        members: (0..EXPERTS).map(expert).collect(),
    };
    report("first", || session.new_panel(&new)).expect("a panel");
    let view = report("again", || session.panel(PANEL)).expect("a panel");
    report("json", || serde_json::to_string(&view)).expect("plain data");
    report("change", || session.recuse(PANEL, "专家1", "单位0001", Some("有关系"))).expect("a member");
    report("unit", || session.panel_unit(PANEL, "单位0500")).expect("a unit");
    report("compare", || session.compare_members(PANEL, "单位0500", Some("专家2"), 200)).expect("a member");
    report("agreement", || session.panel_agreement(PANEL)).expect("a panel");
    results(&mut session);
}

/// Every view of the results, once the sheets were read, with the answer as the window gets it.
fn results(session: &mut Session) {
    use ResultsTable::{Compare, Grades, Indicators, Matrix, Own, Profile, Ranking, Trend};
    let query = |table: ResultsTable, units: &[&str]| ResultsQuery {
        table,
        units: units.iter().map(|unit| (*unit).to_owned()).collect(),
        sort: None,
        ..ResultsQuery::default()
    };
    let sorted = ResultsQuery {
        search: "9".to_owned(),
        indicator: Some("3.6".to_owned()),
        sort: Some(ResultsSort { column: "unit".to_owned(), descending: true }),
        ..query(Ranking, &[])
    };
    session.results(PANEL).expect("a panel");
    for (name, query) in [
        ("view-matrix", query(Matrix, &[])),
        ("view-ranking", query(Ranking, &[])),
        ("view-grades", query(Grades, &[])),
        ("view-weak", query(Indicators, &[])),
        ("view-self", query(Own, &[])),
        ("view-filtered", sorted),
    ] {
        report(name, || serde_json::to_string(&session.results_by(PANEL, &query).expect("a panel")))
            .expect("plain data");
    }
    let five = ["单位0001", "单位0250", "单位0500", "单位0750", "单位0999"];
    report("view-unit", || session.unit_profile(PANEL, &query(Profile, &five[..1]))).expect("a unit");
    report("view-compare", || session.compare_by(PANEL, &query(Compare, &five))).expect("units");
    report("view-years", || session.trend_by(PANEL, &query(Trend, &five))).expect("units");
    report("view-mark", || session.mark(PANEL, five[1], "4.5.3-4")).expect("a unit");
}
