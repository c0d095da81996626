//! A PostgreSQL server of a test's own: Debian's, in a temporary folder, never as root.

use crate::program::{judge, printed};
use crate::screen::wait_for;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The user that publishes.
pub const USER: &str = "office";
/// The user's password; no output may ever have it.
pub const PASSWORD: &str = "tide-pool-9317";

/// A running server with an empty database `results`.
pub struct Server {
    folder: tempfile::TempDir,
    binaries: PathBuf,
    port: u16,
}

/// Where Debian keeps the server's programs.
fn binaries() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let found = versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists()).max();
    found.expect("PostgreSQL is missing; script/bootstrap test installs it")
}

fn is_root() -> bool {
    judge("id", &["-u"]).trim() == "0"
}

impl Server {
    /// Makes and starts one.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // The server's own user has to reach what is inside.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let home = folder.path().join("server");
        std::fs::create_dir(&home).unwrap();
        std::fs::write(home.join("password"), PASSWORD).unwrap();
        if is_root() {
            judge("chown", &["-R", "postgres", home.to_str().unwrap()]);
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { folder, binaries: binaries(), port };
        let (data, password) = (server.home("data"), server.home("password"));
        let made = ["-D", &data, "-U", USER, "-A", "scram-sha-256", "--pwfile", &password, "-E", "UTF8"];
        server.own("initdb", &[&made[..], &["--locale=C.UTF-8", "--no-sync"]].concat());
        server.begin();
        assert_eq!(server.sql_in("postgres", "CREATE DATABASE results").status.code(), Some(0));
        server
    }

    fn home(&self, name: &str) -> String {
        self.folder.path().join("server").join(name).display().to_string()
    }

    /// Runs a program of the server as its user, as it refuses root.
    fn own(&self, program: &str, arguments: &[&str]) {
        let path = self.binaries.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        // The server that pg_ctl starts inherits what it is given here: a pipe would never end.
        let (log, errors) = (self.log(program), self.log(program));
        command.args(arguments).current_dir("/").stdin(Stdio::null()).stdout(log).stderr(errors);
        let status = command.status().unwrap();
        let said = std::fs::read_to_string(self.folder.path().join(program)).unwrap_or_default();
        assert!(status.success(), "{program} {arguments:?}\n{said}");
    }

    fn log(&self, program: &str) -> std::fs::File {
        std::fs::OpenOptions::new().create(true).append(true).open(self.folder.path().join(program)).unwrap()
    }

    /// Starts the server, which repairs itself when it was killed.
    pub fn begin(&self) {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={}",
            self.port,
            self.home(".").trim_end_matches("/.")
        );
        let (data, log) = (self.home("data"), self.home("log"));
        self.own("pg_ctl", &["-D", &data, "-l", &log, "-w", "-t", "60", "-o", &options, "start"]);
    }

    /// Kills the server and all that work for it, as a power cut would.
    pub fn kill(&self) {
        let file = std::fs::read_to_string(self.home("data/postmaster.pid")).unwrap();
        let first = file.lines().next().unwrap().trim().to_owned();
        let children = std::fs::read_to_string(format!("/proc/{first}/task/{first}/children")).unwrap_or_default();
        let mut all = vec![first];
        all.extend(children.split_whitespace().map(str::to_owned));
        for process in &all {
            // One that ended by itself meanwhile is as dead.
            let _ = Command::new("kill").args(["-KILL", process]).stderr(Stdio::null()).status();
        }
        let gone = |process: &String| !Path::new("/proc").join(process).join("exe").exists();
        wait_for("the server's processes to end", || all.iter().all(gone));
        // Until somebody asks how they ended their numbers stay taken, and the server would think that it still runs.
        for left in ["data/postmaster.pid".to_owned(), format!(".s.PGSQL.{}.lock", self.port)] {
            std::fs::remove_file(self.home(&left)).unwrap();
        }
    }

    /// The address, without the password.
    pub fn address(&self) -> String {
        format!("postgres://{USER}@localhost:{}/results", self.port)
    }

    /// A session that does this and then waits, until it is ended.
    pub fn holding(&self, sql: &str) -> Child {
        let mut command = self.psql("results", &format!("BEGIN; {sql}; SELECT pg_sleep(600);"));
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    fn psql(&self, database: &str, sql: &str) -> Command {
        let mut command = Command::new(self.binaries.join("psql"));
        let port = self.port.to_string();
        command.args(["-h", "127.0.0.1", "-p", &port, "-U", USER, "-d", database, "-XAtq", "-v", "ON_ERROR_STOP=1"]);
        command.args(["-c", sql]).env("PGPASSWORD", PASSWORD).stdin(Stdio::null());
        command
    }

    fn sql_in(&self, database: &str, sql: &str) -> Output {
        self.psql(database, sql).output().unwrap()
    }

    /// What the server answers.
    #[track_caller]
    pub fn sql(&self, sql: &str) -> String {
        let output = self.sql_in("results", sql);
        assert!(output.status.success(), "{sql}\n{}", printed(&output));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// How many rows each table has.
    pub fn counts(&self) -> String {
        self.sql(
            "SELECT string_agg(table_name || ' ' || (xpath('/row/n/text()', query_to_xml('SELECT count(*) AS n FROM hengjian.' \
             || table_name, false, true, '')))[1]::text, E'\\n' ORDER BY table_name) FROM information_schema.tables \
             WHERE table_schema = 'hengjian'",
        )
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::fs::exists(self.home("data/postmaster.pid")).unwrap_or_default() {
            self.kill();
        }
    }
}
