//! How like two words are, by their letters and by their sounds.

use crate::sound::is_vowel;
use crate::tables;
use crate::word::Form;

/// Longer words are compared by their beginning.
const LONGEST: usize = 30;

/// The likeness of two ways to write a word, from 0 to 1.
pub(crate) fn likeness(a: &Form, b: &Form) -> f32 {
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
    if let Some(korean) = korean_likeness(a, b) {
        return korean;
    }
    if a.of_signs || b.of_signs {
        // Pinyin is one spelling: another letter is another syllable.
        return letter_likeness(a.letters.as_bytes(), b.letters.as_bytes());
    }
    let by_sound = sound_likeness(&a.sounds, &b.sounds, unwritten);
    if unwritten {
        let by_sound = if differ_by_final_i(a, b) { by_sound - tables::scoring().final_i } else { by_sound };
        return by_sound.clamp(0.0, 0.985);
    }
    if by_sound >= 0.97 {
        return by_sound.min(0.985);
    }
    // Typing errors are not errors of sound: "Ahmad" and "Amhad".
    let longest = a.letters.len().max(b.letters.len());
    let differing = (a.letter_bits ^ b.letter_bits).count_ones() as usize;
    let apart = a.letters.len().abs_diff(b.letters.len());
    // Every edit changes at most two of the letters that occur.
    let by_letters = if differing.div_ceil(2).max(apart) * 100 > usize::from(100 - LEAST) * longest {
        0.0
    } else {
        letter_likeness(a.letters.as_bytes(), b.letters.as_bytes())
    };
    // What is not quite alike in sound must at least be alike in writing: "Federer" and "Federman" are neither.
    if by_sound < tables::scoring().sound_alone && by_letters == 0.0 {
        return 0.0;
    }
    by_sound.min(0.985).max(by_letters)
}

/// The likeness of two words by sounds alone, each given in two halves that are read as one word.
pub(crate) fn joined_likeness(first: &Form, second: &Form, whole: &Form) -> f32 {
    let joined: Vec<u8> = first.letters.bytes().chain(second.letters.bytes()).collect();
    if joined == whole.letters.as_bytes() {
        return 1.0;
    }
    let mut sounds: Vec<u8> = first.sounds.to_vec();
    for &sound in second.sounds.iter() {
        if sounds.last() != Some(&sound) {
            sounds.push(sound);
        }
    }
    let unwritten = first.without_vowels || second.without_vowels || whole.without_vowels;
    if first.korean.is_some() || second.korean.is_some() || whole.korean.is_some() {
        let latin = |form: &Form| match &form.korean {
            Some(korean) => korean.to_vec(),
            None => crate::roman::korean_fold(&form.letters).into_bytes(),
        };
        let both = [latin(first), latin(second)].concat();
        return sound_likeness(&both, &latin(whole), false).min(0.985);
    }
    sound_likeness(&sounds, &whole.sounds, unwritten).min(0.985)
}

fn korean_likeness(a: &Form, b: &Form) -> Option<f32> {
    let folded = |form: &Form| crate::roman::korean_fold(&form.letters).into_bytes();
    match (&a.korean, &b.korean) {
        (Some(a), Some(b)) => Some(sound_likeness(a, b, false)),
        (Some(a), None) => Some(sound_likeness(a, &folded(b), false)),
        (None, Some(b)) => Some(sound_likeness(&folded(a), b, false)),
        (None, None) => None,
    }
    .map(|likeness| likeness.min(0.985))
}

fn longer_first(a: usize, b: usize) -> (usize, usize) {
    if a >= b { (a, b) } else { (b, a) }
}

/// Weighted edits of sounds: near sounds cost little, vowels less than consonants.
fn sound_likeness(a: &[u8], b: &[u8], unwritten: bool) -> f32 {
    if a == b {
        return 1.0;
    }
    let costs =
        if unwritten { &tables::sound_costs().without_vowels } else { &tables::sound_costs().written };
    let longest = a.len().max(b.len()).min(LONGEST);
    if !unwritten {
        return share(edits(a, b, |from, to| costs.get(from, to), worst(longest)), longest as f32);
    }
    // Where vowels are not written they cannot bear out a likeness either.
    let firm = |sounds: &[u8]| sounds.iter().take(LONGEST).filter(|sound| !is_vowel(**sound)).count();
    let (a_firm, b_firm) = (firm(a), firm(b));
    if a_firm == 0 && b_firm == 0 || a.len() - a_firm.min(a.len()) == 0 && b.len() == b_firm {
        return share(edits(a, b, |from, to| costs.get(from, to), worst(longest)), longest as f32);
    }
    let firm = a_firm.max(b_firm);
    let length = firm as f32 + 0.4 * (longest.saturating_sub(firm)) as f32;
    share(edits(a, b, |from, to| costs.get(from, to), worst(longest)), length)
}

/// An "i" at the end is written in every script: `Mohammad` and `Mohammadi` are two names.
fn differ_by_final_i(a: &Form, b: &Form) -> bool {
    let ends = |form: &Form| form.letters.bytes().last().unwrap_or_default();
    let is_i = |letter: u8| matches!(letter, b'i' | b'y');
    let is_open = |letter: u8| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h');
    is_i(ends(a)) && !is_open(ends(b)) || is_i(ends(b)) && !is_open(ends(a))
}

/// Plain edits of letters: every insertion, deletion, change, and swap of neighbours counts one.
fn letter_likeness(a: &[u8], b: &[u8]) -> f32 {
    let longest = a.len().max(b.len()).min(LONGEST);
    share(edits(a, b, |from, to| if from == to { 0 } else { ONE }, worst(longest)), longest as f32)
}

/// How near two words come by plain edits, from 0 where they are far to 1 where they are the same.
pub(crate) fn closeness(a: &str, b: &str) -> f32 {
    let longest = a.len().max(b.len()).clamp(1, LONGEST);
    let limit = u16::try_from(longest * usize::from(FAR)).unwrap_or(u16::MAX);
    let distance = edits(a.as_bytes(), b.as_bytes(), |from, to| if from == to { 0 } else { ONE }, limit);
    distance.map_or(0.0, |distance| 1.0 - f32::from(distance) / f32::from(limit.max(1)))
}

/// From this distance on, in hundredths of the letters, two words have nothing to do with each other.
const FAR: u16 = 60;

/// Costs are counted in hundredths.
const ONE: u16 = 100;

/// Nothing below this likeness is of use to anybody.
const LEAST: u16 = 68;

/// The distance beyond which counting is given up.
fn worst(longest: usize) -> u16 {
    u16::try_from(longest).unwrap_or(u16::MAX / ONE).saturating_mul(ONE - LEAST)
}

fn share(distance: Option<u16>, length: f32) -> f32 {
    distance.map_or(0.0, |distance| (1.0 - f32::from(distance) / (100.0 * length.max(1.0))).max(0.0))
}

/// The cheapest way from `a` to `b` by insertions, deletions, changes and swaps of neighbours; nothing when it costs
/// more than `worst`.
#[inline]
fn edits(a: &[u8], b: &[u8], cost: impl Fn(u8, u8) -> u16, worst: u16) -> Option<u16> {
    let a = a.get(..a.len().min(LONGEST)).unwrap_or_default();
    let b = b.get(..b.len().min(LONGEST)).unwrap_or_default();
    // What begins and ends alike costs nothing and need not be gone through.
    let same_start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(same_start..).unwrap_or_default(), b.get(same_start..).unwrap_or_default());
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) =
        (a.get(..a.len() - same_end).unwrap_or_default(), b.get(..b.len() - same_end).unwrap_or_default());

    let mut rows = [[0u16; LONGEST + 1]; 3];
    let [before, last, row] = &mut rows;
    let (mut before, mut last, mut row) = (before, last, row);
    for (at, &y) in b.iter().enumerate() {
        last[at + 1] = last[at] + cost(NOTHING, y);
    }
    for (i, &x) in a.iter().enumerate() {
        let dropped = cost(x, NOTHING);
        row[0] = last[0] + dropped;
        let mut least = row[0];
        let previous_x = i.checked_sub(1).and_then(|i| a.get(i)).copied();
        let mut previous_y = None;
        for (j, &y) in b.iter().enumerate() {
            let mut best = (last[j] + cost(x, y)).min(last[j + 1] + dropped).min(row[j] + cost(NOTHING, y));
            if previous_x == Some(y) && previous_y == Some(x) && j > 0 {
                best = best.min(before[j - 1] + cost(x, y).max(dropped) / 10 * SWAP);
            }
            row[j + 1] = best;
            least = least.min(best);
            previous_y = Some(y);
        }
        // A swap may still go back by one row, and gains at most one cost.
        if least > worst.saturating_add(ONE) {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    let distance = last[b.len()];
    (distance <= worst).then_some(distance)
}

/// Stands for "no sound" in the table of costs.
const NOTHING: u8 = b'@';

/// Two neighbours in the wrong order, in tenths of one error.
const SWAP: u16 = 8;
