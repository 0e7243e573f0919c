//! From text to a tree: lexer, parser, formatter.

pub mod ast;
mod expressions;
mod format;
mod lexer;
mod parser;

pub use format::format;
pub use parser::parse;

/// Words that begin a declaration.
pub(crate) const DECLARATIONS: &[&str] = &[
    "fact",
    "presume",
    "define",
    "places",
    "items",
    "policies",
    "subject",
    "outside",
    "requirement",
    "prohibition",
    "exception",
    "restriction",
    "review",
    "obligation",
    "flag",
    "counsel",
];
