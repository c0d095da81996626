//! What is read, and what is not followed.

use crate::{Error, open};
use std::fmt::Write as _;

const MOST: usize = 1 << 20;

/// The objects of a PDF of one page, and some more.
fn objects(more: impl IntoIterator<Item = String>) -> Vec<String> {
    let page = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ];
    page.into_iter().map(str::to_owned).chain(more).collect()
}

fn stream(length: &str, content: &str) -> String {
    format!("<<{length}>>\nstream\n{content}\nendstream")
}

/// The objects, and where each begins.
fn body(objects: &[String]) -> (String, Vec<usize>) {
    let (mut pdf, mut places) = ("%PDF-1.7\n".to_owned(), Vec::new());
    for (index, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        write!(pdf, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    (pdf, places)
}

/// With a table of cross-references.
fn tabled(objects: &[String]) -> Vec<u8> {
    let (mut pdf, places) = body(objects);
    let (start, size) = (pdf.len(), objects.len() + 1);
    write!(pdf, "xref\n0 {size}\n0000000000 65535 f \n").unwrap();
    places.iter().for_each(|at| writeln!(pdf, "{at:010} 00000 n ").unwrap());
    write!(pdf, "trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{start}\n%%EOF\n").unwrap();
    pdf.into_bytes()
}

/// With a stream of cross-references, by which the objects `packed` stand in other objects.
fn streamed(objects: &[String], packed: &[(usize, u32)]) -> Vec<u8> {
    let (pdf, mut places) = body(objects);
    places.push(pdf.len());
    let (number, mut rows) = (places.len(), vec![0_u8; 7]);
    for (index, at) in places.iter().enumerate() {
        let holder = packed.iter().find(|(object, _)| *object == index + 1);
        let (kind, value) = holder.map_or((1, u32::try_from(*at).unwrap()), |(_, holder)| (2, *holder));
        rows.extend([&[kind], value.to_be_bytes().as_slice(), &[0, 0]].concat());
    }
    let head = format!("{number} 0 obj\n<</Type/XRef/Size {}/W[1 4 2]/Root 1 0 R/Length {}>>", number + 1, rows.len());
    let tail = format!("\nendstream\nendobj\nstartxref\n{}\n%%EOF\n", pdf.len());
    [pdf.as_bytes(), head.as_bytes(), b"\nstream\n", &rows, tail.as_bytes()].concat()
}

/// The object that is refused as length.
fn refused(pdf: &[u8]) -> u32 {
    match open(pdf, MOST) {
        Err(Error::LengthElsewhere { object }) => object,
        other => panic!("{:?}", other.map(|document| document.objects.len())),
    }
}

#[test]
fn lengths_that_stand_elsewhere_are_read() {
    let plain = objects([stream("/Length 5 0 R", "BT ET"), "5".to_owned()]);
    let holder = stream("/Type/ObjStm/N 1/First 4/Length 5", "5 0 5");
    let held = objects([stream("/Length 5 0 R", "BT ET"), "null".to_owned(), holder]);
    for pdf in [tabled(&plain), streamed(&plain, &[]), streamed(&held, &[(5, 6)])] {
        let document = open(&pdf, MOST).unwrap();
        assert_eq!(document.get_object((4, 0)).unwrap().as_stream().unwrap().content, b"BT ET");
    }
}

#[test]
fn a_length_that_is_a_stream_is_not_followed() {
    for spelled in ["/Length", "/#4cength", "/L#65ng#74#68", "/Length%\n"] {
        let length = |next: usize| stream(&format!("{spelled} {next} 0 R"), "");
        let chain = objects((5..20_000).map(length).chain(["0".to_owned()]));
        assert_eq!(refused(&tabled(&chain)), 5);
    }
    let zeros = objects([stream("/Length 00005 0 R", ""), stream("/Length 4 0 R", "")]);
    assert_eq!(refused(&tabled(&zeros)), 4);
}

#[test]
fn object_streams_are_not_followed_in_a_circle() {
    let in_itself = objects([stream("/Length 5 0 R", ""), "0".to_owned()]);
    assert_eq!(refused(&streamed(&in_itself, &[(5, 5)])), 5);
    let holds_its_length = objects([stream("/Type/ObjStm/N 1/First 4/Length 5 0 R", "5 0 5"), "0".to_owned()]);
    assert_eq!(refused(&streamed(&holds_its_length, &[(5, 4)])), 5);
    let two = objects([stream("/Length 5 0 R", ""), "0".to_owned(), "0".to_owned()]);
    assert_eq!(refused(&streamed(&two, &[(5, 6), (6, 5)])), 5);
}

#[test]
fn what_is_hidden_in_comments_is_not_read() {
    let comments = "%\n".repeat(100);
    let hidden = objects([stream(&format!("/Length {comments} 4 0 R"), "")]);
    assert!(matches!(open(&tabled(&hidden), MOST), Err(Error::Obscure {})));
}

/// Looking takes time in proportion to the size, whatever stands there.
#[test]
fn looking_is_quick() {
    for piece in ["1%", "1 ", "1", "/Length%", "/Length ", "%\n", "1%1\n", "startxref "] {
        let text = piece.repeat((4 << 20) / piece.len());
        let pdf = format!("%PDF-1.7\n{text}{}", " ".repeat(4 << 20));
        let begun = std::time::Instant::now();
        assert!(open(pdf.as_bytes(), MOST).is_err());
        assert!(begun.elapsed().as_secs() < 60, "{piece}");
    }
}
