//! The files that damage begins from. They stand in `fuzz/seeds`, one folder for each target, so that the fuzzer has them as
//! well; `HENGJIAN_WRITE_SEEDS=1` writes them anew.

use crate::fuzz::bag::{Bag, TAG_MANIFEST};
use crate::fuzz::{package, pdf};
use crate::people;
use std::path::PathBuf;

/// Name and content of the seeds of a target.
type Seeds = Vec<(String, Vec<u8>)>;

fn folder(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds").join(target)
}

/// The seeds of a target, in the order of their names.
pub fn committed(target: &str) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder(target)).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = entries.collect();
    paths.sort();
    assert!(!paths.is_empty(), "no seeds of {target}");
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// A file behind the byte that says what it is.
fn marked(kind: usize, bytes: &[u8]) -> Vec<u8> {
    [&[u8::try_from(kind).unwrap()], bytes].concat()
}

fn package_seeds() -> Seeds {
    let signer = people::signer("周宁", 1);
    let mut bag = Bag::good();
    let signature = people::signature(&bag.0[TAG_MANIFEST], &signer);
    let mut seeds = vec![("signed".to_owned(), {
        bag.put(&people::signature_path(&signer), &signature);
        marked(0, &bag.archive())
    })];
    let deflated: Vec<_> = bag.entries().into_iter().map(crate::fuzz::archive::Entry::deflated).collect();
    seeds.push(("deflated".to_owned(), marked(0, &crate::fuzz::archive::archive(&deflated))));
    for (index, part) in package::PARTS.iter().enumerate().skip(1) {
        let content = bag.0.get(*part).unwrap_or(&signature).clone();
        let name = part.rsplit('/').next().unwrap_or_default().rsplit('.').collect::<Vec<_>>().join("-");
        seeds.push((format!("part-{index}-{}", name.chars().take(20).collect::<String>()), marked(index, &content)));
    }
    let signatures = package::PARTS.iter().position(|part| part.ends_with(".p7s")).unwrap();
    seeds.push(("certificate".to_owned(), marked(signatures, signer.certificate().to_pem().unwrap().as_bytes())));
    let request = ::package::request::write(&signer).unwrap();
    seeds.push(("request".to_owned(), marked(signatures, request.as_bytes())));
    seeds.push(("list".to_owned(), marked(signatures, people::empty_list().as_bytes())));
    seeds
}

fn pdf_seeds() -> Seeds {
    let holding = pdf::holding(&[]);
    let mut seeds = vec![
        ("holding".to_owned(), marked(0, &holding)),
        ("signed".to_owned(), marked(0, &people::signed_pdf(&holding))),
    ];
    let bag = Bag::good();
    let parts = [bag.0[crate::fuzz::bag::SHEET].clone(), bag.0["data/rubric.toml"].clone()];
    let print = include_bytes!("../../fuzz/bag/print.json").to_vec();
    for (index, part) in parts.into_iter().chain([print]).enumerate() {
        seeds.push((format!("part-{}", index + 1), marked(index + 1, &part)));
    }
    seeds
}

fn rubric_seeds() -> Seeds {
    let file = |path: &str| std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap();
    let local = "[[weight]]\ncode = \"A-1\"\nmax = 5\n".as_bytes().to_vec();
    vec![
        ("small.toml".to_owned(), file("crates/rubric/tests/small.toml")),
        ("full.toml".to_owned(), file("crates/workbook/tests/files/full.toml")),
        ("local.toml".to_owned(), local),
    ]
}

fn workbook_seeds() -> Seeds {
    crate::fuzz::workbook::seeds()
}

#[test]
fn every_target_has_its_seeds() {
    let all = [
        ("package", package_seeds as fn() -> Seeds),
        ("pdf", pdf_seeds),
        ("rubric", rubric_seeds),
        ("workbook", workbook_seeds),
    ];
    for (target, seeds) in all {
        let folder = folder(target);
        let names: Vec<String> = seeds()
            .into_iter()
            .map(|(name, bytes)| {
                if std::env::var_os("HENGJIAN_WRITE_SEEDS").is_some() {
                    std::fs::create_dir_all(&folder).unwrap();
                    std::fs::write(folder.join(&name), bytes).unwrap();
                }
                name
            })
            .collect();
        for name in names {
            assert!(folder.join(&name).exists(), "{target}/{name}: write it with HENGJIAN_WRITE_SEEDS=1");
        }
    }
}
