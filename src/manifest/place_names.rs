//! Names of places: where an approval holds, and where a system is.
//!
//! A place is what a provider configuration reaches: an account, a project, a subscription, a tenant, a cluster. Takes the
//! words of a grant's place and returns its [`Coverage`].

/// Where a grant would be made, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct MatchSubject<'a> {
    /// The provider's name.
    pub provider: Option<&'a str>,
    /// The AWS account.
    pub account: Option<&'a str>,
    /// The Google project.
    pub project: Option<&'a str>,
    /// The Azure subscription.
    pub subscription: Option<&'a str>,
    /// The Entra tenant.
    pub tenant: Option<&'a str>,
    /// The Kubernetes cluster.
    pub cluster: Option<&'a str>,
    /// Which of these words the provider has and nobody knows. Another one that is absent does not apply.
    pub unknown: &'a [&'static str],
    /// The module's address; none for the root module.
    pub module: Option<&'a str>,
    /// The address of the resource change.
    pub address: Option<&'a str>,
    /// The path of the `.tf` file.
    pub path: Option<&'a str>,
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

/// Places by name; an empty list names none and restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceNames {
    /// AWS account numbers.
    pub accounts: Vec<String>,
    /// Google projects.
    pub projects: Vec<String>,
    /// Azure subscriptions.
    pub subscriptions: Vec<String>,
    /// Entra tenants.
    pub tenants: Vec<String>,
    /// Kubernetes clusters, by the context or the host of the provider configuration.
    pub clusters: Vec<String>,
}

impl PlaceNames {
    /// Whether every list that is given holds the subject's word.
    pub fn locate(&self, subject: &MatchSubject<'_>) -> Coverage {
        let lists = [
            ("account", &self.accounts, subject.account),
            ("project", &self.projects, subject.project),
            ("subscription", &self.subscriptions, subject.subscription),
            ("tenant", &self.tenants, subject.tenant),
            ("cluster", &self.clusters, subject.cluster),
        ];
        let given = lists.into_iter().filter(|(_, names, _)| !names.is_empty());
        let located = given.map(|(what, names, word)| {
            let held = word.map(|word| names.iter().any(|name| name == word));
            let is_known = held.is_some() || !subject.unknown.contains(&what);
            Coverage::of(what, held.or(is_known.then_some(false)))
        });
        located.fold(Coverage::Inside, Coverage::and)
    }
}
