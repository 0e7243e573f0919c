//! From an alignment to a score.

use crate::Kind;
use crate::align::{Alignment, How, align};
use crate::distance::closeness;
use crate::name::{Name, acronym, variants};
use crate::tables;
use crate::word::{Role, Word};

/// Why two names that share words are two names after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Conflict {
    /// Numbers, ordinals or vintages disagree: "Plant 24" and "Plant 29".
    Number,
    /// Places disagree.
    Place,
    /// The name of a man and the name of a woman.
    Gender,
    /// A word of substance stands against another.
    Word,
    /// Father and child have changed places: "Omar bin Abdullah" and "Abdullah bin Omar".
    Descent,
    /// Only one word is shared, and more are left over.
    LoneWord,
}

/// What comparing two names gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// From 0 to 1; 0.7 and above is a possible match.
    pub score: f64,
    /// The words side by side.
    pub alignment: Alignment,
    /// Whether it is one name after normalisation: every word of substance is paired, letter by letter or as a known
    /// spelling; order, case, articles, titles and legal forms may differ.
    pub same_name: bool,
    /// How much the shared words say, the sum of their weights.
    pub information: f32,
    /// Why the score is capped, if it is.
    pub conflicts: Vec<Conflict>,
    /// One name is the first letters of the other.
    pub acronym: bool,
}

/// Compares two names given as text: the best of the ways in which each can be read.
pub fn compare(left: &str, right: &str, kind: Kind) -> Comparison {
    let mut best: Option<Comparison> = None;
    for a in variants(left) {
        let a = Name::new(&a, kind);
        let a: Vec<&Word> = a.words.iter().collect();
        for b in variants(right) {
            let b = Name::new(&b, kind);
            let b: Vec<&Word> = b.words.iter().collect();
            let next = score(&a, &b, kind);
            if best.as_ref().is_none_or(|best| next.score > best.score) {
                best = Some(next);
            }
        }
    }
    best.unwrap_or_else(nothing_shared)
}

/// Compares two names given as words.
pub fn score(left: &[&Word], right: &[&Word], kind: Kind) -> Comparison {
    if left.is_empty() || right.is_empty() {
        return nothing_shared();
    }
    let alignment = align(left, right, kind);
    let sums = Sums::of(left, right, &alignment);
    let scoring = tables::scoring();

    let mut score = sums.score();

    let conflicts = conflicts(left, right, &alignment, kind);
    for conflict in &conflicts {
        match conflict {
            Conflict::Word => score *= scoring.hard_contradiction,
            Conflict::Number => score = (score * 0.8).min(scoring.number_conflict),
            Conflict::Place => score = (score * 0.9).min(scoring.place_conflict),
            Conflict::Gender => score = (score * 0.9).min(scoring.gender_conflict),
            Conflict::Descent => score = score.min(scoring.descent_conflict),
            Conflict::LoneWord => score = score.min(scoring.lone_word),
        }
    }
    if kind == Kind::Organisation && rests_on_one_likeness(left, right, &alignment) {
        score *= scoring.lone_likeness;
    }
    score *= number_factor(left, right, &alignment, kind);
    if kind == Kind::Organisation
        && left_over(left, &alignment.left_only, is_place)
            != left_over(right, &alignment.right_only, is_place)
    {
        score *= scoring.place_missing;
    }
    score *= legal_form_factor(left, right);
    if !alignment.in_order {
        score *= scoring.order;
    }
    // The same short name says less than the same long one.
    score *= 1.0 - scoring.brevity * (-sums.paired / 1.2).exp();

    let run_together = is_run_together(left, right);
    if run_together {
        score = score.max(scoring.joined * (1.0 - scoring.brevity * (-1.0f32 / 1.2).exp()));
    }
    let same_name = run_together || conflicts.is_empty() && is_same_name(left, right, &alignment, kind);
    let by_letters = acronym_score(left, right);
    let acronym = by_letters > score;
    let faint = if score < scoring.faint_cap && sums.left_over.min(sums.right_over) > 0.0 {
        sums.with_faint(left, right, &alignment).map_or(0.0, |sums| sums.score().min(scoring.faint_cap))
    } else {
        0.0
    };
    let score = tables::rounded(score.max(by_letters).max(faint).clamp(0.0, 1.0));
    Comparison { score, alignment, same_name, information: sums.paired, conflicts, acronym }
}

/// What the score of two names would be about, by sums of weights: what agrees, and the whole of either name. For
/// choosing which names are worth comparing.
pub fn estimate(agreed: f32, left: f32, right: f32) -> f32 {
    let scoring = tables::scoring();
    let (left_over, right_over) = ((left - agreed).max(0.0), (right - agreed).max(0.0));
    let whole = agreed
        + scoring.contradiction * left_over.min(right_over)
        + scoring.omission * (left_over - right_over).abs();
    if whole > 0.0 { agreed / whole } else { 0.0 }
}

/// The most that two names can score of which only words of the weight `agreed` agree, when the one weighs `whole`.
pub fn most(agreed: f32, whole: f32) -> f32 {
    estimate(agreed, whole, agreed) * (1.0 - tables::scoring().brevity * (-agreed / 1.2).exp())
}

fn nothing_shared() -> Comparison {
    Comparison {
        score: 0.0,
        alignment: Alignment::default(),
        same_name: false,
        information: 0.0,
        conflicts: Vec::new(),
        acronym: false,
    }
}

/// Weights of what is paired, how far it agrees, and what is left over on either side.
struct Sums {
    paired: f32,
    agreed: f32,
    left_over: f32,
    right_over: f32,
}

impl Sums {
    /// What agrees, in the whole of both names.
    fn score(&self) -> f32 {
        let scoring = tables::scoring();
        let contradicted = self.left_over.min(self.right_over);
        let omitted = (self.left_over - self.right_over).abs();
        let whole = self.paired
            + scoring.unlikeness * (self.paired - self.agreed)
            + scoring.contradiction * contradicted
            + scoring.omission * omitted;
        if whole > 0.0 { self.agreed / whole } else { 0.0 }
    }

    /// The same with the words that are too unlike to be one, but still near: for putting names below the threshold in order.
    fn with_faint(&self, left: &[&Word], right: &[&Word], alignment: &Alignment) -> Option<Sums> {
        let may_be = |word: &&Word| matches!(word.role, Role::Name | Role::Place(_));
        let mut offers: Vec<(f32, usize, usize)> = Vec::new();
        for (i, a) in alignment.left_only.iter().filter_map(|at| Some((*at, left.get(*at)?))) {
            for (j, b) in alignment.right_only.iter().filter_map(|at| Some((*at, right.get(*at)?))) {
                if a.script == b.script && may_be(a) && may_be(b) {
                    let near = closeness(a.written(), b.written());
                    offers.extend((near > 0.0).then_some((near, i, j)));
                }
            }
        }
        // The nearest first; equals in an order that does not hang on which name is on the left.
        offers.sort_by(|(x, i, j), (y, k, l)| {
            y.total_cmp(x).then((i + j).cmp(&(k + l))).then(i.abs_diff(*j).cmp(&k.abs_diff(*l)))
        });
        let (mut sums, mut any) = (Sums { ..*self }, false);
        let (mut ours, mut theirs) = (0u32, 0u32);
        for (near, i, j) in offers {
            let bits = (1u32.checked_shl(i as u32).unwrap_or(0), 1u32.checked_shl(j as u32).unwrap_or(0));
            let (Some(a), Some(b)) = (left.get(i), right.get(j)) else { continue };
            if ours & bits.0 == 0 && theirs & bits.1 == 0 {
                (ours, theirs, any) = (ours | bits.0, theirs | bits.1, true);
                let both = a.weight.min(b.weight);
                sums.paired += both;
                sums.agreed += both * near;
                sums.left_over -= a.weight;
                sums.right_over -= b.weight;
            }
        }
        any.then_some(sums)
    }

    fn of(left: &[&Word], right: &[&Word], alignment: &Alignment) -> Sums {
        let weight = |words: &[&Word], (at, count): (usize, usize)| -> f32 {
            // One word written as two weighs as one.
            let span = words.iter().skip(at).take(count).map(|word| word.weight);
            if count > 1 { span.fold(0.0, f32::max) } else { span.sum() }
        };
        let mut sums = Sums { paired: 0.0, agreed: 0.0, left_over: 0.0, right_over: 0.0 };
        for pair in &alignment.pairs {
            let (a, b) = (weight(left, pair.left), weight(right, pair.right));
            // A misspelt common word looks rare: the lighter of the two says what the pair is worth.
            let both = if matches!(pair.how, How::Initial | How::Like) { a.min(b) } else { (a + b) / 2.0 };
            sums.paired += both;
            sums.agreed += both * pair.likeness;
        }
        // The chain of fathers is told as far as one likes: `bin Laden`, `bin Muhammad bin Awad bin Laden`.
        let is_ancestor = |words: &[&Word], at: usize| {
            at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| is_filial(word))
        };
        let rest = |words: &[&Word], only: &[usize]| {
            only.iter()
                .filter_map(|at| Some((*at, words.get(*at)?.weight)))
                .map(
                    |(at, weight)| {
                        if is_ancestor(words, at) { weight * tables::scoring().ancestor } else { weight }
                    },
                )
                .sum()
        };
        sums.left_over = rest(left, &alignment.left_only);
        sums.right_over = rest(right, &alignment.right_only);
        sums
    }
}

fn conflicts(left: &[&Word], right: &[&Word], alignment: &Alignment, kind: Kind) -> Vec<Conflict> {
    let mut found = Vec::new();
    let left_only = || alignment.left_only.iter().filter_map(|at| left.get(*at));
    let right_only = || alignment.right_only.iter().filter_map(|at| right.get(*at));
    let number = |word: &&&Word| matches!(word.role, Role::Number(_));
    let place = |word: &&&Word| matches!(word.role, Role::Place(_));
    let heavy = |word: &&&Word| word.role == Role::Name && word.weight >= tables::scoring().substance;
    if left_only().any(|word| number(&word)) && right_only().any(|word| number(&word)) {
        found.push(Conflict::Number);
    }
    if kind != Kind::Person && left_only().any(|word| place(&word)) && right_only().any(|word| place(&word)) {
        found.push(Conflict::Place);
    }
    if left_only().any(|word| heavy(&word)) && right_only().any(|word| heavy(&word)) {
        found.push(Conflict::Word);
    }
    if kind == Kind::Person {
        if swaps_descent(left, right, alignment) {
            found.push(Conflict::Descent);
        }
        if alignment.pairs.iter().any(|pair| of_different_sex(left, right, pair)) {
            found.push(Conflict::Gender);
        }
        let shared = alignment.pairs.iter().filter(|pair| {
            left.get(pair.left.0).is_some_and(|word| word.role == Role::Name)
                || right.get(pair.right.0).is_some_and(|word| word.role == Role::Name)
        });
        let joined = alignment.pairs.iter().any(|pair| pair.how == How::Joined);
        let left_over = left_only().chain(right_only()).filter(|word| word.role == Role::Name).count();
        if shared.count() <= 1 && left_over > 0 && !joined {
            found.push(Conflict::LoneWord);
        }
    }
    found
}

/// Whoever is called the child on the one side is called the father on the other.
fn swaps_descent(left: &[&Word], right: &[&Word], alignment: &Alignment) -> bool {
    if alignment.in_order {
        return false;
    }
    let stands_for =
        |at: usize| alignment.pairs.iter().find(|pair| pair.left.0 == at).map(|pair| pair.right.0);
    // The places of the child and of the father around each word for descent.
    let links = |words: &[&Word]| -> Vec<(usize, usize)> {
        let is_link = |at: &usize| words.get(*at).is_some_and(|word| is_filial(word));
        (1..words.len().saturating_sub(1)).filter(is_link).map(|at| (at - 1, at + 1)).collect()
    };
    let theirs = links(right);
    !theirs.is_empty()
        && links(left).into_iter().any(|(child, father)| {
            matches!((stands_for(child), stands_for(father)), (Some(child), Some(father)) if theirs.contains(&(father, child)))
        })
}

/// `Antonov` and `Antonova`, `Nikolaevich` and `Nikolaevna`.
fn of_different_sex(left: &[&Word], right: &[&Word], pair: &crate::Pair) -> bool {
    if pair.how != How::Like {
        return false;
    }
    let (Some(a), Some(b)) = (left.get(pair.left.0), right.get(pair.right.0)) else { return false };
    if a.script != b.script || a.is_servant() || b.is_servant() {
        return false;
    }
    let (a, b) = (a.latin(), b.latin());
    a.len() > 3
        && b.len() > 3
        && tables::GENDERED_ENDINGS
            .iter()
            .any(|(man, woman)| differ_by(a, b, man, woman) || differ_by(b, a, man, woman))
}

fn differ_by(man: &str, woman: &str, his: &str, hers: &str) -> bool {
    match (man.strip_suffix(his), woman.strip_suffix(hers)) {
        (Some(a), Some(b)) => a == b && a.len() >= 2,
        _ => false,
    }
}

/// All that is shared of substance is one word that is only like: `Thames Bank` and `Tamas Company`.
fn rests_on_one_likeness(left: &[&Word], right: &[&Word], alignment: &Alignment) -> bool {
    let substance = |words: &[&Word], at: usize| {
        words.get(at).is_some_and(|word| word.role == Role::Name && word.weight >= 0.6)
    };
    let mut shared =
        alignment.pairs.iter().filter(|pair| substance(left, pair.left.0) || substance(right, pair.right.0));
    let (Some(only), None) = (shared.next(), shared.next()) else { return false };
    let more = |word: &Word| word.role == Role::Name && word.weight >= 0.2;
    only.how == How::Like
        && (left_over(left, &alignment.left_only, more) || left_over(right, &alignment.right_only, more))
}

fn is_filial(word: &Word) -> bool {
    word.role == Role::Particle && tables::FILIAL_WORDS.contains(&*word.text)
}

fn left_over(words: &[&Word], only: &[usize], what: fn(&Word) -> bool) -> bool {
    only.iter().filter_map(|at| words.get(*at)).any(|word| what(word))
}

fn is_place(word: &Word) -> bool {
    matches!(word.role, Role::Place(_))
}

/// One side has a number that the other lacks. The first of a row often goes without.
fn number_factor(left: &[&Word], right: &[&Word], alignment: &Alignment, kind: Kind) -> f32 {
    let numbered = |words: &[&Word], only: &[usize]| {
        only.iter()
            .filter_map(|at| words.get(*at))
            .any(|word| matches!(word.role, Role::Number(value) if value != 1))
    };
    let scoring = tables::scoring();
    match (numbered(left, &alignment.left_only), numbered(right, &alignment.right_only)) {
        (false, false) | (true, true) => 1.0,
        _ if kind == Kind::Craft => scoring.number_missing_craft,
        _ => scoring.number_missing,
    }
}

fn legal_form_factor(left: &[&Word], right: &[&Word]) -> f32 {
    let scoring = tables::scoring();
    let class = |words: &[&Word]| {
        words.iter().find_map(|word| match word.role {
            Role::LegalForm(class) => Some(class),
            _ => None,
        })
    };
    match (class(left), class(right)) {
        (Some(a), Some(b)) if a == b || a.is_empty() || b.is_empty() => 1.0,
        (Some(_), Some(_)) => scoring.legal_form_conflict,
        (None, None) => 1.0,
        _ => scoring.legal_form_missing,
    }
}

/// The same letters in the same order, cut into words in another way: `vanderbilt` and `van der bilt`.
fn is_run_together(left: &[&Word], right: &[&Word]) -> bool {
    if left.len() == right.len() {
        return false;
    }
    let letters = |words: &[&Word], with_form: bool| {
        let counted = words.iter().filter(|word| with_form || !matches!(word.role, Role::LegalForm(_)));
        counted.filter_map(|word| word.as_written()).map(|form| &*form.letters).collect::<String>()
    };
    let same = |with_form| {
        let left = letters(left, with_form);
        left.len() >= 6 && left == letters(right, with_form)
    };
    same(false) || same(true)
}

fn is_same_name(left: &[&Word], right: &[&Word], alignment: &Alignment, kind: Kind) -> bool {
    let rest = |words: &[&Word], only: &[usize]| {
        only.iter()
            .filter_map(|at| words.get(*at))
            .all(|word| !word.is_substance() && word.role != Role::Initial)
    };
    let exact = alignment.pairs.iter().all(|pair| match pair.how {
        How::Same => true,
        // People are spelled in many ways in one script; a firm that spells its name otherwise may be another firm.
        How::Spelling => {
            let scripts = (
                left.get(pair.left.0).map(|word| word.script),
                right.get(pair.right.0).map(|word| word.script),
            );
            kind == Kind::Person || scripts.0 != scripts.1
        }
        How::Joined => pair.likeness >= 0.95,
        _ => false,
    });
    exact && rest(left, &alignment.left_only) && rest(right, &alignment.right_only)
}

/// One side is a single word of capitals that are the first letters of the other side.
fn acronym_score(left: &[&Word], right: &[&Word]) -> f32 {
    let one = |short: &[&Word], long: &[&Word]| -> f32 {
        let mut substance = short.iter().filter(|word| word.role == Role::Name);
        let (Some(letters), None) = (substance.next(), substance.next()) else { return 0.0 };
        let letters = letters.latin();
        if letters.len() < 3 || long.iter().filter(|word| word.is_substance()).count() < 3 {
            return 0.0;
        }
        if acronym(long) != letters {
            return 0.0;
        }
        let scoring = tables::scoring();
        match letters.len() {
            3 => scoring.acronym_3,
            4 => scoring.acronym_4,
            _ => scoring.acronym_5,
        }
    };
    one(left, right).max(one(right, left))
}
