//! `hisn law`: what people who write law need.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use hisn_assess::{Assessor, Scenario, order_vocabulary};
use hisn_law::{Coverage, Evaluator, Law, Pack};
use hisn_orders::{Context, read_toml};
use jiff::civil::Date;

use crate::engine::{self, KnownCountries, today};
use crate::exit::{Exit, Failure};
use crate::packs;

/// Commands about law packs.
#[derive(clap::Subcommand)]
pub enum LawCommand {
    /// Check packs: names, types, periods, citations, codes; prints every error with its place
    Check {
        /// Folders of packs; the packs of the program when none is given
        folders: Vec<PathBuf>,
    },
    /// Run the scenarios of packs; says which rules and limbs no scenario shows true and false
    Test {
        /// Folders of packs; the packs of the program when none is given
        folders: Vec<PathBuf>,
        /// Name every rule and limb that is not shown
        #[arg(long)]
        missing: bool,
    },
    /// Lay out law files uniformly
    Fmt {
        /// Files or folders
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Only say which files would change; exit status 10 if any would
        #[arg(long)]
        check: bool,
    },
    /// Show a rule as it stands on a day, for example us/ace
    Show {
        /// The rule, with its pack: us/ace
        rule: String,
        /// The day (default: today)
        #[arg(long, value_name = "DATE")]
        as_of: Option<Date>,
    },
}

pub fn run(command: LawCommand, given: &[PathBuf]) -> Result<Exit, Failure> {
    match command {
        LawCommand::Check { folders } => check(&folders, given),
        LawCommand::Test { folders, missing } => test(&folders, given, missing),
        LawCommand::Fmt { paths, check } => format(&paths, check),
        LawCommand::Show { rule, as_of } => show(&rule, as_of, given),
    }
}

fn check(folders: &[PathBuf], given: &[PathBuf]) -> Result<Exit, Failure> {
    let law = load(folders, given)?;
    let mut out = std::io::stdout().lock();
    for pack in law.packs() {
        let entries = pack.entries().count();
        let (rules, controls) = (pack.rules().len(), pack.controls().count());
        writeln!(
            out,
            "{}: {rules} rules, {entries} control entries, {controls} controls: no errors",
            pack.name()
        )?;
    }
    Ok(Exit::Clear)
}

/// The packs of folders together with those that they use, or the packs of the program.
fn load(folders: &[PathBuf], given: &[PathBuf]) -> Result<Law, Failure> {
    engine::law(&[given, folders].concat())
}

/// Runs the scenarios of packs and says what they do not show.
fn test(folders: &[PathBuf], given: &[PathBuf], missing: bool) -> Result<Exit, Failure> {
    let sources = if folders.is_empty() { hisn_assess::bundled_packs() } else { packs::read(folders)? };
    let law = load(folders, given)?;
    let lists = hisn_assess::Lists::new(engine::bundled()?);
    let assessor = Assessor::new(&law, &lists);
    let vocabulary = order_vocabulary(&law);
    let context = Context { vocabulary: &vocabulary, countries: &KnownCountries };
    let mut out = std::io::stdout().lock();
    let mut all_good = true;
    for source in &sources {
        let manifest = source.manifest().map_err(|error| Failure::new(error.to_string()))?;
        let Some(pack) = law.pack(&manifest.name) else { continue };
        let mut coverage = Coverage::of(pack);
        let (mut passed, mut failed) = (0, 0);
        for (name, text) in source.ending(".toml").filter(|(name, _)| name.contains("/scenarios/")) {
            match scenario(&assessor, pack, &context, &name, text, &mut coverage) {
                Ok(failures) if failures.is_empty() => passed += 1,
                Ok(failures) => {
                    failed += 1;
                    writeln!(out, "{name}: {}", failures.join("; "))?;
                }
                Err(error) => {
                    failed += 1;
                    writeln!(out, "{error}")?;
                }
            }
        }
        all_good &= failed == 0;
        let (rules, rule_count) = coverage.rules_not_seen(pack);
        let (limbs, limb_count) = coverage.limbs_not_seen(pack);
        if missing {
            rules.iter().try_for_each(|rule| writeln!(out, "{rule}: no scenario shows it"))?;
            for limb in &limbs {
                let side = match (limb.seen_true, limb.seen_false) {
                    (false, false) => "true or false",
                    (false, true) => "true",
                    _ => "false",
                };
                writeln!(out, "{} {}: no scenario shows it {side}: {}", limb.rule, limb.label, limb.text)?;
            }
        }
        let (rules, limbs) = (rule_count - rules.len(), limb_count - limbs.len());
        writeln!(
            out,
            "{}: {passed} scenarios passed, {failed} failed; rules shown {rules} of {rule_count} ({}), limbs shown both ways {limbs} of {limb_count} ({})",
            pack.name(),
            percent(rules, rule_count),
            percent(limbs, limb_count),
        )?;
    }
    Ok(if all_good { Exit::Clear } else { Exit::Review })
}

fn percent(part: usize, of: usize) -> String {
    if of == 0 { "-".to_owned() } else { format!("{:.1} %", 100.0 * part as f64 / of as f64) }
}

fn scenario<'a>(
    assessor: &Assessor<'a>,
    pack: &'a Pack,
    context: &Context<'_>,
    name: &str,
    text: &str,
    coverage: &mut Coverage,
) -> Result<Vec<String>, Failure> {
    let scenario = Scenario::parse(text).map_err(|error| Failure::new(format!("{name}: {error}")))?;
    let order = read_toml(name, text.as_bytes(), context)
        .map_err(|error| Failure::new(error.to_string()))?
        .transaction;
    let today = today();
    for case in assessor.cases(&order, today) {
        Evaluator::new(assessor.law()).cover(pack, &case, coverage);
    }
    Ok(scenario.failures(pack.name(), &assessor.assess(&order, today)))
}

fn format(paths: &[PathBuf], check: bool) -> Result<Exit, Failure> {
    let mut files = Vec::new();
    for path in paths {
        collect_law_files(path, &mut files)?;
    }
    let mut changed = 0;
    for path in &files {
        let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
        let laid_out = hisn_law::format(&path.display().to_string(), &text)
            .map_err(|error| Failure::new(error.to_string()))?;
        if laid_out != text {
            changed += 1;
            println!("{}", path.display());
            if !check {
                fs::write(path, laid_out).map_err(|error| Failure::file(path, &error))?;
            }
        }
    }
    Ok(if check && changed > 0 { Exit::Review } else { Exit::Clear })
}

fn collect_law_files(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if path.is_dir() {
        let read = fs::read_dir(path).map_err(|error| Failure::file(path, &error))?;
        let mut inner: Vec<PathBuf> =
            read.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        inner.sort();
        inner.retain(|path| path.is_dir() || path.extension().is_some_and(|ending| ending == "law"));
        return inner.iter().try_for_each(|path| collect_law_files(path, files));
    }
    files.push(path.to_owned());
    Ok(())
}

fn show(rule: &str, as_of: Option<Date>, given: &[PathBuf]) -> Result<Exit, Failure> {
    let law = load(&[], given)?;
    let day = as_of.unwrap_or_else(today);
    let (pack, name) = rule.split_once('/').unwrap_or(("", rule));
    let packs = law.packs().filter(|of| pack.is_empty() || of.name() == pack);
    let texts: Vec<String> = packs.filter_map(|pack| hisn_law::show_rule(pack, name, day)).collect();
    if texts.is_empty() {
        let ids: Vec<&str> = law.packs().flat_map(|pack| pack.rules()).map(|rule| rule.id()).collect();
        let help = match hisn_law::nearest(rule, ids.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => "name it with its pack, as us/ace".to_owned(),
        };
        return Err(Failure::new(format!("no rule is called {rule}\nhelp: {help}")));
    }
    let mut out = std::io::stdout().lock();
    for text in texts {
        write!(out, "{text}")?;
    }
    Ok(Exit::Clear)
}
