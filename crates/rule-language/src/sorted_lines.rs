//! A text of sorted lines that is searched by bisection.
//!
//! A program with ten thousand types starts as fast as one with ten: nothing is made of a line before somebody asks for
//! it, and an embedded text is not even copied.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// Lines `KEY<tab>REST`, in order of their keys, each with its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SortedLines {
    #[serde(borrow)]
    text: Cow<'static, str>,
}

impl SortedLines {
    /// Lines that are in order.
    pub(crate) fn new(text: String) -> Self {
        Self { text: text.into() }
    }

    /// What stands after a key.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        let bytes = self.text.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let before = bytes.get(low..middle)?.iter().rposition(|byte| *byte == b'\n');
            let start = before.map_or(low, |at| low + at + 1);
            let end = bytes.get(middle..high)?.iter().position(|byte| *byte == b'\n');
            let end = end.map_or(high, |at| middle + at + 1);
            let (name, rest) = self.text.get(start..end)?.split_once('\t')?;
            match name.cmp(key) {
                Ordering::Less => low = end,
                Ordering::Greater => high = start,
                Ordering::Equal => return Some(rest.trim_end_matches('\n')),
            }
        }
        None
    }

    /// Every key with what stands after it, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.text.lines().filter_map(|line| line.split_once('\t'))
    }
}
