//! What a grant of an approval means where it is to hold.
//!
//! Takes a [`GrantTemplate`] and a [`GrantScope`], the place at hand and the objects of a plan, and adds to an
//! [`ApprovedGrants`] the terms and the statements that they mean. What cannot be judged is a [`GrantFault`], and such a
//! grant approves nothing, because nobody can rely on an approval that is not understood.
//!
//! What `except` takes out is left to [`super::exclusion`].

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::lower::{Dialect, Mode, Side, TermCondition, Terms, Text, lower, takes_facts, with_facts};
use crate::reason::Reason;
use crate::source::Span;
use crate::value::provenance::Provenance;
use access_algebra::{Access, Statement};

use super::exclusion::{self, Exclusion, ExclusionError};
use super::template::{GrantScope, GrantText, PlacedReference};

/// A `grant` block, checked, whose texts may depend on place and plan.
#[derive(Clone, Debug)]
pub struct GrantTemplate {
    pub(super) dialect: Dialect,
    pub(super) principals: Vec<GrantText>,
    pub(super) actions: Vec<Text>,
    pub(super) not_actions: Vec<Text>,
    pub(super) data_actions: Vec<Text>,
    pub(super) not_data_actions: Vec<Text>,
    pub(super) roles: Vec<GrantText>,
    pub(super) resources: Vec<GrantText>,
    pub(super) conditions: Vec<ConditionTemplate>,
    pub(super) expression: Option<GrantText>,
    pub(super) mode: Mode,
    pub(super) exclusions: Vec<ExclusionTemplate>,
    pub(super) references: BTreeSet<PlacedReference>,
    pub(super) span: Span,
}

/// A `condition` block.
#[derive(Clone, Debug)]
pub(super) struct ConditionTemplate {
    pub(super) operator: String,
    pub(super) key: GrantText,
    pub(super) values: Vec<GrantText>,
}

/// An `except` block.
#[derive(Clone, Debug, Default)]
pub(super) struct ExclusionTemplate {
    pub(super) principals: Vec<GrantText>,
    pub(super) actions: Vec<Text>,
    pub(super) resources: Vec<GrantText>,
    pub(super) span: Span,
}

/// Why a grant cannot be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GrantFault {
    pub(super) span: Span,
    pub(super) cause: FaultCause,
}

/// What cannot be judged of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FaultCause {
    Grant(Reason),
    Exclusion(ExclusionError),
}

/// Grants of an approval, in one place and for one plan.
#[derive(Clone, Debug, Default)]
pub struct ApprovedGrants {
    /// What was approved, grant by grant.
    pub grants: Vec<ApprovedGrant>,
    /// The union of the grants, dialect by dialect: a grant of one cloud says nothing of another. Hardly an approval has
    /// more than one.
    accesses: Vec<(Dialect, Access)>,
}

/// One `grant` block of an approval.
#[derive(Clone, Debug)]
pub struct ApprovedGrant {
    /// Whose vocabulary it is written in.
    pub dialect: Dialect,
    /// The words as written, without the exclusions. A credential is the action `credential:TYPE`.
    pub terms: Terms,
    /// The words with what facts tell, where roles are given whole: what a catalogue may say by their content.
    pub by_name: Option<Box<Terms>>,
    /// What the author took out again.
    pub exclusions: Vec<Exclusion>,
    /// Which statements of the approval's access in its dialect it became.
    pub statements: Range<usize>,
    /// What it would cover besides, if a fact were given.
    pub missing_facts: Vec<Reason>,
    /// The block's heading.
    pub span: Span,
}

impl ApprovedGrants {
    /// What is approved in a dialect.
    pub fn access(&self, dialect: Dialect) -> Option<&Access> {
        self.accesses().find(|(own, _)| *own == dialect).map(|(_, access)| access)
    }

    /// What is approved in each dialect, in order of the dialects.
    pub fn accesses(&self) -> impl Iterator<Item = (Dialect, &Access)> {
        self.accesses.iter().map(|(dialect, access)| (*dialect, access))
    }

    /// Adds statements in a dialect and returns which of its access they are.
    fn add_statements(&mut self, dialect: Dialect, mut added: Vec<Statement>) -> Range<usize> {
        let at = self.accesses.partition_point(|(own, _)| *own < dialect);
        let mut access = Access::default();
        if self.accesses.get(at).is_some_and(|(own, _)| *own == dialect) {
            (_, access) = self.accesses.remove(at);
        }
        let first = access.statements.len();
        // A manifest may hold a hundred thousand approvals, and hardly one of these lists grows.
        access.statements.reserve_exact(added.len());
        access.statements.append(&mut added);
        let end = access.statements.len();
        self.accesses.reserve_exact(1);
        self.accesses.insert(at, (dialect, access));
        first..end
    }

    /// What one of the grants became.
    pub fn statements(&self, grant: &ApprovedGrant) -> &[Statement] {
        let access = self.access(grant.dialect);
        access.and_then(|access| access.statements.get(grant.statements.clone())).unwrap_or_default()
    }

    /// Adds what a grant means in a scope.
    pub(super) fn add(
        &mut self,
        template: &GrantTemplate,
        scope: &GrantScope,
        given_facts: &BTreeMap<String, String>,
    ) -> Vec<GrantFault> {
        let (dialect, terms) = (template.dialect, template.fill(scope));
        let mut within = Cow::Borrowed(&terms);
        if takes_facts(dialect) {
            with_facts(dialect, within.to_mut(), given_facts);
        }
        let lowered = lower(dialect, Side::Approved, &within);
        let fault = |cause| GrantFault { span: template.span, cause };
        let doubts = lowered.doubts.into_iter().map(FaultCause::Grant);
        let mut faults: Vec<GrantFault> = doubts.map(fault).collect();
        let mut own = lowered.access.statements;
        let mut exclusions = Vec::new();
        for (exclusion, span) in template.exclusions(scope) {
            if let Err(error) = exclusion::take_out(dialect, &terms, &exclusion, given_facts, &mut own) {
                faults.push(GrantFault { span, cause: FaultCause::Exclusion(error) });
            }
            exclusions.push(exclusion);
        }
        if !faults.is_empty() {
            return faults;
        }
        let statements = self.add_statements(dialect, own);
        self.grants.reserve_exact(1);
        let by_name =
            (!within.roles.is_empty() && exclusions.is_empty()).then(|| Box::new(within.into_owned()));
        self.grants.push(ApprovedGrant {
            dialect,
            terms,
            by_name,
            exclusions,
            statements,
            missing_facts: lowered.missing_facts,
            span: template.span,
        });
        Vec::new()
    }
}

impl GrantTemplate {
    /// Whose vocabulary it is written in.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The objects that its texts refer to.
    pub fn references(&self) -> &BTreeSet<PlacedReference> {
        &self.references
    }

    /// The words in a scope, without the exclusions.
    pub fn fill(&self, scope: &GrantScope) -> Terms {
        let conditions = self.conditions.iter().map(|condition| TermCondition {
            operator: condition.operator.clone(),
            key: self.fill_name(&condition.key, scope),
            values: fill_all(&condition.values, scope),
        });
        Terms {
            principals: self.principals.iter().map(|name| self.fill_name(name, scope)).collect(),
            actions: self.actions.clone(),
            not_actions: self.not_actions.clone(),
            data_actions: self.data_actions.clone(),
            not_data_actions: self.not_data_actions.clone(),
            roles: fill_all(&self.roles, scope),
            resources: fill_all(&self.resources, scope),
            conditions: conditions.collect(),
            expression: self.expression.as_ref().map(|text| text.fill(scope)),
            document: None,
            mode: self.mode.clone(),
            provenance: Provenance::NONE,
        }
    }

    /// A principal or the key of a condition, in a scope.
    fn fill_name(&self, name: &GrantText, scope: &GrantScope) -> Text {
        if self.dialect == Dialect::Aws { name.fill_name(scope) } else { name.fill(scope) }
    }

    /// What is taken out again, in a scope.
    pub fn exclusions(&self, scope: &GrantScope) -> Vec<(Exclusion, Span)> {
        let filled = self.exclusions.iter().map(|one| {
            let exclusion = Exclusion {
                principals: one.principals.iter().map(|name| self.fill_name(name, scope)).collect(),
                actions: one.actions.clone(),
                resources: fill_all(&one.resources, scope),
            };
            (exclusion, one.span)
        });
        filled.collect()
    }
}

fn fill_all(texts: &[GrantText], scope: &GrantScope) -> Vec<Text> {
    texts.iter().map(|text| text.fill(scope)).collect()
}
