//! Access that is there already, and no longer as it was decided.

use crate::finding::FindingSeverity::High;
use crate::finding::accountability::AccountableRole::{Approver, IdentityOwner, SystemOwner};
use crate::finding::accountability::FailedSide::Execution;
use crate::finding::codes::{Code, CodeRow};

pub(super) const ROWS: &[CodeRow] = &[
    CodeRow {
        code: Code::OrphanedGrant,
        name: "ORPHANED_GRANT",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: SystemOwner,
        informed: &[IdentityOwner],
        meaning: "the grant stays in force without a decision: Terraform no longer manages it, or its approval has ended",
        remedy: "destroy the grant, or have it approved",
        controls: &["AC-2(3)", "A.5.18", "CC6.2", "NHI1:2025"],
        explanation: "The plan removes the grant from the state without destroying it (`removed` with \
            `destroy = false`). The access stays, and no plan will show it again.\n\n`countersign verify` raises it for \
            access that exists and whose approvals have all ended: a plan in which nothing changes would not show it.",
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
            changed it is in the cloud's audit log.\n\n`countersign verify` raises it for access that is wider than Terraform \
            last wrote it, and that no approval covers.",
    },
    CodeRow {
        code: Code::DeliveredWider,
        name: "DELIVERED_WIDER",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: SystemOwner,
        informed: &[Approver],
        meaning: "the access that exists exceeds the approved access",
        remedy: "take away what exceeds the approval, or have the wider access approved",
        controls: &["AC-6(7)", "A.5.18", "CC6.3"],
        explanation: "`countersign verify` found access that an approval in force is about, and it is wider than that \
            approval: the witness is a request that the cloud allows now and the approval does not. It may have been delivered \
            before it was approved, or been changed since. Where the input shows that it was narrower once, the code is DRIFT.",
    },
];
