//! How a word in Latin letters sounds, as far as the spelling of names in many languages lets one say, and the key that
//! words of like sound share.

use std::sync::LazyLock;

use crate::tables;

/// The sounds of a word: vowels and consonants, one byte each, as written in `sounds.tsv`.
pub(crate) fn sounds(letters: &str) -> Box<[u8]> {
    let rules = &*RULES;
    let text = letters.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&first) = text.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        let rule = rules.by_first.get(usize::from(first)).and_then(|rules| {
            rules.iter().find(|rule| {
                rest.starts_with(&rule.from)
                    && (!rule.start || at == 0)
                    && (!rule.end || rest.len() == rule.from.len())
            })
        });
        match rule {
            Some(rule) => {
                for &sound in rule.to.iter() {
                    push(&mut out, sound);
                }
                at += rule.from.len();
            }
            None => {
                push(&mut out, first);
                at += 1;
            }
        }
    }
    out.into_boxed_slice()
}

/// Doubled letters are one sound. Digits become letters that no sound uses, doubled ones too.
fn push(out: &mut Vec<u8>, sound: u8) {
    const DIGITS: &[u8; 10] = b"ABDEFHIKLM";
    match DIGITS.get(usize::from(sound.wrapping_sub(b'0'))) {
        Some(&digit) => out.push(digit),
        None if out.last() != Some(&sound) => out.push(sound),
        None => {}
    }
}

/// Whether a sound is a vowel.
pub(crate) fn is_vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The consonants of a word in coarse classes, four bits each: words that sound alike have like keys, whatever the
/// spelling. A leading vowel counts; `h`, `v` and `w` count only at the start, where every spelling keeps them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub u64);

/// The class of a sound; up to [`GLIDE`] those that spellings leave out or put in.
pub(crate) fn coarse(sound: u8) -> u64 {
    match sound {
        b'a' | b'e' | b'i' | b'o' | b'u' => VOWEL,
        b'h' => BREATH,
        b'v' => GLIDE,
        b'k' | b'g' | b'X' | b'G' => 4,
        b't' | b'd' => 5,
        b'p' | b'b' => 6,
        b'f' => 7,
        b's' | b'z' | b'c' | b'S' | b'Z' => 8,
        b'C' | b'J' => 9,
        b'l' => 10,
        b'r' => 11,
        b'm' => 12,
        b'n' => 13,
        b'A' | b'B' | b'D' | b'E' | b'F' | b'H' | b'I' | b'K' | b'L' | b'M' => 15,
        _ => 14,
    }
}

const VOWEL: u64 = 1;
const BREATH: u64 = 2;
pub(crate) const GLIDE: u64 = 3;
const MOST: u32 = 15;

impl Key {
    /// The key of a word given by its sounds.
    pub(crate) fn of(sounds: &[u8]) -> Key {
        Key::of_all(sounds.iter().copied())
    }

    /// The key of two words written as one, given by their sounds.
    pub(crate) fn of_joined(first: &[u8], second: &[u8]) -> Key {
        // Equal neighbours become one, as doubled letters do.
        let skip = usize::from(first.last().is_some() && first.last() == second.first());
        Key::of_all(first.iter().copied().chain(second.iter().skip(skip).copied()))
    }

    fn of_all(sounds: impl Iterator<Item = u8>) -> Key {
        let mut key = Key::default();
        for (at, sound) in sounds.enumerate() {
            let class = coarse(sound);
            if at == 0 || class > GLIDE {
                key = key.push(class);
            }
        }
        key
    }

    /// How many classes the key holds.
    pub fn len(self) -> u32 {
        (64 - self.0.leading_zeros()).div_ceil(4)
    }

    /// Whether the key holds nothing.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn push(self, class: u64) -> Key {
        if self.len() >= MOST { self } else { Key(self.0 << 4 | class) }
    }

    /// The keys that begin with another of the sounds that spellings take for each other: `Wei` and `Uei`.
    pub fn other_starts(self) -> impl Iterator<Item = Key> {
        let shift = 4 * self.len().saturating_sub(1);
        let first = self.0.checked_shr(shift).unwrap_or(0);
        let soft = (VOWEL..=GLIDE).contains(&first);
        (VOWEL..=GLIDE)
            .filter(move |other| soft && *other != first)
            .map(move |other| Key(self.0 & !(15 << shift) | other << shift))
    }

    /// The keys that lack one class of this one: two keys that differ in one class share such a key.
    pub fn shorter(self) -> impl Iterator<Item = Key> {
        let n = self.len();
        (0..n).filter_map(move |at| {
            let low = self.0 & ((1u64 << (4 * at)) - 1);
            let high = self.0.checked_shr(4 * (at + 1)).unwrap_or(0) << (4 * at);
            let class = self.0 >> (4 * at) & 15;
            let above = self.0.checked_shr(4 * (at + 1)).unwrap_or(0) & 15;
            // Leaving out either of two equal neighbours gives the same key.
            (class != above).then_some(Key(high | low))
        })
    }
}

/// One bit for every class of consonants that occurs, but for those that spellings leave out.
pub(crate) fn consonants(sounds: &[u8]) -> u32 {
    sounds
        .iter()
        .map(|sound| coarse(*sound))
        .filter(|class| *class > GLIDE)
        .fold(0, |bits, class| bits | 1 << class)
}

struct Rules {
    by_first: Vec<Vec<Rule>>,
}

struct Rule {
    from: Vec<u8>,
    to: Vec<u8>,
    start: bool,
    end: bool,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut by_first: Vec<Vec<Rule>> = (0..256).map(|_| Vec::new()).collect();
    for row in tables::rows(include_str!("../../../data/names/sounds.tsv")) {
        let from = row.first();
        let start = from.starts_with('^');
        let end = from.ends_with('$');
        let letters = from.trim_start_matches('^').trim_end_matches('$').as_bytes().to_vec();
        let slot = letters.first().and_then(|first| by_first.get_mut(usize::from(*first)));
        if let Some(slot) = slot {
            slot.push(Rule { from: letters, to: row.second().as_bytes().to_vec(), start, end });
        }
    }
    for rules in &mut by_first {
        rules.sort_by_key(|rule| std::cmp::Reverse((rule.from.len(), rule.start || rule.end)));
    }
    Rules { by_first }
});
