//! Whether an assessment is what it was when it was made.

use serde_json::Value;

use crate::canonical::{canonical, sha256_hex};

/// A verified assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Its id.
    pub id: String,
    /// Its outcome.
    pub outcome: String,
    /// The digest, as stated and as computed again.
    pub digest: String,
    /// Whether it carries a signature; one is not checked without the signer's key.
    pub signed: bool,
}

/// Why an assessment does not verify.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// Not JSON.
    #[error("this is no JSON: {0}; give a file that `hisn assess --format json` wrote")]
    NotJson(String),
    /// JSON, but no assessment.
    #[error("this is no assessment of the schema {expected}; its schema is {found}", expected = crate::SCHEMA)]
    NotAnAssessment {
        /// The schema that it states.
        found: String,
    },
    /// Something was changed.
    #[error("the content was changed: its digest is {computed}, it states {stated}")]
    Changed {
        /// The digest that it states.
        stated: String,
        /// The digest of its content.
        computed: String,
    },
}

/// Computes the digest of an assessment again and compares it with the one that it states.
///
/// # Errors
/// When the text is no assessment, or not the one whose digest it states.
pub fn verify(text: &str) -> Result<Verified, VerifyError> {
    let value: Value = serde_json::from_str(text).map_err(|error| VerifyError::NotJson(error.to_string()))?;
    let word = |path: &str| value.pointer(path).and_then(Value::as_str).unwrap_or("").to_owned();
    if word("/schema") != crate::SCHEMA {
        return Err(VerifyError::NotAnAssessment { found: word("/schema") });
    }
    let stated = word("/evidence/digest");
    let signed = value.pointer("/evidence/signature").is_some_and(|signature| !signature.is_null());
    let (id, outcome) = (word("/id"), word("/outcome"));
    let computed = digest(value);
    if stated != computed {
        return Err(VerifyError::Changed { stated, computed });
    }
    Ok(Verified { id, outcome, digest: stated, signed })
}

/// SHA-256 of the canonical form of an assessment without its digest and signature, and without the place in a batch.
pub(crate) fn digest(mut content: Value) -> String {
    if let Some(map) = content.as_object_mut() {
        map.shift_remove("row");
    }
    if let Some(evidence) = content.get_mut("evidence").and_then(Value::as_object_mut) {
        evidence.shift_remove("digest");
        evidence.shift_remove("signature");
    }
    sha256_hex(canonical(&content).as_bytes())
}
