//! Who answers: exactly one, and by which step they were found.

use crate::finding::{Owner, Role};
use crate::grants::Origin;
use crate::manifest::{Approval, Manifest, Site, System};

/// The one who answers in a role. The order: the approval's system, a system whose match covers the place, an
/// owner tag, the process owner.
pub(super) fn owner(
    role: Role,
    origin: Option<&Origin>,
    approval: Option<&Approval>,
    manifest: &Manifest,
) -> Owner {
    if role == Role::ProcessOwner {
        return process_owner(manifest, "the manifest's `process_owner`".to_owned());
    }
    let of_system = |system: &System, because: String| Owner {
        name: system.owner.clone(),
        role,
        because,
        contact: system.contact.clone(),
    };
    if let Some(approval) = approval
        && let Some(system) = manifest.systems.get(&approval.system.value)
    {
        return of_system(system, format!("system {} of {}", system.name, approval.id));
    }
    if let Some(origin) = origin {
        let site = site(origin);
        if let Some(system) = manifest.systems.values().find(|system| system.covers(&site)) {
            return of_system(system, format!("system {}, whose `match` covers it", system.name));
        }
        if let Some(name) = &origin.evidence.owner {
            let because = "an owner tag on the resource".to_owned();
            return Owner { name: name.clone(), role, because, contact: None };
        }
    }
    process_owner(manifest, "no system covers it, so the manifest's `process_owner`".to_owned())
}

fn process_owner(manifest: &Manifest, because: String) -> Owner {
    Owner { name: manifest.process_owner.name.clone(), role: Role::ProcessOwner, because, contact: None }
}

/// An approver who answers for a decision.
pub(super) fn approver(name: &str, approval: &Approval) -> Owner {
    Owner {
        name: name.to_owned(),
        role: Role::Approver,
        because: format!("approved {}", approval.id),
        contact: None,
    }
}

fn site(origin: &Origin) -> Site<'_> {
    Site {
        provider: Some(&origin.provider).filter(|text| !text.is_empty()).map(String::as_str),
        account: origin.account.as_deref(),
        project: origin.project.as_deref(),
        subscription: origin.subscription.as_deref(),
        module: Some(origin.module.as_str()).filter(|text| !text.is_empty()),
        address: Some(&origin.address),
        path: None,
    }
}
