//! From rules to an outcome.

use super::conditions::{Bound, Machine, Scene};
use super::memo::Memo;
use super::rules::{ExceptionState, Instance};
use super::trace::{Silent, Trace};
use crate::Truth;
use crate::determination::Outcome;
use crate::model::{Reasons, Rule};
use crate::plan::ActiveRule;
use crate::sieve::RuleSet;

/// Which requirements were found, by reason.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Found {
    certain: Reasons,
    possible: Reasons,
}

impl Found {
    /// Whether something is required for one of these reasons.
    pub fn any(&self, reasons: Reasons) -> Truth {
        if self.certain & reasons != 0 {
            Truth::True
        } else if self.possible & reasons != 0 {
            Truth::Unknown
        } else {
            Truth::False
        }
    }
}

/// What the rules say of a case.
#[derive(Debug, Default)]
pub(crate) struct Verdict<'a> {
    /// Whether the day lies in the time that the pack holds.
    pub covered: bool,
    /// Whether the law reaches the order at all.
    pub reached: Truth,
    /// Whether something keeps it out.
    pub kept_out: Truth,
    pub scope_leaves: (usize, usize),
    pub subjects: Vec<(ActiveRule, Truth)>,
    pub outsides: Vec<(ActiveRule, Truth)>,
    pub prohibitions: Vec<Instance<'a>>,
    pub requirements: Vec<Instance<'a>>,
    pub exceptions: Vec<ExceptionState>,
    pub found: Found,
    /// The rules that may hold.
    left: RuleSet,
}

impl<'a> Verdict<'a> {
    /// Decides a case. What the memo remembers must be of this case.
    pub fn of<T: Trace>(scene: Scene<'a>, memo: &mut Memo, trace: &mut T) -> Verdict<'a> {
        let mut verdict = Verdict::default();
        verdict.decide(scene, memo, trace);
        verdict
    }

    fn decide<T: Trace>(&mut self, scene: Scene<'a>, memo: &mut Memo, trace: &mut T) {
        let Scene { pack, plan, case, .. } = scene;
        self.covered = pack.manifest.covers_from.is_none_or(|from| from <= case.date);
        self.reached = Truth::False;
        self.kept_out = Truth::False;
        self.left = plan.sieve.sift(scene);
        let mut machine = Machine::new(scene, None, trace, memo);
        let start = machine.trace.mark();
        self.reached = scope(&mut machine, &plan.subjects, &self.left, &mut self.subjects);
        if !self.reached.is_false() || T::EVERY_LIMB {
            self.kept_out = scope(&mut machine, &plan.outsides, &self.left, &mut self.outsides);
        }
        self.scope_leaves = (start, machine.trace.mark());
        if (self.scope().is_false() || !self.covered) && !T::EVERY_LIMB {
            return;
        }
        collect(&mut machine, &plan.prohibitions, &self.left, &mut self.prohibitions);
        collect(&mut machine, &plan.requirements, &self.left, &mut self.requirements);
        for instance in &self.requirements {
            let reason = 1u64 << instance.reason;
            self.found.possible |= reason;
            if instance.truth.is_true() {
                self.found.certain |= reason;
            }
        }
        let mut machine = Machine::new(scene, Some(&self.found), trace, memo);
        for active in &plan.exceptions {
            let Some(rule) = pack.rules.get(active.rule) else { continue };
            let bears = rule.lifts & self.found.possible != 0 && self.left.contains(active.rule);
            if bears || T::EVERY_LIMB {
                self.exceptions.push(exception(&mut machine, active, rule, &self.left));
            }
        }
        for instance in &mut self.requirements {
            let lifting =
                self.exceptions.iter().filter(|exception| exception.lifts & (1u64 << instance.reason) != 0);
            instance.lifted = lifting.map(|exception| exception.truth).max().unwrap_or(Truth::False);
        }
    }

    /// Whether the order is under this law.
    pub fn scope(&self) -> Truth {
        self.reached & !self.kept_out
    }

    /// Whether somebody may not do it at all.
    pub fn prohibited(&self) -> Truth {
        self.prohibitions.iter().map(|instance| instance.truth).max().unwrap_or(Truth::False)
    }

    /// Whether a requirement stays after every exception.
    pub fn license_needed(&self) -> Truth {
        self.requirements
            .iter()
            .map(|instance| instance.truth & !instance.lifted)
            .max()
            .unwrap_or(Truth::False)
    }

    /// The least and the strictest outcome that the unknown facts leave open.
    pub fn range(&self) -> (Outcome, Outcome) {
        if !self.covered {
            return (Outcome::NotSubject, Outcome::Prohibited);
        }
        let under = |holds: fn(Truth) -> bool| {
            if holds(self.prohibited()) {
                Outcome::Prohibited
            } else if holds(self.license_needed()) {
                Outcome::LicenseRequired
            } else if holds(self.found.any(Reasons::MAX)) {
                Outcome::LicenseException
            } else {
                Outcome::NoLicenseRequired
            }
        };
        let (certain, possible) = (under(Truth::is_true), under(|truth| !truth.is_false()));
        match self.scope() {
            Truth::False => (Outcome::NotSubject, Outcome::NotSubject),
            Truth::Unknown => (Outcome::NotSubject, possible),
            // What is certainly required and possibly lifted is at the least an exception.
            Truth::True => (certain, possible),
        }
    }

    /// The outcome: the strictest one that is open if all that are open let the order go, otherwise what is certain,
    /// otherwise the need to know more.
    pub fn outcome(&self) -> Outcome {
        let (least, strictest) = self.range();
        if least == strictest || strictest <= Outcome::LicenseException {
            strictest
        } else if least >= Outcome::LicenseRequired {
            least
        } else {
            Outcome::NeedsInformation
        }
    }

    /// Runs the rules that judge and annotate; `seen` gets each instance that is not false.
    pub fn notes<T: Trace>(
        &self,
        scene: Scene<'a>,
        memo: &mut Memo,
        trace: &mut T,
        mut seen: impl FnMut(ActiveRule, Bound<'a>, Truth),
    ) {
        let mut machine = Machine::new(scene, Some(&self.found), trace, memo);
        for active in &scene.plan.notes {
            if self.left.contains(active.rule) || T::EVERY_LIMB {
                machine.each(active.rule, |_, bound, truth, _| seen(*active, bound, truth));
            }
        }
    }

    /// Evaluates what is otherwise only looked at when an answer is written: conditions of policies and of notes.
    pub fn limbs_of_answers<T: Trace>(&self, scene: Scene<'a>, memo: &mut Memo, trace: &mut T) {
        let mut machine = Machine::new(scene, Some(&self.found), trace, memo);
        let instances = self.requirements.iter().map(|instance| (instance.rule, instance.bound));
        let exceptions =
            self.exceptions.iter().filter(|e| !e.own.is_false()).map(|e| (e.rule, Bound::default()));
        for (number, bound) in instances.chain(exceptions) {
            let Some(rule) = scene.pack.rules.get(number) else { continue };
            for policy in &rule.policies {
                if policy.when.as_ref().is_some_and(|when| machine.limb(when, &bound).is_true()) {
                    break;
                }
            }
            for note in rule.disputed.iter().chain(&rule.counsel).chain(&rule.obligations) {
                if let Some(when) = &note.when {
                    machine.limb(when, &bound);
                }
            }
        }
    }

    /// Whether a rule that is not applied would hold.
    pub fn would_hold(&self, scene: Scene<'a>, memo: &mut Memo, rule: usize) -> Truth {
        if !self.left.contains(rule) {
            return Truth::False;
        }
        let mut trace = Silent;
        let mut machine = Machine::new(scene, Some(&self.found), &mut trace, memo);
        let mut any = Truth::False;
        machine.each(rule, |_, _, truth, _| any = any | truth);
        any
    }
}

fn scope<T: Trace>(
    machine: &mut Machine<'_, '_, T>,
    rules: &[ActiveRule],
    left: &RuleSet,
    seen: &mut Vec<(ActiveRule, Truth)>,
) -> Truth {
    let start = machine.trace.mark();
    let mut any = Truth::False;
    for active in rules {
        if !T::EVERY_LIMB && !left.contains(active.rule) {
            continue;
        }
        machine.each(active.rule, |_, _, truth, _| {
            any = any | truth;
            seen.push((*active, truth));
        });
        if any.is_true() && !T::LISTENS {
            break;
        }
    }
    if any.is_true() {
        machine.trace.forget(start);
    }
    any
}

fn collect<'a, T: Trace>(
    machine: &mut Machine<'a, '_, T>,
    rules: &[ActiveRule],
    left: &RuleSet,
    found: &mut Vec<Instance<'a>>,
) {
    for active in rules {
        if !T::EVERY_LIMB && !left.contains(active.rule) {
            continue;
        }
        let reason = machine.scene.pack.rules.get(active.rule).map_or(0, |rule| rule.reason);
        machine.each(active.rule, |_, bound, truth, leaves| {
            found.push(Instance {
                rule: active.rule,
                truth,
                reason,
                bound,
                needs_confirmation: active.needs_confirmation,
                lifted: Truth::False,
                leaves,
            });
        });
    }
}

fn exception<T: Trace>(
    machine: &mut Machine<'_, '_, T>,
    active: &ActiveRule,
    rule: &Rule,
    left: &RuleSet,
) -> ExceptionState {
    let start = machine.trace.mark();
    let mut own = Truth::False;
    machine.each(active.rule, |_, _, truth, _| own = own | truth);
    let mut barred_by = Vec::new();
    let mut truth = own;
    if !own.is_false() {
        for restriction in machine.scene.plan.restrictions_of(active) {
            if !T::EVERY_LIMB && !left.contains(restriction.rule) {
                continue;
            }
            let mut bars = Truth::False;
            machine.each(restriction.rule, |_, _, truth, _| bars = bars | truth);
            if !bars.is_false() {
                barred_by.push((restriction.rule, bars));
            }
            truth = truth & !bars;
        }
    }
    let disputed = !truth.is_false()
        && rule.disputed.iter().any(|note| match &note.when {
            None => true,
            Some(when) => !machine.limb(when, &Bound::default()).is_false(),
        });
    if disputed {
        truth = Truth::False;
    }
    if truth.is_false() {
        machine.trace.forget(start);
    }
    ExceptionState {
        rule: active.rule,
        own,
        truth,
        disputed,
        lifts: rule.lifts,
        barred_by,
        leaves: (start, machine.trace.mark()),
    }
}
