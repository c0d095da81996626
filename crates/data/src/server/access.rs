//! Who is asked, and as whom.

use super::innermost;
use crate::Error;
use postgres::config::{Host, SslMode};
use postgres::error::SqlState;
use postgres::{Client, Config, NoTls};
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

/// How long a server may take to answer the first time.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server with what is needed to get in. It is never written out: only [`Access::server`] is.
pub struct Access {
    config: Config,
    server: String,
    user: String,
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access").field("server", &self.server).field("user", &self.user).finish_non_exhaustive()
    }
}

impl Access {
    /// Reads an address such as `postgres://office@localhost/results` or `postgresql:///results?host=/run/postgresql`.
    /// `user` is asked for when the address names none.
    ///
    /// # Errors
    /// An address that is none; one that names another machine.
    pub fn new(address: &str, user: &str) -> Result<Self, Error> {
        let bad = |detail: &str| Error::BadAddress { detail: detail.to_owned() };
        if !["postgres://", "postgresql://"].iter().any(|scheme| address.trim().starts_with(scheme)) {
            return Err(bad("postgres://"));
        }
        // The parser's own words may repeat what stands in the address, so only what it looked at is told.
        let mut config: Config = address.trim().parse().map_err(|_| bad("postgres://USER@HOST:PORT/DATABASE"))?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            config.host("localhost");
        }
        if let Some(host) = config.get_hosts().iter().find(|host| !is_here(host)) {
            return Err(Error::NotLocal { host: shown(host) });
        }
        if let Some(host) = config.get_hostaddrs().iter().find(|host| !host.is_loopback()) {
            return Err(Error::NotLocal { host: host.to_string() });
        }
        if config.get_ssl_mode() == SslMode::Require {
            return Err(bad("sslmode=require"));
        }
        config.ssl_mode(SslMode::Disable);
        if config.get_user().is_none() {
            config.user(user);
        }
        config.connect_timeout(PATIENCE).application_name("hengjian");
        let user = config.get_user().unwrap_or_default().to_owned();
        let server = name(&config);
        Ok(Self { config, server, user })
    }

    /// The server and its database, without the user's password.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Host, port, database and user, as a password file names them.
    #[must_use]
    pub fn places(&self) -> [String; 4] {
        let host = self.config.get_hosts().first().map(shown).unwrap_or_else(|| "localhost".to_owned());
        let host = if host.starts_with('/') { "localhost".to_owned() } else { host };
        let port = self.config.get_ports().first().copied().unwrap_or(5432).to_string();
        let database = self.config.get_dbname().unwrap_or(&self.user).to_owned();
        [host, port, database, self.user.clone()]
    }

    /// Whether a password is known already.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.config.get_password().is_some()
    }

    /// Takes the password.
    pub fn set_password(&mut self, password: &str) {
        self.config.password(password);
    }

    pub(super) fn connect(&self) -> Result<Client, Error> {
        self.config.connect(NoTls).map_err(|error| {
            let server = self.server.clone();
            let busy = [SqlState::CANNOT_CONNECT_NOW, SqlState::TOO_MANY_CONNECTIONS];
            let answered = match error.as_db_error() {
                Some(db) => !busy.contains(db.code()),
                // What fails without a word of the server and without the system is the missing password.
                None => !is_of_system(&error),
            };
            let detail = error.as_db_error().map_or_else(|| innermost(&error), |db| db.message().to_owned());
            if answered {
                Error::Refused { server, user: self.user.clone(), detail }
            } else {
                Error::Unreachable { server, detail }
            }
        })
    }
}

/// Whether the system's own failure is among the causes.
fn is_of_system(error: &dyn std::error::Error) -> bool {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.into_iter().any(|cause| cause.is::<std::io::Error>())
}

/// Whether a host is this machine.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

fn shown(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.display().to_string(),
    }
}

fn name(config: &Config) -> String {
    let host = config.get_hosts().first().map(shown).unwrap_or_default();
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let database = config.get_dbname().or(config.get_user()).unwrap_or_default();
    format!("{host}:{port}/{database}")
}

/// The password for host, port, database and user in a password file (`.pgpass`): `host:port:database:user:password`, with
/// `*` for any and `\` before `:` and `\`.
#[must_use]
pub fn password_in(file: &str, places: &[String; 4]) -> Option<String> {
    file.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let fields = fields(line);
        let [asked @ .., password] = fields.as_slice() else { return None };
        let fits = asked.len() == 4 && asked.iter().zip(places).all(|(asked, place)| asked == "*" || asked == place);
        fits.then(|| password.clone())
    })
}

fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ':' if fields.len() < 5 => fields.push(String::new()),
            letter => {
                let letter = if letter == '\\' { letters.next().unwrap_or('\\') } else { letter };
                fields.last_mut().expect("there is always one").push(letter);
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_asked() {
        for address in [
            "postgres://a@localhost/x",
            "postgresql://a@127.0.0.1:5433/x",
            "postgres://a@[::1]/x",
            "postgresql:///x?host=/run/postgresql",
            "postgres:///x",
        ] {
            assert!(Access::new(address, "me").is_ok(), "{address}");
        }
        for address in ["postgres://a@db.example.com/x", "postgres://a@10.0.0.2/x", "postgres://a@localhost,10.0.0.2/x"]
        {
            assert!(matches!(Access::new(address, "me"), Err(Error::NotLocal { .. })), "{address}");
        }
        let hidden = Access::new("postgresql:///x?host=localhost&hostaddr=10.0.0.2", "me");
        assert!(matches!(hidden, Err(Error::NotLocal { .. })));
        for address in ["mysql://a@localhost/x", "localhost", "", "postgres://a@localhost/x?sslmode=require"] {
            assert!(matches!(Access::new(address, "me"), Err(Error::BadAddress { .. })), "{address}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let access = Access::new("postgres://office:s3cret@localhost:5433/results", "me").unwrap();
        assert_eq!(access.server(), "localhost:5433/results");
        assert!(access.has_password() && !format!("{access:?}").contains("s3cret"));
        let bad = Access::new("postgres://office:s3cret@local host:x/results?nothing=1", "me").unwrap_err();
        assert!(!bad.to_string().contains("s3cret"), "{bad}");
    }

    #[test]
    fn a_password_file_is_read_as_the_server_s_own_tools_do() {
        let file = "# mine\nlocalhost:5432:other:office:no\n*:5432:results:office:a\\:b\\\\c\n*:*:*:*:any\n";
        let places = |port: &str| ["localhost", port, "results", "office"].map(str::to_owned);
        assert_eq!(password_in(file, &places("5432")).as_deref(), Some("a:b\\c"));
        assert_eq!(password_in(file, &places("5433")).as_deref(), Some("any"));
        assert_eq!(password_in("localhost:5432:x", &places("5432")), None);
    }
}
