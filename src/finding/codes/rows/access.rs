//! What a grant has in common with its approvals, or has not.

use crate::finding::FindingSeverity::{Critical, High};
use crate::finding::accountability::AccountableRole::{Approver, Operator, ProcessOwner, SystemOwner};
use crate::finding::accountability::FailedSide::{Decision, Execution};
use crate::finding::codes::{Code, CodeRow};

pub(super) const ROWS: &[CodeRow] = &[
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
];
