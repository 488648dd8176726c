//! Where an object of the plan stands in the sources.
//!
//! Takes an address, and the path of an attribute if one is meant, and returns the places of the block or argument and of
//! the module call through which it comes in. File names are relative to the folder in which Terraform ran; beside them
//! stands the path in the repository, where the file that lies there has the very content that was planned. The places
//! are for people: where an attribute cannot be told apart, the block around it is given, and nothing is guessed.

use std::sync::Arc;

use super::Sources;
use super::body::{Block, Body};
use super::module::{Declaration, Module};
use crate::address;
use crate::source::{Place, Source};

/// A place in the sources, with what stands there and where the repository has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePlace {
    /// What stands there.
    pub role: PlaceRole,
    /// Where it stands.
    pub place: Place,
    /// The path of the file from the root of the repository, where the file that lies there has this content.
    pub path: Option<Arc<str>>,
}

/// What stands at a place of the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceRole {
    /// The block of the object, or what is written for one of its attributes.
    Own,
    /// The module call through which the object comes in.
    Call,
    /// The block of another object, which puts this one into effect: the attachment of a policy.
    Holder,
}

impl Sources {
    /// The places of an object's block, or of what is written for one of its attributes, and of the module call through which
    /// it comes in. The call stands first where the block lies in a downloaded module, which the user cannot change.
    pub fn find_places(&self, address: &str, attribute: Option<&str>, ordered: &[&str]) -> Vec<SourcePlace> {
        let own = self.locate(address, attribute, ordered);
        let own = own.map(|place| self.in_repository(PlaceRole::Own, place));
        let call = self.call_site(address).map(|place| self.in_repository(PlaceRole::Call, place));
        let is_fetched =
            || Some(self.is_downloaded(&address::module_names(address::split_module(address)?.0)?));
        if is_fetched().unwrap_or_default() {
            call.into_iter().chain(own).collect()
        } else {
            own.into_iter().chain(call).collect()
        }
    }

    /// Adds to a place where the repository has its file.
    pub fn in_repository(&self, role: PlaceRole, place: Place) -> SourcePlace {
        let path = self.files().and_then(|files| files.find_in_repository(&place.source));
        SourcePlace { role, place, path }
    }

    /// The files of the root module.
    pub fn root_files(&self) -> impl Iterator<Item = &Source> {
        self.modules.get("").into_iter().flat_map(|module| module.files.iter().map(|file| &**file))
    }

    /// The files that lie where the user has them, and not where modules are downloaded to.
    pub fn own_files(&self) -> impl Iterator<Item = &Source> {
        let is_own = |key: &str| {
            let names: Vec<&str> = key.split('.').filter(|name| !name.is_empty()).collect();
            !self.is_downloaded(&names)
        };
        let own = self.modules.iter().filter(move |(key, _)| is_own(key));
        own.flat_map(|(_, module)| module.files.iter().map(|file| &**file))
    }

    /// The place of an object's block, or of what is written for one of its attributes (`policy`, `statement[1].actions`).
    /// `ordered` names the nested blocks that a plan lists in the order of the sources. An object whose block is gone
    /// stands at the `removed` block that names it, if there is one.
    pub fn locate(&self, address: &str, attribute: Option<&str>, ordered: &[&str]) -> Option<Place> {
        let (module, object) = address::split_module(address)?;
        let names = address::module_names(module)?;
        let object = object.split('[').next()?;
        let module = self.modules.get(&names.join("."));
        match module.and_then(|module| Some((module, module.blocks.get(object)?))) {
            Some((module, Declaration::Once(block))) => {
                // What an override file says that could not be read is not known.
                let attribute = attribute.filter(|_| !module.has_unread_override());
                let argument = attribute.and_then(|path| locate_argument(&block.body, path, ordered));
                Some(argument.unwrap_or_else(|| block.place()))
            }
            Some((_, Declaration::Unclear(part))) => Some(part.place.clone()),
            None => self.locate_checked(&names, object).or_else(|| self.locate_removed(&names, object)),
        }
    }

    /// The place of the module call through which an object comes in: the nearest that lies in no downloaded module.
    pub fn call_site(&self, address: &str) -> Option<Place> {
        let (module, _) = address::split_module(address)?;
        let mut names = address::module_names(module)?;
        loop {
            let called = names.pop()?;
            if !self.is_downloaded(&names) {
                let caller = self.modules.get(&names.join("."))?;
                return Some(caller.blocks.get(&format!("module.{called}"))?.place());
            }
        }
    }

    /// Whether a module, or one that holds it, was downloaded.
    fn is_downloaded(&self, names: &[&str]) -> bool {
        let holds = |count| names.get(..count).is_some_and(|names| self.is_fetched(&names.join(".")));
        (1..=names.len()).any(holds)
    }

    fn is_fetched(&self, key: &str) -> bool {
        self.modules.get(key).is_some_and(|module| module.is_downloaded)
    }

    /// The block of a data source within a `check` block.
    fn locate_checked(&self, names: &[&str], object: &str) -> Option<Place> {
        let (module, data) = (names.join("."), object.strip_prefix("data.")?);
        let checks = self.modules.get(&module)?.blocks.values().filter_map(|known| match known {
            Declaration::Once(block) if block.kind == "check" => Some(block),
            Declaration::Once(_) | Declaration::Unclear(_) => None,
        });
        let mut nested = checks.flat_map(|check| &check.body.blocks);
        Some(nested.find(|block| block.kind == "data" && block.labels.join(".") == data)?.place())
    }

    /// The `removed` block for an object whose own block is gone, or for a module that held it.
    fn locate_removed(&self, names: &[&str], object: &str) -> Option<Place> {
        let outwards = (0..=names.len()).rev();
        let mut removed = outwards.filter_map(|depth| {
            let (holder, rest) = names.split_at_checked(depth)?;
            let calls: Vec<String> = rest.iter().map(|name| format!("module.{name}")).collect();
            let whole = calls.iter().map(String::as_str).chain([object]).collect::<Vec<_>>().join(".");
            let modules = (1..=calls.len()).rev().filter_map(|count| Some(calls.get(..count)?.join(".")));
            let targets: Vec<String> = std::iter::once(whole).chain(modules).collect();
            let module = self.modules.get(&holder.join("."))?;
            targets.iter().find_map(|target| find_removed(module, target))
        });
        removed.next()
    }
}

/// The `removed` block of a module that names an object or a module.
fn find_removed(module: &Module, target: &str) -> Option<Place> {
    let mut removed = module.nameless.iter().filter(|block| block.kind == "removed");
    Some(removed.find(|block| block.text_of("from") == Some(target))?.place())
}

fn locate_argument(body: &Body, path: &str, ordered: &[&str]) -> Option<Place> {
    let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let (name, at) = step.split_once('[').unwrap_or((step, "0]"));
    if body.blocks.iter().any(|block| block.makes() == name) {
        let block = locate_block(body, name, at.strip_suffix(']')?.parse().ok()?, ordered)?;
        let inner = rest.and_then(|rest| locate_argument(made_body(block)?, rest, ordered));
        return Some(inner.unwrap_or_else(|| block.place()));
    }
    // An index or a member of an argument's value: the argument.
    Some(body.arguments.iter().find(|argument| argument.name == name)?.place())
}

/// The block that made the nested block of this number. A `dynamic` block makes any number of them, so that what stands
/// behind it is only known to be its own where nothing else follows.
fn locate_block<'b>(body: &'b Body, name: &str, at: usize, ordered: &[&str]) -> Option<&'b Block> {
    let made: Vec<&Block> = body.blocks.iter().filter(|block| block.makes() == name).collect();
    match made.as_slice() {
        [only] if only.is_dynamic() || at == 0 => Some(only),
        [.., last] if ordered.contains(&name) => {
            let fixed = made.iter().take_while(|block| !block.is_dynamic()).count();
            let is_of_last = at >= fixed && fixed + 1 == made.len();
            if at < fixed { made.get(at).copied() } else { Some(*last).filter(|_| is_of_last) }
        }
        _ => None,
    }
}

/// What the blocks that a block makes hold: a `dynamic` block has it in `content`.
fn made_body(block: &Block) -> Option<&Body> {
    if !block.is_dynamic() {
        return Some(&block.body);
    }
    let content = block.body.blocks.iter().find(|inner| inner.kind == "content")?;
    Some(&content.body)
}
