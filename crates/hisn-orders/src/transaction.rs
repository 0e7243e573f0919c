//! The record that every form of an order is read into.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::CountryCode;

/// One order. Written as JSON, it reads back as itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Transaction {
    /// The caller's own number for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The day whose law answers, from 1900 to 2200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// A word of [`Vocabulary::actions`](crate::Vocabulary::actions).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Where it leaves from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<CountryCode>,
    /// Where it goes to. The readers never leave it empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<CountryCode>,
    /// What it will be used for, in the buyer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_use: Option<String>,
    /// What is supplied: from the readers, at least one.
    pub items: Vec<Item>,
    /// Who takes part: from the readers, at least one, and at most one end user.
    pub parties: Vec<Party>,
    /// Facts of the whole transaction, by their vocabulary names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, FactValue>,
}

/// One thing that is supplied.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its entry in the control lists.
    #[serde(skip_serializing_if = "Classification::is_none")]
    pub classification: Classification,
    /// Where it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<CountryCode>,
    /// What it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// How many: finite, not negative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<f64>,
    /// Technical and legal facts, by their vocabulary names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, FactValue>,
}

/// The key of [`Classification::ByJurisdiction`] that serves every jurisdiction without a key of its own.
pub const DEFAULT_JURISDICTION: &str = "default";

/// The entry of an item in the control lists, as the exporter states it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Classification {
    /// Not stated.
    #[default]
    None,
    /// The same entry everywhere.
    One(String),
    /// One entry a jurisdiction; [`DEFAULT_JURISDICTION`] may be among the keys.
    ByJurisdiction(BTreeMap<String, String>),
}

impl Classification {
    /// Whether nothing is stated.
    pub fn is_none(&self) -> bool {
        *self == Classification::None
    }

    /// The entry for one jurisdiction.
    ///
    /// ```
    /// use hisn_orders::Classification;
    /// assert_eq!(Classification::One("1A1".into()).for_jurisdiction("xa"), Some("1A1"));
    /// assert_eq!(Classification::None.for_jurisdiction("xa"), None);
    /// ```
    pub fn for_jurisdiction(&self, jurisdiction: &str) -> Option<&str> {
        match self {
            Classification::None => None,
            Classification::One(code) => Some(code),
            Classification::ByJurisdiction(codes) => {
                codes.get(jurisdiction).or_else(|| codes.get(DEFAULT_JURISDICTION)).map(String::as_str)
            }
        }
    }
}

/// An amount in a currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Money {
    /// How much: finite, not negative.
    pub amount: f64,
    /// Three capital letters of ISO 4217.
    pub currency: String,
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Which part; of an [`Owner`], the part that the order gives it, else [`Role::Other`].
    pub role: Role,
    /// Never empty, free of bidirectional controls.
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Where it is located.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    /// A word of [`Vocabulary::kinds`](crate::Vocabulary::kinds).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// Numbers of registers, passports and the like, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<String>,
    /// Where it can be found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Facts of the party, by their vocabulary names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, FactValue>,
    /// Who owns it, as far as was said; percentages add up to 100 at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Owner>,
    /// What somebody decided about matches of this party.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dispositions: Vec<Disposition>,
}

/// A party that holds a share of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Owner {
    /// The share, from 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<f64>,
    /// Who holds it.
    #[serde(flatten)]
    pub party: Party,
}

/// The part that a party has in a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Sends the items.
    Exporter,
    /// Buys them.
    Purchaser,
    /// Holds them on the way.
    IntermediateConsignee,
    /// Receives them in the end.
    UltimateConsignee,
    /// Uses them.
    EndUser,
    /// Arranges the deal.
    Broker,
    /// Any other part.
    Other,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 7] = [
        Role::Exporter,
        Role::Purchaser,
        Role::IntermediateConsignee,
        Role::UltimateConsignee,
        Role::EndUser,
        Role::Broker,
        Role::Other,
    ];

    /// As orders write it: `end-user`.
    pub fn as_str(self) -> &'static str {
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

    /// As the headers of a table and the questions of the law write it: `end_user`.
    pub fn prefix(self) -> &'static str {
        match self {
            Role::IntermediateConsignee => "intermediate_consignee",
            Role::UltimateConsignee => "ultimate_consignee",
            Role::EndUser => "end_user",
            other => other.as_str(),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What was decided about a possible match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposition {
    /// The decision.
    pub decision: Decision,
    /// The list entry that it is about; none: every match of the party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// Why. The readers never leave it empty for a false positive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The four decisions about a possible match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// The party is the listed one.
    TrueMatch,
    /// It is another.
    FalsePositive,
    /// Not decided: something must be asked first.
    NeedInformation,
    /// Not decided: somebody else must decide.
    Escalate,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Decision; 4] =
        [Decision::TrueMatch, Decision::FalsePositive, Decision::NeedInformation, Decision::Escalate];

    /// As orders write it: `false-positive`.
    pub fn as_str(self) -> &'static str {
        match self {
            Decision::TrueMatch => "true-match",
            Decision::FalsePositive => "false-positive",
            Decision::NeedInformation => "need-information",
            Decision::Escalate => "escalate",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The value of a fact, in the type that the vocabulary gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FactValue {
    /// Yes or no.
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// Free text, one word of several, or the alpha-2 code of a country.
    Text(String),
    /// Words.
    List(Vec<String>),
}
