//! What the columns of a table mean.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::nearest::nearest;
use crate::node::quoted;
use crate::transaction::{DEFAULT_JURISDICTION, Role};
use crate::vocabulary::FactSpec;
use crate::{FieldError, Vocabulary};

/// The columns of a table, understood.
pub(crate) struct Header {
    /// As the file writes them.
    pub(crate) texts: Vec<String>,
    /// What each means; none for a column that is not read.
    pub(crate) columns: Vec<Option<Column>>,
    /// The order itself, then the items, parties and owners, each behind what it belongs to.
    pub(crate) elements: Vec<Element>,
    /// The column of the order's own number.
    pub(crate) id: Option<usize>,
}

/// One thing that a row describes in several columns.
pub(crate) struct Element {
    /// The element that it is part of.
    pub(crate) parent: usize,
    /// The list there that it stands in.
    pub(crate) list: &'static str,
    /// What its headers begin with.
    pub(crate) label: Arc<str>,
    pub(crate) role: Option<Role>,
}

/// One column.
pub(crate) struct Column {
    /// As the file writes it.
    pub(crate) label: Arc<str>,
    /// The element that it describes, and what the headers of that begin with.
    pub(crate) element: usize,
    pub(crate) outer: Arc<str>,
    /// The field, and the field within that.
    pub(crate) key: Arc<str>,
    pub(crate) inner: Option<Arc<str>>,
    pub(crate) is_date: bool,
    pub(crate) is_birth_date: bool,
    pub(crate) is_code: bool,
}

pub(crate) const ORDER_FIELDS: &[&str] = &["id", "date", "action", "from", "to", "end_use"];
pub(crate) const ITEM_FIELDS: &[&str] =
    &["name", "classification", "origin", "value", "currency", "quantity"];
pub(crate) const PARTY_FIELDS: &[&str] = &[
    "name",
    "country",
    "kind",
    "address",
    "aliases",
    "birth_date",
    "identifiers",
    "disposition",
    "disposition_reason",
    "disposition_entry",
];
pub(crate) const REJECTED: [&str; 3] = ["rejected.row", "rejected.column", "rejected.reason"];
const DEEPEST: usize = 6;
const HIGHEST: usize = 99;
/// Unknown columns that are told one by one.
const TOLD: usize = 20;
const FORM: &str =
    "the first row holds the names of columns as the order form has them: hisn template orders.csv";

impl Header {
    /// Understands the header row, or says what is wrong with each of its cells.
    pub(crate) fn read(texts: Vec<String>, vocabulary: &Vocabulary) -> Result<Header, Vec<FieldError>> {
        let root = Element { parent: 0, list: "", label: "".into(), role: None };
        let mut header = Header { texts: Vec::new(), columns: Vec::new(), elements: vec![root], id: None };
        let mut seen = BTreeMap::new();
        let mut errors = Vec::new();
        let mut unknowns = 0;
        for (place, text) in texts.iter().enumerate() {
            let name = normal(text);
            let ignored = name.is_empty() || REJECTED.contains(&name.as_str());
            let column = if ignored { None } else { header.column(text, &name, vocabulary) };
            if !ignored && column.is_none() {
                unknowns += 1;
                if unknowns <= TOLD {
                    errors.push(unknown(text, &name, vocabulary));
                }
            }
            if let Some(column) = &column {
                let meaning = (column.element, column.key.clone(), column.inner.clone());
                if let Some(first) = seen.insert(meaning, place) {
                    let message =
                        format!("columns {} and {} both hold {}", first + 1, place + 1, quoted(text.trim()));
                    errors.push(at(text, message, "keep one of the two"));
                }
            }
            header.columns.push(column);
        }
        if unknowns > TOLD {
            let message = format!("{} more columns are unknown", unknowns - TOLD);
            errors.push(FieldError {
                column: String::new(),
                position: None,
                message,
                help: Some(FORM.to_owned()),
            });
        }
        let is_id = |column: &Option<Column>| {
            column.as_ref().is_some_and(|column| column.element == 0 && column.key.as_ref() == "id")
        };
        header.id = header.columns.iter().position(is_id);
        header.texts = texts;
        if errors.is_empty() { Ok(header) } else { Err(errors) }
    }

    /// How many cells a row must have: those up to the last column that is read.
    pub(crate) fn width(&self) -> usize {
        self.columns.iter().rposition(Option::is_some).map_or(0, |last| last + 1)
    }

    /// Whether a column of that name is read.
    pub(crate) fn knows(text: &str, vocabulary: &Vocabulary) -> bool {
        let root = Element { parent: 0, list: "", label: "".into(), role: None };
        let mut header = Header { texts: Vec::new(), columns: Vec::new(), elements: vec![root], id: None };
        header.column(text, &normal(text), vocabulary).is_some()
    }

    /// Whether the column carries what an earlier reading said of the row.
    pub(crate) fn is_ignored(&self, place: usize) -> bool {
        self.texts.get(place).is_some_and(|text| REJECTED.contains(&normal(text).as_str()))
    }

    fn column(&mut self, text: &str, name: &str, vocabulary: &Vocabulary) -> Option<Column> {
        let mut parts: Vec<&str> = name.split('.').collect();
        if parts.len() > DEEPEST {
            return None;
        }
        let mut element = 0;
        let mut kind = Kind::Order;
        while let Some((inner, list, role, number)) =
            parts.first().filter(|_| parts.len() > 1).and_then(|part| kind.inner(part))
        {
            let label = format!("{}{}", outer(self.elements.get(element)), label(parts.first()?, number));
            element = self.element(element, list, label.into(), role);
            kind = inner;
            parts.remove(0);
        }
        let (key, inner) = kind.field(&parts, vocabulary)?;
        Some(Column {
            label: text.trim().into(),
            element,
            outer: self.elements.get(element).map(|element| element.label.clone()).unwrap_or_default(),
            is_date: matches!((inner.as_deref(), key.as_str()), (None, "date" | "birth_date")),
            is_birth_date: key == "birth_date",
            is_code: key == "classification",
            key: key.into(),
            inner: inner.map(Arc::from),
        })
    }

    fn element(&mut self, parent: usize, list: &'static str, label: Arc<str>, role: Option<Role>) -> usize {
        let same = |element: &Element| element.parent == parent && element.label == label;
        self.elements.iter().position(same).unwrap_or_else(|| {
            self.elements.push(Element { parent, list, label, role });
            self.elements.len() - 1
        })
    }
}

/// What an element is, hence which fields it has.
#[derive(Clone, Copy)]
enum Kind {
    Order,
    Item,
    Party,
    Owner,
}

impl Kind {
    /// What `part` begins, with its number: `item`, `end_user`, `owner2`.
    fn inner(self, part: &str) -> Option<(Kind, &'static str, Option<Role>, usize)> {
        let (name, number) = numbered(part)?;
        match self {
            Kind::Order if name == "item" => Some((Kind::Item, "item", None, number)),
            Kind::Order => {
                let role = Role::ALL.into_iter().find(|role| role.prefix() == name)?;
                Some((Kind::Party, "party", Some(role), number))
            }
            Kind::Party | Kind::Owner if name == "owner" => Some((Kind::Owner, "owner", None, number)),
            _ => None,
        }
    }

    /// The field that the last parts of a header name.
    fn field(self, parts: &[&str], vocabulary: &Vocabulary) -> Option<(String, Option<String>)> {
        let nested = |outer: &str, inner: &str| Some((outer.to_owned(), Some(inner.to_owned())));
        match (self, parts) {
            (Kind::Item, ["value"]) => nested("value", "amount"),
            (Kind::Item, ["currency"]) => nested("value", "currency"),
            (Kind::Item, ["classification"]) => nested("classification", DEFAULT_JURISDICTION),
            (Kind::Item, ["classification", pack]) => {
                let known = vocabulary.jurisdictions.as_ref();
                let named =
                    !pack.is_empty() && known.is_none_or(|known| known.iter().any(|known| known == pack));
                named.then(|| nested("classification", pack)).flatten()
            }
            (_, ["facts", fact]) => {
                let known = self.facts(vocabulary).keys().find(|known| normal(known) == *fact)?;
                nested("facts", known)
            }
            (Kind::Owner, ["percent"]) => Some(("percent".to_owned(), None)),
            (_, [key]) => self.fields().contains(key).then(|| ((*key).to_owned(), None)),
            _ => None,
        }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Kind::Order => ORDER_FIELDS,
            Kind::Item => ITEM_FIELDS,
            Kind::Party | Kind::Owner => PARTY_FIELDS,
        }
    }

    fn facts(self, vocabulary: &Vocabulary) -> &BTreeMap<String, FactSpec> {
        match self {
            Kind::Order => &vocabulary.facts,
            Kind::Item => &vocabulary.item_facts,
            Kind::Party | Kind::Owner => &vocabulary.party_facts,
        }
    }
}

/// A header without what its writer may write differently.
fn normal(text: &str) -> String {
    let folded = crate::text::clean(text).text.to_lowercase();
    folded.split('.').map(|part| part.trim().replace(['-', ' '], "_")).collect::<Vec<_>>().join(".")
}

/// A name and the number behind it, 1 where there is none.
fn numbered(part: &str) -> Option<(&str, usize)> {
    let name = part.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = part.get(name.len()..)?;
    let number = if digits.is_empty() { 1 } else { digits.parse().ok()? };
    (1..=HIGHEST).contains(&number).then_some((name, number))
}

/// One label for `item` and `item1`; owners always have a number.
fn label(part: &str, number: usize) -> String {
    let name = numbered(part).map_or(part, |(name, _)| name);
    if number == 1 && name != "owner" { name.to_owned() } else { format!("{name}{number}") }
}

fn outer(element: Option<&Element>) -> String {
    element
        .filter(|element| !element.label.is_empty())
        .map(|element| format!("{}.", element.label))
        .unwrap_or_default()
}

fn unknown(text: &str, name: &str, vocabulary: &Vocabulary) -> FieldError {
    let known = known(vocabulary);
    // Numbers are no part of what may be misspelt.
    let plain: String = name
        .split('.')
        .map(|part| numbered(part).map_or(part, |(name, _)| name))
        .collect::<Vec<_>>()
        .join(".");
    let near = nearest(name, known.iter().map(String::as_str))
        .or_else(|| nearest(&plain, known.iter().map(String::as_str)))
        .or_else(|| {
            let last = |header: &'_ str| header.rsplit('.').next().unwrap_or_default().to_owned();
            let ends: Vec<String> = known.iter().map(|known| last(known)).collect();
            let near = nearest(&last(name), ends.iter().map(String::as_str))?;
            known.iter().zip(&ends).find(|(_, end)| *end == near).map(|(known, _)| known.as_str())
        })
        .map(|near| format!("did you mean {near:?}?"));
    let help = near.unwrap_or_else(|| FORM.to_owned());
    at(text, format!("unknown column {}", quoted(text.trim())), &help)
}

fn at(text: &str, message: String, help: &str) -> FieldError {
    FieldError { column: text.trim().to_owned(), position: None, message, help: Some(help.to_owned()) }
}

/// Every header there is, without numbers and owners of owners.
pub(crate) fn known(vocabulary: &Vocabulary) -> Vec<String> {
    let mut known: Vec<String> = ORDER_FIELDS.iter().map(|field| (*field).to_owned()).collect();
    known.extend(ITEM_FIELDS.iter().map(|field| format!("item.{field}")));
    known.extend(vocabulary.jurisdictions.iter().flatten().map(|pack| format!("item.classification.{pack}")));
    known.extend(vocabulary.item_facts.keys().map(|fact| format!("item.facts.{fact}")));
    for prefix in Role::ALL.map(Role::prefix) {
        known.extend(PARTY_FIELDS.iter().map(|field| format!("{prefix}.{field}")));
        known.extend(vocabulary.party_facts.keys().map(|fact| format!("{prefix}.facts.{fact}")));
        known.extend(PARTY_FIELDS.iter().chain(&["percent"]).map(|field| format!("{prefix}.owner1.{field}")));
    }
    known.extend(vocabulary.facts.keys().map(|fact| format!("facts.{fact}")));
    known
}
