//! JSON syntax: `.tf.json`.
//!
//! Takes a file and returns its blocks in the shape that native syntax gives them, so that nobody else has to know which
//! syntax was used. JSON does not tell an argument from a nested block, and only the provider's schema does; so each
//! member of a body is both, and the question decides. A string is a template, as Terraform reads it; a list of objects
//! stands for several blocks, or for the members of one. `"//"` is a comment.

use std::sync::{Arc, OnceLock};

use serde_json::value::RawValue;

use super::body::{Argument, ArgumentText, Block, Body};
use super::json_value::{JsonMember, JsonMembers};
use super::unread::{UnreadCause, UnreadPart};
use crate::source::{Place, Source, Span};

/// Blocks of a configuration, and how many labels each has.
const LABELS: &[(&str, usize)] = &[
    ("resource", 2),
    ("data", 2),
    ("ephemeral", 2),
    ("action", 2),
    ("list", 2),
    ("module", 1),
    ("output", 1),
    ("variable", 1),
    ("provider", 1),
    ("check", 1),
    ("locals", 0),
    ("terraform", 0),
    ("moved", 0),
    ("removed", 0),
    ("import", 0),
];

/// Blocks within resources that have a label; all others have none.
const LABELED_WITHIN: &[&str] = &["dynamic", "provisioner"];

/// Blocks within each other, at most, as in native syntax. Deeper objects are arguments only.
const MAX_BLOCK_DEPTH: usize = 24;

/// Returns what stands in a file in JSON syntax.
pub(super) fn read(source: &Arc<Source>) -> Body {
    let reader = JsonReader { source };
    match serde_json::from_str::<&RawValue>(&source.text) {
        Ok(root) => reader.read_file(root),
        Err(error) => {
            let at = find_offset(&source.text, error.line(), error.column());
            Body { unread: Some(reader.note_unread(at)), ..Body::default() }
        }
    }
}

struct JsonReader<'r> {
    source: &'r Arc<Source>,
}

impl JsonReader<'_> {
    /// Where a value stands, which was borrowed from the text.
    fn find_span(&self, raw: &RawValue) -> Span {
        let start = (raw.get().as_ptr() as usize).saturating_sub(self.source.text.as_ptr() as usize);
        Span { start, end: start + raw.get().len() }
    }

    /// Where what a value is the content of begins: its name, or the value itself where it is an item of a list.
    fn find_heading(&self, raw: &RawValue) -> Span {
        let value = self.find_span(raw);
        find_name(&self.source.text, value.start).unwrap_or(Span { start: value.start, end: value.start + 1 })
    }

    fn note_unread(&self, at: usize) -> UnreadPart {
        let place = Place { source: (**self.source).clone(), span: Span { start: at, end: at } };
        UnreadPart { place, cause: UnreadCause::Json }
    }

    fn unread_value(&self, raw: &RawValue) -> UnreadPart {
        self.note_unread(self.find_span(raw).start)
    }

    fn read_file(&self, root: &RawValue) -> Body {
        let mut body = Body::default();
        let Some(members) = self.read_members(root) else {
            body.unread = Some(self.unread_value(root));
            return body;
        };
        for JsonMember { name, value } in members {
            if name == "//" {
                continue;
            }
            match LABELS.iter().find(|(kind, _)| *kind == name) {
                Some((kind, labels)) => self.read_blocks(kind, value, *labels, &mut body, 0),
                None => {
                    body.unread.get_or_insert_with(|| self.unread_value(value));
                }
            }
        }
        body
    }

    /// The members of an object, or of all objects in a list.
    fn read_members<'a>(&self, raw: &'a RawValue) -> Option<Vec<JsonMember<'a>>> {
        match raw.get().bytes().next()? {
            b'{' => Some(serde_json::from_str::<JsonMembers<'a>>(raw.get()).ok()?.0),
            b'[' => {
                let items: Vec<JsonMembers<'a>> = serde_json::from_str(raw.get()).ok()?;
                Some(items.into_iter().flat_map(|JsonMembers(members)| members).collect())
            }
            b'n' => Some(Vec::new()),
            _ => None,
        }
    }

    /// Adds the blocks of one kind that a value stands for.
    fn read_blocks(&self, kind: &str, value: &RawValue, labels: usize, into: &mut Body, depth: usize) {
        let mut pending = vec![(Vec::<String>::new(), value)];
        for _ in 0..labels {
            let mut next = Vec::new();
            for (known, value) in pending {
                let Some(members) = self.read_members(value) else {
                    into.unread.get_or_insert_with(|| self.unread_value(value));
                    continue;
                };
                next.extend(members.into_iter().map(|JsonMember { name, value }| {
                    let labels = known.iter().cloned().chain([name]).collect();
                    (labels, value)
                }));
            }
            pending = next;
        }
        for (labels, value) in pending {
            let Some(bodies) = self.read_bodies(value) else {
                into.unread.get_or_insert_with(|| self.unread_value(value));
                continue;
            };
            into.blocks.extend(bodies.into_iter().map(|value| Block {
                kind: kind.to_owned(),
                labels: labels.clone(),
                source: Arc::clone(self.source),
                header: self.find_heading(value),
                body: self.read_body(value, depth + 1),
            }));
        }
    }

    /// The bodies of the blocks that a value stands for: one, several or none.
    fn read_bodies<'a>(&self, raw: &'a RawValue) -> Option<Vec<&'a RawValue>> {
        match raw.get().bytes().next()? {
            b'{' => Some(vec![raw]),
            b'[' => serde_json::from_str(raw.get()).ok(),
            b'n' => Some(Vec::new()),
            _ => None,
        }
    }

    fn read_body(&self, raw: &RawValue, depth: usize) -> Body {
        let mut body = Body::default();
        let Some(members) = self.read_members(raw) else {
            body.unread = Some(self.unread_value(raw));
            return body;
        };
        for JsonMember { name, value } in members {
            if name == "//" {
                continue;
            }
            if LABELED_WITHIN.contains(&name.as_str()) {
                self.read_blocks(&name, value, 1, &mut body, depth);
            } else if depth < MAX_BLOCK_DEPTH && self.is_of_objects(value) {
                self.read_blocks(&name, value, 0, &mut body, depth);
            }
            let span = self.find_span(value);
            body.arguments.push(Argument {
                name,
                source: Arc::clone(self.source),
                span: Span { start: self.find_heading(value).start, end: span.end },
                value: ArgumentText::Json(span),
                parsed: OnceLock::new(),
            });
        }
        body
    }

    /// Whether a value may be one block or several. It may be an argument as well.
    fn is_of_objects(&self, raw: &RawValue) -> bool {
        let is_object = |raw: &RawValue| raw.get().starts_with('{');
        is_object(raw) || self.read_bodies(raw).is_some_and(|bodies| bodies.into_iter().all(is_object))
    }
}

/// Where the quoted name stands that is before a value, if one is.
fn find_name(text: &str, value: usize) -> Option<Span> {
    let before = text.get(..value)?.trim_end().strip_suffix(':')?.trim_end();
    let inner = before.strip_suffix('"')?;
    let is_escaped = |at: usize| {
        let slashes = inner.get(..at).map_or(0, |all| all.len() - all.trim_end_matches('\\').len());
        slashes % 2 == 1
    };
    let (start, _) = inner.rmatch_indices('"').find(|(at, _)| !is_escaped(*at))?;
    Some(Span { start, end: before.len() })
}

/// The offset of a line and a column, both from one; columns count bytes. serde_json may stop within a character, whose
/// beginning is returned then.
fn find_offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    text.floor_char_boundary((start + column.saturating_sub(1)).min(text.len()))
}
