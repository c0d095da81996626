//! Progress and cancelling of long work, across attaching, exporting and importing.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Takes a name, bytes done and bytes in all.
type Report = Box<dyn Fn(&str, u64, u64) + Send>;

/// What a face hands to long work: where to report, and a flag that ends it.
pub struct Watch {
    report: Report,
    cancel: Arc<AtomicBool>,
}

impl Watch {
    /// Reports `(name, bytes done, bytes in all)` and stops soon after `cancel` became true.
    #[must_use]
    pub fn new(report: impl Fn(&str, u64, u64) + Send + 'static, cancel: Arc<AtomicBool>) -> Self {
        Self { report: Box::new(report), cancel }
    }

    /// Neither reports nor stops.
    #[must_use]
    pub fn none() -> Self {
        Self::new(|_, _, _| {}, Arc::default())
    }

    /// Reports.
    pub fn report(&self, name: &str, done: u64, total: u64) {
        (self.report)(name, done, total);
    }

    /// Reports, and says whether to go on.
    pub fn step(&self, name: &str, done: u64, total: u64) -> ControlFlow<()> {
        self.report(name, done, total);
        if self.cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Whether the person stopped the work.
    #[must_use]
    pub fn cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// The flag itself, for the libraries.
    #[must_use]
    pub fn flag(&self) -> &AtomicBool {
        &self.cancel
    }
}
