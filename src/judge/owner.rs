//! Who answers: exactly one, and by which step they were found.

use crate::authority::Flaw;
use crate::finding::{AccountableRole, Owner, OwnerStep};
use crate::grants::Origin;
use crate::manifest::{Approval, Manifest, MatchSubject, System};

use super::draft::FindingDraft;
use super::index::SystemIndex;

/// Finds the one who answers: an approver for what is wrong with their decision, and otherwise, in this order, the owner of
/// the approval's system, the owner of a system whose match covers the grant, an owner tag, the process owner.
pub(super) fn find_owner(draft: &FindingDraft<'_>, manifest: &Manifest, systems: &SystemIndex<'_>) -> Owner {
    let FindingDraft { case, code, origin, approval, .. } = draft;
    if let (
        Some(approval),
        Some(
            Flaw::SelfApproved { approver, .. }
            | Flaw::Beneficiary { approver, .. }
            | Flaw::NoAuthority { approver, .. },
        ),
    ) = (approval, case.flaw())
    {
        return approver_of(approval, &approver.value);
    }
    let role = code.accountable();
    if role == AccountableRole::ProcessOwner {
        return process_owner(manifest, OwnerStep::ProcessCode);
    }
    let of_system = |system: &System, found_by: OwnerStep| Owner {
        name: system.owner.clone(),
        role,
        found_by,
        contact: system.contact.clone(),
    };
    if let Some(approval) = approval
        && let Some(system) = manifest.systems.get(&approval.system.value)
    {
        let step = OwnerStep::ApprovalSystem { system: system.name.clone(), ticket: approval.id.clone() };
        return of_system(system, step);
    }
    if let Some(origin) = origin {
        let subject = match_subject(origin);
        if let Some(system) = systems.find_covering(&subject) {
            return of_system(system, OwnerStep::SystemMatch { system: system.name.clone() });
        }
        if let Some(name) = &origin.evidence.owner {
            return Owner { name: name.clone(), role, found_by: OwnerStep::OwnerTag, contact: None };
        }
    }
    process_owner(manifest, OwnerStep::NobodyNearer)
}

fn process_owner(manifest: &Manifest, found_by: OwnerStep) -> Owner {
    Owner {
        name: manifest.process_owner.name.clone(),
        role: AccountableRole::ProcessOwner,
        found_by,
        contact: None,
    }
}

/// Returns an approver as the one who answers for a decision.
fn approver_of(approval: &Approval, name: &str) -> Owner {
    Owner {
        name: name.to_owned(),
        role: AccountableRole::Approver,
        found_by: OwnerStep::Approved { ticket: approval.id.clone() },
        contact: None,
    }
}

/// Where a grant would be made, as far as it is known.
pub(super) fn match_subject(origin: &Origin) -> MatchSubject<'_> {
    MatchSubject {
        provider: Some(&origin.provider).filter(|text| !text.is_empty()).map(String::as_str),
        place: Some(&origin.place),
        module: Some(origin.module.as_str()).filter(|text| !text.is_empty()),
        address: Some(&origin.address),
        path: None,
    }
}
