//! What handing data out refuses.

use serde::Serialize;

/// Refusals of exports of data and of publishing.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// No signed sheet fits the choice.
    #[error("nothing to hand out")]
    Nothing {
        /// The rubric that was asked for.
        rubric: String,
        /// The year that was asked for.
        year: Option<i32>,
        /// What there is.
        known: String,
    },
    /// Nobody said who publishes.
    #[error("who publishes?")]
    NoOffice {},
    /// A signed sheet whose file does not say what follows from it.
    #[error("sheet {sheet}: {detail}")]
    SheetUnreadable {
        /// The sheet.
        sheet: String,
        /// The unit.
        unit: String,
        /// What is wrong.
        detail: String,
    },
    /// No published panel, or several, fit.
    #[error("no panel {panel} on {server}")]
    UnknownPanel {
        /// What was given.
        panel: String,
        /// The server.
        server: String,
        /// The panels there.
        known: String,
    },
    /// Published facts that do not make sense.
    #[error("{server}: {detail}")]
    Unreadable {
        /// The server.
        server: String,
        /// What is wrong.
        detail: String,
    },
}
