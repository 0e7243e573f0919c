//! The US Consolidated Screening List in JSON: `{"results": […]}` as trade.gov publishes it, a bare array of the same
//! records, or one record a line with a few fields only.

use serde_json::{Map, Value};

use crate::dates::{birth_date, date};
use crate::readers::csl_csv::{finish, values};
use crate::readers::fields::{
    add_address, add_country, add_country_text, add_name, append_raw, programs, schema_of, source_of,
};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::{clean, decode};
use crate::{Identifier, NameKind, Party, countries, id};

const FORMAT: &str = "the Consolidated Screening List in JSON";

/// Fields that have a place of their own in a record; the others go into [`Party::raw`].
///
/// The address of the whole list is the same in every record and stands in the catalogue.
const READ: [&str; 20] = [
    "source_list_url",
    "source_information_url",
    "id",
    "_id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "license_requirement",
    "license_policy",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "ids",
];

/// Reads the list in any of its JSON shapes.
///
/// # Errors
/// When the bytes are empty, a web page, or no JSON of that shape.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode(bytes);
    refuse_non_list(&text)?;
    let mut reading = Reading::default();
    let text = text.trim();
    let whole = text.starts_with('[')
        || text.lines().next().is_some_and(|line| line.contains("\"results\"") || line.trim() == "{");
    if whole {
        let document: Value = serde_json::from_str(text).map_err(|error| json_error(&error, 0))?;
        let records = match &document {
            Value::Array(records) => records,
            Value::Object(fields) => match fields.get("results") {
                Some(Value::Array(records)) => records,
                _ => {
                    return Err(ReadError::MissingPart { part: "results", whole: "the published JSON file" });
                }
            },
            _ => return Err(ReadError::NoEntries { format: FORMAT }),
        };
        for (at, record) in records.iter().enumerate() {
            add(record, Place::Row(at as u64 + 1), &mut reading);
        }
    } else {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let record: Value = serde_json::from_str(line).map_err(|error| json_error(&error, at))?;
            add(&record, Place::Line(at as u64 + 1), &mut reading);
        }
    }
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}

fn json_error(error: &serde_json::Error, lines_before: usize) -> ReadError {
    ReadError::Json { line: lines_before + error.line(), column: error.column(), message: error.to_string() }
}

fn add(record: &Value, place: Place, reading: &mut Reading) {
    let party = record.as_object().and_then(|fields| party(fields, place, reading));
    match party {
        Some(party) => reading.parties.push(party),
        None => reading.leave_out(place, "a record without a name or a source was left out"),
    }
}

fn party(fields: &Map<String, Value>, place: Place, reading: &mut Reading) -> Option<Party> {
    let one = |name: &str| fields.get(name).map(text_of).unwrap_or_default();
    let many = |name: &str| fields.get(name).map(texts_of).unwrap_or_default();
    if one("source").is_empty() {
        return None;
    }
    let mut party = Party {
        source: source_of(&one("source"), place, reading),
        schema: schema_of(&one("type")),
        ..Party::default()
    };
    add_name(&mut party, &one("name"), NameKind::Primary);
    party.names.first()?;
    // Some elements hold several names.
    for alias in many("alt_names").iter().flat_map(|text| values(text)) {
        add_name(&mut party, &alias, NameKind::Alias);
    }
    if let Some(Value::Array(addresses)) = fields.get("addresses") {
        for address in addresses {
            add_structured_address(&mut party, address);
        }
    } else {
        many("addresses").iter().for_each(|address| add_address(&mut party, address));
    }
    for name in ["countries", "nationalities", "citizenships"] {
        for country in many(name) {
            add_country_text(&mut party, &country, place, reading);
        }
    }
    for birth in many("dates_of_birth") {
        match birth_date(&birth) {
            Some(date) => party.birth_dates.push(date),
            None => append_raw(&mut party, "dates_of_birth", &birth),
        }
    }
    if let Some(Value::Array(ids)) = fields.get("ids") {
        party.identifiers = ids.iter().filter_map(identifier).collect();
    }
    party.programs = many("programs").iter().flat_map(|text| programs(text)).collect();
    finish(
        &mut party,
        &one("entity_number"),
        &one("federal_register_notice"),
        &one("license_requirement"),
        &one("license_policy"),
    );
    if let Some(day) = date(&one("start_date")) {
        party.listed_from = Some(day);
    }
    party.listed_to = date(&one("end_date"));
    for (name, value) in
        fields.iter().filter(|(name, _)| !READ.contains(&name.as_str()) && *name != "countries")
    {
        append_raw(&mut party, name, &text_of(value));
    }
    Some(party)
}

/// `{"address": …, "city": …, "state": …, "postal_code": …, "country": "IR"}`
fn add_structured_address(party: &mut Party, address: &Value) {
    let Value::Object(parts) = address else { return add_address(party, &text_of(address)) };
    let line: Vec<String> = ["address", "city", "state", "postal_code", "country"]
        .iter()
        .filter_map(|part| parts.get(*part).map(text_of))
        .filter(|part| !part.is_empty())
        .collect();
    add_address(party, &line.join(", "));
    let country = parts.get("country").map(text_of).unwrap_or_default();
    if let Some(code) = countries().code(&country) {
        add_country(party, code);
    }
}

/// `{"type": "Passport", "number": "A1", "country": "IR", …}`
fn identifier(value: &Value) -> Option<Identifier> {
    let fields = value.as_object()?;
    let get = |name: &str| fields.get(name).map(text_of).unwrap_or_default();
    let country = countries().code(&get("country")).map(str::to_owned);
    let (kind, value) = (get("type"), get("number"));
    (!value.is_empty()).then_some(Identifier { kind, value, country })
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => clean(text),
        Value::Array(values) => {
            values.iter().map(text_of).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

fn texts_of(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(text_of).filter(|text| !text.is_empty()).collect(),
        Value::String(text) => values(text),
        _ => Vec::new(),
    }
}
