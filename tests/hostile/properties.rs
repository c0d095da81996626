//! Damaged files of every kind run through the targets of the fuzzer.
//!
//! An ordinary run tries the same cases every time. `HENGJIAN_FUZZ_CASES=100000 cargo test -p journeys --test hostile
//! properties` tries others, and more; with `HENGJIAN_FUZZ_KEEP=FOLDER` every file at which a target did not end is left there,
//! whatever became of the process.

use crate::fuzz::{TARGETS, Target};
use crate::seeds;
use package::Sha256;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use std::path::PathBuf;

/// Cases of each kind of file in an ordinary run: a few seconds.
const CASES: u32 = 150;
/// Longest file that damage makes of a seed.
const LONGEST: usize = 1 << 20;

/// One damage.
#[derive(Clone, Debug)]
enum Wound {
    /// One bit is another.
    Bit(Index, u8),
    /// One byte is another.
    Byte(Index, u8),
    /// A number, such as a length, is at a bound: which of them, in how many bytes.
    Number(Index, usize, usize),
    /// The end is missing.
    Cut(Index),
    /// A piece is missing.
    Without(Index, Index),
    /// A piece stands there many times.
    Repeated(Index, Index, usize),
    /// A piece of another seed stands in between.
    Splice(Index, usize, Index, Index),
}

/// Where counts, lengths and offsets break.
const BOUNDS: [u64; 8] = [0, 1, 0x7F, 0xFF, 0x7FFF_FFFF, 0xFFFF_FFFF, i64::MAX as u64, u64::MAX];

fn wound() -> impl Strategy<Value = Wound> {
    let at = any::<Index>;
    prop_oneof![
        4 => (at(), 0..8_u8).prop_map(|(at, bit)| Wound::Bit(at, bit)),
        4 => (at(), any::<u8>()).prop_map(|(at, byte)| Wound::Byte(at, byte)),
        3 => (at(), 0..BOUNDS.len(), 0..4_usize).prop_map(|(at, bound, width)| Wound::Number(at, bound, 1 << width)),
        1 => at().prop_map(Wound::Cut),
        2 => (at(), at()).prop_map(|(from, to)| Wound::Without(from, to)),
        2 => (at(), at(), 2..200_usize).prop_map(|(from, to, times)| Wound::Repeated(from, to, times)),
        2 => (at(), any::<usize>(), at(), at()).prop_map(|(at, seed, from, to)| Wound::Splice(at, seed, from, to)),
    ]
}

fn span(length: usize, from: Index, to: Index) -> std::ops::Range<usize> {
    let (from, to) = (from.index(length + 1), to.index(length + 1));
    from.min(to)..from.max(to)
}

impl Wound {
    fn inflict(&self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let length = bytes.len();
        if length == 0 {
            return;
        }
        match self {
            Self::Bit(at, bit) => bytes[at.index(length)] ^= 1 << bit,
            Self::Byte(at, byte) => bytes[at.index(length)] = *byte,
            Self::Number(at, bound, width) => {
                let at = at.index(length);
                let number = BOUNDS[*bound].to_le_bytes();
                let end = length.min(at + width);
                bytes[at..end].copy_from_slice(&number[..end - at]);
            }
            Self::Cut(at) => bytes.truncate(at.index(length)),
            Self::Without(from, to) => drop(bytes.drain(span(length, *from, *to))),
            Self::Repeated(from, to, times) => {
                let span = span(length, *from, *to);
                let times = (*times).min(LONGEST.saturating_sub(length) / span.len().max(1));
                let piece = bytes[span.clone()].repeat(times);
                bytes.splice(span.end..span.end, piece);
            }
            Self::Splice(at, seed, from, to) => {
                let seed = &seeds[seed % seeds.len()];
                let at = at.index(length);
                let room = LONGEST.saturating_sub(length);
                let piece: Vec<u8> = seed[span(seed.len(), *from, *to)].iter().copied().take(room).collect();
                bytes.splice(at..at, piece);
            }
        }
    }
}

/// Runs a target over one file, which lies in the folder that the environment names for as long as that takes.
fn tried(name: &str, target: Target, bytes: &[u8]) {
    let folder = std::env::var_os("HENGJIAN_FUZZ_KEEP").map(PathBuf::from);
    let kept = folder.map(|folder| folder.join(format!("{name}-{}", Sha256::of(bytes))));
    if let Some(kept) = &kept {
        std::fs::write(kept, bytes).unwrap();
    }
    target(bytes);
    if let Some(kept) = kept {
        std::fs::remove_file(kept).unwrap();
    }
}

/// The same cases every time, unless it is said how many: whoever waits longer looks for new ones.
fn runner() -> TestRunner {
    let asked = std::env::var("HENGJIAN_FUZZ_CASES").ok().map(|number| number.parse().unwrap());
    let config =
        ProptestConfig { cases: asked.unwrap_or(CASES), failure_persistence: None, ..ProptestConfig::default() };
    match asked {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    }
}

/// Runs one target over its seeds, and over damaged ones.
fn run(name: &str) {
    let (_, target) = TARGETS.into_iter().find(|(found, _)| *found == name).unwrap();
    let seeds = seeds::committed(name);
    seeds.iter().for_each(|seed| tried(name, target, seed));
    let damaged = (any::<Index>(), proptest::collection::vec(wound(), 1..8));
    let checked = runner().run(&damaged, |(seed, wounds)| {
        let mut bytes = seeds[seed.index(seeds.len())].clone();
        wounds.iter().for_each(|wound| wound.inflict(&mut bytes, &seeds));
        tried(name, target, &bytes);
        Ok(())
    });
    checked.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn damaged_packages_are_read_to_an_outcome() {
    run("package");
}

#[test]
fn damaged_pdfs_are_read_to_an_outcome() {
    run("pdf");
}

#[test]
fn damaged_rubrics_are_read_to_an_outcome() {
    run("rubric");
}

#[test]
fn damaged_workbooks_are_read_to_an_outcome() {
    run("workbook");
}
