//! Several items of one order under one law: one answer.

use hisn_law::{Determination, Outcome, ReviewPolicy};

/// Joins the answers for each item: the strictest outcome, and what was said of each.
pub(crate) fn merge(
    mut answers: Vec<(String, Determination)>,
    ranks: &[ReviewPolicy],
) -> Option<Determination> {
    if answers.len() < 2 {
        return answers.pop().map(|(_, answer)| answer);
    }
    let mut answers = answers.into_iter();
    let (name, mut merged) = answers.next()?;
    merged.label(&name);
    for (name, mut answer) in answers {
        answer.label(&name);
        merged.applies |= answer.applies;
        merged.review_policy = stricter(merged.review_policy, answer.review_policy, ranks);
        merged.human_rights_review |= answer.human_rights_review;
        merged.outcome = strictest(merged.outcome, answer.outcome);
        add(&mut merged.scope, answer.scope);
        add(&mut merged.requirements, answer.requirements);
        add(&mut merged.exceptions, answer.exceptions);
        add(&mut merged.obligations, answer.obligations);
        add(&mut merged.unknowns, answer.unknowns);
        add(&mut merged.counsel, answer.counsel);
        add(&mut merged.flags, answer.flags);
        add(&mut merged.warnings, answer.warnings);
        merged.explanation.extend(answer.explanation);
    }
    Some(merged)
}

/// The stricter of two outcomes.
pub(crate) fn strictest(a: Outcome, b: Outcome) -> Outcome {
    a.max(b)
}

fn stricter(a: Option<String>, b: Option<String>, ranks: &[ReviewPolicy]) -> Option<String> {
    let rank = |policy: &String| ranks.iter().position(|known| known.name == *policy).unwrap_or(usize::MAX);
    match (a, b) {
        (Some(a), Some(b)) => Some(if rank(&b) < rank(&a) { b } else { a }),
        (a, b) => a.or(b),
    }
}

fn add<T: PartialEq>(into: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !into.contains(&one) {
            into.push(one);
        }
    }
}
