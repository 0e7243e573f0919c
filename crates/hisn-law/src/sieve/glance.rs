//! Partial evaluation: what a rule comes to when one thing is known.

use std::cell::RefCell;

use super::{Place, Route, RuleSet};
use crate::Truth;
use crate::case::Role;
use crate::evaluate::ItemView;
use crate::model::*;
use crate::plan::Plan;
use crate::syntax::ast::RuleKind;
use crate::vocabulary::Value;

/// How deep definitions are looked into.
const MAX_DEPTH: usize = 16;

/// One thing that is known of a case.
#[derive(Clone, Copy)]
pub(crate) enum Glance<'g> {
    /// Where the order and its parties are.
    Route(&'g Route),
    Item(&'g ItemView<'g>),
    /// A fact of the transaction or of the item, by slot.
    Fact(Who, u32, &'g Value),
    /// No party is listed, and no owner of one. There is an end user.
    NoListings,
    /// No party has owners that were stated. There is an end user.
    NoOwners,
}

impl Glance<'_> {
    /// The rules that may hold in the light of it.
    pub fn leaves(self, pack: &Pack, plan: &Plan) -> RuleSet {
        let seen = Seen { glance: self, pack, plan, open: RefCell::default() };
        RuleSet::of(pack, |rule| !seen.rule(rule).is_false())
    }
}

struct Seen<'g> {
    glance: Glance<'g>,
    pack: &'g Pack,
    plan: &'g Plan,
    /// The definitions that are being looked into, and whether each was met again and taken to be false.
    open: RefCell<Vec<(DefineId, bool)>>,
}

impl Seen<'_> {
    fn rule(&self, rule: &Rule) -> Truth {
        let limb = |limb: &Limb| self.truth(limb.node, Whose::default());
        let any = |limbs: &[Limb]| limbs.iter().map(limb).max().unwrap_or(Truth::False);
        let mut truth = self.each(rule.each) & rule.base.as_ref().map_or(Truth::True, limb);
        // An exception that is about the case is shown with what closes it.
        if rule.kind == RuleKind::Exception {
            return truth;
        }
        if !rule.allows.is_empty() {
            truth = truth & any(&rule.allows);
        }
        truth = rule.requires.iter().map(limb).fold(truth, |all, one| all & one);
        rule.unless.iter().fold(truth, |all, (closes, opens)| all & !(limb(closes) & !any(opens)))
    }

    /// Whether there is anything for which the rule is run.
    fn each(&self, each: Option<Each>) -> Truth {
        match (self.glance, each) {
            (Glance::NoListings, Some(Each::Listing | Each::OwnerListing)) => Truth::False,
            (Glance::NoOwners, Some(Each::OwnerListing)) => Truth::False,
            (Glance::Item(item), Some(Each::Control(reason))) => item.controlled_for(1 << reason),
            (_, None) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    fn truth(&self, node: NodeId, whose: Whose) -> Truth {
        let Some(node) = self.pack.nodes.get(node as usize).filter(|_| whose.depth < MAX_DEPTH) else {
            return Truth::Unknown;
        };
        let below = |node: &NodeId| self.truth(*node, whose.deeper());
        // What holds of nobody in particular holds of nobody; of somebody in particular it cannot be told.
        let somebody = |truth: Truth| if truth.is_false() { Truth::False } else { Truth::Unknown };
        match (node, self.glance) {
            (Node::Const(truth), _) => *truth,
            (Node::And(parts), _) => parts.iter().map(below).min().unwrap_or(Truth::True),
            (Node::Or(parts), _) => parts.iter().map(below).max().unwrap_or(Truth::False),
            (Node::Not(inner), _) => !below(inner),
            (Node::Yes(Ref { who, what: What::Define(id) }), _) => self.define(*who, *id, whose),
            (Node::Yes(of), Glance::Fact(who, slot, Value::YesNo(yes))) if is_fact(of, who, slot) => {
                Truth::from(*yes)
            }
            (Node::OneOf(of, mask), Glance::Fact(who, slot, Value::OneOf(word)))
                if is_fact(of, who, slot) =>
            {
                Truth::from(1u64.checked_shl(u32::from(*word)).is_some_and(|bit| mask & bit != 0))
            }
            (Node::In(of, places), Glance::Route(route)) => {
                match route.place(self.pack, whose.of(of.who), of.what) {
                    Place::In(country) => self
                        .plan
                        .places
                        .get(*places as usize)
                        .map_or(Truth::Unknown, |set| set.contains(country)),
                    Place::Nobody => Truth::False,
                    Place::Unsaid | Place::Untold => Truth::Unknown,
                }
            }
            (Node::Given(of), Glance::Fact(who, slot, value)) if is_fact(of, who, slot) => match value {
                Value::Unknown if self.is_assumed(of.what) => Truth::Unknown,
                value => Truth::from(*value != Value::Unknown),
            },
            (Node::Given(of), Glance::Route(route)) => {
                match route.place(self.pack, whose.of(of.who), of.what) {
                    Place::In(_) => Truth::True,
                    Place::Nobody => Truth::False,
                    Place::Unsaid if !self.is_assumed(of.what) => Truth::False,
                    Place::Unsaid | Place::Untold => Truth::Unknown,
                }
            }
            (Node::ItemIn(set), Glance::Item(item)) => item.is_in(*set),
            (Node::ItemControlled(reasons), Glance::Item(item)) => item.controlled_for(*reasons),
            (Node::ItemClassified, Glance::Item(item)) => item.classified,
            (Node::AnyListing(..) | Node::AnyOwnerListing(..), Glance::NoListings) => Truth::False,
            (Node::AnyOwner(..) | Node::AnyOwnerListing(..), Glance::NoOwners) => Truth::False,
            (Node::Share(share), Glance::NoOwners) => share.of_none(),
            (Node::Share(share), _) if below(&share.body).is_false() => share.of_none(),
            (Node::AnyParty(body), _) => somebody(self.truth(*body, whose.deeper().anybody())),
            (
                Node::AnyListing(who, body) | Node::AnyOwner(who, body) | Node::AnyOwnerListing(who, body),
                _,
            ) if whose.of(*who) != Who::Role(Role::EndUser) => somebody(below(body)),
            _ => Truth::Unknown,
        }
    }

    fn is_assumed(&self, what: What) -> bool {
        let What::Fact(id, _) = what else { return true };
        self.pack.assumptions.get(id.0 as usize).is_some_and(Option::is_some)
    }

    fn define(&self, who: Who, id: DefineId, whose: Whose) -> Truth {
        let who = whose.of(who);
        // A definition that asks the same of the owners is false if it is false once it is taken to be false of them:
        // by induction, since whoever has no owners has no owner of whom it is true.
        if let Some((_, assumed)) = self.open.borrow_mut().iter_mut().find(|(open, _)| *open == id) {
            *assumed = true;
            return Truth::False;
        }
        self.open.borrow_mut().push((id, false));
        let truth = self.body(who, id, whose);
        let assumed = self.open.borrow_mut().pop().is_some_and(|(_, assumed)| assumed);
        if assumed && !truth.is_false() { Truth::Unknown } else { truth }
    }

    fn body(&self, who: Who, id: DefineId, whose: Whose) -> Truth {
        let version = self.plan.defines.get(id as usize).copied().flatten();
        let version = version.and_then(|version| self.pack.defines.get(id as usize)?.versions.get(version));
        let truth = match version.map(|version| &version.body) {
            Some(DefineBody::Truth(inner)) => self.truth(*inner, whose.within(who)),
            Some(DefineBody::Cases(_)) => Truth::Unknown,
            None => Truth::False,
        };
        match (who, self.glance) {
            (Who::Transaction | Who::Item, _) => truth,
            (Who::Role(role), Glance::Route(route)) if route.takes_part(self.pack, role) => truth,
            // Of nobody a definition is false, of a missing end user unknown.
            (Who::Role(Role::EndUser), _) => Truth::Unknown,
            _ if truth.is_false() => Truth::False,
            _ => Truth::Unknown,
        }
    }
}

/// Whose conditions are looked at, and how deep in definitions.
#[derive(Clone, Copy, Default)]
struct Whose {
    party: Option<Role>,
    depth: usize,
}

impl Whose {
    /// Who is meant: `party` is whoever the definition is about, where that is a role.
    fn of(self, who: Who) -> Who {
        match (who, self.party) {
            (Who::Party, Some(role)) => Who::Role(role),
            (who, _) => who,
        }
    }

    fn deeper(self) -> Whose {
        Whose { depth: self.depth + 1, ..self }
    }

    fn anybody(self) -> Whose {
        Whose { party: None, ..self }
    }

    /// Inside a definition of somebody.
    fn within(self, who: Who) -> Whose {
        let party = match who {
            Who::Role(role) => Some(role),
            _ => None,
        };
        Whose { party, depth: self.depth + 1 }
    }
}

fn is_fact(of: &Ref, who: Who, slot: u32) -> bool {
    of.who == who && matches!(of.what, What::Fact(_, of) if of == slot)
}
