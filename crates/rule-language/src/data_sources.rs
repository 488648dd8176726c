//! Which data sources a provider has.
//!
//! Reading a data source gives no access by itself, and those that do something are in `acts` blocks. A
//! [`DataSourceTable`] lists the others too, so that one of a newer provider is noticed: nobody has looked at it.

use serde::{Deserialize, Serialize};

use crate::sorted_lines::SortedLines;

/// Every data source of a provider, as `data.table` lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct DataSourceTable {
    names: SortedLines,
}

impl DataSourceTable {
    /// Names that are in order, one a line.
    pub(crate) fn new(names: &[&str]) -> Self {
        let lines = names.iter().map(|name| format!("{name}\t\n"));
        Self { names: SortedLines::new(lines.collect()) }
    }

    /// Whether the table lists it.
    pub fn lists(&self, type_name: &str) -> bool {
        self.names.find(type_name).is_some()
    }

    /// Every name, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name)
    }
}
