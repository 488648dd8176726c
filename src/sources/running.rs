//! Blocks that make something run, of which plan JSON says nothing.
//!
//! Returns the `removed` blocks with provisioners, which run when their object is destroyed, and the data sources within
//! `check` blocks, which are read again during the apply.

use super::Sources;
use super::module::Declaration;
use super::written::WrittenBody;
use crate::source::Place;

/// A `removed` block with provisioners.
#[derive(Clone, Debug)]
pub struct RemovedBlock<'s> {
    /// The module path, names joined by dots; empty for the root.
    pub module: String,
    /// What is removed, as it is written: `aws_instance.web` or `module.web`.
    pub from: String,
    /// What stands in it.
    pub body: WrittenBody<'s>,
    /// Its header.
    pub place: Place,
}

/// A data source within a `check` block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedData {
    /// The module path, names joined by dots; empty for the root.
    pub module: String,
    /// `data.TYPE.NAME`.
    pub address: String,
    /// The type of the data source.
    pub type_name: String,
    /// The names of the arguments that it sets.
    pub arguments: Vec<String>,
    /// Its header.
    pub place: Place,
}

impl Sources {
    /// The `removed` blocks with provisioners, in order of modules and places.
    pub fn removed_with_provisioners(&self) -> Vec<RemovedBlock<'_>> {
        let mut found = Vec::new();
        for (key, module) in &self.modules {
            for block in module.nameless.iter().filter(|block| block.kind == "removed") {
                let body = WrittenBody(&block.body);
                if body.provisioners().next().is_some() {
                    let from = block.text_of("from").unwrap_or_default().to_owned();
                    found.push(RemovedBlock { module: key.clone(), from, body, place: block.place() });
                }
            }
        }
        found
    }

    /// The data sources within `check` blocks, in order of modules and addresses.
    pub fn checked_data(&self) -> Vec<CheckedData> {
        let mut found = Vec::new();
        for (key, module) in &self.modules {
            let checks = module.blocks.iter().filter(|(address, _)| address.starts_with("check."));
            for (_, declaration) in checks {
                let Declaration::Once(check) = declaration else { continue };
                for data in check.body.blocks.iter().filter(|nested| nested.kind == "data") {
                    let [type_name, name] = data.labels.as_slice() else { continue };
                    let (address, type_name) = (format!("data.{type_name}.{name}"), type_name.clone());
                    let arguments = data.body.arguments.iter().map(|argument| argument.name.clone());
                    found.push(CheckedData {
                        module: key.clone(),
                        address,
                        type_name,
                        arguments: arguments.collect(),
                        place: data.place(),
                    });
                }
            }
        }
        found.sort_by(|a, b| (&a.module, &a.address).cmp(&(&b.module, &b.address)));
        found
    }
}
