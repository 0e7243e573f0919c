//! A rule as it stands on a day, for `hisn law show`.

use std::fmt::Write;

use jiff::civil::Date;

use crate::model::{Pack, Rule};

/// The text of a rule and how it stands on `day`: one paragraph a version, the version of the day first.
pub fn show_rule(pack: &Pack, name: &str, day: Date) -> Option<String> {
    let mut versions: Vec<&Rule> =
        pack.rules.iter().filter(|rule| rule.name == name || rule.id == name).collect();
    versions.sort_by_key(|rule| rule.state(day).is_none());
    if versions.is_empty() {
        return None;
    }
    let mut out = String::new();
    for rule in versions {
        let state = match rule.state(day) {
            Some(state) => {
                let period = state.state.map(|state| format!(", {}", state.period)).unwrap_or_default();
                format!("{} on {day}{period}", state.kind.word())
            }
            None => format!("not in force on {day}"),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(out, "# {}: {state}", rule.id);
        let _ = writeln!(out, "# {}:{}", rule.file, rule.line);
        let _ = writeln!(out, "{}\n", rule.source);
    }
    Some(out)
}
