//! What exists: access as it was delivered, whoever made it.
//!
//! Takes the text of one input (a state, an export of a cloud) and returns a [`DeliveredExport`]: the objects that it
//! shows, in the schema of their Terraform provider, with where and when they were seen and what the input cannot show. A
//! format has one file here, which knows nothing of the others; [`recognise`] says which of them reads a text.
//!
//! Nothing is judged and nothing is lowered here: an [`ExistingObject`] becomes a change in which nothing changes, so that
//! the rules read it as they read a plan. An input that does not say all of what it is about is refused ([`NotDelivered`]),
//! because a grant that was cut off would look like one that is gone.

pub mod changes;
pub mod delivery;
pub mod format;
pub mod object;
pub mod plan;
pub mod recognise;
pub mod refused;
pub mod source;
pub mod state_json;
pub mod state_v4;

pub use delivery::{AsideList, DeliveredObject, Delivery};
pub use format::ExistsFormat;
pub use object::{DeliveredExport, ExistingObject, Identity, LastUse, Ownership};
pub use refused::{NotDelivered, PageMark};
pub use source::{AsOf, Coverage, DeliveredSource, NotSeen};

/// Reads one input, whatever its format. A plan is read by [`crate::plan`], with the sources and the Terraform that a plan
/// file needs, so it is not taken here.
///
/// # Errors
///
/// Why the input is not taken for what exists.
pub fn read(text: &str) -> Result<DeliveredExport<'_>, NotDelivered> {
    match recognise::recognise(text)? {
        ExistsFormat::StateJson => state_json::read(text),
        ExistsFormat::StateV4 => state_v4::read(text),
        ExistsFormat::Plan
        | ExistsFormat::RefreshOnlyPlan
        | ExistsFormat::AwsAuthorizationDetails
        | ExistsFormat::GoogleAssetPolicies
        | ExistsFormat::AzureRoleAssignments
        | ExistsFormat::KubernetesList => Err(NotDelivered::Unrecognized),
    }
}
