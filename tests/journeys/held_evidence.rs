//! Evidence that a finalised sheet rests on: nobody edits it, and nobody's editor gets the only copy.

use crate::program::root;
use app::preview::Previews;
use app::view::{EvidenceChange, NewSheet, Stage};
use app::{Language, Session, Watch, World};
use std::path::Path;

fn new_sheet(session: &mut Session, stage: Stage, assessor: &str) -> String {
    let input = NewSheet {
        rubric: "oucsx-2021".into(),
        unit: "并州分校".into(),
        year: 2022,
        stage,
        assessor: assessor.into(),
        organisation: "并州分校".into(),
    };
    session.create_sheet(&input).unwrap()
}

fn open(folder: &Path) -> Session {
    Session::open(&folder.join("ws"), World::real(root().join("assets/fonts")), Language::Zh).unwrap()
}

#[test]
fn a_finalised_sheet_holds_its_evidence_and_editors_get_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = open(folder.path());
    let sheet = new_sheet(&mut session, Stage::SelfEvaluation, "周宁");
    let file = folder.path().join("规划.txt");
    std::fs::write(&file, "规划").unwrap();
    let attached = session.attach(&sheet, &["1.1.1-1".into()], &[file], &Watch::none()).unwrap();
    let item = attached.added[0].clone();

    let copy = session.look_job(&sheet, &item).unwrap().copy(&Previews::default(), false).unwrap();
    assert!(!copy.starts_with(session.root()), "{}", copy.display());
    assert_eq!(copy.file_name().unwrap(), "规划.txt");
    std::fs::remove_file(&copy).unwrap();
    std::fs::write(&copy, "改过").unwrap();
    assert!(
        session.check_evidence(&sheet, &Watch::none()).unwrap().problems.is_empty(),
        "the stored file is another one"
    );

    let sample = std::fs::read_to_string(root().join("assets/sample/self-周宁.json")).unwrap();
    session.enter_input(&sheet, &app::assess::read("self", &sample).unwrap()).unwrap();
    session.finalize(&sheet).unwrap();
    let review = new_sheet(&mut session, Stage::Review, "韩立群");
    let rename = EvidenceChange::Set { item: item.clone(), field: "name".into(), value: "别的".into() };
    let page = |page: &str| EvidenceChange::Page { item: item.clone(), point: "1.1.1-1".into(), page: page.into() };
    let refused = [
        session.change_evidence(&review, std::slice::from_ref(&rename)).unwrap_err(),
        session.change_evidence(&review, &[page("第3页")]).unwrap_err(),
        session
            .change_evidence(&review, &[EvidenceChange::Unlink { item: item.clone(), point: "1.1.1-1".into() }])
            .unwrap_err(),
        session.change_evidence(&review, &[EvidenceChange::Remove { item: item.clone() }]).unwrap_err(),
    ];
    assert!(refused.iter().all(|failure| failure.code() == "app.evidence-held"), "{refused:?}");
    let kept = session.catalogue(&sheet).unwrap();
    assert_eq!((kept[0].name.as_str(), kept[0].points.as_slice()), ("规划", &["1.1.1-1".to_owned()][..]));

    session.reopen(&sheet, "补正").unwrap();
    session.change_evidence(&review, &[rename, page("第3页")]).unwrap();
}
