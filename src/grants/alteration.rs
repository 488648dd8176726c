//! What an update or a replacement alters, as far as its rule reads it.
//!
//! Takes an object before and after its change and returns an [`Alteration`]. What was before proves that a change adds nothing only
//! where the words of the rule say all that changes; see "What an update changes" in `rules/README.md`.

use crate::resolve::object::Object;
use crate::rules::exact::{PlaceStep, SeenPlaces};
use crate::value::Value;
use rule_language::schema::{Attributes, SchemaAnswer};

/// How much of what changes the rule sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alteration {
    /// Only attributes change that say nothing of access.
    Harmless,
    /// All else that changes is seen in the words or the limits of the rule.
    Seen,
    /// Something changes that the rule does not see.
    Unseen,
}

impl Alteration {
    /// Compares an object with what it was. `schema` is that of the type, where a table has it.
    pub(super) fn find(old: &Object<'_>, new: &Object<'_>, schema: Option<&Attributes<'_>>) -> Self {
        let Some(differences) = find_differences(old, new, schema) else { return Self::Unseen };
        if differences.is_empty() {
            return Self::Harmless;
        }
        let now = SeenPlaces::find(new.rule, new);
        let mut earlier = None;
        // What goes away is seen where it was read.
        let mut was_seen = |Difference { place, before, after }: &Difference<'_>| {
            let earlier = earlier.get_or_insert_with(|| SeenPlaces::find(old.rule, old));
            **after == Value::Null && earlier.sees(place, before, after)
        };
        let is_seen = differences.iter().all(|difference| {
            now.sees(&difference.place, difference.before, difference.after) || was_seen(difference)
        });
        if is_seen { Self::Seen } else { Self::Unseen }
    }

    /// Compares an object with what a refresh found. What exact words show is left to them. Where words say less than the
    /// access is, an argument counts that the configuration sets and that somebody else has changed: the provider fills in
    /// whatever else differs.
    pub(super) fn find_drift(old: &Object<'_>, new: &Object<'_>, schema: Option<&Attributes<'_>>) -> Self {
        let is_left_open = |difference: &Difference<'_>| {
            difference.names().next().is_some_and(|name| {
                new.block.is_some_and(|block| !block.sets(name)) && new.may_be_dynamic(name) != Some(true)
            })
        };
        match find_differences(old, new, schema) {
            Some(differences) if differences.iter().all(is_left_open) => Self::Harmless,
            Some(_) | None => Self::Seen,
        }
    }
}

/// The places at which an object is not what it was, without those that say nothing of access. `None` where it is not known
/// what it is or was.
fn find_differences<'v>(
    old: &'v Object<'_>,
    new: &'v Object<'_>,
    schema: Option<&Attributes<'_>>,
) -> Option<Vec<Difference<'v>>> {
    let (before, after) = (&old.values.object, &new.values.object);
    if !matches!((before, after), (Value::Object(_), Value::Object(_))) {
        return None;
    }
    let mut differences = Vec::new();
    collect_differences(before, after, &mut Vec::new(), &mut differences);
    differences.retain(|difference| !difference.is_without_meaning(new) && !is_harmless(new, difference));
    if let Some(schema) = schema {
        differences.retain(|difference| {
            schema.find(&difference.names().collect::<Vec<_>>()) != SchemaAnswer::Computed
        });
    }
    Some(differences)
}

/// A place at which an object is not what it was.
struct Difference<'v> {
    place: Vec<PlaceStep>,
    before: &'v Value,
    after: &'v Value,
}

impl Difference<'_> {
    /// The path of the attribute, without indexes.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.place.iter().filter_map(|step| match step {
            PlaceStep::Member(name) => Some(&**name),
            PlaceStep::Element(_) => None,
        })
    }

    /// Whether nobody chose the difference: Terraform tells an absent and an empty argument apart as little as most
    /// providers do, and computes what the configuration does not set.
    fn is_without_meaning(&self, new: &Object<'_>) -> bool {
        let [PlaceStep::Member(name)] = self.place.as_slice() else { return false };
        if is_absent(self.before) && is_absent(self.after) {
            return true;
        }
        let Value::Unknown(_) = self.after else { return false };
        if new.block.is_none_or(|block| block.sets(name)) {
            return false;
        }
        match self.before {
            Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
            // A `dynamic` block is not in the configuration that a plan keeps.
            Value::Null | Value::List(_) | Value::Object(_) | Value::Unknown(_) => {
                new.may_be_dynamic(name) == Some(false)
            }
        }
    }
}

/// Whether an attribute says nothing, or has no members.
fn is_absent(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.is_empty(),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::List(_)
        | Value::Unknown(_) => value.is_empty(),
    }
}

/// Whether the pack or the rule of the type lists an attribute, or what it is part of. A type that its pack only lists may have a
/// rule that says what it is known as.
fn is_harmless(object: &Object<'_>, difference: &Difference<'_>) -> bool {
    let holds = |listed: &String| {
        let mut names = difference.names();
        listed.split('.').all(|name| names.next() == Some(name))
    };
    let of_type = object.pack.find_type(object.type_name).map(|(_, rule)| &rule.harmless);
    object.pack.harmless.iter().chain(of_type.into_iter().flatten()).any(holds)
}

/// Collects the innermost places at which two values differ; a block that comes or goes without members is one.
fn collect_differences<'v>(
    before: &'v Value,
    after: &'v Value,
    place: &mut Vec<PlaceStep>,
    differences: &mut Vec<Difference<'v>>,
) {
    const NULL: &Value = &Value::Null;
    if before == after {
        return;
    }
    let known = differences.len();
    match (before, after) {
        (Value::Object(_) | Value::Null, Value::Object(_) | Value::Null) => {
            for name in
                names_of(before).chain(names_of(after).filter(|name| *before.get(name) == Value::Null))
            {
                place.push(PlaceStep::Member(name.into()));
                collect_differences(before.get(name), after.get(name), place, differences);
                place.pop();
            }
        }
        (Value::List(_) | Value::Null, Value::List(_) | Value::Null) => {
            let items = |value: &'v Value| value.as_list().unwrap_or_default();
            let (old, new) = (items(before), items(after));
            for at in 0..old.len().max(new.len()) {
                place.push(PlaceStep::Element(at));
                let (old, new) = (old.get(at).unwrap_or(NULL), new.get(at).unwrap_or(NULL));
                collect_differences(old, new, place, differences);
                place.pop();
            }
        }
        _ => {}
    }
    if differences.len() == known {
        differences.push(Difference { place: place.clone(), before, after });
    }
}

fn names_of(value: &Value) -> impl Iterator<Item = &str> {
    let members = if let Value::Object(members) = value { members.as_slice() } else { &[] };
    members.iter().map(|(name, _)| &**name)
}
