//! From a raw name to plain pieces: one case, one writing of each letter, split at what is no letter or digit.

use any_ascii::any_ascii_char;
use unicode_normalization::UnicodeNormalization;

/// The writing system of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Script {
    /// Latin letters, with or without marks.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Greek letters.
    Greek,
    /// Arabic letters: Arabic, Persian, Urdu, Pashto.
    Arabic,
    /// Hebrew letters.
    Hebrew,
    /// Chinese characters.
    Han,
    /// Korean syllables.
    Hangul,
    /// Digits alone.
    Digits,
    /// Any other script.
    Other,
}

impl Script {
    /// Whether short vowels are not written in this script.
    pub fn omits_vowels(self) -> bool {
        matches!(self, Script::Arabic | Script::Hebrew)
    }

    fn of(letter: char) -> Script {
        match letter {
            '\u{0400}'..='\u{052f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' => Script::Cyrillic,
            '\u{0370}'..='\u{03ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
            '\u{0600}'..='\u{06ff}' | '\u{0750}'..='\u{077f}' | '\u{08a0}'..='\u{08ff}' => Script::Arabic,
            '\u{0590}'..='\u{05ff}' => Script::Hebrew,
            '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => Script::Han,
            '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
            'a'..='z' | 'A'..='Z' | '\u{00aa}'..='\u{024f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
            _ => Script::Other,
        }
    }
}

/// One piece of a name: a run of letters of one script, or of digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Folded: lower case, Latin letters without marks, one form of each letter.
    pub text: String,
    pub script: Script,
    /// Every letter was a capital (and there was a letter with a case).
    pub capitals: bool,
    /// A full stop follows at once: `S.A.`, `J. Smith`.
    pub stop_follows: bool,
    /// Nothing but marks such as a hyphen or an apostrophe stood before it, no space.
    pub glued: bool,
}

/// The longest name that is looked at; what follows is left out. Longer ones do not occur in lists.
const LONGEST: usize = 400;

/// Splits a name into its pieces.
pub(crate) fn pieces(name: &str) -> Vec<Piece> {
    let mut cutter = Cutter { done: Vec::with_capacity(6), open: None, glued: false };
    if name.is_ascii() {
        name.chars().take(LONGEST).for_each(|letter| cutter.feed(letter));
    } else {
        name.nfkc().take(LONGEST).for_each(|letter| cutter.feed(letter));
    }
    cutter.close();
    cutter.done
}

/// The script of a name: of its first letter that is not Latin, or Latin.
pub fn script_of(name: &str) -> Script {
    name.chars()
        .filter(|letter| !letter.is_ascii() && letter.is_alphabetic())
        .map(Script::of)
        .find(|script| *script != Script::Latin)
        .unwrap_or(Script::Latin)
}

struct Cutter {
    done: Vec<Piece>,
    open: Option<Piece>,
    glued: bool,
}

impl Cutter {
    fn feed(&mut self, letter: char) {
        match letter {
            'a'..='z' | 'A'..='Z' => {
                let capital = letter.is_ascii_uppercase();
                let piece = self.piece(Script::Latin, capital);
                piece.text.push(letter.to_ascii_lowercase());
            }
            '0'..='9' => self.piece(Script::Digits, true).text.push(letter),
            // Marks inside a word: apostrophes, modifier letters, vowel points, zero-width joiners, tatweel.
            '\''
            | '’'
            | '‘'
            | '`'
            | '´'
            | 'ʻ'
            | 'ʼ'
            | 'ʹ'
            | 'ʾ'
            | 'ʿ'
            | '\u{2bb}'..='\u{2bf}'
            | '\u{640}'
            | '\u{200c}'
            | '\u{200d}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{5f3}'
            | '\u{5f4}'
            | '\u{591}'..='\u{5c7}'
            | '\u{300}'..='\u{36f}' => {}
            '.' => {
                self.close();
                if let Some(last) = self.done.last_mut() {
                    last.stop_follows = true;
                }
                self.glued = true;
            }
            '&' => {
                self.close();
                self.glued = false;
                self.piece(Script::Latin, false).text.push_str("and");
                self.close();
            }
            _ if letter.is_alphanumeric() || is_sign(letter) => self.feed_foreign(letter),
            _ => {
                self.close();
                self.glued = letter == '-';
            }
        }
    }

    fn feed_foreign(&mut self, letter: char) {
        if let Some(digit) = letter.to_digit(10).or_else(|| foreign_digit(letter)) {
            self.piece(Script::Digits, true).text.push(char::from_digit(digit, 10).unwrap_or('0'));
            return;
        }
        let script = Script::of(letter);
        let capital = letter.is_uppercase();
        let piece = self.piece(script, capital);
        match script {
            Script::Latin => {
                piece.text.extend(
                    any_ascii_char(letter)
                        .chars()
                        .filter(char::is_ascii_alphanumeric)
                        .map(|c| c.to_ascii_lowercase()),
                );
            }
            Script::Arabic => {
                if let Some(plain) = plain_arabic(letter) {
                    piece.text.push(plain);
                }
            }
            Script::Hebrew => piece.text.push(plain_hebrew(letter)),
            Script::Cyrillic => {
                piece.text.extend(letter.to_lowercase().map(|c| if c == 'ё' { 'е' } else { c }))
            }
            _ => piece.text.extend(letter.to_lowercase()),
        }
    }

    /// The piece that a letter of `script` goes to: the open one if it fits, else a new one.
    fn piece(&mut self, script: Script, capital: bool) -> &mut Piece {
        if self.open.as_ref().is_some_and(|open| open.script != script) {
            self.close();
            self.glued = true;
        }
        let glued = self.glued;
        let open = self.open.get_or_insert_with(|| Piece {
            text: String::with_capacity(12),
            script,
            capitals: true,
            stop_follows: false,
            glued,
        });
        open.capitals &= capital;
        open
    }

    fn close(&mut self) {
        if let Some(piece) = self.open.take().filter(|piece| !piece.text.is_empty()) {
            self.done.push(piece);
            self.glued = false;
        }
    }
}

/// Signs inside words of Indic and Southeast Asian scripts that are no letters: no vowel, a dot, a tone.
pub(crate) fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{93c}' | '\u{94d}' | '\u{9bc}' | '\u{9cd}' | '\u{a3c}' | '\u{a4d}' | '\u{acd}' | '\u{b4d}' | '\u{bcd}'
        | '\u{c4d}' | '\u{ccd}' | '\u{d4d}' | '\u{dca}' | '\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{f84}' | '\u{1037}'..='\u{103a}'
        | '\u{17c6}'..='\u{17d3}')
}

/// Digits of scripts that Unicode counts by value but `to_digit` does not know.
fn foreign_digit(letter: char) -> Option<u32> {
    const ZEROS: [u32; 9] = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xe50, 0x1040, 0x17e0];
    let code = letter as u32;
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| code - zero)
}

/// One letter for each of the forms that Arabic, Persian, Urdu and Pashto keyboards give.
fn plain_arabic(letter: char) -> Option<char> {
    Some(match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' => 'ا',
        'ى' | 'ی' | 'ې' | 'ۍ' | 'ے' | 'ئ' | 'ۓ' => 'ي',
        'ؤ' | 'ۇ' | 'ۆ' | 'ۈ' | 'ۋ' => 'و',
        'ک' | 'ڪ' | 'ګ' => 'ك',
        'ة' | 'ۀ' | 'ہ' | 'ھ' | 'ە' | 'ۂ' | 'ۃ' => 'ه',
        'ٹ' | 'ټ' => 'ت',
        'ڈ' | 'ډ' => 'د',
        'ړ' | 'ڑ' => 'ر',
        'ڼ' | 'ں' => 'ن',
        'ځ' | 'څ' => 'ز',
        'ښ' => 'ش',
        'ږ' => 'ژ',
        'ء' => return None,
        other => other,
    })
}

fn plain_hebrew(letter: char) -> char {
    match letter {
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        other => other,
    }
}
