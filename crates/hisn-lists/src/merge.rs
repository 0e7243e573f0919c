//! One party of the two publications of a list.
//!
//! The primary source keeps its words; the other one adds names, countries and what the first leaves out. Where the
//! primary source divides name and address by a comma only, the other one's spelling of the name decides.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::dates::notices;
use crate::readers::ecfr;
use crate::readers::fields::{add_address, add_country, add_name, append_raw};
use crate::text::key;
use crate::{NameKind, Party};

/// Marks between a house and its subordinate body in the names of the second publication.
const PART_MARKS: [&str; 4] =
    ["Subordinate Institution - ", "Affiliated Entity: ", "and subordinate entity ", "facilities: "];

/// Shorter beginnings of names say nothing.
const PREFIX_LENGTH: usize = 12;

/// Merges the entries of a list's second publication into those of its primary source. Entries without a counterpart
/// on either side stay, and say under `only_in` where they stand.
pub(crate) fn merge(mut primary: Vec<Party>, second: Vec<Party>, names: &Publications<'_>) -> Vec<Party> {
    split_by_known_names(&mut primary, &second);
    let index = Index::new(&primary);
    let mut matched = vec![0usize; primary.len()];
    let mut alone: Vec<Party> = Vec::new();
    for party in second {
        match index.find(&primary, &party) {
            Some(at) => {
                if let (Some(into), Some(count)) = (primary.get_mut(at), matched.get_mut(at)) {
                    *count += 1;
                    let publication = if *count == 1 { names.primary } else { names.second };
                    into.also_in.push(publication.to_owned());
                    absorb(into, party);
                }
            }
            None => alone.push(party),
        }
    }
    for (party, count) in primary.iter_mut().zip(&matched) {
        party.raw.remove(ecfr::SPLIT);
        if *count == 0 {
            append_raw(party, crate::build::ONLY_IN, names.primary);
        }
    }
    for mut party in alone {
        append_raw(&mut party, crate::build::ONLY_IN, names.second);
        primary.push(party);
    }
    primary
}

/// What the two publications are called in [`Party::also_in`].
pub(crate) struct Publications<'a> {
    pub(crate) primary: &'a str,
    pub(crate) second: &'a str,
}

/// Where a name runs into an address, takes the longest name of the second publication that the cell starts with.
fn split_by_known_names(primary: &mut [Party], second: &[Party]) {
    let mut known: HashMap<String, Vec<&Party>> = HashMap::new();
    for party in second {
        known.entry(key(party.caption())).or_default().push(party);
    }
    for party in primary.iter_mut() {
        let Some(cell) = party.raw.get(ecfr::SPLIT).map(|cell| key(cell)) else { continue };
        let ends: Vec<usize> = cell.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        for end in ends.into_iter().rev() {
            let Some(candidates) = cell.get(..end).and_then(|start| known.get(start)) else { continue };
            let Some(candidate) = candidates.iter().find(|candidate| share_country(party, candidate)) else {
                continue;
            };
            // The longest known name decides, even where it confirms the split.
            if ecfr::split_anew(party, candidate.caption())
                || key(party.caption()) == key(candidate.caption())
            {
                break;
            }
        }
    }
}

fn share_country(one: &Party, other: &Party) -> bool {
    one.countries.is_empty()
        || other.countries.is_empty()
        || one.countries.iter().any(|code| other.countries.contains(code))
}

struct Index {
    by_name: HashMap<String, Vec<usize>>,
    by_alias: HashMap<String, Vec<usize>>,
    /// Primary names, sorted, for names that begin alike.
    sorted: Vec<(String, usize)>,
}

impl Index {
    fn new(parties: &[Party]) -> Self {
        let mut index = Self { by_name: HashMap::new(), by_alias: HashMap::new(), sorted: Vec::new() };
        for (at, party) in parties.iter().enumerate() {
            let mut names = party.names.iter().map(|name| key(&name.text));
            if let Some(name) = names.next() {
                index.sorted.push((name.clone(), at));
                index.by_name.entry(name).or_default().push(at);
            }
            for alias in names {
                index.by_alias.entry(alias).or_default().push(at);
            }
        }
        index.sorted.sort();
        index
    }

    /// The counterpart of `party`: by its name; by the name of the subordinate body in it; by an alias on either
    /// side; by a name that one publication cut short. Countries must not contradict.
    fn find(&self, parties: &[Party], party: &Party) -> Option<usize> {
        // `Resort Nizhnyaya Oreanda (f.k.a., Federalnoe …)`
        let caption = party.caption();
        let caption = ["(f.k.a", "(a.k.a", ", a.k.a"]
            .iter()
            .find_map(|mark| caption.split_once(mark))
            .map_or(caption, |(name, _)| name);
        let name = key(caption);
        let fits = |at: &usize| parties.get(*at).is_some_and(|other| share_country(other, party));
        let one_of =
            |found: Option<&Vec<usize>>| found.and_then(|all| all.iter().copied().find(|at| fits(at)));
        one_of(self.by_name.get(&name))
            .or_else(|| self.find_part(parties, party))
            .or_else(|| one_of(self.by_alias.get(&name)))
            .or_else(|| {
                let aliases = party
                    .names
                    .iter()
                    .skip(1)
                    .map(|alias| key(&alias.text))
                    .filter(|alias| alias.len() >= PREFIX_LENGTH);
                let same_notice =
                    |at: usize| parties.get(at).filter(|other| same_volume(other, party)).map(|_| at);
                aliases.filter_map(|alias| one_of(self.by_name.get(&alias))).find_map(same_notice)
            })
            .or_else(|| self.find_cut_short(parties, party, &name))
    }

    fn find_part(&self, parties: &[Party], party: &Party) -> Option<usize> {
        let (house, part) = PART_MARKS.iter().find_map(|mark| party.caption().split_once(mark))?;
        let (house, part) = (key(house), key(part));
        let in_house = |at: &&usize| {
            let parent =
                parties.get(**at).and_then(|other| other.raw.get("part_of")).map(|parent| key(parent));
            parent.is_some_and(|parent| house.starts_with(&parent) || parent.starts_with(&house))
        };
        let exact = self.by_name.get(&part).and_then(|all| all.iter().find(in_house)).copied();
        exact.or_else(|| {
            let from = self.sorted.partition_point(|(name, _)| *name < part);
            let near = self.sorted.get(from.saturating_sub(2)..)?.iter().take(4);
            near.filter(|(name, _)| name.starts_with(&part) || part.starts_with(name.as_str()))
                .map(|(_, at)| at)
                .find(in_house)
                .copied()
        })
    }

    fn find_cut_short(&self, parties: &[Party], party: &Party, name: &str) -> Option<usize> {
        if name.chars().count() < PREFIX_LENGTH {
            return None;
        }
        // Names that go on where `name` ends stand right behind it; one that ends earlier stands right before.
        let from = self.sorted.partition_point(|(known, _)| known.as_str() < name);
        let longer = self.sorted.get(from..)?.iter().take_while(|(known, _)| known.starts_with(name));
        let shorter =
            self.sorted.get(..from)?.iter().rev().take(3).filter(|(known, _)| {
                known.chars().count() >= PREFIX_LENGTH && name.starts_with(known.as_str())
            });
        let fits = |at: &usize| {
            parties.get(*at).is_some_and(|other| share_country(other, party) && same_volume(other, party))
        };
        let mut found = longer.chain(shorter).map(|(_, at)| *at).filter(fits);
        let first = found.next()?;
        // Two that fit are none.
        found.next().is_none().then_some(first)
    }
}

/// Whether a notice of the same volume stands in both: pages differ by one or two between the publications.
fn same_volume(one: &Party, other: &Party) -> bool {
    let volumes = |party: &Party| -> Vec<u32> {
        let text = party.raw.get("federal_register").map(String::as_str).unwrap_or_default();
        notices(text).iter().map(|notice| notice.volume).collect()
    };
    let (one, other) = (volumes(one), volumes(other));
    one.is_empty() || other.is_empty() || one.iter().any(|volume| other.contains(volume))
}

/// Adds to a party what another publication of it knows.
fn absorb(into: &mut Party, other: Party) {
    let known: Vec<String> = into.names.iter().map(|name| key(&name.text)).collect();
    for name in other.names.iter().filter(|name| !known.contains(&key(&name.text))) {
        add_name(into, &name.text, NameKind::Alias);
    }
    for country in &other.countries {
        add_country(into, country);
    }
    for address in &other.addresses {
        add_address(into, &address.text);
    }
    into.legal_effect = into.legal_effect.take().or(other.legal_effect);
    into.review_policy = into.review_policy.take().or(other.review_policy);
    if into.citation.is_none() {
        into.citation = other.citation;
        into.listed_from = into.listed_from.or(other.listed_from);
    }
    for (name, value) in &other.raw {
        // Two publications print different pages of one notice; both are kept.
        let name = if name == "federal_register" { "federal_register_csl" } else { name };
        append_raw(into, name, value);
    }
}

/// Adds to an entry what an older or separate file of the same publisher knows of it.
pub(crate) fn enrich(into: &mut Party, from: &Party) {
    for name in &from.names {
        let known = into.names.iter_mut().skip(1).find(|known| key(&known.text) == key(&name.text));
        match known {
            // Only the second file says which aliases are weak.
            Some(known) if name.kind == NameKind::Weak => known.kind = NameKind::Weak,
            _ => {}
        }
    }
    for address in &from.addresses {
        if !into.addresses.contains(address) {
            into.addresses.push(address.clone());
        }
    }
    for country in &from.countries {
        add_country(into, country);
    }
    for birth in &from.birth_dates {
        if !into.birth_dates.contains(birth) {
            into.birth_dates.push(birth.clone());
        }
    }
    for identifier in &from.identifiers {
        if !into.identifiers.contains(identifier) {
            into.identifiers.push(identifier.clone());
        }
    }
    into.listed_from = into.listed_from.or(from.listed_from);
}

/// Makes one party of rows that say the same; each further row is counted in [`Party::also_in`].
pub(crate) fn without_repeats(parties: Vec<Party>) -> Vec<Party> {
    let mut kept: Vec<Party> = Vec::with_capacity(parties.len());
    let mut seen: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for mut party in parties {
        party.id.clear();
        let known = seen.entry((party.source.clone(), key(party.caption()))).or_default();
        let same = |at: &&usize| {
            kept.get(**at).is_some_and(|other| Party { also_in: Vec::new(), ..other.clone() } == party)
        };
        match known.iter().find(same).copied() {
            Some(at) => {
                if let Some(other) = kept.get_mut(at) {
                    other.also_in.push(party.source);
                }
            }
            None => {
                known.push(kept.len());
                kept.push(party);
            }
        }
    }
    kept
}

/// The days of Federal Register pages, learned from the publication that prints both.
#[derive(Default)]
pub(crate) struct Calendar {
    days: Vec<((u32, u32), Date)>,
}

impl Calendar {
    pub(crate) fn learn(parties: &[Party]) -> Self {
        let texts = parties.iter().filter_map(|party| party.raw.get("federal_register"));
        let mut days: Vec<((u32, u32), Date)> = texts
            .flat_map(|text| notices(text))
            .filter_map(|notice| notice.date.map(|date| ((notice.volume, notice.page), date)))
            .collect();
        days.sort();
        days.dedup();
        Self { days }
    }

    /// The day of a page: that of the same page, or of pages before and behind it that are of one day.
    pub(crate) fn day(&self, volume: u32, page: u32) -> Option<Date> {
        let at = self.days.partition_point(|(place, _)| *place < (volume, page));
        let in_volume =
            |entry: Option<&((u32, u32), Date)>| entry.filter(|((v, _), _)| *v == volume).copied();
        let behind = in_volume(self.days.get(at));
        if let Some((place, day)) = behind.filter(|(place, _)| *place == (volume, page)) {
            debug_assert_eq!(place, (volume, page));
            return Some(day);
        }
        let before = in_volume(at.checked_sub(1).and_then(|at| self.days.get(at)));
        match (before, behind) {
            (Some((_, one)), Some((_, other))) if one == other => Some(one),
            // A rule starts a page or three before its first entry.
            (_, Some(((_, first), day))) if first - page <= 3 => Some(day),
            _ => None,
        }
    }

    /// Dates an undated party by its notices.
    pub(crate) fn date(&self, party: &mut Party) {
        if party.listed_from.is_some() {
            return;
        }
        let text = ["federal_register", "federal_register_csl"].iter().find_map(|name| party.raw.get(*name));
        let days = notices(text.map(String::as_str).unwrap_or_default())
            .iter()
            .map(|notice| self.day(notice.volume, notice.page))
            .collect::<Option<Vec<_>>>();
        // One notice without a day could be the earliest; then nothing is known.
        if let Some(first) = days.and_then(|days| days.into_iter().min()) {
            party.listed_from = Some(first);
            append_raw(party, "dated_by", "the day of the same Federal Register pages in 15 CFR part 744");
        }
    }
}
