//! Hostile files: a corpus of packages with the named outcome of each, and properties over damaged files of every kind that
//! the program reads from strangers.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking, in its functions as well")]

#[path = "../../crates/package/tests/common/mod.rs"]
mod common;
mod corpus;
#[path = "../../fuzz/src/lib.rs"]
#[allow(dead_code, unreachable_pub, reason = "some of it is for the fuzzer alone")]
mod fuzz;
mod heavy;
mod judged;
mod make;
mod people;
#[path = "../journeys/program.rs"]
#[allow(dead_code, reason = "journeys use the rest")]
mod program;
mod properties;
mod seeds;
