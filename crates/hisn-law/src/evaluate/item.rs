//! What the tables say of the item of a case.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::Truth;
use crate::case::{Case, Classification};
use crate::code::Code;
use crate::model::{ItemSetId, Pack, Reasons};
use crate::plan::Plan;
use crate::recent::Recent;
use crate::sieve::{Glance, RuleSet};
use crate::tables::EntryStatus;

/// Views of items that were met before: orders repeat items, and a map asks for each of them in every country.
#[derive(Debug, Default)]
pub(crate) struct ItemViews<'a>(Recent<Met<'a>, ItemView<'a>>);

#[derive(Debug)]
struct Met<'a> {
    plan: &'a Plan,
    classification: Option<Classification>,
    fors: Vec<Code>,
}

impl<'a> ItemViews<'a> {
    /// The item of a case as the tables of a pack see it on the days of a plan.
    pub fn view(&mut self, pack: &'a Pack, plan: &'a Plan, case: &Case) -> &ItemView<'a> {
        let classification = case.item.classification(pack.name());
        let fors = &case.item.fors;
        let mut hasher = FxHasher::default();
        std::ptr::hash(plan, &mut hasher);
        (classification, fors).hash(&mut hasher);
        self.0.get(
            hasher.finish(),
            |met| {
                std::ptr::eq(met.plan, plan)
                    && met.classification.as_ref() == classification
                    && met.fors == *fors
            },
            || {
                let met = Met { plan, classification: classification.cloned(), fors: fors.clone() };
                (met, ItemView::new(pack, plan, case))
            },
        )
    }
}

/// The item as the tables see it: prepared once, asked many times.
#[derive(Debug, Default)]
pub(crate) struct ItemView<'a> {
    /// Whether the item stands in the control list; unknown without a code in force.
    pub classified: Truth,
    sets: Vec<Truth>,
    /// Rows of the controls table, by number, that do or may cover the item.
    pub controls: Vec<(usize, Truth)>,
    certain_reasons: Reasons,
    possible_reasons: Reasons,
    /// By value table: the limit and its currency.
    limits: Vec<Option<(f64, &'a str)>>,
    /// Whether a missing or inexact code keeps something unknown; otherwise it is what the item is for.
    pub code_is_exact: bool,
    /// The rules that may hold for it.
    pub rules: RuleSet,
}

impl<'a> ItemView<'a> {
    fn new(pack: &'a Pack, plan: &Plan, case: &Case) -> ItemView<'a> {
        let mut view = match case.item.classification(pack.name()) {
            Some(Classification::NotListed) => ItemView::blank(pack, Truth::False),
            Some(Classification::Code(code)) if pack.status(code, case.date) == EntryStatus::InForce => {
                ItemView::listed(pack, case, code)
            }
            _ => ItemView {
                possible_reasons: Reasons::MAX,
                code_is_exact: false,
                ..ItemView::blank(pack, Truth::Unknown)
            },
        };
        view.rules = Glance::Item(&view).leaves(pack, plan);
        view
    }

    fn blank(pack: &Pack, truth: Truth) -> ItemView<'a> {
        ItemView {
            classified: truth,
            sets: vec![truth; pack.item_sets],
            limits: vec![None; pack.value_tables.len()],
            code_is_exact: true,
            ..ItemView::default()
        }
    }

    fn listed(pack: &'a Pack, case: &Case, code: &Code) -> ItemView<'a> {
        let mut view = ItemView { classified: Truth::True, ..ItemView::blank(pack, Truth::False) };
        let Some(entry) = pack.entries.get(code.entry()) else { return view };
        for (set, pattern) in &entry.sets {
            if pattern.period.contains(case.date)
                && let Some(slot) = view.sets.get_mut(*set as usize)
                && !slot.is_true()
            {
                *slot = *slot | pattern.covers(code, &case.item.fors);
            }
        }
        for number in &entry.controls {
            let Some(control) = pack.controls.get(*number) else { continue };
            let covers = pack.covers(control, code, &case.item.fors, case.date);
            let reason = 1u64 << control.reason;
            match covers {
                Truth::False => continue,
                Truth::Unknown => view.possible_reasons |= reason,
                Truth::True if control.when.is_some() => view.possible_reasons |= reason,
                Truth::True => view.certain_reasons |= reason,
            }
            view.controls.push((*number, covers));
        }
        for (table, pattern, amount, currency) in &entry.limits {
            if pattern.period.contains(case.date)
                && pattern.covers(code, &case.item.fors).is_true()
                && let Some(slot) = view.limits.get_mut(*table)
            {
                *slot = Some((*amount, currency));
            }
        }
        view
    }

    pub fn is_in(&self, set: ItemSetId) -> Truth {
        self.sets.get(set as usize).copied().unwrap_or_default()
    }

    /// Whether some row of the controls table gives the item one of these reasons.
    pub fn controlled_for(&self, reasons: Reasons) -> Truth {
        if self.certain_reasons & reasons != 0 {
            Truth::True
        } else if self.possible_reasons & reasons != 0 {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// Whether the item's value is within the limit of a value table; false where the table has no row for it.
    pub fn within(&self, table: usize, case: &Case) -> Truth {
        match (self.limits.get(table).copied().flatten(), &case.item.value) {
            (None, _) => {
                if self.classified.is_unknown() {
                    Truth::Unknown
                } else {
                    Truth::False
                }
            }
            (Some((limit, currency)), Some((amount, of))) if of == currency => Truth::from(*amount <= limit),
            (Some(_), _) => Truth::Unknown,
        }
    }
}
