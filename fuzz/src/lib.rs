//! What hostile files run through: one function for each kind of file. The fuzzer (`fuzz_targets`) and the property tests
//! (`tests/hostile`) call the same functions; each of them returns, whatever it is given, or something is to be mended.

pub mod archive;
pub mod bag;
pub mod package;
pub mod pdf;
pub mod rubric;
pub mod workbook;

/// What a function does with the bytes of a file.
pub type Target = fn(&[u8]);

/// All of them, by name: a name is also that of the folder of its seeds.
pub const TARGETS: [(&str, Target); 4] =
    [("package", package::run), ("pdf", pdf::run), ("rubric", rubric::run), ("workbook", workbook::run)];

/// Lets panics that a reader catches pass: the fuzzer would end at the first one. It still ends at those that get out.
pub fn quiet() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// Somebody who verifies a file without a workspace; without fonts no page is printed again, which takes long.
fn verify(bytes: &[u8], name: &str) -> app::Result<app::view::VerifyReport> {
    thread_local! {
        static FOLDER: tempfile::TempDir = tempfile::tempdir().expect("there is a folder for temporary files");
    }
    FOLDER.with(|folder| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("the disk is not full");
        let world = app::World::real(folder.path().to_owned());
        app::Verifier::alone(&world, app::Language::Zh).verify(&path, &app::Watch::none())
    })
}
