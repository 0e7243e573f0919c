//! Which words of the lists are like a word of a query.

use std::rc::Rc;

use hisn_names::{Key, Role, Word, pair_likeness};
use rustc_hash::FxHashMap;

use crate::candidates::Depth;
use crate::index::{Section, index_keys, initial_key, nickname_key};

/// The most words whose like words are kept.
const MOST_KNOWN: usize = 1 << 16;

/// A word of a query, as it is looked up: the section, its part, its text.
type WordOf = (u64, Role, Box<str>);

/// The words of the vocabulary that are like words of queries. Names share words, so answers are kept for the next query.
#[derive(Default)]
pub(crate) struct Alike {
    near: Vec<u32>,
    known: FxHashMap<WordOf, Rc<[(u32, f32)]>>,
}

impl Alike {
    /// The words of the vocabulary that may stand for the given one, with what each is worth as a pair.
    pub fn of(&mut self, section: &Section, depth: Depth, word: &Word) -> Rc<[(u32, f32)]> {
        if depth == Depth::Same {
            return self.search(section, depth, word);
        }
        let key = (section.number, word.role, word.text.clone());
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        let alike = self.search(section, depth, word);
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        self.known.insert(key, Rc::clone(&alike));
        alike
    }

    fn search(&mut self, section: &Section, depth: Depth, word: &Word) -> Rc<[(u32, f32)]> {
        self.near.clear();
        match depth {
            Depth::Same => self.find_same(section, word),
            Depth::Like => self.find_near(section, word),
        }
        self.near.sort_unstable();
        self.near.dedup();
        let worth = |id: &u32| {
            let listed = section.vocabulary.get(*id as usize)?;
            let likeness = pair_likeness(word, listed, section.kind)?;
            Some((*id, worth_of(likeness, word, listed)))
        };
        self.near.iter().filter_map(worth).collect()
    }

    fn find_same(&mut self, section: &Section, word: &Word) {
        if let Role::Number(_) = word.role {
            return self.find_keys(section, word);
        }
        for probe in word.probes().take(1) {
            section.words_same(&probe, |id| self.near.push(id));
        }
    }

    fn find_near(&mut self, section: &Section, word: &Word) {
        match word.role {
            Role::Number(_) => return self.find_keys(section, word),
            Role::Place(_) => self.find_keys(section, word),
            _ => {}
        }
        for group in word.nickname_groups() {
            section.words_with_key(Key(nickname_key(group)), |id| self.near.push(id));
        }
        if let Some(letter) = word.latin().bytes().next().filter(|_| word.is_substance()) {
            section.words_with_key(Key(initial_key(letter)), |id| self.near.push(id));
        }
        for (at, probe) in word.probes().enumerate() {
            section.words_near(&probe, |id| self.near.push(id));
            if at == 0 && word.role == Role::Name {
                section.words_of_affix(word, &probe, |id| self.near.push(id));
            }
        }
    }

    fn find_keys(&mut self, section: &Section, word: &Word) {
        for key in index_keys(word) {
            section.words_with_key(key, |id| self.near.push(id));
        }
    }
}

/// What a pair of words is worth: an initial no more than an initial.
pub(crate) fn worth_of(likeness: f32, one: &Word, other: &Word) -> f32 {
    let initial = one.role == Role::Initial || other.role == Role::Initial;
    likeness * if initial { one.weight.min(other.weight) } else { (one.weight + other.weight) / 2.0 }
}
