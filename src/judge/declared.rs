//! Objects that no rule reads, against what the process owner has declared.
//!
//! Takes the objects that no rule reads and the manifest, and returns a draft of a finding for each that nobody has
//! declared to give no access, one a provider where a whole provider is unknown, and what was let by.

use std::collections::BTreeMap;

use crate::finding::DeclaredUse;
use crate::grants::Unread;
use crate::manifest::{Declaration, Manifest, ProviderDeclaration};
use crate::rules::suspect::Suspicion;

use super::draft::FindingDraft;

/// Sorts out what the manifest lets by.
pub(super) fn apply_declarations<'a>(
    unread: &'a [Unread],
    manifest: &Manifest,
) -> (Vec<FindingDraft<'a>>, Vec<DeclaredUse>) {
    let mut drafts = Vec::new();
    let mut providers: BTreeMap<&str, (&Unread, usize)> = BTreeMap::new();
    let mut declared: BTreeMap<(&str, Option<&str>), DeclaredUse> = BTreeMap::new();
    for one in unread {
        if let Some((provider, type_name, declaration)) = find_declaration(one, manifest) {
            let used = declared.entry((&provider.source, type_name)).or_insert_with(|| DeclaredUse {
                provider: provider.source.clone(),
                type_name: type_name.map(str::to_owned),
                reason: declaration.reason.clone(),
                file: declaration.place.source.name.to_string(),
                line: declaration.place.position().line,
                resource_changes: 0,
            });
            used.resource_changes += 1;
        } else if matches!(one.suspicion, Suspicion::UnknownProvider { .. }) {
            let (first, count) = providers.entry(&one.provider).or_insert((one, 0));
            *count += 1;
            if one.origin.address < first.origin.address {
                *first = one;
            }
        } else {
            drafts.push(FindingDraft::of_unread(one));
        }
    }
    let providers = providers.into_values();
    drafts.extend(providers.map(|(first, count)| FindingDraft::of_unread_provider(first, count)));
    (drafts, declared.into_values().collect())
}

/// The declaration that lets an object by, with the type where it speaks of one. What a rule would read if it came from
/// another provider is let by by nobody, nor is a policy that stands where no rule expects one.
fn find_declaration<'m>(
    unread: &'m Unread,
    manifest: &'m Manifest,
) -> Option<(&'m ProviderDeclaration, Option<&'m str>, &'m Declaration)> {
    let type_name = &*unread.origin.type_name;
    match unread.suspicion {
        Suspicion::UnknownProvider { .. } => manifest
            .find_declared_provider(&unread.provider)
            .map(|(provider, declaration)| (provider, None, declaration)),
        Suspicion::UnlistedType { .. } | Suspicion::Ignored { .. } => manifest
            .find_declared_type(type_name, &unread.provider)
            .map(|(provider, declaration)| (provider, Some(type_name), declaration)),
        Suspicion::UnlistedAttribute { .. } | Suspicion::Policy { .. } | Suspicion::OtherProvider { .. } => {
            None
        }
    }
}
