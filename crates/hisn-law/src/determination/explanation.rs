//! Which paragraph decided, and by which fact.

use super::write::Writer;
use super::{Determination, Explained, ExplainedLimb};
use crate::Truth;
use crate::evaluate::{Bound, ExceptionState};
use crate::model::{Limb, Rule};

/// The most paragraphs of a rule's alternatives that are named when none of them holds.
const NAMED_ALTERNATIVES: usize = 3;

/// The paragraphs that close an exception, or those that open it.
pub(super) fn because(writer: &Writer<'_, '_>, rule: &Rule, state: &ExceptionState) -> Option<String> {
    if state.disputed {
        return Some("counsel".to_owned());
    }
    let truth = |limb: &Limb| writer.truth(limb.node, Bound::default());
    let mut labels: Vec<&str> = Vec::new();
    let prefix = writer.scene.pack.manifest().citation_prefix.as_str();
    let wanted = state.own;
    if wanted.is_true() {
        labels
            .extend(rule.allows.iter().filter(|limb| truth(limb).is_true()).map(|limb| limb.label.as_str()));
    } else if !rule.allows.is_empty() && rule.allows.iter().map(truth).max().is_some_and(|any| any == wanted)
    {
        let named = rule.allows.iter().filter(|limb| truth(limb) == wanted).take(NAMED_ALTERNATIVES);
        labels.extend(named.map(|limb| limb.label.as_str()));
    }
    if !wanted.is_true() {
        labels.extend(
            rule.requires.iter().filter(|limb| truth(limb) == wanted).map(|limb| limb.label.as_str()),
        );
    }
    for (limb, excepts) in &rule.unless {
        let opened = excepts.iter().map(truth).max().unwrap_or(Truth::False);
        let holds = !(truth(limb) & !opened);
        if wanted.is_true() {
            if truth(limb).is_true() {
                labels.extend(
                    excepts.iter().filter(|limb| truth(limb).is_true()).map(|limb| limb.label.as_str()),
                );
            }
        } else if holds == wanted {
            labels.push(&limb.label);
        }
    }
    let bars = state.barred_by.iter().filter(|(_, bars)| !state.truth.is_false() || bars.is_true());
    labels.extend(bars.filter_map(|(number, _)| Some(writer.rule(*number)?.cite.as_str())));
    let labels: Vec<&str> = labels.iter().map(|label| label.strip_prefix(prefix).unwrap_or(label)).collect();
    (!labels.is_empty()).then(|| labels.join(", "))
}

/// The rules that bore on the answer: scope, what is required, the exceptions that were looked at and what bars them.
pub(super) fn write(writer: &Writer<'_, '_>, answer: &mut Determination) {
    let verdict = writer.verdict;
    let mut explained = Vec::new();
    for (active, truth) in verdict.subjects.iter().chain(&verdict.outsides) {
        explained.extend(writer.explain(active.rule, Bound::default(), *truth));
    }
    if answer.applies {
        for instance in verdict.prohibitions.iter().chain(&verdict.requirements) {
            explained.extend(writer.explain(instance.rule, instance.bound, instance.truth));
        }
        let shown = |id: &str| answer.exceptions.iter().any(|exception| exception.rule == id);
        for state in &verdict.exceptions {
            if writer.rule(state.rule).is_some_and(|rule| shown(&rule.id)) {
                explained.extend(writer.explain(state.rule, Bound::default(), state.truth));
                for (number, truth) in &state.barred_by {
                    explained.extend(writer.explain(*number, Bound::default(), *truth));
                }
            }
        }
    }
    answer.explanation = explained;
}

impl<'a> Writer<'a, '_> {
    fn explain(&self, number: usize, bound: Bound<'a>, truth: Truth) -> Option<Explained> {
        let rule = self.rule(number)?;
        let mut limbs = Vec::new();
        let mut add = |kind, limb: &Limb| limbs.push(self.limb(kind, limb, bound));
        rule.base.iter().for_each(|limb| add("when", limb));
        rule.allows.iter().for_each(|limb| add("allows", limb));
        rule.requires.iter().for_each(|limb| add("requires", limb));
        for (limb, excepts) in &rule.unless {
            add("unless", limb);
            excepts.iter().for_each(|limb| add("except", limb));
        }
        Some(Explained { item: None, rule: rule.id.clone(), about: self.about(bound), truth, limbs })
    }

    fn limb(&self, kind: &'static str, limb: &Limb, bound: Bound<'a>) -> ExplainedLimb {
        let (truth, facts) = self.truth_and_reads(limb.node, bound);
        ExplainedLimb { kind, label: limb.label.clone(), text: limb.text.clone(), truth, facts }
    }
}
