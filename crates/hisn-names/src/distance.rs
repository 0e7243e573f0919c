//! How like two words are, by their letters and by their sounds.

use crate::sound::is_vowel;
use crate::tables::{self, Costs};
use crate::word::Form;

/// Longer words are compared by their beginning.
const LONGEST: usize = 30;

/// The likeness of two ways to write a word, from 0 to 1. What is below `least` may be told as anything below it: whoever
/// does not care for less is answered sooner.
pub(crate) fn likeness(a: &Form, b: &Form, least: f32) -> f32 {
    if a.letters == b.letters {
        return 1.0;
    }
    let (long, short) = longer_first(a.sounds.len(), b.sounds.len());
    let unwritten = a.without_vowels || b.without_vowels;
    // Too different in length to be one word: nothing worth computing.
    if short == 0 || !unwritten && long > short * 2 + 1 || long > short * 3 + 2 {
        return 0.0;
    }
    // A consonant of another class is an error of about one, and more errors than this are not borne.
    let differing = (a.consonants ^ b.consonants).count_ones() as usize;
    if differing.div_ceil(2) * 80 > 31 * long + 12 {
        return 0.0;
    }
    if let Some(korean) = korean_likeness(a, b, least) {
        return korean;
    }
    if a.of_signs || b.of_signs {
        // Pinyin is one spelling: another letter is another syllable.
        return letter_likeness(a.letters.as_bytes(), b.letters.as_bytes(), least);
    }
    if unwritten {
        let taken = if differ_by_final_i(a, b) { tables::scoring().final_i } else { 0.0 };
        return (sound_likeness(&a.sounds, &b.sounds, true, least + taken) - taken).clamp(0.0, 0.985);
    }
    let by_sound = sound_likeness(&a.sounds, &b.sounds, false, least);
    if by_sound >= 0.97 {
        return by_sound.min(0.985);
    }
    // Typing errors are not errors of sound: "Ahmad" and "Amhad".
    let longest = a.letters.len().max(b.letters.len());
    let differing = (a.letter_bits ^ b.letter_bits).count_ones() as usize;
    let apart = a.letters.len().abs_diff(b.letters.len());
    // What is not quite alike in sound must at least be alike in writing: "Federer" and "Federman" are neither.
    let alone = by_sound >= tables::scoring().sound_alone;
    let wanted = if by_sound < least || alone { by_sound.max(least) } else { LEAST };
    // Every edit changes at most two of the letters that occur.
    let by_letters =
        if differing.div_ceil(2).max(apart) * usize::from(ONE) > usize::from(worst(wanted, longest as f32)) {
            0.0
        } else {
            letter_likeness(a.letters.as_bytes(), b.letters.as_bytes(), wanted)
        };
    if !alone && by_letters == 0.0 {
        return 0.0;
    }
    by_sound.min(0.985).max(by_letters)
}

/// The likeness of two words by sounds alone, each given in two halves that are read as one word. What is below `least`
/// may be told as 0.
pub(crate) fn joined_likeness(first: &Form, second: &Form, whole: &Form, least: f32) -> f32 {
    if whole.letters.strip_prefix(&*first.letters).is_some_and(|rest| *rest == *second.letters) {
        return 1.0;
    }
    let unwritten = first.without_vowels || second.without_vowels || whole.without_vowels;
    if first.korean.is_some() || second.korean.is_some() || whole.korean.is_some() {
        let latin = |form: &Form| match &form.korean {
            Some(korean) => korean.to_vec(),
            None => crate::roman::korean_fold(&form.letters).into_bytes(),
        };
        let both = [latin(first), latin(second)].concat();
        return sound_likeness(&both, &latin(whole), false, least).min(0.985);
    }
    let mut sounds = [0u8; 2 * LONGEST];
    let mut length = 0;
    for &sound in first.sounds.iter().take(LONGEST) {
        sounds[length] = sound;
        length += 1;
    }
    for &sound in second.sounds.iter().take(LONGEST) {
        // Doubled letters are one sound.
        if length == 0 || sounds[length - 1] != sound {
            sounds[length] = sound;
            length += 1;
        }
    }
    sound_likeness(&sounds[..length], &whole.sounds, unwritten, least).min(0.985)
}

fn korean_likeness(a: &Form, b: &Form, least: f32) -> Option<f32> {
    let folded = |form: &Form| crate::roman::korean_fold(&form.letters).into_bytes();
    match (&a.korean, &b.korean) {
        (Some(a), Some(b)) => Some(sound_likeness(a, b, false, least)),
        (Some(a), None) => Some(sound_likeness(a, &folded(b), false, least)),
        (None, Some(b)) => Some(sound_likeness(&folded(a), b, false, least)),
        (None, None) => None,
    }
    .map(|likeness| likeness.min(0.985))
}

fn longer_first(a: usize, b: usize) -> (usize, usize) {
    if a >= b { (a, b) } else { (b, a) }
}

/// Weighted edits of sounds: near sounds cost little, vowels less than consonants. 0 when it is below `least`.
fn sound_likeness(a: &[u8], b: &[u8], unwritten: bool, least: f32) -> f32 {
    if a == b {
        return 1.0;
    }
    let longest = a.len().max(b.len()).min(LONGEST);
    if !unwritten {
        let length = longest as f32;
        let limit = worst(least, length).min(worst(LEAST, length));
        return share(edits(a, b, &tables::sound_costs().written, limit), length);
    }
    // Where vowels are not written they cannot bear out a likeness either.
    let firm = |sounds: &[u8]| sounds.iter().take(LONGEST).filter(|sound| !is_vowel(**sound)).count();
    let (a_firm, b_firm) = (firm(a), firm(b));
    let all_firm = a_firm == 0 && b_firm == 0 || a.len() - a_firm.min(a.len()) == 0 && b.len() == b_firm;
    let firm = if all_firm { longest } else { a_firm.max(b_firm) };
    let length = firm as f32 + 0.4 * (longest.saturating_sub(firm)) as f32;
    let limit = worst(least, length).min(worst(LEAST, longest as f32));
    share(edits(a, b, &tables::sound_costs().without_vowels, limit), length)
}

/// An "i" at the end is written in every script: `Mohammad` and `Mohammadi` are two names.
fn differ_by_final_i(a: &Form, b: &Form) -> bool {
    let ends = |form: &Form| form.letters.bytes().last().unwrap_or_default();
    let is_i = |letter: u8| matches!(letter, b'i' | b'y');
    let is_open = |letter: u8| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h');
    is_i(ends(a)) && !is_open(ends(b)) || is_i(ends(b)) && !is_open(ends(a))
}

/// Plain edits of letters: every insertion, deletion, change, and swap of neighbours counts one. 0 when it is below
/// `least`.
fn letter_likeness(a: &[u8], b: &[u8], least: f32) -> f32 {
    let longest = a.len().max(b.len()).min(LONGEST) as f32;
    share(edits(a, b, tables::letter_costs(), worst(least, longest).min(worst(LEAST, longest))), longest)
}

/// How near two words come by plain edits, from 0 where they are far to 1 where they are the same.
pub(crate) fn closeness(a: &str, b: &str) -> f32 {
    let longest = a.len().max(b.len()).clamp(1, LONGEST);
    let limit = u16::try_from(longest * usize::from(FAR)).unwrap_or(u16::MAX);
    let distance = edits(a.as_bytes(), b.as_bytes(), tables::letter_costs(), limit);
    distance.map_or(0.0, |distance| 1.0 - f32::from(distance) / f32::from(limit.max(1)))
}

/// From this distance on, in hundredths of the letters, two words have nothing to do with each other.
const FAR: u16 = 60;

/// Costs are counted in hundredths.
const ONE: u16 = 100;

/// Nothing below this likeness is of use to anybody.
const LEAST: f32 = 0.68;

/// The distance beyond which two words of the given length are less than `least` alike.
pub(crate) fn worst(least: f32, length: f32) -> u16 {
    // Rounded up: a distance too many is sorted out by the likeness it gives, a distance too few would be missed.
    ((1.0 - least).max(0.0) * f32::from(ONE) * length.max(1.0)).ceil() as u16
}

fn share(distance: Option<u16>, length: f32) -> f32 {
    distance.map_or(0.0, |distance| (1.0 - f32::from(distance) / (100.0 * length.max(1.0))).max(0.0))
}

/// The cheapest way from `a` to `b` by insertions, deletions, changes and swaps of neighbours; nothing when it costs
/// more than `worst`.
fn edits(a: &[u8], b: &[u8], costs: &Costs, worst: u16) -> Option<u16> {
    let a = a.get(..a.len().min(LONGEST)).unwrap_or_default();
    let b = b.get(..b.len().min(LONGEST)).unwrap_or_default();
    // What begins and ends alike costs nothing and need not be gone through.
    let same_start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(same_start..).unwrap_or_default(), b.get(same_start..).unwrap_or_default());
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) =
        (a.get(..a.len() - same_end).unwrap_or_default(), b.get(..b.len() - same_end).unwrap_or_default());

    let put_in = costs.from(NOTHING);
    let mut rows = [[0u16; LONGEST + 1]; 3];
    let [before, last, row] = &mut rows;
    let (mut before, mut last, mut row) = (before, last, row);
    let mut sum = 0;
    for (slot, y) in last.iter_mut().skip(1).zip(b) {
        sum += put_in[usize::from(y & 63)];
        *slot = sum;
    }
    let (mut previous_x, mut least_before) = (None, 0);
    for &x in a {
        let costs_of_x = costs.from(x);
        let dropped = costs_of_x[usize::from(NOTHING & 63)];
        let mut left = last[0] + dropped;
        let mut diagonal = last[0];
        row[0] = left;
        let mut least = left;
        let mut previous_y = None;
        for (j, &y) in b.iter().enumerate() {
            let above = last[j + 1];
            let changed = costs_of_x[usize::from(y & 63)];
            let mut best = (diagonal + changed).min(above + dropped).min(left + put_in[usize::from(y & 63)]);
            if previous_x == Some(y) && previous_y == Some(x) && j > 0 {
                best = best.min(before[j - 1] + changed.max(dropped) / 10 * SWAP);
            }
            row[j + 1] = best;
            least = least.min(best);
            (left, diagonal, previous_y) = (best, above, Some(y));
        }
        // Every way leads through one of two rows that follow each other: a swap leaps over no more than one.
        if least.min(least_before) > worst {
            return None;
        }
        (previous_x, least_before) = (Some(x), least);
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    let distance = last[b.len()];
    (distance <= worst).then_some(distance)
}

/// Stands for "no sound" in the table of costs.
pub(crate) const NOTHING: u8 = b'@';

/// Two neighbours in the wrong order, in tenths of one error.
pub(crate) const SWAP: u16 = 8;
