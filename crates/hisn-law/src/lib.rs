//! hisn-law
