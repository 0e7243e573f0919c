//! A report for a terminal.

use super::{Lang, Line, Report, Span};

const LEFT_TO_RIGHT: char = '\u{2066}';
const FIRST_STRONG: char = '\u{2068}';
const END: char = '\u{2069}';
/// The width at which lines are broken.
const WIDTH: usize = 110;

/// The report as text. Colours only where `colour` says so; isolates around inserted values in Arabic.
pub fn text(report: &Report, colour: bool) -> String {
    let mut out = String::new();
    let decision = report.decision.to_uppercase();
    out.push_str(&if colour { format!("\u{1b}[1m{decision}\u{1b}[0m") } else { decision });
    out.push_str("  ");
    out.push_str(&plain(&report.about, report.lang));
    out.push('\n');
    if !report.summary.is_empty() {
        wrap(&plain(&report.summary, report.lang), 0, &mut out);
    }
    for section in &report.sections {
        out.push('\n');
        out.push_str(&if colour {
            format!("\u{1b}[4m{}\u{1b}[0m", section.heading)
        } else {
            section.heading.to_owned()
        });
        out.push('\n');
        for line in &section.lines {
            line_text(line, report.lang, &mut out);
        }
    }
    out
}

fn line_text(line: &Line, lang: Lang, out: &mut String) {
    wrap(&plain(&line.spans, lang), 2 + 2 * line.depth, out);
}

fn plain(spans: &[Span], lang: Lang) -> String {
    let mut out = String::new();
    for span in spans {
        match (span, lang) {
            (Span::Words(text), _) => out.push_str(text),
            (Span::Code(text) | Span::Name(text), Lang::En) if !text.contains(is_right_to_left) => {
                out.push_str(text)
            }
            (Span::Code(text), _) => isolate(LEFT_TO_RIGHT, text, &mut out),
            (Span::Name(text), _) => isolate(FIRST_STRONG, text, &mut out),
        }
    }
    out
}

/// Hebrew, Arabic, Syriac and the other scripts of those blocks, with their presentation forms.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

fn isolate(mark: char, text: &str, out: &mut String) {
    out.push(mark);
    out.push_str(text);
    out.push(END);
}

fn wrap(text: &str, indent: usize, out: &mut String) {
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column == 0 {
            out.push_str(&" ".repeat(indent));
            column = indent;
        } else if column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(indent + 2));
            column = indent + 2;
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out.push('\n');
}
