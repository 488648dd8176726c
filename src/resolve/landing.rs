//! Where an object lands: its account, its project, its region.
//!
//! Takes an object of the plan and returns its [`ObjectPlace`]: the facts of its provider configuration, or what the object
//! itself says where a type may leave the place of its provider.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::object::Object;
use super::place::{ObjectPlace, PlaceWord};
use super::shared::ProviderPlace;
use crate::possible::Possible;
use crate::rules::evaluate::known;
use crate::value::Value;
use access_algebra::HoleKind;

/// Words that an object may set itself, against its provider configuration.
const OWN_ARGUMENTS: [PlaceWord; 2] = [PlaceWord::Project, PlaceWord::Region];

/// Where an object lands.
pub fn find_place(object: &Object<'_>) -> Arc<ObjectPlace> {
    let shared = &find_provider_place(object).place;
    let own = OWN_ARGUMENTS.into_iter().filter(|word| has_fact(object, *word));
    let mut own = own.filter_map(|word| Some((word, own_name(object, word)?))).peekable();
    if own.peek().is_none() {
        return Arc::clone(shared);
    }
    let place = ObjectPlace::clone(shared);
    Arc::new(own.fold(place, |place, (word, name)| place.with(word, known_name(&name).as_deref())))
}

/// The place that the provider configuration of an object reaches.
pub fn find_provider_place(object: &Object<'_>) -> Arc<ProviderPlace> {
    let key = object.block.map(|block| &*block.provider_key).unwrap_or_default();
    object.world.shared.place(&object.pack.name, key, || {
        let words = PlaceWord::ALL.iter().copied().filter(|word| has_fact(object, *word));
        let names = words.map(|word| (word, known_name(&object.fact(word.word()))));
        ProviderPlace {
            place: Arc::new(ObjectPlace::new(names)),
            missing_facts: Arc::new(find_missing_facts(object)),
        }
    })
}

/// The facts of the place of an object that nobody gave. What its provider configuration computes nobody can give.
fn find_missing_facts(object: &Object<'_>) -> BTreeMap<String, String> {
    let missing = object.pack.facts.iter().filter_map(|fact| {
        let text = object.fact(&fact.name).into_text();
        let hole = text.first_hole().filter(|hole| hole.kind == HoleKind::Fact)?;
        Some((fact.name.clone(), hole.name.to_string()))
    });
    missing.collect()
}

/// Whether a word applies to what the pack of an object reads.
fn has_fact(object: &Object<'_>, word: PlaceWord) -> bool {
    object.pack.facts.iter().any(|fact| fact.name == word.word())
}

fn known_name(name: &Possible<'_>) -> Option<String> {
    if name.provenance().is_sensitive() { None } else { name.as_known().map(Cow::into_owned) }
}

/// What an object itself says; `None` where it leaves that to its provider.
fn own_name<'w>(object: &Object<'w>, word: PlaceWord) -> Option<Possible<'w>> {
    let name = word.word();
    let value = object.values.object.get(name);
    let is_left = value.is_empty() || matches!(value, Value::Unknown(_)) && object.leaves_to_provider(name);
    if is_left {
        return None;
    }
    let own = known(Possible::borrowed(value), object);
    Some(if own.is_certain() && !object.values.is_sensitive(name) { own } else { Possible::unread() })
}
