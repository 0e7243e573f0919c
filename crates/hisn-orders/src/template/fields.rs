//! The fields of an order as `fields.toml` explains them, and the facts of the vocabulary beside them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Lang, Wording};
use crate::transaction::{Decision, Role};
use crate::vocabulary::{FactKind, FactSpec, Vocabulary};

/// The whole of `fields.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    pub(super) head: Wording,
    pub(super) needed: Wording,
    pub(super) kinds: Kinds,
    pub(super) tables: BTreeMap<String, Wording>,
    pub(super) field: Vec<Field>,
}

/// What the values of each type look like.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kinds {
    yes_no: Wording,
    number: Wording,
    country: Wording,
    text: Wording,
    words: Wording,
    one_of: Wording,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    pub(super) table: String,
    pub(super) key: String,
    pub(super) form: Presence,
    pub(super) kind: Kind,
    pub(super) en: String,
    pub(super) ar: String,
    pub(super) example: String,
}

/// How a form shows a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Presence {
    Needed,
    Asked,
    Extra,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Text,
    Texts,
    Code,
    Number,
    Date,
    BirthDate,
    Country,
    Currency,
    Action,
    Body,
    Role,
    Decision,
    YesNo,
    Words,
    OneOf,
}

/// The file, read once.
pub(super) fn fields() -> &'static Fields {
    static READ: LazyLock<Fields> =
        LazyLock::new(|| toml::from_str(include_str!("fields.toml")).unwrap_or_default());
    &READ
}

impl Fields {
    /// The fields of one table.
    pub(super) fn of<'f>(&'f self, table: &'f str) -> impl Iterator<Item = &'f Field> {
        self.field.iter().filter(move |field| field.table == table)
    }

    pub(super) fn table(&self, table: &str, lang: Lang) -> &str {
        self.tables.get(table).map_or("", |wording| wording.get(lang))
    }
}

impl Field {
    pub(super) fn wording(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ar => &self.ar,
        }
    }

    /// The words that the field is one of; empty where it is no matter of words.
    pub(super) fn words(&self, vocabulary: &Vocabulary) -> Vec<String> {
        match self.kind {
            Kind::Action => vocabulary.actions.clone(),
            Kind::Body => vocabulary.kinds.clone(),
            Kind::Currency => vocabulary.currencies.clone().unwrap_or_default(),
            Kind::Role => Role::ALL.iter().map(Role::to_string).collect(),
            Kind::Decision => Decision::ALL.iter().map(Decision::to_string).collect(),
            _ => Vec::new(),
        }
    }

    /// The example, which the vocabulary must know; none where it knows no word at all.
    pub(super) fn example(&self, vocabulary: &Vocabulary) -> Option<String> {
        let words = self.words(vocabulary);
        let free = !matches!(self.kind, Kind::Action | Kind::Body) && words.is_empty();
        if free || words.contains(&self.example) {
            Some(self.example.clone())
        } else {
            words.first().cloned()
        }
    }
}

/// A fact as a field of the table `table`.
pub(super) fn fact(table: &str, name: &str, spec: &FactSpec) -> Field {
    let kinds = &fields().kinds;
    let country =
        fields().of("order").find(|field| field.kind == Kind::Country).map(|field| field.example.clone());
    let (kind, wording, example) = match &spec.kind {
        FactKind::YesNo => (Kind::YesNo, &kinds.yes_no, "false".to_owned()),
        FactKind::Number => (Kind::Number, &kinds.number, "0".to_owned()),
        FactKind::Country => (Kind::Country, &kinds.country, country.unwrap_or_default()),
        FactKind::Text => (Kind::Text, &kinds.text, "text".to_owned()),
        FactKind::Words => (Kind::Words, &kinds.words, "word".to_owned()),
        FactKind::OneOf(words) => (Kind::OneOf, &kinds.one_of, words.first().cloned().unwrap_or_default()),
    };
    let words = match &spec.kind {
        FactKind::OneOf(words) => format!(" {}", words.join(", ")),
        _ => String::new(),
    };
    Field {
        table: table.to_owned(),
        key: name.to_owned(),
        form: Presence::Extra,
        kind,
        en: format!("{} ({}{words})", spec.question_en.trim(), wording.en),
        ar: format!("{} ({}{words})", spec.question_ar.trim(), wording.ar),
        example,
    }
}
