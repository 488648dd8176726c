//! When a finding is critical though its code is not: the conditions that [`crate::finding::CodeRow::critical_where`]
//! states.

use crate::containment::Excess;
use crate::finding::{Code, FindingSeverity};
use crate::grants::Grant;
use crate::lower::words::is_federated;
use crate::rules::Kind;
use access_algebra::{Effect, Pattern};

use super::escalation::EscalationEvidence;
use super::outcome::displayed_reading;

/// Returns how much it weighs that a grant exceeds its approvals.
pub(super) fn of_excess(
    code: Code,
    grant: &Grant,
    excess: &Excess,
    evidence: &EscalationEvidence,
) -> FindingSeverity {
    let is_critical = match code {
        Code::WiderAction => allows_every_action(grant) || !evidence.held.is_empty(),
        Code::WiderCondition => {
            grant.kind == Kind::Trust && is_federated(grant.dialect, &excess.witness.request)
        }
        Code::Unapproved
        | Code::WiderResource
        | Code::WiderPrincipal
        | Code::Expired
        | Code::NotYetValid
        | Code::NoAuthority
        | Code::ThresholdNotMet
        | Code::SelfApproved
        | Code::UnknownUntilApply
        | Code::Undecided
        | Code::UngovernedPath
        | Code::UnsupportedType
        | Code::IncompletePlan
        | Code::OrphanedGrant
        | Code::Drift => false,
    };
    if is_critical { FindingSeverity::Critical } else { code.row().severity }
}

fn allows_every_action(grant: &Grant) -> bool {
    let statements = displayed_reading(grant).into_iter().flat_map(|reading| &reading.access.statements);
    let mut allowing = statements.filter(|statement| statement.effect == Effect::Allow);
    allowing.any(|statement| statement.actions.include.iter().any(Pattern::is_any))
}
