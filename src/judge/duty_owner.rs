//! Who has to do something after an exception.
//!
//! Takes an exception and a duty, and returns whom the override over its system names, by name or by their role; the process
//! owner where no override is over it.

use crate::finding::{AccountableRole, Code, Owner, OwnerStep};
use crate::manifest::{Duty, Exception, Manifest, Responsible, System};

/// Finds them.
pub(super) fn find_duty_owner(exception: &Exception, duty: Duty, manifest: &Manifest) -> Owner {
    let process_owner = |found_by: OwnerStep| Owner {
        name: manifest.process_owner.name.clone(),
        role: AccountableRole::ProcessOwner,
        found_by,
        contact: None,
    };
    let system = manifest.systems.get(exception.system_name());
    let Some(rule) = manifest.override_over(exception.system_name()) else {
        return process_owner(OwnerStep::NobodyNearer);
    };
    let found_by = OwnerStep::Override { rule: rule.name.clone(), exception: exception.approval.id.clone() };
    let of_system = |role: AccountableRole, found_by: OwnerStep| match system {
        Some(System { owner, contact, .. }) => {
            Owner { name: owner.clone(), role, found_by, contact: contact.clone() }
        }
        None => process_owner(found_by),
    };
    match &rule.term(duty).by {
        // Nobody is named as the operator of a system, so its owner is asked.
        Responsible::Operator => of_system(AccountableRole::Operator, found_by),
        Responsible::SystemOwner => of_system(AccountableRole::SystemOwner, found_by),
        Responsible::ProcessOwner => process_owner(found_by),
        Responsible::Named(name) => Owner {
            name: name.clone(),
            role: Code::of_late_duty(duty).accountable(),
            found_by,
            contact: system.filter(|system| system.owner == *name).and_then(|system| system.contact.clone()),
        },
    }
}
