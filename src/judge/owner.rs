//! Who answers: exactly one, and by which step they were found.
//!
//! Takes a [`FindingDraft`] and the manifest, and returns its [`Owner`] and whom else to tell. The row of the code says in
//! which role somebody answers; who has that role is found here. Whoever decided answers for a decision, and nobody else:
//! where an approval names no one for a role of the decision, the process owner answers.

use crate::authority::Flaw;
use crate::finding::{AccountableRole, Informed, Owner, OwnerStep};
use crate::grants::Origin;
use crate::manifest::{Approval, Manifest, MatchSubject, RequestPart, System};

use super::draft::{FindingCase, FindingDraft};
use super::duty_owner::find_duty_owner;
use super::index::SystemIndex;

/// Who may answer for the findings of a plan.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parties<'j> {
    pub(super) manifest: &'j Manifest,
    pub(super) systems: &'j SystemIndex<'j>,
    /// The folder in which Terraform ran, by its path in the repository.
    pub(super) folder: Option<&'j str>,
}

impl Parties<'_> {
    /// Finds the one who answers.
    pub(super) fn find_owner(&self, draft: &FindingDraft<'_>) -> Owner {
        // Who has a duty after an exception was named beforehand.
        if let FindingCase::LateDuty { late, .. } = draft.case {
            return find_duty_owner(late.exception, late.duty, self.manifest);
        }
        let role = draft.code.accountable();
        let found = match role {
            AccountableRole::ProcessOwner => return self.process_owner(OwnerStep::ProcessCode),
            AccountableRole::Approver => find_approver(draft),
            AccountableRole::Requester => find_requester(draft),
            AccountableRole::Operator
            | AccountableRole::SystemOwner
            | AccountableRole::ModuleAuthor
            | AccountableRole::RuleAuthor => self.find_executor(draft, role),
            AccountableRole::IdentityOwner => {
                find_identity_owner(draft).or_else(|| self.find_executor(draft, role))
            }
        };
        found.unwrap_or_else(|| self.process_owner(OwnerStep::NobodyNearer))
    }

    /// Finds whom else to tell: those that the row of the code names, but for the owner.
    pub(super) fn find_informed(&self, draft: &FindingDraft<'_>, owner: &Owner) -> Vec<Informed> {
        let of_role = |role: AccountableRole| -> Vec<Option<String>> {
            match role {
                AccountableRole::ProcessOwner => vec![Some(self.manifest.process_owner.name.clone())],
                AccountableRole::Approver => match draft.approval {
                    Some(approval) => approval.approvers.iter().map(|one| Some(one.value.clone())).collect(),
                    None => Vec::new(),
                },
                AccountableRole::Requester => vec![find_requester(draft).map(|owner| owner.name)],
                AccountableRole::Operator | AccountableRole::SystemOwner => {
                    vec![self.find_executor(draft, role).map(|owner| owner.name)]
                }
                AccountableRole::IdentityOwner => {
                    vec![find_identity_owner(draft).map(|owner| owner.name)]
                }
                AccountableRole::ModuleAuthor | AccountableRole::RuleAuthor => vec![None],
            }
        };
        let named = draft
            .code
            .row()
            .informed
            .iter()
            .flat_map(|role| of_role(*role).into_iter().map(|name| Informed { role: *role, name }));
        named.filter(|informed| informed.name.as_deref() != Some(owner.name.as_str())).collect()
    }

    /// Finds who answers for an execution: in this order, the owner of the approval's system, the owner of a system whose
    /// match covers the grant, whom an owner tag names, and whom `CODEOWNERS` names for the file of the block.
    fn find_executor(&self, draft: &FindingDraft<'_>, role: AccountableRole) -> Option<Owner> {
        self.find_nearest(role, draft.approval, draft.origin.as_deref())
    }

    /// Finds the one who answers for the system that a grant is in.
    pub(super) fn find_system_owner(&self, approval: Option<&Approval>, origin: &Origin) -> Owner {
        let found = self.find_nearest(AccountableRole::SystemOwner, approval, Some(origin));
        found.unwrap_or_else(|| self.process_owner(OwnerStep::NobodyNearer))
    }

    fn find_nearest(
        &self,
        role: AccountableRole,
        approval: Option<&Approval>,
        origin: Option<&Origin>,
    ) -> Option<Owner> {
        let of_system = |system: &System, found_by: OwnerStep| Owner {
            name: system.owner.clone(),
            role,
            found_by,
            contact: system.contact.clone(),
        };
        if let Some(approval) = approval
            && let Some(system) = approval.system_name().and_then(|name| self.manifest.systems.get(name))
        {
            let step = OwnerStep::ApprovalSystem { system: system.name.clone(), ticket: approval.id.clone() };
            return Some(of_system(system, step));
        }
        let origin = origin?;
        let path = self.find_path(origin);
        let subject = MatchSubject { path: path.as_deref(), ..match_subject(origin) };
        if let Some(system) = self.systems.find_covering(&subject) {
            return Some(of_system(system, OwnerStep::SystemMatch { system: system.name.clone() }));
        }
        if let Some(name) = origin.evidence.owner.clone() {
            return Some(Owner { name, role, found_by: OwnerStep::OwnerTag, contact: None });
        }
        let owner = self.manifest.code_owners.as_ref()?.find_owner(path.as_deref()?)?;
        let (line, is_trusted) = (format!("{}:{}", owner.file, owner.line), owner.is_trusted);
        let name = owner.name.to_owned();
        Some(Owner {
            name,
            role,
            found_by: OwnerStep::CodeOwners { path: path?, line, is_trusted },
            contact: None,
        })
    }

    /// Finds the file of a block by its path in the repository; of a block in a downloaded module, that of its module call.
    fn find_path(&self, origin: &Origin) -> Option<String> {
        let file = &origin.places.first()?.place.source.name;
        let mut path: Vec<&str> = Vec::new();
        for part in self.folder?.split('/').chain(file.split('/')) {
            match part {
                "" | "." => {}
                // What lies outside of the repository has no path in it.
                ".." => {
                    path.pop()?;
                }
                name => path.push(name),
            }
        }
        Some(path.join("/"))
    }

    fn process_owner(&self, found_by: OwnerStep) -> Owner {
        Owner {
            name: self.manifest.process_owner.name.clone(),
            role: AccountableRole::ProcessOwner,
            found_by,
            contact: None,
        }
    }
}

/// Finds who answers for a decision: the approver that its flaw is about, else the first.
fn find_approver(draft: &FindingDraft<'_>) -> Option<Owner> {
    let approval = draft.approval?;
    let first = approval.approvers.first().map(|approver| approver.value.as_str());
    let name = draft.case.flaw().and_then(Flaw::approver).or(first)?;
    Some(approver_of(approval, name))
}

/// Finds who owns the workload or agent that the approval empowers, where it says so.
fn find_identity_owner(draft: &FindingDraft<'_>) -> Option<Owner> {
    let approval = draft.approval?;
    let owner = approval.subjects.iter().find_map(|subject| subject.owner.as_ref())?;
    Some(Owner {
        name: owner.value.clone(),
        role: AccountableRole::IdentityOwner,
        found_by: OwnerStep::SubjectOwner { ticket: approval.id.clone() },
        contact: None,
    })
}

/// Finds who asked, where the request names somebody.
fn find_requester(draft: &FindingDraft<'_>) -> Option<Owner> {
    let approval = draft.approval?;
    let is_named = approval.find_gap(RequestPart::Requester).is_none();
    let requester = approval.requester.as_ref().filter(|_| is_named)?;
    Some(Owner {
        name: requester.value.clone(),
        role: AccountableRole::Requester,
        found_by: OwnerStep::Requested { ticket: approval.id.clone() },
        contact: None,
    })
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

/// Where a grant would be made, as far as that may decide who has authority there: the file of a block does not, because
/// whoever changes the configuration chooses it.
pub fn match_subject(origin: &Origin) -> MatchSubject<'_> {
    MatchSubject {
        provider: Some(&*origin.provider).filter(|text| !text.is_empty()),
        place: Some(&origin.place),
        module: Some(&*origin.module).filter(|text| !text.is_empty()),
        address: Some(&origin.address),
        path: None,
    }
}
