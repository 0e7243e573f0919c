//! Countries by every spelling that lists use, from the tables in `data/countries`.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::text::clean;

static COUNTRIES: &str = include_str!("../../../data/countries/countries.csv");
static NAMES: &str = include_str!("../../../data/countries/names.csv");

/// One country or territory of ISO 3166-1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// Alpha-2 code.
    pub code: String,
    /// Alpha-3 code; empty where none is assigned.
    pub alpha3: String,
    /// Display name in English.
    pub en: String,
    /// Display name in Arabic.
    pub ar: String,
}

/// The countries and their spellings.
pub struct Countries {
    countries: Vec<Country>,
    codes: HashMap<String, usize>,
    names: HashMap<String, usize>,
}

/// The countries that the binary carries.
///
/// ```
/// let countries = hisn_lists::countries();
/// assert_eq!(countries.code("Korea, North"), Some("KP"));
/// assert_eq!(countries.code("U.A.E."), Some("AE"));
/// assert_eq!(countries.by_code("SA").map(|c| c.ar.as_str()), Some("المملكة العربية السعودية"));
/// assert_eq!(countries.code("Atlantis"), None);
/// ```
pub fn countries() -> &'static Countries {
    static READ: OnceLock<Countries> = OnceLock::new();
    READ.get_or_init(|| Countries::read(COUNTRIES, NAMES))
}

impl Countries {
    fn read(countries_csv: &str, names_csv: &str) -> Self {
        let mut read = Self { countries: Vec::new(), codes: HashMap::new(), names: HashMap::new() };
        for row in csv::Reader::from_reader(countries_csv.as_bytes()).records().flatten() {
            let field = |at: usize| row.get(at).unwrap_or_default().to_owned();
            let at = read.countries.len();
            read.countries.push(Country { code: field(0), alpha3: field(1), en: field(3), ar: field(4) });
            for code in [field(0), field(1)] {
                read.codes.insert(code, at);
            }
        }
        for row in csv::Reader::from_reader(names_csv.as_bytes()).records().flatten() {
            if let (Some(name), Some(at)) = (row.get(0), row.get(1).and_then(|code| read.codes.get(code))) {
                read.names.entry(fold(name)).or_insert(*at);
            }
        }
        read
    }

    /// Every country, by code.
    pub fn all(&self) -> &[Country] {
        &self.countries
    }

    /// The country of an alpha-2 or alpha-3 code in capitals.
    pub fn by_code(&self, code: &str) -> Option<&Country> {
        self.codes.get(code).and_then(|at| self.countries.get(*at)).filter(|_| !code.is_empty())
    }

    /// The alpha-2 code of a code or a name in any spelling that the tables know; two letters may be small.
    pub fn code(&self, text: &str) -> Option<&str> {
        let text = text.trim();
        let found = self.by_code(text).or_else(|| self.by_name(text));
        let small = || (text.len() == 2).then(|| self.by_code(&text.to_ascii_uppercase())).flatten();
        let found = found.or_else(small);
        found.map(|country| country.code.as_str())
    }

    fn by_name(&self, text: &str) -> Option<&Country> {
        self.names.get(&fold(text)).and_then(|at| self.countries.get(*at))
    }

    /// The country that an address ends with, a postal code or box behind it or not: `…, Tel Aviv-Yafo, Israel
    /// 4672222.`, `…, Dubai, U.A.E., P.O. Box 16048`.
    pub(crate) fn at_end(&self, address: &str) -> Option<&str> {
        if let Some(code) = self.at_very_end(address) {
            return Some(code);
        }
        // `…, Tehran, IR`
        let (before, last) = address.trim_end_matches(PUNCTUATION).rsplit_once(',')?;
        if let Some(country) = self.by_code(last.trim()) {
            return Some(country.code.as_str());
        }
        last.contains(|c: char| c.is_ascii_digit()).then(|| self.at_very_end(before)).flatten()
    }

    fn at_very_end(&self, address: &str) -> Option<&str> {
        let words: Vec<&str> = address.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        let postal = |word: &&&str| {
            word.chars().any(|c| c.is_ascii_digit()) || word.trim_matches(PUNCTUATION).is_empty()
        };
        let end = words.len() - words.iter().rev().take_while(postal).count();
        let words = words.get(..end)?;
        // Longer names first: "South Korea" before "Korea".
        (1..=5.min(words.len())).rev().find_map(|count| {
            let tail = words.get(words.len() - count..)?.join(" ");
            let name = tail.trim_matches(PUNCTUATION);
            self.by_name(name).map(|country| country.code.as_str())
        })
    }
}

const PUNCTUATION: [char; 6] = ['.', ',', ';', '(', ')', ' '];

fn fold(name: &str) -> String {
    clean(name).to_lowercase().replace('’', "'").trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_countries_in_addresses() {
        for (address, want) in [
            ("22 Galgalei Haplada, Herzliya, Tel Aviv-Yafo, Israel 4672222.", Some("IL")),
            ("Dubai, U.A.E.", Some("AE")),
            ("Dubai, U.A.E", Some("AE")),
            ("Room 1, Chatham Road South, Tsim Sha Tsui, Hong Kong", Some("HK")),
            ("Riyadh 11312, Kingdom of Saudi Arabia", Some("SA")),
            ("No 97, Ghaem Magham Farahani Ave, Tehran, 1589653313, IR", Some("IR")),
            ("12 Thoroughfare, Severodvinsk, Russia,164509", Some("RU")),
            ("Bur Dubai, Dubai, U.A.E., P.O. Box 16048", Some("AE")),
            ("401 Simindaero, Gyunggi-Do, South Korea", Some("KR")),
            ("Lethrar Road and House", None),
            ("IR", None),
            ("", None),
            ("4672222", None),
        ] {
            assert_eq!(countries().at_end(address), want, "{address}");
        }
    }

    #[test]
    fn every_spelling_has_a_country() {
        let countries = countries();
        let rows = csv::Reader::from_reader(NAMES.as_bytes()).records().flatten().count();
        assert!(rows > 1800 && countries.names.len() > 1500, "{rows} {}", countries.names.len());
        for country in countries.all() {
            assert!(!country.en.is_empty() && !country.ar.is_empty(), "{country:?}");
            assert_eq!(countries.code(&country.en), Some(country.code.as_str()));
        }
        assert_eq!(countries.code("ru"), Some("RU"));
        assert_eq!(countries.code("and"), None, "Andorra's three letters are read in capitals only");
    }
}
