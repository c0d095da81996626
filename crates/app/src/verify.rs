//! Verifying a package or a PDF, as anyone can.

use crate::content::{self, Content};
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::{Fact, SignerTrust, SignerView, Verdict, VerifiedKind, VerifyReport};
use crate::{Language, Problem, Result, Session, Watch, World, documents};
use package::pdf::{self, PdfSignatureReport, PdfState};
use package::trust::Standing;
use package::verify::{Outcome, SignerReport, Verified};
use package::{Certificate, Limits, Trust};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Most bytes of a PDF that are read into memory.
const PDF_MAXIMUM: u64 = 256 << 20;

/// Verifies files as anyone can: against the identities that are known here, none without a workspace.
pub struct Verifier<'a> {
    trust: Trust,
    world: &'a World,
    language: Language,
}

impl Session {
    /// Verifies a package or a PDF. Whatever is wrong with the file stands in the report.
    ///
    /// # Errors
    /// When the file cannot be read, or is neither.
    pub fn verify(&mut self, path: &Path, watch: &Watch) -> Result<VerifyReport> {
        self.verifier()?.verify(path, watch)
    }

    /// Verifies against the identities of this machine; others are shown with their fingerprint.
    ///
    /// # Errors
    /// Of the disk.
    pub fn verifier(&self) -> Result<Verifier<'_>> {
        let rows = self.read(|tx| Ok(tx.identities()?))?;
        let mut trust = Trust::default();
        for row in rows {
            trust.signers.insert(Certificate::from_pem(&row.certificate)?.fingerprint());
        }
        Ok(Verifier { trust, world: &self.world, language: self.language })
    }
}

impl<'a> Verifier<'a> {
    /// Verifies without a workspace: nobody is known.
    #[must_use]
    pub fn alone(world: &'a World, language: Language) -> Self {
        Self { trust: Trust::default(), world, language }
    }

    /// Verifies a package or a PDF. Whatever is wrong with the file stands in the report.
    ///
    /// # Errors
    /// When the file cannot be read, or is neither.
    pub fn verify(&self, path: &Path, watch: &Watch) -> Result<VerifyReport> {
        match kind(path)? {
            VerifiedKind::Pdf => self.verify_pdf(path),
            VerifiedKind::Package => Ok(self.package(path, watch)?.0),
        }
    }

    /// Verifies a package; gives what it holds as well, when every byte and every file of it fits.
    pub(crate) fn package(&self, path: &Path, watch: &Watch) -> Result<(VerifyReport, Option<(Verified, Content)>)> {
        let shown = path.display().to_string();
        let mut progress = |done, total| watch.report(&shown, done, total);
        let mut inner = package::Watch::new(&mut progress, watch.flag());
        let outcome = package::verify::verify(path, &self.trust, &Limits::default(), &mut inner)?;
        let content = match &outcome {
            Outcome::Valid(verified) | Outcome::Unsigned(verified) => Some(content::read(path, verified)),
            Outcome::Damaged(_) | Outcome::Forged(_) | Outcome::Newer { .. } => None,
        };
        let report = self.package_report(path, &outcome, content.as_ref());
        let held = match (outcome, content) {
            (Outcome::Valid(verified) | Outcome::Unsigned(verified), Some(Ok(content))) => Some((verified, content)),
            _ => None,
        };
        Ok((report, held))
    }

    fn problem(&self, failure: &Failure) -> Problem {
        failure.problem(self.language)
    }

    fn package_report(&self, path: &Path, outcome: &Outcome, content: Option<&Result<Content>>) -> VerifyReport {
        let (mut verdict, verified, mut problems) = self.judge(path, outcome);
        let signers = verified.map(|v| v.signers().iter().map(|s| self.signer_view(s)).collect()).unwrap_or_default();
        let facts = match (verified, content) {
            (Some(verified), Some(Ok(content))) => self.package_facts(verified, content),
            (_, Some(Err(failure))) => {
                verdict = Verdict::Damaged;
                problems = vec![self.problem(failure)];
                Vec::new()
            }
            _ => Vec::new(),
        };
        let title = title(&verdict, self.language);
        let path = path.display().to_string();
        VerifyReport { path, kind: VerifiedKind::Package, verdict, title, signers, facts, problems }
    }

    /// What the bytes of a package come to.
    fn judge<'v>(&self, path: &Path, outcome: &'v Outcome) -> (Verdict, Option<&'v Verified>, Vec<Problem>) {
        let problem = |error: &dyn Fn() -> Failure| vec![self.problem(&error())];
        let shown = || path.display().to_string();
        match outcome {
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
        }
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

    fn package_facts(&self, verified: &Verified, inside: &Content) -> Vec<Fact> {
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
            Ok(reports) => (pdf_verdict(&reports, &self.trust), reports, Vec::new()),
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
        let known = self.trust.signers.contains(&fingerprint);
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
    let failed = |error: std::io::Error| Failure::from(unreadable(path, &error));
    let mut start = Vec::new();
    File::open(path).and_then(|file| file.take(1024).read_to_end(&mut start)).map_err(failed)?;
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

fn unreadable(path: &Path, error: &std::io::Error) -> Refusal {
    Refusal::FileUnreadable { path: path.display().to_string(), detail: error.to_string() }
}

fn read_pdf(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(PDF_MAXIMUM).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(path, &error))?;
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
