//! Objects and maps.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::extent::Extent;
use super::hole::Hole;
use super::{Shape, Value};

/// Which of Terraform's types a mapping has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MappingKind {
    /// `{…}` in an expression: each attribute has its own type.
    Object,
    /// `map(T)`.
    Map,
    /// One of these: plan JSON does not tell them apart.
    Unsure,
}

/// An object or map: these members, and perhaps more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    pub(crate) kind: MappingKind,
    pub(crate) members: BTreeMap<Arc<str>, Value>,
    pub(crate) rest: Option<Value>,
    pub(crate) extent: Extent,
}

impl Mapping {
    /// Its type.
    pub fn kind(&self) -> MappingKind {
        self.kind
    }

    /// The members that it surely has, in the order in which Terraform iterates.
    pub fn members(&self) -> &BTreeMap<Arc<str>, Value> {
        &self.members
    }

    /// Where there may be more members, with names that are not in `members`: what each of them may be.
    pub fn rest(&self) -> Option<&Value> {
        self.rest.as_ref()
    }

    /// The member of this name, where it is surely there.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// What any member may be; `None` where it is surely empty.
    pub fn element(&self) -> Option<Value> {
        let all: Vec<Value> = self.members.values().chain(&self.rest).cloned().collect();
        if all.is_empty() { None } else { Some(Value::one_of(all)) }
    }
}

impl MappingKind {
    /// Whether a value of one kind may also be of the other.
    pub fn may_be(self, other: Self) -> bool {
        self == other || self == Self::Unsure || other == Self::Unsure
    }
}

impl Value {
    /// `{…}`.
    pub fn object<N: Into<Arc<str>>>(members: impl IntoIterator<Item = (N, Value)>) -> Self {
        let members = members.into_iter().map(|(name, value)| (name.into(), value)).collect();
        Self::mapping(MappingKind::Object, members, None)
    }

    /// `map(T)`, whose members already have their type.
    pub fn map<N: Into<Arc<str>>>(members: impl IntoIterator<Item = (N, Value)>) -> Self {
        let members = members.into_iter().map(|(name, value)| (name.into(), value)).collect();
        Self::mapping(MappingKind::Map, members, None)
    }

    /// A mapping whose names are not known, and whose members are each one of `element`.
    pub fn members(kind: MappingKind, element: Value) -> Self {
        Self::mapping(kind, BTreeMap::new(), Some(element))
    }

    /// A mapping: these members, and where `rest` is given any number of others. Too large a one is anything.
    pub fn mapping(kind: MappingKind, members: BTreeMap<Arc<str>, Value>, rest: Option<Value>) -> Self {
        let extent = Extent::of(members.values().chain(&rest));
        if !extent.is_within_limits() {
            return Self::anything(Hole::unreadable("a value that is too large")).with_marks(&extent.marks);
        }
        Shape::Mapping(Arc::new(Mapping { kind, members, rest, extent })).into()
    }
}
