//! The answer to an order, in the shape of the schema `hisn.assessment/1`.

use hisn_law::{Determination, Outcome};
use hisn_lists::Schema;
use serde::Serialize;

/// The schema of the JSON.
pub const SCHEMA: &str = "hisn.assessment/1";

/// What may be done with an order, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Assessment {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The row of a batch that the order stood in. Not a part of the digest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// The order's own id, or one made of its content.
    pub id: String,
    /// The day whose law answers.
    pub as_of: String,
    /// The strictest outcome of the jurisdictions that apply.
    pub outcome: Outcome,
    /// One sentence.
    pub summary: String,
    /// The same in Arabic.
    pub summary_ar: String,
    /// One answer a jurisdiction.
    pub jurisdictions: Vec<Determination>,
    /// What lists say of each party.
    pub screening: Vec<PartyScreening>,
    /// Red flags of all jurisdictions.
    pub red_flags: Vec<RedFlag>,
    /// What the answer rests on.
    pub evidence: Evidence,
    /// What the reader must know before relying on it.
    pub warnings: Vec<String>,
    /// Whether lists or law are older than they may be.
    #[serde(skip)]
    pub stale: bool,
}

/// A red flag, as the assessment shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RedFlag {
    /// Its name.
    pub flag: String,
    /// In words.
    pub text: String,
    /// In Arabic.
    pub text_ar: Option<String>,
    /// The party or entry that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Where it stands.
    pub citation: String,
}

/// What lists say of a party.
#[derive(Clone, Debug, Serialize)]
pub struct PartyScreening {
    /// Its name.
    pub party: String,
    /// Its role, or `owner of …`.
    pub role: String,
    /// Its place in the order: `end_user`, `end_user.owner[0]`.
    pub path: String,
    /// Whether anything is left to look at.
    pub status: ScreeningStatus,
    /// The matches, best first.
    pub matches: Vec<ScreeningMatch>,
}

/// The status of a screening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreeningStatus {
    /// Nothing found.
    Clear,
    /// Something found that nobody has decided on.
    PossibleMatch,
    /// Every match was decided: it is the listed party.
    TrueMatch,
    /// Every match was decided: it is somebody else.
    FalsePositive,
}

/// One list entry that a party may be.
#[derive(Clone, Debug, Serialize)]
pub struct ScreeningMatch {
    /// The entry.
    pub id: String,
    /// The list.
    pub source: String,
    /// What the entry is called.
    pub caption: String,
    /// What kind of party it is.
    pub schema: Schema,
    /// The name or alias that matched.
    pub matched_name: String,
    /// How alike the names are, from 0 to 1.
    pub score: f64,
    /// `strong` or `weak`.
    pub strength: &'static str,
    /// Why, in one sentence.
    pub because: String,
    /// The parts of the score.
    pub features: Vec<Feature>,
    /// What agrees, contradicts or is missing beside the name.
    pub corroboration: Corroboration,
    /// What the listing does.
    pub legal_effect: String,
    /// In Arabic.
    pub legal_effect_ar: Option<String>,
    /// The notice that listed it.
    pub citation: String,
    /// First day of the listing, if known.
    pub listed_from: Option<String>,
    /// Last day of the listing, if it has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed_to: Option<String>,
    /// In an assessment: whether it counts as listed although nobody has decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presumed: Option<bool>,
    /// What somebody decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposition: Option<Disposed>,
}

/// A decision on a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disposed {
    /// `true-match`, `false-positive`, `need-information` or `escalate`.
    pub decision: &'static str,
    /// Why.
    pub reason: Option<String>,
}

/// A part of a score.
#[derive(Clone, Debug, Serialize)]
pub struct Feature {
    /// What was compared.
    pub feature: String,
    /// How alike it is.
    pub score: f64,
}

/// Evidence beside the name.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Corroboration {
    /// Fields that agree.
    pub agree: Vec<String>,
    /// Fields that contradict.
    pub contradict: Vec<String>,
    /// Fields that one side does not have.
    pub missing: Vec<String>,
}

/// What an answer rests on.
#[derive(Clone, Debug, Serialize)]
pub struct Evidence {
    /// The program.
    pub engine: String,
    /// The lists.
    pub lists: Vec<ListEvidence>,
    /// The law.
    pub law: Vec<LawEvidence>,
    /// SHA-256 of the canonical assessment without this field and the signature.
    pub digest: String,
    /// A signature of the digest, where somebody signed it.
    pub signature: Option<String>,
}

/// A list as it was used.
#[derive(Clone, Debug, Serialize)]
pub struct ListEvidence {
    /// Which list.
    pub name: String,
    /// Its date.
    pub version: String,
    /// Of its entries in the snapshot.
    pub sha256: String,
    /// How many it has.
    pub entries: usize,
    /// How old it is on the day of the assessment.
    pub age_days: i64,
}

/// A law pack as it was used.
#[derive(Clone, Debug, Serialize)]
pub struct LawEvidence {
    /// The pack.
    pub pack: String,
    /// The day to which it was compared with the official text.
    pub version: String,
    /// Of its files.
    pub sha256: String,
}
