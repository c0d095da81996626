//! Keys that were opened in this sitting: in memory only, wiped when they are dropped.

use package::Signer;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Seconds after its last use that a key is dropped: as long as half a day's sitting.
const UNUSED: i64 = 4 * 3600;

/// The opened keys, by the fingerprint of their certificate.
#[derive(Default)]
pub(crate) struct Sitting {
    keys: Mutex<BTreeMap<String, Opened>>,
}

struct Opened {
    signer: Arc<Signer>,
    used: i64,
}

impl Sitting {
    /// The key of a certificate, if it is open; that counts as a use.
    pub(crate) fn get(&self, fingerprint: &str, now: i64) -> Option<Arc<Signer>> {
        let mut keys = self.keys(now);
        let opened = keys.get_mut(fingerprint)?;
        opened.used = now;
        Some(Arc::clone(&opened.signer))
    }

    /// Whether the key of a certificate is open.
    pub(crate) fn has(&self, fingerprint: &str, now: i64) -> bool {
        self.keys(now).contains_key(fingerprint)
    }

    /// Keeps an opened key.
    pub(crate) fn keep(&self, fingerprint: &str, signer: &Arc<Signer>, now: i64) {
        self.keys(now).insert(fingerprint.to_owned(), Opened { signer: Arc::clone(signer), used: now });
    }

    /// Drops every key.
    pub(crate) fn forget(&self) {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The keys that are still in use; a clock that was set back closes them as well.
    fn keys(&self, now: i64) -> MutexGuard<'_, BTreeMap<String, Opened>> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.retain(|_, opened| (0..UNUSED).contains(&(now - opened.used)));
        keys
    }
}
