//! The verification report as bytes: the same file at the same time gives the same, whatever the file is called or is.

use app::localise::Target;
use app::view::{CheckState, Verdict};
use app::{Language, Verifier, Watch, World};
use std::path::Path;

/// 2022-05-01, 08:00 in UTC.
const MAY: i64 = 1_651_392_000;

fn world(now: i64) -> World {
    let mut world = World::real(app::world::fonts_folder());
    world.now = Box::new(move || now);
    world
}

/// The report of a file as bytes, and its verdict.
fn report(file: &Path, now: i64, language: Language) -> (Vec<u8>, Verdict) {
    let folder = tempfile::tempdir().unwrap();
    let (world, out) = (world(now), folder.path().join("核验报告.pdf"));
    let verifier = Verifier::alone(&world, language);
    let target = Target { path: &out, replace: false };
    let (record, written) = verifier.write_record(file, target, &Watch::none()).unwrap();
    assert!(record.checks.iter().any(|check| matches!(check.state, CheckState::Failed | CheckState::Absent)));
    let bytes = std::fs::read(&out).unwrap();
    assert_eq!(package::Sha256::of(&bytes).to_string(), written.sha256);
    (bytes, record.verification.verdict)
}

#[test]
fn the_same_file_at_the_same_time_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("坏包.hjp");
    std::fs::write(&file, b"PK\x03\x04 cut off").unwrap();
    let (first, verdict) = report(&file, MAY, Language::Zh);
    assert_eq!(verdict, Verdict::Damaged);
    assert_eq!(report(&file, MAY, Language::Zh).0, first);
    assert_ne!(report(&file, MAY + 1, Language::Zh).0, first);
    assert_ne!(report(&file, MAY, Language::En).0, first);
}

#[test]
fn a_name_that_no_font_has_and_no_screen_shows_is_printed_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("评\u{202e}估\u{1f9ff}\n'包.pdf");
    std::fs::write(&file, b"%PDF-1.7\nnothing").unwrap();
    let (bytes, verdict) = report(&file, MAY, Language::Zh);
    assert!(bytes.starts_with(b"%PDF-") && !verdict.is_sound());
}
