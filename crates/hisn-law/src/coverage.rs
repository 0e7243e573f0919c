//! Which rules and limbs the scenarios of a pack have shown true and false.

use crate::Truth;
use crate::evaluate::Trace;
use crate::model::{Limb, Pack};

/// What was seen, rule by rule and limb by limb.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    rules: Vec<Seen>,
    limbs: Vec<Seen>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    yes: bool,
    no: bool,
}

/// A limb that was not seen both true and false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimbCoverage {
    /// The rule.
    pub rule: String,
    /// The paragraph, or what kind of condition it is.
    pub label: String,
    /// The condition.
    pub text: String,
    /// Whether it was seen true.
    pub seen_true: bool,
    /// Whether it was seen false.
    pub seen_false: bool,
}

impl Coverage {
    /// Nothing seen yet of a pack.
    pub fn of(pack: &Pack) -> Coverage {
        Coverage { rules: vec![Seen::default(); pack.rules.len()], limbs: vec![Seen::default(); pack.limbs] }
    }

    /// The rules that were never seen to hold, out of how many. Rules that are never applied do not count.
    pub fn rules_not_seen<'p>(&self, pack: &'p Pack) -> (Vec<&'p str>, usize) {
        let applied = pack.rules.iter().enumerate().filter(|(_, rule)| rule.is_ever_applied());
        let (mut missing, mut count) = (Vec::new(), 0);
        for (number, rule) in applied {
            count += 1;
            if !self.rules.get(number).is_some_and(|seen| seen.yes) {
                missing.push(rule.id.as_str());
            }
        }
        (missing, count)
    }

    /// The limbs that were not seen both true and false, out of how many.
    pub fn limbs_not_seen(&self, pack: &Pack) -> (Vec<LimbCoverage>, usize) {
        let (mut missing, mut count) = (Vec::new(), 0);
        for rule in pack.rules.iter().filter(|rule| rule.is_ever_applied()) {
            for limb in rule.limbs() {
                count += 1;
                let seen = self.limbs.get(limb.number).copied().unwrap_or_default();
                if !(seen.yes && seen.no) {
                    missing.push(not_seen(&rule.id, limb, seen));
                }
            }
        }
        (missing, count)
    }
}

fn not_seen(rule: &str, limb: &Limb, seen: Seen) -> LimbCoverage {
    let label = if limb.label.is_empty() { "when".to_owned() } else { limb.label.clone() };
    LimbCoverage {
        rule: rule.to_owned(),
        label,
        text: limb.text.clone(),
        seen_true: seen.yes,
        seen_false: seen.no,
    }
}

impl Trace for Coverage {
    const LISTENS: bool = false;
    const EVERY_LIMB: bool = true;

    fn limb(&mut self, number: usize, truth: Truth) {
        if let Some(seen) = self.limbs.get_mut(number) {
            note(seen, truth);
        }
    }

    fn rule(&mut self, number: usize, truth: Truth) {
        if let Some(seen) = self.rules.get_mut(number) {
            note(seen, truth);
        }
    }
}

fn note(seen: &mut Seen, truth: Truth) {
    seen.yes |= truth.is_true();
    seen.no |= truth.is_false();
}
