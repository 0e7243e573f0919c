//! One layout for all law files: what a reviewer reads is what changed, never how it was spaced.

use super::DECLARATIONS;
use super::lexer::{Token, TokenKind, lex};
use crate::diagnostic::Diagnostic;

const CLAUSE_INDENT: usize = 2;
const EXCEPT_INDENT: usize = 4;
const CONTINUATION_INDENT: usize = 6;

/// Lays out a law file: declarations at the margin, clauses by two, `except` by four, what continues a line by six;
/// one space between words. Line breaks and comments stay where they are; blank lines are never more than one.
pub fn format(file: &str, text: &str) -> Result<String, Diagnostic> {
    let tokens = lex(file, text)?;
    // Looked up, not counted anew for each token: the time grows with the file, not with its square.
    let line_ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line_number = |at: usize| line_ends.partition_point(|end| *end < at);
    let mut out = String::new();
    let mut at = 0;
    let mut line_of_previous = 0;
    while let Some(first) = tokens.get(at).filter(|token| token.kind != TokenKind::End) {
        let line = line_number(first.span.start);
        let end = tokens
            .iter()
            .skip(at)
            .position(|t| line_number(t.span.start) != line || t.kind == TokenKind::End);
        let row = tokens.get(at..at + end.unwrap_or(1)).unwrap_or(&[]);
        if !out.is_empty() && line > line_of_previous + 1 {
            out.push('\n');
        }
        let next = tokens.get(at + row.len());
        out.push_str(&" ".repeat(indent(text, row, next)));
        for (i, token) in row.iter().enumerate() {
            let source = text.get(token.span.start..token.span.end).unwrap_or("").trim_end();
            let previous = i.checked_sub(1).and_then(|i| row.get(i)).map(|token| &token.kind);
            if needs_space(previous, &token.kind) {
                out.push_str(if token.kind == TokenKind::Comment { "  " } else { " " });
            }
            out.push_str(source);
        }
        out.push('\n');
        line_of_previous = row.last().map_or(line, |token| line_number(token.span.end));
        at += row.len().max(1);
    }
    Ok(out)
}

fn indent(text: &str, row: &[Token], next: Option<&Token>) -> usize {
    let (first, second) = (row.first().map(|t| &t.kind), row.get(1).map(|t| &t.kind));
    match (first, second) {
        // A comment on a line of its own stands with what follows it.
        (Some(TokenKind::Comment), _) => match next.map(|token| &token.kind) {
            Some(TokenKind::Word(word)) if DECLARATIONS.contains(&word.as_str()) => 0,
            Some(TokenKind::End) | None => 0,
            _ => row.first().map_or(0, |token| column(text, token.span.start).min(CONTINUATION_INDENT)),
        },
        (Some(TokenKind::Word(word)), Some(TokenKind::Text(_))) if word == "counsel" => CLAUSE_INDENT,
        (Some(TokenKind::Word(word)), Some(TokenKind::Text(_))) if word == "except" => EXCEPT_INDENT,
        (Some(TokenKind::Word(word)), _) if DECLARATIONS.contains(&word.as_str()) => 0,
        (Some(TokenKind::Word(word)), _) if CLAUSES.contains(&word.as_str()) => CLAUSE_INDENT,
        _ => CONTINUATION_INDENT,
    }
}

const CLAUSES: &[&str] = &[
    "ask",
    "open",
    "assume",
    "cite",
    "in",
    "stayed",
    "proposed",
    "scheduled",
    "each",
    "when",
    "for",
    "allows",
    "requires",
    "unless",
    "reason",
    "policy",
    "lifts",
    "bars",
    "disputed",
    "oblige",
    "instead",
    "is",
];

fn column(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or("").chars().rev().take_while(|c| *c != '\n').count()
}

fn needs_space(previous: Option<&TokenKind>, next: &TokenKind) -> bool {
    let opens = matches!(previous, None | Some(TokenKind::Sign("(")));
    let closes = matches!(next, TokenKind::Sign("," | ")" | ":"));
    !opens && !closes
}
