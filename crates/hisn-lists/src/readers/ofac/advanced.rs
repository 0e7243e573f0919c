//! The lists in the layout that OFAC calls advanced (`SDN_ADVANCED.XML`, `CONS_ADVANCED.XML`), after the standard of the
//! UN and the Wolfsberg Group: tables of values, places and documents, and parties that name them by number.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::readers::fields::{
    add_address_parts, add_birth, add_country, add_identifier, add_name, append_raw,
};
use crate::readers::ofac::{is_consolidated, list_of};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::decode;
use crate::xml::{self, Element};
use crate::{NameKind, Party, Schema, catalogue, countries, id};

const FORMAT: &str = "OFAC's advanced list in XML";
/// The script in which the list writes the names that it leads with.
const LATIN: &str = "Latin";

/// Reads the list.
///
/// # Errors
/// When the bytes are no XML, are a web page, or hold no `DistinctParties`.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode(bytes);
    refuse_non_list(&text)?;
    let document = xml::parse(&text)?;
    let list =
        document.child("Sanctions").ok_or(ReadError::MissingPart { part: "Sanctions", whole: FORMAT })?;
    let parties = list
        .child("DistinctParties")
        .ok_or(ReadError::MissingPart { part: "DistinctParties", whole: FORMAT })?;
    let known = Known::of(list);
    let dated = list.child("DateOfIssue").and_then(day);
    let mut reading = Reading { dated, ..Reading::default() };
    let consolidated = is_consolidated(known.programs.values().cloned().collect::<Vec<_>>().into_iter());
    for distinct in parties.all("DistinctParty") {
        let place = Place::Line(distinct.line);
        for profile in distinct.all("Profile") {
            let party = party(profile, distinct, &known, consolidated, place, &mut reading);
            if party.names.is_empty() {
                reading.leave_out(place, "a profile without a name was left out");
            } else {
                reading.parties.push(party);
            }
        }
    }
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}

/// What parties name by number.
struct Known<'a> {
    /// The words of each kind of value, by kind and number.
    values: HashMap<(&'a str, &'a str), &'a Element>,
    locations: HashMap<&'a str, &'a Element>,
    /// By the identity that they prove.
    documents: HashMap<&'a str, Vec<&'a Element>>,
    /// By the profile that they list.
    entries: HashMap<&'a str, Vec<&'a Element>>,
    programs: HashMap<&'a str, Vec<String>>,
}

impl<'a> Known<'a> {
    fn of(list: &'a Element) -> Self {
        let mut values = HashMap::new();
        for set in list.all("ReferenceValueSets").flat_map(Element::elements) {
            for value in set.elements() {
                if let Some(number) = value.attribute("ID") {
                    values.insert((value.name.as_str(), number), value);
                }
            }
        }
        let by = |parent: &'a str, name: &'a str, key: &'static str| {
            let mut found: HashMap<&'a str, Vec<&'a Element>> = HashMap::new();
            for element in list.all(parent).flat_map(move |parent| parent.all(name)) {
                found.entry(element.attribute(key).unwrap_or_default()).or_default().push(element);
            }
            found
        };
        let locations = by("Locations", "Location", "ID").into_iter();
        let locations = locations.filter_map(|(number, found)| Some((number, *found.first()?))).collect();
        let entries = by("SanctionsEntries", "SanctionsEntry", "ProfileID");
        let mut known = Self {
            values,
            locations,
            documents: by("IDRegDocuments", "IDRegDocument", "IdentityID"),
            entries,
            programs: HashMap::new(),
        };
        let programs = known.entries.iter().map(|(profile, entries)| (*profile, known.programs_of(entries)));
        known.programs = programs.collect();
        known
    }

    /// The words of a value that an attribute of `element` names.
    fn word(&self, element: &Element, kind: &str, attribute: &str) -> String {
        let number = element.attribute(attribute).unwrap_or_default();
        self.values.get(&(kind, number)).map(|value| value.text()).unwrap_or_default()
    }

    fn country(&self, element: &Element, attribute: &str) -> Option<String> {
        let value = self.values.get(&("Country", element.attribute(attribute)?))?;
        let code = value.attribute("ISO2").and_then(|code| countries().code(code));
        code.or_else(|| countries().code(&value.text())).map(str::to_owned)
    }

    fn programs_of(&self, entries: &[&Element]) -> Vec<String> {
        let mut programs = Vec::new();
        for measure in entries.iter().flat_map(|entry| entry.all("SanctionsMeasure")) {
            let kind = self.word(measure, "SanctionsType", "SanctionsTypeID");
            let program = measure.text_of("Comment");
            if kind == "Program" && !program.is_empty() && !programs.contains(&program) {
                programs.push(program);
            }
        }
        programs
    }
}

fn party(
    profile: &Element,
    distinct: &Element,
    known: &Known<'_>,
    consolidated: bool,
    place: Place,
    reading: &mut Reading,
) -> Party {
    let number = profile.attribute("ID").or_else(|| distinct.attribute("FixedRef")).unwrap_or_default();
    let entries = known.entries.get(number).map(Vec::as_slice).unwrap_or_default();
    let programs = known.programs.get(number).cloned().unwrap_or_default();
    let mut lists: Vec<String> = Vec::new();
    for entry in entries {
        let list = known.word(entry, "List", "ListID");
        let source = match catalogue().by_name(&list) {
            Some(list) => list.source.clone(),
            None => list_of(&programs, consolidated, place, reading),
        };
        if !lists.contains(&source) {
            lists.push(source);
        }
    }
    if lists.is_empty() {
        lists.push(list_of(&programs, consolidated, place, reading));
    }
    let source = lists.remove(0);
    let id = if number.is_empty() { String::new() } else { format!("{}-{number}", id::prefix(&source)) };
    let schema = schema(profile, known);
    let mut party = Party { id, source, also_in: lists, schema, programs, ..Party::default() };
    for identity in profile.all("Identity") {
        read_names(&mut party, identity, known);
        for document in known.documents.get(identity.attribute("ID").unwrap_or("-")).into_iter().flatten() {
            let kind = known.word(document, "IDRegDocType", "IDRegDocTypeID");
            let issuer = known.country(document, "IssuedBy-CountryID");
            add_identifier(&mut party, &kind, &document.text_of("IDRegistrationNo"), issuer);
        }
    }
    for feature in profile.all("Feature") {
        read_feature(&mut party, feature, known, place, reading);
    }
    let days =
        entries.iter().flat_map(|entry| entry.all("EntryEvent")).filter_map(|event| event.child("Date"));
    party.listed_from = days.filter_map(day).min();
    append_raw(&mut party, "remarks", &distinct.text_of("Comment"));
    party
}

fn schema(profile: &Element, known: &Known<'_>) -> Schema {
    let sub = profile.attribute("PartySubTypeID").unwrap_or_default();
    let Some(value) = known.values.get(&("PartySubType", sub)) else { return Schema::LegalEntity };
    match (value.text().as_str(), known.word(value, "PartyType", "PartyTypeID").as_str()) {
        ("Vessel", _) => Schema::Vessel,
        ("Aircraft", _) => Schema::Airplane,
        (_, "Individual") => Schema::Person,
        (_, "Entity") => Schema::Organization,
        _ => Schema::LegalEntity,
    }
}

/// The names of an identity: the primary one first, Latin before other scripts.
fn read_names(party: &mut Party, identity: &Element, known: &Known<'_>) {
    let mut groups: HashMap<&str, String> = HashMap::new();
    let mut found = Vec::new();
    identity.descendants("NamePartGroup", &mut found);
    for group in found {
        if let Some(number) = group.attribute("ID") {
            groups.insert(number, known.word(group, "NamePartType", "NamePartTypeID"));
        }
    }
    let mut names: Vec<(u8, String, NameKind)> = Vec::new();
    for alias in identity.all("Alias") {
        let primary = alias.attribute("Primary") == Some("true");
        let weak = alias.attribute("LowQuality") == Some("true");
        for documented in alias.all("DocumentedName") {
            let (name, latin) = documented_name(documented, &groups, known);
            let kind = match (weak, primary && latin) {
                (true, _) => NameKind::Weak,
                (false, true) => NameKind::Primary,
                (false, false) => NameKind::Alias,
            };
            let rank = match (primary, latin) {
                (true, true) => 0,
                (false, true) => 1,
                (true, false) => 2,
                (false, false) => 3,
            };
            names.push((rank, name, kind));
        }
    }
    names.sort_by_key(|(rank, ..)| *rank);
    names.iter().for_each(|(_, name, kind)| add_name(party, name, *kind));
}

/// A name in one line, `LAST, First Middle` as in the office's other files, and whether it is in Latin letters.
fn documented_name(
    documented: &Element,
    groups: &HashMap<&str, String>,
    known: &Known<'_>,
) -> (String, bool) {
    let mut last = Vec::new();
    let mut others = Vec::new();
    let mut latin = true;
    for part in documented.all("DocumentedNamePart").flat_map(|part| part.all("NamePartValue")) {
        let kind = part.attribute("NamePartGroupID").and_then(|group| groups.get(group));
        let script = known.word(part, "Script", "ScriptID");
        latin &= script.is_empty() || script == LATIN;
        match kind.map(String::as_str) {
            Some("Last Name") => last.push(part.text()),
            _ => others.push(part.text()),
        }
    }
    let (last, others) = (last.join(" "), others.join(" "));
    let name = match (last.is_empty(), others.is_empty(), latin) {
        (false, false, true) => format!("{last}, {others}"),
        (false, false, false) => format!("{last} {others}"),
        (false, true, _) => last,
        (true, ..) => others,
    };
    (name, latin)
}

fn read_feature(
    party: &mut Party,
    feature: &Element,
    known: &Known<'_>,
    place: Place,
    reading: &mut Reading,
) {
    let kind = known.word(feature, "FeatureType", "FeatureTypeID");
    for version in feature.all("FeatureVersion") {
        let details = version.all("VersionDetail").map(|detail| {
            let word = known.word(detail, "DetailReference", "DetailReferenceID");
            if word.is_empty() { detail.text() } else { word }
        });
        let details: Vec<String> = details.filter(|detail| !detail.is_empty()).collect();
        let locations =
            version.all("VersionLocation").filter_map(|at| known.locations.get(at.attribute("LocationID")?));
        let locations: Vec<&Element> = locations.copied().collect();
        for period in version.all("DatePeriod") {
            match (kind.as_str(), period_text(period)) {
                ("Birthdate", Some((text, approximate))) => {
                    add_birth(party, &text, approximate, place, reading)
                }
                (_, Some((text, _))) => append_raw(party, &kind, &text),
                (_, None) => append_raw(party, &kind, &period.text()),
            }
        }
        for location in locations {
            let (parts, country) = location_parts(location, known);
            match kind.as_str() {
                "Location" => {
                    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
                    add_address_parts(party, &parts, &country);
                }
                "Nationality Country" | "Citizenship Country" | "Vessel Flag" => {
                    match countries().code(&country) {
                        Some(code) => add_country(party, code),
                        None => append_raw(party, &kind, &country),
                    }
                }
                _ => {
                    let text = parts.into_iter().chain([country]).filter(|part| !part.is_empty());
                    append_raw(party, &kind, &text.collect::<Vec<_>>().join(", "));
                }
            }
        }
        for detail in details {
            match kind.as_str() {
                "Gender" => append_raw(party, "gender", &detail),
                "Title" => append_raw(party, "title", &detail),
                kind if kind.starts_with("Digital Currency Address")
                    || kind == "SWIFT/BIC"
                    || kind == "BIK (RU)" =>
                {
                    add_identifier(party, kind, &detail, None);
                }
                "Vessel Flag" => {
                    if let Some(code) = countries().code(&detail) {
                        add_country(party, code);
                    }
                    append_raw(party, "vessel_flag", &detail);
                }
                kind => append_raw(party, kind, &detail),
            }
        }
    }
}

/// The parts of a place in the order of the file, and its country by name.
fn location_parts(location: &Element, known: &Known<'_>) -> (Vec<String>, String) {
    let parts = location.all("LocationPart").flat_map(|part| part.all("LocationPartValue"));
    let parts = parts.map(|value| value.text_of("Value")).filter(|part| !part.is_empty()).collect();
    let country =
        location.child("LocationCountry").map(|country| known.word(country, "Country", "CountryID"));
    (parts, country.unwrap_or_default())
}

/// A span of days as a date, a month, a year or a range, and whether it is approximate.
fn period_text(period: &Element) -> Option<(String, bool)> {
    let (start, end) = (period.child("Start")?, period.child("End")?);
    let approximate = [start, end].iter().any(|side| side.attribute("Approximate") == Some("true"));
    let (from, to) =
        (start.child("From").and_then(day)?, end.child("To").or_else(|| end.child("From")).and_then(day)?);
    let whole_month = from.first_of_month() == from && from.last_of_month() == to;
    let whole_year = from.first_of_year() == from && from.last_of_year() == to;
    let text = if from == to {
        from.to_string()
    } else if whole_month {
        format!("{:04}-{:02}", from.year(), from.month())
    } else if whole_year {
        format!("{:04}", from.year())
    } else if from.first_of_year() == from && to.last_of_year() == to {
        format!("{:04}/{:04}", from.year(), to.year())
    } else {
        format!("{from} to {to}")
    };
    Some((text, approximate))
}

/// `<Year>2024</Year><Month>5</Month><Day>1</Day>`
fn day(element: &Element) -> Option<Date> {
    let part = |name: &str| element.text_of(name).parse::<i16>().ok();
    let small = |name: &str| i8::try_from(part(name)?).ok();
    Date::new(part("Year")?, small("Month")?, small("Day")?).ok()
}
