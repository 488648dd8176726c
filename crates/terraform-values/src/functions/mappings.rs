//! Functions of objects and maps.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::call::{self, Answer, Call};
use super::refusal::Refusal;
use crate::types::{Type, loosen};
use crate::value::hole::HoleShape;
use crate::value::mapping::{Mapping, MappingKind, Members};
use crate::value::sequence::SequenceKind;
use crate::value::text::Text;
use crate::value::{NullType, Shape, Value};

/// The sequence that `keys` and `values` make of a mapping of this kind.
fn sequence_kind(kind: MappingKind) -> SequenceKind {
    match kind {
        MappingKind::Object => SequenceKind::Tuple,
        MappingKind::Map => SequenceKind::List,
        MappingKind::Unsure => SequenceKind::ListOrTuple,
    }
}

/// `keys`.
pub(super) fn keys(call: &Call<'_>) -> Answer {
    let mapping = call.mapping(0)?;
    let kind = sequence_kind(mapping.kind());
    let mut names: Vec<Value> = mapping.members().keys().map(|name| Value::from(&**name)).collect();
    if mapping.rest().is_none() {
        return Ok(Value::sequence(kind, names, None));
    }
    // Names that are not known lie anywhere between those that are.
    match mapping.open() {
        [] => names.push(call.any_text()),
        open => names.extend(open.iter().map(|one| Value::from(one.name.clone()))),
    }
    Ok(Value::elements(kind, Value::one_of(names)))
}

/// `values`.
pub(super) fn values(call: &Call<'_>) -> Answer {
    let mapping = call.mapping(0)?;
    let kind = sequence_kind(mapping.kind());
    match (mapping.rest(), mapping.element()) {
        (Some(_), Some(element)) => Ok(Value::elements(kind, element)),
        _ => Ok(Value::sequence(kind, mapping.members().values().cloned().collect(), None)),
    }
}

/// `lookup`.
pub(super) fn lookup(call: &Call<'_>) -> Answer {
    let mapping = call.mapping(0)?;
    let name = call.text(1)?;
    let default = match call.arguments.get(2) {
        Some(default) => Some(convert_default(call, mapping, default)?),
        None => None,
    };
    if let Some(known) = name.as_known() {
        if let Some(member) = mapping.get(known) {
            return Ok(member.clone());
        }
        return match (mapping.other_at(&name), default) {
            (None, Some(default)) => Ok(default),
            (None, None) => Err(Refusal::Fails),
            (Some(other), default) => Ok(any_of(call, vec![other], default)),
        };
    }
    let fits = |(key, member): (&Arc<str>, &Value)| name.admits(key).then(|| member.clone());
    let mut found: Vec<Value> = mapping.members().iter().filter_map(fits).collect();
    found.extend(mapping.other_at(&name));
    if found.is_empty() {
        return default.ok_or(Refusal::Fails);
    }
    Ok(any_of(call, found, default))
}

/// One of these, or the default; without a default there may be none.
fn any_of(call: &Call<'_>, mut found: Vec<Value>, default: Option<Value>) -> Value {
    match default {
        Some(default) => found.push(default),
        None => call.note_doubt(),
    }
    Value::one_of(found)
}

/// The default of `lookup`, which gets the type of a map's elements.
fn convert_default(call: &Call<'_>, mapping: &Mapping, default: &Value) -> Answer {
    if mapping.kind() == MappingKind::Object {
        return Ok(default.clone());
    }
    let element = mapping.element().filter(|_| !mapping.members().is_empty());
    let element = element.map(|element| Type::of(&element)).filter(Type::is_certain);
    match element {
        Some(element) if mapping.kind() == MappingKind::Map => call.convert(default, &element),
        _ => {
            call.note_doubt();
            Ok(loosen(default))
        }
    }
}

/// `merge`.
pub(super) fn merge(call: &Call<'_>) -> Answer {
    let mut merged = Merged::default();
    for argument in call.arguments {
        match &argument.shape {
            Shape::Null(null) => {
                merged.has_null = true;
                match null {
                    NullType::None => {}
                    NullType::Unsure => call.note_doubt(),
                    NullType::Of(of) if matches!(**of, Type::Map(_) | Type::Object(_)) => {}
                    NullType::Of(_) => return Err(Refusal::Fails),
                }
            }
            Shape::Mapping(mapping) => merged.add(mapping),
            Shape::Anything(hole) => {
                call.note_doubt();
                merged.kinds.push(MappingKind::Unsure);
                let member = Value::anything(hole.computed("merge(…)", HoleShape::Any));
                merged.members.insert_unnamed(|_| true, member);
            }
            Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) | Shape::Sequence(_) | Shape::OneOf(_) => {
                return Err(Refusal::Fails);
            }
        }
    }
    let kind = merged.kind();
    Ok(merged.members.build(kind))
}

/// What some mappings give, one over the other.
#[derive(Default)]
struct Merged {
    members: Members,
    kinds: Vec<MappingKind>,
    types: Vec<Type>,
    has_null: bool,
}

impl Merged {
    fn add(&mut self, mapping: &Mapping) {
        self.kinds.push(mapping.kind());
        let element = mapping.element().filter(|_| !mapping.members().is_empty());
        self.types.push(element.map_or(Type::Unknown, |element| Type::of(&element)));
        self.members.extend(mapping);
    }

    /// Maps of one type make a map, and everything else an object.
    fn kind(&self) -> MappingKind {
        if self.kinds.is_empty() || self.kinds.contains(&MappingKind::Object) {
            return MappingKind::Object;
        }
        let first = self.types.first();
        let are_alike = self.types.iter().all(|one| one.is_certain() && Some(one) == first);
        let are_maps = self.kinds.iter().all(|kind| *kind == MappingKind::Map);
        if are_maps && are_alike && !self.has_null { MappingKind::Map } else { MappingKind::Unsure }
    }
}

/// `zipmap`. Names cannot be marked, so the mapping has their marks.
pub(super) fn zipmap(call: &Call<'_>) -> Answer {
    let marks = call.argument(0)?.all_marks();
    zip(call).map(|mapping| mapping.with_marks(&marks))
}

fn zip(call: &Call<'_>) -> Answer {
    let names = call.list(0, Type::String)?;
    let (names, members) = (call::sequence(&names)?, call.sequence(1)?);
    let kind = match members.kind() {
        SequenceKind::Tuple => MappingKind::Object,
        SequenceKind::List => MappingKind::Map,
        SequenceKind::Set => return Err(Refusal::Fails),
        SequenceKind::ListOrTuple => MappingKind::Unsure,
        SequenceKind::Unsure => {
            call.note_doubt();
            MappingKind::Unsure
        }
    };
    if names.items().iter().any(Value::is_null) {
        return Err(Refusal::Fails);
    }
    let texts: Option<Vec<&Text>> = names.items().iter().map(Value::as_text).collect();
    match texts {
        Some(texts) if names.rest().is_none() && members.rest().is_none() => {
            if texts.len() != members.items().len() {
                return Err(Refusal::Fails);
            }
            let mut zipped = Members::default();
            for (name, member) in texts.into_iter().zip(members.items()) {
                match name.as_known() {
                    Some(known) => zipped.insert(known.into(), member.clone()),
                    None => zipped.insert_open(name.clone(), member.clone()),
                }
            }
            Ok(zipped.build(kind))
        }
        _ => {
            call.note_doubt();
            match members.element() {
                Some(element) => Ok(Value::members(kind, element)),
                None => Ok(Value::mapping(kind, BTreeMap::new(), None)),
            }
        }
    }
}

/// `transpose`.
pub(super) fn transpose(call: &Call<'_>) -> Answer {
    let wanted = Type::Map(Box::new(Type::List(Box::new(Type::String))));
    let argument = call.argument(0)?;
    if argument.is_null() {
        return Err(Refusal::Fails);
    }
    let map = call.convert(argument, &wanted)?;
    if !map.is_known() {
        return Err(Refusal::Unread);
    }
    let mut turned: BTreeMap<Arc<str>, Vec<Value>> = BTreeMap::new();
    for (name, list) in call::mapping(&map)?.members() {
        for item in call::sequence(list)?.items() {
            let text: Text = call.text_of(item)?;
            let key = text.as_known().ok_or(Refusal::Unread)?;
            turned.entry(key.into()).or_default().push(Value::from(&**name));
        }
    }
    Ok(Value::map(turned.into_iter().map(|(name, names)| (name, Value::list(names)))))
}
