//! An embedded table: lines of plain text that say what it is and where it comes from, an empty line, and the rows,
//! compressed. `rules/catalog/generate.mjs` writes them.
//!
//! The rows are unpacked at the first use; the lines before them are read without that.

use jiff::civil::Date;

/// Where a catalogue comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CatalogSource {
    /// What it holds, such as `AWS managed policies`.
    pub title: String,
    /// Who collected it, with the version.
    pub source: String,
    /// Of when it is.
    pub date: Date,
    /// Under which licence it is passed on; empty for what a user collected himself.
    pub licence: String,
    /// How many entries it has.
    pub count: usize,
}

/// A table as it is embedded.
#[derive(Clone, Copy, Debug)]
pub(super) struct EmbeddedTable(pub(super) &'static [u8]);

impl EmbeddedTable {
    /// What it is; none where the lines are not as the script writes them.
    pub(super) fn read_source(self) -> Option<CatalogSource> {
        let (header, _) = self.parts()?;
        let mut lines = std::str::from_utf8(header).ok()?.lines();
        let mut line = |label: &str| lines.next()?.strip_prefix(label).map(str::to_owned);
        Some(CatalogSource {
            title: line("countersign catalogue: ")?,
            source: line("source: ")?,
            date: line("date: ")?.parse().ok()?,
            licence: line("licence: ")?,
            count: line("count: ")?.parse().ok()?,
        })
    }

    /// The rows, unpacked; none where the bytes are not as the script writes them.
    pub(super) fn read_rows(self) -> Option<String> {
        let (_, mut packed) = self.parts()?;
        let mut rows = Vec::new();
        brotli_decompressor::BrotliDecompress(&mut packed, &mut rows).ok()?;
        String::from_utf8(rows).ok()
    }

    fn parts(self) -> Option<(&'static [u8], &'static [u8])> {
        let at = self.0.windows(2).position(|pair| pair == b"\n\n")?;
        Some((self.0.get(..at)?, self.0.get(at + 2..)?))
    }
}
