//! Evaluating whole rules: base, alternatives, limbs, and once for whatever they stand for.

use super::conditions::{Bound, Machine};
use super::trace::{Leaf, Trace};
use crate::Truth;
use crate::case::Party;
use crate::country::Country;
use crate::model::{Each, Limb, Reason, Reasons, Rule};

/// A requirement or a prohibition that does or may hold.
#[derive(Clone, Debug)]
pub(crate) struct Instance<'a> {
    pub rule: usize,
    pub truth: Truth,
    pub reason: Reason,
    /// The party, listing or control row that it is about.
    pub bound: Bound<'a>,
    pub needs_confirmation: bool,
    /// Whether an exception lifts it.
    pub lifted: Truth,
    /// Its unknowns in the trace.
    pub leaves: (usize, usize),
}

/// An exception that was looked at.
#[derive(Clone, Debug)]
pub(crate) struct ExceptionState {
    pub rule: usize,
    /// Whether its own conditions hold, the restrictions left aside.
    pub own: Truth,
    /// Whether it lifts anything: its conditions hold, nothing bars it, and it is not disputed.
    pub truth: Truth,
    pub disputed: bool,
    pub lifts: Reasons,
    /// Restrictions that do or may bar it.
    pub barred_by: Vec<(usize, Truth)>,
    pub leaves: (usize, usize),
}

impl<'a, T: Trace> Machine<'a, '_, T> {
    /// Whether a rule holds for one subject.
    pub fn rule(&mut self, rule: &'a Rule, bound: &Bound<'a>) -> Truth {
        let mark = self.trace.mark();
        let mut truth = rule.base.as_ref().map_or(Truth::True, |base| self.limb(base, bound));
        if truth.is_true() || truth.is_unknown() {
            truth = self.limbs(rule, truth, bound);
        }
        if truth.is_false() {
            self.trace.forget(mark);
        }
        truth
    }

    fn limbs(&mut self, rule: &'a Rule, base: Truth, bound: &Bound<'a>) -> Truth {
        let mut truth = base;
        if !rule.allows.is_empty() {
            truth = truth & self.alternatives(&rule.allows, bound);
        }
        for limb in &rule.requires {
            if truth.is_false() && !T::EVERY_LIMB {
                return truth;
            }
            truth = truth & self.limb(limb, bound);
        }
        for (limb, excepts) in &rule.unless {
            if truth.is_false() && !T::EVERY_LIMB {
                return truth;
            }
            let mark = self.trace.mark();
            let closes = self.limb(limb, bound);
            let opens = match closes {
                Truth::False if !T::EVERY_LIMB => Truth::False,
                _ => self.alternatives(excepts, bound),
            };
            let closed = closes & !opens;
            if !closed.is_unknown() {
                self.trace.forget(mark);
            }
            truth = truth & !closed;
        }
        truth
    }

    fn alternatives(&mut self, limbs: &'a [Limb], bound: &Bound<'a>) -> Truth {
        let mark = self.trace.mark();
        let mut any = Truth::False;
        for limb in limbs {
            any = any | self.limb(limb, bound);
            if any.is_true() && !T::EVERY_LIMB {
                break;
            }
        }
        if any.is_true() {
            self.trace.forget(mark);
        }
        any
    }

    pub fn limb(&mut self, limb: &Limb, bound: &Bound<'a>) -> Truth {
        let truth = self.truth(limb.node, bound);
        self.trace.limb(limb.number, truth);
        truth
    }

    /// Runs a rule once for each of what it stands for; `seen` gets what is not false.
    pub fn each(&mut self, number: usize, mut seen: impl FnMut(&mut Self, Bound<'a>, Truth, (usize, usize))) {
        let pack = self.scene.pack;
        let Some(rule) = pack.rules.get(number) else { return };
        let case = self.scene.case;
        let mut any = Truth::False;
        let mut run = |machine: &mut Self,
                       mark: usize,
                       bound: Bound<'a>,
                       presence: &dyn Fn(&mut Self, usize, Truth) -> Truth| {
            let truth = machine.rule(rule, &bound);
            let truth = presence(machine, mark, truth);
            any = any | truth;
            if !truth.is_false() {
                let leaves = (mark, machine.trace.mark());
                seen(machine, bound, truth, leaves);
            }
        };
        match rule.each {
            None => run(self, self.trace.mark(), Bound::default(), &|_, _, truth| truth),
            Some(Each::Party) => {
                for party in &case.parties {
                    run(
                        self,
                        self.trace.mark(),
                        Bound { party: Some(party), ..Bound::default() },
                        &|_, _, truth| truth,
                    );
                }
            }
            Some(Each::Listing) => {
                for party in &case.parties {
                    for listing in &party.listings {
                        let bound = Bound { party: Some(party), listing: Some(listing), ..Bound::default() };
                        run(self, self.trace.mark(), bound, &|machine, mark, truth| {
                            machine.presence(party, listing, mark, truth)
                        });
                    }
                }
            }
            Some(Each::OwnerListing) => {
                for party in &case.parties {
                    for (owner, listing) in owner_listings(party) {
                        let bound = Bound { party: Some(party), listing: Some(listing), ..Bound::default() };
                        run(self, self.trace.mark(), bound, &|machine, mark, truth| {
                            machine.presence(owner, listing, mark, truth)
                        });
                    }
                }
            }
            Some(Each::Control(reason)) => self.each_control(reason, &mut run),
        }
        self.trace.rule(number, any);
    }

    fn each_control(
        &mut self,
        reason: Reason,
        run: &mut impl FnMut(&mut Self, usize, Bound<'a>, &dyn Fn(&mut Self, usize, Truth) -> Truth),
    ) {
        if self.scene.item.classified.is_unknown() {
            run(self, self.trace.mark(), Bound::default(), &|machine, _, truth| {
                if truth.is_false() {
                    return truth;
                }
                machine.trace.unknown(|| Leaf::Classification);
                Truth::Unknown
            });
            return;
        }
        let (pack, item) = (self.scene.pack, self.scene.item);
        for (number, covers) in &item.controls {
            let Some(control) = pack.controls.get(*number).filter(|control| control.reason == reason) else {
                continue;
            };
            let bound = Bound { control: Some(*number), ..Bound::default() };
            // The destination first: it decides most rows.
            let mark = self.trace.mark();
            let mut bites = self.destination_in(control.places, &bound);
            if !bites.is_false() && covers.is_unknown() {
                self.control_unknown(*number);
                bites = Truth::Unknown;
            }
            if !bites.is_false() {
                bites = bites & control.when.map_or(Truth::True, |when| self.truth(when, &bound));
            }
            if bites.is_false() {
                self.trace.forget(mark);
                continue;
            }
            // What is unknown of the row counts only if the rule itself lets the row bite.
            run(self, mark, bound, &move |machine, mark, truth| {
                if truth.is_false() {
                    machine.trace.forget(mark);
                }
                bites & truth
            });
        }
    }

    fn control_unknown(&mut self, number: usize) {
        let pack = self.scene.pack;
        let case = self.scene.case;
        self.trace.unknown(|| {
            let code = match case.item.classification(pack.name()) {
                Some(crate::case::Classification::Code(code)) => code,
                _ => return Leaf::Classification,
            };
            let by_paragraph = pack.controls.get(number).is_some_and(|control| {
                let pattern = &control.control.pattern;
                pattern.covers(code, &pattern.fors).is_true()
            });
            if by_paragraph { Leaf::For } else { Leaf::Classification }
        });
    }

    /// Where the order goes, as the law judges it; none where that is unknown or no place.
    pub fn destination(&mut self) -> Option<Country> {
        let of = self.scene.pack.destination?;
        self.country(of, &Bound::default()).ok().flatten()
    }

    fn destination_in(&mut self, places: crate::model::PlacesId, bound: &Bound<'a>) -> Truth {
        let pack = self.scene.pack;
        pack.destination.map_or(Truth::Unknown, |destination| self.places(destination, places, bound))
    }
}

/// The listings of all owners of a party, direct and indirect.
fn owner_listings(party: &Party) -> Vec<(&Party, &crate::case::Listing)> {
    let mut all = Vec::new();
    let mut next: Vec<&Party> = party.owners.iter().collect();
    while let Some(owner) = next.pop() {
        all.extend(owner.listings.iter().map(|listing| (owner, listing)));
        next.extend(&owner.owners);
    }
    all
}
