//! Evaluating a case under the law of its day.

mod conditions;
mod item;
mod memo;
mod rules;
mod trace;
mod verdict;

pub(crate) use conditions::{Bound, Machine};
pub(crate) use item::ItemView;
pub(crate) use memo::Memo;
pub(crate) use rules::{ExceptionState, Instance};
pub(crate) use trace::{Leaf, Reads, Silent, Trace, Unknowns};
pub(crate) use verdict::Verdict;

use crate::Truth;
use crate::case::Case;
use crate::coverage::Coverage;
use crate::determination::{Determination, Outcome};
use crate::model::{Law, Pack};

/// Answers cases. Holds buffers that are used again from case to case, so keep one for each thread.
#[derive(Debug)]
pub struct Evaluator<'a> {
    law: &'a Law,
    item: ItemView,
    memo: Memo,
    verdict: Verdict<'a>,
}

impl<'a> Evaluator<'a> {
    /// An evaluator for a law.
    pub fn new(law: &'a Law) -> Evaluator<'a> {
        Evaluator { law, item: ItemView::default(), memo: Memo::default(), verdict: Verdict::default() }
    }

    /// The outcome under one pack, and nothing else: for maps and other great numbers of cases.
    pub fn outcome(&mut self, pack: &'a Pack, case: &'a Case) -> Outcome {
        self.verdict(pack, case, &mut Silent).outcome()
    }

    /// The reasons for which something is required, before exceptions, each as far as it is certain.
    pub fn reasons(&mut self, pack: &'a Pack, case: &'a Case) -> Vec<(&'a str, Truth)> {
        let found = self.verdict(pack, case, &mut Silent).found;
        let reasons =
            pack.reasons.iter().enumerate().map(|(place, name)| (name.as_str(), found.any(1 << place)));
        reasons.filter(|(_, truth)| !truth.is_false()).collect()
    }

    /// The whole answer under one pack.
    pub fn determine(&mut self, pack: &'a Pack, case: &'a Case) -> Determination {
        let mut trace = Unknowns::default();
        self.verdict(pack, case, &mut trace);
        crate::determination::write(self.law, pack, case, &self.verdict, &self.item, &trace.0)
    }

    /// Notes which rules and limbs of a pack a case shows true, false or unknown.
    pub fn cover(&mut self, pack: &'a Pack, case: &'a Case, coverage: &mut Coverage) {
        self.verdict(pack, case, coverage);
        let verdict = &self.verdict;
        verdict.limbs_of_answers(self.law, pack, case, &self.item, coverage);
        verdict.notes(self.law, pack, case, &self.item, coverage, |_, _, _| {});
    }

    pub(crate) fn verdict<T: Trace>(
        &mut self,
        pack: &'a Pack,
        case: &'a Case,
        trace: &mut T,
    ) -> &Verdict<'a> {
        self.item.prepare(pack, case);
        self.verdict.decide(self.law, pack, case, &self.item, &mut self.memo, trace);
        &self.verdict
    }
}
