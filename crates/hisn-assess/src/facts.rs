//! A transaction and what lists say of its parties, as the facts of the law's cases: one case an item.

use hisn_law::case::{Item as LawItem, Listing, Party as LawParty};
use hisn_law::{
    Case, Classification as LawClassification, Code, FactId, Given, Law, Pack, Role, Subject, Truth, Value,
    Vocabulary,
};
use hisn_lists::Party as Listed;
use hisn_orders::{Classification, Decision, FactValue, Item, Party, Role as OrderRole, Transaction};
use jiff::civil::Date;

use crate::screening::Screened;

/// Words by which an item is said to be in no control list.
const NOT_LISTED: [&str; 2] = ["none", "not-listed"];

/// The cases of a transaction, one an item; a transaction without items gives one about an item of which nothing is known.
pub(crate) fn cases(
    law: &Law,
    transaction: &Transaction,
    screened: &[Screened<'_>],
    day: Date,
    warnings: &mut Vec<String>,
) -> Vec<Case> {
    let mut filler = Filler { law, day, warnings };
    let parties: Vec<LawParty> = transaction
        .parties
        .iter()
        .zip(screened)
        .map(|(party, screened)| filler.party(party, None, screened))
        .collect();
    let roles = roles(transaction);
    let nothing = [Item::default()];
    let items = if transaction.items.is_empty() { &nothing[..] } else { &transaction.items };
    items
        .iter()
        .map(|item| {
            let mut facts = law.vocabulary().blank(Subject::Transaction);
            let mut item_facts = law.vocabulary().blank(Subject::Item);
            filler.text(Subject::Transaction, "action", &mut facts, transaction.action.as_deref());
            filler.text(
                Subject::Transaction,
                "from",
                &mut facts,
                transaction.from.as_ref().map(ToString::to_string).as_deref(),
            );
            filler.text(
                Subject::Transaction,
                "to",
                &mut facts,
                transaction.to.as_ref().map(ToString::to_string).as_deref(),
            );
            filler.text(Subject::Transaction, "end_use", &mut facts, transaction.end_use.as_deref());
            filler.text(
                Subject::Item,
                "origin",
                &mut item_facts,
                item.origin.as_ref().map(ToString::to_string).as_deref(),
            );
            if item.value.is_some() {
                filler.text(Subject::Item, "value", &mut item_facts, Some("stated"));
            }
            // What is said of the item itself stands above what is said of the whole order.
            for (name, value) in transaction.facts.iter().chain(&item.facts) {
                let id = law.vocabulary().find(Subject::Transaction, name);
                match id {
                    Some(id) => filler.put(id, &mut facts, value),
                    None => match law.vocabulary().find(Subject::Item, name) {
                        Some(id) => filler.put(id, &mut item_facts, value),
                        None => filler.warnings.push(format!("no law asks for the fact {name}")),
                    },
                }
            }
            Case {
                date: day,
                facts,
                item: LawItem {
                    codes: codes(&item.classification),
                    fors: fors(item, transaction),
                    value: item.value.as_ref().map(|value| (value.amount, value.currency.clone())),
                    facts: item_facts,
                },
                parties: parties.clone(),
                roles,
            }
        })
        .collect()
}

/// Who fills each role: the first of each; the end user is the ultimate consignee where none is named, as on a license application.
fn roles(transaction: &Transaction) -> [Option<usize>; hisn_law::case::ROLES] {
    let mut roles = [None; hisn_law::case::ROLES];
    for (place, party) in transaction.parties.iter().enumerate() {
        if let Some(slot) = law_role(party.role).and_then(|role| roles.get_mut(role as usize))
            && slot.is_none()
        {
            *slot = Some(place);
        }
    }
    let consignee = roles.get(Role::UltimateConsignee as usize).copied().flatten();
    if let Some(slot) = roles.get_mut(Role::EndUser as usize)
        && slot.is_none()
    {
        *slot = consignee;
    }
    roles
}

fn law_role(role: OrderRole) -> Option<Role> {
    Role::parse(role.as_str())
}

fn codes(classification: &Classification) -> Vec<(String, LawClassification)> {
    let read = |text: &str| {
        let text = text.trim();
        if NOT_LISTED.iter().any(|word| text.eq_ignore_ascii_case(word)) {
            return Some(LawClassification::NotListed);
        }
        Code::parse(text).map(LawClassification::Code)
    };
    match classification {
        Classification::None => Vec::new(),
        Classification::One(text) => read(text).map(|code| (String::new(), code)).into_iter().collect(),
        Classification::ByJurisdiction(texts) => texts
            .iter()
            .filter_map(|(pack, text)| {
                let pack =
                    if pack == hisn_orders::DEFAULT_JURISDICTION { String::new() } else { pack.clone() };
                Some((pack, read(text)?))
            })
            .collect(),
    }
}

fn fors(item: &Item, transaction: &Transaction) -> Vec<Code> {
    let texts: Vec<&str> = match item.facts.get("for").or_else(|| transaction.facts.get("for")) {
        Some(FactValue::Text(text)) => text.split([',', ' ', ';']).collect(),
        Some(FactValue::List(list)) => list.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    texts.into_iter().filter(|text| !text.is_empty()).filter_map(Code::parse).collect()
}

/// Puts values into the rows of facts.
struct Filler<'a> {
    law: &'a Law,
    day: Date,
    warnings: &'a mut Vec<String>,
}

impl Filler<'_> {
    fn party(&mut self, party: &Party, percent: Option<f64>, screened: &Screened<'_>) -> LawParty {
        let mut facts = self.law.vocabulary().blank(Subject::Party);
        self.text(Subject::Party, "role", &mut facts, Some(party.role.as_str()));
        self.text(
            Subject::Party,
            "country",
            &mut facts,
            party.country.as_ref().map(ToString::to_string).as_deref(),
        );
        self.text(Subject::Party, "kind", &mut facts, party.kind.as_deref());
        if let (Some(percent), Some(id)) = (percent, self.law.vocabulary().find(Subject::Party, "percent")) {
            self.put(id, &mut facts, &FactValue::Number(percent));
        }
        for (name, value) in &party.facts {
            match self.law.vocabulary().find(Subject::Party, name) {
                Some(id) => self.put(id, &mut facts, value),
                None => self.warnings.push(format!("no law asks for the fact {name} of a party")),
            }
        }
        let owners = party.owners.iter().zip(&screened.owners);
        LawParty {
            name: party.name.clone(),
            path: screened.path.clone(),
            facts,
            listings: screened.hits.iter().filter_map(|hit| self.listing(hit)).collect(),
            owners: owners
                .map(|(owner, screened)| self.party(&owner.party, owner.percent, screened))
                .collect(),
        }
    }

    /// A match as a listing: true when decided or strong, unknown when weak, nothing when it is somebody else.
    fn listing(&self, hit: &crate::screening::Hit<'_>) -> Option<Listing> {
        let presence = match hit.disposition.as_ref().map(|disposition| disposition.decision) {
            Some(Decision::FalsePositive) => return None,
            Some(Decision::TrueMatch) => Truth::True,
            _ if hit.strong => Truth::True,
            _ => Truth::Unknown,
        };
        let vocabulary = self.law.vocabulary();
        let mut facts = vocabulary.blank(Subject::Listing);
        let listed = hit.listed;
        let list = list_code(listed);
        // A list that no law names is some other list: that much is known.
        if !put_listing(vocabulary, &mut facts, "list", &Given::Text(list)) {
            put_listing(vocabulary, &mut facts, "list", &Given::Text(OTHER_LIST));
        }
        let programs = listed.programs.iter().map(String::as_str).collect();
        put_listing(vocabulary, &mut facts, "programs", &Given::List(programs));
        let in_force = listed.footnotes.iter().filter(|note| note.from.is_none_or(|from| from <= self.day));
        put_listing(
            vocabulary,
            &mut facts,
            "footnotes",
            &Given::List(in_force.map(|note| note.mark.as_str()).collect()),
        );
        let field = |name: &str| match name {
            "license_requirement" => listed.legal_effect.clone(),
            "license_policy" => listed.review_policy.clone(),
            name => listed.raw.get(name).cloned(),
        };
        for pack in self.law.packs() {
            for (id, value) in pack.phrase_facts(list, field) {
                // INVARIANT: the checker knows the values of phrases' facts only by name; one that no fact has is left out.
                let _ = vocabulary.put(&mut facts, id, &Given::Text(value));
            }
        }
        Some(Listing {
            id: listed.id.clone(),
            caption: listed.caption().to_owned(),
            presence,
            citation: listed.citation.clone(),
            facts,
        })
    }

    fn text(&mut self, subject: Subject, name: &str, row: &mut [Value], text: Option<&str>) {
        if let (Some(text), Some(id)) = (text, self.law.vocabulary().find(subject, name)) {
            self.put(id, row, &FactValue::Text(text.to_owned()));
        }
    }

    fn put(&mut self, id: FactId, row: &mut [Value], value: &FactValue) {
        let given = match value {
            FactValue::Bool(truth) => Given::Bool(*truth),
            FactValue::Number(number) => Given::Number(*number),
            FactValue::Text(text) => Given::Text(text),
            FactValue::List(list) => Given::List(list.iter().map(String::as_str).collect()),
        };
        if let Err(error) = self.law.vocabulary().put(row, id, &given) {
            self.warnings.push(error.to_string());
        }
    }
}

/// The word of the vocabulary for a list that no law names.
const OTHER_LIST: &str = "other";

/// Puts a fact of a listing, if the vocabulary has the fact and the value.
fn put_listing(vocabulary: &Vocabulary, row: &mut [Value], name: &str, given: &Given<'_>) -> bool {
    vocabulary.find(Subject::Listing, name).is_some_and(|id| vocabulary.put(row, id, given).is_ok())
}

/// The list of an entry without its publisher: `EL` of `us-csl/EL`.
pub(crate) fn list_code(listed: &Listed) -> &str {
    listed.source.rsplit('/').next().unwrap_or(&listed.source)
}

/// Whether some rule of a pack says what follows from standing on the list of an entry.
pub(crate) fn law_names_list(law: &Law, pack: &Pack, listed: &Listed) -> bool {
    let vocabulary = law.vocabulary();
    let Some(id) = vocabulary.find(Subject::Listing, "list") else { return false };
    let mut row = vocabulary.blank(Subject::Listing);
    let known = vocabulary.put(&mut row, id, &Given::Text(list_code(listed))).is_ok();
    known && row.iter().any(|value| pack.asks_of_listings(id, value))
}
