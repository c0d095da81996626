//! How long the session takes for what the window asks most: a change of the 123-point sheet with 500 pieces of
//! evidence, beside the unit's own evaluation. Prints lines of a name, the median and the 95th percentile in
//! microseconds. Run by `script/bench`.

use app::view::{NewSheet, Stage};
use app::{Language, Session, Watch, World};
use std::path::{Path, PathBuf};
use std::time::Instant;

const PIECES: usize = 500;

fn sheet(session: &mut Session, stage: Stage, assessor: &str) -> String {
    let input = NewSheet {
        rubric: "oucsx-2021".to_owned(),
        unit: "并州分校".to_owned(),
        year: 2022,
        stage,
        assessor: assessor.to_owned(),
        organisation: "第二专家组".to_owned(),
    };
    session.create_sheet(&input).expect("it is the first of its kind")
}

/// So many small files, spread over the points.
fn attach(session: &mut Session, sheet: &str, folder: &Path) {
    let state = session.state(sheet).expect("it was just made");
    let codes: Vec<String> = state.points.into_iter().map(|point| point.code).collect();
    let one = |number: usize| -> PathBuf {
        let path = folder.join(format!("关于第{number}号考试工作的通知.txt"));
        std::fs::write(&path, format!("第{number}号：各学习中心请按期报送考试安排。")).expect("a temporary folder");
        path
    };
    let paths: Vec<PathBuf> = (0..PIECES).map(one).collect();
    for (paths, code) in paths.chunks(PIECES.div_ceil(codes.len())).zip(&codes) {
        session.attach(sheet, std::slice::from_ref(code), paths, &Watch::none()).expect("small files");
    }
}

/// Prints the median and the 95th percentile of so many runs.
fn report(name: &str, runs: usize, mut run: impl FnMut(usize)) {
    let mut times: Vec<u128> = (0..runs)
        .map(|number| {
            let start = Instant::now();
            run(number);
            start.elapsed().as_micros()
        })
        .collect();
    times.sort_unstable();
    #[allow(clippy::print_stdout)]
    {
        println!("{name} {} {}", times[runs / 2], times[runs * 95 / 100]);
    }
}

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let world = World::real(app::world::fonts_folder());
    let mut session = Session::open(&folder.path().join("ws"), world, Language::Zh).expect("an empty folder");
    let own = sheet(&mut session, Stage::SelfEvaluation, "周宁");
    let input = include_str!("../../../assets/sample/self-周宁.json");
    session.enter_input(&own, &app::assess::Input::read(input).expect("the sample")).expect("the sample");
    attach(&mut session, &own, folder.path());
    let sheet = sheet(&mut session, Stage::Review, "周敏");
    session.enter_input(&sheet, &app::assess::Input::read(input).expect("the sample")).expect("the sample");
    let mark = |number: usize| if number.is_multiple_of(2) { "1" } else { "2" };
    report("mark", 200, |number| drop(session.set_mark(&sheet, "1.1.1-1", Some(mark(number))).expect("a mark")));
    report("undo", 50, |_| drop(session.step(&sheet, true).expect("there is one")));
    report("state", 100, |_| drop(session.state(&sheet).expect("it is there")));
    report("open", 50, |_| drop(session.desk(&sheet).expect("it is there")));
    report("list", 50, |_| drop(session.home().expect("two sheets")));
    let state = session.state(&sheet).expect("it is there");
    report("json", 100, |_| drop(serde_json::to_string(&state).expect("plain data")));
}
