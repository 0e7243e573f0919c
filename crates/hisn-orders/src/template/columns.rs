//! The form as a table: its columns, and the one in CSV.

use std::collections::BTreeMap;

use super::fields::{self, Field, Presence};
use crate::rows::rejected::guarded;
use crate::transaction::Role;
use crate::vocabulary::{FactSpec, Vocabulary};

/// One column of the form.
pub(super) struct Column {
    pub(super) header: String,
    pub(super) field: Field,
    /// What the example row holds.
    pub(super) example: Option<String>,
}

/// The roles that the form has columns for. Every other has columns of the same names.
const ROLES: [Role; 4] =
    [Role::EndUser, Role::UltimateConsignee, Role::IntermediateConsignee, Role::Purchaser];
/// The fields of the parties beside the end user.
const SHORT: [&str; 3] = ["name", "country", "kind"];

/// The columns of the form, what most orders need first.
pub(super) fn columns(vocabulary: &Vocabulary) -> Vec<Column> {
    let fields = fields::fields();
    let mut columns = Vec::new();
    let mut add = |prefix: &str, field: &Field, shown: bool| {
        let example = field.example(vocabulary).filter(|_| shown);
        if field.example(vocabulary).is_some() {
            columns.push(Column { header: format!("{prefix}{}", field.key), field: field.clone(), example });
        }
    };
    for field in fields.of("order") {
        add("", field, true);
    }
    for field in fields.of("item") {
        add("item.", field, true);
    }
    for role in ROLES {
        let prefix = format!("{}.", role.prefix());
        let main = role == Role::EndUser;
        for field in fields.of("party").filter(|field| field.key != "role") {
            let short = SHORT.contains(&field.key.as_str());
            if main {
                add(&prefix, field, field.form != Presence::Extra);
            } else if short {
                add(&prefix, &Field { form: Presence::Extra, ..field.clone() }, false);
            }
        }
        for field in fields.of("owner").filter(|_| main) {
            add(&format!("{prefix}owner1."), field, false);
        }
    }
    let end_user = format!("{}.facts.", Role::EndUser.prefix());
    let tables: [(&str, &BTreeMap<String, FactSpec>); 3] = [
        ("facts.", &vocabulary.facts),
        ("item.facts.", &vocabulary.item_facts),
        (&end_user, &vocabulary.party_facts),
    ];
    for (prefix, specs) in tables {
        for (name, spec) in specs {
            add(prefix, &fields::fact("facts", name, spec), false);
        }
    }
    columns
}

/// An order form as CSV: the header and an example row, with the mark that spreadsheets know UTF-8 by.
pub fn template_csv(vocabulary: &Vocabulary) -> String {
    let columns = columns(vocabulary);
    let mut csv = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = csv.write_record(columns.iter().map(|column| column.header.as_str()));
    let _ =
        csv.write_record(columns.iter().map(|column| guarded(column.example.as_deref().unwrap_or_default())));
    let bytes = csv.into_inner().unwrap_or_default();
    format!("\u{FEFF}{}", String::from_utf8_lossy(&bytes))
}
