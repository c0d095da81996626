//! Where members differ about a unit, what their sheets say of it, and a text that asks one of them to explain.

use super::load::Kept;
use super::said::Said;
use super::{Refused, Round, member_index, show as views};
use crate::outcome::count;
use crate::problem::word;
use crate::view::{ComparedPoint, ComparedRow, PanelComparison, PanelFinding};
use crate::{Result, Session};
use assessment::panel::compare::{Difference, Place, differences, from_median, median_of_others};
use assessment::panel::{SheetFacts, Standing, UnitResult};
use rubric::decimal::show;
use rubric::model::{Limit, Point};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The part of a sheet's file that says why.
#[derive(Default, Deserialize)]
struct Remarks {
    #[serde(default)]
    remarks: BTreeMap<String, String>,
}

/// The sheets of a unit that count, in the order of the members.
struct Compared<'a> {
    round: &'a Round,
    unit: &'a UnitResult,
    sheets: Vec<Option<&'a Kept>>,
    remarks: Vec<Remarks>,
    member: Option<usize>,
    language: crate::Language,
}

impl Session {
    /// Where the members differ most about a unit. With a member: how far that member's scores lie from those of the
    /// others, what the sheets say of it, and a text that asks for an explanation.
    ///
    /// # Errors
    /// Unknown panel, unit or member; a member whose sheet does not count; a sheet that cannot be read; of the disk.
    pub fn compare_members(
        &mut self,
        panel: &str,
        unit: &str,
        member: Option<&str>,
        most: usize,
    ) -> Result<PanelComparison> {
        let round = self.round(panel)?;
        let result = round.unit(unit)?;
        let member = member.map(|member| member_index(&round, member)).transpose()?;
        let at = round.units.iter().position(|other| other.unit == result.unit);
        let kept = at.and_then(|at| round.sheets.get(at)).map(Vec::as_slice).unwrap_or_default();
        let counts = |at: usize| result.cells.get(at).is_some_and(|cell| cell.standing == Standing::Counted);
        let sheets: Vec<Option<&Kept>> =
            kept.iter().enumerate().map(|(at, kept)| kept.as_ref().filter(|_| counts(at))).collect();
        if let Some(member) = member.filter(|member| !counts(*member)) {
            let name = round.panel.members[member].name.clone();
            return Err(Refused::NothingToCompare { name, unit: result.unit.clone() }.into());
        }
        let remarks = sheets.iter().map(|kept| self.remarks(*kept)).collect::<Result<Vec<_>>>()?;
        let compared = Compared { round: &round, unit: result, sheets, remarks, member, language: self.language };
        Ok(compared.view(most))
    }

    fn remarks(&self, kept: Option<&Kept>) -> Result<Remarks> {
        let Some(kept) = kept else { return Ok(Remarks::default()) };
        let file = self.read(|tx| Ok(tx.revision_file(&kept.sheet, &kept.digest)?))?.unwrap_or_default();
        let unreadable = |error: serde_json::Error| Refused::SheetUnreadable {
            sheet: kept.sheet.clone(),
            detail: error.to_string(),
        };
        Ok(serde_json::from_str(&file).map_err(unreadable)?)
    }
}

impl Compared<'_> {
    fn view(&self, most: usize) -> PanelComparison {
        let facts: Vec<Option<&SheetFacts>> = self.sheets.iter().map(|kept| kept.map(|kept| &*kept.facts)).collect();
        let all = differences(&self.round.rubric, &facts, self.member);
        let shown = &all[..all.len().min(most)];
        let rows: Vec<ComparedRow> = shown.iter().map(|one| self.row(one)).collect();
        let totals: Vec<Option<Decimal>> = facts.iter().map(|facts| facts.map(|facts| facts.total)).collect();
        let of_member = |of: fn(&[Option<Decimal>], usize) -> Option<Decimal>| of(&totals, self.member?).map(show);
        PanelComparison {
            unit: self.unit.unit.clone(),
            members: views::members(self.round),
            member: self.member.map(count),
            total: of_member(|totals, member| totals[member]),
            median: of_member(median_of_others),
            distance: of_member(from_median),
            more: count(all.len() - shown.len()),
            reasons: self.member.map(|member| self.reasons(shown, member)).unwrap_or_default(),
            request: self.member.and_then(|member| self.request(shown, &totals, member)),
            rows,
        }
    }

    fn place(&self, place: Place) -> (String, String, Option<Decimal>) {
        let rubric = &self.round.rubric;
        let (title, max) = match place {
            Place::Indicator(at) => (&rubric.indicators[at].title, Some(rubric.indicators[at].max)),
            Place::Adjustment(at) => (&rubric.adjustments[at].title, None),
        };
        (place.code(rubric).to_owned(), title.clone(), max)
    }

    fn row(&self, one: &Difference) -> ComparedRow {
        let (code, title, max) = self.place(one.place);
        let points: &[Point] = match one.place {
            Place::Indicator(at) => &self.round.rubric.indicators[at].points,
            Place::Adjustment(_) => &[],
        };
        let split = |(at, limit): (usize, &Limit)| self.finding(at, limit);
        ComparedRow {
            code,
            title,
            max: max.map(show).unwrap_or_default(),
            scores: one.scores.iter().map(|score| score.map(show)).collect(),
            distance: show(one.distance),
            points: points.iter().map(|point| self.point(point)).collect(),
            findings: one.place.limits(&self.round.rubric).filter_map(split).collect(),
        }
    }

    fn point(&self, point: &Point) -> ComparedPoint {
        let at = self.round.rubric.points().position(|(_, other)| other.code == point.code).unwrap_or_default();
        let mark = |kept: &Option<&Kept>| kept.and_then(|kept| kept.facts.points.get(at).copied().flatten());
        let marks: Vec<Option<Decimal>> = self.sheets.iter().map(mark).collect();
        let given = || marks.iter().flatten();
        let remark = |(at, remarks): (usize, &Remarks)| {
            let remark = remarks.remarks.get(&point.code).filter(|remark| !remark.trim().is_empty())?;
            Some((self.name(at), remark.clone()))
        };
        ComparedPoint {
            code: point.code.clone(),
            title: point.title.clone(),
            max: show(point.max),
            differs: given().max() != given().min(),
            remarks: self.remarks.iter().enumerate().filter_map(remark).collect(),
            marks: marks.into_iter().map(|mark| mark.map(show)).collect(),
        }
    }

    fn name(&self, member: usize) -> String {
        self.round.panel.members.get(member).map(|person| person.name.clone()).unwrap_or_default()
    }

    /// Who found a condition, by place in the members.
    fn found(&self, limit: usize) -> Vec<usize> {
        let holds = |kept: &Option<&Kept>| {
            kept.is_some_and(|kept| kept.facts.limits.get(limit).copied().flatten() == Some(true))
        };
        self.sheets.iter().enumerate().filter(|(_, kept)| holds(kept)).map(|(at, _)| at).collect()
    }

    fn of(&self) -> usize {
        self.sheets.iter().flatten().count()
    }

    /// A condition that some found and others did not.
    fn finding(&self, at: usize, limit: &Limit) -> Option<PanelFinding> {
        let (found, of) = (self.found(at), self.of());
        (!found.is_empty() && found.len() < of).then(|| PanelFinding {
            code: limit.code.clone(),
            text: limit.text.clone(),
            of: count(of),
            holds: self.round.panel.policy.holds(found.len(), of),
            found: found.into_iter().map(|member| self.name(member)).collect(),
        })
    }

    /// What the sheets say of the places where the member differs: conditions first, then the member's remarks.
    fn reasons(&self, shown: &[Difference], member: usize) -> Vec<String> {
        let name = self.name(member);
        let mut said = Vec::new();
        for one in shown {
            let (code, ..) = self.place(one.place);
            for (at, limit) in one.place.limits(&self.round.rubric) {
                let (found, of) = (self.found(at), self.of());
                let (place, name, text) = (limit.code.clone(), name.clone(), limit.text.clone());
                match (found.contains(&member), found.len()) {
                    (true, count) if count < of => {
                        said.push(Said::FoundIt {
                            place,
                            name,
                            text,
                            others: of - count,
                            lost: self.lost(one, member),
                        });
                    }
                    (false, count) if count > 0 => said.push(Said::DidNotFind { place, name, text, others: count }),
                    _ => {}
                }
            }
            for point in self.row(one).points.iter().filter(|point| point.differs) {
                let remark = point.remarks.iter().find(|(who, _)| *who == name);
                let words = |(_, remark): &(String, String)| Said::Wrote {
                    place: point.code.clone(),
                    name: name.clone(),
                    remark: remark.clone(),
                };
                said.extend(remark.map(words).filter(|_| !code.is_empty()));
            }
        }
        if said.is_empty() && !shown.is_empty() {
            said.push(Said::NoReason { name });
        }
        said.iter().map(|one| one.text(self.language)).collect()
    }

    /// By how much the others' scores are above the member's, as a range.
    fn lost(&self, one: &Difference, member: usize) -> String {
        let own = one.scores.get(member).copied().flatten().unwrap_or_default();
        let others = self.others(&one.scores, member);
        let apart: Vec<Decimal> = others.iter().map(|score| (*score - own).abs()).collect();
        range(&apart)
    }

    fn others(&self, scores: &[Option<Decimal>], member: usize) -> Vec<Decimal> {
        scores.iter().enumerate().filter(|(at, _)| *at != member).filter_map(|(_, score)| *score).collect()
    }

    /// A text for the member, in which nobody else is named.
    fn request(&self, shown: &[Difference], totals: &[Option<Decimal>], member: usize) -> Option<String> {
        let person = self.round.panel.members.get(member)?;
        let (own, median) = (totals.get(member).copied().flatten()?, median_of_others(totals, member)?);
        let line = |one: &Difference| {
            let (code, title, max) = self.place(one.place);
            let own = one.scores.get(member).copied().flatten().unwrap_or_default();
            let (mark, others) = (show(own), range(&self.others(&one.scores, member)));
            Said::RequestLine { place: format!("{code} {title}"), mark, others, max: max.map(show).unwrap_or_default() }
                .text(self.language)
        };
        let stage: &'static str = self.round.row.stage.into();
        let said = Said::Request {
            name: person.name.clone(),
            organisation: person.organisation.clone(),
            unit: self.unit.unit.clone(),
            year: self.round.row.year,
            stage: word(&format!("panels.stage.{stage}"), self.language),
            mark: show(own),
            others: self.others(totals, member).len(),
            median: show(median),
            distance: show((own - median).abs()),
            lines: shown.iter().map(line).collect::<Vec<_>>().join("\n"),
        };
        Some(said.text(self.language))
    }
}

/// One value, or the lowest and the highest.
fn range(values: &[Decimal]) -> String {
    match (values.iter().min(), values.iter().max()) {
        (Some(low), Some(high)) if low != high => format!("{}—{}", show(*low), show(*high)),
        (Some(one), _) => show(*one),
        _ => String::new(),
    }
}
