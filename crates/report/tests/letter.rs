//! Running text by 附件5, measured in the finished PDF by programs that did not make it.

#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{argument, file, fonts, profile, run};
use document::{Axis, Bar, Block, Chart, Document, Seal, SignOff, Table};

fn heading(level: usize, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
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
    body.push(Block::Chart(Chart::Radar { caption: "图1　一级指标得分率".to_owned(), axes: axes.collect() }));
    let bars = rates.iter().map(|(label, rate)| Bar {
        label: format!("1.1 {label}与全面加强党的领导"),
        text: format!("{:.1}%", rate * 100.0),
        rate: Some(*rate),
        low: *rate < 0.6,
    });
    body.push(Block::Chart(Chart::Bars {
        caption: "图2　二级指标得分率".to_owned(),
        bars: bars.collect(),
        line: Some((0.6, "60%".to_owned())),
    }));
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

#[test]
fn look() {
    let rendered = report::pdf(&report(), &profile(), fonts()).unwrap();
    let path = file("letter.pdf", &rendered);
    run("qpdf", &["--check", argument(&path)]);
}
