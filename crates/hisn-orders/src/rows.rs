//! Orders in tables: a row an order.

pub(crate) mod csv;
pub(crate) mod decode;
pub(crate) mod header;
pub(crate) mod rejected;
pub(crate) mod xlsx;

use std::sync::Arc;

use crate::node::{Field, Node, Value, child};
use crate::rows::header::Header;
use crate::{Context, FieldError, Transaction, Warning, order};

/// An order that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The record.
    pub transaction: Transaction,
    /// What was put right on the way.
    pub warnings: Vec<Warning>,
}

/// One order of several.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The line of a text, the row of a sheet, or the place in a JSON array, as the user sees it: from 1.
    pub number: usize,
    /// The order's own number, even where the rest is broken.
    pub id: Option<String>,
    /// The cells as they came, one for each of [`Orders::headers`](crate::Orders::headers), and those beyond.
    pub cells: Vec<String>,
    /// The order, or everything that is wrong with it.
    pub result: Result<Reading, Vec<FieldError>>,
}

impl Row {
    /// Its errors as lines for people: `orders.csv:7: column to: …`.
    pub fn messages(&self, file: &str) -> Vec<String> {
        let line = |error: &FieldError| match error.position {
            Some(_) => format!("{file}:{error}"),
            None => format!("{file}:{}: {error}", self.number),
        };
        self.result.as_ref().err().into_iter().flatten().map(line).collect()
    }
}

/// One cell as its reader understood it.
pub(crate) struct Cell {
    /// As the user sees it.
    pub(crate) shown: String,
    pub(crate) value: CellValue,
}

pub(crate) enum CellValue {
    Empty,
    Value(Value),
    /// A number that a spreadsheet may mean as a day, and in what epoch.
    Serial {
        number: f64,
        from_1904: bool,
    },
    /// A number that the cell shows in powers of ten.
    Scientific(f64),
    /// What is wrong with it, and what to do.
    Wrong {
        message: String,
        help: &'static str,
    },
}

/// Reads the order of one row.
pub(crate) fn read(number: usize, cells: Vec<Cell>, header: &Header, context: &Context<'_>) -> Row {
    let mut errors = Vec::new();
    let mut tables: Vec<Vec<Field>> = header.elements.iter().map(|_| Vec::new()).collect();
    let mut shown = Vec::with_capacity(cells.len());
    let mut id = None;
    for (place, cell) in cells.into_iter().enumerate() {
        let column = header.columns.get(place);
        if header.id == Some(place) {
            id = Some(cell.shown.trim().to_owned()).filter(|id| !id.is_empty());
        }
        match column {
            Some(Some(column)) => {
                let value = value(cell.value, column, &mut errors);
                if let (Some(value), Some(table)) = (value, tables.get_mut(column.element)) {
                    column.put(table, value);
                }
            }
            Some(None) if header.is_ignored(place) => {}
            _ => stray(place, &cell, &mut errors),
        }
        shown.push(cell.shown);
    }
    let root = assemble(header, tables);
    // A shifted row is wrong in every cell: one reason is worth more than twenty.
    let result = match errors.iter().any(|error| error.column.is_empty()) {
        true => Err(errors),
        false => match order::read(&root, None, context) {
            Ok(reading) if errors.is_empty() => Ok(reading),
            Ok(_) => Err(errors),
            Err(more) => Err(errors.into_iter().chain(more).collect()),
        },
    };
    Row { number, id, cells: shown, result }
}

/// The value of a cell for its column; an error is told once, and leaves [`Value::Broken`].
fn value(cell: CellValue, column: &header::Column, errors: &mut Vec<FieldError>) -> Option<Value> {
    let mut wrong = |message: String, help: &str| {
        let help = Some(help.to_owned());
        errors.push(FieldError { column: column.label.to_string(), position: None, message, help });
        Some(Value::Broken)
    };
    match cell {
        CellValue::Empty => None,
        CellValue::Value(Value::Text(text)) if text.trim().is_empty() => None,
        CellValue::Value(value) => Some(value),
        CellValue::Wrong { message, help } => wrong(message, help),
        CellValue::Scientific(number) if column.is_code => wrong(
            format!("the cell holds the number {number:e}, not the code of an entry"),
            "a spreadsheet makes that of codes with an E between digits: format the column as text and write the code again",
        ),
        CellValue::Scientific(number) => Some(Value::Number(number, number.to_string())),
        // A number that is a year is one, and one of eight digits is a day already: year, month, day.
        CellValue::Serial { number, from_1904 }
            if column.is_date
                && number < 1e7
                && !(column.is_birth_date && (1900.0..=2200.0).contains(&number)) =>
        {
            let date = crate::scalar::serial_date(number, from_1904).map(Value::Date);
            date.or_else(|| {
                wrong(format!("{number} is no day of a spreadsheet"), "write the date as YYYY-MM-DD")
            })
        }
        CellValue::Serial { number, .. } => Some(Value::Number(number, number.to_string())),
    }
}

/// A cell that stands in no column.
fn stray(place: usize, cell: &Cell, errors: &mut Vec<FieldError>) {
    let empty = matches!(cell.value, CellValue::Empty) || cell.shown.trim().is_empty();
    if !empty && !errors.iter().any(|error| error.column.is_empty()) {
        errors.push(FieldError {
            column: String::new(),
            position: None,
            message: format!(
                "cell {} stands in column {}, which has no header",
                crate::node::quoted(&cell.shown),
                place + 1
            ),
            help: Some(
                "give the column a header, or put a text that holds the separator in quotation marks"
                    .to_owned(),
            ),
        });
    }
}

/// Puts every table into the one that it belongs to.
fn assemble(header: &Header, mut tables: Vec<Vec<Field>>) -> Node {
    // INVARIANT: an element stands behind its parent, so that from the end every table is whole when it is moved.
    for (place, element) in header.elements.iter().enumerate().skip(1).rev() {
        let Some(mut fields) = tables.get_mut(place).map(std::mem::take).filter(|fields| !fields.is_empty())
        else {
            continue;
        };
        if let Some(role) = element.role {
            let label: Arc<str> = element.label.clone();
            let node = Node { label, at: None, value: Value::Text(role.as_str().to_owned()) };
            fields.push(Field { key: "role".into(), at: None, node });
        }
        let node = Node { label: element.label.clone(), at: None, value: Value::Table(fields) };
        if let Some(parent) = tables.get_mut(element.parent) {
            insert(parent, element.list, node);
        }
    }
    Node { label: "".into(), at: None, value: Value::Table(tables.into_iter().next().unwrap_or_default()) }
}

/// Puts an element before those of the same list that stand there already.
fn insert(parent: &mut Vec<Field>, list: &'static str, element: Node) {
    match parent.iter_mut().find(|field| field.key.as_ref() == list).map(|field| &mut field.node.value) {
        Some(Value::List(nodes)) => nodes.insert(0, element),
        _ => {
            let node = Node { label: list.into(), at: None, value: Value::List(vec![element]) };
            parent.push(Field { key: list.into(), at: None, node });
        }
    }
}

impl header::Column {
    /// Puts a value where the header says.
    fn put(&self, table: &mut Vec<Field>, value: Value) {
        let field = |key: &Arc<str>| Field {
            key: key.clone(),
            at: None,
            node: Node { label: self.label.clone(), at: None, value: value.clone() },
        };
        let Some(inner) = &self.inner else {
            return table.push(field(&self.key));
        };
        let found = table.iter_mut().find(|field| field.key == self.key).map(|field| &mut field.node.value);
        match found {
            Some(Value::Table(fields)) => fields.push(field(inner)),
            _ => {
                let label = child(self.outer.as_ref(), &self.key);
                let node = Node { label, at: None, value: Value::Table(vec![field(inner)]) };
                table.push(Field { key: self.key.clone(), at: None, node });
            }
        }
    }
}
