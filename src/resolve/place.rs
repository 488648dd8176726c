//! Places: an account, a project, a region.
//!
//! An [`ObjectPlace`] is where an object lands. A word that its provider does not have is absent; one that it has and that
//! nobody knows is there without a name. [`super::landing`] finds the place of an object.

use std::collections::BTreeMap;

use strum::VariantArray;

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
    /// The place of these words.
    pub fn new(names: impl IntoIterator<Item = (PlaceWord, Option<String>)>) -> Self {
        Self { names: names.into_iter().collect() }
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
