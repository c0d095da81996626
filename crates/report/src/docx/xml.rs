//! XML as a tree that is built, amended and then written.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

/// The order that the format asks for inside `w:pPr` and `w:rPr` (ECMA-376 part 1, `CT_PPr` and `CT_RPr`).
const ORDER: &[&str] = &[
    "w:pStyle",
    "w:keepNext",
    "w:keepLines",
    "w:pageBreakBefore",
    "w:framePr",
    "w:widowControl",
    "w:pBdr",
    "w:tabs",
    "w:overflowPunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:rStyle",
    "w:rFonts",
    "w:b",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:outlineLvl",
    "w:color",
    "w:sz",
    "w:szCs",
    "w:lang",
];

/// An element with its content.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Element {
    pub name: &'static str,
    attributes: Vec<(&'static str, String)>,
    pub content: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

/// An empty element.
pub(super) fn el(name: &'static str) -> Element {
    Element { name, attributes: Vec::new(), content: Vec::new() }
}

/// An element that says one thing.
pub(super) fn val(name: &'static str, value: impl ToString) -> Element {
    el(name).attr("w:val", value)
}

impl Element {
    pub(super) fn attr(mut self, name: &'static str, value: impl ToString) -> Element {
        self.attributes.push((name, printable(&value.to_string())));
        self
    }

    pub(super) fn with(mut self, child: Element) -> Element {
        self.content.push(Node::Element(child));
        self
    }

    pub(super) fn all(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.content.extend(children.into_iter().map(Node::Element));
        self
    }

    pub(super) fn text(mut self, text: &str) -> Element {
        self.content.push(Node::Text(printable(text)));
        self
    }

    /// Adds to a paragraph's properties, or puts another value in the place of what they say.
    pub(super) fn prop(mut self, prop: Element) -> Element {
        self.set_prop(prop);
        self
    }

    /// As [`Element::prop`].
    pub(super) fn set_prop(&mut self, prop: Element) {
        if !matches!(self.content.first(), Some(Node::Element(props)) if props.name == "w:pPr") {
            self.content.insert(0, Node::Element(el("w:pPr")));
        }
        if let Some(Node::Element(props)) = self.content.first_mut() {
            props.content.retain(|node| !matches!(node, Node::Element(old) if old.name == prop.name));
            props.content.push(Node::Element(prop));
            props.content.sort_by_key(Node::rank);
        }
    }

    /// Properties in the order that the format asks for.
    pub(super) fn in_order(mut self) -> Element {
        self.content.sort_by_key(Node::rank);
        self
    }

    /// The elements of a name below this one, at any depth.
    pub(super) fn each(&mut self, name: &str, action: &mut impl FnMut(&mut Element)) {
        for node in &mut self.content {
            if let Node::Element(element) = node {
                if element.name == name {
                    action(element);
                }
                element.each(name, action);
            }
        }
    }

    /// The text in the element and below it.
    pub(super) fn plain_text(&self) -> String {
        let text = |node: &Node| match node {
            Node::Element(element) => element.plain_text(),
            Node::Text(text) => text.clone(),
        };
        self.content.iter().map(text).collect()
    }

    /// A part of the file.
    pub(super) fn part(&self) -> io::Result<Vec<u8>> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        self.write(&mut writer)?;
        Ok(writer.into_inner())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((*name, value.as_str()));
        }
        if self.content.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        for node in &self.content {
            match node {
                Node::Element(element) => element.write(writer)?,
                Node::Text(text) => writer.write_event(Event::Text(BytesText::new(text)))?,
            }
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}

impl Node {
    fn rank(&self) -> usize {
        match self {
            Node::Element(element) => ORDER.iter().position(|name| *name == element.name).unwrap_or(ORDER.len()),
            Node::Text(_) => ORDER.len(),
        }
    }
}

/// A text without the characters that have no place in XML or only steer other programs, as the PDF has it.
fn printable(text: &str) -> String {
    text.chars().filter(|c| *c != '\n' && !document::is_invisible(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_stand_in_the_formats_order_and_once() {
        let paragraph = el("w:p").with(el("w:r"));
        let paragraph = paragraph.prop(val("w:jc", "left")).prop(el("w:keepNext")).prop(val("w:pStyle", "Normal"));
        let paragraph = paragraph.prop(val("w:jc", "right"));
        let text = String::from_utf8(paragraph.part().unwrap()).unwrap();
        let expected =
            r#"<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/><w:jc w:val="right"/></w:pPr><w:r/></w:p>"#;
        assert!(text.ends_with(expected), "{text}");
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out_and_marks_of_xml_are_text() {
        let text =
            el("w:t").text("甲\u{0}\u{8}\u{b}\u{1f}\u{7f}\u{ffff}\u{202e}\u{200b}\u{2067}\n<乙>&\"").part().unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("<w:t>甲&lt;乙&gt;&amp;"), "{text}");
    }
}
