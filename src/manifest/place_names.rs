//! Names of places: where an approval holds, and where a system is.
//!
//! A place is what a provider configuration reaches: an account, a project, a subscription, a tenant, a cluster, a region.
//! Takes the words of a grant's place and returns its [`Coverage`].

use std::collections::BTreeMap;

use crate::resolve::place::{ObjectPlace, PlaceWord};

/// Where a grant would be made, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct MatchSubject<'a> {
    /// The provider's name.
    pub provider: Option<&'a str>,
    /// The account, the project and the like.
    pub place: Option<&'a ObjectPlace>,
    /// The module's address; none for the root module.
    pub module: Option<&'a str>,
    /// The address of the resource change.
    pub address: Option<&'a str>,
    /// The path of the `.tf` file in the repository. Who answers is found by it, and who has authority never is.
    pub path: Option<&'a str>,
}

impl MatchSubject<'_> {
    /// What a `match` by `paths` asks for.
    pub const FILE: &'static str = "file";
}

/// Where a place lies, seen from what names places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// It is covered.
    Inside,
    /// It is not.
    Outside,
    /// That depends on this word of the place, which is not known.
    Unknown(&'static str),
}

impl Coverage {
    pub(super) fn of(word: &'static str, held: Option<bool>) -> Self {
        match held {
            Some(true) => Self::Inside,
            Some(false) => Self::Outside,
            None => Self::Unknown(word),
        }
    }

    /// Inside both; one that is outside decides.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Outside, _) | (_, Self::Outside) => Self::Outside,
            (Self::Unknown(word), _) | (_, Self::Unknown(word)) => Self::Unknown(word),
            (Self::Inside, Self::Inside) => Self::Inside,
        }
    }
}

/// The attribute that lists the places of a word: `accounts`.
pub fn list_name(word: PlaceWord) -> &'static str {
    match word {
        PlaceWord::Account => "accounts",
        PlaceWord::Project => "projects",
        PlaceWord::Subscription => "subscriptions",
        PlaceWord::Tenant => "tenants",
        PlaceWord::Cluster => "clusters",
        PlaceWord::Namespace => "namespaces",
        PlaceWord::Region => "regions",
        PlaceWord::Partition => "partitions",
    }
}

/// Places by name; a word without names restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceNames {
    /// No list is empty.
    names: BTreeMap<PlaceWord, Vec<String>>,
}

impl PlaceNames {
    /// Takes lists of names; an empty one restricts nothing.
    pub fn new(lists: impl IntoIterator<Item = (PlaceWord, Vec<String>)>) -> Self {
        Self { names: lists.into_iter().filter(|(_, names)| !names.is_empty()).collect() }
    }

    /// The names of a word; empty where it restricts nothing.
    pub fn names(&self, word: PlaceWord) -> &[String] {
        self.names.get(&word).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a list says which objects a name means: an account does, a region does not.
    pub fn are_whole(&self) -> bool {
        self.names.keys().any(|word| word.is_whole())
    }

    /// Whether every list that is given holds the place's name for it.
    pub fn locate(&self, place: Option<&ObjectPlace>) -> Coverage {
        let located = self.names.iter().map(|(word, names)| {
            let held =
                place.and_then(|place| place.name(*word)).map(|name| names.iter().any(|own| own == name));
            let is_known = held.is_some() || !place.is_some_and(|place| place.is_unknown(*word));
            Coverage::of(word.word(), held.or(is_known.then_some(false)))
        });
        located.fold(Coverage::Inside, Coverage::and)
    }

    /// Whether an object is in the same place as a grant, for every word that is listed. One that is in no namespace is in
    /// none of a cluster, and in the cluster of each.
    pub fn is_same_place(&self, object: &ObjectPlace, grant: &ObjectPlace) -> bool {
        self.names.keys().all(|word| match object.name(*word) {
            Some(name) => grant.name(*word) == Some(name),
            None => !word.is_whole() && !object.is_unknown(*word),
        })
    }

    /// Any one of the places: the first name of each list.
    pub fn first_of_each(&self) -> BTreeMap<PlaceWord, String> {
        self.names.iter().filter_map(|(word, names)| Some((*word, names.first()?.clone()))).collect()
    }
}
