//! The Consolidated List of the United Nations Security Council, in its published XML.

use crate::dates::{birth_date, date};
use crate::readers::fields::{
    add_address_parts, add_country_text, add_name, append_raw, is_filler, source_of,
};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::decode;
use crate::xml::{self, Element};
use crate::{Identifier, Name, NameKind, Party, Schema, countries, id};

const FORMAT: &str = "the UN consolidated list";

/// Reads the list.
///
/// # Errors
/// When the bytes are no XML, are a web page, or hold no `CONSOLIDATED_LIST`.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode(bytes);
    refuse_non_list(&text)?;
    let document = xml::parse(&text)?;
    let missing = ReadError::MissingPart {
        part: "CONSOLIDATED_LIST",
        whole: "the consolidated list of the Security Council",
    };
    let list = document.child("CONSOLIDATED_LIST").ok_or(missing)?;
    let mut reading = Reading { dated: list.attribute("dateGenerated").and_then(date), ..Reading::default() };
    for (name, schema) in [("INDIVIDUAL", Schema::Person), ("ENTITY", Schema::Organization)] {
        let mut entries = Vec::new();
        list.descendants(name, &mut entries);
        for entry in entries {
            match party(entry, name, schema, &mut reading) {
                Some(party) => reading.parties.push(party),
                None => reading.leave_out(Place::Line(entry.line), "an entry without a name was left out"),
            }
        }
    }
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}

fn party(entry: &Element, kind: &str, schema: Schema, reading: &mut Reading) -> Option<Party> {
    let place = Place::Line(entry.line);
    let list = entry.child("LIST_TYPE").map(|list| list.text_of("VALUE")).unwrap_or_default();
    let mut party = Party {
        source: source_of(if list.is_empty() { "UN List" } else { &list }, place, reading),
        schema,
        ..Party::default()
    };
    let reference = entry.text_of("REFERENCE_NUMBER");
    if !reference.is_empty() {
        let number = reference.to_lowercase().replace('.', "-").replace(' ', "");
        party.id = format!("{}-{number}", id::prefix(&party.source));
    }
    let parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"].map(|part| entry.text_of(part));
    let name = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
    add_name(&mut party, &name, NameKind::Primary);
    party.names.first()?;
    add_name(&mut party, &entry.text_of("NAME_ORIGINAL_SCRIPT"), NameKind::Alias);
    for alias in entry.all(&format!("{kind}_ALIAS")) {
        let weak = alias.text_of("QUALITY").eq_ignore_ascii_case("low");
        let kind = if weak { NameKind::Weak } else { NameKind::Alias };
        // Several aliases share one element at times.
        for name in alias.text_of("ALIAS_NAME").split(';') {
            add_name(&mut party, name, kind);
        }
        append_raw(&mut party, "alias_note", &alias.text_of("NOTE"));
    }
    for address in entry.all(&format!("{kind}_ADDRESS")) {
        add_un_address(&mut party, address);
    }
    for country in entry.all("NATIONALITY").flat_map(|nationality| nationality.all("VALUE")) {
        let country = country.text();
        if !is_filler(&country) {
            add_country_text(&mut party, &country, place, reading);
        }
    }
    for birth in entry.all("INDIVIDUAL_DATE_OF_BIRTH") {
        if let Some(date) = birth_of(birth, place, reading).filter(|date| !party.birth_dates.contains(date)) {
            party.birth_dates.push(date);
        }
        append_raw(&mut party, "birth_note", &birth.text_of("NOTE"));
    }
    for place_of_birth in entry.all("INDIVIDUAL_PLACE_OF_BIRTH") {
        append_raw(
            &mut party,
            "place_of_birth",
            &one_line(place_of_birth, &["CITY", "STATE_PROVINCE", "COUNTRY"]),
        );
    }
    party.identifiers = entry.all("INDIVIDUAL_DOCUMENT").filter_map(identifier).collect();
    let programme = entry.text_of("UN_LIST_TYPE");
    party.programs = Some(programme).filter(|text| !text.is_empty()).into_iter().collect();
    party.listed_from = date(&entry.text_of("LISTED_ON"));
    if party.listed_from.is_none() {
        reading.warn(place, format!("{reference}: LISTED_ON is no date; the entry stands undated"));
    }
    party.citation = Some(reference).filter(|text| !text.is_empty());
    for field in ["DESIGNATION", "TITLE"] {
        for value in entry.all(field).flat_map(|element| element.all("VALUE")) {
            append_raw(&mut party, &field.to_lowercase(), &value.text());
        }
    }
    for (field, name) in [("GENDER", "gender"), ("COMMENTS1", "comments"), ("DATAID", "dataid")] {
        append_raw(&mut party, name, &entry.text_of(field));
    }
    if let Some(updated) = entry.child("LAST_DAY_UPDATED") {
        let last = updated.all("VALUE").map(Element::text).max().unwrap_or_default();
        append_raw(&mut party, "last_updated", &last);
    }
    // A name in its own script is marked by the script it stands in, not by a language the list does not state.
    debug_assert!(party.names.iter().all(|Name { lang, .. }| lang.is_none()));
    Some(party)
}

fn one_line(element: &Element, fields: &[&str]) -> String {
    let parts: Vec<String> =
        fields.iter().map(|field| element.text_of(field)).filter(|part| !is_filler(part)).collect();
    parts.join(", ")
}

fn add_un_address(party: &mut Party, address: &Element) {
    let parts = ["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE"].map(|part| address.text_of(part));
    add_address_parts(party, &parts.each_ref().map(String::as_str), &address.text_of("COUNTRY"));
}

fn birth_of(birth: &Element, place: Place, reading: &mut Reading) -> Option<String> {
    let get = |name: &str| birth.text_of(name);
    let text = match (get("FROM_YEAR"), get("TO_YEAR")) {
        (from, to) if !from.is_empty() && !to.is_empty() => format!("{from}/{to}"),
        _ => [get("DATE"), get("YEAR")].into_iter().find(|text| !text.is_empty())?,
    };
    let Some(read) = birth_date(&text) else {
        reading.warn(place, format!("\"{text}\" is no date of birth that can be read"));
        return None;
    };
    let approximate = get("TYPE_OF_DATE").eq_ignore_ascii_case("approximately") && !read.starts_with('~');
    Some(if approximate { format!("~{read}") } else { read })
}

fn identifier(document: &Element) -> Option<Identifier> {
    let value = document.text_of("NUMBER");
    let kinds = [document.text_of("TYPE_OF_DOCUMENT2"), document.text_of("TYPE_OF_DOCUMENT")];
    let kind = kinds.into_iter().find(|kind| !kind.is_empty()).unwrap_or_default();
    let issuers = [document.text_of("ISSUING_COUNTRY"), document.text_of("COUNTRY_OF_ISSUE")];
    let country = issuers.iter().find_map(|country| countries().code(country)).map(str::to_owned);
    (!value.is_empty()).then_some(Identifier { kind, value, country })
}
