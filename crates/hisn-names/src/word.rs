//! One word of a name, with everything that comparing it needs worked out once.

use crate::Kind;
use crate::outline::{Outline, Probe};
use crate::roman::{korean_fold, may_merge, roman, second_reading};
use crate::sound::{Key, consonants, is_vowel, sounds};
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

impl Token {
    pub(crate) fn new(text: &str, script: Script, role: Role) -> Token {
        Token { text: text.to_owned(), core: None, script, role }
    }
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
    pub(crate) nicknames: Vec<u16>,
    /// A name that many people bear: another such name is another name, not a misspelling of this one.
    pub(crate) common: bool,
    servant: bool,
}

/// One way to write a word in Latin letters.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub letters: Box<str>,
    pub sounds: Box<[u8]>,
    /// One bit for every class of consonants that occurs.
    pub consonants: u32,
    /// One bit for every letter that occurs.
    pub letter_bits: u32,
    /// The writing left out vowels, so that vowels of the other side cost nearly nothing.
    pub without_vowels: bool,
    /// It was read from Chinese characters.
    pub of_signs: bool,
    /// The sounds with all Korean spellings made one; only for Korean words.
    pub korean: Option<Box<[u8]>>,
}

impl Word {
    /// Works a token out for a name of the given kind.
    pub fn new(token: &Token, kind: Kind) -> Word {
        let core = token.core.as_deref().unwrap_or(&token.text);
        let mut first = Form::new(&roman(core, token.script), token.script);
        // Chinese given names have two characters at most; longer words are foreign names written by sound.
        first.of_signs = token.script == Script::Han && core.chars().count() <= 2;
        let mut forms = vec![first];
        if token.script == Script::Arabic {
            forms.extend(second_reading(core).map(|reading| Form::new(&reading, Script::Arabic)));
        }
        let foreign = !matches!(token.script, Script::Latin | Script::Digits);
        // A single Chinese character is read in too many ways to say anything.
        let one_sign = token.script == Script::Han && core.chars().count() == 1;
        if foreign && token.role == Role::Name && !one_sign {
            let also =
                (core != token.text).then(|| tables::SPELLINGS.latin(&token.text)).into_iter().flatten();
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
        // A word that is compared in English is also compared as written: typing errors are made in what is written.
        if token.script == Script::Latin
            && core != token.text
            && token.text.is_ascii()
            && !token.text.contains(' ')
        {
            forms.push(Form::new(&token.text, Script::Latin));
        }
        let letters = forms.first().map_or("", |form| &form.letters);
        let mut nicknames: Vec<u16> = Vec::new();
        if kind == Kind::Person && token.role == Role::Name {
            for form in &forms {
                // "Servant of" is followed by the name that tells one from another.
                let bare =
                    form.letters.strip_prefix("abd").filter(|_| core != token.text).unwrap_or(&form.letters);
                nicknames.extend(tables::NICKNAMES.get(bare).into_iter().flatten());
            }
        }
        let servant =
            kind == Kind::Person && core != token.text && letters.starts_with("abd") && letters.len() > 5;
        let common = kind == Kind::Person && tables::PERSON_COUNTS.contains_key(letters);
        let key = forms.first().map(|form| Key::of(&form.sounds)).unwrap_or_default();
        let weight = weight(letters, core, &token.text, token.role, kind);
        Word {
            text: token.text.as_str().into(),
            script: token.script,
            role: token.role,
            weight,
            key,
            forms,
            nicknames,
            common,
            servant,
        }
    }

    /// What can be seen of the word at a glance.
    pub fn outline(&self) -> Outline {
        let first = |form| Outline::new(form, self.latin().len());
        match self.forms.as_slice() {
            [] => first(&Form::new("", self.script)).open(),
            [only] => first(only),
            [form, ..] => first(form).open(),
        }
    }

    /// The outline of each way to write the word, made ready for a search.
    pub fn probes(&self) -> impl Iterator<Item = Probe> + '_ {
        self.forms.iter().map(|form| Probe::new(Outline::new(form, self.latin().len())))
    }

    /// The keys under which the index should look for this word: one for each way to write it.
    pub fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        self.forms.iter().map(|form| Key::of(&form.sounds))
    }

    /// The word in Latin letters, by sound.
    pub fn latin(&self) -> &str {
        self.forms.first().map_or("", |form| &form.letters)
    }

    /// The word in Latin letters as the name has it, before it was put in English.
    pub(crate) fn as_written(&self) -> Option<&Form> {
        if self.script == Script::Latin { self.forms.last() } else { self.forms.first() }
    }

    /// Whether it was read from signs that each are a syllable with a meaning of its own.
    pub(crate) fn is_of_signs(&self) -> bool {
        self.script == Script::Hangul || self.forms.first().is_some_and(|form| form.of_signs)
    }

    /// Whether it is a name that means "servant of", `Abd al-Rahman`.
    pub(crate) fn is_servant(&self) -> bool {
        self.servant
    }

    /// The key of this word with `next` written to it without a space.
    pub fn joined_key(&self, next: &Word) -> Key {
        let (Some(first), Some(second)) = (self.as_written(), next.as_written()) else {
            return Key::default();
        };
        if may_merge(first.letters.bytes().last(), second.letters.bytes().next()) {
            return Key::of(&sounds(&[&*first.letters, &*second.letters].concat()));
        }
        Key::of_joined(&first.sounds, &second.sounds)
    }

    /// The groups of given names and their short forms that the word is in.
    pub fn nickname_groups(&self) -> impl Iterator<Item = u16> + '_ {
        self.nicknames.iter().map(|name| name / 2)
    }

    /// Whether it may stand for words that it does not sound like: it has short forms, or is one, or has a part that may go
    /// unsaid.
    pub fn has_other_names(&self) -> bool {
        !self.nicknames.is_empty() || self.servant
    }

    /// The letters of this word with `next` written to it without a space.
    pub fn joined_letters(&self, next: &Word) -> String {
        [self, next].iter().filter_map(|word| word.as_written()).map(|form| &*form.letters).collect()
    }

    /// The word in Latin letters as the name has it.
    pub fn written(&self) -> &str {
        self.as_written().map_or("", |form| &form.letters)
    }

    /// The key of the word as the name has it.
    pub fn written_key(&self) -> Key {
        self.as_written().map(|form| Key::of(&form.sounds)).unwrap_or_default()
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
        let firm = |form: &'_ Form| {
            form.sounds.iter().copied().filter(|sound| !is_vowel(*sound)).collect::<Vec<u8>>()
        };
        self.sounds == other.sounds || self.without_vowels && firm(self) == firm(other)
    }

    pub(crate) fn new(letters: &str, script: Script) -> Form {
        let korean = (script == Script::Hangul).then(|| korean_fold(letters).into_bytes().into_boxed_slice());
        let sounds = sounds(letters);
        Form {
            letters: letters.replace('\'', "").into(),
            consonants: consonants(&sounds),
            letter_bits: letters.bytes().fold(0, |bits, letter| bits | 1 << (letter & 31)),
            sounds,
            without_vowels: script.omits_vowels(),
            of_signs: false,
            korean,
        }
    }
}

/// The most ways to write a word that are kept.
const MOST_FORMS: usize = 6;

/// What a word says: rare words much, words of every second firm little.
fn weight(letters: &str, core: &str, text: &str, role: Role, kind: Kind) -> f32 {
    let known = |table: &rustc_hash::FxHashMap<std::borrow::Cow<'static, str>, f32>| {
        table.get(letters).or_else(|| table.get(core)).copied()
    };
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
            // "Solution" and "solutions" are one word: the commoner writing says how common it is.
            let count = [letters, core, text]
                .into_iter()
                .filter_map(|word| tables::ORGANISATION_COUNTS.get(word))
                .copied();
            let by_count =
                count.reduce(f32::max).map_or(1.0, |n| (1.0 - 0.27 * (n / 2.0).log10()).clamp(0.22, 1.0));
            let by_list = known(&tables::BRAND_WORDS).unwrap_or(1.0);
            let by_length = match letters.len() {
                0 | 1 => 0.35,
                2 => 0.7,
                3 => 0.9,
                _ => 1.0,
            };
            by_count.min(by_list).min(by_length)
        }
    }
}
