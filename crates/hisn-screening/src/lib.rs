//! hisn-screening
