//! The type that values of several types can be converted to.
//!
//! Takes types and returns what cty's `convert.UnifyUnsafe` returns.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Type;

/// What several types have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unified {
    /// This one.
    Type(Type),
    /// It depends on what is not known.
    Unsure,
    /// Nothing: Terraform refuses.
    None,
}

/// Returns the type that all of these can be converted to. A part of it may be [`Type::Unknown`].
pub fn unify(types: &[Type]) -> Unified {
    match unify_types(types) {
        Some(Type::Unknown) => Unified::Unsure,
        Some(common) => Unified::Type(common),
        None => Unified::None,
    }
}

/// How many of the types are of each kind.
#[derive(Default)]
struct Kinds {
    maps: usize,
    lists: usize,
    sets: usize,
    objects: usize,
    tuples: usize,
    dynamics: usize,
}

impl Kinds {
    fn count(types: &[Type]) -> Self {
        let mut kinds = Self::default();
        for one in types {
            match one {
                Type::Map(_) => kinds.maps += 1,
                Type::List(_) => kinds.lists += 1,
                Type::Set(_) => kinds.sets += 1,
                Type::Object(_) => kinds.objects += 1,
                Type::Tuple(_) => kinds.tuples += 1,
                Type::Dynamic => kinds.dynamics += 1,
                Type::Unknown | Type::Bool | Type::Number | Type::String => {}
            }
        }
        kinds
    }
}

fn unify_types(types: &[Type]) -> Option<Type> {
    if let [first, rest @ ..] = types
        && rest.iter().all(|other| other == first)
    {
        return Some(first.clone());
    }
    if types.contains(&Type::Unknown) {
        return Some(Type::Unknown);
    }
    let kinds = Kinds::count(types);
    let (all, has_dynamic) = (types.len(), kinds.dynamics > 0);
    let is_all = |count: usize| count > 0 && count + kinds.dynamics == all;
    if is_all(kinds.maps) || is_all(kinds.lists) || is_all(kinds.sets) {
        return if has_dynamic { Some(Type::Dynamic) } else { unify_collections(types) };
    }
    // Here the outcome rests on whether all parts can be unified: if not, an object may lose attributes.
    let is_direct = is_all(kinds.objects) || is_all(kinds.tuples);
    if !is_direct && types.iter().any(Type::has_objects) && !types.iter().all(Type::is_certain) {
        return Some(Type::Unknown);
    }
    if kinds.maps > 0 && is_all(kinds.maps + kinds.objects) {
        let maps: Option<Vec<Type>> = types.iter().map(object_as_map).collect();
        if let Some(map) = maps.and_then(|maps| unify_types(&maps)).filter(|one| matches!(one, Type::Map(_)))
        {
            return Some(map);
        }
    } else if kinds.lists > 0 && is_all(kinds.lists + kinds.tuples) {
        let lists: Option<Vec<Type>> = types.iter().map(tuple_as_list).collect();
        if let Some(list) =
            lists.and_then(|lists| unify_types(&lists)).filter(|one| matches!(one, Type::List(_)))
        {
            return Some(list);
        }
    } else if is_all(kinds.objects) {
        return if has_dynamic { Some(Type::Dynamic) } else { unify_objects(types) };
    } else if is_all(kinds.tuples) {
        return if has_dynamic { Some(Type::Dynamic) } else { unify_tuples(types) };
    } else if kinds.objects > 0 && kinds.tuples > 0 {
        return None;
    }
    let mut preferred: Vec<&Type> = types.iter().collect();
    preferred.sort_by(|one, other| prefer(one, other));
    preferred.into_iter().find(|target| types.iter().all(|one| can_convert(one, target))).cloned()
}

fn unify_collections(types: &[Type]) -> Option<Type> {
    let elements = types.iter().filter_map(|one| match one {
        Type::Map(element) | Type::List(element) | Type::Set(element) => Some((**element).clone()),
        Type::Unknown
        | Type::Dynamic
        | Type::Bool
        | Type::Number
        | Type::String
        | Type::Tuple(_)
        | Type::Object(_) => None,
    });
    let element = Box::new(unify_types(&elements.collect::<Vec<_>>())?);
    let first = types.first()?;
    Some(if matches!(first, Type::Map(_)) {
        Type::Map(element)
    } else if matches!(first, Type::Set(_)) {
        Type::Set(element)
    } else {
        Type::List(element)
    })
}

/// An object as the map that it can be converted to; anything else as it is.
fn object_as_map(one: &Type) -> Option<Type> {
    let Type::Object(members) = one else { return Some(one.clone()) };
    let members: Vec<Type> = members.values().cloned().collect();
    Some(Type::Map(Box::new(unify_elements(&members)?)))
}

/// A tuple as the list that it can be converted to; anything else as it is.
fn tuple_as_list(one: &Type) -> Option<Type> {
    let Type::Tuple(elements) = one else { return Some(one.clone()) };
    let common = unify_elements(elements)?;
    is_list_of(elements, &common).then(|| Type::List(Box::new(common)))
}

/// Whether the elements of a tuple have one type once they are converted to what they have in common, which leaves open
/// what is null in some of them.
fn is_list_of(elements: &[Type], common: &Type) -> bool {
    let mut converted = elements.iter().map(|element| convert_type(element, common));
    let first = converted.next();
    !common.has_dynamic() || converted.all(|other| Some(other) == first)
}

/// The type of a value of one type after its conversion to another.
fn convert_type(from: &Type, to: &Type) -> Type {
    match (from, to) {
        (_, Type::Dynamic) => from.clone(),
        (Type::List(from) | Type::Set(from), Type::List(to)) => Type::List(Box::new(convert_type(from, to))),
        (Type::List(from) | Type::Set(from), Type::Set(to)) => Type::Set(Box::new(convert_type(from, to))),
        (Type::Map(from), Type::Map(to)) => Type::Map(Box::new(convert_type(from, to))),
        (Type::Tuple(from), Type::Tuple(to)) => {
            Type::Tuple(from.iter().zip(to).map(|(from, to)| convert_type(from, to)).collect())
        }
        (Type::Object(from), Type::Object(to)) => {
            let member = |(name, to): (&Arc<str>, &Type)| {
                (name.clone(), from.get(name).map_or_else(|| to.clone(), |from| convert_type(from, to)))
            };
            Type::Object(to.iter().map(member).collect())
        }
        _ => to.clone(),
    }
}

/// The type of the elements of a collection that is made of these; without any it is still open.
fn unify_elements(types: &[Type]) -> Option<Type> {
    if types.is_empty() { Some(Type::Dynamic) } else { unify_types(types) }
}

fn unify_objects(types: &[Type]) -> Option<Type> {
    let objects: Vec<&BTreeMap<Arc<str>, Type>> = types
        .iter()
        .filter_map(|one| if let Type::Object(members) = one { Some(members) } else { None })
        .collect();
    let (first, rest) = objects.split_first()?;
    if rest.iter().any(|other| !other.keys().eq(first.keys())) {
        let members: Vec<Type> = objects.iter().flat_map(|members| members.values().cloned()).collect();
        let common = unify_elements(&members)?;
        // Where the type is left open, each object by itself has to be a map.
        let is_map = |members: &&BTreeMap<Arc<str>, Type>| {
            unify_elements(&members.values().cloned().collect::<Vec<_>>()).is_some()
        };
        let are_maps = !common.has_dynamic() || objects.iter().all(is_map);
        return are_maps.then(|| Type::Map(Box::new(common)));
    }
    let unified = first.keys().map(|name| {
        let across: Vec<Type> = objects.iter().filter_map(|members| members.get(name).cloned()).collect();
        Some((name.clone(), unify_types(&across)?))
    });
    Some(Type::Object(unified.collect::<Option<_>>()?))
}

fn unify_tuples(types: &[Type]) -> Option<Type> {
    let tuples: Vec<&Vec<Type>> = types
        .iter()
        .filter_map(|one| if let Type::Tuple(elements) = one { Some(elements) } else { None })
        .collect();
    let (first, rest) = tuples.split_first()?;
    if rest.iter().any(|other| other.len() != first.len()) {
        let elements: Vec<Type> = tuples.iter().flat_map(|elements| elements.iter().cloned()).collect();
        let common = unify_elements(&elements)?;
        let are_lists = tuples.iter().all(|elements| is_list_of(elements, &common));
        return are_lists.then(|| Type::List(Box::new(common)));
    }
    let unified = (0..first.len()).map(|at| {
        let across: Vec<Type> = tuples.iter().filter_map(|elements| elements.get(at).cloned()).collect();
        unify_types(&across)
    });
    Some(Type::Tuple(unified.collect::<Option<_>>()?))
}

/// The order in which types are tried as the target: cty's `compareTypes`.
fn prefer(one: &Type, other: &Type) -> Ordering {
    match (one, other) {
        (Type::Dynamic, Type::Dynamic) => Ordering::Equal,
        (Type::Dynamic, _) => Ordering::Greater,
        (_, Type::Dynamic) => Ordering::Less,
        (Type::String, Type::Bool | Type::Number) => Ordering::Less,
        (Type::Bool | Type::Number, Type::String) => Ordering::Greater,
        (Type::List(one), Type::List(other))
        | (Type::Set(one), Type::Set(other))
        | (Type::Map(one), Type::Map(other)) => prefer(one, other),
        (Type::List(_), Type::Tuple(_) | Type::Set(_))
        | (Type::Tuple(_), Type::Set(_))
        | (Type::Map(_), Type::Object(_)) => Ordering::Less,
        (Type::Tuple(_) | Type::Set(_), Type::List(_))
        | (Type::Set(_), Type::Tuple(_))
        | (Type::Object(_), Type::Map(_)) => Ordering::Greater,
        _ => Ordering::Equal,
    }
}

/// Whether there is a conversion, which may still fail for some values.
pub(super) fn can_convert(from: &Type, to: &Type) -> bool {
    match (from, to) {
        _ if from == to => true,
        (Type::Dynamic | Type::Unknown, _) | (_, Type::Dynamic | Type::Unknown) => true,
        (Type::Bool | Type::Number, Type::String) | (Type::String, Type::Bool | Type::Number) => true,
        (Type::List(from) | Type::Set(from), Type::List(to) | Type::Set(to))
        | (Type::Map(from), Type::Map(to)) => can_convert(from, to),
        (Type::Tuple(elements), Type::List(to) | Type::Set(to)) => {
            elements.iter().all(|from| can_convert(from, to))
        }
        (Type::Tuple(from), Type::Tuple(to)) => {
            from.len() == to.len() && from.iter().zip(to).all(|(from, to)| can_convert(from, to))
        }
        (Type::Object(members), Type::Map(to)) => members.values().all(|from| can_convert(from, to)),
        (Type::Map(from), Type::Object(members)) => members.values().all(|to| can_convert(from, to)),
        (Type::Object(from), Type::Object(to)) => {
            to.iter().all(|(name, to)| from.get(name).is_some_and(|from| can_convert(from, to)))
        }
        _ => false,
    }
}
