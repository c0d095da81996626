//! Verifying a PDF: its signatures, and what it prints against the data inside.

use super::record::Seen;
use super::signers::Signed;
use super::{Verifier, title};
use crate::printed::{self, Pages, Printed};
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::signing::Refused;
use crate::view::{Fact, Verdict, VerifiedKind, VerifyReport};
use crate::{Problem, documents};
use package::pdf::{self, PdfSignatureReport, PdfState};
use std::path::Path;

impl Verifier<'_> {
    /// Verifies the bytes of a PDF, and gives what was seen of the data inside.
    pub(crate) fn pdf(&self, path: &Path, bytes: &[u8]) -> (VerifyReport, Seen) {
        let shown = path.display().to_string();
        let (mut verdict, reports, mut problems) = match pdf::verify(bytes) {
            Ok(reports) => {
                let (verdict, problems) = self.pdf_verdict(&shown, &reports);
                (verdict, reports, problems)
            }
            Err(error) => {
                (Verdict::Damaged, Vec::new(), vec![self.problem(&Failure::from(error).with("path", &shown))])
            }
        };
        let only_signatures = !reports.is_empty() && reports.iter().all(|report| report.state == PdfState::Valid);
        let printed = printed::check(bytes, only_signatures, &self.world.fonts);
        let fault = match &printed {
            Some(Ok(printed)) if printed.differences.is_empty() => None,
            Some(Ok(printed)) => Some(Refused::ResultDiffers { path: shown.clone(), count: printed.differences.len() }),
            Some(Err(detail)) => Some(Refused::DataUnusable { path: shown.clone(), detail: detail.clone() }),
            None => None,
        };
        if let Some(fault) = fault {
            if verdict.is_sound() {
                verdict = Verdict::Differs;
            }
            problems.push(self.problem(&fault.into()));
        }
        let printed = printed.and_then(std::result::Result::ok);
        let facts = printed.as_ref().map(|printed| self.printed_facts(printed)).unwrap_or_default();
        let mut signers: Vec<_> =
            fitting(&reports).map(|(certificate, time)| self.signed_by(certificate, time)).collect();
        let mut seen = Seen::default();
        if let Some(printed) = &printed {
            self.name_roles(&mut signers, std::slice::from_ref(&printed.sheet));
            (seen.data, seen.pages) = (Some(printed.digest), Some(printed.pages));
        }
        let differences = printed.map(|printed| printed.differences).unwrap_or_default();
        let title = title(&verdict, self.language);
        let kind = VerifiedKind::Pdf;
        (VerifyReport { path: shown, kind, verdict, title, signers, facts, differences, problems }, seen)
    }

    fn printed_facts(&self, printed: &Printed) -> Vec<Fact> {
        let sheet = &printed.sheet;
        let label = |chinese: &str, english: &str| self.say(chinese, english).to_owned();
        let fact = |chinese: &str, english: &str, value: String| Fact { label: label(chinese, english), value };
        let stage = documents::stage_name(sheet.stage, self.language);
        let grade = printed.grade.clone().unwrap_or_default();
        let result = format!("{} {grade}", printed.total);
        let pages = match (printed.pages, printed.differences.is_empty()) {
            (_, false) => label("有不同，见下面", "differs, see below"),
            (Pages::Compared, true) => {
                label("所附数据和每一页印出的都与重算一致", "the data inside and every page agree")
            }
            (Pages::OwnLook, true) => label(
                "所附数据与重算一致；页面带印章或用了别的字体，没有逐页对照",
                "the data inside agrees; with a seal or other fonts, the pages were not compared",
            ),
            (Pages::OtherProgram, true) => label(
                "所附数据与重算一致；页面由另一版本的程序排印，没有逐页对照",
                "the data inside agrees; another version of the program printed the pages, they were not compared",
            ),
            (Pages::NoFonts, true) => label(
                "所附数据与重算一致；这里没有程序的字体，没有逐页对照",
                "the data inside agrees; the program's fonts are not here, the pages were not compared",
            ),
        };
        vec![
            fact("单位", "Unit", sheet.unit.clone()),
            fact("年度", "Year", sheet.year.to_string()),
            fact("指标体系", "Rubric", format!("{} {}", sheet.rubric.id, sheet.rubric.edition)),
            fact("打分表", "Sheet", format!("{stage} {} r{}", sheet.assessor, sheet.revision)),
            fact("打分表摘要", "Digest of the sheet", printed.digest.to_string()),
            fact("重算的结果", "Recomputed", result.trim_end().to_owned()),
            fact("印出的结果", "Printed", pages),
        ]
    }

    /// What the signatures of a PDF come to, and what is wrong.
    fn pdf_verdict(&self, path: &str, reports: &[PdfSignatureReport]) -> (Verdict, Vec<Problem>) {
        let state = |wanted: PdfState| reports.iter().any(|report| report.state == wanted);
        let last_covers = reports.iter().any(|report| report.covers_whole_file);
        let verdict = if reports.is_empty() {
            Verdict::Unsigned
        } else if state(PdfState::Truncated) || state(PdfState::Unreadable) {
            Verdict::Damaged
        } else if state(PdfState::Altered) || state(PdfState::ChangedAfter) || !last_covers {
            Verdict::Forged
        } else {
            return self.judged(&fitting(reports).collect::<Vec<_>>());
        };
        let problem = self.problem(&pdf_problem(path, &verdict, reports));
        (verdict, vec![problem])
    }

    pub(crate) fn say<'t>(&self, chinese: &'t str, english: &'t str) -> &'t str {
        self.language.say(chinese, english)
    }
}

/// The signatures that fit.
fn fitting(reports: &[PdfSignatureReport]) -> impl Iterator<Item = Signed<'_>> {
    reports.iter().filter_map(|report| Some((report.certificate.as_ref()?, report.time)))
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
