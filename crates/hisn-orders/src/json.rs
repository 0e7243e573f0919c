//! Orders written in JSON: one object, an array of them, or one a line.

use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::Lines;
use crate::node::{Field, Node, Value, child};
use crate::toml::not_utf8;
use crate::{Context, FieldError, Form, OrderErrors, Orders, Row, order, text};

/// Values nest no deeper than this.
const DEPTH: usize = 40;
/// The one header of orders that are no rows.
pub(crate) const WHOLE: &str = "order";

/// Reads every order. A broken one is an error of its row; a text that is no JSON at all is one of the file.
pub fn read_json<'a>(file: &str, bytes: &[u8], context: &Context<'a>) -> Result<Orders<'a>, OrderErrors> {
    let failed = |error: FieldError| OrderErrors { file: file.to_owned(), errors: vec![error] };
    let source = text::decode(bytes).map_err(|good| failed(not_utf8(good)))?;
    if source.trim().is_empty() {
        return Err(OrderErrors::whole(
            file,
            "the file is empty",
            "write orders as objects, an array of them, or one a line",
        ));
    }
    let lines = Lines::new(&source);
    let rows =
        match (serde_json::from_str::<&RawValue>(&source), serde_json::from_str::<Vec<&RawValue>>(&source)) {
            (_, Ok(orders)) if orders.is_empty() => {
                return Err(OrderErrors::whole(
                    file,
                    "the array holds no order",
                    "write one object an order",
                ));
            }
            (_, Ok(orders)) => {
                let numbered = orders.into_iter().enumerate();
                numbered
                    .map(|(place, raw)| row(place + 1, raw, offset(&source, raw.get()), &lines, context))
                    .collect()
            }
            (Ok(raw), _) => vec![row(1, raw, offset(&source, raw.get()), &lines, context)],
            (Err(error), _) => match json_lines(&source, context) {
                Some(rows) => rows,
                None => return Err(failed(syntax(&error, &lines, 0))),
            },
        };
    Ok(Orders::new(Form::Json, vec![WHOLE.to_owned()], rows.into_iter()))
}

/// One order a line, if the first line that says anything is one.
fn json_lines(source: &str, context: &Context<'_>) -> Option<Vec<Row>> {
    let mut written = source.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).peekable();
    let object =
        |line: &str| line.trim_start().starts_with('{') && serde_json::from_str::<&RawValue>(line).is_ok();
    if !written.peek().is_some_and(|(_, line)| object(line)) {
        return None;
    }
    let read = |(place, line): (usize, &str)| {
        let lines = Lines::starting_at(line, place + 1);
        match serde_json::from_str::<&RawValue>(line) {
            Ok(raw) => row(place + 1, raw, offset(line, raw.get()), &lines, context),
            Err(error) => Row {
                number: place + 1,
                id: None,
                cells: vec![line.to_owned()],
                result: Err(vec![syntax(&error, &lines, 0)]),
            },
        }
    };
    Some(written.map(read).collect())
}

fn row(number: usize, raw: &RawValue, at: usize, lines: &Lines<'_>, context: &Context<'_>) -> Row {
    let root = node("".into(), raw.get(), at, 0);
    let id = match &root.value {
        Value::Table(fields) => {
            fields.iter().find(|field| field.key.as_ref() == "id").and_then(|id| match &id.node.value {
                Value::Text(text) | Value::Number(_, text) => Some(text.trim().to_owned()),
                _ => None,
            })
        }
        _ => None,
    };
    let result = match broken(&root) {
        Some(broken) => Err(vec![FieldError {
            column: broken.label.to_string(),
            position: broken.at.map(|at| lines.position(at)),
            message: format!("a value with a broken escape, or nested deeper than {DEPTH} levels"),
            help: Some("write it as the order form shows".to_owned()),
        }]),
        None => order::read(&root, Some(lines), context),
    };
    Row { number, id, cells: vec![raw.get().to_owned()], result }
}

/// The tree of the JSON value `raw`, which begins at byte `at` of its text.
fn node(label: Arc<str>, raw: &str, at: usize, depth: usize) -> Node {
    let value = match raw.as_bytes().first() {
        _ if depth > DEPTH => Value::Broken,
        Some(b'{') => match serde_json::from_str::<Object<'_>>(raw) {
            Ok(Object(entries)) => {
                let mut end = 1;
                let mut field = |(key, value): (String, &RawValue)| {
                    let begins = offset(raw, value.get());
                    let quote =
                        raw.get(end..begins).and_then(|between| between.find('"')).unwrap_or_default();
                    let key_at = at + end + quote;
                    end = begins + value.get().len();
                    let node = node(child(&label, &key), value.get(), at + begins, depth + 1);
                    Field { key: key.into(), at: Some(key_at), node }
                };
                let given = |field: &Field| !matches!(field.node.value, Value::Null);
                Value::Table(entries.into_iter().map(&mut field).filter(given).collect())
            }
            Err(_) => Value::Broken,
        },
        Some(b'[') => match serde_json::from_str::<Vec<&RawValue>>(raw) {
            Ok(values) => {
                let element = |(place, value): (usize, &RawValue)| {
                    node(
                        format!("{label}[{place}]").into(),
                        value.get(),
                        at + offset(raw, value.get()),
                        depth + 1,
                    )
                };
                let given = |node: &Node| !matches!(node.value, Value::Null);
                Value::List(values.into_iter().enumerate().map(element).filter(given).collect())
            }
            Err(_) => Value::Broken,
        },
        Some(b'"') => serde_json::from_str(raw).map_or(Value::Broken, Value::Text),
        Some(b't') => Value::Bool(true),
        Some(b'f') => Value::Bool(false),
        Some(b'n') => Value::Null,
        _ => Value::Number(raw.parse().unwrap_or(f64::NAN), raw.to_owned()),
    };
    Node { label, at: Some(at), value }
}

/// The first value that cannot be read.
fn broken(node: &Node) -> Option<&Node> {
    match &node.value {
        Value::Broken => Some(node),
        Value::List(nodes) => nodes.iter().find_map(broken),
        Value::Table(fields) => fields.iter().find_map(|field| broken(&field.node)),
        _ => None,
    }
}

/// The entries of an object as written, twice given ones included.
struct Object<'r>(Vec<(String, &'r RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Object(entries))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

/// Where `part`, a slice of `whole`, begins in it.
fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len())
}

fn syntax(error: &serde_json::Error, lines: &Lines<'_>, at: usize) -> FieldError {
    let start = lines.position(at);
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    FieldError {
        column: String::new(),
        position: Some(crate::Position {
            line: start.line + error.line().saturating_sub(1),
            column: error.column().max(1),
        }),
        message: format!("this is no JSON: {message}"),
        help: Some("write an object, an array of objects, or one object a line".to_owned()),
    }
}
