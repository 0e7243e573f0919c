//! Pieces of a record that several formats share.

use crate::reading::{Place, Reading};
use crate::text::clean;
use crate::{Address, Name, NameKind, Party, Schema, catalogue, countries};

/// Adds a name unless it is empty or the party bears it already; the first becomes the primary one.
pub(crate) fn add_name(party: &mut Party, text: &str, kind: NameKind) {
    let text = clean(text);
    if text.is_empty() || party.names.iter().any(|name| name.text == text) {
        return;
    }
    let kind = match kind {
        _ if party.names.is_empty() => NameKind::Primary,
        NameKind::Primary => NameKind::Alias,
        kind => kind,
    };
    party.names.push(Name { text, kind, lang: None });
}

/// Adds an address with the country that it ends with, and the country to the party.
pub(crate) fn add_address(party: &mut Party, text: &str) {
    let text = clean(text);
    let text = text.trim_matches(|c: char| matches!(c, ',' | ';' | ' '));
    if text.is_empty() || party.addresses.iter().any(|address| address.text == text) {
        return;
    }
    let country = countries().at_end(text).or_else(|| countries().code(text)).map(str::to_owned);
    if let Some(code) = &country {
        add_country(party, code);
    }
    party.addresses.push(Address { text: text.to_owned(), country });
}

/// Adds a country code, sorted, once.
pub(crate) fn add_country(party: &mut Party, code: &str) {
    if let Err(at) = party.countries.binary_search_by(|known| known.as_str().cmp(code)) {
        party.countries.insert(at, code.to_owned());
    }
}

/// Adds a country given as code or name; one that no table knows is kept in `raw` and warned of.
pub(crate) fn add_country_text(party: &mut Party, text: &str, place: Place, reading: &mut Reading) {
    let text = clean(text);
    if text.is_empty() {
        return;
    }
    match countries().code(&text) {
        Some(code) => add_country(party, code),
        None => {
            reading.warn(
                place,
                format!("\"{text}\" is no country that the tables know; kept in raw[\"country\"]"),
            );
            append_raw(party, "country", &text);
        }
    }
}

/// Keeps a field of the source under its own name; several values of one name stand side by side.
pub(crate) fn append_raw(party: &mut Party, name: &str, value: &str) {
    let value = clean(value);
    if value.is_empty() {
        return;
    }
    let kept = party.raw.entry(name.to_owned()).or_default();
    if kept.is_empty() {
        *kept = value;
    } else if !kept.split("; ").any(|part| part == value) {
        kept.push_str("; ");
        kept.push_str(&value);
    }
}

/// The code of the list that a file calls `name`. A list that nobody knows keeps a code of its own, so that its
/// entries are screened all the same.
pub(crate) fn source_of(name: &str, place: Place, reading: &mut Reading) -> String {
    if let Some(list) = catalogue().by_name(name) {
        return list.source.clone();
    }
    let short = name.rsplit_once('(').and_then(|(_, rest)| rest.split(')').next()).unwrap_or(name);
    let short: String = short.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
    let source =
        format!("us-csl/{}", if short.is_empty() { "UNKNOWN".to_owned() } else { short.to_uppercase() });
    let message =
        format!("\"{}\" is no list of the catalogue; its entries are kept as {source}", clean(name));
    if !reading.warnings.iter().any(|warning| warning.message == message) {
        reading.warn(place, message);
    }
    source
}

/// The kind of a party as OFAC and the CSL name it; entities are companies, bodies and movements alike.
pub(crate) fn schema_of(kind: &str) -> Schema {
    match kind.trim().to_ascii_lowercase().as_str() {
        "individual" => Schema::Person,
        "vessel" => Schema::Vessel,
        "aircraft" => Schema::Airplane,
        "entity" => Schema::Organization,
        _ => Schema::LegalEntity,
    }
}

/// Programme tags of one field: `SDGT; IFSR`, `NPWMD] [IFSR`.
pub(crate) fn programs(text: &str) -> Vec<String> {
    let mut programs: Vec<String> = Vec::new();
    for part in text.split([';', ']', '[']) {
        let part = clean(part);
        if !part.is_empty() && !programs.contains(&part) {
            programs.push(part);
        }
    }
    programs
}
