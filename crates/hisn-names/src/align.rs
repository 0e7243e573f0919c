//! Which word of one name stands for which word of the other.

use crate::Kind;
use crate::distance::{joined_likeness, likeness};
use crate::tables;
use crate::text::Script;
use crate::word::{Form, Role, Word};

/// How two words came together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// Letter by letter.
    Same,
    /// One name in the spellings of two scripts or languages.
    Spelling,
    /// Like, but not the same.
    Like,
    /// An initial and a word that begins with it.
    Initial,
    /// A name and its short form.
    Nickname,
    /// One word written as two.
    Joined,
}

/// Words that stand for each other; usually one on each side, two on one side when a word was written as two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// First word and number of words on the left.
    pub left: (usize, usize),
    /// First word and number of words on the right.
    pub right: (usize, usize),
    /// From 0 to 1.
    pub likeness: f32,
    /// Why they stand together.
    pub how: How,
}

/// The words of two names laid side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// What stands together, in the order of the left name.
    pub pairs: Vec<Pair>,
    /// Words of the left name that nothing stands against.
    pub left_only: Vec<usize>,
    /// Words of the right name that nothing stands against.
    pub right_only: Vec<usize>,
    /// Whether the paired words stand in the same order on both sides.
    pub in_order: bool,
}

/// Lays two names side by side.
pub(crate) fn align(left: &[&Word], right: &[&Word], kind: Kind) -> Alignment {
    let mut table = Table {
        left_free: mask(left.len()),
        right_free: mask(right.len()),
        pairs: Vec::with_capacity(left.len().min(right.len())),
    };
    table.take_equal(left, right);
    if table.left_free != 0 && table.right_free != 0 {
        table.take_like(left, right, kind);
    }
    table.finish(left.len(), right.len())
}

/// One bit a word; names are cut off long before 32 words.
fn mask(words: usize) -> u32 {
    1u32.checked_shl(u32::try_from(words).unwrap_or(32)).map_or(u32::MAX, |bit| bit - 1)
}

fn bits(at: usize, count: usize) -> u32 {
    mask(count).checked_shl(u32::try_from(at).unwrap_or(32)).unwrap_or(0)
}

struct Table {
    left_free: u32,
    right_free: u32,
    pairs: Vec<Pair>,
}

impl Table {
    fn take(&mut self, pair: Pair) {
        self.left_free &= !bits(pair.left.0, pair.left.1);
        self.right_free &= !bits(pair.right.0, pair.right.1);
        self.pairs.push(pair);
    }

    fn fits(&self, pair: &Pair) -> bool {
        let (left, right) = (bits(pair.left.0, pair.left.1), bits(pair.right.0, pair.right.1));
        self.left_free & left == left && self.right_free & right == right
    }

    /// Most words of most names are written the same on both sides.
    fn take_equal(&mut self, left: &[&Word], right: &[&Word]) {
        for (i, a) in left.iter().enumerate() {
            let same =
                right.iter().enumerate().find(|(j, b)| self.right_free & bits(*j, 1) != 0 && equal(a, b));
            if let Some((j, _)) = same {
                self.take(Pair { left: (i, 1), right: (j, 1), likeness: 1.0, how: How::Same });
            }
        }
    }

    /// The rest, the likest first.
    fn take_like(&mut self, left: &[&Word], right: &[&Word], kind: Kind) {
        let mut offers: Vec<(f32, Pair)> = Vec::new();
        for (i, a) in left.iter().enumerate().filter(|(i, _)| self.left_free & bits(*i, 1) != 0) {
            for (j, b) in right.iter().enumerate().filter(|(j, _)| self.right_free & bits(*j, 1) != 0) {
                if let Some((likeness, how)) = pair(a, b, kind) {
                    offers.push((
                        likeness * a.weight.max(b.weight),
                        Pair { left: (i, 1), right: (j, 1), likeness, how },
                    ));
                }
            }
        }
        self.offer_joined(left, right, false, &mut offers);
        self.offer_joined(right, left, true, &mut offers);
        // The order of offers of equal worth must not hang on which name is on the left: sums do that.
        offers.sort_by(|(a, x), (b, y)| {
            b.total_cmp(a)
                .then_with(|| (x.left.0 + x.right.0).cmp(&(y.left.0 + y.right.0)))
                .then_with(|| x.left.0.abs_diff(x.right.0).cmp(&y.left.0.abs_diff(y.right.0)))
        });
        for (_, offer) in offers {
            if self.fits(&offer) {
                self.take(offer);
            }
        }
    }

    /// Two neighbours of one side that are one word of the other.
    fn offer_joined(&self, two: &[&Word], one: &[&Word], swapped: bool, offers: &mut Vec<(f32, Pair)>) {
        let (two_free, one_free) =
            if swapped { (self.right_free, self.left_free) } else { (self.left_free, self.right_free) };
        for (i, (a, b)) in two.iter().zip(two.iter().skip(1)).enumerate() {
            if two_free & bits(i, 2) != bits(i, 2) || !may_join(a, b) {
                continue;
            }
            for (j, whole) in one.iter().enumerate().filter(|(j, _)| one_free & bits(*j, 1) != 0) {
                // Surname and given name may stand in either order; syllables may not.
                let syllables = whole.script == Script::Hangul || a.script == Script::Hangul;
                let either = [joined(a, b, whole), if syllables { None } else { joined(b, a, whole) }];
                let Some(likeness) = either.into_iter().flatten().reduce(f32::max) else { continue };
                let worth = likeness * a.weight.max(b.weight).max(whole.weight);
                let (left, right) = if swapped { ((j, 1), (i, 2)) } else { ((i, 2), (j, 1)) };
                offers.push((worth, Pair { left, right, likeness, how: How::Joined }));
            }
        }
    }

    fn finish(mut self, left: usize, right: usize) -> Alignment {
        self.pairs.sort_by_key(|pair| pair.left.0);
        let in_order = self.pairs.windows(2).all(|two| matches!(two, [a, b] if a.right.0 < b.right.0));
        let free = |mask: u32, count: usize| (0..count).filter(|at| mask & bits(*at, 1) != 0).collect();
        Alignment {
            left_only: free(self.left_free, left),
            right_only: free(self.right_free, right),
            in_order,
            pairs: self.pairs,
        }
    }
}

fn equal(a: &Word, b: &Word) -> bool {
    match (a.role, b.role) {
        (Role::Number(x), Role::Number(y)) => x == y,
        (Role::Place(x), Role::Place(y)) if x == y => true,
        (Role::LegalForm(x), Role::LegalForm(y)) if !x.is_empty() && x == y => true,
        (Role::Number(_), _) | (_, Role::Number(_)) => false,
        _ => same_letters(a, b),
    }
}

fn same_letters(a: &Word, b: &Word) -> bool {
    match (a.forms.first(), b.forms.first()) {
        (Some(a), Some(b)) => {
            a.letters == b.letters && !a.letters.is_empty() && a.without_vowels == b.without_vowels
        }
        _ => false,
    }
}

/// Whether two words may stand for each other, how like they are, and why.
pub(crate) fn pair(a: &Word, b: &Word, kind: Kind) -> Option<(f32, How)> {
    let scoring = tables::scoring();
    match (a.role, b.role) {
        (Role::Number(_), _) | (_, Role::Number(_)) => return None,
        (Role::LegalForm(_), Role::LegalForm(_)) => {}
        (Role::LegalForm(_), Role::Name) | (Role::Name, Role::LegalForm(_)) => {
            let shortest = a.latin().len().min(b.latin().len());
            let (likeness, how) = word_likeness(a, b, scoring.legal_form_typo);
            return (shortest >= 3 && likeness >= scoring.legal_form_typo).then_some((likeness, how));
        }
        (Role::LegalForm(_), _) | (_, Role::LegalForm(_)) => return None,
        (Role::Place(_), Role::Place(_)) => return None,
        (Role::Place(_), _) | (_, Role::Place(_)) if kind != Kind::Person => {
            let (likeness, how) = word_likeness(a, b, scoring.place_like_word);
            return (likeness >= scoring.place_like_word).then_some((likeness, how));
        }
        (Role::Initial, Role::Initial) => return None,
        (Role::Initial, _) => return initial(a, b),
        (_, Role::Initial) => return initial(b, a),
        (Role::Particle | Role::Title, Role::Particle | Role::Title) => {}
        (Role::Particle, _) | (_, Role::Particle) => return None,
        _ => {}
    }
    if kind == Kind::Person && share_nickname(a, b) {
        return Some((scoring.nickname, How::Nickname));
    }
    if kind == Kind::Person {
        if a.is_servant() && b.is_servant() {
            return both_servants(a, b);
        }
        if a.is_servant() != b.is_servant() {
            if let Some(likeness) = servant_likeness(a, b) {
                return Some((likeness, How::Like));
            }
        } else if are_different_names(a, b) {
            return None;
        }
    }
    let shortest = a.latin().len().min(b.latin().len());
    let least = match shortest {
        0..=3 if kind == Kind::Organisation && a.script == b.script => scoring.accept_short_organisation,
        0..=3 => scoring.accept_short,
        4..=5 => scoring.accept_middle,
        _ => scoring.accept_long,
    };
    // A ship or a firm is not another for a letter in a short name.
    let strict = if kind == Kind::Craft { 0.06 } else { 0.0 };
    // Signs are read in one way: what sounds nearly like it is another name.
    let least = if a.is_of_signs() || b.is_of_signs() { least.max(scoring.accept_signs) } else { least };
    let least = least + strict;
    let (likeness, how) = word_likeness(a, b, least);
    (likeness >= least).then_some((likeness, how))
}

/// How like two words are, if they may stand for each other in names of the given kind.
pub fn pair_likeness(a: &Word, b: &Word, kind: Kind) -> Option<f32> {
    if equal(a, b) { Some(1.0) } else { pair(a, b, kind).map(|(likeness, _)| likeness) }
}

fn initial(letter: &Word, word: &Word) -> Option<(f32, How)> {
    let first = letter.latin().bytes().next()?;
    let begins = word.forms.iter().any(|form| form.letters.bytes().next() == Some(first));
    (begins && word.is_substance()).then_some((tables::scoring().initial, How::Initial))
}

/// A full name and its short form; two short forms may both be of one name.
fn share_nickname(a: &Word, b: &Word) -> bool {
    a.nicknames.iter().any(|x| b.nicknames.iter().any(|y| x / 2 == y / 2 && (x % 2 == 1 || y % 2 == 1)))
}

/// `Abdul Hanif` and `Hanif`.
fn servant_likeness(a: &Word, b: &Word) -> Option<f32> {
    let (servant, other) = if a.is_servant() { (a, b) } else { (b, a) };
    let bare = servant.latin().strip_prefix("abd")?;
    let same = bare.len() >= 3
        && (bare == other.latin() || crate::sound::sounds(bare) == crate::sound::sounds(other.latin()));
    same.then(|| tables::scoring().servant)
}

/// `Abd al-Rahman` and `Abdul Rahim`: what they have in common says nothing.
fn both_servants(a: &Word, b: &Word) -> Option<(f32, How)> {
    if are_different_names(a, b) {
        return None;
    }
    let (x, y) = (a.latin().strip_prefix("abd")?, b.latin().strip_prefix("abd")?);
    let least = tables::scoring().accept_middle;
    let likeness = likeness(&Form::new(x, a.script), &Form::new(y, b.script), least);
    let how = if likeness >= 0.97 { How::Spelling } else { How::Like };
    (likeness >= least).then_some((likeness, how))
}

/// Two names that are both well known and not known to be one: `Yuri` and `Yulia`, `Fernandez` and `Hernandez`.
fn are_different_names(a: &Word, b: &Word) -> bool {
    if !a.nicknames.is_empty() && !b.nicknames.is_empty() {
        return !a.nicknames.iter().any(|x| b.nicknames.iter().any(|y| x / 2 == y / 2));
    }
    a.common && b.common && a.key != b.key
}

/// The best likeness of any two ways to write the words; what is below `least` may be told as anything below it.
fn word_likeness(a: &Word, b: &Word, least: f32) -> (f32, How) {
    let scoring = tables::scoring();
    if a.script == b.script && matches!(a.script, Script::Han | Script::Hangul) {
        return (sign_likeness(&a.text, &b.text), How::Like);
    }
    let mut best = (0.0, How::Like);
    for (i, x) in a.forms.iter().enumerate() {
        for (j, y) in b.forms.iter().enumerate() {
            let likeness = likeness(x, y, least.max(best.0));
            let by_spelling = i > 0 || j > 0 || a.script != b.script;
            let (likeness, how) = match (by_spelling, likeness >= 0.97) {
                (true, true) => (likeness * scoring.spelling, How::Spelling),
                (true, false) => (likeness * scoring.spelling, How::Like),
                (false, true) => (likeness, How::Spelling),
                (false, false) => (likeness, How::Like),
            };
            if likeness > best.0 {
                best = (likeness, how);
            }
        }
    }
    best
}

/// Where every sign is a syllable with a meaning of its own, another sign is another name.
fn sign_likeness(a: &str, b: &str) -> f32 {
    let same = a.chars().zip(b.chars()).filter(|(x, y)| x == y).count();
    let longest = a.chars().count().max(b.chars().count()).max(1);
    same as f32 / longest as f32
}

fn may_join(a: &Word, b: &Word) -> bool {
    let fits = |word: &Word| !matches!(word.role, Role::Number(_) | Role::LegalForm(_) | Role::Title);
    fits(a) && fits(b) && !(a.role == Role::Particle && b.role == Role::Particle)
}

/// The ways in which a word may be written as a part of a longer one.
fn readings(word: &Word) -> [Option<&Form>; 2] {
    let second = (word.script == Script::Arabic).then(|| word.forms.get(1)).flatten();
    [word.as_written(), second]
}

fn joined(a: &Word, b: &Word, whole: &Word) -> Option<f32> {
    if matches!(
        whole.role,
        Role::Number(_) | Role::LegalForm(_) | Role::Initial | Role::Title | Role::Particle
    ) {
        return None;
    }
    let unwritten = a.script.omits_vowels() || whole.script.omits_vowels();
    let syllables = whole.script == Script::Hangul || a.script == Script::Hangul;
    let scoring = tables::scoring();
    let least = if unwritten || syllables {
        scoring.joined_least.max(scoring.joined_least_unwritten)
    } else {
        scoring.joined_least
    };
    let mut best = 0.0f32;
    for form in &whole.forms {
        for x in readings(a).into_iter().flatten() {
            for y in readings(b).into_iter().flatten() {
                let (parts, all) = (x.sounds.len() + y.sounds.len(), form.sounds.len());
                if parts.abs_diff(all) <= 2 || unwritten || syllables {
                    best = best.max(joined_likeness(x, y, form, least.max(best)));
                }
            }
        }
    }
    (best >= least).then_some(best * scoring.joined)
}
