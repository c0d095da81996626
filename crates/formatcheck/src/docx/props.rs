//! Properties of runs and paragraphs, and how they lie over each other.

use crate::xml::Element;

/// Twentieths of a point.
pub const TWIPS: f64 = 20.0;

/// Properties of a run, as far as they are said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunProps {
    /// Font of Chinese characters.
    pub east: Option<String>,
    /// Font of Latin letters and digits.
    pub latin: Option<String>,
    /// Size in points.
    pub size: Option<f64>,
    /// As six hexadecimal digits.
    pub colour: Option<String>,
    /// Not printed.
    pub hidden: Option<bool>,
}

/// The fonts that a theme names.
#[derive(Debug, Default)]
pub struct Theme {
    major: (Option<String>, Option<String>),
    minor: (Option<String>, Option<String>),
}

impl Theme {
    pub fn read(root: &Element) -> Self {
        let scheme = root.child("themeElements").and_then(|elements| elements.child("fontScheme"));
        let fonts = |name: &str| {
            let Some(list) = scheme.and_then(|scheme| scheme.child(name)) else { return (None, None) };
            let face = |element: Option<&Element>| {
                element?.attribute("typeface").filter(|face| !face.is_empty()).map(str::to_owned)
            };
            let chinese = || face(list.all("font").find(|font| font.attribute("script") == Some("Hans")));
            (face(list.child("latin")), face(list.child("ea")).or_else(chinese))
        };
        Self { major: fonts("majorFont"), minor: fonts("minorFont") }
    }

    /// The font behind a name such as `minorEastAsia`.
    fn font(&self, name: &str) -> Option<String> {
        let fonts = if name.starts_with("major") { &self.major } else { &self.minor };
        if name.ends_with("EastAsia") { fonts.1.clone() } else { fonts.0.clone() }
    }
}

impl RunProps {
    /// What an `rPr` says.
    pub fn read(props: Option<&Element>, theme: &Theme) -> Self {
        let Some(props) = props else { return Self::default() };
        let fonts = props.child("rFonts");
        let font = |themed: &str, named: &str| {
            let fonts = fonts?;
            let by_theme = fonts.attribute(themed).and_then(|name| theme.font(name));
            by_theme.or_else(|| fonts.attribute(named).map(str::to_owned))
        };
        Self {
            east: font("eastAsiaTheme", "eastAsia"),
            latin: font("asciiTheme", "ascii"),
            size: props.child("sz").and_then(|size| size.number("val")).map(|half| half / 2.0),
            colour: props.value("color").map(str::to_owned),
            hidden: props.switch("vanish"),
        }
    }

    /// Itself where it says something, else what lies below.
    pub fn over(self, below: &Self) -> Self {
        Self {
            east: self.east.or_else(|| below.east.clone()),
            latin: self.latin.or_else(|| below.latin.clone()),
            size: self.size.or(below.size),
            colour: self.colour.or_else(|| below.colour.clone()),
            hidden: self.hidden.or(below.hidden),
        }
    }
}

/// Where the lines of a paragraph stand between the indents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Flush left, or to both edges.
    #[default]
    Start,
    Centre,
    End,
}

/// An indent: a count of characters wins over a length.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Indent {
    characters: Option<f64>,
    points: Option<f64>,
}

impl Indent {
    fn read(ind: &Element, characters: &[&str], twips: &[&str]) -> Self {
        let first = |names: &[&str]| names.iter().find_map(|name| ind.number(name));
        Self { characters: first(characters).map(|n| n / 100.0), points: first(twips).map(|n| n / TWIPS) }
    }

    fn over(self, below: Self) -> Self {
        // A length said nearer wins over characters said further off, but Word writes both together.
        if self == Self::default() { below } else { self }
    }

    /// In characters of a size.
    pub fn of(self, size: f64) -> f64 {
        match (self.characters, self.points) {
            (Some(characters), _) if characters != 0.0 => characters,
            (_, Some(points)) => points / size.max(1.0),
            (characters, None) => characters.unwrap_or_default(),
        }
    }
}

/// The distance of a paragraph's lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spacing {
    /// In units of a line, which the grid stretches.
    Lines(f64),
    /// In points, whatever the type.
    Exactly(f64),
    /// In points, more for larger type.
    AtLeast(f64),
}

/// Properties of a paragraph, as far as they are said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParagraphProps {
    pub align: Option<Align>,
    pub left: Indent,
    pub right: Indent,
    pub first: Indent,
    pub hanging: Indent,
    pub spacing: Option<Spacing>,
    /// Above and below, in points.
    pub above: Option<f64>,
    pub below: Option<f64>,
    /// Whether the lines stand on the document's grid.
    pub snaps: Option<bool>,
    /// The list that numbers it; an empty one takes the number away.
    pub list: Option<String>,
    /// The level in the list.
    pub list_level: Option<usize>,
    /// Where a frame stands across, e.g. `outside`.
    pub frame: Option<String>,
    pub page_break: Option<bool>,
}

impl ParagraphProps {
    /// What a `pPr` says.
    pub fn read(props: Option<&Element>) -> Self {
        let Some(props) = props else { return Self::default() };
        let indent = |characters: &[&str], twips: &[&str]| {
            props.child("ind").map_or_else(Indent::default, |ind| Indent::read(ind, characters, twips))
        };
        let spacing = props.child("spacing");
        let space = |by_program: &str, name: &str| {
            let spacing = spacing?;
            let by_program = spacing.attribute(by_program).is_some_and(|on| matches!(on, "1" | "true"));
            if by_program { Some(0.0) } else { spacing.number(name).map(|n| n / TWIPS) }
        };
        let list = props.child("numPr");
        Self {
            align: props.value("jc").map(|value| match value {
                "center" => Align::Centre,
                "right" | "end" => Align::End,
                _ => Align::Start,
            }),
            left: indent(&["leftChars", "startChars"], &["left", "start"]),
            right: indent(&["rightChars", "endChars"], &["right", "end"]),
            first: indent(&["firstLineChars"], &["firstLine"]),
            hanging: indent(&["hangingChars"], &["hanging"]),
            spacing: spacing.and_then(line_spacing),
            above: space("beforeAutospacing", "before"),
            below: space("afterAutospacing", "after"),
            snaps: props.switch("snapToGrid"),
            list: list.and_then(|list| list.value("numId")).map(str::to_owned),
            list_level: list.and_then(|list| list.value("ilvl")).and_then(|level| level.parse().ok()),
            frame: props.child("framePr").and_then(|frame| frame.attribute("xAlign")).map(str::to_owned),
            page_break: props.switch("pageBreakBefore"),
        }
    }

    /// Itself where it says something, else what lies below.
    pub fn over(self, below: &Self) -> Self {
        Self {
            align: self.align.or(below.align),
            left: self.left.over(below.left),
            right: self.right.over(below.right),
            first: self.first.over(below.first),
            hanging: self.hanging.over(below.hanging),
            spacing: self.spacing.or(below.spacing),
            above: self.above.or(below.above),
            below: self.below.or(below.below),
            snaps: self.snaps.or(below.snaps),
            list: self.list.or_else(|| below.list.clone()),
            list_level: self.list_level.or(below.list_level),
            frame: self.frame.or_else(|| below.frame.clone()),
            page_break: self.page_break.or(below.page_break),
        }
    }
}

fn line_spacing(spacing: &Element) -> Option<Spacing> {
    let line = spacing.number("line")?;
    Some(match spacing.attribute("lineRule") {
        Some("exact") => Spacing::Exactly(line / TWIPS),
        Some("atLeast") => Spacing::AtLeast(line / TWIPS),
        _ => Spacing::Lines(line / 240.0),
    })
}
