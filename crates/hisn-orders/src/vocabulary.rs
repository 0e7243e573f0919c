//! The words that an order may use: data of the caller's, from the vocabulary of the law.

use std::collections::BTreeMap;

use crate::Countries;

/// What an order is read against.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The words and facts.
    pub vocabulary: &'a Vocabulary,
    /// The countries.
    pub countries: &'a dyn Countries,
}

/// The words and facts that exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// What can be done with an item: `export`, …
    pub actions: Vec<String>,
    /// Kinds of party: `company`, …
    pub kinds: Vec<String>,
    /// Currencies that exist; none: any three letters.
    pub currencies: Option<Vec<String>>,
    /// Keys of a classification by jurisdiction; none: any word.
    pub jurisdictions: Option<Vec<String>>,
    /// Facts of an item, by name.
    pub item_facts: BTreeMap<String, FactSpec>,
    /// Facts of a party, by name.
    pub party_facts: BTreeMap<String, FactSpec>,
    /// Facts of the whole transaction, by name.
    pub facts: BTreeMap<String, FactSpec>,
}

/// One fact that an order may state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactSpec {
    /// Its type.
    pub kind: FactKind,
    /// The question that asks for it, in English.
    pub question_en: String,
    /// The same in Arabic.
    pub question_ar: String,
}

/// The type of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// Yes or no.
    YesNo,
    /// A number.
    Number,
    /// A country.
    Country,
    /// Free text.
    Text,
    /// Any number of words.
    Words,
    /// One of these words.
    OneOf(Vec<String>),
}
