//! Blocks other than rules: `acts`, `document`, `fact`, `suspect`.

use hcl_edit::expr::Expression;
use spanned_hcl::{Block, Decoder, Spanned};

use super::error::LoadError;
use super::head::format_of;
use super::local::LocalScope;
use super::{PackReader, take_values};
use crate::rule::{ActRule, DocumentRule, FactRule, ObjectFact, Suspect};

/// Types with the reason why they are listed.
pub(super) struct ReasonEntry {
    pub(super) types: Vec<Spanned<String>>,
    pub(super) reason: String,
}

/// Reads a block of types with reasons: `acts "a" "b" { reason = "…" }`, or without labels a line a type,
/// `acts { a = "…" }`.
pub(super) fn read_reasons(decoder: &Decoder, block: Block<'_>) -> Vec<ReasonEntry> {
    let mut fields = decoder.block(block);
    if !block.has_labels() {
        let lines = fields.every_text().into_iter().map(|(name, reason)| {
            let label = Spanned { value: name.value.to_owned(), span: name.span };
            ReasonEntry { types: vec![label], reason: reason.value }
        });
        let entries = lines.collect();
        fields.finish();
        return entries;
    }
    let reason = fields.required_string("reason");
    fields.finish();
    let types = decoder.one_or_more_labels(block, "the type");
    let entry = reason.zip(types).map(|(reason, types)| ReasonEntry { types, reason: reason.value });
    entry.into_iter().collect()
}

/// The data sources of an entry, one each.
pub(super) fn acts(entry: ReasonEntry) -> impl Iterator<Item = ActRule> {
    let ReasonEntry { types, reason, .. } = entry;
    types.into_iter().map(move |label| ActRule { type_name: label.value, reason: reason.clone() })
}

pub(super) fn read_document(decoder: &Decoder, block: Block<'_>) -> Option<DocumentRule> {
    let [label] = decoder.labels(block, ["the data source type"])?;
    let mut fields = decoder.block(block);
    let attribute = fields.required_string("attribute");
    let format = fields.required_string("format").and_then(|word| format_of(decoder, &word));
    fields.finish();
    Some(DocumentRule { type_name: label.value, attribute: attribute?.value, format: format? })
}

pub(super) fn read_suspect(decoder: &Decoder, block: Block<'_>) -> Suspect {
    let mut fields = decoder.block(block);
    let attributes = fields.required_strings("attributes").map(take_values).unwrap_or_default();
    let data_sources = take_values(fields.strings("data_sources"));
    let arguments = take_values(fields.strings("arguments"));
    fields.finish();
    Suspect { attributes, data_sources, arguments }
}

impl PackReader<'_> {
    pub(super) fn read_fact(&self, decoder: &Decoder, block: Block<'_>) -> Option<FactRule> {
        let [label] = decoder.labels(block, ["the fact's name"])?;
        let scope = LocalScope::new(&self.locals, &self.budget);
        let mut fields = decoder.block(block);
        let data = fields.expression("data").and_then(|data| read_data(decoder, &data));
        let fallback = fields.expression("fallback").and_then(|data| read_data(decoder, &data));
        let mut read_objects = |name: &'static str| {
            let blocks = fields.blocks(name).into_iter();
            blocks.filter_map(|block| read_object_fact(decoder, block, &scope)).collect()
        };
        let (managed, read) = (read_objects("managed"), read_objects("read"));
        let rule = FactRule {
            name: label.value,
            provider: scope.compile(decoder, fields.expression("provider")),
            data,
            fallback,
            managed,
            read,
            default: scope.compile(decoder, fields.expression("default")),
            unaffected_by: take_values(fields.strings("unaffected_by")),
        };
        fields.finish();
        Some(rule)
    }
}

/// A `managed` or `read` block.
fn read_object_fact(decoder: &Decoder, block: Block<'_>, scope: &LocalScope<'_>) -> Option<ObjectFact> {
    let types = decoder.one_or_more_labels(block, "the type").unwrap_or_default();
    let types = types.into_iter().map(|label| label.value).collect();
    let mut fields = decoder.block(block);
    let value = scope.compile(decoder, fields.required_expression("value"));
    fields.finish();
    value.map(|value| ObjectFact { types, value })
}

/// The data source type and the attribute of `{ type = "attribute" }`.
fn read_data(decoder: &Decoder, data: &Spanned<&Expression>) -> Option<(String, String)> {
    let members = data.value.as_object().into_iter().flat_map(|object| object.iter());
    let mut pairs = members
        .map(|(key, value)| Some((key.as_ident()?.as_str().to_owned(), value.expr().as_str()?.to_owned())));
    if let (Some(Some(pair)), None) = (pairs.next(), pairs.next()) {
        return Some(pair);
    }
    LoadError::NotDataSource.report(decoder, data.span);
    None
}
