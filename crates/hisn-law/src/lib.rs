//! The `.law` language: law as text that lawyers can review and a machine can evaluate.
//!
//! A [`PackSource`] holds the files of a jurisdiction. [`Law::build`] parses and checks all packs together;
//! [`Evaluator`] then answers a [`Case`]: in [`Evaluator::outcome`] the outcome alone, in
//! [`Evaluator::determine`] with requirements, exceptions, questions and the explanation. The language is described in
//! `docs/law-language.md`. The crate reads no files, knows no lists and no clock.

pub mod case;
mod check;
mod code;
mod country;
mod coverage;
mod determination;
mod diagnostic;
mod evaluate;
mod model;
mod period;
mod plan;
mod questions;
mod recent;
mod show;
mod sieve;
mod source;
mod syntax;
mod tables;
mod truth;
mod vocabulary;

pub use case::{Case, Classification, Role};
pub use code::Code;
pub use country::{Country, CountrySet};
pub use coverage::{Coverage, LimbCoverage};
pub use determination::{
    Counsel, Determination, Exception, Explained, ExplainedLimb, Flag, Obligation, Outcome, Read,
    Requirement, Scope, Unknown,
};
pub use diagnostic::{Diagnostic, LawErrors, Span, nearest};
pub use evaluate::Evaluator;
pub use model::{Law, Pack, Rule};
pub use period::Period;
pub use show::show_rule;
pub use source::{Manifest, PackSource};
pub use syntax::ast::{RuleKind, StateKind, Subject, Wording};
pub use syntax::{format, parse};
pub use tables::{Control, EntryRow, EntryStatus, Pattern};
pub use truth::Truth;
pub use vocabulary::{Fact, FactId, FactType, Given, ReviewPolicy, Symbol, Value, ValueError, Vocabulary};
