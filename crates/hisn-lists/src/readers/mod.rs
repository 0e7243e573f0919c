//! One module a published format.

pub mod csl_csv;
pub mod csl_json;
pub mod dpl;
pub mod ecfr;
pub mod eu;
pub mod ftm;
pub mod mieu;
pub mod ofac;
pub mod own;
pub mod seco;
pub mod uk;
pub mod un;

pub(crate) mod fields;
pub(crate) mod table;
