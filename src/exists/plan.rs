//! A plan, for what it says of what exists: the state before it, which the refresh brought up to date.
//!
//! Takes a [`Plan`] and returns the objects of its prior state. What the refresh found changed (`resource_drift`) is what an
//! object was when Terraform last wrote it. A plan that was made with `-refresh-only` lists no change at all, and only
//! then is it known that the objects were read anew: `-refresh=false` leaves no trace. Nothing of what the plan would do
//! counts here.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;

use super::format::ExistsFormat;
use super::object::{DeliveredExport, ExistingObject, Identity, LastUse, Ownership};
use super::refused::NotDelivered;
use super::source::{AsOf, Coverage, DeliveredSource, NotSeen};
use crate::plan::{ObjectMode, Plan, PriorObject, ResourceChange, address};

/// Reads the state in a plan.
///
/// # Errors
///
/// Why it is not taken for what exists.
pub fn read(plan: Plan<'_>) -> Result<DeliveredExport<'_>, NotDelivered> {
    let is_refresh_only = plan.changes.is_empty();
    let format = if is_refresh_only { ExistsFormat::RefreshOnlyPlan } else { ExistsFormat::Plan };
    if plan.prior.is_empty() {
        return Err(NotDelivered::Empty { format });
    }
    let as_of = plan.timestamp.as_deref().and_then(|time| time.parse().ok());
    let drift: HashMap<Cow<'_, str>, ResourceChange<'_>> =
        plan.drift.into_iter().map(|change| (change.address.clone(), change)).collect();
    let objects = plan.prior.into_iter().map(|object| make_object(object, &drift)).collect();
    let source = DeliveredSource {
        name: String::new(),
        format,
        as_of: as_of.map_or(AsOf::Unknown, AsOf::At),
        account: None,
        coverage: if is_refresh_only { Coverage::RefreshedObjects } else { Coverage::ManagedObjects },
        not_seen: if is_refresh_only {
            vec![NotSeen::UnmanagedObjects, NotSeen::Attachments]
        } else {
            vec![NotSeen::UnmanagedObjects, NotSeen::Attachments, NotSeen::ChangesWithoutRefresh]
        },
    };
    Ok(DeliveredExport { source, objects })
}

fn make_object<'a>(
    object: PriorObject<'a>,
    drift: &HashMap<Cow<'_, str>, ResourceChange<'a>>,
) -> ExistingObject<'a> {
    let PriorObject { address, mode, type_name, provider, values, sensitive, .. } = object;
    let module = address::split_module(&address).map(|(module, _)| module.to_owned()).unwrap_or_default();
    let name = address::block(&address, &module).and_then(|block| block.rsplit('.').next());
    let name = name.unwrap_or_default().to_owned();
    let earlier = drift.get(&*address).filter(|_| mode == ObjectMode::Managed).and_then(|drift| drift.before);
    ExistingObject {
        identity: Identity::Managed { address, module: module.into(), name: name.into(), deposed: None },
        type_name,
        provider,
        mode,
        attributes: Cow::Borrowed(values.unwrap_or(RawValue::NULL)),
        earlier: earlier.map(Cow::Borrowed),
        sensitive: sensitive.map(Cow::Borrowed),
        ownership: Ownership::Organization,
        last_use: LastUse::Unknown,
    }
}
