//! Whom approvals empower.

use crate::finding::FindingSeverity::{Critical, High, Medium};
use crate::finding::accountability::AccountableRole::{
    Approver, IdentityOwner, Operator, ProcessOwner, SystemOwner,
};
use crate::finding::accountability::FailedSide::{Decision, Execution};
use crate::finding::codes::{Code, CodeRow};

pub(super) const ROWS: &[CodeRow] = &[
    CodeRow {
        code: Code::WrongSubjectKind,
        name: "WRONG_SUBJECT_KIND",
        severity: Critical,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[Approver, IdentityOwner],
        meaning: "the grant empowers another kind of subject than the approval",
        remedy: "correct the principal, or have the other kind of subject approved under a ticket of its own",
        controls: &["NHI10:2025", "NHI9:2025", "AC-2a", "PCI 7.2.5", "GOVERN 3.2"],
        explanation: "An approval says whom it empowers (`subject { kind = \"human\" }`: human, group, workload, federated \
            or agent), or its authority does (`subjects`), and a principal of the grant is of another kind. The kind comes \
            from the plan: a role is of the kinds that its trust policy names, a static key is a workload, whoever owns \
            it.\n\nThe access was planned for somebody else than was approved, and whether the other may have it is decided \
            anew.",
    },
    CodeRow {
        code: Code::NoOwner,
        name: "NO_OWNER",
        severity: High,
        critical_where: None,
        side: Decision,
        accountable: SystemOwner,
        informed: &[ProcessOwner],
        meaning: "the approval empowers a workload or an agent that nobody owns",
        remedy: "name the person who answers for it as `owner` in the `subject` block",
        controls: &["AC-2b", "NHI1:2025", "GOVERN 2.1"],
        explanation: "A workload and an agent act without anybody at hand, so an approval that empowers one names its owner: \
            `subject { kind = \"workload\" owner = \"heidi\" }`. Where the manifest declares persons or teams, the owner has \
            to be one of them, because somebody who has left answers for nothing.",
    },
    CodeRow {
        code: Code::ReusedIdentity,
        name: "REUSED_IDENTITY",
        severity: Medium,
        critical_where: None,
        side: Decision,
        accountable: IdentityOwner,
        informed: &[SystemOwner],
        meaning: "approvals for several systems empower one workload identity",
        remedy: "use one identity for each system",
        controls: &["NHI8:2025", "NHI9:2025"],
        explanation: "Approvals for two systems name the same workload identity, and one of them says in its `subject` block \
            that it is one. Whoever takes over the identity in one system has the access of the other. Names with patterns \
            and names of services are not compared.",
    },
    CodeRow {
        code: Code::LongLived,
        name: "LONG_LIVED",
        severity: Medium,
        critical_where: None,
        side: Decision,
        accountable: Approver,
        informed: &[IdentityOwner],
        meaning: "a static key lives for longer than the authority allows",
        remedy: "give the key an end, or use a role or federation, which need no static key",
        controls: &["NHI7:2025", "AC-2(2)"],
        explanation: "An approval covers a static key of an identity (an access key, a key of a service account, a client \
            secret), and the authority for it says how long such a key may live (`max_key_age`). The plan shows a longer \
            life, or no end at all.",
    },
];
