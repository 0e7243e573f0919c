//! From a raw name to its words: titles, articles, legal forms, numbers and places told apart from words of substance.

use crate::Kind;
use crate::organisation::organisation_tokens;
use crate::person::person_tokens;
use crate::tables::{self, Addition};
use crate::text::{Piece, Script, pieces};
use crate::word::{Role, Token, Word};

/// A name with its words worked out.
#[derive(Clone, Debug)]
pub struct Name {
    /// The words in the order of the name.
    pub words: Vec<Word>,
}

impl Name {
    /// Works a name out as the name of a party of the given kind.
    pub fn new(text: &str, kind: Kind) -> Name {
        Name { words: tokens(text, kind).iter().map(|token| Word::new(token, kind)).collect() }
    }
}

/// More words than any name has; the rest is left out, so that the cost of a comparison is bounded.
const MOST_WORDS: usize = 24;

/// Cuts a name into words. Empty only when nothing in it is a letter or a digit.
pub fn tokens(text: &str, kind: Kind) -> Vec<Token> {
    let pieces = pieces(text);
    let added = additions(&pieces);
    let mut tokens = match kind {
        Kind::Person => person_tokens(&without(&pieces, &added)),
        Kind::Organisation | Kind::Craft => organisation_tokens(&without(&pieces, &added)),
    };
    tokens.truncate(MOST_WORDS);
    keep_one_of_substance(&mut tokens);
    tokens
}

/// The name, and the names that it holds in brackets: `Rosoboronexport OJSC (ROE)` is also `Rosoboronexport OJSC` and `ROE`.
pub fn variants(text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned()];
    let Some((before, rest)) = text.split_once('(') else { return all };
    let Some((inside, after)) = rest.split_once(')') else { return all };
    let short = |s: &str| {
        let letters = s.chars().filter(|c| c.is_alphanumeric()).count();
        (2..=10).contains(&letters)
            && s.chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '&' | ' '))
            && s.chars().filter(char::is_ascii_uppercase).count() >= 2
    };
    let inside = inside.trim();
    // "(U.K.)" and "(PVT)" tell one firm from another: they are part of the name.
    let plain: String =
        inside.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let is_part =
        tables::PLACES.contains_key(plain.as_str()) || tables::LONE_LEGAL_WORDS.contains(plain.as_str());
    if !is_part && short(inside) && before.trim().chars().count() > inside.chars().count() {
        all.push(format!("{} {}", before.trim(), after.trim()).trim().to_owned());
        if inside.chars().count() >= 3 {
            all.push(inside.to_owned());
        }
    }
    all
}

/// A name that is nothing but titles, articles and legal forms is made of words of substance after all: `The Company`.
fn keep_one_of_substance(tokens: &mut [Token]) {
    let substance = |token: &Token| matches!(token.role, Role::Name | Role::Number(_) | Role::Place(_));
    if tokens.iter().any(substance) {
        return;
    }
    for token in tokens.iter_mut().filter(|token| token.role != Role::Initial) {
        token.role = Role::Name;
    }
}

/// Which pieces are no part of the name: addresses, departments, "and subsidiaries". Never all, and never the first.
fn additions(pieces: &[Piece]) -> Vec<bool> {
    let mut added = vec![false; pieces.len()];
    let mut at = 1;
    while at < pieces.len() {
        let words = pieces.iter().skip(at).map(|piece| piece.text.as_str());
        let Some((count, addition)) = tables::ADDITIONS.at_start(words) else {
            at += 1;
            continue;
        };
        let from = match addition {
            Addition::Street => {
                let number = pieces.iter().take(at).rposition(|piece| piece.script == Script::Digits);
                number.filter(|number| *number >= 1 && at - number <= 4).unwrap_or(at - 1)
            }
            Addition::Tail | Addition::Aside => at,
        };
        let to = if addition == Addition::Aside { at + count } else { pieces.len() };
        added.iter_mut().take(to).skip(from.max(1)).for_each(|piece| *piece = true);
        at += count;
    }
    added
}

fn without(pieces: &[Piece], added: &[bool]) -> Vec<Piece> {
    pieces.iter().zip(added).filter(|(_, added)| !**added).map(|(piece, _)| piece.clone()).collect()
}

/// The first letters of the words of substance, for names that are known by them.
pub fn acronym(words: &[&Word]) -> String {
    words
        .iter()
        .filter(|word| !matches!(word.role, Role::LegalForm(_) | Role::Particle | Role::Title))
        .filter_map(|word| word.latin().chars().next())
        .collect()
}
