//! Parties, their owners, and what was decided about their matches.

use crate::node::{Field, Node, Value};
use crate::order::{SEVERAL, Walk, field};
use crate::scalar::same_word;
use crate::transaction::{Decision, Disposition, Owner, Party, Role};

/// Owners of owners are followed this far.
const DEPTH: usize = 12;
/// Shares are written with rounding: three thirds of 33.34 are no mistake worth an error.
const ROUNDING: f64 = 0.1;

const FIELDS: &[&str] = &[
    "role",
    "name",
    "aliases",
    "country",
    "kind",
    "birth_date",
    "identifiers",
    "address",
    "facts",
    "owner",
    "disposition",
    "reason",
    "disposition_reason",
    "disposition_entry",
    "owners",
    "dispositions",
];

const OWNER_FIELDS: &[&str] = &[
    "percent",
    "role",
    "name",
    "aliases",
    "country",
    "kind",
    "birth_date",
    "identifiers",
    "address",
    "facts",
    "owner",
    "disposition",
    "reason",
    "disposition_reason",
    "disposition_entry",
    "owners",
    "dispositions",
];

impl Walk<'_> {
    pub(super) fn party(&mut self, node: &Node) -> Option<Party> {
        let fields = self.fields(node, FIELDS, &self.context.vocabulary.party_facts)?;
        let told = self.told();
        let role = field(fields, "role").and_then(|role| self.role(role));
        if role.is_none() && self.told() == told {
            let all = Role::ALL.map(Role::as_str).join(", ");
            self.missing(node, "role", "the party has no role", &format!("add role = one of {all}"));
        }
        let party = self.body(node, fields, role.unwrap_or(Role::Other), 0)?;
        role.map(|_| party)
    }

    fn owner(&mut self, node: &Node, depth: usize) -> Option<Owner> {
        if depth > DEPTH {
            self.error(node, format!("owners of owners go deeper than {DEPTH}"), "leave the last ones out");
            return None;
        }
        let fields = self.fields(node, OWNER_FIELDS, &self.context.vocabulary.party_facts)?;
        let percent = field(fields, "percent").and_then(|percent| self.percent(percent));
        let role = field(fields, "role").and_then(|role| self.role(role));
        let party = self.body(node, fields, role.unwrap_or(Role::Other), depth)?;
        Some(Owner { percent, party })
    }

    fn role(&mut self, node: &Node) -> Option<Role> {
        let text = self.text(node)?;
        let found = Role::ALL.into_iter().find(|role| same_word(role.as_str(), &text));
        if found.is_none() {
            self.unknown(node, &text, Role::ALL.map(Role::as_str));
        }
        found
    }

    /// What parties and owners have in common.
    fn body(&mut self, node: &Node, fields: &[Field], role: Role, depth: usize) -> Option<Party> {
        let mut party = Party {
            role,
            name: String::new(),
            aliases: Vec::new(),
            country: None,
            kind: None,
            birth_date: None,
            identifiers: Vec::new(),
            address: None,
            facts: Default::default(),
            owners: Vec::new(),
            dispositions: Vec::new(),
        };
        let mut name = None;
        for Field { key, node, .. } in fields {
            match key.as_ref() {
                "name" => name = self.name(node),
                "aliases" => party.aliases = self.texts(node, SEVERAL),
                "country" => party.country = self.country(node),
                "kind" => party.kind = self.word(node, &self.context.vocabulary.kinds),
                "birth_date" => party.birth_date = self.birth_date(node),
                "identifiers" => party.identifiers = self.texts(node, SEVERAL),
                "address" => party.address = self.text(node),
                "facts" => party.facts = self.facts(node, &self.context.vocabulary.party_facts),
                "owner" | "owners" => {
                    let owners = self.each(node, |walk, node| walk.owner(node, depth + 1));
                    party.owners.extend(owners.into_iter().flatten());
                }
                "disposition" | "dispositions" => party.dispositions.extend(self.dispositions(node, fields)),
                _ => {}
            }
        }
        if field(fields, "name").is_none() {
            self.missing(node, "name", "the party has no name", "write the full name, as in the contract");
        }
        let shares: f64 = party.owners.iter().filter_map(|owner| owner.percent).sum();
        if shares > 100.0 + ROUNDING {
            let message = format!(
                "the owners of {:?} hold {shares} per cent together",
                name.as_deref().unwrap_or_default()
            );
            self.error(
                node,
                message,
                "shares add up to 100 at most: correct them, or leave out what is not known",
            );
        }
        self.stray_reason(fields);
        party.name = name?;
        Some(party)
    }

    /// `disposition = "false-positive"` with its reason beside it, or tables with fields of their own.
    fn dispositions(&mut self, node: &Node, beside: &[Field]) -> Vec<Disposition> {
        const FIELDS: &[&str] = &["decision", "entry", "reason"];
        let found = self.each(node, |walk, node| match &node.value {
            Value::Table(_) => {
                let fields = walk.fields(node, FIELDS, &Default::default())?;
                let Some(decision) = field(fields, "decision") else {
                    let all = Decision::ALL.map(Decision::as_str).join(", ");
                    walk.missing(
                        node,
                        "decision",
                        "the disposition has no decision",
                        &format!("write one of {all}"),
                    );
                    return None;
                };
                walk.disposition(decision, field(fields, "reason"), field(fields, "entry"))
            }
            _ => {
                let reason = field(beside, "disposition_reason").or_else(|| field(beside, "reason"));
                walk.disposition(node, reason, field(beside, "disposition_entry"))
            }
        });
        found.into_iter().flatten().collect()
    }

    fn disposition(
        &mut self,
        node: &Node,
        reason: Option<&Node>,
        entry: Option<&Node>,
    ) -> Option<Disposition> {
        let text = self.name(node)?;
        let Some(decision) = Decision::ALL.into_iter().find(|decision| same_word(decision.as_str(), &text))
        else {
            self.unknown(node, &text, Decision::ALL.map(Decision::as_str));
            return None;
        };
        let told = self.told();
        let reason = reason.and_then(|reason| self.text(reason));
        // An empty entry must not come to stand for every match.
        let entry = entry.and_then(|entry| self.name(entry));
        if decision == Decision::FalsePositive && reason.is_none() && self.told() == told {
            let help = "say in disposition_reason what tells the party from the listed one";
            self.error(node, "a false positive needs a reason".to_owned(), help);
            return None;
        }
        Some(Disposition { decision, entry, reason })
    }

    /// A reason without a decision would be lost.
    fn stray_reason(&mut self, fields: &[Field]) {
        let decided = ["disposition", "dispositions"].iter().any(|key| field(fields, key).is_some());
        let stray =
            ["disposition_reason", "reason", "disposition_entry"].iter().find_map(|key| field(fields, key));
        if let (false, Some(stray)) = (decided, stray) {
            let help = "add disposition, or leave the reason out";
            self.error(stray, "a reason for a disposition that is not given".to_owned(), help);
        }
    }
}
