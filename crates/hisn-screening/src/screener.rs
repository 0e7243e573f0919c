//! The search.

use hisn_lists::{NameKind, Party, Schema};
use hisn_names::{Comparison, Kind, Name, Role, Word, rules, script_of};
use rustc_hash::FxHashMap;

use crate::candidates::{Depth, candidates};
use crate::evidence::{Corroboration, Field, corroborate};
use crate::explain::Explanation;
use crate::index::{IndexedName, Section};
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
        let mut hits: Vec<Hit> = Vec::new();
        let mut best: FxHashMap<u32, Hit> = FxHashMap::default();
        // The query is read as the name of a person, of an organisation, of a ship: once for each.
        let readings =
            [Kind::Person, Kind::Organisation, Kind::Craft].map(|kind| (kind, Name::new(&query.name, kind)));
        let reading = |kind: Kind| readings.iter().find(|(of, _)| *of == kind).map(|(_, name)| name);
        for (number, section) in self.sections.iter().enumerate() {
            let Some(name) = reading(section.kind) else { continue };
            let depth = depth(number, query.schema);
            let words: Vec<&Word> = name.words.iter().collect();
            best.clear();
            self.search_section(section, depth, &words, query, options, &mut best);
            hits.extend(best.drain().map(|(_, hit)| Hit { section: number, ..hit }));
        }
        hits.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| self.id(a.party).cmp(self.id(b.party)))
                .then(a.party.cmp(&b.party))
        });
        let mut out = Vec::with_capacity(hits.len().min(options.limit));
        for hit in hits {
            if out.len() >= options.limit {
                break;
            }
            let words = reading(hit.kind).map_or(&[][..], |name| &name.words);
            let found = self.to_match(query, &hit, words);
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
    fn search_section(
        &self,
        section: &Section,
        depth: Depth,
        words: &[&Word],
        query: &Query,
        options: &Options,
        best: &mut FxHashMap<u32, Hit>,
    ) {
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
                score = score.min(rules().weak_alias_cap);
            }
            if score < options.threshold || depth == Depth::Same && !comparison.same_name {
                continue;
            }
            if listed.is_some_and(|listed| script_of(&listed.text) != script)
                && contradicted_in_own_script(section, party, at, &compared, script)
            {
                score = score.min(rules().cross_script_cap);
                if score < options.threshold {
                    continue;
                }
            }
            let hit = Hit {
                party: name.party,
                name: name.name,
                at,
                section: 0,
                kind: section.kind,
                score,
                comparison,
                weak,
            };
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
        let right: Vec<&Word> = section.words_of(name).collect();
        let corroboration = corroborate(query, party);
        let strong = hit.comparison.same_name && !hit.weak && corroboration.contradict.is_empty();
        let mut features = vec![Feature { feature: "name", score: hit.score }];
        features
            .extend(corroboration.agree.iter().map(|field| Feature { feature: field.as_str(), score: 1.0 }));
        features.extend(
            corroboration.contradict.iter().map(|field| Feature { feature: field.as_str(), score: 0.0 }),
        );
        Some(Match {
            index: hit.party as usize,
            name: hit.name as usize,
            score: hit.score,
            strength: if strong { Strength::Strong } else { Strength::Weak },
            because: Explanation::new(&query.name, &listed.text, listed.kind, &left, &right, &hit.comparison),
            features,
            ruled_out: rule_out(hit, &left, &right, &corroboration),
            corroboration,
        })
    }
}

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

fn compare_name(section: &Section, words: &[&Word], name: &IndexedName) -> Comparison {
    let listed: Vec<&Word> = section.words_of(name).collect();
    hisn_names::score(words, &listed, section.kind)
}

/// Whether the party has a name in the script of the query that shares words with it and yet contradicts it.
fn contradicted_in_own_script(
    section: &Section,
    party: &Party,
    at: u32,
    words: &[&Word],
    script: hisn_names::Script,
) -> bool {
    let Some(found) = section.names.get(at as usize) else { return false };
    let same_party = |name: &&IndexedName| name.party == found.party;
    let before = section.names.get(..at as usize).unwrap_or_default().iter().rev().take_while(same_party);
    let after = section.names.get(at as usize + 1..).unwrap_or_default().iter().take_while(same_party);
    before.chain(after).any(|name| {
        let in_script =
            party.names.get(name.name as usize).is_some_and(|listed| script_of(&listed.text) == script);
        in_script && {
            let comparison = compare_name(section, words, name);
            !comparison.conflicts.is_empty() && comparison.information >= 0.7 && comparison.score < 0.7
        }
    })
}

/// Why a match whose name scores is no possible match.
fn rule_out(hit: &Hit, left: &[&Word], right: &[&Word], fields: &Corroboration) -> Option<RuledOut> {
    let contradict = &fields.contradict;
    if contradict.contains(&Field::Type)
        && !(hit.comparison.same_name && hit.comparison.information >= rules().enough_information)
    {
        return Some(RuledOut::OtherKind);
    }
    let born_otherwise = contradict.contains(&Field::BirthDate) && !fields.agree.contains(&Field::Country);
    // Without a date of birth the country alone may tell apart people whose names are no more than like.
    let elsewhere = contradict.contains(&Field::Country)
        && fields.missing.contains(&Field::BirthDate)
        && !hit.comparison.same_name
        && hit.comparison.score < rules().like_person_elsewhere;
    if hit.kind == Kind::Person && (born_otherwise || elsewhere) {
        return Some(RuledOut::OtherPerson);
    }
    if hit.kind != Kind::Organisation || !contradict.contains(&Field::Country) {
        return None;
    }
    let distinctive = hit.comparison.alignment.pairs.iter().any(|pair| {
        let heavy = |words: &[&Word], (at, count): (usize, usize)| {
            words
                .iter()
                .skip(at)
                .take(count)
                .any(|word| word.role == Role::Name && word.weight >= rules().distinctive)
        };
        heavy(left, pair.left) && heavy(right, pair.right)
    });
    (!distinctive).then_some(RuledOut::GenericNameElsewhere)
}
