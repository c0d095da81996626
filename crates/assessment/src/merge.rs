//! Merging (汇总): a set of signed contents and decisions, and what follows from it.
//!
//! A [`Record`] only ever grows, by set union, so the order in which files arrive does not matter, nor does it matter
//! how often they arrive or in how many stages. What holds of a sheet ([`Standing`]) is computed from the set alone: a
//! later signed revision stands in place of an earlier one; two contents that claim the same place are a conflict until a
//! person decides, and the decision is one more element of the set. Nothing is ever taken out.

use crate::exchange::{ResultFile, SheetFile};
use crate::sheet::Stage;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Version of a decision and of the file of a merged record.
pub const FORMAT: u32 = 1;
/// Says what a decision is.
pub const DECISION: &str = "decision";

/// What a content is about; all revisions of one sheet have the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// Digest of the rubric.
    pub rubric: String,
    /// The unit assessed, as it is spelled.
    pub unit: String,
    /// The year.
    pub year: i32,
    /// The stage.
    pub stage: Stage,
    /// Who scored.
    pub assessor: Person,
}

impl From<&SheetFile> for Subject {
    fn from(file: &SheetFile) -> Self {
        Self {
            rubric: file.rubric.digest.clone(),
            unit: file.unit.clone(),
            year: file.year,
            stage: file.stage,
            assessor: Person { name: file.assessor.clone(), organisation: file.organisation.clone() },
        }
    }
}

/// A person as certificates and sheets name one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The organisation.
    pub organisation: String,
}

/// One content of one revision of a sheet: its bytes are named by `digest`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Identifier of the sheet.
    pub sheet: String,
    /// From 1.
    pub revision: u32,
    /// SHA-256 of the sheet's file.
    pub digest: String,
}

/// What the record holds of a content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What it is about, as its bytes say.
    pub subject: Subject,
    /// SHA-256 of the public keys of everybody who signed it.
    pub keys: BTreeSet<String>,
    /// The signed packages that brought it, by the digest of what was signed.
    pub proofs: BTreeSet<String>,
}

/// What a person decided, as it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// [`FORMAT`].
    pub format: u32,
    /// [`DECISION`].
    pub kind: String,
    /// What was decided.
    pub choice: Choice,
    /// Why.
    pub reason: String,
    /// Who, as the certificate says.
    pub by: Person,
    /// When, RFC 3339 in UTC.
    pub at: String,
}

/// What there is to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Choice {
    /// Which of the contents of a sheet counts.
    Side {
        /// The sheet.
        sheet: String,
        /// Digest of the content that counts; none when all go back to the assessor.
        taken: Option<String>,
        /// Digests of the contents that do not count.
        rejected: BTreeSet<String>,
        /// Marks that count in place of those of the content that counts, by the code of their points.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        marks: BTreeMap<String, String>,
    },
    /// That two spellings name one unit.
    Unit {
        /// The spelling that was found.
        given: String,
        /// The spelling that is meant.
        meant: String,
    },
    /// That two names are one person.
    Assessor {
        /// As found.
        given: Person,
        /// As meant.
        meant: Person,
    },
    /// That an earlier decision is taken back.
    Withdrawn {
        /// Digest of the signed file of that decision.
        decision: String,
    },
}

impl Decision {
    /// Whether it decides something, and gives a reason.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let decides = match &self.choice {
            Choice::Side { taken, rejected, marks, .. } => {
                let fits = taken.as_ref().map_or(marks.is_empty(), |taken| !rejected.contains(taken));
                !rejected.is_empty() && fits
            }
            Choice::Unit { given, meant } => given != meant,
            Choice::Assessor { given, meant } => given != meant,
            Choice::Withdrawn { decision } => !decision.is_empty(),
        };
        decides && self.format == FORMAT && self.kind == DECISION && !self.reason.trim().is_empty()
    }
}

/// Why contents contend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Why {
    /// Two contents under one revision.
    TwoContents,
    /// A later revision was not signed by everybody who signed an earlier one.
    OtherSigners,
    /// A later revision is about another unit, year, stage, rubric or assessor.
    OtherSubject,
}

/// What holds of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// This content counts.
    Current(Place),
    /// A person has to decide between these contents, in the order of revision and digest.
    Conflict {
        /// Why.
        why: Why,
        /// The contents.
        sides: BTreeSet<Place>,
    },
    /// Every content was rejected: the sheet went back to its assessor.
    Returned,
}

/// The merged record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    contents: BTreeMap<Place, Held>,
    /// By time, then by the digest of the signed file.
    decisions: BTreeMap<(String, String), Decision>,
}

impl Record {
    /// Adds a content; what is known of it already is joined with what arrives. Says whether it is new.
    pub fn add(&mut self, place: Place, held: Held) -> bool {
        match self.contents.get_mut(&place) {
            Some(known) => {
                known.keys.extend(held.keys);
                known.proofs.extend(held.proofs);
                false
            }
            None => self.contents.insert(place, held).is_none(),
        }
    }

    /// Adds a decision under the digest of its signed file. Says whether it is new.
    pub fn decide(&mut self, digest: String, decision: Decision) -> bool {
        self.decisions.insert((decision.at.clone(), digest), decision).is_none()
    }

    /// Adds everything that another record holds.
    pub fn join(&mut self, other: Self) {
        for (place, held) in other.contents {
            self.add(place, held);
        }
        self.decisions.extend(other.decisions);
    }

    /// All contents, by sheet, revision and digest.
    #[must_use]
    pub fn contents(&self) -> &BTreeMap<Place, Held> {
        &self.contents
    }

    /// All decisions in the order of their time, each with the digest of its signed file.
    pub fn decisions(&self) -> impl Iterator<Item = (&str, &Decision)> {
        self.decisions.iter().map(|((_, digest), decision)| (digest.as_str(), decision))
    }

    /// The decisions that no later one takes back, in the order of their time, each with the digest of its signed file.
    #[must_use]
    pub fn active(&self) -> Vec<(&str, &Decision)> {
        let mut taken_back = BTreeSet::new();
        let mut active = Vec::new();
        for ((_, digest), decision) in self.decisions.iter().rev() {
            if taken_back.contains(digest.as_str()) {
                continue;
            }
            if let Choice::Withdrawn { decision } = &decision.choice {
                taken_back.insert(decision.as_str());
            }
            active.push((digest.as_str(), decision));
        }
        active.reverse();
        active
    }

    /// Identifiers of all sheets.
    #[must_use]
    pub fn sheets(&self) -> BTreeSet<&str> {
        self.contents.keys().map(|place| place.sheet.as_str()).collect()
    }

    /// The contents of one sheet.
    pub fn of_sheet<'r>(&'r self, sheet: &str) -> impl Iterator<Item = (&'r Place, &'r Held)> {
        let first = Place { sheet: sheet.to_owned(), revision: 0, digest: String::new() };
        let sheet = sheet.to_owned();
        self.contents.range(first..).take_while(move |(place, _)| place.sheet == sheet)
    }

    /// Digests that do not count, as the latest decision that names each of them says.
    fn rejected(&self, sheet: &str) -> BTreeSet<&str> {
        let mut rejected = BTreeSet::new();
        for (_, decision) in self.active() {
            let Choice::Side { sheet: decided, taken, rejected: against, .. } = &decision.choice else { continue };
            if decided == sheet {
                if let Some(digest) = taken {
                    rejected.remove(digest.as_str());
                }
                rejected.extend(against.iter().map(String::as_str));
            }
        }
        rejected
    }

    /// Whether a person decided that a content does not count.
    #[must_use]
    pub fn is_rejected(&self, sheet: &str, digest: &str) -> bool {
        self.rejected(sheet).contains(digest)
    }

    /// The marks that a person put in place of those of a content, as the latest decision that takes it says.
    #[must_use]
    pub fn marks(&self, sheet: &str, digest: &str) -> BTreeMap<String, String> {
        let of = |(_, decision): &(&str, &Decision)| match &decision.choice {
            Choice::Side { sheet: decided, taken, marks, .. } if decided == sheet => {
                taken.as_deref().filter(|taken| *taken == digest).map(|_| marks.clone())
            }
            _ => None,
        };
        self.active().iter().rev().find_map(of).unwrap_or_default()
    }

    /// What holds of a sheet; nothing when the record does not know it.
    #[must_use]
    pub fn standing(&self, sheet: &str) -> Option<Standing> {
        self.standing_without(sheet, &self.rejected(sheet))
    }

    /// What would hold of a sheet if nobody had decided anything about its contents.
    #[must_use]
    pub fn question(&self, sheet: &str) -> Option<Standing> {
        self.standing_without(sheet, &BTreeSet::new())
    }

    fn standing_without(&self, sheet: &str, rejected: &BTreeSet<&str>) -> Option<Standing> {
        let all: Vec<(&Place, &Held)> = self.of_sheet(sheet).collect();
        all.first()?;
        let open: Vec<_> = all.into_iter().filter(|(place, _)| !rejected.contains(place.digest.as_str())).collect();
        let Some(latest) = open.iter().map(|(place, _)| place.revision).max() else { return Some(Standing::Returned) };
        let (top, below): (Vec<_>, Vec<_>) = open.into_iter().partition(|(place, _)| place.revision == latest);
        let unfit: Vec<(&Place, Why)> = below
            .iter()
            .filter_map(|(earlier, had)| Some((*earlier, top.iter().filter_map(|(_, now)| unfit(had, now)).max()?)))
            .collect();
        let why = unfit.iter().map(|(_, why)| *why).max().unwrap_or(Why::TwoContents);
        match top.as_slice() {
            [(only, _)] if unfit.is_empty() => Some(Standing::Current((*only).clone())),
            _ => {
                let why = if top.len() > 1 { Why::TwoContents } else { why };
                let earlier = unfit.into_iter().map(|(place, _)| place);
                let sides = top.iter().map(|(place, _)| *place).chain(earlier).cloned().collect();
                Some(Standing::Conflict { why, sides })
            }
        }
    }

    /// The spelling of a unit that is meant, as people decided.
    #[must_use]
    pub fn unit<'r>(&'r self, given: &'r str) -> &'r str {
        self.follow(given, |choice, name: &&str| match choice {
            Choice::Unit { given, meant } if given == name => Some(meant.as_str()),
            _ => None,
        })
    }

    /// The person who is meant, as people decided.
    #[must_use]
    pub fn assessor<'r>(&'r self, given: &'r Person) -> &'r Person {
        self.follow(given, |choice, person: &&Person| match choice {
            Choice::Assessor { given, meant } if given == *person => Some(meant),
            _ => None,
        })
    }

    /// Follows decisions from name to name, the latest of each; a circle ends where it would close.
    fn follow<'r, N: PartialEq + Copy>(&'r self, given: N, next: impl Fn(&'r Choice, &N) -> Option<N>) -> N {
        let (active, mut seen) = (self.active(), vec![given]);
        loop {
            let last = *seen.last().expect("begins with the name that was given");
            let found = active.iter().rev().find_map(|(_, decision)| next(&decision.choice, &last));
            match found {
                Some(name) if !seen.contains(&name) => seen.push(name),
                _ => return last,
            }
        }
    }
}

/// Why a later content cannot stand in place of an earlier one. Everybody who signed the earlier one has to have signed:
/// who merely added a signature could otherwise replace it alone.
fn unfit(earlier: &Held, later: &Held) -> Option<Why> {
    if earlier.subject != later.subject {
        Some(Why::OtherSubject)
    } else if !earlier.keys.is_subset(&later.keys) {
        Some(Why::OtherSigners)
    } else {
        None
    }
}

/// A mark that differs between two results; absent where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkChange {
    /// Code of the point or adjustment.
    pub code: String,
    /// Before.
    pub from: Option<String>,
    /// After.
    pub to: Option<String>,
}

/// The marks that differ, by code.
#[must_use]
pub fn changes(before: &ResultFile, after: &ResultFile) -> Vec<MarkChange> {
    let of =
        |result: &ResultFile, code: &str| result.points.get(code).or_else(|| result.adjustments.get(code)).cloned();
    let all = [before, after].into_iter().flat_map(|result| result.points.keys().chain(result.adjustments.keys()));
    let codes: BTreeSet<&String> = all.collect();
    let change = |code: &&String| MarkChange { code: (*code).clone(), from: of(before, code), to: of(after, code) };
    codes.iter().map(change).filter(|change| change.from != change.to).collect()
}

/// Whether two different spellings may name the same: alike but for blanks, brackets and width, or one shortened. A
/// single different character names another unit (河东分校, 河西分校), and so does a number (上党分校, 上党第二分校): no hint.
#[must_use]
pub fn may_be_same(one: &str, other: &str) -> bool {
    if one == other {
        return false;
    }
    let (one, other) = (plain(one), plain(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short == long {
        return true;
    }
    let numbers = |name: &[char]| name.iter().filter(|c| is_number(**c)).copied().collect::<Vec<_>>();
    let mut rest = long.iter();
    short.len() >= 3
        && numbers(&short) == numbers(&long)
        && short.iter().all(|wanted| rest.any(|found| found == wanted))
}

fn is_number(c: char) -> bool {
    c.is_numeric() || "〇一二三四五六七八九十百".contains(c)
}

fn plain(text: &str) -> Vec<char> {
    // Full-width forms stand at a fixed distance from ASCII.
    let narrow = |c: char| match u32::from(c) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
