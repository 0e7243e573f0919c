//! The tree of values that every form is brought to before it is understood.

use std::sync::Arc;

use jiff::civil::Date;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Its path, `item[0].value.amount`, or the header of its column.
    pub(crate) label: Arc<str>,
    /// The byte of the text that it begins at, where there is a text.
    pub(crate) at: Option<usize>,
    pub(crate) value: Value,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Something was here, and its error is told already.
    Broken,
    /// As if it were not there.
    Null,
    Bool(bool),
    /// A number and its digits as written, for fields that are text in truth.
    Number(f64, String),
    Text(String),
    Date(Date),
    List(Vec<Node>),
    Table(Vec<Field>),
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) key: Arc<str>,
    /// The byte that the key begins at.
    pub(crate) at: Option<usize>,
    pub(crate) node: Node,
}

impl Node {
    /// The label of a field of this table.
    pub(crate) fn child(&self, key: &str) -> Arc<str> {
        child(&self.label, key)
    }

    /// What it is, for messages.
    pub(crate) fn describe(&self) -> String {
        match &self.value {
            Value::Broken | Value::Null => "nothing".to_owned(),
            Value::Bool(true) => "true".to_owned(),
            Value::Bool(false) => "false".to_owned(),
            Value::Number(_, digits) => digits.clone(),
            Value::Text(text) => quoted(text),
            Value::Date(date) => format!("the date {date}"),
            Value::List(_) => "a list".to_owned(),
            Value::Table(_) => "a table".to_owned(),
        }
    }
}

/// The label of a field of the table `parent`.
pub(crate) fn child(parent: &str, key: &str) -> Arc<str> {
    if parent.is_empty() { key.into() } else { format!("{parent}.{key}").into() }
}

/// A text in quotation marks, cut where it is too long for a message, with what cannot be seen made visible.
pub(crate) fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    let escape = |c: char| {
        if crate::text::is_invisible(c) { c.escape_unicode().to_string() } else { c.to_string() }
    };
    let shown: String = text.chars().take(SHOWN).map(escape).collect();
    let more = if text.chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("\"{shown}{more}\"")
}
