//! The first manifest of a repository, drafted from a plan.
//!
//! Takes the grants of plans and returns an [`InitialManifest`]: a system for each place or module that access is given in, the
//! facts that were told and those that are missing, the providers that no rule pack reads, and the accounts of each system in
//! which AWS services act. [`Founders`] says who is to decide. Nothing else that the plan wants is approved by it: that is the
//! part of a request.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::address;
use crate::finding::MissingFact;
use crate::grants::{Change, Grant, Inventory, Origin};
use crate::lower::Dialect;
use crate::resolve::place::PlaceWord;
use crate::rules::suspect::Suspicion;

/// Who is to decide, and on which day that begins.
#[derive(Clone, Debug)]
pub struct Founders {
    /// Who answers where nobody nearer does.
    pub process_owner: String,
    /// Who answers for the systems.
    pub owner: String,
    /// The logins of those who may approve.
    pub approvers: Vec<String>,
    /// The login of who asks for the standing approval.
    pub requester: Option<String>,
    /// The ticket of the standing approval.
    pub ticket: String,
    /// The first day.
    pub from: Date,
}

impl Founders {
    /// Who approves what AWS services need: the first approver who does not ask for it.
    pub fn approver_of_standing(&self) -> Option<&str> {
        let asks =
            |login: &&String| self.requester.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(login));
        self.approvers.iter().find(|login| !asks(login)).map(String::as_str)
    }
}

/// What a first manifest says.
#[derive(Clone, Debug)]
pub struct InitialManifest {
    /// In order of name; the one for everything else is the last.
    pub systems: Vec<InitialSystem>,
    /// Facts that were told, by label.
    pub facts: BTreeMap<String, String>,
    /// Facts that the plan does not contain and nobody told.
    pub missing_facts: Vec<MissingFact>,
    /// Source addresses of providers that no rule pack reads, with how many of their objects the plan has.
    pub unread_providers: BTreeMap<String, usize>,
}

/// A system of a first manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InitialSystem {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub reach: SystemReach,
    /// The accounts in which AWS services get access there, where some do.
    pub service_accounts: BTreeSet<String>,
}

/// By what systems are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemDivision {
    /// By account, project and the like, where access is given in several.
    Places,
    /// By the modules that the root calls.
    Modules,
}

/// Where a system is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SystemReach {
    /// In a place, such as an account.
    Place(PlaceWord, String),
    /// In a module of the root, all its instances and what they call.
    Module(String),
    /// Wherever no other system is.
    Rest,
}

/// The name of a system that is the only one, and of the one beside others.
const ONLY: &str = "stack";
const REST: &str = "everything-else";

/// How AWS services are named where they get access.
const SERVICE: &str = "Service:";

impl InitialManifest {
    /// Drafts the manifest for what plans change.
    pub fn draft(
        inventories: &[Inventory],
        division: SystemDivision,
        facts: BTreeMap<String, String>,
        missing_facts: Vec<MissingFact>,
    ) -> Self {
        let mut unread_providers: BTreeMap<String, usize> = BTreeMap::new();
        let mut accounts: BTreeMap<SystemReach, BTreeSet<String>> = BTreeMap::new();
        for inventory in inventories {
            for unread in &inventory.unread {
                if let Suspicion::UnknownProvider { .. } = unread.suspicion {
                    *unread_providers.entry(unread.provider.clone()).or_default() += 1;
                }
            }
            for grant in inventory.grants.iter().filter(|grant| grant.change != Change::Untouched) {
                let services = accounts.entry(find_reach(&grant.origin, division)).or_default();
                let account = grant.origin.place.name(PlaceWord::Account);
                services.extend(account.filter(|_| gives_to_service(grant)).map(str::to_owned));
            }
        }
        let places = accounts.keys().filter(|reach| **reach != SystemReach::Rest).count();
        if division == SystemDivision::Places && places == 1 {
            // One place is no division.
            let all = std::mem::take(&mut accounts).into_values().flatten().collect();
            accounts.insert(SystemReach::Rest, all);
        }
        Self { systems: name_systems(accounts), facts, missing_facts, unread_providers }
    }
}

/// Whether an AWS service assumes a role by it, or is handed one.
fn gives_to_service(grant: &Grant) -> bool {
    grant.dialect == Dialect::Aws && grant.principals().iter().any(|name| name.starts_with(SERVICE))
}

/// The system that access given somewhere belongs to.
fn find_reach(origin: &Origin, division: SystemDivision) -> SystemReach {
    let found = match division {
        SystemDivision::Places => {
            let mut whole = PlaceWord::ALL.iter().filter(|word| word.is_whole());
            whole.find_map(|word| Some(SystemReach::Place(*word, origin.place.name(*word)?.to_owned())))
        }
        SystemDivision::Modules => {
            let names = address::module_names(&origin.module);
            names.and_then(|names| Some(SystemReach::Module((*names.first()?).to_owned())))
        }
    };
    found.unwrap_or(SystemReach::Rest)
}

/// Gives each system a name that no other has. There is one for what is nowhere else.
fn name_systems(mut accounts: BTreeMap<SystemReach, BTreeSet<String>>) -> Vec<InitialSystem> {
    let of_rest = accounts.remove(&SystemReach::Rest).unwrap_or_default();
    let rest = if accounts.is_empty() { ONLY } else { REST };
    let mut taken = BTreeSet::from([rest.to_owned()]);
    let mut systems: Vec<InitialSystem> = Vec::new();
    for (reach, service_accounts) in accounts {
        let wanted = match &reach {
            SystemReach::Place(word, name) => format!("{}-{name}", word.word()),
            SystemReach::Module(name) => name.clone(),
            SystemReach::Rest => continue,
        };
        let mut name = wanted.clone();
        let mut count = 1;
        while !taken.insert(name.clone()) {
            count += 1;
            name = format!("{wanted}-{count}");
        }
        systems.push(InitialSystem { name, reach, service_accounts });
    }
    let rest = InitialSystem { name: rest.to_owned(), reach: SystemReach::Rest, service_accounts: of_rest };
    systems.push(rest);
    systems
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{SystemReach, name_systems};

    #[test]
    fn a_system_has_a_name_of_its_own() {
        let name_all = |modules: &[&str]| {
            let of_module = |name: &&str| (SystemReach::Module((*name).to_owned()), BTreeSet::new());
            let systems = name_systems(modules.iter().map(of_module).collect());
            systems.into_iter().map(|system| system.name).collect::<Vec<_>>()
        };
        assert_eq!(name_all(&["app", "everything-else"]), ["app", "everything-else-2", "everything-else"]);
        assert_eq!(name_all(&[]), ["stack"]);
        assert_eq!(name_systems(BTreeMap::new()).len(), 1);
    }
}
