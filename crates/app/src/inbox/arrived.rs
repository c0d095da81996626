//! Decisions of others in the inbox: whose, about what, and what they would do to what is here.

use super::sorting::{Sorted, Sorting, is_draft, plain_row};
use super::spool::Origin;
use crate::conflict::{kind, words};
use crate::merge::refused::Hint;
use crate::merge::{Refused, open_decision};
use crate::refusal::Refusal;
use crate::trust::CLOCKS_DIFFER;
use crate::view::{ArrivedDecision, InboxRow, MergeRow, MergeState, Verdict};
use crate::{Language, Result, world};
use assessment::exchange::SheetFile;
use assessment::merge::{Choice, Decision, Person, Record, Standing};
use package::Sha256;
use package::cms::Signed;
use std::path::Path;
use store::Tx;

impl Sorting<'_, '_> {
    /// Takes note of a decision that arrives.
    pub(super) fn decision(&mut self, path: &Path, kept: Sha256, sealed: &[u8]) -> Result<()> {
        let unreadable = |detail: String| Refusal::Defect { detail };
        let (decision, signed) = open_decision(sealed).map_err(unreadable)?;
        let digest = Sha256::of(sealed).to_string();
        let (verdict, problems) = self.verifier.judged(&[(&signed.certificate, signed.time)]);
        let refused = self.policy().refuses_one(path, &verdict, &problems, &signed.certificate);
        let mut row = self.decision_row(path, &digest, &decision, &signed);
        if let Some(failure) = refused {
            row.sheet.state = MergeState::Untrusted;
            row.sheet.problem = Some(self.problem(&failure));
            row.acceptable = verdict == Verdict::SignerUnknown;
        } else if self.decided.known(&digest).is_some() || self.arriving.contains_key(&digest) {
            row.sheet.state = MergeState::Same;
        } else if self.input.decisions || self.verifier.known.own.contains(&signed.certificate.fingerprint()) {
            self.arriving.insert(digest, decision.clone());
        }
        let mut sorted = Sorted::plain(row, Origin::Decision(kept));
        sorted.decision = Some(decision);
        self.rows.push(sorted);
        Ok(())
    }

    fn decision_row(&self, path: &Path, digest: &str, decision: &Decision, signed: &Signed) -> InboxRow {
        let (verifier, language) = (self.verifier, self.verifier.language());
        let at = world::seconds(&decision.at);
        let early = at.filter(|at| *at > verifier.now() + CLOCKS_DIFFER);
        let clocks = early.map(|at| {
            let (signed, other) = (verifier.local(at), verifier.local(verifier.now()));
            Hint::ClocksDiffer { signed, other }.view(language)
        });
        let arrived = ArrivedDecision {
            kind: kind(&decision.choice),
            text: words(&decision.choice, language),
            reason: decision.reason.clone(),
            by: format!("{} {}", decision.by.name, decision.by.organisation),
            at: at.map(|at| verifier.local(at)).unwrap_or_default(),
            effect: String::new(),
        };
        let sheet = MergeRow {
            digest: digest.to_owned(),
            signers: decision.by.name.clone(),
            hints: clocks.into_iter().collect(),
            decision: Some(arrived),
            ..MergeRow::of_no_sheet(path, MergeState::Decision)
        };
        InboxRow { signed: self.signed([&signed.certificate].into_iter()), ..plain_row(path, sheet) }
    }

    /// Follows the decisions that arrive, whichever file they stood in.
    pub(super) fn follow(&mut self, tx: &Tx<'_>) -> Result<()> {
        let arriving = std::mem::take(&mut self.arriving);
        for (digest, decision) in &arriving {
            self.decided.learn(digest.clone(), decision.clone());
            for (sheet, record) in &mut self.records {
                let concerns = match &decision.choice {
                    Choice::Side { sheet: decided, .. } => decided == sheet,
                    Choice::Withdrawn { .. } => true,
                    Choice::Unit { .. } | Choice::Assessor { .. } => false,
                };
                if concerns {
                    record.decide(digest.clone(), decision.clone());
                }
            }
        }
        let met = self.rows.iter().filter_map(|sorted| sorted.decision.as_ref());
        let sheets: Vec<String> = met.filter_map(|one| self.decided.sheet_of(one).map(str::to_owned)).collect();
        for sheet in sheets {
            self.record(tx, &sheet)?;
        }
        Ok(())
    }

    /// What a decision does, now that everything that arrives is known.
    pub(super) fn settle_decision(&self, tx: &Tx<'_>, row: &mut InboxRow, decision: &Decision) -> Result<()> {
        let sheet = self.decided.sheet_of(decision).map(str::to_owned);
        let record = sheet.as_ref().and_then(|sheet| self.records.get(sheet));
        if let (Some(sheet), Some(record)) = (&sheet, record) {
            row.sheet.sheet.clone_from(sheet);
            if let Some((place, held)) = record.of_sheet(sheet).last() {
                let subject = &held.subject;
                row.sheet.unit.clone_from(&subject.unit);
                row.sheet.year = subject.year;
                row.sheet.stage = Some(subject.stage.into());
                row.sheet.assessor.clone_from(&subject.assessor.name);
                row.sheet.organisation.clone_from(&subject.assessor.organisation);
                row.sheet.revision = place.revision;
            }
        }
        let left_out = row.sheet.state == MergeState::Decision && self.decided.known(&row.sheet.digest).is_none();
        if left_out {
            let Person { name, organisation } = decision.by.clone();
            row.sheet.state = MergeState::Refused;
            row.sheet.problem = Some(self.problem(&Refused::DeciderNotChosen { name, organisation }.into()));
        }
        if row.sheet.state == MergeState::Decision {
            match &sheet {
                Some(sheet) if is_draft(tx, sheet)? => {
                    let unit = row.sheet.unit.clone();
                    row.sheet.state = MergeState::Refused;
                    row.sheet.problem = Some(self.problem(&Refused::BeingWritten { unit }.into()));
                }
                _ => row.sound = true,
            }
        }
        let effect = if left_out {
            let language = self.verifier.language();
            language.say("没有选收，不起作用", "not chosen, without effect").to_owned()
        } else {
            self.effect(decision, &row.sheet.digest, record)
        };
        let named = match &decision.choice {
            Choice::Side { sheet, taken: Some(taken), .. } => self.total(tx, sheet, taken)?,
            _ => None,
        };
        if let Some(arrived) = &mut row.sheet.decision {
            arrived.effect = effect;
            arrived.text.push_str(&named.unwrap_or_default());
        }
        Ok(())
    }

    /// Revision and total of a content, where it is known: a person knows it by them, not by its digest.
    fn total(&self, tx: &Tx<'_>, sheet: &str, digest: &str) -> Result<Option<String>> {
        let language = self.verifier.language();
        let said = |revision: u32, total: &str| match language {
            Language::Zh => format!("（第 {revision} 版，总分 {total}）"),
            Language::En => format!(" (r{revision}, total {total})"),
        };
        if let Some((revision, total)) = self.totals.get(digest) {
            return Ok(Some(said(*revision, total)));
        }
        let contested = tx.contested(sheet)?.into_iter().map(|(kept, _)| kept);
        let kept = tx.revisions(sheet)?.into_iter().chain(contested).find(|kept| kept.digest == digest);
        let file = kept.and_then(|kept| serde_json::from_str::<SheetFile>(&kept.file).ok());
        Ok(file.map(|file| said(file.revision, &file.result.total)))
    }

    fn effect(&self, decision: &Decision, digest: &str, record: Option<&Record>) -> String {
        let language = self.verifier.language();
        let waits = language.say(
            "它说的内容还没有收到，先记下，收到后自动生效",
            "what it is about has not come; it is kept and takes effect when that comes",
        );
        let known = self.decided.known(digest).is_some();
        let active = !known || self.decided.names().active().iter().any(|(one, _)| *one == digest);
        if !active {
            return language
                .say("后来的裁定收回了它，不起作用", "taken back by a later decision, without effect")
                .to_owned();
        }
        match (&decision.choice, record) {
            (Choice::Unit { .. } | Choice::Assessor { .. }, _) => {
                language.say("汇总和合议都按它办", "merging and panels follow it").to_owned()
            }
            (Choice::Withdrawn { decision }, _) if self.decided.known(decision).is_none() => {
                language.say("它收回的裁定还没有收到，先记下", "what it takes back has not come; it is kept").to_owned()
            }
            (Choice::Side { sheet, taken, .. }, Some(record)) => {
                match of_side(record, sheet, taken.as_deref(), language) {
                    Some(effect) => effect,
                    None => waits.to_owned(),
                }
            }
            (Choice::Withdrawn { .. }, Some(record)) => after_withdrawal(record, language).to_owned(),
            _ => waits.to_owned(),
        }
    }
}

/// What a choice among contents comes to; nothing while none of them is known, or not the one that it takes.
fn of_side(record: &Record, sheet: &str, taken: Option<&str>, language: Language) -> Option<String> {
    let known = |digest: &str| record.of_sheet(sheet).any(|(place, _)| place.digest == digest);
    let standing = record.standing(sheet)?;
    if taken.is_some_and(|taken| !known(taken)) {
        return None;
    }
    let zh = language == Language::Zh;
    Some(match standing {
        Standing::Current(place) if Some(place.digest.as_str()) == taken => match record.question(sheet) {
            Some(Standing::Conflict { .. }) if zh => "冲突就此裁定，它采用的一份算数".to_owned(),
            Some(Standing::Conflict { .. }) => "settles the conflict: what it takes counts".to_owned(),
            _ if zh => "它采用的一份算数；不采用的来了，只留作记录".to_owned(),
            _ => "what it takes counts; what it rejects is kept for the record when it comes".to_owned(),
        },
        Standing::Current(place) if zh => format!("已有更晚的裁定或更新的一版，算数的是第 {} 版", place.revision),
        Standing::Current(place) => format!("a later decision or revision stands: r{} counts", place.revision),
        Standing::Conflict { .. } if zh => "还有它没有说到的内容，冲突仍待裁定".to_owned(),
        Standing::Conflict { .. } => "there are contents that it does not name: still to be decided".to_owned(),
        Standing::Returned if zh => "都不采用，退回评估人".to_owned(),
        Standing::Returned => "none counts, back to the assessor".to_owned(),
    })
}

fn after_withdrawal(record: &Record, language: Language) -> &'static str {
    let sheet = record.sheets().into_iter().next().unwrap_or_default().to_owned();
    match record.standing(&sheet) {
        Some(Standing::Conflict { .. }) => language.say("冲突重新待裁定", "the conflict is open again"),
        _ => language.say("原来的裁定不再算", "the earlier decision counts no more"),
    }
}
