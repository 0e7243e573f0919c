//! Text into words, texts and signs.

use crate::diagnostic::{Diagnostic, Span};

/// One token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

/// What a token is. What a word means depends on where it stands, so numbers, dates, names and codes are all words.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    Word(String),
    Text(String),
    Sign(&'static str),
    Comment,
    End,
}

/// Every token of `text`, comments included, closed by [`TokenKind::End`].
pub fn lex(file: &str, text: &str) -> Result<Vec<Token>, Diagnostic> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let token = |kind, end| Token { kind, span: Span { start, end } };
        if c.is_whitespace() {
            continue;
        } else if c == '#' {
            let end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |n| start + n);
            while chars.next_if(|(at, _)| *at < end).is_some() {}
            tokens.push(token(TokenKind::Comment, end));
        } else if c == '"' {
            let mut inner = String::new();
            loop {
                match chars.next() {
                    Some((at, '"')) => {
                        let folded = inner.split_whitespace().collect::<Vec<_>>().join(" ");
                        tokens.push(token(TokenKind::Text(folded), at + 1));
                        break;
                    }
                    Some((_, c)) => inner.push(c),
                    None => {
                        let span = Span { start, end: start + 1 };
                        return Err(Diagnostic::at(file, text, span, "this text is not closed")
                            .help("end it with a double quote"));
                    }
                }
            }
        } else if let Some(sign) = sign(c, chars.peek().map(|(_, next)| *next)) {
            if sign.len() == 2 {
                chars.next();
            }
            tokens.push(token(TokenKind::Sign(sign), start + sign.len()));
        } else if is_word(c) {
            let mut end = start + c.len_utf8();
            while let Some((at, c)) = chars.next_if(|(_, c)| is_word(*c)) {
                end = at + c.len_utf8();
            }
            let word = text.get(start..end).unwrap_or("");
            // "party: number": a colon at the end of a word is a sign, within a word ("D:1") a part of it.
            match word.strip_suffix(':') {
                Some(word) if !word.is_empty() => {
                    tokens.push(token(TokenKind::Word(word.to_owned()), end - 1));
                    tokens.push(Token { kind: TokenKind::Sign(":"), span: Span { start: end - 1, end } });
                }
                Some(_) => tokens.push(token(TokenKind::Sign(":"), end)),
                None => tokens.push(token(TokenKind::Word(word.to_owned()), end)),
            }
        } else {
            let span = Span { start, end: start + c.len_utf8() };
            return Err(Diagnostic::at(file, text, span, format!("the sign {c:?} has no meaning here")));
        }
    }
    tokens.push(Token { kind: TokenKind::End, span: Span { start: text.len(), end: text.len() } });
    Ok(tokens)
}

fn sign(c: char, next: Option<char>) -> Option<&'static str> {
    Some(match (c, next) {
        ('>', Some('=')) => ">=",
        ('<', Some('=')) => "<=",
        ('>', _) => ">",
        ('<', _) => "<",
        ('=', _) => "=",
        (',', _) => ",",
        ('(', _) => "(",
        (')', _) => ")",
        _ => return None,
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.' | '/' | '%')
}
