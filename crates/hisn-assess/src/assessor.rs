//! The two engines together.

use std::cmp::Reverse;
use std::sync::{Mutex, PoisonError};

use hisn_law::{Determination, Evaluator, Law, Outcome, Unknown};
use hisn_lists::{Manifest, Snapshot};
use hisn_orders::Transaction;
use hisn_screening::Screener;
use jiff::Unit;
use jiff::civil::Date;
use serde_json::Value;

use crate::assessment::*;
use crate::canonical::{canonical, sha256_hex};
use crate::screening::{Hit, Screened, list_evidence, screen};
use crate::{facts, merge, summary};

/// The lists to screen against.
pub struct Lists {
    /// What they are.
    pub manifest: Manifest,
    /// The index over them.
    pub screener: Screener,
}

impl Lists {
    /// Indexes a snapshot.
    pub fn new(snapshot: Snapshot) -> Lists {
        Lists { manifest: snapshot.manifest, screener: Screener::build(snapshot.parties) }
    }
}

/// Answers orders, from any number of threads.
pub struct Assessor<'a> {
    law: &'a Law,
    lists: &'a Lists,
    /// Evaluators that no thread uses just now; each remembers the items and routes that it met.
    idle: Mutex<Vec<Evaluator<'a>>>,
}

impl<'a> Assessor<'a> {
    /// An assessor over a law and lists.
    pub fn new(law: &'a Law, lists: &'a Lists) -> Assessor<'a> {
        Assessor { law, lists, idle: Mutex::default() }
    }

    /// The law.
    pub fn law(&self) -> &'a Law {
        self.law
    }

    /// Answers one order under the law of its own date, or of `today` where it has none.
    pub fn assess(&self, transaction: &Transaction, today: Date) -> Assessment {
        let day = transaction.date.unwrap_or(today);
        let mut warnings = Vec::new();
        let screened = self.screen(transaction, day);
        let cases = facts::cases(self.law, transaction, &screened, day, &mut warnings);
        let mut evaluator = self.evaluator();
        let mut jurisdictions = Vec::new();
        for pack in self.law.packs() {
            let answers = cases.iter().enumerate().map(|(place, case)| {
                let name = transaction.items.get(place).and_then(|item| item.name.clone());
                let name = name.unwrap_or_else(|| format!("item {}", place + 1));
                (name, evaluator.determine(pack, case))
            });
            let merged = merge::merge(answers.collect(), self.law.vocabulary().policies());
            jurisdictions.extend(merged.map(|answer| self.hold_for_matches(answer, &screened)));
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(evaluator);
        // Whoever reads only the first reads the strictest.
        jurisdictions.sort_by_key(|answer| Reverse((answer.applies, answer.outcome)));
        let outcome = jurisdictions.iter().filter(|answer| answer.applies).map(|answer| answer.outcome).max();
        let outcome = outcome.unwrap_or(Outcome::NotSubject);
        let (lists, law, stale) = self.evidence(day, &mut warnings);
        self.presumptions(&screened, &mut warnings);
        for answer in &jurisdictions {
            warnings.extend(answer.warnings.iter().cloned());
        }
        warnings.dedup();
        let mut assessment = Assessment {
            schema: SCHEMA,
            row: None,
            id: transaction.id.clone().unwrap_or_else(|| identity(transaction)),
            as_of: day.to_string(),
            outcome,
            summary: summary::sentence(transaction, outcome, &jurisdictions, day),
            summary_ar: summary::sentence_ar(transaction, outcome, &jurisdictions, day),
            red_flags: red_flags(&jurisdictions),
            jurisdictions,
            screening: screened.iter().flat_map(|party| party.all()).map(Screened::report).collect(),
            evidence: Evidence {
                engine: concat!("hisn ", env!("CARGO_PKG_VERSION")).to_owned(),
                lists,
                law,
                digest: String::new(),
                signature: None,
            },
            warnings,
            stale,
        };
        assessment.evidence.digest = digest(&assessment);
        assessment
    }

    /// The cases that an order makes, for those who count which rules they show.
    pub fn cases(&self, transaction: &Transaction, today: Date) -> Vec<hisn_law::Case> {
        let day = transaction.date.unwrap_or(today);
        facts::cases(self.law, transaction, &self.screen(transaction, day), day, &mut Vec::new())
    }

    fn evaluator(&self) -> Evaluator<'a> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| Evaluator::new(self.law))
    }

    fn screen(&self, transaction: &Transaction, day: Date) -> Vec<Screened<'a>> {
        let mut seen = std::collections::BTreeMap::<&str, usize>::new();
        transaction
            .parties
            .iter()
            .map(|party| {
                let role = party.role.prefix();
                let count = seen.entry(role).or_default();
                let path = if *count == 0 { role.to_owned() } else { format!("{role}[{count}]") };
                *count += 1;
                screen(&self.lists.screener, party, path, party.role.as_str().to_owned(), day)
            })
            .collect()
    }

    /// A match holds an order that would otherwise go, under every law in which the listing may have effect: a possible one
    /// until somebody decides on it, any one where the law says nothing of the list.
    fn hold_for_matches(&self, mut answer: Determination, screened: &[Screened<'_>]) -> Determination {
        let Some(pack) = self.law.pack(&answer.jurisdiction).filter(|_| answer.applies) else {
            return answer;
        };
        for party in screened.iter().flat_map(|party| party.all()) {
            let holds = |hit: &&Hit<'_>| {
                let unsure = !hit.strong && hit.open();
                let unregulated = !hit.cleared() && !facts::law_names_list(self.law, pack, hit.listed);
                (unsure || unregulated) && hit.has_effect_in(&answer.jurisdiction)
            };
            let Some(best) = party.hits.iter().find(holds) else { continue };
            answer.outcome = answer.outcome.max(Outcome::NeedsInformation);
            let (name, caption, id) = (&party.name, best.listed.caption(), &best.listed.id);
            if !best.open() {
                answer.warnings.push(format!(
                    "{name} is the listed party {caption} ({id}); no rule of {} says what follows from the list {}: ask a lawyer",
                    pack.name(),
                    best.listed.source
                ));
                continue;
            }
            let fact = format!("{}.disposition", party.path);
            if answer.outcome == Outcome::NeedsInformation
                && !answer.unknowns.iter().any(|known| known.fact == fact)
            {
                answer.unknowns.push(Unknown {
                    fact,
                    question: format!("Is {name} the listed party {caption} ({id})?"),
                    question_ar: Some(format!(
                        "هل \u{2068}{name}\u{2069} هي الجهة المدرجة \u{2068}{caption}\u{2069} (\u{2066}{id}\u{2069})؟"
                    )),
                    answers: hisn_orders::Decision::ALL.iter().map(|decision| decision.as_str().to_owned()).collect(),
                    matters_for: vec![best.listed.source.clone()],
                    item: None,
                });
            }
        }
        answer
    }

    fn presumptions(&self, screened: &[Screened<'_>], warnings: &mut Vec<String>) {
        for party in screened.iter().flat_map(|party| party.all()) {
            for hit in party.hits.iter().filter(|hit| hit.strong && hit.open()) {
                warnings.push(format!(
                    "{} is presumed to be the listed party {} ({}) until somebody clears it",
                    party.name,
                    hit.listed.caption(),
                    hit.listed.id
                ));
                if hit.listed.listed_from.is_none() {
                    warnings.push(format!(
                        "the list gives no date for {}: it counts as listed on every date",
                        hit.listed.caption()
                    ));
                }
            }
        }
    }

    fn evidence(&self, day: Date, warnings: &mut Vec<String>) -> (Vec<ListEvidence>, Vec<LawEvidence>, bool) {
        let (lists, old) = list_evidence(&self.lists.manifest, day);
        let mut stale = !old.is_empty();
        warnings.extend(old);
        let law = self.law.packs().map(|pack| {
            let manifest = pack.manifest();
            if let (Some(checked), Some(limit)) = (manifest.checked_to, manifest.max_age_days) {
                let age = days_between(checked, day);
                if age > limit {
                    stale = true;
                    warnings.push(format!(
                        "the law of {} was checked on {checked}, {age} days before the order; it may be relied on for {limit} days",
                        pack.name()
                    ));
                }
            }
            LawEvidence {
                pack: pack.name().to_owned(),
                version: manifest.checked_to.map(|day| day.to_string()).unwrap_or_default(),
                sha256: pack.digest().to_owned(),
            }
        });
        let law = law.collect();
        (lists, law, stale)
    }
}

/// Days from one day to another; negative when the other comes first.
fn days_between(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()))
}

impl Assessment {
    /// Adds what the reader of the order noticed on the way.
    #[must_use]
    pub fn with_warnings(mut self, warnings: impl IntoIterator<Item = String>) -> Assessment {
        self.warnings.extend(warnings);
        self.evidence.digest = digest(&self);
        self
    }
}

fn red_flags(answers: &[Determination]) -> Vec<RedFlag> {
    let mut flags: Vec<RedFlag> = Vec::new();
    for flag in answers.iter().flat_map(|answer| &answer.flags) {
        let flag = RedFlag {
            flag: flag.flag.clone(),
            text: flag.text.clone(),
            text_ar: flag.text_ar.clone(),
            about: flag.about.clone(),
            citation: flag.citation.clone(),
        };
        if !flags.contains(&flag) {
            flags.push(flag);
        }
    }
    flags
}

/// An id for an order that has none: the beginning of the digest of its content.
fn identity(transaction: &Transaction) -> String {
    const LENGTH: usize = 16;
    let value = serde_json::to_value(transaction).unwrap_or(Value::Null);
    sha256_hex(canonical(&value).as_bytes()).chars().take(LENGTH).collect()
}

fn digest(assessment: &Assessment) -> String {
    let value = serde_json::to_value(assessment).unwrap_or(Value::Null);
    crate::verify::digest(value)
}
