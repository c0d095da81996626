//! What was done: lines of the history, what changed since the last signed revision, and what a check found.

use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// What a line of the history is about.
    pub enum HistoryGroup {
        /// 打分
        Scores,
        /// 支撑材料
        Evidence,
        /// 新建、定稿、签名、交换
        Life,
        /// 任务、问题、写作
        Work,
    }

    /// Which lines of the history are wanted, the latest first.
    pub struct HistoryQuery {
        /// Only of this group.
        pub group: Option<HistoryGroup>,
        /// Only with these words: code, name, person or value.
        pub text: String,
        /// Only before the line with this number.
        pub before: Option<u32>,
    }

    /// A line of the history.
    pub struct HistoryLine {
        /// Its number in the workspace's history, from 1.
        pub number: u32,
        /// When, local time.
        pub at: String,
        /// Who; empty where it is not known.
        pub who: String,
        /// What was done, in words.
        pub action: String,
        /// What it is about.
        pub group: HistoryGroup,
        /// To what: a code or a name.
        pub target: String,
        /// The name that goes with the code.
        pub title: String,
        /// Value before, in words.
        pub old: Option<String>,
        /// Value after, in words.
        pub new: Option<String>,
        /// Why, where a reason was asked for.
        pub reason: Option<String>,
        /// SHA-256 over the line and all before it.
        pub hash: String,
    }

    /// Lines of the history.
    pub struct HistoryView {
        /// The latest first.
        pub lines: Vec<HistoryLine>,
        /// Whether there are earlier ones.
        pub more: bool,
        /// How many lines the history of the workspace has.
        pub rows: u32,
        /// Its last hash.
        pub head: String,
    }

    /// Something that a revision has otherwise than an earlier one.
    pub struct ChangeLine {
        /// Its code.
        pub code: String,
        /// The name that goes with the code.
        pub title: String,
        /// What it is, such as 得分.
        pub what: String,
        /// Then; absent when there was nothing.
        pub old: Option<String>,
        /// Now; absent when there is nothing.
        pub new: Option<String>,
    }

    /// What a sheet has otherwise than its last signed revision.
    pub struct ChangesView {
        /// The revision that was signed.
        pub since: u32,
        /// When it was finalised, local time.
        pub at: String,
        /// Who signed it.
        pub signers: Vec<String>,
        /// SHA-256 of its file.
        pub digest: String,
        /// The revision now.
        pub revision: u32,
        /// Why it was reopened.
        pub reason: Option<String>,
        /// The total then.
        pub total_then: String,
        /// The total now.
        pub total_now: String,
        /// What differs, in the order of the rubric.
        pub lines: Vec<ChangeLine>,
        /// Changes of the catalogue since then.
        pub evidence: u32,
    }

    /// A package that the history was compared with.
    pub struct HistoryCompared {
        /// The package.
        pub path: String,
        /// How many lines it says there were.
        pub rows: u32,
        /// Whether they are the first lines of the history here.
        pub same: bool,
    }

    /// What checking the history found.
    pub struct HistoryReport {
        /// Whether nothing is wrong.
        pub sound: bool,
        /// How many lines there are.
        pub rows: u32,
        /// The last hash.
        pub head: String,
        /// Finalised revisions whose files were read again.
        pub revisions: u32,
        /// Recorded values that were compared with what the history says of them.
        pub values: u32,
        /// Packages that it was compared with.
        pub compared: Vec<HistoryCompared>,
        /// What is wrong.
        pub problems: Vec<Problem>,
    }
}
