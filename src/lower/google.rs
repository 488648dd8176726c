//! The meaning of Google Cloud IAM bindings.
//!
//! Takes members, roles or permissions, full resource names and a CEL condition, or a whole policy, and returns their
//! Access. A role is a unit action under its own name (`roles/viewer`, `projects/p/roles/r`), a permission is itself;
//! no star among permissions reaches a role or a credential. Allow policies are inherited, so a resource stands for
//! everything below it (<https://cloud.google.com/iam/docs/resource-hierarchy-access-control>).
//!
//! Deliberately absent: membership of groups and domains, and which permissions a role holds. Which project lies
//! in which folder is a fact: [`resource::with_facts`].

pub mod expression;
pub mod policy;
pub mod principal;
pub mod resource;

use access_algebra::{Condition, Pattern, Statement, Strings, Token};

use super::{Lowered, Side, Terms, Text, formula, mode, spelling};

/// The Access of one grant's words.
pub fn lower(side: Side, terms: &Terms) -> Lowered {
    let mut lowered = Lowered::default();
    if spelling::has_foreign_words(side, terms, &mut lowered) {
        return lowered;
    }
    let known = |expression: Option<&Text>, lowered: &mut Lowered| {
        formula::list_alternatives(side, expression, lowered, expression::read_expression, |one| one)
    };
    let Some(conditions) = known(terms.expression.as_ref(), &mut lowered) else {
        return lowered;
    };
    let resources = resource::match_resources(side, &terms.resources, &mut lowered);
    if let Some((format, document)) = &terms.document {
        let bindings = policy::read_bindings(side, *format, document, &mut lowered);
        for binding in bindings {
            let Some(own) = known(binding.expression.as_ref(), &mut lowered) else {
                continue;
            };
            let doubt = binding.doubt.as_ref().and_then(|doubt| Text::unknown(doubt).first_hole().cloned());
            let doubt = doubt.map(|hole| spelling::require_known(&format!("{side:?} {binding:?}"), &hole));
            let principals = principal::match_members(side, &binding.members);
            let actions = match_roles(&[&binding.role]);
            for (outer, inner) in
                conditions.iter().flat_map(|outer| own.iter().map(move |inner| (outer, inner)))
            {
                let conditions = outer.iter().chain(inner).chain(&doubt).cloned().collect();
                let statement =
                    spelling::allow(principals.clone(), actions.clone(), resources.clone(), conditions);
                lowered.access.statements.push(statement);
            }
        }
    }
    if terms.document.is_none() || !terms.actions.is_empty() || !terms.roles.is_empty() {
        let principals = principal::match_members(side, &terms.principals);
        let is_silent = terms.actions.is_empty() && terms.roles.is_empty();
        let everything = is_silent && spelling::means_everything(side, &mut lowered);
        for conditions in conditions {
            let statements = &mut lowered.access.statements;
            statements.extend(lower_statements(terms, &principals, &resources, &conditions));
            if everything {
                let (principals, resources) = (principals.clone(), resources.clone());
                statements.push(spelling::allow(principals, Strings::any(), resources, conditions));
            }
        }
    }
    mode::add_mode(side, &terms.mode, &mut lowered.access);
    lowered
}

/// Permissions, units and credentials stand in statements of their own: stars belong to the first alone.
fn lower_statements(
    terms: &Terms,
    principals: &Strings,
    resources: &Strings,
    conditions: &[Condition],
) -> Vec<Statement> {
    let (credentials, permissions) = spelling::split_credentials(&terms.actions);
    let roles: Vec<&Text> = terms.roles.iter().collect();
    let mut statements: Vec<Statement> =
        spelling::allow_credentials(&credentials, principals, conditions).into_iter().collect();
    let mut allow = |actions: Strings| {
        statements.push(spelling::allow(principals.clone(), actions, resources.clone(), conditions.to_vec()));
    };
    if !permissions.is_empty() {
        allow(match_permissions(&permissions));
    }
    if !roles.is_empty() {
        allow(match_roles(&roles));
    }
    statements
}

/// Permissions such as `storage.objects.get`. Google has no wildcards here; an approval may use `*`, and since no
/// permission holds a slash, it can't reach the name of a role.
fn match_permissions(permissions: &[&Text]) -> Strings {
    let run = Token::Run(Some('/'));
    let include: Vec<Pattern> = permissions.iter().map(|text| spelling::spell_starred(text, &run)).collect();
    let has_star = include.iter().any(|pattern| pattern.tokens().contains(&run));
    let exclude = if has_star { vec![spelling::match_any_credential()] } else { Vec::new() };
    Strings { include, exclude }
}

/// Roles by name.
fn match_roles(roles: &[&Text]) -> Strings {
    Strings::of(roles.iter().map(|role| spelling::spell_exact(role)))
}
