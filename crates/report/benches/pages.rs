//! A report of 60 pages, as a whole process: fonts are read, text is broken into lines, the file is written.
//!
//! `pages FOLDER pdf` writes `report.pdf`; `pages FOLDER peers` writes the same content as `report.docx` and
//! `report.typ`, for the programs that it is compared with. Without arguments it does nothing.

use std::path::{Path, PathBuf};

use document::{Align, Block, Document, Profile, SignOff, Table};
use report::FontSet;

const CHAPTERS: usize = 30;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let [folder, what] = arguments.as_slice() else { return };
    let profile = Profile::oucsx_2021().expect("the built-in profile is sound");
    let folder = PathBuf::from(folder);
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).expect("the folder is writable");
    let document = document();
    if what == "peers" {
        write("report.docx", &report::docx(&document, &profile).expect("a plain document"));
        write("report.typ", typst(&document).as_bytes());
        return;
    }
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
    let fonts = FontSet::load(&fonts).expect("script/fonts was run");
    write("report.pdf", &report::pdf(&document, &profile, &fonts).expect("a plain document").bytes);
}

fn document() -> Document {
    let prose = "学校坚持社会主义办学方向，落实立德树人根本任务，2021年以来共开设专业32个，在籍学生12,345人，专职教师86人，\
                 经费投入1,280万元，同比增长8.5%，“三全育人”工作格局基本形成；教学点覆盖全市10个县（市、区），使用手机学习的学生占96.4%。";
    let mut body = Vec::new();
    for chapter in 1..=CHAPTERS {
        body.push(Block::Heading { level: 2, text: format!("（{chapter}）落实情况") });
        for section in 1..=4 {
            body.push(Block::Heading { level: 3, text: format!("{section}.主要做法") });
            body.push(Block::Paragraph(prose.repeat(2)));
        }
        body.push(Block::Table(table()));
    }
    let sign_off = SignOff {
        organisation: Some("并州分校".to_owned()),
        date: Some("2022年9月1日".to_owned()),
        ..SignOff::default()
    };
    Document { title: "并州分校自评报告".to_owned(), body, sign_off: Some(sign_off), ..Document::default() }
}

fn table() -> Table {
    let columns = ["序号", "材料名称", "时间", "类型", "备注"].map(|title| (title, 1.0, Align::Centre));
    let row = |n: usize| [&n.to_string(), "党委会议纪要", "2021.09", "B", ""].map(str::to_owned).to_vec();
    Table::plain(&columns, &(1..=8).map(row).collect::<Vec<_>>(), "表")
}

/// The same content for typst, on the same paper, in the same fonts.
fn typst(document: &Document) -> String {
    let mut source = "#set page(paper: \"a4\", margin: (left: 3.18cm, right: 3cm, y: 2.54cm), numbering: \"— 1 —\")\n\
        #set text(font: (\"Liberation Serif\", \"FandolFang R\", \"FandolFang\"), size: 16pt, lang: \"zh\")\n\
        #set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 15.7pt)\n"
        .to_owned();
    source.push_str(&format!("#align(center, text(size: 22pt)[{}])\n\n", document.title));
    for block in &document.body {
        match block {
            Block::Heading { level, text } => source.push_str(&format!("{} {text}\n\n", "=".repeat(*level))),
            Block::Paragraph(text) => source.push_str(&format!("{text}\n\n")),
            Block::Table(table) => {
                source.push_str(&format!("#table(columns: {},", table.columns.len()));
                let cells = table.header.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
                for text in cells.flat_map(|cell| &cell.paragraphs).map(|paragraph| &paragraph.text) {
                    source.push_str(&format!("[{text}],"));
                }
                source.push_str(")\n\n");
            }
            _ => {}
        }
    }
    source
}
