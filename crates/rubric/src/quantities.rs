//! The quantities of a sheet: recorded, derived, and in words.

use crate::decimal::show;
use crate::finding::Findings;
use crate::formula::{Exact, Formula, Open};
use crate::model::{Quantity, Rubric};
use crate::score::Mismatch;
use rust_decimal::Decimal;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The quantities as one place sees them: what was recorded there, otherwise what all other places agree on.
pub(crate) struct Quantities<'a> {
    by_name: BTreeMap<&'a str, &'a Quantity>,
    /// By name: value and the places that recorded it.
    recorded: BTreeMap<&'a str, BTreeMap<Decimal, Vec<&'a str>>>,
    findings: &'a Findings,
    /// Values of derived quantities by place, so that what many formulas build on is reckoned once. Places that
    /// recorded nothing share theirs, under the empty name.
    derived: RefCell<BTreeMap<(String, String), Result<Exact, Open>>>,
}

impl<'a> Quantities<'a> {
    pub(crate) fn new(rubric: &'a Rubric, findings: &'a Findings) -> Self {
        let by_name = rubric.quantities.iter().map(|quantity| (quantity.name.as_str(), quantity)).collect();
        let mut recorded: BTreeMap<&str, BTreeMap<Decimal, Vec<&str>>> = BTreeMap::new();
        for (place, quantities) in &findings.quantities {
            for (name, measured) in quantities {
                recorded.entry(name).or_default().entry(measured.value).or_default().push(place);
            }
        }
        Self { by_name, recorded, findings, derived: RefCell::default() }
    }

    /// The recorded value of a quantity that is not derived.
    fn recorded(&self, place: &str, name: &str) -> Option<Decimal> {
        let own = self.findings.quantities.get(place).and_then(|quantities| quantities.get(name));
        own.map(|measured| measured.value).or_else(|| {
            let values = self.recorded.get(name)?;
            values.keys().next().filter(|_| values.len() == 1).copied()
        })
    }

    /// The value of a derived or recorded quantity at a place. The reader refuses circles and long chains of formulas.
    pub(crate) fn at(&self, place: &str, name: &str) -> Result<Exact, Open> {
        let missing = || Open::Missing(BTreeSet::from([name.to_owned()]));
        match self.by_name.get(name).and_then(|quantity| quantity.formula.as_ref()) {
            Some(formula) => self.derive(place, name, formula),
            None => self.recorded(place, name).map(Exact::from).ok_or_else(missing),
        }
    }

    fn derive(&self, place: &str, name: &str, formula: &Formula) -> Result<Exact, Open> {
        let shared = if self.findings.quantities.contains_key(place) { place } else { "" };
        let key = (shared.to_owned(), name.to_owned());
        if let Some(value) = self.derived.borrow().get(&key) {
            return value.clone();
        }
        let value = formula.value(&|inner| self.at(place, inner));
        self.derived.borrow_mut().insert(key, value.clone());
        value
    }

    /// Names and values of these quantities in words: first what was recorded, with where tables gave it, then what
    /// follows from it.
    pub(crate) fn words(&self, place: &str, names: &BTreeSet<String>) -> String {
        const SHOWN: usize = 60;
        let (mut recorded, mut derived) = (Vec::new(), Vec::new());
        let mut seen = BTreeSet::new();
        let mut open: Vec<String> = names.iter().rev().cloned().collect();
        while let Some(name) = open.pop().filter(|_| seen.len() < SHOWN) {
            if !seen.insert(name.clone()) {
                continue;
            }
            match self.by_name.get(name.as_str()).and_then(|quantity| Some((quantity, quantity.formula.as_ref()?))) {
                Some((quantity, formula)) => {
                    if let Ok(value) = self.at(place, &name) {
                        derived.push(format!("{name} {}{}", value.related(), quantity.unit));
                    }
                    let mut inner = BTreeSet::new();
                    formula.names(&mut inner);
                    open.extend(inner.into_iter().rev());
                }
                None => recorded.extend(self.recorded_words(place, &name)),
            }
        }
        derived.reverse(); // what others follow from comes first
        recorded.extend(derived);
        recorded.join("、")
    }

    fn recorded_words(&self, place: &str, name: &str) -> Option<String> {
        let value = show(self.recorded(place, name)?);
        let source = self.findings.quantities.get(place).and_then(|q| q.get(name)?.source.as_deref());
        Some(source.map_or_else(|| format!("{name} {value}"), |source| format!("{name} {value}（{source}）")))
    }

    /// Quantities that were recorded with different values, each with values and places.
    pub(crate) fn mismatches(&self) -> Vec<Mismatch> {
        let differing = self.recorded.iter().filter(|(_, values)| values.len() > 1);
        let one = |(value, places): (&Decimal, &Vec<&str>)| {
            (show(*value), places.iter().map(|place| (*place).to_owned()).collect())
        };
        differing
            .map(|(name, values)| Mismatch { quantity: (*name).to_owned(), values: values.iter().map(one).collect() })
            .collect()
    }
}
