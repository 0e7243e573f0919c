//! The law of one span of days, ready to be evaluated.

use std::sync::OnceLock;

use jiff::civil::Date;

use crate::country::{Country, CountrySet};
use crate::model::{Pack, PlaceRef, state_on};
use crate::questions::Answers;
use crate::sieve::Sieve;
use crate::syntax::ast::{RuleKind, StateKind};

/// What is law between two turning points of a pack.
#[derive(Debug)]
pub(crate) struct Plan {
    pub subjects: Vec<ActiveRule>,
    pub outsides: Vec<ActiveRule>,
    pub prohibitions: Vec<ActiveRule>,
    pub requirements: Vec<ActiveRule>,
    pub exceptions: Vec<ActiveRule>,
    pub restrictions: Vec<ActiveRule>,
    /// Reviews, obligations, flags and counsel.
    pub notes: Vec<ActiveRule>,
    /// Stayed and proposed rules: not applied, but told of when they would have decided.
    pub dormant: Vec<ActiveRule>,
    /// What single facts leave of the rules.
    pub sieve: Sieve,
    /// The answers worth trying for each fact, found when first something is asked.
    pub answers: OnceLock<Answers>,
    /// The restrictions that may bar each exception, one after the other.
    pub barring: Vec<ActiveRule>,
    /// The version of each definition, if one is in force.
    pub defines: Vec<Option<usize>>,
    pub places: Vec<CountrySet>,
    /// As which country each country is judged.
    treated: Vec<Country>,
}

/// A rule and how it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ActiveRule {
    pub rule: usize,
    pub needs_confirmation: bool,
    /// For an exception: the restrictions of the plan that may bar it.
    barred_by: (u32, u32),
}

impl Pack {
    /// The plan of the span in which `day` lies.
    pub(crate) fn plan(&self, day: Date) -> &Plan {
        // INVARIANT: there is a plan before each turning point and one after the last.
        let span = self.turning_points.partition_point(|turn| *turn <= day);
        self.plans[span].get_or_init(|| Plan::new(self, day))
    }
}

impl Plan {
    fn new(pack: &Pack, day: Date) -> Plan {
        let mut plan = Plan {
            subjects: Vec::new(),
            outsides: Vec::new(),
            prohibitions: Vec::new(),
            requirements: Vec::new(),
            exceptions: Vec::new(),
            restrictions: Vec::new(),
            notes: Vec::new(),
            dormant: Vec::new(),
            sieve: Sieve::default(),
            answers: OnceLock::new(),
            barring: Vec::new(),
            defines: Vec::new(),
            places: Vec::new(),
            treated: Country::all().collect(),
        };
        for (number, rule) in pack.rules.iter().enumerate() {
            let Some(state) = rule.state(day) else { continue };
            let needs_confirmation = state.state.is_some_and(|state| state.needs_confirmation);
            let active = ActiveRule { rule: number, needs_confirmation, barred_by: (0, 0) };
            // A scheduled rule that restricts is applied from its day; one that frees waits for its confirmation.
            let restricts = !matches!(rule.kind, RuleKind::Exception | RuleKind::Outside);
            let applied =
                state.kind == StateKind::InForce || (state.kind == StateKind::Scheduled && restricts);
            let list = match rule.kind {
                _ if !applied => &mut plan.dormant,
                RuleKind::Subject => &mut plan.subjects,
                RuleKind::Outside => &mut plan.outsides,
                RuleKind::Prohibition => &mut plan.prohibitions,
                RuleKind::Requirement => &mut plan.requirements,
                RuleKind::Exception => &mut plan.exceptions,
                RuleKind::Restriction => &mut plan.restrictions,
                RuleKind::Review | RuleKind::Obligation | RuleKind::Flag | RuleKind::Counsel => {
                    &mut plan.notes
                }
            };
            list.push(active);
        }
        for define in &pack.defines {
            let applied = |states: &[_]| {
                state_on(states, day)
                    .is_some_and(|s| matches!(s.kind, StateKind::InForce | StateKind::Scheduled))
            };
            plan.defines.push(define.versions.iter().position(|version| applied(&version.states)));
        }
        for treated in pack.treated.iter().filter(|treated| treated.period.contains(day)) {
            if let Some(slot) = plan.treated.get_mut(treated.country.index()) {
                *slot = treated.as_country;
            }
        }
        // INVARIANT: a declared set only refers to sets before it; the checker orders them.
        for spec in &pack.places {
            let union = |refs: &[PlaceRef]| {
                refs.iter().fold(CountrySet::default(), |set, place| {
                    set.union(&match place {
                        PlaceRef::All => CountrySet::all(),
                        PlaceRef::Country(country) => CountrySet::only(*country),
                        PlaceRef::Table(name) => pack.place_tables.members(name, day),
                        PlaceRef::Declared(id) => plan.places.get(*id as usize).cloned().unwrap_or_default(),
                    })
                })
            };
            let members = union(&spec.any).without(&union(&spec.except));
            plan.places.push(members);
        }
        plan.find_restrictions(pack);
        plan.sieve = Sieve::new(pack, &plan);
        plan
    }

    fn find_restrictions(&mut self, pack: &Pack) {
        for exception in &mut self.exceptions {
            let start = self.barring.len() as u32;
            let name = pack.rules.get(exception.rule).map_or("", |rule| rule.name.as_str());
            let bars = |restriction: &&ActiveRule| {
                pack.rules
                    .get(restriction.rule)
                    .and_then(|rule| rule.bars.as_ref())
                    .is_some_and(|bars| bars.close(name))
            };
            self.barring.extend(self.restrictions.iter().filter(bars));
            exception.barred_by = (start, self.barring.len() as u32);
        }
    }

    /// As which country a country is judged.
    pub fn judged(&self, country: Country) -> Country {
        self.treated.get(country.index()).copied().unwrap_or(country)
    }

    /// The restrictions that may bar an exception.
    pub fn restrictions_of(&self, exception: &ActiveRule) -> &[ActiveRule] {
        let (start, end) = exception.barred_by;
        self.barring.get(start as usize..end as usize).unwrap_or(&[])
    }
}
