//! `schema.table`: every type of a provider with its attributes.
//!
//! Takes the file, which `countersign catalog schema` writes, and returns a [`SchemaTable`], or what is wrong with it.

use std::fmt::Write as _;

use spanned_hcl::{Problem, Source, Span};

use super::error::LoadError;
use crate::schema::{Attributes, SchemaTable};

/// The name of the file in a pack's folder.
pub(super) const FILE: &str = "schema.table";

/// What a comment begins with that names a source of the table.
const SOURCE: &str = "# from ";

/// Reads the table. A line that is out of order or no list of attributes is a problem and is left out.
pub(super) fn read_schema(source: &Source, problems: &mut Vec<Problem>) -> SchemaTable {
    let mut lines = String::new();
    let mut sources = Vec::new();
    let mut last = "";
    let mut start = 0;
    for text in source.text.split_inclusive('\n') {
        let span = Span { start, end: start + text.trim_end().len() };
        start += text.len();
        let line = text.trim_end();
        sources.extend(line.strip_prefix(SOURCE).map(str::to_owned));
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (type_name, attributes) = line.split_once(' ').unwrap_or((line, ""));
        let error = if type_name <= last {
            Some(LoadError::NotInOrder { type_name: type_name.to_owned() })
        } else {
            Attributes::parse(attributes).err().map(LoadError::NotAttributes)
        };
        if let Some(error) = error {
            problems.push(error.make_problem(source, span));
            continue;
        }
        last = type_name;
        // Writing to a text cannot fail.
        let _infallible = writeln!(lines, "{type_name}\t{attributes}");
    }
    SchemaTable::new(lines, sources)
}
