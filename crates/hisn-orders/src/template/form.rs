//! The form in TOML: every line explains itself, and the whole reads back as an order.

use std::collections::BTreeMap;

use super::Lang;
use super::fields::{self, Field, Kind, Presence};
use crate::vocabulary::{FactSpec, Vocabulary};

/// Lines are broken before this column.
const WIDTH: usize = 110;

/// An order form that explains itself in `lang`. As it is, it reads back as a valid order; so it does with any of the lines that
/// are commented out.
///
/// ```
/// use hisn_orders::{Lang, Vocabulary, template_toml};
/// assert!(template_toml(&Vocabulary::default(), Lang::En).contains("\n[[item]]\n"));
/// ```
pub fn template_toml(vocabulary: &Vocabulary, lang: Lang) -> String {
    let mut form = Form { text: String::new(), vocabulary, lang };
    form.explain(fields::fields().head.get(lang));
    form.text.push('\n');
    form.fields("order", "");
    form.table("item", "[[item]]");
    form.fields("item", "");
    form.facts("item_facts", "[item.facts]", &vocabulary.item_facts);
    form.table("party", "[[party]]");
    form.fields("party", "");
    form.facts("party_facts", "[party.facts]", &vocabulary.party_facts);
    form.table("owner", "#[[party.owner]]");
    form.fields("owner", "#");
    form.facts("facts", "[facts]", &vocabulary.facts);
    form.text
}

struct Form<'a> {
    text: String,
    vocabulary: &'a Vocabulary,
    lang: Lang,
}

impl Form<'_> {
    /// A table and what it is for.
    fn table(&mut self, name: &str, header: &str) {
        self.text.push('\n');
        self.explain(fields::fields().table(name, self.lang));
        self.text.push_str(header);
        self.text.push('\n');
    }

    fn fields(&mut self, table: &str, sign: &str) {
        for field in fields::fields().of(table) {
            self.field(field, sign);
        }
    }

    fn facts(&mut self, table: &str, header: &str, specs: &BTreeMap<String, FactSpec>) {
        if specs.is_empty() {
            return;
        }
        self.table(table, header);
        for (name, spec) in specs {
            self.field(&fields::fact(table, name, spec), "");
        }
    }

    fn field(&mut self, field: &Field, sign: &str) {
        let Some(example) = field.example(self.vocabulary) else { return };
        let words = field.words(self.vocabulary);
        let mut explanation = field.wording(self.lang).to_owned();
        if !words.is_empty() {
            explanation = format!("{explanation} {}", words.join(" | "));
        }
        if field.form == Presence::Needed {
            explanation = format!("{explanation} ({})", fields::fields().needed.get(self.lang));
        }
        self.explain(&explanation);
        let sign = if field.form == Presence::Extra { "#" } else { sign };
        let quoted = || toml::Value::String(example.clone()).to_string();
        let value = match field.kind {
            Kind::Number | Kind::YesNo => example.clone(),
            Kind::Texts | Kind::Words => format!("[{}]", quoted()),
            _ => quoted(),
        };
        self.text.push_str(&format!("{sign}{} = {value}\n", field.key));
    }

    /// Comment lines, broken between words.
    fn explain(&mut self, text: &str) {
        for paragraph in text.lines() {
            let mut line = String::new();
            for word in paragraph.split_whitespace() {
                if line.chars().count() + word.chars().count() + 3 > WIDTH {
                    self.text.push_str(&format!("#{line}\n"));
                    line.clear();
                }
                line.push(' ');
                line.push_str(word);
            }
            if !line.is_empty() {
                self.text.push_str(&format!("#{line}\n"));
            }
        }
    }
}
