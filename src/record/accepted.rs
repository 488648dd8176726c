//! What was let by without proof, on the wire, and who accepted it.

use serde::Serialize;

use super::RunEvidence;
use crate::finding::Assessment;

/// Something that a declaration, an option or a fact lets by.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum AcceptedWire<'a> {
    /// The process owner says that a provider, or a type of it, gives no access.
    Declaration {
        provider: &'a str,
        r#type: Option<&'a str>,
        reason: &'a str,
        resource_changes: usize,
        accepted_by: &'a str,
        file: &'a str,
        line: usize,
    },
    /// An option accepts what was not shown.
    Option { option: &'static str, accepted_by: Option<&'a str> },
    /// A fact that no plan contains, from the command line.
    ToldFact { name: &'a str, value: &'a str, accepted_by: Option<&'a str> },
    /// A fact that no plan contains, from the manifest.
    Fact { name: &'a str, value: &'a str, accepted_by: &'a str, file: &'a str, line: usize },
}

/// All of it: declarations, options, facts.
pub(super) fn list_accepted<'a>(
    assessment: &'a Assessment,
    evidence: &'a RunEvidence<'a>,
) -> Vec<AcceptedWire<'a>> {
    let process_owner = evidence.manifest.process_owner.name.as_str();
    let actor = evidence.actor.as_ref().map(|actor| actor.name.as_str());
    let declared = assessment.declared.iter().map(|declared| AcceptedWire::Declaration {
        provider: &declared.provider,
        r#type: declared.type_name.as_deref(),
        reason: &declared.reason,
        resource_changes: declared.resource_changes,
        accepted_by: process_owner,
        file: &declared.file,
        line: declared.line,
    });
    let waived = evidence
        .waivers
        .iter()
        .map(|waiver| AcceptedWire::Option { option: waiver.option(), accepted_by: actor });
    let told = evidence.told_facts.iter().map(|(name, value)| AcceptedWire::ToldFact {
        name,
        value,
        accepted_by: actor,
    });
    let is_told = |name: &String| evidence.told_facts.iter().any(|(told, _)| told == name);
    let of_manifest = evidence.manifest.facts.iter().filter(|(name, _)| !is_told(name));
    let stated = of_manifest.map(|(name, fact)| AcceptedWire::Fact {
        name,
        value: &fact.value,
        accepted_by: process_owner,
        file: &fact.place.source.name,
        line: fact.place.position().line,
    });
    declared.chain(waived).chain(told).chain(stated).collect()
}
