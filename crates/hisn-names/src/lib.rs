//! hisn-names
