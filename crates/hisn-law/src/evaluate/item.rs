//! What the tables say of the item of a case.

use crate::Truth;
use crate::case::{Case, Classification};
use crate::model::{ItemSetId, Pack, Reasons};
use crate::tables::EntryStatus;

/// The item as the tables see it: prepared once a case, asked many times.
#[derive(Debug, Default)]
pub(crate) struct ItemView {
    /// Whether the item stands in the control list; unknown without a code in force.
    pub classified: Truth,
    sets: Vec<Truth>,
    /// Rows of the controls table, by number, that do or may cover the item.
    pub controls: Vec<(usize, Truth)>,
    certain_reasons: Reasons,
    possible_reasons: Reasons,
    limits: Vec<Option<(f64, bool)>>,
    /// Whether a missing or inexact code keeps something unknown; otherwise it is what the item is for.
    pub code_is_exact: bool,
}

impl ItemView {
    pub fn prepare(&mut self, pack: &Pack, case: &Case) {
        self.controls.clear();
        self.certain_reasons = 0;
        self.possible_reasons = 0;
        self.code_is_exact = true;
        let code = match case.item.classification(pack.name()) {
            Some(Classification::NotListed) => {
                self.fill(pack, Truth::False);
                return;
            }
            Some(Classification::Code(code)) if pack.status(code, case.date) == EntryStatus::InForce => code,
            _ => {
                self.fill(pack, Truth::Unknown);
                self.possible_reasons = Reasons::MAX;
                self.code_is_exact = false;
                return;
            }
        };
        self.fill(pack, Truth::False);
        self.classified = Truth::True;
        let Some(entry) = pack.entries.get(code.entry()) else { return };
        for (set, pattern) in &entry.sets {
            if pattern.period.contains(case.date)
                && let Some(slot) = self.sets.get_mut(*set as usize)
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
                Truth::Unknown => self.possible_reasons |= reason,
                Truth::True if control.when.is_some() => self.possible_reasons |= reason,
                Truth::True => self.certain_reasons |= reason,
            }
            self.controls.push((*number, covers));
        }
        for (table, pattern, amount, currency) in &entry.limits {
            if pattern.period.contains(case.date)
                && pattern.covers(code, &case.item.fors).is_true()
                && let Some(slot) = self.limits.get_mut(*table)
            {
                let same_currency = case.item.value.as_ref().is_some_and(|(_, of)| of == currency);
                *slot = Some((*amount, same_currency));
            }
        }
    }

    fn fill(&mut self, pack: &Pack, truth: Truth) {
        self.classified = truth;
        self.sets.clear();
        self.sets.resize(pack.item_sets, truth);
        self.limits.clear();
        self.limits.resize(pack.value_tables.len(), None);
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
            (Some((limit, true)), Some((amount, _))) => Truth::from(*amount <= limit),
            (Some(_), _) => Truth::Unknown,
        }
    }
}
