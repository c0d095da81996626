//! What reports are made from: the results of a panel as the window shows them, and the sheets behind a unit.

use super::Refused;
use crate::documents::{parts, stage_name};
use crate::panel::{Round, Ruled};
use crate::rates::line;
use crate::sheets::Opened;
use crate::view::{PanelUnit, PanelUnitView, RankRow, ResultsView};
use crate::{Language, Result, Session};
use assessment::panel::{Standing, UnitResult};
use assessment::rectification::Day;
use document::{Align, Block, Seal, SignOff};
use rubric::decimal::show;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::PanelTextRow;

/// Of a panel.
pub(super) struct Material {
    pub round: Arc<Round>,
    pub results: ResultsView,
    texts: BTreeMap<(String, String), PanelTextRow>,
    /// Name of the office of this workspace.
    pub office: Option<String>,
    pub today: Day,
    pub seal: Option<Seal>,
}

/// Of one unit of the panel.
pub(super) struct Unit {
    pub at: usize,
    pub view: PanelUnitView,
    /// The sheets that count, by member, with the marks that count.
    pub sheets: Vec<(usize, Opened)>,
    /// What people put in place of marks of these sheets, by member.
    pub ruled: BTreeMap<usize, Ruled>,
}

impl Material {
    pub fn load(session: &mut Session, panel: &str, seal: Option<Seal>) -> Result<Self> {
        let round = session.round(panel)?;
        let rows = session.read(|tx| Ok(tx.panel_texts(&round.row.id)?))?;
        let office = session.office_view()?;
        Ok(Self {
            results: session.results(&round.row.id)?,
            texts: rows.into_iter().map(|row| ((row.unit.clone(), row.place.clone()), row)).collect(),
            office: office.map(|office| office.certificate.name),
            today: Day::from(session.world.today()),
            seal,
            round,
        })
    }

    /// Indexes of the units by their places, those without a result last.
    pub fn units(&self) -> Vec<usize> {
        let ranked = self.results.ranking.iter().map(|row| &row.unit);
        let names = ranked.chain(&self.results.unranked);
        names.filter_map(|name| self.round.units.iter().position(|result| result.unit == *name)).collect()
    }

    pub fn rank(&self, unit: &str) -> Option<&RankRow> {
        self.results.ranking.iter().find(|row| row.unit == unit)
    }

    /// What somebody wrote at a place; `unit` is empty for what all units share.
    pub fn written(&self, unit: &str, place: &str) -> Option<&PanelTextRow> {
        self.texts.get(&(unit.to_owned(), place.to_owned()))
    }

    pub fn stage(&self) -> &'static str {
        stage_name(self.round.row.stage, Language::Zh)
    }

    pub fn subject(&self) -> &str {
        parts::subject(&self.round.rubric)
    }

    pub fn year(&self) -> i32 {
        self.round.row.year
    }

    /// The line below which an indicator is weak, in percent.
    pub fn line(&self) -> Decimal {
        line(&self.round.rubric)
    }

    /// Level-1 indicators by index.
    pub fn top(&self) -> Vec<usize> {
        let all = self.round.rubric.indicators.iter().enumerate();
        all.filter(|(_, indicator)| indicator.level == 1).map(|(at, _)| at).collect()
    }

    /// Share over all units in percent, as the results have it.
    pub fn share(&self, code: &str) -> Option<&str> {
        self.results.indicators.iter().find(|row| row.code == code)?.percent.as_deref()
    }

    /// The score of an indicator for show.
    pub fn score(&self, score: Decimal) -> String {
        crate::results::shown(&self.round, score)
    }

    /// The unit as the panel shows it.
    pub fn shown(&self, unit: &str) -> Option<&PanelUnit> {
        self.results.panel.units.iter().find(|shown| shown.unit == unit)
    }

    /// Why a unit has no result, in the words of the panel.
    pub fn why(&self, unit: &str) -> String {
        let flags = self.shown(unit).map(|shown| shown.flags.as_slice()).unwrap_or_default();
        let open = flags.iter().filter(|flag| ["too-few", "must-agree", "bad-agreement"].contains(&flag.code.as_str()));
        let mut words: Vec<&str> = open.map(|flag| flag.text.as_str()).collect();
        let all = words.len();
        words.truncate(3);
        let more = if all > words.len() { format!("等{all}处") } else { String::new() };
        format!("{}{more}", words.join("；"))
    }

    pub fn sign_off(&self, organisation: Option<String>, date: String) -> SignOff {
        SignOff { organisation, name: None, date: Some(date), signed: false, seal: self.seal.clone() }
    }
}

impl Unit {
    pub fn load(session: &mut Session, material: &Material, unit: &str) -> Result<Self> {
        let round = &material.round;
        let name = round.unit(unit)?.unit.clone();
        let at = round.units.iter().position(|result| result.unit == name).unwrap_or_default();
        let counts = |cell: &assessment::panel::Cell| cell.standing == Standing::Counted;
        let (mut sheets, mut all_ruled) = (Vec::new(), BTreeMap::new());
        for (member, kept) in round.sheets[at].iter().enumerate() {
            if let (true, Some(kept)) = (round.units[at].cells.get(member).is_some_and(counts), kept) {
                let mut opened = session.opened(&kept.sheet)?;
                if let Some(ruled) = session.ruled(&round.names, kept) {
                    opened.put_marks(&ruled.marks);
                    all_ruled.insert(member, ruled);
                }
                sheets.push((member, opened));
            }
        }
        Ok(Self { at, view: session.panel_unit(&round.row.id, &name)?, sheets, ruled: all_ruled })
    }

    pub fn result<'m>(&self, material: &'m Material) -> &'m UnitResult {
        &material.round.units[self.at]
    }

    pub fn name(&self) -> &str {
        &self.view.unit.unit
    }

    /// The result's total and what follows; an error where there is none.
    pub fn total<'m>(&self, material: &'m Material) -> std::result::Result<&'m RankRow, Refused> {
        let none = || Refused::NoResult { unit: self.name().to_owned(), why: material.why(self.name()) };
        material.rank(self.name()).ok_or_else(none)
    }
}

/// `845分（满分1000分，得分率84.5%），等次为良好`.
pub(super) fn result_words(row: &RankRow, max: Decimal) -> String {
    let share = row.percent.as_ref().map(|share| format!("，得分率{share}%")).unwrap_or_default();
    let grade = match &row.grade {
        Some(grade) if row.vetoed => format!("，结论为{grade}"),
        Some(grade) => format!("，等次为{grade}"),
        None => String::new(),
    };
    format!("{}分（满分{}分{share}）{grade}", row.total, show(max))
}

/// What a member's sheet is beside a unit, in a word.
pub(super) fn standing(standing: &Standing) -> &'static str {
    match standing {
        Standing::Counted => "计入",
        Standing::Recused { .. } => "回避",
        Standing::OwnUnit => "本单位",
        Standing::Missing => "未交",
        Standing::Draft => "草稿",
        Standing::Unsigned => "未签名",
        Standing::Twice { .. } => "有多份",
        Standing::Contested { .. } => "有冲突",
        Standing::Returned => "已退回",
        Standing::Incomplete { .. } => "未评完",
    }
}

pub(super) fn heading(level: usize, text: String) -> Block {
    Block::Heading { level, text }
}

pub(super) fn paragraph(text: String) -> Block {
    Block::Paragraph(text)
}

/// A sentence of the screen as documents set it: no blank beside Chinese characters, but for the one behind a code.
pub(super) fn tight(text: &str) -> String {
    let is_wide = |c: char| c > '\u{2e7f}';
    let mut said = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let token = said.rsplit(is_wide).next().unwrap_or_default();
        let is_code = token.matches(['.', '-']).count() > 1;
        let beside = said.ends_with(is_wide) || characters.peek().is_some_and(|next| is_wide(*next) && !is_code);
        if character != ' ' || !beside {
            said.push(character);
        }
    }
    said
}

/// A title between quotation marks; those inside become single ones (GB/T 15834—2011, 4.8).
pub(super) fn quoted(title: &str) -> String {
    format!("“{}”", title.replace('“', "‘").replace('”', "’"))
}

/// A table with a caption, which is its place in errors; a short one stands on one page.
pub(super) fn table(caption: &str, columns: &[(&str, f64, Align)], rows: &[Vec<String>]) -> Block {
    let table = document::Table::plain(columns, rows, caption);
    Block::Table(together(document::Table { caption: Some(caption.to_owned()), ..table }))
}

/// A table of few rows that no page's end parts.
pub(super) fn together(mut table: document::Table) -> document::Table {
    /// So many rows are read at one glance.
    const FEW: usize = 8;
    if table.rows.len() <= FEW {
        table.rows.iter_mut().skip(1).for_each(|row| row.tied = true);
    }
    table
}

/// A title that is a whole sentence, by its beginning.
pub(super) fn brief(title: &str) -> String {
    /// Most characters.
    const MOST: usize = 18;
    let first = title.split(['，', '；', '。', ';']).next().unwrap_or(title);
    if first.chars().count() > MOST {
        return first.chars().take(MOST).chain(['…']).collect();
    }
    if first.len() < title.len() { format!("{first}…") } else { first.to_owned() }
}

/// `甲、乙、丙等5个`: the first names, and how many there are when there are more.
pub(super) fn named(names: &[&str], most: usize, measure: &str) -> String {
    let first = names.iter().take(most).copied().collect::<Vec<_>>().join("、");
    if names.len() > most { format!("{first}等{}{measure}", names.len()) } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_the_screen_are_set_without_blanks_beside_chinese() {
        for (screen, set) in [
            ("共 6 份，去 1 个最低、1 个最高", "共6份，去1个最低、1个最高"),
            ("（861 + 890）÷ 4 = 3550 ÷ 4 = 887.5", "（861 + 890）÷ 4 = 3550 ÷ 4 = 887.5"),
            ("修约到 0.1（GB/T 8170，五成双）", "修约到0.1（GB/T 8170，五成双）"),
            ("1.1.1-1 学校发展定位：李维 4 分，相差 2.5 分", "1.1.1-1 学校发展定位：李维4分，相差2.5分"),
        ] {
            assert_eq!(tight(screen), set);
        }
    }

    #[test]
    fn quotation_marks_inside_become_single_ones() {
        assert_eq!(quoted("“三全育人”工作"), "“‘三全育人’工作”");
    }
}
