//! Bringing a package to where it was asked for: in the clear or encrypted, and read again before it is called done.

use crate::export::cannot_write;
use crate::view::VerifyReport;
use crate::{Result, Session, Watch};
use package::bag::Written;
use package::encrypt::{Recipient, seal};
use std::path::{Path, PathBuf};

/// What encrypted packages are called behind the name of the package.
const SEALED: &str = "age";

/// Where a package goes, and to whom.
pub(crate) struct Delivery<'a> {
    /// The folder that it is written to.
    pub folder: &'a Path,
    /// Its name, as in the clear.
    pub name: &'a str,
    /// Whom it is encrypted to; nobody for a package in the clear.
    pub recipients: &'a [Recipient],
}

impl Session {
    /// The keys that names and keys stand for; none for none.
    pub(crate) fn recipients_of(&mut self, given: &[String]) -> Result<Vec<Recipient>> {
        if given.is_empty() { Ok(Vec::new()) } else { self.encrypt_to(given) }
    }

    /// Lets `write` write a package, encrypts it where that was asked for, and verifies what came of it: the report says
    /// what a stranger would find.
    ///
    /// A package that is to be encrypted is written in the workspace first, which holds the same evidence anyway: on the
    /// stick nothing ever stands in the clear.
    pub(crate) fn deliver(
        &mut self,
        delivery: &Delivery<'_>,
        watch: &Watch,
        write: impl FnOnce(&Path, &mut package::Watch<'_>) -> Result<Written>,
    ) -> Result<(PathBuf, VerifyReport)> {
        let target = delivery.folder.join(delivery.name);
        let mut progress = |done, total| watch.report(delivery.name, done, total);
        let mut inner = package::Watch::new(&mut progress, watch.flag());
        let steps = if delivery.recipients.is_empty() { 2 } else { 3 };
        watch.part(0, steps);
        let path = if delivery.recipients.is_empty() {
            write(&target, &mut inner)?;
            target
        } else {
            let id = self.world.id();
            let plain = Plain::create(self.root(), &id)?;
            write(&plain.0, &mut inner)?;
            watch.part(1, steps);
            let sealed = delivery.folder.join(format!("{}.{SEALED}", delivery.name));
            seal(&plain.0, &sealed, delivery.recipients, &mut inner)?;
            sealed
        };
        watch.part(steps - 1, steps);
        let report = self.verify(&path, watch)?;
        watch.part(0, 0);
        Ok((path, report))
    }
}

/// A package in the clear that only lives until it was encrypted. It stands where files on their way do: what a program
/// that was killed leaves there is found at the next start.
struct Plain(PathBuf);

impl Plain {
    fn create(root: &Path, id: &str) -> Result<Self> {
        let folder = root.join("evidence").join("incoming");
        std::fs::create_dir_all(&folder).map_err(|error| cannot_write(&folder, &error))?;
        Ok(Self(folder.join(id)))
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}
