//! What a person reads of an assessment: one structure, shown as text or as a page, in English or Arabic.

mod build;
mod html;
mod text;
mod words;

pub use build::report;
pub use html::{PAGE_END, html, page_start};
pub use text::text;
pub use words::Lang;

/// An assessment as headings and lines.
pub struct Report {
    pub lang: Lang,
    pub decision: String,
    pub about: Vec<Span>,
    pub summary: Vec<Span>,
    pub sections: Vec<Section>,
}

/// Lines under a heading.
pub struct Section {
    pub heading: &'static str,
    pub lines: Vec<Line>,
}

/// One line, possibly beneath another.
pub struct Line {
    pub depth: usize,
    pub spans: Vec<Span>,
}

/// A part of a line. What is not the program's own text is kept apart, so that no direction of writing disturbs another.
#[derive(Clone)]
pub enum Span {
    /// The program's own words, in the language of the report.
    Words(String),
    /// Codes, dates, citations, numbers: always from left to right.
    Code(String),
    /// Names and texts of unknown direction.
    Name(String),
}

impl Span {
    pub fn words(text: impl Into<String>) -> Span {
        Span::Words(text.into())
    }

    pub fn code(text: impl Into<String>) -> Span {
        Span::Code(text.into())
    }

    pub fn name(text: impl Into<String>) -> Span {
        Span::Name(text.into())
    }
}

impl Line {
    pub fn new(spans: Vec<Span>) -> Line {
        Line { depth: 0, spans }
    }

    pub fn under(spans: Vec<Span>) -> Line {
        Line { depth: 1, spans }
    }
}
