//! What stands in a block, for whoever evaluates it or holds it against something else.

use hcl_edit::expr::Expression;

use super::body::Body;
use super::module::Declaration;
use super::unread::Lookup;
use super::{Sources, UnreadPart, expression_of};
use crate::source::Source;

/// What stands between the braces of a block.
#[derive(Clone, Copy, Debug)]
pub struct WrittenBody<'s>(pub(super) &'s Body);

/// A nested block.
#[derive(Clone, Copy, Debug)]
pub struct WrittenBlock<'s> {
    /// The name of the blocks that it makes.
    pub name: &'s str,
    /// Whether it is a `dynamic` block.
    pub is_dynamic: bool,
    /// What stands in it.
    pub body: WrittenBody<'s>,
}

/// A `provisioner` block.
#[derive(Clone, Copy, Debug)]
pub struct WrittenProvisioner<'s> {
    /// Its type, such as `local-exec`; that of a `dynamic` block is not known here.
    pub kind: &'s str,
    /// What stands in it.
    pub body: WrittenBody<'s>,
}

/// What a `dynamic` block says of the blocks that it makes.
#[derive(Clone, Copy, Debug)]
pub struct DynamicBlock<'s> {
    /// What it makes a block for each element of.
    pub for_each: &'s Expression,
    /// The name by which the content means the element.
    pub iterator: &'s str,
    /// What stands in each block.
    pub content: WrittenBody<'s>,
}

impl Sources {
    /// The addresses of the blocks of a module, in no order.
    pub fn list_declared(&self, module: &[&str]) -> Lookup<Vec<&str>> {
        self.module(module).and_then(|module| match module.first_gap() {
            Some(part) => Lookup::Unreadable(part.clone()),
            None => Lookup::Written(module.blocks.keys().map(String::as_str).collect()),
        })
    }

    /// What stands in a block.
    pub fn find_body(&self, module: &[&str], address: &str) -> Lookup<WrittenBody<'_>> {
        self.block(module, address).and_then(|block| Lookup::Written(WrittenBody(&block.body)))
    }

    /// The folder of a module, relative to the folder in which Terraform ran; empty for that folder itself.
    pub fn folder(&self, module: &[&str]) -> Option<&str> {
        self.modules.get(&module.join(".")).map(|module| module.folder.trim_end_matches('/'))
    }

    /// The first file of each module, with the path of the module's folder in its name.
    pub fn first_files(&self) -> impl Iterator<Item = &Source> {
        self.modules.values().filter_map(|module| module.first_file.as_deref())
    }

    /// Whether the sources hold a module.
    pub fn has_module(&self, module: &[&str]) -> bool {
        self.modules.contains_key(&module.join("."))
    }

    /// Whether a data source is declared within a `check` block.
    pub fn is_checked(&self, module: &[&str], address: &str) -> bool {
        let Some(module) = self.modules.get(&module.join(".")) else { return false };
        module.blocks.values().any(|declaration| match declaration {
            Declaration::Once(block) if block.kind == "check" => block.body.blocks.iter().any(|nested| {
                matches!(nested.labels.as_slice(), [type_name, name] if format!("data.{type_name}.{name}") == address)
            }),
            Declaration::Once(_) | Declaration::Unclear(_) => false,
        })
    }
}

impl<'s> WrittenBody<'s> {
    /// The first part of it that could not be read.
    pub fn unread(self) -> Option<&'s UnreadPart> {
        self.0.unread.as_ref()
    }

    /// The arguments with their expressions; none where an expression could not be read.
    pub fn arguments(self) -> impl Iterator<Item = (&'s str, Option<&'s Expression>)> {
        self.0.arguments.iter().map(|argument| (argument.name.as_str(), argument.expression().ok()))
    }

    /// The provisioners in their order, which is that in which they run.
    pub fn provisioners(self) -> impl Iterator<Item = WrittenProvisioner<'s>> {
        let blocks = self.0.blocks.iter().filter(|block| block.makes() == "provisioner");
        blocks.map(|block| {
            let kind = block.labels.first().map(String::as_str).unwrap_or_default();
            WrittenProvisioner { kind, body: WrittenBody(&block.body) }
        })
    }

    /// What is written for an argument.
    pub fn argument(self, name: &str) -> Lookup<&'s Expression> {
        match self.0.arguments.iter().find(|argument| argument.name == name) {
            Some(argument) => expression_of(argument),
            None => self.0.unread.clone().map_or(Lookup::Absent, Lookup::Unreadable),
        }
    }

    /// The nested blocks in their order. In JSON syntax, a member may be an argument as well.
    pub fn blocks(self) -> impl Iterator<Item = WrittenBlock<'s>> {
        self.0.blocks.iter().map(|block| WrittenBlock {
            name: block.makes(),
            is_dynamic: block.is_dynamic(),
            body: WrittenBody(&block.body),
        })
    }
}

impl<'s> WrittenBlock<'s> {
    /// What a `dynamic` block says of the blocks that it makes; none where that is not read.
    pub fn dynamic(self) -> Option<DynamicBlock<'s>> {
        let for_each = self.body.argument("for_each").written()?;
        let iterator = match self.body.argument("iterator") {
            Lookup::Absent => self.name,
            Lookup::Written(Expression::Variable(name)) => name.as_str(),
            // In JSON syntax it is a text.
            Lookup::Written(named) => named.as_str()?,
            Lookup::Computed(_) | Lookup::Unreadable(_) => return None,
        };
        let mut contents = self.body.0.blocks.iter().filter(|nested| nested.kind == "content");
        let content = contents.next().filter(|_| self.body.unread().is_none())?;
        contents.next().is_none().then_some(DynamicBlock {
            for_each,
            iterator,
            content: WrittenBody(&content.body),
        })
    }
}
