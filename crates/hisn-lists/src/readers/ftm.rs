//! FollowTheMoney entities as JSON lines (`entities.ftm.json`), as a JSON array, or with their neighbours nested inside
//! them (`targets.nested.json`): the model that OpenSanctions and OCCRP Aleph publish in.
//!
//! A party is any entity of a schema that names somebody. Entities of the schemata `Sanction`, `Address`, `Passport` and
//! `Identification` are joined to the party that they speak of; what is left, such as `Ownership`, is counted and told.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use crate::dates::date;
use crate::readers::fields::{add_address, add_birth, add_country, add_identifier, add_name, append_raw};
use crate::reading::{Place, ReadError, Reading, refuse_non_list};
use crate::text::{clean, decode};
use crate::{NameKind, Party, Schema, catalogue, countries, id};

const FORMAT: &str = "FollowTheMoney JSON";

/// Properties that hold a name, with the weight that the model gives it.
const NAMES: [(&str, NameKind); 5] = [
    ("name", NameKind::Primary),
    ("alias", NameKind::Alias),
    ("previousName", NameKind::Alias),
    ("weakAlias", NameKind::Weak),
    ("abbreviation", NameKind::Weak),
];

/// Properties that tie a party to a country.
const COUNTRIES: [&str; 8] = [
    "country",
    "mainCountry",
    "nationality",
    "citizenship",
    "jurisdiction",
    "flag",
    "authorityCountry",
    "pastFlags",
];

/// Properties of the type `identifier`.
const IDENTIFIERS: [&str; 25] = [
    "idNumber",
    "passportNumber",
    "socialSecurityNumber",
    "registrationNumber",
    "taxNumber",
    "vatCode",
    "innCode",
    "ogrnCode",
    "kppCode",
    "okpoCode",
    "bikCode",
    "leiCode",
    "dunsCode",
    "uniqueEntityId",
    "npiCode",
    "swiftBic",
    "imoNumber",
    "mmsi",
    "callSign",
    "serialNumber",
    "cageCode",
    "uscCode",
    "permId",
    "giiNumber",
    "phone",
];

/// Properties of an entity that speaks of a party, under which it names that party.
const JOINED_BY: [(&str, &str); 3] =
    [("Sanction", "entity"), ("Passport", "holder"), ("Identification", "holder")];

/// Reads a file of entities.
///
/// # Errors
/// When the bytes are empty, a web page, or no JSON; the error names the line.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let text = decode(bytes);
    refuse_non_list(&text)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut entities = Entities::default();
    if text.trim_start().starts_with('[') {
        let all: Vec<Entity> = serde_json::from_str(text).map_err(|error| json_error(&error, 0))?;
        for (at, entity) in all.into_iter().enumerate() {
            entities.sort_in(entity, Place::Row(at as u64 + 1));
        }
    } else {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let entity: Entity = serde_json::from_str(line).map_err(|error| json_error(&error, at))?;
            entities.sort_in(entity, Place::Line(at as u64 + 1));
        }
    }
    let mut reading = entities.join();
    id::assign(&mut reading.parties);
    reading.or_empty(FORMAT)
}

fn json_error(error: &serde_json::Error, lines_before: usize) -> ReadError {
    ReadError::Json { line: lines_before + error.line(), column: error.column(), message: error.to_string() }
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Entity {
    id: String,
    caption: String,
    schema: String,
    datasets: Vec<String>,
    properties: Map<String, Value>,
}

impl Entity {
    /// The texts of a property; a single text counts as a list of one.
    fn texts<'a>(&'a self, property: &str) -> impl Iterator<Item = &'a str> {
        self.values(property).iter().filter_map(Value::as_str)
    }

    fn values(&self, property: &str) -> &[Value] {
        match self.properties.get(property) {
            Some(Value::Array(values)) => values,
            Some(value) => std::slice::from_ref(value),
            None => &[],
        }
    }
}

/// The entity that a value is, where entities stand inside one another.
fn entity_inside(value: &Value) -> Option<Entity> {
    value.is_object().then(|| serde_json::from_value(value.clone()).ok()).flatten()
}

fn is_joined(entity: &Entity) -> bool {
    JOINED_BY.iter().any(|(schema, _)| *schema == entity.schema)
}

/// The entities of a file by what they are to a party.
#[derive(Default)]
struct Entities {
    parties: Vec<(Entity, Schema, Place)>,
    /// By the id of the party.
    joined: HashMap<String, Vec<Entity>>,
    addresses: HashMap<String, Entity>,
    /// Entities that are neither, by schema.
    others: BTreeMap<String, (usize, Option<Place>)>,
}

impl Entities {
    fn sort_in(&mut self, entity: Entity, place: Place) {
        if let Some(schema) = party_schema(&entity.schema) {
            self.parties.push((entity, schema, place));
        } else if entity.schema == "Address" {
            self.addresses.insert(entity.id.clone(), entity);
        } else if let Some((_, property)) = JOINED_BY.iter().find(|(schema, _)| *schema == entity.schema) {
            let party = entity.texts(property).next().map(str::to_owned);
            match party {
                Some(party) => self.joined.entry(party).or_default().push(entity),
                None => self.count(&entity.schema, place),
            }
        } else {
            self.count(&entity.schema, place);
        }
    }

    fn count(&mut self, schema: &str, place: Place) {
        let (count, first) = self.others.entry(schema.to_owned()).or_default();
        *count += 1;
        first.get_or_insert(place);
    }

    fn join(mut self) -> Reading {
        let mut reading = Reading::default();
        let mut known: HashMap<(String, String), usize> = HashMap::new();
        for (entity, schema, place) in std::mem::take(&mut self.parties) {
            let mut party = party(&entity, schema, place, &mut reading);
            for address in entity.texts("addressEntity").filter_map(|id| self.addresses.get(id)) {
                add_address_entity(&mut party, address);
            }
            for joined in self.joined.remove(&entity.id).unwrap_or_default() {
                add_joined(&mut party, &joined);
            }
            if party.names.is_empty() {
                reading.leave_out(
                    place,
                    format!("{} {}: an entity without a name was left out", entity.schema, entity.id),
                );
                continue;
            }
            // One id is one party, however many fragments speak of it.
            let key = (party.source.clone(), party.id.clone());
            match known.get(&key).and_then(|at| reading.parties.get_mut(*at)).filter(|_| !party.id.is_empty())
            {
                Some(first) => absorb(first, party),
                None => {
                    known.insert(key, reading.parties.len());
                    reading.parties.push(party);
                }
            }
        }
        let strangers = self.joined.values().map(Vec::len).sum::<usize>();
        if strangers > 0 {
            let message = format!(
                "{strangers} entities speak of parties that the file does not hold; they were left out"
            );
            reading.leave_out_all(strangers, Place::Row(1), message);
        }
        for (schema, (count, place)) in self.others {
            let schema = if schema.is_empty() { "no schema" } else { &schema };
            let message =
                format!("{count} entities of {schema} name no party and were not read; this is the first");
            reading.warn(place.unwrap_or(Place::Row(1)), message);
        }
        reading
    }
}

/// The kind of party that a schema names; `None` where it names none.
fn party_schema(schema: &str) -> Option<Schema> {
    Some(match schema {
        "Person" => Schema::Person,
        "Company" => Schema::Company,
        "Organization" => Schema::Organization,
        "PublicBody" => Schema::PublicBody,
        "LegalEntity" | "Thing" => Schema::LegalEntity,
        "Vessel" => Schema::Vessel,
        "Airplane" => Schema::Airplane,
        _ => return None,
    })
}

fn party(entity: &Entity, schema: Schema, place: Place, reading: &mut Reading) -> Party {
    let mut datasets = entity.datasets.iter().map(|dataset| source_of(dataset));
    let mut party = Party {
        id: entity.id.clone(),
        source: datasets.next().unwrap_or_else(|| "ftm/list".to_owned()),
        schema,
        ..Party::default()
    };
    party.also_in = datasets.filter(|source| *source != party.source).collect();
    // The caption is the name that the publisher chose for showing.
    if entity.texts("name").any(|name| name == entity.caption) {
        add_name(&mut party, &entity.caption, NameKind::Primary);
    }
    for (property, kind) in NAMES {
        entity.texts(property).for_each(|name| add_name(&mut party, name, kind));
    }
    if party.names.is_empty() {
        let parts = ["firstName", "secondName", "middleName", "fatherName", "lastName"];
        let name: Vec<&str> = parts.iter().filter_map(|part| entity.texts(part).next()).collect();
        add_name(&mut party, &name.join(" "), NameKind::Primary);
    }
    for property in COUNTRIES {
        for code in entity.texts(property) {
            // The model has codes of its own for places that ISO 3166 does not know.
            match countries().code(&code.to_uppercase()).or_else(|| countries().code(code)) {
                Some(code) => add_country(&mut party, code),
                None => append_raw(&mut party, "country", code),
            }
        }
    }
    for birth in entity.texts("birthDate") {
        add_birth(&mut party, birth, false, place, reading);
    }
    let issuer = (party.countries.len() == 1).then(|| party.countries.first().cloned()).flatten();
    for property in IDENTIFIERS {
        for value in entity.texts(property) {
            add_identifier(&mut party, property, value, issuer.clone());
        }
    }
    entity.texts("address").for_each(|address| add_address(&mut party, address));
    for program in entity.texts("program").chain(entity.texts("programId")) {
        add_program(&mut party, program);
    }
    let read = |property: &&String| {
        let property = property.as_str();
        NAMES.iter().any(|(name, _)| *name == property)
            || COUNTRIES.contains(&property)
            || IDENTIFIERS.contains(&property)
            || ["birthDate", "address", "addressEntity", "program", "programId"].contains(&property)
    };
    for property in entity.properties.keys() {
        for value in entity.values(property) {
            match (value, entity_inside(value)) {
                (_, Some(inside)) if inside.schema == "Address" => add_address_entity(&mut party, &inside),
                (_, Some(inside)) if is_joined(&inside) => add_joined(&mut party, &inside),
                (_, Some(inside)) => {
                    append_raw(&mut party, property, &format!("{} {}", inside.schema, inside.id))
                }
                (Value::String(text), None) if !read(&property) => append_raw(&mut party, property, text),
                (Value::String(_) | Value::Null, None) => {}
                (other, None) => append_raw(&mut party, property, &other.to_string()),
            }
        }
    }
    party
}

/// A dataset is a list; one that the catalogue knows under that name is that list.
fn source_of(dataset: &str) -> String {
    match catalogue().by_name(dataset) {
        Some(list) => list.source.clone(),
        None => format!("ftm/{}", clean(dataset)),
    }
}

fn add_joined(party: &mut Party, entity: &Entity) {
    match entity.schema.as_str() {
        "Sanction" => {
            for program in entity.texts("program").chain(entity.texts("programId")) {
                add_program(party, program);
            }
            for day in entity.texts("startDate").chain(entity.texts("listingDate")).filter_map(date) {
                party.listed_from = Some(party.listed_from.map_or(day, |known| known.min(day)));
            }
            let ends: Vec<_> = entity.texts("endDate").filter_map(date).collect();
            party.listed_to = party.listed_to.max(ends.into_iter().max());
            if party.legal_effect.is_none() {
                party.legal_effect = entity.texts("provisions").next().map(clean);
            }
            for property in ["authority", "authorityId", "reason", "status", "sourceUrl", "country", "unscId"]
            {
                entity
                    .texts(property)
                    .for_each(|value| append_raw(party, &format!("sanction.{property}"), value));
            }
        }
        _ => {
            let country = entity.texts("country").find_map(|code| countries().code(&code.to_uppercase()));
            let kind = entity.texts("type").next().unwrap_or(&entity.schema);
            for property in ["number", "passportNumber"] {
                for value in entity.texts(property) {
                    add_identifier(party, kind, value, country.map(str::to_owned));
                }
            }
        }
    }
}

fn add_address_entity(party: &mut Party, address: &Entity) {
    let full = address.texts("full").next().map(clean).unwrap_or_default();
    let parts = ["street", "street2", "city", "state", "postalCode", "country"];
    let text = if full.is_empty() {
        let parts: Vec<&str> = parts.iter().filter_map(|part| address.texts(part).next()).collect();
        parts.join(", ")
    } else {
        full
    };
    add_address(party, &text);
    if let Some(code) = address.texts("country").find_map(|code| countries().code(&code.to_uppercase())) {
        add_country(party, code);
        if let Some(last) = party.addresses.last_mut().filter(|last| last.country.is_none()) {
            last.country = Some(code.to_owned());
        }
    }
}

fn add_program(party: &mut Party, program: &str) {
    let program = clean(program);
    if !program.is_empty() && !party.programs.contains(&program) {
        party.programs.push(program);
    }
}

/// Adds what a second fragment says to the first.
fn absorb(first: &mut Party, second: Party) {
    for name in &second.names {
        add_name(first, &name.text, name.kind);
    }
    crate::merge::enrich(first, &second);
    second.programs.iter().for_each(|program| add_program(first, program));
    for source in second.also_in {
        if source != first.source && !first.also_in.contains(&source) {
            first.also_in.push(source);
        }
    }
    for (name, value) in &second.raw {
        append_raw(first, name, value);
    }
}
