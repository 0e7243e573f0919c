//! The search.

use std::cell::RefCell;

use hisn_lists::{NameKind, Party, Schema};
use hisn_names::{Comparison, Kind, Name, Role, Word, estimate, pair_likeness, script_of};
use rustc_hash::FxHashMap;

use crate::evidence::{Field, corroborate};
use crate::explain::Explanation;
use crate::index::{IndexedName, Section, index_keys};
use crate::matching::{Feature, Match, Options, Query, RuledOut, Strength};

/// Listed parties, ready to be searched.
pub struct Screener {
    parties: Vec<Party>,
    sections: [Section; 4],
}

impl Screener {
    /// Indexes the parties; [`Match::index`] counts in the order given.
    pub fn build(parties: Vec<Party>) -> Screener {
        let mut sources: [Vec<(u32, u32, &str)>; 4] = Default::default();
        for (at, party) in (0u32..).zip(&parties) {
            let section = section_of(party.schema);
            if let Some(sources) = sources.get_mut(section) {
                sources.extend((0u32..).zip(&party.names).map(|(name, text)| (at, name, text.text.as_str())));
            }
        }
        let [people, organisations, unknown, craft] = &sources;
        let ((people, unknown), (organisations, craft)) = rayon::join(
            || (Section::build(Kind::Person, people), Section::build(Kind::Organisation, unknown)),
            || (Section::build(Kind::Organisation, organisations), Section::build(Kind::Craft, craft)),
        );
        Screener { parties, sections: [people, organisations, unknown, craft] }
    }

    /// A party by its place in the order of [`Screener::build`].
    ///
    /// # Panics
    ///
    /// When there is no party of that number; every [`Match::index`] is one.
    pub fn party(&self, index: usize) -> &Party {
        &self.parties[index]
    }

    /// How many parties are indexed.
    pub fn len(&self) -> usize {
        self.parties.len()
    }

    /// Whether no party is indexed.
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty()
    }

    /// The parties that the query may be, best first; equal scores in the order of their ids.
    pub fn screen(&self, query: &Query, options: &Options) -> Vec<Match> {
        self.search(query, options, false)
    }

    /// The parties whose name scores but which are no possible match, each with the reason. Nothing is left out silently.
    pub fn ruled_out(&self, query: &Query, options: &Options) -> Vec<Match> {
        self.search(query, options, true)
    }

    fn search(&self, query: &Query, options: &Options, ruled_out: bool) -> Vec<Match> {
        let mut hits: Vec<(Hit, Vec<Word>)> = Vec::new();
        let mut best: FxHashMap<u32, Hit> = FxHashMap::default();
        for (number, section) in self.sections.iter().enumerate() {
            let name = Name::new(&query.name, section.kind);
            let depth = depth(number, query.schema);
            if name.words.is_empty() {
                continue;
            }
            let words: Vec<&Word> = name.words.iter().collect();
            best.clear();
            self.search_section(section, depth, &words, query, options, &mut best);
            hits.extend(best.drain().map(|(_, hit)| (Hit { section: number, ..hit }, name.words.clone())));
        }
        hits.sort_by(|(a, _), (b, _)| {
            b.score.total_cmp(&a.score).then_with(|| self.id(a.party).cmp(self.id(b.party))).then(a.party.cmp(&b.party))
        });
        let mut out = Vec::with_capacity(hits.len().min(options.limit));
        for (hit, words) in hits {
            if out.len() >= options.limit {
                break;
            }
            let found = self.to_match(query, &hit, &words);
            if let Some(found) = found.filter(|found| found.ruled_out.is_some() == ruled_out) {
                out.push(found);
            }
        }
        out
    }

    fn id(&self, party: u32) -> &str {
        self.parties.get(party as usize).map_or("", |party| &party.id)
    }

    /// The best name of every party of a section that reaches the threshold.
    fn search_section(&self, section: &Section, depth: Depth, words: &[&Word], query: &Query, options: &Options, best: &mut FxHashMap<u32, Hit>) {
        let script = script_of(&query.name);
        let compared: Vec<&Word> = words.to_vec();
        for at in candidates(section, depth, words, options.threshold as f32) {
            let Some(name) = section.names.get(at as usize) else { continue };
            let Some(party) = self.parties.get(name.party as usize) else { continue };
            if options.on.is_some_and(|day| !party.stands_on(day)) {
                continue;
            }
            let comparison = compare_name(section, &compared, name);
            let listed = party.names.get(name.name as usize);
            let weak = listed.is_some_and(|listed| listed.kind == NameKind::Weak);
            let mut score = comparison.score;
            if weak {
                score = score.min(hisn_names::weak_alias_cap());
            }
            if score < options.threshold || depth == Depth::Same && !comparison.same_name {
                continue;
            }
            if listed.is_some_and(|listed| script_of(&listed.text) != script)
                && contradicted_in_own_script(section, party, at, &compared, script)
            {
                score = score.min(CROSS_SCRIPT_CAP);
                if score < options.threshold {
                    continue;
                }
            }
            let hit = Hit { party: name.party, name: name.name, at, section: 0, kind: section.kind, score, comparison, weak };
            match best.get(&name.party) {
                Some(known) if known.score > score || known.score == score && known.at <= at => {}
                _ => {
                    best.insert(name.party, hit);
                }
            }
        }
    }

    fn to_match(&self, query: &Query, hit: &Hit, words: &[Word]) -> Option<Match> {
        let party = self.parties.get(hit.party as usize)?;
        let section = self.sections.get(hit.section)?;
        let name = section.names.get(hit.at as usize)?;
        let listed = party.names.get(hit.name as usize)?;
        let left: Vec<&Word> = words.iter().collect();
        let right: Vec<&Word> = section.words_of(name).map(|(_, word)| word).collect();
        let corroboration = corroborate(query, party);
        let strong = hit.comparison.same_name && !hit.weak && corroboration.contradict.is_empty();
        let mut features = vec![Feature { feature: "name", score: hit.score }];
        features.extend(corroboration.agree.iter().map(|field| Feature { feature: field.as_str(), score: 1.0 }));
        features.extend(corroboration.contradict.iter().map(|field| Feature { feature: field.as_str(), score: 0.0 }));
        Some(Match {
            index: hit.party as usize,
            name: hit.name as usize,
            score: hit.score,
            strength: if strong { Strength::Strong } else { Strength::Weak },
            because: Explanation::new(&query.name, &listed.text, listed.kind, &left, &right, &hit.comparison),
            features,
            ruled_out: rule_out(hit, &left, &right, &corroboration.contradict),
            corroboration,
        })
    }
}

/// The most that a name in another script can score when a name of the same party in the script of the query says no.
const CROSS_SCRIPT_CAP: f64 = 0.69;

/// Names of little information are kept apart by the state, and the very same name of another kind of party is kept.
const ENOUGH_INFORMATION: f32 = 1.5;

/// A word of this weight says who is meant; words below are borne by bodies of every state.
const DISTINCTIVE: f32 = 0.62;

struct Hit {
    party: u32,
    name: u32,
    at: u32,
    section: usize,
    kind: Kind,
    score: f64,
    comparison: Comparison,
    weak: bool,
}

/// People, organisations, parties that may be either, ships and aircraft.
fn section_of(schema: Schema) -> usize {
    match schema {
        Schema::Person => 0,
        Schema::Company | Schema::Organization | Schema::PublicBody => 1,
        Schema::LegalEntity => 2,
        Schema::Vessel | Schema::Airplane => 3,
    }
}

/// How a section is searched for a query of the given kind: of other kinds only the very same name is of interest.
fn depth(section: usize, schema: Option<Schema>) -> Depth {
    let either = section_of(Schema::LegalEntity);
    match schema.map(section_of) {
        None => Depth::Like,
        Some(asked) if asked == section => Depth::Like,
        Some(asked) if asked == either || section == either => {
            if asked.max(section) == section_of(Schema::Vessel) { Depth::Same } else { Depth::Like }
        }
        Some(_) => Depth::Same,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Like,
    Same,
}

fn compare_name(section: &Section, words: &[&Word], name: &IndexedName) -> Comparison {
    let listed: Vec<&Word> = section.words_of(name).map(|(_, word)| word).collect();
    hisn_names::score(words, &listed, section.kind)
}

/// Whether the party has a name in the script of the query that shares words with it and yet contradicts it.
fn contradicted_in_own_script(section: &Section, party: &Party, at: u32, words: &[&Word], script: hisn_names::Script) -> bool {
    let Some(found) = section.names.get(at as usize) else { return false };
    let same_party = |name: &&IndexedName| name.party == found.party;
    let before = section.names.get(..at as usize).unwrap_or_default().iter().rev().take_while(same_party);
    let after = section.names.get(at as usize + 1..).unwrap_or_default().iter().take_while(same_party);
    before.chain(after).any(|name| {
        let in_script = party.names.get(name.name as usize).is_some_and(|listed| script_of(&listed.text) == script);
        in_script && {
            let comparison = compare_name(section, words, name);
            !comparison.conflicts.is_empty() && comparison.information >= 0.7 && comparison.score < 0.7
        }
    })
}

/// Why a match whose name scores is no possible match.
fn rule_out(hit: &Hit, left: &[&Word], right: &[&Word], contradict: &[Field]) -> Option<RuledOut> {
    if contradict.contains(&Field::Type) && !(hit.comparison.same_name && hit.comparison.information >= ENOUGH_INFORMATION) {
        return Some(RuledOut::OtherKind);
    }
    if hit.kind != Kind::Organisation || !contradict.contains(&Field::Country) {
        return None;
    }
    let distinctive = hit.comparison.alignment.pairs.iter().any(|pair| {
        let heavy = |words: &[&Word], (at, count): (usize, usize)| {
            words.iter().skip(at).take(count).any(|word| word.role == Role::Name && word.weight >= DISTINCTIVE)
        };
        heavy(left, pair.left) && heavy(right, pair.right)
    });
    (!distinctive).then_some(RuledOut::GenericNameElsewhere)
}

/// The names worth comparing.
fn candidates(section: &Section, depth: Depth, words: &[&Word], threshold: f32) -> Vec<u32> {
    SCRATCH.with_borrow_mut(|scratch| scratch.collect(section, depth, words, threshold))
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::new(Scratch::default());
}

/// How far below the threshold an estimate may be while the name is still compared.
const SLACK: f32 = 0.16;

/// The most names that are compared for one query; the estimate puts the best first.
const MOST_COMPARED: usize = 160;

/// Words of so little weight bring no names.
const LEAST_WEIGHT: f32 = 0.15;

#[derive(Default)]
struct Scratch {
    agreed: Vec<f32>,
    /// What the word at hand has brought to each name so far, with the number of the word: a name gains by its best word.
    gains: Vec<(u32, f32)>,
    turn: u32,
    touched: Vec<u32>,
    near: Vec<u32>,
}

impl Scratch {
    fn collect(&mut self, section: &Section, depth: Depth, words: &[&Word], threshold: f32) -> Vec<u32> {
        if self.agreed.len() < section.names.len() {
            self.agreed.resize(section.names.len(), 0.0);
            self.gains.resize(section.names.len(), (0, 0.0));
        }
        let heaviest = words.iter().map(|word| word.weight).fold(0.0, f32::max);
        let mut forced: Vec<u32> = Vec::new();
        for word in words.iter().filter(|word| word.role != Role::Initial && !matches!(word.role, Role::LegalForm(_))) {
            if word.weight >= LEAST_WEIGHT || heaviest < LEAST_WEIGHT {
                self.add_holders(section, depth, word);
            }
            if depth == Depth::Same {
                continue;
            }
            let key = word.written_key();
            if key.len() >= 4 && word.role == Role::Name {
                forced.extend(section.names_with_joined(key));
            }
            if word.role == Role::Name && section.kind == Kind::Organisation && (3..=14).contains(&word.latin().len()) {
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
        CAND.fetch_add(all.len() as u64, std::sync::atomic::Ordering::Relaxed);
        all
    }

    /// Adds the names that hold a word like the given one.
    fn add_holders(&mut self, section: &Section, depth: Depth, word: &Word) {
        self.near.clear();
        self.turn = self.turn.wrapping_add(1);
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
                for probe in word.probes() {
                    section.words_near(&probe, |id| self.near.push(id));
                }
            }
        }
        self.near.sort_unstable();
        self.near.dedup();
        NEAR.fetch_add(self.near.len() as u64, std::sync::atomic::Ordering::Relaxed);
        for id in &self.near {
            let Some(listed) = section.vocabulary.get(*id as usize) else { continue };
            let Some(likeness) = pair_likeness(word, listed, section.kind) else { continue };
            let gain = likeness * (word.weight + listed.weight) / 2.0;
            for holder in section.holders(*id) {
                let at = *holder as usize;
                let (Some(agreed), Some(gained)) = (self.agreed.get_mut(at), self.gains.get_mut(at)) else { continue };
                if gained.0 != self.turn {
                    *gained = (self.turn, 0.0);
                }
                if gain > gained.1 {
                    if *agreed == 0.0 {
                        self.touched.push(*holder);
                    }
                    *agreed += gain - gained.1;
                    gained.1 = gain;
                }
            }
        }
    }

    /// Adds the names that hold two neighbours of the query as one word, or as two cut elsewhere.
    fn add_joined(&mut self, section: &Section, words: &[&Word], forced: &mut Vec<u32>) {
        for (a, b) in words.iter().zip(words.iter().skip(1)) {
            let fits = |word: &Word| matches!(word.role, Role::Name | Role::Particle | Role::Place(_) | Role::Initial);
            if !fits(a) || !fits(b) {
                continue;
            }
            let key = a.written_key().joined(b.written_key());
            if key.len() < 4 {
                continue;
            }
            section.words_with_key(key, |id| forced.extend(section.holders(id).iter().take(200)));
            if a.role != Role::Particle && b.role != Role::Particle {
                forced.extend(section.names_with_joined(key));
            }
        }
    }
}
pub static NEAR: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
pub static CAND: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
