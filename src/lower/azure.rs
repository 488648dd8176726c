//! The meaning of Azure role assignments and role definitions.
//!
//! In go object ids, roles or actions, scopes and an ABAC condition; out comes an Access. Actions compare without
//! regard to case and a star runs across slashes; `actions` less `not_actions` and `data_actions` less
//! `not_data_actions` are two planes (<https://learn.microsoft.com/azure/role-based-access-control/role-definitions>).
//! A role is a unit action under its name.
//!
//! The planes, and the roles, are kept apart by a context key that no cloud uses, `azure:plane`, which is `control`,
//! `data` or `role`: so `*` among `actions` reaches neither data nor roles nor credentials, and the action in a
//! witness is spelled as Azure spells it.
//!
//! Deliberately absent: what a built-in role holds, and which subscriptions lie in a management group.

use std::collections::BTreeMap;

use crate::access::{Condition, Pattern, Statement, Strings, Token};

use super::{Lowered, Part, Side, Terms, Text, mode, spelling};

/// The context key that keeps the planes apart.
const PLANE: &str = "azure:plane";
/// The context key of a condition, which equals itself only.
const CONDITION: &str = "azure:condition";
/// Where management groups live.
const MANAGEMENT_GROUPS: &str = "/providers/microsoft.management/managementgroups/";

/// Built-in roles that are known by identifier, in any case.
const BUILT_IN: [(&str, &str); 4] = [
    ("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "owner"),
    ("b24988ac-6180-42a0-ab88-20f7382dd24c", "contributor"),
    ("acdd72a7-3385-48ef-bd42-f606fba81ae7", "reader"),
    ("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "user access administrator"),
];

/// The Access of one grant's words.
pub fn lower(side: Side, terms: &Terms) -> Lowered {
    let mut lowered = Lowered::default();
    if spelling::has_foreign_conditions(side, terms, &mut lowered) {
        return lowered;
    }
    if terms.document.is_some() {
        spelling::doubt(&mut lowered, "Azure has no policy documents, so this one can't be judged");
        if side == Side::Approved {
            return lowered;
        }
    }
    let Some(conditions) = conditions(side, terms.expression.as_ref(), &mut lowered) else {
        return lowered;
    };
    let grant = Grant {
        side,
        principals: principals(&terms.principals),
        resources: scopes(side, &terms.resources, &mut lowered),
        conditions,
    };
    lowered.access.statements = statements(terms, &grant, &mut lowered);
    mode::hold(side, &terms.mode, &mut lowered.access);
    lowered
}

/// Adds to the scopes what is known to lie in them: the fact `azure.parent@/subscriptions/S` or
/// `azure.parent@/providers/Microsoft.Management/managementGroups/M` names a management group by its path. Access
/// to a group is access to what lies in it, so this changes no meaning and serves both sides alike.
pub fn with_facts<'a>(terms: &mut Terms, facts: impl IntoIterator<Item = (&'a str, &'a str)>) {
    let key = |text: &str| text.trim_end_matches('/').to_lowercase();
    let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (fact, value) in facts {
        if let Some(child) = fact.strip_prefix("azure.parent@") {
            children.entry(key(value)).or_default().push(key(child));
        }
    }
    spelling::add_descendants(&mut terms.resources, &children, key);
}

/// What every statement of one grant shares.
struct Grant {
    side: Side,
    principals: Strings,
    resources: Strings,
    conditions: Vec<Condition>,
}

impl Grant {
    fn allow(&self, plane: &str, actions: Strings) -> Statement {
        let mut conditions = vec![spelling::one_of(PLANE, vec![Pattern::literal(plane)])];
        conditions.extend(self.conditions.iter().cloned());
        spelling::allow(self.principals.clone(), actions, self.resources.clone(), conditions)
    }
}

fn statements(terms: &Terms, grant: &Grant, lowered: &mut Lowered) -> Vec<Statement> {
    let (credentials, control) = spelling::credentials(&terms.actions);
    let data: Vec<&Text> = terms.data_actions.iter().collect();
    let mut statements: Vec<Statement> =
        spelling::credential_statement(&credentials, &grant.principals, &grant.conditions)
            .into_iter()
            .collect();
    for (plane, actions, taken_out) in
        [("control", control, &terms.not_actions), ("data", data, &terms.not_data_actions)]
    {
        if !actions.is_empty() {
            statements.push(grant.allow(plane, less(grant.side, &actions, taken_out)));
        }
    }
    if !terms.roles.is_empty() {
        statements.push(grant.allow("role", Strings::of(terms.roles.iter().map(role))));
    }
    if statements.is_empty() && spelling::says_everything(grant.side, lowered) {
        let (principals, resources) = (grant.principals.clone(), grant.resources.clone());
        statements.push(spelling::allow(principals, Strings::any(), resources, grant.conditions.clone()));
    }
    statements
}

/// Actions less others. An action that is not known takes nothing out of a plan and may take anything out of an
/// approval.
fn less(side: Side, actions: &[&Text], taken_out: &[Text]) -> Strings {
    let run = Token::Run(None);
    let include = actions.iter().map(|text| spelling::folded_starred(text, &run)).collect();
    let exclude = taken_out.iter().map(|text| spelling::folded_starred(text, &run));
    let exclude = exclude.filter_map(|pattern| {
        let is_known = pattern.holes().next().is_none();
        match side {
            _ if is_known => Some(pattern),
            Side::Planned => None,
            Side::Approved => Some(widened(&pattern)),
        }
    });
    Strings { include, exclude: exclude.collect() }
}

/// Every string that the pattern may stand for, whatever its holes are.
fn widened(pattern: &Pattern) -> Pattern {
    Pattern::new(pattern.tokens().iter().map(|token| match token {
        Token::Hole(_) => Token::Run(None),
        Token::Literal(_) | Token::Folded(_) | Token::One(_) | Token::Run(_) => token.clone(),
    }))
}

/// A role by name, or by the identifier at the end of its resource id.
fn role(text: &Text) -> Pattern {
    let Some(known) = text.as_known() else {
        return spelling::folded(&identifier(text));
    };
    Pattern::folded(&role_key(known))
}

/// The one spelling of a role that may be written by its name, by its identifier, or by its resource id.
pub fn role_key(text: &str) -> String {
    let lower = text.to_lowercase();
    let id = lower.rsplit_once("/roledefinitions/").map_or(lower.as_str(), |(_, id)| id);
    // Terraform's own id of a role definition goes on with `|` and the scope.
    let id = id.split_once('|').map_or(id, |(id, _)| id);
    BUILT_IN.iter().find(|(known, _)| *known == id).map_or(id, |(_, name)| name).to_owned()
}

/// The part of a resource id after `roleDefinitions/`, where that is seen.
fn identifier(text: &Text) -> Text {
    for (index, part) in text.parts.iter().enumerate() {
        if let Part::Known(known) = part
            && let lower = known.to_lowercase()
            && let Some((_, rest)) = lower.rsplit_once("/roledefinitions/")
        {
            let mut id = Text::known(rest);
            if rest.is_empty() {
                id = Text::default();
            }
            id.parts.extend(text.parts.iter().skip(index + 1).cloned());
            return id;
        }
    }
    text.clone()
}

/// Object ids have no case.
fn principals(principals: &[Text]) -> Strings {
    if principals.is_empty() || principals.iter().any(spelling::is_star) {
        return Strings::any();
    }
    Strings::of(principals.iter().map(spelling::folded))
}

/// A scope is a path without case, and covers what lies below it
/// (<https://learn.microsoft.com/azure/role-based-access-control/scope-overview>).
fn scopes(side: Side, scopes: &[Text], lowered: &mut Lowered) -> Strings {
    let scopes: Vec<Text> = scopes.iter().map(|scope| spelling::without_end(scope, '/')).collect();
    let covers_all = |scope: &Text| scope.as_known() == Some("") || spelling::is_star(scope);
    if scopes.is_empty() || scopes.iter().any(covers_all) {
        return Strings::any();
    }
    let mut include = Vec::new();
    for scope in &scopes {
        if scope.to_string().split('/').any(|step| matches!(step, "." | "..") || step.contains('%')) {
            spelling::doubt(lowered, format!("where the scope `{scope}` leads can't be told from its text"));
        }
        let is_group =
            scope.as_known().is_some_and(|text| text.to_lowercase().starts_with(MANAGEMENT_GROUPS));
        if side == Side::Approved && is_group {
            spelling::untold(
                lowered,
                format!(
                    "which subscriptions lie in `{scope}` is not in a plan, so only what a fact \
                     `azure.parent@/subscriptions/…` names is approved"
                ),
            );
        }
        let pattern = match side {
            Side::Planned => spelling::folded(scope),
            Side::Approved => spelling::folded_starred(scope, &Token::Run(Some('/'))),
        };
        include.extend(spelling::at_and_below(pattern));
    }
    Strings::of(include)
}

/// The condition, in one line. `None` where an approval's is not known.
fn conditions(side: Side, expression: Option<&Text>, lowered: &mut Lowered) -> Option<Vec<Condition>> {
    let Some(expression) = expression else {
        return Some(Vec::new());
    };
    match (expression.as_known(), side) {
        (Some(text), Side::Planned | Side::Approved) => {
            let words = one_line(text);
            let is_empty = words.is_empty();
            Some(if is_empty { Vec::new() } else { vec![spelling::opaque(CONDITION, &words)] })
        }
        (None, Side::Planned) => Some(Vec::new()),
        (None, Side::Approved) => {
            spelling::doubt(
                lowered,
                format!("the condition `{expression}` is not known, so nothing is approved"),
            );
            None
        }
    }
}

/// White space outside quotes as single spaces. Where it is not certain which quote ends a string, as it stands.
fn one_line(text: &str) -> String {
    if text.contains(['\\', '"']) {
        return text.to_owned();
    }
    let mut line = String::new();
    let mut is_quoted = false;
    for c in text.trim().chars() {
        if c == '\'' {
            is_quoted = !is_quoted;
        }
        if is_quoted || !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}
