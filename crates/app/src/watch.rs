//! Progress and cancelling of long work, across attaching, exporting and importing.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Takes a name, bytes done and bytes in all.
type Report = Box<dyn Fn(&str, u64, u64) + Send>;

/// What a face hands to long work: where to report, and a flag that ends it.
pub struct Watch {
    report: Report,
    cancel: Arc<AtomicBool>,
    /// Bytes done before the current file, and bytes of all files; nothing in all while each file counts by itself.
    span: [AtomicU64; 2],
    /// Which part of a work this is, and of how many; none in all while there is one.
    part: [AtomicU64; 2],
}

impl Watch {
    /// Reports `(name, bytes done, bytes in all)` and stops soon after `cancel` became true.
    #[must_use]
    pub fn new(report: impl Fn(&str, u64, u64) + Send + 'static, cancel: Arc<AtomicBool>) -> Self {
        Self { report: Box::new(report), cancel, span: Default::default(), part: Default::default() }
    }

    /// Neither reports nor stops.
    #[must_use]
    pub fn none() -> Self {
        Self::new(|_, _, _| {}, Arc::default())
    }

    /// One for another thread: it reports nothing, and stops when this one does.
    #[must_use]
    pub fn quiet(&self) -> Self {
        Self::new(|_, _, _| {}, Arc::clone(&self.cancel))
    }

    /// From now on reports count within a larger work: `done` bytes before them, of `total` in all.
    pub fn span(&self, done: u64, total: u64) {
        self.span[0].store(done, Ordering::Relaxed);
        self.span[1].store(total, Ordering::Relaxed);
    }

    /// From now on reports are of one part of a work, of so many that take about as long; `0` of `0` ends that.
    pub fn part(&self, part: u64, of: u64) {
        self.part[0].store(part, Ordering::Relaxed);
        self.part[1].store(of, Ordering::Relaxed);
    }

    /// Reports.
    pub fn report(&self, name: &str, done: u64, total: u64) {
        let (done, total) = match self.span[1].load(Ordering::Relaxed) {
            0 => (done, total),
            all => (self.span[0].load(Ordering::Relaxed).saturating_add(done), all),
        };
        let done = done.min(total);
        match self.part[1].load(Ordering::Relaxed) {
            0 => (self.report)(name, done, total),
            parts => {
                let before = self.part[0].load(Ordering::Relaxed).saturating_mul(total);
                (self.report)(name, before.saturating_add(done), parts.saturating_mul(total));
            }
        }
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
