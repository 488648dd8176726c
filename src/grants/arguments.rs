//! Which argument of the sources says what of a grant.
//!
//! Takes an object, the rule of one of its grants and the element that the grant is made of, and returns the argument in
//! which the sources write its actions, its resources, its principals and its conditions, with its place. Nothing is
//! returned where the sources are not at hand, and for a part that the rule does not take from an attribute.

use crate::containment::Dimension;
use crate::lower::DocumentFormat;
use crate::plan::Plan;
use crate::resolve::object::Object;
use crate::rules::expression::{Expr, Root, Step};
use crate::rules::{GrantRule, Word};
use crate::sources::{PlaceRole, SourcePlace};

/// An argument that says a part of a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Which part.
    pub part: Dimension,
    /// The attribute of the object: `policy`, `statement[1].actions`.
    pub path: String,
    /// Where it is written; the place of its block where it cannot be told apart.
    pub place: SourcePlace,
}

/// The words of a rule that say the actions, the first that is there.
const ACTIONS: [Word; 4] = [Word::Actions, Word::DataActions, Word::Roles, Word::Document];

/// Finds the arguments that say a grant; `element` is the path of the element that it is made of.
pub(super) fn find_arguments(object: &Object<'_>, rule: &GrantRule, element: Option<&str>) -> Vec<Argument> {
    let Some(sources) = object.world.plan.sources() else { return Vec::new() };
    let has_statements =
        matches!(rule.format, DocumentFormat::AwsPolicy | DocumentFormat::AwsPolicyArguments);
    // An AWS policy says its resources itself; the policies of other clouds are those of one resource.
    let resources =
        if has_statements { [Word::Document, Word::Resources] } else { [Word::Resources, Word::Document] };
    let word = |words: &[Word]| words.iter().find_map(|word| rule.words.get(word));
    let condition = rule.conditions.first().map(|(_, _, values)| values);
    let parts = [
        (Dimension::Action, word(&ACTIONS)),
        (Dimension::Resource, word(&resources)),
        (Dimension::Principal, word(&[Word::Principals, Word::Document])),
        (Dimension::Condition, word(&[Word::Expression, Word::Document]).or(condition)),
    ];
    let ordered = ordered_blocks(object);
    let written = parts.into_iter().filter_map(|(part, expr)| {
        let path = find_path(expr?, element)?;
        let place = sources.locate(object.address, Some(&path), &ordered)?;
        Some(Argument { part, path, place: sources.in_repository(PlaceRole::Own, place) })
    });
    written.collect()
}

/// Returns the path of an element of a rule's `for_each`.
pub(super) fn element_path(for_each: &Expr, at: usize) -> Option<String> {
    Some(format!("{}[{at}]", find_path(for_each, None)?))
}

/// Finds where the sources say an object, or one of its attributes: see [`super::Origin::places`].
pub(super) fn find_places(
    plan: &Plan<'_>,
    address: &str,
    attribute: Option<(&str, &[&str])>,
) -> Vec<SourcePlace> {
    let Some(sources) = plan.sources() else { return Vec::new() };
    let (attribute, ordered) = attribute.unzip();
    sources.find_places(address, attribute, ordered.unwrap_or_default())
}

/// The nested blocks that a plan lists in the order of the sources.
pub(super) fn ordered_blocks<'o>(object: &Object<'o>) -> Vec<&'o str> {
    object.pack.ordered_blocks.iter().map(String::as_str).collect()
}

/// Finds the first attribute that an expression reads, by its path.
fn find_path(expr: &Expr, element: Option<&str>) -> Option<String> {
    let first = |items: &[Expr]| items.iter().find_map(|item| find_path(item, element));
    match expr {
        Expr::Path(Root::Attribute(name), steps) => Some(follow(name.to_string(), steps)),
        Expr::Path(Root::Each, steps) => Some(follow(element?.to_owned(), steps)),
        Expr::Path(Root::Identity(_) | Root::Fact(_) | Root::Address | Root::Type, _)
        | Expr::Null
        | Expr::Bool(_)
        | Expr::Number(_)
        | Expr::Text(_) => None,
        Expr::Of(inner, _) | Expr::Not(inner) => find_path(inner, element),
        Expr::Template(items) | Expr::List(items) | Expr::Call(_, items) => first(items),
        Expr::Object(members) => members.iter().find_map(|(_, value)| find_path(value, element)),
        Expr::Equal(a, b) | Expr::And(a, b) | Expr::Or(a, b) => {
            find_path(a, element).or_else(|| find_path(b, element))
        }
        Expr::If(condition, yes, no) => {
            [yes, no, condition].into_iter().find_map(|part| find_path(part, element))
        }
    }
}

/// The path that these steps lead to, as far as they name one thing.
fn follow(mut path: String, steps: &[Step]) -> String {
    for step in steps {
        match step {
            Step::Member(name) | Step::Key(name) => path.push_str(&format!(".{name}")),
            Step::Element(at) => path.push_str(&format!("[{at}]")),
            Step::Every => return path,
        }
    }
    path
}
