//! A law after it was checked: names are numbers, conditions are a flat graph of nodes.

use std::sync::OnceLock;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::Truth;
use crate::case::Role;
use crate::country::{Country, CountrySet};
use crate::period::Period;
use crate::plan::Plan;
use crate::source::Manifest;
use crate::syntax::ast::{Op, RuleKind, State, StateKind, Wording};
use crate::tables::{Control, EntryRow, Items, Pattern, Phrase, Places, Treated};
use crate::vocabulary::{Fact, FactId, Symbol, Value, Vocabulary};

/// Every pack, checked and ready to answer.
#[derive(Debug)]
pub struct Law {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) packs: Vec<Pack>,
}

/// One jurisdiction.
#[derive(Debug)]
pub struct Pack {
    pub(crate) manifest: Manifest,
    pub(crate) digest: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) defines: Vec<Define>,
    pub(crate) assumptions: Vec<Option<Assumption>>,
    pub(crate) places: Vec<PlaceSpec>,
    pub(crate) item_sets: usize,
    /// Rows of the named sets, for those who ask about an entry.
    pub(crate) set_rows: Vec<(String, Pattern)>,
    pub(crate) limbs: usize,
    pub(crate) entries: FxHashMap<String, EntryTables>,
    pub(crate) controls: Vec<BoundControl>,
    pub(crate) value_tables: Vec<String>,
    pub(crate) reasons: Vec<String>,
    pub(crate) destination: Option<Ref>,
    /// The facts of parties, by slot, of which some condition asks in which country they are.
    pub(crate) country_facts: Vec<u32>,
    pub(crate) items: Items,
    pub(crate) place_tables: Places,
    pub(crate) treated: Vec<Treated>,
    pub(crate) phrases: Vec<(Phrase, FactId)>,
    /// The days on which something changes, in order.
    pub(crate) turning_points: Vec<Date>,
    /// One plan for each span between turning points, made when it is first needed.
    pub(crate) plans: Vec<OnceLock<Plan>>,
}

/// What stands in the tables about one entry.
#[derive(Debug, Default)]
pub(crate) struct EntryTables {
    pub sets: Vec<(ItemSetId, Pattern)>,
    pub controls: Vec<usize>,
    pub limits: Vec<(usize, Pattern, f64, String)>,
}

/// A row of the controls table with its names bound.
#[derive(Debug)]
pub(crate) struct BoundControl {
    pub control: Control,
    pub reason: Reason,
    pub places: PlacesId,
    pub when: Option<NodeId>,
}

#[derive(Debug)]
pub(crate) struct Assumption {
    pub value: Value,
    pub unless: Option<NodeId>,
}

pub(crate) type NodeId = u32;
pub(crate) type PlacesId = u32;
pub(crate) type ItemSetId = u32;
pub(crate) type DefineId = u32;
/// A reason for control, as its place among the pack's reasons (fewer than 64).
pub(crate) type Reason = u8;
/// A set of reasons.
pub(crate) type Reasons = u64;

/// Whose fact is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Transaction,
    Item,
    Role(Role),
    Party,
    Owner,
    Listing,
}

/// A fact or a definition of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ref {
    pub who: Who,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Fact(FactId, u32),
    Define(DefineId),
}

/// A condition.
#[derive(Debug)]
pub(crate) enum Node {
    Const(Truth),
    And(Box<[NodeId]>),
    Or(Box<[NodeId]>),
    Not(NodeId),
    /// A yes/no fact, or a definition that is a truth.
    Yes(Ref),
    /// Whether the word is one of these (a bit for each word of the type).
    OneOf(Ref, u64),
    In(Ref, PlacesId),
    /// Whether it is one of these countries as written, not as judged.
    IsCountry(Ref, Box<[Country]>),
    Has(Ref, Box<[Symbol]>),
    Compare(Ref, Op, f64),
    Given(Ref),
    /// Whether two facts are the same, as written.
    Same(Ref, Ref),
    ItemIn(ItemSetId),
    ItemControlled(Reasons),
    ItemWithin(usize),
    ItemClassified,
    AnyParty(NodeId),
    AnyListing(Who, NodeId),
    AnyOwner(Who, NodeId),
    AnyOwnerListing(Who, NodeId),
    Share(Share),
    Required(Required),
}

/// The sum of the shares of the owners for whom something is true, against a number.
#[derive(Debug)]
pub(crate) struct Share {
    pub of: Who,
    pub body: NodeId,
    pub op: Op,
    pub number: f64,
    /// The fact that holds an owner's share, and its slot.
    pub percent: Option<(FactId, u32)>,
}

impl Share {
    /// What it comes to when there is no such owner.
    pub fn of_none(&self) -> Truth {
        Truth::from(self.op.holds(0.0, self.number))
    }
}

/// A question about the requirements that were found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Required {
    Any,
    For(Reasons),
    Only(Reasons),
    Except(Reasons),
}

#[derive(Debug)]
pub(crate) struct Define {
    pub versions: Vec<DefineVersion>,
}

#[derive(Debug)]
pub(crate) struct DefineVersion {
    pub states: Vec<State>,
    pub body: DefineBody,
}

#[derive(Debug)]
pub(crate) enum DefineBody {
    Truth(NodeId),
    Cases(Vec<(Case, Option<NodeId>)>),
}

#[derive(Debug)]
pub(crate) enum Case {
    Value(Value),
    Ref(Ref),
}

/// A set of countries as the law names it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlaceSpec {
    pub any: Vec<PlaceRef>,
    pub except: Vec<PlaceRef>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PlaceRef {
    All,
    Country(Country),
    Table(String),
    Declared(PlacesId),
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    pub(crate) kind: RuleKind,
    pub(crate) name: String,
    /// With the pack: `us/ace`.
    pub(crate) id: String,
    pub(crate) title: Wording,
    pub(crate) cite: String,
    pub(crate) states: Vec<State>,
    pub(crate) each: Option<Each>,
    pub(crate) base: Option<Limb>,
    pub(crate) allows: Vec<Limb>,
    pub(crate) requires: Vec<Limb>,
    pub(crate) unless: Vec<(Limb, Vec<Limb>)>,
    pub(crate) reason: Reason,
    pub(crate) policies: Vec<Policy>,
    pub(crate) lifts: Reasons,
    /// For a restriction: the names of what it closes.
    pub(crate) bars: Option<Bars>,
    pub(crate) disputed: Vec<Note>,
    pub(crate) counsel: Vec<Note>,
    pub(crate) obligations: Vec<Note>,
    pub(crate) instead: Option<String>,
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Each {
    Party,
    Listing,
    OwnerListing,
    Control(Reason),
}

#[derive(Debug)]
pub(crate) struct Limb {
    /// The paragraph; empty for the base condition.
    pub label: String,
    pub node: NodeId,
    /// As the law file writes it.
    pub text: String,
    /// Its place in the coverage of the pack.
    pub number: usize,
}

#[derive(Debug)]
pub(crate) struct Policy {
    pub rank: usize,
    pub when: Option<Limb>,
    pub cite: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Note {
    pub text: Wording,
    pub when: Option<Limb>,
    pub cite: Option<String>,
}

#[derive(Debug)]
pub(crate) enum Bars {
    Only(Vec<String>),
    AllExcept(Vec<String>),
}

impl Bars {
    pub fn close(&self, exception: &str) -> bool {
        match self {
            Bars::Only(names) => names.iter().any(|name| name == exception),
            Bars::AllExcept(names) => !names.iter().any(|name| name == exception),
        }
    }
}

impl Rule {
    /// The state of the rule on a day, if it has any then.
    pub(crate) fn state(&self, day: Date) -> Option<RuleState<'_>> {
        state_on(&self.states, day)
    }

    /// Whether it is applied on any day: stayed and proposed rules are not.
    pub(crate) fn is_ever_applied(&self) -> bool {
        self.states.is_empty()
            || self.states.iter().any(|state| matches!(state.kind, StateKind::InForce | StateKind::Scheduled))
    }

    /// Its name with the pack: `us/ace`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it does.
    pub fn kind(&self) -> RuleKind {
        self.kind
    }

    /// Every labelled condition, in the order of the text; the base first.
    pub(crate) fn limbs(&self) -> impl Iterator<Item = &Limb> {
        let unless = self.unless.iter().flat_map(|(limb, excepts)| std::iter::once(limb).chain(excepts));
        let notes = self.disputed.iter().chain(&self.counsel).chain(&self.obligations);
        let whens = self.policies.iter().filter_map(|policy| policy.when.as_ref());
        self.base
            .iter()
            .chain(&self.allows)
            .chain(&self.requires)
            .chain(unless)
            .chain(whens)
            .chain(notes.filter_map(|note| note.when.as_ref()))
    }
}

/// How a rule stands on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleState<'a> {
    pub kind: StateKind,
    pub state: Option<&'a State>,
}

pub(crate) fn state_on(states: &[State], day: Date) -> Option<RuleState<'_>> {
    if states.is_empty() {
        return Some(RuleState { kind: StateKind::InForce, state: None });
    }
    let state = states.iter().find(|state| state.period.contains(day))?;
    Some(RuleState { kind: state.kind, state: Some(state) })
}

impl Law {
    /// The vocabulary of all packs.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The packs that hold rules, by name.
    pub fn packs(&self) -> impl Iterator<Item = &Pack> {
        self.packs.iter()
    }

    /// The pack of that name.
    pub fn pack(&self, name: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.name() == name)
    }

    pub(crate) fn fact(&self, id: FactId) -> Option<&Fact> {
        self.vocabulary.fact(id)
    }
}

impl Pack {
    /// Short name: `us`.
    pub fn name(&self) -> &str {
        &self.manifest.name
    }

    /// What `pack.toml` says.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// SHA-256 of the pack, in hexadecimal.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Its rules, in the order of its files.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rows of the control list about an entry and its paragraphs.
    pub fn entry(&self, entry: &str) -> &[EntryRow] {
        self.items.entries.get(entry).map_or(&[], Vec::as_slice)
    }

    /// Every entry of the control list, on whatever day.
    pub fn entries(&self) -> impl Iterator<Item = &str> {
        self.items.entries.keys().map(String::as_str)
    }

    /// Every row that says why and where an entry is controlled.
    pub fn controls(&self) -> impl Iterator<Item = &Control> {
        self.controls.iter().map(|bound| &bound.control)
    }

    /// The members of a named set of countries on a day.
    pub fn countries_in(&self, set: &str, day: Date) -> CountrySet {
        self.place_tables.members(set, day)
    }

    /// Whether some rule or definition asks whether a fact of a listing has this word.
    pub fn asks_of_listings(&self, fact: FactId, word: &Value) -> bool {
        let Value::OneOf(word) = word else { return false };
        self.nodes.iter().any(|node| match node {
            Node::OneOf(Ref { who: Who::Listing, what: What::Fact(id, _) }, mask) => {
                *id == fact && mask & (1u64 << word) != 0
            }
            _ => false,
        })
    }

    pub(crate) fn periods(&self) -> impl Iterator<Item = Period> {
        let rules = self.rules.iter().flat_map(|rule| &rule.states);
        let defines =
            self.defines.iter().flat_map(|define| &define.versions).flat_map(|version| &version.states);
        let states = rules.chain(defines).map(|state| state.period);
        states
            .chain(self.items.periods())
            .chain(self.place_tables.periods())
            .chain(self.treated.iter().map(|t| t.period))
    }
}
