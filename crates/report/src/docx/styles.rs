//! styles.xml: the styles by the names that Word knows, so that a person goes on editing with them.

use document::{Form, Profile, Role, Style, StyleName};

use super::{
    section::line_pitch,
    text::twips,
    xml::{Element, Node, el, val},
};

/// The paragraph that carries the red rule.
pub(super) const RULE: &str = "RedRule";
/// The room below a table.
pub(super) const GAP: &str = "TableGap";
/// Page numbers.
pub(super) const PAGE_NUMBER: &str = "Footer";
/// Small print in the margins.
pub(super) const RUNNING: &str = "Header";
/// The attachment note.
pub(super) const ATTACHMENT: &str = "Attachment";
/// The line of the sign-off that is indented from the right.
pub(super) const DATE: &str = "Date";
/// Tables.
pub(super) const TABLE: &str = "TableGrid";
/// Height of the line that carries the red rule, in points; it is taken from the room below.
const RULE_LINE: f64 = 1.0;

/// The id of a style in the file.
pub(super) fn id(name: StyleName) -> &'static str {
    match name {
        StyleName::Title => "Title",
        StyleName::Body => "Normal",
        StyleName::Heading1 => "Heading1",
        StyleName::Heading2 => "Heading2",
        StyleName::Heading3 => "Heading3",
        StyleName::Heading4 => "Heading4",
        StyleName::FactLabel => "FactLabel",
        StyleName::Fact => "Fact",
        StyleName::Lines => "TableLead",
        StyleName::Caption => "Caption",
        StyleName::TableHeader => "TableHeader",
        StyleName::TableCell => "TableCell",
        StyleName::TableRemark => "TableRemark",
        StyleName::TableSubtotal => "TableSubtotal",
        StyleName::TableTotal => "TableTotal",
        StyleName::Note => "Note",
        StyleName::NoteHeading => "NoteHeading",
        StyleName::SignOff => "SignOff",
        StyleName::Chart => "ChartText",
    }
}

/// The part.
pub(super) fn part(profile: &Profile, form: Form) -> Element {
    el("w:styles")
        .attr("xmlns:w", super::W)
        .with(defaults(profile))
        .with(normal(profile))
        .all(built_in())
        .all((1..=4).map(|level| heading(profile, level)))
        .with(title(profile, form))
        .all(plain(profile))
        .all(around_text(profile))
        .all(margins(profile))
        .with(table(profile))
}

/// The size that the grid's character pitch is counted from is the default one.
fn defaults(profile: &Profile) -> Element {
    let body = profile.style(StyleName::Body);
    let language = el("w:lang").attr("w:val", "zh-CN").attr("w:eastAsia", "zh-CN").attr("w:bidi", "ar-SA");
    let run = el("w:rPr").with(fonts(profile, body)).all(size(body.size)).with(language);
    el("w:docDefaults").with(el("w:rPrDefault").with(run)).with(el("w:pPrDefault"))
}

fn normal(profile: &Profile) -> Element {
    let body = profile.style(StyleName::Body);
    let characters = profile.letter.indent;
    let indent = el("w:ind")
        .attr("w:firstLineChars", (characters * 100.0).round() as i64)
        .attr("w:firstLine", twips(characters * body.cell));
    let props = [
        // A page holds all its lines and a line all its characters, nothing hangs over the core's edge.
        val("w:widowControl", 0),
        val("w:overflowPunct", 0),
        val("w:autoSpaceDE", 0),
        val("w:autoSpaceDN", 0),
        val("w:jc", "both"),
        indent,
    ];
    paragraph_style(profile, ("Normal", "Normal"), Some(body), props).attr("w:default", 1)
}

/// What every file has; tables of the default style have no borders.
fn built_in() -> [Element; 2] {
    let character = el("w:style").attr("w:type", "character").attr("w:default", 1).attr("w:styleId", "DefaultFont");
    let table = el("w:style").attr("w:type", "table").attr("w:default", 1).attr("w:styleId", "TableNormal");
    let hidden = |style: Element, name: &str| {
        style.with(val("w:name", name)).with(val("w:uiPriority", 99)).with(el("w:semiHidden"))
    };
    let indent = el("w:tblInd").attr("w:w", 0).attr("w:type", "dxa");
    [hidden(character, "Default Paragraph Font"), hidden(table, "Normal Table").with(el("w:tblPr").with(indent))]
}

fn heading(profile: &Profile, level: usize) -> Element {
    let name = StyleName::heading(level);
    let props = [el("w:keepNext"), el("w:keepLines"), val("w:outlineLvl", level - 1)];
    paragraph_style(profile, (id(name), &format!("heading {level}")), Some(profile.style(name)), props)
}

fn title(profile: &Profile, form: Form) -> Element {
    let style = profile.style(StyleName::Title);
    let (letter, sheet, line) = (profile.letter, &profile.score_sheet, line_pitch(profile));
    let (before, after, line) = match form {
        Form::Letter => {
            let rule = twips(RULE_LINE + letter.rule);
            let lines = |count: f64| (count * line as f64).round() as i64;
            (lines(letter.above_title) - rule, lines(letter.below_title), line)
        }
        Form::Sheet => (twips(sheet.title_above), twips(sheet.title_below), twips(style.line)),
    };
    let spacing = el("w:spacing").attr("w:before", before).attr("w:after", after);
    let spacing = spacing.attr("w:line", line).attr("w:lineRule", "exact");
    let props = [el("w:keepNext"), spacing, flush(), val("w:jc", "center")];
    paragraph_style(profile, ("Title", "Title"), Some(style), props)
}

/// Text below the title, around and in tables.
fn plain(profile: &Profile) -> Vec<Element> {
    let style = |name: StyleName, word: &str, props: Vec<Element>| {
        paragraph_style(profile, (id(name), word), Some(profile.style(name)), props)
    };
    let centred = || vec![flush(), val("w:jc", "center")];
    let tied = |outline: Option<usize>| {
        let outline = outline.map(|level| val("w:outlineLvl", level));
        [flush(), el("w:keepNext")].into_iter().chain(outline).collect()
    };
    let label = profile.style(StyleName::FactLabel);
    let label = el("w:rPr").with(fonts(profile, label)).with(val("w:snapToGrid", 0)).all(size(label.size));
    let label = el("w:style")
        .attr("w:type", "character")
        .attr("w:customStyle", 1)
        .attr("w:styleId", id(StyleName::FactLabel))
        .with(val("w:name", "要素名称"))
        .with(el("w:qFormat"))
        .with(label);
    vec![
        label,
        style(StyleName::Fact, "要素", vec![flush(), val("w:jc", "left")]),
        style(StyleName::Lines, "表前文字", tied(None)),
        style(StyleName::Caption, "caption", [centred(), vec![el("w:keepNext")]].concat()),
        style(StyleName::TableHeader, "表头", centred()),
        style(StyleName::TableCell, "表格文字", centred()),
        style(StyleName::TableRemark, "表格备注", centred()),
        style(StyleName::TableSubtotal, "表格小计", centred()),
        style(StyleName::TableTotal, "表格合计", centred()),
        style(StyleName::Chart, "图表文字", centred()),
        style(StyleName::NoteHeading, "说明标题", tied(Some(0))),
        style(StyleName::Note, "说明", vec![flush()]),
        style(StyleName::SignOff, "落款", vec![flush(), val("w:jc", "right")]),
    ]
}

/// The red rule, attachments, the date, the room below tables.
fn around_text(profile: &Profile) -> [Element; 4] {
    let (rules, body) = (profile.sign_off, profile.style(StyleName::SignOff));
    let characters = (rules.right / body.cell * 100.0).round() as i64;
    let from_right = flush().attr("w:rightChars", characters).attr("w:right", twips(rules.right));
    let exactly = |points: f64| {
        let spacing = el("w:spacing").attr("w:before", 0).attr("w:after", 0);
        spacing.attr("w:line", twips(points)).attr("w:lineRule", "exact")
    };
    let red = el("w:bottom").attr("w:val", "single").attr("w:sz", eighths(profile.letter.rule));
    let red = el("w:pBdr").with(red.attr("w:space", 0).attr("w:color", "FF0000"));
    let off = || val("w:snapToGrid", 0);
    let gap = exactly(profile.score_sheet.after_table);
    [
        paragraph_style(
            profile,
            (RULE, "红色分隔线"),
            None,
            [flush(), off(), el("w:keepNext"), exactly(RULE_LINE), red],
        ),
        paragraph_style(profile, (ATTACHMENT, "附件说明"), Some(profile.style(StyleName::Body)), [flush()]),
        paragraph_style(profile, (DATE, "Date"), Some(body), [from_right, val("w:jc", "right")]),
        paragraph_style(profile, (GAP, "表后空白"), None, [flush(), off(), gap]),
    ]
}

fn margins(profile: &Profile) -> [Element; 2] {
    let style =
        |id, name, style: &Style| paragraph_style(profile, (id, name), Some(style), [flush(), val("w:jc", "left")]);
    [style(PAGE_NUMBER, "footer", &profile.page_number.style), style(RUNNING, "header", &profile.running.style)]
}

fn table(profile: &Profile) -> Element {
    el("w:style")
        .attr("w:type", "table")
        .attr("w:styleId", TABLE)
        .with(val("w:name", "Table Grid"))
        .with(val("w:basedOn", "TableNormal"))
        .with(val("w:uiPriority", 39))
        .with(el("w:tblPr").with(borders(profile)).with(cell_margins(profile)))
}

/// Thin lines around and between all cells.
pub(super) fn borders(profile: &Profile) -> Element {
    let line = |name| {
        val(name, "single").attr("w:sz", eighths(profile.table.border)).attr("w:space", 0).attr("w:color", "000000")
    };
    let sides = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
    el("w:tblBorders").all(sides.map(line))
}

/// Between border and text.
pub(super) fn cell_margins(profile: &Profile) -> Element {
    let (across, down) = (profile.table.pad_across, profile.table.pad_down);
    let sides = [("w:top", down), ("w:left", across), ("w:bottom", down), ("w:right", across)];
    el("w:tblCellMar").all(sides.map(|(name, room)| el(name).attr("w:w", twips(room)).attr("w:type", "dxa")))
}

/// Eighths of a point: the unit of borders.
fn eighths(points: f64) -> i64 {
    (points * 8.0).round() as i64
}

/// Nothing of the body's indent.
fn flush() -> Element {
    el("w:ind").attr("w:firstLineChars", 0).attr("w:firstLine", 0)
}

/// A paragraph style; one without type of its own is for paragraphs that hold no text.
fn paragraph_style(
    profile: &Profile,
    (id, name): (&'static str, &str),
    style: Option<&Style>,
    props: impl IntoIterator<Item = Element>,
) -> Element {
    let mut own = el("w:pPr").all(props);
    let said =
        |own: &Element, name: &str| own.content.iter().any(|node| matches!(node, Node::Element(e) if e.name == name));
    let mut run = None;
    if let Some(style) = style {
        if !said(&own, "w:spacing") {
            own = own.with(spacing(style));
        }
        own = own.with(val("w:snapToGrid", i32::from(style.on_grid)));
        let grid = (!style.on_grid).then(|| val("w:snapToGrid", 0));
        run = Some(el("w:rPr").with(fonts(profile, style)).all(grid).all(size(style.size)));
    }
    let custom = !name.is_ascii();
    let (based, next) = (id != "Normal", name.starts_with("heading") || name == "Title");
    let mut element = el("w:style").attr("w:type", "paragraph");
    if custom {
        element = element.attr("w:customStyle", 1);
    }
    element
        .attr("w:styleId", id)
        .with(val("w:name", name))
        .all(based.then(|| val("w:basedOn", "Normal")))
        .all(next.then(|| val("w:next", "Normal")))
        .with(el("w:qFormat"))
        .with(own.in_order())
        .all(run)
}

/// Lines on the grid take its pitch, others their own.
fn spacing(style: &Style) -> Element {
    let spacing = el("w:spacing").attr("w:before", 0).attr("w:after", 0);
    if style.on_grid {
        spacing.attr("w:line", 240).attr("w:lineRule", "auto")
    } else {
        spacing.attr("w:line", twips(style.line)).attr("w:lineRule", "exact")
    }
}

fn fonts(profile: &Profile, style: &Style) -> Element {
    let (chinese, latin) = (profile.check.font_name(style.font), profile.check.font_name(style.latin));
    let fonts = el("w:rFonts").attr("w:ascii", latin).attr("w:eastAsia", chinese);
    fonts.attr("w:hAnsi", latin).attr("w:cs", profile.check.font_name(Role::Times))
}

/// Half points: the unit of sizes.
fn size(points: f64) -> [Element; 2] {
    let half = (points * 2.0).round() as i64;
    [val("w:sz", half), val("w:szCs", half)]
}
