//! Which fact a finding waits for.
//!
//! Takes what is wrong and where, and returns the fact that nobody gave and that would settle it, with the provider
//! configuration that it is about. A fact of a sensitive grant is not named where its name may quote a value.

use crate::authority::Flaw;
use crate::finding::MissingFact;
use crate::grants::Origin;
use crate::reason::Reason;

use super::draft::FindingCase;

/// Finds it.
pub(super) fn find_missing_fact(case: &FindingCase<'_>, origin: Option<&Origin>) -> Option<MissingFact> {
    let origin = origin?;
    let fact = match (case, case.flaw()) {
        (FindingCase::Undecided { grant, reason }, _) => {
            let is_shown = !(grant.sensitive && reason.may_quote_values());
            let Reason::FactMissing { fact } = reason else { return None };
            Some(fact).filter(|_| is_shown)
        }
        (_, Some(Flaw::PlaceUnknown { word })) => origin.missing_facts.get(*word),
        _ => None,
    }?;
    let provider = match fact.split_once('@') {
        None => origin.provider.to_string(),
        Some((_, key)) if key.contains(':') => key.to_owned(),
        Some((_, alias)) => format!("{}.{alias}", origin.provider),
    };
    Some(MissingFact { fact: fact.clone(), provider })
}
