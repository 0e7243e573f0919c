//! Evaluating a case under the law of its day.

mod conditions;
mod item;
mod memo;
mod rules;
mod trace;
mod verdict;

pub(crate) use conditions::{Bound, Machine, Scene};
pub(crate) use item::ItemView;
pub(crate) use memo::Memo;
pub(crate) use rules::{ExceptionState, Instance};
pub(crate) use trace::{Leaf, Reads, Silent, Trace, Unknowns};
pub(crate) use verdict::Verdict;

use self::item::ItemViews;
use crate::Truth;
use crate::case::Case;
use crate::coverage::Coverage;
use crate::determination::{Determination, Outcome};
use crate::model::{Law, Pack};
use crate::sieve::RouteViews;

/// Answers cases. Remembers what it worked out about items and routes, so keep one for each thread.
#[derive(Debug)]
pub struct Evaluator<'a> {
    law: &'a Law,
    items: ItemViews<'a>,
    routes: RouteViews<'a>,
    memo: Memo,
}

impl<'a> Evaluator<'a> {
    /// An evaluator for a law.
    pub fn new(law: &'a Law) -> Evaluator<'a> {
        Evaluator { law, items: ItemViews::default(), routes: RouteViews::default(), memo: Memo::default() }
    }

    /// The outcome under one pack, and nothing else: for maps and other great numbers of cases.
    pub fn outcome(&mut self, pack: &'a Pack, case: &Case) -> Outcome {
        let (scene, memo) = self.scene(pack, case);
        Verdict::of(scene, memo, &mut Silent).outcome()
    }

    /// The reasons for which something is required, before exceptions, each as far as it is certain.
    pub fn reasons(&mut self, pack: &'a Pack, case: &Case) -> Vec<(&'a str, Truth)> {
        let (scene, memo) = self.scene(pack, case);
        let found = Verdict::of(scene, memo, &mut Silent).found;
        let reasons =
            pack.reasons.iter().enumerate().map(|(place, name)| (name.as_str(), found.any(1 << place)));
        reasons.filter(|(_, truth)| !truth.is_false()).collect()
    }

    /// The whole answer under one pack.
    pub fn determine(&mut self, pack: &'a Pack, case: &Case) -> Determination {
        let (scene, memo) = self.scene(pack, case);
        let mut trace = Unknowns::default();
        let verdict = Verdict::of(scene, memo, &mut trace);
        crate::determination::write(scene, &verdict, memo, &trace.0)
    }

    /// Notes which rules and limbs of a pack a case shows true, false or unknown. Every limb of every rule is evaluated, so
    /// the outcome that comes back owes nothing to shortcuts: that of [`Evaluator::outcome`] must be the same.
    pub fn cover(&mut self, pack: &'a Pack, case: &Case, coverage: &mut Coverage) -> Outcome {
        let (scene, memo) = self.scene(pack, case);
        let verdict = Verdict::of(scene, memo, coverage);
        verdict.limbs_of_answers(scene, memo, coverage);
        verdict.notes(scene, memo, coverage, |_, _, _| {});
        verdict.outcome()
    }

    fn scene<'c>(&'c mut self, pack: &'a Pack, case: &'c Case) -> (Scene<'c>, &'c mut Memo) {
        let plan = pack.plan(case.date);
        let item = self.items.view(pack, plan, case);
        self.memo.prepare(pack);
        let scene = Scene { law: self.law, pack, plan, case, item, destination: None, route: None };
        let destination = Machine::new(scene, None, &mut Silent, &mut self.memo).destination();
        let route = Some(self.routes.view(pack, plan, case, destination));
        (Scene { destination, route, ..scene }, &mut self.memo)
    }
}
