//! What reports say of the inputs of `verify`, beside the judgement.
//!
//! A [`Delivery`] holds the sources, and of each object what a grant of it does not know: whether Terraform manages it and
//! when it was last used. It holds no attribute.

use std::collections::BTreeMap;

use super::object::{DeliveredExport, Identity, LastUse, Ownership};
use super::source::DeliveredSource;
use crate::plan::ObjectMode;

/// The inputs, and what is known of their objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// In the order in which they were given.
    pub sources: Vec<DeliveredSource>,
    /// Every judged object, by its address in messages.
    pub objects: BTreeMap<String, DeliveredObject>,
    /// The addresses of objects that the provider of a cloud owns, which were set aside, in order.
    pub provider_owned: Vec<String>,
    /// Whether they are listed one by one.
    pub aside: AsideList,
}

/// How what was set aside is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AsideList {
    /// By its number.
    #[default]
    Counted,
    /// One by one.
    Listed,
}

/// What is known of one object besides its access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeliveredObject {
    /// Whether it is in a state.
    pub is_managed: bool,
    /// When its access was last used.
    pub last_use: LastUse,
}

impl Delivery {
    /// Describes what the inputs hold.
    pub fn describe(exports: &[DeliveredExport<'_>], aside: AsideList) -> Self {
        let mut delivery = Self { aside, ..Self::default() };
        for DeliveredExport { source, objects } in exports {
            delivery.sources.push(source.clone());
            for object in objects.iter().filter(|object| object.mode != ObjectMode::Data) {
                let address = object.address().into_owned();
                match object.ownership {
                    Ownership::Provider => delivery.provider_owned.push(address),
                    Ownership::Organization => {
                        let is_managed = matches!(object.identity, Identity::Managed { .. });
                        let known = DeliveredObject { is_managed, last_use: object.last_use };
                        delivery.objects.insert(address, known);
                    }
                }
            }
        }
        delivery.provider_owned.sort();
        delivery
    }

    /// What was set aside, where it is told one by one.
    pub fn listed_aside(&self) -> &[String] {
        match self.aside {
            AsideList::Counted => &[],
            AsideList::Listed => &self.provider_owned,
        }
    }
}
