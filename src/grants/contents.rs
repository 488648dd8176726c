//! What a role holds, where the plan proves it.
//!
//! Takes the definitions of a plan and the name of a role in an attachment, and returns the content of that role, or
//! nothing. A text proves nothing by itself: anybody may write it into a name, and the role of that name may be another
//! one, of which the plan does not speak. A definition is the content of a role only if
//!
//! 1. its pack says that such a definition and such an attachment speak of the same kind of role;
//! 2. the name is none that the cloud itself defines;
//! 3. the attachment's argument refers to the object that is the role, so that Terraform makes that object first, or the
//!    object has existed under just this name;
//! 4. all that defines the role is there: of a role that has several parts, the plan makes the object itself, and no part
//!    is defined of which it is not known to which role it belongs.
//!
//! What several definitions of one role say is united, and so is what it held before with what it will hold, where an
//! attachment does not wait for the change.

use std::collections::{BTreeSet, HashMap};

use super::pending::Pending;
use super::role_link::{DefinedRole, NamedRole, RoleKinds};
use super::{Change, lower_planned};
use crate::lower::{Dialect, Lowered, Terms, Text, TextPart};
use crate::plan::address;
use crate::rules::matches_glob;
use access_algebra::Effect;

/// The definitions of a plan, by what they define.
pub(super) struct Contents<'f> {
    kinds: &'f RoleKinds,
    /// By the kind of role and its name.
    by_name: HashMap<(&'f str, String), Vec<Definition<'f>>>,
    /// Kinds of roles with a part of which nobody knows to which role it belongs.
    unclear: BTreeSet<&'f str>,
}

/// One definition and its name.
#[derive(Clone, Copy)]
struct Definition<'f> {
    pending: &'f Pending,
    defined: &'f DefinedRole,
    name: &'f Text,
}

/// The content of a role: all of these together, each with its dialect.
pub(super) struct Content<'f> {
    parts: Vec<(Dialect, &'f Terms)>,
    /// The definitions that are all of it, where one object defines it and the argument refers to that.
    whole: Vec<&'f Pending>,
    /// Whether they are of several objects, or of several times: either may be there without the other.
    is_united: bool,
}

impl<'f> Contents<'f> {
    pub(super) fn new(pending: &'f [Box<Pending>], kinds: &'f RoleKinds) -> Self {
        let mut contents = Self { kinds, by_name: HashMap::new(), unclear: BTreeSet::new() };
        for one in pending.iter().filter(|one| one.grant.change != Change::LeftBehind) {
            let Some(defined) = &one.link.defined else { continue };
            let kind = defined.rule.role_kind.as_str();
            for name in &one.names {
                let definition = Definition { pending: one, defined, name };
                contents.by_name.entry((kind, name.to_string())).or_default().push(definition);
                if defined.rule.part_of.is_some() && !contents.is_clear(name) {
                    contents.unclear.insert(kind);
                }
            }
        }
        contents
    }

    /// Whether it is known which role a name of a part means: a text, or an attribute of an object of the plan.
    fn is_clear(&self, name: &Text) -> bool {
        match name.parts.as_slice() {
            [TextPart::Known(_)] => true,
            [TextPart::Hole(hole)] => {
                hole.name.rsplit_once('.').is_some_and(|(object, _)| self.kinds.instances.contains(object))
            }
            _ => false,
        }
    }

    /// The content of a role that an attachment names, where it is proved.
    pub(super) fn find(&self, named: &NamedRole, role: &Text) -> Option<Content<'f>> {
        if role
            .as_known()
            .is_some_and(|name| named.built_in.iter().any(|pattern| matches_glob(pattern, name)))
        {
            return None;
        }
        let found = self.by_name.get(&(named.role_kind.as_str(), role.to_string()))?;
        let is_in_reach = |definition: &Definition<'_>| {
            definition.defined.rule.has_global_names || definition.defined.provider_key == named.provider_key
        };
        let found: Vec<Definition<'f>> = found
            .iter()
            .copied()
            .filter(|definition| is_same_text(definition.name, role) && is_in_reach(definition))
            .collect();
        match found.first()?.defined.rule.part_of.as_deref() {
            Some(type_name) => self.unite_parts(named, type_name, &found),
            None => find_whole(named, role, &found),
        }
    }

    /// The content of a role that is defined in parts.
    fn unite_parts(
        &self,
        named: &NamedRole,
        type_name: &str,
        found: &[Definition<'f>],
    ) -> Option<Content<'f>> {
        let wholes = || named.referred.iter().filter(|object| is_block_of(&object.block, type_name));
        let mut blocks = wholes().map(|object| &object.block);
        let block = blocks.next()?;
        let is_proved = |definition: &Definition<'_>| {
            definition.defined.referred.iter().any(|object| object.block == *block)
        };
        let is_complete = blocks.all(|other| other == block)
            && self.kinds.makes(block)
            && !self.unclear.contains(named.role_kind.as_str())
            && found.iter().all(is_proved);
        is_complete.then(|| Content {
            parts: found.iter().map(|one| (one.pending.grant.dialect, &one.pending.grant.terms)).collect(),
            whole: Vec::new(),
            is_united: true,
        })
    }
}

/// The content of a role that one object defines.
fn find_whole<'f>(named: &NamedRole, role: &Text, found: &[Definition<'f>]) -> Option<Content<'f>> {
    let first = found.first()?.defined;
    // Two objects that claim one name: at most one of them is the role.
    if found.iter().any(|one| one.defined.address != first.address) {
        return None;
    }
    let now = found.iter().map(|one| (one.pending.grant.dialect, &one.pending.grant.terms));
    if refers_to(named, first) {
        let whole = found.iter().map(|one| one.pending).collect();
        return Some(Content { parts: now.collect(), whole, is_united: false });
    }
    let mut parts: Vec<(Dialect, &Terms)> = now.collect();
    for one in found {
        let earlier = one.defined.earlier.as_ref()?;
        if !earlier.identifiers.iter().any(|name| is_same_text(name, role)) {
            return None;
        }
        parts.extend(earlier.extracts.iter().map(|extract| (extract.dialect, &extract.terms)));
    }
    let is_united =
        found.iter().any(|one| !matches!(one.pending.grant.change, Change::Untouched | Change::Delivered));
    Some(Content { parts, whole: Vec::new(), is_united })
}

/// Whether an argument refers to what the object of a definition is known by.
fn refers_to(named: &NamedRole, defined: &DefinedRole) -> bool {
    let mut objects = named.referred.iter().filter(|object| object.block == defined.block).peekable();
    let identifiers = &defined.rule.identifiers;
    let is_identifier = |attribute: &Option<String>| {
        identifiers.is_empty() || attribute.as_ref().is_some_and(|attribute| identifiers.contains(attribute))
    };
    objects.peek().is_some() && objects.all(|object| is_identifier(&object.attribute))
}

/// Whether a block is one of a type: `module.a.aws_iam_policy.p`.
fn is_block_of(block: &str, type_name: &str) -> bool {
    let inside = address::split_module(block).map_or(block, |(_, inside)| inside);
    inside.split_once('.').is_some_and(|(its, _)| its == type_name)
}

/// Whether two texts are the same, whatever each rests on.
pub(super) fn is_same_text(one: &Text, other: &Text) -> bool {
    one.parts == other.parts
}

impl Content<'_> {
    /// What the role gives to whoever holds it.
    pub(super) fn read(&self, holder: &Terms) -> Lowered {
        let parts =
            self.parts.iter().map(|(dialect, terms)| lower_planned(*dialect, &with_holder(terms, holder)));
        let mut lowered: Lowered = parts.collect();
        if self.is_united && self.parts.len() > 1 {
            // What one part denies is not taken out of what another allows: either may be there first.
            lowered.access.statements.retain(|statement| statement.effect == Effect::Allow);
        }
        lowered
    }

    /// Whether the definitions, in the hands of an attachment's holders, are judged for all that the attachment gives: the
    /// plan makes both in one place and one module, and the attachment says nothing more.
    pub(super) fn is_judged_instead_of(&self, attachment: &Pending) -> bool {
        let Some(named) = &attachment.link.named else { return false };
        let origin = &attachment.grant.origin;
        let evidence = &origin.evidence;
        let names_tickets = !evidence.tickets.is_empty() || !evidence.sensitive_tickets.is_empty();
        let is_made_alike = |one: &&Pending| {
            let provider_key = one.link.defined.as_ref().map(|defined| &defined.provider_key);
            one.grant.change == Change::Made
                && one.grant.terms.roles.is_empty()
                && provider_key == Some(&named.provider_key)
                && one.grant.origin.place == origin.place
                && one.grant.origin.module == origin.module
        };
        attachment.grant.change == Change::Made
            && !names_tickets
            && !self.whole.is_empty()
            && self.whole.iter().all(is_made_alike)
    }

    /// Whether any of it must not be printed.
    pub(super) fn is_sensitive(&self) -> bool {
        self.parts.iter().any(|(_, terms)| terms.whole_provenance().is_sensitive())
    }

    /// The roles that the role itself holds, where all of its content is one list of them.
    pub(super) fn named_roles(&self, holder: &Terms) -> Option<Terms> {
        let [(_, terms)] = self.parts.as_slice() else { return None };
        let held = with_holder(terms, holder);
        (!held.roles.is_empty()).then_some(held)
    }
}

/// What a definition says, in the hands of whoever holds it.
pub(super) fn with_holder(definition: &Terms, holder: &Terms) -> Terms {
    let mut terms = definition.clone();
    terms.principals.clone_from(&holder.principals);
    if !holder.resources.is_empty() {
        terms.resources.clone_from(&holder.resources);
    }
    terms.conditions.extend(holder.conditions.iter().cloned());
    if holder.expression.is_some() {
        terms.expression.clone_from(&holder.expression);
    }
    terms.mode = holder.mode.clone();
    // Whoever holds it holds it by a role's name, which may be a guess as well.
    terms.provenance.absorb(&holder.whole_provenance());
    terms
}
