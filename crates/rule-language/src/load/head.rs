//! The `pack` block: whose types a pack reads, and what holds for all of its rules.

use hcl_edit::expr::Expression;
use spanned_hcl::{Block, Decoder, Fields, Span, Spanned, did_you_mean, header};

use super::error::LoadError;
use super::{PackFile, take_values};
use crate::words::{Dialect, DocumentFormat};

/// A `pack` block.
pub(super) struct Head {
    pub(super) name: String,
    pub(super) sources: Vec<String>,
    pub(super) prefix: String,
    pub(super) dialect: Dialect,
    /// Attributes in which objects of any type hold secrets that they compute.
    pub(super) secrets: Vec<String>,
    pub(super) known_by: Option<String>,
    pub(super) ordered_blocks: Vec<String>,
    pub(super) built_in_roles: Vec<String>,
    /// Attributes of objects of any type that say nothing of access.
    pub(super) harmless: Vec<String>,
}

/// Reads the one `pack` block of a folder.
pub(super) fn read_head(folder: &str, files: &[PackFile]) -> Option<Head> {
    let mut found = None;
    let mut is_written = false;
    for file in files {
        for block in file.document.blocks().filter(|block| block.ident().value == "pack") {
            if is_written {
                LoadError::SecondPackBlock.report(&file.decoder, header(block));
            }
            is_written = true;
            found = found.or(read_block(&file.decoder, block));
        }
    }
    if let (false, Some(first)) = (is_written, files.first()) {
        let error = LoadError::NoPackBlock { folder: folder.to_owned() };
        error.report(&first.decoder, Span::default());
    }
    found
}

fn read_block(decoder: &Decoder, block: Block<'_>) -> Option<Head> {
    let [name] = decoder.labels(block, ["the pack's name"])?;
    let mut fields = decoder.block(block);
    let sources = list_or_empty(&mut fields, "sources");
    let prefix = fields.string("prefix").map(|prefix| prefix.value).unwrap_or_default();
    let dialect = fields.required_string("dialect").and_then(|word| dialect_of(decoder, &word));
    let secrets = take_values(fields.strings("secrets"));
    let known_by = fields.string("known_by").map(|name| name.value);
    let ordered_blocks = take_values(fields.strings("ordered_blocks"));
    let built_in_roles = take_values(fields.strings("built_in_roles"));
    let harmless = take_values(fields.strings("harmless"));
    fields.finish();
    Some(Head {
        name: name.value,
        sources,
        prefix,
        dialect: dialect?,
        secrets,
        known_by,
        ordered_blocks,
        built_in_roles,
        harmless,
    })
}

/// A list that may be written as `[]`.
fn list_or_empty(fields: &mut Fields<'_>, name: &'static str) -> Vec<String> {
    match fields.expression(name).map(|list| list.value) {
        Some(Expression::Array(items)) if items.is_empty() => Vec::new(),
        _ => take_values(fields.strings(name)),
    }
}

/// The dialect of a word in a pack.
pub(super) fn dialect_of(decoder: &Decoder, word: &Spanned<String>) -> Option<Dialect> {
    known_word(decoder, "dialect", word, &Dialect::ALL.map(|(dialect, name)| (name, dialect)))
}

/// The format of a word in a pack.
pub(super) fn format_of(decoder: &Decoder, word: &Spanned<String>) -> Option<DocumentFormat> {
    known_word(decoder, "format", word, &DocumentFormat::ALL)
}

/// What a word means, of those that are known.
pub(super) fn known_word<T: Copy>(
    decoder: &Decoder,
    what: &'static str,
    word: &Spanned<String>,
    known: &[(&'static str, T)],
) -> Option<T> {
    let found = known.iter().find(|(name, _)| *name == word.value).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let similar = did_you_mean(&word.value, known.iter().map(|(name, _)| *name)).map(str::to_owned);
        LoadError::UnknownWord { what, word: word.value.clone(), similar }.report(decoder, word.span);
    }
    found
}
