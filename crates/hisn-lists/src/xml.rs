//! An XML document as a tree: published lists are small enough to hold whole, and a tree reads plainer than events.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::reading::ReadError;
use crate::text::clean;

/// Deeper than any list nests; a file that goes on is no list.
const DEPTH_LIMIT: usize = 64;

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
    pub(crate) line: u64,
}

/// What stands inside an element.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// Reads a document; the element returned is nameless and holds the root.
pub(crate) fn parse(text: &str) -> Result<Element, ReadError> {
    let mut reader = Reader::from_str(text);
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut open = vec![Element::default()];
    loop {
        let start = reader.buffer_position();
        let event = reader.read_event().map_err(|error| {
            let line = lines.line_at(reader.error_position());
            ReadError::Xml { line, message: error.to_string() }
        })?;
        let line = lines.line_at(start);
        match event {
            Event::Start(tag) => {
                if open.len() > DEPTH_LIMIT {
                    return Err(ReadError::Xml { line, message: "elements nest too deep".to_owned() });
                }
                open.push(element(&tag, line));
            }
            Event::Empty(tag) => {
                let child = element(&tag, line);
                push(&mut open, Node::Element(child));
            }
            Event::End(_) => {
                if let Some(child) = open.pop() {
                    push(&mut open, Node::Element(child));
                }
            }
            Event::Text(part) => push(&mut open, Node::Text(part.into_inner().into_owned())),
            Event::CData(part) => push(&mut open, Node::Text(part.into_inner().into_owned())),
            Event::GeneralRef(name) => {
                let character = name.resolve_char_ref().ok().flatten();
                let text = match (character, &*name) {
                    (Some(c), _) => c.to_string(),
                    (None, "amp") => "&".to_owned(),
                    (None, "lt") => "<".to_owned(),
                    (None, "gt") => ">".to_owned(),
                    (None, "quot") => "\"".to_owned(),
                    (None, "apos") => "'".to_owned(),
                    // An entity that only a document type would define stays as it is written.
                    (None, other) => format!("&{other};"),
                };
                push(&mut open, Node::Text(text));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if open.len() > 1 {
        let name = open.last().map(|element| element.name.clone()).unwrap_or_default();
        return Err(ReadError::Xml {
            line: lines.line_at(text.len() as u64),
            message: format!("<{name}> is never closed"),
        });
    }
    Ok(open.pop().unwrap_or_default())
}

fn push(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn element(tag: &BytesStart<'_>, line: u64) -> Element {
    let name = tag.local_name().as_ref().to_owned();
    let attributes = tag
        .attributes()
        .flatten()
        .map(|attribute| {
            let value = attribute.value.into_owned();
            // An entity that only a document type would define stays as it is written.
            let resolved = quick_xml::escape::unescape(&value).map(std::borrow::Cow::into_owned);
            (attribute.key.as_ref().to_owned(), resolved.unwrap_or(value))
        })
        .collect();
    Element { name, attributes, children: Vec::new(), line }
}

/// Turns rising byte offsets into line numbers without counting from the start each time.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn line_at(&mut self, offset: u64) -> u64 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(self.text.len());
        if let Some(part) = self.text.as_bytes().get(self.at..offset) {
            self.line += part.iter().filter(|byte| **byte == b'\n').count() as u64;
            self.at = offset;
        }
        self.line
    }
}

impl Element {
    /// The child elements.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child of that name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// Every child of that name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// Every element of that name below, in document order; those inside a found one are not looked for.
    pub(crate) fn descendants<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            } else {
                element.descendants(name, found);
            }
        }
    }

    /// An attribute's value.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All text below, white space folded.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.collect(&mut text);
        clean(&text)
    }

    fn collect(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(part) => text.push_str(part),
                Node::Element(element) => element.collect(text),
            }
        }
    }

    /// The text of the first child of that name; empty where there is none.
    pub(crate) fn text_of(&self, name: &str) -> String {
        self.child(name).map(Element::text).unwrap_or_default()
    }
}
