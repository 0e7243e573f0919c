//! Rows of the tables, grouped into entries.

use crate::reading::{Place, Reading};
use crate::text::clean;
use crate::xml::{Element, Node};

/// An entry as the table prints it: one row, or several when a row goes on in the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Heading of the group of rows.
    pub(super) country: String,
    /// The lines of the entity cells; those that begin with a dash are aliases.
    pub(super) lines: Vec<String>,
    pub(super) requirement: String,
    pub(super) policy: String,
    pub(super) citation: String,
    /// Marks of footnotes, in the order of the cells.
    pub(super) footnotes: Vec<String>,
    /// The body of which the rows after "The following … subordinate institutions of …:" are part.
    pub(super) part_of: Option<String>,
    pub(super) line: u64,
}

/// The entries of one supplement.
pub(super) fn entries(appendix: &Element, reading: &mut Reading) -> Vec<Entry> {
    let mut bodies = Vec::new();
    appendix.descendants("TBODY", &mut bodies);
    let mut rows = Vec::new();
    for body in bodies {
        body.descendants("TR", &mut rows);
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut country = String::new();
    // Heading of a group of subordinate bodies, with the citation that stands for all of them.
    let mut group: Option<(String, String)> = None;
    for row in rows {
        let cells: Vec<&Element> =
            row.elements().filter(|cell| matches!(cell.name.as_str(), "TD" | "TH")).collect();
        // Supplement no. 4 has columns for requirement and policy; nos. 6 and 7 have not.
        let (first, entity, requirement, policy, citation) = match cells.as_slice() {
            [first, entity, requirement, policy, citation] => {
                (first, entity, Some(requirement), Some(policy), citation)
            }
            [first, entity, citation] => (first, entity, None, None, citation),
            [_] => continue,
            other => {
                let count = other.len();
                reading.leave_out(
                    Place::Line(row.line),
                    format!("a row of {count} cells was left out; the table has 3 or 5"),
                );
                continue;
            }
        };
        let heading = cell_text(first, None);
        if !heading.is_empty() {
            country = heading;
            group = None;
        }
        let mut entry = Entry { country: country.clone(), line: row.line, ..Entry::default() };
        // A raised `rd` in an address is no footnote; footnotes hang on the requirement and the policy.
        entry.lines = cell_lines(entity, None);
        entry.requirement =
            requirement.map(|cell| cell_text(cell, Some(&mut entry.footnotes))).unwrap_or_default();
        entry.policy = policy.map(|cell| cell_text(cell, Some(&mut entry.footnotes))).unwrap_or_default();
        entry.citation = cell_text(citation, None);
        entry.requirement = without_loose_mark(&entry.requirement, &mut entry.footnotes);
        let Some(start) = entry.lines.iter().find(|line| !line.is_empty()).cloned() else { continue };
        if start == "[Reserved]"
            || start.trim_end_matches(':').to_ascii_lowercase().starts_with("subordinate instit")
                && entry.citation.is_empty()
                && requirement.is_none()
        {
            continue;
        }
        if requirement.is_none() {
            if let Some(parent) = parent_of_group(&start) {
                group = Some((parent, entry.citation));
                continue;
            }
            match &group {
                Some((parent, citation)) if entry.citation.is_empty() => {
                    entry.part_of = Some(parent.clone());
                    entry.citation = citation.clone();
                }
                _ => group = None,
            }
            entries.push(entry);
        } else if entry.requirement.is_empty() && entry.citation.is_empty() {
            match entries.last_mut() {
                Some(above) => above.lines.extend(entry.lines),
                None => {
                    reading.warn(Place::Line(row.line), "the first row goes on with a row that is not there")
                }
            }
        } else {
            if entry.citation.is_empty() || entry.requirement.is_empty() {
                reading.warn(Place::Line(row.line), "requirement or citation is missing from the row");
            }
            entries.push(entry);
        }
    }
    entries
}

/// `The following eight subordinate institutions of Aero-Engine Company of China:`
fn parent_of_group(line: &str) -> Option<String> {
    let rest = line.strip_prefix("The following ")?.strip_suffix(':')?;
    rest.split_once(" institutions of ").map(|(_, parent)| parent.to_owned())
}

/// The text of a cell in one line.
fn cell_text(cell: &Element, marks: Option<&mut Vec<String>>) -> String {
    cell_lines(cell, marks).into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The lines of a cell. With `marks`, footnote marks go there and not into the text.
fn cell_lines(cell: &Element, mut marks: Option<&mut Vec<String>>) -> Vec<String> {
    let mut lines = vec![String::new()];
    collect(cell, &mut lines, &mut marks);
    lines.iter().map(|line| clean(line)).collect()
}

fn collect(element: &Element, lines: &mut Vec<String>, marks: &mut Option<&mut Vec<String>>) {
    for node in &element.children {
        match node {
            Node::Text(text) => push(lines, text),
            Node::Element(child) if child.name == "br" => lines.push(String::new()),
            Node::Element(child) if child.name == "sup" => {
                let text = child.text();
                match marks {
                    Some(marks) => {
                        let mark = text.trim_matches([',', '.', ' ']);
                        add_mark(marks, mark);
                        // `734.9(g)<sup>,3</sup>`: the comma belongs to the sentence.
                        push(lines, &text.replace(mark, ""));
                    }
                    None => push(lines, &text),
                }
            }
            Node::Element(child) => collect(child, lines, marks),
        }
    }
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

fn add_mark(marks: &mut Vec<String>, mark: &str) {
    if !mark.is_empty() && !marks.iter().any(|known| known == mark) {
        marks.push(mark.to_owned());
    }
}

/// Takes out a mark that was not raised and sticks to the text: `734.9(g),3 746.8`, `734.9(g)3, 746.8`, `the EAR)4`.
fn without_loose_mark(text: &str, marks: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = [' ', ' '];
    while let Some(c) = rest.next() {
        let behind = rest.peek().copied().unwrap_or(' ');
        let sticks = before[1] == ')' || before == [')', ','];
        if c.is_ascii_digit() && sticks && (behind == ',' || behind.is_whitespace()) {
            add_mark(marks, &c.to_string());
            continue;
        }
        before = [before[1], c];
        out.push(c);
    }
    clean(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_stick_to_the_text_are_found() {
        for (text, want, mark) in [
            (
                "(See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)",
                "(See §§ 734.9(g), 746.8(a)(3), and 744.21(b) of the EAR)",
                "3",
            ),
            ("(See §§ 734.9(g)3, 746.8(a)(3))", "(See §§ 734.9(g), 746.8(a)(3))", "3"),
            ("(See § 744.11 of the EAR)4", "(See § 744.11 of the EAR)", "4"),
        ] {
            let mut marks = Vec::new();
            assert_eq!(without_loose_mark(text, &mut marks), want);
            assert_eq!(marks, [mark]);
        }
        let mut marks = Vec::new();
        without_loose_mark("License Exception GOV under § 740.11(b)(2) and (e)", &mut marks);
        assert!(marks.is_empty());
    }
}
