//! When a finding is critical though its code is not: the conditions that [`crate::finding::CodeRow::critical_where`]
//! states.

use crate::finding::{Code, FindingSeverity};
use crate::grants::Grant;
use crate::lower::words::is_federated;
use access_algebra::{Effect, Pattern};
use rule_language::GrantKind;

use super::draft::{FindingCase, FindingDraft};
use super::escalation::EscalationEvidence;
use super::outcome::displayed_reading;

/// Finds how much a finding weighs; `evidence` is what its grant gives that raises rights.
pub(super) fn find_severity(
    draft: &FindingDraft<'_>,
    evidence: Option<&EscalationEvidence>,
) -> FindingSeverity {
    let FindingCase::Exceeds { grant, excess, .. } = draft.case else { return draft.code.row().severity };
    let code = draft.code;
    let is_critical = if code == Code::WiderAction {
        allows_every_action(grant) || evidence.is_some_and(|evidence| !evidence.held.is_empty())
    } else if code == Code::WiderCondition {
        grant.kind == GrantKind::Trust && is_federated(grant.dialect, &excess.witness.request)
    } else {
        false
    };
    if is_critical { FindingSeverity::Critical } else { code.row().severity }
}

fn allows_every_action(grant: &Grant) -> bool {
    let statements = displayed_reading(grant).into_iter().flat_map(|reading| &reading.access.statements);
    let mut allowing = statements.filter(|statement| statement.effect == Effect::Allow);
    allowing.any(|statement| statement.actions.include.iter().any(Pattern::is_any))
}
