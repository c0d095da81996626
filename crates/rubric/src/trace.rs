//! The trace: how a score was reached, step by step, so that a person can check it by hand.

use rust_decimal::Decimal;
use serde::Serialize;

/// One step: the sentence of the source, what was found, and what that did to the mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The source's sentence that the step rests on.
    pub sentence: String,
    /// The reading (录入说明) that it rests on, by its id.
    pub reading: Option<String>,
    /// What was found.
    pub reason: Reason,
    /// What it adds or takes.
    pub amount: Option<Decimal>,
    /// The mark after this step.
    pub running: Option<Decimal>,
}

impl Step {
    /// A step that neither adds nor takes.
    #[must_use]
    pub fn remark(sentence: &str, reason: Reason) -> Self {
        Self { sentence: sentence.to_owned(), reading: None, reason, amount: None, running: None }
    }

    /// A step that adds or takes, and the mark after it.
    #[must_use]
    pub fn amount(sentence: &str, reason: Reason, amount: Decimal, running: Decimal) -> Self {
        Self { sentence: sentence.to_owned(), reading: None, reason, amount: Some(amount), running: Some(running) }
    }

    /// The same step, resting on a reading.
    #[must_use]
    pub fn on(mut self, reading: Option<&String>) -> Self {
        self.reading = reading.cloned();
        self
    }
}

/// The value of a formula beside its line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measurement {
    /// The quantities and their values.
    pub values: String,
    /// The formula.
    pub formula: String,
    /// Its value.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// The line.
    pub line: String,
}

/// What was found. The texts for people are kept by the program's message catalogue, by code.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Reason {
    /// No mark yet; this is not zero.
    Unscored,
    /// Judged by degree within a range.
    Judged {
        /// The mark.
        mark: String,
        /// Full marks of the part.
        max: String,
    },
    /// The source does not say how to judge; judged by degree.
    JudgedUnstated {
        /// The mark.
        mark: String,
        /// Full marks of the part.
        max: String,
    },
    /// There is what is asked for.
    Present,
    /// There is not.
    Absent,
    /// A mark within a band.
    InBand {
        /// The mark.
        mark: String,
        /// Lower bound.
        from: String,
        /// Upper bound.
        to: String,
    },
    /// A mark entered directly, for the point as a whole.
    Direct {
        /// The mark.
        mark: String,
        /// The written reason, or nothing.
        note: String,
    },
    /// Counting begins at the full marks.
    FromFull {
        /// Full marks.
        max: String,
    },
    /// A deduction that applies.
    Deducted,
    /// A deduction that does not apply.
    NotDeducted,
    /// What was counted.
    Counted {
        /// How many.
        number: u32,
        /// What the number counts.
        unit: String,
        /// Marks for each.
        each: String,
        /// The items, or nothing.
        items: String,
    },
    /// Nothing was counted.
    NothingCounted,
    /// An amount judged within bounds.
    RangeJudged {
        /// The amount.
        mark: String,
        /// Lower bound.
        from: String,
        /// Upper bound.
        to: String,
    },
    /// A judged amount does not apply.
    RangeUnused,
    /// The value of a measure reaches its line.
    MeasureReached(Measurement),
    /// What reaching the line of a measure gives; steps beyond it are taken from that.
    MeasureBase {
        /// The line.
        line: String,
        /// Its unit.
        unit: String,
        /// The marks.
        award: String,
    },
    /// The value of a measure lies beyond its line.
    MeasureBeyond {
        /// What was measured.
        #[serde(flatten)]
        of: Measurement,
        /// How far it lies beyond.
        beyond: String,
        /// Size of a step.
        every: String,
        /// How many steps count.
        steps: u32,
        /// Marks for a step.
        each: String,
    },
    /// As before, and the part of a step counts in proportion.
    MeasureProrated {
        /// What was measured.
        #[serde(flatten)]
        of: Measurement,
        /// How far it lies beyond.
        beyond: String,
        /// Size of a step.
        every: String,
        /// Marks for a step.
        each: String,
    },
    /// A part of a step counts as a step.
    MeasureStarted {
        /// What was measured.
        #[serde(flatten)]
        of: Measurement,
        /// How far it lies beyond.
        beyond: String,
        /// Size of a step.
        every: String,
        /// How many steps count.
        steps: u32,
        /// Marks for a step.
        each: String,
    },
    /// Quantities are not recorded yet.
    QuantityMissing {
        /// Their names.
        names: String,
    },
    /// A formula divides by zero: its value is not determined.
    ZeroDenominator {
        /// The formula.
        formula: String,
    },
    /// The value of a formula has more digits than any figure: it is not determined.
    FormulaTooLarge {
        /// The formula.
        formula: String,
    },
    /// A band that the quantities choose, and a mark within it.
    BandMeasured {
        /// The mark.
        mark: String,
        /// Lower bound.
        from: String,
        /// Upper bound.
        to: String,
        /// The quantities and their values.
        values: String,
    },
    /// A band that the quantities choose, without a mark yet.
    BandOpen {
        /// Lower bound.
        from: String,
        /// Upper bound.
        to: String,
        /// The quantities and their values.
        values: String,
    },
    /// A mark outside of the band that the quantities choose.
    BandOverridden {
        /// The mark.
        mark: String,
        /// Lower bound of the band chosen by the quantities.
        from: String,
        /// Its upper bound.
        to: String,
        /// The quantities and their values.
        values: String,
        /// The written reason, or nothing.
        note: String,
    },
    /// A mark within a band, and the band that the quantities propose.
    BandSuggested {
        /// The mark.
        mark: String,
        /// Lower bound of the proposed band.
        from: String,
        /// Its upper bound.
        to: String,
        /// The quantities and their values.
        values: String,
    },
    /// No achievement.
    NoEntries,
    /// Achievements of one kind.
    Entries {
        /// The kind.
        item: String,
        /// Each with its title, base and coefficient.
        list: String,
        /// Their sum.
        sum: String,
    },
    /// Achievements of one kind above what one kind may give.
    EntriesCapped {
        /// The kind.
        item: String,
        /// Each with its title, base and coefficient.
        list: String,
        /// Their sum.
        sum: String,
        /// The most that one kind may give.
        most: String,
    },
    /// All achievements together above what they may give.
    EntriesAllCapped {
        /// Their sum.
        sum: String,
        /// The most.
        most: String,
    },
    /// A clause is met.
    Conforms,
    /// A clause is met in part.
    ConformsPartly,
    /// A clause is not met.
    DoesNotConform,
    /// A clause does not apply; it does not count.
    NotApplicable,
    /// A mark in place of the derived one.
    Overridden {
        /// The derived mark.
        derived: String,
        /// The mark.
        mark: String,
        /// The written reason, or nothing.
        note: String,
    },
    /// A veto that holds.
    LimitVeto {
        /// The conclusion that results.
        conclusion: String,
        /// The sum before.
        sum: String,
    },
    /// A condition that its quantities decide, before what it does.
    LimitMeasured {
        /// The condition.
        condition: String,
        /// The quantities and their values.
        values: String,
    },
    /// The sum of a category.
    CategorySum {
        /// The category.
        category: String,
        /// How many points are scored.
        scored: usize,
        /// How many there are.
        points: usize,
    },
    /// An adjustment of a category or of the whole.
    Adjusted {
        /// Its code and title.
        adjustment: String,
    },
    /// A total that would go below zero.
    Floored {
        /// The sum.
        sum: String,
    },
    /// An adjustment that is not decided yet; it counts as nothing.
    AdjustmentOpen,
    /// No clause that demands something fails.
    AllConform {
        /// How many demand something and apply.
        applicable: usize,
    },
    /// Clauses that demand something fail.
    SomeFail {
        /// How many demand something and apply.
        applicable: usize,
        /// How many are met in part.
        partly: usize,
        /// How many are not met.
        failing: usize,
        /// Codes of both.
        codes: String,
    },
    /// The sum of the parts was clamped to 0..max.
    Clamped {
        /// The sum.
        sum: String,
    },
    /// The sum of what stands below an indicator.
    Sum {
        /// How many points are scored.
        scored: usize,
        /// How many there are.
        points: usize,
    },
    /// A condition that was not decided; it is taken as not present.
    LimitOpen,
    /// A condition that is not present.
    LimitAbsent,
    /// A condition that takes all marks.
    LimitZero {
        /// The sum before.
        sum: String,
    },
    /// A condition that caps the sum, and the sum was above.
    LimitCap {
        /// The sum before.
        sum: String,
        /// The cap.
        cap: String,
    },
    /// A condition that caps the sum, and the sum was not above.
    LimitCapUnused {
        /// The sum before.
        sum: String,
        /// The cap.
        cap: String,
    },
    /// Points are unscored; the steps that follow count them with their highest marks.
    Provisional {
        /// How many are unscored.
        unscored: usize,
    },
    /// The total reaches a grade.
    GradeReached {
        /// The total.
        total: String,
        /// The grade.
        grade: String,
    },
    /// Few enough indicators below the line.
    FewBelow {
        /// How many.
        count: usize,
        /// How many are too many.
        limit: u32,
        /// Their codes.
        codes: String,
    },
    /// Too many indicators below the line.
    TooManyBelow {
        /// How many.
        count: usize,
        /// How many are too many.
        limit: u32,
        /// Their codes.
        codes: String,
        /// The grade that results.
        grade: String,
    },
    /// A veto that does not apply.
    VetoUnused {
        /// The indicator.
        indicator: String,
        /// Its score.
        score: String,
        /// Its full marks.
        max: String,
    },
    /// A veto that decides the conclusion.
    Vetoed {
        /// The indicator.
        indicator: String,
        /// Its score.
        score: String,
        /// Its full marks.
        max: String,
        /// The grade that results.
        grade: String,
    },
}
