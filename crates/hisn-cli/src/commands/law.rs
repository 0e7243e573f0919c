//! `hisn law`: what people who write law need.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use hisn_law::{Law, PackSource};
use jiff::civil::Date;

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
        writeln!(out, "{}: {rules} rules, {entries} control entries, {controls} controls: no errors", pack.name())?;
    }
    Ok(Exit::Clear)
}

/// The packs of folders together with those that they use, or the packs of the program.
pub fn load(folders: &[PathBuf], given: &[PathBuf]) -> Result<Law, Failure> {
    let mut sources: Vec<PackSource> = packs::read(given)?;
    sources.extend(packs::read(folders)?);
    hisn_assess::law_with(sources).map_err(|errors| Failure::new(errors.to_string()))
}

fn format(paths: &[PathBuf], check: bool) -> Result<Exit, Failure> {
    let mut files = Vec::new();
    for path in paths {
        collect_law_files(path, &mut files)?;
    }
    let mut changed = 0;
    for path in &files {
        let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
        let laid_out = hisn_law::format(&path.display().to_string(), &text).map_err(|error| Failure::new(error.to_string()))?;
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
        let mut inner: Vec<PathBuf> = read.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
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

/// The day on the clock of the machine: the only place where the program looks at it.
pub fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}
