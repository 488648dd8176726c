//! The sources that a plan was made of, as the plan file (`tfplan`) keeps them.
//!
//! In go the files of each module; out come [`Sources`]: what is written for an argument, an output or a local. Plan
//! JSON names what an expression refers to and not the expression, so `replace(a.b, …)` looks like `a.b` there; only
//! the sources tell the two apart. What could be read in two ways is left out: a block that stands twice (an
//! override file), a module with files that are no plain `.tf`, several nested blocks of one name, a `dynamic` block.

use std::collections::HashMap;

use hcl::{Block, Body, Expression};

/// All modules' sources.
#[derive(Debug, Default)]
pub struct Sources {
    /// Key: the module path, names joined by dots; empty for the root.
    modules: HashMap<String, Module>,
}

/// What stands in one module; `None` where it stands there twice.
#[derive(Debug, Default)]
struct Module {
    /// Key: `TYPE.NAME`, `data.TYPE.NAME`, `module.NAME`.
    blocks: HashMap<String, Option<Body>>,
    outputs: HashMap<String, Option<Expression>>,
    locals: HashMap<String, Option<Expression>>,
    /// `ephemeral.TYPE.NAME`, which plan JSON of Terraform does not list.
    ephemeral: Vec<String>,
}

/// Brackets and conditionals within each other, at most: the parser calls itself for each.
const DEEPEST: usize = 64;

impl Sources {
    /// Reads the files of each module: its path, and name and text of each file.
    pub fn new(modules: Vec<(String, Vec<(String, String)>)>) -> Self {
        let read = modules.into_iter().filter_map(|(path, files)| Some((path, Module::read(&files)?)));
        Self { modules: read.collect() }
    }

    /// What is written for an argument of a block (`aws_iam_role.r`, `data.t.d`, `module.m`): `policy`,
    /// `subject[0].name`.
    pub fn argument(&self, module: &[&str], block: &str, path: &str) -> Option<&Expression> {
        let mut body = self.block(module, block)?;
        let mut steps = path.split('.').peekable();
        while let Some(step) = steps.next() {
            if steps.peek().is_none() {
                return body.attributes().find(|attribute| attribute.key() == step).map(|found| &found.expr);
            }
            let (name, at) = step.strip_suffix(']')?.split_once('[')?;
            body = nested(body, name, at.parse().ok()?)?;
        }
        None
    }

    /// Whether a block may have nested blocks of this name that are made of something not known here.
    pub fn is_dynamic(&self, module: &[&str], block: &str, name: &str) -> Option<bool> {
        Some(self.block(module, block)?.blocks().any(|nested| is_dynamic(nested, name)))
    }

    /// Ephemeral resources, which are opened at plan and again at apply: module path and address, in order.
    pub fn ephemeral(&self) -> Vec<(&str, &str)> {
        let modules = self.modules.iter();
        let all = modules.flat_map(|(path, module)| {
            module.ephemeral.iter().map(move |address| (path.as_str(), address.as_str()))
        });
        let mut all: Vec<_> = all.collect();
        all.sort_unstable();
        all
    }

    /// What is written for a module's output.
    pub fn output(&self, module: &[&str], name: &str) -> Option<&Expression> {
        self.modules.get(&module.join("."))?.outputs.get(name)?.as_ref()
    }

    /// What is written for a local value.
    pub fn local(&self, module: &[&str], name: &str) -> Option<&Expression> {
        self.modules.get(&module.join("."))?.locals.get(name)?.as_ref()
    }

    fn block(&self, module: &[&str], address: &str) -> Option<&Body> {
        self.modules.get(&module.join("."))?.blocks.get(address)?.as_ref()
    }
}

/// Nested blocks that a plan lists in the order of the sources. Of any other only a single one is found: a set's
/// order is the provider's.
const ORDERED: &[&str] = &["statement", "subject"];

/// The nested block of a name.
fn nested<'b>(body: &'b Body, name: &str, at: usize) -> Option<&'b Body> {
    if body.blocks().any(|block| is_dynamic(block, name)) {
        return None;
    }
    let mut found = body.blocks().filter(|block| block.identifier() == name);
    if ORDERED.contains(&name) {
        return found.nth(at).map(Block::body);
    }
    let only = found.next().filter(|_| at == 0)?;
    found.next().is_none().then_some(only.body())
}

fn is_dynamic(block: &Block, name: &str) -> bool {
    block.identifier() == "dynamic" && block.labels().first().is_some_and(|label| label.as_str() == name)
}

impl Module {
    /// A module of its files; `None` where one of them is not read, because it might override the others.
    fn read(texts: &[(String, String)]) -> Option<Self> {
        let mut module = Self::default();
        for (name, text) in texts {
            if !name.ends_with(".tf") || depth(text) > DEEPEST {
                return None;
            }
            for block in hcl::parse(text).ok()?.into_blocks() {
                module.add(block);
            }
        }
        Some(module)
    }

    fn add(&mut self, block: Block) {
        let labels: Vec<&str> = block.labels().iter().map(|label| label.as_str()).collect();
        match (block.identifier(), labels.as_slice()) {
            ("resource", [kind, name]) => once(&mut self.blocks, format!("{kind}.{name}"), block.body),
            ("data", [kind, name]) => once(&mut self.blocks, format!("data.{kind}.{name}"), block.body),
            ("module", [name]) => once(&mut self.blocks, format!("module.{name}"), block.body),
            ("ephemeral", [kind, name]) => self.ephemeral.push(format!("ephemeral.{kind}.{name}")),
            ("output", [name]) => {
                let name = (*name).to_owned();
                let values = block.body.into_attributes().filter(|attribute| attribute.key() == "value");
                values.for_each(|value| once(&mut self.outputs, name.clone(), value.expr));
            }
            ("locals", []) => {
                for attribute in block.body.into_attributes() {
                    once(&mut self.locals, attribute.key.to_string(), attribute.expr);
                }
            }
            _ => {}
        }
    }
}

fn once<T>(known: &mut HashMap<String, Option<T>>, name: String, new: T) {
    known.entry(name).and_modify(|old| *old = None).or_insert(Some(new));
}

/// How deep a text nests, at most: brackets, and conditionals on one line or in one bracket.
fn depth(text: &str) -> usize {
    let (mut deep, mut deepest, mut asked) = (0usize, 0usize, 0usize);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => deep += 1,
            b')' | b']' | b'}' => deep = deep.saturating_sub(1),
            b'?' => asked += 1,
            b'\n' => asked = 0,
            _ => {}
        }
        deepest = deepest.max(deep + asked);
    }
    deepest
}
