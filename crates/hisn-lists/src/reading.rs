//! What a reader returns, and how it fails.

use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

use crate::Party;

/// Everything that one file holds.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The entries, in the order of the file.
    pub parties: Vec<Party>,
    /// What was unusual in the file. Nothing that a warning speaks of was dropped unless it says so.
    pub warnings: Vec<Warning>,
    /// Records of the file that became no party; a warning tells the place and the reason of each.
    pub left_out: usize,
    /// The day that the file itself states for its contents.
    pub dated: Option<Date>,
}

impl Reading {
    pub(crate) fn warn(&mut self, place: Place, message: impl Into<String>) {
        self.warnings.push(Warning { place, message: message.into() });
    }

    /// Counts a record that becomes no party, and says why.
    pub(crate) fn leave_out(&mut self, place: Place, message: impl Into<String>) {
        self.leave_out_all(1, place, message);
    }

    /// Counts records of which one message tells why they become no party.
    pub(crate) fn leave_out_all(&mut self, count: usize, place: Place, message: impl Into<String>) {
        self.left_out += count;
        self.warn(place, message);
    }

    /// An empty reading is a failed one: no publisher publishes an empty list, but many downloads are cut short.
    pub(crate) fn or_empty(self, format: &'static str) -> Result<Self, ReadError> {
        if self.parties.is_empty() { Err(ReadError::NoEntries { format }) } else { Ok(self) }
    }
}

/// Something unusual in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where it stands.
    pub place: Place,
    /// What is unusual, and what the reader did.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// A place in a file, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line of the text.
    Line(u64),
    /// A record of the table; one record may take several lines.
    Row(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line(line) => write!(f, "line {line}"),
            Place::Row(row) => write!(f, "row {row}"),
        }
    }
}

/// Why a file could not be read. Every message names the place and says what to do.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file has no bytes.
    #[error(
        "the file is empty; an empty download is a failed download, so fetch it again and keep the last good copy"
    )]
    Empty,
    /// The file is a web page.
    #[error(
        "the file is a web page, not a list: \"{title}\"; the publisher's address has moved or asks for a log-in"
    )]
    Html {
        /// The page's title, or its first words.
        title: String,
    },
    /// The file is well formed and holds no entry.
    #[error("no entry found in what looks like {format}; the file is cut short, or its layout has changed")]
    NoEntries {
        /// The format it was read as.
        format: &'static str,
    },
    /// No reader knows the layout.
    #[error("cannot tell what list {name} is: it starts with \"{start}\"; known are {known}")]
    Unknown {
        /// Name of the file.
        name: String,
        /// Its first characters.
        start: String,
        /// The formats that are known.
        known: &'static str,
    },
    /// The file belongs to another one.
    #[error("these are OFAC's {what} without the list that they belong to; give {main} beside it")]
    Companion {
        /// What the file holds.
        what: &'static str,
        /// The file that it belongs to.
        main: &'static str,
    },
    /// The list has two files of one kind.
    #[error("a second file of {what} for the same OFAC list; give one of each")]
    Twice {
        /// What the file holds.
        what: &'static str,
    },
    /// A column that the reader cannot do without is missing.
    #[error("column \"{column}\" is missing from {format}; the header has: {found}")]
    MissingColumn {
        /// The column.
        column: &'static str,
        /// The format it was read as.
        format: &'static str,
        /// The columns that are there.
        found: String,
    },
    /// A part of the document that the reader cannot do without is missing.
    #[error("\"{part}\" is not in the document; fetch the whole of {whole}")]
    MissingPart {
        /// The part.
        part: &'static str,
        /// What it is a part of.
        whole: &'static str,
    },
    /// The XML is not well formed.
    #[error("line {line}: the XML breaks off or is malformed ({message}); fetch the file again")]
    Xml {
        /// Where.
        line: u64,
        /// What the parser said.
        message: String,
    },
    /// The table is not well formed.
    #[error("line {line}: not a readable table row ({message})")]
    Csv {
        /// Where.
        line: u64,
        /// What the parser said.
        message: String,
    },
    /// The JSON is not well formed.
    #[error("line {line}, column {column}: not readable JSON ({message})")]
    Json {
        /// Where.
        line: usize,
        /// Where in the line.
        column: usize,
        /// What the parser said.
        message: String,
    },
    /// The compressed file cannot be unpacked.
    #[error("cannot unpack the file ({message}); it is cut short or no {kind} file")]
    Compressed {
        /// gzip or zstd.
        kind: &'static str,
        /// What the decoder said.
        message: String,
    },
    /// The file, or what it unpacks to, is too large to be a list.
    #[error("the file unpacks to more than {limit} bytes; no published list is that large")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
}

/// Refuses what is no list at all: nothing, or a web page.
pub(crate) fn refuse_non_list(text: &str) -> Result<(), ReadError> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.is_empty() || start.chars().all(|c| c.is_control() || c.is_whitespace()) {
        return Err(ReadError::Empty);
    }
    let head: String = start.chars().take(2000).collect::<String>().to_ascii_lowercase();
    if head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.contains("<head>") && head.contains("<body")
    {
        let title = crate::text::cut_ignoring_case(start, "<title>")
            .and_then(|(_, rest)| rest.split('<').next())
            .map_or_else(|| start.chars().take(60).collect(), crate::text::clean);
        return Err(ReadError::Html { title });
    }
    Ok(())
}
