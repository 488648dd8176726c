//! What a reference to an object of the plan means to somebody who reads its address alone.
//!
//! Takes an [`ObjectReference`] and returns its [`ReferenceMeaning`]: the identity of the object at that address, with the
//! same text and the same holes as in the object's own grants, and whether it is certain that it is the object which
//! whoever wrote the address could mean: one that this plan makes, or that is in the state at that very address. An
//! address says nothing of an object that is moved to it or imported, nor of one that exists and is taken over.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use crate::address::{split_module, without_keys};
use crate::lower::{Dialect, Text, TextPart};
use crate::plan::{ObjectMode, Plan, ResourceChange, Verb};
use crate::possible::Possible;
use crate::rules::evaluate::{GENERATED, evaluate};
use crate::rules::expression::Expr;
use crate::rules::{Rule, RuleMatch, Rules};
use crate::value::Value;

use super::facts::{ProviderFacts, StatedFacts};
use super::landing::find_place;
use super::object::Object;
use super::place::{ObjectPlace, PlaceWord};
use super::world::World;
use access_algebra::{Hole, HoleKind};
use spanned_hcl::ReferenceStep;

/// An attribute of the object at an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectReference {
    /// The full address of the instance, as plans write it.
    pub address: String,
    /// The attribute.
    pub attribute: String,
    /// The way from there into nested blocks: `[0].oidc[0].issuer`.
    pub steps: Vec<ReferenceStep>,
}

impl ObjectReference {
    /// The attribute, and the way from there: `identity[0].oidc[0].issuer`.
    pub fn path(&self) -> String {
        write_path(&self.attribute, &self.steps)
    }

    /// Whether a rule says that this is what its objects are known as.
    pub fn is_identity_of(&self, rule: &Rule) -> bool {
        find_identity(self, rule).is_some()
    }
}

/// The paths by which the objects of a rule are known.
pub fn list_identities(rule: &Rule) -> Vec<String> {
    let mut paths = Vec::new();
    for (name, expr) in &rule.identity {
        let mut ends = Vec::new();
        add_ends(expr, &mut Vec::new(), &mut ends);
        paths.extend(ends.iter().map(|steps| write_path(name, steps)));
    }
    paths
}

fn write_path(attribute: &str, steps: &[ReferenceStep]) -> String {
    steps.iter().fold(attribute.to_owned(), |path, step| format!("{path}{step}"))
}

impl fmt::Display for ObjectReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.address, self.path())
    }
}

/// What a reference means in one plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferenceMeaning {
    /// The plan has no such object.
    Absent,
    /// The object that the plan has there.
    Object(ReferredIdentity),
}

/// The identity of an object that a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferredIdentity {
    /// Every spelling of the identity; none where it cannot be said.
    pub spellings: Vec<Text>,
    /// Where the object lands.
    pub place: ObjectPlace,
    /// Why it may be another object than the address was written for, or why its text proves nothing.
    pub refusal: Option<ReferenceRefusal>,
}

/// Why a reference does not count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReferenceRefusal {
    /// The plan moves an object to the address.
    Moved {
        /// Where it was.
        from: String,
    },
    /// The plan imports an object to the address.
    Imported,
    /// The plan adds an object that may exist already.
    TakenOver,
    /// The plan deletes the object, or forgets it.
    Removed,
    /// The plan has no such instance of the block, and one other.
    OtherInstance {
        /// Its address.
        there: String,
    },
    /// The attribute does not say which object it is.
    NoIdentity,
    /// The identity may be one of several, or cannot be read.
    Unreadable,
    /// The identity holds a symbol that would be a pattern in an approval.
    Pattern,
}

impl ReferenceRefusal {
    /// Whether the plan brings an object to the address that was somewhere else.
    pub fn brings_another(&self) -> bool {
        match self {
            Self::Moved { .. } | Self::Imported | Self::TakenOver => true,
            Self::Removed
            | Self::OtherInstance { .. }
            | Self::NoIdentity
            | Self::Unreadable
            | Self::Pattern => false,
        }
    }
}

/// Symbols that a text of an approval means as patterns, variables or escapes.
const PATTERN_SYMBOLS: [char; 6] = ['*', '?', '$', '{', '}', '\\'];

/// What each reference means in a plan.
pub fn read_references(
    plan: &Plan<'_>,
    rules: &Rules,
    stated: &StatedFacts,
    references: &BTreeSet<ObjectReference>,
) -> BTreeMap<ObjectReference, ReferenceMeaning> {
    if references.is_empty() {
        return BTreeMap::new();
    }
    let world = World::new(plan, rules, Box::new(ProviderFacts::new(plan, stated)));
    let reader = ReferenceReader { world: &world, only_instances: OnceCell::new() };
    references.iter().map(|reference| (reference.clone(), reader.read(reference))).collect()
}

/// Every identity of the objects that a plan makes or the state has at their addresses, those first that say most of an object.
/// What does not count as a reference is left out.
pub fn list_references(
    plan: &Plan<'_>,
    rules: &Rules,
    stated: &StatedFacts,
) -> Vec<(ObjectReference, Vec<Text>)> {
    let world = World::new(plan, rules, Box::new(ProviderFacts::new(plan, stated)));
    let reader = ReferenceReader { world: &world, only_instances: OnceCell::new() };
    let mut found = Vec::new();
    for change in plan.changes.iter().filter(|change| !change.deposed) {
        let RuleMatch::Rule(_, rule) = rules.find(&change.type_name, &change.provider) else { continue };
        for (attribute, expr) in &rule.identity {
            let mut ends = Vec::new();
            add_ends(expr, &mut Vec::new(), &mut ends);
            for steps in ends {
                let (address, attribute) = (change.address.to_string(), attribute.clone());
                let reference = ObjectReference { address, attribute, steps };
                if let ReferenceMeaning::Object(ReferredIdentity { spellings, refusal: None, .. }) =
                    reader.read(&reference)
                {
                    found.push((reference, spellings));
                }
            }
        }
    }
    found
}

/// Reads references in one plan.
struct ReferenceReader<'w> {
    world: &'w World<'w>,
    /// The only instance of each block, whatever its keys; none where it has several. Made when it is asked for.
    only_instances: OnceCell<HashMap<String, Option<&'w str>>>,
}

impl<'w> ReferenceReader<'w> {
    fn read(&self, reference: &ObjectReference) -> ReferenceMeaning {
        let object = self.find_object(&reference.address);
        let Some((change, object)) = object.or_else(|| self.find_only_instance(&reference.address)) else {
            return ReferenceMeaning::Absent;
        };
        let place = add_namespace(ObjectPlace::clone(&find_place(&object)), &object);
        let (spellings, own) = match read_identity(&object, reference) {
            Ok(spellings) => (spellings, None),
            Err(refusal) => (Vec::new(), Some(refusal)),
        };
        let there = change.address.to_string();
        let is_other = there != reference.address;
        let other = is_other.then_some(ReferenceRefusal::OtherInstance { there });
        let refusal = other.or_else(|| find_history(change, &object)).or(own);
        ReferenceMeaning::Object(ReferredIdentity { spellings, place, refusal })
    }

    /// The only instance of the block of an address: whoever wrote the address may have left out a key.
    fn find_only_instance(&self, address: &str) -> Option<(&'w ResourceChange<'w>, Object<'w>)> {
        let find_all = || {
            let mut only: HashMap<String, Option<&'w str>> = HashMap::new();
            for change in self.world.plan.changes.iter().filter(|change| !change.deposed) {
                let known = only.entry(without_keys(&change.address));
                known.and_modify(|other| *other = None).or_insert(Some(&change.address));
            }
            only
        };
        let only = self.only_instances.get_or_init(find_all).get(&without_keys(address));
        self.find_object((*only?)?)
    }

    /// The managed object of an address that a rule reads.
    fn find_object(&self, address: &str) -> Option<(&'w ResourceChange<'w>, Object<'w>)> {
        let (change, values) = self.world.planned(address)?;
        if change.mode != ObjectMode::Managed || split_module(address)?.1.starts_with("data.") {
            return None;
        }
        match self.world.rules.find(&change.type_name, &change.provider) {
            RuleMatch::Rule(pack, rule) => {
                Some((change, Object::new(self.world, change, values, pack, rule)))
            }
            RuleMatch::Listed(..) | RuleMatch::Foreign(_) | RuleMatch::Unknown(_) | RuleMatch::None => None,
        }
    }
}

/// The place of an object with the namespace that it is in, where it is in one.
fn add_namespace(place: ObjectPlace, object: &Object<'_>) -> ObjectPlace {
    let metadata = object.values.object.get("metadata");
    let own = metadata.as_list().and_then(|blocks| blocks.first()).map(|block| block.get("namespace"));
    match own {
        Some(namespace) if object.pack.dialect == Dialect::Kubernetes && *namespace != Value::Null => {
            place.with(PlaceWord::Namespace, namespace.as_str())
        }
        Some(_) | None => place,
    }
}

/// Why the object at an address may be another one than before.
fn find_history(change: &ResourceChange<'_>, object: &Object<'_>) -> Option<ReferenceRefusal> {
    if let Some(from) = change.previous_address.as_ref().filter(|from| **from != change.address) {
        return Some(ReferenceRefusal::Moved { from: from.to_string() });
    }
    if change.importing {
        return Some(ReferenceRefusal::Imported);
    }
    match change.verb {
        Verb::Create | Verb::Replace => takes_over(object).then_some(ReferenceRefusal::TakenOver),
        Verb::NoOp | Verb::Update | Verb::Exists => None,
        Verb::Delete | Verb::Forget => Some(ReferenceRefusal::Removed),
        Verb::CreateForget | Verb::Read | Verb::Other => Some(ReferenceRefusal::Unreadable),
    }
}

/// Whether making an object may take over one that exists already. What is not certain may. Nothing that exists is known
/// by a word that this plan draws at random.
fn takes_over(object: &Object<'_>) -> bool {
    let Some(expr) = &object.rule.takes_over else { return false };
    let mut identities = object.rule.identity.iter().map(|(name, _)| object.identity(name));
    evaluate(expr, object, None).as_certain_truth() != Some(false)
        && !identities.any(|identity| holds_random_word(object.world, identity))
}

/// Whether a value certainly holds a word that an object of this plan draws at random.
fn holds_random_word(world: &World<'_>, value: Possible<'_>) -> bool {
    let holds = |one: Possible<'_>| list_holes(&one.into_text()).any(|hole| is_random(world, hole));
    let is_certain = value.is_certain();
    let texts: Vec<_> = value.elements().into_iter().flat_map(Possible::alternatives).collect();
    is_certain && !texts.is_empty() && texts.into_iter().all(holds)
}

/// Whether a hole is an attribute that an object of this plan draws at random when it is made.
fn is_random(world: &World<'_>, hole: &Hole) -> bool {
    let path = hole.name.strip_suffix(GENERATED).unwrap_or(&hole.name);
    let Some((address, attribute)) = path.rsplit_once('.') else { return false };
    let Some((change, values)) = world.planned(address) else { return false };
    let RuleMatch::Rule(pack, rule) = world.rules.find(&change.type_name, &change.provider) else {
        return false;
    };
    let is_new = matches!(change.verb, Verb::Create | Verb::Replace) && !change.importing;
    let object = Object::new(world, change, values, pack, rule);
    let drawn = rule.random.as_ref().map(|expr| evaluate(expr, &object, None));
    let is_drawn = |drawn: Possible<'_>| {
        let is_named = |name: &Possible<'_>| name.as_known().as_deref() == Some(attribute);
        drawn.is_certain() && drawn.elements().iter().any(is_named)
    };
    hole.kind == HoleKind::Unknown && is_new && drawn.is_some_and(is_drawn)
}

/// Every spelling of an identity of an object.
fn read_identity(object: &Object<'_>, reference: &ObjectReference) -> Result<Vec<Text>, ReferenceRefusal> {
    let ObjectReference { attribute, steps, .. } = reference;
    let identity = match find_identity(reference, object.rule) {
        None => return Err(ReferenceRefusal::NoIdentity),
        Some(_) if !steps.is_empty() => object.nested_identity(attribute, steps, &reference.path()),
        // Several spellings, also where the plan shows the one that stands in the configuration.
        Some(expr) if expr.is_list_of_texts() => evaluate(expr, object, None),
        Some(_) => object.identity(attribute),
    };
    // Nobody says in a report that an approval rests on a reference that somebody vouches for.
    let provenance = identity.provenance();
    if !identity.is_certain() || provenance.is_sensitive() || provenance.is_trusted() {
        return Err(ReferenceRefusal::Unreadable);
    }
    // A list is several spellings of one identity; alternatives are several identities.
    let spellings: Vec<Possible<'_>> = identity.elements();
    let mut texts = Vec::new();
    for spelling in spellings {
        match spelling.alternatives().as_slice() {
            [only] if !only.is_unread() => texts.push(only.clone().into_text()),
            _ => return Err(ReferenceRefusal::Unreadable),
        }
    }
    let is_read = |hole: &Hole| match hole.kind {
        HoleKind::Unknown => is_attribute(object.world, &hole.name),
        HoleKind::Fact => true,
        HoleKind::Unreadable | HoleKind::Variable => false,
    };
    if texts.is_empty() || !texts.iter().flat_map(list_holes).all(is_read) {
        return Err(ReferenceRefusal::Unreadable);
    }
    if texts.iter().any(has_pattern_symbols) {
        return Err(ReferenceRefusal::Pattern);
    }
    Ok(texts)
}

/// The expression of a rule for the attribute of a reference, where it says what stands at the end of its steps.
fn find_identity<'r>(reference: &ObjectReference, rule: &'r Rule) -> Option<&'r Expr> {
    let identities = rule.identity.iter().filter(|(known, _)| *known == reference.attribute);
    identities.map(|(_, expr)| expr).find(|expr| {
        let mut ends = Vec::new();
        add_ends(expr, &mut Vec::new(), &mut ends);
        ends.contains(&reference.steps)
    })
}

/// Adds the ways from an attribute to the texts that its expression says. A list of texts is several spellings of one.
fn add_ends(expr: &Expr, steps: &mut Vec<ReferenceStep>, ends: &mut Vec<Vec<ReferenceStep>>) {
    let mut within = |step: ReferenceStep, part: &Expr| {
        steps.push(step);
        add_ends(part, steps, ends);
        steps.pop();
    };
    if let Expr::If(_, yes, no) = expr {
        add_ends(yes, steps, ends);
        add_ends(no, steps, ends);
    } else if let (Expr::List(blocks), false) = (expr, expr.is_list_of_texts()) {
        (0..).zip(blocks).for_each(|(at, block)| within(ReferenceStep::Index(at), block));
    } else if let Expr::Object(members) = expr {
        for (name, member) in members {
            if let Expr::Text(name) = name {
                within(ReferenceStep::Attribute(name.to_string()), member);
            }
        }
    } else if *expr != Expr::Null {
        ends.push(steps.clone());
    }
}

/// The holes of a text.
fn list_holes(text: &Text) -> impl Iterator<Item = &Hole> {
    text.parts.iter().filter_map(|part| match part {
        TextPart::Hole(hole) => Some(hole),
        TextPart::Known(_) => None,
    })
}

/// Whether the name of a hole is that of an attribute of an object in this plan, or of what a provider adds to a name, so
/// that no other text has it.
fn is_attribute(world: &World<'_>, name: &str) -> bool {
    let is_path = |path: &str| {
        let is_symbol = |symbol: char| symbol.is_ascii_alphanumeric() || "_-.:[]\"".contains(symbol);
        !path.is_empty() && path.chars().all(is_symbol)
    };
    name.match_indices('.').any(|(at, _)| {
        let (object, path) = (name.get(..at), name.get(at + 1..));
        object.is_some_and(|object| world.plan.change_at(object).is_some()) && path.is_some_and(is_path)
    })
}

/// Whether a text holds a symbol with a meaning of its own, or nothing at all.
fn has_pattern_symbols(text: &Text) -> bool {
    let is_odd = |symbol: char| PATTERN_SYMBOLS.contains(&symbol) || !symbol.is_ascii_graphic();
    text.parts.is_empty()
        || text.parts.iter().any(|part| match part {
            TextPart::Known(known) => known.chars().any(is_odd),
            TextPart::Hole(_) => false,
        })
}
