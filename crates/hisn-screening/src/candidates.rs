//! Which names are worth comparing with a query.

use std::cell::RefCell;

use hisn_names::{Key, Kind, Probe, Role, Word, estimate, most, pair_likeness};
use rustc_hash::FxHashMap;

use crate::alike::{Alike, worth_of};
use crate::index::{IndexedName, Section, joined_key};

/// How a section is searched.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Depth {
    /// For like names.
    Like,
    /// For the very same name alone.
    Same,
}

/// The names of a section that are worth comparing with the query, without looking at every name.
///
/// Only some words of the query are looked up: those without which no name can reach the threshold. The others are held
/// against the names that these bring.
pub(crate) fn candidates(section: &Section, depth: Depth, words: &[&Word], threshold: f32) -> Vec<u32> {
    SCRATCH.with_borrow_mut(|scratch| scratch.collect(section, depth, words, threshold))
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::new(Scratch::default());
}

/// How far below the threshold an estimate may be while the name is still compared.
const SLACK: f32 = 0.26;

/// The most names that are compared for one query; the estimate puts the best first.
const MOST_COMPARED: usize = 256;

/// The most names that are compared for one word written as two.
const MOST_JOINED: usize = 64;

/// Words of so little weight bring no names.
const LEAST_WEIGHT: f32 = 0.15;

#[derive(Default)]
struct Scratch {
    found: Vec<Found>,
    touched: Vec<u32>,
    turn: u32,
    alike: Alike,
}

/// What the words looked up so far have brought to a name.
#[derive(Clone, Copy, Default)]
struct Found {
    agreed: f32,
    /// What the word of that number has brought: a name gains by its best word.
    gained: f32,
    turn: u32,
}

impl Scratch {
    fn collect(&mut self, section: &Section, depth: Depth, words: &[&Word], threshold: f32) -> Vec<u32> {
        if self.found.len() < section.names.len() {
            self.found.resize(section.names.len(), Found::default());
        }
        let (looked_up, held) = divide(section, depth, words, threshold);
        for word in &looked_up {
            self.add_holders(section, depth, word);
        }
        let mut all = if depth == Depth::Like { rewritten(section, words) } else { Vec::new() };
        let initials = words.iter().filter(|word| word.role == Role::Initial).count() as f32;
        let asked: f32 = words.iter().filter(|word| word.role != Role::Initial).map(|word| word.weight).sum();
        let still: f32 = held.iter().map(|word| word.weight).sum();
        let mut second_look = SecondLook::new(section, held);
        let mut ranked: Vec<(f32, u32)> = Vec::with_capacity(self.touched.len());
        for at in self.touched.drain(..) {
            let (Some(found), Some(name)) = (self.found.get_mut(at as usize), section.names.get(at as usize))
            else {
                continue;
            };
            let agreed = std::mem::take(found).agreed;
            let guess = |agreed: f32| estimate(agreed, asked, (name.weight - initials * 0.9).max(agreed));
            if guess((agreed + still).min(asked)) < threshold - SLACK {
                continue;
            }
            let guess = guess(agreed + second_look.at(name));
            if guess >= threshold - SLACK {
                ranked.push((guess, at));
            }
        }
        if ranked.len() > MOST_COMPARED {
            ranked.select_nth_unstable_by(MOST_COMPARED, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            ranked.truncate(MOST_COMPARED);
        }
        all.extend(ranked.into_iter().map(|(_, at)| at));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Adds the names that hold a word like the given one.
    fn add_holders(&mut self, section: &Section, depth: Depth, word: &Word) {
        // 0 stands for names that no word has brought yet.
        self.turn = self.turn.wrapping_add(1).max(1);
        for (id, gain) in self.alike.of(section, depth, word).iter() {
            for holder in section.holders(*id) {
                let Some(found) = self.found.get_mut(*holder as usize) else { continue };
                if found.turn != self.turn {
                    if found.turn == 0 {
                        self.touched.push(*holder);
                    }
                    (found.turn, found.gained) = (self.turn, 0.0);
                }
                if *gain > found.gained {
                    found.agreed += *gain - found.gained;
                    found.gained = *gain;
                }
            }
        }
    }
}

/// The words to look up, and the words to hold against the names that those bring: as many as may be, the most costly
/// first, as long as a name in which they alone agree stays below the threshold.
fn divide<'a>(
    section: &Section,
    depth: Depth,
    words: &[&'a Word],
    threshold: f32,
) -> (Vec<&'a Word>, Vec<&'a Word>) {
    let heaviest = words.iter().map(|word| word.weight).fold(0.0, f32::max);
    let tells = |word: &&&Word| {
        word.role != Role::Initial
            && !matches!(word.role, Role::LegalForm(_))
            && (word.weight >= LEAST_WEIGHT || heaviest < LEAST_WEIGHT)
    };
    let mut telling: Vec<(usize, &Word)> =
        words.iter().filter(tells).map(|word| (section.commonness(word), *word)).collect();
    telling.sort_by_key(|(cost, _)| std::cmp::Reverse(*cost));
    if depth == Depth::Same {
        // The very same name holds all of them.
        let rarest = telling.pop().map(|(_, word)| word);
        return (rarest.into_iter().collect(), telling.into_iter().map(|(_, word)| word).collect());
    }
    let whole: f32 = words.iter().filter(|word| word.role != Role::Initial).map(|word| word.weight).sum();
    let looked_up_weight: f32 = telling.iter().map(|(_, word)| word.weight).sum();
    let mut without = whole - looked_up_weight;
    let (mut looked_up, mut held) = (Vec::new(), Vec::new());
    for (_, word) in telling {
        if most(without + word.weight, whole) < threshold {
            without += word.weight;
            held.push(word);
        } else {
            looked_up.push(word);
        }
    }
    (looked_up, held)
}

/// The words that were not looked up, held against the names found by the others.
struct SecondLook<'a> {
    section: &'a Section,
    words: Vec<(&'a Word, Vec<Probe>)>,
    /// What a word of the query and one of the vocabulary are worth, as far as it was asked: names share words.
    known: FxHashMap<(usize, u32), f32>,
}

impl<'a> SecondLook<'a> {
    fn new(section: &'a Section, held: Vec<&'a Word>) -> SecondLook<'a> {
        let words = held.into_iter().map(|word| (word, word.probes().collect())).collect();
        SecondLook { section, words, known: FxHashMap::default() }
    }

    /// How far the name agrees with the words.
    fn at(&mut self, name: &IndexedName) -> f32 {
        let mut agreed = 0.0;
        for (number, (word, probes)) in self.words.iter().enumerate() {
            let mut best = 0.0f32;
            for id in self.section.ids_of(name) {
                let Some(glance) = self.section.glances.get(*id as usize) else { continue };
                let is_open = glance.is_open || word.has_other_names();
                if !is_open && !probes.iter().any(|probe| probe.may_be_like(&glance.outline)) {
                    continue;
                }
                let known = self.known.entry((number, *id)).or_insert_with(|| {
                    let listed = self.section.vocabulary.get(*id as usize);
                    let pair = |listed| {
                        Some(worth_of(pair_likeness(word, listed, self.section.kind)?, word, listed))
                    };
                    listed.and_then(pair).unwrap_or(0.0)
                });
                best = best.max(*known);
            }
            agreed += best;
        }
        agreed
    }
}

/// The names in which words of the query are written together, apart or as first letters.
fn rewritten(section: &Section, words: &[&Word]) -> Vec<u32> {
    let mut found = Vec::new();
    for word in words.iter().filter(|word| word.role == Role::Name) {
        if word.written().len() >= 4 {
            let names = section.names_with_joined(word.written_key(), word.written());
            found.extend(names.take(MOST_JOINED));
        }
        if section.kind == Kind::Organisation && (3..=14).contains(&word.latin().len()) {
            found.extend(section.names_with_acronym(word.latin()));
        }
    }
    let fits =
        |word: &Word| matches!(word.role, Role::Name | Role::Particle | Role::Place(_) | Role::Initial);
    for (a, b) in words.iter().zip(words.iter().skip(1)).filter(|(a, b)| fits(a) && fits(b)) {
        // Two common words are found by themselves.
        let (key, letters) = (a.joined_key(b), a.joined_letters(b));
        if letters.len() < 4 || a.weight.max(b.weight) < 0.6 {
            continue;
        }
        section.words_with_key(Key(joined_key(key, &letters)), |id| {
            found.extend(section.holders(id).iter().take(MOST_JOINED));
        });
        if a.role != Role::Particle && b.role != Role::Particle {
            found.extend(section.names_with_joined(key, &letters).take(MOST_JOINED));
        }
    }
    found
}
