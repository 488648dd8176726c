//! The meaning of Azure role assignments and role definitions.
//!
//! Takes object ids, roles or actions, scopes and an ABAC condition, and returns their Access. Actions compare without
//! regard to case and a star runs across slashes; `actions` less `not_actions` and `data_actions` less
//! `not_data_actions` are two planes (<https://learn.microsoft.com/azure/role-based-access-control/role-definitions>).
//! A role is a unit action under its name.
//!
//! The planes, and the roles, are kept apart by a context key that no cloud uses, `azure:plane`, which is `control`,
//! `data` or `role`: so `*` among `actions` reaches neither data nor roles nor credentials, and the action in a
//! witness is spelled as Azure spells it.
//!
//! A condition speaks of the action too. Where a statement names actions, it narrows them; where it names a role or a
//! credential, what is done with it is said by a context key that no cloud uses, `azure:action`.
//!
//! Deliberately absent: what a built-in role holds, and which subscriptions lie in a management group.

mod actions;
mod condition;

use std::collections::BTreeMap;

use self::condition::Demand;
use super::formula::{self, Alternatives, Sense};
use super::{Lowered, Side, Terms, Text, TextPart, mode, spelling};
use crate::reason::{Reason, ScopeMembers, TermsError};
use access_algebra::{Condition, Pattern, Statement, Strings, Token};

/// The context key that keeps the planes apart.
pub const PLANE: &str = "azure:plane";
/// The context key of what is done with a role or a credential.
const ACTION: &str = "azure:action";
/// Where management groups live.
const MANAGEMENT_GROUPS: &str = "/providers/microsoft.management/managementgroups/";

/// Built-in roles that are known by identifier, in any case; those that give the most away first.
const BUILT_IN: [(&str, &str); 4] = [
    ("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "owner"),
    ("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "user access administrator"),
    ("b24988ac-6180-42a0-ab88-20f7382dd24c", "contributor"),
    ("acdd72a7-3385-48ef-bd42-f606fba81ae7", "reader"),
];

/// The Access of one grant's words.
pub fn lower(side: Side, terms: &Terms) -> Lowered {
    let mut lowered = Lowered::default();
    if spelling::has_foreign_conditions(side, terms, &mut lowered) {
        return lowered;
    }
    if terms.document.is_some() {
        spelling::add_doubt(&mut lowered, TermsError::DocumentNotSupported { dialect: "Azure" });
        if side == Side::Approved {
            return lowered;
        }
    }
    let expression = terms.expression.as_ref();
    let Some(alternatives) = formula::list_alternatives(
        side,
        expression,
        &mut lowered,
        condition::read_condition,
        Demand::Context,
    ) else {
        return lowered;
    };
    let grant = RoleAssignment {
        side,
        principals: match_principals(&terms.principals),
        resources: match_scopes(side, &terms.resources, &mut lowered),
        alternatives,
    };
    lowered.access.statements = lower_statements(terms, &grant, &mut lowered);
    mode::add_mode(side, &terms.mode, &mut lowered.access);
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

/// A condition with the version in which it is written, where that is not the usual one: the same text means another
/// thing in another.
pub fn condition_in_version(text: &str, version: Option<&str>) -> String {
    match version {
        None | Some("2.0") => text.to_owned(),
        Some(version) => format!("{text} (version {version})"),
    }
}

/// What the attribute of a condition really says, the most telling first; none where it may be any text.
pub fn list_values(attribute: &str) -> Vec<&'static str> {
    match condition::list_values(attribute) {
        condition::AttributeValues::Any => Vec::new(),
        condition::AttributeValues::These(values) => values.to_vec(),
        condition::AttributeValues::Roles => BUILT_IN.map(|(id, _)| id).to_vec(),
    }
}

/// What every statement of one grant shares.
struct RoleAssignment {
    side: Side,
    principals: Strings,
    resources: Strings,
    /// Of the condition.
    alternatives: Alternatives<Demand>,
}

impl RoleAssignment {
    /// A statement for each alternative of the condition, which may take actions away.
    fn allow(&self, plane: &str, actions: &Strings) -> Vec<Statement> {
        let plane = spelling::require_one_of(PLANE, vec![Pattern::literal(plane)]);
        let allow = |demands: &Vec<Demand>| {
            let mut conditions = vec![plane.clone()];
            let mut actions = actions.clone();
            for demand in demands {
                match demand {
                    Demand::Action(pattern) => {
                        actions.include = actions::intersect_actions(self.side, &actions.include, pattern)
                    }
                    Demand::OtherAction(pattern) => actions.exclude.push(pattern.clone()),
                    Demand::Context(condition) => conditions.push(condition.clone()),
                }
            }
            let is_empty = actions.include.is_empty();
            (!is_empty).then(|| self.make_statement(actions, conditions))
        };
        self.alternatives.iter().filter_map(allow).collect()
    }

    /// The same of roles, whose actions are not given.
    fn allow_roles(&self, roles: &[Text]) -> Vec<Statement> {
        let actions = Strings::of(roles.iter().map(match_role));
        let plane = spelling::require_one_of(PLANE, vec![Pattern::literal("role")]);
        let allow = |conditions: Vec<Condition>| {
            self.make_statement(actions.clone(), [vec![plane.clone()], conditions].concat())
        };
        self.conditions().map(allow).collect()
    }

    /// What each alternative demands of the context of a statement that does not name its actions. Something is always
    /// done, so that no request is of none.
    fn conditions(&self) -> impl Iterator<Item = Vec<Condition>> {
        let condition = |demand: &Demand| match demand {
            Demand::Action(pattern) => condition::require_match(ACTION, pattern.clone(), Sense::Asserted),
            Demand::OtherAction(pattern) => condition::require_match(ACTION, pattern.clone(), Sense::Denied),
            Demand::Context(condition) => condition.clone(),
        };
        let is_possible =
            |demand: &Demand| !matches!(demand, Demand::OtherAction(pattern) if pattern.is_any());
        let demands = |demand: &&Demand| !matches!(demand, Demand::Action(pattern) if pattern.is_any());
        let possible = self.alternatives.iter().filter(move |demands| demands.iter().all(is_possible));
        possible.map(move |all| all.iter().filter(demands).map(condition).collect())
    }

    fn make_statement(&self, actions: Strings, conditions: Vec<Condition>) -> Statement {
        spelling::allow(self.principals.clone(), actions, self.resources.clone(), conditions)
    }
}

fn lower_statements(terms: &Terms, grant: &RoleAssignment, lowered: &mut Lowered) -> Vec<Statement> {
    let (credentials, control) = spelling::split_credentials(&terms.actions);
    let data: Vec<&Text> = terms.data_actions.iter().collect();
    if terms.actions.is_empty() && data.is_empty() && terms.roles.is_empty() {
        let everything = spelling::means_everything(grant.side, lowered);
        let all = |conditions| grant.make_statement(Strings::any(), conditions);
        return if everything { grant.conditions().map(all).collect() } else { Vec::new() };
    }
    let mut statements: Vec<Statement> = grant
        .conditions()
        .filter_map(|conditions| spelling::allow_credentials(&credentials, &grant.principals, &conditions))
        .collect();
    for (plane, actions, taken_out) in
        [("control", control, &terms.not_actions), ("data", data, &terms.not_data_actions)]
    {
        if !actions.is_empty() {
            statements
                .extend(grant.allow(plane, &actions::subtract_actions(grant.side, &actions, taken_out)));
        }
    }
    if !terms.roles.is_empty() {
        statements.extend(grant.allow_roles(&terms.roles));
    }
    statements
}

/// A role by name, or by the identifier at the end of its resource id.
fn match_role(text: &Text) -> Pattern {
    let Some(known) = text.as_known() else {
        return spelling::spell_folded(&role_identifier(text));
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
fn role_identifier(text: &Text) -> Text {
    for (index, part) in text.parts.iter().enumerate() {
        if let TextPart::Known(known) = part
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
fn match_principals(principals: &[Text]) -> Strings {
    if principals.is_empty() || principals.iter().any(spelling::is_star) {
        return Strings::any();
    }
    Strings::of(principals.iter().map(spelling::spell_folded))
}

/// A scope is a path without case, and covers what lies below it
/// (<https://learn.microsoft.com/azure/role-based-access-control/scope-overview>).
fn match_scopes(side: Side, scopes: &[Text], lowered: &mut Lowered) -> Strings {
    let scopes: Vec<Text> = scopes.iter().map(|scope| spelling::strip_end(scope, '/')).collect();
    let covers_all = |scope: &Text| scope.as_known() == Some("") || spelling::is_star(scope);
    if scopes.is_empty() || scopes.iter().any(covers_all) {
        return Strings::any();
    }
    let mut include = Vec::new();
    for scope in &scopes {
        if scope.to_string().split('/').any(|step| matches!(step, "." | "..") || step.contains('%')) {
            spelling::add_doubt(lowered, TermsError::AmbiguousScope { scope: scope.to_string() });
        }
        let is_group =
            scope.as_known().is_some_and(|text| text.to_lowercase().starts_with(MANAGEMENT_GROUPS));
        if side == Side::Approved && is_group {
            let scope = scope.to_string();
            let members = ScopeMembers::AzureSubscriptions;
            spelling::add_missing_fact(lowered, Reason::MembersUnknown { scope, members });
        }
        let pattern = match side {
            Side::Planned => spelling::spell_folded(scope),
            Side::Approved => spelling::spell_folded_starred(scope, &Token::Run(Some('/'))),
        };
        include.extend(spelling::match_at_and_below(pattern));
    }
    Strings::of(include)
}
