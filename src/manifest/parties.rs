//! Who decides, who answers, and which facts were given: the blocks beside the approvals.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::civil::Date;
use strum::VariantArray;

use super::ceiling::Ceiling;
use super::glob::Glob;
use super::place_names::{Coverage, MatchSubject, PlaceNames};
use super::request::RequestPart;
use crate::source::{Place, Spanned};
use crate::subject::SubjectKind;
use crate::trust::{KeyState, PublicKey};

/// Something that is run, and who answers for it.
#[derive(Clone, Debug)]
pub struct System {
    /// Its label.
    pub name: String,
    /// Who answers for the execution.
    pub owner: String,
    /// How to reach them.
    pub contact: Option<String>,
    /// What its requests have to say besides what every request says.
    pub require: Vec<RequestPart>,
    /// Where it lives; it covers a place that one of these covers.
    pub matches: Vec<Match>,
    /// The block's heading.
    pub place: Place,
}

impl System {
    /// Whether the system lives at this place.
    pub fn covers(&self, subject: &MatchSubject<'_>) -> bool {
        self.locate(subject) == Coverage::Inside
    }

    /// Where a place lies, seen from the system. A system without a `match` lives nowhere.
    pub fn locate(&self, subject: &MatchSubject<'_>) -> Coverage {
        let mut answer = Coverage::Outside;
        for one in &self.matches {
            match one.locate(subject) {
                Coverage::Inside => return Coverage::Inside,
                Coverage::Unknown(word) => answer = Coverage::Unknown(word),
                Coverage::Outside => {}
            }
        }
        answer
    }
}

/// A `match` block: every list that is given holds the place's word for it. At least one list is given.
#[derive(Clone, Debug, Default)]
pub struct Match {
    /// Provider names, such as `aws`.
    pub providers: Vec<String>,
    /// Accounts and the like.
    pub places: PlaceNames,
    /// Module addresses.
    pub modules: Vec<Glob>,
    /// Addresses of resource changes.
    pub addresses: Vec<Glob>,
    /// Paths of `.tf` files.
    pub paths: Vec<Glob>,
}

impl Match {
    /// Whether every list that is given holds the subject's word. A grant outside of all modules has no module, which is
    /// known; any other word that is absent is not known.
    fn locate(&self, subject: &MatchSubject<'_>) -> Coverage {
        let held = subject.provider.map(|word| self.providers.iter().any(|name| name == word));
        let provider =
            if self.providers.is_empty() { Coverage::Inside } else { Coverage::of("provider", held) };
        let globs = [
            ("module", &self.modules, Some(subject.module.unwrap_or_default())),
            ("address", &self.addresses, subject.address),
            (MatchSubject::FILE, &self.paths, subject.path),
        ];
        let globbed = globs.into_iter().map(|(what, globs, word)| {
            let held = word.map(|word| globs.iter().any(|glob| glob.matches(word)));
            if globs.is_empty() { Coverage::Inside } else { Coverage::of(what, held) }
        });
        globbed.fold(provider.and(self.places.locate(subject.place)), Coverage::and)
    }
}

/// The right of some to decide for systems.
#[derive(Clone, Debug)]
pub struct Authority {
    /// Its label.
    pub name: String,
    /// The logins of those who may decide, and teams of which every member may.
    pub approvers: Vec<Spanned<String>>,
    /// The systems for which they may; each has its block in the manifest.
    pub systems: Vec<Spanned<String>>,
    /// The longest that what they decide may hold.
    pub max_duration: Duration,
    /// How many distinct persons have to agree; at least one, at most as many as there are.
    pub threshold: u64,
    /// The longest time from a decision until somebody has to look at it again.
    pub max_review: Option<Duration>,
    /// Whom it may empower; anybody where the list is empty.
    pub subjects: BTreeSet<SubjectKind>,
    /// The longest life of a static key that may be approved.
    pub max_key_age: Option<Duration>,
    /// Whether what it decides counts only with a fresh export of the tickets.
    pub tickets_required: bool,
    /// Who may not be among the approvers. The requester never may.
    pub separate_from: BTreeSet<Separation>,
    /// The most that may be approved; everything where there is none.
    pub ceiling: Option<Ceiling>,
    /// The block's heading.
    pub place: Place,
}

impl Authority {
    /// Whether it speaks of this system.
    pub fn is_over(&self, system: &str) -> bool {
        self.systems.iter().any(|known| known.value == system)
    }
}

/// Somebody who may not approve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum Separation {
    /// Who asked.
    Requester,
    /// Who gets the access.
    Subject,
    /// Who owns the identity that gets the access.
    SubjectOwner,
    /// Who applies.
    Operator,
}

impl Separation {
    /// Everybody who may be listed.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The word in a manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Subject => "subject",
            Self::SubjectOwner => "subject_owner",
            Self::Operator => "operator",
        }
    }
}

/// The right of one person to decide under one authority, handed to others for a time.
#[derive(Clone, Debug)]
pub struct Delegation {
    /// Its label.
    pub name: String,
    /// The login of who hands it on.
    pub from: Spanned<String>,
    /// The logins of who may decide instead.
    pub to: Vec<Spanned<String>>,
    /// The authority; its block is in the manifest.
    pub authority: Spanned<String>,
    /// The first day.
    pub starts_on: Spanned<Date>,
    /// The first day on which it no longer holds.
    pub expires_on: Spanned<Date>,
    /// The block's heading.
    pub place: Place,
}

impl Delegation {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.starts_on.value <= day && day < self.expires_on.value
    }
}

/// Persons who decide or ask as one.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its label.
    pub name: String,
    /// The logins of its members.
    pub members: Vec<Spanned<String>>,
    /// The block's heading.
    pub place: Place,
}

/// Somebody with more than one login.
#[derive(Clone, Debug)]
pub struct Person {
    /// Its label, which is a login too.
    pub name: String,
    /// The others.
    pub logins: Vec<Spanned<String>>,
    /// What they sign with; each is nobody else's.
    pub keys: Vec<PersonKey>,
    /// The block's heading.
    pub place: Place,
}

/// A key of a person.
#[derive(Clone, Debug)]
pub struct PersonKey {
    /// Its label, which no other key of the person has.
    pub name: Spanned<String>,
    /// The key.
    pub key: PublicKey,
    /// Whether what it signed counts.
    pub state: KeyState,
}

/// Something that plans do not hold, such as which account a provider reaches.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is.
    pub value: String,
    /// The block's heading.
    pub place: Place,
}

/// The number of a version of the authority. It never goes down.
#[derive(Clone, Debug)]
pub struct Serial {
    /// The number.
    pub value: u64,
    /// Where it is written.
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
    use super::{Coverage, Match, MatchSubject, PlaceNames};
    use crate::manifest::Glob;
    use crate::resolve::place::{ObjectPlace, PlaceWord};

    #[test]
    fn every_list_that_is_given_has_to_hold_the_word() {
        let accounts = vec!["111122223333".to_owned(), "444455556666".to_owned()];
        let one = Match {
            places: PlaceNames::new([(PlaceWord::Account, accounts)]),
            modules: vec![Glob::new("module.payments*")],
            ..Match::default()
        };
        let place = |account| ObjectPlace::default().with(PlaceWord::Account, account);
        let here = place(Some("444455556666"));
        let subject = MatchSubject {
            place: Some(&here),
            module: Some("module.payments[0]"),
            path: Some("anything"),
            ..MatchSubject::default()
        };
        assert_eq!(one.locate(&subject), Coverage::Inside);
        let elsewhere = MatchSubject { place: Some(&place(Some("999999999999"))), ..subject };
        assert_eq!(one.locate(&elsewhere), Coverage::Outside);
        let nobody_knows = place(None);
        let unknown = MatchSubject { place: Some(&nobody_knows), ..subject };
        assert_eq!(one.locate(&unknown), Coverage::Unknown("account"));
        assert_eq!(one.locate(&MatchSubject { place: None, ..subject }), Coverage::Outside);
        assert_eq!(one.locate(&MatchSubject { module: None, ..subject }), Coverage::Outside);
        let nowhere = MatchSubject { module: Some("module.other"), ..unknown };
        assert_eq!(one.locate(&nowhere), Coverage::Outside, "one word is enough to be outside");
    }
}
