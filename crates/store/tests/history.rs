//! The history is a chain: whatever is done to its rows behind the program's back is found and named.

#![allow(clippy::unwrap_used)]

use rusqlite::Connection;
use store::{AuditNote, Error, HistoryCheck, HistoryFault, Workspace};
use tempfile::TempDir;

/// A workspace with a history of `rows` rows.
fn workspace(rows: i64) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(folder.path()).unwrap();
    for row in 1..=rows {
        let new = row.to_string();
        let note =
            AuditNote { at: 100 + row, action: "mark", target: "1.1.1-1", new: Some(&new), ..Default::default() };
        let done: Result<(), Error> = workspace.write(&note, |_| Ok(()));
        done.unwrap();
    }
    folder
}

fn check(folder: &TempDir) -> HistoryCheck {
    Workspace::open(folder.path()).unwrap().read(|tx| tx.check_history()).map_err(|e: Error| e).unwrap()
}

/// What the check says after the rows were changed by hand.
fn after(rows: i64, edit: &str) -> Vec<HistoryFault> {
    let folder = workspace(rows);
    assert_eq!(check(&folder).faults, []);
    Connection::open(folder.path().join("hengjian.db")).unwrap().execute_batch(edit).unwrap();
    check(&folder).faults
}

#[test]
fn a_history_that_nobody_touched_is_sound_and_goes_on_after_reopening() {
    let folder = workspace(5);
    let before = check(&folder);
    assert_eq!((before.rows, before.faults.len(), before.head.rows), (5, 0, 5));
    let mut again = Workspace::open(folder.path()).unwrap();
    let note = |at| AuditNote { at, action: "mark", ..Default::default() };
    let failed: Result<(), Error> = again.write(&note(7), |tx| {
        tx.audit(&note(7))?;
        Err(Error::UnknownEvidence { item: "x".into() })
    });
    assert!(failed.is_err());
    let two: Result<(), Error> = again.write(&note(8), |tx| tx.audit(&note(8)));
    two.unwrap();
    drop(again);
    let after = check(&folder);
    assert_eq!(
        (after.rows, after.faults.len()),
        (7, 0),
        "a change that failed leaves no row, two rows are one step each"
    );
    assert_ne!(after.head.hash, before.head.hash);
}

#[test]
fn every_field_of_a_row_is_held_by_the_chain() {
    for (field, value) in [
        ("at", "7"),
        ("who", "'某人'"),
        ("sheet", "'s'"),
        ("action", "'remark'"),
        ("target", "'1.1.1-2'"),
        ("old", "'1'"),
        ("new", "'5'"),
        ("reason", "'改'"),
        ("hash", "replace(hash, substr(hash, 1, 1), 'g')"),
    ] {
        let faults = after(6, &format!("UPDATE audit SET {field} = {value} WHERE id = 3"));
        let first = faults.first();
        assert_eq!(first, Some(&HistoryFault::Altered { row: 3 }), "{field}: {faults:?}");
    }
    assert_eq!(after(6, "UPDATE audit SET new = '9' WHERE id = 6"), [HistoryFault::Altered { row: 6 }], "the last one");
    let two = after(9, "UPDATE audit SET new = '9' WHERE id IN (2, 7)");
    assert_eq!(two, [HistoryFault::Altered { row: 2 }, HistoryFault::Altered { row: 7 }]);
}

#[test]
fn rows_that_are_gone_are_named() {
    assert_eq!(after(6, "DELETE FROM audit WHERE id = 3"), [HistoryFault::Missing { first: 3, last: 3 }]);
    assert_eq!(after(6, "DELETE FROM audit WHERE id IN (2, 3)"), [HistoryFault::Missing { first: 2, last: 3 }]);
    assert_eq!(
        after(6, "DELETE FROM audit WHERE id > 4"),
        [HistoryFault::Missing { first: 5, last: 6 }],
        "the last ones"
    );
    assert_eq!(after(6, "DELETE FROM audit WHERE id = 1"), [HistoryFault::Missing { first: 1, last: 1 }]);
    // Numbered anew, so that there is no gap: the rows behind say which they were.
    let closed = after(6, "DELETE FROM audit WHERE id = 3; UPDATE audit SET id = id - 1 WHERE id > 3");
    assert!(closed.contains(&HistoryFault::Altered { row: 3 }), "{closed:?}");
    assert!(closed.contains(&HistoryFault::Moved { row: 4, was: 5 }), "{closed:?}");
    assert!(closed.contains(&HistoryFault::Missing { first: 6, last: 6 }), "{closed:?}");
}

#[test]
fn rows_that_were_put_in_are_named() {
    let row = |id: i64| {
        format!(
            "INSERT INTO audit (id, at, action, target, hash) VALUES ({id}, 1, 'mark', '1.1.1-1', '{}')",
            "a".repeat(64)
        )
    };
    let last = after(4, &row(5));
    assert!(last.contains(&HistoryFault::Inserted { first: 5, last: 5 }), "{last:?}");
    let between =
        format!("UPDATE audit SET id = -id WHERE id > 2; {}; UPDATE audit SET id = 1 - id WHERE id < 0", row(3));
    let faults = after(4, &between);
    assert!(faults.iter().any(|fault| fault.place() == 3), "{faults:?}");
    assert!(faults.contains(&HistoryFault::Moved { row: 4, was: 3 }), "{faults:?}");
}

#[test]
fn rows_that_changed_places_are_named() {
    let swap = "UPDATE audit SET id = -1 WHERE id = 2; UPDATE audit SET id = 2 WHERE id = 5; \
                UPDATE audit SET id = 5 WHERE id = -1";
    let faults = after(7, swap);
    assert_eq!(faults, [HistoryFault::Moved { row: 2, was: 5 }, HistoryFault::Moved { row: 5, was: 2 }]);
    let beside = "UPDATE audit SET id = -1 WHERE id = 3; UPDATE audit SET id = 3 WHERE id = 4; \
                  UPDATE audit SET id = 4 WHERE id = -1";
    let faults = after(7, beside);
    assert_eq!(faults, [HistoryFault::Moved { row: 3, was: 4 }, HistoryFault::Moved { row: 4, was: 3 }]);
}

#[test]
fn work_goes_on_behind_rows_that_somebody_put_in_and_they_are_still_found() {
    let folder = workspace(3);
    let foreign =
        format!("INSERT INTO audit (id, at, action, target, hash) VALUES (4, 1, 'x', '', '{}')", "b".repeat(64));
    Connection::open(folder.path().join("hengjian.db")).unwrap().execute_batch(&foreign).unwrap();
    let mut again = Workspace::open(folder.path()).unwrap();
    let done: Result<(), Error> = again.write(&AuditNote { at: 9, action: "mark", ..Default::default() }, |_| Ok(()));
    done.unwrap();
    drop(again);
    let found = check(&folder);
    assert!(found.faults.iter().any(|fault| fault.place() == 4), "{found:?}");
}

#[test]
fn the_last_hash_follows_from_the_rows_as_anyone_can_compute_it() {
    let folder = workspace(3);
    let head = check(&folder).head.hash;
    // As docs/formats/history.md says, with what every Python has.
    let script = r#"
import hashlib, json, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT id, at, who, sheet, action, target, old, new, reason, hash FROM audit ORDER BY id")
before = "0" * 64
for *row, written in rows:
    text = json.dumps([before, *row], ensure_ascii=False, separators=(",", ":"))
    before = hashlib.sha256(text.encode()).hexdigest()
    assert before == written, row[0]
print(before)
"#;
    let database = folder.path().join("hengjian.db");
    let output = std::process::Command::new("python3").arg("-c").arg(script).arg(database).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), head);
}
