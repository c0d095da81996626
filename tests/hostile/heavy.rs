//! Packages that ask for much: the program itself runs on each, in a process of its own whose memory is measured.

use crate::common::run;
use crate::fuzz::archive::{Entry, archive, end};
use crate::fuzz::bag::{Bag, EVIDENCE, FOLDER, SHEET};
use crate::judged::Desk;
use crate::make::{changed, resealed};
use crate::program::built;
use package::Sha256;
use std::path::Path;

/// Most memory that a process may have had, in KiB: 256 MB.
const MEMORY: u64 = 256_000_000 / 1024;
/// Runs a program and prints its exit code and the most memory that it had, in KiB.
const MEASURED: &str = "import resource, subprocess, sys
ran = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
print(ran.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(ran.stdout.decode('utf-8', 'replace')[:4000])";

/// Name, reason, the package, and the code of the first problem.
type Heavy = (&'static str, &'static str, fn() -> Vec<u8>, &'static str);

const HEAVY: [Heavy; 12] = [
    ("fail_a_million_entries", "a directory of a million", a_million_entries, "package.limit-exceeded"),
    (
        "fail_a_million_called_ten",
        "a directory of a million, said to be ten",
        a_million_called_ten,
        "package.limit-exceeded",
    ),
    ("fail_long_names", "names as long as the directory may be", long_names, "package.entry-unlisted"),
    ("fail_zeros", "64 MiB out of 64 KiB", zeros, "package.ratio-exceeded"),
    ("fail_texts", "40 MiB of text", texts, "package.limit-exceeded"),
    ("fail_small_objects", "as many small objects as there may be, twice", small_objects, "package.json-refused"),
    ("fail_objects_in_every_sheet", "the same in sheets", objects_in_sheets, "package.json-refused"),
    ("fail_fields", "millions of fields in bag-info.txt", fields, "package.limit-exceeded"),
    ("fail_manifest_lines", "a manifest of 300 000 files", manifest_lines, "package.limit-exceeded"),
    ("fail_signatures", "as many and as long signatures as there may be", signatures, "package.package-forged"),
    ("fail_rubric_keys", "a rubric of a million keys", rubric_keys, "app.bad-package"),
    ("fail_rubric_lists", "a rubric of a million lists", rubric_lists, "app.bad-package"),
];

/// A million records and their end, behind one entry that all of them mean.
fn million(counted: usize) -> Vec<u8> {
    let (count, one) = (1_000_000, archive(&[Entry::new("a", b"")]));
    let (start, record) = (31, &one[31..31 + 47]);
    let mut bytes = one[..start].to_vec();
    bytes.extend(record.repeat(count));
    bytes.extend(end(counted, record.len() * count, start));
    bytes
}

fn a_million_entries() -> Vec<u8> {
    million(1_000_000)
}

fn a_million_called_ten() -> Vec<u8> {
    million(10)
}

fn long_names() -> Vec<u8> {
    let long = "n".repeat(240);
    let name = |number: u32| format!("{FOLDER}/{long}/{long}/{long}/{number:05}");
    archive(&(0..19_000).map(|number| Entry::new(&name(number), b"")).collect::<Vec<_>>())
}

fn zeros() -> Vec<u8> {
    let mut entries = Bag::good().entries();
    entries.push(Entry::new(&format!("{FOLDER}/data/reports/z.pdf"), &vec![0; 64 << 20]).deflated());
    archive(&entries)
}

fn texts() -> Vec<u8> {
    resealed(|bag| bag.put("data/rubric.toml", "#".repeat(40 << 20)))
}

/// Elements that cost most: objects with one key.
fn objects(count: usize) -> String {
    format!("[{}]", vec!["{\"\":0}"; count].join(","))
}

fn small_objects() -> Vec<u8> {
    resealed(|bag| {
        bag.put("data/evidence.json", objects(160_000));
        bag.put("data/problems.json", objects(160_000));
    })
}

fn objects_in_sheets() -> Vec<u8> {
    resealed(|bag| {
        for number in 0..20 {
            bag.put(&format!("data/sheets/{number}.json"), objects(60_000));
        }
    })
}

fn fields() -> Vec<u8> {
    changed(|bag| {
        bag.put("bag-info.txt", ": \n".repeat(10 << 20));
        bag.retag();
    })
}

fn manifest_lines() -> Vec<u8> {
    changed(|bag| {
        let digest = Sha256::of(b"");
        let lines = (0..300_000).map(|number| format!("{digest}  data/{number:06}\n"));
        bag.put("manifest-sha256.txt", lines.collect::<String>());
        bag.retag();
    })
}

fn signatures() -> Vec<u8> {
    // A set of as many empty values as fit, where the signature's parts are expected.
    let body = [5, 0].repeat((255 << 10) / 2);
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    let set = [&[0x31, 0x83], &length[1..], &body].concat();
    resealed(|bag| {
        for number in 0..90_u32 {
            bag.put(&format!("signatures/{}.p7s", Sha256::of(&number.to_le_bytes())), &set);
        }
    })
}

fn rubric_keys() -> Vec<u8> {
    resealed(|bag| bag.put("data/rubric.toml", (0..400_000).map(|key| format!("{key:x}=1\n")).collect::<String>()))
}

fn rubric_lists() -> Vec<u8> {
    resealed(|bag| bag.put("data/rubric.toml", format!("a=[{}]", "[],".repeat(690_000))))
}

/// Runs the program; gives its exit code, the most memory it had in KiB, and what it printed.
fn measured(workspace: &Path, arguments: &[&str]) -> (i32, u64, String) {
    let (program, workspace) = (built("hengjian").display().to_string(), workspace.display().to_string());
    let call = [&["-c", MEASURED, &program, "--workspace", &workspace], arguments].concat();
    let (ok, said) = run("python3", &call, Path::new("."));
    assert!(ok, "{arguments:?}: {said}");
    let (numbers, printed) = said.split_once('\n').unwrap();
    let (code, memory) = numbers.split_once(' ').unwrap();
    (code.parse().unwrap(), memory.parse().unwrap(), printed.to_owned())
}

#[test]
fn what_asks_for_much_is_refused_within_bounds_of_memory() {
    assert!(Bag::good().0.contains_key(EVIDENCE) && Bag::good().0.contains_key(SHEET));
    let desk = Desk::open();
    let (folder, workspace) = (tempfile::tempdir().unwrap(), desk.folder.path().join("办公室"));
    drop(desk.session);
    let mut wrong = Vec::new();
    for (name, reason, make, expected) in HEAVY {
        let path = folder.path().join(format!("{name}.hjp"));
        std::fs::write(&path, make()).unwrap();
        let shown = path.display().to_string();
        for command in [&["verify"][..], &["import", "--unverified"]] {
            let (code, memory, printed) = measured(&workspace, &[command, &[&shown]].concat());
            let named = command[0] == "import" || printed.contains(&format!("[{expected}]"));
            if code != 3 || memory > MEMORY || !named {
                wrong.push(format!("{name} ({reason}), {command:?}: exit {code}, {memory} KiB\n{printed:.300}"));
            }
        }
        std::fs::remove_file(&path).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
