//! One transaction in, one assessment out.

mod bundle;
mod canonical;

pub use bundle::{bundled_packs, law_with};
