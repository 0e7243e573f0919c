//! Where an order and its parties are.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::{Glance, RuleSet};
use crate::case::{Case, Role};
use crate::country::Country;
use crate::model::*;
use crate::plan::Plan;
use crate::recent::Recent;
use crate::vocabulary::Value;

/// The countries of an order: its destination, and those of the parties in each role, as the law judges them.
#[derive(Debug)]
pub(crate) struct Route {
    destination: Option<Country>,
    /// By role, and for each by [`Pack::country_facts`].
    parties: Vec<Place>,
}

/// What is said of the country of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    In(Country),
    /// Nothing was said.
    Unsaid,
    /// Nobody has that role.
    Nobody,
    /// It cannot be told from the route.
    Untold,
}

impl Route {
    /// What is known of the country that a reference means.
    pub fn place(&self, pack: &Pack, who: Who, what: What) -> Place {
        if pack.destination == Some(Ref { who, what }) {
            return self.destination.map_or(Place::Untold, Place::In);
        }
        let (Who::Role(role), What::Fact(_, slot)) = (who, what) else { return Place::Untold };
        let Some(fact) = pack.country_facts.iter().position(|of| *of == slot) else { return Place::Untold };
        let place = role as usize * pack.country_facts.len() + fact;
        self.parties.get(place).copied().unwrap_or(Place::Untold)
    }

    /// Whether somebody has that role.
    pub fn takes_part(&self, pack: &Pack, role: Role) -> bool {
        let first = role as usize * pack.country_facts.len();
        self.parties.get(first).is_some_and(|place| matches!(place, Place::In(_) | Place::Unsaid))
    }
}

fn places<'c>(pack: &'c Pack, plan: &'c Plan, case: &'c Case) -> impl Iterator<Item = Place> + 'c {
    Role::ALL.into_iter().flat_map(move |role| {
        let party = case.party(role);
        pack.country_facts.iter().map(move |slot| match party {
            None => Place::Nobody,
            Some(party) => match party.facts.get(*slot as usize) {
                Some(Value::Country(country)) => Place::In(plan.judged(*country)),
                _ => Place::Unsaid,
            },
        })
    })
}

/// What routes that were met before leave of the rules: an exporter's orders go the same ways again and again.
#[derive(Debug, Default)]
pub(crate) struct RouteViews<'a>(Recent<(&'a Plan, Route), RuleSet>);

impl<'a> RouteViews<'a> {
    /// The rules that may hold on the route of a case.
    pub fn view(
        &mut self,
        pack: &'a Pack,
        plan: &'a Plan,
        case: &Case,
        destination: Option<Country>,
    ) -> &RuleSet {
        let mut hasher = FxHasher::default();
        std::ptr::hash(plan, &mut hasher);
        destination.hash(&mut hasher);
        places(pack, plan, case).for_each(|place| place.hash(&mut hasher));
        self.0.get(
            hasher.finish(),
            |(of, route)| {
                std::ptr::eq(*of, plan)
                    && route.destination == destination
                    && route.parties.iter().copied().eq(places(pack, plan, case))
            },
            || {
                let route = Route { destination, parties: places(pack, plan, case).collect() };
                let rules = Glance::Route(&route).leaves(pack, plan);
                ((plan, route), rules)
            },
        )
    }
}
