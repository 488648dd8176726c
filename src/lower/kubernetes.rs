//! The meaning of Kubernetes RBAC.
//!
//! Takes subjects, roles or rules, and scopes, and returns their Access, with the meaning of upstream's `Covers`
//! (`k8s.io/component-helpers/auth/rbac/validation/policy_comparator.go`). The encoding:
//!
//! | part | is |
//! |---|---|
//! | principal | `User:x`, `Group:x`, `ServiceAccount:ns/name` (also for `User:system:serviceaccount:ns:name`), `Workload:ns` |
//! | action | the verb, or a role by name: `ClusterRole:edit`, `Role:ns/name` |
//! | resource | `pods`, `pods/log`; for a URL its path |
//! | `apigroup` | the API group; present for a resource, absent for a URL, which keeps the two apart |
//! | `name` | the object's name; absent from a request without one, which `resourceNames` then refuses |
//! | `namespace` | the namespace; `namespace/NS` demands it, `cluster` (or no resource) does not |
//!
//! The words of an approval are `VERB:GROUP/RESOURCE[@NAME]` and `VERB:url:PATH`: `get:/pods`, `*:apps/deployments`,
//! `get:/secrets@db`, `get:url:/healthz`. Deliberately absent: what a role holds.

pub mod rules;
pub mod words;

use crate::reason::{DocumentError, TermsError};
use access_algebra::{Condition, Pattern, Strings, Token};

use super::{DocumentFormat, Lowered, Side, Terms, Text, TextPart, mode, spelling};

/// The context keys of a request.
const API_GROUP: &str = "apigroup";
const NAME: &str = "name";
const NAMESPACE: &str = "namespace";

/// The Access of one grant's words.
pub fn lower(side: Side, terms: &Terms) -> Lowered {
    let mut lowered = Lowered::default();
    if spelling::has_foreign_words(side, terms, &mut lowered) {
        return lowered;
    }
    if terms.expression.is_some() {
        spelling::add_doubt(&mut lowered, TermsError::ExpressionNotSupported);
        if side == Side::Approved {
            return lowered;
        }
    }
    let Some(scope) = lower_scope(side, &terms.resources, &mut lowered) else {
        return lowered;
    };
    let principals = match_subjects(&terms.principals);
    let (credentials, verbs) = spelling::split_credentials(&terms.actions);
    let mut rules = words::read_words(side, &verbs, &mut lowered);
    match &terms.document {
        Some((DocumentFormat::KubernetesRules, document)) => {
            rules.extend(rules::read_rules(side, document, &mut lowered))
        }
        Some((
            DocumentFormat::AwsPolicy
            | DocumentFormat::AwsPolicyArguments
            | DocumentFormat::GooglePolicy
            | DocumentFormat::GooglePolicyArguments,
            _,
        )) => {
            spelling::add_doubt(
                &mut lowered,
                DocumentError::WrongKind { expected: "a list of Kubernetes rules" },
            );
        }
        None => {}
    }
    let statements = &mut lowered.access.statements;
    statements.extend(spelling::allow_credentials(&credentials, &principals, &[]));
    if !terms.roles.is_empty() {
        let roles = Strings::of(terms.roles.iter().map(spelling::spell_exact));
        statements.push(spelling::allow(principals.clone(), roles, Strings::any(), scope.clone()));
    }
    // A binding within a namespace gives no URL.
    for rule in rules.into_iter().filter(|rule| !rule.is_url || scope.is_empty()) {
        let conditions = rule.conditions.into_iter().chain(scope.clone()).collect();
        statements.push(spelling::allow(principals.clone(), rule.verbs, rule.resources, conditions));
    }
    let is_silent = terms.actions.is_empty() && terms.roles.is_empty() && terms.document.is_none();
    if is_silent && spelling::means_everything(side, &mut lowered) {
        lowered.access.statements.push(spelling::allow(principals, Strings::any(), Strings::any(), scope));
    }
    mode::add_mode(side, &terms.mode, &mut lowered.access);
    lowered
}

/// The namespace that a scope is, where it is one: its name, or none where that is not known.
pub fn namespace_of(scope: &Text) -> Option<Option<&str>> {
    match scope.as_known() {
        Some(known) => known.strip_prefix("namespace/").map(Some),
        None => Some(None),
    }
}

/// One rule of a role, as the parts of a statement.
#[derive(Clone, Debug)]
pub(super) struct PolicyRule {
    verbs: Strings,
    resources: Strings,
    conditions: Vec<Condition>,
    is_url: bool,
}

/// A verb, of which `*` alone is every one. A credential is not reached by it.
fn match_verbs(patterns: Vec<Pattern>) -> Strings {
    let has_star = patterns.iter().any(Pattern::is_any);
    let exclude = if has_star { vec![spelling::match_any_credential()] } else { Vec::new() };
    Strings { include: patterns, exclude }
}

/// A word of which `*` alone means every one, and is otherwise itself.
fn match_whole_star(text: &Text) -> Pattern {
    if spelling::is_star(text) { Pattern::any() } else { spelling::spell_exact(text) }
}

/// `*` is every resource and every subresource, `*/scale` is that subresource of every resource; `pods/*` is a name
/// like any other.
fn match_resource(text: &Text) -> Pattern {
    if spelling::is_star(text) {
        return Pattern::any();
    }
    let tokens = spelling::spell_exact(text);
    match tokens.tokens().split_first() {
        Some((Token::Literal(first), rest)) if first.starts_with("*/") => {
            let sub = Token::Literal(first.strip_prefix('*').unwrap_or(first).into());
            Pattern::new([Token::Run(Some('/')), sub].into_iter().chain(rest.iter().cloned()))
        }
        Some(_) | None => tokens,
    }
}

/// Stars at the end are any rest; elsewhere a star is a star.
fn match_url(text: &Text) -> Pattern {
    let ends_in_star = matches!(text.parts.last(), Some(TextPart::Known(last)) if last.ends_with('*'));
    if !ends_in_star {
        return spelling::spell_exact(text);
    }
    let start = spelling::spell_exact(&spelling::strip_end(text, '*'));
    Pattern::new(start.tokens().iter().cloned().chain([Token::Run(None)]))
}

/// The demand of the namespaces, none where one scope is the cluster. `None` where an approval's scope is none.
fn lower_scope(side: Side, scopes: &[Text], lowered: &mut Lowered) -> Option<Vec<Condition>> {
    let mut namespaces = Vec::new();
    let mut is_cluster = scopes.is_empty();
    for scope in scopes {
        match scope.parts.first() {
            Some(TextPart::Known(first)) if first.starts_with("namespace/") => {
                namespaces.push(match_namespace(side, scope));
            }
            _ if scope.as_known().is_some_and(|text| ["cluster", "*"].contains(&text)) => is_cluster = true,
            _ => match side {
                Side::Planned => is_cluster = true,
                Side::Approved => {
                    spelling::add_doubt(lowered, TermsError::NotAScope { scope: scope.to_string() })
                }
            },
        }
    }
    if is_cluster {
        return Some(Vec::new());
    }
    (!namespaces.is_empty()).then(|| vec![spelling::require_one_of(NAMESPACE, namespaces)])
}

fn match_namespace(side: Side, scope: &Text) -> Pattern {
    let mut name = Text::default();
    for part in &scope.parts {
        match part {
            TextPart::Known(text) => {
                let is_first = name.parts.is_empty();
                name.push_known(text.strip_prefix("namespace/").filter(|_| is_first).unwrap_or(text));
            }
            TextPart::Hole(hole) => name.parts.push(TextPart::Hole(hole.clone())),
        }
    }
    match side {
        Side::Planned => spelling::spell_exact(&name),
        Side::Approved => spelling::spell_starred(&name, &Token::Run(None)),
    }
}

/// Subjects. A service account is a user and is in two groups of service accounts by its name alone
/// (<https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects>).
fn match_subjects(subjects: &[Text]) -> Strings {
    if subjects.is_empty() || subjects.iter().any(spelling::is_star) {
        return Strings::any();
    }
    let accounts = |namespace: &str| {
        let start = format!("ServiceAccount:{namespace}");
        Pattern::new([Token::Literal(start.into()), Token::Run(None)])
    };
    Strings::of(subjects.iter().flat_map(|subject| {
        let itself = spelling::spell_exact(subject);
        let Some(text) = subject.as_known() else {
            return vec![itself];
        };
        if let Some(account) = text.strip_prefix("User:system:serviceaccount:") {
            let name =
                account.split_once(':').map(|(namespace, name)| format!("ServiceAccount:{namespace}/{name}"));
            return vec![name.map_or(itself, |name| Pattern::literal(&name))];
        }
        if text == "Group:system:serviceaccounts" {
            return vec![itself, accounts("")];
        }
        match text.strip_prefix("Group:system:serviceaccounts:") {
            Some(namespace) => vec![itself, accounts(&format!("{namespace}/"))],
            None => vec![itself],
        }
    }))
}
