//! What an evaluation leaves behind: nothing, an explanation, or counts for the coverage.

use crate::Truth;
use crate::country::Country;
use crate::vocabulary::FactId;

/// Something unknown that an evaluation met.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Leaf {
    /// A fact of the transaction or of the item; with the control row whose prose it decides.
    Fact(FactId, Option<usize>),
    /// A fact of a party, by the party's path.
    Party(FactId, String),
    /// Whether a party is the one that a list means.
    Match { party: String, entry: String },
    /// A fact of a listing.
    Listing { fact: FactId, entry: String },
    /// The classification, or a more exact one.
    Classification,
    /// What software or technology is for.
    For,
    /// The value of the item, in the currency of the limit.
    Value,
    /// A country that a table does not know.
    Place(Country),
}

/// Follows an evaluation.
pub(crate) trait Trace {
    /// Whether anybody listens to what is unknown; otherwise no time is spent on finding it.
    const LISTENS: bool = true;
    /// Whether every limb is wanted, also after one has decided.
    const EVERY_LIMB: bool = false;
    /// Whether it is told which facts are read.
    const READS: bool = false;
    /// Whether a definition that was evaluated once need not be evaluated again: only where nothing is noted on the way.
    const MAY_REMEMBER: bool = false;

    /// A place to come back to.
    fn mark(&self) -> usize {
        0
    }
    /// Forgets the unknowns met since a mark: something else decided.
    fn forget(&mut self, _mark: usize) {}
    /// Something unknown was met. The closure makes the leaf only where somebody listens.
    fn unknown(&mut self, _leaf: impl FnOnce() -> Leaf) {}
    /// A fact was read.
    fn read(&mut self, _shown: impl FnOnce() -> (String, String)) {}
    /// A limb of a rule was evaluated.
    fn limb(&mut self, _number: usize, _truth: Truth) {}
    /// A rule was evaluated.
    fn rule(&mut self, _number: usize, _truth: Truth) {}
}

/// Nobody listens: the compiler removes every trace.
pub(crate) struct Silent;

impl Trace for Silent {
    const LISTENS: bool = false;
    const MAY_REMEMBER: bool = true;
}

/// Keeps the unknowns that bear on the result.
#[derive(Debug, Default)]
pub(crate) struct Unknowns(pub Vec<Leaf>);

impl Trace for Unknowns {
    fn mark(&self) -> usize {
        self.0.len()
    }

    fn forget(&mut self, mark: usize) {
        self.0.truncate(mark);
    }

    fn unknown(&mut self, leaf: impl FnOnce() -> Leaf) {
        self.0.push(leaf());
    }
}

/// Keeps the facts that were read, with their values.
#[derive(Debug, Default)]
pub(crate) struct Reads(pub Vec<(String, String)>);

impl Trace for Reads {
    const LISTENS: bool = false;
    const READS: bool = true;

    fn read(&mut self, shown: impl FnOnce() -> (String, String)) {
        let read = shown();
        if !self.0.contains(&read) {
            self.0.push(read);
        }
    }
}
