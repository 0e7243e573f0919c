//! What is wrong with a law, where, and what to do.

use std::fmt;

/// A stretch of a file, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// From the beginning of this to the end of `other`.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start, end: other.end.max(self.end) }
    }
}

/// One error in a law, with the place it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as the pack names it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    excerpt: String,
    width: usize,
}

impl Diagnostic {
    /// An error at `span` of `text`, which is the content of `file`.
    pub fn at(file: &str, text: &str, span: Span, message: impl Into<String>) -> Diagnostic {
        let start = floor_char_boundary(text, span.start);
        let before = text.get(..start).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let excerpt = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let column = before.get(line_start..).unwrap_or("").chars().count();
        let end = floor_char_boundary(text, span.end.max(start));
        let width = text.get(start..end).unwrap_or("").lines().next().unwrap_or("").chars().count();
        Diagnostic {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: column + 1,
            message: message.into(),
            help: None,
            excerpt: excerpt.to_owned(),
            width: width.max(1),
        }
    }

    /// An error in a whole file, or in a row of a table.
    pub fn in_row(file: &str, line: usize, column: usize, message: impl Into<String>) -> Diagnostic {
        let message = message.into();
        Diagnostic {
            file: file.to_owned(),
            line,
            column,
            message,
            help: None,
            excerpt: String::new(),
            width: 0,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        if !self.excerpt.is_empty() {
            let number = self.line.to_string();
            let margin = " ".repeat(number.len());
            writeln!(f, "{number} | {}", self.excerpt)?;
            writeln!(f, "{margin} | {}{}", " ".repeat(self.column - 1), "^".repeat(self.width))?;
        }
        match &self.help {
            Some(help) => writeln!(f, "help: {help}"),
            None => Ok(()),
        }
    }
}

/// The errors of a law, in the order of its files.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct LawErrors(pub Vec<Diagnostic>);

/// The candidate nearest to `word`, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (edit_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, cb) in b.iter().enumerate() {
            let substitute = row.get(j).copied().unwrap_or(usize::MAX) + usize::from(ca != *cb);
            let insert = next.get(j).copied().unwrap_or(usize::MAX) + 1;
            let delete = row.get(j + 1).copied().unwrap_or(usize::MAX) + 1;
            next.push(substitute.min(insert).min(delete));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
