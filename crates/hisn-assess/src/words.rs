//! The vocabulary of the law as the readers of orders need it.

use std::collections::BTreeMap;

use hisn_law::{Fact, FactType, Law, Subject};
use hisn_orders::{FactKind, FactSpec, Vocabulary};

/// Facts that an order states in fields of their own, by subject.
const FIELDS: [(Subject, &[&str]); 3] = [
    (Subject::Transaction, &["action", "from", "to", "end_use"]),
    (Subject::Item, &["origin", "value"]),
    (Subject::Party, &["role", "country", "kind", "percent"]),
];

/// What an order may say, by the vocabulary of the law. A fact of the item may be stated once for the whole order, and one of
/// the order beside its item.
pub fn order_vocabulary(law: &Law) -> Vocabulary {
    let mut vocabulary = form_vocabulary(law);
    let both: BTreeMap<String, FactSpec> = vocabulary
        .facts
        .iter()
        .chain(&vocabulary.item_facts)
        .map(|(name, spec)| (name.clone(), spec.clone()))
        .collect();
    vocabulary.item_facts = both.clone();
    vocabulary.facts = both;
    vocabulary
}

/// What an order form asks for: each fact once, in its place.
pub fn form_vocabulary(law: &Law) -> Vocabulary {
    let facts = |subject: Subject| -> BTreeMap<String, FactSpec> {
        let fields = FIELDS.iter().find(|(of, _)| *of == subject).map_or(&[][..], |(_, fields)| fields);
        let others = law.vocabulary().facts_of(subject).filter(|fact| !fields.contains(&fact.name.as_str()));
        others.map(|fact| (fact.name.clone(), spec(fact))).collect()
    };
    let words = |subject: Subject, name: &str| -> Vec<String> {
        let id = law.vocabulary().find(subject, name);
        match id.and_then(|id| law.vocabulary().fact(id)).map(|fact| &fact.ty) {
            Some(FactType::OneOf(words)) => words.clone(),
            _ => Vec::new(),
        }
    };
    Vocabulary {
        actions: words(Subject::Transaction, "action"),
        kinds: words(Subject::Party, "kind"),
        currencies: None,
        jurisdictions: Some(law.packs().map(|pack| pack.name().to_owned()).collect()),
        item_facts: facts(Subject::Item),
        party_facts: facts(Subject::Party),
        facts: facts(Subject::Transaction),
    }
}

fn spec(fact: &Fact) -> FactSpec {
    let kind = match &fact.ty {
        FactType::YesNo => FactKind::YesNo,
        FactType::Number => FactKind::Number,
        FactType::Country => FactKind::Country,
        FactType::Text => FactKind::Text,
        FactType::Words => FactKind::Words,
        FactType::OneOf(words) => FactKind::OneOf(words.clone()),
    };
    let ask = fact.ask.clone().unwrap_or_default();
    FactSpec { kind, question_en: ask.en, question_ar: ask.ar.unwrap_or_default() }
}
