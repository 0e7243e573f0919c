//! What is worth asking: the missing facts whose answer can change the outcome.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::Truth;
use crate::case::{Case, Party};
use crate::country::Country;
use crate::determination::{Outcome, Unknown};
use crate::evaluate::{Leaf, Machine, Memo, Scene, Silent, Verdict};
use crate::model::{Law, Node, Pack, Ref, What};
use crate::plan::Plan;
use crate::syntax::ast::{Subject, Wording};
use crate::vocabulary::{FactId, FactType, Value};

/// The questions for a verdict, in the order in which the rules met them. The memo is used for the trials: it remembers
/// nothing of the case afterwards.
pub(crate) fn ask(scene: Scene<'_>, verdict: &Verdict<'_>, memo: &mut Memo, leaves: &[Leaf]) -> Vec<Unknown> {
    let Scene { law, pack, case, .. } = scene;
    let outcome = verdict.outcome();
    let (_, strictest) = verdict.range();
    if strictest <= Outcome::LicenseException || outcome == strictest || !verdict.covered {
        return Vec::new();
    }
    let mut met: Vec<&Leaf> = Vec::new();
    let mut matters: BTreeMap<&Leaf, Vec<String>> = BTreeMap::new();
    for (range, id) in ranges(pack, verdict, outcome) {
        for leaf in leaves.get(range.0..range.1.min(leaves.len())).unwrap_or(&[]) {
            let rules = matters.entry(leaf).or_default();
            if rules.is_empty() {
                met.push(leaf);
            }
            if !rules.contains(&id) {
                rules.push(id.clone());
            }
        }
    }
    let mut trial = Trial { scene, outcome, case: case.clone(), moves: false, memo };
    let decisive: Vec<&Leaf> =
        met.iter().copied().filter(|leaf| trial.can_change(leaf).unwrap_or(true)).collect();
    memo.prepare(pack);
    // Where only two answers together decide, no single one does: then all are asked.
    let asked = if decisive.is_empty() { met } else { decisive };
    let mut unknowns: Vec<Unknown> = Vec::new();
    for leaf in asked {
        let mut unknown = question(law, pack, case, leaf);
        unknown.matters_for = matters.remove(leaf).unwrap_or_default();
        match unknowns.iter_mut().find(|known| known.fact == unknown.fact) {
            Some(known) => {
                for rule in unknown.matters_for {
                    if !known.matters_for.contains(&rule) {
                        known.matters_for.push(rule);
                    }
                }
            }
            None => unknowns.push(unknown),
        }
    }
    unknowns
}

/// The stretches of the trace that keep the outcome open, with the rule of each.
fn ranges(pack: &Pack, verdict: &Verdict<'_>, outcome: Outcome) -> Vec<((usize, usize), String)> {
    let id = |number: usize| pack.rules.get(number).map(|rule| rule.id.clone()).unwrap_or_default();
    let mut ranges = Vec::new();
    if verdict.scope().is_unknown() {
        let unknown = verdict.subjects.iter().chain(&verdict.outsides).find(|(_, truth)| truth.is_unknown());
        ranges.push((verdict.scope_leaves, unknown.map(|(active, _)| id(active.rule)).unwrap_or_default()));
    }
    for instance in verdict.prohibitions.iter().filter(|instance| instance.truth.is_unknown()) {
        ranges.push((instance.leaves, id(instance.rule)));
    }
    if outcome >= Outcome::LicenseRequired {
        return ranges;
    }
    let open = verdict.requirements.iter().filter(|instance| !instance.lifted.is_true());
    let mut lifted = 0u64;
    for instance in open {
        if instance.truth.is_unknown() {
            ranges.push((instance.leaves, id(instance.rule)));
        }
        lifted |= 1u64 << instance.reason;
    }
    for exception in verdict.exceptions.iter().filter(|e| e.truth.is_unknown() && e.lifts & lifted != 0) {
        ranges.push((exception.leaves, id(exception.rule)));
    }
    ranges
}

/// Tries answers on a copy of the case.
struct Trial<'a, 'v> {
    /// The case as it was asked about. No answer that is tried changes what the tables say of the item.
    scene: Scene<'a>,
    outcome: Outcome,
    case: Case,
    /// Whether the answer that is tried is a country.
    moves: bool,
    memo: &'v mut Memo,
}

impl<'a> Trial<'a, '_> {
    fn answers(&self) -> &'a Answers {
        let Scene { law, pack, plan, .. } = self.scene;
        plan.answers.get_or_init(|| Answers::new(law, pack, plan))
    }

    /// Whether the case as it now stands has another outcome than the one that is asked about.
    fn changes(&mut self) -> bool {
        self.memo.prepare(self.scene.pack);
        let scene = Scene { case: &self.case, ..self.scene };
        let destination = Machine::new(scene, None, &mut Silent, self.memo).destination();
        let goes_elsewhere = self.moves || destination != scene.destination;
        let scene = Scene { route: scene.route.filter(|_| !goes_elsewhere), ..scene };
        Verdict::of(scene, self.memo, &mut Silent).outcome() != self.outcome
    }

    /// Whether some answer changes the outcome; `None` where the answers cannot be tried.
    fn can_change(&mut self, leaf: &Leaf) -> Option<bool> {
        match leaf {
            Leaf::Fact(id, _) => {
                let fact = self.scene.law.fact(*id)?;
                let (slot, is_item) = (fact.slot, fact.subject == Subject::Item);
                let answers = self.answers().of(*id)?;
                self.some_answer(answers, |case| {
                    if is_item { case.item.facts.get_mut(slot) } else { case.facts.get_mut(slot) }
                })
            }
            Leaf::Party(id, path) => {
                let fact = self.scene.law.fact(*id)?;
                let slot = fact.slot;
                let answers = self.answers().of(*id)?;
                self.some_answer(answers, |case| {
                    case.parties.iter_mut().find_map(|party| party_at(party, path))?.facts.get_mut(slot)
                })
            }
            Leaf::Match { party, entry } => {
                let mut any = false;
                for presence in [Truth::True, Truth::False, Truth::Unknown] {
                    let listing = self.case.parties.iter_mut().find_map(|of| party_at(of, party));
                    let listing =
                        listing.and_then(|of| of.listings.iter_mut().find(|listing| listing.id == *entry));
                    listing?.presence = presence;
                    any |= self.changes();
                }
                Some(any)
            }
            Leaf::Listing { .. } | Leaf::Classification | Leaf::For | Leaf::Value | Leaf::Place(_) => None,
        }
    }

    fn some_answer(
        &mut self,
        answers: &[Value],
        slot: impl Fn(&mut Case) -> Option<&mut Value>,
    ) -> Option<bool> {
        let mut any = false;
        let before = std::mem::take(slot(&mut self.case)?);
        for answer in answers {
            self.moves = matches!(answer, Value::Country(_));
            *slot(&mut self.case)? = answer.clone();
            if self.changes() {
                any = true;
                break;
            }
        }
        *slot(&mut self.case)? = before;
        self.moves = false;
        Some(any)
    }
}

fn party_at<'p>(party: &'p mut Party, path: &str) -> Option<&'p mut Party> {
    if party.path == path {
        return Some(party);
    }
    party.owners.iter_mut().find_map(|owner| party_at(owner, path))
}

/// For each fact, the answers that tell the rules of a pack apart; none where answers cannot be tried.
#[derive(Debug)]
pub(crate) struct Answers(Vec<Option<Vec<Value>>>);

impl Answers {
    /// The answers under a plan.
    pub fn new(law: &Law, pack: &Pack, plan: &Plan) -> Answers {
        let facts = (0u32..).map(FactId).map_while(|id| law.fact(id).map(|fact| (id, fact)));
        Answers(facts.map(|(id, fact)| answers(pack, plan, id, &fact.ty)).collect())
    }

    fn of(&self, fact: FactId) -> Option<&[Value]> {
        self.0.get(fact.0 as usize)?.as_deref()
    }
}

fn answers(pack: &Pack, plan: &Plan, id: FactId, ty: &FactType) -> Option<Vec<Value>> {
    let asked = |of: &Ref| matches!(of.what, What::Fact(fact, _) if fact == id);
    // Which answer makes two facts the same stands in the case, not in the law.
    if pack.nodes.iter().any(|node| matches!(node, Node::Same(one, other) if asked(one) || asked(other))) {
        return None;
    }
    Some(match ty {
        FactType::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
        FactType::OneOf(words) => {
            let masks: Vec<u64> = pack
                .nodes
                .iter()
                .filter_map(|node| match node {
                    Node::OneOf(of, mask) if asked(of) => Some(*mask),
                    _ => None,
                })
                .collect();
            let words = (0..words.len()).filter_map(|word| u8::try_from(word).ok());
            let mut seen = BTreeSet::new();
            let new = |word: &u8| {
                let signature: Vec<bool> = masks.iter().map(|mask| mask >> word & 1 == 1).collect();
                seen.insert(signature)
            };
            let mut words: Vec<u8> = words.filter(new).collect();
            // The words that most conditions name first: they are the likeliest to change something.
            words.sort_by_key(|word| Reverse(masks.iter().filter(|mask| *mask >> word & 1 == 1).count()));
            words.into_iter().map(Value::OneOf).collect()
        }
        FactType::Number => {
            let compared = pack.nodes.iter().filter_map(|node| match node {
                Node::Compare(of, _, number) if asked(of) => Some(*number),
                Node::Share(share) => Some(share.number),
                _ => None,
            });
            let near = compared.flat_map(|number| [number - 1.0, number, number + 1.0]);
            near.chain([0.0, 100.0]).map(Value::Number).collect()
        }
        FactType::Country => representatives(pack, plan).into_iter().map(Value::Country).collect(),
        FactType::Text | FactType::Words => return None,
    })
}

/// One country for each way in which the law divides the countries.
fn representatives(pack: &Pack, plan: &Plan) -> Vec<Country> {
    let named = pack.nodes.iter().filter_map(|node| match node {
        Node::IsCountry(_, countries) => Some(countries),
        _ => None,
    });
    let named: Vec<_> = named.collect();
    let mut seen = BTreeSet::new();
    let mut differs = |country: &Country| {
        let judged = plan.judged(*country);
        let places = plan.places.iter().map(|set| set.contains(judged));
        let signature: Vec<Truth> =
            places.chain(named.iter().map(|named| Truth::from(named.contains(country)))).collect();
        seen.insert(signature)
    };
    Country::all().filter(|country| differs(country)).collect()
}

fn question(law: &Law, pack: &Pack, case: &Case, leaf: &Leaf) -> Unknown {
    let plain = |fact: &str, en: &str, ar: &str| Unknown {
        fact: fact.to_owned(),
        question: en.to_owned(),
        question_ar: Some(ar.to_owned()),
        answers: Vec::new(),
        matters_for: Vec::new(),
        item: None,
    };
    match leaf {
        Leaf::Fact(id, control) => {
            let condition =
                control.and_then(|number| pack.controls.get(number)).map(|c| c.control.condition.as_str());
            about_fact(law, *id, None, "", condition.filter(|condition| !condition.is_empty()))
        }
        Leaf::Party(id, path) => {
            let mut parties = case.parties.clone();
            let name =
                parties.iter_mut().find_map(|party| party_at(party, path)).map(|party| party.name.clone());
            about_fact(law, *id, Some(path), name.as_deref().unwrap_or("the end user"), None)
        }
        Leaf::Listing { fact, entry } => {
            about_fact(law, *fact, Some(&format!("listing[{entry}]")), entry, None)
        }
        Leaf::Match { party, entry } => {
            let mut parties = case.parties.clone();
            let found = parties
                .iter_mut()
                .find_map(|of| party_at(of, party))
                .map(|of| of.clone())
                .unwrap_or_default();
            let caption =
                found.listings.iter().find(|listing| listing.id == *entry).map_or("", |l| l.caption.as_str());
            plain(
                &format!("{party}.disposition"),
                &format!("Is {} the listed party {caption} ({entry})?", found.name),
                &format!(
                    "هل \u{2068}{}\u{2069} هي الجهة المدرجة \u{2068}{caption}\u{2069} (\u{2068}{entry}\u{2069})؟",
                    found.name
                ),
            )
        }
        Leaf::Classification => classification(pack, case),
        Leaf::For => plain(
            "for",
            "For which control entry is this software or technology?",
            "لأي بند من قائمة الضوابط صُنعت هذه البرمجيات أو التقنية؟",
        ),
        Leaf::Value => plain(
            "item.value",
            "What is the item worth, in the currency of the limit?",
            "ما قيمة الصنف بعملة الحد المقرر؟",
        ),
        Leaf::Place(country) => plain(
            "destination",
            &format!("The law's tables do not know {country}: as which country is it judged?"),
            &format!("لا تعرف جداول القانون \u{2066}{country}\u{2069}: بأي بلد تُلحق؟"),
        ),
    }
}

fn about_fact(law: &Law, id: FactId, path: Option<&str>, party: &str, condition: Option<&str>) -> Unknown {
    let Some(fact) = law.fact(id) else {
        return Unknown {
            fact: String::new(),
            question: String::new(),
            question_ar: None,
            answers: Vec::new(),
            matters_for: Vec::new(),
            item: None,
        };
    };
    let name = path.map_or_else(|| fact.name.clone(), |path| format!("{path}.{}", fact.name));
    let wording = fact
        .ask
        .clone()
        .unwrap_or_else(|| Wording { en: format!("{}?", fact.name.replace('_', " ")), ar: None });
    let fill = |text: &str, of: &str| {
        let text = text.replace("{party}", of);
        match condition {
            Some(condition) if text.contains("{condition}") => text.replace("{condition}", condition),
            Some(condition) => format!("{text} {condition}"),
            None => text,
        }
    };
    let answers = match &fact.ty {
        FactType::YesNo => vec!["true".to_owned(), "false".to_owned()],
        FactType::OneOf(words) => words.clone(),
        _ => Vec::new(),
    };
    Unknown {
        fact: name,
        question: fill(&wording.en, party),
        question_ar: wording.ar.map(|ar| fill(&ar, &format!("\u{2068}{party}\u{2069}"))),
        answers,
        matters_for: Vec::new(),
        item: None,
    }
}

fn classification(pack: &Pack, case: &Case) -> Unknown {
    use crate::case::Classification;
    use crate::tables::EntryStatus;
    let (en, ar) = match case.item.classification(pack.name()) {
        Some(Classification::Code(code)) => match pack.status(code, case.date) {
            EntryStatus::NotInForce(instead) => {
                let list = instead.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                let look = if list.is_empty() {
                    String::new()
                } else {
                    format!(" Entries that might apply: {list}.")
                };
                let look_ar = if list.is_empty() {
                    String::new()
                } else {
                    format!(" بنود قد تنطبق: \u{2066}{list}\u{2069}.")
                };
                (
                    format!(
                        "{code} is not in force on {}. How is the item classified on that day?{look}",
                        case.date
                    ),
                    format!(
                        "البند \u{2066}{code}\u{2069} غير نافذ في \u{2066}{}\u{2069}. ما تصنيف الصنف في ذلك اليوم؟{look_ar}",
                        case.date
                    ),
                )
            }
            EntryStatus::Unknown => (
                format!("{code} is not in the control list. How is the item classified?"),
                format!("البند \u{2066}{code}\u{2069} ليس في قائمة الضوابط. ما تصنيف الصنف؟"),
            ),
            EntryStatus::InForce => (
                format!("Under which paragraph of {code} does the item fall?"),
                format!("تحت أي فقرة من \u{2066}{code}\u{2069} يندرج الصنف؟"),
            ),
        },
        _ => ("How is the item classified?".to_owned(), "ما تصنيف الصنف؟".to_owned()),
    };
    Unknown {
        fact: "item.classification".to_owned(),
        question: en,
        question_ar: Some(ar),
        answers: Vec::new(),
        matters_for: Vec::new(),
        item: None,
    }
}

/// A fact and its value in words, for explanations.
pub(crate) fn shown(law: &Law, id: FactId, value: &Value, party: Option<&Party>) -> (String, String) {
    let Some(fact) = law.fact(id) else { return (String::new(), String::new()) };
    let name = match party {
        Some(party) => format!("{}.{}", party.path, fact.name),
        None => fact.name.clone(),
    };
    let value = match (value, &fact.ty) {
        (Value::Unknown, _) => "unknown".to_owned(),
        (Value::YesNo(yes), _) => yes.to_string(),
        (Value::Number(number), _) => number.to_string(),
        (Value::Country(country), _) => country.to_string(),
        (Value::OneOf(word), FactType::OneOf(words)) => {
            words.get(usize::from(*word)).cloned().unwrap_or_default()
        }
        (Value::OneOf(_), _) | (Value::Text, _) => "given".to_owned(),
        (Value::Words(words), _) => law.vocabulary().spell(words),
    };
    (name, value)
}
