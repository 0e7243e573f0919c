//! Numbers of control entries and the paragraphs beneath them.

use std::fmt;

use crate::Truth;

/// A classification: an entry and, beneath it, a path of paragraphs (`5A001.f.2`).
///
/// Entries are compared without regard to case, written in capitals; paragraphs in small letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    entry: String,
    path: Vec<String>,
}

impl Code {
    /// Reads a code; empty text or an empty paragraph is no code.
    pub fn parse(text: &str) -> Option<Code> {
        let mut parts = text.trim().split('.');
        let entry = parts.next().filter(|entry| is_code_part(entry))?.to_uppercase();
        let path: Vec<String> = parts.map(|part| part.trim().to_lowercase()).collect();
        path.iter().all(|part| is_code_part(part)).then_some(Code { entry, path })
    }

    /// The entry without its paragraphs.
    pub fn entry(&self) -> &str {
        &self.entry
    }

    /// The paragraphs.
    pub fn path(&self) -> &[String] {
        &self.path
    }

    /// Whether an item of this code is in `other`: true at or beneath it, false beside it, unknown above it.
    pub fn is_in(&self, other: &Code) -> Truth {
        if self.entry == other.entry { path_is_in(&self.path, &other.path) } else { Truth::False }
    }
}

/// [`Code::is_in`] for two paths of one entry.
pub(crate) fn path_is_in(path: &[String], other: &[String]) -> Truth {
    let agree = path.iter().zip(other).all(|(a, b)| a == b);
    match agree {
        false => Truth::False,
        true => {
            if path.len() >= other.len() {
                Truth::True
            } else {
                Truth::Unknown
            }
        }
    }
}

fn is_code_part(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.entry)?;
        self.path.iter().try_for_each(|part| write!(f, ".{part}"))
    }
}
