//! Limbs that can never decide anything.

use super::{Builder, File};
use crate::country::CountrySet;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::*;
use crate::period::Period;
use crate::syntax::ast;

impl Builder<'_> {
    /// Complains of conditions of a rule that are false whatever the facts are, on every day of its periods.
    pub(super) fn check_limbs(
        &mut self,
        file: &File<'_>,
        written: &ast::Rule,
        rule: &Rule,
        periods: &[Period],
        errors: &mut Vec<Diagnostic>,
    ) {
        for (places, span) in std::mem::take(&mut self.places_named) {
            if periods.iter().all(|period| self.is_empty(places, *period)) && !periods.is_empty() {
                errors.push(
                    file.error(
                        span,
                        "no country is in this set while the rule is in force: the condition is never true",
                    )
                    .help("look at the dates of the set in its table"),
                );
            }
        }
        for limb in rule.limbs() {
            if self.contradicts_itself(limb.node) {
                let name = written.name.span;
                let span = file
                    .text
                    .get(name.end..)
                    .and_then(|rest| rest.find(limb.text.lines().next()?))
                    .map_or(name, |at| Span { start: name.end + at, end: name.end + at + limb.text.len() });
                errors.push(
                    file.error(span, "this is never true: it asks for two different values of one fact")
                        .help("was `or` meant?"),
                );
            }
        }
    }

    fn is_empty(&self, places: PlacesId, period: Period) -> bool {
        let Some(spec) = self.pack.places.get(places as usize) else { return false };
        let mut days: Vec<_> = self.pack.place_tables.periods().flat_map(|p| p.turning_points()).collect();
        days.retain(|day| period.contains(*day));
        days.extend(period.from.or(period.to).or(Some(jiff::civil::Date::MAX)));
        days.sort_unstable();
        days.dedup();
        days.iter().all(|day| self.members(spec, *day).iter().next().is_none())
    }

    fn members(&self, spec: &PlaceSpec, day: jiff::civil::Date) -> CountrySet {
        let union = |refs: &[PlaceRef]| {
            refs.iter().fold(CountrySet::default(), |set, place| {
                set.union(&match place {
                    PlaceRef::All => CountrySet::all(),
                    PlaceRef::Country(country) => CountrySet::only(*country),
                    PlaceRef::Table(name) => self.pack.place_tables.members(name, day),
                    PlaceRef::Declared(id) => self
                        .pack
                        .places
                        .get(*id as usize)
                        .map(|spec| self.members(spec, day))
                        .unwrap_or_default(),
                })
            })
        };
        union(&spec.any).without(&union(&spec.except))
    }

    fn contradicts_itself(&self, node: NodeId) -> bool {
        match self.pack.nodes.get(node as usize) {
            Some(Node::Const(truth)) => truth.is_false(),
            Some(Node::And(parts)) => {
                let words = parts.iter().filter_map(|part| match self.pack.nodes.get(*part as usize) {
                    Some(Node::OneOf(of, mask)) => Some((*of, *mask)),
                    _ => None,
                });
                let words: Vec<(Ref, u64)> = words.collect();
                let clash = words.iter().enumerate().any(|(place, (of, mask))| {
                    words.iter().skip(place + 1).any(|(other, theirs)| of == other && mask & theirs == 0)
                });
                clash || parts.iter().any(|part| self.contradicts_itself(*part))
            }
            Some(Node::Or(parts)) => parts.iter().all(|part| self.contradicts_itself(*part)),
            _ => false,
        }
    }
}
