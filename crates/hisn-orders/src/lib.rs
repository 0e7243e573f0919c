//! Orders in, as TOML, JSON, CSV or XLSX; one typed [`Transaction`] out, or errors that say what was wrong, where, and what
//! to do. And the other way about: the order form that people fill in.
//!
//! Every form is first brought to one tree of values that know their place (`node`); one walk over that tree (`order`) makes the
//! record and does every check, so that a mistake is told in the same words wherever it was written. Which words, facts and
//! countries exist is data: the caller passes a [`Vocabulary`] and [`Countries`].
//!
//! ```
//! use hisn_orders::{Context, CountryCode, Vocabulary, read_toml};
//!
//! let vocabulary = Vocabulary { actions: vec!["export".into()], ..Vocabulary::default() };
//! let context = Context { vocabulary: &vocabulary, countries: &CountryCode::parse };
//! let order = r#"
//! to = "XA"
//! [[item]]
//! name = "probe"
//! [[party]]
//! role = "end-user"
//! name = "Example Ltd"
//! "#;
//! let reading = read_toml("order.toml", order.as_bytes(), &context)?;
//! assert_eq!(reading.transaction.parties[0].name, "Example Ltd");
//!
//! let error = read_toml("order.toml", order.replace("name", "nane").as_bytes(), &context).unwrap_err();
//! assert!(error.to_string().starts_with(r#"order.toml:4:1: unknown field "nane"; did you mean "name"?"#));
//! # Ok::<(), hisn_orders::OrderErrors>(())
//! ```

mod any;
mod country;
mod error;
mod json;
mod nearest;
mod node;
mod order;
mod rows;
mod scalar;
mod template;
mod text;
mod toml;
mod transaction;
mod vocabulary;

pub use self::json::read_json;
pub use self::toml::read_toml;
pub use any::{Form, Orders, form_of, read_any};
pub use country::{Countries, CountryCode};
pub use error::{FieldError, OrderErrors, Position, Warning};
pub use rows::csv::csv_rows;
pub use rows::rejected::RejectedWriter;
pub use rows::xlsx::xlsx_rows;
pub use rows::{Reading, Row};
pub use template::{Lang, template_csv, template_toml, template_xlsx};
pub use transaction::{
    Classification, DEFAULT_JURISDICTION, Decision, Disposition, FactValue, Item, Money, Owner, Party, Role,
    Transaction,
};
pub use vocabulary::{Context, FactKind, FactSpec, Vocabulary};
