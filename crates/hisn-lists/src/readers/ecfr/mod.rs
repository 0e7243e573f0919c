//! The official XML of 15 CFR part 744: Entity List (supplement no. 4), Unverified List (no. 6) and Military
//! End-User List (no. 7), the primary source of all three.
//!
//! A row of a table is not an entry. The country stands only in the first row of its group; a row without a
//! requirement goes on with the row above; one cell can list thirteen bodies; and a party with addresses in several
//! countries has a row in each. The reader undoes all of it.

mod body;
mod name;
mod row;

use std::collections::HashMap;

use crate::dates::notices;
use crate::detect::unpack;
use crate::readers::fields::{add_address, add_country, add_name, append_raw};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::snapshot::sha256;
use crate::text::{cosmetic, decode, key};
use crate::xml::{self, Element};
use crate::{Footnote, NameKind, Party, Schema, countries, id};
use body::Body;
use row::Entry;

const FORMAT: &str = "the eCFR XML of 15 CFR part 744";

/// The supplements that hold a list, how the heading names them, and the list's name in the catalogue.
const SUPPLEMENTS: [(&str, &str); 3] = [("No. 4", "EL"), ("No. 6", "UVL"), ("No. 7", "MEU")];

/// Under this name of [`Party::raw`] a reading says how the name was told from the address. `comma` means that only
/// a comma stood between them, and another publication of the name knows better.
pub(crate) const SPLIT: &str = "split";

/// Reads the three lists of part 744.
///
/// # Errors
/// When the bytes are no XML, are a web page, or hold none of the supplements.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode(bytes);
    refuse_non_list(&text)?;
    let document = xml::parse(&text)?;
    let mut appendices = Vec::new();
    document.descendants("DIV9", &mut appendices);
    let mut reading = Reading::default();
    let mut found = false;
    for (number, list) in SUPPLEMENTS {
        let heading = |appendix: &&&Element| {
            appendix.attribute("N").is_some_and(|n| n.contains(number) && n.contains("744"))
        };
        let Some(appendix) = appendices.iter().find(heading) else { continue };
        found = true;
        read_supplement(appendix, list, &mut reading);
    }
    if !found {
        return Err(ReadError::MissingPart {
            part: "Supplement No. 4 to Part 744",
            whole: "title 15, part 744",
        });
    }
    reading.parties = join_countries(reading.parties);
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}

/// SHA-256, in hexadecimal, of the words of a section (`744.22`), put aside what no lawyer would see: while it is the same,
/// a list made by hand from the section stands. `None` when the section is not in the document.
///
/// # Errors
/// When the bytes are no XML.
pub fn section_digest(bytes: &[u8], section: &str) -> Result<Option<String>, ReadError> {
    let unpacked = unpack(bytes)?;
    let text = decode(&unpacked);
    refuse_non_list(&text)?;
    let document = xml::parse(&text)?;
    let mut sections = Vec::new();
    document.descendants("DIV8", &mut sections);
    let found = sections
        .iter()
        .find(|element| element.attribute("N").is_some_and(|n| n.trim_start_matches(['§', ' ']) == section));
    // The notices behind the text name the rules that changed it; a rule that changed another paragraph adds one too.
    Ok(found.map(|section| {
        let words = section.elements().filter(|element| element.name != "CITA").map(Element::text);
        sha256(cosmetic(&words.collect::<Vec<_>>().join(" ")).as_bytes())
    }))
}

fn read_supplement(appendix: &Element, list: &str, reading: &mut Reading) {
    let source = crate::readers::fields::source_of(list, Place::Line(appendix.line), reading);
    for entry in row::entries(appendix, reading) {
        for body in body::bodies(&entry) {
            let party = party(&source, &entry, &body, reading);
            if party.names.is_empty() {
                reading.leave_out(Place::Line(entry.line), "an entry without a name was left out");
            } else {
                reading.parties.push(party);
            }
        }
    }
}

fn party(source: &str, entry: &Entry, body: &Body, reading: &mut Reading) -> Party {
    let place = Place::Line(entry.line);
    let mut party = Party { source: source.to_owned(), schema: Schema::LegalEntity, ..Party::default() };
    add_name(&mut party, &body.name, NameKind::Primary);
    for alias in &body.aliases {
        add_name(&mut party, alias, NameKind::Alias);
    }
    match countries().code(&entry.country) {
        Some(code) => add_country(&mut party, code),
        None => reading.warn(place, format!("\"{}\" is no country that the tables know", entry.country)),
    }
    append_raw(&mut party, "country_heading", &entry.country);
    for address in name::addresses(&body.address) {
        add_address(&mut party, &address);
    }
    for note in &body.see_also {
        append_raw(&mut party, "see_also", note);
        for country in name::countries_of_note(note) {
            add_country(&mut party, &country);
        }
    }
    party.legal_effect = some(&entry.requirement);
    party.review_policy = some(&entry.policy);
    for mark in &entry.footnotes {
        party.footnotes.push(Footnote { mark: mark.clone(), from: None });
    }
    let notices = notices(&entry.citation);
    // The list prints the notice that added the entry and those that amended it; the earliest one listed it.
    let first =
        notices.iter().enumerate().min_by_key(|(at, notice)| (notice.date.is_none(), notice.date, *at));
    if let Some((_, notice)) = first {
        party.citation = Some(notice.citation());
        party.listed_from = notice.date;
        if notice.date.is_none() {
            reading.warn(place, format!("no date beside \"{}\"; the entry stands undated", entry.citation));
        }
    } else {
        reading.warn(place, format!("{} has no Federal Register citation of its own", body.name));
    }
    append_raw(&mut party, "federal_register", &entry.citation);
    append_raw(&mut party, "including", &body.scope);
    if let Some(parent) = &body.part_of {
        append_raw(&mut party, "part_of", parent);
    }
    if let Some(cell) = &body.split_from {
        party.raw.insert(SPLIT.to_owned(), cell.clone());
    }
    party
}

/// Splits name and address anew where another publication of the list spells the name out. Returns whether that
/// changed anything.
pub(crate) fn split_anew(party: &mut Party, known: &str) -> bool {
    let Some((name, address)) = party.raw.get(SPLIT).and_then(|cell| name::split_at_known_name(cell, known))
    else {
        return false;
    };
    let Some(primary) = party.names.first_mut().filter(|primary| primary.text != name) else { return false };
    primary.text = name;
    let (address, _) = name::without_see_also(&address);
    party.addresses.clear();
    for address in name::addresses(&address) {
        add_address(party, &address);
    }
    true
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Makes one party of rows that speak of each other ("See alternate addresses under Pakistan") or that bear one name
/// and one history in several countries.
fn join_countries(parties: Vec<Party>) -> Vec<Party> {
    let mut joined: Vec<Party> = Vec::with_capacity(parties.len());
    let mut by_name: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for party in parties {
        let name = (party.source.clone(), key(party.caption()));
        let known = by_name.entry(name).or_default();
        let twin =
            known.iter().copied().find(|at| joined.get(*at).is_some_and(|other| same_party(other, &party)));
        match twin.and_then(|at| joined.get_mut(at)) {
            Some(other) => join(other, party),
            None => {
                known.push(joined.len());
                joined.push(party);
            }
        }
    }
    joined
}

fn same_party(one: &Party, other: &Party) -> bool {
    if one.raw.get("country_heading") == other.raw.get("country_heading") {
        // Two rows of one name in one country are two entries, unless nothing tells them apart.
        return one.addresses == other.addresses;
    }
    let effect = |party: &Party| {
        (
            cosmetic(party.legal_effect.as_deref().unwrap_or_default()),
            cosmetic(party.review_policy.as_deref().unwrap_or_default()),
        )
    };
    let points = |from: &Party, to: &Party| {
        from.raw.contains_key("see_also")
            && to.countries.iter().any(|country| from.countries.contains(country))
    };
    effect(one) == effect(other)
        && (points(one, other) || points(other, one) || one.citation == other.citation)
}

fn join(into: &mut Party, other: Party) {
    for name in other.names {
        add_name(into, &name.text, name.kind);
    }
    for address in other.addresses {
        if !into.addresses.contains(&address) {
            into.addresses.push(address);
        }
    }
    for country in &other.countries {
        add_country(into, country);
    }
    for footnote in other.footnotes {
        if !into.footnotes.contains(&footnote) {
            into.footnotes.push(footnote);
        }
    }
    for (name, value) in &other.raw {
        append_raw(into, name, value);
    }
    if other.listed_from.is_some() && (into.listed_from.is_none() || other.listed_from < into.listed_from) {
        into.listed_from = other.listed_from;
        into.citation = other.citation;
    }
}
