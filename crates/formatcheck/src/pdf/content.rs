//! What a page draws: characters where they stand, vertical rules, pictures.

use super::font::Font;
use super::{Glyph, Page, Rule, listed, number, resources};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// Deepest forms in forms that are drawn.
const MOST_FORMS_DEEP: usize = 6;
/// Most forms that are drawn for a file: a form may draw another ten times, which draws another ten times.
const MOST_FORMS: usize = 2_000;
/// Most saved states.
const MOST_STATES: usize = 64;
/// Most characters and rules that are kept of a page, and characters of a file.
const MOST_OF_PAGE: usize = 20_000;
const MOST_GLYPHS: usize = 600_000;
/// Most bytes of a page's content that are interpreted; pages of text have hundreds of thousands at most.
const MOST_CONTENT: usize = 3 << 20;

type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// The matrix that does first `a`, then `b`.
fn then(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn apply(matrix: Matrix, x: f64, y: f64) -> (f64, f64) {
    (x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5])
}

/// Reads pages one after another.
pub struct Reader<'a> {
    document: &'a Document,
    most: usize,
    fonts: Vec<Font>,
    /// Fonts by their object, so that each is read once.
    known: BTreeMap<ObjectId, usize>,
    forms: usize,
    glyphs: usize,
}

/// The state that a page's operators change.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<usize>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

struct Drawing<'d, 'p> {
    page: &'p mut Page,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    point: (f64, f64),
    fonts: BTreeMap<Vec<u8>, usize>,
    objects: BTreeMap<Vec<u8>, &'d Object>,
}

impl<'a> Reader<'a> {
    pub fn new(document: &'a Document, most: usize) -> Self {
        Self { document, most, fonts: Vec::new(), known: BTreeMap::new(), forms: 0, glyphs: 0 }
    }

    pub fn fonts(self) -> Vec<Font> {
        self.fonts
    }

    /// Reads what a page draws; what cannot be read draws nothing.
    pub fn page(&mut self, id: ObjectId, matrix: Matrix, page: &mut Page) {
        let Some(resources) = resources(self.document, id) else { return };
        let Ok(content) = self.document.get_page_content_with_limit(id, self.most) else { return };
        let state = State {
            matrix,
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        self.draw(&content, resources, state, page, 0);
    }

    fn draw(&mut self, content: &[u8], resources: &'a Dictionary, state: State, page: &mut Page, deep: usize) {
        if content.len() > MOST_CONTENT {
            return;
        }
        let Ok(content) = Content::decode(content) else { return };
        let mut drawing = Drawing {
            page,
            state,
            saved: Vec::new(),
            text: IDENTITY,
            line: IDENTITY,
            point: (0.0, 0.0),
            fonts: self.fonts_of(resources),
            objects: listed(self.document, resources, b"XObject"),
        };
        for operation in &content.operations {
            let operands = operation.operands.as_slice();
            match operation.operator.as_str() {
                "Do" => self.object(operands, resources, &mut drawing, deep),
                "Tj" | "'" | "\"" | "TJ" => self.show(&operation.operator, operands, &mut drawing),
                operator => drawing.act(operator, operands),
            }
        }
    }

    fn fonts_of(&mut self, resources: &'a Dictionary) -> BTreeMap<Vec<u8>, usize> {
        let mut fonts = BTreeMap::new();
        for (name, object) in listed(self.document, resources, b"Font") {
            let id = object.as_reference().ok();
            let known = id.and_then(|id| self.known.get(&id).copied());
            let Ok((_, object)) = self.document.dereference(object) else { continue };
            let Ok(dictionary) = object.as_dict() else { continue };
            let index = known.unwrap_or_else(|| {
                self.fonts.push(Font::read(self.document, dictionary, self.most));
                self.fonts.len() - 1
            });
            if let Some(id) = id {
                self.known.insert(id, index);
            }
            fonts.insert(name, index);
        }
        fonts
    }

    fn object(&mut self, operands: &[Object], outer: &'a Dictionary, drawing: &mut Drawing<'a, '_>, deep: usize) {
        let name = operands.first().and_then(|name| name.as_name().ok());
        let Some(object) = name.and_then(|name| drawing.objects.get(name).copied()) else { return };
        let Ok((_, object)) = self.document.dereference(object) else { return };
        let Ok(stream) = object.as_stream() else { return };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => drawing.page.picture = true,
            Ok(b"Form") if deep < MOST_FORMS_DEEP && self.forms < MOST_FORMS => {
                self.forms += 1;
                let Ok(content) = stream.decompressed_content_with_limit(self.most) else { return };
                let matrix = stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
                let matrix: Option<Vec<f64>> = matrix.map(|list| list.iter().filter_map(number).collect());
                let matrix: Matrix = matrix.and_then(|list| list.try_into().ok()).unwrap_or(IDENTITY);
                let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict);
                let state = State { matrix: then(matrix, drawing.state.matrix), ..drawing.state.clone() };
                self.draw(&content, own.unwrap_or(outer), state, drawing.page, deep + 1);
            }
            _ => {}
        }
    }

    fn show(&mut self, operator: &str, operands: &[Object], drawing: &mut Drawing<'a, '_>) {
        if operator != "Tj" && operator != "TJ" {
            drawing.next_line(0.0, -drawing.state.leading);
        }
        if let ("\"", [word, spacing, _]) = (operator, operands) {
            drawing.state.word_spacing = number(word).unwrap_or_default();
            drawing.state.spacing = number(spacing).unwrap_or_default();
        }
        match operands.last() {
            Some(Object::Array(items)) => {
                for item in items {
                    match item {
                        Object::String(bytes, _) => self.string(bytes, drawing),
                        other => drawing.kern(number(other).unwrap_or_default()),
                    }
                }
            }
            Some(Object::String(bytes, _)) => self.string(bytes, drawing),
            _ => {}
        }
    }

    fn string(&mut self, bytes: &[u8], drawing: &mut Drawing<'a, '_>) {
        let Some(font) = drawing.state.font else { return };
        for code in self.fonts[font].codes(bytes) {
            let state = &drawing.state;
            let blank = if code.blank { state.word_spacing } else { 0.0 };
            let advance = (code.width * state.size + state.spacing + blank) * state.scale;
            let matrix = then(drawing.text, state.matrix);
            let (x, y) = apply(matrix, 0.0, state.rise);
            let (end, _) = apply(matrix, code.width * state.size * state.scale, state.rise);
            let size = state.size * matrix[2].hypot(matrix[3]);
            drawing.text = then([1.0, 0.0, 0.0, 1.0, advance, 0.0], drawing.text);
            // Turned text is a stamp or a watermark.
            let upright = matrix[1].abs() < matrix[0].abs() * 0.05;
            let room = drawing.page.glyphs.len() < MOST_OF_PAGE && self.glyphs < MOST_GLYPHS;
            if upright && room && [x, y, end, size].iter().all(|value| value.is_finite()) {
                self.glyphs += 1;
                drawing.page.glyphs.push(Glyph { x, y, end, size, text: code.text, font });
            }
        }
    }
}

impl Drawing<'_, '_> {
    fn act(&mut self, operator: &str, operands: &[Object]) {
        let numbers: Vec<f64> = operands.iter().filter_map(number).collect();
        match (operator, numbers.as_slice()) {
            ("q", _) if self.saved.len() < MOST_STATES => self.saved.push(self.state.clone()),
            ("Q", _) => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            ("cm", &[a, b, c, d, e, f]) => self.state.matrix = then([a, b, c, d, e, f], self.state.matrix),
            ("BT", _) => (self.text, self.line) = (IDENTITY, IDENTITY),
            ("Tm", &[a, b, c, d, e, f]) => {
                self.line = [a, b, c, d, e, f];
                self.text = self.line;
            }
            ("Td", &[x, y]) => self.next_line(x, y),
            ("TD", &[x, y]) => {
                self.state.leading = -y;
                self.next_line(x, y);
            }
            ("T*", _) => self.next_line(0.0, -self.state.leading),
            ("Tc", &[spacing]) => self.state.spacing = spacing,
            ("Tw", &[spacing]) => self.state.word_spacing = spacing,
            ("Tz", &[percent]) => self.state.scale = percent / 100.0,
            ("TL", &[leading]) => self.state.leading = leading,
            ("Ts", &[rise]) => self.state.rise = rise,
            ("Tf", &[size]) => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                self.state.font = name.and_then(|name| self.fonts.get(name).copied());
                self.state.size = size;
            }
            ("m", &[x, y]) => self.point = (x, y),
            ("l", &[x, y]) => {
                self.rule(self.point, (x, y));
                self.point = (x, y);
            }
            ("re", &[x, y, width, height]) => {
                self.rule((x, y), (x, y + height));
                self.rule((x + width, y), (x + width, y + height));
            }
            ("BI", _) => self.page.picture = true,
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = then([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn kern(&mut self, thousandths: f64) {
        let by = -thousandths / 1000.0 * self.state.size * self.state.scale;
        self.text = then([1.0, 0.0, 0.0, 1.0, by, 0.0], self.text);
    }

    /// Keeps a stroke that is vertical and longer than a border is wide.
    fn rule(&mut self, from: (f64, f64), to: (f64, f64)) {
        const SHORTEST: f64 = 6.0;
        let (x1, y1) = apply(self.state.matrix, from.0, from.1);
        let (x2, y2) = apply(self.state.matrix, to.0, to.1);
        let (low, high) = (y1.min(y2), y1.max(y2));
        if (x1 - x2).abs() < 0.5 && high - low > SHORTEST && self.page.rules.len() < MOST_OF_PAGE {
            self.page.rules.push(Rule { x: x1, low, high });
        }
    }
}
