//! The score sheet, judged by programs that did not make it.

#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::{collections::BTreeMap, path::Path};

use common::{argument, file, fonts, profile, render, run, sheet, squeeze, text, try_render};
use document::{Enclosed, Indicator, PageCode, Profile, Role, RowKind, ScoreRow as Row, ScoreSheet, SignOff};
use report::Error;

/// Everything that the sheet says, one string for each text.
fn texts(sheet: &ScoreSheet) -> Vec<String> {
    fn collect(indicators: &[Indicator], all: &mut Vec<String>) {
        for indicator in indicators {
            all.push(indicator.text.clone());
            all.extend(indicator.score.iter().map(|score| format!("得分 {score}")));
            for row in &indicator.rows {
                let (RowKind::Point { score } | RowKind::Condition { state: score }) = &row.kind;
                let remark = row.remark.iter().map(|remark| format!("意见：{remark}"));
                all.push(format!("{}{}{score}", row.text, remark.collect::<String>()));
            }
            collect(&indicator.children, all);
        }
    }
    let mut all = vec![sheet.title.clone()];
    all.extend(sheet.facts.iter().map(|(label, value)| format!("{label}：{value}")));
    collect(&sheet.indicators, &mut all);
    all.extend(sheet.total.iter().chain(&sheet.conclusion_reasons).chain(&sheet.notes).cloned());
    let SignOff { organisation, name, date, .. } = sheet.sign_off.clone();
    all.extend([organisation, name, date].into_iter().flatten());
    all
}

fn small(indicators: Vec<Indicator>) -> ScoreSheet {
    ScoreSheet { title: "打分表".to_owned(), indicators, score_label: "得分".to_owned(), ..ScoreSheet::default() }
}

fn point(text: &str) -> Row {
    Row { text: text.to_owned(), kind: RowKind::Point { score: "7".to_owned() }, ..Row::default() }
}

#[test]
fn the_sheet_is_a_sound_pdf_with_embedded_subsets_and_the_same_bytes_each_time() {
    let rendered = render(&sheet());
    let path = file("sheet.pdf", &rendered);
    run("qpdf", &["--check", argument(&path)]);
    let information = run("pdfinfo", &[argument(&path)]);
    for line in ["国家开放大学山西分部办学评估自评打分表", "PDF version:     1.7", "A4"] {
        assert!(information.contains(line), "{line}\n{information}");
    }
    assert!(information.contains(&format!("Pages:           {}\n", rendered.pages)));
    let listed = run("pdffonts", &[argument(&path)]);
    let listed: Vec<&str> = listed.lines().skip(2).collect();
    assert_eq!(listed.len(), rendered.fonts_used.len());
    for font in listed {
        assert!(font.contains(" yes yes yes ") && font.as_bytes()[6] == b'+', "{font}");
    }
    assert!(render(&sheet()).bytes == rendered.bytes, "two runs differ");
}

#[test]
fn a_reader_copies_every_text_as_it_was_given() {
    let sheet = sheet();
    let path = file("copied.pdf", &render(&sheet));
    let copied = text(&path);
    for text in texts(&sheet) {
        assert!(copied.contains(&squeeze(&text)), "{text}");
    }
    let rows: usize = texts(&sheet).len();
    assert!(rows > 126 + 92, "the sheet has 123 points, 3 conditions and 92 indicators");
}

#[test]
fn every_page_has_the_header_the_number_and_the_mark() {
    let mut sheet = sheet();
    sheet.mark = Some("草稿".to_owned());
    let rendered = render(&sheet);
    let path = file("draft.pdf", &rendered);
    for page in 1..=rendered.pages {
        let number = page.to_string();
        let words = run("pdftotext", &["-f", &number, "-l", &number, "-raw", argument(&path), "-"]);
        for expected in [format!("— {page} —"), "草稿".to_owned(), "内容摘要".to_owned()] {
            assert!(words.contains(&expected), "page {page} lacks {expected}");
        }
        let table = page < rendered.pages || words.contains("观测点\n");
        assert!(!table || squeeze(&words).contains("三级指标观测点自评得分"), "page {page} lacks the table's header");
        let (left, right) = number_edges(&path, &number);
        // Core 90.14 to 510.24 pt; one blank character of 14 pt at the outer side.
        let off = if page % 2 == 1 { right - (510.24 - 14.0) } else { left - (90.14 + 14.0) };
        assert!(off.abs() < 0.5, "page {page}: the number is {off} pt off");
    }
}

/// Left and right edge of the page number with its dashes.
fn number_edges(path: &Path, page: &str) -> (f64, f64) {
    let boxes = run("pdftotext", &["-f", page, "-l", page, "-bbox", argument(path), "-"]);
    let dashes: Vec<&str> = boxes.lines().filter(|line| line.contains(">—<")).collect();
    let value = |line: &str, name: &str| {
        let from = line.split_once(&format!("{name}=\"")).unwrap().1;
        from.split_once('"').unwrap().0.parse().unwrap()
    };
    (value(dashes[dashes.len() - 2], "xMin"), value(dashes[dashes.len() - 1], "xMax"))
}

#[test]
fn bookmarks_are_nested_by_level_and_the_catalogue_names_language_and_title() {
    let path = file("bookmarks.pdf", &render(&sheet()));
    let json = run("qpdf", &["--json", "--json-key=outlines", argument(&path)]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let top = json["outlines"].as_array().unwrap();
    let titles: Vec<&str> = top.iter().map(|item| item["title"].as_str().unwrap()).collect();
    assert_eq!(titles[0], "1.办学定位（40分）");
    assert_eq!(titles[6..], ["自评总分：868　自评结论等次：良好", "结论依据", "说明"]);
    let second = top[1]["kids"].as_array().unwrap();
    assert_eq!(second.len(), 3);
    assert_eq!(second[1]["kids"].as_array().unwrap().len(), 4);
    let pages: Vec<u64> = top.iter().map(|item| item["destpageposfrom1"].as_u64().unwrap()).collect();
    assert!(pages.is_sorted() && pages[1] > pages[0], "{pages:?}");
    let plain = run("qpdf", &["--qdf", "--object-streams=disable", argument(&path), "-"]);
    for entry in ["/Lang (zh-CN)", "/DisplayDocTitle true", "/PageMode /UseOutlines"] {
        assert!(plain.contains(entry), "{entry}");
    }
    assert!(!plain.contains("GTS_PDFX") && !plain.contains("CreationDate"));
}

#[test]
fn rare_characters_print_and_characters_that_share_a_glyph_stay_apart() {
    let mut sheet = small(vec![]);
    let name = "评估人：䶮㛃喆";
    // Radicals and compatibility dots have the same outlines as the characters beside them.
    let twins = "一⼀人⼈·•・～〜";
    sheet.sign_off.name = Some(name.to_owned());
    sheet.notes = vec![twins.to_owned(), "第二条。".to_owned()];
    let rendered = render(&sheet);
    let path = file("rare.pdf", &rendered);
    run("qpdf", &["--check", argument(&path)]);
    let copied = text(&path);
    assert!(copied.contains(name) && copied.contains(twins), "{copied}");
    assert!(rendered.fonts_used.iter().any(|font| font.role == Role::Rare));
}

#[test]
fn a_character_that_no_font_has_is_an_error_with_its_place() {
    let row = point("（1）名称含\u{E123}的材料");
    let leaf = Indicator { code: "2.1".to_owned(), rows: vec![row], ..Indicator::default() };
    let error = try_render(&small(vec![leaf]), &profile()).unwrap_err();
    let Error::CharacterMissing { code_point, place, .. } = error else { panic!("{error}") };
    assert_eq!(code_point, "U+E123");
    assert!(place.contains("2.1") && place.contains("（1）名称含"), "{place}");
}

#[test]
fn texts_taller_than_a_page_are_split_and_nothing_is_lost() {
    let unit: String = (0..700).map(|i| format!("第{i}句，")).collect();
    let indicator = Indicator {
        text: format!("甲{unit}"),
        rows: vec![point("前一行"), point(&format!("乙{unit}")), point("后一行")],
        ..Indicator::default()
    };
    let rendered = render(&small(vec![indicator]));
    let path = file("long.pdf", &rendered);
    run("qpdf", &["--check", argument(&path)]);
    let mut copied = text(&path);
    for page in 1..=rendered.pages {
        copied = copied.replacen(&format!("—{page}—"), "", 1);
    }
    for counted in "第句0123456789".chars() {
        let given = unit.matches(counted).count() * 2;
        assert_eq!(copied.matches(counted).count(), given + if counted == '7' { 3 } else { 0 }, "{counted}");
    }
    assert!(copied.contains("前一行") && copied.contains("后一行"));
}

#[test]
fn every_shape_of_tree_prints() {
    let leaf =
        |text: &str| Indicator { text: text.to_owned(), rows: vec![point("观测点甲")], ..Indicator::default() };
    let node = |text: &str, children| Indicator { text: text.to_owned(), children, ..Indicator::default() };
    let shapes: BTreeMap<&str, Vec<Indicator>> = BTreeMap::from([
        ("empty", vec![]),
        ("one level", vec![leaf("独级")]),
        ("two levels", vec![node("一级", vec![leaf("二级甲"), leaf("二级乙")])]),
        ("uneven", vec![leaf("浅"), node("深", vec![node("中", vec![leaf("末")]), leaf("旁")])]),
        ("points beside children", vec![Indicator { rows: vec![point("直属")], ..node("混", vec![leaf("子")]) }]),
        ("indicator without points", vec![node("空", vec![])]),
        ("four levels", vec![node("壹", vec![node("贰", vec![node("叁", vec![leaf("肆")])])])]),
    ]);
    for (shape, indicators) in shapes {
        let mut sheet = small(indicators);
        sheet.total = vec!["总分：7".to_owned()];
        let path = file(&format!("shape {shape}.pdf"), &render(&sheet));
        run("qpdf", &["--check", argument(&path)]);
        let copied = text(&path);
        for text in texts(&sheet) {
            assert!(copied.contains(&squeeze(&text)), "{shape}: {text}");
        }
    }
    let deep = node("1", vec![node("2", vec![node("3", vec![node("4", vec![leaf("5")])])])]);
    let error = small(vec![deep]).document(&profile()).unwrap_err();
    assert_eq!(error, document::Error::TooManyLevels { depth: 5, most: 4 });
}

#[test]
fn places_for_signatures_stand_below_name_and_date_inside_the_core_and_hide_nothing() {
    let rendered = render(&sheet());
    let path = file("signature.pdf", &rendered);
    let areas = &rendered.signature_areas;
    assert!(areas.len() >= 6 && areas.len().is_multiple_of(3), "{areas:?}");
    let words = |left: f64, top: f64, width: f64, height: f64| {
        let page = (areas[0].page_index + 1).to_string();
        let [x, y, w, h] = [left, 841.89 - top, width, height].map(|length| length.round().to_string());
        let crop = ["-f", &page, "-l", &page, "-x", &x, "-y", &y, "-W", &w, "-H", &h, argument(&path), "-"];
        squeeze(&run("pdftotext", &crop))
    };
    let above = words(areas[0].left, areas[0].top + 70.0, 430.0, 68.0);
    assert!(above.ends_with("评估人：李喆2022年9月1日"), "{above}");
    for (index, area) in areas.iter().enumerate() {
        assert_eq!(words(area.left, area.top, area.right - area.left, area.top - area.bottom), "");
        // Core 90.14 to 510.24 pt across, 72 pt above the paper's edge.
        assert!(area.left > 90.0 && area.right < 510.3 && area.bottom > 71.9, "{area:?}");
        let apart = |other: &report::SignatureArea| {
            area.right < other.left || other.right < area.left || area.top < other.bottom || other.top < area.bottom
        };
        assert!(areas[..index].iter().all(apart), "{area:?}");
    }
}

#[test]
fn every_page_carries_a_code_that_a_scanner_reads_and_the_digest_beside_it() {
    let digest = "9F3A22B1".repeat(8);
    for (name, lines) in [("upright", 1), ("lying", 2)] {
        let mut document = sheet().document(&profile()).unwrap();
        document.wide = name == "lying";
        let halves = digest.to_lowercase();
        let beside = ["打分表摘要 SHA-256", &halves[..32], &halves[32..]].map(str::to_owned);
        let text = format!("HENGJIAN/1 SHA256:{digest} R{lines} T868");
        document.code = Some(PageCode { lines: beside.into(), text: text.clone() });
        let rendered = report::pdf(&document, &profile(), fonts()).unwrap();
        let path = file(&format!("code-{name}.pdf"), &rendered);
        let prefix = path.with_extension("");
        run("pdftoppm", &["-r", "150", "-gray", "-png", argument(&path), argument(&prefix)]);
        for page in 1..=rendered.pages {
            let digits = rendered.pages.to_string().len();
            let picture = format!("{}-{page:0digits$}.png", prefix.display());
            let read = run("zbarimg", &["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", &picture]);
            assert_eq!(read.trim(), format!("{text} P{page}/{}", rendered.pages));
            let number = page.to_string();
            let words = run("pdftotext", &["-f", &number, "-l", &number, "-raw", argument(&path), "-"]);
            assert!(words.contains("打分表摘要 SHA-256") && words.contains(&halves[32..]), "{words}");
        }
    }
}

#[test]
fn files_inside_are_data_that_others_take_out_byte_for_byte() {
    let mut document = sheet().document(&profile()).unwrap();
    let enclose = |name: &str, bytes: &[u8]| Enclosed {
        name: name.to_owned(),
        media_type: "application/json".to_owned(),
        description: "打分表的数据".to_owned(),
        bytes: bytes.to_vec(),
    };
    let long = b"{\"marks\": 4}".repeat(5000);
    document.enclosed = vec![enclose("sheet.json", &long), enclose("a.toml", b"")];
    let rendered = report::pdf(&document, &profile(), fonts()).unwrap();
    let path = file("inside.pdf", &rendered);
    run("qpdf", &["--check", argument(&path)]);
    let listed = run("pdfdetach", &["-list", argument(&path)]);
    assert!(listed.contains("a.toml") && listed.contains("sheet.json"), "{listed}");
    assert!(run("qpdf", &["--show-attachment=sheet.json", argument(&path)]).into_bytes() == long);
    let json = run("qpdf", &["--json", "--json-key=qpdf", argument(&path)]);
    assert_eq!(json.matches("\"/AFRelationship\": \"/Data\"").count(), 2);
    assert!(rendered.bytes == report::pdf(&document, &profile(), fonts()).unwrap().bytes, "two runs differ");
}

#[test]
fn a_signature_block_shows_everything_it_should_however_long() {
    let place = report::SignatureArea { page_index: 0, left: 0.0, bottom: 0.0, right: 133.2, top: 65.2 };
    let fingerprint = ["9F3A"; 16].join(" ");
    let wave: Vec<(f64, f64)> = (0..60).map(|x| (f64::from(x) * 5.0, (f64::from(x) / 4.0).sin() * 40.0)).collect();
    let long = "某某省某某市某某县广播电视大学开放教育学院教学质量监督与评估办公室及其下属各教学点";
    let cases = [("周宁", "并州分校", vec![]), ("欧阳\u{E123}娜依古丽·买买提", long, vec![wave, vec![(9.0, 9.0)]])];
    for (index, (name, organisation, drawing)) in cases.iter().enumerate() {
        let stamp = report::Stamp { name, organisation, time: "2022-09-01 16:20", fingerprint: &fingerprint, drawing };
        let bytes = report::stamp(&stamp, place, fonts()).unwrap();
        let path = std::env::temp_dir().join(format!("hengjian-report-tests-stamp-{index}.pdf"));
        std::fs::write(&path, bytes).unwrap();
        run("qpdf", &["--check", argument(&path)]);
        let words = squeeze(&run("pdftotext", &["-raw", argument(&path), "-"]));
        assert!(words.contains("2022-09-0116:20") && words.matches("9F3A").count() == 16, "{words}");
        assert!(words.contains(&name.chars().take(2).collect::<String>()), "{words}");
        assert!(words.contains(&organisation.chars().take(4).collect::<String>()), "{words}");
        let (width, height) = (133.2, 65.2);
        let boxes = run("pdftotext", &["-bbox", argument(&path), "-"]);
        let edge = |line: &str, name: &str| -> f64 {
            line.split_once(&format!("{name}=\"")).unwrap().1.split_once('"').unwrap().0.parse().unwrap()
        };
        for line in boxes.lines().filter(|line| line.contains("<word")) {
            let inside = edge(line, "xMin") > 0.0 && edge(line, "xMax") < width && edge(line, "yMax") < height + 1.0;
            assert!(inside, "{line}");
        }
    }
}

#[test]
fn another_profile_is_another_page() {
    let file_of = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/formats").join(name);
        std::fs::read_to_string(path).unwrap()
    };
    assert_eq!(Profile::parse(&file_of("oucsx-2021.toml")).unwrap(), profile());
    let other = Profile::parse(&file_of("gbt-9704-2012.toml")).unwrap();
    let rendered = try_render(&sheet(), &other).unwrap();
    let path = file("other.pdf", &rendered);
    run("qpdf", &["--check", argument(&path)]);
    let (_, right) = number_edges(&path, "1");
    // Core 156 mm wide beside a margin of 28 mm: its right edge is at 521.57 pt.
    assert!((right - (521.57 - 14.0)).abs() < 0.5, "{right}");
}
