//! Score sheets that are signed in turn, on paper and as data: by the command line, and drawn by hand in the window.

use crate::program::{Hengjian, PASSPHRASE, judge, list, only_file, sample, text};
use crate::screen::{LIMIT, Window};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// The sample's self-evaluation, finalised.
fn finalised(folder: &Path) -> (Hengjian, String) {
    let hengjian = Hengjian { workspace: folder.join("工作区") };
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    hengjian.ok(&["score", &sheet, "--input", &sample("self-周宁.json")]);
    hengjian.ok(&["finalize", &sheet]);
    (hengjian, sheet)
}

/// What the codes on the first two pages of a PDF say.
fn codes(pdf: &Path) -> Vec<String> {
    let read = |page: &str| {
        let stem = pdf.with_extension(page);
        let stem = stem.to_str().unwrap();
        let options = ["-r", "150", "-gray", "-png", "-singlefile", "-f", page, "-l", page];
        judge("pdftoppm", &[&options[..], &[pdf.to_str().unwrap(), stem]].concat());
        let picture = format!("{stem}.png");
        let said = judge("zbarimg", &["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", &picture]);
        // Complaints about a missing message bus stand behind the code.
        said.lines().next().unwrap_or_default().to_owned()
    };
    ["1", "2"].map(read).into()
}

#[test]
fn a_panel_signs_one_pdf_and_every_page_leads_back_to_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let (hengjian, sheet) = finalised(folder.path());
    let path = |name: &str| folder.path().join(name).display().to_string();
    for (name, organisation) in [("周宁", "并州分校"), ("韩立群", "第二专家组"), ("孟雪琴", "省教育评估院")]
    {
        hengjian.new_identity(name, organisation);
    }
    let strokes = json!({ "strokes": [[[0, 40], [30, 10], [60, 60], [90, 20]], [[40, 0], [45, 70]]] });
    std::fs::write(path("笔画.json"), strokes.to_string()).unwrap();
    hengjian.ok(&["drawing", "keep", "韩立群", &path("笔画.json")]);
    assert_eq!(hengjian.json(&["drawing", "show", "韩立群"]), strokes);

    let (one, two, three) = (path("一.pdf"), path("二.pdf"), path("三.pdf"));
    hengjian.ok(&["report", &sheet, "--out", &one, "--identity", "周宁"]);
    hengjian.ok(&["sign-pdf", &one, "--out", &two, "--identity", "韩立群", "--reason", "专家组组长签名"]);
    hengjian.ok(&["sign-pdf", &two, "--out", &three, "--identity", "孟雪琴"]);
    let again = hengjian.refused(1, &["sign-pdf", &three, "--out", &path("四.pdf"), "--identity", "周宁"]);
    assert!(again.contains("[signing.already-signed]"), "{again}");
    let report = hengjian.json(&["verify", &three])[0].clone();
    assert_eq!((text(&report["verdict"]), list(&report["signers"]).len()), ("trusted", 3), "{report}");
    let said = judge("pdfsig", &["-nocert", &three]);
    assert_eq!(said.matches("Signature Validation: Signature is Valid.").count(), 3, "{said}");

    // Every page says which sheet it is of; the file inside has that digest.
    let digest = text(&hengjian.json(&["show", &sheet])["digest"]).to_owned();
    let information = judge("pdfinfo", &[&three]);
    let pages = information.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim();
    for (index, code) in codes(Path::new(&three)).iter().enumerate() {
        let wanted = format!("HENGJIAN/1 SHA256:{} R1 T868 P{}/{pages}", digest.to_uppercase(), index + 1);
        assert_eq!(*code, wanted);
    }
    let inside = judge("qpdf", &["--show-attachment=sheet.json", &three]);
    std::fs::write(path("sheet.json"), inside).unwrap();
    assert!(judge("sha256sum", &[&path("sheet.json")]).starts_with(&digest));

    // What was changed is no longer signed, and is not signed once more.
    let mut bytes = std::fs::read(&two).unwrap();
    let at = bytes.windows(6).position(|window| window == b"stream").unwrap() + 40;
    bytes[at] ^= 1;
    std::fs::write(path("改.pdf"), bytes).unwrap();
    hengjian.refused(3, &["verify", &path("改.pdf")]);
    let refused = hengjian.refused(3, &["sign-pdf", &path("改.pdf"), "--out", &path("五.pdf"), "--identity", "孟雪琴"]);
    assert!(refused.contains("[signing.not-signable]") && !Path::new(&path("五.pdf")).exists(), "{refused}");
}

/// Writes into the pad with the mouse.
async fn write(window: &Window) {
    let pad = window.find("signature-pad").await;
    let at = |x: i64, y: i64| PointerAction::MoveToElement {
        element: pad.clone(),
        duration: Some(Duration::from_millis(10)),
        x: x as f64,
        y: y as f64,
    };
    let mut mouse = MouseActions::new("mouse".to_owned());
    for line in [[(-150, -30), (-110, 20), (-70, -40), (-20, 40)], [(20, -40), (20, 50), (60, 10), (120, -20)]] {
        mouse = mouse.then(at(line[0].0, line[0].1)).then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
        for (x, y) in line {
            mouse = mouse.then(at(x, y));
        }
        mouse = mouse.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    }
    window.page.perform_actions(mouse).await.unwrap();
}

async fn sign_and_export(window: &Window, sheet: &str, target: &Path) {
    window.click(&format!("open-{sheet}")).await;
    window.click("tab-documents").await;
    window.click("draw-signature").await;
    write(window).await;
    window.picture("drawn").await;
    window.click("take-drawing").await;
    window.sees("drawn-choice", "已记在这个身份下").await;
    window.type_into("passphrase", PASSPHRASE).await;
    window.retype("directory", target.to_str().unwrap()).await;
    window.picture("before-signing").await;
    window.click("export").await;
    window.css("[data-testid=\"export-file\"]").await;
    window.sees("passphrase-open", "还记着").await;
    window.picture("signed").await;
}

async fn another(window: &Window) {
    window.click("sign-another").await;
    window.find("sign-identity").await.select_by_index(1).await.unwrap();
    window.type_into("sign-passphrase", PASSPHRASE).await;
    window.picture("another").await;
    window.click("sign-pdf").await;
    window.sees("pdf-signed", "都仍然有效").await;
    window.picture("both").await;
    window.click("sign-close").await;
}

#[tokio::test]
async fn a_name_is_drawn_and_a_second_person_signs_in_the_window() {
    tokio::time::timeout(LIMIT, two_sign()).await.expect("the window or its driver stopped answering");
}

async fn two_sign() {
    let folder = tempfile::tempdir().unwrap();
    let (hengjian, sheet) = finalised(folder.path());
    hengjian.new_identity("周宁", "并州分校");
    let target = folder.path().join("出");
    hengjian.new_identity("韩立群", "第二专家组（含名称特别长的县级学习中心与省直属高等教育自学考试联合办学点）");
    let window = Window::open(&hengjian.workspace, folder.path()).await;
    sign_and_export(&window, &sheet, &target).await;
    another(&window).await;
    window.close(&hengjian).await;

    let first = hengjian.json(&["identity", "list"])[0]["name"].clone();
    assert_eq!(list(&hengjian.json(&["drawing", "show", text(&first)])["strokes"]).len(), 2);
    let pdfs = std::fs::read_dir(&target).unwrap().map(|entry| entry.unwrap().path().display().to_string());
    let signed = pdfs.into_iter().find(|path| path.ends_with("签.pdf")).unwrap();
    let report = hengjian.json(&["verify", &signed])[0].clone();
    assert_eq!((text(&report["verdict"]), list(&report["signers"]).len()), ("trusted", 2), "{report}");
    let said = judge("pdfsig", &["-nocert", &signed]);
    assert_eq!(said.matches("Signature Validation: Signature is Valid.").count(), 2, "{said}");
    only_file(&target, "hjp");
}
