//! Loads rule packs: HCL to [`Rules`].
//!
//! Embedded packs and `--rules` go the same way and are checked alike: every unknown word, wrong function and
//! missing value is a problem with its place, all at once. Every expression is compiled here and never again.

use std::collections::{BTreeMap, HashMap};

use hcl_edit::expr::Expression;
use hcl_edit::structure::Block;

use super::expression::{self, Expr};
use super::suspect::Suspect;
use super::{
    ActRule, DocumentRule, Ends, FactRule, GrantRule, Kind, LimitRule, Rule, RulePack, Rules, UseRule, WORDS,
};
use crate::hcl::{self, Decoder, Fields};
use crate::lower::{Dialect, Format};
use crate::source::{Place, Problem, Source, Spanned};

/// Name of the file below the project, and its text.
const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

impl Rules {
    /// The embedded packs, and what was read from `--rules`, which goes first.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any pack.
    pub fn load(additional: Vec<Source>) -> Result<Self, Vec<Problem>> {
        let embedded = EMBEDDED.iter().map(|(name, text)| Source::new(name, text)).collect();
        let mut problems = Vec::new();
        let mut packs = Vec::new();
        for sources in [additional, embedded] {
            for (folder, sources) in folders(sources) {
                packs.extend(pack(&folder, &sources, &mut problems));
            }
        }
        if problems.is_empty() { Ok(Self { packs }) } else { Err(problems) }
    }
}

/// The files by folder.
fn folders(sources: Vec<Source>) -> BTreeMap<String, Vec<Source>> {
    let mut folders: BTreeMap<String, Vec<Source>> = BTreeMap::new();
    for source in sources {
        let folder = source.name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        folders.entry(folder).or_default().push(source);
    }
    folders
}

/// What a pack's files hold before its `pack` block is known.
#[derive(Default)]
struct Draft {
    head: Option<(String, Vec<String>, String, Dialect)>,
    rules: Vec<Rule>,
    facts: Vec<FactRule>,
    documents: Vec<DocumentRule>,
    acts: Vec<ActRule>,
    uses: Vec<UseRule>,
    suspects: Vec<Suspect>,
}

fn pack(folder: &str, sources: &[Source], problems: &mut Vec<Problem>) -> Option<RulePack> {
    let mut draft = Draft::default();
    let mut bodies = Vec::new();
    for source in sources {
        match hcl::parse(source) {
            Ok(body) => bodies.push((source, body)),
            Err(problem) => problems.push(*problem),
        }
    }
    // The `pack` block comes first, because it says which dialect the other files speak.
    for (source, body) in &bodies {
        let decoder = Decoder::new(source);
        for block in body.blocks().filter(|block| block.has_ident("pack")) {
            head(&decoder, block, &mut draft);
        }
        problems.extend(decoder.finish());
    }
    let Some((name, provider_sources, prefix, dialect)) = draft.head.take() else {
        if let Some(source) = sources.first() {
            let message = format!("the folder `{folder}` has no `pack` block");
            problems.push(Problem::error(source, crate::source::Span::default(), message));
        }
        return None;
    };
    for (source, body) in &bodies {
        let decoder = Decoder::new(source);
        let mut fields = decoder.file(body);
        fields.blocks("pack");
        file(&decoder, &mut fields, dialect, &mut draft);
        fields.finish();
        problems.extend(decoder.finish());
    }
    Some(assemble(name, provider_sources, prefix, dialect, draft, problems))
}

fn assemble(
    name: String,
    sources: Vec<String>,
    prefix: String,
    dialect: Dialect,
    draft: Draft,
    problems: &mut Vec<Problem>,
) -> RulePack {
    let mut exact: HashMap<String, Rule> = HashMap::new();
    let mut patterns: Vec<Rule> = Vec::new();
    for rule in draft.rules {
        if !rule.label.starts_with(&prefix) {
            let message = format!("`{}` does not begin with the pack's prefix `{prefix}`", rule.label);
            problems.push(Problem::error(&rule.place.source, rule.place.span, message));
        }
        if rule.label.contains('*') {
            patterns.push(rule);
        } else if let Some(first) = exact.get(&rule.label) {
            let message = format!("there are two rules for `{}`", rule.label);
            let problem = Problem::error(&rule.place.source, rule.place.span, message);
            problems.push(problem.related(first.place.clone(), "the other one stands here"));
        } else {
            exact.insert(rule.label.clone(), rule);
        }
    }
    patterns.sort_by(|a, b| (b.label.len(), &a.label).cmp(&(a.label.len(), &b.label)));
    let Draft { facts, documents, acts, uses, suspects, .. } = draft;
    RulePack { name, sources, prefix, dialect, exact, patterns, facts, documents, acts, uses, suspects }
}

fn head(decoder: &Decoder, block: &Block, draft: &mut Draft) {
    let Some([name]) = decoder.labels(block, ["the pack's name"]) else { return };
    let mut fields = decoder.block(block);
    let sources = match fields.expression("sources").map(|sources| sources.value) {
        Some(Expression::Array(items)) if items.is_empty() => Vec::new(),
        _ => texts(fields.strings("sources")),
    };
    let prefix = fields.string("prefix").map(|prefix| prefix.value).unwrap_or_default();
    let dialect = fields.required_string("dialect").and_then(|word| dialect_of(decoder, &word));
    fields.finish();
    if draft.head.is_some() {
        decoder.report(decoder.error(hcl::header(block), "a folder has one `pack` block"));
    }
    if let Some(dialect) = dialect {
        draft.head = Some((name.value, sources, prefix, dialect));
    }
}

fn texts(spanned: Vec<Spanned<String>>) -> Vec<String> {
    spanned.into_iter().map(|text| text.value).collect()
}

fn dialect_of(decoder: &Decoder, word: &Spanned<String>) -> Option<Dialect> {
    let found = Dialect::from_word(&word.value);
    if found.is_none() {
        decoder.report(decoder.error(word.span, format!("there is no dialect `{}`", word.value)));
    }
    found
}

fn file<'a>(decoder: &'a Decoder, fields: &mut Fields<'a>, dialect: Dialect, draft: &mut Draft) {
    for block in fields.blocks("rule") {
        draft.rules.extend(rule(decoder, block, dialect));
    }
    for block in fields.blocks("ignore") {
        draft.rules.extend(short(decoder, block, |rule, reason| rule.ignored = Some(reason)));
    }
    for block in fields.blocks("opaque") {
        draft.rules.extend(short(decoder, block, |rule, reason| rule.grants.push(opaque(reason))));
    }
    for block in fields.blocks("acts") {
        let rule = short(decoder, block, |rule, reason| rule.ignored = Some(reason));
        draft.acts.extend(
            rule.map(|rule| ActRule { type_name: rule.label, reason: rule.ignored.unwrap_or_default() }),
        );
    }
    for block in fields.blocks("uses") {
        draft.uses.extend(uses(decoder, block, dialect));
    }
    for block in fields.blocks("document") {
        draft.documents.extend(document(decoder, block));
    }
    for block in fields.blocks("fact") {
        draft.facts.extend(fact(decoder, block));
    }
    for block in fields.blocks("suspect") {
        let mut fields = decoder.block(block);
        draft.suspects.push(Suspect {
            types: texts(fields.strings("types")),
            attributes: texts(fields.strings("attributes")),
        });
        fields.finish();
    }
}

fn empty_rule(decoder: &Decoder, block: &Block, label: String) -> Rule {
    Rule {
        label,
        place: Place { source: decoder.source().clone(), span: hcl::header(block) },
        ignored: None,
        identity: Vec::new(),
        grants: Vec::new(),
        limits: Vec::new(),
        tickets: None,
        mentions: None,
        owner: None,
    }
}

fn short(decoder: &Decoder, block: &Block, set: impl FnOnce(&mut Rule, String)) -> Option<Rule> {
    let [label] = decoder.labels(block, ["the type"])?;
    let mut fields = decoder.block(block);
    let reason = fields.required_string("reason");
    fields.finish();
    let mut rule = empty_rule(decoder, block, label.value);
    set(&mut rule, reason?.value);
    Some(rule)
}

fn opaque(reason: String) -> GrantRule {
    GrantRule {
        kind: Kind::Opaque,
        dialect: Dialect::Terraform,
        for_each: None,
        when: None,
        configured: None,
        words: HashMap::new(),
        format: Format::AwsPolicy,
        conditions: Vec::new(),
        reason: Some(reason),
    }
}

fn document(decoder: &Decoder, block: &Block) -> Option<DocumentRule> {
    let [label] = decoder.labels(block, ["the data source type"])?;
    let mut fields = decoder.block(block);
    let attribute = fields.required_string("attribute");
    let format = fields.required_string("format").and_then(|word| format_of(decoder, &word));
    fields.finish();
    Some(DocumentRule { type_name: label.value, attribute: attribute?.value, format: format? })
}

fn format_of(decoder: &Decoder, word: &Spanned<String>) -> Option<Format> {
    let format = match word.value.as_str() {
        "aws_policy" => Some(Format::AwsPolicy),
        "aws_policy_arguments" => Some(Format::AwsPolicyArguments),
        "google_policy" => Some(Format::GooglePolicy),
        "google_policy_arguments" => Some(Format::GooglePolicyArguments),
        "kubernetes_rules" => Some(Format::KubernetesRules),
        _ => None,
    };
    if format.is_none() {
        decoder.report(decoder.error(word.span, format!("there is no format `{}`", word.value)));
    }
    format
}

fn fact(decoder: &Decoder, block: &Block) -> Option<FactRule> {
    let [label] = decoder.labels(block, ["the fact's name"])?;
    let mut fields = decoder.block(block);
    let data = fields.expression("data").and_then(|data| {
        let Expression::Object(object) = data.value else {
            decoder
                .report(decoder.error(data.span, "`data` is written `{ data_source_type = \"attribute\" }`"));
            return None;
        };
        object.iter().find_map(|(key, value)| {
            Some((key.as_ident()?.as_str().to_owned(), value.expr().as_str()?.to_owned()))
        })
    });
    let rule = FactRule {
        name: label.value,
        provider: compiled(decoder, fields.expression("provider")),
        data,
        default: compiled(decoder, fields.expression("default")),
    };
    fields.finish();
    Some(rule)
}

fn compiled(decoder: &Decoder, expression: Option<Spanned<&Expression>>) -> Option<Expr> {
    let expression = expression?;
    match expression::compile(&::hcl::Expression::from(expression.value.clone())) {
        Ok(expr) => Some(expr),
        Err(message) => {
            decoder.report(decoder.error(expression.span, message));
            None
        }
    }
}

fn rule(decoder: &Decoder, block: &Block, dialect: Dialect) -> Option<Rule> {
    let [label] = decoder.labels(block, ["the type"])?;
    let mut fields = decoder.block(block);
    let mut rule = empty_rule(decoder, block, label.value);
    if let Some(identity) = fields.block("identity") {
        for attribute in identity.body.attributes() {
            let value = Spanned { value: &attribute.value, span: hcl::span_of(&attribute.value) };
            let name = attribute.key.as_str().to_owned();
            rule.identity.extend(compiled(decoder, Some(value)).map(|expr| (name, expr)));
        }
    }
    for grant in fields.blocks("grant") {
        rule.grants.extend(self::grant(decoder, grant, dialect));
    }
    for limit in fields.blocks("limit") {
        rule.limits.extend(self::limit(decoder, limit));
    }
    rule.tickets = compiled(decoder, fields.expression("tickets"));
    rule.mentions = compiled(decoder, fields.expression("mentions"));
    rule.owner = compiled(decoder, fields.expression("owner"));
    fields.finish();
    Some(rule)
}

/// The grant of a `uses` block stands once an attribute, with the attribute's value as `each`.
fn uses(decoder: &Decoder, block: &Block, dialect: Dialect) -> Option<UseRule> {
    let [types] = decoder.labels(block, ["the types"])?;
    let mut fields = decoder.block(block);
    let attributes = texts(fields.required_strings("attributes")?).into_iter().collect();
    let identities = texts(fields.strings("identities")).into_iter().collect();
    let mut rule = empty_rule(decoder, block, types.value.clone());
    for inner in fields.blocks("grant") {
        rule.grants.extend(grant(decoder, inner, dialect));
    }
    fields.finish();
    Some(UseRule { types: types.value, attributes, identities, rule })
}

fn limit(decoder: &Decoder, block: &Block) -> Option<LimitRule> {
    let [label] = decoder.labels(block, ["what is limited"])?;
    let mut fields = decoder.block(block);
    let value = compiled(decoder, fields.required_expression("value"));
    let tight = compiled(decoder, fields.expression("tight"));
    let when = compiled(decoder, fields.expression("when"));
    let with_object = fields.flag("with_object").is_some_and(|flag| flag.value);
    let ends = if with_object { Ends::WithObject } else { Ends::Deleted };
    fields.finish();
    Some(LimitRule { name: label.value, value: value?, tight, when, ends })
}

fn kind_of(decoder: &Decoder, word: &Spanned<String>) -> Option<Kind> {
    let kinds =
        [Kind::Additive, Kind::Exclusive, Kind::Definition, Kind::Trust, Kind::Credential, Kind::Opaque];
    let found = kinds.into_iter().find(|kind| kind.word() == word.value);
    if found.is_none() {
        decoder.report(decoder.error(word.span, format!("there is no kind of grant `{}`", word.value)));
    }
    found
}

fn grant(decoder: &Decoder, block: &Block, pack_dialect: Dialect) -> Option<GrantRule> {
    let [label] = decoder.labels(block, ["the kind"])?;
    let kind = kind_of(decoder, &label)?;
    let mut fields = decoder.block(block);
    let dialect = match fields.string("dialect") {
        Some(word) => dialect_of(decoder, &word)?,
        None if kind == Kind::Opaque => Dialect::Terraform,
        None => pack_dialect,
    };
    let format = match fields.string("format") {
        Some(word) => format_of(decoder, &word)?,
        None => match dialect {
            Dialect::Google => Format::GooglePolicy,
            Dialect::Kubernetes => Format::KubernetesRules,
            Dialect::Aws | Dialect::Azure | Dialect::Azuread | Dialect::Github | Dialect::Terraform => {
                Format::AwsPolicy
            }
        },
    };
    let mut conditions = Vec::new();
    for condition in fields.blocks("condition") {
        let Some([operator, key]) = decoder.labels(condition, ["the operator", "the key"]) else { continue };
        let mut inner = decoder.block(condition);
        let values = compiled(decoder, inner.required_expression("values"));
        inner.finish();
        conditions.extend(values.map(|values| (operator.value, key.value, values)));
    }
    let mut words = HashMap::new();
    for (name, word) in WORDS {
        words.extend(compiled(decoder, fields.expression(name)).map(|expr| (word, expr)));
    }
    let rule = GrantRule {
        kind,
        dialect,
        for_each: compiled(decoder, fields.expression("for_each")),
        when: compiled(decoder, fields.expression("when")),
        configured: fields.string("configured").map(|name| name.value),
        words,
        format,
        conditions,
        reason: fields.string("reason").map(|reason| reason.value),
    };
    fields.finish();
    Some(rule)
}
