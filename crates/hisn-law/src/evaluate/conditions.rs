//! Evaluating conditions in three values.

use super::item::ItemView;
use super::memo::Memo;
use super::trace::{Leaf, Trace};
use super::verdict::Found;
use crate::Truth;
use crate::case::{Case, Listing, Party, Role};
use crate::country::Country;
use crate::model::{self, Law, Node, NodeId, Pack, Ref, Required, Share, What, Who};
use crate::plan::Plan;
use crate::sieve::RuleSet;
use crate::vocabulary::{FactId, Value};

/// How deep definitions may call each other; ownership chains are the deepest.
const MAX_DEPTH: usize = 48;

/// Who is meant by `party`, `owner`, `listing` and whose control row is looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bound<'a> {
    pub party: Option<&'a Party>,
    pub owner: Option<&'a Party>,
    pub listing: Option<&'a Listing>,
    pub control: Option<usize>,
}

/// A case under the law of its day.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub law: &'a Law,
    pub pack: &'a Pack,
    pub plan: &'a Plan,
    pub case: &'a Case,
    pub item: &'a ItemView<'a>,
    /// Where the order goes, as the law judges it; none where that is unknown or no place.
    pub destination: Option<Country>,
    /// The rules that may hold on the route of the case; none where it was not looked at.
    pub route: Option<&'a RuleSet>,
}

/// Evaluates conditions in a scene.
pub(crate) struct Machine<'a, 'v, T> {
    pub scene: Scene<'a>,
    /// The requirements that were found, once they are.
    pub found: Option<&'v Found>,
    pub trace: &'v mut T,
    pub memo: &'v mut Memo,
    depth: usize,
}

/// The value of a fact: somebody's, or of nobody when the party does not take part.
enum Read<'a> {
    Value(&'a Value),
    /// A definition that is a truth.
    Truth(bool),
    Nobody,
}

impl<'a, 'v, T: Trace> Machine<'a, 'v, T> {
    pub fn new(
        scene: Scene<'a>,
        found: Option<&'v Found>,
        trace: &'v mut T,
        memo: &'v mut Memo,
    ) -> Machine<'a, 'v, T> {
        Machine { scene, found, trace, memo, depth: 0 }
    }

    pub fn truth(&mut self, node: NodeId, bound: &Bound<'a>) -> Truth {
        let pack = self.scene.pack;
        let Some(node) = pack.nodes.get(node as usize) else { return Truth::Unknown };
        match node {
            Node::Const(truth) => *truth,
            Node::And(parts) => self.fold(parts, bound, Truth::True, Truth::False),
            Node::Or(parts) => self.fold(parts, bound, Truth::False, Truth::True),
            Node::Not(inner) => !self.truth(*inner, bound),
            Node::Yes(of) => self.yes(*of, bound),
            Node::OneOf(of, mask) => self.test(*of, bound, |value| match value {
                Value::OneOf(word) => Some(mask & (1u64 << word) != 0),
                _ => None,
            }),
            Node::In(of, places) => self.places(*of, *places, bound),
            Node::IsCountry(of, countries) => self.test(*of, bound, |value| match value {
                Value::Country(country) => Some(countries.contains(country)),
                _ => None,
            }),
            Node::Has(of, words) => self.test(*of, bound, |value| match value {
                Value::Words(has) => Some(words.iter().any(|word| has.contains(word))),
                _ => None,
            }),
            Node::Compare(of, op, number) => self.test(*of, bound, |value| match value {
                Value::Number(value) => Some(op.holds(*value, *number)),
                _ => None,
            }),
            Node::Given(of) => match self.read(*of, bound) {
                Read::Value(Value::Unknown) | Read::Nobody => Truth::False,
                _ => Truth::True,
            },
            Node::Same(one, other) => self.same(*one, *other, bound),
            Node::ItemIn(set) => {
                let truth = self.scene.item.is_in(*set);
                self.item_unknown(truth)
            }
            Node::ItemControlled(reasons) => {
                let truth = self.scene.item.controlled_for(*reasons);
                self.item_unknown(truth)
            }
            Node::ItemWithin(table) => {
                let truth = self.scene.item.within(*table, self.scene.case);
                if truth.is_unknown() && !self.scene.item.classified.is_unknown() {
                    self.trace.unknown(|| Leaf::Value);
                    return truth;
                }
                self.item_unknown(truth)
            }
            Node::ItemClassified => {
                let truth = self.scene.item.classified;
                self.item_unknown(truth)
            }
            Node::AnyParty(body) => {
                let case = self.scene.case;
                self.any(case.parties.iter(), |machine, party| {
                    machine.truth(*body, &Bound { party: Some(party), ..*bound })
                })
            }
            Node::AnyListing(who, body) => match self.party(*who, bound) {
                Some(party) => self.any_listing(party, *body, bound),
                None => self.nobody(*who),
            },
            Node::AnyOwner(who, body) => match self.party(*who, bound) {
                Some(party) => self.any(party.owners.iter(), |machine, owner| {
                    machine.truth(*body, &Bound { owner: Some(owner), ..*bound })
                }),
                None => self.nobody(*who),
            },
            Node::AnyOwnerListing(who, body) => match self.party(*who, bound) {
                Some(party) => self.any_owner_listing(party, *body, bound),
                None => self.nobody(*who),
            },
            Node::Share(share) => match self.party(share.of, bound) {
                Some(party) => self.share(party, share, bound),
                None => self.nobody(share.of),
            },
            Node::Required(required) => self.found.map_or(Truth::Unknown, |found| match required {
                Required::Any => found.any(model::Reasons::MAX),
                Required::For(reasons) => found.any(*reasons),
                Required::Except(reasons) => found.any(!reasons),
                Required::Only(reasons) => found.any(*reasons) & !found.any(!reasons),
            }),
        }
    }

    /// `and` and `or`: what decides makes the unknowns before it forgotten.
    fn fold(&mut self, parts: &[NodeId], bound: &Bound<'a>, start: Truth, decides: Truth) -> Truth {
        let mark = self.trace.mark();
        let mut truth = start;
        for part in parts {
            let next = self.truth(*part, bound);
            if next == decides {
                self.trace.forget(mark);
                return decides;
            }
            if next.is_unknown() {
                truth = Truth::Unknown;
            }
        }
        truth
    }

    fn any<P: 'a>(
        &mut self,
        all: impl Iterator<Item = &'a P>,
        mut test: impl FnMut(&mut Self, &'a P) -> Truth,
    ) -> Truth {
        let mark = self.trace.mark();
        let mut truth = Truth::False;
        for one in all {
            match test(self, one) {
                Truth::True => {
                    self.trace.forget(mark);
                    return Truth::True;
                }
                Truth::Unknown => truth = Truth::Unknown,
                Truth::False => {}
            }
        }
        truth
    }

    fn any_listing(&mut self, party: &'a Party, body: NodeId, bound: &Bound<'a>) -> Truth {
        self.any(party.listings.iter(), |machine, listing| {
            let mark = machine.trace.mark();
            let truth = machine.truth(body, &Bound { listing: Some(listing), ..*bound });
            machine.presence(party, listing, mark, truth)
        })
    }

    fn any_owner_listing(&mut self, party: &'a Party, body: NodeId, bound: &Bound<'a>) -> Truth {
        self.any(party.owners.iter(), |machine, owner| {
            let mark = machine.trace.mark();
            let own = machine.any_listing(owner, body, bound);
            if own.is_true() {
                own
            } else {
                let above = machine.any_owner_listing(owner, body, bound);
                if above.is_true() {
                    machine.trace.forget(mark)
                }
                own | above
            }
        })
    }

    /// What is true of a listing counts as far as the party is the one that the list means.
    pub fn presence(&mut self, party: &Party, listing: &Listing, mark: usize, truth: Truth) -> Truth {
        if truth.is_false() || listing.presence.is_true() {
            return truth;
        }
        if listing.presence.is_false() {
            self.trace.forget(mark);
            return Truth::False;
        }
        self.trace.unknown(|| Leaf::Match { party: party.path.clone(), entry: listing.id.clone() });
        Truth::Unknown
    }

    /// The sum of the shares of owners, as an interval: owners for whom it is unknown, or whose share is, widen it.
    fn share(&mut self, party: &'a Party, share: &Share, bound: &Bound<'a>) -> Truth {
        let slot = share.percent.map(|(_, slot)| slot as usize);
        let mark = self.trace.mark();
        let (mut least, mut most, mut known) = (0.0, 0.0, 0.0);
        for owner in &party.owners {
            if let Some(Value::Number(part)) = slot.and_then(|slot| owner.facts.get(slot)) {
                known += part;
            }
        }
        for owner in &party.owners {
            let here = self.trace.mark();
            let truth = self.truth(share.body, &Bound { owner: Some(owner), ..*bound });
            if truth.is_false() {
                continue;
            }
            match slot.and_then(|slot| owner.facts.get(slot)) {
                Some(Value::Number(part)) => {
                    most += part;
                    if truth.is_true() {
                        self.trace.forget(here);
                        least += part;
                    }
                }
                _ => {
                    most += f64::max(100.0 - known, 0.0);
                    if let Some((id, _)) = share.percent {
                        self.trace.unknown(|| Leaf::Party(id, owner.path.clone()));
                    }
                }
            }
        }
        match (share.op.holds(least, share.number), share.op.holds(most, share.number)) {
            (false, true) | (true, false) => Truth::Unknown,
            (decided, _) => {
                self.trace.forget(mark);
                Truth::from(decided)
            }
        }
    }

    fn item_unknown(&mut self, truth: Truth) -> Truth {
        if truth.is_unknown() && T::LISTENS {
            let exact =
                self.scene.item.code_is_exact && self.scene.case.item.fors.is_empty() && self.for_is_asked();
            self.trace.unknown(|| if exact { Leaf::For } else { Leaf::Classification });
        }
        truth
    }

    /// Whether some unknown set would be decided by what the item is for, rather than by a more exact code.
    fn for_is_asked(&self) -> bool {
        let code = match self.scene.case.item.classification(self.scene.pack.name()) {
            Some(crate::case::Classification::Code(code)) => code,
            _ => return false,
        };
        let Some(entry) = self.scene.pack.entries.get(code.entry()) else { return false };
        let controls = entry.controls.iter().filter_map(|number| self.scene.pack.controls.get(*number));
        let patterns = entry
            .sets
            .iter()
            .map(|(_, pattern)| pattern)
            .chain(controls.map(|control| &control.control.pattern));
        let mut patterns = patterns.filter(|pattern| !pattern.fors.is_empty());
        patterns.any(|pattern| pattern.covers(code, &pattern.fors).is_true())
    }

    fn yes(&mut self, of: Ref, bound: &Bound<'a>) -> Truth {
        match of.what {
            What::Define(_) => self.define(of, bound),
            What::Fact(..) => self.test(of, bound, |value| match value {
                Value::YesNo(yes) => Some(*yes),
                _ => None,
            }),
        }
    }

    fn test(&mut self, of: Ref, bound: &Bound<'a>, test: impl Fn(&Value) -> Option<bool>) -> Truth {
        let truth = match self.read(of, bound) {
            Read::Value(value) => test(value),
            Read::Truth(yes) => test(&Value::YesNo(yes)),
            Read::Nobody => Some(false),
        };
        match truth {
            Some(truth) => Truth::from(truth),
            None => {
                self.missing(of, bound);
                Truth::Unknown
            }
        }
    }

    fn same(&mut self, one: Ref, other: Ref, bound: &Bound<'a>) -> Truth {
        let (a, b) = (self.read(one, bound), self.read(other, bound));
        match (a, b) {
            (Read::Nobody, _) | (_, Read::Nobody) => Truth::False,
            (Read::Truth(a), Read::Truth(b)) => Truth::from(a == b),
            (Read::Value(Value::YesNo(a)), Read::Truth(b))
            | (Read::Truth(b), Read::Value(Value::YesNo(a))) => Truth::from(*a == b),
            (Read::Value(a), Read::Value(b)) if *a != Value::Unknown && *b != Value::Unknown => {
                Truth::from(a == b)
            }
            (a, b) => {
                for (of, read) in [(one, a), (other, b)] {
                    if matches!(read, Read::Value(Value::Unknown)) {
                        self.missing(of, bound);
                    }
                }
                Truth::Unknown
            }
        }
    }

    pub fn places(&mut self, of: Ref, places: model::PlacesId, bound: &Bound<'a>) -> Truth {
        match self.country(of, bound) {
            Ok(Some(country)) => {
                let truth = self
                    .scene
                    .plan
                    .places
                    .get(places as usize)
                    .map_or(Truth::Unknown, |set| set.contains(country));
                if truth.is_unknown() {
                    self.trace.unknown(|| Leaf::Place(country));
                }
                truth
            }
            Ok(None) => {
                self.missing(of, bound);
                Truth::Unknown
            }
            Err(()) => Truth::False,
        }
    }

    /// The country of a fact, as the law judges it; `Err` when the party does not take part.
    pub fn country(&mut self, of: Ref, bound: &Bound<'a>) -> Result<Option<Country>, ()> {
        let define = match of.what {
            What::Define(id) if T::MAY_REMEMBER => Some(id),
            _ => None,
        };
        if let Some(country) = define.and_then(|id| self.memo.country(id, of.who)) {
            return Ok(Some(country));
        }
        let value = match self.read(of, bound) {
            Read::Value(Value::Country(country)) => *country,
            Read::Nobody => return Err(()),
            _ => return Ok(None),
        };
        let country = self.scene.plan.judged(value);
        if let Some(id) = define {
            self.memo.note_country(id, of.who, country);
        }
        Ok(Some(country))
    }

    /// The truth of a definition.
    fn define(&mut self, of: Ref, bound: &Bound<'a>) -> Truth {
        let What::Define(id) = of.what else { return Truth::Unknown };
        if T::MAY_REMEMBER
            && let Some(truth) = self.memo.truth(id, of.who)
        {
            return truth;
        }
        let inner = match self.inside(of.who, bound) {
            Ok(inner) => inner,
            Err(truth) => return truth,
        };
        if self.depth >= MAX_DEPTH {
            return Truth::Unknown;
        }
        let version = self.scene.plan.defines.get(id as usize).copied().flatten();
        let body =
            version.and_then(|version| self.scene.pack.defines.get(id as usize)?.versions.get(version));
        match body.map(|version| &version.body) {
            Some(model::DefineBody::Truth(node)) => {
                self.depth += 1;
                let truth = self.truth(*node, &inner);
                self.depth -= 1;
                if T::MAY_REMEMBER {
                    self.memo.note_truth(id, of.who, truth);
                }
                truth
            }
            _ => Truth::False,
        }
    }

    /// What is bound within a definition of somebody.
    fn inside(&self, who: Who, bound: &Bound<'a>) -> Result<Bound<'a>, Truth> {
        match who {
            Who::Transaction | Who::Item => Ok(Bound { control: bound.control, ..Bound::default() }),
            Who::Listing => Ok(Bound { listing: bound.listing, ..Bound::default() }),
            who => match self.party(who, bound) {
                Some(party) => Ok(Bound { party: Some(party), ..Bound::default() }),
                None => Err(if who == Who::Role(Role::EndUser) { Truth::Unknown } else { Truth::False }),
            },
        }
    }

    fn read(&mut self, of: Ref, bound: &Bound<'a>) -> Read<'a> {
        match of.what {
            What::Define(id) => self.made(of, id, bound),
            What::Fact(id, slot) => {
                let row = match of.who {
                    Who::Transaction => Some(&self.scene.case.facts),
                    Who::Item => Some(&self.scene.case.item.facts),
                    Who::Listing => bound.listing.map(|listing| &listing.facts),
                    who => match self.party(who, bound) {
                        Some(party) => Some(&party.facts),
                        None if who == Who::Role(Role::EndUser) => None,
                        None => return Read::Nobody,
                    },
                };
                let value = row.and_then(|row| row.get(slot as usize)).unwrap_or(&Value::Unknown);
                if T::READS {
                    let (law, party) = (self.scene.law, self.party(of.who, bound));
                    self.trace.read(|| crate::questions::shown(law, id, value, party));
                }
                if *value == Value::Unknown { self.assumed(id, of.who, bound) } else { Read::Value(value) }
            }
        }
    }

    fn assumed(&mut self, id: FactId, who: Who, bound: &Bound<'a>) -> Read<'a> {
        let pack = self.scene.pack;
        let Some(Some(assumption)) = pack.assumptions.get(id.0 as usize) else {
            return Read::Value(&Value::Unknown);
        };
        if let Some(unless) = assumption.unless {
            let inner = match self.inside(who, bound) {
                Ok(inner) if self.depth < MAX_DEPTH => inner,
                _ => return Read::Value(&Value::Unknown),
            };
            let mark = self.trace.mark();
            self.depth += 1;
            let truth = self.truth(unless, &inner);
            self.depth -= 1;
            // What keeps the presumption open is not asked for: the fact itself is.
            self.trace.forget(mark);
            if truth.is_true() {
                return Read::Value(&Value::Unknown);
            }
        }
        Read::Value(&assumption.value)
    }

    fn made(&mut self, of: Ref, id: model::DefineId, bound: &Bound<'a>) -> Read<'a> {
        let pack = self.scene.pack;
        let inner = match self.inside(of.who, bound) {
            Ok(inner) if self.depth < MAX_DEPTH => inner,
            Ok(_) | Err(Truth::Unknown) => return Read::Value(&Value::Unknown),
            Err(_) => return Read::Nobody,
        };
        let version = self.scene.plan.defines.get(id as usize).copied().flatten();
        let version = version.and_then(|version| pack.defines.get(id as usize)?.versions.get(version));
        self.depth += 1;
        let read = match version.map(|version| &version.body) {
            Some(model::DefineBody::Cases(cases)) => self.first_case(cases, &inner),
            Some(model::DefineBody::Truth(node)) => match self.truth(*node, &inner) {
                Truth::Unknown => Read::Value(&Value::Unknown),
                truth => Read::Truth(truth.is_true()),
            },
            None => Read::Value(&Value::Unknown),
        };
        self.depth -= 1;
        read
    }

    fn first_case(&mut self, cases: &'a [(model::Case, Option<NodeId>)], bound: &Bound<'a>) -> Read<'a> {
        for (value, when) in cases {
            let truth = when.map_or(Truth::True, |when| self.truth(when, bound));
            match (truth, value) {
                (Truth::False, _) => {}
                (Truth::Unknown, _) => return Read::Value(&Value::Unknown),
                (Truth::True, model::Case::Value(value)) => return Read::Value(value),
                (Truth::True, model::Case::Ref(of)) => return self.read(*of, bound),
            }
        }
        Read::Value(&Value::Unknown)
    }

    /// Notes what is missing when a fact, or a definition made of facts, is unknown.
    fn missing(&mut self, of: Ref, bound: &Bound<'a>) {
        if !T::LISTENS {
            return;
        }
        match of.what {
            What::Fact(id, _) => match of.who {
                Who::Transaction | Who::Item => self.trace.unknown(|| Leaf::Fact(id, bound.control)),
                Who::Listing => self.trace.unknown(|| Leaf::Listing {
                    fact: id,
                    entry: bound.listing.map(|listing| listing.id.clone()).unwrap_or_default(),
                }),
                who => {
                    let party = self.party(who, bound);
                    self.trace.unknown(|| {
                        Leaf::Party(id, party.map_or_else(|| path_of(who), |party| party.path.clone()))
                    });
                }
            },
            What::Define(id) => {
                let version = self.scene.plan.defines.get(id as usize).copied().flatten();
                let version = version
                    .and_then(|version| self.scene.pack.defines.get(id as usize)?.versions.get(version));
                if let (Some(model::DefineBody::Cases(cases)), Ok(inner)) =
                    (version.map(|version| &version.body), self.inside(of.who, bound))
                    && self.depth < MAX_DEPTH
                {
                    self.depth += 1;
                    self.missing_in(cases, &inner);
                    self.depth -= 1;
                }
            }
        }
    }

    fn missing_in(&mut self, cases: &'a [(model::Case, Option<NodeId>)], bound: &Bound<'a>) {
        for (value, when) in cases {
            // A condition that is unknown has noted by itself what it lacks.
            match (when.map_or(Truth::True, |when| self.truth(when, bound)), value) {
                (Truth::False, _) => {}
                (Truth::True, model::Case::Ref(of)) => return self.missing(*of, bound),
                _ => return,
            }
        }
    }

    fn party(&self, who: Who, bound: &Bound<'a>) -> Option<&'a Party> {
        match who {
            Who::Party => bound.party,
            Who::Owner => bound.owner,
            Who::Role(role) => self.scene.case.party(role),
            Who::Transaction | Who::Item | Who::Listing => None,
        }
    }

    fn nobody(&mut self, who: Who) -> Truth {
        if who == Who::Role(Role::EndUser) { Truth::Unknown } else { Truth::False }
    }
}

fn path_of(who: Who) -> String {
    match who {
        Who::Role(role) => role.path(),
        _ => String::new(),
    }
}
