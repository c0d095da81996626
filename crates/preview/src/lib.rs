//! Foreign files to be looked at: what kind they are, pictures scaled down, texts decoded.
//!
//! Every file is hostile until it was read: what is decoded is bounded, and the memory that it takes. Nothing is
//! written, nothing of a file is carried on but pixels and characters.

mod error;
mod kind;
mod picture;
mod shrink;
mod table;
mod text;

pub use error::Error;
pub use kind::{Danger, HEAD, Kind, danger, holds_macros, kind};
pub use picture::{Picture, picture};
pub use table::{MOST_COLUMNS, MOST_ROWS, Table, table};
pub use text::{MOST_TEXT, Text, text};
