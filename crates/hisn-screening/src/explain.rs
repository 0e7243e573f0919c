//! Why a party was found: structured, so that it can be said in any language.

use hisn_lists::NameKind;
use hisn_names::{Comparison, Conflict, How, Role, Word};

/// Why a match was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The name that was asked for.
    pub asked: String,
    /// The name of the entry that was found.
    pub matched: String,
    /// Whether it is the primary name, an alias, or one that the list calls weak.
    pub kind: NameKind,
    /// The main reason.
    pub reason: Reason,
    /// The words side by side.
    pub words: Vec<WordPair>,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// The main reason of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The same name, letter by letter, after normalisation.
    SameName,
    /// The same name in another script or spelling.
    SameNameOtherSpelling,
    /// A name that is like it.
    LikeName,
    /// The first letters of the name.
    Acronym,
}

/// Words that stand for each other.
#[derive(Clone, Debug, PartialEq)]
pub struct WordPair {
    /// In the name that was asked for.
    pub asked: String,
    /// In the name of the entry.
    pub listed: String,
    /// From 0 to 1.
    pub likeness: f64,
    /// Why they stand together.
    pub how: How,
}

/// Something in which the two names differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A word of the query that the entry's name lacks.
    OnlyAsked(String),
    /// A word of the entry's name that the query lacks.
    OnlyListed(String),
    /// Two words that are alike but not the same.
    Spelled {
        /// In the query.
        asked: String,
        /// In the entry's name.
        listed: String,
    },
    /// The words stand in another order.
    Order,
    /// The legal form differs.
    LegalForm,
    /// Numbers disagree.
    Number,
    /// Places disagree.
    Place,
    /// One is the name of a man, the other of a woman.
    Gender,
    /// Father and child have changed places.
    Descent,
}

impl Explanation {
    pub(crate) fn new(
        asked: &str,
        matched: &str,
        kind: NameKind,
        left: &[&Word],
        right: &[&Word],
        comparison: &Comparison,
    ) -> Explanation {
        let span = |words: &[&Word], (at, count): (usize, usize)| {
            words.iter().skip(at).take(count).map(|word| &*word.text).collect::<Vec<_>>().join(" ")
        };
        let words: Vec<WordPair> = comparison
            .alignment
            .pairs
            .iter()
            .map(|pair| WordPair {
                asked: span(left, pair.left),
                listed: span(right, pair.right),
                likeness: f64::from(pair.likeness),
                how: pair.how,
            })
            .collect();
        let spelled = words.iter().any(|pair| matches!(pair.how, How::Spelling | How::Joined));
        let reason = match (comparison.acronym, comparison.same_name, spelled) {
            (true, _, _) => Reason::Acronym,
            (_, true, false) => Reason::SameName,
            (_, true, true) => Reason::SameNameOtherSpelling,
            _ => Reason::LikeName,
        };
        let differences =
            if comparison.acronym { Vec::new() } else { differences(left, right, comparison, &words) };
        Explanation { asked: asked.to_owned(), matched: matched.to_owned(), kind, reason, words, differences }
    }

    /// One plain sentence.
    pub fn to_sentence_en(&self) -> String {
        let which = match self.kind {
            NameKind::Primary => "the listed name",
            NameKind::Alias => "a listed alias",
            NameKind::Weak => "an alias that the list itself calls weak,",
        };
        let what = match self.reason {
            Reason::SameName => "is the same as",
            Reason::SameNameOtherSpelling => "is, in another script or spelling,",
            Reason::LikeName => "is like",
            Reason::Acronym => "stands for the first letters of",
        };
        let mut sentence = format!("\"{}\" {what} {which} \"{}\"", self.asked, self.matched);
        let differences: Vec<String> = self.differences.iter().map(Difference::to_phrase_en).collect();
        if !differences.is_empty() {
            sentence.push_str("; ");
            sentence.push_str(&differences.join(", "));
        }
        sentence.push('.');
        sentence
    }
}

impl Difference {
    /// A phrase for a list of differences.
    pub fn to_phrase_en(&self) -> String {
        match self {
            Difference::OnlyAsked(word) => format!("\"{word}\" is not in the listed name"),
            Difference::OnlyListed(word) => format!("the listed name also has \"{word}\""),
            Difference::Spelled { asked, listed } => format!("\"{asked}\" stands for \"{listed}\""),
            Difference::Order => "the words stand in another order".to_owned(),
            Difference::LegalForm => "the legal form differs".to_owned(),
            Difference::Number => "the numbers disagree".to_owned(),
            Difference::Place => "the places disagree".to_owned(),
            Difference::Descent => "father and child have changed places".to_owned(),
            Difference::Gender => "one is the name of a man and the other of a woman".to_owned(),
        }
    }
}

fn differences(
    left: &[&Word],
    right: &[&Word],
    comparison: &Comparison,
    words: &[WordPair],
) -> Vec<Difference> {
    let mut found = Vec::new();
    for conflict in &comparison.conflicts {
        match conflict {
            Conflict::Number => found.push(Difference::Number),
            Conflict::Place => found.push(Difference::Place),
            Conflict::Gender => found.push(Difference::Gender),
            Conflict::Descent => found.push(Difference::Descent),
            Conflict::Word | Conflict::LoneWord => {}
        }
    }
    let spelled = words.iter().filter(|pair| matches!(pair.how, How::Like | How::Initial | How::Nickname));
    found.extend(
        spelled.map(|pair| Difference::Spelled { asked: pair.asked.clone(), listed: pair.listed.clone() }),
    );
    let alignment = &comparison.alignment;
    let only = |words: &[&Word], at: &[usize]| -> Vec<String> {
        let words = at.iter().filter_map(|at| words.get(*at));
        words
            .filter(|word| word.is_substance() || word.role == Role::Initial)
            .map(|word| word.text.to_string())
            .collect()
    };
    found.extend(only(left, &alignment.left_only).into_iter().map(Difference::OnlyAsked));
    found.extend(only(right, &alignment.right_only).into_iter().map(Difference::OnlyListed));
    let form = |words: &[&Word], at: &[usize]| {
        at.iter().filter_map(|at| words.get(*at)).any(|word| matches!(word.role, Role::LegalForm(_)))
    };
    if form(left, &alignment.left_only) || form(right, &alignment.right_only) {
        found.push(Difference::LegalForm);
    }
    if !alignment.in_order {
        found.push(Difference::Order);
    }
    found
}
