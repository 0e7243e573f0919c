//! What can be seen of a word without reading it: enough to tell that most words of near keys are not like it.

use crate::distance::{NOTHING, SWAP, worst};
use crate::sound::{Key, is_vowel};
use crate::tables::{self, Costs};
use crate::word::Form;

/// A word at a glance. Small and flat, so that a whole vocabulary of them stays near the processor.
#[derive(Clone, Copy, Debug)]
pub struct Outline {
    /// The key of its sounds.
    pub key: Key,
    sounds: [u8; SEEN],
    letters: [u8; SEEN],
    sound_count: u8,
    letter_count: u8,
    /// How many letters the first way to write the word has.
    latin_count: u8,
    without_vowels: bool,
    /// The word can be written in several ways, or is longer than what is seen: nothing may be concluded.
    open: bool,
}

/// How many sounds and letters of a word are seen.
const SEEN: usize = 15;

impl Outline {
    pub(crate) fn new(form: &Form, latin_count: usize) -> Outline {
        let count = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        Outline {
            key: Key::of(&form.sounds),
            sounds: start_of(&form.sounds),
            letters: start_of(form.letters.as_bytes()),
            sound_count: count(form.sounds.len()),
            letter_count: count(form.letters.len()),
            latin_count: count(latin_count),
            without_vowels: form.without_vowels,
            open: form.korean.is_some() || form.sounds.len() > SEEN || form.letters.len() > SEEN,
        }
    }

    /// The outline of a word that can be written in several ways.
    pub(crate) fn open(mut self) -> Outline {
        self.open = true;
        self
    }

    fn sounds(&self) -> &[u8] {
        self.sounds.get(..usize::from(self.sound_count)).unwrap_or(&self.sounds)
    }

    fn letters(&self) -> &[u8] {
        self.letters.get(..usize::from(self.letter_count)).unwrap_or(&self.letters)
    }

    /// How many sounds are no vowels.
    fn firm(&self) -> u8 {
        self.sounds().iter().fold(0, |count, sound| count + u8::from(!is_vowel(*sound)))
    }
}

fn start_of(all: &[u8]) -> [u8; SEEN] {
    let mut seen = [0; SEEN];
    for (slot, one) in seen.iter_mut().zip(all) {
        *slot = *one;
    }
    seen
}

/// An outline made ready to be held against many others.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The outline.
    pub outline: Outline,
    firm: u8,
    written: Profile,
    unwritten: Profile,
    letters: Places,
}

impl Probe {
    pub(crate) fn new(outline: Outline) -> Probe {
        let costs = tables::sound_costs();
        Probe {
            outline,
            firm: outline.firm(),
            written: Profile::new(outline.sounds(), &costs.written),
            unwritten: Profile::new(outline.sounds(), &costs.without_vowels),
            letters: Places::new(outline.letters()),
        }
    }

    /// Whether two words may be like. Says yes too often rather than too seldom.
    #[inline]
    pub fn may_be_like(&self, other: &Outline) -> bool {
        let own = &self.outline;
        if own.open || other.open {
            return true;
        }
        let scoring = tables::scoring();
        let least = match own.latin_count.min(other.latin_count) {
            0..=3 => scoring.accept_short,
            4..=5 => scoring.accept_middle,
            _ => scoring.accept_long,
        };
        let longest = own.sound_count.max(other.sound_count);
        if own.without_vowels || other.without_vowels {
            let firm = self.firm.max(other.firm());
            let firm = if firm == 0 || firm == longest { longest } else { firm };
            let length = f32::from(firm) + 0.4 * f32::from(longest - firm);
            return self.unwritten.reaches(other.sounds(), worst(least, length));
        }
        if self.written.reaches(other.sounds(), worst(least, f32::from(longest))) {
            return true;
        }
        let longest = own.letter_count.max(other.letter_count);
        let by_letters = worst(least, f32::from(longest));
        self.letters.edits(other.letters()) * 10 * SWAP <= by_letters
    }

    /// Whether the other word has the very same sounds, as far as outlines hold them.
    pub fn is_same(&self, other: &Outline) -> bool {
        self.outline.sound_count == other.sound_count && self.outline.sounds == other.sounds
    }
}

/// The costs of the sounds of one word in place of every sound, so that all ways to another word are gone through at
/// once: one lane for every place in the word, before the first sound and after each. In fiftieths, rounded down.
#[derive(Clone, Debug)]
struct Profile {
    changed: Box<[Lanes; 64]>,
    put_in: [u8; 64],
    /// What leaving out the last one, two, four and eight sounds before a place costs.
    left_out: [Lanes; 4],
    /// What two neighbours in the wrong order cost at least.
    swapped: u8,
    length: usize,
}

type Lanes = [u8; SEEN + 1];

impl Profile {
    fn new(sounds: &[u8], costs: &Costs) -> Profile {
        let cost =
            |from: u8, to: u8| costs.from(from).get(usize::from(to & 63)).map_or(0, |cost| (cost / 2) as u8);
        let mut changed = Box::new([[u8::MAX; SEEN + 1]; 64]);
        let mut put_in = [0; 64];
        for (slot, (lanes, sound)) in put_in.iter_mut().zip(changed.iter_mut().zip(64u8..)) {
            *slot = cost(NOTHING, sound);
            for (lane, own) in lanes.iter_mut().skip(1).zip(sounds) {
                *lane = cost(*own, sound);
            }
        }
        let mut one = [u8::MAX; SEEN + 1];
        for (lane, own) in one.iter_mut().skip(1).zip(sounds) {
            *lane = cost(*own, NOTHING);
        }
        let least = one.iter().min().copied().unwrap_or(0);
        let two = add(one, shift::<1>(one));
        let four = add(two, shift::<2>(two));
        let eight = add(four, shift::<4>(four));
        Profile {
            changed,
            put_in,
            left_out: [one, two, four, eight],
            swapped: least / 10 * SWAP as u8,
            length: sounds.len(),
        }
    }

    /// Whether the other word can be had for no more than `worst`, in hundredths.
    fn reaches(&self, other: &[u8], worst: u16) -> bool {
        let mut start = [u8::MAX; SEEN + 1];
        start[0] = 0;
        let mut now = self.leave_out(start);
        let (mut before, mut last) = ([u8::MAX; SEEN + 1], [u8::MAX; SEEN + 1]);
        for sound in other {
            let at = usize::from(sound & 63);
            let (Some(changed), Some(put_in)) = (self.changed.get(at), self.put_in.get(at)) else {
                return true;
            };
            // A swap: the sound before stands here, and this one stands before.
            let swapped = add(shift::<2>(before), larger(shift::<1>(*changed), last));
            let swapped = add(swapped, [self.swapped; SEEN + 1]);
            let next = smaller(add(shift::<1>(now), *changed), add(now, [*put_in; SEEN + 1]));
            before = now;
            now = self.leave_out(smaller(next, swapped));
            last = *changed;
        }
        let distance = now.get(self.length).copied().unwrap_or(0);
        u16::from(distance) * 2 <= worst
    }

    fn leave_out(&self, mut lanes: Lanes) -> Lanes {
        let [one, two, four, eight] = self.left_out;
        lanes = smaller(lanes, add(shift::<1>(lanes), one));
        lanes = smaller(lanes, add(shift::<2>(lanes), two));
        lanes = smaller(lanes, add(shift::<4>(lanes), four));
        smaller(lanes, add(shift::<8>(lanes), eight))
    }
}

fn shift<const BY: usize>(lanes: Lanes) -> Lanes {
    let mut out = [u8::MAX; SEEN + 1];
    for (slot, lane) in out.iter_mut().skip(BY).zip(lanes) {
        *slot = lane;
    }
    out
}

fn add(mut a: Lanes, b: Lanes) -> Lanes {
    for (a, b) in a.iter_mut().zip(b) {
        *a = a.saturating_add(b);
    }
    a
}

fn smaller(mut a: Lanes, b: Lanes) -> Lanes {
    for (a, b) in a.iter_mut().zip(b) {
        *a = (*a).min(b);
    }
    a
}

fn larger(mut a: Lanes, b: Lanes) -> Lanes {
    for (a, b) in a.iter_mut().zip(b) {
        *a = (*a).max(b);
    }
    a
}

/// For every letter, the places where it stands in a word.
#[derive(Clone, Debug)]
struct Places {
    of: [u16; 64],
    count: u16,
}

impl Places {
    fn new(letters: &[u8]) -> Places {
        let mut of = [0u16; 64];
        for (at, letter) in letters.iter().enumerate() {
            if let Some(bits) = of.get_mut(usize::from(letter & 63)) {
                *bits |= 1 << at;
            }
        }
        Places { of, count: u16::try_from(letters.len()).unwrap_or(0) }
    }

    /// The edits between two words, swaps of neighbours among them, all places at once (Hyyrö 2003).
    fn edits(&self, other: &[u8]) -> u16 {
        if self.count == 0 {
            return u16::try_from(other.len()).unwrap_or(u16::MAX);
        }
        let (mut plus, mut minus, mut diagonal, mut before) = (u16::MAX, 0u16, 0u16, 0u16);
        let mut distance = self.count;
        let last = 1u16 << (self.count - 1);
        for letter in other {
            let equal = self.of.get(usize::from(letter & 63)).copied().unwrap_or(0);
            let swapped = ((!diagonal & equal) << 1) & before;
            diagonal = ((equal & plus).wrapping_add(plus) ^ plus) | equal | minus | swapped;
            let (up, down) = (minus | !(diagonal | plus), plus & diagonal);
            distance += u16::from(up & last != 0);
            distance -= u16::from(down & last != 0);
            let up = up << 1 | 1;
            plus = down << 1 | !(diagonal | up);
            minus = up & diagonal;
            before = equal;
        }
        distance
    }
}
