//! What changed between two states of the lists, with changes that mean something told from changes of printing.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::Party;
use crate::readers::ecfr;
use crate::text::cosmetic;

/// The differences, list by list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListDiff {
    /// Every list that stands on either side, by source.
    pub lists: Vec<ListChange>,
}

/// The differences of one list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListChange {
    /// The list: `us-csl/EL`.
    pub source: String,
    /// Entries before.
    pub before: usize,
    /// Entries after.
    pub after: usize,
    /// Entries that are new.
    pub added: Vec<Entry>,
    /// Entries that are gone.
    pub removed: Vec<Entry>,
    /// Entries that changed.
    pub changed: Vec<Change>,
}

/// An entry, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its primary name.
    pub caption: String,
}

/// What changed in an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The entry.
    #[serde(flatten)]
    pub entry: Entry,
    /// Whether nothing changed but the printing: a full stop, case, white space.
    pub cosmetic: bool,
    /// The fields that changed.
    pub fields: Vec<FieldChange>,
}

/// What changed in a field. A field of several values lists those that are gone and those that are new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The field of the record; `raw.` and a name for fields of the source.
    pub field: String,
    /// Values that are gone.
    pub before: Vec<String>,
    /// Values that are new.
    pub after: Vec<String>,
    /// Whether nothing changed but the printing.
    pub cosmetic: bool,
}

impl ListDiff {
    /// Whether anything changed but the printing.
    pub fn is_real(&self) -> bool {
        self.lists.iter().any(|list| {
            !list.added.is_empty()
                || !list.removed.is_empty()
                || list.changed.iter().any(|change| !change.cosmetic)
        })
    }
}

/// Compares two states of the lists. Entries are the same when their list and their id are.
///
/// ```
/// use hisn_lists::{Name, Party, diff};
///
/// let party = |policy: &str| Party {
///     id: "us-el-x".into(),
///     source: "us-csl/EL".into(),
///     names: vec![Name { text: "X".into(), ..Name::default() }],
///     review_policy: Some(policy.into()),
///     ..Party::default()
/// };
/// let reprinted = diff(&[party("Presumption of denial.")], &[party("Presumption of denial")]);
/// assert!(reprinted.lists[0].changed[0].cosmetic && !reprinted.is_real());
/// let eased = diff(&[party("Presumption of denial")], &[party("Case-by-case review")]);
/// assert!(eased.is_real());
/// ```
pub fn diff(old: &[Party], new: &[Party]) -> ListDiff {
    let (old, new) = (by_source(old), by_source(new));
    let mut sources: Vec<&str> = old.keys().chain(new.keys()).copied().collect();
    sources.sort_unstable();
    sources.dedup();
    let nothing = BTreeMap::new();
    let lists = sources.into_iter().map(|source| {
        let (old, new) = (old.get(source).unwrap_or(&nothing), new.get(source).unwrap_or(&nothing));
        let missing_in = |there: &BTreeMap<&str, &Party>, here: &BTreeMap<&str, &Party>| {
            here.iter().filter(|(id, _)| !there.contains_key(*id)).map(|(_, party)| entry(party)).collect()
        };
        let both = old.iter().filter_map(|(id, before)| Some((*before, *new.get(id)?)));
        ListChange {
            source: source.to_owned(),
            before: old.len(),
            after: new.len(),
            added: missing_in(old, new),
            removed: missing_in(new, old),
            changed: both.filter_map(|(before, after)| change(before, after)).collect(),
        }
    });
    ListDiff { lists: lists.collect() }
}

fn by_source(parties: &[Party]) -> BTreeMap<&str, BTreeMap<&str, &Party>> {
    let mut lists: BTreeMap<&str, BTreeMap<&str, &Party>> = BTreeMap::new();
    for party in parties {
        lists.entry(&party.source).or_default().insert(&party.id, party);
    }
    lists
}

fn entry(party: &Party) -> Entry {
    Entry { id: party.id.clone(), caption: party.caption().to_owned() }
}

fn change(before: &Party, after: &Party) -> Option<Change> {
    if before == after {
        return None;
    }
    let (before_fields, after_fields) = (fields(before), fields(after));
    let mut names: Vec<&String> = before_fields.keys().chain(after_fields.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let nothing = Vec::new();
    let changed = names.into_iter().filter_map(|name| {
        let (before, after) =
            (before_fields.get(name).unwrap_or(&nothing), after_fields.get(name).unwrap_or(&nothing));
        field_change(name, before, after)
    });
    let fields: Vec<FieldChange> = changed.collect();
    // The order of values says nothing; a record that differs in it alone did not change.
    (!fields.is_empty()).then(|| Change {
        entry: entry(after),
        cosmetic: fields.iter().all(|field| field.cosmetic),
        fields,
    })
}

fn field_change(field: &str, before: &[String], after: &[String]) -> Option<FieldChange> {
    let only_in = |here: &[String], there: &[String]| -> Vec<String> {
        here.iter().filter(|value| !there.contains(value)).cloned().collect()
    };
    let (gone, new) = (only_in(before, after), only_in(after, before));
    if gone.is_empty() && new.is_empty() {
        return None;
    }
    let printed = |values: &[String]| {
        let mut values: Vec<String> = values.iter().map(|value| cosmetic(value)).collect();
        values.sort();
        values.dedup();
        values
    };
    let cosmetic = printed(before) == printed(after);
    Some(FieldChange { field: field.to_owned(), before: gone, after: new, cosmetic })
}

/// The fields of a record as texts.
fn fields(party: &Party) -> BTreeMap<String, Vec<String>> {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).into_iter().collect::<Vec<_>>();
    let text = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
    let country = |code: &Option<String>| code.as_ref().map(|code| format!(" [{code}]")).unwrap_or_default();
    let named: [(&str, Vec<String>); 14] = [
        ("also_in", party.also_in.clone()),
        ("schema", vec![format!("{:?}", party.schema)]),
        ("names", party.names.iter().map(|name| format!("{} [{:?}]", name.text, name.kind)).collect()),
        (
            "addresses",
            party.addresses.iter().map(|at| format!("{}{}", at.text, country(&at.country))).collect(),
        ),
        ("countries", party.countries.clone()),
        ("birth_dates", party.birth_dates.clone()),
        (
            "identifiers",
            party
                .identifiers
                .iter()
                .map(|id| format!("{} {}{}", id.kind, id.value, country(&id.country)))
                .collect(),
        ),
        ("programs", party.programs.clone()),
        ("legal_effect", text(&party.legal_effect)),
        ("review_policy", text(&party.review_policy)),
        ("citation", text(&party.citation)),
        (
            "footnotes",
            party
                .footnotes
                .iter()
                .map(|note| {
                    format!(
                        "{}{}",
                        note.mark,
                        note.from.map(|day| format!(" from {day}")).unwrap_or_default()
                    )
                })
                .collect(),
        ),
        ("listed_from", day(party.listed_from)),
        ("listed_to", day(party.listed_to)),
    ];
    // What a reader notes for the merging of publications is no part of the entry.
    let kept = party.raw.iter().filter(|(name, _)| *name != ecfr::SPLIT);
    let raw = kept.map(|(name, value)| (format!("raw.{name}"), vec![value.clone()]));
    named.into_iter().map(|(name, values)| (name.to_owned(), values)).chain(raw).collect()
}
