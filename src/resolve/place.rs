//! Where an object lands: its account, its project, its region.
//!
//! Takes an object of the plan and returns its [`ObjectPlace`]: the facts of its provider configuration, or what the object
//! itself says where a type may leave the place of its provider. A word that the provider does not have is absent; one that
//! it has and that nobody knows is there without a name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use strum::VariantArray;

use super::object::Object;
use crate::possible::Possible;
use crate::rules::evaluate::known;
use crate::value::Value;

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum PlaceWord {
    /// An AWS account.
    Account,
    /// A Google project.
    Project,
    /// An Azure subscription.
    Subscription,
    /// An Entra tenant.
    Tenant,
    /// A Kubernetes cluster, by the context or the host of the provider configuration.
    Cluster,
    /// A namespace of a Kubernetes cluster.
    Namespace,
    /// A region of a cloud.
    Region,
    /// A partition of AWS.
    Partition,
}

/// Words that an object may set itself, against its provider configuration.
const OWN_ARGUMENTS: [PlaceWord; 2] = [PlaceWord::Project, PlaceWord::Region];

impl PlaceWord {
    /// Every word, in the order of the manifest.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The word, as facts and approvals write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Project => "project",
            Self::Subscription => "subscription",
            Self::Tenant => "tenant",
            Self::Cluster => "cluster",
            Self::Namespace => "namespace",
            Self::Region => "region",
            Self::Partition => "partition",
        }
    }

    /// Whether such a place alone says which objects are meant: a namespace, a region and a partition are in many.
    pub fn is_whole(self) -> bool {
        match self {
            Self::Account | Self::Project | Self::Subscription | Self::Tenant | Self::Cluster => true,
            Self::Namespace | Self::Region | Self::Partition => false,
        }
    }
}

/// The words of a place, as far as they apply, each with its name where that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectPlace {
    names: BTreeMap<PlaceWord, Option<String>>,
}

impl ObjectPlace {
    /// Where an object lands.
    pub fn of(object: &Object<'_>) -> Self {
        let has_fact = |word: &PlaceWord| object.pack.facts.iter().any(|fact| fact.name == word.word());
        let words = PlaceWord::ALL.iter().copied().filter(has_fact);
        Self { names: words.map(|word| (word, find_name(object, word))).collect() }
    }

    /// The same with a name for one word; none where it applies and is not known.
    #[must_use]
    pub fn with(mut self, word: PlaceWord, name: Option<&str>) -> Self {
        self.names.insert(word, name.map(str::to_owned));
        self
    }

    /// The name of a word, where it is known.
    pub fn name(&self, word: PlaceWord) -> Option<&str> {
        self.names.get(&word)?.as_deref()
    }

    /// Whether a word applies, known or not.
    pub fn has(&self, word: PlaceWord) -> bool {
        self.names.contains_key(&word)
    }

    /// Whether a word applies and is not known.
    pub fn is_unknown(&self, word: PlaceWord) -> bool {
        matches!(self.names.get(&word), Some(None))
    }
}

fn find_name(object: &Object<'_>, word: PlaceWord) -> Option<String> {
    let own = own_name(object, word);
    let name = own.unwrap_or_else(|| object.fact(word.word()));
    if name.provenance().is_sensitive() { None } else { name.as_known().map(Cow::into_owned) }
}

/// What an object itself says; `None` where it leaves that to its provider.
fn own_name<'w>(object: &Object<'w>, word: PlaceWord) -> Option<Possible<'w>> {
    let name = word.word();
    let value = object.values.object.get(name);
    let is_left = !OWN_ARGUMENTS.contains(&word)
        || value.is_empty()
        || matches!(value, Value::Unknown(_)) && object.leaves_to_provider(name);
    if is_left {
        return None;
    }
    let own = known(Possible::borrowed(value), object);
    Some(if own.is_certain() && !object.values.is_sensitive(name) { own } else { Possible::unread() })
}
