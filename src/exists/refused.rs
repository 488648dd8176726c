//! Why an input is not taken for what exists.
//!
//! A closed list, so that each refusal has its words and its help. The words never quote the input: a state holds secrets.

use super::format::ExistsFormat;
use crate::json::JsonError;
use crate::plan::{NotAPlan, PlanError};

/// Why an input is refused.
#[derive(Debug, thiserror::Error)]
pub enum NotDelivered {
    /// It is not text, or a thing that is known to be no input of `verify`.
    #[error(transparent)]
    NotText(#[from] NotAPlan),
    /// A plan that cannot be read.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// JSON, and of no kind that is known.
    #[error("this is JSON of no kind that `verify` reads")]
    Unrecognized,
    /// What looks like this format and is not shaped like it.
    #[error("cannot read this as {format}: {error}")]
    Shape {
        /// What it looks like.
        format: ExistsFormat,
        /// Where, and what is wrong there.
        error: JsonError,
    },
    /// It has the parts of a format and lacks one without which it shows less than it seems to.
    #[error("this looks like {format} and has no `{key}`, so a part of it may be missing")]
    Incomplete {
        /// What it looks like.
        format: ExistsFormat,
        /// The missing key.
        key: &'static str,
    },
    /// Only the first page of several.
    #[error("this is one page of several: {mark}")]
    Paginated {
        /// What says so.
        mark: PageMark,
    },
    /// Nothing is in it.
    #[error("{format} shows no object at all")]
    Empty {
        /// What it is.
        format: ExistsFormat,
    },
    /// A list with nothing in it, which may be of any tool.
    #[error("this is an empty list: nothing says of which tool and scope")]
    EmptyList,
    /// It speaks of two accounts, so that somebody put it together.
    #[error("this speaks of two accounts, `{first}` and `{second}`")]
    MixedAccounts {
        /// The account that is named first.
        first: String,
        /// Another one.
        second: String,
    },
    /// An identity, scope or role that cannot be read, so that it would be judged wrongly.
    #[error("cannot read {format}: `{path}` is not what the format gives it")]
    Member {
        /// What it is.
        format: ExistsFormat,
        /// The path in the input, such as `RoleDetailList[3].Arn`.
        path: String,
    },
    /// A state of a schema that this program does not read.
    #[error("this is a state of format version {0}; version 4 is read")]
    StateVersion(u64),
    /// An object of a state that was written by Terraform 0.11.
    #[error(
        "`{address}` was last written by Terraform 0.11 or older, in a form that only its provider reads"
    )]
    FlatAttributes {
        /// The object.
        address: String,
    },
    /// A state that OpenTofu encrypted.
    #[error("this is a state that OpenTofu has encrypted")]
    EncryptedState,
    /// Two inputs show the same thing, and they can't both be meant.
    #[error("two inputs speak of the same state, with serials {first} and {second}")]
    SameState {
        /// The serial of the first.
        first: u64,
        /// The serial of the second.
        second: u64,
    },
}

/// What says that an input is one page of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageMark {
    /// AWS.
    #[error("`IsTruncated` is true")]
    IsTruncated,
    /// AWS.
    #[error("it has a `Marker`")]
    Marker,
    /// AWS CLI with `--max-items`.
    #[error("it has a `NextToken`")]
    NextToken,
    /// Google.
    #[error("it has a `nextPageToken`")]
    NextPageToken,
    /// Azure.
    #[error("it has a `nextLink`")]
    NextLink,
    /// Kubernetes.
    #[error("`metadata.continue` is set")]
    Continue,
}

impl NotDelivered {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotText(_) | Self::Plan(_) | Self::Unrecognized | Self::Member { .. } => {
                "pass a plan file, a state, or what one of the commands in `countersign verify --help` prints"
            }
            Self::Shape { .. } | Self::Incomplete { .. } => {
                "export it anew, without `--query` and `--jq`, and check that the command ended well"
            }
            Self::Paginated { .. } => {
                "export all pages: leave `--max-items`, `--limit` and `--page-size` out"
            }
            Self::Empty { .. } | Self::EmptyList => {
                "check the scope and the credential of the export: an empty one shows nothing"
            }
            Self::MixedAccounts { .. } => "pass one file per account",
            Self::StateVersion(_) => "write the state anew with Terraform 0.12 or newer, or with OpenTofu",
            Self::FlatAttributes { .. } => {
                "run `terraform apply -refresh-only` with the provider once, or pass `terraform show -json`"
            }
            Self::EncryptedState => "pass `tofu show -json`, run where the key is available",
            Self::SameState { .. } => "pass the newer one alone",
        }
    }
}
