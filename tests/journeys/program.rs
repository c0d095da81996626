//! Starting the built programs and the third-party judges.

use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The passphrase of every identity that the tests make.
pub const PASSPHRASE: &str = "correct horse";

/// The rubric of the tests.
pub const RUBRIC: &str = "oucsx-2021";

/// The checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A file of the sample, as an argument.
pub fn sample(name: &str) -> String {
    root().join("assets/sample").join(name).display().to_string()
}

/// A program that was built beside this test; `script/test` builds all of them first.
pub fn built(name: &str) -> PathBuf {
    let deps = std::env::current_exe().unwrap();
    let path = deps.parent().unwrap().parent().unwrap().join(name);
    assert!(path.exists(), "{} is missing: run script/test, or cargo build --workspace --bins", path.display());
    path
}

/// What a program printed, errors first.
pub fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

/// The command line on a workspace.
pub struct Hengjian {
    pub workspace: PathBuf,
}

impl Hengjian {
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(built("hengjian"));
        command.env("HENGJIAN_PASSPHRASE", PASSPHRASE).stdin(Stdio::null());
        command.arg("--workspace").arg(&self.workspace).args(arguments);
        command
    }

    /// Runs and gives everything.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs, must succeed, gives what was printed.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs with `--json`, must succeed.
    pub fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.ok(&[&["--json"], arguments].concat())).unwrap()
    }

    /// Runs, must be refused with this exit code, gives the message.
    pub fn refused(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let text = printed(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{text}");
        text
    }

    /// Runs, must end with this exit code, gives what was printed as the result.
    pub fn ends(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{}", printed(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// A new sheet of 并州分校 in 2022, by its id.
    pub fn new_sheet(&self, stage: &str, assessor: &str, organisation: &str) -> String {
        let unit = ["new", "--rubric", RUBRIC, "--unit", "并州分校", "--year", "2022"];
        let who = ["--stage", stage, "--assessor", assessor, "--organisation", organisation];
        text(&self.json(&[&unit[..], &who].concat())["id"]).to_owned()
    }

    /// A new identity, by its fingerprint without the blanks.
    pub fn new_identity(&self, name: &str, organisation: &str) -> String {
        let made = self.json(&["identity", "new", "--name", name, "--organisation", organisation]);
        text(&made["fingerprint"]).replace(' ', "")
    }
}

/// The text of a JSON string.
#[track_caller]
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a string: {value}"))
}

/// The elements of a JSON list.
#[track_caller]
pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("not a list: {value}"))
}

/// The only file in a folder with this ending.
#[track_caller]
pub fn only_file(folder: &Path, ending: &str) -> PathBuf {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found: Vec<PathBuf> = entries.filter(|path| path.extension() == Some(OsStr::new(ending))).collect();
    let [one] = &found[..] else { panic!("{ending} in {}: {found:?}", folder.display()) };
    one.clone()
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A Python judge from the environment that `script/bootstrap` makes.
pub fn python_tool(name: &str) -> PathBuf {
    let environment = std::env::var_os("HENGJIAN_VENV").map_or_else(|| root().join(".venv"), PathBuf::from);
    environment.join("bin").join(name)
}

/// Runs a third-party program, which must succeed and be installed, and gives what it printed.
pub fn judge(program: impl AsRef<OsStr>, arguments: &[&str]) -> String {
    judge_in(Path::new("."), program, arguments)
}

/// The same in a folder.
pub fn judge_in(folder: &Path, program: impl AsRef<OsStr>, arguments: &[&str]) -> String {
    let name = program.as_ref().display();
    let output = Command::new(&program).args(arguments).current_dir(folder).env("LC_ALL", "C.UTF-8").output();
    let output = output.unwrap_or_else(|error| panic!("{name}: {error}; script/bootstrap test installs it"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} {arguments:?}\n{text}");
    text
}
