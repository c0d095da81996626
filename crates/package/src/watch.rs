//! Progress and cancelling of long work.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::{Error, Result};

/// What a caller hands to long work: where to report bytes done of bytes in all, and a flag that ends the work.
pub struct Watch<'a> {
    progress: &'a mut dyn FnMut(u64, u64),
    cancel: &'a AtomicBool,
    done: u64,
    total: u64,
}

impl<'a> Watch<'a> {
    /// Reports to `progress(done, total)` in bytes, and stops soon after `cancel` became true.
    pub fn new(progress: &'a mut dyn FnMut(u64, u64), cancel: &'a AtomicBool) -> Self {
        Self { progress, cancel, done: 0, total: 0 }
    }

    /// Starts counting anew towards `total` bytes.
    pub(crate) fn begin(&mut self, total: u64) -> Result<()> {
        self.done = 0;
        self.total = total;
        self.advance(0)
    }

    /// Counts `bytes` more, and ends the work when the flag is set.
    pub(crate) fn advance(&mut self, bytes: u64) -> Result<()> {
        if self.cancel.load(Ordering::Relaxed) {
            return Err(Error::PackageCancelled {});
        }
        self.done = self.done.saturating_add(bytes);
        (self.progress)(self.done, self.total);
        Ok(())
    }
}
