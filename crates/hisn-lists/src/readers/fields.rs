//! Pieces of a record that several formats share.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::dates::birth_date;
use crate::reading::{Place, Reading};
use crate::text::{clean, one_script};
use crate::{Address, Identifier, Name, NameKind, Party, Schema, catalogue, countries};

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
    let mended = one_script(&text);
    party.names.push(Name { text, kind, lang: None });
    if let Some(mended) = mended {
        add_name(party, &mended, if kind == NameKind::Weak { NameKind::Weak } else { NameKind::Alias });
    }
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

/// Adds an address given in parts, with its country as a code or a name. Fillers such as `na` are no parts.
pub(crate) fn add_address_parts(party: &mut Party, parts: &[&str], country: &str) {
    let code = countries().code(country).map(str::to_owned);
    if let Some(code) = &code {
        add_country(party, code);
    }
    let mut line: Vec<String> = Vec::new();
    for part in parts.iter().copied().chain([country]) {
        let part = clean(part);
        if !is_filler(&part) && line.last() != Some(&part) {
            line.push(part);
        }
    }
    let text = line.join(", ");
    let country = code.or_else(|| countries().at_end(&text).map(str::to_owned));
    if let Some(code) = &country {
        add_country(party, code);
    }
    let address = Address { text, country };
    if !address.text.is_empty() && !party.addresses.contains(&address) {
        party.addresses.push(address);
    }
}

/// Whether a field says that there is nothing to say.
pub(crate) fn is_filler(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "" | "-" | "na" | "n/a" | "unknown" | "00")
}

/// Adds a number once.
pub(crate) fn add_identifier(party: &mut Party, kind: &str, value: &str, country: Option<String>) {
    let (kind, value) = (clean(kind), clean(value));
    if !is_filler(&value) && !party.identifiers.iter().any(|known| known.value == value && known.kind == kind)
    {
        party.identifiers.push(Identifier { kind, value, country });
    }
}

/// Adds a date of birth; one that cannot be read is kept in `raw` and warned of.
pub(crate) fn add_birth(
    party: &mut Party,
    text: &str,
    approximate: bool,
    place: Place,
    reading: &mut Reading,
) {
    if clean(text).is_empty() {
        return;
    }
    let Some(read) = birth_date(text) else {
        reading.warn(
            place,
            format!("\"{}\" is no date of birth that can be read; kept in raw[\"birth_date\"]", clean(text)),
        );
        return append_raw(party, "birth_date", text);
    };
    let read = if approximate && !read.starts_with('~') { format!("~{read}") } else { read };
    if !party.birth_dates.contains(&read) {
        party.birth_dates.push(read);
    }
}

/// Adds the country of a nationality: a country, or the adjective of one. What is neither is kept in `raw`.
pub(crate) fn add_nationality(party: &mut Party, text: &str, place: Place, reading: &mut Reading) {
    let text = clean(text);
    let text = text.trim_end_matches('.');
    let bare =
        text.split(" (").next().unwrap_or(text).trim_end_matches(" citizenship").trim_end_matches(" citizen");
    match nationality(bare) {
        Some(code) => add_country(party, code),
        None if is_filler(bare) => {}
        None => add_country_text(party, text, place, reading),
    }
}

/// The country of an adjective, or of the name of a country.
pub(crate) fn nationality(text: &str) -> Option<&'static str> {
    static TABLE: &str = include_str!("../../../../data/lists/nationalities.csv");
    static READ: OnceLock<HashMap<String, String>> = OnceLock::new();
    let adjectives = READ.get_or_init(|| {
        let rows = csv::Reader::from_reader(TABLE.as_bytes()).into_records().flatten();
        rows.filter_map(|row| Some((row.get(0)?.to_lowercase(), row.get(1)?.to_owned()))).collect()
    });
    countries().code(text).or_else(|| adjectives.get(&text.to_lowercase()).map(String::as_str))
}

/// Adds a name and the aliases that stand inside it: `Example (a.k.a. Other; f.k.a. Third)`.
pub(crate) fn add_name_with_aliases(party: &mut Party, text: &str, kind: NameKind) {
    let mut name = text.to_owned();
    let mut aliases = Vec::new();
    while let Some((before, inside, behind)) = first_parenthesis(&name) {
        let Some(inside) = behind_alias_mark(inside) else { break };
        for part in inside.split(';') {
            aliases.push(
                behind_alias_mark(part).unwrap_or(part).trim_matches([' ', ':', '\'', '"', ',']).to_owned(),
            );
        }
        name = format!("{before} {behind}");
    }
    add_name(party, &name, kind);
    for alias in &aliases {
        add_name(party, alias, if kind == NameKind::Weak { NameKind::Weak } else { NameKind::Alias });
    }
}

/// What stands behind the words that announce an alias.
fn behind_alias_mark(text: &str) -> Option<&str> {
    const MARKS: [&str; 9] = [
        "a.k.a.",
        "a.k.a",
        "aka ",
        "also known as",
        "alias ",
        "f.k.a.",
        "fka ",
        "formerly known as",
        "n.k.a.",
    ];
    let text = text.trim_start_matches([' ', ',', ';']);
    MARKS.iter().find_map(|mark| {
        let head = text.get(..mark.len())?;
        head.eq_ignore_ascii_case(mark).then(|| text.get(mark.len()..)).flatten()
    })
}

fn first_parenthesis(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('(')?;
    let (inside, behind) = rest.split_once(')')?;
    Some((before, inside, behind))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_stand_inside_names() {
        let names = |text: &str| {
            let mut party = Party::default();
            add_name_with_aliases(&mut party, text, NameKind::Primary);
            party.names.into_iter().map(|name| name.text).collect::<Vec<_>>()
        };
        assert_eq!(
            names("Example Bank (a.k.a. Other Bank; f.k.a. 'Third Bank')"),
            ["Example Bank", "Other Bank", "Third Bank"]
        );
        assert_eq!(names("Example (also known as Other) Ltd"), ["Example Ltd", "Other"]);
        assert_eq!(names("Al-Haramain (Indonesia)"), ["Al-Haramain (Indonesia)"], "a place is no alias");
        assert_eq!(names("(a.k.a. Only"), ["(a.k.a. Only"]);
    }

    #[test]
    fn adjectives_of_nations() {
        assert_eq!(
            (nationality("Tunisian"), nationality("yemeni"), nationality("Iraq")),
            (Some("TN"), Some("YE"), Some("IQ"))
        );
        assert_eq!(nationality("Congolese"), None, "of two countries");
        let table = include_str!("../../../../data/lists/nationalities.csv");
        for row in csv::Reader::from_reader(table.as_bytes()).records() {
            let row = row.unwrap();
            assert!(countries().by_code(&row[1]).is_some(), "{row:?}");
        }
    }
}
