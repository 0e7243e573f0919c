//! What a determination is made of: one item of one transaction, and its parties.

use jiff::civil::Date;

use crate::Truth;
use crate::code::Code;
use crate::vocabulary::Value;

/// One item of a transaction and everybody who takes part in it, as facts.
#[derive(Clone, Debug)]
pub struct Case {
    /// The day whose law answers.
    pub date: Date,
    /// Facts of the transaction, in the slots of the vocabulary.
    pub facts: Vec<Value>,
    /// The item.
    pub item: Item,
    /// The parties. Roles refer to them by place.
    pub parties: Vec<Party>,
    /// Who fills each role, by [`Role`]; the end user may be the ultimate consignee.
    pub roles: [Option<usize>; ROLES],
}

/// The item of a case.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Its classification by pack; an empty pack name stands for every pack without an entry of its own.
    pub codes: Vec<(String, Classification)>,
    /// The entries that software or technology is for.
    pub fors: Vec<Code>,
    /// Its value and currency.
    pub value: Option<(f64, String)>,
    /// Facts of the item, in the slots of the vocabulary.
    pub facts: Vec<Value>,
}

/// What is known of an item's place in a control list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Classification {
    /// In this entry.
    Code(Code),
    /// Examined and found in none.
    NotListed,
}

/// A party as facts.
#[derive(Clone, Debug, Default)]
pub struct Party {
    /// For questions.
    pub name: String,
    /// The word that questions about it begin with: `end_user`, `purchaser`, `end_user.owner[0]`.
    pub path: String,
    /// Facts, in the slots of the vocabulary.
    pub facts: Vec<Value>,
    /// What lists say of it.
    pub listings: Vec<Listing>,
    /// Who owns it, as far as was said.
    pub owners: Vec<Party>,
}

/// One listing of a party.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The entry's own number.
    pub id: String,
    /// What the entry is called.
    pub caption: String,
    /// True for a listed party, also one that is presumed to be; unknown for a weak possible match.
    pub presence: Truth,
    /// The notice that listed it.
    pub citation: Option<String>,
    /// Facts, in the slots of the vocabulary.
    pub facts: Vec<Value>,
}

/// How many roles there are.
pub const ROLES: usize = 7;

/// What a party does in a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Who sends.
    Exporter,
    /// Who buys.
    Purchaser,
    /// Who takes it on the way.
    IntermediateConsignee,
    /// Who receives it in the end.
    UltimateConsignee,
    /// Who uses it.
    EndUser,
    /// Who arranges it.
    Broker,
    /// Anybody else.
    Other,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; ROLES] = [
        Role::Exporter,
        Role::Purchaser,
        Role::IntermediateConsignee,
        Role::UltimateConsignee,
        Role::EndUser,
        Role::Broker,
        Role::Other,
    ];

    /// As a transaction writes it.
    pub fn word(self) -> &'static str {
        match self {
            Role::Exporter => "exporter",
            Role::Purchaser => "purchaser",
            Role::IntermediateConsignee => "intermediate-consignee",
            Role::UltimateConsignee => "ultimate-consignee",
            Role::EndUser => "end-user",
            Role::Broker => "broker",
            Role::Other => "other",
        }
    }

    /// As a path of facts writes it.
    pub fn path(self) -> String {
        self.word().replace('-', "_")
    }

    /// Reads a role in either writing.
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word || role.path() == word)
    }
}

impl Case {
    /// The party of a role.
    pub fn party(&self, role: Role) -> Option<&Party> {
        self.roles.get(role as usize).copied().flatten().and_then(|place| self.parties.get(place))
    }
}

impl Item {
    /// Its classification under the law of a pack.
    pub fn classification(&self, pack: &str) -> Option<&Classification> {
        let of = |name: &str| self.codes.iter().find(|(pack, _)| pack == name).map(|(_, code)| code);
        of(pack).or_else(|| of(""))
    }
}
