//! The data of names (`data/names`), read once when first needed.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// One line of a table: columns separated by tabs.
pub(crate) struct Row<'t>(&'t str);

impl<'t> Row<'t> {
    pub fn first(&self) -> &'t str {
        self.0.split('\t').next().unwrap_or_default()
    }

    pub fn second(&self) -> &'t str {
        self.0.split('\t').nth(1).unwrap_or_default()
    }

    pub fn third(&self) -> &'t str {
        self.0.split('\t').nth(2).unwrap_or_default()
    }
}

impl<'t> Row<'t> {
    pub fn fourth(&self) -> &'t str {
        self.0.split('\t').nth(3).unwrap_or_default()
    }
}

/// The lines of a table, without comments and empty lines.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).map(Row)
}

fn weights(table: &'static str) -> FxHashMap<Key, f32> {
    rows(table).filter_map(|row| Some((folded(row.first()), row.second().parse().ok()?))).collect()
}

/// A term as text is folded: what is written by hand is folded here, so that both meet.
type Key = std::borrow::Cow<'static, str>;

fn folded(term: &'static str) -> Key {
    if term.is_ascii() {
        return term.into();
    }
    let pieces = crate::text::pieces(term);
    pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ").into()
}

/// Words that carry little in names of people: articles and "son of".
pub(crate) static PERSON_PARTICLES: LazyLock<FxHashMap<Key, f32>> =
    LazyLock::new(|| weights(include_str!("../../../data/names/person-particles.tsv")));

/// Words that say whose child somebody is.
pub(crate) static FILIAL_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    rows(include_str!("../../../data/names/filial-words.tsv")).map(|row| row.first()).collect()
});

/// Titles, ranks and honorifics.
pub(crate) static PERSON_TITLES: LazyLock<FxHashMap<Key, f32>> =
    LazyLock::new(|| weights(include_str!("../../../data/names/person-titles.tsv")));

/// Words that only join others in names of organisations.
pub(crate) static STOP_WORDS: LazyLock<FxHashMap<Key, f32>> =
    LazyLock::new(|| weights(include_str!("../../../data/names/stop-words.tsv")));

/// Words that many firms take into their name, and generic words that the counts miss.
pub(crate) static BRAND_WORDS: LazyLock<FxHashMap<Key, f32>> =
    LazyLock::new(|| weights(include_str!("../../../data/names/brand-words.tsv")));

/// In how many names of organisations a word was counted.
pub(crate) static ORGANISATION_COUNTS: LazyLock<FxHashMap<Key, f32>> =
    LazyLock::new(|| weights(include_str!("../../../data/names/organisation-words.tsv")));

/// In how many names of people a word was counted.
pub(crate) static PERSON_COUNTS: LazyLock<FxHashMap<Key, f32>> =
    LazyLock::new(|| weights(include_str!("../../../data/names/person-words.tsv")));

/// How much of a name is left out from an addition on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Addition {
    /// It and all that follows.
    Tail,
    /// It alone.
    Aside,
    /// It, the words back to the number before it, and all that follows.
    Street,
}

/// What people write after a name that is no part of it.
pub(crate) static ADDITIONS: LazyLock<Phrases<Addition>> = LazyLock::new(|| {
    Phrases::new(rows(include_str!("../../../data/names/additions.tsv")).map(|row| {
        let addition = match row.second() {
            "tail" => Addition::Tail,
            "street" => Addition::Street,
            _ => Addition::Aside,
        };
        (row.first(), addition)
    }))
});

/// Number words and their values.
pub(crate) static NUMBERS: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
    rows(include_str!("../../../data/names/numbers.tsv"))
        .filter_map(|row| Some((row.first(), row.second().parse().ok()?)))
        .collect()
});

/// Names of Latin letters in another script.
pub(crate) static LETTER_NAMES: LazyLock<FxHashMap<Key, &str>> = LazyLock::new(|| {
    rows(include_str!("../../../data/names/letter-names.tsv"))
        .map(|row| (folded(row.first()), row.second()))
        .collect()
});

/// Spellings of places with the one that stands for the place.
pub(crate) static PLACES: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let derived = rows(include_str!("../../../data/names/places.tsv"));
    let by_hand = rows(include_str!("../../../data/names/places-more.tsv"));
    derived.chain(by_hand).map(|row| (row.first(), row.second())).collect()
});

/// Terms of several words, found by their first word; the longest first.
pub(crate) struct Phrases<V> {
    by_first: FxHashMap<&'static str, Vec<(Vec<&'static str>, V)>>,
}

impl<V: Copy> Phrases<V> {
    fn new(terms: impl Iterator<Item = (&'static str, V)>) -> Self {
        let mut by_first: FxHashMap<&str, Vec<(Vec<&str>, V)>> = FxHashMap::default();
        for (term, value) in terms {
            let words: Vec<&str> = term.split(' ').collect();
            if let Some(first) = words.first() {
                by_first.entry(first).or_default().push((words, value));
            }
        }
        for terms in by_first.values_mut() {
            // Stable: of two equal terms the one read first wins.
            terms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Phrases { by_first }
    }

    /// The longest term at the start of `words`: how many words it takes, and its value.
    pub fn at_start<'w>(&self, words: impl Iterator<Item = &'w str> + Clone) -> Option<(usize, V)> {
        let first = words.clone().next()?;
        let terms = self.by_first.get(first)?;
        terms.iter().find_map(|(term, value)| {
            let mut words = words.clone();
            term.iter().all(|word| words.next() == Some(word)).then_some((term.len(), *value))
        })
    }
}

/// Tables live as long as the program.
fn leak(term: Key) -> &'static str {
    match term {
        Key::Borrowed(term) => term,
        Key::Owned(term) => Box::leak(term.into_boxed_str()),
    }
}

/// Legal forms: every writing with its class. Class "" is a form of the world list whose class is not known.
pub(crate) static LEGAL_FORMS: LazyLock<Phrases<&str>> = LazyLock::new(|| {
    // Arabic forms are compared as folded; the letters that folding changes do not occur in the other scripts' forms.
    let known = rows(include_str!("../../../data/names/legal-forms.tsv"))
        .map(|row| (leak(folded(row.first())), row.second()));
    let world = rows(include_str!("../../../data/names/legal-forms-world.tsv"))
        .map(|row| row.first())
        // A form that is also a common word of names is none by itself: "bank", "fund", "trust".
        .filter(|form| {
            form.contains(' ') || form.chars().count() >= 3 && !ORGANISATION_COUNTS.contains_key(*form)
        })
        .map(|form| (form, ""));
    Phrases::new(known.chain(world))
});

/// Words of organisations in other languages with their English words; empty when the word is dropped.
pub(crate) struct Lexicon {
    terms: FxHashMap<Key, Vec<&'static str>>,
    /// The longest term in letters, for scripts without spaces.
    longest: usize,
}

impl Lexicon {
    /// The English words of a term.
    pub fn english(&self, term: &str) -> Option<&[&'static str]> {
        self.terms.get(term).map(Vec::as_slice)
    }

    /// The longest term at the start of a text without spaces: its length in bytes, and its English words.
    pub fn longest_at_start(&self, text: &str) -> Option<(usize, &[&'static str])> {
        let ends: Vec<usize> =
            text.char_indices().map(|(at, letter)| at + letter.len_utf8()).take(self.longest).collect();
        ends.into_iter().rev().find_map(|end| {
            let term = text.get(..end)?;
            self.english(term).map(|english| (end, english))
        })
    }
}

/// The lexicon of organisation words.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let raw: FxHashMap<&str, &str> = rows(include_str!("../../../data/names/organisation-lexicon.tsv"))
        .map(|row| (row.first(), row.second()))
        .collect();
    let terms: FxHashMap<Key, Vec<&str>> = raw
        .iter()
        .map(|(&term, &english)| {
            let words = english
                .split(' ')
                .filter(|word| *word != "-")
                // English words are themselves unified: "technologies" to "technology".
                .flat_map(|word| raw.get(word).copied().unwrap_or(word).split(' '))
                .collect();
            (folded(term), words)
        })
        .collect();
    let longest =
        raw.keys().filter(|term| !term.is_ascii()).map(|term| term.chars().count()).max().unwrap_or(1);
    Lexicon { terms, longest }
});

/// Groups of given names that are short forms of each other, by name.
pub(crate) static NICKNAMES: LazyLock<FxHashMap<&str, Vec<u16>>> = LazyLock::new(|| {
    let mut groups: FxHashMap<&str, Vec<u16>> = FxHashMap::default();
    for (number, row) in rows(include_str!("../../../data/names/nicknames.tsv")).enumerate() {
        let id = u16::try_from(number * 2).unwrap_or(u16::MAX - 1);
        // Full names are even, short forms odd: two short forms or two full names of a line are told apart below.
        for name in row.first().split(' ') {
            groups.entry(name).or_default().push(id);
        }
        for name in row.second().split(' ').filter(|name| !name.is_empty()) {
            groups.entry(name).or_default().push(id + 1);
        }
    }
    groups
});

/// Pairs of endings of one name for a man and for a woman.
pub(crate) static GENDERED_ENDINGS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    rows(include_str!("../../../data/names/gendered-endings.tsv"))
        .map(|row| (row.first(), row.second()))
        .collect()
});

/// What it costs to take one sound for another, in hundredths of an error; `-` is nothing.
pub(crate) struct Costs(Box<[[u16; 64]; 64]>);

impl Costs {
    /// The cost of each sound in place of `from`, by its lower six bits, which are a letter's own.
    #[inline]
    pub fn from(&self, from: u8) -> &[u16; 64] {
        &self.0[usize::from(from & 63)]
    }
}

/// The costs where both sides write vowels, and where one side leaves them out.
pub(crate) struct SoundCosts {
    pub written: Costs,
    pub without_vowels: Costs,
}

pub(crate) fn sound_costs() -> &'static SoundCosts {
    &SOUND_COSTS
}

/// The costs of plain edits: every letter is as good as every other.
pub(crate) fn letter_costs() -> &'static Costs {
    &LETTER_COSTS
}

static LETTER_COSTS: LazyLock<Costs> = LazyLock::new(|| Costs(plain_costs()));

fn plain_costs() -> Box<[[u16; 64]; 64]> {
    let mut costs = Box::new([[100u16; 64]; 64]);
    for (letter, row) in costs.iter_mut().enumerate() {
        row[letter] = 0;
    }
    costs
}

/// How much vowels count when one side's script leaves them out, in hundredths.
const UNWRITTEN_VOWEL: u16 = 20;

static SOUND_COSTS: LazyLock<SoundCosts> = LazyLock::new(|| {
    let mut written = plain_costs();
    let mut without_vowels = written.clone();
    let vowel = |sound: u8| matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u' | b'@');
    // No letter has the lower six bits of '@', which stands for no sound.
    let byte = |sound: &str| sound.bytes().next().map(|sound| if sound == b'-' { b'@' } else { sound });
    for row in rows(include_str!("../../../data/names/sound-costs.tsv")) {
        let (from, to) = (byte(row.first()), byte(row.second()));
        if let (Some(from), Some(to), Ok(cost)) = (from, to, row.third().parse::<f32>()) {
            let cost = (cost * 100.0).round() as u16;
            let consonants = row.fourth().parse::<f32>().map_or(cost, |cost| (cost * 100.0).round() as u16);
            let unwritten = if vowel(from) && vowel(to) { cost * UNWRITTEN_VOWEL / 100 } else { consonants };
            for (a, b) in [(from, to), (to, from)] {
                let (a, b) = (usize::from(a & 63), usize::from(b & 63));
                written[a][b] = cost;
                without_vowels[a][b] = unwritten;
            }
        }
    }
    SoundCosts { written: Costs(written), without_vowels: Costs(without_vowels) }
});

/// Latin spellings of single names in other scripts.
pub(crate) struct Spellings {
    text: String,
}

impl Spellings {
    /// The Latin spellings of a name, empty when it is not known.
    pub fn latin(&self, name: &str) -> impl Iterator<Item = &str> {
        let text = self.text.as_str();
        let (mut low, mut high) = (0, text.len());
        let mut found = "";
        // The lines are sorted by bytes: a binary search over positions, each moved to the start of its line.
        while low < high {
            let middle = (low + high) / 2;
            let bytes = text.as_bytes();
            let start =
                bytes.get(..middle).and_then(|b| b.iter().rposition(|b| *b == b'\n')).map_or(0, |at| at + 1);
            let end = bytes
                .get(middle..)
                .and_then(|b| b.iter().position(|b| *b == b'\n'))
                .map_or(text.len(), |at| middle + at);
            let line = text.get(start..end).unwrap_or_default();
            let (key, value) = line.split_once('\t').unwrap_or((line, ""));
            match key.cmp(name) {
                std::cmp::Ordering::Equal => {
                    found = value;
                    break;
                }
                std::cmp::Ordering::Less => low = end + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        found.split(' ').filter(|name| !name.is_empty())
    }
}

/// The spellings of names across scripts; unpacked when a name in another script is first seen.
pub(crate) static SPELLINGS: LazyLock<Spellings> = LazyLock::new(|| {
    let packed = include_bytes!("../../../data/names/name-spellings.tsv.zst");
    let bytes = zstd::decode_all(packed.as_slice()).unwrap_or_default();
    Spellings { text: String::from_utf8(bytes).unwrap_or_default() }
});

/// The numbers of scoring, each as `scoring.tsv` says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scoring {
    pub accept_short: f32,
    pub accept_middle: f32,
    pub accept_long: f32,
    pub contradiction: f32,
    pub omission: f32,
    pub unlikeness: f32,
    pub hard_contradiction: f32,
    pub initial: f32,
    pub initial_weight: f32,
    pub nickname: f32,
    pub spelling: f32,
    pub joined: f32,
    pub number_conflict: f32,
    pub place_conflict: f32,
    pub gender_conflict: f32,
    pub lone_word: f32,
    pub weak_alias: f32,
    pub legal_form_conflict: f32,
    pub legal_form_missing: f32,
    pub order: f32,
    pub acronym_3: f32,
    pub acronym_4: f32,
    pub acronym_5: f32,
    pub brevity: f32,
    pub number_missing: f32,
    pub number_missing_craft: f32,
    pub place_like_word: f32,
    pub legal_form_typo: f32,
    pub servant: f32,
    pub place_missing: f32,
    pub sound_alone: f32,
    pub substance: f32,
    pub distinctive: f32,
    pub enough_information: f32,
    pub cross_script_cap: f32,
    pub final_i: f32,
    pub joined_least_unwritten: f32,
    pub joined_least: f32,
    pub accept_signs: f32,
    pub faint_cap: f32,
    pub like_person_elsewhere: f32,
    pub ancestor: f32,
    pub descent_conflict: f32,
    pub lone_likeness: f32,
    pub accept_short_organisation: f32,
}

/// The numbers of scoring.
pub(crate) fn scoring() -> &'static Scoring {
    &SCORING
}

/// Numbers for those who search with this crate.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The most that a name can score that the publisher of a list calls weak.
    pub weak_alias_cap: f64,
    /// The most that a name in another script can score when a name of the same party in the script of the query
    /// says no.
    pub cross_script_cap: f64,
    /// The information at which the very same name of another kind of party is still a match.
    pub enough_information: f32,
    /// The score below which a person whose name is like, but not the same, and who is tied to other countries, is another.
    pub like_person_elsewhere: f64,
    /// The weight from which a word says who is meant; words below are borne by bodies of every state.
    pub distinctive: f32,
}

/// The numbers of `scoring.tsv` that a search needs.
pub fn rules() -> Rules {
    let scoring = scoring();
    Rules {
        weak_alias_cap: rounded(scoring.weak_alias),
        cross_script_cap: rounded(scoring.cross_script_cap),
        enough_information: scoring.enough_information,
        like_person_elsewhere: rounded(scoring.like_person_elsewhere),
        distinctive: scoring.distinctive,
    }
}

/// To six places, which is more than a score means and the same on every machine.
pub(crate) fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1e6).round() / 1e6
}

static SCORING: LazyLock<Scoring> = LazyLock::new(|| {
    let numbers = weights(include_str!("../../../data/names/scoring.tsv"));
    let get = |name: &str| numbers.get(name).copied().unwrap_or(1.0);
    Scoring {
        accept_short: get("accept_short"),
        accept_middle: get("accept_middle"),
        accept_long: get("accept_long"),
        contradiction: get("contradiction"),
        omission: get("omission"),
        unlikeness: get("unlikeness"),
        hard_contradiction: get("hard_contradiction"),
        initial: get("initial"),
        initial_weight: get("initial_weight"),
        nickname: get("nickname"),
        spelling: get("spelling"),
        joined: get("joined"),
        number_conflict: get("number_conflict"),
        place_conflict: get("place_conflict"),
        gender_conflict: get("gender_conflict"),
        lone_word: get("lone_word"),
        weak_alias: get("weak_alias"),
        legal_form_conflict: get("legal_form_conflict"),
        legal_form_missing: get("legal_form_missing"),
        order: get("order"),
        acronym_3: get("acronym_3"),
        acronym_4: get("acronym_4"),
        acronym_5: get("acronym_5"),
        brevity: get("brevity"),
        number_missing: get("number_missing"),
        number_missing_craft: get("number_missing_craft"),
        place_like_word: get("place_like_word"),
        legal_form_typo: get("legal_form_typo"),
        servant: get("servant"),
        place_missing: get("place_missing"),
        sound_alone: get("sound_alone"),
        substance: get("substance"),
        distinctive: get("distinctive"),
        enough_information: get("enough_information"),
        cross_script_cap: get("cross_script_cap"),
        final_i: get("final_i"),
        joined_least_unwritten: get("joined_least_unwritten"),
        joined_least: get("joined_least"),
        accept_signs: get("accept_signs"),
        faint_cap: get("faint_cap"),
        like_person_elsewhere: get("like_person_elsewhere"),
        ancestor: get("ancestor"),
        descent_conflict: get("descent_conflict"),
        lone_likeness: get("lone_likeness"),
        accept_short_organisation: get("accept_short_organisation"),
    }
});

/// Words that are a legal form by themselves wherever they stand.
pub(crate) static LONE_LEGAL_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    rows(include_str!("../../../data/names/legal-forms.tsv"))
        .map(|row| row.first())
        .filter(|form| !form.contains(' '))
        .collect()
});
