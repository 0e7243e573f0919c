//! The consolidated list of persons, groups and entities subject to EU financial sanctions, in the layouts in which the
//! Commission publishes it: XML 1.1 (`export`), the older XML (`WHOLE`), CSV 1.1 and CSV 1.0.
//!
//! Every name, address, birth and number carries the legal act that brought it. The day of an entry is its designation
//! date, or else the earliest day of any of its acts. Dates are European, day first.

mod tables;
mod xml;

use jiff::civil::Date;

use crate::readers::fields::{add_birth, add_identifier, append_raw, source_of};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::{clean, decode, decode_table};
use crate::{Party, Schema, countries, id};

const FORMAT: &str = "the consolidated list of EU financial sanctions";
/// What the catalogue knows the list by.
const LIST: &str = "EU-FSF";

/// Reads the list in XML.
///
/// # Errors
/// When the bytes are no XML, are a web page, or hold neither `export` nor `WHOLE`.
pub fn read_xml(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode(bytes);
    refuse_non_list(&text)?;
    xml::read(&text).and_then(finish)
}

/// Reads the list in CSV.
///
/// # Errors
/// When the bytes are no table, are a web page, or lack the number of the entity.
pub fn read_csv(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode_table(bytes);
    refuse_non_list(&text)?;
    tables::read(&text).and_then(finish)
}

fn finish(mut reading: Reading) -> Result<Reading, ReadError> {
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}

/// An entry with its number and no more.
fn entry(number: &str, kind: &str, place: Place, reading: &mut Reading) -> Party {
    let source = source_of(LIST, place, reading);
    let schema = match kind.to_ascii_lowercase().as_str() {
        "p" | "person" => Schema::Person,
        "e" | "enterprise" => Schema::Organization,
        "vessel" => Schema::Vessel,
        _ => Schema::LegalEntity,
    };
    let number = clean(number);
    let id = if number.is_empty() { String::new() } else { format!("{}-{number}", id::prefix(&source)) };
    Party { id, source, schema, ..Party::default() }
}

/// The names of the parts of a name in one line, where no whole name is given.
fn whole_name(whole: &str, parts: [&str; 3]) -> String {
    if clean(whole).is_empty() { parts.join(" ") } else { whole.to_owned() }
}

/// A birth as it is written: `1957`, `1955 - 1958 (approximative)`, `2.3.1961`.
fn add_birth_text(party: &mut Party, text: &str, place: Place, reading: &mut Reading) {
    let (bare, note) = text.split_once('(').unwrap_or((text, ""));
    let approximate = note.trim_start().to_ascii_lowercase().starts_with("approx");
    let bare = if note.is_empty() || approximate { bare } else { text };
    add_birth(party, &bare.replace(" - ", " to "), approximate, place, reading);
}

/// A number with its kind behind it: `AD001095 (passport-National passport) ((passport))`.
fn add_number_text(party: &mut Party, text: &str, country: &str) {
    let text = clean(text);
    let (value, behind) = text.split_once(" (").unwrap_or((&text, ""));
    let kind = behind.split(')').next().unwrap_or_default();
    let kind = kind.split_once('-').map_or(kind, |(_, words)| words);
    let kind = if kind.is_empty() { "identification" } else { kind };
    add_identifier(party, kind, value, countries().code(country).map(str::to_owned));
    if value != text {
        append_raw(party, "identification", &text);
    }
}

fn add_program(party: &mut Party, program: &str) {
    let program = clean(program);
    if !program.is_empty() && !party.programs.contains(&program) {
        party.programs.push(program);
    }
}

/// Takes a day over if it is earlier than the one that is known.
fn listed_by(party: &mut Party, day: Option<Date>) {
    party.listed_from = match (party.listed_from, day) {
        (Some(known), Some(day)) => Some(known.min(day)),
        (known, day) => known.or(day),
    };
}
