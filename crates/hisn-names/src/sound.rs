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
fn coarse(sound: u8) -> u64 {
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
const GLIDE: u64 = 3;
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

/// What can be seen of a word without reading it: enough to tell that most words of near keys are not like it. Small
/// and flat, so that a whole vocabulary of them stays near the processor.
#[derive(Clone, Copy, Debug)]
pub struct Outline {
    /// The key of its sounds.
    pub key: Key,
    /// One bit for every sound that occurs.
    bits: u32,
    sounds: [u8; SEEN],
    /// How many sounds; 0 when nothing may be concluded.
    length: u8,
    without_vowels: bool,
}

/// How many sounds of a word its outline holds.
const SEEN: usize = 14;

impl Outline {
    pub(crate) fn new(sounds: &[u8], without_vowels: bool) -> Outline {
        let bits = sounds.iter().fold(0u32, |bits, sound| bits | 1 << (sound & 31));
        let mut seen = [0; SEEN];
        for (slot, sound) in seen.iter_mut().zip(sounds) {
            *slot = *sound;
        }
        let length = u8::try_from(sounds.len()).unwrap_or(u8::MAX);
        Outline { key: Key::of(sounds), bits, sounds: seen, length, without_vowels }
    }

    /// The outline of a word that can be written in several ways.
    pub(crate) fn open(mut self) -> Outline {
        self.length = 0;
        self
    }

    /// How many of the consonants that every spelling keeps would have to be put in, left out or changed, for one of
    /// the two rows to be the other; 3 for all that is more than 2.
    fn firm_edits(&self, other: &Outline) -> u32 {
        let firm = |outline: &Outline| {
            let mut out = [0u8; SEEN];
            let mut count = 0;
            for sound in outline.seen() {
                let class = coarse(*sound);
                if class > GLIDE
                    && let Some(slot) = out.get_mut(count)
                {
                    *slot = u8::try_from(class).unwrap_or(0);
                    count += 1;
                }
            }
            (out, count)
        };
        let ((a, a_len), (b, b_len)) = (firm(self), firm(other));
        let (mut i, mut j, mut edits) = (0, 0, 0);
        while i < a_len && j < b_len && edits < 3 {
            if a.get(i) == b.get(j) {
                i += 1;
                j += 1;
                continue;
            }
            edits += 1;
            // Whichever step brings the rows together again.
            let (skip_a, skip_b) =
                (a.get(i + 1) == b.get(j) && i + 1 < a_len, a.get(i) == b.get(j + 1) && j + 1 < b_len);
            match (skip_a, skip_b) {
                (true, false) => i += 1,
                (false, true) => j += 1,
                _ => {
                    i += 1;
                    j += 1;
                }
            }
        }
        (edits + u32::try_from((a_len - i).max(b_len - j)).unwrap_or(3)).min(3)
    }

    fn seen(&self) -> &[u8] {
        self.sounds.get(..usize::from(self.length).min(SEEN)).unwrap_or_default()
    }
}

/// An outline made ready to be held against many others.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The outline.
    pub outline: Outline,
    /// For every sound, the places where it stands.
    places: [u16; 64],
}

impl Probe {
    pub(crate) fn new(outline: Outline) -> Probe {
        let mut places = [0u16; 64];
        for (at, sound) in outline.seen().iter().enumerate() {
            if let Some(bits) = places.get_mut(usize::from(sound & 63)) {
                *bits |= 1 << at;
            }
        }
        Probe { outline, places }
    }

    /// Whether two words of near keys may be like. Says yes too often rather than too seldom.
    #[inline]
    pub fn may_be_like(&self, other: &Outline) -> bool {
        let own = &self.outline;
        if own.length == 0 || other.length == 0 {
            return true;
        }
        let longest = u32::from(own.length.max(other.length));
        let differing = own.bits ^ other.bits;
        // In hundredths: what the differences that can be seen cost at least, as differences usually cost.
        let consonants = (differing & !VOWELS).count_ones().div_ceil(2);
        let bearable = longest
            * match longest {
                0..=3 => 22,
                4 | 5 => 27,
                _ => 31,
            }
            + 10;
        if own.without_vowels || other.without_vowels {
            return consonants * 70 <= bearable && own.firm_edits(other) <= u32::from(longest > 5) + 1;
        }
        let vowels = (differing & VOWELS).count_ones().div_ceil(2) * 30;
        let apart = u32::from(own.length.abs_diff(other.length)) * 35;
        if consonants * 75 + vowels.max(apart) > bearable {
            return false;
        }
        let edits = self.edits(other.seen());
        consonants * 75 + edits.saturating_sub(consonants) * 32 <= bearable
    }

    /// Whether the other word has the very same sounds, as far as outlines hold them.
    pub fn is_same(&self, other: &Outline) -> bool {
        self.outline.length == other.length && self.outline.sounds == other.sounds
    }

    /// Edits between the outlines, all of them at once (Myers 1999).
    fn edits(&self, other: &[u8]) -> u32 {
        let own = u32::try_from(self.outline.seen().len()).unwrap_or(0);
        let (mut plus, mut minus, mut distance) = (u16::MAX, 0u16, own);
        let last = 1u16 << (own.max(1) - 1);
        for sound in other {
            let equal = self.places.get(usize::from(sound & 63)).copied().unwrap_or(0);
            let vertical = equal | minus;
            let diagonal = ((equal & plus).wrapping_add(plus) ^ plus) | equal;
            let mut up = minus | !(diagonal | plus);
            let mut down = plus & diagonal;
            if up & last != 0 {
                distance += 1;
            } else if down & last != 0 {
                distance -= 1;
            }
            up = up << 1 | 1;
            down <<= 1;
            plus = down | !(vertical | up);
            minus = up & vertical;
        }
        distance
    }
}

const VOWELS: u32 =
    1 << (b'a' & 31) | 1 << (b'e' & 31) | 1 << (b'i' & 31) | 1 << (b'o' & 31) | 1 << (b'u' & 31);

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
