//! Verifying a package or a PDF, as anyone can.

mod commands;
mod pdf;
mod record;
mod signers;

use crate::content::{self, Content, Rubrics};
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::trust::Known;
use crate::view::{Fact, Verdict, VerifiedKind, VerifyReport};
use crate::{Language, Problem, Result, Session, Watch, World, documents, handed, receipt};
use assessment::exchange::Masked;
use package::Limits;
use package::encrypt::{self, Key};
use package::verify::{Outcome, Verified};
#[cfg(test)]
pub(crate) use record::Step;
use std::path::Path;

/// Most bytes of a PDF that are read into memory.
const PDF_MAXIMUM: u64 = 256 << 20;

/// Verifies files as anyone can: against whom the workspace accepts, nobody without one.
pub struct Verifier<'a> {
    pub(crate) known: Known,
    /// What opens encrypted packages.
    keys: Vec<Key>,
    /// Rubrics that packages brought.
    pub(crate) rubrics: Rubrics,
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

    /// Verifies against whom this workspace accepts; others are shown with their fingerprint.
    ///
    /// # Errors
    /// Of the disk.
    pub fn verifier(&self) -> Result<Verifier<'_>> {
        Ok(Verifier::of(self.signers_known()?, self.exchange_keys()?, &self.world, self.language))
    }
}

impl<'a> Verifier<'a> {
    /// Verifies without a workspace: nobody is known.
    #[must_use]
    pub fn alone(world: &'a World, language: Language) -> Self {
        Self::of(Known::default(), Vec::new(), world, language)
    }

    /// Verifies against whom somebody knows, with what opens encrypted packages.
    pub(crate) fn of(known: Known, keys: Vec<Key>, world: &'a World, language: Language) -> Self {
        Self { known, keys, rubrics: Rubrics::default(), world, language }
    }

    /// Verifies a package or a PDF. Whatever is wrong with the file stands in the report.
    ///
    /// # Errors
    /// When the file cannot be read, or is neither.
    pub fn verify(&self, path: &Path, watch: &Watch) -> Result<VerifyReport> {
        match kind(path)? {
            VerifiedKind::Pdf => Ok(self.pdf(path, &read_pdf(path)?).0),
            VerifiedKind::Package => Ok(self.package(path, watch)?.0),
            VerifiedKind::Receipt => self.verify_receipt(path),
        }
    }

    /// Verifies a package; gives what it holds as well, when every byte and every file of it fits.
    pub(crate) fn package(&self, path: &Path, watch: &Watch) -> Result<(VerifyReport, Option<(Verified, Content)>)> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut progress = |done, total| watch.report(&name, done, total);
        let mut inner = package::Watch::new(&mut progress, watch.flag());
        let outcome =
            package::verify::verify_with(path, &self.keys, &self.known.trust, &Limits::default(), &mut inner)?;
        let content = match &outcome {
            Outcome::Valid(verified) | Outcome::Unsigned(verified) => {
                Some(content::read(path, verified, &self.rubrics))
            }
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
        let signers: Option<Vec<_>> =
            verified.map(|v| v.signers().iter().map(|s| self.signed_by(&s.certificate, Some(s.time))).collect());
        let mut signers = signers.unwrap_or_default();
        if let Some(Ok(content)) = content {
            self.name_roles(&mut signers, &content.sheets);
        }
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
        let differences = Vec::new();
        VerifyReport { path, kind: VerifiedKind::Package, verdict, title, signers, facts, differences, problems }
    }

    /// What the bytes of a package come to.
    fn judge<'v>(&self, path: &Path, outcome: &'v Outcome) -> (Verdict, Option<&'v Verified>, Vec<Problem>) {
        let problem = |error: &dyn Fn() -> Failure| vec![self.problem(&error())];
        let shown = || path.display().to_string();
        match outcome {
            Outcome::Valid(verified) => {
                let signed: Vec<_> = verified.signers().iter().map(|s| (&s.certificate, Some(s.time))).collect();
                let (verdict, problems) = self.judged(&signed);
                (verdict, Some(verified), problems)
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

    pub(crate) fn local(&self, time: i64) -> String {
        self.world.local(time, "%Y-%m-%d %H:%M")
    }

    pub(crate) fn now(&self) -> i64 {
        (self.world.now)()
    }

    pub(crate) fn language(&self) -> Language {
        self.language
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
            if let Some(changes) = &sheet.changes {
                let (count, since, then) = (changes.entries.len(), changes.since, &changes.total);
                let value = match zh {
                    true => format!("比已签名的第 {since} 版改 {count} 处，总分 {then} → {}", sheet.result.total),
                    false => format!("{count} changes since signed r{since}, total {then} → {}", sheet.result.total),
                };
                facts.push(Fact { label: label("改动", "Changes"), value });
            }
        }
        let count = inside.evidence.items.len();
        let value = match (verified.evidence_left_out(), zh) {
            (true, true) => format!("目录 {count} 件，按设计不含文件"),
            (true, false) => format!("{count} listed, files left out by design"),
            (false, true) => format!("{count} 件，文件齐全"),
            (false, false) => format!("{count}, all files inside"),
        };
        facts.push(Fact { label: label("支撑材料", "Evidence"), value });
        facts.push(Fact {
            label: label("包的摘要", "Digest of the package"), value: verified.content().to_string()
        });
        if let Some(history) = &package.history {
            let (rows, head) = (history.rows, &history.head);
            let value =
                if zh { format!("{rows} 条，校验值 {head}") } else { format!("{rows} lines, hash {head}") };
            facts.push(Fact { label: label("历史", "History"), value });
        }
        if let Some(Masked { rules }) = package.masked {
            let value = if zh {
                format!("姓名、电话和身份证号已遮盖（规则 {rules}），不能当原件导入")
            } else {
                format!("names, telephone and identity numbers are hidden (rules {rules}); it cannot be imported")
            };
            facts.insert(0, Fact { label: label("脱敏副本", "Masked copy"), value });
        }
        facts
    }
}

/// What a file is, by its first bytes.
pub(crate) fn kind(path: &Path) -> Result<VerifiedKind> {
    let start = handed::read_most(path, 1024)?;
    let named = |ending: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
    // The object identifier of a signature (CMS) that carries what it signs.
    let sealed = start.windows(11).take(8).any(|bytes| bytes == b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02");
    // A damaged file is still judged as what its name says.
    if start.starts_with(b"PK") || start.starts_with(encrypt::MARK) || named("hjp") || named("age") {
        Ok(VerifiedKind::Package)
    } else if start.windows(5).any(|bytes| bytes == b"%PDF-") || named("pdf") {
        Ok(VerifiedKind::Pdf)
    } else if sealed || named(receipt::ENDING) {
        Ok(VerifiedKind::Receipt)
    } else {
        Err(Refusal::UnknownFileKind { path: path.display().to_string() }.into())
    }
}

/// The bytes of a PDF.
pub(crate) fn read_pdf(path: &Path) -> Result<Vec<u8>> {
    handed::read_most(path, PDF_MAXIMUM)
}

/// A verdict in words.
pub(crate) fn title(verdict: &Verdict, language: Language) -> String {
    let (zh, en) = match verdict {
        Verdict::Trusted => ("有效，签名人是本机认识的人", "Valid, and the signer is known here"),
        Verdict::SignerUnknown => {
            ("有效，但签名人本机不认识，请核对指纹", "Valid, but the signer is not known here: compare the fingerprint")
        }
        Verdict::Unsigned => ("内容完整，没有签名", "Whole, but not signed"),
        Verdict::Damaged => ("文件是损坏的", "The file is damaged"),
        Verdict::Forged => ("签名与内容不符，签名后被改动过", "The signature does not fit: changed after signing"),
        Verdict::Differs => {
            ("印出的结果与所附数据算出的不同", "What is printed is not what follows from the data inside")
        }
        Verdict::Revoked => ("签名人的证书已被撤销，不能采用", "The signer's certificate was revoked"),
        Verdict::Unfit => ("签名人的证书不是用来签文件的，不能采用", "The signer's certificate is not for signing"),
        Verdict::OutOfTerm => (
            "签名时证书不在有效期内，先核对时钟",
            "The certificate was not in force when it was signed: check the clocks",
        ),
        Verdict::NewerFormat => ("由更新版本的程序写成，本程序读不了", "Written by a newer program"),
    };
    language.say(zh, en).to_owned()
}
