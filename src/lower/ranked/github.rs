//! GitHub's roles.
//!
//! Repository roles include one another "from least to most access"
//! (<https://docs.github.com/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization>);
//! so do the two roles in an organization and the two in a team. A place says which are meant: `OWNER/NAME` is a
//! repository, `org:OWNER` an organization, `team:NAME` a team. In an approval `OWNER/*` is every repository. A
//! role that is not in the order is itself.

use crate::lower::{Lowered, Side, Terms, Text, TextPart, spelling};
use crate::reason::TermsError;
use access_algebra::{Condition, Pattern, Statement, Strings, Token};

/// Roles on a repository, each including those before it.
const REPOSITORY: [&str; 5] = ["pull", "triage", "push", "maintain", "admin"];
/// Roles in an organization.
const ORGANIZATION: [&str; 2] = ["member", "admin"];
/// Roles in a team.
const TEAM: [&str; 2] = ["member", "maintainer"];
/// Other names of the same roles.
const ALIASES: [(&str, &str); 2] = [("read", "pull"), ("write", "push")];

/// What kind of thing a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PlaceKind {
    Repository,
    Organization,
    Team,
}

/// The statements of the terms: one for each kind of place, because a role's name means another thing in each.
pub(super) fn lower_github(
    side: Side,
    terms: &Terms,
    conditions: &[Condition],
    lowered: &mut Lowered,
) -> Vec<Statement> {
    let principals = super::match_folded(&terms.principals);
    let (credentials, actions) = spelling::split_credentials(&terms.actions);
    let mut statements: Vec<Statement> =
        spelling::allow_credentials(&credentials, &principals, conditions).into_iter().collect();
    let names: Vec<&Text> = actions.into_iter().chain(&terms.roles).collect();
    if names.is_empty() {
        return statements;
    }
    for kind in [PlaceKind::Repository, PlaceKind::Organization, PlaceKind::Team] {
        let resources = match_places(side, kind, &terms.resources);
        if !resources.is_empty() {
            let actions = Strings::of(names.iter().flat_map(|name| match_included(kind, name)));
            let resources = Strings::of(resources);
            statements.push(spelling::allow(principals.clone(), actions, resources, conditions.to_vec()));
        }
    }
    if statements.is_empty() {
        spelling::add_doubt(lowered, TermsError::NoPlace);
    }
    statements
}

/// The places of this kind. Without any, an approval is of repositories and a plan of everything.
fn match_places(side: Side, kind: PlaceKind, places: &[Text]) -> Vec<Pattern> {
    if places.is_empty() || places.iter().any(spelling::is_star) {
        return match (side, kind) {
            (Side::Planned, PlaceKind::Repository | PlaceKind::Organization | PlaceKind::Team) => {
                vec![Pattern::any()]
            }
            (Side::Approved, PlaceKind::Repository) => {
                let owner_and_name = [Token::Run(Some('/')), Token::Literal("/".into()), Token::Run(None)];
                vec![Pattern::new(owner_and_name)]
            }
            (Side::Approved, PlaceKind::Organization | PlaceKind::Team) => Vec::new(),
        };
    }
    let of_kind = places.iter().filter(|place| kind_of(place) == kind);
    of_kind
        .map(|place| match side {
            Side::Planned => spelling::spell_folded(place),
            Side::Approved => spelling::spell_folded_starred(place, &Token::Run(Some('/'))),
        })
        .collect()
}

fn kind_of(place: &Text) -> PlaceKind {
    let is = |prefix: &str| matches!(place.parts.first(), Some(TextPart::Known(first)) if first.starts_with(prefix));
    if is("org:") {
        PlaceKind::Organization
    } else if is("team:") {
        PlaceKind::Team
    } else {
        PlaceKind::Repository
    }
}

/// The role and what it includes.
fn match_included(kind: PlaceKind, name: &Text) -> Vec<Pattern> {
    let Some(known) = name.as_known() else {
        return vec![spelling::spell_exact(name)];
    };
    let lower = known.to_lowercase();
    let name = ALIASES.iter().find(|(alias, _)| *alias == lower).map_or(lower.as_str(), |(_, name)| name);
    let order: &[&str] = match kind {
        PlaceKind::Repository => &REPOSITORY,
        PlaceKind::Organization => &ORGANIZATION,
        PlaceKind::Team => &TEAM,
    };
    match order.iter().position(|role| *role == name) {
        Some(rank) => order.iter().take(rank + 1).map(|role| Pattern::literal(role)).collect(),
        None => vec![Pattern::literal(known)],
    }
}
