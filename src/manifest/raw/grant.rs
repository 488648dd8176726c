//! `grant` blocks as they are written.

use std::time::Duration;

use super::{MaybeText, Templates, Texts};
use crate::source::{Span, Spanned};
use spanned_hcl::{Block, Decoder, Fields, TextTemplate};

#[derive(Debug)]
pub(in crate::manifest) struct RawGrant {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) dialect: MaybeText,
    pub(in crate::manifest) principals: Templates,
    pub(in crate::manifest) actions: Texts,
    pub(in crate::manifest) not_actions: Texts,
    pub(in crate::manifest) data_actions: Texts,
    pub(in crate::manifest) not_data_actions: Texts,
    pub(in crate::manifest) roles: Templates,
    pub(in crate::manifest) resources: Templates,
    pub(in crate::manifest) credentials: Texts,
    pub(in crate::manifest) max_ttl: Option<Spanned<Duration>>,
    pub(in crate::manifest) assignment: MaybeText,
    pub(in crate::manifest) grantable: Option<Spanned<bool>>,
    pub(in crate::manifest) expression: Option<Spanned<TextTemplate>>,
    pub(in crate::manifest) conditions: Vec<RawCondition>,
    pub(in crate::manifest) excepts: Vec<RawExcept>,
}

#[derive(Debug)]
pub(in crate::manifest) struct RawCondition {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) operator: Spanned<String>,
    pub(in crate::manifest) key: Spanned<TextTemplate>,
    pub(in crate::manifest) values: Templates,
}

#[derive(Debug)]
pub(in crate::manifest) struct RawExcept {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) principals: Templates,
    pub(in crate::manifest) actions: Texts,
    pub(in crate::manifest) resources: Templates,
}

/// Anybody, or anything.
const EVERYTHING: &str = "*";

/// A `grant` block of an approval.
pub(super) fn grant(decoder: &Decoder, block: Block<'_>) -> RawGrant {
    let mut fields = decoder.block(block);
    let principals = fields.required_templates("principals").unwrap_or_default();
    read_grant(decoder, block, fields, principals)
}

/// A `grant` block of a ceiling, in which whatever is not limited may be left out.
pub(super) fn ceiling_grant(decoder: &Decoder, block: Block<'_>) -> RawGrant {
    let mut fields = decoder.block(block);
    let span = fields.span();
    let everything = || vec![Spanned { value: TextTemplate::literal(EVERYTHING), span }];
    let is_open = !fields.has("principals");
    let principals = if is_open { everything() } else { fields.templates("principals") };
    let mut grant = read_grant(decoder, block, fields, principals);
    // A policy of AWS says its resources itself.
    let is_aws_role =
        !grant.roles.is_empty() && grant.dialect.as_ref().is_some_and(|word| word.value == "aws");
    if grant.resources.is_empty() && !is_aws_role {
        grant.resources = everything();
    }
    grant
}

fn read_grant(
    decoder: &Decoder,
    block: Block<'_>,
    mut fields: Fields<'_>,
    principals: Templates,
) -> RawGrant {
    let grant = RawGrant {
        span: fields.span(),
        dialect: decoder.labels(block, ["dialect"]).map(|[dialect]| dialect),
        principals,
        actions: fields.strings("actions"),
        not_actions: fields.strings("not_actions"),
        data_actions: fields.strings("data_actions"),
        not_data_actions: fields.strings("not_data_actions"),
        roles: fields.templates("roles"),
        resources: fields.templates("resources"),
        credentials: fields.strings("credentials"),
        max_ttl: fields.duration("max_ttl"),
        assignment: fields.string("assignment"),
        grantable: fields.flag("grantable"),
        expression: fields.template("expression"),
        conditions: fields
            .blocks("condition")
            .into_iter()
            .filter_map(|one| condition(decoder, one))
            .collect(),
        excepts: fields.blocks("except").into_iter().map(|one| except(decoder, one)).collect(),
    };
    fields.require_one_of(
        &["actions", "roles", "credentials", "data_actions"],
        "`grant` has no actions",
        "add `actions`, `data_actions`, `roles` or `credentials`",
    );
    fields.finish();
    grant
}

/// `condition "OPERATOR" "KEY"`, or without labels and with both as attributes, where the key may hold references.
fn condition(decoder: &Decoder, block: Block<'_>) -> Option<RawCondition> {
    let mut fields = decoder.block(block);
    let span = fields.span();
    let (operator, key) = if !block.has_labels() {
        (fields.required_string("operator"), fields.required_template("key"))
    } else {
        let labels = decoder.labels(block, ["operator", "key"]);
        let literal =
            |key: Spanned<String>| Spanned { value: TextTemplate::literal(&key.value), span: key.span };
        labels.map_or((None, None), |[operator, key]| (Some(operator), Some(literal(key))))
    };
    let values = fields.required_templates("values").unwrap_or_default();
    fields.finish();
    Some(RawCondition { span, operator: operator?, key: key?, values })
}

fn except(decoder: &Decoder, block: Block<'_>) -> RawExcept {
    let mut fields = decoder.block(block);
    let _: Option<[Spanned<String>; 0]> = decoder.labels(block, []);
    let except = RawExcept {
        span: fields.span(),
        principals: fields.templates("principals"),
        actions: fields.strings("actions"),
        resources: fields.templates("resources"),
    };
    fields.require_one_of(
        &["principals", "actions", "resources"],
        "`except` would exclude the whole grant",
        "list the `actions`, `resources` or `principals` to exclude",
    );
    fields.finish();
    except
}
