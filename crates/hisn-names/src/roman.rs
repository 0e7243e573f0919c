//! Other scripts in Latin letters.

use std::sync::LazyLock;

use any_ascii::any_ascii_char;
use rustc_hash::FxHashMap;

use crate::tables;
use crate::text::Script;

/// A word of any script in Latin letters, read by sound.
pub(crate) fn roman(text: &str, script: Script) -> String {
    match script {
        Script::Latin | Script::Digits => text.to_owned(),
        Script::Cyrillic | Script::Arabic | Script::Hebrew => by_letters(text),
        Script::Hangul => text.chars().map(hangul_syllable).collect(),
        Script::Other if text.chars().any(is_indic) => indic(text),
        Script::Han | Script::Greek | Script::Other => by_any_ascii(text),
    }
}

fn by_any_ascii(text: &str) -> String {
    text.chars()
        .flat_map(|letter| any_ascii_char(letter).chars())
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

fn is_indic(letter: char) -> bool {
    ('\u{900}'..='\u{dff}').contains(&letter)
}

/// A consonant without a vowel sign is read with an "a", but for the last of a word.
fn indic(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let latin = by_any_ascii(letter.encode_utf8(&mut [0; 4]));
        out.push_str(&latin);
        let consonant =
            latin.bytes().next().is_some_and(|first| !matches!(first, b'a' | b'e' | b'i' | b'o' | b'u'))
                && matches!(letter as u32 & 0x7f, 0x15..=0x39 | 0x58..=0x5f);
        let next_is_consonant =
            letters.peek().is_some_and(|next| matches!(*next as u32 & 0x7f, 0x15..=0x39 | 0x58..=0x5f));
        if consonant && next_is_consonant {
            out.push('a');
        }
    }
    out
}

/// The surname at the start of a Chinese name: its length in bytes and its reading.
pub(crate) fn han_surname(name: &str) -> Option<(usize, String)> {
    let ends: Vec<usize> = name.char_indices().map(|(at, letter)| at + letter.len_utf8()).take(2).collect();
    let known = ends.iter().rev().find_map(|end| {
        let reading = HAN_SURNAMES.get(name.get(..*end)?)?;
        Some((*end, (*reading).to_owned()))
    });
    known.or_else(|| {
        let end = *ends.first()?;
        Some((end, by_any_ascii(name.get(..end)?)))
    })
}

/// A second reading of an Arabic word, where it has letters that Persian and its neighbours read otherwise.
pub(crate) fn second_reading(text: &str) -> Option<String> {
    // At the start of a word these two letters are one long vowel: Isa, Id.
    if let Some(rest) = text.strip_prefix("عي") {
        return Some(format!("i{}", by_letters(rest)));
    }
    let other = text.chars().any(|letter| matches!(letter, 'ث' | 'ذ' | 'ض' | 'ظ'));
    other.then(|| by_tables(text, &[&PERSIAN, &LETTERS]))
}

/// Letter by letter, from the table. An apostrophe keeps apart letters that would be read as one: `mu'tasim`, `ta'ha`.
fn by_letters(text: &str) -> String {
    by_tables(text, &[&LETTERS])
}

fn by_tables(text: &str, tables: &[&Letters]) -> String {
    let mut out = String::with_capacity(text.len());
    let last = text.chars().count().saturating_sub(1);
    for (at, letter) in text.chars().enumerate() {
        let place = if at == 0 {
            Place::Start
        } else if at == last {
            Place::End
        } else {
            Place::Inside
        };
        let known = tables
            .iter()
            .find_map(|table| table.get(&(letter, place)).or_else(|| table.get(&(letter, Place::Inside))));
        let latin =
            known.map_or_else(|| by_any_ascii(letter.encode_utf8(&mut [0; 4])), |latin| (*latin).to_owned());
        // Russian writes one sound with two letters here: Jihad, John.
        let one_sound = latin == "zh" && out.ends_with('d');
        if !one_sound && may_merge(out.bytes().last(), latin.bytes().next()) {
            out.push('\'');
        }
        out.push_str(&latin);
    }
    out
}

/// Whether two letters in a row would be read as one sound.
pub(crate) fn may_merge(before: Option<u8>, after: Option<u8>) -> bool {
    match (before, after) {
        (Some(before), Some(b'h')) => matches!(before, b't' | b's' | b'k' | b'g' | b'd' | b'z' | b'c' | b'p'),
        (Some(b't'), Some(b's' | b'z')) | (Some(b'd'), Some(b'z' | b'j')) => true,
        _ => false,
    }
}

/// A Korean syllable in the spelling of the North Korean lists, which McCune-Reischauer is near to.
fn hangul_syllable(syllable: char) -> String {
    const FIRST: [&str; 19] =
        ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
    const VOWELS: [&str; 21] = [
        "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
        "yu", "u", "ui", "i",
    ];
    const LAST: [&str; 28] = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t",
        "t", "ng", "t", "t", "k", "t", "p", "t",
    ];
    let Some(code) = (syllable as usize).checked_sub(0xac00).filter(|code| *code < 11172) else {
        return by_any_ascii(syllable.encode_utf8(&mut [0; 4]));
    };
    let part = |table: &[&'static str], at: usize| table.get(at).copied().unwrap_or_default();
    [part(&FIRST, code / 588), part(&VOWELS, code % 588 / 28), part(&LAST, code % 28)].concat()
}

/// A Korean name in Latin letters with the spellings of all systems made one: `Chŏng`, `Jong`, `Jung` and `Jeong` are near.
pub(crate) fn korean_fold(latin: &str) -> String {
    let mut out = String::with_capacity(latin.len());
    let mut rest = latin;
    while let Some(letter) = rest.chars().next() {
        // "ng" at the end of a syllable stays one sound.
        if let Some(after) = rest.strip_prefix("ng") {
            out.push('N');
            rest = after;
            continue;
        }
        let rule = KOREAN_SPELLINGS.iter().find(|(from, _)| rest.starts_with(from));
        match rule {
            Some((from, to)) => {
                out.push_str(to);
                rest = rest.get(from.len()..).unwrap_or_default();
            }
            None => {
                out.push(letter);
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Start,
    Inside,
    End,
}

type Letters = FxHashMap<(char, Place), &'static str>;

static LETTERS: LazyLock<Letters> =
    LazyLock::new(|| letters(include_str!("../../../data/names/romanisation.tsv")));

static PERSIAN: LazyLock<Letters> =
    LazyLock::new(|| letters(include_str!("../../../data/names/romanisation-persian.tsv")));

fn letters(table: &'static str) -> Letters {
    tables::rows(table)
        .filter_map(|row| {
            let from = row.first();
            let place = match (from.starts_with('^'), from.ends_with('$')) {
                (true, _) => Place::Start,
                (_, true) => Place::End,
                _ => Place::Inside,
            };
            let letter = from.chars().find(|letter| !matches!(letter, '^' | '$'))?;
            Some(((letter, place), row.second()))
        })
        .collect()
}

/// Letters of the systems in which Korean is written in Latin, and the letters that stand for them all; the first that fits.
static KOREAN_SPELLINGS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    tables::rows(include_str!("../../../data/names/korean-spellings.tsv"))
        .map(|row| (row.first(), row.second()))
        .collect()
});

static HAN_SURNAMES: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    tables::rows(include_str!("../../../data/names/han-surnames.tsv"))
        .map(|row| (row.first(), row.second()))
        .collect()
});
