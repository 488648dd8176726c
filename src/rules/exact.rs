//! Which places of an object a change is seen at.
//!
//! Takes a rule and an object and returns the places whose values the words of the rule's grants are made of, or that its
//! limits read: [`SeenPlaces`]. A place is seen where its whole value goes into a word. Of a value that is only compared with
//! constants, becoming one of them is seen. A value of which a part is dropped, such as
//! `split("/", arn)[1]`, is not seen, and neither is what the rule does not name or what a branch that is not taken reads.
//!
//! What changed, and what follows from it, is not known here.

mod calls;
mod walk;

use super::Rule;
use super::scope::Scope;
use crate::value::Value;
use walk::Walk;

/// The way from an object to a part of it.
pub type Place = Vec<PlaceStep>;

/// One step of a [`Place`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceStep {
    /// A member of an object.
    Member(Box<str>),
    /// An element of a list.
    Element(usize),
}

/// The places of one object at which its rule sees a change.
#[derive(Clone, Debug, Default)]
pub struct SeenPlaces {
    /// Every change is seen here and below.
    whole: Vec<Place>,
    /// A change to the constant is seen, because the rule says what it means; without a constant, one between truth values.
    compared: Vec<(Place, Option<Value>)>,
    /// A part of the value here, or of something below, is dropped.
    reduced: Vec<Place>,
    /// What each `except(…)` leaves out of all attributes.
    all_but: Vec<Vec<Box<str>>>,
}

/// Attributes that `except(…)` leaves out whatever its arguments are.
const NEVER_IN_EXCEPT: [&str; 3] = ["id", "etag", "timeouts"];

impl SeenPlaces {
    /// Collects the places that the grants and limits of a rule read of an object.
    pub fn find<'v>(rule: &Rule, scope: &dyn Scope<'v>) -> Self {
        let mut walk = Walk::new(rule, scope);
        rule.grants.iter().for_each(|grant| walk.read_grant(grant));
        let mut seen = std::mem::take(&mut walk.seen);
        rule.limits.iter().for_each(|limit| walk.read_limit(limit));
        // What a limit reads as a whole is seen, whatever a grant makes of it.
        let limits = walk.seen;
        seen.reduced.retain(|place| !limits.whole.contains(place));
        seen.whole.extend(limits.whole);
        seen.whole.extend(limits.compared.into_iter().map(|(place, _)| place));
        seen
    }

    /// Whether a change at a place is seen.
    pub fn sees(&self, place: &[PlaceStep], before: &Value, after: &Value) -> bool {
        if self.reduced.iter().any(|reduced| reduced.starts_with(place) || place.starts_with(reduced)) {
            return false;
        }
        self.whole.iter().any(|whole| place.starts_with(whole))
            || self.is_in_except(place)
            || self.compared.iter().filter(|(at, _)| place == at).any(|(_, constant)| match constant {
                Some(constant) => constant == after,
                None => [before, after].iter().all(|value| matches!(value, Value::Bool(_) | Value::Null)),
            })
    }

    /// `except` writes its attributes as text, which only a scalar has.
    fn is_in_except(&self, place: &[PlaceStep]) -> bool {
        let [PlaceStep::Member(name)] = place else { return false };
        !NEVER_IN_EXCEPT.contains(&&**name) && self.all_but.iter().any(|left_out| !left_out.contains(name))
    }
}
