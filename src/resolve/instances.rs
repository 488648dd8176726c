//! Which instances of a block, and of a module call, the plan shows.
//!
//! Takes a plan and returns an [`InstanceIndex`]: for each block of each module instance its instances with their keys, in
//! the order in which Terraform lists them (by number, or by text). An object that only waits to be destroyed or forgotten
//! is no instance. Data sources are found where they were read, in the prior state, or where they wait for the apply.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use serde_json::value::RawValue;

use crate::address;
use crate::plan::{ObjectMode, Plan, Verb};

/// The key of an instance; they sort as Terraform sorts them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum InstanceKey {
    /// The only instance.
    None,
    /// `[0]`
    Number(usize),
    /// `["a"]`
    Text(Box<str>),
}

impl InstanceKey {
    /// The key that JSON text spells.
    pub(super) fn of_json(text: Option<&str>) -> Option<Self> {
        let Some(text) = text else { return Some(Self::None) };
        if text.starts_with('"') {
            let text: String = serde_json::from_str(text).ok()?;
            return Some(Self::Text(text.into()));
        }
        text.parse().ok().map(Self::Number)
    }

    /// The key at the end of a module instance's address.
    fn of_address(text: Option<&str>) -> Option<Self> {
        let plain = text.map(|text| text.replace("$${", "${").replace("%%{", "%{"));
        Self::of_json(plain.as_deref())
    }

    /// The key as Terraform writes it in an address; nothing for the only instance.
    pub(super) fn in_address(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Number(at) => format!("[{at}]"),
            Self::Text(text) => format!("[{}]", quote(text)),
        }
    }
}

/// Text in quotes as Terraform writes it in an address.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut symbols = text.chars().peekable();
    while let Some(symbol) = symbols.next() {
        match symbol {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '$' | '%' if symbols.peek() == Some(&'{') => {
                quoted.push(symbol);
                quoted.push(symbol);
            }
            symbol if symbol.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(symbol));
            }
            symbol => quoted.push(symbol),
        }
    }
    quoted.push('"');
    quoted
}

/// Where an object stands in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ObjectPlace {
    /// In its changes.
    Change(usize),
    /// In the prior state.
    Prior(usize),
}

/// The instances of one block of one module instance.
pub(super) type BlockInstances = BTreeMap<InstanceKey, ObjectPlace>;

/// The instances that a plan shows.
#[derive(Debug, Default)]
pub(super) struct InstanceIndex {
    /// Key: the module instance, then the block as its module writes it: `data.t.n`.
    blocks: HashMap<String, HashMap<String, BlockInstances>>,
    /// Key: the module instance, then the name of the call.
    calls: HashMap<String, HashMap<String, BTreeSet<InstanceKey>>>,
}

impl InstanceIndex {
    /// Goes through a plan.
    pub(super) fn of(plan: &Plan<'_>) -> Self {
        let mut index = Self::default();
        for (at, object) in
            plan.prior.iter().enumerate().filter(|(_, object)| object.mode == ObjectMode::Data)
        {
            let Some((module, inside)) = address::split_module(&object.address) else { continue };
            let block = inside.split('[').next().unwrap_or_default();
            index.add(module, block, object.index, ObjectPlace::Prior(at));
        }
        for (at, change) in plan.changes.iter().enumerate() {
            let goes = matches!(change.verb, Verb::Delete | Verb::Forget) || change.deposed;
            if goes {
                continue;
            }
            let prefix = if change.mode == ObjectMode::Data { "data." } else { "" };
            let block = format!("{prefix}{}.{}", change.type_name, change.name);
            index.add(&change.module, &block, change.index, ObjectPlace::Change(at));
        }
        index
    }

    fn add(&mut self, module: &str, block: &str, key: Option<&RawValue>, place: ObjectPlace) {
        let Some(key) = InstanceKey::of_json(key.map(RawValue::get)) else { return };
        self.add_module(module);
        let blocks = self.blocks.entry(module.to_owned()).or_default();
        blocks.entry(block.to_owned()).or_default().insert(key, place);
    }

    /// Notes a module instance, and those that it lies in.
    fn add_module(&mut self, module: &str) {
        if self.blocks.contains_key(module) {
            return;
        }
        self.blocks.entry(module.to_owned()).or_default();
        let mut module = module;
        while let Some((parent, call)) = address::parent(module) {
            let Some(key) = InstanceKey::of_address(key_of(module)) else { return };
            let calls = self.calls.entry(parent.to_owned()).or_default();
            calls.entry(call.to_owned()).or_default().insert(key);
            module = parent;
        }
    }

    /// The instances of a block.
    pub(super) fn of_block(&self, module: &str, block: &str) -> Option<&BlockInstances> {
        self.blocks.get(module)?.get(block)
    }

    /// The instances of a module call in which an object stands. There may be more of them.
    pub(super) fn of_call(&self, module: &str, call: &str) -> Option<&BTreeSet<InstanceKey>> {
        self.calls.get(module)?.get(call)
    }
}

/// The instance key at the end of a module instance's address, as it is written there.
pub(super) fn key_of(module: &str) -> Option<&str> {
    let body = module.strip_suffix(']')?;
    let (parent, name) = address::parent(module)?;
    let start = if parent.is_empty() { 0 } else { parent.len() + 1 };
    body.get(start + "module.".len() + name.len() + 1..)
}

/// The key of a module instance.
pub(super) fn module_key(module: &str) -> Option<InstanceKey> {
    InstanceKey::of_address(key_of(module))
}

#[cfg(test)]
mod tests {
    use super::{InstanceKey, key_of, module_key};

    #[test]
    fn keys_are_read_and_written_as_terraform_writes_them() {
        assert_eq!(key_of(r#"module.a.module.m["x]y"]"#), Some(r#""x]y""#));
        assert_eq!(key_of("module.m"), None);
        assert_eq!(key_of(r#"module.m["module.m["]"#), Some(r#""module.m[""#));
        for text in ["module.m", "module.m[3]", r#"module.m["a\"b$${c}\n"]"#] {
            let key = module_key(text).unwrap();
            assert_eq!(format!("module.m{}", key.in_address()), text);
        }
        assert!(InstanceKey::Number(2) < InstanceKey::Number(10));
        assert_eq!(InstanceKey::of_json(Some("-1")), None);
    }
}
