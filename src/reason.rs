//! Why a grant could not be decided, as data.
//!
//! A closed set: what containment stops at, what a plan does not say, and what a lowering cannot read. The code, the
//! accountable owner and the remedy of a finding follow from the variant by an exhaustive `match`, never from the
//! words.
//!
//! Deliberately absent: the sentences, which are in [`crate::words`], and who answers for a reason, which is the finding's
//! part.

pub mod document;
pub mod terms;

use crate::value::UnknownOrigin;
use access_algebra::{Hole, Limit};

pub use self::document::DocumentError;
pub use self::terms::TermsError;

/// Why a grant, or an approval, could not be decided.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A value of the plan is known only after apply.
    UntilApply {
        /// Its path, such as `aws_iam_role.ci.arn`.
        value: String,
    },
    /// A value is unknown, and plan JSON gives what it refers to but not the expression around the reference.
    SourcesNeeded {
        /// The path of the unknown value.
        value: String,
        /// What it refers to.
        reference: String,
    },
    /// A fact that neither the manifest nor the command line gives.
    FactMissing {
        /// Its name, such as `aws.account`.
        fact: String,
    },
    /// An approved scope holds others, and only facts say which.
    MembersUnknown {
        /// The scope, as it is written.
        scope: String,
        /// What lies in it.
        members: ScopeMembers,
    },
    /// A value is there and cannot be read.
    UnreadableValue {
        /// What it is, in a few words, or as it is written.
        value: String,
    },
    /// An argument names a file that was not found.
    ContentNotRead {
        /// Its path, such as `null_resource.web.provisioner[0].script`.
        argument: String,
        /// The file, as it is named.
        file: String,
    },
    /// A value must not be printed, and its digest would let others guess it.
    SensitiveValue {
        /// Its path.
        value: String,
    },
    /// A document does not have the form that its cloud defines.
    Unreadable(DocumentError),
    /// The terms of a grant have no meaning in its dialect.
    Meaningless(TermsError),
    /// It depends on what a policy variable stands for.
    Variable {
        /// The context key that gives the variable its value.
        key: String,
    },
    /// A condition does not say what it means for a key with several values.
    SeveralValues {
        /// The context key.
        key: String,
    },
    /// It depends on a condition that nothing here understands.
    OpaqueCondition {
        /// The condition in its canonical words.
        condition: String,
    },
    /// Conditions read one key as values of different types.
    MixedTypes {
        /// The context key.
        key: String,
    },
    /// The question cost more work than it may.
    Budget(Limit),
    /// Nothing shows that the grant allows any request.
    AllowsNothing,
    /// The evaluator does not confirm a request that containment found.
    Unconfirmed,
}

/// What lies in a scope that a plan does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScopeMembers {
    /// Projects of a Google folder or organization.
    GoogleProjects,
    /// Subscriptions of an Azure management group.
    AzureSubscriptions,
}

impl ScopeMembers {
    /// The facts that say it, with `…` for a member's name.
    pub fn fact(self) -> &'static str {
        match self {
            Self::GoogleProjects => "google.parent@projects/…",
            Self::AzureSubscriptions => "azure.parent@/subscriptions/…",
        }
    }
}

/// A reason, as far as it may be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShownReason {
    /// All of it.
    Whole(Reason),
    /// Only what would settle it: the rest may quote a value that must not be printed.
    Withheld(Settlement),
}

impl ShownReason {
    /// What would settle it.
    pub fn settlement(&self) -> Settlement {
        match self {
            Self::Whole(reason) => reason.settlement(),
            Self::Withheld(settlement) => *settlement,
        }
    }
}

/// What would settle a [`Reason`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// The apply itself: the value is known afterwards.
    Apply,
    /// The sources of the plan, which show the expression; the apply would settle it, too.
    Sources,
    /// A fact that somebody gives.
    Fact,
    /// Nothing but a change of what the reason names.
    Change,
}

impl Reason {
    /// The reason that an unknown value cannot be decided.
    pub fn of_unknown(origin: &UnknownOrigin) -> Self {
        Self::of_hole(&Hole::new(origin.hole_kind(), origin.to_string()))
    }

    /// The reason that a text with this hole cannot be decided.
    pub fn of_hole(hole: &Hole) -> Self {
        access_algebra::Undecidable::from(hole).into()
    }

    /// Of reasons that all stand in the way, the one to report: the first that outlasts an apply, else the first. An
    /// apply that settles only some of them settles nothing.
    pub fn to_report(reasons: &[Self]) -> Option<&Self> {
        reasons.iter().find(|reason| !reason.is_settled_by_apply()).or(reasons.first())
    }

    /// What would settle it.
    pub fn settlement(&self) -> Settlement {
        match self {
            Self::UntilApply { .. } => Settlement::Apply,
            Self::SourcesNeeded { .. } => Settlement::Sources,
            Self::FactMissing { .. } | Self::MembersUnknown { .. } => Settlement::Fact,
            Self::UnreadableValue { .. }
            | Self::ContentNotRead { .. }
            | Self::SensitiveValue { .. }
            | Self::Unreadable(_)
            | Self::Meaningless(_)
            | Self::Variable { .. }
            | Self::SeveralValues { .. }
            | Self::OpaqueCondition { .. }
            | Self::MixedTypes { .. }
            | Self::Budget(_)
            | Self::AllowsNothing
            | Self::Unconfirmed => Settlement::Change,
        }
    }

    /// Whether it may hold a part of the value that could not be decided, and not only names of the configuration.
    pub fn may_quote_values(&self) -> bool {
        match self {
            Self::UntilApply { .. }
            | Self::SourcesNeeded { .. }
            | Self::ContentNotRead { .. }
            | Self::SensitiveValue { .. }
            | Self::Budget(_)
            | Self::AllowsNothing
            | Self::Unconfirmed => false,
            // A fact about a place has the place in its name.
            Self::FactMissing { fact } => fact.contains('@'),
            Self::MembersUnknown { .. }
            | Self::UnreadableValue { .. }
            | Self::Unreadable(_)
            | Self::Meaningless(_)
            | Self::Variable { .. }
            | Self::SeveralValues { .. }
            | Self::OpaqueCondition { .. }
            | Self::MixedTypes { .. } => true,
        }
    }

    /// Whether what is missing would be known after apply.
    pub fn is_settled_by_apply(&self) -> bool {
        match self.settlement() {
            Settlement::Apply | Settlement::Sources => true,
            Settlement::Fact | Settlement::Change => false,
        }
    }
}

impl From<DocumentError> for Reason {
    fn from(error: DocumentError) -> Self {
        Self::Unreadable(error)
    }
}

impl From<TermsError> for Reason {
    fn from(error: TermsError) -> Self {
        Self::Meaningless(error)
    }
}

impl From<access_algebra::Undecidable> for Reason {
    fn from(reason: access_algebra::Undecidable) -> Self {
        use access_algebra::Undecidable as Algebra;
        match reason {
            Algebra::MissingFact { fact } => Self::FactMissing { fact: fact.to_string() },
            Algebra::UnknownValue { value } => Self::UntilApply { value: value.to_string() },
            Algebra::UnreadableValue { value } => Self::UnreadableValue { value: value.to_string() },
            Algebra::Variable { key } => Self::Variable { key: key.to_string() },
            Algebra::SeveralValues { key } => Self::SeveralValues { key: key.to_string() },
            Algebra::OpaqueCondition { condition } => {
                Self::OpaqueCondition { condition: condition.to_string() }
            }
            Algebra::MixedTypes { key } => Self::MixedTypes { key: key.to_string() },
            Algebra::Budget(limit) => Self::Budget(limit),
            Algebra::Unconfirmed => Self::Unconfirmed,
        }
    }
}
