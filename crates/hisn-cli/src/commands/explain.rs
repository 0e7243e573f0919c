//! `hisn explain`: a control entry in the packs that know it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use hisn_law::{Code, EntryStatus, Pack, Period, Truth};
use jiff::civil::Date;

use crate::engine::{self, today};
use crate::exit::{Exit, Failure};

/// Explain an entry.
#[derive(clap::Args)]
pub struct Explain {
    /// The entry, with or without paragraphs: 5A001 or 5A001.j
    code: String,
    /// The day (default: today)
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

pub fn run(command: &Explain, packs: &[PathBuf]) -> Result<Exit, Failure> {
    let law = engine::law(packs)?;
    let day = command.as_of.unwrap_or_else(today);
    let code = Code::parse(&command.code).ok_or_else(|| {
        Failure::new(format!(
            "{} is no control entry\nhelp: write the entry, then its paragraphs with dots between them",
            command.code
        ))
    })?;
    let mut out = std::io::stdout().lock();
    let mut known = false;
    for pack in law.packs().filter(|pack| pack.status(&code, day) != EntryStatus::Unknown) {
        known = true;
        explain(pack, &code, day, &mut out)?;
    }
    if known {
        return Ok(Exit::Clear);
    }
    let entries: Vec<&str> = law.packs().flat_map(Pack::entries).collect();
    let help = match hisn_law::nearest(code.entry(), entries) {
        Some(near) => format!("did you mean {near}?"),
        None => "the control lists of the packs are in law/*/tables/entries.csv".to_owned(),
    };
    Err(Failure::new(format!("{code} is in no control list\nhelp: {help}")))
}

fn explain(pack: &Pack, code: &Code, day: Date, out: &mut impl Write) -> Result<(), Failure> {
    let title = pack.manifest().title.get("en").map_or(pack.name(), String::as_str);
    let status = match pack.status(code, day) {
        EntryStatus::NotInForce(instead) => {
            let look: Vec<String> = instead.iter().map(ToString::to_string).collect();
            let look = if look.is_empty() { String::new() } else { format!("; look at {}", look.join(", ")) };
            format!("not in force on {day}{look}")
        }
        _ => format!("in force on {day}"),
    };
    writeln!(out, "{code}, {title}: {status}")?;
    for row in pack.entry(code.entry()).iter().filter(|row| related(&row.code, code)) {
        writeln!(out, "  {}  {} ({}; {})", row.code, row.heading, dates(row.period), row.cite)?;
    }
    writeln!(out, "Controls")?;
    for control in pack.controls().filter(|control| control.pattern.entry.entry() == code.entry()) {
        let pattern = &control.pattern;
        if !pattern.period.contains(day) || pattern.covers(code, &pattern.fors).is_false() {
            continue;
        }
        let list = |word: &str, codes: &[Code]| {
            let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
            if codes.is_empty() { String::new() } else { format!(" {word} {}", codes.join(", ")) }
        };
        let parts =
            list("in", &pattern.paragraphs) + &list("except", &pattern.except) + &list("for", &pattern.fors);
        let condition =
            if control.condition.is_empty() { String::new() } else { format!(": {}", control.condition) };
        writeln!(
            out,
            "  {} to {}{parts}{condition} ({}; {})",
            control.reason,
            control.places,
            control.section,
            dates(pattern.period)
        )?;
    }
    let mut sets: BTreeMap<&str, Truth> = BTreeMap::new();
    for (set, truth) in pack.sets_of(code, day) {
        let known = sets.entry(set).or_insert(truth);
        *known = (*known).max(truth);
    }
    if !sets.is_empty() {
        writeln!(out, "Named by the rules in")?;
        for (set, truth) in sets {
            let part = if truth.is_true() { "" } else { " (in part, or depending on what it is for)" };
            writeln!(out, "  {set}{part}")?;
        }
    }
    writeln!(out, "Exceptions for its reasons, under their own conditions and restrictions")?;
    for rule in pack.exceptions_for(code, day) {
        writeln!(out, "  {}", rule)?;
    }
    Ok(())
}

fn related(row: &Code, code: &Code) -> bool {
    !row.is_in(code).is_false() || !code.is_in(row).is_false()
}

fn dates(period: Period) -> String {
    match (period.from, period.to) {
        (None, None) => "no dates".to_owned(),
        _ => period.to_string(),
    }
}
