//! What must not be false for a rule to hold, found once for a plan: most rules of a law are out of the question for most
//! orders, and a glance tells.

use crate::Truth;
use crate::case::{Case, Party};
use crate::country::Country;
use crate::evaluate::ItemView;
use crate::model::*;
use crate::plan::Plan;

/// How deep definitions are looked into.
const MAX_DEPTH: usize = 8;

/// A part of a conjunction that is cheap to test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    Destination(PlacesId),
    Item(ItemSetId),
    /// A word of the transaction, by slot.
    Word(u32, u64),
    /// Some row of the controls table gives the item this reason.
    Control(Reason),
    Listings,
    Owners,
}

/// What the guards look at, the same for every rule of a case.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shape {
    /// Where the order goes, as the law judges it; none where that is unknown or no place.
    pub destination: Option<Country>,
    pub listings: bool,
    pub owners: bool,
}

impl Shape {
    pub fn of(case: &Case, destination: Option<Country>) -> Shape {
        fn listed(party: &Party) -> bool {
            !party.listings.is_empty() || party.owners.iter().any(listed)
        }
        Shape {
            destination,
            listings: case.parties.iter().any(listed),
            owners: case.parties.iter().any(|party| !party.owners.is_empty()),
        }
    }
}

impl Guard {
    /// Whether the rule may hold as far as this guard can tell.
    pub fn passes(self, plan: &Plan, case: &Case, item: &ItemView, shape: Shape) -> bool {
        match self {
            Guard::Destination(places) => shape.destination.is_none_or(|country| {
                plan.places.get(places as usize).is_none_or(|set| set.contains(country) != Truth::False)
            }),
            Guard::Item(set) => item.is_in(set) != Truth::False,
            Guard::Word(slot, mask) => match case.facts.get(slot as usize) {
                Some(crate::vocabulary::Value::OneOf(word)) => mask & (1u64 << word) != 0,
                _ => true,
            },
            Guard::Control(reason) => item.controlled_for(1u64 << reason) != Truth::False,
            Guard::Listings => shape.listings,
            Guard::Owners => shape.owners,
        }
    }
}

/// The guards of a rule under a plan.
pub(crate) fn guards(pack: &Pack, plan: &Plan, rule: &Rule) -> Vec<Guard> {
    let mut guards = Vec::new();
    match rule.each {
        Some(Each::Listing) => guards.push(Guard::Listings),
        Some(Each::OwnerListing) => guards.extend([Guard::Listings, Guard::Owners]),
        Some(Each::Control(reason)) => guards.push(Guard::Control(reason)),
        Some(Each::Party) | None => {}
    }
    if let Some(base) = &rule.base {
        walk(pack, plan, base.node, 0, &mut guards);
    }
    guards.dedup();
    guards
}

fn walk(pack: &Pack, plan: &Plan, node: NodeId, depth: usize, guards: &mut Vec<Guard>) {
    let Some(node) = pack.nodes.get(node as usize).filter(|_| depth < MAX_DEPTH) else { return };
    match node {
        Node::And(parts) => parts.iter().for_each(|part| walk(pack, plan, *part, depth + 1, guards)),
        Node::In(of, places) if Some(*of) == pack.destination => guards.push(Guard::Destination(*places)),
        Node::ItemIn(set) => guards.push(Guard::Item(*set)),
        Node::OneOf(Ref { who: Who::Transaction, what: What::Fact(_, slot) }, mask) => {
            guards.push(Guard::Word(*slot, *mask))
        }
        Node::AnyParty(body) => walk(pack, plan, *body, depth + 1, guards),
        Node::AnyListing(_, body) => {
            guards.push(Guard::Listings);
            walk(pack, plan, *body, depth + 1, guards);
        }
        Node::AnyOwner(_, body) => {
            guards.push(Guard::Owners);
            walk(pack, plan, *body, depth + 1, guards);
        }
        Node::AnyOwnerListing(_, body) => {
            guards.extend([Guard::Listings, Guard::Owners]);
            walk(pack, plan, *body, depth + 1, guards);
        }
        Node::Yes(Ref { who: Who::Transaction | Who::Item, what: What::Define(id) }) => {
            let version = plan.defines.get(*id as usize).copied().flatten();
            let version = version.and_then(|version| pack.defines.get(*id as usize)?.versions.get(version));
            if let Some(DefineBody::Truth(inner)) = version.map(|version| &version.body) {
                walk(pack, plan, *inner, depth + 1, guards);
            }
        }
        _ => {}
    }
}
