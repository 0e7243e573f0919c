//! Orders written in TOML.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, value::Datetime};

use crate::error::Lines;
use crate::node::{Field, Node, Value, child};
use crate::{Context, FieldError, OrderErrors, Reading, order, text};

/// Of a text that is no TOML, more errors would only repeat the first ones.
const TOLD: usize = 10;

/// Reads one order. `file` is the name that errors carry.
pub fn read_toml(file: &str, bytes: &[u8], context: &Context<'_>) -> Result<Reading, OrderErrors> {
    let failed = |errors: Vec<FieldError>| OrderErrors { file: file.to_owned(), errors };
    let source = text::decode(bytes).map_err(|good| failed(vec![not_utf8(good)]))?;
    if source.trim().is_empty() {
        return Err(OrderErrors::whole(
            file,
            "the file is empty",
            "write an order form with: hisn template order.toml",
        ));
    }
    let lines = Lines::new(&source);
    let (table, errors) = DeTable::parse_recoverable(&source);
    if !errors.is_empty() {
        return Err(failed(errors.iter().take(TOLD).map(|error| syntax(error, &lines)).collect()));
    }
    let root = table_node("".into(), table.span().start, table.get_ref());
    order::read(&root, Some(&lines), context).map_err(failed)
}

/// The error of a text of which only `good` is UTF-8.
pub(crate) fn not_utf8(good: &str) -> FieldError {
    FieldError {
        column: String::new(),
        position: Some(Lines::new(good).position(good.len())),
        message: "the text is not UTF-8 from here on".to_owned(),
        help: Some("save the file with the encoding UTF-8".to_owned()),
    }
}

fn syntax(error: &toml::de::Error, lines: &Lines<'_>) -> FieldError {
    FieldError {
        column: String::new(),
        position: Some(lines.position(error.span().map_or(0, |span| span.start))),
        message: error.message().split_whitespace().collect::<Vec<_>>().join(" "),
        help: Some("a line reads: name = \"text\", name = 12 or name = true".to_owned()),
    }
}

fn node(label: Arc<str>, value: &Spanned<DeValue<'_>>) -> Node {
    let at = value.span().start;
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(integer) => number(
            i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|n| n as f64),
            &integer.to_string(),
        ),
        DeValue::Float(float) => number(float.as_str().parse().ok(), float.as_str()),
        DeValue::Boolean(answer) => Value::Bool(*answer),
        DeValue::Datetime(datetime) => date(datetime),
        DeValue::Array(values) => {
            let element = |(place, value): (usize, &Spanned<DeValue<'_>>)| {
                node(format!("{label}[{place}]").into(), value)
            };
            Value::List(values.iter().enumerate().map(element).collect())
        }
        DeValue::Table(table) => return table_node(label, at, table),
    };
    Node { label, at: Some(at), value }
}

fn table_node(label: Arc<str>, at: usize, table: &DeTable<'_>) -> Node {
    let mut fields: Vec<Field> = table
        .iter()
        .map(|(key, value)| Field {
            key: key.get_ref().as_ref().into(),
            at: Some(key.span().start),
            node: node(child(&label, key.get_ref()), value),
        })
        .collect();
    fields.sort_by_key(|field| field.at);
    Node { label, at: Some(at), value: Value::Table(fields) }
}

fn number(value: Option<f64>, digits: &str) -> Value {
    Value::Number(value.unwrap_or(f64::NAN), digits.to_owned())
}

/// A day; with a time beside it, a text that [`Walk::date`](crate::order::Walk::date) judges.
fn date(datetime: &Datetime) -> Value {
    let day = datetime.date.and_then(|date| {
        jiff::civil::Date::new(
            i16::try_from(date.year).ok()?,
            i8::try_from(date.month).ok()?,
            i8::try_from(date.day).ok()?,
        )
        .ok()
    });
    match day {
        Some(day) if datetime.time.is_none() => Value::Date(day),
        _ => Value::Text(datetime.to_string()),
    }
}
