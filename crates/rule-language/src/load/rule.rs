//! `rule` and `uses` blocks.
//!
//! A rule is the bodies of its templates, where it names some, followed by its own. All are read by
//! [`PackReader::read_body`] and see the same locals: the pack's, the templates' and the rule's.

use std::collections::BTreeSet;

use spanned_hcl::{Block, Decoder, Fields, Span, Spanned, header};

use super::error::LoadError;
use super::local::{LocalScope, RawLocals};
use super::{PackFile, PackReader, grant, line_of, take_values};
use crate::rule::{IdentityPattern, LimitEnd, LimitRule, Rule, UseRule};

/// A rule without content, and the labels of its types.
pub(super) fn start(
    decoder: &Decoder,
    heading: Span,
    types: Vec<Spanned<String>>,
) -> (Rule, Vec<Spanned<String>>) {
    let rule = Rule {
        types: types.iter().map(|label| label.value.clone()).collect(),
        file: decoder.source().name.to_string(),
        line: line_of(decoder, heading),
        identity: Vec::new(),
        takes_over: None,
        random: None,
        grants: Vec::new(),
        limits: Vec::new(),
        secrets: Vec::new(),
        harmless: Vec::new(),
        tickets: None,
        mentions: None,
        owner: None,
        subject: None,
    };
    (rule, types)
}

/// The rule of types that only a table lists: what they do is not shown by a plan.
pub(super) fn make_listed(secrets: Vec<String>) -> Rule {
    Rule {
        types: Vec::new(),
        file: String::new(),
        line: 0,
        identity: Vec::new(),
        takes_over: None,
        random: None,
        grants: vec![grant::make_opaque()],
        limits: Vec::new(),
        secrets,
        harmless: Vec::new(),
        tickets: None,
        mentions: None,
        owner: None,
        subject: None,
    }
}

impl<'f> PackReader<'f> {
    pub(super) fn read_rule(
        &self,
        file: &'f PackFile,
        block: Block<'f>,
    ) -> Option<(Rule, Vec<Spanned<String>>)> {
        let decoder = &file.decoder;
        let types = decoder.one_or_more_labels(block, "the type")?;
        let (mut rule, types) = start(decoder, header(block), types);
        rule.secrets.clone_from(&self.head.secrets);
        let mut fields = decoder.block(block);
        let mut raw = RawLocals::default();
        raw.read(decoder, &mut fields, &self.locals);
        let mut shared = Vec::new();
        for name in fields.strings("templates") {
            let Some(template) = self.templates.find(decoder, &name, &self.budget) else { continue };
            let mut fields = template.decoder.block(template.block);
            fields.strings("needs");
            raw.read(template.decoder, &mut fields, &self.locals);
            shared.push((name, template, fields));
        }
        // What one template needs another one may define, so this is asked when the locals of all are read.
        shared.retain(|(name, template, _)| template.has_needs(decoder, name, &raw));
        let locals = raw.compile(&self.locals, &self.budget);
        let scope = LocalScope::new(&locals, &self.budget);
        for (_, template, fields) in shared {
            self.read_body(template.decoder, fields, &scope, &mut rule);
        }
        self.read_body(decoder, fields, &scope, &mut rule);
        Some((rule, types))
    }

    /// Adds to a rule what its own body or a template's says.
    fn read_body(&self, decoder: &Decoder, mut fields: Fields<'_>, scope: &LocalScope<'_>, rule: &mut Rule) {
        if let Some(block) = fields.block("identity") {
            let mut identity = decoder.block(block);
            for (name, value) in identity.every_attribute() {
                let expr = scope.compile(decoder, Some(value));
                rule.identity.extend(expr.map(|expr| (name.value.to_owned(), expr)));
            }
            identity.finish();
        }
        for block in fields.blocks("grant") {
            rule.grants.extend(grant::read_grant(decoder, block, scope, self.head.dialect));
        }
        for block in fields.blocks("limit") {
            rule.limits.extend(read_limit(decoder, block, scope));
        }
        rule.secrets.extend(take_values(fields.strings("secrets")));
        rule.harmless.extend(take_values(fields.strings("harmless")));
        for (name, place) in [
            ("takes_over", &mut rule.takes_over),
            ("random", &mut rule.random),
            ("tickets", &mut rule.tickets),
            ("mentions", &mut rule.mentions),
            ("owner", &mut rule.owner),
        ] {
            if let Some(expr) = scope.compile(decoder, fields.expression(name)) {
                *place = Some(expr);
            }
        }
        if let Some(subject) = fields.string("subject") {
            rule.subject = Some(subject.value);
        }
        fields.finish();
    }

    /// The grant of a `uses` block stands once an attribute, with the attribute's value as `each`. A block with several
    /// labels says the same of each of them.
    pub(super) fn read_uses(&self, decoder: &Decoder, block: Block<'_>) -> Option<Vec<UseRule>> {
        let labels = decoder.one_or_more_labels(block, "the types")?;
        let mut fields = decoder.block(block);
        let attributes: BTreeSet<String> =
            take_values(fields.required_strings("attributes")?).into_iter().collect();
        let identities: BTreeSet<String> = take_values(fields.strings("identities")).into_iter().collect();
        let (mut rule, types) = start(decoder, header(block), labels);
        let scope = LocalScope::new(&self.locals, &self.budget);
        for inner in fields.blocks("grant") {
            rule.grants.extend(grant::read_grant(decoder, inner, &scope, self.head.dialect));
        }
        fields.finish();
        let one = |types: Spanned<String>| UseRule {
            types: types.value.clone(),
            attributes: attributes.clone(),
            identities: identities.clone(),
            rule: Rule { types: vec![types.value], ..rule.clone() },
        };
        Some(types.into_iter().map(one).collect())
    }

    /// The grant of an `identity_pattern` block stands once an identity that is found.
    pub(super) fn read_identity_pattern(
        &self,
        decoder: &Decoder,
        block: Block<'_>,
    ) -> Option<IdentityPattern> {
        let mut fields = decoder.block(block);
        let pattern = fields.required_string("pattern")?;
        if let Err(error) = regex::Regex::new(&pattern.value) {
            LoadError::BadPattern(Box::new(error)).report(decoder, pattern.span);
        }
        let (mut rule, _) = start(decoder, header(block), Vec::new());
        let scope = LocalScope::new(&self.locals, &self.budget);
        for inner in fields.blocks("grant") {
            rule.grants.extend(grant::read_grant(decoder, inner, &scope, self.head.dialect));
        }
        fields.finish();
        Some(IdentityPattern { pattern: pattern.value, rule })
    }
}

fn read_limit(decoder: &Decoder, block: Block<'_>, scope: &LocalScope<'_>) -> Option<LimitRule> {
    let [label] = decoder.labels(block, ["what is limited"])?;
    let mut fields = decoder.block(block);
    let value = scope.compile(decoder, fields.required_expression("value"));
    let tight = scope.compile(decoder, fields.expression("tight"));
    let default = scope.compile(decoder, fields.expression("default"));
    let when = scope.compile(decoder, fields.expression("when"));
    let with_object = fields.flag("with_object").is_some_and(|flag| flag.value);
    let ends = if with_object { LimitEnd::WithObject } else { LimitEnd::Deleted };
    fields.finish();
    Some(LimitRule { name: label.value, value: value?, tight, default, when, ends })
}
