//! `catalog schema`: which types a provider has, and their attributes, as a schema table of a rule pack.
//!
//! Takes what `terraform providers schema -json` prints, and tables that were written before, and returns one table of all
//! that any of them names. A pack that is of several versions of a provider reads what each of them has.

use std::collections::BTreeMap;
use std::io::Write;

use rule_language::schema::{Attribute, Attributes};
use serde::Deserialize;
use serde_json::Value;

use super::{Exit, Failure, input};
use crate::cli::CatalogSchemaArgs;

/// What `terraform providers schema -json` prints.
#[derive(Deserialize)]
struct PrintedSchemas {
    #[serde(default)]
    provider_schemas: BTreeMap<String, PrintedProvider>,
}

/// One provider of it.
#[derive(Deserialize)]
struct PrintedProvider {
    #[serde(default)]
    resource_schemas: BTreeMap<String, PrintedType>,
}

/// A resource type, or a nested block.
#[derive(Deserialize)]
struct PrintedType {
    block: PrintedBlock,
}

/// The attributes and blocks of a block, or of an attribute with attributes.
#[derive(Deserialize)]
struct PrintedBlock {
    #[serde(default)]
    attributes: BTreeMap<String, PrintedAttribute>,
    #[serde(default)]
    block_types: BTreeMap<String, PrintedType>,
}

/// An attribute.
#[derive(Deserialize)]
struct PrintedAttribute {
    r#type: Option<Value>,
    nested_type: Option<PrintedBlock>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    computed: bool,
}

impl PrintedBlock {
    fn attributes(&self) -> Attributes<'static> {
        let mut attributes = Attributes::default();
        for (name, printed) in &self.attributes {
            let nested = match (&printed.nested_type, &printed.r#type) {
                (Some(block), _) => block.attributes(),
                (None, Some(held)) => held_by(held),
                (None, None) => Attributes::default(),
            };
            let is_computed = printed.computed && !printed.optional && !printed.required;
            attributes.insert(name.clone().into(), Attribute { nested, is_computed });
        }
        for (name, printed) in &self.block_types {
            let nested = printed.block.attributes();
            attributes.insert(name.clone().into(), Attribute { nested, is_computed: false });
        }
        attributes
    }
}

/// The attributes of what a type holds: `["list", ["object", {…}]]`.
fn held_by(held: &Value) -> Attributes<'static> {
    match held.as_array().map(Vec::as_slice) {
        Some([Value::String(kind), Value::Object(members)]) if kind == "object" => {
            let mut attributes = Attributes::default();
            for (name, member) in members {
                let nested = held_by(member);
                attributes.insert(name.clone().into(), Attribute { nested, is_computed: false });
            }
            attributes
        }
        Some([_, element]) => held_by(element),
        Some(_) | None => Attributes::default(),
    }
}

/// Types with their attributes, and where they are from.
#[derive(Default)]
struct Table {
    sources: Vec<String>,
    types: BTreeMap<String, Attributes<'static>>,
}

impl Table {
    fn add_source(&mut self, source: String) {
        if !self.sources.contains(&source) {
            self.sources.push(source);
        }
    }

    fn add_printed(&mut self, name: &str, version: Option<&str>, provider: &PrintedProvider) {
        let version = version.map(|version| format!(" {version}")).unwrap_or_default();
        self.add_source(format!("{name}{version}, by `terraform providers schema -json`"));
        for (type_name, printed) in &provider.resource_schemas {
            self.types.entry(type_name.clone()).or_default().merge(printed.block.attributes());
        }
    }

    fn add_table(&mut self, name: &str, text: &str) -> Result<(), Failure> {
        for (at, line) in text.lines().enumerate() {
            if let Some(source) = line.strip_prefix("# from ") {
                self.add_source(source.to_owned());
            }
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (type_name, rest) = line.split_once(' ').unwrap_or((line, ""));
            let attributes = Attributes::parse(rest).map_err(|error| Failure::Catalog {
                name: name.to_owned(),
                message: format!("line {}: {error}", at + 1),
            })?;
            // The text of the file does not live as long as the table.
            let owned = attributes.into_owned();
            self.types.entry(type_name.to_owned()).or_default().merge(owned);
        }
        Ok(())
    }

    fn write(&self, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(out, "# Resource types and their attributes, by `countersign catalog schema`.")?;
        for source in &self.sources {
            writeln!(out, "# from {source}")?;
        }
        for (type_name, attributes) in &self.types {
            writeln!(out, "{type_name} {attributes}")?;
        }
        Ok(())
    }
}

/// Writes the table.
///
/// # Errors
///
/// A file that can't be read, that is neither a schema nor a table, or that holds several providers where none is named.
pub(super) fn run(args: &CatalogSchemaArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut table = Table::default();
    for path in &args.files {
        let (name, text) = input::read_text(path)?;
        if !text.trim_start().starts_with('{') {
            table.add_table(&name, &text)?;
            continue;
        }
        let printed: PrintedSchemas = serde_json::from_str(&text)
            .map_err(|error| Failure::Catalog { name: name.clone(), message: error.to_string() })?;
        let (provider, schema) = choose_provider(&printed, args.provider.as_deref(), &name)?;
        table.add_printed(provider, args.provider_version.as_deref(), schema);
    }
    table.write(out).map_err(Failure::unwritten)?;
    Ok(Exit::Allowed)
}

/// The provider that was named, or the only one.
fn choose_provider<'p>(
    printed: &'p PrintedSchemas,
    named: Option<&str>,
    file: &str,
) -> Result<(&'p str, &'p PrintedProvider), Failure> {
    let is_named = |source: &str| named.is_none_or(|named| source.ends_with(&format!("/{named}")));
    let mut found = printed.provider_schemas.iter().filter(|(source, _)| is_named(source));
    match (found.next(), found.next()) {
        (Some((source, schema)), None) => Ok((source, schema)),
        _ => {
            let all: Vec<&str> = printed.provider_schemas.keys().map(String::as_str).collect();
            Err(Failure::Missing {
                message: format!("`{file}` has the providers {}", all.join(", ")),
                help: "set `--provider NAMESPACE/NAME`".to_owned(),
            })
        }
    }
}
