//! The facts that laws ask about: declared once, for every pack.

use rustc_hash::FxHashMap;

use crate::country::Country;
use crate::syntax::ast::{Subject, Wording};

/// A fact of the vocabulary, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub(crate) u32);

/// A word that facts of type `words` may hold, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub(crate) u32);

/// One fact: its name, its type, the question that asks for it.
#[derive(Clone, Debug)]
pub struct Fact {
    /// As the law and the transaction write it.
    pub name: String,
    /// What it is about.
    pub subject: Subject,
    /// Its type.
    pub ty: FactType,
    /// The words of its type that say that it is not known yet, by number.
    pub open: Vec<u8>,
    /// The question, in English and Arabic.
    pub ask: Option<Wording>,
    /// Its place among the facts of its subject.
    pub(crate) slot: usize,
}

/// The type of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactType {
    /// Yes or no.
    YesNo,
    /// A number.
    Number,
    /// A country.
    Country,
    /// Free text: the law can only ask whether it is given.
    Text,
    /// Any number of words.
    Words,
    /// One of these.
    OneOf(Vec<String>),
}

/// How an authority looks at applications, from refusing to granting.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewPolicy {
    /// As the law and its answers write it.
    pub name: String,
    /// In words.
    pub title: Wording,
}

/// What is known of a fact.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing was said.
    #[default]
    Unknown,
    /// Yes or no.
    YesNo(bool),
    /// A number.
    Number(f64),
    /// A country.
    Country(Country),
    /// The word of that number among the words of the fact's type.
    OneOf(u8),
    /// Words.
    Words(Vec<Symbol>),
    /// Some text.
    Text,
}

/// A value as a transaction gives it, before its type is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Given<'a> {
    /// A truth.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A word or a text.
    Text(&'a str),
    /// Several words.
    List(Vec<&'a str>),
}

/// Why a value does not fit its fact.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fact} must be {expected}, not {found}")]
pub struct ValueError {
    fact: String,
    expected: String,
    found: String,
}

/// Every fact that some law asks about.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    facts: Vec<Fact>,
    by_name: FxHashMap<(Subject, String), FactId>,
    words: FxHashMap<String, Symbol>,
    policies: Vec<ReviewPolicy>,
}

impl Vocabulary {
    /// The fact of that subject and name.
    pub fn find(&self, subject: Subject, name: &str) -> Option<FactId> {
        self.by_name.get(&(subject, name.to_owned())).copied()
    }

    /// The fact of that number.
    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        self.facts.get(id.0 as usize)
    }

    /// The facts of a subject, in the order of their slots.
    pub fn facts_of(&self, subject: Subject) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.subject == subject)
    }

    /// An empty row of facts of a subject.
    pub fn blank(&self, subject: Subject) -> Vec<Value> {
        vec![Value::Unknown; self.facts_of(subject).count()]
    }

    /// Puts a value into the row of facts of its subject, after checking its type.
    pub fn put(&self, row: &mut [Value], id: FactId, given: &Given<'_>) -> Result<(), ValueError> {
        let Some(fact) = self.fact(id) else { return Ok(()) };
        let value = self.read(fact, given)?;
        if let Some(slot) = row.get_mut(fact.slot) {
            *slot = value;
        }
        Ok(())
    }

    /// The number of a word, if some law has it.
    pub fn symbol(&self, word: &str) -> Option<Symbol> {
        self.words.get(word).copied()
    }

    /// The words of a value, divided by commas.
    pub fn spell(&self, words: &[Symbol]) -> String {
        let mut spelt: Vec<&str> = self
            .words
            .iter()
            .filter(|(_, symbol)| words.contains(symbol))
            .map(|(word, _)| word.as_str())
            .collect();
        spelt.sort_unstable();
        spelt.join(", ")
    }

    /// Review policies, strictest first.
    pub fn policies(&self) -> &[ReviewPolicy] {
        &self.policies
    }

    fn read(&self, fact: &Fact, given: &Given<'_>) -> Result<Value, ValueError> {
        let wrong = |expected: String| ValueError { fact: fact.name.clone(), expected, found: shown(given) };
        match (&fact.ty, given) {
            (FactType::YesNo, Given::Bool(truth)) => Ok(Value::YesNo(*truth)),
            (FactType::YesNo, Given::Text(text)) => match text.to_ascii_lowercase().as_str() {
                "yes" | "true" => Ok(Value::YesNo(true)),
                "no" | "false" => Ok(Value::YesNo(false)),
                _ => Err(wrong("true or false".into())),
            },
            (FactType::YesNo, _) => Err(wrong("true or false".into())),
            (FactType::Number, Given::Number(number)) if number.is_finite() => Ok(Value::Number(*number)),
            (FactType::Number, Given::Text(text)) => {
                match text.trim().trim_end_matches('%').trim().parse::<f64>() {
                    Ok(number) if number.is_finite() => Ok(Value::Number(number)),
                    _ => Err(wrong("a number".into())),
                }
            }
            (FactType::Number, _) => Err(wrong("a number".into())),
            (FactType::Country, Given::Text(text)) => Country::parse(text)
                .map(Value::Country)
                .ok_or_else(|| wrong("a country code of two letters".into())),
            (FactType::Country, _) => Err(wrong("a country code of two letters".into())),
            (FactType::Text, _) => Ok(Value::Text),
            (FactType::Words, Given::Text(text)) => Ok(Value::Words(self.symbol(text).into_iter().collect())),
            (FactType::Words, Given::List(list)) => {
                Ok(Value::Words(list.iter().filter_map(|word| self.symbol(word)).collect()))
            }
            (FactType::Words, _) => Err(wrong("a list of words".into())),
            (FactType::OneOf(words), Given::Text(text)) => {
                let place =
                    words.iter().position(|word| word == text).and_then(|place| u8::try_from(place).ok());
                match place {
                    Some(place) if fact.open.contains(&place) => Ok(Value::Unknown),
                    Some(place) => Ok(Value::OneOf(place)),
                    None => Err(wrong(format!("one of {}", words.join(", ")))),
                }
            }
            (FactType::OneOf(words), _) => Err(wrong(format!("one of {}", words.join(", ")))),
        }
    }

    pub(crate) fn declare(
        &mut self,
        name: &str,
        subject: Subject,
        ty: FactType,
        open: Vec<u8>,
        ask: Option<Wording>,
    ) -> FactId {
        let id = FactId(self.facts.len() as u32);
        let slot = self.facts_of(subject).count();
        self.facts.push(Fact { name: name.to_owned(), subject, ty, open, ask, slot });
        self.by_name.insert((subject, name.to_owned()), id);
        id
    }

    pub(crate) fn intern(&mut self, word: &str) -> Symbol {
        let next = Symbol(self.words.len() as u32);
        *self.words.entry(word.to_owned()).or_insert(next)
    }

    pub(crate) fn set_policies(&mut self, policies: Vec<ReviewPolicy>) {
        self.policies = policies;
    }

    pub(crate) fn names(&self, subject: Subject) -> impl Iterator<Item = &str> {
        self.facts_of(subject).map(|fact| fact.name.as_str())
    }
}

fn shown(given: &Given<'_>) -> String {
    match given {
        Given::Bool(truth) => truth.to_string(),
        Given::Number(number) => number.to_string(),
        Given::Text(text) => format!("{text:?}"),
        Given::List(list) => format!("{list:?}"),
    }
}
