//! The meaning of AWS policies.
//!
//! Takes a policy document, or principals, actions and resources without one, and returns their Access. A document is a
//! set of statements: allowing ones add, denying ones take away ("Policy evaluation logic", IAM User Guide).
//! Permissions boundaries, organization policies and session policies only restrict, so a planned Access without them
//! is wider and therefore safe; they are not read.
//!
//! What is not known costs no more than itself: see `extent`. What cannot be read becomes a doubt. On the planned side
//! it then allows unknown actions; on the approved side the document approves nothing.

mod arguments;
mod condition;
mod conditions;
mod document;
mod element;
mod extent;
mod global_keys;
mod listed_principals;
mod pattern;
mod principal;
mod roles;
mod statement;
#[cfg(test)]
mod tests;

use crate::reason::{DocumentError, Reason, TermsError};
use access_algebra::{
    Access, Condition, Effect, Hole, HoleKind, OpaqueDemand, Pattern, Quantifier, Statement, Strings, Test,
    Token,
};

use self::conditions::PolicyCondition;
use self::document::PolicyDocument;
use self::element::PolicyVersion;
use self::extent::{PlainChoice, PlainStatement};
use self::pattern::Lean;
pub(super) use self::roles::pseudo_actions;
use self::roles::{match_any_credential, match_any_role, match_role, reaches_roles};
use super::credential::CREDENTIAL_PREFIX;
use super::{DocumentFormat, DocumentValue, Lowered, Side, Terms, Text, mode, spelling};

/// The Access of one grant's words.
pub fn lower(side: Side, terms: &Terms) -> Lowered {
    let read = match &terms.document {
        Some((format, value)) => {
            read_document(*format, value).and_then(|document| lower_statements(side, terms, document))
        }
        None => lower_terms(side, terms),
    };
    let mut lowered = match read {
        Ok(statements) => Lowered { access: Access { statements }, ..Lowered::default() },
        Err(reason) => lower_unreadable(side, terms, reason),
    };
    mode::add_mode(side, &terms.mode, &mut lowered.access);
    lowered
}

/// What a grant that can't be read may be: anything for its principals, or nothing.
fn lower_unreadable(side: Side, terms: &Terms, reason: Reason) -> Lowered {
    let statements = match side {
        Side::Approved => Vec::new(),
        Side::Planned => vec![Statement {
            effect: Effect::Allow,
            principals: match_bare(side, &terms.principals),
            actions: Strings::of([unreadable_actions(terms, &reason)]),
            resources: Strings::any(),
            conditions: Vec::new(),
        }],
    };
    Lowered { access: Access { statements }, doubts: vec![reason], ..Lowered::default() }
}

/// The actions of what can't be read: known after apply where the reason is, and otherwise never.
fn unreadable_actions(terms: &Terms, reason: &Reason) -> Pattern {
    let kind = if reason.is_settled_by_apply() { HoleKind::Unknown } else { HoleKind::Unreadable };
    let name = match &terms.document {
        Some(_) => "the actions of a policy that can't be read",
        None => "the actions of a grant that can't be read",
    };
    Pattern::hole(kind, name)
}

/// Whether the resources of the grant are those of any statement of its document.
pub(super) fn uses_resources(terms: &Terms) -> bool {
    let Some((format, value)) = &terms.document else { return true };
    let Ok(document) = read_document(*format, value) else { return false };
    let mut statements = document.statements.iter().flat_map(|raw| extent::approximate(raw, Lean::Wide));
    statements.any(|plain| match &plain.resources {
        None => true,
        Some(PlainChoice::Of(words)) => own_resources(Side::Planned, terms, &plain, words).is_some(),
        Some(PlainChoice::Except(_)) => false,
    })
}

fn read_document(format: DocumentFormat, value: &DocumentValue) -> Result<PolicyDocument, Reason> {
    match format {
        DocumentFormat::AwsPolicy => document::read_policy(value),
        DocumentFormat::AwsPolicyArguments => document::read_argument_policy(value),
        DocumentFormat::GooglePolicy
        | DocumentFormat::GooglePolicyArguments
        | DocumentFormat::KubernetesRules => {
            Err(DocumentError::WrongKind { expected: "an AWS policy" }.into())
        }
    }
}

fn lower_statements(side: Side, terms: &Terms, document: PolicyDocument) -> Result<Vec<Statement>, Reason> {
    let mut statements = Vec::with_capacity(document.statements.len());
    for (version, mut raw) in document.into_statements() {
        raw.conditions.extend(terms.conditions.iter().map(PolicyCondition::from));
        let lean = match (side, raw.effect) {
            (Side::Planned, Effect::Allow) | (Side::Approved, Effect::Deny) => Lean::Wide,
            (Side::Planned, Effect::Deny) | (Side::Approved, Effect::Allow) => Lean::Narrow,
        };
        for plain in split_leans(version, extent::approximate(&raw, lean)) {
            let mut statement = lower_statement(side, terms, version, &plain)?;
            let rests_on = plain.rests_on.as_ref();
            statement.conditions.extend(rests_on.map(|hole| require_known(side, &raw, hole)));
            let spared = deny_spared(side, &plain, &statement);
            statements.extend(spared.into_iter().flat_map(|spared| global_keys::tie_keys(spared, lean)));
            statements.extend(global_keys::tie_keys(statement, lean));
        }
    }
    Ok(statements)
}

/// Where an unknown value leaves open how the resources are read, a statement that reads them narrowly, and one that
/// reads them widely and is not certain.
fn split_leans(version: PolicyVersion, plains: Vec<PlainStatement>) -> Vec<PlainStatement> {
    let split = |plain: PlainStatement| match find_open_resource(version, &plain) {
        Some(hole) if plain.rests_on.is_none() => {
            let wide = PlainStatement { lean: Lean::Wide, rests_on: Some(hole), ..plain.clone() };
            vec![PlainStatement { lean: Lean::Narrow, ..plain }, wide]
        }
        Some(_) | None => vec![plain],
    };
    plains.into_iter().flat_map(split).collect()
}

/// An unknown value by which resources can be read in two ways.
fn find_open_resource(version: PolicyVersion, plain: &PlainStatement) -> Option<Hole> {
    let (PlainChoice::Of(words) | PlainChoice::Except(words)) = plain.resources.as_ref()?;
    words.iter().find_map(|word| {
        let hole = word.first_hole()?;
        let read = |lean: Lean| pattern::match_resource(word, version, lean).ok();
        (read(Lean::Wide) != read(Lean::Narrow)).then(|| hole.clone())
    })
}

/// The demand under which a statement or a grant that is known in parts may match.
fn require_known(side: Side, raw: &impl std::fmt::Debug, hole: &Hole) -> Condition {
    spelling::require_known(&format!("{side:?} {raw:?}"), hole)
}

fn lower_statement(
    side: Side,
    terms: &Terms,
    version: PolicyVersion,
    plain: &PlainStatement,
) -> Result<Statement, DocumentError> {
    let lean = plain.lean;
    Ok(Statement {
        effect: plain.effect,
        principals: lower_principals(side, terms, plain)?,
        actions: lower_actions(plain),
        resources: match &plain.resources {
            None => lower_resources(&terms.resources, PolicyVersion::Current, lean)?,
            Some(PlainChoice::Of(words)) => match own_resources(side, terms, plain, words) {
                Some(own) => lower_resources(own, PolicyVersion::Current, lean)?,
                None => Strings::of(lower_patterns(words, version, lean)?),
            },
            Some(PlainChoice::Except(words)) => {
                Strings::except(lower_patterns(words, version, lean.opposite())?)
            }
        },
        conditions: plain.conditions.iter().map(condition::lower_condition).collect(),
    })
}

/// Services in whose policies of a resource `*` is that resource ("Key policies in AWS KMS", "Resource-based policies"
/// of Secrets Manager).
const STAR_IS_ITSELF: [&str; 2] = ["kms", "secretsmanager"];

/// The resource that a planned policy stands on, where its statement says `*` and means that.
fn own_resources<'t>(
    side: Side,
    terms: &'t Terms,
    plain: &PlainStatement,
    words: &[Text],
) -> Option<&'t [Text]> {
    let is_own =
        |own: &Text| own.to_string().split(':').nth(2).is_some_and(|word| STAR_IS_ITSELF.contains(&word));
    let star = matches!(words, [word] if word.as_known() == Some("*"));
    let stands_on_it = side == Side::Planned && plain.principals.is_some() && !terms.resources.is_empty();
    (star && stands_on_it && terms.resources.iter().all(is_own)).then_some(&*terms.resources)
}

/// A policy speaks of AWS's actions alone: what it allows is neither a credential nor the name of a role, whatever its
/// stars say.
fn lower_actions(plain: &PlainStatement) -> Strings {
    let mut actions = match &plain.actions {
        PlainChoice::Of(words) => Strings::of(words.iter().map(pattern::match_action)),
        PlainChoice::Except(words) => Strings::except(words.iter().map(pattern::match_action)),
    };
    let begins_open = |pattern: &Pattern| !matches!(pattern.tokens().first(), Some(Token::Folded(_)));
    if plain.effect == Effect::Allow && actions.include.iter().any(begins_open) {
        actions.exclude.extend(pseudo_actions());
    }
    actions
}

/// A denial with `NotPrincipal` spares a user or role only if its account is listed as well ("NotPrincipal"). Where it
/// is not, whether the listed ones are denied is not worked out here: they may be, on both sides alike.
fn deny_spared(side: Side, plain: &PlainStatement, denial: &Statement) -> Option<Statement> {
    let Some(PlainChoice::Except(names)) = &plain.principals else { return None };
    if principal::lists_accounts(names) {
        return None;
    }
    let mut words: Vec<String> =
        names.iter().map(|named| format!("{:?}:{}", named.kind, named.name)).collect();
    words.sort();
    let spared: Vec<Pattern> = denial.principals.exclude.clone();
    let principals = match side {
        Side::Planned => Strings::of(spared),
        Side::Approved => Strings::any(),
    };
    let mut conditions = denial.conditions.clone();
    conditions.push(Condition {
        key: "aws:principalarn".into(),
        test: Test::Opaque(OpaqueDemand::new(&format!("NotPrincipal {words:?}"))),
        quantifier: Quantifier::One,
        if_absent: false,
    });
    Some(Statement { principals, conditions, ..denial.clone() })
}

/// Those that the document names, else those that the grant names; a policy of an identity names none itself.
fn lower_principals(side: Side, terms: &Terms, plain: &PlainStatement) -> Result<Strings, DocumentError> {
    match &plain.principals {
        None if terms.principals.is_empty() => Ok(Strings::any()),
        None => Ok(match_bare(side, &terms.principals)),
        Some(_) if !terms.principals.is_empty() => Err(DocumentError::IdentityPolicyNamesPrincipals),
        Some(PlainChoice::Of(names)) => {
            let each = names.iter().map(|named| principal::match_listed(side, plain.effect, named));
            Ok(Strings::of(each.collect::<Result<Vec<_>, _>>()?.concat()))
        }
        Some(PlainChoice::Except(names)) => match plain.effect {
            Effect::Allow => Err(DocumentError::AllowsNotPrincipal),
            Effect::Deny => {
                let each = names.iter().map(|named| principal::match_spared(side, named));
                Ok(Strings::except(each.collect::<Result<Vec<_>, _>>()?.concat()))
            }
        },
    }
}

fn match_bare(side: Side, names: &[Text]) -> Strings {
    if names.is_empty() {
        return Strings::any();
    }
    Strings::of(names.iter().flat_map(|name| principal::match_bare(side, name)))
}

fn lower_resources(words: &[Text], version: PolicyVersion, lean: Lean) -> Result<Strings, DocumentError> {
    if words.is_empty() { Ok(Strings::any()) } else { Ok(Strings::of(lower_patterns(words, version, lean)?)) }
}

fn lower_patterns(words: &[Text], version: PolicyVersion, lean: Lean) -> Result<Vec<Pattern>, DocumentError> {
    words.iter().map(|word| pattern::match_resource(word, version, lean)).collect()
}

/// The conditions of a grant without a document, in each form that says what is known of them.
fn lower_conditions(side: Side, terms: &Terms) -> Vec<Vec<Condition>> {
    let lean = match side {
        Side::Planned => Lean::Wide,
        Side::Approved => Lean::Narrow,
    };
    let conditions: Vec<PolicyCondition> = terms.conditions.iter().map(PolicyCondition::from).collect();
    let forms = extent::approximate_conditions(&conditions, lean).into_iter().map(|(plain, rests_on)| {
        let rests_on = rests_on.map(|hole| require_known(side, terms, &hole));
        plain.iter().map(condition::lower_condition).chain(rests_on).collect()
    });
    forms.collect()
}

/// Principals × actions × resources × conditions, and roles as actions of their own.
///
/// A role (a managed policy by its ARN) is compared by identity: it is the one action of its own name.
fn lower_terms(side: Side, terms: &Terms) -> Result<Vec<Statement>, Reason> {
    let lean = match side {
        Side::Planned => Lean::Wide,
        Side::Approved => Lean::Narrow,
    };
    if terms.principals.is_empty() && side == Side::Approved {
        return Err(TermsError::NoPrincipal.into());
    }
    let on = lower_resources(&terms.resources, PolicyVersion::Current, lean)?;
    let mut statements = Vec::new();
    let mut allow = |actions: Strings, resources: Strings| {
        statements.extend(lower_conditions(side, terms).into_iter().flat_map(|conditions| {
            let statement = Statement {
                effect: Effect::Allow,
                principals: match_bare(side, &terms.principals),
                actions: actions.clone(),
                resources: resources.clone(),
                conditions,
            };
            global_keys::tie_keys(statement, lean)
        }));
    };
    if !terms.actions.is_empty() {
        let mut actions = Strings {
            include: terms.actions.iter().map(pattern::match_action).collect(),
            exclude: terms.not_actions.iter().map(pattern::match_action).collect(),
        };
        // Everything that somebody may do is not yet a secret with which others can act as them.
        let names = |action: &Text| action.to_string().starts_with(CREDENTIAL_PREFIX);
        if side == Side::Approved && !terms.actions.iter().any(names) {
            actions.exclude.push(match_any_credential());
            // The names of roles are reached by everything and by themselves, not by the services that begin like them.
            let is_all = |action: &Text| matches!(action.as_known(), Some("*" | "*:*"));
            if !terms.actions.iter().any(is_all) && actions.include.iter().any(reaches_roles) {
                actions.exclude.push(match_any_role());
            }
        }
        allow(actions, on.clone());
    }
    if !terms.roles.is_empty() {
        // An AWS-managed policy reaches what it says; where a scope is given (EKS, Grafana), the role holds there only.
        allow(Strings::of(terms.roles.iter().map(|role| match_role(side, role))), on);
    }
    if statements.is_empty() { Err(TermsError::NoAction.into()) } else { Ok(statements) }
}
