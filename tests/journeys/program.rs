//! Starting the built programs and the third-party judges.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A program that was built beside this test; `script/test` builds all of them first.
pub fn built(name: &str) -> PathBuf {
    let deps = std::env::current_exe().unwrap();
    let path = deps.parent().unwrap().parent().unwrap().join(name);
    assert!(path.exists(), "{} is missing: run script/test, or cargo build --workspace --bins", path.display());
    path
}

/// The command line on a workspace.
pub struct Hengjian {
    pub workspace: PathBuf,
}

impl Hengjian {
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(built("hengjian"));
        command.env("HENGJIAN_PASSPHRASE", "correct horse").arg("--workspace").arg(&self.workspace).args(arguments);
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
        let text = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{text}");
        text
    }
}

/// Runs a third-party program, which must succeed and be installed, and gives what it printed.
pub fn judge(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}; script/bootstrap test installs it"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}\n{text}");
    text
}
