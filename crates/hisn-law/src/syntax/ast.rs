//! A law file as it is written.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::period::Period;

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Ident {
    pub text: String,
    pub span: Span,
}

/// One declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum Declaration {
    Fact(Fact),
    /// What one law presumes of a fact that another pack declares.
    Presume {
        name: Ident,
        subject: Subject,
        assume: Assume,
    },
    Define(Define),
    Places {
        name: Ident,
        set: PlaceSet,
    },
    Items {
        name: Ident,
        set: ItemSet,
    },
    /// Review policies with their titles, strictest first.
    Policies(Vec<(Ident, Wording)>),
    Rule(Box<Rule>),
}

/// What a fact or a definition is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The whole order.
    #[default]
    Transaction,
    /// The item.
    Item,
    /// A party.
    Party,
    /// A listing of a party.
    Listing,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub name: Ident,
    pub subject: Subject,
    pub ty: Type,
    /// Words that say that it is not known yet.
    pub open: Vec<Ident>,
    pub ask: Option<Wording>,
    pub assume: Option<Assume>,
}

/// The value that the law presumes when nothing is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Assume {
    pub value: Ident,
    pub unless: Option<Expr>,
    pub by: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    YesNo,
    Number,
    Country,
    Text,
    Words,
    OneOf(Vec<Ident>),
}

/// A text in English and, where given, Arabic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wording {
    /// English.
    pub en: String,
    /// Arabic.
    pub ar: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Define {
    pub name: Ident,
    pub subject: Subject,
    pub ty: Option<Type>,
    pub cite: Option<String>,
    pub states: Vec<State>,
    pub body: DefineBody,
}

#[derive(Clone, Debug, PartialEq)]
pub enum DefineBody {
    Truth(Expr),
    /// Cases in order; the last has no condition.
    Cases(Vec<(Ident, Option<Expr>)>),
}

/// Whether something is law, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub kind: StateKind,
    pub period: Period,
    pub by: Option<String>,
    pub needs_confirmation: bool,
    pub span: Span,
}

/// How a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StateKind {
    /// It is law.
    InForce,
    /// It was law and is suspended.
    Stayed,
    /// Somebody wants it to be law.
    Proposed,
    /// It is to be law from a day on.
    Scheduled,
}

impl StateKind {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            StateKind::InForce => "in force",
            StateKind::Stayed => "stayed",
            StateKind::Proposed => "proposed",
            StateKind::Scheduled => "scheduled",
        }
    }
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RuleKind {
    /// Brings an order under the law.
    Subject,
    /// Keeps an order out of it.
    Outside,
    /// Asks for a license.
    Requirement,
    /// Forbids.
    Prohibition,
    /// Lifts requirements.
    Exception,
    /// Closes exceptions.
    Restriction,
    /// Says how an application is judged.
    Review,
    /// Says what must be done.
    Obligation,
    /// A red flag.
    Flag,
    /// A note for a lawyer.
    Counsel,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub kind: RuleKind,
    pub name: Ident,
    pub title: Wording,
    pub cite: Option<String>,
    pub states: Vec<State>,
    pub each: Option<Each>,
    pub base: Vec<Expr>,
    pub allows: Vec<Limb>,
    pub requires: Vec<Limb>,
    pub unless: Vec<Unless>,
    pub reason: Option<Ident>,
    pub policies: Vec<Policy>,
    pub lifts: Option<Selection>,
    pub bars: Option<Selection>,
    pub disputed: Vec<Note>,
    pub counsel: Vec<Note>,
    pub obligations: Vec<Note>,
    pub instead: Option<Ident>,
}

/// What a rule stands once for.
#[derive(Clone, Debug, PartialEq)]
pub enum Each {
    Party,
    Listing,
    OwnerListing,
    Control(Ident),
}

/// A labelled condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Limb {
    pub label: String,
    pub condition: Expr,
}

/// A labelled condition that closes a rule, and what opens it again.
#[derive(Clone, Debug, PartialEq)]
pub struct Unless {
    pub limb: Limb,
    pub excepts: Vec<Limb>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    pub name: Ident,
    pub when: Option<Expr>,
    pub cite: Option<String>,
}

/// A note, an obligation or a dispute that goes with a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub text: Wording,
    pub when: Option<Expr>,
    pub cite: Option<String>,
}

/// Reasons or rules, by name.
#[derive(Clone, Debug, PartialEq)]
pub enum Selection {
    Only(Vec<Ident>),
    AllExcept(Vec<Ident>),
}

/// A condition and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    Path(Ident),
    Given(Ident),
    Same { path: Ident, as_path: Ident },
    Is { path: Ident, negated: bool, values: Vec<Ident> },
    In { path: Ident, places: PlaceSet },
    Has { path: Ident, values: Vec<Ident> },
    Compare { path: Ident, op: Op, number: f64 },
    ItemIn(ItemSet),
    ItemControlled(Vec<Ident>),
    ItemWithin(Ident),
    ItemClassified,
    Any { over: Over, body: Box<Expr> },
    Share { of: Ident, body: Box<Expr>, op: Op, number: f64 },
    Required { only: bool, except: bool, reasons: Vec<Ident> },
}

/// What a quantifier runs through.
#[derive(Clone, Debug, PartialEq)]
pub enum Over {
    Parties,
    ListingsOf(Ident),
    OwnersOf(Ident),
    OwnerListingsOf(Ident),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    More,
    AtLeast,
    Less,
    AtMost,
}

impl Op {
    /// Whether `a` stands to `b` as it says.
    pub fn holds(self, a: f64, b: f64) -> bool {
        match self {
            Op::More => a > b,
            Op::AtLeast => a >= b,
            Op::Less => a < b,
            Op::AtMost => a <= b,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlaceSet {
    pub any: Vec<Ident>,
    pub except: Vec<Ident>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ItemSet {
    pub any: Vec<ItemEntry>,
    pub except: Vec<ItemEntry>,
}

/// A code or a named set, possibly limited to what it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemEntry {
    pub name: Ident,
    pub fors: Vec<Ident>,
}

/// Reads a date in the one form that the language has.
pub(crate) fn date(word: &str) -> Option<Date> {
    (word.len() == 10).then(|| word.parse().ok()).flatten()
}
