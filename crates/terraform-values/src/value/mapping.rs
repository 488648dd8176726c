//! Objects and maps.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::extent::Extent;
use super::hole::Hole;
use super::limits::MAX_OPEN_NAMES;
use super::text::Text;
use super::text_equality::is_equal_text;
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
    pub(crate) open: Arc<[OpenMember]>,
    pub(crate) extent: Extent,
}

/// A member that is surely there, under a name that is not wholly known. The name may turn out to be that of another
/// member; then one of the two is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenMember {
    /// The name, with holes.
    pub name: Text,
    /// The value.
    pub value: Value,
}

/// The members of a mapping that is put together, the later over the earlier, as Terraform does.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members {
    known: BTreeMap<Arc<str>, Value>,
    open: Vec<OpenMember>,
    /// What a member may be of which the name is not one text.
    unnamed: Vec<Value>,
}

impl Members {
    /// Whether a member has this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// Adds a member, in place of one of the same name.
    pub(crate) fn insert(&mut self, name: Arc<str>, value: Value) {
        self.known.insert(name, value);
    }

    /// Adds a member whose name has holes, in place of one that has this name and perhaps of one that may have it.
    pub(crate) fn insert_open(&mut self, name: Text, value: Value) {
        self.open.retain(|other| is_equal_text(&other.name, &name) != Some(true));
        self.insert_open_beside(name, value);
    }

    /// The same where it is not known which of two with one name is the later.
    pub(crate) fn insert_open_beside(&mut self, name: Text, value: Value) {
        if !self.unnamed.is_empty() {
            return self.insert_unnamed(|known| name.admits(known), value);
        }
        self.replace_some(|known| name.admits(known), &value);
        self.open.push(OpenMember { name, value });
        if self.open.len() > MAX_OPEN_NAMES {
            self.unnamed.extend(self.open.drain(..).map(|one| one.value));
        }
    }

    /// Adds any number of members that may have the names which `admits` says.
    pub(crate) fn insert_unnamed(&mut self, admits: impl Fn(&str) -> bool, value: Value) {
        self.replace_some(admits, &value);
        self.unnamed.push(value);
    }

    fn replace_some(&mut self, admits: impl Fn(&str) -> bool, value: &Value) {
        for (_, member) in self.known.iter_mut().filter(|(name, _)| admits(name)) {
            *member = Value::one_of(vec![member.clone(), value.clone()]);
        }
    }

    /// Adds all members of a mapping.
    pub(crate) fn extend(&mut self, mapping: &Mapping) {
        match (&mapping.rest, &*mapping.open) {
            (Some(rest), []) => self.insert_unnamed(|_| true, rest.clone()),
            (_, open) => {
                let is_new = |other: &OpenMember| {
                    open.iter().all(|one| is_equal_text(&one.name, &other.name) != Some(true))
                };
                self.open.retain(is_new);
                open.iter().for_each(|one| self.insert_open_beside(one.name.clone(), one.value.clone()));
            }
        }
        for (name, member) in &mapping.members {
            self.insert(name.clone(), member.clone());
        }
    }

    /// The mapping of them.
    pub(crate) fn build(self, kind: MappingKind) -> Value {
        let others = self.open.iter().map(|one| one.value.clone()).chain(self.unnamed.iter().cloned());
        let others: Vec<Value> = others.collect();
        let rest = (!others.is_empty()).then(|| Value::one_of(others));
        let open = if self.unnamed.is_empty() { self.open } else { Vec::new() };
        Value::open_mapping(kind, self.known, open, rest)
    }
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

    /// What the others are, where that is known but for their names. There are no more of them; of two whose names turn out
    /// to be equal one is there. Empty where it is not known how many others there are.
    pub fn open(&self) -> &[OpenMember] {
        &self.open
    }

    /// What a member that is not in `members` may be under a name; `None` where there is none.
    pub(crate) fn other_at(&self, name: &Text) -> Option<Value> {
        if self.open.is_empty() {
            return self.rest.clone();
        }
        let may_be = |one: &&OpenMember| is_equal_text(&one.name, name) != Some(false);
        let found: Vec<Value> = self.open.iter().filter(may_be).map(|one| one.value.clone()).collect();
        (!found.is_empty()).then(|| Value::one_of(found))
    }

    /// The same with each value as `convert` makes it. Where that refuses an open member, its name is lost.
    pub fn convert_open(&self, convert: impl Fn(&Value) -> Option<Value>) -> Vec<OpenMember> {
        let converted = self
            .open
            .iter()
            .map(|one| Some(OpenMember { name: one.name.clone(), value: convert(&one.value)? }));
        converted.collect::<Option<_>>().unwrap_or_default()
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
        Self::open_mapping(kind, members, Vec::new(), rest)
    }

    /// A mapping: these members, and where `rest` is given either just those in `open` or, where that is empty, any number of
    /// others. `rest` is whatever any of the others may be.
    pub fn open_mapping(
        kind: MappingKind,
        members: BTreeMap<Arc<str>, Value>,
        mut open: Vec<OpenMember>,
        rest: Option<Value>,
    ) -> Self {
        if rest.is_none() || open.len() > MAX_OPEN_NAMES {
            open.clear();
        }
        let all = members.values().chain(&rest).chain(open.iter().map(|one| &one.value));
        let mut extent = Extent::of(all);
        if !extent.is_within_limits() {
            return Self::anything(Hole::unreadable("a value that is too large")).with_marks(&extent.marks);
        }
        extent.has_open_names |= !open.is_empty();
        Shape::Mapping(Arc::new(Mapping { kind, members, rest, open: open.into(), extent })).into()
    }
}
