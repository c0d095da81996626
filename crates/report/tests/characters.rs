//! Every character of a person's or a place's name prints, and can be copied again.

#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{argument, file, fonts, profile, run, squeeze, text};
use document::{Block, Document, Form, Table};

/// 通用规范汉字表 (2013), in its order.
const STANDARD: &str = include_str!("data/tgh-8105.txt");

#[test]
fn every_standard_character_prints_in_text_headings_tables_and_titles() {
    let characters = squeeze(STANDARD);
    assert_eq!(characters.chars().count(), 8105);
    let all = format!("{characters}䶮㛃𬱖");
    let blocks = [
        Block::Paragraph(all.clone()),
        Block::Heading { level: 1, text: all.clone() },
        Block::Heading { level: 2, text: all.clone() },
        Block::Table(Table::plain(&[("甲", 1.0, document::Align::Prose)], &[vec![all.clone()]], "表")),
    ];
    for (number, block) in blocks.into_iter().enumerate() {
        let document =
            Document { title: "喆䶮㛃".to_owned(), form: Form::Sheet, body: vec![block], ..Document::default() };
        let rendered = report::pdf(&document, &profile(), fonts()).unwrap();
        let path = file(&format!("characters {number}.pdf"), &rendered);
        let mut copied = text(&path);
        for page in 1..=rendered.pages {
            copied = copied.replacen(&format!("—{page}—"), "", 1);
        }
        let missing: String = all.chars().filter(|c| !copied.contains(*c)).collect();
        assert!(missing.is_empty(), "block {number} lacks {missing}");
        let listed = run("pdffonts", &[argument(&path)]);
        for font in listed.lines().skip(2) {
            let words: Vec<&str> = font.split_whitespace().rev().collect();
            assert_eq!(words[3..5], ["yes", "yes"], "embedded and subset: {font}");
        }
    }
}

#[test]
fn what_cannot_be_printed_is_named_with_its_place_and_what_has_no_width_is_left_out() {
    let heading = Block::Heading { level: 1, text: "一、情况".to_owned() };
    let document = |text: &str| Document {
        title: "报告".to_owned(),
        body: vec![heading.clone(), Block::Paragraph("第一段。".to_owned()), Block::Paragraph(text.to_owned())],
        ..Document::default()
    };
    for (text, character) in [("笑脸😀在此", "😀"), ("שלום", "ש"), ("مرحبا", "م")] {
        let error = report::pdf(&document(text), &profile(), fonts()).unwrap_err();
        let report::Error::CharacterMissing { character: found, place, .. } = error else { panic!("{error}") };
        assert_eq!((found.as_str(), place.as_str()), (character, "“一、情况”第2段"));
    }
    let rendered = report::pdf(&document("\u{202E}甲\u{200B}乙\u{7}丙\u{FEFF}"), &profile(), fonts()).unwrap();
    assert!(text(&file("controls.pdf", &rendered)).contains("甲乙丙"));
}
