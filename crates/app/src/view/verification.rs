//! The record of a verification: what was checked, with what outcome, and how anyone can repeat it.

use super::VerifyReport;
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// How a check came out.
    pub enum CheckState {
        /// It holds.
        Passed,
        /// It does not.
        Failed,
        /// A person has to decide, such as by comparing a fingerprint.
        Person,
        /// Not done, because one before it failed.
        NotReached,
        /// There is nothing to check.
        Absent,
    }

    /// One check.
    pub struct CheckView {
        /// What was checked.
        pub name: String,
        /// How it came out.
        pub state: CheckState,
        /// The outcome in a word.
        pub outcome: String,
        /// What that means, in plain words.
        pub note: String,
        /// The rule: a clause of a standard or of the format.
        pub clause: String,
    }

    /// A command that repeats a check without this program.
    pub struct CommandView {
        /// What it does.
        pub purpose: String,
        /// The command, for a POSIX shell in the file's folder.
        pub line: String,
        /// What stands in its output when all is well; empty when it then prints nothing.
        pub expected: String,
    }

    /// The record of a verification.
    pub struct VerificationView {
        /// What was found.
        pub verification: VerifyReport,
        /// The file's name.
        pub name: String,
        /// Its size, such as 17.9 MB.
        pub size: String,
        /// Its size in bytes.
        pub bytes: String,
        /// SHA-256 of the whole file.
        pub sha256: String,
        /// What it is, in words.
        pub kind: String,
        /// When it was verified, local time with the offset from UTC.
        pub at: String,
        /// The program with its version.
        pub program: String,
        /// The rules that it was verified by.
        pub rules: String,
        /// What the verdict means, and what to do.
        pub meaning: String,
        /// The checks in the order in which they are made.
        pub checks: Vec<CheckView>,
        /// The commands, in the order in which they are given.
        pub commands: Vec<CommandView>,
    }
}
