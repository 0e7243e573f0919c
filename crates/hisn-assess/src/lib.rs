//! One transaction in, one assessment out.
//!
//! [`Assessor`] holds the two engines, the law and the screener. [`Assessor::assess`] screens every party of an order and its
//! owners, hands what it found to the law as facts, and writes one answer with everything that it rests on. The same order on
//! the same law and lists gives the same bytes, on any machine and any day: the clock is the caller's.

mod assessment;
mod assessor;
mod bundle;
mod canonical;
mod facts;
mod merge;
mod scenario;
mod screening;
mod summary;
mod verify;
mod words;

pub use assessment::{
    Assessment, Corroboration, Disposed, Evidence, Feature, LawEvidence, ListEvidence, PartyScreening,
    RedFlag, SCHEMA, ScreeningMatch, ScreeningStatus,
};
pub use assessor::{Assessor, Lists};
pub use bundle::{bundled_packs, law_with};
pub use canonical::{canonical, sha256_hex};
pub use scenario::{Expectation, Scenario, ScenarioError};
pub use screening::{describe, list_evidence};
pub use summary::{outcome_words, outcome_words_ar};
pub use verify::{Verified, VerifyError, verify};
pub use words::{form_vocabulary, order_vocabulary};
