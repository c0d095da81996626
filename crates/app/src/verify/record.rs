//! The record of a verification: each check with its outcome in plain words, and what the verdict means.

use super::{Verifier, commands, kind};
use crate::documents::verification;
use crate::evidence;
use crate::export::{PROGRAM, exported, make_folder_of};
use crate::localise::Target;
use crate::printed::Pages;
use crate::problem::word;
use crate::view::{
    CheckState, CheckView, ExportedFile, SignerTrust, Verdict, VerificationView, VerifiedKind, VerifyReport,
};
use crate::{Language, Result, Watch, parcels};
use package::{Algorithm, Certificate, Sha256};
use report::FontSet;
use std::path::Path;
use store::files;

/// What verifying saw beside what stands in its report.
#[derive(Default)]
pub(crate) struct Seen {
    /// SHA-256 of the sheet's data inside a PDF.
    pub data: Option<Sha256>,
    /// How the pages of a PDF were compared.
    pub pages: Option<Pages>,
    /// PDFs inside a package.
    pub reports: usize,
    /// Fingerprints of those who signed a package or receipt with SM2, for which openssl takes other commands.
    pub sm2: Vec<String>,
}

fn with_sm2<'c>(signers: impl Iterator<Item = &'c Certificate>) -> Vec<String> {
    let sm2 = signers.filter(|signer| signer.algorithm() == Ok(Algorithm::Sm2));
    sm2.map(|signer| signer.fingerprint().to_string()).collect()
}

/// A check, by what it asks; its words stand in `messages/check.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray, strum::VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Step {
    Archive,
    Format,
    Manifest,
    Structure,
    Receipt,
    Signature,
    Content,
    Recomputed,
    Pages,
    Standing,
    Term,
    Known,
}

const PACKAGE: [Step; 8] = [
    Step::Archive,
    Step::Format,
    Step::Manifest,
    Step::Signature,
    Step::Content,
    Step::Standing,
    Step::Term,
    Step::Known,
];
const PDF: [Step; 7] =
    [Step::Structure, Step::Signature, Step::Recomputed, Step::Pages, Step::Standing, Step::Term, Step::Known];
const RECEIPT: [Step; 5] = [Step::Receipt, Step::Signature, Step::Standing, Step::Term, Step::Known];

/// Findings of [`package::Flaw`] that are about the bag's lists; the others are about the archive.
const MANIFEST_FLAWS: [&str; 9] = [
    "digest-differs",
    "entry-missing",
    "entry-unlisted",
    "line-unreadable",
    "tag-differs",
    "json-refused",
    "text-unreadable",
    "evidence-missing",
    "evidence-uncatalogued",
];

impl Step {
    /// The check that a problem of this code is about.
    fn of(code: &str, kind: &VerifiedKind, on_pages: bool) -> Option<Self> {
        let (area, variant) = code.split_once('.')?;
        Some(match (kind, area, variant) {
            (_, "trust", _) => return None,
            (_, "app", "pdf-unsigned") | (_, "package", "package-unsigned") => return None,
            (_, "app", "pdf-forged" | "receipt-forged") | (_, "package", "package-forged") => Self::Signature,
            (_, "package", "package-newer") => Self::Format,
            (VerifiedKind::Package, "package", flaw) if MANIFEST_FLAWS.contains(&flaw) => Self::Manifest,
            (VerifiedKind::Package, "package", _) => Self::Archive,
            (VerifiedKind::Package, ..) => Self::Content,
            (VerifiedKind::Pdf, "signing", "result-differs") if on_pages => Self::Pages,
            (VerifiedKind::Pdf, "signing", _) => Self::Recomputed,
            (VerifiedKind::Pdf, ..) => Self::Structure,
            (VerifiedKind::Receipt, ..) => Self::Receipt,
        })
    }

    /// About the people who signed.
    fn of_signers(self) -> bool {
        matches!(self, Self::Standing | Self::Term | Self::Known)
    }
}

/// The checks of one file while their outcomes are told.
struct Checks<'a> {
    report: &'a VerifyReport,
    seen: &'a Seen,
    failed: Vec<(Step, String)>,
    language: Language,
}

impl Checks<'_> {
    fn all(&self) -> Vec<CheckView> {
        let steps: &[Step] = match self.report.kind {
            VerifiedKind::Package => &PACKAGE,
            VerifiedKind::Pdf => &PDF,
            VerifiedKind::Receipt => &RECEIPT,
        };
        steps.iter().map(|step| self.one(*step)).collect()
    }

    fn say(&self, [zh, en]: [&str; 2]) -> String {
        self.language.say(zh, en).to_owned()
    }

    fn one(&self, step: Step) -> CheckView {
        let (state, note) = self.outcome(step);
        let said = |about: &str| word(&format!("check.{about}.{}", <&str>::from(step)), self.language);
        let outcome = match state {
            CheckState::Passed => ["通过", "passed"],
            CheckState::Failed => ["不通过", "failed"],
            CheckState::Person => ["待人核对", "for a person"],
            CheckState::NotReached => ["没有做到", "not reached"],
            CheckState::Absent => ["无可核验", "nothing to check"],
        };
        CheckView {
            name: said("name"),
            state,
            outcome: self.say(outcome),
            note: note.unwrap_or_else(|| said("note")),
            clause: said("clause"),
        }
    }

    /// How a check came out, and what to say where it is not the plain words of the check.
    fn outcome(&self, step: Step) -> (CheckState, Option<String>) {
        if let Some((_, what)) = self.failed.iter().find(|(failed, _)| *failed == step) {
            return (CheckState::Failed, Some(what.clone()));
        }
        if self.unreached(step) {
            let note = ["前面的核验没有通过，没有做到这一步", "a check before it failed"];
            return (CheckState::NotReached, Some(self.say(note)));
        }
        match step {
            Step::Signature if self.report.signers.is_empty() => self.absent(["没有人签名", "nobody signed"]),
            Step::Recomputed if self.seen.data.is_none() => self.absent(["里面没有打分表的数据", "it carries no data"]),
            Step::Pages => self.pages(),
            _ if step.of_signers() => self.signers(step),
            _ => (CheckState::Passed, None),
        }
    }

    fn absent(&self, note: [&str; 2]) -> (CheckState, Option<String>) {
        (CheckState::Absent, Some(self.say(note)))
    }

    /// Whether a check before this one kept it from being made.
    fn unreached(&self, step: Step) -> bool {
        let nobody = self.report.signers.is_empty();
        let failed = |before: &[Step]| self.failed.iter().any(|(failed, _)| before.contains(failed));
        match step {
            Step::Archive | Step::Structure | Step::Receipt => false,
            Step::Format => failed(&[Step::Archive]),
            Step::Manifest => failed(&[Step::Archive, Step::Format]),
            Step::Signature => failed(&[Step::Archive, Step::Format, Step::Manifest, Step::Structure, Step::Receipt]),
            Step::Content => failed(&[Step::Archive, Step::Format, Step::Manifest, Step::Signature]),
            Step::Recomputed => failed(&[Step::Structure]) && self.seen.data.is_none(),
            Step::Pages => failed(&[Step::Structure, Step::Recomputed]) && self.seen.pages.is_none(),
            Step::Standing | Step::Term | Step::Known => nobody && !self.failed.is_empty(),
        }
    }

    fn pages(&self) -> (CheckState, Option<String>) {
        match self.seen.pages {
            Some(Pages::Compared) => (CheckState::Passed, None),
            None => self.absent(["里面没有打分表的数据", "it carries no data"]),
            Some(Pages::OwnLook) => {
                self.absent(["带印章或用了别的字体，没有逐页对照", "a seal or other fonts: not compared"])
            }
            Some(Pages::OtherProgram) => {
                self.absent(["由另一版本的程序排印，没有逐页对照", "printed by another version: not compared"])
            }
            Some(Pages::NoFonts) => self.absent(["这里没有程序的字体，没有逐页对照", "no fonts here: not compared"]),
        }
    }

    fn signers(&self, step: Step) -> (CheckState, Option<String>) {
        let named = |wanted: &[SignerTrust]| -> Vec<&str> {
            let signers = self.report.signers.iter().filter(|signer| wanted.contains(&signer.trust));
            signers.map(|signer| signer.name.as_str()).collect()
        };
        let tell = |who: &[&str], [zh, en]: [&str; 2]| {
            let who = who.join(&self.say(["、", ", "]));
            self.say([zh, en]).replace("{who}", &who)
        };
        if self.report.signers.is_empty() {
            return self.absent(["没有人签名", "nobody signed"]);
        }
        let (bad, words) = match step {
            Step::Standing => (
                named(&[SignerTrust::Revoked, SignerTrust::Unfit]),
                ["{who}的证书已撤销，或不是用来签文件的", "{who}: revoked, or not for signing"],
            ),
            Step::Term => {
                (named(&[SignerTrust::OutOfTerm]), ["{who}的证书签名时不在有效期内", "{who}: not in force when signed"])
            }
            _ => (Vec::new(), ["", ""]),
        };
        if !bad.is_empty() {
            return (CheckState::Failed, Some(tell(&bad, words)));
        }
        let strangers = named(&[SignerTrust::Unknown]);
        if step == Step::Known && !strangers.is_empty() {
            let words =
                ["本机没有登记{who}：打电话或当面核对证书指纹", "{who}: not registered here, compare the fingerprint"];
            return (CheckState::Person, Some(tell(&strangers, words)));
        }
        (CheckState::Passed, None)
    }
}

impl Verifier<'_> {
    /// Verifies a file and gives the record: each check, and the commands by which anyone can repeat it.
    ///
    /// # Errors
    /// When the file cannot be read, or is none that can be verified.
    pub fn record(&self, path: &Path, watch: &Watch) -> Result<VerificationView> {
        let sha256 = files::digest_of(path)?;
        let bytes = parcels::size_of(path)?;
        let (verification, seen) = self.looked(path, watch)?;
        let on_pages = verification.differences.iter().all(|one| one.page.is_some());
        let failed = verification.problems.iter();
        let failed =
            failed.filter_map(|one| Some((Step::of(&one.code, &verification.kind, on_pages)?, one.what.clone())));
        let failed = failed.collect();
        let checks = Checks { report: &verification, seen: &seen, failed, language: self.language }.all();
        let (kind, rules) = self.rules(&verification.kind);
        Ok(VerificationView {
            name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            size: evidence::size(bytes),
            bytes: bytes.to_string(),
            commands: commands::repeat(path, &sha256, &verification, &seen, self.language)?,
            sha256,
            kind,
            at: self.world.local((self.world.now)(), "%Y-%m-%d %H:%M:%S UTC%:z"),
            program: PROGRAM.to_owned(),
            rules,
            meaning: self.meaning(&verification),
            checks,
            verification,
        })
    }

    /// Verifies a file and writes the record as a page (核验报告); the file itself is never overwritten.
    ///
    /// # Errors
    /// As [`Verifier::record`]; a report that is there, unless it may be replaced; fonts that are not there; of the disk.
    pub fn write_record(
        &self,
        path: &Path,
        target: Target<'_>,
        watch: &Watch,
    ) -> Result<(VerificationView, ExportedFile)> {
        let itself = std::fs::canonicalize(path)
            .ok()
            .filter(|path| Some(path) == std::fs::canonicalize(target.path).ok().as_ref());
        Target { replace: target.replace && itself.is_none(), ..target }.require_free()?;
        let record = self.record(path, watch)?;
        let fonts = FontSet::load(&self.world.fonts)?;
        let bytes = verification::render(&record, &fonts, self.language)?;
        make_folder_of(target.path)?;
        target.write(&bytes)?;
        Ok((record, exported(target.path, false)?))
    }

    /// Verifies, and gives what was seen beside the report.
    fn looked(&self, path: &Path, watch: &Watch) -> Result<(VerifyReport, Seen)> {
        Ok(match kind(path)? {
            VerifiedKind::Pdf => self.pdf(path, &super::read_pdf(path)?),
            VerifiedKind::Receipt => {
                let signers = self.certificates(path, watch).unwrap_or_default();
                (self.verify_receipt(path)?, Seen { sm2: with_sm2(signers.iter()), ..Seen::default() })
            }
            VerifiedKind::Package => {
                let (report, held) = self.package(path, watch)?;
                let reports = held.as_ref().map_or(0, |(verified, _)| verified.reports().count());
                let signers = held.iter().flat_map(|(verified, _)| verified.signers());
                let sm2 = with_sm2(signers.map(|signer| &signer.certificate));
                (report, Seen { reports, sm2, ..Seen::default() })
            }
        })
    }

    /// What a file is, and the rules that it is verified by.
    fn rules(&self, kind: &VerifiedKind) -> (String, String) {
        let (kind, rules) = match kind {
            VerifiedKind::Package => (
                ["交换包", "exchange package"],
                ["交换包格式 1（docs/formats/package.md）", "exchange package, format 1 (docs/formats/package.md)"],
            ),
            VerifiedKind::Pdf => (
                ["PDF", "PDF"],
                [
                    "PDF 签名 PAdES（ETSI EN 319 142），打分表附件格式 1（docs/formats/score-sheet-pdf.md）",
                    "PAdES signatures (ETSI EN 319 142), data of score sheets, format 1 (docs/formats/score-sheet-pdf.md)",
                ],
            ),
            VerifiedKind::Receipt => (
                ["回执", "receipt"],
                ["回执格式 1（docs/formats/receipt.md）", "receipt, format 1 (docs/formats/receipt.md)"],
            ),
        };
        (self.say(kind[0], kind[1]).to_owned(), self.say(rules[0], rules[1]).to_owned())
    }

    fn meaning(&self, report: &VerifyReport) -> String {
        let [zh, en] = match report.verdict {
            Verdict::Trusted => [
                "内容完整，签名有效，签名人是本机认识的，可以采用。",
                "Whole, signed, and the signer is known here: it can be used.",
            ],
            Verdict::SignerUnknown => [
                "内容完整，签名有效。是不是本人签的，还要打电话或当面核对证书指纹；对上了才可以采用。",
                "Whole and signed. Whether by the person named, only comparing the fingerprint over the telephone or in person can tell.",
            ],
            Verdict::Unsigned => [
                "内容完整，但没有人签名，不能证明出自谁手。",
                "Whole, but nobody signed: it does not prove whose it is.",
            ],
            Verdict::Damaged => [
                "文件不是原来写出的样子，可能是拷贝出错，也可能被改过。不要采用，请对方重新导出。",
                "The file is not as it was written, by a fault of copying or by a change. Do not use it; ask for a new export.",
            ],
            Verdict::Forged => [
                "签名与内容对不上：签名以后内容被改动过。不要采用，与签名人联系。",
                "The signature does not fit: the content was changed after signing. Do not use it; ask the signer.",
            ],
            Verdict::Differs => [
                "印出的或所附的结果，不是由各项打分算得出来的。不要采用，拿着不同之处问出具人。",
                "What is printed or enclosed does not follow from the marks. Do not use it; ask who made it about the differences.",
            ],
            Verdict::Revoked => [
                "签名人的证书已撤销，签名不算数。与签名人和发证的办公室核实。",
                "The signer's certificate was revoked; the signature does not count. Ask the signer and the office.",
            ],
            Verdict::Unfit => [
                "证书不是用来签文件的，签名不算数。",
                "The certificate is not for signing; the signature does not count.",
            ],
            Verdict::OutOfTerm => [
                "签名时证书不在有效期内。先核对两台电脑的日期，再决定。",
                "The certificate was not in force when signed. Compare the clocks of both computers first.",
            ],
            Verdict::NewerFormat => [
                "文件由更新的版本写成，本程序读不了。请升级程序再核验。",
                "Written by a newer version. Verify it with a newer program.",
            ],
        };
        self.say(zh, en).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{MANIFEST_FLAWS, PACKAGE, PDF, RECEIPT, Step};
    use crate::view::VerifiedKind;
    use strum::{VariantArray, VariantNames};

    #[test]
    fn every_check_belongs_to_a_kind_of_file_and_every_flaw_to_a_check() {
        let all = [&PACKAGE[..], &PDF, &RECEIPT].concat();
        assert!(<Step as VariantArray>::VARIANTS.iter().all(|step| all.contains(step)));
        assert!(MANIFEST_FLAWS.iter().all(|flaw| package::Flaw::VARIANTS.contains(flaw)));
        for flaw in package::Flaw::VARIANTS {
            let step = Step::of(&format!("package.{flaw}"), &VerifiedKind::Package, false);
            assert!(matches!(step, Some(Step::Archive | Step::Manifest)), "{flaw}");
        }
    }
}
