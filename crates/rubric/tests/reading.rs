//! What the reader refuses, with the line and what was expected.

#![allow(clippy::unwrap_used)]

use rubric::error::Fault;
use rubric::{Digest, Rubric};

const GOOD: &str = include_str!("small.toml");

/// Replaces one piece of the good file and returns the first fault with its line's text.
fn fault(from: &str, to: &str) -> (Fault, String) {
    assert!(GOOD.contains(from), "{from}");
    let text = GOOD.replacen(from, to, 1);
    let error = Rubric::read(&text).unwrap_err().remove(0);
    let line = text.lines().nth(error.line - 1).unwrap_or_default().to_owned();
    (error.fault, line)
}

#[test]
fn the_small_rubric_is_good() {
    let rubric = Rubric::read(GOOD).unwrap();
    assert_eq!(rubric.points().count(), 3);
}

#[test]
fn a_byte_order_mark_changes_the_digest_and_nothing_else() {
    let marked = format!("\u{feff}{GOOD}");
    let mut read = Rubric::read(&marked).unwrap();
    let plain = Rubric::read(GOOD).unwrap();
    assert_eq!(read.digest, Digest::of(&marked));
    assert_ne!(read.digest, plain.digest);
    read.digest = plain.digest.clone();
    assert_eq!(format!("{read:?}"), format!("{plain:?}"));
}

#[test]
fn faults_name_the_place_and_what_is_expected() {
    let (fault_found, line) = fault("max = 6 # A", "max = 7 # A");
    assert_eq!(fault_found, Fault::WrongSum { name: "total".into(), sum: "11".into(), expected: "10".into() });
    assert_eq!(line, "total = 10");

    let (fault_found, line) = fault("max = 2 # A-2", "max = 3 # A-2");
    assert!(matches!(fault_found, Fault::WrongSum { .. }), "{fault_found:?}");
    assert_eq!(line, "[[indicator]] # A");

    let (fault_found, line) = fault("title = \"甲\"", "titel = \"甲\"");
    assert!(matches!(fault_found, Fault::MissingKey { ref key } if key == "title"), "{fault_found:?}");
    assert_eq!(line, "[[indicator]] # A");

    let (fault_found, line) = fault("text = \"甲（6分）\"", "text = \"甲（6分）\"\nguidence = \"x\"");
    assert_eq!(fault_found, Fault::UnknownKey { key: "guidence".into(), known: "guidance".into() });
    assert_eq!(line, "guidence = \"x\"");

    let (fault_found, line) = fault("code = \"A-2\"", "code = \"A-1\"");
    assert!(matches!(fault_found, Fault::DuplicateCode { .. }), "{fault_found:?}");
    assert_eq!(line, "[[indicator.point]] # A-2");
}

#[test]
fn numbers_are_plain_decimals() {
    for bad in ["1e3", "0x10", "-4", "inf", "\"4\""] {
        let (fault_found, _) = fault("max = 6 # A", &format!("max = {bad} # A"));
        assert!(matches!(fault_found, Fault::NotADecimal { .. } | Fault::WrongType { .. }), "{bad}: {fault_found:?}");
    }
}

#[test]
fn numbers_are_small_enough_to_stay_exact() {
    for long in ["1000000000", "6.0000001", "99999999999999999999", "123456789012345678901234567890.5"] {
        let (found, line) = fault("max = 6 # A", &format!("max = {long} # A"));
        assert_eq!(found, Fault::TooManyDigits { key: "max".into(), found: long.into() });
        assert_eq!(line, format!("max = {long} # A"));
    }
    // The largest that there may be is told as what it is: a wrong sum.
    let (found, _) = fault("max = 6 # A", "max = 999999999.999999 # A");
    let sum = "1000000003.999999".to_owned();
    assert_eq!(found, Fault::WrongSum { name: "total".into(), sum, expected: "10".into() });
}

#[test]
fn numbers_keep_to_the_range_that_makes_sense() {
    let condition = "[[grade_condition]]\nkind = \"few_below\"\nlevel = 1\nbelow = 60\nfewer_than = 1\n\
                     grades = [\"合格\"]\notherwise = \"不合格\"\nsentence = \"x\"\n\n[[veto]]";
    let good = GOOD.replacen("[[veto]]", condition, 1);
    assert!(Rubric::read(&good).is_ok());
    let lines = [
        ("below = 60", "below = 0", "below"),
        ("below = 60", "below = 100.5", "below"),
        ("fewer_than = 1", "fewer_than = 0", "fewer_than"),
        ("level = 1 # B", "level = 0 # B", "level"),
        ("level = 1 # B", "level = 4 # B", "level"),
        ("step = 1", "step = 0", "step"),
    ];
    for (from, to, name) in lines {
        let text = good.replacen(from, to, 1);
        let error = Rubric::read(&text).unwrap_err().remove(0);
        assert!(matches!(&error.fault, Fault::OutOfRange { key, .. } if key == name), "{to}: {error:?}");
        assert_eq!(text.lines().nth(error.line - 1), Some(to));
    }
    let text = good.replacen("level = 1\nbelow", "level = 2\nbelow", 1);
    let error = Rubric::read(&text).unwrap_err().remove(0);
    assert_eq!(error.fault, Fault::UnknownReference { name: "level = 2".into() });
    assert_eq!(text.lines().nth(error.line - 1), Some("[[grade_condition]]"));
}

#[test]
fn limits_keep_to_the_step_and_the_full_marks() {
    let with_cap = |cap: &str| {
        let limit = format!(
            "[[indicator.limit]]\ncode = \"B-9\"\ntitle = \"x\"\ntext = \"x\"\neffect = \"cap\"\ncap = {cap}\n"
        );
        Rubric::read(&format!("{GOOD}\n{limit}")).map_err(|mut errors| errors.remove(0).fault)
    };
    assert!(with_cap("4").is_ok());
    assert!(matches!(with_cap("1.5").unwrap_err(), Fault::OffStep { name, .. } if name == "B-9"));
    for cap in ["0", "5"] {
        assert!(matches!(with_cap(cap).unwrap_err(), Fault::OutOfRange { .. }), "{cap}");
    }
}

#[test]
fn every_number_of_a_part_lies_on_the_step() {
    for (from, to) in [
        ("{ kind = \"check\" }", "{ kind = \"check\" }, { kind = \"check\", amount = 0.5 }"),
        ("from = 0, to = 2, s", "from = 0, to = 1.5, s"),
        ("from = 3, to = 4", "from = 2.5, to = 4"),
        ("basis = \"graded\" }] # B", "from = 0.5, basis = \"graded\" }] # B"),
    ] {
        let (found, _) = fault(from, to);
        assert!(matches!(found, Fault::OffStep { .. }), "{to}: {found:?}");
    }
}

#[test]
fn a_rubric_has_a_point() {
    let text = GOOD.split("[[indicator]]").next().unwrap().replacen("total = 10", "total = 0", 1);
    let faults = Rubric::read(&text).unwrap_err();
    assert!(faults.iter().any(|e| e.fault == Fault::MissingKey { key: "indicator".into() }), "{faults:?}");
}

#[test]
fn a_file_is_utf_8() {
    assert_eq!(Rubric::text(GOOD.as_bytes().to_vec()).unwrap(), GOOD);
    let gbk = b"format = 1\nid = \"small\"\ntitle = \"\xd0\xa1\xb1\xed\"\n";
    let error = Rubric::text(gbk.to_vec()).unwrap_err();
    assert_eq!((error.line, error.fault), (3, Fault::NotUtf8 {}));
}

#[test]
fn what_goes_thousands_deep_is_refused_with_its_line() {
    let line = GOOD.lines().count() + 2;
    let deep = [
        format!("{}a = 1", "a.".repeat(200_000)),
        format!("[{}a]", "a . ".repeat(100_000)),
        format!("{}a = 1", "\"!\".".repeat(100_000)),
        // The parser counts down for the brackets that it passes over, and follows all of these.
        format!("a={}", "{[]b=[".repeat(100_000)),
        format!("a={}", "[".repeat(100_000)),
    ];
    for deep in deep {
        let error = Rubric::read(&format!("{GOOD}\n{deep}\n")).unwrap_err().remove(0);
        assert_eq!((error.line, error.fault), (line, Fault::TooDeep { brackets: 16, parts: 16 }));
    }
}

/// As deep as both bounds together allow: reading that, and dropping it, takes little of the smallest stack.
#[test]
fn what_is_not_refused_for_its_depth_fits_a_small_stack() {
    let key = ["a"; 16].join(".");
    let deepest = format!("[{key}]\n{key} = {}1{}\n", format!("{{{key} = ").repeat(16), "}".repeat(16));
    let lists = format!("a = {}{}\n", "[".repeat(16), "]".repeat(16));
    for text in [deepest.clone() + &lists, deepest.replace('}', "") + &lists, "{[]b=[".repeat(8)] {
        let reading = move || Rubric::read(&text).unwrap_err().remove(0).fault;
        let fault = std::thread::Builder::new().stack_size(512 << 10).spawn(reading).unwrap().join().unwrap();
        assert!(
            matches!(
                fault,
                Fault::NotToml { .. } | Fault::TooDeep { .. } | Fault::UnknownKey { .. } | Fault::MissingKey { .. }
            ),
            "{fault:?}"
        );
    }
}

#[test]
fn there_are_bounds_to_size_and_number() {
    let long = format!("{GOOD}\n#{}", "x".repeat(Rubric::MOST_BYTES));
    assert_eq!(Rubric::read(&long).unwrap_err().remove(0).fault, Fault::TooLarge { most: 2 });

    assert_eq!(Rubric::text(long.into_bytes()).unwrap_err().fault, Fault::TooLarge { most: 2 });

    let too_many = |name: &str, most| Fault::TooMany { name: name.into(), most };
    let check = "{ kind = \"check\", amount = 1 },";
    let (found, _) = fault("[{ kind = \"check\" }]", &format!("[{}]", check.repeat(17)));
    assert_eq!(found, too_many("parts", 16));
    let band = "{ from = 0, to = 0, sentence = \"x\" },";
    let (found, _) = fault("bands = [", &format!("bands = [{}", band.repeat(31)));
    assert_eq!(found, too_many("bands", 32));
    let indicator = "[[indicator]]\nlevel = 1\ncode = \"x\"\n";
    let text = format!("{GOOD}\n{}", indicator.repeat(4999));
    assert_eq!(Rubric::read(&text).unwrap_err().remove(0).fault, too_many("indicator", 5000));
    let points: String = (0..5000)
        .map(|n| format!("[[indicator.point]]\ncode = \"P{n}\"\ntitle = \"x\"\nmax = 0\ntext = \"x\"\n"))
        .collect();
    assert_eq!(Rubric::read(&format!("{GOOD}\n{points}")).unwrap_err().remove(0).fault, too_many("point", 5000));
}

/// Sixteen checks of 2·3^i have 65536 different sums, and as many parts of 32 bands astronomically many.
#[test]
fn scattered_marks_are_refused_before_they_are_all_computed() {
    let checks: String = (0..16).map(|i| format!("{{ kind = \"check\", amount = {} }},", 2 * 3_u32.pow(i))).collect();
    let with = |parts: &str| {
        let text =
            GOOD.replacen("[{ kind = \"check\" }]", &format!("[{parts}]"), 1).replace("max = 2 ", "max = 999999999 ");
        Rubric::read(&text).unwrap_err()
    };
    let scattered = Fault::ScatteredMarks { name: "A-2".into(), most: 1024 };
    assert!(with(&checks).iter().any(|error| error.fault == scattered));
    let part = |i: u32| {
        let band = |n: u32| format!("{{ from = {0}, to = {0}, sentence = \"x\" }},", n * 3 * (i + 1) * 1000);
        format!("{{ kind = \"band\", gap = \"R\", bands = [{}] }},", (0..32).rev().map(band).collect::<String>())
    };
    assert!(with(&(0..16).map(part).collect::<String>()).iter().any(|error| error.fault == scattered));
    // What reaches the full marks is clamped to them.
    let few = "{ kind = \"check\", amount = 2 }, { kind = \"check\", amount = 6 },";
    let text = GOOD.replacen("[{ kind = \"check\" }]", &format!("[{few}]"), 1);
    let rubric = Rubric::read(&text).unwrap();
    let marks = &rubric.point("A-2").unwrap().1.legal;
    assert_eq!(marks.words(), "0、2");
}

#[test]
fn rules_must_reach_full_marks_on_the_step() {
    let (found, _) = fault("from = 3, to = 4", "from = 3, to = 3.5");
    assert!(matches!(found, Fault::OffStep { .. }), "{found:?}");
    let (found, _) = fault("from = 3, to = 4", "from = 3, to = 3");
    assert!(matches!(found, Fault::UnreachableMax { .. }), "{found:?}");
    let (found, _) = fault("from = 0, to = 2, s", "from = 0, to = 3, s");
    assert!(matches!(found, Fault::BadRange { .. }), "{found:?}");
    let (found, _) = fault("parts = [{ kind = \"award\", basis = \"graded\" }] # B", "parts = []");
    assert!(matches!(found, Fault::UnreachableMax { .. }), "{found:?}");
}

#[test]
fn references_and_grades_are_checked() {
    for (from, to) in [("indicator = \"A\"", "indicator = \"X\""), ("conclusion = \"不合格\"", "conclusion = \"差\"")]
    {
        let (found, _) = fault(from, to);
        assert!(matches!(found, Fault::UnknownReference { .. }), "{found:?}");
    }
    let (found, _) = fault("at_least = 0", "at_least = 1");
    assert!(matches!(found, Fault::BadGrades { .. }), "{found:?}");
    let (found, line) = fault("kind = \"award\"", "kind = \"awrad\"");
    assert!(matches!(found, Fault::NotAllowed { .. }), "{found:?}");
    assert!(line.contains("awrad"));
    let (found, _) = fault("format = 1", "format = 2");
    assert!(matches!(found, Fault::UnknownFormat { .. }), "{found:?}");
    let (found, _) = fault("level = 1 # B", "level = 3");
    assert!(matches!(found, Fault::WrongLevel { .. }), "{found:?}");
    let (found, _) = fault("id = \"small\"", "id = \"small");
    assert!(matches!(found, Fault::NotToml { .. }), "{found:?}");
}

/// Every step of a trace repeats names and units, and every pair of marks is added up: both are bounded.
#[test]
fn what_traces_repeat_is_short_and_parts_have_few_marks() {
    let quantity = |name: &str, unit: &str| {
        let table = format!("[[quantity]]\nname = \"{name}\"\nunit = \"{unit}\"\n\n[[indicator]] # A");
        Rubric::read(&GOOD.replacen("[[indicator]] # A", &table, 1))
    };
    assert!(quantity(&"名".repeat(60), &"个".repeat(20)).is_ok());
    for (name, unit) in [("名".repeat(61), "个".to_owned()), ("名".to_owned(), "个".repeat(21))] {
        let fault = quantity(&name, &unit).unwrap_err().remove(0).fault;
        assert!(matches!(fault, Fault::OutOfRange { .. }), "{fault:?}");
    }
    let counts = "{ kind = \"count\", amount = 2 }, { kind = \"count\", amount = 3 },";
    let text = GOOD.replacen("[{ kind = \"check\" }]", &format!("[{counts}]"), 1).replace("max = 2 ", "max = 3000 ");
    let faults = Rubric::read(&text).unwrap_err();
    assert!(faults.iter().any(|error| matches!(error.fault, Fault::ScatteredMarks { .. })), "{faults:?}");
}
