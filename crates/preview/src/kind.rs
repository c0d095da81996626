//! What a file is, by its content first and its name second; and whether opening it can do harm.

/// How many bytes from the beginning of a file are enough to tell its kind.
pub const HEAD: usize = 4096;

/// What a file is shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A picture of a kind that is decoded.
    Picture,
    /// A PDF.
    Pdf,
    /// A text document of Office Open XML.
    Docx,
    /// A workbook of Office Open XML.
    Xlsx,
    /// A table as text.
    Csv,
    /// A text.
    Text,
    /// A recording of sound.
    Sound,
    /// A film.
    Film,
    /// An office file of before 2007, or one under a password.
    Compound,
    /// Anything else.
    Other,
}

/// Why opening a file with the system's program needs a second thought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Danger {
    /// It runs as a program.
    Program,
    /// It runs as a program, and its name says otherwise.
    Disguised,
    /// An office file with macros.
    Macros,
}

const PDF: &[u8] = b"%PDF-";
/// Readers look for the mark of a PDF among so many bytes.
const PDF_LEADING: usize = 1024;
const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

const SOUNDS: &[&str] = &["aac", "aif", "aiff", "amr", "ape", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav", "wma"];
const FILMS: &[&str] = &[
    "3gp", "asf", "avi", "f4v", "flv", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts", "rm", "rmvb", "ts",
    "vob", "webm", "wmv",
];

/// Endings of files that run as programs when opened.
const PROGRAMS: &[&str] = &[
    "app",
    "appimage",
    "apk",
    "application",
    "bash",
    "bat",
    "cmd",
    "com",
    "command",
    "cpl",
    "csh",
    "deb",
    "desktop",
    "dll",
    "dmg",
    "exe",
    "gadget",
    "hta",
    "htm",
    "html",
    "iso",
    "jar",
    "js",
    "jse",
    "lnk",
    "mjs",
    "msc",
    "msi",
    "msp",
    "pif",
    "pkg",
    "pl",
    "ps1",
    "psm1",
    "py",
    "pyw",
    "reg",
    "rpm",
    "run",
    "scf",
    "scr",
    "sh",
    "so",
    "svg",
    "url",
    "vb",
    "vbe",
    "vbs",
    "ws",
    "wsf",
    "wsh",
    "xht",
    "xhtml",
    "zsh",
];
/// Endings of office files that may carry macros.
const MACROS: &[&str] = &[
    "docm", "dotm", "et", "ett", "potm", "ppam", "ppsm", "pptm", "sldm", "wps", "wpt", "xla", "xlam", "xlsb", "xlsm",
    "xltm",
];

fn ending(file_name: &str) -> String {
    file_name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

/// The kind of a file, from its name and its first [`HEAD`] bytes.
#[must_use]
pub fn kind(file_name: &str, head: &[u8]) -> Kind {
    let ending = ending(file_name);
    if is_picture(head) {
        return Kind::Picture;
    }
    if head.windows(PDF.len()).take(PDF_LEADING).any(|window| window == PDF) {
        return Kind::Pdf;
    }
    if head.starts_with(ZIP) {
        return match ending.as_str() {
            "docx" | "docm" | "dotx" | "dotm" => Kind::Docx,
            "xlsx" | "xlsm" | "xltx" | "xltm" => Kind::Xlsx,
            _ => Kind::Other,
        };
    }
    if head.starts_with(COMPOUND) {
        return Kind::Compound;
    }
    if is_program(head) {
        return Kind::Other;
    }
    let is = |list: &[&str]| list.contains(&ending.as_str());
    if is(SOUNDS) {
        return Kind::Sound;
    }
    if is(FILMS) && !crate::text::is_text(head) {
        return Kind::Film;
    }
    match crate::text::is_text(head) {
        true if is(&["csv", "tsv"]) => Kind::Csv,
        true => Kind::Text,
        false => Kind::Other,
    }
}

fn is_picture(head: &[u8]) -> bool {
    let riff = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    // Two letters begin many texts; the four reserved bytes are nought in every bitmap.
    let bitmap = head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]);
    let marks: [&[u8]; 6] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"];
    riff || bitmap || marks.iter().any(|mark| head.starts_with(mark))
}

/// Whether the content runs as a program, whatever it is called.
fn is_program(head: &[u8]) -> bool {
    let marks: [&[u8]; 9] = [
        b"\x7fELF",
        b"#!",
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
        b"[Desktop Entry]",
        // A link of Windows: the size of its head and its class.
        b"\x4c\0\0\0\x01\x14\x02\0",
    ];
    // A program of DOS or Windows has bytes that no text has.
    let windows = head.starts_with(b"MZ") && head.contains(&0);
    windows || marks.iter().any(|mark| head.starts_with(mark))
}

/// Whether opening a file needs a second thought, from its name and its first [`HEAD`] bytes.
#[must_use]
pub fn danger(file_name: &str, head: &[u8]) -> Option<Danger> {
    let ending = ending(file_name);
    let named = PROGRAMS.contains(&ending.as_str());
    match (named, is_program(head)) {
        (true, _) => Some(Danger::Program),
        (false, true) => Some(Danger::Disguised),
        (false, false) => MACROS.contains(&ending.as_str()).then_some(Danger::Macros),
    }
}

/// Whether the whole content of an office file names a project of macros.
#[must_use]
pub fn holds_macros(content: &[u8]) -> bool {
    let zipped = b"vbaProject.bin".as_slice();
    let compound: Vec<u8> = "_VBA_PROJECT".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let sought = if content.starts_with(COMPOUND) { compound.as_slice() } else { zipped };
    let (Some(first), true) = (sought.first(), content.starts_with(COMPOUND) || content.starts_with(ZIP)) else {
        return false;
    };
    let places = content.iter().enumerate().filter(|(_, byte)| *byte == first);
    places.into_iter().any(|(at, _)| content[at..].starts_with(sought))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides_and_the_name_only_where_it_must() {
        let cases: [(&str, &[u8], Kind); 14] = [
            ("照片.doc", b"\xff\xd8\xff\xe0", Kind::Picture),
            ("a.png", b"\x89PNG\r\n\x1a\n", Kind::Picture),
            ("图.webp", b"RIFF\0\0\0\0WEBP", Kind::Picture),
            ("BM.txt", "BM 报名表".as_bytes(), Kind::Text),
            ("a.bin", b"\n\n%PDF-1.7", Kind::Pdf),
            ("a.docx", b"PK\x03\x04", Kind::Docx),
            ("a.XLSM", b"PK\x03\x04", Kind::Xlsx),
            ("a.zip", b"PK\x03\x04", Kind::Other),
            ("旧.doc", &[0xD0, 0xCF, 0x11, 0xE0], Kind::Compound),
            ("讲话.mp3", b"ID3\x03\0", Kind::Sound),
            ("课.mp4", b"\0\0\0 ftypisom", Kind::Film),
            ("名单.csv", "姓名,学号\n".as_bytes(), Kind::Csv),
            ("说明", "没有扩展名".as_bytes(), Kind::Text),
            ("a.dat", &[0, 1, 2, 3, 255, 254, 7, 0], Kind::Other),
        ];
        for (name, head, wanted) in cases {
            assert_eq!(kind(name, head), wanted, "{name}");
        }
    }

    #[test]
    fn what_runs_is_known_by_name_and_by_content() {
        let exe = b"MZ\x90\0\x03\0";
        let cases: [(&str, &[u8], Option<Danger>); 12] = [
            ("安装.exe", exe, Some(Danger::Program)),
            ("照片.jpg", exe, Some(Danger::Disguised)),
            ("工具", b"\x7fELF\x02", Some(Danger::Disguised)),
            ("说明.txt", b"#!/bin/sh\nrm", Some(Danger::Disguised)),
            ("x.pdf", b"\xcf\xfa\xed\xfe", Some(Danger::Disguised)),
            ("run.SH", b"echo", Some(Danger::Program)),
            ("快捷方式.lnk", b"", Some(Danger::Program)),
            ("网页.html", b"<script>", Some(Danger::Program)),
            ("表.xlsm", b"PK\x03\x04", Some(Danger::Macros)),
            ("MZ.txt", b"MZ is two letters", None),
            ("表.xlsx", b"PK\x03\x04", None),
            ("通知.pdf", b"%PDF-1.4", None),
        ];
        for (name, head, wanted) in cases {
            assert_eq!(danger(name, head), wanted, "{name}");
        }
        assert!(holds_macros(b"PK\x03\x04....word/vbaProject.bin...."));
        assert!(!holds_macros(b"PK\x03\x04....word/document.xml"));
        assert!(!holds_macros(b"a text about vbaProject.bin"));
    }
}
