//! Verifying a PDF. The first byte says what the others are: the PDF itself, or one of the files inside a small score
//! sheet, which would be hard to find behind its offsets.

use std::fmt::Write as _;

/// What a first byte stands for; others begin again.
pub const PARTS: [&str; 4] = ["", "sheet.json", "rubric.toml", "print.json"];

/// Verifies the PDF as anyone can, and looks at its places for signatures and at its characters.
pub fn run(data: &[u8]) {
    let Some((first, content)) = data.split_first() else { return };
    let part = PARTS[usize::from(*first) % PARTS.len()];
    let pdf = if part.is_empty() { content.to_vec() } else { holding(&[(part, content)]) };
    _ = super::verify(&pdf, "p.pdf");
    _ = package::pdf::next_place(&pdf);
    _ = package::pdf::next_field(&pdf);
    _ = formatcheck::characters(&pdf);
}

/// A PDF of one blank page with the files of the good sheet inside, some of them others.
pub fn holding(others: &[(&str, &[u8])]) -> Vec<u8> {
    let good: [(&str, &[u8]); 3] = [
        ("sheet.json", include_bytes!("../bag/sheet.json")),
        ("rubric.toml", include_bytes!("../../crates/rubric/tests/small.toml")),
        ("print.json", include_bytes!("../bag/print.json")),
    ];
    let files = good.map(|(name, own)| (name, others.iter().find(|(other, _)| *other == name).map_or(own, |o| o.1)));
    let mut objects: Vec<Vec<u8>> = vec![
        b"<</Type/Catalog/Pages 2 0 R/AF[4 0 R 6 0 R 8 0 R]>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".to_vec(),
    ];
    for (name, content) in files {
        let stream = objects.len() + 2;
        let specification = format!("<</Type/Filespec/F({name})/AFRelationship/Data/EF<</F {stream} 0 R>>>>");
        objects.push(specification.into_bytes());
        let head = format!("<</Type/EmbeddedFile/Length {}>>\nstream\n", content.len());
        objects.push([head.as_bytes(), content, b"\nendstream"].concat());
    }
    let (mut pdf, mut table) =
        (b"%PDF-1.7\n".to_vec(), format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for (index, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", pdf.len()).expect("a String takes any text");
        pdf.extend([format!("{} 0 obj\n", index + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let trailer = format!("trailer\n<</Root 1 0 R/Size {}>>\nstartxref\n{}\n%%EOF\n", objects.len() + 1, pdf.len());
    pdf.extend([table.as_bytes(), trailer.as_bytes()].concat());
    pdf
}
