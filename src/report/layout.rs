//! How JSON is laid out: over lines as far as a reader looks for lines, and compact below.
//!
//! The members of a report, the entries of its lists and their members stand on a line each. What is deeper stays on the
//! line of its member: indented too, ten thousand findings would be spaces for the most part.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// Objects and lists within each other that are laid out over lines: the report, a list of it, and an entry that is an
/// object.
const DEPTH: usize = 3;

/// A formatter for [`serde_json::Serializer`].
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// For each object and list that is open, whether it is laid out over lines.
    open: Vec<bool>,
    has_entries: bool,
}

impl Layout {
    fn begin<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        let depth = self.open.len() + 1;
        self.open.push(depth < DEPTH || depth == DEPTH && bracket == b"{");
        self.has_entries = false;
        out.write_all(bracket)
    }

    fn end<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        let is_over_lines = self.open.pop().unwrap_or_default();
        if self.has_entries && is_over_lines {
            self.new_line(out)?;
        }
        self.has_entries = true;
        out.write_all(bracket)
    }

    /// What stands before an entry of a list or of an object.
    fn separate<W: Write + ?Sized>(&self, out: &mut W, is_first: bool) -> io::Result<()> {
        if !is_first {
            out.write_all(b",")?;
        }
        match self.open.last() {
            Some(true) => self.new_line(out),
            _ if is_first => Ok(()),
            _ => out.write_all(b" "),
        }
    }

    fn new_line<W: Write + ?Sized>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        (0..self.open.len()).try_for_each(|_| out.write_all(b"  "))
    }
}

impl Formatter for Layout {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.separate(out, is_first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _out: &mut W) -> io::Result<()> {
        self.has_entries = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.separate(out, is_first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _out: &mut W) -> io::Result<()> {
        self.has_entries = true;
        Ok(())
    }
}
