//! An index over listed parties, and a search that explains each match.
//!
//! ```
//! use hisn_lists::{Name, Party, Schema};
//! use hisn_screening::{Options, Query, Screener, Strength};
//!
//! let listed = Party {
//!     id: "us-el-1".into(),
//!     schema: Schema::Company,
//!     names: vec![Name { text: "Candiru Ltd".into(), ..Name::default() }],
//!     countries: vec!["IL".into()],
//!     ..Party::default()
//! };
//! let screener = Screener::build(vec![listed]);
//! let query = Query { name: "CANDIRU".into(), ..Query::default() };
//! let matches = screener.screen(&query, &Options::default());
//! assert_eq!(matches[0].strength, Strength::Strong);
//! ```

mod alike;
mod candidates;
mod evidence;
mod explain;
mod index;
mod matching;
mod screener;

pub use evidence::{Corroboration, Field};
pub use explain::{Difference, Explanation, Reason, WordPair};
pub use matching::{Feature, Match, Options, Query, RuledOut, Strength};
pub use screener::Screener;
