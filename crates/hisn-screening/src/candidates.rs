//! Which names are worth comparing with a query.

use std::cell::RefCell;
use std::rc::Rc;

use hisn_names::{Key, Kind, Role, Word, estimate, pair_likeness};
use rustc_hash::FxHashMap;

use crate::index::{Section, index_keys, joined_key, nickname_key};

/// How a section is searched.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Depth {
    /// For like names.
    Like,
    /// For the very same name alone.
    Same,
}

/// The names of a section that are worth comparing with the query, without looking at every name.
pub(crate) fn candidates(section: &Section, depth: Depth, words: &[&Word], threshold: f32) -> Vec<u32> {
    SCRATCH.with_borrow_mut(|scratch| scratch.collect(section, depth, words, threshold))
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::new(Scratch::default());
}

/// How far below the threshold an estimate may be while the name is still compared.
const SLACK: f32 = 0.26;

/// The most names that are compared for one query; the estimate puts the best first.
const MOST_COMPARED: usize = 160;

/// The most words whose like words are kept.
const MOST_KNOWN: usize = 1 << 16;

/// The most names that are compared for one word written as two.
const MOST_JOINED: usize = 64;

/// Words of so little weight bring no names.
const LEAST_WEIGHT: f32 = 0.15;

/// A word of a query, as it is looked up: the section, its part, its text.
type WordOf = (u64, Role, Box<str>);

#[derive(Default)]
struct Scratch {
    agreed: Vec<f32>,
    /// What the word at hand has brought to each name so far, with the number of the word: a name gains by its best word.
    gains: Vec<(u32, f32)>,
    turn: u32,
    touched: Vec<u32>,
    near: Vec<u32>,
    known: FxHashMap<WordOf, Rc<[(u32, f32)]>>,
}

impl Scratch {
    fn collect(&mut self, section: &Section, depth: Depth, words: &[&Word], threshold: f32) -> Vec<u32> {
        if self.agreed.len() < section.names.len() {
            self.agreed.resize(section.names.len(), 0.0);
            self.gains.resize(section.names.len(), (0, 0.0));
        }
        let heaviest = words.iter().map(|word| word.weight).fold(0.0, f32::max);
        let mut forced: Vec<u32> = Vec::new();
        for word in
            words.iter().filter(|word| word.role != Role::Initial && !matches!(word.role, Role::LegalForm(_)))
        {
            if word.weight >= LEAST_WEIGHT || heaviest < LEAST_WEIGHT {
                self.add_holders(section, depth, word);
            }
            if depth == Depth::Same {
                continue;
            }
            if word.role == Role::Name && word.written().len() >= 4 {
                let names = section.names_with_joined(word.written_key(), word.written());
                forced.extend(names.take(MOST_JOINED));
            }
            if word.role == Role::Name
                && section.kind == Kind::Organisation
                && (3..=14).contains(&word.latin().len())
            {
                forced.extend(section.names_with_acronym(word.latin()));
            }
        }
        if depth == Depth::Like {
            self.add_joined(section, words, &mut forced);
        }
        let initials = words.iter().filter(|word| word.role == Role::Initial).count() as f32;
        let asked: f32 = words.iter().filter(|word| word.role != Role::Initial).map(|word| word.weight).sum();
        let mut ranked: Vec<(f32, u32)> = Vec::with_capacity(self.touched.len());
        for at in self.touched.drain(..) {
            let Some(agreed) = self.agreed.get_mut(at as usize) else { continue };
            let listed = section.names.get(at as usize).map_or(0.0, |name| name.weight);
            let guess = estimate(*agreed, asked, (listed - initials * 0.9).max(*agreed));
            *agreed = 0.0;
            if guess >= threshold - SLACK {
                ranked.push((guess, at));
            }
        }
        if ranked.len() > MOST_COMPARED {
            ranked.select_nth_unstable_by(MOST_COMPARED, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            ranked.truncate(MOST_COMPARED);
        }
        let mut all: Vec<u32> = ranked.into_iter().map(|(_, at)| at).chain(forced).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The words of the vocabulary that are like the given one, with what each is worth. Names share words, so the
    /// answer is kept for the next query.
    fn alike(&mut self, section: &Section, depth: Depth, word: &Word) -> Rc<[(u32, f32)]> {
        let key = (section.number, word.role, word.text.clone());
        if depth == Depth::Like
            && let Some(known) = self.known.get(&key)
        {
            return Rc::clone(known);
        }
        self.near.clear();
        match word.role {
            Role::Number(_) => {
                for key in index_keys(word) {
                    section.words_with_key(key, |id| self.near.push(id));
                }
            }
            _ if depth == Depth::Same => {
                for probe in word.probes().take(1) {
                    section.words_same(&probe, |id| self.near.push(id));
                }
            }
            _ => {
                if let Role::Place(_) = word.role {
                    for key in index_keys(word) {
                        section.words_with_key(key, |id| self.near.push(id));
                    }
                }
                for group in word.nickname_groups() {
                    section.words_with_key(Key(nickname_key(group)), |id| self.near.push(id));
                }
                for (at, probe) in word.probes().enumerate() {
                    section.words_near(&probe, |id| self.near.push(id));
                    if at == 0 && word.role == Role::Name {
                        section.words_of_affix(word, &probe, |id| self.near.push(id));
                    }
                }
            }
        }
        self.near.sort_unstable();
        self.near.dedup();
        let alike: Rc<[(u32, f32)]> = self
            .near
            .iter()
            .filter_map(|id| {
                let listed = section.vocabulary.get(*id as usize)?;
                let likeness = pair_likeness(word, listed, section.kind)?;
                Some((*id, likeness * (word.weight + listed.weight) / 2.0))
            })
            .collect();
        if depth == Depth::Like {
            if self.known.len() >= MOST_KNOWN {
                self.known.clear();
            }
            self.known.insert(key, Rc::clone(&alike));
        }
        alike
    }

    /// Adds the names that hold a word like the given one.
    fn add_holders(&mut self, section: &Section, depth: Depth, word: &Word) {
        self.turn = self.turn.wrapping_add(1);
        for (id, gain) in self.alike(section, depth, word).iter() {
            for holder in section.holders(*id) {
                let at = *holder as usize;
                let (Some(agreed), Some(gained)) = (self.agreed.get_mut(at), self.gains.get_mut(at)) else {
                    continue;
                };
                if gained.0 != self.turn {
                    *gained = (self.turn, 0.0);
                }
                if *gain > gained.1 {
                    if *agreed == 0.0 {
                        self.touched.push(*holder);
                    }
                    *agreed += *gain - gained.1;
                    gained.1 = *gain;
                }
            }
        }
    }

    /// Adds the names that hold two neighbours of the query as one word, or as two cut elsewhere.
    fn add_joined(&mut self, section: &Section, words: &[&Word], forced: &mut Vec<u32>) {
        for (a, b) in words.iter().zip(words.iter().skip(1)) {
            let fits = |word: &Word| {
                matches!(word.role, Role::Name | Role::Particle | Role::Place(_) | Role::Initial)
            };
            if !fits(a) || !fits(b) {
                continue;
            }
            // Two common words are found by themselves.
            let (key, letters) = (a.joined_key(b), a.joined_letters(b));
            if letters.len() < 4 || a.weight.max(b.weight) < 0.6 {
                continue;
            }
            section.words_with_key(Key(joined_key(key, &letters)), |id| {
                forced.extend(section.holders(id).iter().take(MOST_JOINED));
            });
            if a.role != Role::Particle && b.role != Role::Particle {
                forced.extend(section.names_with_joined(key, &letters).take(MOST_JOINED));
            }
        }
    }
}
