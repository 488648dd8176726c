//! A statement that is known in parts, as what it certainly matches and what it may match.
//!
//! Takes a [`PolicyStatement`] and returns it whole where all of it is known, and otherwise its *core*, an
//! under-approximation of what it matches, and its *envelope*, an over-approximation that holds under a demand that nobody
//! can say anything of. The demand keeps the envelope from proving anything that the statement may not do: a planned
//! allowance has to be covered wholly, a planned denial takes nothing away for certain, and no witness rests on either.
//! Unknown texts are no matter of this file, since a pattern with a hole says both by itself.
//!
//! | element | core | envelope |
//! |---|---|---|
//! | `Action`, `Resource`, `Principal` | what is certainly listed | and what is perhaps listed |
//! | `NotAction` and the like | without whatever may be listed | without what is certainly listed |
//! | a condition's values | for `StringEquals` as `Action`, for `StringNotEquals` as `NotAction` | likewise |
//! | a condition whose key has a hole | on the narrow side as a key of its own, on the wide side none | the reverse |
//! | a doubt | none | as if it did not matter |
//!
//! The wide side is that of planned allowances and approved denials. See [`super::conditions`] for why a key with a hole
//! may be taken for a key of its own in a proof and not in a witness.

use crate::lower::Text;
use crate::value::UnknownOrigin;
use access_algebra::{Effect, Hole};

use super::condition::{self, PlainCondition};
use super::conditions::PolicyCondition;
use super::listed_principals::TypedPrincipal;
use super::pattern::Lean;
use super::statement::{ElementChoice, PolicyStatement};

/// In which direction a statement is approximated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    Core,
    Envelope,
}

/// One statement of which all is known but texts.
#[derive(Clone, Debug)]
pub(super) struct PlainStatement {
    pub(super) effect: Effect,
    pub(super) principals: Option<PlainChoice<TypedPrincipal>>,
    pub(super) actions: PlainChoice<Text>,
    pub(super) resources: Option<PlainChoice<Text>>,
    pub(super) conditions: Vec<PlainCondition>,
    /// How its resources are read where unknown values leave that open.
    pub(super) lean: Lean,
    /// What has to be known before anybody can say whether it matches.
    pub(super) rests_on: Option<Hole>,
}

/// These, or all but these.
#[derive(Clone, Debug)]
pub(super) enum PlainChoice<T> {
    Of(Vec<T>),
    Except(Vec<T>),
}

/// The statements that together say what is known of one.
pub(super) fn approximate(raw: &PolicyStatement, lean: Lean) -> Vec<PlainStatement> {
    let Some(rests_on) = find_open(raw) else {
        return make_plain(raw, Extent::Core, lean, lean, None).into_iter().collect();
    };
    let core =
        if raw.doubts.is_empty() { make_plain(raw, Extent::Core, lean, Lean::Narrow, None) } else { None };
    let envelope = make_plain(raw, Extent::Envelope, lean, Lean::Wide, Some(rests_on));
    core.into_iter().chain(envelope).collect()
}

/// Something by which the statement is known in parts only.
fn find_open(raw: &PolicyStatement) -> Option<Hole> {
    if let Some(doubt) = raw.doubts.first() {
        return Text::unknown(doubt).first_hole().cloned();
    }
    let open_key = raw.conditions.iter().map(|condition| &condition.key).find(|key| key.as_known().is_none());
    if let Some(key) = open_key {
        return key.first_hole().cloned();
    }
    let lists = raw.principals.as_ref().is_some_and(|names| names.listed().is_open())
        || raw.actions.listed().is_open()
        || raw.resources.as_ref().is_some_and(|words| words.listed().is_open())
        || raw.conditions.iter().any(|condition| condition.values.is_open());
    let doubt = UnknownOrigin::Deferred("which of several values a statement lists".into());
    lists.then(|| Text::unknown(&doubt).first_hole().cloned()).flatten()
}

/// The statement at one extent; `None` where it certainly matches nothing that can be named.
fn make_plain(
    raw: &PolicyStatement,
    extent: Extent,
    side: Lean,
    lean: Lean,
    rests_on: Option<Hole>,
) -> Option<PlainStatement> {
    let conditions = plain_conditions(&raw.conditions, extent, side)?;
    let lists_nothing = |listed: usize, is_open: bool| extent == Extent::Core && listed == 0 && is_open;
    let is_empty = match &raw.actions {
        ElementChoice::Of(words) => lists_nothing(words.certain.len(), words.is_open()),
        ElementChoice::Except(_) => false,
    };
    if is_empty {
        return None;
    }
    Some(PlainStatement {
        effect: raw.effect,
        principals: raw.principals.as_ref().map(|choice| plain_choice(choice, extent)),
        actions: plain_choice(&raw.actions, extent),
        resources: raw.resources.as_ref().map(|choice| plain_choice(choice, extent)),
        conditions,
        lean,
        rests_on,
    })
}

/// The conditions that together say what is known of some, each form with what it rests on.
pub(super) fn approximate_conditions(
    conditions: &[PolicyCondition],
    lean: Lean,
) -> Vec<(Vec<PlainCondition>, Option<Hole>)> {
    let core = plain_conditions(conditions, Extent::Core, lean).map(|core| (core, None));
    let open = conditions.iter().find_map(|condition| condition.key.first_hole().cloned());
    let envelope =
        open.and_then(|hole| Some((plain_conditions(conditions, Extent::Envelope, lean)?, Some(hole))));
    core.into_iter().chain(envelope).collect()
}

/// The conditions at one extent; `None` where they can't be said there.
fn plain_conditions(
    conditions: &[PolicyCondition],
    extent: Extent,
    side: Lean,
) -> Option<Vec<PlainCondition>> {
    let mut plain = Vec::with_capacity(conditions.len());
    for condition in conditions {
        match (condition.key.as_known(), extent, side) {
            (None, Extent::Core, Lean::Wide) => return None,
            (None, Extent::Envelope, Lean::Narrow) => continue,
            (None, Extent::Core, Lean::Narrow) | (None, Extent::Envelope, Lean::Wide) | (Some(_), ..) => {}
        }
        match plain_condition(condition, extent) {
            Some(condition) => plain.push(condition),
            None if extent == Extent::Core => return None,
            None => {}
        }
    }
    Some(plain)
}

fn plain_choice<T: Clone>(choice: &ElementChoice<T>, extent: Extent) -> PlainChoice<T> {
    let listed = choice.listed();
    let all = || listed.all().cloned().collect();
    match (choice, extent) {
        (ElementChoice::Of(_), Extent::Core) => PlainChoice::Of(listed.certain.clone()),
        (ElementChoice::Of(_), Extent::Envelope) => PlainChoice::Of(all()),
        (ElementChoice::Except(_), Extent::Core) => PlainChoice::Except(all()),
        (ElementChoice::Except(_), Extent::Envelope) => PlainChoice::Except(listed.certain.clone()),
    }
}

/// A condition at one extent; `None` where it can't be said there.
fn plain_condition(condition: &PolicyCondition, extent: Extent) -> Option<PlainCondition> {
    let with = |values: Vec<Text>| PlainCondition {
        operator: condition.operator.clone(),
        key: condition.key.clone(),
        values,
        version: condition.version,
    };
    let certain = || condition.values.certain.clone();
    if !condition.values.is_open() {
        return Some(with(certain()));
    }
    if condition::is_unsaid(&condition.operator, &condition.key) {
        return None;
    }
    let widens = (extent == Extent::Envelope) != is_negated(&condition.operator)?;
    Some(with(if widens { condition.values.all().cloned().collect() } else { certain() }))
}

/// Whether more values make a condition hold for less; `None` where that can't be said.
fn is_negated(operator: &str) -> Option<bool> {
    let name = operator.strip_prefix("ForAnyValue:").or_else(|| operator.strip_prefix("ForAllValues:"));
    let name = name.unwrap_or(operator);
    let name = name.strip_suffix("IfExists").unwrap_or(name);
    let families = ["String", "Arn", "Numeric", "Date", "Binary"];
    if name == "NotIpAddress" || families.iter().any(|family| is_not(name, family)) {
        return Some(true);
    }
    let is_asserted =
        ["Bool", "IpAddress"].contains(&name) || families.iter().any(|one| name.starts_with(one));
    is_asserted.then_some(false)
}

fn is_not(name: &str, family: &str) -> bool {
    name.strip_prefix(family).is_some_and(|rest| rest.starts_with("Not"))
}
