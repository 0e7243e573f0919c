//! Where lists are published, from `data/lists/publications.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

static PUBLICATIONS: &str = include_str!("../../../data/lists/publications.toml");

/// Files that a publisher renews together, and the lists that are taken from them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// Its name on the command line.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The lists that are taken from it.
    pub lists: Vec<String>,
    /// Its files.
    pub file: Vec<PublishedFile>,
    /// Fetched only when it is named.
    #[serde(default)]
    pub optional: bool,
    /// Where the publisher says for which day its files are complete.
    #[serde(default)]
    pub dated_by: Option<DatedBy>,
    /// Lists that stand while a section of the files reads the same.
    #[serde(default)]
    pub confirms: Vec<Confirmed>,
}

/// A file at its publisher.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedFile {
    /// Its name on the disk.
    pub name: String,
    /// Its address; `{date}` stands for the day of [`Publication::dated_by`].
    pub url: String,
}

/// A JSON document that tells the day: in the array `array` the object whose `key` is `is` tells it under `value`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedBy {
    /// The document's address.
    pub url: String,
    /// The array in it.
    pub array: String,
    /// The field by which the object is known.
    pub key: String,
    /// What that field says.
    pub is: i64,
    /// The field that tells the day.
    pub value: String,
}

/// A list made by hand from a section of the law.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmed {
    /// The list.
    pub list: String,
    /// The section: `744.22`.
    pub section: String,
    /// SHA-256 of the section's words, as [`crate::readers::ecfr::section_digest`] gives it.
    pub sha256: String,
}

/// Reads a table of publications.
///
/// # Errors
/// When the text is no TOML of that shape; the error names the line.
pub fn read_publications(text: &str) -> Result<Vec<Publication>, toml::de::Error> {
    #[derive(Deserialize)]
    struct File {
        publication: Vec<Publication>,
    }
    toml::from_str::<File>(text).map(|file| file.publication)
}

/// The publications that the program knows.
///
/// ```
/// let un = hisn_lists::publications().iter().find(|publication| publication.id == "un-sc").unwrap();
/// assert_eq!(un.lists, ["un/SC"]);
/// ```
pub fn publications() -> &'static [Publication] {
    static READ: OnceLock<Vec<Publication>> = OnceLock::new();
    // INVARIANT: the file is part of the binary and `tests::the_table_is_sound` reads it.
    READ.get_or_init(|| read_publications(PUBLICATIONS).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalogue;

    #[test]
    fn the_table_is_sound() {
        let publications = read_publications(PUBLICATIONS).unwrap();
        let mut ids = BTreeSet::new();
        let mut lists = BTreeSet::new();
        for publication in &publications {
            assert!(ids.insert(&publication.id), "{} twice", publication.id);
            for list in
                publication.lists.iter().chain(publication.confirms.iter().map(|confirmed| &confirmed.list))
            {
                assert!(lists.insert(list), "{list} is taken from two publications");
                assert!(catalogue().by_source(list).is_some(), "{list} is not in the catalogue");
            }
            for file in &publication.file {
                assert!(file.url.starts_with("https://"), "{}", file.url);
                assert_eq!(file.url.contains("{date}"), publication.dated_by.is_some());
            }
        }
        for list in catalogue().lists() {
            assert!(lists.contains(&list.source), "nothing renews {}", list.source);
        }
    }
}
