//! Realistic packages by the thousand: units × experts with plausible marks, signed with few identities. The same call
//! gives the same content; nothing is asked of a clock.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use assessment::exchange::{
    EvidenceFile, EvidenceScope, FORMAT, PackageFile, ResultFile, RubricRef, SheetFile, SheetRef,
};
use assessment::{Entry, EntryKind, Records, Stage};
use package::bag::{self, Contents, Evidence};
use package::revocation::{self, Reason, Revoked};
use package::{Algorithm, Identity, Person, Request, Sha256, Signer, Watch, authority, canonical, identity, request};
use rand_core::{TryCryptoRng, TryRng};
use rubric::{Rubric, decimal};

/// 2026-09-12 06:00:00 UTC: when everything here is finalised; it is signed an hour later.
pub const NOW: i64 = 1_789_192_800;
/// Seconds between finalising and signing.
const HOUR: i64 = 3600;
/// Opens the identities of these people.
pub const PASSPHRASE: &str = "汇总所用的通行短语";

const FAMILY: [&str; 12] = ["周", "陈", "李", "何", "贾", "韩", "孟", "武", "郭", "任", "薛", "侯"];
const GIVEN: [&str; 12] = ["敏", "立", "维", "静", "平", "立群", "雪琴", "建国", "晓燕", "文博", "思远", "海霞"];
const PLACES: [&str; 16] = [
    "并州", "河东", "上党", "雁门", "漳源", "滹沱", "汾曲", "代州", "云州", "绛州", "潞州", "沁源", "岚州", "蒲州",
    "泽州", "忻口",
];

/// Randomness that is the same in every run (SplitMix64).
#[derive(Clone, Debug)]
pub struct Steps(pub u64);

impl Steps {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }
}

impl TryRng for Steps {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::try_from(self.next() >> 32).unwrap_or_default())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let step = self.next().to_le_bytes();
            chunk.copy_from_slice(&step[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Steps {}

/// An office, its experts, and the rubric that they score under.
pub struct Campaign {
    rubric: Rubric,
    text: String,
    /// The office's root.
    pub office: Signer,
    /// The experts with certificates of the office.
    pub experts: Vec<Signer>,
    year: i32,
}

/// Which content a package has.
#[derive(Clone, Copy, Debug)]
pub struct Which {
    /// Number of the unit.
    pub unit: usize,
    /// Number of the expert.
    pub expert: usize,
    /// From 1.
    pub revision: u32,
    /// Another number gives other marks.
    pub variant: u64,
}

impl Which {
    /// The first revision of an expert's sheet of a unit.
    #[must_use]
    pub fn first(unit: usize, expert: usize) -> Self {
        Self { unit, expert, revision: 1, variant: 0 }
    }
}

/// Name of a unit by its number.
#[must_use]
pub fn unit(number: usize) -> String {
    let place = PLACES[number % PLACES.len()];
    match number / PLACES.len() {
        0 => format!("{place}分校"),
        round => format!("{place}第{}分校", round + 1),
    }
}

fn expert(number: usize) -> Person {
    let round = number / FAMILY.len();
    let name = format!("{}{}", FAMILY[number % FAMILY.len()], GIVEN[(number + round) % GIVEN.len()]);
    Person { name, organisation: "第二专家组".to_owned(), role: None }
}

fn bytes(sheet: &SheetFile) -> Vec<u8> {
    canonical::to_vec(&serde_json::to_value(sheet).expect("plain data")).expect("plain data")
}

fn opened(identity: &Identity) -> Signer {
    identity::unlock(&identity.certificate_pem, &identity.key_pem, PASSPHRASE).expect("it was just made")
}

impl Campaign {
    /// An office with so many experts, under the rubric of a TOML text. Each identity costs a stretched passphrase.
    ///
    /// # Panics
    /// When the text is no rubric.
    #[must_use]
    pub fn new(rubric: &str, experts: usize) -> Self {
        let mut random = Steps(7);
        let before = NOW - 30 * 86_400;
        let person = Person {
            name: "示例评估办公室".to_owned(), organisation: "示例开放大学".to_owned(), role: None
        };
        let root = authority::create(&person, PASSPHRASE, before, &mut random).expect("a plain name");
        let office = opened(&root);
        let mut issued = |number: usize| {
            let person = expert(number);
            let own =
                identity::create(&person, Algorithm::P256, PASSPHRASE, before, &mut random).expect("a plain name");
            let asked =
                request::write(&opened(&own)).and_then(|text| Request::read(text.as_bytes())).expect("its own key");
            let issued = authority::issue(&office, &asked, &person, 3, before, &mut random).expect("an open root");
            let pem = issued.to_pem().expect("a certificate has a PEM");
            identity::unlock(&pem, &own.key_pem, PASSPHRASE).expect("the same key")
        };
        let experts = (0..experts).map(&mut issued).collect();
        let text = rubric.to_owned();
        let rubric = Rubric::read(&text).unwrap_or_else(|faults| panic!("{faults:?}"));
        Self { rubric, text, office, experts, year: 2026 }
    }

    /// The office's certificate as a file that others accept.
    ///
    /// # Panics
    /// When the file cannot be written.
    pub fn write_office(&self, path: &Path) {
        let pem = self.office.certificate().to_pem().expect("a certificate has a PEM");
        std::fs::write(path, pem).expect("a writable folder");
    }

    /// The office's revocation list, with one expert on it whose key was lost.
    ///
    /// # Panics
    /// When the file cannot be written.
    pub fn write_list(&self, path: &Path, expert: usize) {
        let certificate = self.experts[expert].certificate();
        let revoked = Revoked { at: NOW, reason: Reason::KeyCompromise };
        let list = revocation::issue(&self.office, 1, &BTreeMap::from([(certificate.serial(), revoked)]), NOW);
        let pem = list.and_then(|list| list.to_pem()).expect("an open root");
        std::fs::write(path, pem).expect("a writable folder");
    }

    /// Plausible marks: mostly full, some steps off, each expert a little stricter or milder.
    fn records(&self, which: Which) -> Records {
        let mut random = Steps(which.unit as u64 * 1009 + which.expert as u64 * 31 + which.variant * 7919);
        let strict = 3 + which.expert as u64 % 3;
        let mut entries = Vec::new();
        for (_, point) in self.rubric.points() {
            let choices = point.legal.choices(4096).unwrap_or_else(|| vec![point.legal.highest()]);
            let off = if random.below(10) < strict { 1 + random.below(3) } else { 0 };
            let off = usize::try_from(off).unwrap_or_default().min(choices.len() - 1);
            let mark = choices[choices.len() - 1 - off];
            let value = Some(decimal::show(mark));
            entries.push(Entry { kind: EntryKind::Mark, code: point.code.clone(), value });
            if off > 0 || !point.parts.is_empty() {
                let text = format!("现场查看，第 {} 号材料与自评说明不完全一致。", random.below(90) + 1);
                entries.push(Entry { kind: EntryKind::Remark, code: point.code.clone(), value: Some(text) });
            }
        }
        let limits = self.rubric.limits().map(|(_, limit)| limit.code.clone());
        entries.extend(limits.map(|code| Entry { kind: EntryKind::Condition, code, value: Some("false".to_owned()) }));
        entries.into_iter().collect()
    }

    /// The sheet that a package of this kind holds.
    ///
    /// # Panics
    /// Never for rubrics that can be scored by marks alone.
    #[must_use]
    pub fn sheet(&self, which: Which) -> SheetFile {
        let person = self.experts[which.expert].certificate().person();
        let records = self.records(which);
        let later = which.revision > 1;
        let previous = || self.digest(Which { revision: which.revision - 1, ..which });
        let outcome = rubric::score(&self.rubric, &records.findings(&self.rubric, Stage::Review));
        let id = Sha256::of(format!("{} {}", which.unit, which.expert).as_bytes()).to_string();
        let mut sheet = SheetFile {
            format: FORMAT,
            id: id[..32].to_owned(),
            revision: which.revision,
            reason: later.then(|| "复核后改分".to_owned()),
            previous: later.then(previous),
            rubric: RubricRef::from(&self.rubric),
            unit: unit(which.unit),
            year: self.year,
            stage: Stage::Review,
            assessor: person.name,
            organisation: person.organisation,
            finalised_at: "2026-09-12T06:00:00Z".to_owned(),
            marks: BTreeMap::new(),
            findings: BTreeMap::new(),
            quantities: BTreeMap::new(),
            conditions: BTreeMap::new(),
            remarks: BTreeMap::new(),
            doubts: std::collections::BTreeSet::new(),
            verdicts: BTreeMap::new(),
            result: ResultFile::from(&outcome),
            changes: None,
        };
        sheet.set_records(&records);
        sheet
    }

    fn digest(&self, which: Which) -> String {
        Sha256::of(&bytes(&self.sheet(which))).to_string()
    }

    /// Writes a sheets-only package into a folder, signed by its expert; gives its path.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn write(&self, folder: &Path, which: Which) -> PathBuf {
        self.write_with(folder, which, |_| ())
    }

    /// The same, changed before it is signed: what another program may write.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn write_with(&self, folder: &Path, which: Which, change: impl FnOnce(&mut SheetFile)) -> PathBuf {
        let mut sheet = self.sheet(which);
        change(&mut sheet);
        self.write_signed(folder, which, sheet, &[which.expert])
    }

    /// The same content, signed by another expert as well.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn write_countersigned(&self, folder: &Path, which: Which, other: usize) -> PathBuf {
        self.write_signed(folder, which, self.sheet(which), &[which.expert, other])
    }

    fn write_signed(&self, folder: &Path, which: Which, sheet: SheetFile, signers: &[usize]) -> PathBuf {
        let Which { revision, variant, .. } = which;
        let text = bytes(&sheet);
        let digest = Sha256::of(&text).to_string();
        let by: Vec<String> = signers.iter().map(usize::to_string).collect();
        let name = format!("{}-复评-{}-r{revision}-{variant}-{}", sheet.unit, sheet.assessor, by.join("+"));
        let package = PackageFile {
            format: FORMAT,
            program: "hengjian 0.1.0".to_owned(),
            rubric: RubricRef::from(&self.rubric),
            unit: sheet.unit.clone(),
            year: sheet.year,
            sheets: vec![SheetRef { id: sheet.id.clone(), revision, digest }],
            evidence: EvidenceScope::LeftOut,
            history: None,
            masked: None,
        };
        let contents = Contents {
            name: name.clone(),
            info: vec![("Hengjian-Unit".to_owned(), sheet.unit.clone())],
            package: serde_json::to_value(&package).expect("plain data"),
            rubric: self.text.clone().into_bytes(),
            sheets: vec![(sheet.id, text)],
            catalogue: serde_json::to_value(EvidenceFile { format: FORMAT, items: Vec::new() }).expect("plain data"),
            problems: None,
            evidence: Evidence::LeftOut,
            reports: Vec::new(),
        };
        let path = folder.join(format!("{name}.hjp"));
        let signers: Vec<_> = signers.iter().map(|expert| &self.experts[*expert]).collect();
        let (mut progress, flag) = (|_, _| {}, AtomicBool::new(false));
        bag::write(&path, &contents, &signers, NOW + HOUR, &mut Watch::new(&mut progress, &flag))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        path
    }

    /// Writes the first revisions of `units` × all experts.
    pub fn write_all(&self, folder: &Path, units: usize) -> Vec<PathBuf> {
        let all = (0..units).flat_map(|unit| (0..self.experts.len()).map(move |expert| Which::first(unit, expert)));
        all.map(|which| self.write(folder, which)).collect()
    }
}
