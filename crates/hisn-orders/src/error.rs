//! What can be wrong with an order, and where.

use std::fmt;

/// A place in a text: both count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Character in the line.
    pub column: usize,
}

/// Finds the [`Position`] of a byte.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// The line of the file that `text` begins on.
    first: usize,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Lines<'t> {
        Lines::starting_at(text, 1)
    }

    /// For a part of a file that begins on line `first`.
    pub(crate) fn starting_at(text: &'t str, first: usize) -> Lines<'t> {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Lines { text, starts: std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect(), first }
    }

    pub(crate) fn position(&self, byte: usize) -> Position {
        let byte = (0..=byte.min(self.text.len()))
            .rev()
            .find(|byte| self.text.is_char_boundary(*byte))
            .unwrap_or_default();
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = self.text.get(start..byte).unwrap_or_default();
        Position { line: self.first + line, column: before.chars().count() + 1 }
    }
}

/// One thing that is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}{}", place(*position, column), advice(help))]
pub struct FieldError {
    /// The header of the column, or the path of the field: `item[0].value.amount`. Empty where the fault is the whole order's.
    pub column: String,
    /// Where in the text, for forms that are texts.
    pub position: Option<Position>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// Something that was put right on the way and that a reader of the answer should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// As in [`FieldError::column`].
    pub column: String,
    /// As in [`FieldError::position`].
    pub position: Option<Position>,
    /// What was found and done.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", place(self.position, &self.column), self.message)
    }
}

/// Why a file, or the one order in it, cannot be read: one line a fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(file, errors))]
pub struct OrderErrors {
    /// The name of the file, as the caller gave it.
    pub file: String,
    /// The faults, in the order of the text.
    pub errors: Vec<FieldError>,
}

impl OrderErrors {
    /// One fault of a whole file.
    pub(crate) fn whole(file: &str, message: impl Into<String>, help: impl Into<String>) -> OrderErrors {
        let (message, help) = (message.into(), Some(help.into()));
        let error = FieldError { column: String::new(), position: None, message, help };
        OrderErrors { file: file.to_owned(), errors: vec![error] }
    }
}

fn place(position: Option<Position>, column: &str) -> String {
    match position {
        Some(Position { line, column }) => format!("{line}:{column}: "),
        None if column.is_empty() => String::new(),
        None => format!("column {column}: "),
    }
}

fn advice(help: &Option<String>) -> String {
    help.as_ref().map(|help| format!("; {help}")).unwrap_or_default()
}

fn lines(file: &str, errors: &[FieldError]) -> String {
    let line = |error: &FieldError| match error.position {
        Some(_) => format!("{file}:{error}"),
        None => format!("{file}: {error}"),
    };
    errors.iter().map(line).collect::<Vec<_>>().join("\n")
}
