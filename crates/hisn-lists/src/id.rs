//! Ids for the entries of lists that number nothing.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::text::key;
use crate::{Party, catalogue};

/// The longest readable part of an id.
const SLUG_LIMIT: usize = 60;

/// Gives every party without an id one that is made of its list, its name and, where two entries bear one name,
/// its countries. The same list gives the same ids, whatever is added to it elsewhere.
pub(crate) fn assign(parties: &mut [Party]) {
    let open: Vec<usize> =
        parties.iter().enumerate().filter(|(_, p)| p.id.is_empty()).map(|(at, _)| at).collect();
    let plain = |party: &Party| format!("{}-{}", prefix(&party.source), slug(party.caption()));
    let with_countries =
        |party: &Party| format!("{}-{}", plain(party), party.countries.join("-").to_lowercase());
    // From the plainest form to the one that always tells apart.
    rename(parties, &open, plain);
    let clashing = clashes(parties, &open);
    rename(parties, &clashing, with_countries);
    let clashing = clashes(parties, &clashing);
    rename(parties, &clashing, |party| {
        let salt = [party.citation.as_deref().unwrap_or_default(), &addresses(party)].join("|");
        format!("{}-{}", party.id, digest(&salt))
    });
    let mut seen: HashMap<String, usize> = HashMap::new();
    for at in clashes(parties, &clashing) {
        if let Some(party) = parties.get_mut(at) {
            let count = seen.entry(party.id.clone()).or_insert(0);
            *count += 1;
            party.id = format!("{}-{count}", party.id);
        }
    }
}

fn addresses(party: &Party) -> String {
    party.addresses.iter().map(|address| address.text.as_str()).collect::<Vec<_>>().join("|")
}

fn rename(parties: &mut [Party], which: &[usize], id: impl Fn(&Party) -> String) {
    for at in which {
        if let Some(party) = parties.get_mut(*at) {
            party.id = id(party).trim_end_matches('-').to_owned();
        }
    }
}

/// Those of `which` whose id some other party bears too.
fn clashes(parties: &[Party], which: &[usize]) -> Vec<usize> {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for party in parties {
        *count.entry(party.id.as_str()).or_insert(0) += 1;
    }
    let clashing =
        |at: &&usize| parties.get(**at).and_then(|p| count.get(p.id.as_str())).is_some_and(|n| *n > 1);
    which.iter().filter(clashing).copied().collect()
}

/// The start of the ids of a list.
pub(crate) fn prefix(source: &str) -> String {
    let known = catalogue().by_source(source).map(|list| list.id_prefix.clone());
    known.unwrap_or_else(|| source.to_lowercase().replace('/', "-"))
}

/// The name in small ASCII letters, digits and hyphens; what does not fit or has no such letters goes into a digest.
fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .map(key)
        .filter(|word| !word.is_empty())
        .collect();
    let slug = words.join("-");
    let ascii: String = slug.chars().filter(char::is_ascii).take(SLUG_LIMIT).collect();
    if ascii.len() == slug.len() { slug } else { format!("{}-{}", ascii.trim_end_matches('-'), digest(name)) }
}

/// Eight hexadecimal digits that stand for a text.
fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
