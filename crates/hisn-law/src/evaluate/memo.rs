//! What definitions of the transaction and of its roles were found to be, within one case.

use crate::Truth;
use crate::case::ROLES;
use crate::country::Country;
use crate::model::{DefineId, Pack, Who};

/// Definitions that were evaluated. Only whoever leaves no trace may use it: a trace wants every reading again.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    truths: Vec<Option<Truth>>,
    countries: Vec<Option<Country>>,
    /// Places that were written, so that only they need to be forgotten.
    written: Vec<usize>,
}

impl Memo {
    /// Forgets everything and makes room for the definitions of a pack.
    pub fn prepare(&mut self, pack: &Pack) {
        for place in self.written.drain(..) {
            if let Some(slot) = self.truths.get_mut(place) {
                *slot = None;
            }
            if let Some(slot) = self.countries.get_mut(place) {
                *slot = None;
            }
        }
        let places = pack.defines.len() * (ROLES + 1);
        if self.truths.len() < places {
            self.truths.resize(places, None);
            self.countries.resize(places, None);
        }
    }

    pub fn truth(&self, define: DefineId, who: Who) -> Option<Truth> {
        self.truths.get(place(define, who)?).copied().flatten()
    }

    pub fn note_truth(&mut self, define: DefineId, who: Who, truth: Truth) {
        if let Some(place) = place(define, who)
            && let Some(slot) = self.truths.get_mut(place)
        {
            *slot = Some(truth);
            self.written.push(place);
        }
    }

    pub fn country(&self, define: DefineId, who: Who) -> Option<Country> {
        self.countries.get(place(define, who)?).copied().flatten()
    }

    pub fn note_country(&mut self, define: DefineId, who: Who, country: Country) {
        if let Some(place) = place(define, who)
            && let Some(slot) = self.countries.get_mut(place)
        {
            *slot = Some(country);
            self.written.push(place);
        }
    }
}

/// Parties that a rule runs through have no place: who is meant changes from one to the next.
fn place(define: DefineId, who: Who) -> Option<usize> {
    let column = match who {
        Who::Transaction | Who::Item => 0,
        Who::Role(role) => 1 + role as usize,
        Who::Party | Who::Owner | Who::Listing => return None,
    };
    Some(define as usize * (ROLES + 1) + column)
}
