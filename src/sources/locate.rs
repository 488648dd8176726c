//! Where an object of the plan stands in the sources.
//!
//! Takes an address, and the path of an attribute if one is meant, and returns the place of the block or argument. File
//! names are relative to the folder in which Terraform ran, as the user knows them. The place is for people: where an
//! attribute cannot be told apart, that of its block is given.

use super::Sources;
use super::body::{Block, Body};
use super::module::{Declaration, Module};
use crate::address;
use crate::source::Place;

/// The folder into which Terraform downloads modules.
const DOWNLOADS: &str = ".terraform/";

impl Sources {
    /// The place of an object's block, or of what is written for one of its attributes (`policy`, `statement[1].actions`).
    /// `ordered` names the nested blocks that a plan lists in the order of the sources. An object whose block is gone
    /// stands at the `removed` block that names it, if there is one.
    pub fn locate(&self, address: &str, attribute: Option<&str>, ordered: &[&str]) -> Option<Place> {
        let (module, object) = address::split_module(address)?;
        let module = self.modules.get(&address::module_names(module)?.join("."))?;
        let object = object.split('[').next()?;
        match module.blocks.get(object) {
            Some(Declaration::Once(block)) => {
                let argument = attribute.and_then(|path| locate_argument(&block.body, path, ordered));
                Some(argument.unwrap_or_else(|| block.place()))
            }
            Some(Declaration::Unclear(part)) => Some(part.place.clone()),
            None => locate_removed(module, object),
        }
    }

    /// The place of the module call through which an object comes into the repository, if its own block lies in a
    /// downloaded module.
    pub fn call_site(&self, address: &str) -> Option<Place> {
        let (module, _) = address::split_module(address)?;
        let mut names = address::module_names(module)?;
        let mut call = None;
        while self.modules.get(&names.join(".")).is_some_and(is_downloaded) {
            let called = names.pop()?;
            let caller = self.modules.get(&names.join("."))?;
            call = match caller.blocks.get(&format!("module.{called}"))? {
                Declaration::Once(block) => Some(block.place()),
                Declaration::Unclear(part) => Some(part.place.clone()),
            };
        }
        call
    }
}

fn is_downloaded(module: &Module) -> bool {
    module.folder.starts_with(DOWNLOADS) || module.folder.contains(&format!("/{DOWNLOADS}"))
}

fn locate_argument(body: &Body, path: &str, ordered: &[&str]) -> Option<Place> {
    let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let (name, at) = step.split_once('[').unwrap_or((step, "0]"));
    if let Some(block) = locate_block(body, name, at.strip_suffix(']')?.parse().ok()?, ordered) {
        let inner = rest.and_then(|rest| locate_argument(&block.body, rest, ordered));
        return Some(inner.unwrap_or_else(|| block.place()));
    }
    // An index or a member of an argument's value: the argument.
    Some(body.arguments.iter().find(|argument| argument.name == name)?.place())
}

fn locate_block<'b>(body: &'b Body, name: &str, at: usize, ordered: &[&str]) -> Option<&'b Block> {
    let mut found = body.blocks.iter().filter(|block| block.makes() == name);
    let is_single = found.clone().count() == 1;
    if is_single { found.next() } else { found.nth(at).filter(|_| ordered.contains(&name)) }
}

/// The `removed` block for an object whose own block is gone.
fn locate_removed(module: &Module, object: &str) -> Option<Place> {
    let mut removed = module.nameless.iter().filter(|block| block.kind == "removed");
    let block = removed.find(|block| block.text_of("from") == Some(object))?;
    Some(block.place())
}
