//! `hisn assess`: orders in, assessments out.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use hisn_assess::{Assessment, Assessor, ScreeningStatus, order_vocabulary};
use hisn_law::Outcome;
use hisn_orders::{Context, Form, Orders, Reading, RejectedWriter, Row, csv_rows, form_of, read_any};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::engine::{self, KnownCountries, today};
use crate::exit::{Exit, Failure};
use crate::report::{self, Lang};

/// How many rows are worked on at a time: enough for every core, few enough to keep memory flat.
const CHUNK: usize = 1024;
/// How much of a file is looked at to tell its form.
const HEAD: usize = 64 * 1024;

/// Assess orders.
#[derive(clap::Args)]
pub struct Assess {
    /// Orders: TOML, JSON, CSV or XLSX
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Answer under the law of this day, whatever date the orders have
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The language of human and html output
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Show also what does not bear on the decision
    #[arg(long)]
    all: bool,
    /// Write to this file instead of the terminal
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Where rejected rows are written (default: beside the input, as INPUT.rejected.csv)
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,
    /// Screen against this snapshot instead of the lists that the program carries
    #[arg(long, value_name = "SNAPSHOT")]
    lists: Option<PathBuf>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A short decision, the reasons, the questions, the evidence
    #[default]
    Human,
    /// One JSON object; JSON lines for several orders
    Json,
    /// A page
    Html,
}

pub fn run(command: &Assess, packs: &[PathBuf]) -> Result<Exit, Failure> {
    let law = engine::law(packs)?;
    let lists = engine::lists(command.lists.as_deref())?;
    let vocabulary = order_vocabulary(&law);
    let context = Context { vocabulary: &vocabulary, countries: &KnownCountries };
    let assessor = Assessor::new(&law, &lists);
    let out: Box<dyn Write> = match &command.output {
        Some(path) => Box::new(File::create(path).map_err(|error| Failure::file(path, &error))?),
        None => Box::new(io::stdout().lock()),
    };
    let colour =
        command.output.is_none() && io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let today = today();
    let worker = Worker { command, assessor, today, colour };
    let mut batch = Batch { worker, out: BufWriter::new(out), exit: Exit::Clear, printed: 0 };
    if command.format == Format::Html {
        batch.out.write_all(report::page_start(command.lang).as_bytes())?;
    }
    for path in &command.files {
        match batch.file(path, &context) {
            Ok(()) => {}
            // One file that cannot be read is no reason to keep the answers of the others.
            Err(Failure::Message(message)) => {
                eprintln!("{}", message.trim_end());
                batch.exit = Exit::Usage;
            }
            Err(closed) => return Err(closed),
        }
    }
    if command.format == Format::Html {
        batch.out.write_all(report::PAGE_END.as_bytes())?;
    }
    batch.out.flush()?;
    Ok(batch.exit)
}

/// The orders of a command, on their way to one output.
struct Batch<'a> {
    worker: Worker<'a>,
    out: BufWriter<Box<dyn Write>>,
    exit: Exit,
    printed: usize,
}

/// What answers and prints one order; every core has a share in it.
struct Worker<'a> {
    command: &'a Assess,
    assessor: Assessor<'a>,
    today: Date,
    colour: bool,
}

/// What became of a row.
enum Done {
    Answered { text: String, exit: Exit },
    Rejected(Box<Row>),
}

impl Batch<'_> {
    fn file<'c>(&mut self, path: &Path, context: &Context<'c>) -> Result<(), Failure> {
        let name = path.display().to_string();
        let unreadable = |error: io::Error| Failure::file(path, &error);
        let mut head = vec![0; HEAD];
        let mut file = File::open(path).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        let read = io::Read::read(&mut file, &mut head).map_err(unreadable)?;
        head.truncate(read);
        let wrong = |error: hisn_orders::OrderErrors| Failure::new(error.to_string());
        // A CSV may be of any length, so it is read row by row; the other forms are read whole.
        if form_of(&name, &head).map_err(wrong)? == Form::Csv {
            let progress = progress(size);
            let file = File::open(path).map_err(unreadable)?;
            let orders =
                csv_rows(&name, progress.wrap_read(io::BufReader::new(file)), context).map_err(wrong)?;
            let done = self.rows(path, orders, None);
            progress.finish_and_clear();
            done
        } else {
            let bytes = fs::read(path).map_err(unreadable)?;
            let orders = read_any(&name, &bytes, context).map_err(wrong)?;
            let progress = progress(0);
            let done = self.rows(path, orders, Some(&progress));
            progress.finish_and_clear();
            done
        }
    }

    fn rows(
        &mut self,
        path: &Path,
        mut orders: Orders<'_>,
        progress: Option<&ProgressBar>,
    ) -> Result<(), Failure> {
        let form = orders.form;
        let headers = orders.headers.clone();
        let mut rejected: Option<RejectedWriter<BufWriter<File>>> = None;
        let mut count = 0usize;
        let mut first = orders.by_ref().take(2).collect::<Vec<_>>();
        // A table is a batch even with one row; a form that holds one order is that order, unless machines read several.
        let one_answer = self.worker.command.files.len() == 1 || self.worker.command.format == Format::Human;
        let alone = first.len() == 1 && matches!(form, Form::Toml | Form::Json) && one_answer;
        loop {
            let chunk: Vec<Row> =
                std::mem::take(&mut first).into_iter().chain(orders.by_ref().take(CHUNK)).collect();
            if chunk.is_empty() {
                break;
            }
            let done: Vec<Done> = {
                let worker = &self.worker;
                chunk.into_par_iter().map(|row| worker.row(row, alone)).collect()
            };
            for done in done {
                match done {
                    Done::Answered { text, exit } => {
                        if self.printed > 0 && self.worker.command.format == Format::Human && alone {
                            self.out.write_all(b"\n")?;
                        }
                        self.out.write_all(text.as_bytes())?;
                        self.exit = self.exit.max(exit);
                        self.printed += 1;
                    }
                    Done::Rejected(row) => {
                        self.exit = Exit::Usage;
                        row.messages(&path.display().to_string())
                            .iter()
                            .for_each(|message| eprintln!("{message}"));
                        let writer = match &mut rejected {
                            Some(writer) => writer,
                            none => none.insert(self.rejected_file(path, &headers)?),
                        };
                        writer.write(&row)?;
                    }
                }
                count += 1;
                if let Some(progress) = progress {
                    progress.set_message(format!("{count} orders"));
                }
            }
        }
        if let Some(writer) = rejected {
            writer.finish()?;
            eprintln!("rejected rows: {}", self.rejected_path(path).display());
        }
        if count == 0 {
            return Err(Failure::new(format!(
                "{}: no order in it\nhelp: write a form with `hisn template orders.csv`",
                path.display()
            )));
        }
        Ok(())
    }

    fn rejected_path(&self, path: &Path) -> PathBuf {
        self.worker.command.rejected.clone().unwrap_or_else(|| {
            let mut name = path.file_name().unwrap_or_default().to_os_string();
            name.push(".rejected.csv");
            path.with_file_name(name)
        })
    }

    fn rejected_file(
        &self,
        path: &Path,
        headers: &[String],
    ) -> Result<RejectedWriter<BufWriter<File>>, Failure> {
        let to = self.rejected_path(path);
        let file = File::create(&to).map_err(|error| Failure::file(&to, &error))?;
        Ok(RejectedWriter::new(BufWriter::new(file), headers)?)
    }
}

impl Worker<'_> {
    fn row(&self, row: Row, alone: bool) -> Done {
        let Ok(Reading { transaction, warnings }) = &row.result else { return Done::Rejected(Box::new(row)) };
        let mut transaction = transaction.clone();
        if self.command.as_of.is_some() {
            transaction.date = self.command.as_of;
        }
        let mut assessment = self.assessor.assess(&transaction, self.today);
        if !warnings.is_empty() {
            assessment = assessment.with_warnings(warnings.iter().map(ToString::to_string));
        }
        assessment.row = (!alone).then_some(row.number);
        let exit = exit_of(&assessment);
        Done::Answered { text: self.print(&assessment, alone), exit }
    }

    fn print(&self, assessment: &Assessment, alone: bool) -> String {
        let command = self.command;
        match command.format {
            Format::Json if alone => serde_json::to_string_pretty(assessment).unwrap_or_default() + "\n",
            Format::Json => serde_json::to_string(assessment).unwrap_or_default() + "\n",
            Format::Html => {
                report::html(&report::report(assessment, self.assessor.law(), command.lang, command.all))
            }
            Format::Human if alone => report::text(
                &report::report(assessment, self.assessor.law(), command.lang, command.all),
                self.colour,
            ),
            Format::Human => {
                let summary = command.lang.pick(&assessment.summary, Some(&assessment.summary_ar));
                format!("{:>6}  {}  {summary}\n", assessment.row.unwrap_or_default(), assessment.id)
            }
        }
    }
}

/// The status for one assessment. What is blocked is blocked on old lists too; what would go is held until they are new.
fn exit_of(assessment: &Assessment) -> Exit {
    let matched = assessment
        .screening
        .iter()
        .any(|party| matches!(party.status, ScreeningStatus::PossibleMatch | ScreeningStatus::TrueMatch));
    match assessment.outcome {
        Outcome::LicenseRequired | Outcome::Prohibited => Exit::Blocked,
        _ if assessment.stale => Exit::Stale,
        Outcome::NeedsInformation => Exit::Review,
        _ if matched => Exit::Review,
        _ => Exit::Clear,
    }
}

/// A bar over the bytes of a file, on terminals only.
pub(super) fn progress(bytes: u64) -> ProgressBar {
    let target =
        if io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let (bar, style) = match bytes {
        0 => (ProgressBar::new_spinner(), ProgressStyle::with_template("{spinner} {msg}")),
        bytes => (
            ProgressBar::new(bytes),
            ProgressStyle::with_template("{bar:40} {percent}% of {total_bytes}, {eta} left"),
        ),
    };
    bar.set_draw_target(target);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
