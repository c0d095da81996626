//! Running text by 附件5, measured in the finished PDF by programs that did not make it.

#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{MeasuredChar, MeasuredPage, argument, file, fonts, measured, profile, run, squeeze, text};
use document::{Axis, Bar, Block, Chart, Document, Profile, Seal, SignOff, Table};

fn heading(level: usize, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

fn charts() -> [Block; 2] {
    let rates = [
        ("办学定位", 0.925),
        ("师资队伍", 0.7),
        ("条件保障", 0.83),
        ("教学管理", 0.58),
        ("办学质量", 0.88),
        ("创新与服务", 0.75),
    ];
    let axes = rates.iter().map(|(label, rate)| Axis {
        label: (*label).to_owned(),
        text: format!("{:.1}%", rate * 100.0),
        rate: Some(*rate),
    });
    let radar = Block::Chart(Chart::Radar { caption: "图1　一级指标得分率".to_owned(), axes: axes.collect() });
    let bars = rates.iter().map(|(label, rate)| Bar {
        label: format!("1.1 {label}与全面加强党的领导"),
        text: format!("{:.1}%", rate * 100.0),
        rate: Some(*rate),
        low: *rate < 0.6,
    });
    let bars = Block::Chart(Chart::Bars {
        caption: "图2　二级指标得分率".to_owned(),
        bars: bars.collect(),
        line: Some((0.6, "60%".to_owned())),
    });
    [radar, bars]
}

fn report() -> Document {
    let prose = "国家开放大学山西分部并州分校坚持以习近平新时代中国特色社会主义思想为指导，落实立德树人根本任务，2021年以来共开设专业32个，在籍学生12,345人，专职教师86人，生师比为17.5∶1，经费投入1,280万元，同比增长8.5%，“三全育人”工作格局基本形成；教学点覆盖全市10个县（市、区），使用手机App学习的学生占96.4%。";
    let full = "学校党委高度重视评估工作成立了由主要负责同志担任组长的自评工作领导小组制定了自评工作方案明确了任务分工和时间节点组织召开动员大会和推进会对照指标体系逐条逐项开展自查自评形成了自评报告和支撑材料目录并按照要求及时整改存在的问题".repeat(3);
    let mut body = vec![heading(1, "一、分部自评工作组织情况")];
    for (number, title) in ["（一）总体情况", "（二）工作过程", "（三）主要做法"].iter().enumerate()
    {
        body.push(heading(2, title));
        body.push(Block::Paragraph(prose.to_owned()));
        body.push(heading(3, "1.加强领导，明确责任"));
        body.push(Block::Paragraph(full.clone()));
        body.push(heading(4, "（1）制度建设"));
        body.push(Block::Paragraph(prose.repeat(2 + number)));
    }
    body.push(heading(1, "二、自评情况"));
    body.extend(charts());
    let align = document::Align::Centre;
    let columns = [("序号", 1.0, align), ("产品", 2.0, align), ("产量", 2.0, align), ("比重", 2.0, align)];
    let rows: Vec<Vec<String>> =
        (1..40).map(|n| vec![n.to_string(), "手机".to_owned(), "11000".to_owned(), "50%".to_owned()]).collect();
    body.push(Block::Table(Table {
        caption: Some("表1　产品统计表".to_owned()),
        ..Table::plain(&columns, &rows, "表1")
    }));
    body.push(heading(1, "三、对评估工作的意见建议"));
    body.push(Block::Paragraph(prose.to_owned()));
    Document {
        title: "山西开放大学并州分校关于国家开放大学办学评估工作自评情况的报告".to_owned(),
        body,
        attachments: vec![
            "自评打分表".to_owned(),
            "国家开放大学山西分部办学评估档案材料目录（含并州分校、汾曲分校及各学习中心）".to_owned(),
        ],
        sign_off: Some(SignOff {
            organisation: Some("山西开放大学并州分校".to_owned()),
            name: None,
            date: Some("2022年9月1日".to_owned()),
            signed: false,
            seal: Some(seal()),
        }),
        ..Document::default()
    }
}

/// A red ring.
fn seal() -> Seal {
    let size = 200_i64;
    let pixel = |at: i64| {
        let (x, y) = (at % size - size / 2, at / size - size / 2);
        let ring = (90 * 90..100 * 100).contains(&(x * x + y * y));
        [220, 20, 20, if ring { 255 } else { 0 }]
    };
    Seal { width: 200, height: 200, rgba: (0..size * size).flat_map(pixel).collect() }
}

/// A profile's page in millimetres and its grid, as the source says them, not as the program reads them.
struct Said {
    profile: Profile,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    pitch: f64,
    line: f64,
}

fn said() -> [Said; 2] {
    let gbt = Profile::named("gbt-9704-2012").unwrap();
    [
        Said { profile: profile(), left: 31.8, right: 30.0, top: 25.4, bottom: 25.4, pitch: 15.003, line: 31.722 },
        Said { profile: gbt, left: 28.0, right: 26.0, top: 37.0, bottom: 35.0, pitch: 15.793, line: 28.990 },
    ]
}

fn mm(length: f64) -> f64 {
    length * 72.0 / 25.4
}

fn is_chinese(char: &&MeasuredChar) -> bool {
    char.text.chars().all(|c| ('一'..='鿿').contains(&c))
}

#[test]
fn full_lines_and_full_pages_measure_as_the_source_says() {
    for Said { profile, left, right, top, bottom, pitch, line } in said() {
        let name = &profile.name;
        let path = file(&format!("letter {name}.pdf"), &report::pdf(&report(), &profile, fonts()).unwrap());
        run("qpdf", &["--check", argument(&path)]);
        let pages = measured(&path);
        let (mut full_lines, mut full_pages) = (0, 0);
        for (index, page) in pages.iter().enumerate() {
            assert!((page.size.0 - mm(210.0)).abs() < 0.01 && (page.size.1 - mm(297.0)).abs() < 0.01, "{name}: paper");
            let core_bottom = page.size.1 - mm(bottom);
            let rows = page.rows();
            let body: Vec<_> = rows.iter().filter(|(_, row)| row[0].y < core_bottom).collect();
            for (_, row) in &body {
                let within =
                    |c: &&&MeasuredChar| c.x >= mm(left) - mm(0.3) && c.right <= page.size.0 - mm(right) + mm(0.3);
                assert_eq!(
                    row.iter().filter(within).count(),
                    row.len(),
                    "{name}, page {}: outside the core",
                    index + 1
                );
                if row.iter().all(is_chinese) && row.len() == 28 && row[0].size > 15.9 {
                    full_lines += 1;
                    for pair in row.windows(2) {
                        assert!(
                            (pair[1].x - pair[0].x - pitch).abs() < 0.02,
                            "{name}: pitch {}",
                            pair[1].x - pair[0].x
                        );
                    }
                    // The first glyph stands in the middle of a cell that is narrower than the glyph.
                    assert!((row[0].x - mm(left) - (pitch - 16.0) / 2.0).abs() < mm(0.3), "{name}: left margin");
                }
                assert!(
                    row.iter().filter(|c| is_chinese(c)).count() <= 28,
                    "{name}: more than 28 characters on a line"
                );
            }
            if body.iter().all(|(_, row)| row.iter().all(|c| (c.size - 16.0).abs() < 0.01)) && body.len() >= 22 {
                full_pages += 1;
                assert_eq!(body.len(), 22, "{name}, page {}: lines", index + 1);
                for pair in body.windows(2) {
                    let step = pair[1].1[0].y - pair[0].1[0].y;
                    assert!((step - line).abs() < 0.05, "{name}, page {}: line pitch {step}", index + 1);
                }
                let (first, last) = (body[0].1[0].y, body[21].1[0].y);
                // Type of 16 pt in the middle of its line, 0.88 of it over the baseline.
                let ascent = (line - 16.0) / 2.0 + 0.88 * 16.0;
                assert!((first - ascent - mm(top)).abs() < mm(0.3), "{name}: top margin");
                assert!((last - ascent + line - core_bottom).abs() < mm(0.3), "{name}: bottom margin");
            }
        }
        assert!(full_lines > 20 && full_pages > 2, "{name}: {full_lines} full lines, {full_pages} full pages");
    }
}

#[test]
fn every_element_has_its_font_and_size_and_page_numbers_stand_outside() {
    let path = file("letter.pdf", &report::pdf(&report(), &profile(), fonts()).unwrap());
    let pages = measured(&path);
    let with = |text: &str| {
        let rows =
            pages.iter().flat_map(|page| page.rows().into_values().map(|row| row.into_iter().cloned().collect()));
        let found = rows.into_iter().find(|row: &Vec<MeasuredChar>| {
            let said: String = row.iter().map(|c| c.text.as_str()).collect();
            said.contains(text)
        });
        found.unwrap_or_else(|| panic!("{text} is nowhere"))
    };
    let cases = [
        ("山西开放大学并州分校关于", "NotoSerifCJKsc-SemiBold", 22.0),
        ("一、分部自评", "NotoSansCJKsc-Regular", 16.0),
        ("（一）总体", "FandolKai-Regular", 16.0),
        ("1.加强领导", "FandolFang-Regular", 16.0),
        ("（1）制度建设", "FandolFang-Regular", 16.0),
        ("国家开放大学山西分部并州", "FandolFang-Regular", 16.0),
        ("序号", "NotoSansCJKsc-Regular", 10.5),
        ("手机11000", "FandolFang-Regular", 10.5),
        ("附件：1.自评打分表", "FandolFang-Regular", 16.0),
        ("2022年9月1日", "FandolFang-Regular", 16.0),
    ];
    for (text, font, size) in cases {
        let row = with(text);
        for char in row.iter().filter(is_chinese) {
            assert_eq!((char.font.as_str(), (char.size * 10.0).round() / 10.0), (font, size), "{text}: {}", char.text);
        }
        for digit in row.iter().filter(|c| c.text.chars().all(|c| c.is_ascii_digit())) {
            assert_eq!(digit.font, "LiberationSerif", "{text}: {}", digit.text);
        }
    }
    for (index, page) in pages.iter().enumerate() {
        let (_, row) = page.rows().into_iter().next_back().unwrap();
        let said: String = row.iter().map(|c| c.text.trim()).collect();
        assert_eq!(said, format!("—{}—", index + 1));
        assert!(
            row.iter().all(|c| (c.size - 14.0).abs() < 0.01 && c.font == "NotoSerifCJKsc-Regular"),
            "{}",
            row[0].font
        );
        assert!(row[0].y > page.size.1 - mm(25.4), "the number stands in the core");
        // One blank character of 14 pt at the outer side.
        let off = if index % 2 == 0 { row[row.len() - 1].right - (510.24 - 14.0) } else { row[0].x - (90.14 + 14.0) };
        assert!(off.abs() < 0.5, "page {}: {off}", index + 1);
    }
}

#[test]
fn rule_borders_headers_attachments_and_sign_off_stand_where_the_source_wants_them() {
    let path = file("letter.pdf", &report::pdf(&report(), &profile(), fonts()).unwrap());
    let pages = measured(&path);
    let rule = &pages[0].lines[0];
    assert!(rule.colour[0] > 0.99 && rule.colour[1..] == [0.0, 0.0], "{:?}", rule.colour);
    assert!((rule.from.0 - 90.14).abs() < 0.1 && (rule.to.0 - 510.24).abs() < 0.1);
    // Two blank lines of the grid between rule and title.
    let title = pages[0].rows().into_iter().next().unwrap().1;
    assert!(title[0].y - rule.from.1 > 2.0 * 31.722, "{}", title[0].y - rule.from.1);
    let mut tables = 0;
    for page in &pages {
        let said: String = page.chars.iter().map(|c| c.text.as_str()).collect();
        if said.contains("手机11000") {
            tables += 1;
            assert!(said.contains("序号产品产量比重"), "the header is not repeated");
            let borders = page.lines.iter().filter(|line| line.colour.iter().all(|part| *part == 0.0));
            assert!(borders.into_iter().all(|line| (line.width - 0.5).abs() < 0.001));
        }
    }
    assert!(tables > 1);
    let at = |text: &str| {
        let found =
            pages.iter().flat_map(MeasuredPage::rows).map(|(_, row)| row.into_iter().cloned().collect::<Vec<_>>());
        let said = |row: &Vec<MeasuredChar>| row.iter().map(|c| c.text.as_str()).collect::<String>();
        let mut rows = found.filter(|row| said(row).contains(text));
        rows.next().unwrap_or_else(|| panic!("{text} is nowhere"))
    };
    // 附件： begins at two characters; the second name and its second line align with the first name.
    let (first, second) = (at("附件：1.自评打分表"), at("2.国家开放大学"));
    let later = at("及各学习中心");
    let name = |row: &[MeasuredChar], text: &str| row.iter().find(|c| c.text == text).unwrap().x;
    assert!((first[0].x - 90.14 - 2.0 * 15.003).abs() < 0.6, "{}", first[0].x);
    assert!((name(&first, "自") - name(&second, "国")).abs() < 0.6);
    assert!((later[0].x - name(&second, "国")).abs() < 0.6);
    // The date ends four characters from the right, the name stands over its middle, the seal over both.
    let (date, organisation) = (at("2022年9月1日"), at("山西开放大学并州分校"));
    assert!((date[date.len() - 1].right - (510.24 - 4.0 * 15.003)).abs() < 0.6, "{}", date[date.len() - 1].right);
    let organisation =
        if organisation[0].size > 20.0 { last_row(&pages, "山西开放大学并州分校") } else { organisation };
    let middle = |row: &[MeasuredChar]| (row[0].x + row[row.len() - 1].right) / 2.0;
    assert!((middle(&date) - middle(&organisation)).abs() < 1.0);
    let (left, top, right, bottom) = pages[pages.len() - 1].images[0];
    assert!(left < middle(&date) && middle(&date) < right && top < organisation[0].y && date[0].y < bottom);
}

/// The last line that is just this text.
fn last_row(pages: &[MeasuredPage], text: &str) -> Vec<MeasuredChar> {
    let rows = pages.iter().flat_map(|page| page.rows().into_values().map(|row| row.into_iter().cloned().collect()));
    let rows: Vec<Vec<MeasuredChar>> = rows.collect();
    let said = |row: &Vec<MeasuredChar>| row.iter().map(|c| c.text.as_str()).collect::<String>() == text;
    rows.into_iter().rfind(said).unwrap()
}

#[test]
fn everything_can_be_copied_in_reading_order_and_bookmarks_are_nested() {
    let document = report();
    let path = file("letter copied.pdf", &report::pdf(&document, &profile(), fonts()).unwrap());
    let pages = run("pdfinfo", &[argument(&path)]);
    let pages: usize = pages.lines().find_map(|l| l.strip_prefix("Pages:")).unwrap().trim().parse().unwrap();
    let mut copied = text(&path);
    for page in 1..=pages {
        copied = copied.replacen(&format!("—{page}—"), "", 1);
    }
    let mut from = 0;
    for block in &document.body {
        if let Block::Heading { text, .. } | Block::Paragraph(text) = block {
            let at = copied[from..].find(&squeeze(text)).unwrap_or_else(|| panic!("{text} is not there in its order"));
            from += at + squeeze(text).len();
        }
    }
    let json = run("qpdf", &["--json", "--json-key=outlines", argument(&path)]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let kids = |value: &serde_json::Value| value.as_array().unwrap().len();
    assert_eq!(kids(&json["outlines"]), 4);
    assert_eq!(kids(&json["outlines"][0]["kids"]), 3);
    assert_eq!(kids(&json["outlines"][0]["kids"][0]["kids"][0]["kids"]), 1);
    let again = report::pdf(&document, &profile(), fonts()).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), again.bytes, "the same document gives the same bytes");
}
