//! The corpus is verified and imported; others judge what they can judge; nothing of a refused package is left.

use crate::common::{judge, run};
use crate::corpus::{self, Case, Judge};
use crate::fuzz::bag::{FOLDER, TAG_MANIFEST};
use crate::make::world;
use crate::program::python_tool;
use app::view::AcceptInput;
use app::{Language, Session, Watch, World};
use package::Sha256;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Whoever receives packages: a workspace with an office that it accepts, and the office's list.
pub struct Desk {
    pub folder: tempfile::TempDir,
    pub session: Session,
}

impl Desk {
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fonts = app::world::fonts_folder();
        let mut session = Session::open(&folder.path().join("办公室"), World::real(fonts), Language::Zh).unwrap();
        let certificate = world().office.certificate();
        let what = world().folder.path().join("office.pem").display().to_string();
        let heard = certificate.spoken().unwrap().to_string();
        session.accept(&AcceptInput { what, heard, note: String::new() }, &Watch::none()).unwrap();
        let list = folder.path().join("office.crl");
        std::fs::write(&list, corpus::list()).unwrap();
        session.take_revocation_list(&list).unwrap();
        Self { folder, session }
    }

    /// Every file of the workspace, and everything beside it, by digest; what SQLite shares between processes changes
    /// when anybody reads.
    pub fn files(&self) -> BTreeMap<PathBuf, Sha256> {
        let (mut files, mut open) = (BTreeMap::new(), vec![self.folder.path().to_owned()]);
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap()) {
                let path = entry.path();
                if entry.file_type().unwrap().is_dir() {
                    open.push(path);
                } else if !path.to_string_lossy().ends_with("-shm") {
                    files.insert(path.clone(), Sha256::of(&std::fs::read(&path).unwrap()));
                }
            }
        }
        files
    }

    fn listed(&mut self) -> String {
        serde_json::to_string(&self.session.home().unwrap()).unwrap()
    }

    /// Verifies and imports one package; gives what is not as it should be.
    fn judged(&mut self, case: &Case, path: &Path) -> Option<String> {
        let report = self.session.verify(path, &Watch::none());
        let (verdict, code) = match &report {
            Ok(report) => {
                let verdict = serde_json::to_value(&report.verdict).unwrap().as_str().unwrap().to_owned();
                (verdict, report.problems.first().map(|problem| problem.code.clone()).unwrap_or_default())
            }
            Err(failure) => ("refused".to_owned(), failure.code().to_owned()),
        };
        let unknown = case.import == "trust.signer-not-accepted";
        let before = (self.files(), self.listed());
        let imported = match unknown {
            true => self.session.import_accepted(path, &Watch::none()),
            false => self.session.import(path, &Watch::none()),
        };
        let import = imported.map_or_else(|failure| failure.code().to_owned(), |_| "imported".to_owned());
        let found = [verdict.as_str(), &code, &import];
        if found != [case.verdict, case.code, case.import] {
            let detail = report.map(|report| format!("{:?}", report.problems.first())).unwrap_or_default();
            return Some(format!(
                "{}: {found:?} instead of {:?} {detail}",
                case.name,
                [case.verdict, case.code, case.import]
            ));
        }
        if import != "imported" && before != (self.files(), self.listed()) {
            return Some(format!("{}: refused, and something was left", case.name));
        }
        None
    }
}

#[test]
fn every_package_has_its_named_outcome_and_leaves_nothing_when_it_is_refused() {
    let mut desk = Desk::open();
    let packages = tempfile::tempdir().unwrap();
    let cases = corpus::cases();
    let names: BTreeSet<&String> = cases.iter().map(|case| &case.name).collect();
    assert_eq!(names.len(), cases.len(), "a name stands for one case");
    let mut wrong = Vec::new();
    for case in &cases {
        let good = case.name.starts_with("ok_");
        assert_eq!(good, case.import == "imported", "{} says what becomes of it", case.name);
        assert!(!case.reason.is_empty());
        let path = packages.path().join(format!("{}.hjp", case.name));
        std::fs::write(&path, &case.bytes).unwrap();
        wrong.extend(desk.judged(case, &path));
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// What others say of a package.
fn others_say(case: &Case, folder: &Path) -> bool {
    let name = format!("{}.hjp", case.name);
    std::fs::write(folder.join(&name), &case.bytes).unwrap();
    if let Judge::Unzip(_) = case.judge {
        return run("unzip", &["-tqq", &name], folder).0;
    }
    let to = format!("{}.d", case.name);
    judge("unzip", &["-q", &name, "-d", &to], folder);
    let bag = folder.join(&to).join(FOLDER);
    if let Judge::Bagit(_) = case.judge {
        return run(python_tool("bagit.py"), &["--validate", "."], &bag).0;
    }
    let root = world().folder.path().join("office.pem").display().to_string();
    let trust = match case.judge {
        Judge::Chain(_) => ["-CAfile", root.as_str()],
        _ => ["-noverify", "-binary"],
    };
    let mut signatures = std::fs::read_dir(bag.join("signatures")).unwrap();
    signatures.all(|signature| {
        let signature = signature.unwrap().path().display().to_string();
        let verify =
            ["cms", "-verify", "-inform", "DER", "-in", &signature, "-content", TAG_MANIFEST, "-out", "/dev/null"];
        run("openssl", &[&verify[..], &["-binary"], &trust].concat(), &bag).0
    })
}

#[test]
fn others_agree_where_they_can_judge() {
    let folder = tempfile::tempdir().unwrap();
    let mut asked = BTreeMap::new();
    for case in corpus::cases() {
        let expected = match case.judge {
            Judge::Nobody => continue,
            Judge::Unzip(accepts) | Judge::Bagit(accepts) | Judge::Openssl(accepts) | Judge::Chain(accepts) => accepts,
        };
        assert_eq!(others_say(&case, folder.path()), expected, "{}", case.name);
        *asked.entry(expected).or_insert(0) += 1;
    }
    assert!(asked.values().all(|count| *count >= 8), "{asked:?}");
}
