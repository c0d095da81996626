//! What the use cases need from outside: time, randomness, the fonts' folder.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use package::CryptoRng;
use std::path::PathBuf;

/// Clock, randomness, time zone and fonts, passed in so that tests decide them.
pub struct World {
    /// Seconds since 1970 in UTC.
    pub now: Box<dyn Fn() -> i64 + Send + Sync>,
    /// Randomness for keys and identifiers.
    pub random: Box<dyn CryptoRng + Send + Sync>,
    /// Zone of the times that people read.
    pub zone: TimeZone,
    /// Folder with the bundled fonts.
    pub fonts: PathBuf,
}

impl World {
    /// The real world: this machine's clock, randomness and time zone.
    #[must_use]
    pub fn real(fonts: PathBuf) -> Self {
        Self {
            now: Box::new(|| Timestamp::now().as_second()),
            random: Box::new(rand_core::UnwrapErr(getrandom::SysRng)),
            zone: TimeZone::system(),
            fonts,
        }
    }

    /// A new identifier: 128 random bits as 32 hexadecimal digits.
    pub fn id(&mut self) -> String {
        let mut bytes = [0; 16];
        self.random.fill_bytes(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Today.
    #[must_use]
    pub fn today(&self) -> Date {
        let now = Timestamp::from_second((self.now)()).unwrap_or(Timestamp::UNIX_EPOCH);
        now.to_zoned(self.zone.clone()).date()
    }

    /// A time as people read it, such as `2026-11-21 22:05`.
    #[must_use]
    pub fn local(&self, time: i64, format: &str) -> String {
        match Timestamp::from_second(time) {
            Ok(time) => time.to_zoned(self.zone.clone()).strftime(format).to_string(),
            Err(_) => time.to_string(),
        }
    }
}

/// A time in UTC as RFC 3339 text, for files.
#[must_use]
pub fn rfc3339(time: i64) -> String {
    Timestamp::from_second(time).map_or_else(|_| time.to_string(), |time| time.to_string())
}

/// Seconds of an RFC 3339 text.
#[must_use]
pub fn seconds(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// The workspace when none is named: `hengjian` in the user's data folder.
#[must_use]
pub fn default_workspace() -> PathBuf {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    let data = std::env::var_os("XDG_DATA_HOME").or_else(|| std::env::var_os("LOCALAPPDATA")).map(PathBuf::from);
    let data = data.or_else(|| home.map(|home| home.join(".local/share"))).unwrap_or_else(|| PathBuf::from("."));
    data.join("hengjian")
}

/// The folder of the bundled fonts: named by `HENGJIAN_FONTS`, beside the program, or where a checkout has it.
#[must_use]
pub fn fonts_folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("HENGJIAN_FONTS") {
        return PathBuf::from(folder);
    }
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(std::path::Path::parent);
    let places = beside.map(|folder| [folder.join("fonts"), folder.join("../share/hengjian/fonts")]);
    let checkout = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/fonts"));
    let list = |folder: &PathBuf| folder.join("fonts.toml").exists();
    places.into_iter().flatten().find(list).unwrap_or(checkout)
}
