//! What can be wrong with a catalogue file, and with what a cloud's command line prints about its roles.
//!
//! A catalogue is read line by line, printed output entry by entry; the errors give the line or the entry.

use crate::json::JsonError;
use crate::reason::Reason;

/// Why a catalogue file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct CatalogError {
    /// From one.
    pub line: usize,
    /// What is wrong with it.
    pub fault: LineFault,
}

/// What is wrong with a line of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// There is no line.
    #[error("the file is empty")]
    Empty,
    /// The first line is not the head of a catalogue.
    #[error("this is not a catalogue, whose first line names its schema, date and roles: {cause}")]
    NotACatalog {
        /// What the JSON parser says.
        cause: String,
    },
    /// The schema is another one.
    #[error("the schema is `{found}`, and this version reads `{expected}`")]
    WrongSchema {
        /// As it is written.
        found: String,
        /// The one that is read here.
        expected: &'static str,
    },
    /// The line is not a role.
    #[error("{cause}")]
    NotARole {
        /// What the JSON parser says.
        cause: String,
    },
    /// The role does not hold what a role of its dialect holds.
    #[error(transparent)]
    Role(#[from] RoleFault),
    /// An earlier line is of the same role.
    #[error("the role `{role}` stands here a second time")]
    RepeatedRole {
        /// Its name.
        role: String,
    },
    /// Lines are missing, or there are more than the head says.
    #[error("the first line promises {promised} roles and there are {found}")]
    WrongCount {
        /// By the head.
        promised: usize,
        /// In the file.
        found: usize,
    },
}

/// What is wrong with the content of a role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoleFault {
    /// Its dialect does not exist.
    #[error("`{dialect}` is not a dialect")]
    UndefinedDialect {
        /// As it is written.
        dialect: String,
    },
    /// One of its names is the empty text.
    #[error("a role has an empty name")]
    EmptyName,
    /// Its dialect's roles have no content that a catalogue could hold.
    #[error("`{dialect}` has no roles with content")]
    NoContent {
        /// The dialect's word.
        dialect: &'static str,
    },
    /// It has other members than a role of its dialect, or more.
    #[error("a role of `{dialect}` has {expected}, and nothing else")]
    WrongContent {
        /// The dialect's word.
        dialect: &'static str,
        /// The one member that holds the content, such as "`actions`".
        expected: &'static str,
    },
    /// An action is empty or has a wildcard.
    #[error("`{action}` is not an action of `{dialect}`")]
    NotAnAction {
        /// As it is written.
        action: String,
        /// The dialect's word.
        dialect: &'static str,
    },
    /// No block of a role of Azure has an action.
    #[error("a role of `azure` allows something")]
    AllowsNothing,
    /// Its document is not JSON.
    #[error("the document: {0}")]
    NotJson(#[from] JsonError),
    /// Its document is not an AWS policy.
    #[error("the document is not a policy")]
    NotAPolicy,
    /// Its document is not a list of Kubernetes's rules.
    #[error("the document is not a list of rules")]
    NotRules,
    /// Its content can't be read as a planned grant.
    #[error("it can't be judged")]
    Undecided(Reason),
}

/// Why a catalogue can't be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A role that could not be read back.
    #[error("the role `{role}`: {fault}")]
    Role {
        /// Its name.
        role: String,
        /// What is wrong with it.
        fault: RoleFault,
    },
    /// A line could not be made.
    #[error("{cause}")]
    Line {
        /// What the JSON writer says.
        cause: String,
    },
}

impl WriteError {
    /// What keeps a role from being judged, where that is what is wrong.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Role { fault: RoleFault::Undecided(reason), .. } => Some(reason),
            Self::Role { .. } | Self::Line { .. } => None,
        }
    }
}

/// Why printed output cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintedError {
    /// It is not JSON.
    #[error(transparent)]
    NotJson(#[from] JsonError),
    /// There is no JSON text in it.
    #[error("there is nothing in it")]
    Empty,
    /// An entry is wrong.
    #[error("{}: {fault}", name_entry(*.entry, .name.as_deref()))]
    Entry {
        /// Its number in its list, from one; none where the output is not a list.
        entry: Option<usize>,
        /// What it calls itself.
        name: Option<String>,
        /// What is wrong with it.
        fault: EntryFault,
    },
}

/// Which entry of the output, in words.
fn name_entry(entry: Option<usize>, name: Option<&str>) -> String {
    let entry = entry.map_or_else(|| "the output".to_owned(), |number| format!("entry {number}"));
    name.map_or_else(|| entry.clone(), |name| format!("{entry} (`{name}`)"))
}

/// What is wrong with an entry of printed output.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// It is not an object.
    #[error("this is not a role")]
    NotARole,
    /// Its members are those of no cloud's roles.
    #[error("this is not a role of a cloud that is known here; see `countersign catalog build --help`")]
    UnknownCloud,
    /// An earlier entry is of the same role.
    #[error("this role was printed before")]
    Repeated,
    /// A member is absent or empty.
    #[error("`{member}` is missing")]
    Missing {
        /// Its name.
        member: &'static str,
    },
    /// A member has another type than a list.
    #[error("`{member}` is not a list")]
    NotAList {
        /// Its name.
        member: &'static str,
    },
    /// A list holds something other than text.
    #[error("`{member}` holds something other than text")]
    NotText {
        /// Its name.
        member: &'static str,
    },
    /// The version of a policy that is in force is not among those printed.
    #[error("the version `{version}`, which is in force, was not printed")]
    VersionMissing {
        /// Its identifier.
        version: String,
    },
    /// A policy's document is text, as the API gives it.
    #[error("`Document` is not a policy: print it with the AWS CLI, which decodes it")]
    EncodedDocument,
    /// A document holds a number that not every reader of JSON keeps exactly.
    #[error("`{member}` holds a number that can't be kept exactly")]
    InexactNumber {
        /// The document's name.
        member: &'static str,
    },
}
