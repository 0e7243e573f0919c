//! The SDN list and the consolidated list in XML (`SDN.XML`, `CONSOLIDATED.XML`): an `sdnEntry` an entry.

use crate::dates::date;
use crate::readers::fields::{
    add_address_parts, add_birth, add_country_text, add_identifier, add_name, append_raw, schema_of,
};
use crate::readers::ofac::{is_consolidated, list_of, remarks};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::decode;
use crate::xml::{self, Element};
use crate::{NameKind, Party, Schema, countries, id};

const FORMAT: &str = "OFAC's list in XML";

/// Reads the list.
///
/// # Errors
/// When the bytes are no XML, are a web page, or hold no `sdnList`.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode(bytes);
    refuse_non_list(&text)?;
    let document = xml::parse(&text)?;
    let list = document.child("sdnList").ok_or(ReadError::MissingPart { part: "sdnList", whole: FORMAT })?;
    let published = list.child("publshInformation").or_else(|| list.child("publishInformation"));
    let dated = published.and_then(|published| date(&published.text_of("Publish_Date")));
    let mut reading = Reading { dated, ..Reading::default() };
    let entries: Vec<&Element> = list.all("sdnEntry").collect();
    let consolidated = is_consolidated(entries.iter().map(|entry| programs(entry)));
    for entry in &entries {
        let place = Place::Line(entry.line);
        let party = party(entry, consolidated, place, &mut reading);
        if party.names.is_empty() {
            reading.leave_out(place, "an entry without a name was left out");
        } else {
            reading.parties.push(party);
        }
    }
    let stated = published.and_then(|published| published.text_of("Record_Count").parse::<usize>().ok());
    if let Some(stated) = stated.filter(|stated| *stated != entries.len()) {
        let found = entries.len();
        reading.warn(
            Place::Line(1),
            format!("the file states {stated} records and holds {found}; fetch it again"),
        );
    }
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}

fn programs(entry: &Element) -> Vec<String> {
    let programs = entry.all("programList").flat_map(|list| list.all("program")).map(Element::text);
    programs.filter(|program| !program.is_empty()).collect()
}

/// `LAST, First`, as the office's other files write a name.
fn name(element: &Element) -> String {
    let (last, first) = (element.text_of("lastName"), element.text_of("firstName"));
    if first.is_empty() { last } else { format!("{last}, {first}") }
}

fn party(entry: &Element, consolidated: bool, place: Place, reading: &mut Reading) -> Party {
    let programs = programs(entry);
    let source = list_of(&programs, consolidated, place, reading);
    let kind = entry.text_of("sdnType");
    let schema = if kind.is_empty() { Schema::Organization } else { schema_of(&kind) };
    let number = entry.text_of("uid");
    let id = if number.is_empty() { String::new() } else { format!("{}-{number}", id::prefix(&source)) };
    let mut party = Party { id, source, schema, programs, ..Party::default() };
    add_name(&mut party, &name(entry), NameKind::Primary);
    for alias in below(entry, "akaList", "aka") {
        let weak = alias.text_of("category").eq_ignore_ascii_case("weak");
        add_name(&mut party, &name(alias), if weak { NameKind::Weak } else { NameKind::Alias });
    }
    for address in below(entry, "addressList", "address") {
        let parts = ["address1", "address2", "address3", "city", "stateOrProvince", "postalCode"];
        let parts = parts.map(|part| address.text_of(part));
        add_address_parts(&mut party, &parts.each_ref().map(String::as_str), &address.text_of("country"));
    }
    for (list, item) in [("nationalityList", "nationality"), ("citizenshipList", "citizenship")] {
        for country in below(entry, list, item) {
            add_country_text(&mut party, &country.text_of("country"), place, reading);
        }
    }
    for birth in below(entry, "dateOfBirthList", "dateOfBirthItem") {
        add_birth(&mut party, &birth.text_of("dateOfBirth"), false, place, reading);
    }
    for birth in below(entry, "placeOfBirthList", "placeOfBirthItem") {
        append_raw(&mut party, "place_of_birth", &birth.text_of("placeOfBirth"));
    }
    for number in below(entry, "idList", "id") {
        let (kind, value) = (number.text_of("idType"), number.text_of("idNumber"));
        if kind == "Gender" {
            append_raw(&mut party, "gender", &value);
        } else if remarks::is_number(&kind) {
            let country = countries().code(&number.text_of("idCountry")).map(str::to_owned);
            add_identifier(&mut party, &kind, &value, country);
        } else {
            // What is no number is a remark, as in the office's other files.
            remarks::read_into(&mut party, &format!("{kind} {value}"), place, reading);
        }
    }
    append_raw(&mut party, "title", &entry.text_of("title"));
    remarks::read_into(&mut party, &entry.text_of("remarks"), place, reading);
    if let Some(vessel) = entry.child("vesselInfo") {
        add_country_text(&mut party, &vessel.text_of("vesselFlag"), place, reading);
        for (element, kept) in [
            ("callSign", "call_sign"),
            ("vesselType", "vessel_type"),
            ("vesselFlag", "vessel_flag"),
            ("vesselOwner", "vessel_owner"),
            ("tonnage", "tonnage"),
            ("grossRegisteredTonnage", "gross_registered_tonnage"),
        ] {
            append_raw(&mut party, kept, &vessel.text_of(element));
        }
    }
    party
}

fn below<'a>(entry: &'a Element, list: &'a str, item: &'a str) -> impl Iterator<Item = &'a Element> {
    entry.all(list).flat_map(move |list| list.all(item))
}
