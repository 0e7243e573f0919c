//! Countries as the law's tables know them, and sets of them.

use std::fmt;

use crate::Truth;

const LETTERS: u16 = 26;
const WORDS: usize = 11; // 26 × 26 codes in words of 64 bits

/// An ISO 3166-1 alpha-2 code. Which codes stand for a country is a matter of data, not of this type.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(u16);

impl Country {
    /// Reads two ASCII letters, in either case.
    pub fn parse(text: &str) -> Option<Country> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                let place = |letter: u8| u16::from(letter.to_ascii_uppercase() - b'A');
                Some(Country(place(*a) * LETTERS + place(*b)))
            }
            _ => None,
        }
    }

    /// Every possible code.
    pub fn all() -> impl Iterator<Item = Country> {
        (0..LETTERS * LETTERS).map(Country)
    }

    /// A number below 676 for tables indexed by country.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = |n: u16| char::from(b'A' + (n % LETTERS) as u8);
        write!(f, "{}{}", letter(self.0 / LETTERS), letter(self.0))
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A set of countries of which some members may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountrySet {
    members: [u64; WORDS],
    unknown: [u64; WORDS],
}

impl CountrySet {
    /// Every country.
    pub fn all() -> CountrySet {
        CountrySet { members: [u64::MAX; WORDS], unknown: [0; WORDS] }
    }

    /// The set of one country.
    pub fn only(country: Country) -> CountrySet {
        let mut set = CountrySet::default();
        set.set(country, Truth::True);
        set
    }

    /// Whether `country` belongs to it.
    pub fn contains(&self, country: Country) -> Truth {
        let (word, bit) = (country.index() / 64, 1u64 << (country.index() % 64));
        // INVARIANT: index() < 676 < 11 × 64.
        if self.members[word] & bit != 0 {
            Truth::True
        } else if self.unknown[word] & bit != 0 {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// Says whether `country` belongs to it.
    pub fn set(&mut self, country: Country, truth: Truth) {
        let (word, bit) = (country.index() / 64, 1u64 << (country.index() % 64));
        self.members[word] &= !bit;
        self.unknown[word] &= !bit;
        match truth {
            Truth::True => self.members[word] |= bit,
            Truth::Unknown => self.unknown[word] |= bit,
            Truth::False => {}
        }
    }

    /// The union of the two.
    pub fn union(&self, other: &CountrySet) -> CountrySet {
        let mut union = self.clone();
        for country in Country::all() {
            union.set(country, self.contains(country) | other.contains(country));
        }
        union
    }

    /// Those of this set that are not of the other.
    pub fn without(&self, other: &CountrySet) -> CountrySet {
        let mut rest = self.clone();
        for country in Country::all() {
            rest.set(country, self.contains(country) & !other.contains(country));
        }
        rest
    }

    /// The certain members.
    pub fn iter(&self) -> impl Iterator<Item = Country> {
        Country::all().filter(|country| self.contains(*country).is_true())
    }
}
