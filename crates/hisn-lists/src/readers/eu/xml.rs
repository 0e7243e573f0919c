//! The list in XML, in its layout of today (`export`) and in the one before 2017 (`WHOLE`).

use crate::dates::{date, day_first};
use crate::readers::eu::{add_birth_text, add_number_text, add_program, entry, listed_by, whole_name};
use crate::readers::fields::{
    add_address_parts, add_birth, add_country, add_identifier, add_name_with_aliases, append_raw, is_filler,
};
use crate::reading::{Place, ReadError, Reading};
use crate::text::clean;
use crate::xml::{self, Element};
use crate::{NameKind, Party, countries};

pub(super) fn read(text: &str) -> Result<Reading, ReadError> {
    let document = xml::parse(text)?;
    if let Some(list) = document.child("export") {
        let mut reading =
            Reading { dated: list.attribute("generationDate").and_then(date), ..Reading::default() };
        list.all("sanctionEntity").for_each(|entity| add(entity, party, &mut reading));
        Ok(reading)
    } else if let Some(list) = document.child("WHOLE") {
        let day = list.attribute("Date").map(day_first);
        let mut reading = Reading { dated: day.as_deref().and_then(date), ..Reading::default() };
        list.all("ENTITY").for_each(|entity| add(entity, older_party, &mut reading));
        Ok(reading)
    } else {
        Err(ReadError::MissingPart {
            part: "export",
            whole: "the consolidated list of EU financial sanctions",
        })
    }
}

fn add(entity: &Element, party: fn(&Element, Place, &mut Reading) -> Party, reading: &mut Reading) {
    let place = Place::Line(entity.line);
    let party = party(entity, place, reading);
    if party.names.is_empty() {
        reading.leave_out(place, "an entity without a name was left out");
    } else {
        reading.parties.push(party);
    }
}

fn party(entity: &Element, place: Place, reading: &mut Reading) -> Party {
    let kind = entity.child("subjectType").map(|kind| {
        kind.attribute("code").or_else(|| kind.attribute("classificationCode")).unwrap_or_default()
    });
    let mut party = entry(&attribute(entity, "logicalId"), kind.unwrap_or_default(), place, reading);
    for name in entity.all("nameAlias") {
        let get = |part: &str| attribute(name, part);
        let whole = whole_name(&get("wholeName"), [&get("firstName"), &get("middleName"), &get("lastName")]);
        let weak = get("strong").eq_ignore_ascii_case("false");
        add_in_language(&mut party, &whole, weak, &get("nameLanguage"));
        for field in ["function", "title", "gender"] {
            append_raw(&mut party, field, &get(field));
        }
        acts(&mut party, name);
    }
    for address in entity.all("address") {
        let parts =
            ["street", "poBox", "zipCode", "city", "place", "region"].map(|part| attribute(address, part));
        add_address_parts(&mut party, &parts.each_ref().map(String::as_str), &country(address));
        acts(&mut party, address);
    }
    for citizenship in entity.all("citizenship") {
        if let Some(code) = countries().code(&country(citizenship)) {
            add_country(&mut party, code);
        } else {
            append_raw(&mut party, "citizenship", &country(citizenship));
        }
        acts(&mut party, citizenship);
    }
    for birth in entity.all("birthdate") {
        let get = |part: &str| attribute(birth, part);
        let text = match (get("birthdate"), get("yearRangeFrom"), get("yearRangeTo"), get("year")) {
            (day, ..) if !day.is_empty() => day,
            (_, from, to, _) if !from.is_empty() && !to.is_empty() => format!("{from}/{to}"),
            (.., year) => year,
        };
        let approximate = get("circa").eq_ignore_ascii_case("true");
        add_birth(&mut party, &text, approximate, place, reading);
        let born: Vec<String> = [get("city"), get("place"), get("region"), country(birth)]
            .into_iter()
            .filter(|part| !is_filler(part))
            .collect();
        append_raw(&mut party, "place_of_birth", &born.join(", "));
        acts(&mut party, birth);
    }
    for number in entity.all("identification") {
        let get = |part: &str| attribute(number, part);
        let kind = [get("identificationTypeDescription"), get("identificationTypeCode")];
        let kind = kind.iter().find(|kind| !kind.is_empty()).map_or("identification", String::as_str);
        let issuer = countries().code(&country(number)).map(str::to_owned);
        for value in ["number", "latinNumber"] {
            add_identifier(&mut party, kind, &get(value), issuer.clone());
        }
        acts(&mut party, number);
    }
    for act in entity.all("regulation") {
        add_program(&mut party, &attribute(act, "programme"));
        if party.citation.is_none() {
            party.citation = Some(attribute(act, "numberTitle")).filter(|title| !title.is_empty());
        }
        append_raw(&mut party, "source_url", &act.text_of("publicationUrl"));
        listed_by(&mut party, date(&attribute(act, "publicationDate")));
    }
    for remark in entity.all("remark") {
        append_raw(&mut party, "remark", &remark.text());
    }
    for (name, field) in [
        ("euReferenceNumber", "eu_reference"),
        ("unitedNationId", "un_reference"),
        ("designationDetails", "details"),
    ] {
        append_raw(&mut party, field, &attribute(entity, name));
    }
    if let Some(day) = entity.attribute("designationDate").and_then(date) {
        party.listed_from = Some(day);
    }
    party
}

/// The act that brought a part of an entry.
fn acts(party: &mut Party, part: &Element) {
    for act in part.all("regulationSummary") {
        listed_by(party, date(&attribute(act, "publicationDate")));
    }
}

fn country(element: &Element) -> String {
    let code = attribute(element, "countryIso2Code");
    if is_filler(&code) {
        let name = attribute(element, "countryDescription");
        return if is_filler(&name) { String::new() } else { name };
    }
    code
}

fn attribute(element: &Element, name: &str) -> String {
    clean(element.attribute(name).unwrap_or_default())
}

/// The language of a name is kept where the list states one.
fn add_in_language(party: &mut Party, name: &str, weak: bool, language: &str) {
    let before = party.names.len();
    add_name_with_aliases(party, name, if weak { NameKind::Weak } else { NameKind::Primary });
    let language = language.to_lowercase();
    for name in party.names.iter_mut().skip(before).filter(|_| !language.is_empty()) {
        name.lang = Some(language.clone());
    }
}

fn older_party(entity: &Element, place: Place, reading: &mut Reading) -> Party {
    let mut party = entry(&attribute(entity, "Id"), &attribute(entity, "Type"), place, reading);
    for name in entity.all("NAME") {
        let get = |part: &str| name.text_of(part);
        let whole = whole_name(&get("WHOLENAME"), [&get("FIRSTNAME"), &get("MIDDLENAME"), &get("LASTNAME")]);
        add_in_language(&mut party, &whole, false, &get("LANGUAGE"));
        for (field, kept) in [("FUNCTION", "function"), ("TITLE", "title"), ("GENDER", "gender")] {
            append_raw(&mut party, kept, &get(field));
        }
    }
    for address in entity.all("ADDRESS") {
        let parts = ["NUMBER", "STREET", "ZIPCODE", "CITY", "OTHER"].map(|part| address.text_of(part));
        add_address_parts(&mut party, &parts.each_ref().map(String::as_str), &address.text_of("COUNTRY"));
    }
    for citizenship in entity.all("CITIZEN") {
        match countries().code(&citizenship.text_of("COUNTRY")) {
            Some(code) => add_country(&mut party, code),
            None => append_raw(&mut party, "citizenship", &citizenship.text_of("COUNTRY")),
        }
    }
    for birth in entity.all("BIRTH") {
        add_birth_text(&mut party, &birth.text_of("DATE"), place, reading);
        let born = [birth.text_of("PLACE"), birth.text_of("COUNTRY")];
        let born: Vec<&str> = born.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        append_raw(&mut party, "place_of_birth", &born.join(", "));
    }
    for number in entity.all("PASSPORT") {
        add_number_text(&mut party, &number.text_of("NUMBER"), &number.text_of("COUNTRY"));
    }
    for part in std::iter::once(entity).chain(entity.elements()) {
        add_program(&mut party, &attribute(part, "programme"));
        listed_by(&mut party, part.attribute("reg_date").and_then(date));
    }
    party.citation = Some(attribute(entity, "legal_basis")).filter(|basis| !basis.is_empty());
    append_raw(&mut party, "source_url", &attribute(entity, "pdf_link"));
    append_raw(&mut party, "remark", &attribute(entity, "remark"));
    party
}
