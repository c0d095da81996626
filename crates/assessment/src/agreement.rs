//! Agreement between assessors (一致性), as exact fractions that are rounded once, at the end, to three decimals.
//!
//! Kendall's W says whether the assessors put the units into the same order, ICC(2,k) how far the mean of these assessors
//! can be relied on, Krippendorff's alpha how far single marks agree, also where some are missing.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Decimals of a result.
const DECIMALS: u32 = 3;

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum Why {
    /// Fewer than two assessors.
    TooFewAssessors,
    /// Fewer than two units that all of them scored.
    TooFewUnits,
    /// All marks are the same: there is nothing to agree on.
    NoVariance,
    /// The assessors differ more than the units do, so far that the variance between units is estimated below zero.
    NoCommonOrder,
}

/// How strong an agreement is, by the lines that its authors give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum Strength {
    /// Not to be relied on.
    Weak,
    /// With care.
    Moderate,
    /// Good.
    Good,
    /// Very good.
    Strong,
}

/// A measure of agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum Measure {
    /// Kendall's coefficient of concordance, corrected for ties.
    KendallW,
    /// Two-way random effects, absolute agreement, mean of k assessors (Shrout and Fleiss 1979).
    Icc2k,
    /// Krippendorff's alpha for interval data.
    Alpha,
}

impl Measure {
    /// How strong a value is. W: Schmidt 1997; ICC: Koo and Li 2016; alpha: Krippendorff 2004 (0.800 and 0.667).
    #[must_use]
    pub fn strength(self, value: Decimal) -> Strength {
        let lines = match self {
            Self::KendallW => [300, 500, 700],
            Self::Icc2k => [500, 750, 900],
            Self::Alpha => [667, 800, 900],
        };
        match lines.iter().filter(|line| value >= Decimal::new(**line, DECIMALS)).count() {
            0 => Strength::Weak,
            1 => Strength::Moderate,
            2 => Strength::Good,
            _ => Strength::Strong,
        }
    }
}

type Result = std::result::Result<Decimal, Why>;

/// Marks as whole numbers of one common unit; agreement does not depend on the unit.
fn whole(marks: impl Iterator<Item = Decimal>) -> impl Fn(Decimal) -> BigInt {
    let scale = marks.map(|mark| mark.scale()).max().unwrap_or_default();
    let powers: Vec<BigInt> = (0..=scale).map(|power| BigInt::from(10).pow(power)).collect();
    move |mark| BigInt::from(mark.mantissa()) * &powers[(scale - mark.scale()) as usize]
}

fn whole_rows(rows: &[Vec<Decimal>]) -> Vec<Vec<BigInt>> {
    let whole = whole(rows.iter().flatten().copied());
    rows.iter().map(|row| row.iter().map(|mark| whole(*mark)).collect()).collect()
}

/// A fraction with [`DECIMALS`] decimals, half to even.
fn rounded(value: &BigRational) -> Decimal {
    let scaled = value * BigRational::from(BigInt::from(10).pow(DECIMALS));
    let floor = scaled.floor();
    let twice = (&scaled - &floor) * BigInt::from(2);
    let one = BigRational::from(BigInt::from(1));
    let floor = floor.to_integer();
    let up = twice > one || (twice == one && !(&floor % BigInt::from(2)).is_zero());
    let whole = if up { floor + 1 } else { floor };
    whole.to_i64().map_or(Decimal::MAX, |whole| Decimal::new(whole, DECIMALS).normalize())
}

fn quotient(number: BigInt, by: BigInt) -> Result {
    if by.is_zero() { Err(Why::NoVariance) } else { Ok(rounded(&BigRational::new(number, by))) }
}

/// Checks a table without gaps: a row for each unit, a column for each assessor.
fn require(rows: &[Vec<Decimal>]) -> std::result::Result<(BigInt, BigInt), Why> {
    let assessors = rows.first().map(Vec::len).unwrap_or_default();
    if rows.len() < 2 {
        return Err(Why::TooFewUnits);
    }
    if assessors < 2 {
        return Err(Why::TooFewAssessors);
    }
    Ok((BigInt::from(rows.len()), BigInt::from(assessors)))
}

/// Kendall's W with the correction for ties: `12 S ÷ (m²(n³ − n) − m ΣT)`.
///
/// # Errors
/// Too little to compare; no assessor made a difference between units.
pub fn kendall_w(rows: &[Vec<Decimal>]) -> Result {
    let (n, m) = require(rows)?;
    let assessors = rows[0].len();
    let mut sums = vec![BigInt::zero(); rows.len()];
    let mut ties = BigInt::zero();
    for column in 0..assessors {
        let mut places: BTreeMap<Decimal, Vec<usize>> = BTreeMap::new();
        for (unit, row) in rows.iter().enumerate() {
            places.entry(row[column]).or_default().push(unit);
        }
        let mut before = 0;
        for units in places.values() {
            let count = BigInt::from(units.len());
            // Twice the mean rank of these units, which is whole.
            let rank = BigInt::from(2 * before + units.len() + 1);
            units.iter().for_each(|unit| sums[*unit] += &rank);
            ties += count.pow(3) - count;
            before += units.len();
        }
    }
    let mean = &m * (&n + 1);
    let squares = sums.iter().fold(BigInt::zero(), |squares, sum| squares + BigInt::pow(&(sum - &mean), 2));
    quotient(squares * 3, &m * &m * (n.pow(3) - &n) - &m * ties)
}

/// ICC(2,k): `(MSR − MSE) ÷ (MSR + (MSC − MSE) ÷ n)`. With a divisor above 0 it is at most 1; it has no lower bound.
///
/// # Errors
/// Too little to compare; all marks are the same; a divisor of 0 or less, under which the quotient says nothing.
pub fn icc_2k(rows: &[Vec<Decimal>]) -> Result {
    let (n, k) = require(rows)?;
    let rows = whole_rows(rows);
    let grand: BigInt = rows.iter().flatten().sum();
    let squares: BigInt = rows.iter().flatten().map(|mark| mark.pow(2)).sum();
    let by_row: BigInt = rows.iter().map(|row| row.iter().sum::<BigInt>().pow(2)).sum::<BigInt>();
    let column = |at: usize| rows.iter().map(|row| &row[at]).sum::<BigInt>().pow(2);
    let by_column: BigInt = (0..rows[0].len()).map(column).sum();
    let correction = grand.pow(2);
    // All sums of squares times n k.
    let total = &n * &k * squares - &correction;
    let between = &n * by_row - &correction;
    let assessors = &k * by_column - &correction;
    if total.is_zero() {
        return Err(Why::NoVariance);
    }
    let rest = total - &between - &assessors;
    let mean = |sum: BigInt, by: BigInt| BigRational::new(sum, by);
    let (msr, msc) = (mean(between, &n - 1), mean(assessors, &k - 1));
    let mse = mean(rest, (&n - 1) * (&k - 1));
    let by = &msr + (msc - &mse) / n;
    if by <= BigRational::zero() { Err(Why::NoCommonOrder) } else { Ok(rounded(&((msr - mse) / by))) }
}

/// Krippendorff's alpha for interval data: one less observed by expected disagreement. Units with a single mark say
/// nothing and are left out.
///
/// # Errors
/// Too little to compare; all marks are the same.
pub fn alpha(rows: &[Vec<Option<Decimal>>]) -> Result {
    let marks = rows.iter().flatten().flatten().copied();
    let whole = whole(marks);
    let rows: Vec<Vec<BigInt>> =
        rows.iter().map(|row| row.iter().flatten().map(|mark| whole(*mark)).collect()).collect();
    let rows: Vec<&Vec<BigInt>> = rows.iter().filter(|row| row.len() > 1).collect();
    if rows.is_empty() {
        return Err(Why::TooFewAssessors);
    }
    if rows.len() < 2 {
        return Err(Why::TooFewUnits);
    }
    /// Count times the sum of squares less the square of the sum.
    fn disagreement<'a>(marks: impl Iterator<Item = &'a BigInt> + Clone) -> BigInt {
        let sum: BigInt = marks.clone().sum();
        let squares: BigInt = marks.clone().map(|mark| mark.pow(2)).sum();
        BigInt::from(marks.count()) * squares - sum.pow(2)
    }
    let count = BigInt::from(rows.iter().map(|row| row.len()).sum::<usize>());
    // Added up by the number of marks first: fractions of one denominator need no common one.
    let mut within: BTreeMap<usize, BigInt> = BTreeMap::new();
    for row in &rows {
        *within.entry(row.len() - 1).or_default() += disagreement(row.iter());
    }
    let observed: BigRational = within.into_iter().map(|(by, sum)| BigRational::new(sum, BigInt::from(by))).sum();
    let expected = disagreement(rows.iter().flat_map(|row| row.iter()));
    if expected.is_zero() {
        return Err(Why::NoVariance);
    }
    let one = BigRational::from(BigInt::from(1));
    Ok(rounded(&(one - observed * (count - 1) / expected)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[i64]]) -> Vec<Vec<Decimal>> {
        rows.iter().map(|row| row.iter().map(|mark| Decimal::from(*mark)).collect()).collect()
    }

    fn show(result: Result) -> String {
        result.map_or_else(|why| <&str>::from(why).to_owned(), |value| value.to_string())
    }

    /// Shrout and Fleiss, “Intraclass correlations”, Psychological Bulletin 86 (1979), table 2 and 4: ICC(2,4) 0.62.
    #[test]
    fn the_example_of_shrout_and_fleiss() {
        let rows = table(&[&[9, 2, 5, 8], &[6, 1, 3, 2], &[8, 4, 6, 8], &[7, 1, 2, 6], &[10, 5, 6, 9], &[6, 2, 4, 7]]);
        assert_eq!(show(icc_2k(&rows)), "0.62");
    }

    /// Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011): four observers, twelve units, interval 0.849.
    #[test]
    fn the_example_of_krippendorff() {
        let observers: [[i64; 12]; 4] = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        let mark = |mark: i64| (mark > 0).then(|| Decimal::from(mark));
        let rows: Vec<Vec<Option<Decimal>>> =
            (0..12).map(|unit| observers.iter().map(|marks| mark(marks[unit])).collect()).collect();
        assert_eq!(show(alpha(&rows)), "0.849");
    }

    /// The data `anxiety` of the R package irr 0.84.1, whose manual gives Wt = 0.54 with the correction for ties.
    #[test]
    fn the_example_of_the_package_irr() {
        let raters: [[i64; 20]; 3] = [
            [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
            [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
            [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
        ];
        let rows: Vec<Vec<Decimal>> =
            (0..20).map(|unit| raters.iter().map(|marks| Decimal::from(marks[unit])).collect()).collect();
        assert_eq!(kendall_w(&rows).map(|w| w.round_dp(2).to_string()), Ok("0.54".to_owned()));
    }

    #[test]
    fn the_same_order_agrees_fully_and_the_reverse_not_at_all() {
        assert_eq!(show(kendall_w(&table(&[&[1, 10, 100], &[2, 20, 200], &[3, 30, 300]]))), "1");
        assert_eq!(show(kendall_w(&table(&[&[1, 3], &[2, 2], &[3, 1]]))), "0");
        // Ties at the same units: W is 1 only because of the correction.
        assert_eq!(show(kendall_w(&table(&[&[1, 4], &[1, 4], &[3, 6]]))), "1");
        assert_eq!(show(icc_2k(&table(&[&[1, 1], &[2, 2], &[3, 3]]))), "1");
    }

    #[test]
    fn assessors_who_contradict_each_other_have_no_icc() {
        // Opposite orders and the same mean of every unit: by the formula alone this would be 3.
        assert_eq!(show(icc_2k(&table(&[&[80, 90], &[85, 85], &[90, 80]]))), "no-common-order");
        // Nearly so: the divisor is above 0, and the value as far below.
        assert_eq!(show(icc_2k(&table(&[&[80, 90], &[86, 90], &[98, 88]]))), "-1.25");
    }

    proptest::proptest! {
        #[test]
        fn no_icc_is_above_one(
            rows in proptest::collection::vec(proptest::collection::vec(0_i64..12, 4), 2..6), assessors in 2_usize..=4,
        ) {
            let rows: Vec<Vec<Decimal>> =
                rows.iter().map(|row| row[..assessors].iter().map(|mark| Decimal::from(*mark)).collect()).collect();
            if let Ok(value) = icc_2k(&rows) {
                proptest::prop_assert!(value <= Decimal::ONE, "{value}");
            }
        }
    }

    #[test]
    fn too_little_to_compare_is_said() {
        let same = table(&[&[5, 5], &[5, 5]]);
        assert_eq!(show(kendall_w(&same)), "no-variance");
        assert_eq!(show(icc_2k(&same)), "no-variance");
        assert_eq!(show(kendall_w(&table(&[&[1, 2]]))), "too-few-units");
        assert_eq!(show(icc_2k(&table(&[&[1], &[2]]))), "too-few-assessors");
        assert_eq!(show(icc_2k(&[])), "too-few-units");
        let five = Some(Decimal::from(5));
        assert_eq!(show(alpha(&[vec![five, five], vec![five, five]])), "no-variance");
        assert_eq!(show(alpha(&[vec![five, None], vec![None, five]])), "too-few-assessors");
        assert_eq!(show(alpha(&[vec![five, five], vec![None, five]])), "too-few-units");
    }

    #[test]
    fn the_unit_of_the_marks_does_not_matter() {
        let rows = table(&[&[9, 2, 5], &[6, 1, 3], &[8, 4, 6]]);
        let tenths: Vec<Vec<Decimal>> =
            rows.iter().map(|row| row.iter().map(|mark| mark / Decimal::TEN).collect()).collect();
        assert_eq!(icc_2k(&rows), icc_2k(&tenths));
        let some = |rows: &[Vec<Decimal>]| -> Vec<Vec<Option<Decimal>>> {
            rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect()
        };
        assert_eq!(alpha(&some(&rows)), alpha(&some(&tenths)));
    }
}
