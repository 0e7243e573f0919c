//! What is asked, and what comes back.

use jiff::civil::Date;

use crate::evidence::Corroboration;
use crate::explain::Explanation;

/// Who is asked for. Everything but the name may be missing; what is given beside it never changes the score of the name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// The name, in any script.
    pub name: String,
    /// What kind of party it is, when that is known.
    pub schema: Option<hisn_lists::Schema>,
    /// ISO 3166-1 alpha-2 codes, in any case.
    pub countries: Vec<String>,
    /// `1951`, `1951-03` or `1951-03-02`.
    pub birth_date: Option<String>,
    /// Passport, registration, tax, IMO numbers.
    pub identifiers: Vec<String>,
    /// An address in one line.
    pub address: Option<String>,
}

/// How to search.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The least score of a match; 0.70 serves every kind of party and every script.
    pub threshold: f64,
    /// The most matches to return.
    pub limit: usize,
    /// Only entries that stand on this day.
    pub on: Option<Date>,
}

impl Default for Options {
    fn default() -> Self {
        Options { threshold: 0.70, limit: 10, on: None }
    }
}

/// One listed party that the query may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The party: [`crate::Screener::party`].
    pub index: usize,
    /// Which of the party's names was found.
    pub name: usize,
    /// The score of the name, from 0 to 1.
    pub score: f64,
    /// Whether it counts as listed until somebody clears it.
    pub strength: Strength,
    /// Why it was found.
    pub because: Explanation,
    /// The score of the name, and 1 or 0 for each field that agrees or contradicts.
    pub features: Vec<Feature>,
    /// What the fields beside the name say.
    pub corroboration: Corroboration,
    /// Why this is no possible match although the name scores; [`crate::Screener::screen`] leaves such matches out,
    /// [`crate::Screener::ruled_out`] returns them.
    pub ruled_out: Option<RuledOut>,
}

/// How sure a match is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Strength {
    /// The same name, or an alias that the list does not call weak, and no field contradicts.
    Strong,
    /// Anything less.
    Weak,
}

/// Why a match whose name scores is no possible match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RuledOut {
    /// The shared name is made of words that bodies of every state bear, and the states differ.
    GenericNameElsewhere,
    /// A person born on another day and not known to be tied to the same country; or, where no date of birth can be compared,
    /// one whose name is no more than like and who is tied to other countries.
    OtherPerson,
    /// One is a person and the other is not, or one is a ship and the other is not, and the name is not the very same.
    OtherKind,
}

/// One number of a match.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// `name`, `country`, `birth_date`, `identifier`, `address`, `type`.
    pub feature: &'static str,
    /// From 0 to 1.
    pub score: f64,
}
