//! Packages and signatures.
