//! Receipts: whoever takes a package in signs what arrived; whoever sent it takes the receipt in and sees it with the sheet.

use crate::content::{self, Content};
use crate::create::NAME_MAXIMUM;
use crate::export::{PROGRAM, make_folder_of, write_beside};
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::signing::Signature;
use crate::verify::title;
use crate::view::{
    ExportedFile, Fact, ImportResult, ImportRow, ReceiptInput, ReceiptReport, ReceiptView, SignerView, Verdict,
    VerifiedKind, VerifyReport,
};
use crate::{Problem, Result, Session, Verifier, documents, handed, world};
use assessment::exchange::FORMAT;
use assessment::receipt::{Arrived, KIND, ReceiptFile, Received, ReceivedPackage, ReceivedSheet, Receiver};
use assessment::sheet;
use package::cms::{self, Signed};
use package::{Limits, Sha256, canonical};
use std::path::{Path, PathBuf};
use store::{AuditNote, ReceiptRow, ReceivedRow, SheetRow};

/// Most bytes of a receipt.
const SIZE_MAXIMUM: u64 = 4 << 20;
/// Most sheets that a receipt names.
const SHEETS_MAXIMUM: usize = 10_000;
/// Ending of a receipt's file.
pub(crate) const ENDING: &str = "hjr";

/// A receipt whose signature fits.
struct Opened {
    file: Vec<u8>,
    receipt: ReceiptFile,
    signed: Signed,
}

/// What is kept of a package that was taken in, so that a receipt can be given at any time.
pub(crate) fn arrived(
    path: &Path,
    size: u64,
    digest: Sha256,
    inside: &Content,
    rows: &[ImportRow],
    now: i64,
) -> Arrived {
    let sheet = |(file, row): (&assessment::exchange::SheetFile, &ImportRow)| ReceivedSheet {
        id: file.id.clone(),
        revision: file.revision,
        digest: inside
            .package
            .sheets
            .iter()
            .find(|sheet| sheet.id == file.id)
            .map_or_else(String::new, |s| s.digest.clone()),
        stage: file.stage,
        assessor: file.assessor.clone(),
        result: match row.result {
            ImportResult::Added => Received::Added,
            ImportResult::Updated => Received::Updated,
            ImportResult::Same => Received::Same,
            ImportResult::Conflicting => Received::Conflicting,
        },
    };
    Arrived {
        at: world::rfc3339(now),
        package: ReceivedPackage {
            name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            size: size.to_string(),
            content: digest.to_string(),
            history: inside.package.history.clone(),
        },
        unit: inside.package.unit.clone(),
        year: inside.package.year,
        sheets: inside.sheets.iter().zip(rows).map(sheet).collect(),
    }
}

impl Session {
    /// Signs a receipt for a package that was taken in, and writes it into a folder: the one that the package came from
    /// when none is named. A receipt that is there already stays; this one gets a number.
    ///
    /// # Errors
    /// An unknown package, or one that was written here; a wrong passphrase; a full or write-protected disk.
    pub fn give_receipt(&mut self, input: &ReceiptInput) -> Result<ExportedFile> {
        let parcel = self.read(|tx| Ok(tx.parcel(i64::from(input.parcel))?))?;
        let parcel = parcel.filter(|parcel| parcel.imported).ok_or(Refusal::NoArrival { parcel: input.parcel })?;
        let text = parcel.receipt.unwrap_or_default();
        let lost = |error: serde_json::Error| Refusal::Defect { detail: error.to_string() };
        let arrived: Arrived = serde_json::from_str(&text).map_err(lost)?;
        let signer = self.signer(&input.identity, input.passphrase.as_str(), Signature::Content)?;
        let person = signer.certificate().person();
        let content = arrived.package.content.clone();
        let receipt = ReceiptFile {
            format: FORMAT,
            kind: KIND.to_owned(),
            program: PROGRAM.to_owned(),
            receiver: Receiver { name: person.name.clone(), organisation: person.organisation },
            arrived,
        };
        let body = canonical::to_vec(&serde_json::to_value(&receipt).expect("plain data"))?;
        let now = self.now();
        let sealed = cms::seal(&body, &signer, now)?;
        let source = PathBuf::from(&parcel.path);
        let folder = match input.directory.trim() {
            "" => source.parent().map(Path::to_owned).unwrap_or_default(),
            given => PathBuf::from(given),
        };
        let stem = source.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let path = handed::free(&folder, &format!("{stem}-回执-{}", handed::plain(&person.name)), ENDING)?;
        make_folder_of(&path)?;
        write_beside(&path, &sealed)?;
        let file = self.exported(&path, true)?;
        let note = AuditNote {
            at: now,
            who: Some(&person.name),
            action: "receipt-give",
            target: &content,
            new: Some(&file.sha256),
            ..AuditNote::default()
        };
        self.write(&note, |_| Ok(()))?;
        Ok(file)
    }

    /// Takes a receipt in: it is kept with the sheets of this workspace that it names. The same receipt twice changes
    /// nothing.
    ///
    /// # Errors
    /// A file that is no receipt, or was changed; one that names no sheet of this workspace; of the disk.
    pub fn take_receipt(&mut self, path: &Path) -> Result<ReceiptReport> {
        let opened = read(path)?;
        let verification = self.verifier()?.receipt_report(path, &opened);
        let Opened { file, receipt, signed } = opened;
        let known = self.known_sheets(&receipt)?;
        if known.is_empty() {
            let (unit, year) = (receipt.arrived.unit, receipt.arrived.year);
            return Err(Refusal::ReceiptForeign { path: path.display().to_string(), unit, year }.into());
        }
        let now = self.now();
        let fingerprint = signed.certificate.fingerprint().to_string();
        let row = ReceiptRow {
            id: Sha256::of(&file).to_string(),
            arrived_at: world::seconds(&receipt.arrived.at).unwrap_or(now),
            taken_at: now,
            fingerprint,
            body: serde_json::to_string(&receipt).expect("plain data"),
            file,
        };
        let fresh = !self.read(|tx| Ok(tx.has_receipt(&row.id)?))?;
        if fresh {
            let sheets: Vec<ReceivedRow> = known.iter().map(|(_, named)| received_row(named)).collect();
            let note = AuditNote {
                at: now,
                who: Some(&receipt.receiver.name),
                sheet: known.first().map(|(row, _)| row.id.as_str()),
                action: "receipt-take",
                target: &receipt.arrived.package.content,
                new: Some(&row.id),
                ..AuditNote::default()
            };
            self.write(&note, |tx| Ok(tx.put_receipt(&row, &sheets)?))?;
        }
        let mut receipts = Vec::new();
        for (sheet, _) in &known {
            receipts.extend(self.receipts(&sheet.id)?.into_iter().filter(|receipt| receipt.id == row.id));
        }
        Ok(ReceiptReport { fresh, receipts, verification })
    }

    /// The sheets of this workspace that a receipt names, each with what it says.
    fn known_sheets<'r>(&self, receipt: &'r ReceiptFile) -> Result<Vec<(SheetRow, &'r ReceivedSheet)>> {
        self.read(|tx| {
            let mut known = Vec::new();
            for named in &receipt.arrived.sheets {
                let row = tx.any_sheet(&named.id)?.filter(|row| row.revision >= named.revision);
                known.extend(row.map(|row| (row, named)));
            }
            Ok(known)
        })
    }

    /// The receipts that name a sheet, the latest first.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn receipts(&self, sheet: &str) -> Result<Vec<ReceiptView>> {
        let row = self.sheet(sheet)?;
        let (rows, revisions) = self.read(|tx| Ok((tx.receipts_of(&row.id)?, tx.revisions(&row.id)?)))?;
        let verifier = self.verifier()?;
        let view = |(receipt, named): &(ReceiptRow, ReceivedRow)| {
            let here = revisions.iter().any(|kept| (kept.revision, &kept.digest) == (named.revision, &named.digest));
            let file: Option<ReceiptFile> = serde_json::from_str(&receipt.body).ok();
            let (_, signed) = cms::open(&receipt.file)?;
            let result = file.as_ref().and_then(|file| file.arrived.sheets.iter().find(|one| one.id == row.id));
            Ok(ReceiptView {
                id: receipt.id.clone(),
                at: self.world.local(receipt.arrived_at, "%Y-%m-%d %H:%M"),
                taken_at: self.world.local(receipt.taken_at, "%Y-%m-%d %H:%M"),
                signer: verifier.signed_by(&signed.certificate, signed.time),
                revision: named.revision,
                digest: named.digest.clone(),
                same: here,
                result: result.map(|one| said(one.result)),
                package: file.as_ref().map(|file| file.arrived.package.name.clone()).unwrap_or_default(),
                content: file.map(|file| file.arrived.package.content).unwrap_or_default(),
            })
        };
        rows.iter().map(view).collect()
    }
}

impl Verifier<'_> {
    /// Verifies a receipt; nothing is taken in.
    pub(crate) fn verify_receipt(&self, path: &Path) -> Result<VerifyReport> {
        match read(path) {
            Ok(opened) => Ok(self.receipt_report(path, &opened)),
            Err(failure) if failure.code() == "app.file-unreadable" => Err(failure),
            Err(failure) => {
                let forged = failure.code() == "app.receipt-forged";
                let verdict = if forged { Verdict::Forged } else { Verdict::Damaged };
                Ok(self.report_of(path, verdict, vec![failure.problem(self.language())]))
            }
        }
    }

    /// What a receipt whose signature fits comes to.
    fn receipt_report(&self, path: &Path, Opened { receipt, signed, .. }: &Opened) -> VerifyReport {
        let (verdict, problems) = self.judged(&[(&signed.certificate, signed.time)]);
        VerifyReport {
            signers: vec![SignerView {
                role: Some(self.say("收件人", "receiver").to_owned()),
                ..self.signed_by(&signed.certificate, signed.time)
            }],
            facts: self.receipt_facts(receipt),
            ..self.report_of(path, verdict, problems)
        }
    }

    fn report_of(&self, path: &Path, verdict: Verdict, problems: Vec<Problem>) -> VerifyReport {
        VerifyReport {
            path: path.display().to_string(),
            kind: VerifiedKind::Receipt,
            title: title(&verdict, self.language()),
            verdict,
            signers: Vec::new(),
            facts: Vec::new(),
            differences: Vec::new(),
            problems,
        }
    }

    fn receipt_facts(&self, receipt: &ReceiptFile) -> Vec<Fact> {
        let fact =
            |chinese: &str, english: &str, value: String| Fact { label: self.say(chinese, english).to_owned(), value };
        let arrived = &receipt.arrived;
        let at = world::seconds(&arrived.at).unwrap_or_default();
        let mut facts = vec![
            fact("到达时间", "Arrived at", self.local(at)),
            fact("收件人", "Received by", format!("{} {}", receipt.receiver.name, receipt.receiver.organisation)),
            fact("交换包", "Package", arrived.package.name.clone()),
            fact("包的摘要", "Digest of the package", arrived.package.content.clone()),
            fact("单位", "Unit", format!("{} {}", arrived.unit, arrived.year)),
        ];
        facts.extend(arrived.sheets.iter().map(|sheet| {
            let stage = documents::stage_name(sheet.stage, self.language());
            let value = format!("{stage} {} r{} {}", sheet.assessor, sheet.revision, sheet.digest);
            fact("打分表", "Sheet", value)
        }));
        facts
    }
}

fn said(result: Received) -> ImportResult {
    match result {
        Received::Added => ImportResult::Added,
        Received::Updated => ImportResult::Updated,
        Received::Same => ImportResult::Same,
        Received::Conflicting => ImportResult::Conflicting,
    }
}

fn received_row(named: &ReceivedSheet) -> ReceivedRow {
    ReceivedRow { sheet: named.id.clone(), revision: named.revision, digest: named.digest.clone() }
}

/// Reads a receipt and checks it: its signature, that it is one, and every text of it.
fn read(path: &Path) -> Result<Opened> {
    let shown = || path.display().to_string();
    let file = handed::read_most(path, SIZE_MAXIMUM + 1)?;
    let no_receipt = |detail: String| Failure::from(Refusal::NoReceipt { path: shown(), detail });
    if file.len() as u64 > SIZE_MAXIMUM {
        return Err(no_receipt(format!("{} bytes", file.len())));
    }
    let (body, signed) = cms::open(&file).map_err(|error| match error {
        package::Error::SignatureUnfit { detail } => Failure::from(Refusal::ReceiptForged { path: shown(), detail }),
        other => no_receipt(other.to_string()),
    })?;
    let value = canonical::parse(&body, &Limits::default()).map_err(no_receipt)?;
    let receipt: ReceiptFile = serde_json::from_value(value).map_err(|error| no_receipt(error.to_string()))?;
    check(&receipt, &signed).map_err(no_receipt)?;
    Ok(Opened { file, receipt, signed })
}

/// The same rules that a package keeps, and the receiver is who signed.
fn check(receipt: &ReceiptFile, signed: &Signed) -> std::result::Result<(), String> {
    let ReceiptFile { receiver, arrived, .. } = receipt;
    let person = signed.certificate.person();
    if !receipt.is_known() {
        return Err(format!("format {} {}", receipt.format, receipt.kind));
    }
    if (&receiver.name, &receiver.organisation) != (&person.name, &person.organisation) {
        return Err(format!("receiver {} {}", receiver.name, receiver.organisation));
    }
    let is_digest = |text: &str| text.len() == 64 && content::is_hex(text);
    let package = &arrived.package;
    let times = world::seconds(&arrived.at).is_some() && signed.time.is_some();
    let size = package.size.parse::<u64>().is_ok();
    if !times || !size || !is_digest(&package.content) || !package.history.as_ref().is_none_or(content::is_head) {
        return Err(format!("package {}", package.content));
    }
    let names = arrived.sheets.iter().map(|sheet| &sheet.assessor).chain([&arrived.unit]);
    for name in names {
        sheet::name("name", name, NAME_MAXIMUM).map_err(|error| error.to_string())?;
    }
    sheet::name("name", &package.name, 255).map_err(|error| error.to_string())?;
    sheet::year(arrived.year).map_err(|error| error.to_string())?;
    let fits = |sheet: &ReceivedSheet| content::is_id(&sheet.id) && is_digest(&sheet.digest) && sheet.revision > 0;
    match arrived.sheets.iter().find(|sheet| !fits(sheet)) {
        Some(sheet) => Err(format!("sheet {}", sheet.id)),
        None if arrived.sheets.is_empty() || arrived.sheets.len() > SHEETS_MAXIMUM => {
            Err(format!("{} sheets", arrived.sheets.len()))
        }
        None => Ok(()),
    }
}
