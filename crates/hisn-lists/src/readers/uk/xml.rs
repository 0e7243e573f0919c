//! The UK Sanctions List in XML: a `Designation` an entry.

use crate::Party;
use crate::dates::{date, day_first};
use crate::readers::fields::{add_address_parts, add_identifier, add_nationality, append_raw};
use crate::readers::uk::{
    add_day, add_flag, add_number, add_parts, add_program, add_script_name, address_country, entry,
    is_primary, listed,
};
use crate::reading::{Place, ReadError, Reading};
use crate::text::clean;
use crate::xml::{self, Element};

pub(super) fn read(text: &str) -> Result<Reading, ReadError> {
    let document = xml::parse(text)?;
    let missing = ReadError::MissingPart { part: "Designations", whole: "the UK Sanctions List" };
    let list = document.child("Designations").ok_or(missing)?;
    let dated = date(&day_first(&list.text_of("DateGenerated")));
    let mut reading = Reading { dated, ..Reading::default() };
    for designation in list.all("Designation") {
        let place = Place::Line(designation.line);
        let party = party(designation, place, &mut reading);
        if party.names.is_empty() {
            reading.leave_out(place, "a designation without a name was left out");
        } else {
            reading.parties.push(party);
        }
    }
    Ok(reading)
}

fn party(designation: &Element, place: Place, reading: &mut Reading) -> Party {
    let get = |name: &str| designation.text_of(name);
    let mut party = entry("UK-SL", &get("UniqueID"), &get("IndividualEntityShip"), place, reading);
    let mut names = below(designation, &["Names", "Name"]);
    names.sort_by_key(|name| !is_primary(&name.text_of("NameType")));
    for name in names {
        let parts = ["Name1", "Name2", "Name3", "Name4", "Name5", "Name6"].map(|part| name.text_of(part));
        add_parts(&mut party, parts.each_ref().map(String::as_str), &name.text_of("AliasStrength"));
    }
    for name in below(designation, &["NonLatinNames", "NonLatinName"]) {
        add_script_name(
            &mut party,
            &name.text_of("NameNonLatinScript"),
            &name.text_of("NonLatinScriptLanguage"),
        );
    }
    for address in below(designation, &["Addresses", "Address"]) {
        let lines = [1, 2, 3, 4, 5, 6].map(|line| address.text_of(&format!("AddressLine{line}")));
        let code = address.text_of("AddressPostalCode");
        let parts: Vec<&str> = lines.iter().map(String::as_str).chain([code.as_str()]).collect();
        add_address_parts(&mut party, &parts, address_country(&address.text_of("AddressCountry")));
    }
    for person in below(designation, &["IndividualDetails", "Individual"]) {
        for day in below(person, &["DOBs", "DOB"]) {
            add_day(&mut party, &day.text(), place, reading);
        }
        for nationality in below(person, &["Nationalities", "Nationality"]) {
            add_nationality(&mut party, &nationality.text(), place, reading);
        }
        for passport in below(person, &["PassportDetails", "Passport"]) {
            let story = passport.text_of("PassportAdditionalInformation");
            add_number(&mut party, "passport", &passport.text_of("PassportNumber"), &story);
        }
        for number in below(person, &["NationalIdentifierDetails", "NationalIdentifier"]) {
            let story = number.text_of("NationalIdentifierAdditionalInformation");
            add_number(
                &mut party,
                "national_identifier",
                &number.text_of("NationalIdentifierNumber"),
                &story,
            );
        }
        for location in below(person, &["BirthDetails", "Location"]) {
            let parts = [location.text_of("TownOfBirth"), location.text_of("CountryOfBirth")];
            let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            append_raw(&mut party, "place_of_birth", &parts.join(", "));
        }
    }
    for number in deep(designation, "BusinessRegistrationNumber") {
        add_number(&mut party, "business_registration", &number.text(), "");
    }
    for number in deep(designation, "IMONumber") {
        add_identifier(&mut party, "IMO", &number.text(), None);
    }
    for flag in deep(designation, "CurrentBelievedFlagOfShip") {
        add_flag(&mut party, &flag.text(), place, reading);
    }
    add_program(&mut party, &get("RegimeName"));
    listed(&mut party, &get("DateDesignated"));
    party.citation = Some(get("UniqueID")).filter(|id| !id.is_empty());
    let effect = get("SanctionsImposed").replace('|', "; ");
    party.legal_effect = Some(effect).filter(|effect| !effect.is_empty());
    keep(&mut party, designation);
    party
}

/// Fields that have a place of their own in the record.
const READ: [&str; 27] = [
    "UniqueID",
    "IndividualEntityShip",
    "RegimeName",
    "DateDesignated",
    "SanctionsImposed",
    "SanctionsImposedIndicators",
    "Name1",
    "Name2",
    "Name3",
    "Name4",
    "Name5",
    "Name6",
    "NameType",
    "AliasStrength",
    "NameNonLatinScript",
    "NonLatinScriptLanguage",
    "NonLatinScriptType",
    "Addresses",
    "DOB",
    "Nationality",
    "PassportDetails",
    "NationalIdentifierDetails",
    "BirthDetails",
    "BusinessRegistrationNumber",
    "IMONumber",
    "CurrentBelievedFlagOfShip",
    "Names",
];

/// Keeps every other field under its own name.
fn keep(party: &mut Party, element: &Element) {
    for child in element.elements().filter(|child| !READ.contains(&child.name.as_str())) {
        if child.elements().next().is_some() {
            keep(party, child);
        } else {
            append_raw(party, &child.name, &clean(&child.text()));
        }
    }
}

/// The elements at the end of a path.
fn below<'a>(element: &'a Element, path: &[&'a str]) -> Vec<&'a Element> {
    let mut found = vec![element];
    for name in path {
        found = found.into_iter().flat_map(|element| element.all(name)).collect();
    }
    found
}

fn deep<'a>(element: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    element.descendants(name, &mut found);
    found
}
