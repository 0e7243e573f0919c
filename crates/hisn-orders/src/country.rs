//! Countries as orders write them. Which countries exist is the caller's data.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A country's ISO 3166-1 alpha-2 code, in capitals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// Reads two ASCII letters in either case. Whether they stand for a country is a matter of [`Countries`].
    ///
    /// ```
    /// use hisn_orders::CountryCode;
    /// assert_eq!(CountryCode::parse("xa").unwrap().as_str(), "XA");
    /// assert_eq!(CountryCode::parse("xab"), None);
    /// ```
    pub fn parse(text: &str) -> Option<CountryCode> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(CountryCode([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// The two capitals.
    pub fn as_str(&self) -> &str {
        // INVARIANT: two ASCII capitals, see `parse`.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        CountryCode::parse(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("{text:?} is not two letters of ISO 3166-1")))
    }
}

/// The countries that exist. Any `Fn(&str) -> Option<CountryCode>` will do; a type of the caller's own can name the nearest, too.
pub trait Countries: Sync {
    /// The country of an alpha-2 or alpha-3 code in capitals, or of a name in any language.
    fn find(&self, text: &str) -> Option<CountryCode>;

    /// The known spelling that the writer of `text` most likely meant.
    fn nearest(&self, text: &str) -> Option<String> {
        let _ = text;
        None
    }
}

impl<F: Fn(&str) -> Option<CountryCode> + Sync> Countries for F {
    fn find(&self, text: &str) -> Option<CountryCode> {
        self(text)
    }
}

/// Finds a country in `text`, codes in either case.
pub(crate) fn find(countries: &dyn Countries, text: &str) -> Option<CountryCode> {
    let short = text.len() <= 3 && text.is_ascii();
    countries.find(text).or_else(|| countries.find(&text.to_ascii_uppercase()).filter(|_| short))
}
