//! Formulas that recompute exactly: marks are brought to whole numbers, which spreadsheets keep exactly, divided with a
//! remainder and rounded as the panel declared.

use assessment::panel::{Method, Policy, Rounding};
use rubric::decimal::show;
use rust_decimal::Decimal;

/// Decimals of shares in percent and of scores for show.
pub const SHOWN: u32 = 2;

/// How marks are brought to whole numbers.
#[derive(Clone, Copy)]
pub struct Whole {
    decimals: u32,
}

impl Whole {
    /// Whole numbers for marks of these decimals, and for the step that they are rounded to.
    pub fn of(marks: impl Iterator<Item = Decimal>) -> Self {
        Self { decimals: marks.map(|mark| mark.normalize().scale()).max().unwrap_or_default() }
    }

    /// The smallest part of a mark that occurs.
    pub fn least(self) -> Decimal {
        Decimal::new(1, self.decimals)
    }

    fn power(self) -> Decimal {
        Decimal::from(10_u64.saturating_pow(self.decimals.min(18)))
    }

    /// An expression of marks without what binary fractions add to it.
    pub fn exact(self, expression: &str) -> String {
        format!("ROUND({expression},{})", self.decimals)
    }

    /// `sum ÷ by` rounded to multiples of `step`, the amount where it is negative. `by`: an expression of a whole number.
    pub fn rounded(self, sum: &str, by: &str, step: Decimal, rounding: Rounding) -> String {
        let scale = step.normalize().scale().max(self.decimals);
        let power = Decimal::from(10_u64.saturating_pow(scale.min(18)));
        let whole = format!("ROUND(ABS({sum})*{},0)", show(power));
        let unit = format!("({by}*{})", show((step * power).normalize()));
        let steps = format!("INT({whole}/{unit})");
        let rest = format!("2*({whole}-{steps}*{unit})");
        let up = match rounding {
            Rounding::HalfUp => format!("IF({rest}>={unit},1,0)"),
            Rounding::HalfEven => format!("IF({rest}>{unit},1,IF({rest}={unit},MOD({steps},2),0))"),
        };
        let decimals = step.normalize().scale();
        format!("SIGN({sum})*ROUND(({steps}+{up})*{},{decimals})", show(step.normalize()))
    }

    /// `part` of `full` marks in percent, as it is shown everywhere.
    pub fn percent(self, part: &str, full: Decimal) -> String {
        let power = self.power();
        let scaled = format!("ROUND({part}*{},0)*100", show(power));
        // The full marks are whole in the same unit.
        let by = show((full * power).normalize());
        Self { decimals: 0 }.rounded(&scaled, &by, Decimal::new(1, SHOWN), Rounding::HalfEven)
    }
}

/// How many marks are dropped at each end, by the cell that counts them.
pub fn dropped(policy: &Policy, count: &str) -> String {
    if policy.method != Method::Trimmed {
        return "0".to_owned();
    }
    policy.trim.iter().fold("0".to_owned(), |below, trim| format!("IF({count}>={},{},{below})", trim.from, trim.drop))
}

/// The sum of what counts in a range; `count` and `drop`: cells.
pub fn sum(policy: &Policy, range: &str, count: &str, drop: &str) -> String {
    match policy.method {
        Method::Mean | Method::Consensus => format!("SUM({range})"),
        Method::Median => format!("IF({count}=0,0,MEDIAN({range})*IF(MOD({count},2)=1,1,2))"),
        Method::Trimmed => {
            let most = policy.trim.iter().map(|trim| trim.drop).max().unwrap_or_default();
            let ends = |number: u32| format!("-IF({drop}>={number},SMALL({range},{number})+LARGE({range},{number}),0)");
            format!("SUM({range}){}", (1..=most).map(ends).collect::<String>())
        }
    }
}

/// How many marks count; `count` and `drop`: cells.
pub fn by(policy: &Policy, count: &str, drop: &str) -> String {
    match policy.method {
        Method::Mean | Method::Consensus => count.to_owned(),
        Method::Median => format!("IF({count}=0,0,IF(MOD({count},2)=1,1,2))"),
        Method::Trimmed => format!("{count}-2*{drop}"),
    }
}

/// Name of a column, `A` for 0.
pub fn column(number: u16) -> String {
    let letter = |at: u16| char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    let mut name = String::new();
    let mut rest = u32::from(number) + 1;
    while rest > 0 {
        let at = u16::try_from((rest - 1) % 26).unwrap_or_default();
        name.insert(0, letter(at));
        rest = (rest - 1) / 26;
    }
    name
}

/// Name of a cell, rows counted from 0.
pub fn cell(row: u32, at: u16) -> String {
    format!("{}{}", column(at), row + 1)
}

/// Name of a range that does not move with its formula.
pub fn fixed((first, last): (u32, u32), at: u16) -> String {
    let name = column(at);
    format!("${name}${}:${name}${}", first + 1, last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_on_behind_z() {
        let names: Vec<String> = [0, 25, 26, 51, 701, 702].into_iter().map(column).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "ZZ", "AAA"]);
    }
}
