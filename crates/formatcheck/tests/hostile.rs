//! Files that nobody should be given: each is refused with a clear error, none panics or grows without bounds.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use document::Profile;
use formatcheck::{Error, Report, check_bytes};
use proptest::prelude::*;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const KINDS: [&str; 3] = ["docx", "xlsx", "pdf"];

fn checked(bytes: &[u8], extension: &str) -> Result<Report, Error> {
    check_bytes(bytes, extension, &Profile::oucsx_2021().unwrap())
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const BODY: &str = r#"<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>一、总体&amp;其他</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>序号</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc/><w:tc/></w:tr></w:tbl>
<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1803" w:right="1701" w:top="1440" w:bottom="1440"/>
<w:docGrid w:type="linesAndChars" w:linePitch="634" w:charSpace="-4083"/></w:sectPr></w:body></w:document>"#;

fn docx(body: &str) -> Vec<u8> {
    zipped(&[("word/document.xml", body.as_bytes())])
}

fn xlsx(sheet: &str) -> Vec<u8> {
    let book = r#"<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="a"/></sheets></workbook>"#;
    let relations = r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="sheet.xml"/></Relationships>"#;
    zipped(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/sheet.xml", sheet.as_bytes()),
    ])
}

fn pdf(content: &[u8]) -> Vec<u8> {
    use lopdf::{Document, Object, Stream, dictionary};
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "FangSong", "Encoding" => "UniGB-UCS2-H",
        "DescendantFonts" => vec![dictionary! { "Type" => "Font", "W" => vec![0.into(), 9.into(), 500.into()] }.into()],
    });
    let content = document.add_object(Stream::new(dictionary! {}, content.to_vec()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), Object::Real(595.28), Object::Real(841.89)],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    document.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn text_page() -> Vec<u8> {
    pdf(b"q BT /F1 16 Tf 1 0 0 1 90 700 Tm [<4E004E8C> -20 <4E09>] TJ 0 -31 Td <56DB> Tj T* ET 100 100 m 100 300 l S Q")
}

#[test]
fn whole_ones_are_read() {
    assert_eq!(checked(&docx(BODY), "docx").unwrap().kind, "docx");
    assert_eq!(checked(&xlsx("<worksheet><sheetData/></worksheet>"), "xlsx").unwrap().kind, "xlsx");
    assert_eq!(checked(&text_page(), "pdf").unwrap().kind, "pdf");
}

#[test]
fn each_unfit_file_is_refused_by_its_own_error() {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let compound = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600]].concat();
    let deep = format!("<a>{}", "<b>".repeat(10_000));
    let entities = r#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>"#;
    let wide = format!("<w:document><w:body>{}</w:body></w:document>", "<p/>".repeat(600_001));
    let bomb = zipped(&[("word/document.xml", &vec![b' '; 100 << 20])]);
    let old = |extension: &str| Error::OldKind { extension: extension.to_owned() };
    let unknown = |extension: &str| Error::UnknownKind { extension: extension.to_owned() };
    let cases: [(&str, Vec<u8>, &str, Error); 11] = [
        ("an old document", compound.clone(), "doc", old("doc")),
        ("a password", [compound, encrypted].concat(), "docx", Error::Protected {}),
        ("a text", b"hello".to_vec(), "docx", unknown("docx")),
        ("nothing", Vec::new(), "pdf", unknown("pdf")),
        ("another archive", zipped(&[("a.txt", b"a")]), "zip", unknown("zip")),
        ("a bomb", bomb, "docx", Error::UnpacksTooLarge { most: 96 }),
        ("too much", docx(&wide), "docx", Error::TooLong { most: 600_000 }),
        ("a PDF by another name", text_page(), "docx", renamed("docx", "pdf")),
        ("a document by another name", docx(BODY), "pdf", renamed("pdf", "docx")),
        ("nested deep", docx(&deep), "docx", damaged("elements nested too deep")),
        ("entities", docx(entities), "docx", damaged("a document type declaration")),
    ];
    for (what, bytes, extension, expected) in cases {
        assert_eq!(checked(&bytes, extension), Err(expected), "{what}");
    }
    for (what, bytes) in
        [("cut off", &docx(BODY)[..80]), ("no body", &docx("<a/>")), ("a cut PDF", &text_page()[..200])]
    {
        assert!(matches!(checked(bytes, ""), Err(Error::Damaged { .. })), "{what}: {:?}", checked(bytes, ""));
    }
}

fn renamed(claimed: &str, actual: &str) -> Error {
    Error::Renamed { claimed: claimed.to_owned(), actual: actual.to_owned() }
}

fn damaged(detail: &str) -> Error {
    Error::Damaged { detail: detail.to_owned() }
}

/// What this program guarantees by itself, without the net under the reading libraries.
fn unharmed(bytes: &[u8]) {
    for extension in KINDS {
        if let Err(Error::Damaged { detail }) = checked(bytes, extension) {
            assert_ne!(detail, "the reading library gave up");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_bytes_harm_nothing(kind in 0..3_usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = [docx(BODY), xlsx("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" s=\"3\"><v>1</v></c></row></sheetData></worksheet>"), text_page()][kind].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        unharmed(&bytes);
    }

    #[test]
    fn damaged_xml_harms_nothing(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<char>()), 1..8)) {
        let mut text: Vec<char> = BODY.chars().collect();
        for (at, c) in changes {
            let at = at.index(text.len());
            text[at] = c;
        }
        unharmed(&docx(&text.into_iter().collect::<String>()));
    }

    #[test]
    fn damaged_pages_harm_nothing(content in "([0-9. -]{1,8}|q |Q |cm |BT |Tm |Td |/F1 |Tf |<4E004E8C> |Tj |TJ |\\[ |\\] |re |m |l |Do |' |\" |Tz |TL ){0,40}") {
        unharmed(&pdf(content.as_bytes()));
    }
}
