//! Access that is there already, and no longer as it was decided.

use crate::finding::FindingSeverity::High;
use crate::finding::accountability::AccountableRole::{IdentityOwner, SystemOwner};
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
