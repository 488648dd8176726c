//! What stands around a place of a file.
//!
//! Takes a file in native syntax, of the sources or of the manifest, and an offset in it, and returns the headings of the
//! blocks around it, or what a block says under a name. For people only: a file is read again for each question, and what
//! cannot be read has no answer.

use std::sync::Arc;

use super::body::{self, Body};
use crate::source::{Source, Span};

/// As many bytes of a block are read to find an argument in it, one after the other until the block ends: many findings ask,
/// a file may hold thousands of approvals, and hardly a block has more than the first.
const WINDOWS: [usize; 3] = [1 << 10, 1 << 13, 1 << 16];

/// The headings of the blocks around an offset, the outermost first: `resource "aws_iam_role" "ci"`. A block's heading is
/// around itself.
pub fn find_headings(source: &Source, offset: usize) -> Vec<String> {
    let file = body::read(&Arc::new(source.clone()));
    let mut headings = Vec::new();
    let mut blocks = &file.blocks;
    // The last block that begins at the offset or before it.
    while let Some(block) = blocks.iter().rev().find(|block| block.header.start <= offset) {
        if block.header.end < offset && !holds(&block.body, offset) {
            break;
        }
        headings.push(source.text.get(block.header.start..block.header.end).unwrap_or_default().to_owned());
        blocks = &block.body.blocks;
    }
    headings
}

/// Where the block whose heading begins at an offset writes the first of some arguments that it has.
pub fn find_written(source: &Source, heading: Span, names: &[&str]) -> Option<Span> {
    let whole = Arc::new(source.clone());
    for window in WINDOWS {
        let end = source.text.floor_char_boundary((heading.start + window).min(source.text.len()));
        let read = body::read_part(&whole, Span { start: heading.start, end });
        let block = read.blocks.first().filter(|block| block.header.start == heading.start);
        let Some(block) = block.filter(|block| block.body.unread.is_none()) else { continue };
        let argument = |name: &&str| block.body.arguments.iter().find(|argument| argument.name == *name);
        return Some(names.iter().find_map(argument)?.span);
    }
    None
}

/// Whether an argument or a block of a body is, or has, what stands at an offset.
fn holds(body: &Body, offset: usize) -> bool {
    let is_in = |span: Span| (span.start..=span.end).contains(&offset);
    body.arguments.iter().any(|argument| is_in(argument.span))
        || body.blocks.iter().any(|block| is_in(block.header) || holds(&block.body, offset))
}

#[cfg(test)]
mod tests {
    use super::{find_headings, find_written};
    use crate::source::{Source, Span};

    const TEXT: &str = "a \"x\" {\n  b = 1\n  c {\n    d = [\n      2,\n    ]\n  }\n}\ne = 3\nf {}\n";

    #[test]
    fn headings_are_those_around_a_place() {
        let source = Source::new("f", TEXT);
        let at = |what: &str| find_headings(&source, TEXT.find(what).unwrap());
        assert_eq!(at("a \"x\""), ["a \"x\""]);
        assert_eq!(at("b ="), ["a \"x\""]);
        assert_eq!(at("c {"), ["a \"x\"", "c"]);
        assert_eq!(at("2,"), ["a \"x\"", "c"]);
        assert!(at("e =").is_empty());
        assert_eq!(at("f {"), ["f"]);
    }

    #[test]
    fn an_argument_is_found_in_its_block_only() {
        let source = Source::new("f", TEXT);
        let heading = |what: &str| Span { start: TEXT.find(what).unwrap(), end: 0 };
        let find = |what: &str, names: &[&str]| {
            let span = find_written(&source, heading(what), names)?;
            TEXT.get(span.start..span.end)
        };
        assert_eq!(find("c {", &["z", "d"]), Some("d = [\n      2,\n    ]"));
        assert_eq!(find("a \"x\"", &["d", "b"]), Some("b = 1"));
        assert_eq!(find("a \"x\"", &["d"]), None);
        // A block of many lines, and one that never ends.
        let long = format!("a {{\n{}  z = 1\n}}\n", "  # é\n".repeat(3_000));
        let source = Source::new("f", &long);
        let span = find_written(&source, Span::default(), &["z"]).unwrap();
        assert_eq!(long.get(span.start..span.end), Some("z = 1"));
        let open = Source::new("f", long.trim_end().trim_end_matches('}'));
        assert_eq!(find_written(&open, Span::default(), &["z"]), None);
    }
}
