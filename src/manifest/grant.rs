//! From a raw grant to what it approves.
//!
//! Takes a decoded `grant` block and returns its terms and the statements that they mean. What cannot be judged is an error
//! for the author, because nobody can rely on an approval that is not understood.
//!
//! What `except` takes out is left to [`super::exclusion`].

use std::collections::BTreeMap;

use crate::lower::credential::credential_action;
use crate::lower::{AssignmentKind, Dialect, Mode, Side, TermCondition, Terms, Text, lower, with_facts};
use crate::source::{Problem, Source, Span, Spanned};
use crate::value::provenance::Provenance;
use crate::words::describe_reason;
use access_algebra::Access;
use spanned_hcl::did_you_mean;

use super::approval::{ApprovedGrant, Exclusion};
use super::identity::is_identity;
use super::{exclusion, raw};

/// Checks one grant and appends what it means to `statements`.
pub(super) fn approve(
    source: &Source,
    raw: &raw::RawGrant,
    accesses: &mut BTreeMap<Dialect, Access>,
    given_facts: &BTreeMap<String, String>,
    problems: &mut Vec<Problem>,
) -> Option<ApprovedGrant> {
    let before = problems.len();
    identities(source, raw, problems);
    let dialect = known_dialect(source, raw.dialect.as_ref()?, problems)?;
    words(source, dialect, raw, problems);
    let mode = mode(source, raw, problems);
    let terms = terms(dialect, raw, mode);
    let exclusions: Vec<_> = exclusions(dialect, raw).collect();
    // A grant with bad or missing words, which decoding reported, would be lowered to something that nobody wrote.
    let says_what = [&raw.actions, &raw.data_actions, &raw.roles, &raw.credentials];
    let is_whole = !raw.principals.is_empty() && says_what.iter().any(|texts| !texts.is_empty());
    if problems.len() > before || !is_whole {
        return None;
    }
    let mut within = terms.clone();
    with_facts(dialect, &mut within, given_facts);
    let lowered = lower(dialect, Side::Approved, &within);
    let by_name = (!within.roles.is_empty() && exclusions.is_empty()).then(|| Box::new(within));
    for doubt in lowered.doubts {
        problems.push(
            Problem::error(
                source,
                raw.span,
                format!("the grant cannot be judged: {}", describe_reason(&doubt)),
            )
            .help("change the grant so that what the message names can be judged"),
        );
    }
    let mut own = lowered.access.statements;
    for (excluded, span) in &exclusions {
        if let Err(reason) = exclusion::take_out(dialect, &terms, excluded, given_facts, &mut own) {
            let message = format!("the exclusion cannot be judged: {}", reason.describe());
            problems.push(
                Problem::error(source, *span, message)
                    .help("list what is approved instead of what is excluded"),
            );
        }
    }
    let statements = &mut accesses.entry(dialect).or_default().statements;
    let first = statements.len();
    statements.append(&mut own);
    let exclusions = exclusions.into_iter().map(|(exclusion, _)| exclusion).collect();
    Some(ApprovedGrant {
        dialect,
        terms,
        by_name,
        exclusions,
        statements: first..statements.len(),
        missing_facts: lowered.missing_facts,
        span: raw.span,
    })
}

fn identities(source: &Source, raw: &raw::RawGrant, problems: &mut Vec<Problem>) {
    let lists = [
        &raw.principals,
        &raw.actions,
        &raw.not_actions,
        &raw.data_actions,
        &raw.not_data_actions,
        &raw.roles,
        &raw.resources,
        &raw.credentials,
    ];
    let excepts =
        raw.excepts.iter().flat_map(|except| [&except.principals, &except.actions, &except.resources]);
    for text in lists.into_iter().chain(excepts).flatten() {
        is_identity(source, text, problems);
    }
}

fn known_dialect(source: &Source, label: &Spanned<String>, problems: &mut Vec<Problem>) -> Option<Dialect> {
    let known = Dialect::from_word(&label.value);
    if known.is_none() {
        let words = Dialect::ALL.map(|(_, word)| word);
        let help = match did_you_mean(&label.value, words) {
            Some(meant) => format!("did you mean `{meant}`"),
            None => format!("use one of {}", words.map(|word| format!("`{word}`")).join(", ")),
        };
        let message = format!("unknown dialect `{}`", label.value);
        problems.push(Problem::error(source, label.span, message).label("unknown").help(help));
    }
    known
}

/// Whether the words belong to the dialect and to each other. A word that a lowering does not read would be a
/// limit that the author believes in and nobody holds.
fn words(source: &Source, dialect: Dialect, raw: &raw::RawGrant, problems: &mut Vec<Problem>) {
    let mut refuse = |span: Span, message: String, help: &str| {
        problems.push(Problem::error(source, span, message).help(help));
    };
    let name = dialect.word();
    if dialect != Dialect::Azure {
        for (word, texts) in
            [("data_actions", &raw.data_actions), ("not_data_actions", &raw.not_data_actions)]
        {
            if let Some(text) = texts.first() {
                refuse(text.span, format!("`{name}` grants have no `{word}`"), "use `actions` instead");
            }
        }
    }
    if let (Dialect::Kubernetes | Dialect::Github | Dialect::Terraform, Some(condition)) =
        (dialect, raw.conditions.first())
    {
        refuse(
            condition.span,
            format!("`{name}` grants have no conditions"),
            "narrow the `resources` instead",
        );
    }
    if let (
        Dialect::Aws | Dialect::Azuread | Dialect::Kubernetes | Dialect::Github | Dialect::Terraform,
        Some(text),
    ) = (dialect, &raw.expression)
    {
        refuse(text.span, format!("`{name}` grants have no `expression`"), "use `condition` blocks instead");
    }
    if dialect != Dialect::Aws && raw.resources.is_empty() {
        let message =
            format!("the grant has no `resources`, and a `{name}` grant has to say on what it holds");
        refuse(raw.span, message, "list the `resources`; `\"*\"` is everything");
    }
    if let Some(first) = raw.credentials.first() {
        let mixed = [&raw.actions, &raw.data_actions, &raw.roles].iter().any(|texts| !texts.is_empty());
        if mixed {
            let message =
                "`credentials` cannot be combined with `actions`, `data_actions` or `roles`".to_owned();
            refuse(first.span, message, "move the credentials to their own `grant` block");
        }
    } else if let Some(ttl) = raw.max_ttl {
        let message = "`max_ttl` applies to `credentials`, and this grant has none".to_owned();
        refuse(ttl.span, message, "remove `max_ttl`, or add `credentials`");
    }
    let is_by_name = !raw.roles.is_empty() || !raw.credentials.is_empty();
    let taken_out = raw.not_actions.first().or_else(|| raw.excepts.iter().find_map(|e| e.actions.first()));
    if let (true, Some(action)) = (is_by_name, taken_out) {
        let message =
            format!("`{}` cannot be excluded from a role or credential that is given by name", action.value);
        refuse(action.span, message, "list the approved `actions` instead of the role");
    }
}

fn mode(source: &Source, raw: &raw::RawGrant, problems: &mut Vec<Problem>) -> Mode {
    let assignment = raw.assignment.as_ref().and_then(|text| match text.value.as_str() {
        "eligible" => Some(AssignmentKind::Eligible),
        "active" => Some(AssignmentKind::Active),
        other => {
            let message = format!("unknown assignment `{other}`");
            let help = "use `eligible` or `active`, or remove it if the access is permanent";
            problems.push(Problem::error(source, text.span, message).help(help));
            None
        }
    });
    Mode {
        grantable: raw.grantable.is_some_and(|flag| flag.value),
        assignment,
        ttl_seconds: raw.max_ttl.map(|ttl| ttl.value.as_secs()),
    }
}

fn known(texts: &[Spanned<String>]) -> Vec<Text> {
    texts.iter().map(|text| Text::known(&text.value)).collect()
}

fn terms(dialect: Dialect, raw: &raw::RawGrant, mode: Mode) -> Terms {
    let credentials = raw.credentials.iter().map(|kind| credential_action(&kind.value));
    let conditions = raw.conditions.iter().map(|condition| TermCondition {
        operator: condition.operator.value.clone(),
        key: Text::known(&condition.key.value),
        values: known(&condition.values),
    });
    Terms {
        principals: known(&raw.principals),
        actions: known(&raw.actions).into_iter().chain(credentials).collect(),
        // Elsewhere it is an exclusion like another.
        not_actions: if dialect == Dialect::Azure { known(&raw.not_actions) } else { Vec::new() },
        data_actions: known(&raw.data_actions),
        not_data_actions: known(&raw.not_data_actions),
        roles: known(&raw.roles),
        resources: known(&raw.resources),
        conditions: conditions.collect(),
        expression: raw.expression.as_ref().map(|text| Text::known(&text.value)),
        document: None,
        mode,
        provenance: Provenance::NONE,
    }
}

/// The `except` blocks; elsewhere than in Azure, whose lowering reads them itself, `not_actions` is one more.
fn exclusions(dialect: Dialect, raw: &raw::RawGrant) -> impl Iterator<Item = (Exclusion, Span)> {
    let written = raw.excepts.iter().map(|except| {
        let exclusion = Exclusion {
            principals: known(&except.principals),
            actions: known(&except.actions),
            resources: known(&except.resources),
        };
        (exclusion, except.span)
    });
    let first = raw.not_actions.first().filter(|_| dialect != Dialect::Azure);
    let implied = first.map(|first| {
        let actions = known(&raw.not_actions);
        (Exclusion { actions, ..Exclusion::default() }, first.span)
    });
    written.chain(implied)
}
