use super::fields::{Presence, fields};

#[test]
fn the_file_of_fields_is_whole() {
    let fields = fields();
    assert!(fields.field.len() > 20);
    for field in &fields.field {
        assert!(["order", "item", "party", "owner"].contains(&field.table.as_str()), "{field:?}");
        assert!(!field.en.is_empty() && !field.ar.is_empty() && !field.example.is_empty(), "{field:?}");
    }
    assert!(fields.field.iter().any(|field| field.form == Presence::Needed));
    for table in ["item", "item_facts", "party", "party_facts", "owner", "facts"] {
        assert!(fields.tables.contains_key(table), "{table}");
    }
}
