//! `grant` blocks.

use std::collections::BTreeMap;

use spanned_hcl::{Block, Decoder, Fields};

use super::head::{dialect_of, format_of, known_word};
use super::local::LocalScope;
use super::take_values;
use crate::rule::{DefinitionRule, Exactness, GrantRule};
use crate::words::{Dialect, DocumentFormat, GrantKind, WORDS};

/// The grant of a type that runs something which a plan does not show.
pub(super) fn make_opaque() -> GrantRule {
    GrantRule {
        kind: GrantKind::Opaque,
        dialect: Dialect::Terraform,
        for_each: None,
        when: None,
        configured: None,
        words: BTreeMap::new(),
        format: DocumentFormat::AwsPolicy,
        conditions: Vec::new(),
        reason: None,
        defines: None,
        role_kind: None,
        exactness: Exactness::Inexact,
    }
}

pub(super) fn read_grant(
    decoder: &Decoder,
    block: Block<'_>,
    scope: &LocalScope<'_>,
    pack_dialect: Dialect,
) -> Option<GrantRule> {
    let [label] = decoder.labels(block, ["the kind"])?;
    let kind = known_word(decoder, "kind of grant", &label, &GrantKind::WRITTEN)?;
    let mut fields = decoder.block(block);
    let dialect = match fields.string("dialect") {
        Some(word) => dialect_of(decoder, &word)?,
        None if kind == GrantKind::Opaque => Dialect::Terraform,
        None => pack_dialect,
    };
    let format = match fields.string("format") {
        Some(word) => format_of(decoder, &word)?,
        None => dialect.default_format(),
    };
    let mut conditions = Vec::new();
    for condition in fields.blocks("condition") {
        let Some([operator, key]) = decoder.labels(condition, ["the operator", "the key"]) else { continue };
        let mut inner = decoder.block(condition);
        let values = scope.compile(decoder, inner.required_expression("values"));
        inner.finish();
        conditions.extend(values.map(|values| (operator.value, key.value, values)));
    }
    let mut words = BTreeMap::new();
    for (name, word) in WORDS {
        words.extend(scope.compile(decoder, fields.expression(name)).map(|expr| (word, expr)));
    }
    let rule = GrantRule {
        kind,
        dialect,
        for_each: scope.compile(decoder, fields.expression("for_each")),
        when: scope.compile(decoder, fields.expression("when")),
        configured: fields.string("configured").map(|name| name.value),
        words,
        format,
        conditions,
        reason: fields.string("reason").map(|reason| reason.value),
        defines: read_definition(decoder, &mut fields, scope),
        role_kind: fields.string("role_kind").map(|kind| kind.value),
        exactness: find_exactness(kind, fields.flag("inexact").is_some_and(|flag| flag.value)),
    };
    fields.finish();
    Some(rule)
}

/// Reads what a definition defines, where the block says it.
fn read_definition(
    decoder: &Decoder,
    fields: &mut Fields<'_>,
    scope: &LocalScope<'_>,
) -> Option<DefinitionRule> {
    let part_of = fields.string("part_of").map(|type_name| type_name.value);
    let identifiers = take_values(fields.strings("identifiers"));
    let has_global_names = fields.flag("global_names").is_some_and(|flag| flag.value);
    let holders = scope.compile(decoder, fields.expression("holders"));
    let role_kind = fields.string("defines")?.value;
    Some(DefinitionRule { role_kind, part_of, identifiers, has_global_names, holders })
}

/// What runs is not in the words, and neither is the secret of a credential.
fn find_exactness(kind: GrantKind, is_marked: bool) -> Exactness {
    match kind {
        GrantKind::Opaque | GrantKind::Credential => Exactness::Inexact,
        GrantKind::Additive
        | GrantKind::Exclusive
        | GrantKind::Definition
        | GrantKind::Trust
        | GrantKind::Limit => {
            if is_marked {
                Exactness::Inexact
            } else {
                Exactness::Exact
            }
        }
    }
}
