//! Names of people: surname and given name, particles, titles, initials, "servant of".

use crate::roman::han_surname;
use crate::tables;
use crate::text::{Piece, Script};
use crate::word::{Role, Token};

/// The words of a person's name.
pub(crate) fn person_tokens(pieces: &[Piece]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(pieces.len());
    let all_han = pieces.iter().all(|piece| piece.script == Script::Han);
    let all_hangul = pieces.iter().all(|piece| piece.script == Script::Hangul);
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at += 1;
        let text = piece.text.as_str();
        match piece.script {
            // 王小明: surname and given name; with a dot between (贝拉克·奥巴马) the parts of a foreign name.
            Script::Han if all_han && pieces.len() == 1 => {
                if let Some((end, reading)) = han_surname(text) {
                    let (surname, given) = text.split_at_checked(end).unwrap_or((text, ""));
                    out.push(Token {
                        text: surname.to_owned(),
                        core: Some(reading),
                        script: Script::Latin,
                        role: Role::Name,
                    });
                    if !given.is_empty() {
                        out.push(Token::new(given, Script::Han, Role::Name));
                    }
                }
            }
            Script::Hangul if all_hangul && pieces.len() == 1 && (2..=5).contains(&text.chars().count()) => {
                let end = text.chars().next().map_or(0, char::len_utf8);
                let (surname, given) = text.split_at_checked(end).unwrap_or((text, ""));
                out.push(Token::new(surname, Script::Hangul, Role::Name));
                out.extend(
                    given
                        .chars()
                        .map(|syllable| Token::new(&syllable.to_string(), Script::Hangul, Role::Name)),
                );
            }
            Script::Arabic => at = arabic_person_word(pieces, at - 1, &mut out),
            Script::Digits => out.push(Token::new(text, Script::Digits, Role::Particle)),
            Script::Latin => at = latin_person_word(pieces, at - 1, &mut out),
            script => {
                let role = if text.chars().count() == 1 && matches!(script, Script::Cyrillic | Script::Greek)
                {
                    Role::Initial
                } else if tables::PERSON_PARTICLES.contains_key(text) {
                    Role::Particle
                } else {
                    Role::Name
                };
                out.push(Token::new(text, script, role));
            }
        }
    }
    out
}

/// A word of a person's name in Latin letters; returns the piece to go on with.
fn latin_person_word(pieces: &[Piece], at: usize, out: &mut Vec<Token>) -> usize {
    let Some(piece) = pieces.get(at) else { return at + 1 };
    let text = piece.text.as_str();
    if text.len() == 1 {
        // A lone "y" or "e" between words joins them; before a full stop or as a capital it is an initial.
        let joins = !piece.stop_follows && !piece.capitals && tables::PERSON_PARTICLES.contains_key(text);
        out.push(Token::new(text, Script::Latin, if joins { Role::Particle } else { Role::Initial }));
        return at + 1;
    }
    if let Some((core, next)) = servant_compound(pieces, at) {
        let whole: Vec<&str> =
            pieces.get(at..next).unwrap_or_default().iter().map(|p| p.text.as_str()).collect();
        out.push(Token { text: whole.join(" "), core: Some(core), script: Script::Latin, role: Role::Name });
        return next;
    }
    let role = if tables::PERSON_PARTICLES.contains_key(text) {
        Role::Particle
    } else if tables::PERSON_TITLES.contains_key(text) {
        Role::Title
    } else {
        Role::Name
    };
    out.push(Token::new(text, Script::Latin, role));
    at + 1
}

/// `Abd al-Rahman`, `Abdul Rahman`, `Abdurrahman`, `Abderrahmane`: one word, "servant of", with the article left out.
fn servant_compound(pieces: &[Piece], at: usize) -> Option<(String, usize)> {
    let text = pieces.get(at)?.text.as_str();
    let rest = text.strip_prefix("abd")?;
    let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let after_vowels = rest.trim_start_matches(|c| vowel(&c));
    if after_vowels.len() <= 1 && rest.len() <= 4 {
        // The word that it is the servant of stands by itself, perhaps after an article.
        let mut next = at + 1;
        let article = |p: &&Piece| {
            matches!(
                p.text.as_str(),
                "al" | "el" | "ul" | "ur" | "ar" | "as" | "es" | "er" | "an" | "en" | "ol" | "il"
            )
        };
        if pieces.get(next).filter(article).is_some() {
            next += 1;
        }
        let of = pieces.get(next).filter(|p| p.script == Script::Latin && p.text.len() > 2)?;
        if tables::PERSON_PARTICLES.contains_key(of.text.as_str()) {
            return None;
        }
        let of = of.text.as_str();
        let of = of.strip_prefix("al").filter(|rest| rest.len() >= 4).unwrap_or(of);
        return Some((format!("abd{of}"), next + 1));
    }
    if after_vowels.len() == rest.len() {
        return None;
    }
    let core = after_vowels.strip_prefix('l').filter(|rest| rest.len() >= 2).unwrap_or(after_vowels);
    let mut letters = core.chars();
    let doubled = letters.next() == letters.next();
    let core = if doubled { core.get(1..).unwrap_or(core) } else { core };
    (core.len() >= 2).then(|| (format!("abd{core}"), at + 1))
}

/// The same for Arabic letters; returns the piece to go on with.
fn arabic_person_word(pieces: &[Piece], at: usize, out: &mut Vec<Token>) -> usize {
    let Some(piece) = pieces.get(at) else { return at + 1 };
    let text = piece.text.as_str();
    if text == "عبد" && pieces.get(at + 1).is_some_and(|next| next.script == Script::Arabic) {
        let of = pieces.get(at + 1).map_or("", |next| next.text.as_str());
        let core =
            format!("عبد{}", of.strip_prefix("ال").filter(|rest| rest.chars().count() >= 2).unwrap_or(of));
        out.push(Token {
            text: format!("{text} {of}"),
            core: Some(core),
            script: Script::Arabic,
            role: Role::Name,
        });
        return at + 2;
    }
    let role = if tables::PERSON_PARTICLES.contains_key(text) {
        Role::Particle
    } else if tables::PERSON_TITLES.contains_key(text) {
        Role::Title
    } else {
        Role::Name
    };
    let core = match text.strip_prefix("عبدال") {
        Some(of) if of.chars().count() >= 2 => Some(format!("عبد{of}")),
        _ => text
            .strip_suffix("الدين")
            .filter(|before| before.chars().count() >= 2)
            .map(|before| format!("{before}دين"))
            .or_else(|| Some(without_article(text).to_owned()).filter(|core| core != text)),
    };
    out.push(Token { text: text.to_owned(), core, script: Script::Arabic, role });
    at + 1
}

pub(crate) fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3 || *rest == "له").unwrap_or(word)
}
