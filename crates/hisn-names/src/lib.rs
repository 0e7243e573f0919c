//! Comparing names of people, organisations and ships across scripts, with an explanation.
//!
//! A name is cut into words ([`Name::new`]); two names are compared word by word ([`score`], [`compare`]), and the answer
//! carries the alignment that made it. The crate reads no files and knows no lists; its tables stand in `data/names`.
//!
//! ```
//! use hisn_names::{Kind, compare};
//!
//! let answer = compare("Усама бин Ладен", "BIN LADIN, Usama", Kind::Person);
//! assert!(answer.score > 0.9);
//! ```

mod align;
mod distance;
mod name;
mod organisation;
mod outline;
mod person;
mod roman;
mod score;
mod sound;
mod tables;
mod text;
mod word;

pub use align::{Alignment, How, Pair, pair_likeness};
pub use name::{Name, acronym, tokens, variants};
pub use outline::{Outline, Probe};
pub use score::{Comparison, Conflict, compare, estimate, most, score};
pub use sound::Key;
pub use tables::{Rules, rules};
pub use text::{Script, script_of};
pub use word::{Role, Token, Word};

/// What bears a name. It decides how the name is read: titles and articles for people, legal forms and places for
/// organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A human being.
    Person,
    /// A company, an organisation, a body of a state; also a party of which no kind is known.
    Organisation,
    /// A ship or an aircraft.
    Craft,
}
