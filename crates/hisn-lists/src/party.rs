//! The one record that every list is read into.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One entry of a published list: who is listed, under which names, with which effect, from when to when.
///
/// A reader fills what its source states and leaves the rest empty; nothing is guessed. What has no field of
/// its own is kept in [`Party::raw`], so that nothing of the source is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Stable over releases of the list as far as the source allows: `us-el-…`, `un-qdi-001`.
    pub id: String,
    /// The list, as publisher and list code: `us-csl/EL`, `un/AL-QAIDA`.
    pub source: String,
    /// Other publications of the same entry, in the form of [`Party::source`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_in: Vec<String>,
    /// What kind of party it is.
    pub schema: Schema,
    /// Every name, the primary one first. Never empty in a record that a reader returns.
    pub names: Vec<Name>,
    /// Addresses, in the source's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// ISO 3166-1 alpha-2 codes of every country that the entry is tied to, sorted, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// Dates of birth as `1951`, `1951-03` or `1951-03-02`; a range as `1950/1952`; approximate ones with a leading `~`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub birth_dates: Vec<String>,
    /// Passport, registration, tax, IMO and other numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Programme tags: `RUSSIA-EO14024`, `CYBER2`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programs: Vec<String>,
    /// What the listing requires, in the source's words ("For all items subject to the EAR").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_effect: Option<String>,
    /// How applications are decided, in the source's words ("Presumption of denial").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_policy: Option<String>,
    /// The notice that listed it, as the law cites it: `86 FR 60759`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
    /// Footnotes of the list that change the scope of the entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<Footnote>,
    /// First day of the listing. Empty when neither the list nor the corrections beside it say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed_from: Option<Date>,
    /// Last day of the listing; empty while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed_to: Option<Date>,
    /// Fields of the source that have no place above, under the source's own names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub raw: BTreeMap<String, String>,
}

impl Party {
    /// The name that stands for the entry in an answer.
    pub fn caption(&self) -> &str {
        self.names.first().map_or("", |name| name.text.as_str())
    }

    /// Whether the entry stood on `day`. An entry without dates stands on every day.
    pub fn stands_on(&self, day: Date) -> bool {
        self.listed_from.is_none_or(|from| from <= day) && self.listed_to.is_none_or(|to| day <= to)
    }
}

/// The kind of a party, in the words of FollowTheMoney.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Schema {
    /// A human being.
    Person,
    /// A company.
    Company,
    /// An organisation that is no company.
    Organization,
    /// A body of a state.
    PublicBody,
    /// A ship.
    Vessel,
    /// An aircraft.
    Airplane,
    /// A person or an organisation: the source does not say which.
    #[default]
    LegalEntity,
}

/// One name of a party.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// As the source writes it, white space folded.
    pub text: String,
    /// How much weight the source gives it.
    #[serde(default)]
    pub kind: NameKind,
    /// Language, where the source states it (BCP 47).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// How a list ranks a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NameKind {
    /// The name of the entry.
    #[default]
    Primary,
    /// Another name of equal weight.
    Alias,
    /// A name that the publisher itself calls weak or of low quality.
    Weak,
}

/// One address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The address in one line.
    pub text: String,
    /// ISO 3166-1 alpha-2 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// One identifying number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    /// What the number is, in the source's words.
    pub kind: String,
    /// The number.
    pub value: String,
    /// ISO 3166-1 alpha-2 code of the issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// A footnote of the list that changes what an entry means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    /// The mark: `1`, `4`.
    pub mark: String,
    /// First day on which it counts; empty when it came with the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
}
