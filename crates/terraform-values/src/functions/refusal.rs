//! Why a function of known arguments has no value.

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Terraform reports an error.
    Fails,
    /// Terraform may have a value, and it is not worked out here.
    Unread,
}
