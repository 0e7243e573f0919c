//! Tables of names: rows are read one by one, and answers are appended behind cells that stay as they were, byte for byte.
//! A run that was killed goes on where it left off.
//!
//! ```
//! use hisn_bulk::{Appender, Reader};
//!
//! let mut reader = Reader::new("name;town\n\"NSO; Group\";Herzliya\n".as_bytes())?;
//! let mut out = Vec::new();
//! let appender = Appender::new(&reader);
//! appender.header(&mut out, &["status"])?;
//! while let Some(row) = reader.next_row()? {
//!     appender.row(&mut out, &row, &["clear"])?;
//! }
//! assert_eq!(out, b"name;town;status\n\"NSO; Group\";Herzliya;clear\n");
//! # Ok::<(), hisn_bulk::Error>(())
//! ```

mod append;
mod columns;
mod csv;
mod resume;

pub use append::Appender;
pub use columns::{Columns, Field};
pub use csv::{Reader, Row};
pub use resume::{Progress, Resumable, ResumeError};

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The input or the output failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Bytes of another encoding.
    #[error("the table is in UTF-16; save it as UTF-8 (in a spreadsheet: CSV UTF-8)")]
    Utf16,
    /// No header line.
    #[error("the table is empty; its first line must name the columns")]
    Empty,
    /// The header is not UTF-8.
    #[error("the header is not UTF-8; save the table as UTF-8 (in a spreadsheet: CSV UTF-8)")]
    Header,
    /// No column of names.
    #[error("no column is called name; the columns are: {0}")]
    NoName(String),
    /// Two columns that claim to be the same.
    #[error("two columns are called {0}")]
    Twice(String),
}
