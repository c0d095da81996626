//! Pages to PDF.

use std::collections::{BTreeMap, BTreeSet};

use document::{Colour, Enclosed, Role, Size};
use printpdf::{
    Codepoint, Color, CustomPdfConformance, FontId, Greyscale, Line, LineCapStyle, LineJoinStyle, LinePoint, Op,
    PaintMode, ParsedFont, PdfConformance, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point,
    Polygon, PolygonRing, Pt, RawImage, RawImageData, RawImageFormat, Rect, Rgb, TextItem, TextMatrix, WindingOrder,
    XObject, XObjectId, XObjectTransform,
};

use crate::{
    Error, FontSet, SignatureArea,
    fonts::Faces,
    page::{BLACK, Bookmark, Ink, Page, Picture, Run, Shape, Stroke},
    repair,
};

/// What a document says about itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct About<'a> {
    pub title: &'a str,
    pub author: &'a str,
}

/// Everything that is printed.
pub(crate) struct Content<'a> {
    pub about: About<'a>,
    pub paper: Size,
    pub pages: &'a [Page],
    pub bookmarks: &'a [Bookmark],
    pub enclosed: &'a [Enclosed],
    pub signature_areas: &'a [SignatureArea],
}

/// A font as the PDF knows it. Two characters that share a glyph stand in two copies of the font, because a glyph
/// has one character in the table from which readers copy text.
type Copy = (Role, u8);

/// Which character each glyph of each copy stands for.
#[derive(Default)]
struct Glyphs {
    characters: BTreeMap<Copy, BTreeMap<u16, char>>,
}

/// The document as bytes, and the roles whose fonts it uses.
pub(crate) fn write(content: &Content<'_>, fonts: &FontSet) -> Result<(Vec<u8>, BTreeSet<Role>), Error> {
    let faces = fonts.faces();
    let mut glyphs = Glyphs::default();
    let mut document = PdfDocument::new(content.about.title);
    let mut pages: Vec<PdfPage> = content.pages.iter().map(|p| page(p, content.paper, &faces, &mut glyphs)).collect();
    for (page, pdf_page) in content.pages.iter().zip(&mut pages) {
        for picture in &page.pictures {
            pdf_page.ops.push(place_picture(picture, content.paper, &mut document));
        }
    }
    // No conformance level: the library's default adds a level's marks without keeping its promises.
    document.metadata.info.conformance = PdfConformance::Custom(CustomPdfConformance {
        requires_icc_profile: false,
        requires_xmp_metadata: false,
        ..CustomPdfConformance::default()
    });
    for copy in glyphs.characters.keys() {
        let font = fonts.font(copy.0);
        let parsed = ParsedFont::from_bytes(&font.bytes, font.index as usize, &mut Vec::new()).ok_or_else(|| {
            Error::FontUnusable { name: font.name.clone(), reason: "its outlines cannot be embedded".to_owned() }
        })?;
        document.resources.fonts.map.insert(resource(*copy), PdfFont::new(parsed));
    }
    document.with_pages(pages);
    let options = PdfSaveOptions { optimize: true, subset_fonts: true, secure: true, image_optimization: None };
    let raw = document.to_lopdf_document(&options, &mut Vec::new());
    let bytes = repair::finish(raw, content)?;
    Ok((bytes, glyphs.characters.into_keys().map(|(role, _)| role).collect()))
}

/// Six capitals, which the library makes the subset's tag.
fn resource((role, copy): Copy) -> FontId {
    let name = match role {
        Role::Fangsong => "FANGS",
        Role::Kai => "KAITI",
        Role::Hei => "HEITI",
        Role::Song => "SONGT",
        Role::Zhongsong => "ZHONG",
        Role::Times => "TIMES",
        Role::TimesBold => "TIMEB",
        Role::Rare => "RAREC",
    };
    FontId(format!("{name}{}", char::from(b'A' + copy)))
}

impl Glyphs {
    /// The copy of the font in which a glyph stands for a character.
    fn copy_for(&mut self, role: Role, glyph: u16, character: char) -> Copy {
        for copy in 0..u8::MAX {
            let known = self.characters.entry((role, copy)).or_default();
            if *known.entry(glyph).or_insert(character) == character {
                return (role, copy);
            }
        }
        (role, 0)
    }
}

/// Hundredths of a point are finer than any printer.
#[allow(clippy::cast_possible_truncation)]
fn pt(length: f64) -> Pt {
    Pt(((length * 1000.0).round() / 1000.0) as f32)
}

fn page(page: &Page, paper: Size, faces: &Faces<'_>, glyphs: &mut Glyphs) -> PdfPage {
    let mut ops = vec![Op::SetFillColor { col: colour(BLACK) }, Op::SetOutlineColor { col: colour(BLACK) }];
    ops.extend(page.shapes.iter().flat_map(|shape| fill(shape, paper)));
    let mut pen = (None, BLACK);
    for stroke in &page.strokes {
        if pen.0 != Some(stroke.width) {
            ops.push(Op::SetOutlineThickness { pt: pt(stroke.width) });
        }
        if pen.1 != stroke.colour {
            ops.push(Op::SetOutlineColor { col: colour(stroke.colour) });
        }
        pen = (Some(stroke.width), stroke.colour);
        ops.push(line(stroke, paper));
    }
    ops.extend(page.inks.iter().flat_map(|ink| draw(ink, paper)));
    ops.push(Op::SetFillColor { col: colour(BLACK) });
    ops.push(Op::StartTextSection);
    let mut state = TextState::default();
    for run in &page.runs {
        text(run, paper, faces, glyphs, &mut state, &mut ops);
    }
    ops.push(Op::EndTextSection);
    let sheet = Rect::from_wh(pt(paper.width), pt(paper.height));
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops }
}

fn colour(Colour(parts): Colour) -> Color {
    if parts == [0; 3] {
        return Color::Greyscale(Greyscale { percent: 0.0, icc_profile: None });
    }
    let [r, g, b] = parts.map(|part| f32::from(part) / 255.0);
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

fn point((x, y): (f64, f64), paper: Size) -> LinePoint {
    LinePoint { p: Point { x: pt(x), y: pt(paper.height - y) }, bezier: false }
}

fn line(stroke: &Stroke, paper: Size) -> Op {
    let points = vec![point(stroke.from, paper), point(stroke.to, paper)];
    Op::DrawLine { line: Line { points, is_closed: false } }
}

fn draw(ink: &Ink, paper: Size) -> [Op; 5] {
    let points = ink.points.iter().map(|at| point(*at, paper)).collect();
    [
        Op::SetLineCapStyle { cap: LineCapStyle::Round },
        Op::SetLineJoinStyle { join: LineJoinStyle::Round },
        Op::SetOutlineThickness { pt: pt(ink.width) },
        Op::SetOutlineColor { col: colour(ink.colour) },
        Op::DrawLine { line: Line { points, is_closed: false } },
    ]
}

fn fill(shape: &Shape, paper: Size) -> [Op; 2] {
    let ring = |points: &Vec<(f64, f64)>| PolygonRing { points: points.iter().map(|at| point(*at, paper)).collect() };
    let rings = shape.rings.iter().map(ring).collect();
    let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
    [Op::SetFillColor { col: colour(shape.colour) }, Op::DrawPolygon { polygon }]
}

/// Puts a picture among the document's resources; gives the act that draws it.
#[allow(clippy::cast_possible_truncation)]
fn place_picture(picture: &Picture, paper: Size, document: &mut PdfDocument) -> Op {
    // One of the picture's pixels is one point where the resolution is 72.
    const RESOLUTION: f32 = 72.0;
    let seal = &picture.seal;
    let id = XObjectId(format!("PICTURE{}", document.resources.xobjects.map.len()));
    let image = RawImage {
        pixels: RawImageData::U8(seal.rgba.clone()),
        width: seal.width as usize,
        height: seal.height as usize,
        data_format: RawImageFormat::RGBA8,
        tag: Vec::new(),
    };
    document.resources.xobjects.map.insert(id.clone(), XObject::Image(image));
    let scale = (picture.width / f64::from(seal.width.max(1))) as f32;
    let transform = XObjectTransform {
        translate_x: Some(pt(picture.x)),
        translate_y: Some(pt(paper.height - picture.y - picture.height())),
        scale_x: Some(scale),
        scale_y: Some(scale),
        dpi: Some(RESOLUTION),
        ..XObjectTransform::default()
    };
    Op::UseXobject { id, transform }
}

/// What the PDF's text state holds, to leave out what does not change.
#[derive(Default)]
struct TextState {
    font: Option<(Copy, f64)>,
    spacing: Option<f64>,
}

/// Shows a run, in pieces where neighbouring glyphs stand in different copies of the font.
fn text(run: &Run, paper: Size, faces: &Faces<'_>, glyphs: &mut Glyphs, state: &mut TextState, ops: &mut Vec<Op>) {
    let mut pieces: Vec<(Copy, f64, Vec<Codepoint>)> = Vec::new();
    let mut x = run.x;
    for character in run.text.chars() {
        let glyph = faces.glyph(run.role, character).unwrap_or(0);
        let copy = glyphs.copy_for(run.role, glyph, character);
        let code = Codepoint::with_cid(glyph, 0.0, character.to_string());
        match pieces.last_mut() {
            Some((last, _, codes)) if *last == copy => codes.push(code),
            _ => pieces.push((copy, x, vec![code])),
        }
        x += faces.advance(run.role, character) * run.size + run.spacing;
    }
    for (copy, x, codes) in pieces {
        if state.font != Some((copy, run.size)) {
            ops.push(Op::SetFont { font: PdfFontHandle::External(resource(copy)), size: pt(run.size) });
            state.font = Some((copy, run.size));
        }
        if state.spacing != Some(run.spacing) {
            ops.push(Op::SetCharacterSpacing { multiplier: pt(run.spacing).0 });
            state.spacing = Some(run.spacing);
        }
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(pt(x), pt(paper.height - run.y)) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(codes)] });
    }
}
