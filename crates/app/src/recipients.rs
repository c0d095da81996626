//! Who can open encrypted packages: this workspace's own key, and the keys of those whom packages are sent to.
//!
//! The secret key stands in the workspace beside the evidence itself: it keeps a lost stick from being read, not a lost
//! computer (`docs/decisions/0015-exchange-keys.md`).

use crate::outcome::count;
use crate::view::{KeysView, RecipientView};
use crate::{Result, Session};
use assessment::sheet;
use package::encrypt::{Key, Recipient};
use serde::Serialize;
use store::{AuditNote, ExchangeKeyRow, RecipientRow};

/// Longest name of a recipient, in characters.
const NAME_MAXIMUM: usize = 60;

/// Why a recipient cannot be kept or found. The texts that people read stand in `messages/recipients.toml`.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// Nobody is known by this name or key.
    #[error("no recipient {recipient}")]
    UnknownRecipient {
        /// What was given.
        recipient: String,
        /// The names that there are.
        known: String,
    },
    /// Somebody else is known by this name.
    #[error("{name} is taken")]
    RecipientTaken {
        /// The name.
        name: String,
        /// The key that it stands for.
        key: String,
    },
    /// The key is this workspace's own.
    #[error("the key is this workspace's own")]
    OwnKey {
        /// The key.
        key: String,
    },
}

impl Session {
    /// This workspace's key and the recipients that are known.
    ///
    /// # Errors
    /// Of the disk.
    pub fn keys(&self) -> Result<KeysView> {
        let (own, others) = self.read(|tx| Ok((tx.exchange_keys()?, tx.recipients()?)))?;
        let latest = own.first();
        Ok(KeysView {
            own: latest.map(|row| row.recipient.clone()),
            made: latest.map(|row| self.world.local(row.made_at, "%Y-%m-%d")).unwrap_or_default(),
            older: count(own.len().saturating_sub(1)),
            recipients: others.into_iter().map(|row| RecipientView { key: row.key, name: row.name }).collect(),
        })
    }

    /// Makes a key for this workspace. One that is there goes on opening what was encrypted to it.
    ///
    /// # Errors
    /// Of the disk.
    pub fn make_key(&mut self) -> Result<KeysView> {
        self.new_key()?;
        self.keys()
    }

    /// Keeps somebody's key under a name; given again, the key gets the new name.
    ///
    /// # Errors
    /// A text that is no key, this workspace's own key, an unfit name, or one that stands for another key.
    pub fn add_recipient(&mut self, name: &str, key: &str) -> Result<KeysView> {
        let key = key.parse::<Recipient>()?.to_string();
        let name = sheet::name("recipient", name, NAME_MAXIMUM)?;
        let (own, others) = self.read(|tx| Ok((tx.exchange_keys()?, tx.recipients()?)))?;
        if own.iter().any(|row| row.recipient == key) {
            return Err(Refused::OwnKey { key }.into());
        }
        if let Some(taken) = others.into_iter().find(|row| row.name == name && row.key != key) {
            return Err(Refused::RecipientTaken { name, key: taken.key }.into());
        }
        let row = RecipientRow { key, name };
        let note = AuditNote {
            at: self.now(),
            action: "recipient-add",
            target: &row.key,
            new: Some(&row.name),
            ..AuditNote::default()
        };
        self.write(&note, |tx| Ok(tx.put_recipient(&row)?))?;
        self.keys()
    }

    /// Forgets somebody's key, given by name or key. What was encrypted to them stays so.
    ///
    /// # Errors
    /// [`Refused::UnknownRecipient`]; of the disk.
    pub fn remove_recipient(&mut self, given: &str) -> Result<KeysView> {
        let row = self.known_recipient(given)?;
        let note = AuditNote {
            at: self.now(),
            action: "recipient-remove",
            target: &row.key,
            old: Some(&row.name),
            ..AuditNote::default()
        };
        self.write(&note, |tx| Ok(tx.remove_recipient(&row.key)?))?;
        self.keys()
    }

    /// What opens packages that were encrypted to this workspace.
    pub(crate) fn exchange_keys(&self) -> Result<Vec<Key>> {
        let rows = self.read(|tx| Ok(tx.exchange_keys()?))?;
        rows.iter().map(|row| Ok(Key::parse(&row.secret)?)).collect()
    }

    /// The keys that names or keys stand for, with this workspace's own: who sends a package can read it again.
    pub(crate) fn encrypt_to(&mut self, given: &[String]) -> Result<Vec<Recipient>> {
        let mut recipients = Vec::new();
        for one in given {
            let key = match one.parse::<Recipient>() {
                Ok(key) => key,
                Err(_) => self.known_recipient(one)?.key.parse()?,
            };
            if !recipients.contains(&key) {
                recipients.push(key);
            }
        }
        let own = self.exchange_keys()?;
        let own = own.first().map_or_else(|| self.new_key(), |key| Ok(key.recipient()))?;
        if !recipients.contains(&own) {
            recipients.push(own);
        }
        Ok(recipients)
    }

    fn new_key(&mut self) -> Result<Recipient> {
        let key = Key::generate();
        let recipient = key.recipient();
        let row =
            ExchangeKeyRow { recipient: recipient.to_string(), secret: key.secret().to_string(), made_at: self.now() };
        let note =
            AuditNote { at: row.made_at, action: "exchange-key", target: &row.recipient, ..AuditNote::default() };
        self.write(&note, |tx| Ok(tx.put_exchange_key(&row)?))?;
        Ok(recipient)
    }

    fn known_recipient(&self, given: &str) -> Result<RecipientRow> {
        let rows = self.read(|tx| Ok(tx.recipients()?))?;
        let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
        let given = given.trim();
        let unknown = || Refused::UnknownRecipient { recipient: given.to_owned(), known: names.join("、") };
        Ok(rows.into_iter().find(|row| row.key == given || row.name == given).ok_or_else(unknown)?)
    }
}
