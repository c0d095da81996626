//! Documents as DOCX, read by programs that did not make them: python-docx for what the file says, LibreOffice for
//! whether it opens. LibreOffice gives a character that is wider than its cell two cells, so the grid is judged by
//! what the file says.

#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use common::{argument, profile, python, run, squeeze, text};
use document::{Align, Axis, Bar, Block, Cell, Chart, Document, Form, Profile, Row, Seal, SignOff, StyleName, Table};
use serde_json::Value;

const PROSE: &str = "学校党委坚持以习近平新时代中国特色社会主义思想为指导，落实立德树人根本任务，2021年以来共开设专业32个，\
在籍学生12,345人，“三全育人”工作格局基本形成；教学点覆盖全市10个县（市、区），使用手机App学习的学生占96.4%。";

fn heading(level: usize, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

fn catalogue(rows: usize) -> Table {
    let columns = [
        ("序号", 1.0, Align::Centre),
        ("材料名称", 5.0, Align::Prose),
        ("时间", 1.5, Align::Centre),
        ("类型", 1.0, Align::Centre),
    ];
    let row = |n: usize| vec![n.to_string(), format!("第{n}次党委会议纪要"), "2021.09".to_owned(), "D".to_owned()];
    let rows: Vec<_> = (1..=rows).map(row).collect();
    Table {
        caption: Some("表1　支撑材料目录".to_owned()), least_row: 31.5, ..Table::plain(&columns, &rows, "表1")
    }
}

/// A table with cells over several rows and columns.
fn merged() -> Table {
    let cell = |column, text: &str, columns, rows| Cell {
        columns,
        rows,
        ..Cell::of(column, text, StyleName::TableCell, Align::Centre, "表2")
    };
    let mut table = Table::plain(
        &[("序号", 1.0, Align::Centre), ("指标", 2.0, Align::Centre), ("得分", 1.0, Align::Centre)],
        &[],
        "表2",
    );
    table.rows = vec![
        Row { cells: vec![cell(0, "1", 1, 2), cell(1, "办学定位", 1, 1), cell(2, "9", 1, 1)], tied: false },
        Row { cells: vec![cell(1, "办学条件", 1, 1), cell(2, "8", 1, 1)], tied: true },
        Row { cells: vec![cell(0, "合计17分", 3, 1)], tied: true },
    ];
    table
}

fn sample() -> Document {
    let mut body = vec![heading(1, "一、自评工作组织情况")];
    for title in ["（一）总体情况", "（二）工作过程"] {
        body.extend([heading(2, title), Block::Paragraph(PROSE.to_owned()), heading(3, "1.加强领导，明确责任")]);
        body.extend([
            Block::Paragraph(PROSE.repeat(3)),
            heading(4, "（1）制度建设"),
            Block::Paragraph(PROSE.repeat(2)),
        ]);
    }
    body.push(heading(1, "二、自评情况"));
    let rates = [("办学定位", "92.5%", false), ("师资队伍", "58%", true), ("条件保障", "83%", false)];
    let axes = rates.iter().map(|(label, text, _)| Axis {
        label: (*label).to_owned(),
        text: (*text).to_owned(),
        rate: Some(0.5),
    });
    body.push(Block::Chart(Chart::Radar { caption: "图1　一级指标得分率".to_owned(), axes: axes.collect() }));
    let bars = rates.iter().map(|(label, text, low)| Bar {
        label: format!("1.1{label}"),
        text: (*text).to_owned(),
        rate: Some(0.5),
        low: *low,
    });
    let line = Some((0.6, "60%".to_owned()));
    body.push(Block::Chart(Chart::Bars {
        caption: "图2　二级指标得分率".to_owned(), bars: bars.collect(), line
    }));
    let lines = [
        "一级指标：一、办学定位",
        "三级指标：1.1.1全面加强党的领导，坚持社会主义办学方向，落实立德树人根本任务（1—40条，共40条）",
    ];
    body.push(Block::Lines(lines.map(str::to_owned).to_vec()));
    body.extend([Block::Table(catalogue(40)), Block::Table(merged())]);
    let notes = ["1. “类型”列中，上级文件填A。", "2. “时间”列格式如2021.09。"];
    body.push(Block::Notes { heading: "说明".to_owned(), paragraphs: notes.map(str::to_owned).to_vec() });
    body.extend([heading(1, "三、对评估工作的意见建议"), Block::Paragraph("建议如下。".to_owned())]);
    Document {
        title: "山西开放大学并州分校关于国家开放大学办学评估工作自评情况的报告".to_owned(),
        body,
        attachments: vec![
            "自评打分表".to_owned(),
            "国家开放大学山西分部办学评估档案材料目录（含并州分校、汾曲分校及各学习中心）".to_owned(),
        ],
        sign_off: Some(sign_off(Some(seal()))),
        ..Document::default()
    }
}

fn sign_off(seal: Option<Seal>) -> SignOff {
    SignOff {
        organisation: Some("山西开放大学并州分校".to_owned()),
        name: None,
        date: Some("2022年9月1日".to_owned()),
        signed: false,
        seal,
    }
}

/// A red disc with nothing around it.
fn seal() -> Seal {
    let inside = |at: i64| (at % 60 - 30).pow(2) + (at / 60 - 30).pow(2) < 900;
    let pixel = |at| [220, 20, 20, if inside(at) { 200 } else { 0 }];
    Seal { width: 60, height: 60, rgba: (0..3600).flat_map(pixel).collect() }
}

fn letter(body: Vec<Block>) -> Document {
    Document { title: "自评报告".to_owned(), body, ..Document::default() }
}

/// Everything that a document says, as people read it.
fn texts(document: &Document) -> Vec<String> {
    let mut all = vec![document.title.clone()];
    let cells = |cells: &[Cell]| -> Vec<String> {
        cells.iter().flat_map(|cell| &cell.paragraphs).map(|p| p.text.clone()).collect()
    };
    for block in &document.body {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Addressees(text) | Block::NewPage(text) => {
                all.push(text.clone())
            }
            Block::Lines(lines) => all.extend(lines.clone()),
            Block::Table(table) => {
                all.extend(table.caption.clone());
                all.extend(cells(&table.header));
                all.extend(table.rows.iter().flat_map(|row| cells(&row.cells)));
            }
            Block::Notes { heading, paragraphs } => {
                all.push(heading.clone());
                all.extend(paragraphs.clone());
            }
            Block::Chart(Chart::Radar { caption, axes }) => {
                all.push(caption.clone());
                all.extend(axes.iter().flat_map(|axis| [axis.label.clone(), axis.text.clone()]));
            }
            Block::Chart(Chart::Bars { caption, bars, line }) => {
                all.push(caption.clone());
                all.extend(bars.iter().flat_map(|bar| [bar.label.clone(), bar.text.clone()]));
                all.extend(line.iter().map(|(_, label)| label.clone()));
            }
        }
    }
    all.extend(document.facts.iter().map(|(label, value)| format!("{label}：{value}")));
    all.extend(document.attachments.iter().chain(&document.mark).chain(&document.digest).cloned());
    if let Some(SignOff { organisation, name, date, .. }) = &document.sign_off {
        all.extend([organisation, name, date].into_iter().flatten().cloned());
    }
    all
}

/// Writes the document into a folder of its own.
fn write(name: &str, document: &Document, profile: &Profile) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docx").join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}.docx"));
    std::fs::write(&path, report::docx(document, profile).unwrap()).unwrap();
    path
}

/// What python-docx sees.
fn seen(path: &Path) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read_docx.py");
    serde_json::from_str(&run(argument(&python()), &[argument(&script), argument(path)])).unwrap()
}

/// The file as LibreOffice prints it, with the bundled fonts under the names that the file asks for.
fn printed(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap();
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
    let stand_ins = [
        ("仿宋", "FandolFang"),
        ("楷体", "FandolKai"),
        ("黑体", "Noto Sans CJK SC"),
        ("宋体", "Noto Serif CJK SC"),
        ("华文中宋", "Noto Serif CJK SC SemiBold"),
        ("Times New Roman", "Liberation Serif"),
    ];
    let alias = |(name, font): (&str, &str)| {
        let test = format!("<test name=\"family\"><string>{name}</string></test>");
        let edit = format!("<edit name=\"family\" mode=\"assign\" binding=\"strong\"><string>{font}</string></edit>");
        format!("<match target=\"pattern\">{test}{edit}</match>")
    };
    let aliases: String = stand_ins.map(alias).concat();
    let (fonts, cache) = (fonts.display(), folder.join("cache"));
    let list = format!("<fontconfig><dir>{fonts}</dir><cachedir>{}</cachedir>{aliases}</fontconfig>", cache.display());
    std::fs::write(folder.join("fonts.conf"), list).unwrap();
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("office").display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir", argument(folder), argument(path)])
        .env("FONTCONFIG_FILE", folder.join("fonts.conf"))
        .output()
        .unwrap_or_else(|e| panic!("soffice: {e}; script/bootstrap installs it"));
    let printed = path.with_extension("pdf");
    assert!(output.status.success() && printed.exists(), "soffice: {}", String::from_utf8_lossy(&output.stderr));
    printed
}

fn number(value: &Value) -> f64 {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value} is no number"))
}

/// The paragraph that begins so.
fn paragraph<'a>(seen: &'a Value, beginning: &str) -> &'a Value {
    let list = seen["paragraphs"].as_array().unwrap();
    let found = list.iter().find(|one| one["text"].as_str().unwrap().starts_with(beginning));
    found.unwrap_or_else(|| panic!("no paragraph begins with {beginning}"))
}

#[test]
fn the_page_has_the_sources_margins_grid_and_page_numbers() {
    let cases =
        [("oucsx-2021", 1803, 1701, 1440, 1440, 634, -4083), ("gbt-9704-2012", 1587, 1474, 2098, 1984, 579, -848)];
    for (name, left, right, top, bottom, pitch, space) in cases {
        let profile = Profile::named(name).unwrap();
        let seen = seen(&write(&format!("page {name}"), &sample(), &profile));
        let section = &seen["section"];
        let numbers = |element: &str, names: &[&str]| -> Vec<i32> {
            names.iter().map(|name| number(&section[element][name]) as i32).collect()
        };
        assert_eq!(numbers("pgSz", &["w", "h"]), [11906, 16838], "{name}");
        assert_eq!(numbers("pgMar", &["left", "right", "top", "bottom"]), [left, right, top, bottom], "{name}");
        assert_eq!(numbers("docGrid", &["linePitch", "charSpace"]), [pitch, space], "{name}");
        assert_eq!(section["docGrid"]["type"], "linesAndChars");
        // The grid's own arithmetic: 28 characters and 22 lines have room, and not one more.
        let size = number(&seen["defaults"]["sz"]["val"]) / 2.0;
        let (width, height) = (f64::from(11906 - left - right) / 20.0, f64::from(16838 - top - bottom) / 20.0);
        assert_eq!((width / (size + f64::from(space) / 4096.0)).floor(), 28.0, "{name}");
        assert_eq!((height / (f64::from(pitch) / 20.0)).floor(), 22.0, "{name}");
        // The number's upper edge stands 7 mm below the core.
        let below = f64::from(bottom) - number(&section["pgMar"]["footer"]) - 14.0 * 20.0;
        assert!((below / 20.0 - 7.0 * 72.0 / 25.4).abs() < 0.1, "{name}: {below}");
        assert_eq!(seen["odd_and_even"], true);
        for (pages, side) in [("odd", "right"), ("even", "left")] {
            let footer = &seen[pages][0];
            assert_eq!(footer["field"], " PAGE ");
            assert_eq!(footer["text"], if pages == "odd" { "— 1 —" } else { "— 2 —" });
            assert_eq!(footer["properties"]["jc"]["val"], side);
            assert_eq!(footer["properties"]["ind"][format!("{side}Chars")], "100");
            let style = &seen["styles"]["Footer"]["run"];
            assert_eq!((&style["sz"]["val"], &style["rFonts"]["eastAsia"]), (&"28".into(), &"宋体".into()));
        }
    }
}

#[test]
fn styles_carry_the_format_under_the_names_that_word_knows() {
    let seen = seen(&write("styles", &sample(), &profile()));
    let styles = &seen["styles"];
    let cases = [
        ("Normal", "仿宋", 32, None),
        ("Title", "华文中宋", 44, None),
        ("Heading 1", "黑体", 32, Some("0")),
        ("Heading 2", "楷体", 32, Some("1")),
        ("Heading 3", "仿宋", 32, Some("2")),
        ("Heading 4", "仿宋", 32, Some("3")),
        ("表头", "黑体", 21, None),
        ("表格文字", "仿宋", 21, None),
        ("Caption", "黑体", 21, None),
        ("落款", "仿宋", 32, None),
        ("Date", "仿宋", 32, None),
        ("附件说明", "仿宋", 32, None),
    ];
    for (name, font, size, outline) in cases {
        let style = &styles[name];
        let run = &style["run"];
        assert_eq!(run["rFonts"]["eastAsia"], font, "{name}");
        assert_eq!(run["rFonts"]["ascii"], "Times New Roman", "{name}");
        assert_eq!(number(&run["sz"]["val"]) as i64, size, "{name}");
        assert_eq!(style["paragraph"]["outlineLvl"]["val"].as_str(), outline, "{name}");
        if outline.is_some() {
            assert_eq!((&style["based"], &style["next"]), (&"Normal".into(), &"Normal".into()), "{name}");
            assert!(style["paragraph"].get("keepNext").is_some(), "{name}");
        }
        let snaps = !["Title", "表头", "表格文字", "Caption"].contains(&name);
        assert_eq!(style["paragraph"]["snapToGrid"]["val"], if snaps { "1" } else { "0" }, "{name}");
    }
    let normal = &styles["Normal"]["paragraph"];
    assert_eq!((&normal["ind"]["firstLineChars"], &normal["ind"]["firstLine"]), (&"200".into(), &"600".into()));
    let date = &styles["Date"]["paragraph"];
    assert_eq!((&date["ind"]["rightChars"], &date["jc"]["val"]), (&"400".into(), &"right".into()));
    assert_eq!((&seen["title"], &seen["language"]), (&sample().title.into(), &"zh-CN".into()));
    assert_eq!(seen["author"], "山西开放大学并州分校");
}

#[test]
fn paragraphs_have_the_styles_of_what_they_are() {
    let seen = seen(&write("paragraphs", &sample(), &profile()));
    let cases = [
        ("山西开放大学并州分校关于", "Title"),
        ("一、自评工作", "Heading 1"),
        ("（一）总体", "Heading 2"),
        ("1.加强领导", "Heading 3"),
        ("（1）制度", "Heading 4"),
        ("学校党委坚持", "Normal"),
        ("图1", "Caption"),
        ("三级指标：", "表前文字"),
        ("说明：", "说明标题"),
        ("1. “类型”", "说明"),
        ("附件：1.自评打分表", "附件说明"),
        ("2.国家开放大学", "附件说明"),
        ("山西开放大学并州分校", "Title"),
        ("2022年9月1日", "Date"),
    ];
    for (beginning, style) in cases {
        assert_eq!(paragraph(&seen, beginning)["style"], style, "{beginning}");
    }
    let rule = &seen["paragraphs"][0];
    assert_eq!(rule["style"], "红色分隔线");
    assert_eq!(seen["styles"]["红色分隔线"]["paragraph"]["pBdr"], Value::Object(serde_json::Map::new()));
    let list = seen["paragraphs"].as_array().unwrap();
    let title = list[1]["text"].as_str().unwrap();
    let room = profile().core.width() / 22.0;
    assert_eq!(title.lines().collect::<Vec<_>>(), document::title_lines(&sample().title, room));
    // Both names of the attachments begin at one place, and so do their later lines.
    let left = |beginning| number(&paragraph(&seen, beginning)["properties"]["ind"]["left"]);
    assert_eq!(left("附件：1."), left("2.国家"));
    let indent = |beginning| left(beginning) - number(&paragraph(&seen, beginning)["properties"]["ind"]["hanging"]);
    assert_eq!((indent("附件：1."), indent("2.国家")), (600.0, 1500.0));
    assert!(paragraph(&seen, "附件：1.")["properties"].get("keepNext").is_some(), "a short note is not cut");
}

#[test]
fn tables_have_fixed_columns_repeated_headers_thin_borders_and_merged_cells() {
    let seen = seen(&write("tables", &sample(), &profile()));
    let tables = seen["tables"].as_array().unwrap();
    assert_eq!(tables.len(), 4, "two charts as tables, two tables");
    for table in tables {
        let columns: i64 = table["columns"].as_array().unwrap().iter().map(|width| width.as_i64().unwrap()).sum();
        assert_eq!(columns, 8402, "as wide as the core");
        assert_eq!(table["properties"]["tblLayout"]["type"], "fixed");
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            assert_eq!(table["borders"][side]["sz"], "4");
        }
        for (index, row) in table["rows"].as_array().unwrap().iter().enumerate() {
            assert_eq!(row["properties"].get("tblHeader").is_some(), index == 0);
            assert!(row["properties"].get("cantSplit").is_some());
            for cell in row["cells"].as_array().unwrap() {
                assert_eq!(cell["properties"]["vAlign"]["val"], "center");
            }
        }
    }
    let catalogue = &tables[2]["rows"];
    assert_eq!(catalogue.as_array().unwrap().len(), 41);
    assert_eq!(catalogue[0]["cells"][1]["styles"][0], "表头");
    assert_eq!(catalogue[7]["cells"][1]["text"], "第7次党委会议纪要");
    assert_eq!(catalogue[7]["properties"]["trHeight"], serde_json::json!({ "val": "630", "hRule": "atLeast" }));
    let merged = &tables[3]["rows"];
    assert_eq!(merged[1]["cells"][0]["properties"]["vMerge"]["val"], "restart");
    assert_eq!(merged[2]["cells"][0]["properties"]["vMerge"], Value::Object(serde_json::Map::new()));
    assert_eq!(merged[2]["cells"][1]["text"], "办学条件");
    assert_eq!(merged[3]["cells"][0]["properties"]["gridSpan"]["val"], "3");
    let tied: Vec<_> = (1..4).map(|row| merged[row]["cells"][1]["tied"].as_bool()).collect();
    assert_eq!(tied, [Some(true), Some(true), None]);
}

#[test]
fn the_sign_off_takes_two_lines_of_text_along_and_carries_the_seal() {
    let tied = |seen: &Value| -> Vec<bool> {
        let list = seen["paragraphs"].as_array().unwrap().iter().rev();
        list.map(|one| one["properties"].get("keepNext").is_some()).take(4).collect()
    };
    let short = || Block::Paragraph("一行正文。".to_owned());
    let with = |body, seal| Document { sign_off: Some(sign_off(seal)), ..letter(body) };
    let lines = seen(&write("short", &with(vec![short(), short(), short()], None), &profile()));
    assert_eq!(tied(&lines), [false, true, true, true]);
    let prose = Block::Paragraph(PROSE.to_owned());
    let long = seen(&write("long", &with(vec![short(), prose.clone()], Some(seal())), &profile()));
    assert_eq!(tied(&long), [false, true, true, false]);
    assert!(long["paragraphs"][3]["properties"]["widowControl"]["val"] == "1");
    assert_eq!(paragraph(&long, "2022年")["pictures"], 1);
    assert_eq!(paragraph(&lines, "2022年")["pictures"], 0, "no empty seal");
    let table = seen(&write("table", &with(vec![prose, Block::Table(merged())], None), &profile()));
    assert_eq!(table["tables"][0]["rows"][3]["cells"][0]["tied"], true);
    // The name stands centred over the date: the middle of its room is the date's, 4 characters from the right.
    let name = paragraph(&lines, "山西开放大学并州分校");
    let date = 6.0 * 8.0 + 3.0 * 15.003;
    let middle = (8402.0 + number(&name["properties"]["ind"]["left"])) / 2.0 / 20.0;
    assert!((middle - (420.1 - 4.0 * 15.003 - date / 2.0)).abs() < 0.2, "{middle}");
}

#[test]
fn small_print_stands_where_the_pdf_has_it_and_facts_two_by_two() {
    let fact = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    let document = Document {
        form: Form::Sheet,
        mark: Some("草稿".to_owned()),
        digest: Some("内容摘要 3f9a1c0e".to_owned()),
        facts: vec![
            fact("单位", "并州分校"),
            fact("年度", "2022年"),
            fact("所在单位", &"很长的单位名称".repeat(8)),
            fact("阶段", "自评"),
        ],
        body: vec![Block::Table(merged()), Block::NewPage("第二篇".to_owned()), Block::Paragraph("正文。".to_owned())],
        ..letter(Vec::new())
    };
    let path = write("sheet", &document, &profile());
    let seen = seen(&path);
    assert_eq!((&seen["odd_head"][0]["text"], &seen["even_head"][0]["text"]), (&"草稿".into(), &"草稿".into()));
    assert_eq!(seen["odd_head"][0]["properties"]["jc"]["val"], "right");
    for (pages, side) in [("odd", "left"), ("even", "right")] {
        assert_eq!(seen[pages][0]["text"], "内容摘要 3f9a1c0e");
        assert_eq!(seen[pages][0]["properties"]["framePr"]["xAlign"], side);
        assert_eq!(seen[pages][1]["field"], " PAGE ");
    }
    assert_eq!(paragraph(&seen, "单位：")["text"], "单位：并州分校\t年度：2022年");
    assert_eq!(paragraph(&seen, "阶段")["text"], "阶段：自评");
    assert_eq!(seen["paragraphs"][0]["style"], "Title", "a sheet has no red rule");
    assert!(paragraph(&seen, "第二篇")["properties"].get("pageBreakBefore").is_some());
    let printed = printed(&path);
    let copied = text(&printed);
    for text in texts(&document) {
        assert!(copied.contains(&squeeze(&text)), "{text}");
    }
    assert!(run("pdfinfo", &[argument(&printed)]).contains("Pages:           2\n"));
}

#[test]
fn libreoffice_prints_every_text_in_the_right_fonts_with_levels() {
    let path = printed(&write("office", &sample(), &profile()));
    let information = run("pdfinfo", &[argument(&path)]);
    assert!(information.contains("A4") && information.contains(&sample().title), "{information}");
    let copied = text(&path);
    // Page numbers stand between the parts of what goes on over a page's end.
    let numbers = |text: &str| {
        let mut text = text.to_owned();
        (1..40).for_each(|page| text = text.replace(&format!("—{page}—"), ""));
        text.replace(['\u{c}'], "")
    };
    let copied = numbers(&copied);
    for text in texts(&sample()) {
        assert!(copied.contains(&squeeze(&text)), "{text}");
    }
    let fonts = run("pdffonts", &[argument(&path)]);
    for font in [
        "FandolFang",
        "FandolKai",
        "NotoSansCJKjp-Regular",
        "NotoSerifCJKjp-SemiBold",
        "NotoSerifCJKjp-Regular",
        "LiberationSerif",
    ] {
        assert!(fonts.contains(font), "{font}\n{fonts}");
    }
    let outline = lopdf::Document::load(&path).unwrap().get_toc().unwrap().toc;
    let outline: Vec<_> = outline.iter().map(|entry| (entry.level, entry.title.as_str())).collect();
    assert_eq!(
        outline[..4],
        [(1, "一、自评工作组织情况"), (2, "（一）总体情况"), (3, "1.加强领导，明确责任"), (4, "（1）制度建设"),]
    );
}

#[test]
fn the_same_document_gives_the_same_bytes_without_times() {
    let bytes = report::docx(&sample(), &profile()).unwrap();
    assert!(bytes == report::docx(&sample(), &profile()).unwrap());
    let path = write("bytes", &sample(), &profile());
    let listed = run("unzip", &["-lv", argument(&path)]);
    let parts: Vec<&str> = listed.lines().filter(|line| line.contains("xml") || line.contains("png")).collect();
    assert!(parts.len() > 8 && parts.iter().all(|line| line.contains("1980-01-01 00:00")), "{listed}");
    assert!(!run("unzip", &["-p", argument(&path), "docProps/core.xml"]).contains("dcterms"));
}

#[test]
fn hostile_texts_open_and_nothing_that_can_be_printed_is_lost() {
    let name = "很长的单位名称".repeat(58);
    let tall = "这一格比一页还高。\n".repeat(120);
    let control: String = (0..32).filter_map(char::from_u32).filter(|c| *c != '\n').collect();
    let cells = vec![vec!["1".to_owned(), tall.trim().to_owned()], vec!["2".to_owned(), "<b>&amp;\"'".to_owned()]];
    let columns = [("序号", 1.0, Align::Centre), ("内容", 5.0, Align::Prose)];
    let odd = [
        format!("前{control}后\u{7f}\u{85}\u{fffe}\u{ffff}"),
        "表情👍🏽👨‍👩‍👧 与𬱖䶮㛃".to_owned(),
        "شهادة تقدير، שלום".to_owned(),
        "]]> <w:p/> &#0; 加粗".to_owned(),
        String::new(),
        "没有空格的长串abcdefghij".repeat(30),
    ];
    let mut body: Vec<Block> = odd.iter().cloned().map(Block::Paragraph).collect();
    body.push(Block::Table(Table::plain(&columns, &cells, "表")));
    body.push(Block::Table(Table { columns: Vec::new(), ..Table::default() }));
    body.push(Block::Notes { heading: "说明".to_owned(), paragraphs: Vec::new() });
    body.extend([Block::NewPage(String::new()), Block::Table(Table::plain(&columns, &cells[1..], "表"))]);
    let mut seal = seal();
    let document = Document {
        title: name.clone(),
        attachments: vec![name.clone()],
        sign_off: Some(SignOff { organisation: Some(name.clone()), ..sign_off(Some(seal.clone())) }),
        ..letter(body)
    };
    let path = write("hostile", &document, &profile());
    let seen = seen(&path);
    assert_eq!(paragraph(&seen, "前")["text"], "前 后", "a tab is a blank, other control characters are nothing");
    assert_eq!(paragraph(&seen, "表情")["text"], odd[1]);
    assert_eq!(paragraph(&seen, "]]>")["text"], odd[3]);
    let cell = seen["tables"][0]["rows"][1]["cells"][1]["text"].as_str().unwrap();
    assert_eq!(cell.lines().count(), 120);
    let copied = text(&printed(&path));
    assert_eq!(copied.matches("这一格比一页还高。").count(), 120, "a row that is taller than a page goes on");
    seal.rgba.truncate(100);
    let broken = Document { sign_off: Some(sign_off(Some(seal))), ..letter(Vec::new()) };
    assert!(matches!(report::docx(&broken, &profile()), Err(report::Error::DocxUnwritable { .. })));
    let empty = write("empty", &Document::default(), &profile());
    assert_eq!(run("pdfinfo", &[argument(&printed(&empty))]).matches("Pages:           1\n").count(), 1);
}

#[test]
fn our_own_check_of_formats_finds_nothing() {
    for name in Profile::built_in() {
        let profile = Profile::named(name).unwrap();
        let found = formatcheck::check_bytes(&report::docx(&sample(), &profile).unwrap(), "docx", &profile).unwrap();
        assert!(found.findings.is_empty(), "{name}: {:#?}", found.findings);
    }
}
