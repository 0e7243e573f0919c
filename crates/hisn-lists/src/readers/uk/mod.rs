//! The two lists of the United Kingdom: the UK Sanctions List of the Foreign, Commonwealth and Development Office (XML
//! and CSV), and the Consolidated List of Financial Sanctions Targets of OFSI (`ConList.csv`).
//!
//! Both write a name in six parts of which the sixth is the surname or the whole name of a body, dates with the day
//! first, and what is not known of a date as `00` or as `dd` and `mm`.

mod tables;
mod xml;

use crate::dates::{date, day_first};
use crate::readers::fields::{
    add_birth, add_country_text, add_identifier, add_name_with_aliases, append_raw, is_filler, nationality,
    source_of,
};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::{clean, decode, decode_table};
use crate::{Name, NameKind, Party, Schema, countries, id};

const LIST_FORMAT: &str = "the UK Sanctions List";
const CONLIST_FORMAT: &str = "the OFSI Consolidated List";

/// Reads the UK Sanctions List in XML.
///
/// # Errors
/// When the bytes are no XML, are a web page, or hold no `Designations`.
pub fn read_list_xml(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode(bytes);
    refuse_non_list(&text)?;
    finish(xml::read(&text)?, LIST_FORMAT)
}

/// Reads the UK Sanctions List in CSV.
///
/// # Errors
/// When the bytes are no table, are a web page, or lack the column of the unique id.
pub fn read_list_csv(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode_table(bytes);
    refuse_non_list(&text)?;
    finish(tables::read(&text, &tables::LIST)?, LIST_FORMAT)
}

/// Reads the OFSI Consolidated List in CSV.
///
/// # Errors
/// When the bytes are no table, are a web page, or lack the column of the group id.
pub fn read_conlist(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode_table(bytes);
    refuse_non_list(&text)?;
    finish(tables::read(&text, &tables::CONLIST)?, CONLIST_FORMAT)
}

fn finish(mut reading: Reading, format: &'static str) -> Result<Reading, ReadError> {
    id::assign(&mut reading.parties);
    reading.or_empty(format)
}

/// An entry with its number and kind and no more.
fn entry(list: &str, number: &str, kind: &str, place: Place, reading: &mut Reading) -> Party {
    let source = source_of(list, place, reading);
    let schema = match kind.to_ascii_lowercase().as_str() {
        "individual" => Schema::Person,
        "entity" => Schema::Organization,
        "ship" => Schema::Vessel,
        _ => Schema::LegalEntity,
    };
    let id = format!("{}-{}", id::prefix(&source), clean(number).to_lowercase());
    Party { id, source, schema, ..Party::default() }
}

/// Whether a name is the one that the entry is called by. Entries are read with these first, wherever they stand.
fn is_primary(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    (kind.starts_with("primary name") && !kind.contains("variation")) || kind == "prime alias"
}

/// Adds a name in its six parts.
fn add_parts(party: &mut Party, parts: [&str; 6], quality: &str) {
    let parts = parts.iter().map(|part| clean(part)).filter(|part| !is_filler(part));
    let name = parts.collect::<Vec<_>>().join(" ");
    let quality = quality.to_ascii_lowercase();
    let weak = quality.contains("low") || quality.contains("weak");
    add_name_with_aliases(party, &name, if weak { NameKind::Weak } else { NameKind::Alias });
}

/// Adds a name in its own script.
fn add_script_name(party: &mut Party, text: &str, language: &str) {
    let text = clean(text);
    if text.is_empty() || party.names.iter().any(|name| name.text == text) {
        return;
    }
    let kind = if party.names.is_empty() { NameKind::Primary } else { NameKind::Alias };
    party.names.push(Name { text, kind, lang: None });
    append_raw(party, "script_language", language);
}

fn add_day(party: &mut Party, text: &str, place: Place, reading: &mut Reading) {
    add_birth(party, &day_first(text), false, place, reading);
}

/// A passport or another number with its story: `R512768 (Afghan). Issued on 14 Feb 1996`. Where the list has the story
/// in a column of its own, that is `story`.
fn add_number(party: &mut Party, kind: &str, text: &str, story: &str) {
    let text = clean(text);
    let cuts = [" (", ". Issued", ", issued", " issued ", ", expires", ". Expired"];
    let end = cuts.iter().filter_map(|cut| text.find(cut)).min().unwrap_or(text.len());
    let (before, behind) = text.split_at_checked(end).unwrap_or((&text, ""));
    let value = bare_number(before);
    let country = [behind, story].iter().find_map(|text| {
        let bracketed = text.split(['(', ')']).find_map(|part| nationality(part.trim()));
        bracketed.or_else(|| countries().at_end(text))
    });
    let country = country.or_else(|| before.split(' ').find_map(nationality));
    add_identifier(party, kind, &value, country.map(str::to_owned));
    append_raw(party, kind, &[text.as_str(), story].join(" "));
}

/// The number in the words around it: `Yemeni passport number 17979`, `Passport No.: 622641887`, `A 0141062`.
fn bare_number(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    let Some(at) = words.iter().position(|word| digits(word) >= 3) else { return text.to_owned() };
    let number = words.get(at).map_or("", |word| word.trim_matches([',', ';', '.', ':']));
    let number = number.rsplit([':']).next().unwrap_or(number);
    let series = at.checked_sub(1).and_then(|before| words.get(before));
    match series.filter(|word| {
        word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_uppercase()) && **word != "NO"
    }) {
        Some(series) => format!("{series} {number}"),
        None => number.to_owned(),
    }
}

/// The country of an address, which may say more: `Italy (Domicile, last known address)`.
fn address_country(text: &str) -> &str {
    text.split(" (").next().unwrap_or(text).trim()
}

fn add_program(party: &mut Party, program: &str) {
    let program = clean(program);
    if !program.is_empty() && !party.programs.contains(&program) {
        party.programs.push(program);
    }
}

fn add_flag(party: &mut Party, flag: &str, place: Place, reading: &mut Reading) {
    if !is_filler(flag) {
        add_country_text(party, address_country(flag), place, reading);
    }
}

fn listed(party: &mut Party, day: &str) {
    let day = date(&day_first(day));
    party.listed_from = match (party.listed_from, day) {
        (Some(known), Some(day)) => Some(known.min(day)),
        (known, day) => known.or(day),
    };
}
