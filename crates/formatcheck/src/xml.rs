//! XML as a tree within bounds. Names are local ones: the vocabularies that are read have no two of one name.

use crate::Error;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deepest nesting that is read.
const MOST_DEPTH: usize = 200;
/// Most elements of a part.
const MOST_ELEMENTS: usize = 600_000;

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    pub name: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
    children: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| &**key == name).map(|(_, value)| &**value)
    }

    /// An attribute that is a number.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.attribute(name)?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    pub fn elements(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = &'a Element> {
        self.elements().filter(move |element| &*element.name == name)
    }

    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| &*element.name == name)
    }

    /// The attribute `val` of a child.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// A child that switches something: there without a value is on.
    pub fn switch(&self, name: &str) -> Option<bool> {
        let child = self.child(name)?;
        Some(!matches!(child.attribute("val"), Some("0" | "false" | "off")))
    }

    /// The text directly inside.
    pub fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }
}

/// Reads a part.
pub fn read(bytes: &[u8]) -> Result<Element, Error> {
    let text = std::str::from_utf8(bytes).map_err(Error::damaged)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    // The first is no element of the part: it holds the root.
    let mut open = vec![Element::default()];
    let mut count = 0;
    loop {
        match reader.read_event().map_err(Error::damaged)? {
            Event::Start(start) => open.push(element(&start, &mut count)?),
            Event::Empty(start) => {
                let element = element(&start, &mut count)?;
                push(&mut open, Node::Element(element));
            }
            Event::End(_) => {
                let Some(done) = open.pop() else { break };
                push(&mut open, Node::Element(done));
            }
            Event::Text(text) => push_text(&mut open, &text.xml10_content()),
            Event::CData(text) => push_text(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => push_text(&mut open, &resolve(&reference)?),
            // Office documents have no document type, and what it declares is how small files grow large.
            Event::DocType(_) => return Err(Error::damaged("a document type declaration")),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
        if open.len() > MOST_DEPTH {
            return Err(Error::damaged("elements nested too deep"));
        }
    }
    let root = open.pop().filter(|_| open.is_empty()).and_then(|mut holder| holder.children.pop());
    match root {
        Some(Node::Element(root)) => Ok(root),
        _ => Err(Error::damaged("the XML ends too early")),
    }
}

fn element(start: &BytesStart<'_>, count: &mut usize) -> Result<Element, Error> {
    *count += 1;
    if *count > MOST_ELEMENTS {
        return Err(Error::TooLong { most: MOST_ELEMENTS });
    }
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(Error::damaged)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(Error::damaged)?;
        attributes.push((attribute.key.local_name().into_inner().into(), value.as_ref().into()));
    }
    Ok(Element { name: start.local_name().into_inner().into(), attributes, children: Vec::new() })
}

fn push(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn push_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut().filter(|parent| !parent.name.is_empty()) else { return };
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

fn resolve(reference: &BytesRef<'_>) -> Result<String, Error> {
    if let Some(character) = reference.resolve_char_ref().map_err(Error::damaged)? {
        return Ok(character.to_string());
    }
    let known = match &*reference.xml10_content() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        other => return Err(Error::damaged(format!("unknown entity {other}"))),
    };
    Ok(known.to_owned())
}
