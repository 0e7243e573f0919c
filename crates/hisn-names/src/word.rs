//! One word of a name, with everything that comparing it needs worked out once.

use crate::Kind;
use crate::roman::{korean_fold, roman};
use crate::sound::{Key, Outline, Probe, consonants, sounds};
use crate::tables;
use crate::text::Script;

/// What a word does in its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A word of substance.
    Name,
    /// A single letter that stands for a word.
    Initial,
    /// A number, an ordinal, a vintage; by its value.
    Number(u32),
    /// A place, by the spelling that stands for it.
    Place(&'static str),
    /// A legal form, by its class; "" when the class is not known.
    LegalForm(&'static str),
    /// An article or another word that only joins.
    Particle,
    /// A title, a rank, an honorific.
    Title,
}

/// A word as cut out of a name, before it is worked out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    /// The word as the name has it, folded.
    pub text: String,
    /// The word to compare, where it is not the same: without article, with the parts of a compound joined.
    pub core: Option<String>,
    /// Its script.
    pub script: Script,
    /// Its part in the name.
    pub role: Role,
}

/// A word worked out.
#[derive(Clone, Debug)]
pub struct Word {
    /// The word as the name has it, folded.
    pub text: Box<str>,
    /// Its script.
    pub script: Script,
    /// Its part in the name.
    pub role: Role,
    /// How much it says about who is meant, from 0 to 1.
    pub weight: f32,
    /// What words of like sound share; the index looks words up by it.
    pub key: Key,
    /// Ways to write it in Latin letters: by sound first, then known spellings.
    pub(crate) forms: Vec<Form>,
    /// Groups of given names with their short forms; even for the full name, odd for the short one.
    pub(crate) nicknames: &'static [u16],
}

/// One way to write a word in Latin letters.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub letters: Box<str>,
    pub sounds: Box<[u8]>,
    /// One bit for every consonant that occurs.
    pub consonants: u32,
    /// The writing left out vowels, so that vowels of the other side cost nearly nothing.
    pub without_vowels: bool,
    /// The sounds with all Korean spellings made one; only for Korean words.
    pub korean: Option<Box<[u8]>>,
}

impl Word {
    /// Works a token out for a name of the given kind.
    pub fn new(token: &Token, kind: Kind) -> Word {
        let core = token.core.as_deref().unwrap_or(&token.text);
        let first = Form::new(&roman(core, token.script), token.script);
        let mut forms = vec![first];
        let foreign = !matches!(token.script, Script::Latin | Script::Digits);
        if foreign && token.role == Role::Name {
            let also = (core != token.text).then(|| tables::SPELLINGS.latin(&token.text)).into_iter().flatten();
            for spelling in tables::SPELLINGS.latin(core).chain(also) {
                if forms.len() >= MOST_FORMS {
                    break;
                }
                let form = Form::new(spelling, Script::Latin);
                if forms.iter().all(|known| !known.covers(&form)) {
                    forms.push(form);
                }
            }
        }
        let letters = forms.first().map_or("", |form| &form.letters);
        let nicknames = if kind == Kind::Person && token.role == Role::Name {
            tables::NICKNAMES.get(letters).map_or(&[][..], Vec::as_slice)
        } else {
            &[]
        };
        let key = forms.first().map(|form| Key::of(&form.sounds)).unwrap_or_default();
        let weight = weight(letters, core, token.role, kind);
        Word { text: token.text.as_str().into(), script: token.script, role: token.role, weight, key, forms, nicknames }
    }

    /// What can be seen of the word at a glance.
    pub fn outline(&self) -> Outline {
        match self.forms.as_slice() {
            [] => Outline::new(&[], false),
            [only] => Outline::new(&only.sounds, only.without_vowels || only.korean.is_some()),
            [first, ..] => Outline::new(&first.sounds, first.without_vowels).open(),
        }
    }

    /// The outline of each way to write the word, made ready for a search.
    pub fn probes(&self) -> impl Iterator<Item = Probe> + '_ {
        let outline = |form: &Form| Outline::new(&form.sounds, form.without_vowels || form.korean.is_some());
        self.forms.iter().map(move |form| Probe::new(outline(form)))
    }

    /// The keys under which the index should look for this word: one for each way to write it.
    pub fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        self.forms.iter().map(|form| Key::of(&form.sounds))
    }

    /// The word in Latin letters, by sound.
    pub fn latin(&self) -> &str {
        self.forms.first().map_or("", |form| &form.letters)
    }

    /// Whether the word is of substance: a name, a number or a place.
    pub fn is_substance(&self) -> bool {
        matches!(self.role, Role::Name | Role::Number(_) | Role::Place(_))
    }
}

impl Form {
    /// Whether what is like `other` is like this form too: the same sounds, or the same consonants where vowels are not
    /// written.
    fn covers(&self, other: &Form) -> bool {
        self.sounds == other.sounds || self.without_vowels && Key::of(&self.sounds) == Key::of(&other.sounds)
    }

    fn new(letters: &str, script: Script) -> Form {
        let korean = (script == Script::Hangul).then(|| korean_fold(letters).into_bytes().into_boxed_slice());
        let sounds = sounds(letters);
        Form {
            letters: letters.into(),
            consonants: consonants(&sounds),
            sounds,
            without_vowels: script.omits_vowels() || script == Script::Other,
            korean,
        }
    }
}

/// The most ways to write a word that are kept.
const MOST_FORMS: usize = 6;

/// What a word says: rare words much, words of every second firm little.
fn weight(letters: &str, core: &str, role: Role, kind: Kind) -> f32 {
    let known = |table: &rustc_hash::FxHashMap<&str, f32>| table.get(letters).or_else(|| table.get(core)).copied();
    match role {
        Role::LegalForm(_) => 0.0,
        Role::Initial => tables::scoring().initial_weight,
        Role::Number(_) => 0.8,
        Role::Title => known(&tables::PERSON_TITLES).unwrap_or(0.05),
        Role::Particle => match kind {
            Kind::Person => known(&tables::PERSON_PARTICLES),
            _ => known(&tables::STOP_WORDS),
        }
        .unwrap_or(0.05),
        Role::Place(_) => 0.5,
        Role::Name if kind == Kind::Person => {
            let count = known(&tables::PERSON_COUNTS).unwrap_or(1.0);
            (1.0 - 0.11 * (count / 6.0).max(1.0).log10()).max(0.7)
        }
        Role::Name => {
            let by_count = known(&tables::ORGANISATION_COUNTS).map_or(1.0, |n| (1.0 - 0.27 * (n / 2.0).log10()).clamp(0.22, 1.0));
            let by_list = known(&tables::BRAND_WORDS).unwrap_or(1.0);
            by_count.min(by_list)
        }
    }
}
