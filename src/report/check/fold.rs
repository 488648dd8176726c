//! Which findings a reader takes for one.
//!
//! Takes the findings of an assessment and returns them in groups, in the order of their first members: those of one kind that
//! say the same of objects of one type, of which one person answers for all. A finding that is like no other is a
//! group by itself. Nothing is left out; the JSON report has each finding by itself.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use crate::address;
use crate::finding::{AccessStatement, Code, Finding, FindingSeverity, Owner, PlannedAccess};
use crate::report::finding_words::{describe_cause, describe_common};
use crate::report::remedy_words::describe_remedy;

/// Findings that say the same.
pub(super) struct FindingGroup<'a> {
    /// In the order of the assessment; never empty.
    pub(super) findings: Vec<&'a Finding>,
    /// The type of their objects; empty where the plan as a whole is meant.
    pub(super) type_name: &'a str,
}

/// Findings of a group that differ in nothing but the address.
pub(super) struct GroupEntry<'a> {
    /// Never empty.
    pub(super) findings: Vec<&'a Finding>,
    /// What only these say.
    pub(super) cause: Option<String>,
}

impl<'a> GroupEntry<'a> {
    /// The addresses of its findings.
    pub(super) fn addresses(&self) -> Vec<&'a str> {
        self.findings.iter().filter_map(|finding| finding.address.as_deref()).collect()
    }
}

/// What findings of a group have in common.
#[derive(PartialEq, Eq, Hash)]
struct GroupKey<'a> {
    code: Code,
    severity: FindingSeverity,
    ticket: Option<&'a str>,
    owner: &'a Owner,
    message: String,
    remedy: String,
    type_name: &'a str,
}

/// Puts findings into groups.
pub(super) fn group_findings(findings: &[Finding]) -> Vec<FindingGroup<'_>> {
    let mut groups: Vec<FindingGroup<'_>> = Vec::new();
    let mut known: HashMap<GroupKey<'_>, usize> = HashMap::new();
    for finding in findings {
        let type_name = type_of(finding);
        let key = GroupKey {
            code: finding.code,
            severity: finding.severity,
            ticket: finding.ticket.as_deref(),
            owner: &finding.owner,
            message: describe_common(finding),
            remedy: describe_remedy(finding),
            type_name,
        };
        let at = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.findings.push(finding),
            None => groups.push(FindingGroup { findings: vec![finding], type_name }),
        }
    }
    groups
}

impl<'a> FindingGroup<'a> {
    /// Puts those together that differ in nothing but the address.
    pub(super) fn entries(&self) -> Vec<GroupEntry<'a>> {
        let state = RandomState::new();
        let mut entries: Vec<GroupEntry<'a>> = Vec::new();
        // The places of entries by the hash of a part of what they show.
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        for finding in self.findings.iter().copied() {
            let cause = describe_cause(finding);
            let alike = places.entry(state.hash_one((&cause, ShownPart::of(finding)))).or_default();
            let is_same = |at: &usize| {
                entries.get(*at).is_some_and(|entry| {
                    let first = entry.findings.first();
                    entry.cause == cause && first.is_some_and(|first| shows_the_same(first, finding))
                })
            };
            match alike.iter().copied().find(is_same).and_then(|at| entries.get_mut(at)) {
                Some(entry) => entry.findings.push(finding),
                None => {
                    alike.push(entries.len());
                    entries.push(GroupEntry { findings: vec![finding], cause });
                }
            }
        }
        entries
    }
}

/// A part of what a finding shows, which tells most of those apart that differ.
#[derive(Hash)]
struct ShownPart<'a> {
    planned: Option<&'a [AccessStatement]>,
    /// The action and the resource of the witness.
    asked: Option<(&'a str, &'a str)>,
}

impl<'a> ShownPart<'a> {
    fn of(finding: &'a Finding) -> Self {
        let planned = finding.access.as_ref().and_then(|access| match &access.planned {
            PlannedAccess::Sensitive => None,
            PlannedAccess::Statements(statements) => Some(&**statements),
        });
        let request = finding.witness.as_ref().map(|witness| &witness.request);
        Self { planned, asked: request.map(|request| (&*request.action, &*request.resource)) }
    }
}

fn shows_the_same(one: &Finding, other: &Finding) -> bool {
    one.access == other.access
        && one.witness == other.witness
        && one.excess == other.excess
        && one.notes == other.notes
        && one.run.is_none()
        && other.run.is_none()
}

/// The type of the object that a finding is about.
fn type_of(finding: &Finding) -> &str {
    let Some(address) = finding.address.as_deref() else { return "" };
    let object = address::split_module(address).map_or(address, |(_, object)| object);
    let end = if object.starts_with("data.") || object.starts_with("ephemeral.") { 2 } else { 1 };
    let length = object.split('.').take(end).map(str::len).sum::<usize>() + end - 1;
    object.get(..length).unwrap_or(object)
}
