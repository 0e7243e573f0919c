//! From a raw name to its words: titles, articles, legal forms, numbers and places told apart from words of substance.

use crate::Kind;
use crate::roman::{han_surname, roman};
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
            && s.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '&'))
            && s.chars().any(|c| c.is_ascii_uppercase())
    };
    let inside = inside.trim();
    if short(inside) && before.trim().chars().count() > inside.chars().count() {
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

fn token(text: &str, script: Script, role: Role) -> Token {
    Token { text: text.to_owned(), core: None, script, role }
}

fn person_tokens(pieces: &[Piece]) -> Vec<Token> {
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
                    out.push(Token { text: surname.to_owned(), core: Some(reading), script: Script::Latin, role: Role::Name });
                    if !given.is_empty() {
                        out.push(token(given, Script::Han, Role::Name));
                    }
                }
            }
            Script::Hangul if all_hangul && pieces.len() == 1 && (2..=5).contains(&text.chars().count()) => {
                let end = text.chars().next().map_or(0, char::len_utf8);
                let (surname, given) = text.split_at_checked(end).unwrap_or((text, ""));
                out.push(token(surname, Script::Hangul, Role::Name));
                out.push(token(given, Script::Hangul, Role::Name));
            }
            Script::Arabic => at = arabic_person_word(pieces, at - 1, &mut out),
            Script::Digits => out.push(token(text, Script::Digits, Role::Particle)),
            Script::Latin => at = latin_person_word(pieces, at - 1, &mut out),
            script => {
                let role = if text.chars().count() == 1 && matches!(script, Script::Cyrillic | Script::Greek) {
                    Role::Initial
                } else if tables::PERSON_PARTICLES.contains_key(text) {
                    Role::Particle
                } else {
                    Role::Name
                };
                out.push(token(text, script, role));
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
        out.push(token(text, Script::Latin, if joins { Role::Particle } else { Role::Initial }));
        return at + 1;
    }
    if let Some((core, next)) = servant_compound(pieces, at) {
        let whole: Vec<&str> = pieces.get(at..next).unwrap_or_default().iter().map(|p| p.text.as_str()).collect();
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
    out.push(token(text, Script::Latin, role));
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
        let article = |p: &&Piece| matches!(p.text.as_str(), "al" | "el" | "ul" | "ur" | "ar" | "as" | "es" | "er" | "an" | "en" | "ol" | "il");
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
        let core = format!("عبد{}", without_article(of));
        out.push(Token { text: format!("{text} {of}"), core: Some(core), script: Script::Arabic, role: Role::Name });
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

fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3 || *rest == "له").unwrap_or(word)
}

fn organisation_tokens(pieces: &[Piece]) -> Vec<Token> {
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
            let value = text.bytes().fold(0u32, |n, digit| n.wrapping_mul(10).wrapping_add(u32::from(digit.wrapping_sub(b'0'))));
            out.push(token(text, Script::Digits, Role::Number(value)));
            let ordinal = |next: &&Piece| next.glued && matches!(next.text.as_str(), "st" | "nd" | "rd" | "th" | "й" | "я" | "го" | "ая" | "ый");
            if pieces.get(at + 1).filter(ordinal).is_some() { at + 2 } else { at + 1 }
        }
        Script::Latin if text.len() == 1 => {
            // Letters in a row are one word: S.A., J S C, A.I.C.
            let run = pieces.iter().skip(at).take_while(|p| p.script == Script::Latin && p.text.len() == 1).count();
            let letters: String = pieces.iter().skip(at).take(run).map(|p| p.text.as_str()).collect();
            let role = if run == 1 && tables::STOP_WORDS.contains_key(text) && !piece.capitals { Role::Particle } else { Role::Name };
            out.push(token(&letters, Script::Latin, role));
            at + run
        }
        Script::Latin => {
            if let Some(value) = tables::NUMBERS.get(text) {
                out.push(token(text, Script::Latin, Role::Number(*value)));
            } else if tables::STOP_WORDS.contains_key(text) {
                out.push(token(text, Script::Latin, Role::Particle));
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
        None => out.push(token(text, script, Role::Name)),
    }
}

fn push_english(text: &str, english: &[&str], out: &mut Vec<Token>) {
    for word in english {
        if let Some(value) = tables::NUMBERS.get(word) {
            out.push(token(word, Script::Latin, Role::Number(*value)));
        } else if tables::STOP_WORDS.contains_key(*word) {
            out.push(token(word, Script::Latin, Role::Particle));
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
    let known = [Some(text), Some(bare), stripped].into_iter().flatten().find_map(|form| tables::LEXICON.english(form));
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
            out.push(token(digits, Script::Digits, Role::Number(value)));
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
        Some(place) => out.push(Token { text: word, core: Some((*place).to_owned()), script: Script::Latin, role: Role::Place(place) }),
        None => out.push(token(&word, script, Role::Name)),
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
fn mark_legal_forms(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at < tokens.len() {
        let written = tokens.iter().skip(at).map(|token| token.text.as_str());
        let in_english = tokens.iter().skip(at).map(|token| token.core.as_deref().unwrap_or(&token.text));
        let found = tables::LEGAL_FORMS.at_start(written).or_else(|| tables::LEGAL_FORMS.at_start(in_english));
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
            (Some(a), Some(b)) if a.role == Role::Name && b.role == Role::Name => Some(format!("{} {}", a.text, b.text)),
            _ => None,
        };
        if let Some((both, place)) = two.and_then(|both| tables::PLACES.get(both.as_str()).map(|place| (both, *place))) {
            let joined = both.replace(' ', "");
            tokens.splice(at..at + 2, [Token { text: both, core: Some(joined), script: Script::Latin, role: Role::Place(place) }]);
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
            (Some(Token { role: Role::Number(tens), script: Script::Latin, .. }), Some(Token { role: Role::Number(ones), .. }))
                if *tens >= 20 && tens % 10 == 0 && *tens < 100 && (1..10).contains(ones) =>
            {
                Some(tens + ones)
            }
            _ => None,
        };
        if let Some(sum) = pair {
            let digits = sum.to_string();
            tokens.splice(at..at + 2, [token(&digits, Script::Digits, Role::Number(sum))]);
        }
        at += 1;
    }
}

/// The first letters of the words of substance, for names that are known by them.
pub fn acronym(words: &[&Word]) -> String {
    words
        .iter()
        .filter(|word| !matches!(word.role, Role::LegalForm(_) | Role::Particle | Role::Title))
        .filter_map(|word| roman(word.latin(), Script::Latin).chars().next())
        .collect()
}
