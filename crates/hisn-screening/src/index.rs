//! The index: which names hold words like a given one. No search looks at every name.

use std::sync::atomic::{AtomicU64, Ordering};

use hisn_names::{Key, Kind, Outline, Probe, Role, Token, Word, tokens, variants};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// One name of one party, as it is compared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IndexedName {
    /// The party.
    pub party: u32,
    /// Which of its names.
    pub name: u32,
    first_word: u32,
    words: u32,
    /// The sum of the weights of its words.
    pub weight: f32,
}

/// What a search sees of a word before it reads it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glance {
    pub outline: Outline,
    /// Whether it may stand for words that it does not sound like.
    pub is_open: bool,
}

impl Glance {
    fn of(word: &Word) -> Glance {
        let is_open = word.role != Role::Name || word.has_other_names();
        Glance { outline: word.outline(), is_open }
    }
}

/// All names of parties of one kind.
pub(crate) struct Section {
    pub kind: Kind,
    /// No two sections of a process have the same number.
    pub number: u64,
    pub names: Vec<IndexedName>,
    pub vocabulary: Vec<Word>,
    pub glances: Vec<Glance>,
    /// The words of all names, one name after the other.
    words: Vec<u32>,
    /// The names that hold a word: from `starts[word]` to `starts[word + 1]` in `holders`.
    starts: Vec<u32>,
    holders: Vec<u32>,
    by_key: Lookup,
    by_shorter_key: Lookup,
    by_affix: Lookup,
    by_joined_key: Lookup,
    by_acronym: Lookup,
}

impl Section {
    /// Indexes `(party, name of the party, text)`.
    pub fn build(kind: Kind, sources: &[(u32, u32, &str)]) -> Section {
        let cut: Vec<Vec<(u32, u32, Vec<Token>)>> = sources
            .par_chunks(512)
            .map(|chunk| {
                let mut out = Vec::with_capacity(chunk.len());
                for (party, name, text) in chunk {
                    if text.contains('(') {
                        out.extend(variants(text).iter().map(|text| (*party, *name, tokens(text, kind))));
                    } else {
                        out.push((*party, *name, tokens(text, kind)));
                    }
                }
                out
            })
            .collect();

        let mut ids: FxHashMap<Token, u32> = FxHashMap::default();
        let mut unique: Vec<Token> = Vec::new();
        let mut names = Vec::with_capacity(sources.len());
        let mut words: Vec<u32> = Vec::with_capacity(sources.len() * 4);
        for (party, name, tokens) in cut.into_iter().flatten() {
            if tokens.is_empty() {
                continue;
            }
            let first_word = count(&words);
            for token in tokens {
                let next = count(&unique);
                let id = *ids.entry(token).or_insert_with_key(|token| {
                    unique.push(token.clone());
                    next
                });
                words.push(id);
            }
            names.push(IndexedName {
                party,
                name,
                first_word,
                words: count(&words) - first_word,
                weight: 0.0,
            });
        }
        let vocabulary: Vec<Word> =
            unique.par_iter().with_min_len(1024).map(|token| Word::new(token, kind)).collect();

        let glances = vocabulary.iter().map(Glance::of).collect();
        let mut section = Section {
            glances,
            number: NEXT_NUMBER.fetch_add(1, Ordering::Relaxed),
            kind,
            names,
            vocabulary,
            words,
            starts: Vec::new(),
            holders: Vec::new(),
            by_key: Lookup::default(),
            by_shorter_key: Lookup::default(),
            by_affix: Lookup::default(),
            by_joined_key: Lookup::default(),
            by_acronym: Lookup::default(),
        };
        section.weigh();
        section.invert();
        let (keys, names) = rayon::join(|| section.word_keys(), || section.name_keys());
        (section.by_key, section.by_shorter_key, section.by_affix) = keys;
        (section.by_joined_key, section.by_acronym) = names;
        section
    }

    /// The words of a name, by their numbers in the vocabulary.
    pub fn ids_of(&self, name: &IndexedName) -> &[u32] {
        let range = name.first_word as usize..(name.first_word + name.words) as usize;
        self.words.get(range).unwrap_or_default()
    }

    /// The words of a name.
    pub fn words_of(&self, name: &IndexedName) -> impl Iterator<Item = &Word> {
        self.ids_of(name).iter().filter_map(|id| self.vocabulary.get(*id as usize))
    }

    /// About how many names a word brings: those that hold a word of the very same sound.
    pub fn commonness(&self, word: &Word) -> usize {
        let key = index_keys(word).first().copied().unwrap_or_default();
        self.by_key.get(key.0).map(|id| self.holders(id).len()).sum()
    }

    /// The names that hold a word of the vocabulary.
    pub fn holders(&self, word: u32) -> &[u32] {
        let start = self.starts.get(word as usize).copied().unwrap_or(0) as usize;
        let end = self.starts.get(word as usize + 1).copied().unwrap_or(0) as usize;
        self.holders.get(start..end).unwrap_or_default()
    }

    /// Words of the vocabulary whose key is that of the probe, or differs from it in one class, as far as
    /// their outlines may belong to like words.
    pub fn words_near(&self, probe: &Probe, mut visit: impl FnMut(u32)) {
        let key = probe.outline.key;
        let mut visit_near = |id: u32| {
            if self.glances.get(id as usize).is_some_and(|other| probe.may_be_like(&other.outline)) {
                visit(id);
            }
        };
        self.by_key.get(key.0).for_each(&mut visit_near);
        self.by_shorter_key.get(key.0).for_each(&mut visit_near);
        if key.len() < SHORTEST_TO_SHORTEN {
            for other in key.other_starts() {
                self.by_key.get(other.0).for_each(&mut visit_near);
            }
        }
        if key.len() >= SHORTEST_TO_SHORTEN {
            for shorter in key.shorter() {
                self.by_key.get(shorter.0).for_each(&mut visit_near);
                self.by_shorter_key.get(shorter.0).for_each(&mut visit_near);
            }
        }
    }

    /// Words of the vocabulary that begin or end like the given one, as far as their outlines may belong to like words:
    /// one wrong letter can change the sounds around it, but never both ends of a word.
    pub fn words_of_affix(&self, word: &Word, probe: &Probe, mut visit: impl FnMut(u32)) {
        let letters = word.latin();
        for key in affixes_of(letters, affix_length(letters.len())) {
            let rows = self.by_affix.rows(key);
            if rows.len() > MOST_OF_AFFIX {
                continue;
            }
            for (_, id) in rows.iter().copied() {
                if self.glances.get(id as usize).is_some_and(|other| probe.may_be_like(&other.outline)) {
                    visit(id);
                }
            }
        }
    }

    /// Words of the vocabulary that sound the very same.
    pub fn words_same(&self, probe: &Probe, mut visit: impl FnMut(u32)) {
        for id in self.by_key.get(probe.outline.key.0) {
            if self.glances.get(id as usize).is_some_and(|other| probe.is_same(&other.outline)) {
                visit(id);
            }
        }
    }

    /// Words of the vocabulary whose key is the given one.
    pub fn words_with_key(&self, key: Key, visit: impl FnMut(u32)) {
        self.by_key.get(key.0).for_each(visit);
    }

    /// Names in which two neighbours together have the given key; with few consonants, the given letters.
    pub fn names_with_joined(&self, key: Key, letters: &str) -> impl Iterator<Item = u32> + '_ {
        self.by_joined_key.get(joined_key(key, letters))
    }

    /// Names with the given first letters.
    pub fn names_with_acronym(&self, letters: &str) -> impl Iterator<Item = u32> + '_ {
        self.by_acronym.get(letters_key(letters))
    }

    fn weigh(&mut self) {
        let weights: Vec<f32> =
            self.names.iter().map(|name| self.words_of(name).map(|word| word.weight).sum()).collect();
        for (name, weight) in self.names.iter_mut().zip(weights) {
            name.weight = weight;
        }
    }

    fn invert(&mut self) {
        let mut starts = vec![0u32; self.vocabulary.len() + 1];
        for word in &self.words {
            if let Some(slot) = starts.get_mut(*word as usize + 1) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut holders = vec![0u32; self.words.len()];
        for (at, name) in (0u32..).zip(&self.names) {
            for word in self.ids_of(name) {
                if let Some(slot) = next.get_mut(*word as usize) {
                    if let Some(holder) = holders.get_mut(*slot as usize) {
                        *holder = at;
                    }
                    *slot += 1;
                }
            }
        }
        self.starts = starts;
        self.holders = holders;
    }

    fn word_keys(&self) -> (Lookup, Lookup, Lookup) {
        let mut exact = Vec::with_capacity(self.vocabulary.len());
        let mut shorter = Vec::with_capacity(self.vocabulary.len() * 4);
        let mut affixes = Vec::with_capacity(self.vocabulary.len() * 3);
        for (id, word) in (0u32..).zip(&self.vocabulary) {
            if word.role == Role::Initial {
                exact.extend(word.latin().bytes().next().map(|letter| (initial_key(letter), id)));
            }
            if matches!(word.role, Role::LegalForm(_) | Role::Initial) {
                continue;
            }
            if word.role == Role::Name {
                let length = word.latin().len();
                let taken = [length.saturating_sub(1), length, length + 1].map(affix_length);
                let [a, b, c] = taken;
                affixes.extend(affixes_of(word.latin(), b).map(|key| (key, id)));
                for other in [a, c].into_iter().filter(|other| *other != b) {
                    affixes.extend(affixes_of(word.latin(), other).map(|key| (key, id)));
                }
            }
            let written = joined_key(word.written_key(), word.written());
            if written >> 63 == 1 {
                exact.push((written, id));
            }
            exact.extend(word.nickname_groups().map(|group| (nickname_key(group), id)));
            for key in index_keys(word) {
                exact.push((key.0, id));
                if key.len() >= SHORTEST_TO_SHORTEN && !matches!(word.role, Role::Number(_)) {
                    shorter.extend(key.shorter().map(|key| (key.0, id)));
                }
            }
        }
        (Lookup::new(exact), Lookup::new(shorter), Lookup::new(affixes))
    }

    fn name_keys(&self) -> (Lookup, Lookup) {
        let mut joined = Vec::with_capacity(self.words.len());
        let mut acronyms = Vec::new();
        for (at, name) in (0u32..).zip(&self.names) {
            let words: Vec<&Word> = self.words_of(name).collect();
            for (a, b) in words.iter().zip(words.iter().skip(1)) {
                let fits = |word: &Word| {
                    matches!(word.role, Role::Name | Role::Particle | Role::Place(_) | Role::Initial)
                };
                if fits(a) && fits(b) {
                    joined.push((joined_key(a.joined_key(b), &a.joined_letters(b)), at));
                    if self.kind == Kind::Person {
                        joined.push((joined_key(b.joined_key(a), &b.joined_letters(a)), at));
                    }
                }
            }
            if self.kind == Kind::Organisation && words.len() >= 3 {
                let letters = hisn_names::acronym(&words);
                if letters.len() >= 3 {
                    acronyms.push((letters_key(&letters), at));
                }
            }
        }
        (Lookup::new(joined), Lookup::new(acronyms))
    }
}

static NEXT_NUMBER: AtomicU64 = AtomicU64::new(0);

/// What more words than this have in common, such as "-ovich", tells nothing.
const MOST_OF_AFFIX: usize = 200;

/// Shorter keys would bring words of every kind together.
const SHORTEST_TO_SHORTEN: u32 = 3;

/// The keys of a word in the index. Numbers and places are found by what they are, not by their sound.
pub(crate) fn index_keys(word: &Word) -> Vec<Key> {
    match word.role {
        Role::Number(value) => vec![Key(u64::from(value) | 1 << 63)],
        Role::Place(place) => vec![Key(letters_key(place) | 1 << 63), word.key],
        _ => {
            let mut keys: Vec<Key> = word.keys().collect();
            keys.sort_unstable();
            keys.dedup();
            keys
        }
    }
}

/// A key for the names that are short forms of each other.
pub(crate) fn nickname_key(group: u16) -> u64 {
    u64::from(group) | 1 << 62
}

/// A key for the initials that stand for words with this first letter.
pub(crate) fn initial_key(letter: u8) -> u64 {
    u64::from(letter) | 1 << 61
}

/// A key of few consonants would bring everything: then the letters must be the same.
pub(crate) fn joined_key(key: Key, letters: &str) -> u64 {
    if key.len() >= 4 { key.0 } else { letters_key(letters) | 1 << 63 }
}

/// How many letters of a beginning or an end to look a word up by: half of them, so that one error leaves either whole.
fn affix_length(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 3,
        8 | 9 => 4,
        _ => 5,
    }
}

fn affixes_of(letters: &str, taken: usize) -> impl Iterator<Item = u64> {
    let usable = taken > 0 && letters.len() > taken && letters.is_ascii();
    let ends = usable
        .then(|| (letters.get(..taken).unwrap_or(""), letters.get(letters.len() - taken..).unwrap_or("")));
    ends.into_iter().flat_map(|(start, end)| [letters_key(start), letters_key(end) ^ 0x5bd1_e995])
}

fn letters_key(letters: &str) -> u64 {
    letters
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
        >> 1
}

fn count<T>(all: &[T]) -> u32 {
    u32::try_from(all.len()).unwrap_or(u32::MAX)
}

/// Values by key, in one sorted row.
#[derive(Default)]
struct Lookup {
    rows: Vec<(u64, u32)>,
    /// Where the rows begin whose hashed key has these leading bits.
    table: Vec<u32>,
    shift: u32,
}

impl Lookup {
    fn new(rows: Vec<(u64, u32)>) -> Lookup {
        let bits = (rows.len().max(2) as u64).ilog2().clamp(4, 24);
        let shift = 64 - bits;
        let mut rows: Vec<(u64, u32)> = rows.into_iter().map(|(key, value)| (spread(key), value)).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut table = Vec::with_capacity((1 << bits) + 1);
        let mut at = 0;
        for slot in 0..=(1u64 << bits) {
            while rows.get(at).is_some_and(|(key, _)| key >> shift < slot) {
                at += 1;
            }
            table.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        Lookup { rows, table, shift }
    }

    fn get(&self, key: u64) -> impl Iterator<Item = u32> + '_ {
        self.rows(key).iter().map(|(_, value)| *value)
    }

    fn rows(&self, key: u64) -> &[(u64, u32)] {
        let key = spread(key);
        let slot = if self.table.is_empty() { 0 } else { (key >> self.shift) as usize };
        let start = self.table.get(slot).copied().unwrap_or(0) as usize;
        let end = self.table.get(slot + 1).copied().unwrap_or(0) as usize;
        let rows = self.rows.get(start..end).unwrap_or_default();
        let from = rows.partition_point(|(other, _)| *other < key);
        let rows = rows.get(from..).unwrap_or_default();
        rows.get(..rows.partition_point(|(other, _)| *other == key)).unwrap_or_default()
    }
}

/// Spreads keys evenly, one to one, so that their leading bits serve as a table index.
fn spread(key: u64) -> u64 {
    let key = (key ^ key >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    key ^ key >> 29
}
