//! The lists that Hisn knows, from `data/lists/sources.toml`.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::text::clean;

static SOURCES: &str = include_str!("../../../data/lists/sources.toml");

/// A text in the languages of the house.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Text {
    /// English.
    pub en: String,
    /// Arabic.
    pub ar: String,
}

/// What is known of a list beside its entries.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListInfo {
    /// The code by which a record names its list: `us-csl/EL`.
    pub source: String,
    /// What the list is called.
    pub title: Text,
    /// Who publishes it.
    pub publisher: String,
    /// How it is called inside published files.
    pub names: Vec<String>,
    /// OFAC programme tags that assign an entry of the consolidated file to this list.
    #[serde(default)]
    pub programs: Vec<String>,
    /// OFAC programme tags that do so where none of the first kind stands beside them.
    #[serde(default)]
    pub shared_programs: Vec<String>,
    /// Takes the entries of OFAC's consolidated file that no tag assigns.
    #[serde(default)]
    pub consolidated_rest: bool,
    /// Start of every record's id.
    pub id_prefix: String,
    /// Where a listing has effect: `us`; `*` is everywhere.
    pub jurisdictions: Vec<String>,
    /// A copy older than this many days is too old to rely on.
    pub max_age_days: u32,
    /// What a listing does, in one sentence.
    pub effect: Text,
    /// Where that is written.
    pub citation: String,
    /// Where the list is published.
    pub url: String,
}

/// Every known list.
pub struct Catalogue {
    lists: Vec<ListInfo>,
    by_name: HashMap<String, usize>,
}

/// The lists that the binary knows.
///
/// ```
/// let list = hisn_lists::catalogue().by_source("us-csl/EL").unwrap();
/// assert_eq!(list.title.en, "Entity List");
/// assert_eq!(list.max_age_days, 30);
/// ```
pub fn catalogue() -> &'static Catalogue {
    static READ: OnceLock<Catalogue> = OnceLock::new();
    // INVARIANT: the file is part of the binary and `tests::the_catalogue_is_sound` reads it; the empty catalogue
    // of the other branch is never seen.
    READ.get_or_init(|| Catalogue::read(SOURCES).unwrap_or_else(|_| Catalogue::new(Vec::new())))
}

impl Catalogue {
    fn read(text: &str) -> Result<Self, toml::de::Error> {
        #[derive(Deserialize)]
        struct File {
            list: Vec<ListInfo>,
        }
        toml::from_str::<File>(text).map(|file| Self::new(file.list))
    }

    fn new(lists: Vec<ListInfo>) -> Self {
        let mut by_name = HashMap::new();
        for (at, list) in lists.iter().enumerate() {
            for name in &list.names {
                by_name.insert(name.to_lowercase(), at);
            }
        }
        Self { lists, by_name }
    }

    /// The lists, in the order of the file.
    pub fn lists(&self) -> &[ListInfo] {
        &self.lists
    }

    /// The list of a [`crate::Party::source`].
    pub fn by_source(&self, source: &str) -> Option<&ListInfo> {
        self.lists.iter().find(|list| list.source == source)
    }

    /// The list that a published file calls `name`.
    pub fn by_name(&self, name: &str) -> Option<&ListInfo> {
        self.by_name.get(&clean(name).to_lowercase()).and_then(|at| self.lists.get(*at))
    }

    /// Whether a programme tag tells a list of OFAC's consolidated file.
    pub(crate) fn is_non_sdn_program(&self, program: &str) -> bool {
        let bears = |tags: &[String]| tags.iter().any(|known| known == program);
        self.lists.iter().any(|list| bears(&list.programs) || bears(&list.shared_programs))
    }

    /// The list of an entry of OFAC's consolidated file.
    pub(crate) fn consolidated(&self, programs: &[String]) -> Option<&ListInfo> {
        let bears = |tags: &[String]| programs.iter().any(|program| tags.contains(program));
        let exclusive = self.lists.iter().find(|list| bears(&list.programs));
        exclusive
            .or_else(|| self.lists.iter().find(|list| bears(&list.shared_programs)))
            .or_else(|| self.lists.iter().find(|list| list.consolidated_rest))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_catalogue_is_sound() {
        let read = Catalogue::read(SOURCES).unwrap();
        let mut codes = BTreeSet::new();
        let mut prefixes = BTreeSet::new();
        let mut names = BTreeSet::new();
        for list in read.lists() {
            assert!(codes.insert(&list.source), "{} twice", list.source);
            assert!(prefixes.insert(&list.id_prefix), "{} twice", list.id_prefix);
            for name in &list.names {
                assert!(names.insert(name.to_lowercase()), "{name} names two lists");
            }
            assert!(!list.citation.is_empty() && !list.effect.en.is_empty() && !list.effect.ar.is_empty());
            assert!(!list.jurisdictions.is_empty() && list.max_age_days > 0);
        }
    }
}
