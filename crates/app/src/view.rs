//! What the faces show: plain data, ready to be printed or put on the screen. Decimals are strings.

/// Declares data types with the derives that they all need.
macro_rules! views {
    ($($(#[$doc:meta])* pub $kind:ident $name:ident $body:tt)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
            #[serde(rename_all = "camelCase")]
            pub $kind $name $body
        )*
    };
}
use views;

mod conflict;
mod dashboard;
mod distribution;
mod documents;
mod editions;
mod evidence;
mod exchange;
mod facts;
mod figures;
mod history;
mod home;
mod merge;
mod outcome;
mod panel;
mod preview;
mod receipt;
mod recipients;
mod rectification;
mod reports;
mod results;
mod rubric;
mod sheet;
mod signing;
mod tasks;
mod trust;
mod verdicts;
mod verification;
mod writing;

pub use conflict::*;
pub use dashboard::*;
pub use distribution::*;
pub use documents::*;
pub use editions::*;
pub use evidence::*;
pub use exchange::*;
pub use facts::*;
pub use figures::*;
pub use history::*;
pub use home::*;
pub use merge::*;
pub use outcome::*;
pub use panel::*;
pub use preview::*;
pub use receipt::*;
pub use recipients::*;
pub use rectification::*;
pub use reports::*;
pub use results::*;
pub use rubric::*;
pub use sheet::*;
pub use signing::*;
pub use tasks::*;
pub use trust::*;
pub use verdicts::*;
pub use verification::*;
pub use writing::*;
