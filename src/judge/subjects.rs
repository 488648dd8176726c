//! Whether a grant empowers only whom its approvals may empower.
//!
//! Takes an approval and a grant, and returns the [`Flaw`] by which the approval does not count for it: a principal that the
//! approval speaks of is of another kind than its `subject` blocks say, or its authority; of a kind that the plan does not
//! show; or a static key that lives for longer than the authority allows.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::authority::{Decisions, Flaw, KindLimit, SubjectFlaw};
use crate::grants::{Grant, GrantSubject};
use crate::lower::Mode;
use crate::lower::credential::credential_action;
use crate::manifest::{Approval, ApprovedGrants, Authority, Manifest};
use crate::source::Spanned;
use crate::subject::SubjectKind;
use access_algebra::Effect;
use rule_language::GrantKind;

/// A grant with its principals; these only where the manifest demands something of their kinds.
#[derive(Clone, Copy, Debug)]
pub(super) struct AskedGrant<'g> {
    pub(super) grant: &'g Grant,
    pub(super) subjects: &'g [GrantSubject],
}

/// Whom one approval may empower: one of these has to hold as a whole. None where it may empower anybody.
#[derive(Debug, Default)]
pub(super) struct SubjectLimits(Vec<SubjectLimit>);

/// Whom an approval may empower under one authority.
#[derive(Debug)]
struct SubjectLimit {
    allowed: BTreeSet<SubjectKind>,
    /// Whether the authority says which kinds, and not the approval itself.
    is_of_authority: bool,
    authority: String,
    /// The longest life of a static key.
    max_key_age: Option<Duration>,
    /// The first who approved.
    approver: Spanned<String>,
}

/// Whether a manifest demands something of the kinds of principals.
pub(super) fn needs_kinds(manifest: &Manifest) -> bool {
    let limits = |authority: &Authority| !authority.subjects.is_empty() || authority.max_key_age.is_some();
    manifest.authorities.values().any(limits)
        || manifest.approvals().iter().any(|approval| !approval.subjects.is_empty())
}

impl SubjectLimits {
    /// Finds whom an approval may empower, given what it approves somewhere. Where no authority lets it be, it does not
    /// count whatever its subjects.
    pub(super) fn find(decisions: &Decisions<'_>, approval: &Approval, content: &ApprovedGrants) -> Self {
        if !needs_kinds(decisions.manifest()) {
            return Self::default();
        }
        let own: BTreeSet<SubjectKind> = approval.subjects.iter().map(|subject| subject.kind).collect();
        let approver = approval.approvers.first().cloned().unwrap_or_default();
        let limits = decisions.list_satisfied(approval, content).into_iter().map(|authority| SubjectLimit {
            allowed: if !own.is_empty() {
                own.clone()
            } else if !authority.subjects.is_empty() {
                authority.subjects.clone()
            } else {
                SubjectKind::ALL.iter().copied().collect()
            },
            is_of_authority: own.is_empty(),
            authority: authority.name.clone(),
            max_key_age: authority.max_key_age,
            approver: approver.clone(),
        });
        Self(limits.collect())
    }

    /// Finds why the approval does not count for a grant; `content` is what it approves at the place of the grant.
    pub(super) fn find_flaw(&self, content: &ApprovedGrants, asked: AskedGrant<'_>) -> Option<Flaw> {
        let AskedGrant { grant, subjects } = asked;
        if self.0.is_empty() {
            return None;
        }
        let access = content.access(grant.dialect)?;
        let allowing = || access.statements.iter().filter(|statement| statement.effect == Effect::Allow);
        let is_meant = |subject: &&GrantSubject| {
            allowing().any(|statement| !statement.principals.is_disjoint(&subject.principals))
        };
        let meant: Vec<&GrantSubject> = subjects.iter().filter(is_meant).collect();
        let mut first = None;
        for limit in &self.0 {
            let flaw =
                limit.find_wrong_kind(grant, &meant).or_else(|| limit.find_long_life(content, grant))?;
            first.get_or_insert(flaw);
        }
        first.map(Flaw::Subject)
    }
}

impl SubjectLimit {
    /// `None` where all principals are of kinds that it allows.
    fn find_wrong_kind(&self, grant: &Grant, meant: &[&GrantSubject]) -> Option<SubjectFlaw> {
        if self.allowed.len() == SubjectKind::ALL.len() {
            return None;
        }
        let limit = || KindLimit {
            allowed: self.allowed.iter().copied().collect(),
            authority: self.is_of_authority.then(|| self.authority.clone()),
        };
        let name = |subject: &GrantSubject| (!grant.sensitive).then(|| subject.name.clone());
        let wrong = meant.iter().find_map(|subject| {
            let kind = subject.kinds.known.iter().find(|kind| !self.allowed.contains(kind))?;
            Some(SubjectFlaw::WrongKind { principal: name(subject), kind: *kind, limit: limit() })
        });
        let unknown = || {
            let open = meant.iter().find(|subject| subject.kinds.is_open)?;
            Some(SubjectFlaw::KindUnknown { principal: name(open), limit: limit() })
        };
        wrong.or_else(unknown)
    }

    /// `None` where the grant makes no static key that lives for longer than allowed, or where the approval does not let it.
    /// A password of a person is no key.
    fn find_long_life(&self, content: &ApprovedGrants, grant: &Grant) -> Option<SubjectFlaw> {
        let max_key_age = self.max_key_age?;
        let is_key = grant.kind == GrantKind::Credential
            && grant.subject.is_some_and(|kind| kind != SubjectKind::Human);
        let is_long =
            |mode: &Mode| mode.ttl_seconds.map(Duration::from_secs).is_none_or(|lives| lives > max_key_age);
        let action = credential_action(&grant.origin.type_name);
        let mut approved = content.grants.iter().filter(|one| one.terms.actions.contains(&action));
        let is_flawed = is_key && is_long(&grant.terms.mode) && approved.any(|one| is_long(&one.terms.mode));
        is_flawed.then(|| SubjectFlaw::LongLived {
            approver: self.approver.clone(),
            credential: grant.origin.type_name.to_string(),
            lives: grant.terms.mode.ttl_seconds.map(Duration::from_secs),
            authority: self.authority.clone(),
            max_key_age,
        })
    }
}
