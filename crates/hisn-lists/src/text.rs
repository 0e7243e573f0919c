//! Bytes of a published file into text, and text into the forms in which two publications can be compared.

use std::borrow::Cow;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Decodes a file: UTF-8 and UTF-16 by their marks, else UTF-8 if it is valid, else windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let body = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(body).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// [`decode`], with lines that end in one character, so that the table reader counts them as an editor does.
pub(crate) fn decode_table(bytes: &[u8]) -> Cow<'_, str> {
    let text = decode(bytes);
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { text }
}

/// Folds white space and mends what publishers' conversions leave behind.
///
/// A control character of the range 0x80 to 0x9F is a windows-1252 character that somebody decoded as Latin-1
/// (`Xi\u{92}an`); other control characters carry nothing.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let c = match c {
            '\u{80}'..='\u{9f}' => from_windows_1252(c),
            c => c,
        };
        if c.is_whitespace() || c == '\u{feff}' {
            gap = !out.is_empty();
        } else if !c.is_control() {
            if gap {
                out.push(' ');
                gap = false;
            }
            out.push(c);
        }
    }
    out
}

fn from_windows_1252(c: char) -> char {
    let byte = [u8::try_from(u32::from(c)).unwrap_or(b' ')];
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next().unwrap_or(' ')
}

/// A text in which every word stands in one script, where a word mixed Latin and Cyrillic letters that look alike: offices
/// type `Aлександр` with a Latin A. A word takes the script of most of its letters, and stays as it is if one of the others
/// looks like none of that script. `None` where there is nothing to mend.
pub(crate) fn one_script(text: &str) -> Option<String> {
    static TABLE: &str = include_str!("../../../data/lists/homoglyphs.csv");
    static READ: OnceLock<Vec<(char, char)>> = OnceLock::new();
    let is_cyrillic = |c: char| ('\u{400}'..='\u{52f}').contains(&c);
    if text.is_ascii() || !text.chars().any(is_cyrillic) {
        return None;
    }
    let alike = READ.get_or_init(|| {
        let rows = csv::Reader::from_reader(TABLE.as_bytes()).into_records().flatten();
        rows.filter_map(|row| Some((row.get(0)?.chars().next()?, row.get(1)?.chars().next()?))).collect()
    });
    let mend = |word: &str| -> Option<String> {
        let latin = word.chars().filter(char::is_ascii_alphabetic).count();
        let cyrillic = word.chars().filter(|c| is_cyrillic(*c)).count();
        if latin == 0 || cyrillic == 0 || latin == cyrillic {
            return None;
        }
        let letters = word.chars().map(|c| match latin < cyrillic {
            true if c.is_ascii_alphabetic() => alike.iter().find(|pair| pair.0 == c).map(|pair| pair.1),
            false if is_cyrillic(c) => alike.iter().find(|pair| pair.1 == c).map(|pair| pair.0),
            _ => Some(c),
        });
        letters.collect()
    };
    let words: Vec<(&str, Option<String>)> = text.split(' ').map(|word| (word, mend(word))).collect();
    let mended = words.iter().any(|(_, mended)| mended.is_some());
    let words = words.into_iter().map(|(word, mended)| mended.unwrap_or_else(|| word.to_owned()));
    mended.then(|| words.collect::<Vec<_>>().join(" "))
}

/// Letters and digits only, lower case, without accents: equal for two spellings of one name that differ in
/// punctuation, case, white space or diacritics.
pub(crate) fn key(text: &str) -> String {
    folded(text).map(|(c, _)| c).collect()
}

/// The characters of [`key`], each with the byte offset just behind the character that it came from.
pub(crate) fn folded(text: &str) -> impl Iterator<Item = (char, usize)> + '_ {
    text.char_indices().flat_map(|(at, c)| {
        let end = at + c.len_utf8();
        // "Optics & Electronics" and "Optics and Electronics" are one name.
        let spelled = if c == '&' { "and" } else { "" };
        let plain = c.nfkd().filter(move |_| c != '&');
        spelled
            .chars()
            .chain(plain)
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .map(|c| if c == 'ı' { 'i' } else { c })
            .filter(|c| c.is_alphanumeric())
            .map(move |c| (c, end))
            .collect::<Vec<_>>()
    })
}

/// What remains when case, white space, stops and commas at the ends of words, and the shapes of quotation marks and
/// dashes are put aside: equal for two printings of one text that differ in nothing a lawyer would see.
pub(crate) fn cosmetic(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '(' | ')' | '§' => spaced.extend([' ', c, ' ']),
            ',' | ';' => spaced.push(' '),
            '’' | '‘' => spaced.push('\''),
            '“' | '”' => spaced.push('"'),
            '–' | '—' => spaced.push('-'),
            c => spaced.extend(c.to_lowercase()),
        }
    }
    let words =
        spaced.split_whitespace().map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The parts of `text` before and behind the first `mark` (ASCII), without regard to ASCII case.
pub(crate) fn cut_ignoring_case<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let at = find_ignoring_case(text, mark)?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// Where `needle` (ASCII) first stands in `text`, without regard to ASCII case.
pub(crate) fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.char_indices().map(|(at, _)| at).find(|at| {
        text.as_bytes()
            .get(*at..at + needle.len())
            .is_some_and(|part| part.eq_ignore_ascii_case(needle.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_offices_publish() {
        assert_eq!(decode("Türkiye".as_bytes()), "Türkiye");
        assert_eq!(decode(b"\xef\xbb\xbfsource"), "source");
        assert_eq!(decode(b"\xff\xfeA\x00"), "A");
        assert_eq!(decode(b"\x91ABBAS"), "‘ABBAS");
    }

    #[test]
    fn cleans_white_space_and_mojibake() {
        assert_eq!(clean("  CAST Xi\u{92}an\u{a0}\n Spaceflight "), "CAST Xi’an Spaceflight");
    }

    #[test]
    fn cosmetic_ignores_printing_and_nothing_else() {
        let same = [
            (
                "For all items subject to the EAR. (See §744.11 of the EAR).",
                "For all items subject to the EAR (See § 744.11 of the EAR)",
            ),
            ("Presumption of denial.", "presumption of  denial"),
            ("Bin’an Road, Hangzhou", "Bin'an Road; Hangzhou."),
        ];
        for (one, other) in same {
            assert_eq!(cosmetic(one), cosmetic(other));
        }
        assert_ne!(cosmetic("Room 1, 2 Main Street"), cosmetic("Room 12 Main Street"));
        assert_ne!(cosmetic("734.9(e)"), cosmetic("734.9(g)"));
    }

    #[test]
    fn words_of_two_scripts() {
        assert_eq!(
            one_script("Aлександр Петров").as_deref(),
            Some("Александр Петров"),
            "the first letter was Latin"
        );
        assert_eq!(one_script("Аlexander").as_deref(), Some("Alexander"), "the first letter was Cyrillic");
        for text in ["Александр", "Alexander", "NIIFI НИИФИ", "Wавод", "Aя"] {
            assert_eq!(one_script(text), None, "{text}");
        }
    }

    #[test]
    fn key_ignores_dress() {
        assert_eq!(key("Görüntü  Sistemleri A.Ş."), key("Goruntu sistemleri, AS"));
    }
}
