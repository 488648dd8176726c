//! Why a plan cannot be taken for the truth about its apply, as data.
//!
//! A closed set. Whether the plan leaves something out or the apply runs something that no plan describes follows from
//! the variant. The sentences are in [`crate::words`].

use crate::sources::UnreadPart;

/// Something that blocks, whatever the grants of the plan are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// The address it stands at, where there is one.
    pub address: Option<String>,
    /// What it is.
    pub cause: AlarmCause,
}

/// What an [`Alarm`] is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlarmCause {
    /// Planning ended in an error.
    PlanningFailed,
    /// The plan says of itself that it is not complete.
    PartialPlan,
    /// A change is deferred to a later plan.
    DeferredChange,
    /// The configuration makes a number of instances that is known only after apply.
    UnknownInstances,
    /// An object is to be there, and no resource change creates it.
    UnlistedObject,
    /// Nothing shows what only the sources say, such as ephemeral resources.
    SourcesUnseen,
    /// An object is destroyed whose block is gone, and nothing shows whether a `removed` block runs something then.
    UnexplainedDeletion,
    /// A part of the sources that cannot be read.
    UnreadSources(UnreadPart),
    /// Two say different things of the place that a provider configuration reaches.
    ConflictingFacts {
        /// The fact, as it is stated: `aws.account@prod`.
        fact: String,
        /// The key of the provider configuration.
        provider: String,
        /// Who says what.
        sayings: [(FactSource, String); 2],
    },
    /// The apply runs an action of a provider.
    ActionRuns,
    /// An action of a provider is deferred to a later plan.
    DeferredAction,
    /// The plan has a section that this version does not know.
    UnknownSection {
        /// Its name.
        name: String,
    },
    /// A change has actions that this version does not know.
    UnknownActions {
        /// As they are written.
        actions: Vec<String>,
    },
    /// An object has a mode that this version does not know.
    UnknownMode {
        /// As it is written.
        mode: String,
    },
    /// Provisioners run commands.
    Provisioners {
        /// Their types, such as `local-exec`.
        types: Vec<String>,
    },
    /// The record that the apply was to rest on does not allow it.
    NotRecorded(RecordGap),
    /// There is no manifest, so nobody has decided anything.
    NoManifest {
        /// Where it was looked for, as messages name it.
        path: String,
        /// The commit that decisions are read from, as the user named it.
        reference: Option<String>,
    },
}

/// What keeps a record from allowing an apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordGap {
    /// It does not name the bytes of the plan file.
    OtherPlan,
    /// It says that they are blocked.
    Blocked,
    /// A file beside the sources is not the one that it names.
    OtherFile {
        /// The file.
        file: String,
    },
}

/// Who says a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactSource {
    /// The provider's configuration.
    Provider,
    /// A data source at this address.
    Data(String),
    /// An object at this address, which exists.
    Managed(String),
    /// The manifest or the command line.
    Stated,
}

/// The kinds of [`Alarm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlarmKind {
    /// The plan does not say all that the apply will do.
    Incomplete,
    /// The sources are not at hand.
    Unseen,
    /// What is said of the plan's surroundings contradicts it.
    Contradiction,
    /// The apply runs something that a plan does not describe.
    Ungoverned,
    /// What is to be applied is not what was allowed.
    Changed,
    /// Nobody has decided anything.
    Undecided,
}

impl Alarm {
    /// An alarm about the plan as a whole.
    pub fn of_plan(cause: AlarmCause) -> Self {
        Self { address: None, cause }
    }

    /// An alarm about what stands at an address.
    pub fn at(address: &str, cause: AlarmCause) -> Self {
        Self { address: Some(address.to_owned()), cause }
    }
}

impl AlarmCause {
    /// Of which kind it is.
    pub fn kind(&self) -> AlarmKind {
        match self {
            Self::PlanningFailed
            | Self::PartialPlan
            | Self::DeferredChange
            | Self::UnknownInstances
            | Self::UnlistedObject
            | Self::UnexplainedDeletion
            | Self::UnreadSources(_) => AlarmKind::Incomplete,
            Self::SourcesUnseen => AlarmKind::Unseen,
            Self::ConflictingFacts { .. } => AlarmKind::Contradiction,
            Self::NotRecorded(_) => AlarmKind::Changed,
            Self::NoManifest { .. } => AlarmKind::Undecided,
            Self::ActionRuns
            | Self::DeferredAction
            | Self::UnknownSection { .. }
            | Self::UnknownActions { .. }
            | Self::UnknownMode { .. }
            | Self::Provisioners { .. } => AlarmKind::Ungoverned,
        }
    }
}
