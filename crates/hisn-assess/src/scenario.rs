//! Scenarios: an order with what the law must answer.

use serde::Deserialize;

use hisn_law::Outcome;

use crate::assessment::Assessment;

/// What a scenario expects; every field is optional.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expectation {
    /// The outcome.
    pub outcome: Option<Outcome>,
    /// That outcome or a stricter one.
    pub outcome_at_least: Option<Outcome>,
    /// Reasons that must be among the requirements.
    pub reasons: Vec<String>,
    /// An exception that must be available.
    pub exception: Option<String>,
    /// An exception that must be looked at and not be available.
    pub exception_denied: Option<String>,
    /// A paragraph that a requirement or an exception must name.
    pub because: Option<String>,
    /// The review policy.
    pub policy: Option<String>,
    /// Whether human rights are a part of the review.
    pub human_rights_review: Option<bool>,
    /// The caption of a match.
    pub listed: Option<String>,
    /// The citation of a match.
    pub citation: Option<String>,
    /// A red flag.
    pub red_flag: Option<String>,
    /// A fact that must be asked for.
    pub unknown: Option<String>,
    /// Whether lawyers can differ.
    pub contested: Option<bool>,
    /// Whether the state of a rule must be confirmed.
    pub needs_confirmation: Option<bool>,
    /// A paragraph that no requirement may name.
    pub us_requirement_absent: Option<String>,
    /// Whether a match must be shown.
    pub match_shown: Option<bool>,
}

/// A scenario file.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What must come out.
    pub expect: Expectation,
}

/// Why a scenario file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// No TOML.
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    /// No expectation.
    #[error("the file has no [expect] table: a scenario says what the law must answer")]
    NoExpectation,
}

impl Scenario {
    /// Reads the expectation of a scenario file; the order itself is read like any other.
    ///
    /// # Errors
    /// When it is no TOML, or expects nothing or something unknown.
    pub fn parse(text: &str) -> Result<Scenario, ScenarioError> {
        #[derive(Deserialize)]
        struct File {
            expect: Option<Expectation>,
        }
        let file: File = toml::from_str(text)?;
        file.expect.map(|expect| Scenario { expect }).ok_or(ScenarioError::NoExpectation)
    }

    /// What an assessment lacks of what is expected of the law of `pack`.
    pub fn failures(&self, pack: &str, assessment: &Assessment) -> Vec<String> {
        let Some(answer) = assessment.jurisdictions.iter().find(|answer| answer.jurisdiction == pack) else {
            return vec![format!("no answer for jurisdiction {pack}")];
        };
        let mut failures = Vec::new();
        let mut need = |holds: bool, what: String| {
            if !holds {
                failures.push(what);
            }
        };
        let expect = &self.expect;
        if let Some(outcome) = expect.outcome {
            need(answer.outcome == outcome, format!("outcome {:?} instead of {outcome:?}", answer.outcome));
        }
        if let Some(outcome) = expect.outcome_at_least {
            need(
                answer.outcome >= outcome,
                format!("outcome {:?} is laxer than {outcome:?}", answer.outcome),
            );
        }
        for reason in &expect.reasons {
            let found = answer.requirements.iter().any(|requirement| requirement.reason == *reason);
            need(found, format!("the reason {reason} is missing"));
        }
        for (name, available) in [(&expect.exception, true), (&expect.exception_denied, false)] {
            if let Some(name) = name {
                let ends = |rule: &str| rule.to_lowercase().ends_with(&name.to_lowercase());
                let found = answer.exceptions.iter().any(|e| ends(&e.rule) && e.available == available);
                need(
                    found,
                    format!(
                        "exception {name} is not shown as {}",
                        if available { "available" } else { "unavailable" }
                    ),
                );
            }
        }
        if let Some(because) = &expect.because {
            let found = contains(&json(&answer.requirements), because)
                || contains(&json(&answer.exceptions), because);
            need(found, format!("{because} is cited nowhere"));
        }
        if let Some(policy) = &expect.policy {
            need(
                answer.review_policy.as_ref() == Some(policy),
                format!("review policy {:?} instead of {policy}", answer.review_policy),
            );
        }
        if let Some(review) = expect.human_rights_review {
            need(answer.human_rights_review == review, "human_rights_review differs".to_owned());
        }
        for text in [&expect.listed, &expect.citation].into_iter().flatten() {
            need(contains(&json(&assessment.screening), text), format!("no match shows {text}"));
        }
        if expect.match_shown == Some(true) {
            need(
                assessment.screening.iter().any(|party| !party.matches.is_empty()),
                "no match shown".to_owned(),
            );
        }
        if let Some(flag) = &expect.red_flag {
            need(contains(&json(&assessment.red_flags), flag), format!("no red flag on {flag}"));
        }
        if let Some(fact) = &expect.unknown {
            let asked: Vec<&str> = answer.unknowns.iter().map(|unknown| unknown.fact.as_str()).collect();
            need(asked.contains(&fact.as_str()), format!("{fact} is not among the unknowns {asked:?}"));
        }
        if expect.contested == Some(true) {
            need(!answer.counsel.is_empty(), "no counsel note".to_owned());
        }
        if expect.needs_confirmation == Some(true) {
            let said = contains(&json(&answer.counsel), "confirm")
                || contains(&json(&assessment.warnings), "confirm");
            need(said, "nothing says that confirmation is needed".to_owned());
        }
        if let Some(paragraph) = &expect.us_requirement_absent {
            need(
                !contains(&json(&answer.requirements), paragraph),
                format!("a requirement cites {paragraph}"),
            );
        }
        failures
    }
}

fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
