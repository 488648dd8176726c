//! The sources that a plan was made of: what is written for an argument, an output or a local, and where.
//!
//! Takes the files of each module, as the plan file keeps them, and returns [`Sources`]. Plan JSON names what an
//! expression refers to and not the expression, so `replace(a.b, …)` looks like `a.b` there; only the sources tell the
//! two apart, and only they say in which line a block stands.
//!
//! Files are read block by block, in native and in JSON syntax, with override files merged as Terraform merges them. What
//! can't be read costs one argument, one block or the rest of one file; it is named ([`Sources::unread`]), and a question
//! whose answer may stand there is answered [`Lookup::Unreadable`] and never [`Lookup::Absent`].
//!
//! This module opens no file and evaluates nothing.

mod body;
mod expression;
mod files;
mod json_syntax;
mod json_value;
mod locate;
mod module;
mod outline;
mod references;
mod running;
mod scan;
mod template;
#[cfg(test)]
mod tests;
mod unread;
mod written;

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::expr::Expression;

use crate::source::{Place, Source, Span};
use body::{Argument, Block, Body};
pub use files::{FileStore, ReadFile, StoredFile, read_template};
pub use locate::{PlaceRole, SourcePlace};
use module::Module;
pub use outline::{find_headings, find_written};
pub use references::{free_references_of, references_of};
pub use running::{CheckedData, RemovedBlock};
pub use unread::{Lookup, UnreadCause, UnreadPart};
pub use written::{DynamicBlock, WrittenBlock, WrittenBody, WrittenProvisioner};

/// The files of one module, as they are handed over.
#[derive(Clone, Debug, Default)]
pub struct ModuleFiles {
    /// The path of the module, names joined by dots; empty for the root.
    pub key: String,
    /// Its folder, relative to the folder in which Terraform ran.
    pub folder: String,
    /// From where it is called: `./modules/ci`, an address in a registry, a URL. Empty for the root.
    pub origin: String,
    /// Name and bytes of each file in it.
    pub files: Vec<(String, Vec<u8>)>,
}

/// All modules' sources.
#[derive(Debug, Default)]
pub struct Sources {
    /// Key: the module path, names joined by dots; empty for the root.
    modules: BTreeMap<String, Module>,
    /// What lies beside them.
    files: Option<Arc<dyn FileStore>>,
    workspace: Option<String>,
    /// The folder in which Terraform ran, by its path in the repository.
    folder: Option<String>,
}

/// An ephemeral resource, which plan JSON of Terraform does not list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EphemeralBlock {
    /// The module path, names joined by dots; empty for the root.
    pub module: String,
    /// `ephemeral.TYPE.NAME`.
    pub address: String,
    /// Its header.
    pub place: Place,
}

impl Sources {
    /// Reads the files of each module.
    pub fn read(modules: &[ModuleFiles]) -> Self {
        let read = modules.iter().map(|files| (files.key.clone(), Module::read(files)));
        let mut sources = Self { modules: read.collect(), ..Self::default() };
        sources.note_missing_modules();
        sources
    }

    /// Notes the calls of modules that are not there.
    fn note_missing_modules(&mut self) {
        let mut missing = Vec::new();
        for (key, module) in &self.modules {
            for (address, declaration) in &module.blocks {
                let Some(name) = address.strip_prefix("module.") else { continue };
                let called = if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
                if !self.modules.contains_key(&called) {
                    let place = declaration.place();
                    missing.push((key.clone(), UnreadPart { place, cause: UnreadCause::NoModule }));
                }
            }
        }
        missing.sort_by_key(|(key, part)| (key.clone(), part.place.span));
        for (key, part) in missing {
            if let Some(module) = self.modules.get_mut(&key) {
                module.unread.push(part);
            }
        }
    }

    /// What could not be read, in order of modules, files and places.
    pub fn unread(&self) -> impl Iterator<Item = &UnreadPart> {
        self.modules.values().flat_map(|module| &module.unread)
    }

    /// What is written for an argument of a block (`aws_iam_role.r`, `data.t.d`, `module.m`): `policy`,
    /// `subject[0].name`. `ordered` names the nested blocks that a plan lists in the order of the sources; of any other
    /// only a single one is found, because a set's order is the provider's.
    pub fn argument(
        &self,
        module: &[&str],
        block: &str,
        path: &str,
        ordered: &[&str],
    ) -> Lookup<&Expression> {
        self.block(module, block).and_then(|block| find_argument(&block.body, path, ordered))
    }

    /// Whether a `dynamic` block may make the nested blocks at a path: `s3`, `action[0].s3`. Of a block in which something
    /// could not be read it is not known.
    pub fn has_dynamic(&self, module: &[&str], block: &str, path: &str) -> Lookup<bool> {
        self.block(module, block).and_then(|block| {
            let mut bodies = vec![&block.body];
            let mut found = false;
            for step in path.split('.') {
                let name = step.split('[').next().unwrap_or(step);
                let nested =
                    || bodies.iter().flat_map(|body| &body.blocks).filter(|nested| nested.makes() == name);
                found = nested().any(Block::is_dynamic);
                if let Some(part) = bodies.iter().find_map(|body| body.unread.as_ref()).filter(|_| !found) {
                    return Lookup::Unreadable(part.clone());
                }
                bodies = nested().flat_map(contents).collect();
            }
            Lookup::Written(found)
        })
    }

    /// Whether a block has any `dynamic` block, or an argument of its own that repeats it.
    pub fn is_computed(&self, module: &[&str], block: &str) -> Lookup<bool> {
        self.block(module, block).and_then(|block| {
            let Body { arguments, blocks, unread } = &block.body;
            let is_repeated = arguments.iter().any(|argument| argument.name == "for_each");
            let found = is_repeated || blocks.iter().any(Block::is_dynamic);
            match unread {
                Some(part) if !found => Lookup::Unreadable(part.clone()),
                _ => Lookup::Written(found),
            }
        })
    }

    /// What is written for a module's output.
    pub fn output(&self, module: &[&str], name: &str) -> Lookup<&Expression> {
        self.argument(module, &format!("output.{name}"), "value", &[])
    }

    /// What is written for a local value.
    pub fn local(&self, module: &[&str], name: &str) -> Lookup<&Expression> {
        let found = self.module(module).and_then(|module| module.find(&module.locals, name));
        found.and_then(expression_of)
    }

    /// Ephemeral resources, which are opened at plan and again at apply, in order of module and address.
    pub fn ephemeral(&self) -> Vec<EphemeralBlock> {
        let mut found = Vec::new();
        for (key, module) in &self.modules {
            for (address, declaration) in &module.blocks {
                if !address.starts_with("ephemeral.") {
                    continue;
                }
                let place = declaration.place();
                found.push(EphemeralBlock { module: key.clone(), address: address.clone(), place });
            }
        }
        found.sort_by(|a, b| (&a.module, &a.address).cmp(&(&b.module, &b.address)));
        found
    }

    fn module(&self, names: &[&str]) -> Lookup<&Module> {
        let key = names.join(".");
        match self.modules.get(&key) {
            Some(module) => Lookup::Written(module),
            None => {
                let source = Source::new(&format!("tfconfig/m-{key}"), "");
                let place = Place { source, span: Span::default() };
                Lookup::Unreadable(UnreadPart { place, cause: UnreadCause::NoModule })
            }
        }
    }

    fn block(&self, module: &[&str], address: &str) -> Lookup<&Block> {
        self.module(module).and_then(|module| module.find(&module.blocks, address))
    }
}

/// What stands in the blocks that a block makes: its own body, or that of `content`.
fn contents(block: &Block) -> Vec<&Body> {
    if !block.is_dynamic() {
        return vec![&block.body];
    }
    block.body.blocks.iter().filter(|nested| nested.kind == "content").map(|nested| &nested.body).collect()
}

fn expression_of(argument: &Argument) -> Lookup<&Expression> {
    match argument.expression() {
        Ok(expression) => Lookup::Written(expression),
        Err(part) => Lookup::Unreadable(part),
    }
}

/// What is written at a path in a body.
fn find_argument<'b>(body: &'b Body, path: &str, ordered: &[&str]) -> Lookup<&'b Expression> {
    match path.split_once('.') {
        Some((step, rest)) => {
            find_block(body, step, ordered).and_then(|block| find_argument(&block.body, rest, ordered))
        }
        None => match body.arguments.iter().find(|argument| argument.name == path) {
            Some(argument) => expression_of(argument),
            None => missing(body, path.split('[').next().unwrap_or(path)),
        },
    }
}

/// The nested block that a step of a path means: `statement[1]`, or `timeouts` where there can be one only.
fn find_block<'b>(body: &'b Body, step: &str, ordered: &[&str]) -> Lookup<&'b Block> {
    let (name, at) = match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
        Some((name, at)) => (name, at.parse().unwrap_or(usize::MAX)),
        None => (step, 0),
    };
    let dynamic = body.blocks.iter().find(|block| block.is_dynamic() && block.makes() == name);
    if let Some(block) = dynamic {
        return Lookup::Computed(block.place());
    }
    if let Some(part) = &body.unread {
        return Lookup::Unreadable(part.clone());
    }
    let mut found = body.blocks.iter().filter(|block| block.kind == name);
    let is_clear = ordered.contains(&name) || (at == 0 && found.clone().count() == 1);
    match found.nth(at).filter(|_| is_clear) {
        Some(block) => Lookup::Written(block),
        None => missing(body, name),
    }
}

/// The answer where a body has no argument, or no block of its own, of this name.
fn missing<T>(body: &Body, name: &str) -> Lookup<T> {
    let argument = body.arguments.iter().find(|argument| argument.name == name).map(Argument::place);
    let block = || body.blocks.iter().find(|block| block.makes() == name).map(Block::place);
    match (argument.or_else(block), &body.unread) {
        (Some(place), _) => Lookup::Computed(place),
        (None, Some(part)) => Lookup::Unreadable(part.clone()),
        (None, None) => Lookup::Absent,
    }
}
