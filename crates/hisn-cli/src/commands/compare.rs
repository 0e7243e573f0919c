//! `hisn compare`: two names side by side.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use hisn_names::{Kind, compare};
use serde::Serialize;

use crate::exit::{Exit, Failure};

/// Compare names.
#[derive(clap::Args)]
pub struct Compare {
    /// The one name
    #[arg(required_unless_present = "input")]
    a: Option<String>,
    /// The other name
    #[arg(requires = "a", required_unless_present = "input")]
    b: Option<String>,
    /// What bears the names
    #[arg(long, value_enum, default_value_t)]
    schema: Schema,
    /// Read pairs from a CSV with the columns name1, name2 and, if known, schema; prints JSON lines
    #[arg(long, value_name = "CSV", conflicts_with_all = ["a", "b"])]
    input: Option<PathBuf>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Schema {
    /// A person
    Person,
    /// A company, an organisation, a body of a state, or unknown
    #[default]
    Organization,
    /// A ship or an aircraft
    Vessel,
}

#[derive(Serialize)]
struct Pair<'a> {
    name1: &'a str,
    name2: &'a str,
    score: f64,
}

pub fn run(command: &Compare) -> Result<Exit, Failure> {
    let mut out = std::io::stdout().lock();
    if let Some(path) = &command.input {
        let file = File::open(path).map_err(|error| Failure::file(path, &error))?;
        let mut reader = csv::Reader::from_reader(file);
        let wrong = |error: csv::Error| Failure::new(format!("{}: {error}", path.display()));
        let headers = reader.headers().map_err(wrong)?.clone();
        let column = |name: &str| headers.iter().position(|header| header.trim() == name);
        let (Some(one), Some(two)) = (column("name1"), column("name2")) else {
            return Err(Failure::new(format!("{}: the columns name1 and name2 are needed", path.display())));
        };
        let schema = column("schema");
        for record in reader.records() {
            let record = record.map_err(wrong)?;
            let cell = |place: usize| record.get(place).unwrap_or("");
            let kind = schema.map_or(Kind::Organisation, |place| kind_of(cell(place)));
            let score = compare(cell(one), cell(two), kind).score;
            let pair = Pair { name1: cell(one), name2: cell(two), score };
            writeln!(out, "{}", serde_json::to_string(&pair).unwrap_or_default())?;
        }
        return Ok(Exit::Clear);
    }
    let (Some(a), Some(b)) = (&command.a, &command.b) else { return Ok(Exit::Usage) };
    let kind = match command.schema {
        Schema::Person => Kind::Person,
        Schema::Organization => Kind::Organisation,
        Schema::Vessel => Kind::Craft,
    };
    let answer = compare(a, b, kind);
    writeln!(out, "{:.3}  {a}  ~  {b}", answer.score)?;
    let (left, right) = (hisn_names::Name::new(a, kind), hisn_names::Name::new(b, kind));
    for pair in &answer.alignment.pairs {
        let words = |name: &hisn_names::Name, (at, count): (usize, usize)| {
            name.words
                .iter()
                .skip(at)
                .take(count)
                .map(|word| word.text.to_string())
                .collect::<Vec<_>>()
                .join(" ")
        };
        writeln!(out, "  {:.2}  {} = {}", pair.likeness, words(&left, pair.left), words(&right, pair.right))?;
    }
    Ok(Exit::Clear)
}

/// A schema in the words of FollowTheMoney as the kind of name that it bears.
fn kind_of(schema: &str) -> Kind {
    match schema.trim() {
        "Person" => Kind::Person,
        "Vessel" | "Airplane" => Kind::Craft,
        _ => Kind::Organisation,
    }
}
