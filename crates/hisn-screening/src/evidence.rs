//! What the fields beside the name say: they agree, they contradict, or one side is silent.

use hisn_lists::{Party, Schema};

use crate::matching::Query;

/// A field beside the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The country.
    Country,
    /// The date of birth.
    BirthDate,
    /// A passport, registration or other number.
    Identifier,
    /// The address.
    Address,
    /// Person, organisation, ship.
    Type,
}

impl Field {
    /// The name of the field in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Country => "country",
            Field::BirthDate => "birth_date",
            Field::Identifier => "identifier",
            Field::Address => "address",
            Field::Type => "type",
        }
    }
}

/// The fields beside the name, by what they say. It never changes the score of the name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corroboration {
    /// Both sides state the field and agree.
    pub agree: Vec<Field>,
    /// Both sides state the field and cannot both be right.
    pub contradict: Vec<Field>,
    /// One side or both are silent.
    pub missing: Vec<Field>,
}

/// Compares what the query and the entry state beside the name.
pub(crate) fn corroborate(query: &Query, party: &Party) -> Corroboration {
    let mut found = Corroboration::default();
    let mut note = |field, says: Option<bool>| match says {
        Some(true) => found.agree.push(field),
        Some(false) => found.contradict.push(field),
        None => found.missing.push(field),
    };
    note(Field::Country, countries(query, party));
    note(Field::BirthDate, births(query, party));
    note(Field::Identifier, identifiers(query, party));
    note(Field::Address, address(query, party));
    note(Field::Type, kinds(query.schema, party.schema));
    found
}

/// An entry tied to several countries agrees if any agrees.
fn countries(query: &Query, party: &Party) -> Option<bool> {
    let asked: Vec<&str> =
        query.countries.iter().map(|code| code.trim()).filter(|code| !code.is_empty()).collect();
    if asked.is_empty() || party.countries.is_empty() {
        return None;
    }
    Some(asked.iter().any(|asked| party.countries.iter().any(|listed| listed.eq_ignore_ascii_case(asked))))
}

/// Dates agree as far as both are given: `1951` and `1951-03-02` do. Approximate ones agree within two years, and a
/// year beside the listed one or a swapped day and month is no contradiction, only no agreement.
fn births(query: &Query, party: &Party) -> Option<bool> {
    let asked = query.birth_date.as_deref().map(str::trim).filter(|date| !date.is_empty())?;
    let year = year_of(asked)?;
    let listed: Vec<&str> =
        party.birth_dates.iter().map(String::as_str).filter(|date| year_of(date).is_some()).collect();
    if listed.is_empty() {
        return None;
    }
    if listed.iter().any(|date| birth_agrees(asked, year, date)) {
        return Some(true);
    }
    if listed.iter().any(|date| birth_is_near(asked, year, date)) {
        return None;
    }
    Some(false)
}

fn year_of(date: &str) -> Option<i32> {
    date.trim_start_matches('~').get(..4)?.parse().ok()
}

fn birth_agrees(asked: &str, year: i32, listed: &str) -> bool {
    let about = listed.starts_with('~');
    let listed = listed.trim_start_matches('~');
    if let Some((from, to)) = listed.split_once('/') {
        return matches!((year_of(from), year_of(to)), (Some(from), Some(to)) if (from..=to).contains(&year));
    }
    if about {
        return year_of(listed).is_some_and(|listed| (listed - year).abs() <= 2);
    }
    listed.starts_with(asked) || asked.starts_with(listed)
}

fn birth_is_near(asked: &str, year: i32, listed: &str) -> bool {
    let listed = listed.trim_start_matches('~');
    let Some(listed_year) = year_of(listed) else { return false };
    let swapped = || {
        let (mut a, mut b) = (asked.split('-').skip(1), listed.split('-').skip(1));
        let (month, day) = (a.next(), a.next());
        let (other_month, other_day) = (b.next(), b.next());
        month.is_some() && day.is_some() && month == other_day && day == other_month
    };
    listed_year == year && swapped() || (listed_year - year).abs() == 1
}

/// Numbers agree when one of each side is the same in letters and digits. Different numbers do not contradict: a party
/// has many.
fn identifiers(query: &Query, party: &Party) -> Option<bool> {
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
    };
    let asked: Vec<String> =
        query.identifiers.iter().map(|number| plain(number)).filter(|number| number.len() >= 4).collect();
    let same = party.identifiers.iter().any(|number| {
        let listed = plain(&number.value);
        asked.contains(&listed)
    });
    same.then_some(true)
}

/// Addresses agree when most of the words of the shorter one stand in the other; they never contradict, since a party
/// has many.
fn address(query: &Query, party: &Party) -> Option<bool> {
    let words = |text: &str| -> Vec<String> {
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| word.chars().count() > 1)
            .map(str::to_lowercase)
            .collect()
    };
    let asked = words(query.address.as_deref()?);
    if asked.len() < 2 {
        return None;
    }
    let agrees = party.addresses.iter().any(|listed| {
        let listed = words(&listed.text);
        let (short, long) = if asked.len() <= listed.len() { (&asked, &listed) } else { (&listed, &asked) };
        let shared = short.iter().filter(|word| long.contains(word)).count();
        short.len() >= 2 && shared * 3 >= short.len() * 2
    });
    agrees.then_some(true)
}

fn kinds(asked: Option<Schema>, listed: Schema) -> Option<bool> {
    let class = |schema| match schema {
        Schema::Person => Some(0),
        Schema::Company | Schema::Organization | Schema::PublicBody => Some(1),
        Schema::Vessel => Some(2),
        Schema::Airplane => Some(3),
        Schema::LegalEntity => None,
    };
    let neither_ship = |schema| !matches!(schema, Schema::Vessel | Schema::Airplane);
    match (asked?, listed) {
        (asked, listed) if class(asked).is_some() && class(listed).is_some() => {
            Some(class(asked) == class(listed))
        }
        // A party that is a person or an organisation is no ship.
        (asked, listed) if neither_ship(asked) != neither_ship(listed) => Some(false),
        _ => None,
    }
}
