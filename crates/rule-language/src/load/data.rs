//! `data.table`: every data source of a provider.
//!
//! Takes the file, a name a line, and returns a [`DataSourceTable`], or what is wrong with it.

use spanned_hcl::{Problem, Source, Span};

use super::error::LoadError;
use crate::data_sources::DataSourceTable;

/// The name of the file in a pack's folder.
pub(super) const FILE: &str = "data.table";

/// Reads the table. A line that is out of order is a problem and is left out.
pub(super) fn read_data_sources(source: &Source, problems: &mut Vec<Problem>) -> DataSourceTable {
    let mut names: Vec<&str> = Vec::new();
    let mut start = 0;
    for text in source.text.split_inclusive('\n') {
        let name = text.trim_end();
        let span = Span { start, end: start + name.len() };
        start += text.len();
        if name.is_empty() || name.starts_with('#') {
            continue;
        }
        if names.last().is_some_and(|last| *last >= name) {
            let error = LoadError::NotInOrder { type_name: name.to_owned() };
            problems.push(error.make_problem(source, span));
            continue;
        }
        names.push(name);
    }
    DataSourceTable::new(&names)
}
