//! A verdict in words.

use std::cell::RefCell;

use super::explanation::{self, because};
use super::*;
use crate::evaluate::{Bound, Instance, Leaf, Machine, Memo, Reads, Scene, Silent, Verdict};
use crate::model::{NodeId, Note, Rule};
use crate::syntax::ast::{RuleKind, Wording};

/// Everything that an answer is written from.
pub(super) struct Writer<'a, 'v> {
    pub scene: Scene<'a>,
    pub verdict: &'v Verdict<'a>,
    /// Definitions that were evaluated for this case.
    memo: RefCell<&'v mut Memo>,
}

/// Writes the answer for a verdict; `leaves` are the unknowns that its rules point to.
pub(crate) fn write<'a>(
    scene: Scene<'a>,
    verdict: &Verdict<'a>,
    memo: &mut Memo,
    leaves: &[Leaf],
) -> Determination {
    let unknowns = crate::questions::ask(scene, verdict, memo, leaves);
    let writer = Writer { scene, verdict, memo: RefCell::new(memo) };
    let outcome = verdict.outcome();
    let subject = !verdict.scope().is_false();
    let mut answer = Determination {
        jurisdiction: scene.pack.name().to_owned(),
        applies: subject,
        outcome,
        review_policy: None,
        human_rights_review: false,
        scope: writer.scope(),
        requirements: Vec::new(),
        exceptions: Vec::new(),
        obligations: Vec::new(),
        unknowns,
        counsel: Vec::new(),
        explanation: Vec::new(),
        flags: Vec::new(),
        warnings: Vec::new(),
    };
    if subject && verdict.covered {
        writer.requirements(&mut answer);
        writer.exceptions(&mut answer);
    }
    writer.notes(&mut answer);
    writer.state_of_the_law(&mut answer);
    explanation::write(&writer, &mut answer);
    answer.obligations.sort();
    answer.obligations.dedup();
    answer.counsel.dedup();
    answer
}

impl<'a> Writer<'a, '_> {
    pub fn rule(&self, number: usize) -> Option<&'a Rule> {
        self.scene.pack.rules.get(number)
    }

    fn scope(&self) -> Vec<Scope> {
        let all = self.verdict.subjects.iter().map(|seen| (seen, true));
        let all = all.chain(self.verdict.outsides.iter().map(|seen| (seen, false)));
        all.filter_map(|((active, truth), subject)| {
            let rule = self.rule(active.rule)?;
            Some(Scope { rule: rule.id.clone(), subject, truth: *truth, citation: rule.cite.clone() })
        })
        .collect()
    }

    fn requirements(&self, answer: &mut Determination) {
        let mut strictest: Option<usize> = None;
        let prohibitions = self.verdict.prohibitions.iter().map(|instance| (instance, true));
        let requirements = self.verdict.requirements.iter().map(|instance| (instance, false));
        for (instance, prohibits) in prohibitions.chain(requirements) {
            let Some(rule) = self.rule(instance.rule) else { continue };
            let policy = self.policy(rule, instance);
            let open = instance.truth.is_true() && !instance.lifted.is_true();
            if let Some((rank, _)) = policy
                && open
            {
                strictest = Some(strictest.map_or(rank, |known| known.min(rank)));
            }
            let lifted_by = self.lifted_by(instance);
            let requirement = Requirement {
                item: None,
                rule: rule.id.clone(),
                reason: self
                    .scene
                    .pack
                    .reasons
                    .get(usize::from(instance.reason))
                    .cloned()
                    .unwrap_or_default(),
                title: rule.title.en.clone(),
                title_ar: rule.title.ar.clone(),
                citation: self.citation(rule, instance, policy.and_then(|(_, cite)| cite)),
                about: self.about(instance.bound),
                truth: instance.truth,
                prohibits,
                policy: policy.and_then(|(rank, _)| {
                    self.scene.law.vocabulary().policies().get(rank).map(|policy| policy.name.clone())
                }),
                lifted_by,
            };
            if !answer.requirements.contains(&requirement) {
                answer.requirements.push(requirement);
            }
            if instance.truth.is_true() {
                self.add_notes(rule, instance.bound, open, answer);
            }
            if instance.needs_confirmation {
                answer.warnings.push(self.confirm(rule));
            }
        }
        if answer.outcome >= Outcome::NeedsInformation {
            answer.review_policy = strictest.and_then(|rank| {
                self.scene.law.vocabulary().policies().get(rank).map(|policy| policy.name.clone())
            });
        }
    }

    fn lifted_by(&self, instance: &Instance<'_>) -> Option<String> {
        if !instance.lifted.is_true() {
            return None;
        }
        let lifting = self.verdict.exceptions.iter().find(|exception| {
            exception.truth.is_true() && exception.lifts & (1u64 << instance.reason) != 0
        })?;
        Some(self.rule(lifting.rule)?.id.clone())
    }

    fn policy(&self, rule: &'a Rule, instance: &Instance<'a>) -> Option<(usize, Option<&'a str>)> {
        let holds = |policy: &&crate::model::Policy| {
            policy.when.as_ref().is_none_or(|when| self.truth(when.node, instance.bound).is_true())
        };
        rule.policies.iter().find(holds).map(|policy| (policy.rank, policy.cite.as_deref()))
    }

    fn citation(&self, rule: &Rule, instance: &Instance<'_>, policy: Option<&str>) -> String {
        let notice = instance.bound.listing.and_then(|listing| listing.citation.as_deref());
        let parts = [Some(rule.cite.as_str()), policy, notice];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// The party, list entry or row that an instance is about, in words.
    pub fn about(&self, bound: Bound<'_>) -> Option<String> {
        if let Some(control) = bound.control.and_then(|number| self.scene.pack.controls.get(number)) {
            let control = &control.control;
            let parts = control.pattern.paragraphs.iter().map(ToString::to_string).collect::<Vec<_>>();
            let part = if parts.is_empty() { control.pattern.entry.to_string() } else { parts.join(", ") };
            return Some(format!("{part}: {} to {}", control.reason, control.places));
        }
        match (bound.party, bound.listing) {
            (Some(party), Some(listing)) if party.name == listing.caption => Some(party.name.clone()),
            (Some(party), Some(listing)) => Some(format!("{} ({})", party.name, listing.caption)),
            (Some(party), None) => Some(party.name.clone()),
            _ => None,
        }
    }

    fn exceptions(&self, answer: &mut Determination) {
        for state in &self.verdict.exceptions {
            let Some(rule) = self.rule(state.rule) else { continue };
            let is_about_it =
                rule.base.as_ref().is_none_or(|base| !self.truth(base.node, Bound::default()).is_false());
            if !is_about_it {
                continue;
            }
            answer.exceptions.push(Exception {
                item: None,
                rule: rule.id.clone(),
                title: rule.title.en.clone(),
                title_ar: rule.title.ar.clone(),
                available: state.truth.is_true(),
                truth: state.truth,
                because: because(self, rule, state),
                citation: rule.cite.clone(),
            });
            let lifts = answer
                .requirements
                .iter()
                .any(|requirement| requirement.lifted_by.as_ref() == Some(&rule.id));
            self.add_notes(rule, Bound::default(), state.truth.is_true() && lifts, answer);
            if state.disputed {
                for note in &rule.disputed {
                    if self.note_holds(note, Bound::default()) {
                        answer.counsel.push(counsel(rule, &note.text));
                    }
                }
            }
        }
    }

    /// Counsel of a rule that bears on the case; obligations only where it is relied on.
    fn add_notes(&self, rule: &Rule, bound: Bound<'a>, relied_on: bool, answer: &mut Determination) {
        for note in rule.counsel.iter().filter(|note| self.note_holds(note, bound)) {
            answer.counsel.push(counsel(rule, &note.text));
        }
        if relied_on {
            for note in rule.obligations.iter().filter(|note| self.note_holds(note, bound)) {
                answer.obligations.push(obligation(rule, &note.text, note.cite.as_deref()));
            }
        }
    }

    fn note_holds(&self, note: &Note, bound: Bound<'a>) -> bool {
        note.when.as_ref().is_none_or(|when| !self.truth(when.node, bound).is_false())
    }

    fn notes(&self, answer: &mut Determination) {
        let outside = answer.outcome == Outcome::NotSubject;
        let mut seen = Vec::new();
        self.verdict.notes(self.scene, &mut self.memo.borrow_mut(), &mut Silent, |active, bound, truth| {
            seen.push((active, bound, truth));
        });
        for (active, bound, truth) in seen {
            let Some(rule) = self.rule(active.rule) else { continue };
            match rule.kind {
                RuleKind::Review if truth.is_true() && answer.outcome >= Outcome::NeedsInformation => {
                    answer.human_rights_review |= rule.instead.as_deref() == Some(HUMAN_RIGHTS);
                }
                // The title of such a rule names it; its notes say what is to be done or known.
                RuleKind::Obligation if truth.is_true() && !outside => {
                    if rule.obligations.is_empty() {
                        answer.obligations.push(obligation(rule, &rule.title, None));
                    }
                    self.add_notes(rule, bound, true, answer);
                }
                RuleKind::Flag if truth.is_true() => {
                    let flag = Flag {
                        flag: rule.name.clone(),
                        text: rule.title.en.clone(),
                        text_ar: rule.title.ar.clone(),
                        about: self.about(bound),
                        citation: rule.cite.clone(),
                        rule: rule.id.clone(),
                    };
                    if !answer.flags.contains(&flag) {
                        answer.flags.push(flag);
                    }
                }
                RuleKind::Counsel if !truth.is_true() => {}
                RuleKind::Counsel if rule.counsel.is_empty() => {
                    answer.counsel.push(counsel(rule, &rule.title))
                }
                RuleKind::Counsel => self.add_notes(rule, bound, false, answer),
                _ => {}
            }
        }
        for (active, truth) in self.verdict.subjects.iter().chain(&self.verdict.outsides) {
            if let Some(rule) = self.rule(active.rule)
                && truth.is_true()
            {
                self.add_notes(rule, Bound::default(), true, answer);
            }
        }
    }

    fn state_of_the_law(&self, answer: &mut Determination) {
        let manifest = self.scene.pack.manifest();
        if let Some(from) = manifest.covers_from
            && !self.verdict.covered
        {
            answer.warnings.push(format!(
                "the pack {} holds the law from {from}: what was law on {} needs a lawyer",
                self.scene.pack.name(),
                self.scene.case.date
            ));
            return;
        }
        if answer.outcome == Outcome::NotSubject {
            return;
        }
        for active in &self.scene.plan.dormant {
            let Some(rule) = self.rule(active.rule) else { continue };
            let restricts = matches!(rule.kind, RuleKind::Requirement | RuleKind::Prohibition);
            if restricts
                && self.verdict.would_hold(self.scene, &mut self.memo.borrow_mut(), active.rule).is_true()
                && let Some(state) = rule.state(self.scene.case.date)
            {
                let by = state.state.and_then(|state| state.by.as_deref()).unwrap_or(&rule.cite);
                let period = state.state.map(|state| state.period.to_string()).unwrap_or_default();
                answer.warnings.push(format!(
                    "{} ({}) is {} {period} ({by}) and was not applied: it would ask for a license",
                    rule.id,
                    rule.title.en,
                    state.kind.word(),
                ));
            }
        }
        answer.warnings.dedup();
    }

    fn confirm(&self, rule: &Rule) -> String {
        let state = rule.state(self.scene.case.date).and_then(|state| state.state);
        let by = state.and_then(|state| state.by.as_deref()).unwrap_or(&rule.cite);
        let period = state.map(|state| state.period.to_string()).unwrap_or_default();
        format!(
            "{} ({}) is to apply {period} ({by}), which needs confirmation: the answer takes the restrictive side",
            rule.id, rule.title.en
        )
    }

    pub fn truth(&self, node: NodeId, bound: Bound<'a>) -> Truth {
        let mut memo = self.memo.borrow_mut();
        Machine::new(self.scene, Some(&self.verdict.found), &mut Silent, &mut memo).truth(node, &bound)
    }

    /// Whether a condition holds, and the facts that were read for it.
    pub fn truth_and_reads(&self, node: NodeId, bound: Bound<'a>) -> (Truth, Vec<Read>) {
        let (mut trace, mut memo) = (Reads::default(), self.memo.borrow_mut());
        let truth =
            Machine::new(self.scene, Some(&self.verdict.found), &mut trace, &mut memo).truth(node, &bound);
        (truth, trace.0.into_iter().map(|(fact, value)| Read { fact, value }).collect())
    }
}

/// What a review must be called for an assessment to say that human rights are weighed.
const HUMAN_RIGHTS: &str = "human-rights";

fn counsel(rule: &Rule, text: &Wording) -> Counsel {
    Counsel { rule: rule.id.clone(), text: text.en.clone(), text_ar: text.ar.clone() }
}

fn obligation(rule: &Rule, text: &Wording, cite: Option<&str>) -> Obligation {
    Obligation {
        rule: rule.id.clone(),
        text: text.en.clone(),
        text_ar: text.ar.clone(),
        citation: cite.unwrap_or(&rule.cite).to_owned(),
    }
}
