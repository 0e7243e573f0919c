//! The Swiss list of SECO in XML (`swiss-sanctions-list`).
//!
//! The whole list keeps the targets that are listed no more; the latest `modification` says so, and such an entry ends
//! with the day before. Every modification repeats whole targets as they were before and after: those are history and no
//! entries. Places stand apart, named by number.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::dates::date;
use crate::readers::fields::{
    add_address_parts, add_birth, add_country, add_country_text, add_identifier, add_name, append_raw,
    source_of,
};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::{clean, decode};
use crate::xml::{self, Element};
use crate::{NameKind, Party, Schema, countries, id};

const FORMAT: &str = "the Swiss list of sanctions (SECO)";
/// What the catalogue knows the list by.
const LIST: &str = "CH-SECO";
/// Combinations of spellings of one name are cut here; the list itself gives a handful.
const SPELLINGS: usize = 40;

/// Reads the list.
///
/// # Errors
/// When the bytes are no XML, are a web page, or hold no `swiss-sanctions-list`.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode(bytes);
    refuse_non_list(&text)?;
    let document = xml::parse(&text)?;
    let missing = ReadError::MissingPart { part: "swiss-sanctions-list", whole: FORMAT };
    let list = document.child("swiss-sanctions-list").ok_or(missing)?;
    let mut reading = Reading { dated: list.attribute("date").and_then(date), ..Reading::default() };
    let known = Known::of(list);
    for target in list.all("target") {
        let place = Place::Line(target.line);
        match party(target, &known, place, &mut reading) {
            Some(party) => reading.parties.push(party),
            None => reading.leave_out(place, "a target without a name was left out"),
        }
    }
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}

/// What targets name by number.
struct Known<'a> {
    places: HashMap<&'a str, &'a Element>,
    /// Programme and its set of measures, by the number of the set.
    sets: HashMap<&'a str, String>,
}

impl<'a> Known<'a> {
    fn of(list: &'a Element) -> Self {
        let numbered = |element: &'a Element| Some((element.attribute("ssid")?, element));
        let places = list.all("place").filter_map(numbered).collect();
        let mut sets = HashMap::new();
        for program in list.all("sanctions-program") {
            let key = in_english(program, "program-key");
            for set in program.all("sanctions-set") {
                if let Some(number) = set.attribute("ssid") {
                    sets.entry(number).or_insert_with(|| key.clone());
                }
            }
        }
        Self { places, sets }
    }
}

fn in_english(program: &Element, name: &str) -> String {
    let english = program.all(name).find(|key| key.attribute("lang") == Some("eng"));
    english.or_else(|| program.child(name)).map(Element::text).unwrap_or_default()
}

fn party(target: &Element, known: &Known<'_>, place: Place, reading: &mut Reading) -> Option<Party> {
    let kinds =
        [("individual", Schema::Person), ("entity", Schema::Organization), ("object", Schema::LegalEntity)];
    let (body, schema) = kinds.iter().find_map(|(name, schema)| Some((target.child(name)?, *schema)))?;
    let schema = match body.attribute("object-type") {
        Some("vessel") => Schema::Vessel,
        Some("aircraft") => Schema::Airplane,
        _ => schema,
    };
    let source = source_of(LIST, place, reading);
    let number = target.attribute("ssid").unwrap_or_default();
    let id = if number.is_empty() { String::new() } else { format!("{}-{number}", id::prefix(&source)) };
    let mut party = Party { id, source, schema, ..Party::default() };
    let (mains, others): (Vec<&Element>, Vec<&Element>) =
        body.all("identity").partition(|identity| identity.attribute("main") == Some("true"));
    for identity in mains.into_iter().chain(others) {
        read_identity(&mut party, identity, known, place, reading);
    }
    party.names.first()?;
    let numbers = target.all("sanctions-set-id").map(Element::text);
    for set in numbers.chain(target.attribute("sanctions-set-id").map(str::to_owned)) {
        if let Some(program) =
            known.sets.get(set.as_str()).filter(|program| !party.programs.contains(program))
        {
            party.programs.push(program.clone());
        }
    }
    read_modifications(&mut party, target);
    for identifier in target.all("foreign-identifier") {
        append_raw(&mut party, "foreign_identifier", &identifier.text());
    }
    for name in ["justification", "other-information", "relation"] {
        for element in body.all(name) {
            append_raw(&mut party, name, &element.text());
        }
    }
    append_raw(&mut party, "sex", body.attribute("sex").unwrap_or_default());
    Some(party)
}

/// The first day from the earliest listing; the last one from the latest modification, where that is the end.
fn read_modifications(party: &mut Party, target: &Element) {
    let day = |modification: &Element| -> Option<Date> {
        let days = ["effective-date", "enactment-date", "publication-date"];
        days.iter().find_map(|name| modification.attribute(name).and_then(date))
    };
    let kind =
        |modification: &Element| modification.attribute("modification-type").unwrap_or_default().to_owned();
    let listed = target.all("modification").filter(|change| kind(change) == "listed").filter_map(day);
    party.listed_from = listed.min();
    // Of two on one day the one that stands first is the later.
    let mut latest: Option<(Option<Date>, String)> = None;
    for change in target.all("modification") {
        let this = (day(change), kind(change));
        if latest.as_ref().is_none_or(|(known, _)| this.0 > *known) {
            latest = Some(this);
        }
    }
    if let Some((Some(end), kind)) = latest
        && kind == "de-listed"
    {
        party.listed_to = end.yesterday().ok();
    }
}

fn read_identity(
    party: &mut Party,
    identity: &Element,
    known: &Known<'_>,
    place: Place,
    reading: &mut Reading,
) {
    for name in identity.all("name") {
        let kind = match (name.attribute("quality"), name.attribute("name-type")) {
            (Some("low"), _) => NameKind::Weak,
            (_, Some("primary-name")) => NameKind::Primary,
            _ => NameKind::Alias,
        };
        spellings(name).iter().for_each(|name| add_name(party, name, kind));
    }
    for birth in identity.all("day-month-year") {
        let part = |name: &str| birth.attribute(name).and_then(|part| part.parse::<u16>().ok());
        let text = match (part("year"), part("month"), part("day")) {
            (Some(year), Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(year), Some(month), None) => format!("{year:04}-{month:02}"),
            (Some(year), ..) => format!("{year:04}"),
            (None, ..) => {
                append_raw(party, "birth_date", &birth.text());
                continue;
            }
        };
        let approximate =
            birth.attribute("quality").is_some_and(|quality| quality == "circa" || quality == "approximate");
        add_birth(party, &text, approximate, place, reading);
    }
    for nationality in identity.all("nationality").flat_map(|nationality| nationality.all("country")) {
        read_country(party, nationality, place, reading);
    }
    for birth in identity.all("place-of-birth") {
        let at = birth.attribute("place-id").and_then(|id| known.places.get(id));
        append_raw(party, "place_of_birth", &at.map(|at| place_parts(at).join(", ")).unwrap_or_default());
    }
    for address in identity.all("address") {
        let at = address.attribute("place-id").and_then(|id| known.places.get(id));
        let fields =
            ["address-details", "c-o", "p-o-box", "zip-code", "remark"].map(|name| address.text_of(name));
        let parts = at.map(|at| place_parts(at)).unwrap_or_default();
        let country = at.and_then(|at| at.child("country")).map(country_of).unwrap_or_default();
        let line: Vec<&str> =
            fields.iter().chain(&parts).map(String::as_str).filter(|part| *part != country).collect();
        add_address_parts(party, &line, &country);
    }
    for document in identity.all("identification-document") {
        let kind =
            document.attribute("document-type").or_else(|| document.attribute("type")).unwrap_or("document");
        let issuer = document.child("issuer").map(country_of).unwrap_or_default();
        let country = countries().code(&issuer).map(str::to_owned);
        add_identifier(party, kind, &document.text_of("number"), country);
        append_raw(party, "document_remark", &document.text_of("remark"));
    }
}

fn read_country(party: &mut Party, country: &Element, place: Place, reading: &mut Reading) {
    match country.attribute("iso-code").and_then(|code| countries().code(code)) {
        Some(code) => add_country(party, code),
        None => add_country_text(party, &country.text(), place, reading),
    }
}

/// A country by its name, or by its code where the tables do not know the name.
fn country_of(element: &Element) -> String {
    let name = element.text();
    let code = element.attribute("iso-code").or_else(|| element.attribute("code"));
    match code {
        Some(code) if countries().code(&name).is_none() => code.to_owned(),
        _ => name,
    }
}

fn place_parts(place: &Element) -> Vec<String> {
    let parts = ["location", "area", "country"].map(|name| place.text_of(name));
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

/// A name in every spelling that the list gives: the parts as they stand, each spelling of one part with the others as
/// they stand where the script is the same, and the spellings of all parts together in each other script.
fn spellings(name: &Element) -> Vec<String> {
    let mut parts: Vec<Part> = name.all("name-part").map(Part::of).collect();
    // Given names go before the name of the family, as the other lists write them.
    parts.sort_by_key(|part| (part.rank, part.order));
    let join = |words: Vec<&str>| clean(&words.join(" "));
    let mut found = vec![join(parts.iter().map(|part| part.value.as_str()).collect())];
    for (at, part) in parts.iter().enumerate() {
        for spelling in part.spellings.get("latn").into_iter().flatten() {
            let words = parts.iter().enumerate();
            found.push(join(
                words
                    .map(|(other, part)| if other == at { spelling } else { &part.value })
                    .map(String::as_str)
                    .collect(),
            ));
        }
    }
    let mut scripts: Vec<&String> =
        parts.iter().flat_map(|part| part.spellings.keys()).filter(|key| *key != "latn").collect();
    scripts.sort();
    scripts.dedup();
    for script in scripts {
        let count = parts
            .iter()
            .filter_map(|part| part.spellings.get(script))
            .map(Vec::len)
            .max()
            .unwrap_or_default();
        for at in 0..count {
            let words = parts.iter().filter_map(|part| {
                let spellings = part.spellings.get(script)?;
                spellings.get(at).or_else(|| spellings.last()).map(String::as_str)
            });
            found.push(join(words.collect()));
        }
    }
    found.retain(|name| !name.is_empty());
    found.truncate(SPELLINGS);
    found
}

struct Part {
    rank: u8,
    order: u32,
    value: String,
    /// By script, in small letters.
    spellings: BTreeMap<String, Vec<String>>,
}

impl Part {
    fn of(element: &Element) -> Self {
        let mut spellings: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for spelling in element.all("spelling-variant") {
            let script = spelling.attribute("script").unwrap_or("latn").to_lowercase();
            spellings.entry(script).or_default().push(spelling.text());
        }
        let rank = match element.attribute("name-part-type") {
            Some("given-name" | "further-given-name") => 0,
            Some("father-name" | "grand-father-name") => 1,
            Some("suffix") => 3,
            _ => 2,
        };
        let order = element.attribute("order").and_then(|order| order.parse().ok()).unwrap_or(u32::MAX);
        Self { rank, order, value: element.text_of("value"), spellings }
    }
}
