//! Which rules a glance at a case leaves: most rules of a law are out of the question for most orders.
//!
//! One thing that is known of a case (where the order goes, what the item is, one fact) is put into the conditions of every
//! rule while all else stays unknown. A rule that comes out false then is false whatever the rest may be: partial evaluation
//! in three values. What one thing leaves is found once for a plan, so that a case costs a few intersections of bit sets.

mod glance;
mod route;

pub(crate) use glance::Glance;
pub(crate) use route::{Place, Route, RouteViews};

use crate::case::{Party, Role};
use crate::evaluate::Scene;
use crate::model::*;
use crate::plan::Plan;
use crate::vocabulary::{FactId, Value};

/// A set of rules of a pack, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RuleSet(Vec<u64>);

impl RuleSet {
    /// Those of the rules of a pack for which a test holds.
    fn of(pack: &Pack, holds: impl Fn(&Rule) -> bool) -> RuleSet {
        let mut words = vec![0u64; pack.rules.len().div_ceil(64)];
        for (number, rule) in pack.rules.iter().enumerate() {
            if let Some(word) = words.get_mut(number / 64).filter(|_| holds(rule)) {
                *word |= 1 << (number % 64);
            }
        }
        RuleSet(words)
    }

    pub fn contains(&self, rule: usize) -> bool {
        self.0.get(rule / 64).is_some_and(|word| word & (1 << (rule % 64)) != 0)
    }

    fn keep(&mut self, other: &RuleSet) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }
}

/// What single things leave of the rules of a plan.
#[derive(Debug, Default)]
pub(crate) struct Sieve {
    all: RuleSet,
    without_listings: RuleSet,
    without_owners: RuleSet,
    facts: Vec<FactSieve>,
}

/// What the values of a fact of the transaction or of the item leave.
#[derive(Debug)]
struct FactSieve {
    who: Who,
    slot: usize,
    /// By [`place`] of the value; the last serves every word beyond.
    by_value: Vec<RuleSet>,
}

impl Sieve {
    pub fn new(pack: &Pack, plan: &Plan) -> Sieve {
        let left = |glance: Glance<'_>| glance.leaves(pack, plan);
        Sieve {
            all: RuleSet::of(pack, |_| true),
            without_listings: left(Glance::NoListings),
            without_owners: left(Glance::NoOwners),
            facts: fact_sieves(pack, plan),
        }
    }

    /// The rules that may hold in a scene.
    pub fn sift(&self, scene: Scene<'_>) -> RuleSet {
        let Scene { case, item, route, .. } = scene;
        let mut left = self.all.clone();
        left.keep(&item.rules);
        if let Some(route) = route {
            left.keep(route);
        }
        // Of a missing end user nothing is false.
        if case.party(Role::EndUser).is_some() {
            if !case.parties.iter().any(is_listed) {
                left.keep(&self.without_listings);
            }
            if case.parties.iter().all(|party| party.owners.is_empty()) {
                left.keep(&self.without_owners);
            }
        }
        for fact in &self.facts {
            let row = if fact.who == Who::Item { &case.item.facts } else { &case.facts };
            if let Some(place) = row.get(fact.slot).and_then(place)
                && let Some(rules) = fact.by_value.get(place.min(fact.by_value.len() - 1))
            {
                left.keep(rules);
            }
        }
        left
    }
}

fn is_listed(party: &Party) -> bool {
    !party.listings.is_empty() || party.owners.iter().any(is_listed)
}

/// A place for each value of a fact whose values can be counted; the first is for what was not said.
fn place(value: &Value) -> Option<usize> {
    match value {
        Value::Unknown => Some(0),
        Value::YesNo(yes) => Some(1 + usize::from(*yes)),
        Value::OneOf(word) => Some(1 + usize::from(*word)),
        _ => None,
    }
}

/// Facts of which what is said, or that nothing is said, leaves some rule out.
fn fact_sieves(pack: &Pack, plan: &Plan) -> Vec<FactSieve> {
    let mut facts: Vec<(Who, FactId, u32, Vec<Value>)> = Vec::new();
    for node in &pack.nodes {
        let (of, values): (&Ref, Vec<Value>) = match node {
            Node::Yes(of) => (of, vec![Value::YesNo(false), Value::YesNo(true)]),
            Node::OneOf(of, mask) => {
                let beyond = (64 - mask.leading_zeros()) as u8;
                (of, (0..=beyond).map(Value::OneOf).collect())
            }
            Node::Given(of) => (of, Vec::new()),
            _ => continue,
        };
        let (Who::Transaction | Who::Item, What::Fact(id, slot)) = (of.who, of.what) else { continue };
        match facts.iter_mut().find(|(who, known, ..)| (*who, *known) == (of.who, id)) {
            Some((.., known)) if known.len() >= values.len() => {}
            Some((.., known)) => *known = values,
            None => facts.push((of.who, id, slot, values)),
        }
    }
    let all = RuleSet::of(pack, |_| true);
    let sieve = |(who, id, slot, values): (Who, FactId, u32, Vec<Value>)| {
        let left = |value: &Value| Glance::Fact(who, slot, value).leaves(pack, plan);
        let assumption = pack.assumptions.get(id.0 as usize).and_then(Option::as_ref);
        let unsaid = match assumption {
            None => left(&Value::Unknown),
            Some(assumption) if assumption.unless.is_none() => left(&assumption.value),
            Some(_) => all.clone(),
        };
        let by_value = std::iter::once(unsaid).chain(values.iter().map(left)).collect();
        FactSieve { who, slot: slot as usize, by_value }
    };
    let mut sieves: Vec<FactSieve> = facts.into_iter().map(sieve).collect();
    sieves.retain(|fact| fact.by_value.iter().any(|rules| *rules != all));
    sieves
}
