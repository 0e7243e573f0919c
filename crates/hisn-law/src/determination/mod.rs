//! The answer of one pack for one case.

mod explanation;
mod write;

use serde::{Deserialize, Serialize};

use crate::Truth;

pub(crate) use write::write;

/// What may be done, from the freest to the strictest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The law does not reach the order.
    NotSubject,
    /// It does, and asks for no license.
    NoLicenseRequired,
    /// It asks for one, and an exception stands in for it.
    LicenseException,
    /// Something missing decides.
    NeedsInformation,
    /// A license is needed.
    LicenseRequired,
    /// It may not be done.
    Prohibited,
}

/// What a pack says of one item of an order.
#[derive(Clone, Debug, Serialize)]
pub struct Determination {
    /// The pack.
    pub jurisdiction: String,
    /// Whether its law reaches the order.
    pub applies: bool,
    /// The outcome.
    pub outcome: Outcome,
    /// How an application would be decided: the strictest policy of what is required.
    pub review_policy: Option<String>,
    /// Whether human rights are a part of the review.
    pub human_rights_review: bool,
    /// What brings the order under the law, or keeps it out.
    pub scope: Vec<Scope>,
    /// What is required, and what lifts it.
    pub requirements: Vec<Requirement>,
    /// Exceptions that were looked at.
    pub exceptions: Vec<Exception>,
    /// What must be done.
    pub obligations: Vec<Obligation>,
    /// What is missing and can change the outcome.
    pub unknowns: Vec<Unknown>,
    /// Notes for a lawyer.
    pub counsel: Vec<Counsel>,
    /// The rules that bore on it, limb by limb.
    pub explanation: Vec<Explained>,
    /// Red flags; an assessment shows those of all packs together.
    #[serde(skip)]
    pub flags: Vec<Flag>,
    /// What the reader must know of the law's own state.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

impl Determination {
    /// Says which item the answer is about, for an order of several.
    pub fn label(&mut self, item: &str) {
        let label = || Some(item.to_owned());
        self.requirements.iter_mut().for_each(|requirement| requirement.item = label());
        self.exceptions.iter_mut().for_each(|exception| exception.item = label());
        self.unknowns.iter_mut().for_each(|unknown| unknown.item = label());
        self.explanation.iter_mut().for_each(|explained| explained.item = label());
    }
}

/// Why an order is under a law, or is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// The rule.
    pub rule: String,
    /// Whether it brings the order in (or keeps it out).
    pub subject: bool,
    /// Whether it holds.
    pub truth: Truth,
    /// Where it stands.
    pub citation: String,
}

/// One requirement or prohibition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Requirement {
    /// The item that it is about, in an order of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The rule.
    pub rule: String,
    /// The reason for control.
    pub reason: String,
    /// In words.
    pub title: String,
    /// In Arabic words.
    pub title_ar: Option<String>,
    /// Where it stands, with the notice of a listing.
    pub citation: String,
    /// The party, list entry or row that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Unknown where a missing fact decides.
    pub truth: Truth,
    /// Whether it forbids instead of asking for a license.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub prohibits: bool,
    /// The review policy.
    pub policy: Option<String>,
    /// The exception that lifts it.
    pub lifted_by: Option<String>,
}

/// One exception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exception {
    /// The item that it is about, in an order of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The rule.
    pub rule: String,
    /// In words.
    pub title: String,
    /// In Arabic words.
    pub title_ar: Option<String>,
    /// Whether it may be used.
    pub available: bool,
    /// Unknown where a missing fact decides whether it may be used.
    pub truth: Truth,
    /// The paragraphs that close it, or that open it.
    pub because: Option<String>,
    /// Where it stands.
    pub citation: String,
}

/// Something that must be done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Obligation {
    /// The rule.
    pub rule: String,
    /// What.
    pub text: String,
    /// In Arabic.
    pub text_ar: Option<String>,
    /// Where it stands.
    pub citation: String,
}

/// Something missing that can change the outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unknown {
    /// The item that it is about, in an order of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The fact, as a transaction names it.
    pub fact: String,
    /// The question.
    pub question: String,
    /// In Arabic.
    pub question_ar: Option<String>,
    /// The answers that it may have, where they are few.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
    /// The rules that it decides.
    pub matters_for: Vec<String>,
}

/// A note for a lawyer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counsel {
    /// The rule.
    pub rule: String,
    /// The note.
    pub text: String,
    /// In Arabic.
    pub text_ar: Option<String>,
}

/// A red flag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// Its name.
    pub flag: String,
    /// In words.
    pub text: String,
    /// In Arabic.
    pub text_ar: Option<String>,
    /// The party or list entry that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Where it stands.
    pub citation: String,
    /// The rule.
    pub rule: String,
}

/// A rule that bore on the answer.
#[derive(Clone, Debug, Serialize)]
pub struct Explained {
    /// The item that it is about, in an order of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The rule.
    pub rule: String,
    /// The party, list entry or row that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Whether it holds.
    pub truth: Truth,
    /// Its conditions.
    pub limbs: Vec<ExplainedLimb>,
}

/// A condition of a rule.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedLimb {
    /// `when`, `allows`, `requires`, `unless` or `except`.
    pub kind: &'static str,
    /// The paragraph.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// As the law file writes it.
    pub text: String,
    /// Whether it holds.
    pub truth: Truth,
    /// The facts that were read.
    pub facts: Vec<Read>,
}

/// A fact as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Read {
    /// The fact.
    pub fact: String,
    /// Its value, or `unknown`.
    pub value: String,
}
