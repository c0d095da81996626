//! Verifying a package or a PDF, as anyone can.

use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::{Fact, SignerTrust, SignerView, Verdict, VerifiedKind, VerifyReport};
use crate::{Language, Problem, Result, Session, Watch, documents};
use assessment::exchange::{EvidenceFile, EvidenceScope, PackageFile, SheetFile};
use package::pdf::{self, PdfSignatureReport, PdfState};
use package::trust::Standing;
use package::verify::{Outcome, SignerReport, Verified};
use package::{Certificate, Limits, Trust};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Most bytes of a PDF that are read into memory.
const PDF_MAXIMUM: u64 = 256 << 20;

/// The files of a package that the program gives meaning to, read into their types.
pub(crate) struct Inside {
    pub package: PackageFile,
    pub sheets: Vec<SheetFile>,
    pub evidence: EvidenceFile,
}

impl Session {
    /// Verifies a package or a PDF. Whatever is wrong with the file stands in the report.
    ///
    /// # Errors
    /// When the file cannot be read, or is neither.
    pub fn verify(&mut self, path: &Path, watch: &Watch) -> Result<VerifyReport> {
        match kind(path)? {
            VerifiedKind::Pdf => self.verify_pdf(path),
            VerifiedKind::Package => {
                let outcome = self.verify_package(path, watch)?;
                self.package_report(path, &outcome)
            }
        }
    }

    pub(crate) fn verify_package(&self, path: &Path, watch: &Watch) -> Result<Outcome> {
        let shown = path.display().to_string();
        let mut progress = |done, total| watch.report(&shown, done, total);
        let mut inner = package::Watch::new(&mut progress, watch.flag());
        Ok(package::verify::verify(path, &self.trust()?, &Limits::default(), &mut inner)?)
    }

    /// Identities of this machine are known; others are shown with their fingerprint.
    fn trust(&self) -> Result<Trust> {
        let rows = self.read(|tx| Ok(tx.identities()?))?;
        let mut trust = Trust::default();
        for row in rows {
            trust.signers.insert(Certificate::from_pem(&row.certificate)?.fingerprint());
        }
        Ok(trust)
    }

    pub(crate) fn package_report(&self, path: &Path, outcome: &Outcome) -> Result<VerifyReport> {
        let problem = |error: &dyn Fn() -> Failure| vec![self.problem(&error())];
        let shown = || path.display().to_string();
        let (verdict, verified, problems): (Verdict, Option<&Verified>, Vec<Problem>) = match outcome {
            Outcome::Valid(verified) => {
                let signers = verified.signers();
                let known = signers.iter().all(|signer| signer.standing == Standing::Known && signer.in_force);
                (if known { Verdict::Trusted } else { Verdict::SignerUnknown }, Some(verified), Vec::new())
            }
            Outcome::Unsigned(verified) => {
                let unsigned = || package::Error::PackageUnsigned { path: shown() }.into();
                (Verdict::Unsigned, Some(verified), problem(&unsigned))
            }
            Outcome::Damaged(flaws) => {
                let problems =
                    flaws.iter().map(|flaw| self.problem(&Failure::of("package", flaw).with("path", shown())));
                (Verdict::Damaged, None, problems.collect())
            }
            Outcome::Forged(forgery) => {
                let (signature, detail) = (forgery.signature.clone(), forgery.detail.clone());
                let forged = || {
                    let (signature, detail) = (signature.clone(), detail.clone());
                    package::Error::PackageForged { path: shown(), signature, detail }.into()
                };
                (Verdict::Forged, None, problem(&forged))
            }
            Outcome::Newer { found, supported } => {
                let newer =
                    || package::Error::PackageNewer { path: shown(), found: *found, supported: *supported }.into();
                (Verdict::NewerFormat, None, problem(&newer))
            }
        };
        let signers = verified.map(|v| v.signers().iter().map(|s| self.signer_view(s)).collect()).unwrap_or_default();
        let facts = match verified {
            Some(verified) => self.package_facts(verified, &inside(path, verified)?),
            None => Vec::new(),
        };
        let title = title(&verdict, self.language);
        Ok(VerifyReport { path: shown(), kind: VerifiedKind::Package, verdict, title, signers, facts, problems })
    }

    fn signer_view(&self, signer: &SignerReport) -> SignerView {
        SignerView {
            name: signer.person.name.clone(),
            organisation: signer.person.organisation.clone(),
            fingerprint: signer.fingerprint.grouped(),
            time: self.world.local(signer.time, "%Y-%m-%d %H:%M"),
            trust: if signer.standing == Standing::Known { SignerTrust::Own } else { SignerTrust::Unknown },
        }
    }

    fn package_facts(&self, verified: &Verified, inside: &Inside) -> Vec<Fact> {
        let zh = self.language == Language::Zh;
        let label = |chinese: &str, english: &str| if zh { chinese.to_owned() } else { english.to_owned() };
        let package = &inside.package;
        let mut facts = vec![
            Fact { label: label("单位", "Unit"), value: package.unit.clone() },
            Fact { label: label("年度", "Year"), value: package.year.to_string() },
            Fact {
                label: label("指标体系", "Rubric"),
                value: format!("{} {}", package.rubric.id, package.rubric.edition),
            },
        ];
        for sheet in &inside.sheets {
            let stage = documents::stage_name(sheet.stage, self.language);
            let grade = sheet.result.grade.clone().unwrap_or_default();
            let value = format!("{stage} {} r{} {} {grade}", sheet.assessor, sheet.revision, sheet.result.total);
            facts.push(Fact { label: label("打分表", "Sheet"), value: value.trim_end().to_owned() });
        }
        let count = inside.evidence.items.len();
        let value = match (verified.evidence_left_out(), zh) {
            (true, true) => format!("目录 {count} 件，按设计不含文件"),
            (true, false) => format!("{count} listed, files left out by design"),
            (false, true) => format!("{count} 件，文件齐全"),
            (false, false) => format!("{count}, all files inside"),
        };
        facts.push(Fact { label: label("支撑材料", "Evidence"), value });
        facts
    }

    fn verify_pdf(&self, path: &Path) -> Result<VerifyReport> {
        let bytes = read_pdf(path)?;
        let shown = path.display().to_string();
        let (verdict, reports, problems) = match pdf::verify(&bytes) {
            Ok(reports) => (pdf_verdict(&reports, &self.trust()?), reports, Vec::new()),
            Err(error) => {
                (Verdict::Damaged, Vec::new(), vec![self.problem(&Failure::from(error).with("path", &shown))])
            }
        };
        let title = title(&verdict, self.language);
        let problems = match verdict {
            Verdict::Trusted | Verdict::SignerUnknown => problems,
            _ if !problems.is_empty() => problems,
            _ => vec![self.problem(&pdf_problem(&shown, &verdict, &reports))],
        };
        let signers = reports.iter().filter_map(|report| self.pdf_signer(report)).collect();
        Ok(VerifyReport { path: shown, kind: VerifiedKind::Pdf, verdict, title, signers, facts: Vec::new(), problems })
    }

    fn pdf_signer(&self, report: &PdfSignatureReport) -> Option<SignerView> {
        let person = report.person.as_ref()?;
        let fingerprint = report.fingerprint?;
        let known = self.trust().ok()?.signers.contains(&fingerprint);
        Some(SignerView {
            name: person.name.clone(),
            organisation: person.organisation.clone(),
            fingerprint: fingerprint.grouped(),
            time: report.time.map(|time| self.world.local(time, "%Y-%m-%d %H:%M")).unwrap_or_default(),
            trust: if known { SignerTrust::Own } else { SignerTrust::Unknown },
        })
    }
}

/// What a file is, by its first bytes.
pub(crate) fn kind(path: &Path) -> Result<VerifiedKind> {
    let unreadable = |error: std::io::Error| Failure::from(store_error(path, &error));
    let mut start = Vec::new();
    File::open(path).and_then(|file| file.take(1024).read_to_end(&mut start)).map_err(unreadable)?;
    let named = |ending: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
    // A damaged file is still judged as what its name says.
    if start.starts_with(b"PK") || named("hjp") {
        Ok(VerifiedKind::Package)
    } else if start.windows(5).any(|bytes| bytes == b"%PDF-") || named("pdf") {
        Ok(VerifiedKind::Pdf)
    } else {
        Err(Refusal::UnknownFileKind { path: path.display().to_string() }.into())
    }
}

fn store_error(path: &Path, error: &std::io::Error) -> Refusal {
    Refusal::FileUnreadable { path: path.display().to_string(), detail: error.to_string() }
}

fn read_pdf(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(PDF_MAXIMUM).read_to_end(&mut bytes));
    read.map_err(|error| store_error(path, &error))?;
    Ok(bytes)
}

fn pdf_verdict(reports: &[PdfSignatureReport], trust: &Trust) -> Verdict {
    let state = |wanted: PdfState| reports.iter().any(|report| report.state == wanted);
    let last_covers = reports.iter().any(|report| report.covers_whole_file);
    if reports.is_empty() {
        Verdict::Unsigned
    } else if state(PdfState::Truncated) || state(PdfState::Unreadable) {
        Verdict::Damaged
    } else if state(PdfState::Altered) || state(PdfState::ChangedAfter) || !last_covers {
        Verdict::Forged
    } else {
        let known = |report: &PdfSignatureReport| report.fingerprint.is_some_and(|f| trust.signers.contains(&f));
        if reports.iter().all(|report| known(report) && report.in_force) {
            Verdict::Trusted
        } else {
            Verdict::SignerUnknown
        }
    }
}

fn pdf_problem(path: &str, verdict: &Verdict, reports: &[PdfSignatureReport]) -> Failure {
    let path = path.to_owned();
    let detail = reports.iter().map(|report| report.detail.as_str()).find(|text| !text.is_empty());
    let detail = detail.unwrap_or_default().to_owned();
    match verdict {
        Verdict::Unsigned => Refusal::PdfUnsigned { path }.into(),
        Verdict::Forged => Refusal::PdfForged { path, detail }.into(),
        _ => Refusal::PdfDamaged { path, detail }.into(),
    }
}

/// A verdict in words.
fn title(verdict: &Verdict, language: Language) -> String {
    let (zh, en) = match verdict {
        Verdict::Trusted => ("有效，签名人是本机认识的人", "Valid, and the signer is known here"),
        Verdict::SignerUnknown => {
            ("有效，但签名人本机不认识，请核对指纹", "Valid, but the signer is not known here: compare the fingerprint")
        }
        Verdict::Unsigned => ("内容完整，没有签名", "Whole, but not signed"),
        Verdict::Damaged => ("文件是损坏的", "The file is damaged"),
        Verdict::Forged => ("签名与内容不符，签名后被改动过", "The signature does not fit: changed after signing"),
        Verdict::NewerFormat => ("由更新版本的程序写成，本程序读不了", "Written by a newer program"),
    };
    if language == Language::Zh { zh.to_owned() } else { en.to_owned() }
}

/// Reads the files of a verified package into their types.
pub(crate) fn inside(path: &Path, verified: &Verified) -> Result<Inside> {
    let bad = |file: &str, error: &serde_json::Error| {
        Failure::from(Refusal::BadPackage { path: path.display().to_string(), detail: format!("{file}: {error}") })
    };
    let package: PackageFile =
        serde_json::from_value(verified.package().clone()).map_err(|error| bad("package.json", &error))?;
    let evidence =
        serde_json::from_value(verified.catalogue().clone()).map_err(|error| bad("evidence.json", &error))?;
    let mut sheets = Vec::new();
    for (id, bytes) in verified.sheets() {
        let sheet: SheetFile = serde_json::from_slice(bytes).map_err(|error| bad(id, &error))?;
        sheets.push(sheet);
    }
    debug_assert!(verified.evidence_left_out() == (package.evidence == EvidenceScope::LeftOut));
    Ok(Inside { package, sheets, evidence })
}
