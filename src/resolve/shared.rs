//! What many objects of a plan share, held once.
//!
//! Takes texts and provider configurations and returns what all objects of one type or of one provider configuration have
//! alike: a plan has thousands of objects, and few types, modules and places.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::place::ObjectPlace;

/// Texts and places that were asked for.
#[derive(Debug, Default)]
pub struct Shared {
    texts: RefCell<HashSet<Arc<str>>>,
    /// By pack, and then by the key of the provider configuration.
    places: RefCell<HashMap<String, PlacesByConfiguration>>,
}

type PlacesByConfiguration = HashMap<String, Arc<ProviderPlace>>;

/// The place that a provider configuration reaches.
#[derive(Debug)]
pub struct ProviderPlace {
    /// Its words and their names.
    pub place: Arc<ObjectPlace>,
    /// The facts of it that nobody gave, as they are given, by their words: `account`.
    pub missing_facts: Arc<BTreeMap<String, String>>,
}

impl Shared {
    /// The same text, held once.
    pub fn text(&self, text: &str) -> Arc<str> {
        let mut texts = self.texts.borrow_mut();
        if let Some(known) = texts.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        texts.insert(Arc::clone(&text));
        text
    }

    /// The place that a provider configuration reaches, as a pack reads it; `find` finds it for the first that asks.
    pub(super) fn place(
        &self,
        pack: &str,
        key: &str,
        find: impl FnOnce() -> ProviderPlace,
    ) -> Arc<ProviderPlace> {
        if let Some(known) = self.places.borrow().get(pack).and_then(|of_pack| of_pack.get(key)) {
            return Arc::clone(known);
        }
        let found = Arc::new(find());
        let mut places = self.places.borrow_mut();
        places.entry(pack.to_owned()).or_default().insert(key.to_owned(), Arc::clone(&found));
        found
    }
}
