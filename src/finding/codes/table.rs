//! One row a code, in the order of [`Code`]'s variants.

use super::FindingSeverity::{Critical, High, Medium};
use super::{Code, CodeRow};
use crate::finding::accountability::AccountableRole::{
    Approver, IdentityOwner, ModuleAuthor, Operator, ProcessOwner, RuleAuthor, SystemOwner,
};
use crate::finding::accountability::FailedSide::{Decision, Execution, Process};

/// Every code with all that is known of it.
pub const CODES: [CodeRow; 20] = [
    CodeRow {
        code: Code::Unapproved,
        name: "UNAPPROVED",
        severity: High,
        critical_where: None,
        side: Decision,
        accountable: Operator,
        informed: &[SystemOwner],
        meaning: "no approval covers the grant",
        remedy: "add an `approval` block with a `grant` for this access, or remove the grant from the plan",
        controls: &["CC6.2", "A.5.18", "AC-2e", "PCI 7.2.3", "PR.AA-05"],
        explanation: "The plan grants access, and no approval in the manifest names its principals, its ticket or its \
            address. A ticket in a tag selects an approval; it never is one.",
    },
    CodeRow {
        code: Code::WiderAction,
        name: "WIDER_ACTION",
        severity: High,
        critical_where: Some("the grant allows every action, or lets its holder raise its own rights"),
        side: Execution,
        accountable: Operator,
        informed: &[SystemOwner, Approver],
        meaning: "the grant allows more than the approved actions",
        remedy: "narrow the grant to the approved actions, or have the wider access approved",
        controls: &["CC6.3", "AC-6", "A.8.2", "NHI5:2025"],
        explanation: "An approval applies to the grant, and the grant allows actions that the approval does not. The \
            finding shows one request that the plan allows and the approval does not.",
    },
    CodeRow {
        code: Code::WiderResource,
        name: "WIDER_RESOURCE",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[SystemOwner],
        meaning: "the grant reaches more than the approved resources",
        remedy: "narrow the grant to the approved resources, or have the wider access approved",
        controls: &["AC-6", "A.8.3", "NHI5:2025"],
        explanation: "An approval applies to the grant, and the grant reaches resources that the approval does not. The \
            finding shows one request that the plan allows and the approval does not.",
    },
    CodeRow {
        code: Code::WiderPrincipal,
        name: "WIDER_PRINCIPAL",
        severity: Critical,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[SystemOwner, ProcessOwner],
        meaning: "the grant goes to principals that were not approved",
        remedy: "correct the principals of the grant, or have the wider access approved",
        controls: &["AC-3", "AC-6", "NHI9:2025", "NHI8:2025"],
        explanation: "An approval applies to the grant, and the grant also goes to other principals: another role, \
            another account, everyone in an account, or the public.",
    },
    CodeRow {
        code: Code::WiderCondition,
        name: "WIDER_CONDITION",
        severity: High,
        critical_where: Some("the grant is trust for federated identities"),
        side: Execution,
        accountable: Operator,
        informed: &[SystemOwner],
        meaning: "the grant drops or weakens a condition of the approval",
        remedy: "restore the approved condition, or have the wider access approved",
        controls: &["AC-3", "NHI4:2025", "NHI6:2025"],
        explanation: "Principals, actions and resources were approved under a condition, and the plan leaves the \
            condition out or weakens it.",
    },
    CodeRow {
        code: Code::Expired,
        name: "EXPIRED",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: SystemOwner,
        informed: &[Approver],
        meaning: "the approval that would cover the grant has expired",
        remedy: "remove the access, or renew the approval before planning",
        controls: &["CC6.2", "AC-2(3)", "A.5.18", "NHI1:2025"],
        explanation: "An approval would cover the grant, and its `expires_on` has passed. An update that adds no access \
            needs no approval, so an expired ticket never blocks a change that only removes access.",
    },
    CodeRow {
        code: Code::NotYetValid,
        name: "NOT_YET_VALID",
        severity: Medium,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[],
        meaning: "the approval that would cover the grant is not yet in force",
        remedy: "apply on or after the first day of the approval",
        controls: &["AC-2i"],
        explanation: "An approval would cover the grant, and its first day (`starts_on`, else `approved_on`) is still \
            to come.",
    },
    CodeRow {
        code: Code::NoAuthority,
        name: "NO_AUTHORITY",
        severity: High,
        critical_where: None,
        side: Decision,
        accountable: Approver,
        informed: &[ProcessOwner],
        meaning: "an approver has no authority for this system or this duration",
        remedy: "have the access approved by somebody with authority for the system",
        controls: &["AC-2e", "AC-5", "CC6.3", "PCI 7.2.3"],
        explanation: "Someone approved without an `authority` block that lets them decide for the approval's system, or \
            for longer than that authority allows. Every approver needs authority, not only one of them.",
    },
    CodeRow {
        code: Code::ThresholdNotMet,
        name: "THRESHOLD_NOT_MET",
        severity: High,
        critical_where: None,
        side: Decision,
        accountable: ProcessOwner,
        informed: &[Approver],
        meaning: "fewer persons approved than the authority requires",
        remedy: "get the missing approvals",
        controls: &["AC-3(2)", "CM-5(4)"],
        explanation: "The authority for the system requires a number of distinct persons. Two logins of one person \
            count once, and the requester does not count.",
    },
    CodeRow {
        code: Code::SelfApproved,
        name: "SELF_APPROVED",
        severity: Critical,
        critical_where: None,
        side: Decision,
        accountable: Approver,
        informed: &[ProcessOwner],
        meaning: "the requester approved their own request",
        remedy: "have a second person approve the request",
        controls: &["AC-5", "A.5.3", "CC6.3"],
        explanation: "The requester is among the approvers, under the same login or another login of the same person. \
            This blocks even where others approved too.",
    },
    CodeRow {
        code: Code::UnknownUntilApply,
        name: "UNKNOWN_UNTIL_APPLY",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[ModuleAuthor],
        meaning: "what the grant gives is known only after apply",
        remedy: "use names that are known at plan time, or apply the dependencies first and plan again",
        controls: &["AC-3", "CM-3b"],
        explanation: "A value that decides what the grant gives is computed during the apply, so the plan cannot be \
            compared with an approval. Undecided is blocked.",
    },
    CodeRow {
        code: Code::Undecided,
        name: "UNDECIDED",
        severity: High,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[Operator],
        meaning: "whether approvals cover the grant cannot be decided",
        remedy: "change what the reason names, and plan again",
        controls: &["AC-3", "CM-3"],
        explanation: "The grant is neither proved to be within the approvals nor proved to exceed them: a fact is \
            missing, a document cannot be read, or a condition cannot be compared. Undecided is blocked, and the finding \
            names the reason.",
    },
    CodeRow {
        code: Code::UngovernedPath,
        name: "UNGOVERNED_PATH",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[ProcessOwner],
        meaning: "the apply runs code whose effect the plan does not show",
        remedy: "remove it, or have it approved with a `grant \"terraform\"` block that names its address",
        controls: &["CM-3", "AC-6", "NHI6:2025"],
        explanation: "A provisioner, an external program or a similar resource runs code during the apply. That code \
            can grant access that no plan shows.",
    },
    CodeRow {
        code: Code::UnsupportedType,
        name: "UNSUPPORTED_TYPE",
        severity: Medium,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[RuleAuthor],
        meaning: "no rule and no table says what the resource type does to access",
        remedy: "add a rule for the type with `--rules DIR`, or declare in the manifest that it gives no access",
        controls: &["CM-3"],
        explanation: "A rule pack reads the provider, and neither a rule nor the table of the pack knows the type: it is \
            of a newer version of the provider, or of another provider of that name. What nobody has read does not pass. \
            If the type gives nobody access, the process owner declares it in the manifest: `provider \"hashicorp/aws\" \
            { type \"aws_x\" { … } }` with `access = \"none\"` and a `reason`. Otherwise a pack of `--rules` reads it.",
    },
    CodeRow {
        code: Code::UnsupportedProvider,
        name: "UNSUPPORTED_PROVIDER",
        severity: Medium,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[RuleAuthor],
        meaning: "no rule pack reads the provider",
        remedy: "declare in the manifest that the provider gives no access, or add a rule pack with `--rules DIR`",
        controls: &["CM-3", "SR-3"],
        explanation: "The plan changes objects of a provider that no rule pack reads, so nobody knows what they do to \
            access. If the provider gives nobody access, the process owner declares it in the manifest: `provider \
            \"NAMESPACE/NAME\" { … }` with `access = \"none\"` and a `reason`. Otherwise a pack of `--rules` reads its types.",
    },
    CodeRow {
        code: Code::IncompletePlan,
        name: "INCOMPLETE_PLAN",
        severity: Medium,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[],
        meaning: "the plan does not show everything that the apply will do",
        remedy: "make a full plan, without `-target`, and check that plan",
        controls: &["CM-3"],
        explanation: "The plan was made with `-target`, has deferred changes, ended in an error, or leaves something \
            open. What it does not show cannot be judged.",
    },
    CodeRow {
        code: Code::SourcesUnseen,
        name: "SOURCES_UNSEEN",
        severity: Medium,
        critical_where: None,
        side: Process,
        accountable: Operator,
        informed: &[ProcessOwner],
        meaning: "the plan was checked without the sources that it was made from",
        remedy: "check the plan file (`countersign check tfplan`), or add `--sources tfplan`; `--without-sources` accepts \
            what plan JSON cannot show",
        controls: &["CM-3"],
        explanation: "Plan JSON does not show everything that an apply runs: ephemeral resources, provisioners of \
            `removed` blocks, and `dynamic` blocks whose `for_each` is known only after apply. The plan file holds the \
            sources, which do.\n\nWhere the plan file is not at hand, `--without-sources` accepts just that, and report and \
            record say so. What plan JSON shows to be open still blocks.",
    },
    CodeRow {
        code: Code::ConflictingFacts,
        name: "CONFLICTING_FACTS",
        severity: High,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[Operator],
        meaning: "two sources say that one provider reaches two different places",
        remedy: "correct the stated fact, or the provider's configuration",
        controls: &["CM-3", "AC-6"],
        explanation: "Which account, project or region a grant lands in is said by the provider's configuration, by data \
            sources that the plan has read through it, by the objects that it manages, and by facts of the manifest and \
            the command line. Facts fill in where the plan is silent. They never overrule it: where two differ, nothing \
            in that place is approved.",
    },
    CodeRow {
        code: Code::OrphanedGrant,
        name: "ORPHANED_GRANT",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: SystemOwner,
        informed: &[IdentityOwner],
        meaning: "the grant stays in force and Terraform no longer manages it",
        remedy: "destroy the grant instead of forgetting it, or have it approved",
        controls: &["AC-2(3)", "A.5.18", "CC6.2", "NHI1:2025"],
        explanation: "The plan removes the grant from the state without destroying it (`removed` with \
            `destroy = false`). The access stays, and no plan will show it again.",
    },
    CodeRow {
        code: Code::Drift,
        name: "DRIFT",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: SystemOwner,
        informed: &[],
        meaning: "the grant was changed outside Terraform, and the plan keeps the change",
        remedy: "revert the change in the cloud, or have it approved and add it to the configuration",
        controls: &["CM-3f", "AC-6(7)"],
        explanation: "The refresh found wider access than Terraform had recorded, and this plan does not undo it. Who \
            changed it is in the cloud's audit log.",
    },
];
