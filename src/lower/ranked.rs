//! The meaning of roles at a place: Entra ID, GitHub, and what Terraform itself executes.
//!
//! Takes principals, roles or actions, and places, and returns an Access whose actions are names. Where a vendor
//! documents that one role includes another, a role lowers to all that it includes; every other role is itself.
//! Deliberately absent: what a role lets its holder do, and who is in a group or a team.

pub mod github;

use crate::reason::TermsError;
use access_algebra::{Condition, Pattern, Statement, Strings, Token};

use super::{Dialect, Lowered, Side, Terms, Text, formula, mode, spelling};

/// The Access of one grant's words.
pub fn lower(dialect: Dialect, side: Side, terms: &Terms) -> Lowered {
    let mut lowered = Lowered::default();
    if spelling::has_foreign_words(side, terms, &mut lowered) {
        return lowered;
    }
    if terms.document.is_some() {
        spelling::add_doubt(&mut lowered, TermsError::DocumentNotSupported { dialect: dialect.word() });
        if side == Side::Approved {
            return lowered;
        }
    }
    // A condition is compared as it stands.
    let as_it_stands = |text: &str| vec![vec![spelling::require_opaque("condition", text)]];
    let expression = terms.expression.as_ref();
    let alternatives = formula::list_alternatives(side, expression, &mut lowered, as_it_stands, |one| one);
    let Some(conditions) = alternatives.map(|all| all.concat()) else {
        return lowered;
    };
    lowered.access.statements = match dialect {
        Dialect::Github => github::lower_github(side, terms, &conditions, &mut lowered),
        Dialect::Terraform => lower_terraform(side, terms, &conditions),
        Dialect::Azuread | Dialect::Aws | Dialect::Google | Dialect::Azure | Dialect::Kubernetes => {
            lower_azuread(side, terms, &conditions)
        }
    };
    let is_silent = terms.actions.is_empty() && terms.roles.is_empty();
    if is_silent && spelling::means_everything(side, &mut lowered) {
        let everything = spelling::allow(Strings::any(), Strings::any(), Strings::any(), conditions);
        lowered.access.statements.push(everything);
    }
    mode::add_mode(side, &terms.mode, &mut lowered.access);
    lowered
}

/// Directory roles, application roles and delegated permissions, by name or identifier and without case. A scope
/// covers what lies below it, and `/` the whole directory
/// (<https://learn.microsoft.com/entra/identity/role-based-access-control/custom-overview>). An absent place is the
/// widest one.
fn lower_azuread(side: Side, terms: &Terms, conditions: &[Condition]) -> Vec<Statement> {
    let principals = match_folded(&terms.principals);
    let places: Vec<Text> = terms.resources.iter().map(|place| spelling::strip_end(place, '/')).collect();
    let covers_all = |place: &Text| place.as_known() == Some("") || spelling::is_star(place);
    let resources = if places.is_empty() || places.iter().any(covers_all) {
        Strings::any()
    } else {
        Strings::of(places.iter().flat_map(|place| {
            let pattern = match side {
                Side::Planned => spelling::spell_folded(place),
                Side::Approved => spelling::spell_folded_starred(place, &Token::Run(Some('/'))),
            };
            spelling::match_at_and_below(pattern)
        }))
    };
    let (credentials, named) = spelling::split_credentials(&terms.actions);
    let actions: Vec<Pattern> = named.into_iter().chain(&terms.roles).map(spelling::spell_folded).collect();
    let mut statements: Vec<Statement> =
        spelling::allow_credentials(&credentials, &principals, conditions).into_iter().collect();
    if !actions.is_empty() {
        statements.push(spelling::allow(principals, Strings::of(actions), resources, conditions.to_vec()));
    }
    statements
}

/// What Terraform executes: `apply:TYPE` and `remove:TYPE.NAME` on an address. In an approval `*` is any run, since
/// an address has none outside the key of an instance.
fn lower_terraform(side: Side, terms: &Terms, conditions: &[Condition]) -> Vec<Statement> {
    let words = |texts: &[Text]| match side {
        Side::Planned => texts.iter().map(spelling::spell_exact).collect::<Vec<_>>(),
        Side::Approved => texts.iter().map(|text| spelling::spell_starred(text, &Token::Run(None))).collect(),
    };
    let principals = match side {
        Side::Planned => Strings::of([Pattern::literal("terraform")]),
        Side::Approved if terms.principals.is_empty() => Strings::any(),
        Side::Approved => Strings::of(words(&terms.principals)),
    };
    let resources =
        if terms.resources.is_empty() { Strings::any() } else { Strings::of(words(&terms.resources)) };
    let actions: Vec<Pattern> = words(&terms.actions).into_iter().chain(words(&terms.roles)).collect();
    if actions.is_empty() {
        return Vec::new();
    }
    vec![spelling::allow(principals, Strings::of(actions), resources, conditions.to_vec())]
}

/// Names without case; everybody where none is named.
fn match_folded(principals: &[Text]) -> Strings {
    if principals.is_empty() || principals.iter().any(spelling::is_star) {
        return Strings::any();
    }
    Strings::of(principals.iter().map(spelling::spell_folded))
}
