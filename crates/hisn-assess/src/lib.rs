//! hisn-assess
