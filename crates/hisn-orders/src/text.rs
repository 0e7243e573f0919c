//! Bytes to text, and text to what a field may hold.

use std::borrow::Cow;

/// Texts longer than this are no field of an order.
pub(crate) const LONGEST: usize = 10_000;

/// Decodes UTF-8, or UTF-16 with its mark. `Err` holds the text before the first byte that is not UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, &str> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        if encoding != encoding_rs::UTF_8 {
            return Ok(encoding.decode_without_bom_handling(rest).0.into_owned().into());
        }
        return utf8(rest);
    }
    utf8(bytes)
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, &str> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        std::str::from_utf8(good).unwrap_or_default()
    })
}

/// A text without what cannot be seen, white space folded.
pub(crate) struct Clean {
    pub(crate) text: String,
    /// Whether anything but white space was taken out.
    pub(crate) stripped: bool,
}

pub(crate) fn clean(raw: &str) -> Clean {
    let mut clean = Clean { text: String::with_capacity(raw.len()), stripped: false };
    let mut gap = false;
    for c in raw.chars() {
        if c.is_whitespace() {
            gap = !clean.text.is_empty();
        } else if is_invisible(c) {
            clean.stripped = true;
        } else {
            if std::mem::take(&mut gap) {
                clean.text.push(' ');
            }
            clean.text.push(c);
        }
    }
    clean
}

/// What takes no room and means nothing; joiners do mean something in Persian and the languages of India.
pub(crate) fn is_invisible(c: char) -> bool {
    is_bidi_control(c) || c.is_control() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// The characters that steer the direction of text: Unicode property Bidi_Control.
pub(crate) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Western digits for Arabic-Indic and Persian ones.
pub(crate) fn western_digits(text: &str) -> String {
    let western = |c: char| match c {
        '\u{0660}'..='\u{0669}' => digit(c, 0x0660),
        '\u{06F0}'..='\u{06F9}' => digit(c, 0x06F0),
        other => other,
    };
    text.chars().map(western).collect()
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit((c as u32).saturating_sub(zero), 10).unwrap_or(c)
}
