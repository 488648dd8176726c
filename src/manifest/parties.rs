//! Who decides, who answers, and which facts were given: the blocks beside the approvals.

use std::time::Duration;

use super::glob::Glob;
use crate::source::{Place, Spanned};

/// Something that is run, and who answers for it.
#[derive(Clone, Debug)]
pub struct System {
    /// Its label.
    pub name: String,
    /// Who answers for the execution.
    pub owner: String,
    /// How to reach them.
    pub contact: Option<String>,
    /// Where it lives; it covers a place that one of these covers.
    pub matches: Vec<Match>,
    /// The block's heading.
    pub place: Place,
}

impl System {
    /// Whether the system lives at this place.
    pub fn covers(&self, subject: &MatchSubject<'_>) -> bool {
        self.matches.iter().any(|one| one.covers(subject))
    }
}

/// A `match` block: every list that is given holds the place's word for it. At least one list is given.
#[derive(Clone, Debug, Default)]
pub struct Match {
    /// Provider names, such as `aws`.
    pub providers: Vec<String>,
    /// AWS account numbers.
    pub accounts: Vec<String>,
    /// Google projects.
    pub projects: Vec<String>,
    /// Azure subscriptions.
    pub subscriptions: Vec<String>,
    /// Module addresses.
    pub modules: Vec<Glob>,
    /// Addresses of resource changes.
    pub addresses: Vec<Glob>,
    /// Paths of `.tf` files.
    pub paths: Vec<Glob>,
}

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
    /// The module's address; none for the root module.
    pub module: Option<&'a str>,
    /// The address of the resource change.
    pub address: Option<&'a str>,
    /// The path of the `.tf` file.
    pub path: Option<&'a str>,
}

impl Match {
    /// Whether every list that is given holds the subject's word; an unknown word is in no list.
    pub fn covers(&self, subject: &MatchSubject<'_>) -> bool {
        let named = |names: &[String], word: Option<&str>| {
            names.is_empty() || word.is_some_and(|word| names.iter().any(|name| name == word))
        };
        let globbed = |globs: &[Glob], word: Option<&str>| {
            globs.is_empty() || word.is_some_and(|word| globs.iter().any(|glob| glob.matches(word)))
        };
        named(&self.providers, subject.provider)
            && named(&self.accounts, subject.account)
            && named(&self.projects, subject.project)
            && named(&self.subscriptions, subject.subscription)
            && globbed(&self.modules, subject.module)
            && globbed(&self.addresses, subject.address)
            && globbed(&self.paths, subject.path)
    }
}

/// The right of some to decide for systems.
#[derive(Clone, Debug)]
pub struct Authority {
    /// Its label.
    pub name: String,
    /// The logins of those who may decide.
    pub approvers: Vec<Spanned<String>>,
    /// The systems for which they may; each has its block in the manifest.
    pub systems: Vec<Spanned<String>>,
    /// The longest that what they decide may hold.
    pub max_duration: Duration,
    /// How many distinct persons have to agree; at least one, at most as many as there are.
    pub threshold: u64,
    /// The block's heading.
    pub place: Place,
}

impl Authority {
    /// Whether it speaks of this system.
    pub fn is_over(&self, system: &str) -> bool {
        self.systems.iter().any(|known| known.value == system)
    }
}

/// Somebody with more than one login.
#[derive(Clone, Debug)]
pub struct Person {
    /// Its label, which is a login too.
    pub name: String,
    /// The others.
    pub logins: Vec<Spanned<String>>,
    /// The block's heading.
    pub place: Place,
}

/// Something that plans do not hold, such as which account a provider reaches.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is.
    pub value: String,
    /// The block's heading.
    pub place: Place,
}

/// Who answers where nobody nearer does.
#[derive(Clone, Debug)]
pub struct ProcessOwner {
    /// Their name.
    pub name: String,
    /// Where it is written.
    pub place: Place,
}

#[cfg(test)]
mod tests {
    use super::{Match, MatchSubject};
    use crate::manifest::Glob;

    #[test]
    fn every_list_that_is_given_has_to_hold_the_word() {
        let one = Match {
            accounts: vec!["111122223333".to_owned(), "444455556666".to_owned()],
            modules: vec![Glob::new("module.payments*")],
            ..Match::default()
        };
        let subject = MatchSubject {
            account: Some("444455556666"),
            module: Some("module.payments[0]"),
            path: Some("anything"),
            ..MatchSubject::default()
        };
        assert!(one.covers(&subject));
        assert!(!one.covers(&MatchSubject { account: Some("999999999999"), ..subject }));
        assert!(!one.covers(&MatchSubject { account: None, ..subject }), "what is not known is in no list");
        assert!(!one.covers(&MatchSubject { module: None, ..subject }));
    }
}
