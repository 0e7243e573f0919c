//! The one walk from the tree of values to the record: which fields there are, what each holds, and what must hold between them.

mod party;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::error::Lines;
use crate::nearest::nearest;
use crate::node::{Field, Node, Value, child, quoted};
use crate::scalar::same_word;
use crate::transaction::{Classification, DEFAULT_JURISDICTION, FactValue, Item, Money, Role, Transaction};
use crate::vocabulary::{Context, FactKind, FactSpec};
use crate::{FieldError, Reading, Warning};

/// Reads one order from its tree. `lines` gives positions to labels, where the tree comes from a text.
pub(crate) fn read(
    root: &Node,
    lines: Option<&Lines<'_>>,
    context: &Context<'_>,
) -> Result<Reading, Vec<FieldError>> {
    let mut walk = Walk {
        context: *context,
        lines,
        errors: Vec::new(),
        warnings: Vec::new(),
        broken: 0,
        meant: Vec::new(),
    };
    let transaction = walk.transaction(root);
    if walk.errors.is_empty() {
        return Ok(Reading { transaction, warnings: walk.warnings });
    }
    walk.errors.sort_by_key(|error| error.position);
    Err(walk.errors)
}

/// The state of one walk.
pub(crate) struct Walk<'a> {
    pub(crate) context: Context<'a>,
    lines: Option<&'a Lines<'a>>,
    errors: Vec<FieldError>,
    warnings: Vec<Warning>,
    /// How many values were met whose errors are told already.
    broken: usize,
    /// The fields that misspelt ones were taken for.
    meant: Vec<Arc<str>>,
}

/// Separators of several values in one text.
pub(crate) const SEVERAL: &[char] = &['|', ';', '؛', '\n'];
const WORDS: &[char] = &['|', ';', '؛', '\n', ',', '،'];

impl<'a> Walk<'a> {
    fn transaction(&mut self, root: &Node) -> Transaction {
        const FIELDS: &[&str] = &[
            "id", "date", "action", "from", "to", "end_use", "item", "party", "facts", "items", "parties",
            "expect",
        ];
        let Some(fields) = self.fields(root, FIELDS, &self.context.vocabulary.facts) else {
            return Transaction::default();
        };
        let mut order = Transaction::default();
        for Field { key, node, .. } in fields {
            match key.as_ref() {
                "id" => order.id = self.text(node),
                "date" => order.date = self.date(node),
                "action" => order.action = self.word(node, &self.context.vocabulary.actions),
                "from" => order.from = self.country(node),
                "to" => order.to = self.country(node),
                "end_use" => order.end_use = self.text(node),
                "item" | "items" => order.items.extend(self.each(node, Walk::item)),
                "party" | "parties" => {
                    order.parties.extend(self.each(node, Walk::party).into_iter().flatten())
                }
                "facts" => order.facts = self.facts(node, &self.context.vocabulary.facts),
                _ => {}
            }
        }
        self.complete(root, fields, &order);
        order
    }

    /// What no order can do without.
    fn complete(&mut self, root: &Node, fields: &[Field], order: &Transaction) {
        let given = |names: &[&str]| {
            let named = |field: &&Field| names.contains(&field.key.as_ref());
            fields.iter().filter(named).any(|field| match &field.node.value {
                Value::Text(text) => !text.trim().is_empty(),
                Value::List(nodes) => !nodes.is_empty(),
                _ => true,
            })
        };
        // What was given and came to nothing without a word is missing, too.
        let silent = self.told() == 0;
        if !given(&["to"]) || (silent && order.to.is_none()) {
            self.missing(root, "to", "no destination", "say in \"to\" which country it goes to");
        }
        if !given(&["item", "items"]) || (silent && order.items.is_empty()) {
            let help = "say what is supplied: its name, its classification, or both";
            self.missing(root, "item", "no item", help);
        }
        if !given(&["party", "parties"]) || (silent && order.parties.is_empty()) {
            let help = "name at least one, with role and name: the end user, the consignee or the purchaser";
            self.missing(root, "party", "no party", help);
        }
        let roles = fields
            .iter()
            .filter(|field| matches!(field.key.as_ref(), "party" | "parties"))
            .flat_map(elements);
        let is_end_user = |role: &str| same_word(&crate::text::clean(role).text, Role::EndUser.as_str());
        let end_user = |party: &&Node| match &party.value {
            Value::Table(fields) => match field(fields, "role").map(|role| &role.value) {
                Some(Value::Text(role)) => is_end_user(role),
                _ => false,
            },
            _ => false,
        };
        if let Some(second) = roles.filter(end_user).nth(1) {
            let help = "keep one as end-user and give the others another role, or write an order for each";
            self.error(second, "two end users in one order".to_owned(), help);
        }
    }

    fn item(&mut self, node: &Node) -> Item {
        const FIELDS: &[&str] =
            &["name", "classification", "origin", "value", "currency", "quantity", "facts"];
        let mut item = Item::default();
        let Some(fields) = self.fields(node, FIELDS, &self.context.vocabulary.item_facts) else {
            return item;
        };
        let told = self.told();
        for field in fields {
            match field.key.as_ref() {
                "name" => item.name = self.name(&field.node),
                "classification" => item.classification = self.classification(&field.node),
                "origin" => item.origin = self.country(&field.node),
                "value" => item.value = self.money(&field.node, fields),
                "quantity" => item.quantity = self.amount(&field.node),
                "facts" => item.facts = self.facts(&field.node, &self.context.vocabulary.item_facts),
                _ => {}
            }
        }
        let described = item.name.is_some() || !item.classification.is_none();
        let given = fields.iter().any(|field| matches!(field.key.as_ref(), "name" | "classification"));
        if !described && (!given || self.told() == told) {
            self.missing(
                node,
                "name",
                "the item has neither name nor classification",
                "give it one of them, or both",
            );
        }
        item
    }

    fn classification(&mut self, node: &Node) -> Classification {
        let Value::Table(fields) = &node.value else {
            return self.code(node).map_or(Classification::None, Classification::One);
        };
        self.once(fields);
        let mut codes = BTreeMap::new();
        for Field { key, at, node } in fields {
            let known = self.context.vocabulary.jurisdictions.as_deref();
            let unknown =
                |known: &[String]| !known.contains(&key.to_string()) && key.as_ref() != DEFAULT_JURISDICTION;
            if let Some(known) = known.filter(|known| unknown(known)) {
                let place = Node { label: node.label.clone(), at: *at, value: Value::Null };
                let near = crate::nearest::suggestion(key, known.iter().map(String::as_str));
                let help = near.unwrap_or_else(|| "write the name of a pack of law".to_owned());
                self.error(&place, format!("unknown jurisdiction {}", quoted(key)), help);
            } else if let Some(code) = self.code(node) {
                codes.insert(key.to_string(), code);
            }
        }
        match codes.remove(DEFAULT_JURISDICTION) {
            Some(code) if codes.is_empty() => Classification::One(code),
            Some(code) => {
                codes.insert(DEFAULT_JURISDICTION.to_owned(), code);
                Classification::ByJurisdiction(codes)
            }
            None if codes.is_empty() => Classification::None,
            None => Classification::ByJurisdiction(codes),
        }
    }

    /// The code of an entry: text, and no number that a spreadsheet made of it.
    fn code(&mut self, node: &Node) -> Option<String> {
        let code = self.text(node)?;
        let (mantissa, exponent) = code.split_once(['E', 'e']).unwrap_or_default();
        let power = exponent.strip_prefix('+').is_some_and(|digits| digits.parse::<u8>().is_ok());
        if power && mantissa.replace(',', ".").parse::<f64>().is_ok() {
            let message =
                format!("classification {code} is a number in powers of ten, not the code of an entry");
            self.error(node, message, "a spreadsheet makes that of codes with an E between digits: format the column as text and write the code again");
            return None;
        }
        Some(code)
    }

    fn money(&mut self, node: &Node, beside: &[Field]) -> Option<Money> {
        const FIELDS: &[&str] = &["amount", "currency"];
        let (amount, currency) = match &node.value {
            Value::Table(_) => {
                let fields = self.fields(node, FIELDS, &BTreeMap::new())?;
                (field(fields, "amount"), field(fields, "currency"))
            }
            _ => (Some(node), field(beside, "currency")),
        };
        let told = self.told();
        let amount = amount.and_then(|node| self.amount(node));
        let currency = currency.and_then(|node| self.currency(node));
        match (amount, currency) {
            (Some(amount), Some(currency)) => Some(Money { amount, currency }),
            (Some(_), None) if self.told() == told => {
                self.error(
                    node,
                    "the value has no currency".to_owned(),
                    "add it, in the three letters of ISO 4217",
                );
                None
            }
            _ => None,
        }
    }

    pub(crate) fn facts(
        &mut self,
        node: &Node,
        specs: &BTreeMap<String, FactSpec>,
    ) -> BTreeMap<String, FactValue> {
        let mut facts = BTreeMap::new();
        let Value::Table(fields) = &node.value else {
            if !matches!(node.value, Value::Broken) {
                self.wrong(node, "a table", "write one fact a line under [facts]");
            }
            return facts;
        };
        self.once(fields);
        for Field { key, at, node } in fields {
            let Some(spec) = specs.get(key.as_ref()) else {
                let place = Node { label: node.label.clone(), at: *at, value: Value::Null };
                let help = self.whereabouts(key, specs);
                self.error(&place, format!("unknown fact {}", quoted(key)), help);
                continue;
            };
            if let Some(value) = self.fact(node, key, &spec.kind) {
                facts.insert(key.to_string(), value);
            }
        }
        facts
    }

    fn fact(&mut self, node: &Node, name: &str, kind: &FactKind) -> Option<FactValue> {
        match kind {
            FactKind::Number if name.ends_with("percent") => self.percent(node).map(FactValue::Number),
            FactKind::YesNo => self.yes_no(node).map(FactValue::Bool),
            FactKind::Number => self.number(node, false).map(FactValue::Number),
            FactKind::Country => self.country(node).map(|country| FactValue::Text(country.to_string())),
            FactKind::Text => self.text(node).map(FactValue::Text),
            FactKind::Words => {
                let words = self.texts(node, WORDS);
                (!words.is_empty() || matches!(node.value, Value::List(_))).then_some(FactValue::List(words))
            }
            FactKind::OneOf(known) => self.word(node, known).map(FactValue::Text),
        }
    }

    /// Where a fact that is unknown here may belong.
    fn whereabouts(&self, fact: &str, specs: &BTreeMap<String, FactSpec>) -> String {
        let vocabulary = self.context.vocabulary;
        let tables = [
            ("the whole order", &vocabulary.facts),
            ("an item", &vocabulary.item_facts),
            ("a party", &vocabulary.party_facts),
        ];
        if let Some((owner, _)) = tables.iter().find(|(_, table)| table.contains_key(fact)) {
            return format!("it is a fact of {owner}");
        }
        match nearest(fact, specs.keys().map(String::as_str)) {
            Some(near) => format!("did you mean {near:?}?"),
            None => "the order form (hisn template) shows every fact there is".to_owned(),
        }
    }

    /// The fields of a table, after what is unknown among them was told.
    pub(crate) fn fields<'n>(
        &mut self,
        node: &'n Node,
        known: &'static [&'static str],
        facts: &BTreeMap<String, FactSpec>,
    ) -> Option<&'n [Field]> {
        let Value::Table(fields) = &node.value else {
            if !matches!(node.value, Value::Broken) {
                self.wrong(node, "a table", "write its fields, each with a name");
            }
            return None;
        };
        for field in fields.iter().filter(|field| !known.contains(&field.key.as_ref())) {
            let place = Node { label: child(&node.label, &field.key), at: field.at, value: Value::Null };
            let help = if facts.contains_key(field.key.as_ref()) {
                "it is a fact: write it in the table of facts".to_owned()
            } else {
                let listed = || format!("the fields here are {}", known.join(", "));
                let near = nearest(&field.key, known.iter().copied());
                self.meant.extend(near.map(|near| node.child(near)));
                near.map_or_else(listed, |near| format!("did you mean {near:?}?"))
            };
            self.error(&place, format!("unknown field {}", quoted(&field.key)), help);
        }
        self.once(fields);
        Some(fields)
    }

    /// Says which fields are given under both of their names or twice.
    fn once(&mut self, fields: &[Field]) {
        const PLURALS: [(&str, &str); 5] = [
            ("items", "item"),
            ("parties", "party"),
            ("owners", "owner"),
            ("dispositions", "disposition"),
            ("disposition_reason", "reason"),
        ];
        let singular = |key: &Arc<str>| {
            let plural = PLURALS.iter().find(|(plural, _)| *plural == key.as_ref());
            plural.map_or_else(|| key.to_string(), |(_, singular)| (*singular).to_owned())
        };
        let mut seen = BTreeSet::new();
        for field in fields {
            if !seen.insert(singular(&field.key)) {
                let place = Node { label: field.node.label.clone(), at: field.at, value: Value::Null };
                self.error(&place, format!("{} is given twice", quoted(&field.key)), "keep one of them");
            }
        }
    }

    /// Reads each of several things, or the one that stands alone.
    pub(crate) fn each<T>(&mut self, node: &Node, mut read: impl FnMut(&mut Self, &Node) -> T) -> Vec<T> {
        match &node.value {
            Value::List(nodes) => nodes.iter().map(|node| read(self, node)).collect(),
            _ => vec![read(self, node)],
        }
    }

    /// Says that a field is missing, unless a misspelt one was told that can only be it.
    pub(crate) fn missing(&mut self, table: &Node, key: &str, message: &str, help: &str) {
        let place = Node { label: table.child(key), at: table.at, value: Value::Null };
        if !self.meant.contains(&place.label) {
            self.error(&place, message.to_owned(), help);
        }
    }

    pub(crate) fn error(&mut self, node: &Node, message: String, help: impl Into<String>) {
        let position = self.position(node);
        self.errors.push(FieldError {
            column: node.label.to_string(),
            position,
            message,
            help: Some(help.into()),
        });
    }

    pub(crate) fn warn(&mut self, node: &Node, message: String) {
        let position = self.position(node);
        self.warnings.push(Warning { column: node.label.to_string(), position, message });
    }

    /// How many errors were told so far, those of the cells included that were met.
    pub(crate) fn told(&self) -> usize {
        self.errors.len() + self.broken
    }

    /// For a value whose error was told before the walk.
    pub(crate) fn told_before<T>(&mut self) -> Option<T> {
        self.broken += 1;
        None
    }

    fn position(&self, node: &Node) -> Option<crate::Position> {
        self.lines.and_then(|lines| Some(lines.position(node.at?)))
    }
}

/// The value of one field, if it is given.
pub(crate) fn field<'n>(fields: &'n [Field], key: &str) -> Option<&'n Node> {
    let mut named = fields.iter().filter(|field| field.key.as_ref() == key).map(|field| &field.node);
    named.find(|node| !matches!(node.value, Value::Null))
}

fn elements(field: &Field) -> impl Iterator<Item = &Node> {
    match &field.node.value {
        Value::List(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(&field.node),
    }
    .iter()
}
