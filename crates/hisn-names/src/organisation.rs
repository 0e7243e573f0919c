//! Names of organisations and ships: legal forms, numbers, places, words put in English.

use crate::person::without_article;
use crate::tables;
use crate::text::{Piece, Script};
use crate::word::{Role, Token};

/// The words of an organisation's name.
pub(crate) fn organisation_tokens(pieces: &[Piece]) -> Vec<Token> {
    let mut plain: Vec<Token> = Vec::with_capacity(pieces.len() + 4);
    let mut at = 0;
    while at < pieces.len() {
        at = organisation_word(pieces, at, &mut plain);
    }
    mark_legal_forms(&mut plain);
    mark_places(&mut plain);
    join_numbers(&mut plain);
    plain
}

/// One word, or one run of letters that belongs together, of an organisation's name; returns the piece to go on with.
fn organisation_word(pieces: &[Piece], at: usize, out: &mut Vec<Token>) -> usize {
    let Some(piece) = pieces.get(at) else { return at + 1 };
    let text = piece.text.as_str();
    match piece.script {
        Script::Digits => {
            let value = text
                .bytes()
                .fold(0u32, |n, digit| n.wrapping_mul(10).wrapping_add(u32::from(digit.wrapping_sub(b'0'))));
            out.push(Token::new(text, Script::Digits, Role::Number(value)));
            let ordinal = |next: &&Piece| {
                next.glued
                    && matches!(
                        next.text.as_str(),
                        "st" | "nd" | "rd" | "th" | "й" | "я" | "го" | "ая" | "ый"
                    )
            };
            if pieces.get(at + 1).filter(ordinal).is_some() { at + 2 } else { at + 1 }
        }
        Script::Latin if text.len() == 1 => {
            // Letters in a row are one word: S.A., J S C, A.I.C.
            let run =
                pieces.iter().skip(at).take_while(|p| p.script == Script::Latin && p.text.len() == 1).count();
            let letters: String = pieces.iter().skip(at).take(run).map(|p| p.text.as_str()).collect();
            let role = if run == 1 && tables::STOP_WORDS.contains_key(text) && !piece.capitals {
                Role::Particle
            } else {
                Role::Name
            };
            out.push(Token::new(&letters, Script::Latin, role));
            at + run
        }
        Script::Latin => {
            if let Some(value) = tables::NUMBERS.get(text) {
                out.push(Token::new(text, Script::Latin, Role::Number(*value)));
            } else if tables::STOP_WORDS.contains_key(text) {
                out.push(Token::new(text, Script::Latin, Role::Particle));
            } else {
                push_in_english(text, Script::Latin, out);
            }
            at + 1
        }
        Script::Han | Script::Hangul => {
            segment(text, piece.script, out);
            at + 1
        }
        Script::Arabic => {
            let names =
                pieces.iter().skip(at).map_while(|piece| tables::LETTER_NAMES.get(piece.text.as_str()));
            let letters: String = names.copied().collect();
            if letters.len() >= 2 {
                out.push(Token::new(&letters, Script::Latin, Role::Name));
                return at + letters.len();
            }
            push_arabic(text, out);
            at + 1
        }
        script => {
            push_in_english(text, script, out);
            at + 1
        }
    }
}

/// A word in the English of the lexicon, or as it is.
fn push_in_english(text: &str, script: Script, out: &mut Vec<Token>) {
    match tables::LEXICON.english(text) {
        Some(english) => push_english(text, english, out),
        None => out.push(Token::new(text, script, Role::Name)),
    }
}

fn push_english(text: &str, english: &[&str], out: &mut Vec<Token>) {
    for word in english {
        if let Some(value) = tables::NUMBERS.get(word) {
            out.push(Token::new(word, Script::Latin, Role::Number(*value)));
        } else if tables::STOP_WORDS.contains_key(*word) {
            out.push(Token::new(word, Script::Latin, Role::Particle));
        } else {
            let shown = if english.len() == 1 { text } else { word };
            let core = (shown != *word).then(|| (*word).to_owned());
            out.push(Token { text: shown.to_owned(), core, script: Script::Latin, role: Role::Name });
        }
    }
}

fn push_arabic(text: &str, out: &mut Vec<Token>) {
    let bare = without_article(text);
    let stripped = text
        .strip_prefix("لل")
        .or_else(|| text.strip_prefix("وال"))
        .or_else(|| text.strip_prefix("بال"))
        .filter(|rest| rest.chars().count() >= 3);
    let known = [Some(text), Some(bare), stripped]
        .into_iter()
        .flatten()
        .find_map(|form| tables::LEXICON.english(form));
    match known {
        Some(english) => push_english(text, english, out),
        None => {
            let core = stripped.unwrap_or(bare);
            let core = (core != text).then(|| core.to_owned());
            out.push(Token { text: text.to_owned(), core, script: Script::Arabic, role: Role::Name });
        }
    }
}

/// Cuts a text without spaces into known words; what is between is read by sound, in one word.
fn segment(text: &str, script: Script, out: &mut Vec<Token>) {
    let mut rest = text;
    let mut unknown = String::new();
    while let Some(letter) = rest.chars().next() {
        if let Some((value, taken)) = han_number(rest) {
            flush_unknown(&mut unknown, script, out);
            let digits = rest.get(..taken).unwrap_or_default();
            out.push(Token::new(digits, Script::Digits, Role::Number(value)));
            rest = rest.get(taken..).unwrap_or_default();
        } else if let Some((taken, english)) = tables::LEXICON.longest_at_start(rest) {
            flush_unknown(&mut unknown, script, out);
            push_english(rest.get(..taken).unwrap_or_default(), english, out);
            rest = rest.get(taken..).unwrap_or_default();
        } else {
            unknown.push(letter);
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        }
    }
    flush_unknown(&mut unknown, script, out);
}

fn flush_unknown(unknown: &mut String, script: Script, out: &mut Vec<Token>) {
    if unknown.is_empty() {
        return;
    }
    let word = std::mem::take(unknown);
    match tables::PLACES.get(word.as_str()) {
        Some(place) => out.push(Token {
            text: word,
            core: Some((*place).to_owned()),
            script: Script::Latin,
            role: Role::Place(place),
        }),
        None => out.push(Token::new(&word, script, Role::Name)),
    }
}

/// A number in Chinese characters at the start of the text, with 第 before it or of two characters at least.
fn han_number(text: &str) -> Option<(u32, usize)> {
    let ordinal = text.starts_with('第');
    let body = if ordinal { text.get('第'.len_utf8()..)? } else { text };
    let (mut total, mut digit, mut bytes, mut count) = (0u32, 0u32, 0usize, 0usize);
    for letter in body.chars() {
        let value = match letter {
            '〇' | '零' | '○' => 0,
            '一' => 1,
            '二' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => 10,
            '百' => 100,
            _ => break,
        };
        if value >= 10 {
            total = total.wrapping_add(digit.max(1).wrapping_mul(value));
            digit = 0;
        } else {
            digit = digit.wrapping_mul(10).wrapping_add(value);
        }
        bytes += letter.len_utf8();
        count += 1;
    }
    let marked = if ordinal { '第'.len_utf8() } else { 0 };
    (count >= 2 || ordinal && count == 1).then(|| (total.wrapping_add(digit), bytes + marked))
}

/// Legal forms anywhere when they are written out, and at either end when they are short.
fn mark_legal_forms(tokens: &mut [Token]) {
    let mut at = 0;
    while at < tokens.len() {
        let written = tokens.iter().skip(at).map(|token| token.text.as_str());
        let in_english = tokens.iter().skip(at).map(|token| token.core.as_deref().unwrap_or(&token.text));
        let found =
            tables::LEGAL_FORMS.at_start(written).or_else(|| tables::LEGAL_FORMS.at_start(in_english));
        let Some((count, class)) = found else {
            at += 1;
            continue;
        };
        let edge = edge_before(tokens, at) || edge_after(tokens, at + count);
        let written_out = count > 1 || tokens.get(at).is_some_and(|token| token.text.chars().count() >= 4);
        let counts = if class.is_empty() { edge && (count > 1 || written_out) } else { edge || written_out };
        if counts {
            for token in tokens.iter_mut().skip(at).take(count) {
                token.role = Role::LegalForm(class);
            }
        }
        at += if counts { count } else { 1 };
    }
}

/// Whether only legal forms and joining words stand before `at`.
fn edge_before(tokens: &[Token], at: usize) -> bool {
    tokens.iter().take(at).all(|token| matches!(token.role, Role::LegalForm(_) | Role::Particle))
}

fn edge_after(tokens: &[Token], at: usize) -> bool {
    tokens.iter().skip(at).all(|token| {
        matches!(token.role, Role::LegalForm(_) | Role::Particle)
            || tables::LONE_LEGAL_WORDS.contains(token.text.as_str())
    })
}

/// Places, of two words (`Hong Kong`) and of one.
fn mark_places(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at < tokens.len() {
        let two = match (tokens.get(at), tokens.get(at + 1)) {
            (Some(a), Some(b)) if a.role == Role::Name && b.role == Role::Name => {
                Some(format!("{} {}", a.text, b.text))
            }
            _ => None,
        };
        if let Some((both, place)) =
            two.and_then(|both| tables::PLACES.get(both.as_str()).map(|place| (both, *place)))
        {
            let joined = both.replace(' ', "");
            tokens.splice(
                at..at + 2,
                [Token { text: both, core: Some(joined), script: Script::Latin, role: Role::Place(place) }],
            );
        } else if let Some(token) = tokens.get_mut(at).filter(|token| token.role == Role::Name) {
            let word = token.core.as_deref().unwrap_or(&token.text);
            if let Some(place) = tables::PLACES.get(word) {
                token.role = Role::Place(place);
                if token.script != Script::Latin {
                    token.core = Some(place.replace(' ', ""));
                    token.script = Script::Latin;
                }
            }
        }
        at += 1;
    }
}

/// `Forty-Four` and `Forty 4` are 44.
fn join_numbers(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at + 1 < tokens.len() {
        let pair = match (tokens.get(at), tokens.get(at + 1)) {
            (
                Some(Token { role: Role::Number(tens), script: Script::Latin, .. }),
                Some(Token { role: Role::Number(ones), .. }),
            ) if *tens >= 20 && tens % 10 == 0 && *tens < 100 && (1..10).contains(ones) => Some(tens + ones),
            _ => None,
        };
        if let Some(sum) = pair {
            let digits = sum.to_string();
            tokens.splice(at..at + 2, [Token::new(&digits, Script::Digits, Role::Number(sum))]);
        }
        at += 1;
    }
}
